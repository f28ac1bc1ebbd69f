"""The Chinese extension of a time limit by the holidays that fall in it.

Source: Implementing Rules of the Law on Tax Collection and Administration (China), article 109: where three or
more consecutive days of statutory holidays fall within a time limit, it is put off by so many days.
"""

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.pipeline import Extend


def extended(step: Extend, calendar: WorkingCalendar, opened: int | None, day: int) -> int:
    """The end of a window ``opened``..``day``, put off by the days of the long holidays that lie in it.

    Counted are the days of the window that belong to at least ``step.run`` consecutive non-working days lying in
    it, where the whole run, also the part outside, holds a public holiday. Raises CalendarError where the calendar
    does not reach, and TypeError where nobody said when the window opens.
    """
    if opened is None:
        raise TypeError("a window that is extended has to open")
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


def days_extended(calendar: WorkingCalendar, opened: int | None, day: int, moved: int | None) -> tuple[int, int]:
    """The days that had to be known: the window, the runs that reach over its edges, and where the end went."""
    low = day if opened is None else min(opened, day)
    return low if calendar.is_working(low) else _run_start(calendar, low), max(day, day if moved is None else moved)


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
    start, end = _run_start(calendar, first), calendar.following(last) - 1
    return any(day in calendar.names for day in range(start, end + 1))
