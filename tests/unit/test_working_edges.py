"""A working calendar's first and last days, and what is said of days beyond them."""

import datetime as dt
from collections.abc import Callable

import pytest

from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import CalendarError


def may(day: int) -> int:
    """A day of May 2023, or so many days before and after."""
    return dt.date(2023, 5, 1).toordinal() + day - 1


#: May 2023 began on a Monday. Worked are 4 to 6, 8 to 12, 15 to 19, 22 to 26 and 29 to 31: 21 days.
MAY = WorkingCalendar(
    "may", may(1), may(31), closed={may(1): "Labour Day", may(2): "Labour Day", may(3): "Labour Day"}, opened=[may(6)]
)
ASKING: dict[str, Callable[[int], object]] = {
    "is_working": MAY.is_working,
    "following": MAY.following,
    "preceding": MAY.preceding,
    "add": lambda day: MAY.add(day, 1),
    "count from": lambda day: MAY.count(day, max(day, may(31))),
    "count to": lambda day: MAY.count(min(day, may(1)), day),
    "working_days from": lambda day: MAY.working_days(day, max(day, may(31))),
    "working_days to": lambda day: MAY.working_days(min(day, may(1)), day),
    "nth": lambda day: MAY.nth(min(day, may(1)), max(day, may(31)), 1),
}


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("day", [0, 32])
def test_a_day_outside_is_named(asking: str, day: int) -> None:
    """CalendarError says which day is not known, be it before or behind the compiled ones, and which are."""
    with pytest.raises(CalendarError) as caught:
        ASKING[asking](may(day))
    assert (caught.value.calendar, caught.value.day) == ("may", dt.date.fromordinal(may(day)))
    assert str(caught.value) == "calendar 'may': it was compiled for 2023-05-01..2023-05-31"


@pytest.mark.parametrize(
    ("ask", "day"),
    [
        (lambda: MAY.preceding(may(3)), 0),
        (lambda: MAY.add(may(4), -1), 0),
        (lambda: MAY.add(may(31), 1), 32),
        (lambda: MAY.add(may(1), 22), 32),
        (lambda: MAY.add(may(31), -21), 0),
        (lambda: WorkingCalendar("week", may(1), may(7)).following(may(6)), 8),
    ],
)
def test_what_is_looked_for_outside_begins_next_to_it(ask: Callable[[], object], day: int) -> None:
    """Where all compiled days were looked through, the day before or behind them is the one that is not known."""
    with pytest.raises(CalendarError) as caught:
        ask()
    assert caught.value.day == dt.date.fromordinal(may(day))


def test_the_first_and_last_day_belong_to_it() -> None:
    """They are answered for like all others."""
    assert not MAY.is_working(may(1))
    assert MAY.is_working(may(31))
    assert MAY.working_days(may(1), may(7)) == bytes([0, 0, 0, 1, 1, 1, 0])
    assert MAY.working_days(may(30), may(31)) == bytes([1, 1])
    assert (MAY.following(may(1)), MAY.preceding(may(31))) == (may(4), may(31))
    assert MAY.count(may(1), may(31)) == 21
    assert MAY.count(may(4), may(4)) == 1
    assert MAY.count(may(5), may(4)) == 0
    assert (MAY.add(may(1), 1), MAY.add(may(1), 21), MAY.add(may(31), -20)) == (may(4), may(31), may(4))
    assert (MAY.nth(may(1), may(31), 21), MAY.nth(may(1), may(31), -21)) == (may(31), may(4))
    assert (MAY.nth(may(1), may(31), 22), MAY.nth(may(1), may(31), -22)) == (None, None)
    assert MAY.nth(may(4), may(4), 1) == MAY.nth(may(4), may(4), -1) == may(4)


def test_many_days_reach_to_the_first_and_last_day() -> None:
    """What is asked of all at once reaches as far as what is asked of one, and no day is none."""
    assert MAY.each_following([may(1), may(31)]) == [may(4), may(31)]
    assert MAY.each_preceding([may(4), may(31)]) == [may(4), may(31)]
    assert MAY.each_nth([may(1)], [may(31)], 1) == MAY.each_nth([may(1)], [may(31)], -21) == [may(4)]
    assert MAY.each_nth([may(1)], [may(31)], 21) == MAY.each_nth([may(1)], [may(31)], -1) == [may(31)]
    assert MAY.each_nth([may(1)], [may(31)], 22) is None
    assert MAY.each_nth([may(1)], [may(31)], -22) is None
    assert MAY.each_nth([may(1)], [may(3)], 1) is None
    assert MAY.each_nth([may(1)], [may(3)], -1) is None
    assert MAY.each_following([]) is MAY.each_preceding([]) is MAY.each_nth([], [], 1) is None


@pytest.mark.parametrize(
    ("first", "last", "day", "named"),
    [
        (3, 40, 1, dt.date(1, 1, 1)),
        (3, 40, 0, None),
        (3_652_000, 3_652_050, 3_652_059, dt.date(9999, 12, 31)),
        (3_652_000, 3_652_050, 3_652_060, None),
    ],
)
def test_days_that_no_calendar_has_are_not_named(first: int, last: int, day: int, named: dt.date | None) -> None:
    """The error names days of the years 1 to 9999 alone."""
    with pytest.raises(CalendarError) as caught:
        WorkingCalendar("edge", first, last).is_working(day)
    assert caught.value.day == named


def test_a_calendar_without_a_working_day_is_none() -> None:
    """A weekend alone, or days that are all closed, are refused in words."""
    with pytest.raises(CalendarError, match=r"^calendar 'weekend': it has no working day at all$"):
        WorkingCalendar("weekend", may(6), may(7))
    with pytest.raises(ValueError, match=r"^the 0th working day$"):
        MAY.add(may(4), 0)
    with pytest.raises(ValueError, match=r"^the 0th working day$"):
        MAY.nth(may(1), may(31), 0)
    with pytest.raises(ValueError, match=r"^the 0th working day$"):
        MAY.each_nth([may(1)], [may(31)], 0)


#: Suspended are 10 to 19 May.
COURT = WorkingCalendar("court", may(1), may(31), suspended=range(may(10), may(20)))


@pytest.mark.parametrize(
    ("start", "count", "expected"), [(1, 20, 31), (31, -20, 1), (9, 1, 20), (20, -1, 9), (1, 0, 1), (31, 0, 31)]
)
def test_days_counted_reach_to_the_first_and_last_day(start: int, count: int, expected: int) -> None:
    """Ten days are not counted between the 1st and the 31st, so they lie twenty days apart."""
    assert COURT.add_days(may(start), count) == may(expected)


@pytest.mark.parametrize(("start", "count", "day"), [(1, 21, 32), (31, -21, 0), (0, 3, 0), (32, -3, 32)])
def test_days_counted_beyond_name_the_day_next_to_it(start: int, count: int, day: int) -> None:
    """Whether that day is suspended is not known."""
    with pytest.raises(CalendarError) as caught:
        COURT.add_days(may(start), count)
    assert caught.value.day == dt.date.fromordinal(may(day))


def test_the_longest_closure_is_the_longest_run() -> None:
    """Labour Day and the two before it: the calendar begins there, and five days on there is a Sunday."""
    assert MAY.longest_closure == 3
    assert COURT.longest_closure == 12  # 10 to 19 May is suspended, and the weekend of the 20th follows
    assert repr(MAY) == "WorkingCalendar('may', 2023-05-01..2023-05-31)"


def test_what_is_certain_of_a_day() -> None:
    """Up to the last known day only what was estimated is provisional, and from the first on nothing is unknown."""
    calendar = WorkingCalendar(
        "known", may(1), may(31), known_from=may(3), known_until=may(25), estimated=[may(10), may(12)]
    )
    spans = [(5, 9), (5, 10), (10, 10), (11, 11), (12, 14), (13, 25), (13, 26), (26, 26)]
    assert [calendar.is_provisional(may(first), may(last)) for first, last in spans] == [
        *(False, True, True, False, True, False, True, True)
    ]
    assert [calendar.is_unknown(may(day)) for day in (2, 3, 4)] == [True, False, False]
    assert not MAY.is_provisional(may(1), may(31))
    assert not MAY.is_unknown(may(1))
