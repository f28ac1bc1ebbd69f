"""Columns that hold a million entries in a few bytes each, and read like any sequence.

A list of a million texts takes a hundred megabytes, a column of them written one after the other ten. Where entries
repeat, as kinds and calendars do, each different one is held once.
"""

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, starmap
from typing import Any, TypeVar, overload

from cyclekit.model.numbers import Numbers, numbered

T = TypeVar("T")
S = TypeVar("S")


class Column(Sequence[T]):
    """A column that is not a list. It equals every sequence with the same entries."""

    __slots__ = ()

    @abstractmethod
    def at(self, number: int) -> T:
        """The entry of this number, which is there."""

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> list[T]: ...
    def __getitem__(self, number: int | slice) -> T | list[T]:
        """One entry, or a list of some. Raises IndexError."""
        count = len(self)
        if isinstance(number, slice):
            return [self.at(each) for each in range(count)[number]]
        return self.at(number if 0 <= number < count else range(count)[number])

    def __iter__(self) -> Iterator[T]:
        return map(self.at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, list | tuple | Column):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it stands for a list

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}>"


class Repeated(Column[T]):
    """One value, so many times."""

    __slots__ = ("_count", "value")

    def __init__(self, value: T, count: int) -> None:
        self.value = value
        self._count = count

    def __len__(self) -> int:
        return self._count

    def at(self, number: int) -> T:  # noqa: ARG002  # they are all the same
        """The value."""
        return self.value


class Coded(Column[T]):
    """A few values, and for each entry the number of its value: bytes, or an array of numbers of four bytes."""

    __slots__ = ("codes", "values")

    def __init__(self, values: Iterable[T], codes: "bytes | array[int] | memoryview") -> None:
        self.values = tuple(values)
        self.codes = codes

    @classmethod
    def of(cls, entries: Iterable[T]) -> "Coded[T]":
        """A column of these entries.

        >>> Coded.of(["a", "b", "a"]).codes
        array('I', [0, 1, 0])
        """
        codes: dict[T, int] = {}
        numbers = array("I", (codes.setdefault(each, len(codes)) for each in entries))
        return cls(codes, numbers)

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, number: int) -> T:
        """The value of an entry."""
        return self.values[self.codes[number]]

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.codes)


class Integers(Column[int]):
    """Whole numbers in an array."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: "array[int]") -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, number: int) -> int:
        """A number."""
        return self.numbers[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)


#: So many texts are decoded at a time.
_AT_ONCE = 4096


class Texts(Column[str]):
    """Texts one after the other in UTF-8, and where each begins; one offset more says where the last ends.

    ``data`` and ``offsets`` are any buffers, as an Arrow array has them: nothing is copied.

    >>> list(Texts(b"hqsh", array("i", [0, 2, 4])))
    ['hq', 'sh']
    """

    __slots__ = ("data", "offsets")

    def __init__(self, data: "bytes | memoryview", offsets: "array[int] | memoryview") -> None:
        self.data = memoryview(data)
        self.offsets = offsets

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """A column of these texts."""
        data, offsets = bytearray(), array("q", [0])
        for each in texts:
            data += each.encode()
            offsets.append(len(data))
        return cls(bytes(data), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __reduce__(self) -> tuple[type["Texts"], tuple[bytes, "array[int]"]]:
        # Views into the memory of others cannot be pickled: what they show is.
        offsets = memoryview(self.offsets)
        return Texts, (bytes(self.data), array(offsets.format, bytes(offsets.cast("B"))))

    def encoded(self, number: int) -> bytes:
        """A text in UTF-8, which sorts as the text does."""
        return bytes(self.data[self.offsets[number] : self.offsets[number + 1]])

    def at(self, number: int) -> str:
        """A text."""
        return str(self.data[self.offsets[number] : self.offsets[number + 1]], "utf-8")

    def parts(self, numbers: range | None = None) -> Iterator[tuple[range, bytes]]:
        """So many texts at a time, of those in a row or of all: their numbers, and their UTF-8 with nothing between."""
        these = range(len(self)) if numbers is None else numbers
        for first in range(these.start, these.stop, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, these.stop))
            yield some, bytes(self.data[self.offsets[some.start] : self.offsets[some.stop]])

    def __iter__(self) -> Iterator[str]:
        return self.each()

    def each(self, numbers: range | None = None) -> Iterator[str]:
        """The texts in a row, or all of them, in a fraction of the time that one after the other takes."""
        return chain.from_iterable(starmap(self._apart, self.parts(numbers)))

    def _apart(self, some: range, data: bytes) -> list[str]:
        begins = self.offsets[some.start]
        ends = [each - begins for each in self.offsets[some.start : some.stop + 1]]
        if data.isascii():
            text = str(data, "ascii")
            return [text[one:other] for one, other in pairwise(ends)]
        return [str(data[one:other], "utf-8") for one, other in pairwise(ends)]


class Mapped(Column[T]):
    """Another column, each entry made when it is asked for."""

    __slots__ = ("column", "make")

    def __init__(self, make: Callable[[Any], T], column: Sequence[Any]) -> None:
        self.make = make
        self.column = column

    def __len__(self) -> int:
        return len(self.column)

    def at(self, number: int) -> T:
        """The entry, made now."""
        return self.make(self.column[number])


class Places(Mapping[str, int]):
    """From a text to its number in a column of texts, by their order: no table of a million entries is kept.

    ``order`` holds the numbers of the texts as they sort; None: they stand in order. Raises ValueError where two are
    equal, except for an order that was given, which is taken as it is.
    """

    __slots__ = ("order", "texts")

    def __init__(self, texts: Texts, order: Numbers | None = None) -> None:
        self.texts = texts
        if order is not None:
            self.order = order
            return
        encoded = map(texts.encoded, range(len(texts)))
        self.order = range(len(texts))
        if any(one >= other for one, other in pairwise(encoded)):
            self.order = array("I", sorted(self.order, key=texts.encoded))
            if any(texts.encoded(one) == texts.encoded(other) for one, other in pairwise(self.order)):
                raise ValueError("two units with one id")

    def __getitem__(self, text: str) -> int:
        """The number of a text. Raises KeyError."""
        found = self._find(text)
        if found is None:
            raise KeyError(text)
        return found

    def __contains__(self, text: object) -> bool:
        return self._find(text) is not None

    def _find(self, text: object) -> int | None:
        if not isinstance(text, str):
            return None
        wanted = text.encode(errors="surrogatepass")
        place = bisect_left(self.order, wanted, key=self.texts.encoded)
        if place == len(self.order) or self.texts.encoded(self.order[place]) != wanted:
            return None
        return self.order[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def held(column: Iterable[T] | None, count: int, missing: T) -> Sequence[T]:
    """A column as a roster holds it: a list, a column as it is, or for None the same entry everywhere."""
    if column is None:
        return Repeated(missing, count)
    return column if isinstance(column, Column) else list(column)


def distinct(column: Iterable[T]) -> list[T]:
    """The different entries of a column, in the order in which they first stand there."""
    match column:
        case Repeated():
            return [column.value] if len(column) else []
        case Coded():
            return list(dict.fromkeys(column.values[code] for code in dict.fromkeys(column.codes)))
        case _:
            return list(dict.fromkeys(column))


def among(column: Sequence[T], units: Numbers) -> list[T]:
    """The different entries that some units have in a column."""
    if len(units) == len(column) or (isinstance(column, Repeated) and len(units)):
        return distinct(column)
    return list(dict.fromkeys(column[unit] for unit in units))


def mapped(make: Callable[[T], S], column: Sequence[T]) -> Sequence[S]:
    """A column of what is made of each entry: once for each different one, where they are held so."""
    match column:
        case Repeated():
            return Repeated(make(column.value), len(column))
        case Coded():
            return Coded(map(make, column.values), column.codes)
        case _:
            return [make(each) for each in column]


def numbers_where(column: Sequence[T], holds: Callable[[T], bool]) -> Numbers:
    """The numbers of the entries for which a test holds; it is asked once for each different one where it can be."""
    match column:
        case Repeated():
            return range(len(column)) if len(column) and holds(column.value) else range(0)
        case Coded():
            meant = bytes(holds(each) for each in column.values)
            codes = column.codes
            marks = codes.translate(meant.ljust(256)) if isinstance(codes, bytes) else map(meant.__getitem__, codes)
            return numbered(marks, len(column))
        case _:
            return array("I", (number for number, each in enumerate(column) if holds(each)))


def grouped(units: Numbers, *columns: Sequence[Any]) -> dict[tuple[Any, ...], Numbers]:
    """Units by what they have in some columns, in the order in which that is first met.

    >>> grouped(range(4), Coded(["a", "b"], bytes([0, 1, 1, 0])), Repeated(1, 4))
    {('a', 1): array('I', [0, 3]), ('b', 1): array('I', [1, 2])}
    """
    if all(isinstance(each, Repeated) for each in columns):
        return {tuple(each[units[0]] for each in columns): units} if len(units) else {}
    found: dict[tuple[Any, ...], array[int]] = {}
    whole = isinstance(units, range) and len(units) == len(columns[0])
    entries = zip(*columns, strict=True) if whole else (tuple(each[unit] for each in columns) for unit in units)
    for unit, entry in zip(units, entries, strict=True):
        if entry in found:
            found[entry].append(unit)
        else:
            found[entry] = array("I", [unit])
    return {entry: units if len(each) == len(units) else each for entry, each in found.items()}
