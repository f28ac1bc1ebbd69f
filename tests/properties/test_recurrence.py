"""Rules of RFC 5545: against the table of the standard, against dateutil, and against themselves."""

import datetime as dt
from itertools import pairwise
from typing import Any

import attrs
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.recurrence import ERA, Recurrence
from cyclekit.testing.drawing.recurrences import recurrences
from tests.properties.rfc5545 import instances, week_numbers

LAST = dt.date(2032, 12, 31)


def days_of(rule: Recurrence, first: dt.date, last: dt.date) -> list[dt.date]:
    """The instances that a window shows."""
    return [dt.date.fromordinal(each.first) for each in rule.periods(first.toordinal(), last.toordinal())]


def later(rule: Recurrence, eras: int) -> Recurrence:
    """The same rule, four hundred years later or several times that."""
    until = rule.until + eras * ERA if rule.until else None
    return attrs.evolve(rule, start=rule.start + eras * ERA, until=until)


def windows() -> st.SearchStrategy[tuple[dt.date, dt.date]]:
    """Windows of a day to some years, before, in and after the first years of a rule."""
    return st.builds(
        lambda first, days: (first, first + dt.timedelta(days=days)),
        st.dates(dt.date(2017, 1, 1), dt.date(2028, 12, 31)),
        st.sampled_from([0, 6, 30, 365, 1461]),
    )


@given(rule=recurrences(), window=windows())
def test_instances_are_those_of_the_standard(rule: Recurrence, window: tuple[dt.date, dt.date]) -> None:
    """A window shows the days that the table of RFC 5545 gives, day by day."""
    first, last = window
    assert days_of(rule, first, last) == [day for day in instances(rule, last) if first <= day]


@given(rule=recurrences(), window=windows())
def test_instances_are_those_of_dateutil(rule: Recurrence, window: tuple[dt.date, dt.date]) -> None:
    """Where dateutil can say the same (no numbers of weeks, no plain weekday beside a counted one), it does."""
    counted = {bool(nth) for nth, _ in rule.weekdays}
    if rule.weeks or len(counted) > 1:
        return
    first, last = window
    parts: dict[str, Any] = {
        "interval": rule.interval,
        "wkst": rule.week_start,
        "count": rule.count,
        "until": dt.datetime.combine(dt.date.fromordinal(rule.until), dt.time()) if rule.until else None,
        "bysetpos": rule.positions or None,
        "bymonth": rule.months or None,
        "bymonthday": rule.month_days or None,
        "byyearday": rule.year_days or None,
        "byweekday": [rrule.weekday(weekday, nth or None) for nth, weekday in rule.weekdays] or None,
    }
    start = dt.datetime.combine(dt.date.fromordinal(rule.start), dt.time())
    frequency: Any = ["yearly", "monthly", "weekly", "daily"].index(rule.frequency)
    # dateutil would look for the first instance of a rule that never fires until the year 9999.
    if not instances(rule, LAST):
        assert days_of(rule, first, last) == []
        return
    theirs = rrule.rrule(frequency, dtstart=start, **parts)
    low, high = (dt.datetime.combine(day, dt.time()) for day in window)
    assert days_of(rule, first, last) == [each.date() for each in theirs.between(low, high, inc=True)]


@given(rule=recurrences(), window=windows(), cuts=st.lists(st.integers(0, 1461), max_size=3))
def test_pieces_of_a_window_join_up(rule: Recurrence, window: tuple[dt.date, dt.date], cuts: list[int]) -> None:
    """What is asked for piece by piece is what is asked for at once, and each period is one day with its own label."""
    first, last = (day.toordinal() for day in window)
    whole = list(rule.periods(first, last))
    marks = sorted({first, *(mark for cut in cuts if (mark := first + cut) <= last)})
    ends = [*(mark - 1 for mark in marks[1:]), last]
    pieces = [each for low, high in zip(marks, ends, strict=True) for each in rule.periods(low, high)]
    assert pieces == whole
    assert all(each.first == each.last for each in whole)
    assert [each.label for each in whole] == [dt.date.fromordinal(each.first).isoformat() for each in whole]
    assert all(one.first < other.first for one, other in pairwise(whole))


@given(rule=recurrences(), eras=st.integers(1, 15))
def test_four_hundred_years_change_nothing(rule: Recurrence, eras: int) -> None:
    """A rule that begins four hundred years later has the same days four hundred years later."""
    moved = later(rule, eras)
    first, last = dt.date(2019, 6, 1).toordinal(), dt.date(2024, 6, 1).toordinal()
    now = [each.first for each in rule.periods(first, last)]
    assert [each.first - eras * ERA for each in moved.periods(first + eras * ERA, last + eras * ERA)] == now


@given(day=st.dates(dt.date(1000, 1, 1), dt.date(9000, 1, 1)))
def test_weeks_from_monday_are_those_of_iso_8601(day: dt.date) -> None:
    """The oracle's numbers of weeks that begin on a Monday are Python's."""
    year, week, _ = day.isocalendar()
    weeks = dt.date(year, 12, 28).isocalendar().week
    assert week_numbers(day, 0) == (week, week - weeks - 1)


@given(rule=recurrences(dt.date(3, 1, 1), dt.date(4, 12, 31)))
def test_the_first_years_are_no_obstacle(rule: Recurrence) -> None:
    """A rule may begin with the calendar."""
    assert days_of(rule, dt.date(1, 1, 1), dt.date(9, 1, 1)) == instances(rule, dt.date(9, 1, 1))


@given(rule=recurrences(dt.date(9990, 1, 1), dt.date(9999, 12, 31)))
def test_the_last_years_are_no_obstacle(rule: Recurrence) -> None:
    """A rule ends with the calendar: its last days are those of four hundred years before."""
    last = dt.date.max.toordinal()
    earlier = [each.first for each in later(rule, -1).periods(last - ERA - 4000, last - ERA)]
    assert [each.first - ERA for each in rule.periods(last - 4000, last)] == earlier
