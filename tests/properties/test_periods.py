"""Cycles and their labels; and cycles against RFC 5545 as dateutil expands it, where it can say the same."""

import datetime as dt
from itertools import pairwise
from typing import Any

from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.cycles import Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import (
    Anchor,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueList,
    MonthEnd,
    PeriodStart,
    WeekdayOfMonth,
    WeekdayOfWeek,
)
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from tests.properties.oracle import all_periods
from tests.properties.strategies import cycles, horizons, spans

YEARS = Span(dt.date(2019, 1, 1), dt.date(2030, 12, 31))


def periods(cycle: Cycle, span: Span) -> list[Any]:
    """The periods of a cycle that overlap a span."""
    return list(cycle.periods(span.first.toordinal(), span.last.toordinal()))


def year_of(cycle: Cycle) -> YearStart:
    """The fiscal year in force."""
    return cycle.year if isinstance(cycle, Months) else YearStart()


@given(cycle=cycles(), span=spans())
def test_periods_tile_the_days(cycle: Cycle, span: Span) -> None:
    """Each day lies in exactly one period, and asking for a span gives the periods that overlap it, in order."""
    found = periods(cycle, span)
    assert found[0].first <= span.first.toordinal()
    assert found[-1].last >= span.last.toordinal()
    assert all(one.last + 1 == other.first for one, other in pairwise(found))
    assert all(each.first <= span.last.toordinal() and each.last >= span.first.toordinal() for each in found)


@given(cycle=cycles())
def test_periods_are_those_of_the_contract(cycle: Cycle) -> None:
    """Days, labels and positions are those that someone finds who cuts the calendar by hand."""
    found = [
        (dt.date.fromordinal(each.first), dt.date.fromordinal(each.last), each.label, each.position)
        for each in periods(cycle, YEARS)
    ]
    expected = [tuple(each) for each in all_periods(cycle) if each.last >= YEARS.first and each.first <= YEARS.last]
    assert found == expected


@given(cycle=cycles())
def test_a_label_names_its_period_and_no_other(cycle: Cycle) -> None:
    """Reading a label gives exactly the period's days, and no two periods have one label."""
    found = periods(cycle, YEARS)
    for each in found[:400]:
        span = read_span(each.label, year_of(cycle))
        assert (span.first.toordinal(), span.last.toordinal()) == (each.first, each.last)
    assert len({each.label for each in found}) == len(found)


@given(cycle=cycles(), span=spans())
def test_a_window_moves_no_period(cycle: Cycle, span: Span) -> None:
    """What is asked for decides which periods are seen, and never where they begin."""
    every = periods(cycle, YEARS)
    assert set(periods(cycle, span)) <= set(every)


@given(cycle=cycles())
def test_the_ends_of_the_calendar_are_no_obstacle(cycle: Cycle) -> None:
    """In the years 1 and 9999 there are the periods that lie wholly within the calendar, and no exception."""
    last = dt.date.max.toordinal()
    for low, high in ((1, 1500), (last - 1500, last)):
        found = list(cycle.periods(low, high))
        assert all(1 <= each.first <= each.last <= last for each in found)
        assert all(one.last + 1 == other.first for one, other in pairwise(found))


# ------------------------------------------------------------------------------------------------ RFC 5545


def due_dates(cycle: Cycle, anchor: Anchor, horizon: Span) -> list[dt.date]:
    """The due dates of a rule without steps."""
    rule = Obligation("rule", Every(cycle, DueList((Due(Course(anchor)),))), Text.of("rule"))
    book = Rulebook("book", Text.of("book"), Roster(["a"]), (rule,))
    return [each.due for each in expand(book, horizon)]


def instances(horizon: Span, freq: int, start: dt.date = dt.date(2001, 1, 1), **parts: Any) -> list[dt.date]:
    """The instances of a recurrence rule in a horizon. 2001-01-01 is a Monday."""
    rule = rrule.rrule(freq, dtstart=dt.datetime.combine(start, dt.time()), **parts)  # type: ignore[arg-type]
    first, last = (dt.datetime.combine(day, dt.time()) for day in (horizon.first, horizon.last))
    return [each.date() for each in rule.between(first, last, inc=True)]


@given(n=st.integers(1, 40), start=st.dates(dt.date(2019, 1, 1), dt.date(2020, 12, 31)), horizon=horizons())
def test_days_agree_with_rfc_5545(n: int, start: dt.date, horizon: Span) -> None:
    """Every n days from an origin: FREQ=DAILY;INTERVAL=n."""
    cycle = Days(n, start.toordinal())
    assert due_dates(cycle, PeriodStart(), horizon) == instances(horizon, rrule.DAILY, start, interval=n)


@given(n=st.integers(1, 8), weekday=st.integers(0, 6), weeks=st.integers(0, 60), horizon=horizons())
def test_weeks_agree_with_rfc_5545(n: int, weekday: int, weeks: int, horizon: Span) -> None:
    """A weekday of every n-th week: FREQ=WEEKLY;INTERVAL=n;BYDAY, of the last week of each period."""
    origin = dt.date(2001, 1, 1) + dt.timedelta(weeks=weeks)
    last_week = origin + dt.timedelta(weeks=n - 1)
    expected = instances(horizon, rrule.WEEKLY, last_week, interval=n, byweekday=weekday)
    assert due_dates(Weeks(n, origin.toordinal()), WeekdayOfWeek(weekday), horizon) == expected


@given(
    n=st.integers(1, 30),
    day=st.integers(-31, 31).filter(bool),
    phase=st.integers(0, 29),
    which=st.sampled_from(["first", "last"]),
    horizon=horizons(),
)
def test_days_of_months_agree_with_rfc_5545(n: int, day: int, phase: int, which: str, horizon: Span) -> None:
    """A day of every n-th month, from either end: FREQ=MONTHLY;INTERVAL=n;BYMONTHDAY, which skips what is missing."""
    month = 12 * 2001 + phase + (n - 1 if which == "last" else 0)
    start = dt.date(month // 12, month % 12 + 1, 1)
    cycle = Months(n, "months", (12 * 2001 + phase) % n)
    anchor = DayOfMonth(day, which, MonthEnd.SKIP)  # type: ignore[arg-type]
    assert due_dates(cycle, anchor, horizon) == instances(horizon, rrule.MONTHLY, start, interval=n, bymonthday=day)


@given(n=st.integers(1, 12), weekday=st.integers(0, 6), nth=st.sampled_from([1, 2, 3, 4, 5, -1]), horizon=horizons())
def test_weekdays_of_months_agree_with_rfc_5545(n: int, weekday: int, nth: int, horizon: Span) -> None:
    """The nth or last weekday of every n-th month: FREQ=MONTHLY;INTERVAL=n;BYDAY=3WE."""
    cycle = Months(n, "months", (12 * 2001) % n)
    named = rrule.weekdays[weekday](nth)
    expected = instances(horizon, rrule.MONTHLY, interval=n, byweekday=named)
    assert due_dates(cycle, WeekdayOfMonth(weekday, nth, "first"), horizon) == expected


@given(
    n=st.integers(1, 5),
    month=st.integers(1, 12),
    day=st.integers(1, 31),
    phase=st.integers(0, 4),
    horizon=horizons(),
)
def test_days_of_years_agree_with_rfc_5545(n: int, month: int, day: int, phase: int, horizon: Span) -> None:
    """A day of every n-th year: FREQ=YEARLY;INTERVAL=n;BYMONTH;BYMONTHDAY."""
    if day > 28 and (month, day) != (2, 29):
        day = min(day, 30 if month in (4, 6, 9, 11) else 28 if month == 2 else 31)
    cycle = Months(12 * n, "years", 12 * (2001 + phase) % (12 * n))
    start = dt.date(2001 + phase + n - 1, 1, 1)
    expected = instances(horizon, rrule.YEARLY, start, interval=n, bymonth=month, bymonthday=day)
    assert due_dates(cycle, DateOfYear(month, day, 0, MonthEnd.SKIP), horizon) == expected
