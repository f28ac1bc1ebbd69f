"""Anchors at work: from the first and last day of a period to the day that the anchor means."""

import datetime as dt
from collections.abc import Callable

from cyclekit.civil.months import first_day, last_day, length, month_of
from cyclekit.errors import MissingDayError
from cyclekit.model.pipeline import (
    Anchor,
    DateOfYear,
    DayOfMonth,
    MonthEnd,
    MonthOfPeriod,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WeekdayOfWeek,
)

#: From a period's first and last day to a day, or None where the period has no such day.
AnchorFunction = Callable[[int, int], int | None]

WEEK = 7
SHORTEST_MONTH = 28
LONGEST_MONTH = 31


def anchor_function(anchor: Anchor) -> AnchorFunction:
    """What an anchor does, as a function of the period's first and last day."""
    match anchor:
        case PeriodEnd():
            return lambda _first, last: last
        case PeriodStart():
            return lambda first, _last: first
        case DayOfMonth(day=day, month=which, month_end=month_end):
            return _day_of_month(day, _month(which), month_end)
        case WeekdayOfMonth(weekday=weekday, nth=nth, month=which):
            return _weekday_of_month(weekday, nth, _month(which))
        case WeekdayOfWeek(weekday=weekday):
            return lambda _first, last: last - (last - 1 - weekday) % WEEK
        case DateOfYear(month=month, day=day, years=years, month_end=month_end):

            def in_year(_first: int, last: int) -> int | None:
                return day_in_month(12 * (dt.date.fromordinal(last).year + years) + month - 1, day, month_end)

            return in_year


def day_in_month(month: int, day: int, month_end: MonthEnd) -> int | None:
    """That day of a month; what ``month_end`` makes of it where the month is too short; None: no occurrence.

    Raises MissingDayError where ``month_end`` is ``error``, and DateRangeError outside the years 1 to 9999.
    """
    if day <= SHORTEST_MONTH or day <= length(month):
        return first_day(month) + day - 1
    match month_end:
        case MonthEnd.CLAMP | MonthEnd.STICKY:
            return last_day(month)
        case MonthEnd.NEXT:
            return last_day(month) + 1
        case MonthEnd.SKIP:
            return None
        case MonthEnd.ERROR:
            raise MissingDayError(day, f"{month // 12:04}-{month % 12 + 1:02}")


def _day_of_month(day: int, month_for: Callable[[int, int], int], month_end: MonthEnd) -> AnchorFunction:
    if day > 0:
        return lambda first, last: day_in_month(month_for(first, last), day, month_end)

    def from_end(first: int, last: int) -> int | None:
        month = month_for(first, last)
        # The 31st from the end is missing, not short: a month without it has no occurrence.
        return last_day(month) + day + 1 if -day <= length(month) else None

    return from_end


def _weekday_of_month(weekday: int, nth: int, month_for: Callable[[int, int], int]) -> AnchorFunction:
    def find(first: int, last: int) -> int | None:
        month = month_for(first, last)
        if nth < 0:
            end = last_day(month)
            return end - (end - 1 - weekday) % WEEK
        start = first_day(month)
        found = start + (weekday - start + 1) % WEEK + WEEK * (nth - 1)
        return found if found < start + length(month) else None

    return find


def _month(which: MonthOfPeriod) -> Callable[[int, int], int]:
    """Which month of a period is meant; of a period shorter than a month, every word starts from where it ends."""
    match which:
        case "last":
            return lambda _first, last: month_of(last)
        case "next":
            return lambda _first, last: month_of(last) + 1
        case "first":
            return _first_month
        case "previous":
            return lambda first, last: _first_month(first, last) - 1
        case number:
            return lambda first, last: _first_month(first, last) + number - 1


def _first_month(first: int, last: int) -> int:
    days = last - first + 1
    if days < SHORTEST_MONTH:
        return month_of(last)
    month = month_of(first)
    if days >= LONGEST_MONTH:
        return month
    return month if days >= length(month) else month_of(last)
