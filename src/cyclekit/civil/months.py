"""Month arithmetic. A month is one int, ``12 × year + month − 1``, so that adding months is adding."""

import datetime as dt
from calendar import isleap
from functools import lru_cache
from itertools import accumulate, chain

from cyclekit.errors import DateRangeError

FIRST_MONTH = 12 * dt.MINYEAR
LAST_MONTH = 12 * dt.MAXYEAR + 11
_COMMON_YEAR = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


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


def first_days(first: int, last: int) -> list[int]:
    """The ordinals of the first days of the months from ``first`` to ``last``, all at once.

    Raises DateRangeError outside the years 1 to 9999, and where the last comes before the first.

    >>> first_days(12 * 2023, 12 * 2023 + 2) == [first_day(12 * 2023 + each) for each in range(3)]
    True
    """
    if not FIRST_MONTH <= first <= last <= LAST_MONTH:
        raise DateRangeError(f"the months from {first} to {last}")
    start = first_day(12 * (first // 12))
    years = range(first // 12, last // 12 + 1)
    lengths = chain.from_iterable(_LEAP_YEAR if isleap(year) else _COMMON_YEAR for year in years)
    return list(accumulate(lengths, initial=start))[first % 12 : first % 12 + last - first + 1]


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
