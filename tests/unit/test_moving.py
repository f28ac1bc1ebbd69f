"""Moving to the nearest weekday, day of the year, or day of some months: on, back, staying or not.

In June 2023 the 15th is a Thursday, and the 16th a Friday.
"""

import datetime as dt

import pytest

from cyclekit.engine.moving import mover
from cyclekit.engine.walk import Walk
from cyclekit.model.pipeline import DateTarget, DayOfMonth, MonthsTarget, MoveTo, Target, WeekdayOfMonth, WeekdayTarget

FRIDAY, JUNE, LEAP = WeekdayTarget(4), DateTarget(6, 16), DateTarget(2, 29)
THIRD = MonthsTarget(WeekdayOfMonth(4, 3), frozenset({3, 6, 9, 12}))
LAST = MonthsTarget(DayOfMonth(-1))
FIFTH = MonthsTarget(WeekdayOfMonth(4, 5), frozenset({2}))

#: From a day, where it leads: on or after, after, on or before, before.
CASES: list[tuple[tuple[Target, ...], str, str, str, str, str]] = [
    ((FRIDAY,), "2023-06-15", "2023-06-16", "2023-06-16", "2023-06-09", "2023-06-09"),
    ((FRIDAY,), "2023-06-16", "2023-06-16", "2023-06-23", "2023-06-16", "2023-06-09"),
    ((FRIDAY,), "2023-06-17", "2023-06-23", "2023-06-23", "2023-06-16", "2023-06-16"),
    ((JUNE,), "2023-06-15", "2023-06-16", "2023-06-16", "2022-06-16", "2022-06-16"),
    ((JUNE,), "2023-06-16", "2023-06-16", "2024-06-16", "2023-06-16", "2022-06-16"),
    ((JUNE,), "2023-06-17", "2024-06-16", "2024-06-16", "2023-06-16", "2023-06-16"),
    # Between 1896 and 1904 there is no leap year.
    ((LEAP,), "1896-02-29", "1896-02-29", "1904-02-29", "1896-02-29", "1892-02-29"),
    ((LEAP,), "1900-03-01", "1904-02-29", "1904-02-29", "1896-02-29", "1896-02-29"),
    # The third Friday of June 2023 is the 16th, of March the 17th, and of September the 15th.
    ((THIRD,), "2023-06-15", "2023-06-16", "2023-06-16", "2023-03-17", "2023-03-17"),
    ((THIRD,), "2023-06-16", "2023-06-16", "2023-09-15", "2023-06-16", "2023-03-17"),
    ((THIRD,), "2023-06-17", "2023-09-15", "2023-09-15", "2023-06-16", "2023-06-16"),
    # Of every month, where none is named.
    ((LAST,), "2023-06-15", "2023-06-30", "2023-06-30", "2023-05-31", "2023-05-31"),
    ((LAST,), "2023-06-30", "2023-06-30", "2023-07-31", "2023-06-30", "2023-05-31"),
    # A fifth Friday is on 29 February: in 1884, and 1924, as 1900 has none; in 1980, 2008 and 2036.
    ((FIFTH,), "2008-02-29", "2008-02-29", "2036-02-29", "2008-02-29", "1980-02-29"),
    ((FIFTH,), "1884-03-01", "1924-02-29", "1924-02-29", "1884-02-29", "1884-02-29"),
    # The nearest of several counts, in whichever order they are written.
    ((JUNE, FRIDAY), "2023-06-10", "2023-06-16", "2023-06-16", "2023-06-09", "2023-06-09"),
    ((FRIDAY, JUNE), "2024-06-15", "2024-06-16", "2024-06-16", "2024-06-14", "2024-06-14"),
    ((JUNE, FRIDAY), "2024-06-17", "2024-06-21", "2024-06-21", "2024-06-16", "2024-06-16"),
    # At the ends of the calendar only one of them is there.
    ((LEAP, FRIDAY), "9999-12-20", "9999-12-24", "9999-12-24", "9999-12-17", "9999-12-17"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} from {case[1]}")
def test_the_nearest_such_day(case: tuple[tuple[Target, ...], str, str, str, str, str]) -> None:
    """A day that is one stays where it may, and else it is the next one in that direction."""
    targets, start, *expected = case
    found = [
        mover(MoveTo(targets, later=later, staying=staying), None)(dt.date.fromisoformat(start).toordinal(), Walk(1))
        for later in (True, False)
        for staying in (True, False)
    ]
    assert [dt.date.fromordinal(each).isoformat() if each else "" for each in found] == expected
