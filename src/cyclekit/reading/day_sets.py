"""The days that entries of a calendar speak of, looked up by day, to find two entries that meet."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from cyclekit.civil.yearly import Days, YearlySpan
from cyclekit.reading.nodes import Node

_NEW_YEAR = dt.date(2000, 1, 1)
#: Each day of the year, 29 February included.
_YEAR = tuple((day.month, day.day) for day in (_NEW_YEAR + dt.timedelta(days=number) for number in range(366)))
#: After so many days every day of the year has come round, 29 February included.
_ALL_COME_ROUND = 9 * 366


class Written(NamedTuple):
    """Days, and the node they stand at."""

    days: Days
    node: Node


class _Run(NamedTuple):
    first: int
    last: int
    node: Node


class DaySet:
    """The days of some entries: those with a year, and those of every year."""

    def __init__(self, entries: Iterable[Written]) -> None:
        self._yearly: dict[tuple[int, int], Node] = {}
        dated: list[_Run] = []
        for days, node in entries:
            if isinstance(days, YearlySpan):
                for day in _YEAR:
                    if days.covers(*day):
                        self._yearly.setdefault(day, node)
            else:
                dated.append(_Run(days.first.toordinal(), days.last.toordinal(), node))
        dated.sort(key=lambda run: run[:2])
        self._firsts = [run.first for run in dated]
        #: Of the runs up to each, the one that lasts longest.
        self._lasting = list(accumulate(dated, _later))

    def on(self, days: Days) -> Node | None:
        """An entry of the same kind, with a year or without, that speaks of one of these days."""
        if isinstance(days, YearlySpan):
            return next((self._yearly[day] for day in _YEAR if day in self._yearly and days.covers(*day)), None)
        place = bisect_right(self._firsts, days.last.toordinal()) - 1
        if place < 0 or self._lasting[place].last < days.first.toordinal():
            return None
        return self._lasting[place].node

    def in_any_year(self, days: Days) -> Node | None:
        """An entry of every year that speaks of one of these days, which are of one year or several."""
        if isinstance(days, YearlySpan) or not self._yearly:
            return None
        first = days.first.toordinal()
        for number in range(first, min(days.last.toordinal(), first + _ALL_COME_ROUND) + 1):
            day = dt.date.fromordinal(number)
            if (day.month, day.day) in self._yearly:
                return self._yearly[day.month, day.day]
        return None


def _later(one: _Run, other: _Run) -> _Run:
    return one if one.last >= other.last else other
