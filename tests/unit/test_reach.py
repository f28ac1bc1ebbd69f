"""How far due dates are taken to lie from their periods, and which days a horizon therefore looks at.

A reach may be too wide, and never too narrow. A month counts as 31 days and a year as 366; a closure of ten days is
the longest run of days that are not worked, so that a working day is at most eleven days away.
"""

import datetime as dt
from typing import Any

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Days, Months, Weeks
from cyclekit.civil.labels import read_span
from cyclekit.engine.reach import cascade_reach, clipped, joined, period_length, reach, reach_of
from cyclekit.model.obligation import Lag
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DateTarget,
    DayOfMonth,
    Due,
    DueList,
    Extend,
    Holiday,
    Include,
    MonthsTarget,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    Step,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.timing import Dated, Dates, Every, OfEvent, Once, Standing, Upon

CLOSURE = 10
MONTH = Months(1, "month")
FOLLOWING = Adjust(Convention.FOLLOWING)
LAST = dt.date.max.toordinal()

# ------------------------------------------------------------------------------------------ anchors and steps

#: At most so many days before the first day of the period, and after the last.
ANCHORS: list[tuple[Anchor, tuple[int, int]]] = [
    (PeriodEnd(), (0, 0)),
    (PeriodStart(), (0, 0)),
    (TriggerDate(), (0, 0)),
    (WeekdayOfWeek(2), (0, 0)),
    (DayOfMonth(20, "period"), (0, 0)),
    (WeekdayOfMonth(2, 1, "period"), (0, 0)),
    (WorkingDay(5, "period"), (0, 0)),
    # The month before that in which a period begins may lie behind it as a whole, and so may the month after.
    (DayOfMonth(20), (62, 93)),
    (DayOfMonth(20, "next"), (62, 93)),
    (WeekdayOfMonth(2, 1, "previous"), (62, 93)),
    (WorkingDay(5, "first"), (62, 93)),
    (DayOfMonth(20, 5), (62, 186)),
    (WeekdayOfMonth(2, 1, 1), (62, 62)),
    (WorkingDay(5, 12), (62, 403)),
    (Holiday("中秋节"), (366, 366)),
    (DateOfYear(6, 20), (366, 366)),
    (DateOfYear(6, 20, 1), (366, 732)),
    (DateOfYear(6, 20, 3), (366, 1464)),
    (DateOfYear(6, 20, -2), (1098, 366)),
]

#: At most so many days back, and on.
STEPS: list[tuple[Step, tuple[int, int]]] = [
    (FOLLOWING, (10, 10)),
    (Include(2), (0, 22)),
    # Two months and two years of days in the window, and behind them a closure.
    (Extend(3, "days"), (0, 804)),
    (Add(3, "working days"), (0, 33)),
    (Add(-3, "working days"), (33, 0)),
    # 50 hours from a clock time reach into the third day, and clocks of another zone show one more.
    (Add(50, "hours"), (0, 4)),
    (Add(-50, "hours"), (4, 0)),
    # Suspended days in the year in which the count begins, and in the next one.
    (Add(40, "days"), (0, 61)),
    (Add(-40, "days"), (61, 0)),
    (Add(2, "weeks"), (0, 35)),
    # 356 days of a year count, so 400 touch a third one.
    (Add(400, "days"), (0, 431)),
    (Add(2, "months"), (0, 63)),
    (Add(-1, "years"), (367, 0)),
    (MoveTo((WeekdayTarget(4),), later=True, staying=True), (0, 8)),
    (MoveTo((WeekdayTarget(4),), later=False, staying=True), (8, 0)),
    (MoveTo((DateTarget(6, 20),), later=True, staying=False), (0, 367)),
    (MoveTo((DateTarget(2, 28),), later=True, staying=False), (0, 367)),
    (MoveTo((DateTarget(3, 29),), later=True, staying=False), (0, 367)),
    # From 1896 to 1904 it is eight years.
    (MoveTo((DateTarget(2, 29),), later=False, staying=False), (2929, 0)),
    (MoveTo((MonthsTarget(WeekdayOfMonth(2, 3), frozenset({3})),), later=True, staying=True), (0, 733)),
    (MoveTo((MonthsTarget(DayOfMonth(1)),), later=True, staying=True), (0, 733)),
    # A fifth Thursday of April comes round in six years, and another six are looked at.
    (MoveTo((MonthsTarget(WeekdayOfMonth(3, 5), frozenset({4})),), later=True, staying=True), (0, 4393)),
    (MoveTo((MonthsTarget(WeekdayOfMonth(3, 5), frozenset({2})),), later=False, staying=True), (15007, 0)),
    # Of several targets the farthest may be the one that is there.
    (MoveTo((DateTarget(6, 20), WeekdayTarget(4)), later=True, staying=False), (0, 367)),
]


@pytest.mark.parametrize(("anchor", "expected"), ANCHORS)
def test_how_far_an_anchor_reaches(anchor: Anchor, expected: tuple[int, int]) -> None:
    """A month of the period, or a year beside it, may lie so far from its first and last day."""
    assert reach(Course(anchor), CLOSURE) == expected


@pytest.mark.parametrize(("step", "expected"), STEPS)
def test_how_far_a_step_reaches(step: Step, expected: tuple[int, int]) -> None:
    """By its amount, and by the closures or suspended days that it may meet on its way; alone or with others."""
    assert reach(Course(steps=(step,)), CLOSURE) == expected
    before, after = expected
    assert reach(Course(DayOfMonth(20), (step, FOLLOWING)), CLOSURE) == (62 + before + 10, 93 + after + 10)


def test_a_closure_of_a_whole_year_reaches_as_far_as_it_may() -> None:
    """Where 400 days are closed in a row, each day that is counted may lie beyond another such closure."""
    assert reach(Course(steps=(Add(2, "days"),)), 400) == (0, 2 + 400 * 4 + 1)
    assert reach(Course(steps=(Add(2, "days"),)), 0) == (0, 3)


def test_how_far_cascades_reach() -> None:
    """Three working days on each of two levels, or three days with what is suspended between them."""
    assert cascade_reach(Lag(3, working=True), 2, 9) == 60
    assert cascade_reach(Lag(3), 2, 9) == 2 * (3 + 2 * 9 + 1)
    assert cascade_reach(None, 2, 9) == 0


EARLY = Dated(label="a", span=read_span("2023-02-10..2023-02-20"), date=dt.date(2023, 2, 5))
LATE = Dated(label="b", span=read_span("2023-03-10..2023-03-29"), date=dt.date(2023, 4, 18))
BACK, ON = Due(Course(steps=(Add(-40, "days"),))), Due(Course(steps=(Add(2, "months"),)))
JUNE = read_span("2023-06")

#: Its reach, and how much longer its periods are at most, with a month to spare where they recur.
TIMINGS: list[tuple[Any, tuple[int, int], int]] = [
    (Every(MONTH), (0, 0), 62),
    (Every(Months(3, "quarter"), DueList((BACK, ON))), (61, 63), 3 * 31 + 31),
    (Every(Weeks(2), DueList((ON,))), (0, 63), 14 + 31),
    (Every(Days(10, 1), DueList((BACK,))), (61, 0), 10 + 31),
    (Once(JUNE), (0, 0), 30),
    (Once(JUNE, before=True), (1, 0), 30),
    (Once(JUNE, before=True, due=BACK), (62, 0), 30),
    (Dates((EARLY, LATE)), (5, 20), 20),
    (Dates((LATE,)), (0, 20), 20),
    (Dates((EARLY,)), (5, 0), 11),
    (Dates((EARLY, LATE), BACK), (66, 20), 20),
    (Dates((EARLY, LATE), ON), (5, 83), 20),
    (Upon(OfEvent("incident"), DueList((ON,))), (0, 63), 0),
    (Standing(), (0, 0), 0),
]


@pytest.mark.parametrize(("timing", "expected", "length"), TIMINGS)
def test_how_far_a_timing_reaches(timing: Any, expected: tuple[int, int], length: int) -> None:
    """The farthest of its due dates on either side counts; dates that are written lie where they are written."""
    assert reach_of(timing, CLOSURE) == expected
    assert period_length(timing) == length


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([], []),
        ([(1, 3), (4, 5)], [(1, 5)]),
        ([(1, 3), (5, 6)], [(1, 3), (5, 6)]),
        ([(5, 6), (1, 9)], [(1, 9)]),
        ([(1, 9), (2, 3), (9, 12), (20, 21)], [(1, 12), (20, 21)]),
    ],
)
def test_windows_that_meet_are_one(windows: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    """In whichever order they come; one that ends a day before the next begins is one with it."""
    assert joined(windows) == expected


def test_windows_stay_in_the_calendar() -> None:
    """Within the years 1 to 9999."""
    assert clipped(0, LAST + 1) == (1, LAST)
    assert clipped(2, LAST - 1) == (2, LAST - 1)
