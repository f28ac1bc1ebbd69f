"""The steps of a course, each one day at a time."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    Add,
    DateTarget,
    DayOfMonth,
    Extend,
    MonthEnd,
    MonthsTarget,
    MoveTo,
    Target,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from tests.properties.oracle.daybooks import ONE_DAY, DayBook, Looks, is_working
from tests.properties.oracle.periods import begin

#: The stretch in which a day to move to is looked for: past it the rule would never meet one.
FARTHEST = 12 * 366


def months_later(day: dt.date, months: int) -> int:
    """The month so many months after a day's, as 12 × year + month − 1."""
    return 12 * day.year + day.month - 1 + months


@cache
def days_of(month: int) -> tuple[dt.date, ...]:
    """Every day of a month."""
    return tuple(begin(month, number) for number in range(1, begin(month, 31).day + 1))


def that_day(month: int, day: int, month_end: MonthEnd) -> dt.date | None:
    """A day of a month, or what ``month_end`` makes of one that is missing."""
    if day <= len(days_of(month)):
        return days_of(month)[day - 1]
    if month_end is MonthEnd.SKIP:
        return None
    return begin(month + 1, 1) if month_end is MonthEnd.NEXT else begin(month, 31)


def nth_of(days: Sequence[dt.date], nth: int) -> dt.date | None:
    """The n-th of some days, or from −1 down the n-th counted from their end; None where there are fewer."""
    if abs(nth) > len(days):
        return None
    return days[nth - 1] if nth > 0 else days[nth]


def nth_working(days: Sequence[dt.date], nth: int, book: DayBook, looks: Looks) -> dt.date | None:
    """The n-th working day of some days, counted from their start or their end."""
    left = abs(nth)
    for day in days if nth > 0 else reversed(days):
        left -= is_working(book, day, looks)
        if not left:
            return day
    return None


# ------------------------------------------------------------------------------------------------ shifting


def added(day: dt.date, step: Add, book: DayBook, looks: Looks) -> dt.date | None:
    """A shift by days, working days, weeks, months or years."""
    forward = ONE_DAY if step.amount > 0 else -ONE_DAY
    left = abs(step.amount)
    match step.unit:
        case "working days":
            while left:
                day += forward
                left -= is_working(book, day, looks)
            return day
        case "days" | "weeks":
            left *= 7 if step.unit == "weeks" else 1
            while left:
                day += forward
                left -= day not in book.suspended
            return day
        case _:
            month = months_later(day, step.amount * (12 if step.unit == "years" else 1))
            if step.month_end is MonthEnd.STICKY and (day + ONE_DAY).day == 1:
                return begin(month, 31)
            return that_day(month, day.day, step.month_end)


def moved(day: dt.date, step: MoveTo, book: DayBook, looks: Looks) -> dt.date | None:
    """To the nearest of the days to move to."""
    further = ONE_DAY if step.later else -ONE_DAY
    found = day if step.staying else day + further
    for _ in range(FARTHEST):
        if any(is_target(found, each, book) for each in step.targets):
            break
        found += further
    else:
        return None
    if any(isinstance(each, MonthsTarget) and isinstance(each.anchor, WorkingDay) for each in step.targets):
        # A working day is counted from one end of its month, and those of the months on the way do not come up.
        for month in range(months_later(min(day, found), 0), months_later(max(day, found), 0) + 1):
            for each in days_of(month):
                looks.at(book, each)
    return found


def is_target(day: dt.date, target: Target, book: DayBook) -> bool:
    """Whether a day is one to move to."""
    month = months_later(day, 0)
    match target:
        case WeekdayTarget(weekday=weekday):
            return day.weekday() == weekday
        case DateTarget(month=wanted, day=number):
            return (day.month, day.day) == (wanted, number)
        case MonthsTarget(anchor=anchor, months=months):
            return (not months or day.month in months) and day == day_named(anchor, month, book, Looks())


def day_named(
    anchor: DayOfMonth | WeekdayOfMonth | WorkingDay, month: int, book: DayBook, looks: Looks
) -> dt.date | None:
    """The day of a month that an anchor names."""
    match anchor:
        case DayOfMonth(day=number, month_end=month_end) if number > 0:
            return that_day(month, number, month_end)
        case DayOfMonth(day=number):
            return nth_of(days_of(month), number)
        case WeekdayOfMonth(weekday=weekday, nth=nth):
            return nth_of([day for day in days_of(month) if day.weekday() == weekday], nth)
        case WorkingDay(number=number):
            return nth_working(days_of(month), number, book, looks)


def included(start: dt.date, day: dt.date, count: int, book: DayBook, looks: Looks) -> dt.date:
    """Later, until so many working days lie after the start of the count."""
    reached = start
    while count:
        reached += ONE_DAY
        count -= is_working(book, reached, looks)
    return max(day, reached)


# --------------------------------------------------------------------------------------------- the extension


def extended(opened: dt.date | None, day: dt.date, step: Extend, book: DayBook, looks: Looks) -> dt.date:
    """Later by the days of long holidays in the window from its opening to here."""
    left = len(long_holidays(opened, day, step.run, book, looks)) if opened else 0
    while left:
        day += ONE_DAY
        left -= day not in book.suspended if step.by == "days" else is_working(book, day, looks)
    return day


def long_holidays(first: dt.date, last: dt.date, run: int, book: DayBook, looks: Looks) -> list[dt.date]:
    """The days of a window in runs of so many that are not worked, where the whole run holds a public holiday."""
    found: list[dt.date] = []
    here: list[dt.date] = []
    day = first
    while day <= last:
        if not is_working(book, day, looks):
            here.append(day)
        if here and (day == last or here[-1] != day):
            if len(here) >= run and holds_holiday(here, book, looks):
                found += here
            here = []
        day += ONE_DAY
    return found


def holds_holiday(days: list[dt.date], book: DayBook, looks: Looks) -> bool:
    """Whether a closed day by name is among these days, or else among those of the same run before or after them."""
    if any(day in book.closed for day in days):
        return True
    for day, further in ((days[0], -ONE_DAY), (days[-1], ONE_DAY)):
        around = day + further
        while not is_working(book, around, looks):
            if around in book.closed:
                return True
            around += further
    return False


# ------------------------------------------------------------------------------------------------ adjusting


def adjusted(day: dt.date, convention: Convention, book: DayBook, looks: Looks) -> dt.date | None:
    """Off the days that do not count."""
    if convention is Convention.NONE or is_working(book, day, looks):
        return day
    match convention:
        case Convention.SKIP:
            return None
        case Convention.FOLLOWING:
            return _stepping(day, 1, book, looks)
        case Convention.PRECEDING:
            return _stepping(day, -1, book, looks)
        case Convention.NEAREST:
            return _either_side(day, book, looks)
        case _:
            return _within(day, convention, book, looks)


def _either_side(day: dt.date, book: DayBook, looks: Looks) -> dt.date:
    step = ONE_DAY
    while True:
        for each in (day + step, day - step):
            if is_working(book, each, looks):
                return each
        step += ONE_DAY


def _within(day: dt.date, convention: Convention, book: DayBook, looks: Looks) -> dt.date:
    """To one side as far as the month or its half goes, and otherwise to the other side."""
    step = -1 if convention is Convention.MODIFIED_PRECEDING else 1
    other = day + step * ONE_DAY
    while _same_part(other, day, convention):
        if is_working(book, other, looks):
            return other
        other += step * ONE_DAY
    return _stepping(day, -step, book, looks)


def _same_part(one: dt.date, other: dt.date, convention: Convention) -> bool:
    halves = convention is Convention.HALF_MONTH_MODIFIED_FOLLOWING
    return (one.year, one.month) == (other.year, other.month) and (not halves or (one.day > 15) == (other.day > 15))


def _stepping(day: dt.date, step: int, book: DayBook, looks: Looks) -> dt.date:
    while not is_working(book, day, looks):
        day += step * ONE_DAY
    return day
