"""Month arithmetic. A month is one int, ``12 × year + month − 1``, so that adding months is adding."""

import datetime as dt
from functools import lru_cache

from cyclekit.errors import DateRangeError

FIRST_MONTH = 12 * dt.MINYEAR
LAST_MONTH = 12 * dt.MAXYEAR + 11


def month_of(ordinal: int) -> int:
    """The month in which a day lies.

    >>> month_of(dt.date(2023, 5, 20).toordinal()) == 12 * 2023 + 4
    True
    """
    day = dt.date.fromordinal(ordinal)
    return 12 * day.year + day.month - 1


def length(month: int) -> int:
    """How many days a month has. Raises DateRangeError outside the years 1 to 9999."""
    return last_day(month) - first_day(month) + 1


@lru_cache(maxsize=4096)  # a period, its anchor and the month after it ask for the same few first days
def first_day(month: int) -> int:
    """The ordinal of a month's first day. Raises DateRangeError outside the years 1 to 9999."""
    if not FIRST_MONTH <= month <= LAST_MONTH:
        raise DateRangeError(f"month {month % 12 + 1} of year {month // 12}")
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def last_day(month: int) -> int:
    """The ordinal of a month's last day. Raises DateRangeError outside the years 1 to 9999."""
    if not FIRST_MONTH <= month < LAST_MONTH:
        return first_day(month) + 30  # December 9999, or nothing
    return first_day(month + 1) - 1


def clamped(month: int, day: int) -> int:
    """That day of the month, or its last where it has fewer days.

    >>> dt.date.fromordinal(clamped(12 * 2023 + 1, 31))
    datetime.date(2023, 2, 28)
    """
    return first_day(month) + min(day, length(month)) - 1
