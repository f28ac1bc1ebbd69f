"""Periods, and the cycle that is given by a list of them: school terms, maintenance periods."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

import attrs


class Period(NamedTuple):
    """A span of days with a label: what an occurrence is about. ``first`` and ``last`` are ordinals.

    ``position`` is its place in its year, as ``only:`` and ``by_period:`` spell it (``Q1``, ``H2``, ``11``), or
    empty where a cycle has none.
    """

    first: int
    last: int
    label: str
    position: str = ""


@attrs.frozen
class ListOfPeriods:
    """A cycle whose periods are written down one by one, in the order of their days.

    There may be days between two of them. Raises ValueError for an empty list, for periods that are out of order
    or share a day, and for two with one label.
    """

    entries: tuple[Period, ...]

    def __attrs_post_init__(self) -> None:
        reached = 0
        for each in self.entries:
            if not reached < each.first <= each.last:
                raise ValueError(f"the period {each.label} does not lie behind the one before it")
            reached = each.last
        if not self.entries or len({each.label for each in self.entries}) < len(self.entries):
            raise ValueError("no periods, or two with one label")

    @property
    def longest(self) -> int:
        """How many days its longest period has."""
        return max(each.last - each.first + 1 for each in self.entries)

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The periods that overlap the days ``first``..``last``, in order."""
        for place in range(bisect_left(self.entries, first, key=attrgetter("last")), len(self.entries)):
            if self.entries[place].first > last:
                return
            yield self.entries[place]

    def named(self, label: str) -> Period | None:
        """The period of this label, or None."""
        return next((each for each in self.entries if each.label == label), None)
