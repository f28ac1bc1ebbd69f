"""Numbers of units in ascending order: a million in a row take no more room than their ends."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Any, NamedTuple

#: Numbers of units in ascending order: a range where they are all in a row, else an array.
Numbers = Sequence[int]


class Chosen(AbstractSet[int]):
    """Ascending numbers as a set: a range of a million of them takes no more room than its ends."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and holds(self.numbers, number)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __and__(self, other: AbstractSet[object]) -> AbstractSet[int]:
        """What both have: found from the smaller one, and without making anything where one has all of the other."""
        if isinstance(other, Chosen):
            if _covers(other.numbers, self.numbers):
                return self
            if _covers(self.numbers, other.numbers):
                return other
        if len(other) < len(self.numbers):
            return frozenset(each for each in other if isinstance(each, int) and each in self)
        return frozenset(each for each in self.numbers if each in other)

    __rand__ = __and__

    def __hash__(self) -> int:
        return self._hash()

    @classmethod
    def _from_iterable(cls, numbers: Iterable[Any]) -> frozenset[int]:  # type: ignore[override]  # any set will do
        return frozenset(numbers)


def _covers(numbers: Numbers, others: Numbers) -> bool:
    """Whether all of the others are plainly among numbers: seen at their ends, or where both are the same."""
    if isinstance(numbers, range) and numbers.step == 1 and len(others):
        return numbers.start <= others[0] and others[-1] < numbers.stop
    return numbers is others or numbers == others


class Share(NamedTuple):
    """Some units of a line, in ascending order, with the first row that each of them has and the row after the last."""

    units: Numbers
    start: int
    stop: int


def numbered(mask: Iterable[object], count: int) -> Numbers:
    """The numbers at which a mask is true, of so many."""
    found = array("I", compress(range(count), mask))
    return range(count) if len(found) == count else found


def holds(numbers: Numbers, number: int) -> bool:
    """Whether a number is among ascending ones, without looking at each."""
    if isinstance(numbers, range):
        return number in numbers
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def common(numbers: Numbers, those: frozenset[int]) -> Numbers:
    """The numbers that are among those: without looking at each number where those are fewer."""
    if len(those) < len(numbers):
        return [each for each in sorted(those) if holds(numbers, each)]
    return [each for each in numbers if each in those]


def within(numbers: Numbers, run: range) -> Numbers:
    """The ascending numbers that lie in a run, found without looking at the others.

    >>> within(range(10), range(3, 5)), within(array("I", [1, 4, 8]), range(3, 9))
    (range(3, 5), array('I', [4, 8]))
    """
    return numbers[bisect_left(numbers, run.start) : bisect_left(numbers, run.stop)]


def numbers_of(units: AbstractSet[int]) -> Numbers:
    """The numbers of a set in ascending order."""
    return units.numbers if isinstance(units, Chosen) else array("I", sorted(units))


def ascending(numbers: Sequence[int]) -> Numbers:
    """Numbers in ascending order: ranges and arrays as they are, since they hold what is in order already."""
    if isinstance(numbers, range | array):
        return numbers
    return array("I", sorted(numbers))
