"""What a date becomes when it falls on a non-working day: ISDA's words with ISDA's meaning.

Source: 2006 ISDA Definitions, section 4.12 (Business Day Convention); ``half_month_modified_following`` is the
convention of semi-monthly schedules that must not cross the 15th either.
"""

import datetime as dt
import enum

from cyclekit.civil.months import month_of
from cyclekit.civil.working import WorkingCalendar

MID_MONTH = 15


class Convention(enum.Enum):
    """How a date is moved off non-working days. The value is the word of the rule language."""

    NONE = "none"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified_preceding"
    NEAREST = "nearest"
    HALF_MONTH_MODIFIED_FOLLOWING = "half_month_modified_following"
    SKIP = "skip"


def adjust(day: int, convention: Convention, calendar: WorkingCalendar) -> int | None:
    """The day that ``convention`` makes of ``day``; None where ``skip`` leaves no occurrence.

    A working day is never moved. ``modified_…`` turns round rather than leave the calendar month,
    ``half_month_modified_following`` rather than pass the 15th or the month's end; ``nearest`` goes forward on a
    tie. Raises CalendarError where the calendar does not reach.
    """
    if convention is Convention.NONE or calendar.is_working(day):
        return day
    match convention:
        case Convention.FOLLOWING:
            return calendar.following(day)
        case Convention.PRECEDING:
            return calendar.preceding(day)
        case Convention.MODIFIED_FOLLOWING:
            later = calendar.following(day)
            return later if month_of(later) == month_of(day) else calendar.preceding(day)
        case Convention.MODIFIED_PRECEDING:
            earlier = calendar.preceding(day)
            return earlier if month_of(earlier) == month_of(day) else calendar.following(day)
        case Convention.NEAREST:
            later, earlier = calendar.following(day), calendar.preceding(day)
            return later if later - day <= day - earlier else earlier
        case Convention.HALF_MONTH_MODIFIED_FOLLOWING:
            later = calendar.following(day)
            return later if _half_month(later) == _half_month(day) else calendar.preceding(day)
        case Convention.SKIP:
            return None


def _half_month(ordinal: int) -> tuple[int, bool]:
    return month_of(ordinal), dt.date.fromordinal(ordinal).day > MID_MONTH
