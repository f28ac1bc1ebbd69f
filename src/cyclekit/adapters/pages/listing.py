"""The units of rulebooks as an index lists them: by kind, below each unit that has others below it; and searching."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import attrs

from cyclekit.model.compact import Mapped, Texts
from cyclekit.model.obligation import Rulebook, Source
from cyclekit.model.roster import NO_PARENT
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text

#: So many units are looked at in one go when one is searched for.
_AT_ONCE = 4096


@attrs.frozen
class Entry:
    """A unit of the index: its name, its page, how much it owes, and what stands below it."""

    name: Text
    unit: str
    page: str
    owed: int
    below: str = ""


#: Makes the entry of a unit, by its number, with the place of what stands below it.
EntryOf = Callable[[Rulebook, int, str], Entry]


@attrs.frozen
class Group:
    """Units of one kind, below the same unit."""

    kind: str
    entries: tuple[Entry, ...]


@attrs.frozen
class Branch:
    """What stands below one unit, or at the top where ``name`` is None."""

    key: str
    name: Text | None
    groups: tuple[Group, ...]


@attrs.frozen
class Listed:
    """A rulebook of the index: how many units it has, whether that is more than are shown, and those that are."""

    id: str
    title: Text
    source: Source | None
    units: int
    cut: bool
    branches: tuple[Branch, ...]


def counts(schedule: Schedule) -> dict[str, list[int]]:
    """How many occurrences each unit has, joint ones included, by rulebook: without making them."""
    found = {book.id: [0] * len(book.roster) for book in schedule.rulebooks}
    for line in schedule.lines:
        mine = found[line.rulebook.id]
        if line.together:
            for unit in line.together:
                mine[unit] += len(line)
            continue
        for unit, start, stop in line.slices():
            mine[unit] += stop - start
        for holes in line.holes.values():
            for unit in holes:
                mine[unit] -= 1
    return found


def branches(book: Rulebook, entry_of: EntryOf, most: int) -> Iterator[Branch]:
    """The units of a rulebook, at most so many: first those at the top, then what is below each, from the top down."""
    roster = book.roster
    children: dict[int, array[int]] = {}
    for number, parent in enumerate(roster.parents):
        below = children.get(parent)
        if below is None:
            children[parent] = array("I", [number])
        elif len(below) < most:
            # No more of them will be shown, and a million need not be kept.
            below.append(number)
    waiting = [NO_PARENT]
    while waiting and most > 0:
        parent = waiting.pop()
        mine = list(children.get(parent, ()))[:most]
        most -= len(mine)
        waiting.extend(number for number in reversed(mine) if number in children)
        by_kind: dict[str, list[Entry]] = {}
        for number in mine:
            place = branch_key(book, number) if number in children else ""
            by_kind.setdefault(roster.kinds[number] or "", []).append(entry_of(book, number, place))
        name = None if parent == NO_PARENT else roster.names[parent]
        groups = tuple(Group(kind, tuple(entries)) for kind, entries in by_kind.items())
        yield Branch(branch_key(book, parent), name, groups)


def branch_key(book: Rulebook, number: int) -> str:
    """The place of a branch in the page."""
    return f"in-{book.id}" if number == NO_PARENT else f"in-{book.id}-{book.roster.ids[number]}"


def matching(books: Sequence[Rulebook], query: str) -> Iterator[tuple[Rulebook, int]]:
    """The units whose id or name, in any language, has each word of a query in it; letters large or small.

    A unit of the very name comes where it stands: the order is that of the files.
    """
    words = [_folded(word) for word in query.split()]
    if not words:
        return
    for book in books:
        ids, names = book.roster.ids, book.roster.names
        for start in range(0, len(ids), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(ids)))
            several = _texts(ids, some), _texts(names, some)
            # Most of a million units are passed over by many at once.
            if all(any(word in each.whole for each in several) for word in words):
                said = zip(some, *(each.apart() for each in several), strict=True)
                yield from ((book, number) for number, one, other in said if _has_all(one, other, words))


def _has_all(one: bytes, other: bytes, words: Sequence[bytes]) -> bool:
    return all(word in one or word in other for word in words)


class _Folded(NamedTuple):
    """What some units are called, letters small, in UTF-8: all of it, and where each one's begins and the last ends."""

    whole: bytes
    ends: Sequence[int]

    def apart(self) -> Iterator[bytes]:
        """What each is called."""
        first = self.ends[0]
        return (self.whole[one - first : other - first] for one, other in pairwise(self.ends))


def _texts(column: Sequence[str] | Sequence[Text], some: range) -> _Folded:
    """A part of a column of ids or names, made small at once where no letter would change its length by that."""
    texts = column.column if isinstance(column, Mapped) and column.make == Text.of else column
    if isinstance(texts, Texts):
        ends = texts.offsets[some.start : some.stop + 1]
        data = bytes(texts.data[ends[0] : ends[-1]])
        if not data.translate(None, _without_case()):
            return _Folded(data.lower(), ends)
    parts = [_folded(_said(each)) for each in column[some.start : some.stop]]
    return _Folded(b"".join(parts), [0, *accumulate(map(len, parts))])


def _said(called: str | Text) -> str:
    return called if isinstance(called, str) else "\n".join(text for _, text in called.parts)


def _folded(text: str) -> bytes:
    return text.casefold().encode("utf-8", "surrogatepass")


@cache
def _without_case() -> bytes:
    """The octets of UTF-8 that stand in texts in which ASCII letters alone are large or small: Chinese, for one."""
    beyond = [chr(each) for each in range(0x80, 0x10000)]
    cased = {each.encode("utf-8", "surrogatepass")[0] for each in beyond if each.casefold() != each}
    leads = {each.encode("utf-8", "surrogatepass")[0] for each in beyond}
    return bytes(sorted({*range(0x80), *range(0x80, 0xC0), *(leads - cased)}))
