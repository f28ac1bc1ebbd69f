"""Days of every year, ``12-24`` and ``12-21..01-07``: spans that come round with the calendar year."""

import datetime as dt
from collections.abc import Iterator

import attrs

from cyclekit.civil.spans import Span

LEAP_DAY = (2, 29)


@attrs.frozen
class YearlySpan:
    """The days from ``first`` to ``last`` (month and day, both included) of every year.

    Where ``last`` comes before ``first``, the span runs on into the next year. 29 February stands for itself: a
    year without it has the other days of the span, and none where it is the only one.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, month: int, day: int) -> bool:
        """Whether it holds this day of the year.

        >>> YearlySpan((12, 21), (1, 7)).covers(1, 3)
        True
        """
        if self.first <= self.last:
            return self.first <= (month, day) <= self.last
        return (month, day) >= self.first or (month, day) <= self.last

    def runs(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Its days between two days, given and told as ordinals: the first and last day of each run, in order."""
        years_on = 0 if self.first <= self.last else 1
        for year in range(dt.date.fromordinal(first).year - years_on, dt.date.fromordinal(last).year + 1):
            begin = _ordinal(year, self.first) + (self.first == LEAP_DAY and not _is_leap(year))
            end = _ordinal(year + years_on, self.last)
            if max(begin, first) <= min(end, last):
                yield max(begin, first), min(end, last)


#: Days that are written down once: of one year, or of every year.
Days = Span | YearlySpan


def runs(days: Days, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The days between ``first`` and ``last`` (ordinals): the first and last day of each run, in order."""
    if isinstance(days, YearlySpan):
        yield from days.runs(first, last)
        return
    begin, end = max(days.first.toordinal(), first), min(days.last.toordinal(), last)
    if begin <= end:
        yield begin, end


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _ordinal(year: int, day: tuple[int, int]) -> int:
    """A day of a year; 29 February of a common year is the 28th. Beyond the years 1 to 9999: before and after them."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return 0 if year < dt.MINYEAR else dt.date.max.toordinal() + 1
    month, number = day
    return dt.date(year, month, 28 if day == LEAP_DAY and not _is_leap(year) else number).toordinal()
