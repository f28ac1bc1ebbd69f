"""What holds for obligations in sentences: what differs in dates, units or amounts never reads the same."""

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.cycles import Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import label_of
from cyclekit.model.obligation import Amount, Change, Obligation, PeriodException, Quota
from cyclekit.model.pipeline import Course, Due, DueByPosition, DueList, DuePlan, PeriodEnd
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.text import Text
from cyclekit.model.timing import Dates, Every, Once, Timing, Upon
from cyclekit.testing.drawing.obligations import obligations
from cyclekit.words.rules import sentences
from tests.properties.strategies import cycles
from tests.properties.strategies.scene import SCENE
from tests.properties.test_words import courses, near, plain

ROSTER = Roster(
    ["a", "b", "c"], kinds=["office", "office", "branch"], tags=[frozenset({"x"}), frozenset(), frozenset()]
)


def quotas() -> st.SearchStrategy[tuple[Quota, ...]]:
    """Amounts and percentages, of something or not."""
    amounts = st.none() | st.builds(Amount, st.integers(1, 9999), st.booleans())
    of = st.none() | st.sampled_from([Text.of("reports"), Text.of("visits")])
    one = st.builds(Quota, amounts, amounts, st.none(), of) | st.builds(Quota, st.none(), st.none(), amounts, of)
    return st.lists(one.filter(lambda each: each.at_least or each.at_most or each.exactly), max_size=2).map(tuple)


@st.composite
def owed(draw: st.DrawFn) -> Obligation:
    """An obligation of any kind, with a quota and with what it stands for."""
    obligation = draw(obligations("x", ROSTER, courses(), {}, SCENE))
    absorbs = draw(st.lists(st.sampled_from(["y", "z"]), unique=True, max_size=2))
    return attrs.evolve(obligation, quota=draw(quotas()), absorbs=tuple(absorbs))


@st.composite
def varied(draw: st.DrawFn, one: Obligation) -> Obligation:
    """An obligation that differs in one field of its own or of its timing."""
    other = draw(owed())
    names = [field.name for field in attrs.fields(Obligation)]
    if type(other.timing) is not type(one.timing) or draw(st.booleans()):
        name = draw(st.sampled_from(names))
        return attrs.evolve(one, **{name: getattr(other, name)})
    kind: Any = type(one.timing)
    if not attrs.fields(kind):
        return one
    name = draw(st.sampled_from([field.name for field in attrs.fields(kind)]))
    return attrs.evolve(one, timing=attrs.evolve(one.timing, **{name: getattr(other.timing, name)}))


# ------------------------------------------------------- what makes no difference to dates, units or amounts


def meant(obligation: Obligation) -> Any:
    """What decides the dates, units and amounts of an obligation, in one form."""
    return (
        _timing(obligation.timing),
        obligation.selection,
        obligation.jointly,
        obligation.lead,
        obligation.bounds,
        obligation.calendar,
        obligation.cascade,
        obligation.quota,
        obligation.absorbs,
        tuple(map(_exception, obligation.exceptions)),
        tuple(map(_change, obligation.changes)),
    )


def _change(change: Change) -> Any:
    form = attrs.evolve(change.result, selection=Selection(), exceptions=(), changes=())
    return change.units, meant(form), change.since, change.announced


def _exception(exception: PeriodException) -> Any:
    # The days of a label follow from the cycle; the reason of a move moves nothing.
    reason = "" if exception.due else exception.reason
    time = exception.time if exception.due else None
    return exception.label, exception.number, exception.due, reason, exception.announced, exception.units, time


def _timing(timing: Timing) -> Any:
    match timing:
        case Every(cycle=cycle):
            return attrs.evolve(timing, cycle=_cycle(cycle, own=timing.year_of_unit), plan=_plan(timing.plan))
        case Upon():
            return attrs.evolve(timing, plan=_plan(timing.plan))
        case Once():
            return attrs.evolve(timing, due=_given(timing.due))
        case Dates(entries=entries, due=due):
            return [(each.label, label_of(each.span), each.date, each.time) for each in entries], _given(due)
        case _:
            return timing


def _cycle(cycle: Cycle, *, own: bool) -> Any:
    match cycle:
        case Months(year=year) if year.is_calendar_year and not own:
            return attrs.evolve(cycle, year=YearStart())
        case Weeks(n=1, origin=origin):
            return Weeks(1, origin % 7)
        case Days(n=1):
            return Days()
        case _:
            return cycle


def _plan(plan: DuePlan) -> DuePlan:
    match plan:
        case DueList(entries=entries):
            return DueList(tuple(map(_due, entries)))
        case DueByPosition(entries=entries):
            return DueByPosition(tuple((position, _due(due)) for position, due in entries))


def _due(due: Due) -> Due:
    def course(each: Course | None) -> Course | None:
        return None if each is None else plain(each)

    return attrs.evolve(due, course=plain(due.course), opens=course(due.opens), closes=course(due.closes))


def _given(due: Due) -> Due:
    """Where the date is given, no anchor finds it."""
    return _due(attrs.evolve(due, course=attrs.evolve(due.course, anchor=PeriodEnd())))


# ---------------------------------------------------------------------------------------------- properties


def said(obligation: Obligation, language: str) -> list[str]:
    """All that is said of an obligation."""
    return list(sentences(obligation, language))


@given(one=owed(), data=st.data())
def test_different_obligations_read_differently(one: Obligation, data: st.DataObject) -> None:
    """What differs in dates, units or amounts reads differently in either language."""
    other = data.draw(varied(one), label="the other")
    for language in ("en", "zh"):
        if said(one, language) == said(other, language):
            assert meant(one) == meant(other)


@given(one=owed(), course=courses(), data=st.data())
def test_different_courses_read_differently_in_a_sentence(one: Obligation, course: Course, data: st.DataObject) -> None:
    """A course that differs in one place makes another sentence, whatever the cycle calls its periods."""
    other = data.draw(near(course), label="the other")
    cycle = data.draw(cycles(), label="the cycle")
    both = [attrs.evolve(one, timing=Every(cycle, DueList((Due(each),)))) for each in (course, other)]
    for language in ("en", "zh"):
        if said(both[0], language) == said(both[1], language):
            assert meant(both[0]) == meant(both[1])


@given(one=owed())
def test_a_sentence_is_one(one: Obligation) -> None:
    """It begins with a capital and ends with a full stop in English, and is Chinese in Chinese."""
    for each in said(one, "en"):
        assert each.endswith(".")
        assert each == each.strip()
        assert "  " not in each
    assert said(one, "en")[0][0].isupper() or said(one, "en")[0][0] == "("
    for each in said(one, "zh"):
        assert each.endswith("。")
        assert any("\u4e00" <= char <= "\u9fff" for char in each)
