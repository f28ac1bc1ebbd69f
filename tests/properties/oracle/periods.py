"""Every period of a cycle, one after the other, with its label and its place in the year."""

import calendar
import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cyclekit.civil.cycles import Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.periods import ListOfPeriods
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Span
from tests.properties.oracle.daybooks import ONE_DAY, WORLD
from tests.properties.rfc5545 import instances


class Period(NamedTuple):
    """A period with its label and its place in the year."""

    first: dt.date
    last: dt.date
    label: str
    position: str = ""


@cache
def begin(month: int, day: int) -> dt.date:
    """A day of a month counted as 12 × year + month − 1, or the month's last."""
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(day, calendar.monthrange(year, index + 1)[1]))


@cache
def all_periods(cycle: Cycle, world: Span = WORLD) -> tuple[Period, ...]:
    """Every period of a cycle that lies in the world."""
    found = _written(cycle, world) if isinstance(cycle, Recurrence | ListOfPeriods) else _periods(cycle, world)
    return tuple(each for each in found if world.first <= each.first and each.last <= world.last)


def _periods(cycle: Days | Weeks | Months | PartsOfMonth, world: Span) -> Iterator[Period]:
    match cycle:
        case Days(n=n, origin=origin) | Weeks(n=n, origin=origin):
            length = n * (7 if isinstance(cycle, Weeks) else 1)
            day = world.first
            while (day.toordinal() - origin) % length:
                day += ONE_DAY
            while day <= world.last:
                last = day + (length - 1) * ONE_DAY
                weekly = isinstance(cycle, Weeks) and day.weekday() == 0
                yield Period(day, last, by_weeks(day, last) if weekly else by_days(day, last), "")
                day = last + ONE_DAY
        case Months(n=n, phase=phase, year=year):
            for month in range(12 * world.first.year, 12 * world.last.year):
                if (month - phase) % n == 0:
                    first, last = begin(month, year.day), begin(month + n, year.day) - ONE_DAY
                    yield Period(first, last, by_months(cycle, month, first, last), place_in_year(cycle, month))
        case PartsOfMonth(starts=starts):
            for month in range(12 * world.first.year, 12 * world.last.year + 12):
                firsts = [begin(month, each) for each in starts]
                ends = [each - ONE_DAY for each in firsts[1:]] + [begin(month, 31)]
                for first, last in zip(firsts, ends, strict=True):
                    yield Period(first, last, by_days(first, last), "")


def _written(cycle: Recurrence | ListOfPeriods, world: Span) -> Iterator[Period]:
    if isinstance(cycle, Recurrence):
        for day in instances(cycle, world.last):
            yield Period(day, day, by_days(day, day))
        return
    for each in cycle.entries:
        yield Period(dt.date.fromordinal(each.first), dt.date.fromordinal(each.last), each.label)


def by_days(first: dt.date, last: dt.date) -> str:
    """``2023-05-01``, ``2023-05-01..15``, ``2023-05-30..06-02``, ``2023-12-31..2024-01-02``."""
    if first == last:
        return f"{first:%Y-%m-%d}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m-%d}..{last:%d}"
    return f"{first:%Y-%m-%d}..{last:%m-%d}" if first.year == last.year else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


def by_weeks(first: dt.date, last: dt.date) -> str:
    """``2023-W25``, ``2023-W25..W26``, ``2023-W52..2024-W01``."""
    if (last - first).days == 6:
        return f"{first:%G-W%V}"
    return f"{first:%G-W%V}..{last:W%V}" if f"{first:%G}" == f"{last:%G}" else f"{first:%G-W%V}..{last:%G-W%V}"


def by_months(cycle: Months, month: int, first: dt.date, last: dt.date) -> str:
    """The cycle's own spelling where it has one, and otherwise both ends in one form."""
    year = cycle.year
    fiscal = (year.month, year.day) != (1, 1)
    named = (month - (year.month - 1)) // 12 + (1 if fiscal and year.named_last else 0)
    name = f"FY{named:04}" if fiscal else f"{named:04}"
    match cycle.spelling:
        case "year":
            return name
        case "years" if (month - (year.month - 1)) % 12 == 0:
            end = named + cycle.n // 12 - 1
            return f"{name}..FY{end:04}" if fiscal else f"{name}..{end:04}"
        case "quarter" | "half_year":
            return name + place_in_year(cycle, month)
        case "month" if fiscal and year.day > 1:
            return f"{name}-M{int(place_in_year(cycle, month)):02}"
    if year.day > 1:
        return by_days(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m}..{last:%m}" if first.year == last.year else f"{first:%Y-%m}..{last:%Y-%m}"


def place_in_year(cycle: Months, month: int) -> str:
    """``Q1`` to ``Q4``, ``H1``, ``H2``, or the number of the month, in its year, in which the period ends."""
    place = (month - (cycle.year.month - 1)) % 12
    match cycle.spelling:
        case "quarter":
            return ("Q1", "Q2", "Q3", "Q4")[place // 3]
        case "half_year":
            return ("H1", "H2")[place // 6]
        case "year" | "years":
            return ""
        case _:
            return str((place + cycle.n) % 12 or 12)
