"""Shifts by what they promise: where a date may be moved to, and what lies between."""

import datetime as dt
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateTarget,
    DayOfMonth,
    Due,
    DueByPosition,
    DueDate,
    DueList,
    DuePlan,
    Extend,
    MonthsTarget,
    MoveTo,
    Step,
    Target,
    WeekdayOfMonth,
)
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, Once, Timing, Upon
from cyclekit.testing.drawing.courses import targets
from tests.properties.expanding import expanded
from tests.properties.oracle import DayBook, World
from tests.properties.oracle.steps import is_target
from tests.properties.strategies import (
    day_books,
    days,
    extensions,
    horizons,
    includes,
    moves,
    of_everyone,
    tiered_rulebooks,
    worlds,
)

ONE_DAY = dt.timedelta(days=1)
YEARS = Span(dt.date(2023, 1, 1), dt.date(2026, 12, 31))
#: A fifth weekday of one month comes within twelve years, 29 February within eight.
DECADES = Span(dt.date(2005, 1, 1), dt.date(2044, 12, 31))


def rule(timing: Timing) -> Rulebook:
    """One obligation of one unit, by the odd calendar."""
    return of_everyone(Roster(["a"]), Obligation("rule", timing, Text.of("rule")))


def around(start: dt.date, end: dt.date) -> list[dt.date]:
    """The days strictly between two days, whichever comes first."""
    first, last = min(start, end), max(start, end)
    return [first + number * ONE_DAY for number in range(1, (last - first).days)]


# ------------------------------------------------------------------------------------------------- move_to


def rare_targets() -> st.SearchStrategy[Target]:
    """Days that are not there every year, or every month."""
    fifth = st.builds(
        lambda weekday, month: MonthsTarget(WeekdayOfMonth(weekday, 5), frozenset({month})),
        st.integers(0, 6),
        st.sampled_from([1, 4, 7]),
    )
    return st.just(DateTarget(2, 29)) | fifth | st.just(MonthsTarget(DayOfMonth(-31), frozenset({3})))


@given(
    start=days(),
    step=moves()
    | st.builds(
        MoveTo, st.lists(rare_targets() | targets(), min_size=1, max_size=2).map(tuple), st.booleans(), st.booleans()
    ),
    world=worlds(),
)
def test_move_to_lands_on_the_nearest_such_day(start: dt.date, step: MoveTo, world: World) -> None:
    """It lands on such a day, in its direction; none lies between, and the start is none where it had to be left."""
    book = rule(Once(Span(start, start), due=Due(Course(steps=(attrs.evolve(step, calendar="odd"),)))))
    (only,) = expanded(book, DECADES, world)
    odd = world.calendars["odd"]

    def is_such(day: dt.date) -> bool:
        return any(is_target(day, each, odd) for each in step.targets)

    assert is_such(only.due)
    assert not any(map(is_such, around(start, only.due)))
    if step.staying and is_such(start):
        assert only.due == start
    else:
        assert only.due > start if step.later else only.due < start


# ------------------------------------------------------------------------------------------------ extension


@given(book=day_books(), step=extensions(), first=st.sampled_from([1, 20, -1]), day=st.sampled_from([15, 31]))
def test_an_extension_is_never_earlier_and_needs_a_run(book: DayBook, step: Extend, first: int, day: int) -> None:
    """A date is put off or stays; it stays where no run of that many days that are not worked lies in the window."""
    course = Course(DayOfMonth(day), (attrs.evolve(step, calendar="odd"),))
    timing = Every(Months(1, "month"), DueList((Due(course, Course(DayOfMonth(first, "previous"))),)))
    for each in expanded(rule(timing), YEARS, World({"odd": book, "book/court": DayBook("court")})):
        assert each.due >= each.nominal
        assert each.opens is not None
        window = [each.opens, *around(each.opens, each.nominal), each.nominal]
        off = [number for number, one in enumerate(window) if not book.is_working(one)]
        runs = [1]
        for before, after in pairwise(off):
            runs.append(runs[-1] + 1 if after == before + 1 else 1)
        if not off or max(runs) < step.run:
            assert each.due == each.nominal


# ------------------------------------------------------------------------------------------------- closings


def forward_steps() -> st.SearchStrategy[Step]:
    """Steps that never lead back."""
    later = st.builds(lambda step: attrs.evolve(step, later=True), moves())
    units = st.sampled_from([(3, "days"), (5, "working days"), (1, "weeks"), (1, "months")])
    adding = st.builds(lambda each: Add(each[0], each[1]), units)
    following = st.builds(Adjust, st.sampled_from([Convention.FOLLOWING, Convention.NONE]))
    return adding | following | includes() | later


def closing(plan: DuePlan, closes: Course) -> DuePlan:
    """The same due dates, each closed in this way."""
    if isinstance(plan, DueByPosition):
        return DueByPosition(tuple((name, attrs.evolve(due, closes=closes)) for name, due in plan.entries))
    return DueList(tuple(attrs.evolve(due, closes=closes) for due in plan.entries))


@given(
    book=tiered_rulebooks(),
    steps=st.lists(forward_steps(), max_size=3).map(tuple),
    world=worlds(),
    horizon=horizons(),
)
def test_what_closes_forward_closes_after_it_is_due(
    book: Rulebook, steps: tuple[Step, ...], world: World, horizon: Span
) -> None:
    """Counted from the due date on it never closes before that, wherever a level or an exception moved it."""
    closes = Course(DueDate(), steps)
    made = [
        attrs.evolve(each, timing=attrs.evolve(each.timing, plan=closing(each.timing.plan, closes)))
        for each in book
        if isinstance(each.timing, Every | Upon)
    ]
    for each in expanded(of_everyone(book.roster, *made), horizon, world):
        assert each.closes is not None
        assert each.closes >= each.due
