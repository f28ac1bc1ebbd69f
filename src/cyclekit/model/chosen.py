"""Units as a set: a million of them take no more room than the range or the array in which they stand."""

from array import array
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from cyclekit.model.compact import Numbers, holds


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


def numbers_of(units: AbstractSet[int]) -> Numbers:
    """The numbers of a set in ascending order."""
    return units.numbers if isinstance(units, Chosen) else array("I", sorted(units))
