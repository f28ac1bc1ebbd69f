"""Rulebooks in which everything falls on the ends of months: absorbed, waived, moved, joint, and adjusted apart."""

import datetime as dt

from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Adjust, Course, DayOfMonth, Due, DueList, PeriodEnd
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, Once, Timing
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.days import days, spans
from cyclekit.testing.drawing.rulings import own_periods, rulings
from tests.properties.strategies.scene import SCENE, of_everyone

OBLIGATIONS = ("r1", "r2", "r3", "r4")


@st.composite
def meeting_rulebooks(draw: st.DrawFn, *, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """Rulebooks in which everything falls on the ends of months: absorbed, waived, moved, joint, and adjusted apart."""
    ids = draw(st.permutations(("a", "b", "c")[: draw(st.integers(1, 3))]))
    roster = Roster(ids, calendars=[draw(st.sampled_from([None, "odd", "late"])) for _ in ids])
    names = draw(st.permutations(OBLIGATIONS[: draw(st.integers(2, 4))]))
    made: list[Obligation] = []
    for place, name in enumerate(names):
        below = names[place + 1 :]
        timing = draw(_month_end_timings())
        selection = draw(
            st.just(Selection()) | st.builds(lambda unit: Selection((UnitId(unit),)), st.sampled_from(ids))
        )
        owing = selection.units(roster)
        joint = draw(st.integers(0, 3)) == 3
        made.append(
            Obligation(
                name,
                timing,
                Text.of(name),
                selection,
                jointly=joint,
                lead=roster.ids[draw(st.sampled_from(owing))] if joint else None,
                exceptions=draw(month_rulings(timing, roster)),
                absorbs=tuple(draw(st.lists(st.sampled_from(below), max_size=2, unique=True))) if below else (),
            )
        )
    return of_everyone(roster, *made, id=id)


def _month_end_timings() -> st.SearchStrategy[Timing]:
    """Months, quarters, half-years and years, and single days, all nominally on the last day of a month."""
    steps = st.lists(st.builds(Adjust, st.sampled_from(list(Convention)[::-1])), max_size=2).map(tuple)
    due = st.builds(
        lambda each, anchor: Due(Course(anchor, each)), steps, st.sampled_from([PeriodEnd(), DayOfMonth(31)])
    )
    cut = st.sampled_from([(1, "month"), (3, "quarter"), (6, "half_year"), (12, "year")])
    recurring = st.builds(lambda each, one: Every(Months(each[0], each[1]), DueList((one,))), cut, due)
    month = st.builds(
        lambda number: Span(*_month(12 * 2023 + number)), st.integers(0, 11) | st.sampled_from([2, 5, 11])
    )
    after = month.map(lambda span: Span(*_month(12 * span.first.year + span.first.month)))
    plain = st.builds(lambda each: Due(Course(steps=each)), steps)
    single = st.builds(Once, month, st.just(False), plain) | st.builds(Once, after, st.just(True), plain)
    listed = st.builds(
        lambda days_of, elsewhere, one: Dates((Dated("x", elsewhere, days_of.last),), one), month, spans(), plain
    )
    return mostly(recurring, single | listed)


def _month(number: int) -> tuple[dt.date, dt.date]:
    first = dt.date(number // 12, number % 12 + 1, 1)
    return first, dt.date((number + 1) // 12, (number + 1) % 12 + 1, 1) - dt.timedelta(days=1)


@st.composite
def month_rulings(draw: st.DrawFn, timing: Timing, roster: Roster) -> tuple[PeriodException, ...]:
    """Periods of 2023 that are waived, or moved into the years of the horizons."""
    own = own_periods(timing, roster, {}, SCENE)
    if isinstance(timing, Every):
        year = Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
        own = [each for each in own if each[1].overlaps(year)]
    found: list[PeriodException] = []
    for _ in range(draw(st.sampled_from([0, 1, 2, 4]))):
        due = draw(st.none() | days(dt.date(2023, 1, 1), dt.date(2026, 12, 31)))
        units = draw(st.none() | st.builds(lambda unit: Selection((UnitId(unit),)), st.sampled_from(roster.ids)))
        found.append(draw(rulings(timing, draw(st.sampled_from(own)), due, units)))
    return tuple(found)
