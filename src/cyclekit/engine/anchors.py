"""Anchors at work: from the first and last day of a period to the day that the anchor means."""

import datetime as dt
from collections.abc import Callable

from cyclekit.civil.months import first_day, last_day, length, month_of
from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import MissingDayError
from cyclekit.model.pipeline import (
    Anchor,
    DateOfYear,
    DayOfMonth,
    DueDate,
    Holiday,
    MonthEnd,
    MonthOfPeriod,
    PeriodEnd,
    PeriodStart,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WorkingDay,
)

#: From a period's first and last day to a day, or None where the period has no such day.
AnchorFunction = Callable[[int, int], int | None]
#: From a period's first and last day to those of the days that are counted in.
DaysOf = Callable[[int, int], tuple[int, int]]

WEEK = 7
SHORTEST_MONTH = 28
LONGEST_MONTH = 31


def anchor_function(  # noqa: C901 (one case for each anchor)
    anchor: Anchor, calendar: WorkingCalendar | None = None
) -> AnchorFunction:
    """What an anchor does, as a function of the period's first and last day.

    After a trigger the period is the triggering day, but for the anchors that speak of the period itself (see
    ``reads_period``). ``calendar`` is wanted for working days and holidays.
    """
    match anchor:
        case PeriodEnd() | TriggerDate() | DueDate():
            return lambda _first, last: last
        case PeriodStart():
            return lambda first, _last: first
        case DayOfMonth(day=day, month="period"):
            return lambda first, last: _within(first + day - 1 if day > 0 else last + day + 1, first, last)
        case DayOfMonth(day=day, month=which, month_end=month_end):
            return _day_of_month(day, _month(which), month_end)
        case WeekdayOfMonth(weekday=weekday, nth=nth, month=which):
            return _weekday_of(weekday, nth, _days(which))
        case WeekdayOfWeek(weekday=weekday):
            return lambda _first, last: last - (last - 1 - weekday) % WEEK
        case WorkingDay(number=number, month=which):
            return _working_day(number, _days(which), _required(calendar))
        case DateOfYear(month=month, day=day, years=years, month_end=month_end):

            def in_year(_first: int, last: int) -> int | None:
                return day_in_month(12 * (dt.date.fromordinal(last).year + years) + month - 1, day, month_end)

            return in_year
        case Holiday(name=name):
            days_named = _required(calendar).days_named(name)
            return lambda _first, last: days_named.get(dt.date.fromordinal(last).year)


def reads_period(anchor: Anchor) -> bool:
    """Whether an anchor speaks of the period itself, where a trigger's day would be there to start from."""
    match anchor:
        case PeriodStart() | PeriodEnd():
            return True
        case DayOfMonth(month=month) | WeekdayOfMonth(month=month) | WorkingDay(month=month):
            return month == "period"
        case _:
            return False


def days_asked(anchor: Anchor, first: int, last: int, day: int | None) -> tuple[int, int]:
    """The first and last day of its calendar that an anchor had to know to find ``day``."""
    match anchor:
        case WorkingDay(number=number, month=which):
            low, high = _days(which)(first, last)
            if day is None:
                return low, high
            return (low, day) if number > 0 else (day, high)
        case _:
            year = dt.date.fromordinal(last).year
            return dt.date(year, 1, 1).toordinal(), day or dt.date(year, 12, 31).toordinal()


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


def _required(calendar: WorkingCalendar | None) -> WorkingCalendar:
    if calendar is None:
        raise TypeError("an anchor that asks a calendar was given none")
    return calendar


def _within(day: int, first: int, last: int) -> int | None:
    return day if first <= day <= last else None


def _day_of_month(day: int, month_for: Callable[[int, int], int], month_end: MonthEnd) -> AnchorFunction:
    if day > 0:
        return lambda first, last: day_in_month(month_for(first, last), day, month_end)

    def from_end(first: int, last: int) -> int | None:
        month = month_for(first, last)
        # The 31st from the end is missing, not short: a month without it has no occurrence.
        return last_day(month) + day + 1 if -day <= length(month) else None

    return from_end


def _weekday_of(weekday: int, nth: int, days_for: DaysOf) -> AnchorFunction:
    def find(first: int, last: int) -> int | None:
        start, end = days_for(first, last)
        if nth < 0:
            return _within(end - (end - 1 - weekday) % WEEK, start, end)
        return _within(start + (weekday - start + 1) % WEEK + WEEK * (nth - 1), start, end)

    return find


def _working_day(number: int, days_for: DaysOf, calendar: WorkingCalendar) -> AnchorFunction:
    return lambda first, last: calendar.nth(*days_for(first, last), number)


def _days(which: MonthOfPeriod) -> DaysOf:
    """The days that a month of the period has, or the whole period."""
    if which == "period":
        return lambda first, last: (first, last)
    month_for = _month(which)

    def days(first: int, last: int) -> tuple[int, int]:
        month = month_for(first, last)
        return first_day(month), last_day(month)

    return days


def _month(which: MonthOfPeriod) -> Callable[[int, int], int]:
    """Which month of a period is meant; of a period shorter than a month, every word starts from where it ends."""
    match which:
        case "last" | "period":
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
