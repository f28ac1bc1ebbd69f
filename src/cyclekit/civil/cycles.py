"""Cycles: how the calendar is cut into periods, each with a label.

A cycle has no phase but its own: the n-th period is computed from n, never from the period before, so nothing
drifts. ``from`` and ``until`` choose among periods and never move them. Most cycles are endless; a rule of
RFC 5545 (:mod:`cyclekit.civil.recurrence`) has a first day, and a list (:mod:`cyclekit.civil.periods`) is a list.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import product

import attrs

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import days_label, months_label, weeks_label
from cyclekit.civil.months import FIRST_MONTH, LAST_MONTH, clamped, first_day, last_day, month_of
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds

LAST_DAY = dt.date.max.toordinal()
WEEK = 7
LONGEST_MONTH = 31
MONTH_NUMBERS = tuple(str(number) for number in range(1, 13))
#: What follows the year in the labels of a calendar year, by the cycle's spelling.
_ENDINGS = {
    "month": tuple(f"-{number:02}" for number in range(1, 13)),
    "quarter": ("Q1", "Q2", "Q3", "Q4"),
    "half_year": ("H1", "H2"),
    "year": ("",),
}


@attrs.frozen
class Days:
    """Every ``n`` days; for ``n > 1`` a period begins on the ordinal ``origin``."""

    n: int = 1
    origin: int = 1

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The periods that overlap the days ``first``..``last``, in order."""
        n = self.n
        for start in range(first - (first - self.origin) % n, last + 1, n):
            if start >= 1 and start + n - 1 <= LAST_DAY:
                yield Period(start, start + n - 1, days_label(start, start + n - 1))


@attrs.frozen
class Weeks:
    """Every ``n`` weeks; a period begins on the ordinal ``origin`` (day 1 is a Monday)."""

    n: int = 1
    origin: int = 1

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The periods that overlap the days ``first``..``last``, in order. ISO numbers name weeks from Monday."""
        length = WEEK * self.n
        label = weeks_label if self.origin % WEEK == 1 else days_label
        for start in range(first - (first - self.origin) % length, last + 1, length):
            if start >= 1 and start + length - 1 <= LAST_DAY:
                yield Period(start, start + length - 1, label(start, start + length - 1))


@attrs.frozen
class Months:
    """Every ``n`` months, counted so that a period begins in the month ``phase``; ``year`` says on which day.

    ``spelling`` is the cycle's own: ``month``, ``quarter``, ``half_year``, ``year``, or ``months`` and ``years`` for
    several of them.
    """

    n: int
    spelling: str
    phase: int = 0
    year: YearStart = YearStart()

    def in_year(self, year: YearStart) -> "Months":
        """The same cycle in a year that begins elsewhere; which calendar year names it stays as it is."""
        named = YearStart(year.month, year.day, self.year.named_last)
        return Months(self.n, self.spelling, year.offset % self.n, named)

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The periods that overlap the days ``first``..``last``, in order."""
        n, day = self.n, self.year.day
        month = month_of(first) - (1 if day > 1 else 0)
        month -= (month - self.phase) % n
        while month <= LAST_MONTH:
            if month >= FIRST_MONTH and month + n - 1 + (day > 1) <= LAST_MONTH:
                if day == 1:
                    start, end = first_day(month), last_day(month + n - 1)
                else:
                    start, end = clamped(month, day), clamped(month + n, day) - 1
                if start > last:
                    return
                if end >= first:
                    yield Period(start, end, self._label(month, start, end), self.position(month))
            elif month > month_of(last):
                return
            month += n

    def position(self, month: int) -> str:
        """Where in its year the period stands that begins in ``month``."""
        place = (month - self.year.offset) % 12
        match self.spelling:
            case "quarter":
                return f"Q{place // 3 + 1}"
            case "half_year":
                return f"H{place // 6 + 1}"
            case "year" | "years":
                return ""
            case _:
                return MONTH_NUMBERS[(place + self.n - 1) % 12]

    def labels(self, months: range) -> list[str]:
        """The labels of the periods that begin in these months, where the year begins on the 1st of a month.

        ``months`` goes in steps of the cycle. Calendar years are spelled out by whole columns.
        """
        endings = _ENDINGS.get(self.spelling) if self.year.is_calendar_year else None
        if not months or endings is None or 12 % self.n or (months.start % 12) % self.n:
            return [self._label(month, 0, 0) for month in months]
        first, last = months.start // 12, months[-1] // 12
        names = list(map("".join, product([f"{year:04}" for year in range(first, last + 1)], endings)))
        skipped = months.start % 12 // self.n
        return names[skipped : skipped + len(months)]

    def _label(self, month: int, start: int, end: int) -> str:
        if self.year.is_calendar_year:
            match self.spelling:
                case "quarter":
                    return f"{month // 12:04}Q{month % 12 // 3 + 1}"
                case "half_year":
                    return f"{month // 12:04}H{month % 12 // 6 + 1}"
                case "year":
                    return f"{month // 12:04}"
                case "years" if month % 12 == 0:
                    return f"{month // 12:04}..{month // 12 + self.n // 12 - 1:04}"
                case _:
                    return months_label(month, month + self.n - 1)
        fiscal = f"FY{self.year.year_of(month):04}"
        match self.spelling:
            case "year":
                return fiscal
            case "years" if (month - self.year.offset) % 12 == 0:
                return f"{fiscal}..FY{self.year.year_of(month) + self.n // 12 - 1:04}"
            case "quarter" | "half_year":
                return fiscal + self.position(month)
            case "month" if self.year.day > 1:
                return f"{fiscal}-M{int(self.position(month)):02}"
            case _:
                return months_label(month, month + self.n - 1) if self.year.day == 1 else days_label(start, end)


@attrs.frozen
class PartsOfMonth:
    """Half-months or ten-days (旬): a period begins on each of these days of a month and the last ends with it."""

    starts: tuple[int, ...]

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The periods that overlap the days ``first``..``last``, in order."""
        for month in range(month_of(first), month_of(last) + 1):
            begin = first_day(month) - 1
            ends = [begin + each - 1 for each in self.starts[1:]] + [last_day(month)]
            for day, end in zip(self.starts, ends, strict=True):
                if begin + day <= last and end >= first:
                    yield Period(begin + day, end, days_label(begin + day, end))


HALF_MONTH = PartsOfMonth((1, 16))
TEN_DAYS = PartsOfMonth((1, 11, 21))

Cycle = Days | Weeks | Months | PartsOfMonth | Recurrence | ListOfPeriods


def longest_period(cycle: Cycle) -> int:
    """A number of days that none of a cycle's periods exceeds: one that touches a window may end so much later."""
    match cycle:
        case Days(n=n):
            return n
        case Weeks(n=n):
            return WEEK * n
        case Months(n=n):
            return LONGEST_MONTH * n
        case PartsOfMonth():
            return LONGEST_MONTH
        case Recurrence():
            return 1
        case ListOfPeriods():
            return cycle.longest


def extent(cycle: Cycle | None) -> Bounds:
    """Between which days a cycle has its periods, where it does not go on for ever."""
    match cycle:
        case Recurrence(start=start, until=until):
            return Bounds(dt.date.fromordinal(start), None if until is None else dt.date.fromordinal(until))
        case ListOfPeriods(entries=entries):
            return Bounds(dt.date.fromordinal(entries[0].first), dt.date.fromordinal(entries[-1].last))
        case _:
            return Bounds()
