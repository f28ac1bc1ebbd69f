"""Rulebooks of one tree of units and few months, in which rules wait for each other, level by level."""

import datetime as dt
from functools import cache

from hypothesis import strategies as st

from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Anchor, Course, DayOfMonth, Due, DueList, PeriodEnd
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfEvent, OfObligation, Timing
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.courses import Place, steps_alone
from cyclekit.testing.drawing.days import days
from cyclekit.testing.drawing.obligations import lags
from cyclekit.testing.drawing.rosters import active_spans, parents
from cyclekit.testing.drawing.rulebooks import absorptions
from cyclekit.testing.drawing.rulings import own_periods, rulings
from cyclekit.testing.drawing.timings import Before, single_dues, upon_this
from tests.properties.strategies.scene import SCENE, of_everyone
from tests.properties.strategies.worlds import COURT, HEARING

OBLIGATIONS = ("r1", "r2", "r3", "r4")
#: Where periods are moved and waived: around the first horizons.
MONTHS = Span(dt.date(2023, 10, 1), dt.date(2024, 6, 30))


@st.composite
def tiered_rulebooks(draw: st.DrawFn, *, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """Chains of triggers and levels of a cascade, in which many periods are moved, from afar too, or waived."""
    ids = draw(st.permutations(("a", "b", "c", "d")[: draw(st.integers(1, 4))]))
    some = mostly(st.just(()), active_spans())
    roster = Roster(
        ids,
        parents=draw(parents(len(ids))),
        calendars=[draw(mostly(st.none(), st.sampled_from(["late", COURT]))) for _ in ids],
        active=[draw(some) for _ in ids],
    )
    made: dict[str, Obligation] = {}
    for name in OBLIGATIONS[: draw(st.integers(1, 4))]:
        made[name] = draw(tiers(name, roster, made))
    return of_everyone(roster, *draw(st.permutations(draw(absorptions(list(made.values()))))), id=id)


@st.composite
def tiers(draw: st.DrawFn, id: str, roster: Roster, before: Before) -> Obligation:  # noqa: A002
    """Due in each month, or when an earlier one is; mostly level by level."""
    selection = draw(mostly(st.just(Selection()), some_units(roster)))
    timing = draw(monthly())
    if before:
        waiting: list[OfObligation | OfEvent] = [OfObligation(each, at) for each in before for at in (False, True)]
        trigger = draw(st.sampled_from([*waiting, OfEvent(HEARING)]))
        timing = draw(mostly(upon_this(trigger, before, SCENE), st.just(timing)))
    joint = draw(st.integers(0, 4)) == 4
    owing = selection.units(roster)
    return Obligation(
        id,
        timing,
        Text.of(id),
        selection,
        jointly=joint,
        lead=roster.ids[draw(st.sampled_from(owing))] if joint else None,
        cascade=None if joint else draw(st.none() | lags()),
        exceptions=draw(tier_rulings(timing, roster, before)),
    )


def some_units(roster: Roster) -> st.SearchStrategy[Selection]:
    """One unit or two."""
    one = st.sampled_from(roster.ids).map(UnitId)
    return st.lists(one, min_size=1, max_size=2, unique=True).map(lambda parts: Selection(tuple(parts)))


@cache
def monthly() -> st.SearchStrategy[Timing]:
    """One or two due dates a month or a quarter."""
    anchors: list[Anchor] = [PeriodEnd(), DayOfMonth(10), DayOfMonth(31)]
    anchor = st.sampled_from(anchors)
    course = st.builds(
        lambda steps, at: Course(at, steps.steps, steps.calendar), steps_alone(Place(scene=SCENE)), anchor
    )
    plain: st.SearchStrategy[Due] = st.builds(Due, anchor.map(Course))
    plan = st.lists(mostly(plain, single_dues(course, Place(scene=SCENE))), min_size=1, max_size=2).map(
        lambda each: DueList(tuple(each))
    )
    cycle = st.sampled_from([Months(1, "month"), Months(3, "quarter")])
    return st.builds(Every, cycle, plan)


@st.composite
def tier_rulings(draw: st.DrawFn, timing: Timing, roster: Roster, before: Before) -> tuple[PeriodException, ...]:
    """Periods of some months that are waived, or moved to the next weeks or to any day of the horizons."""
    own = [each for each in own_periods(timing, roster, before, SCENE) if each[1].overlaps(MONTHS)]
    found: list[PeriodException] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 4])) if own else 0):
        near = days(MONTHS.first, MONTHS.last) | days(dt.date(2022, 6, 1), dt.date(2026, 12, 31))
        units = draw(st.none() | some_units(roster))
        found.append(draw(rulings(timing, draw(st.sampled_from(own)), draw(st.none() | near), units)))
    return tuple(found)
