"""The units of rulebooks as an index lists them: by kind, below each unit that has others below it; and searching."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import attrs

from cyclekit.model.obligation import Rulebook, Source
from cyclekit.model.roster import NO_PARENT
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text

#: So many units are looked at in one go when one is searched for.
_AT_ONCE = 256


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
    children: dict[int, list[int]] = {}
    for number, parent in enumerate(roster.parents):
        children.setdefault(parent, []).append(number)
    waiting = [NO_PARENT]
    while waiting and most > 0:
        parent = waiting.pop()
        mine = list(islice(children.get(parent, ()), most))
        most -= len(mine)
        waiting.extend(number for number in reversed(mine) if number in children)
        by_kind: dict[str, list[Entry]] = {}
        for number in mine:
            below = branch_key(book, number) if number in children else ""
            by_kind.setdefault(roster.kinds[number] or "", []).append(entry_of(book, number, below))
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
    words = query.casefold().split()
    if not words:
        return
    for book in books:
        ids, names = book.roster.ids, book.roster.names
        for start in range(0, len(ids), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(ids)))
            # Most of a million units are passed over by many at once.
            texts = [*ids[start : some.stop], *(text for name in names[start : some.stop] for _, text in name.parts)]
            if _has_all(texts, words):
                yield from (
                    (book, number)
                    for number in some
                    if _has_all([ids[number], *(text for _, text in names[number].parts)], words)
                )


def _has_all(texts: Sequence[str], words: Sequence[str]) -> bool:
    together = "\n".join(texts).casefold()
    return all(word in together for word in words)
