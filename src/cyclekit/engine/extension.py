"""The Chinese extension of a time limit by the holidays that fall in it.

Source: Implementing Rules of the Law on Tax Collection and Administration (China), article 109: where three or
more consecutive days of statutory holidays fall within a time limit, it is put off by so many days.
"""

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.pipeline import Extend


def extended(step: Extend, calendar: WorkingCalendar, opened: int | None, day: int) -> int:
    """The end of a window ``opened``..``day``, put off by the days of the long holidays that lie in it.

    Counted are the days of the window that belong to at least ``step.run`` consecutive non-working days lying in
    it, where the whole run, also the part outside, holds a public holiday. A window that does not open in this period,
    or only after it has closed, holds none. Raises CalendarError where the calendar does not reach.
    """
    if opened is None:
        return day
    count = sum(last - first + 1 for first, last in long_holidays(step, calendar, opened, day))
    if not count:
        return day
    return calendar.add(day, count) if step.by == "working days" else calendar.add_days(day, count)


def long_holidays(step: Extend, calendar: WorkingCalendar, opened: int, day: int) -> list[tuple[int, int]]:
    """The first and last day of each long holiday in a window, as far as it lies in it: what the end is put off by."""
    return [
        (first, last)
        for first, last in _rests(calendar, opened, day)
        if last - first + 1 >= step.run and _holds_holiday(calendar, first, last)
    ]


def days_extended(
    step: Extend, calendar: WorkingCalendar, opened: int | None, day: int, moved: int | None
) -> tuple[int, int] | None:
    """The days that had to be known: the window, where the end went, and around it as far as a run had to be followed.

    A run that reaches over an edge is followed where no holiday was found in it yet: back, and then on. None: no day.
    """
    if opened is None or opened > day:
        return None
    low, high = opened, day if moved is None else moved
    for first, last in _rests(calendar, opened, day):
        if last - first + 1 < step.run or _named(calendar, first, last):
            continue
        if first == opened:
            low = start = calendar.preceding(first)
            if any(each in calendar.names for each in range(start + 1, first)):
                low = max(each for each in range(start + 1, first) if each in calendar.names)
                continue
        if last == day:
            after = calendar.following(last)
            named = (each for each in range(last + 1, after) if each in calendar.names)
            high = max(high, next(named, after))
    return low, high


def _rests(calendar: WorkingCalendar, first: int, last: int) -> list[tuple[int, int]]:
    """The runs of non-working days in a window, cut to it."""
    found: list[tuple[int, int]] = []
    day = first
    while day <= last:
        if calendar.is_working(day):
            day += 1
            continue
        end = min(calendar.following(day) - 1, last)
        found.append((day, end))
        day = end + 1
    return found


def _run_start(calendar: WorkingCalendar, day: int) -> int:
    return calendar.preceding(day) + 1


def _holds_holiday(calendar: WorkingCalendar, first: int, last: int) -> bool:
    """Whether the run that these days belong to holds a public holiday, inside the window or outside it."""
    return _named(calendar, _run_start(calendar, first), calendar.following(last) - 1)


def _named(calendar: WorkingCalendar, first: int, last: int) -> bool:
    return any(day in calendar.names for day in range(first, last + 1))
