"""``move_to``: to the nearest weekday, day of the year, or day of some months, forward or back."""

import datetime as dt
from collections.abc import Callable, Iterator

from cyclekit.civil.months import FIRST_MONTH, LAST_MONTH, first_day, last_day, month_of
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import WEEK, anchor_function
from cyclekit.engine.walk import Move, Walk
from cyclekit.model.pipeline import DateTarget, MonthsTarget, MoveTo, Target, WeekdayTarget

#: How many years to look for a day that is not there every year: a fifth weekday of February may take 40.
YEARS = 41

#: The nearest such day from a day on, the day itself included; None where there is none in reach.
Nearest = Callable[[int], int | None]


def mover(step: MoveTo, calendar: WorkingCalendar | None) -> Move:
    """What ``move_to`` does: of several targets the nearest one counts; None where there is none in reach."""
    finders = [_finder(target, calendar, later=step.later) for target in step.targets]
    away = 0 if step.staying else (1 if step.later else -1)
    choose = min if step.later else max

    def move(day: int, _walk: Walk) -> int | None:
        found = [moved for find in finders if (moved := find(day + away)) is not None]
        return choose(found) if found else None

    return move


def _finder(target: Target, calendar: WorkingCalendar | None, *, later: bool) -> Nearest:
    match target:
        case WeekdayTarget(weekday=weekday):
            if later:
                return lambda day: day + (weekday - day + 1) % WEEK
            return lambda day: day - (day - 1 - weekday) % WEEK
        case DateTarget(month=month, day=day_of_month):
            return lambda day: _first_past(day, _days_of_year(day, month, day_of_month, later=later), later=later)
        case MonthsTarget(anchor=anchor, months=months):
            find = anchor_function(anchor, calendar)
            return lambda day: _first_past(
                day,
                (
                    found
                    for month in _months(day, later=later)
                    if not months or month % 12 + 1 in months
                    if (found := find(first_day(month), last_day(month))) is not None
                ),
                later=later,
            )


def _first_past(day: int, candidates: Iterator[int], *, later: bool) -> int | None:
    """The first of these days, which go away from ``day``, that lies on the right side of it."""
    return next((found for found in candidates if (found >= day if later else found <= day)), None)


def _days_of_year(day: int, month: int, day_of_month: int, *, later: bool) -> Iterator[int]:
    """A day of the year in this year and those after (before) it; 29 February where there is one."""
    year = dt.date.fromordinal(day).year
    for each in range(year, year + YEARS) if later else range(year, year - YEARS, -1):
        if dt.MINYEAR <= each <= dt.MAXYEAR:
            number = 12 * each + month - 1
            if first_day(number) + day_of_month - 1 <= last_day(number):
                yield first_day(number) + day_of_month - 1


def _months(day: int, *, later: bool) -> Iterator[int]:
    month = month_of(day)
    if later:
        yield from range(month, min(month + 12 * YEARS, LAST_MONTH) + 1)
    else:
        yield from range(month, max(month - 12 * YEARS, FIRST_MONTH) - 1, -1)
