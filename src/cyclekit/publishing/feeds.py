"""Which feeds a publication has: their names in its folder, and what each of them holds."""

import enum
import hashlib
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from urllib.parse import quote

import attrs

from cyclekit.adapters.ical import FeedWriter
from cyclekit.model.line import Line
from cyclekit.model.obligation import Rulebook
from cyclekit.model.roster import NO_PARENT
from cyclekit.model.schedule import Schedule

ALL = "all.ics"
#: What a name of a file may take, in octets: file systems have 255, and there is more in a name than the word.
_LONGEST, _DIGITS = 200, 16


class By(enum.Enum):
    """What there is a feed for each of. ``UNIT`` stands for units, and for those with others below them once more."""

    UNIT = "unit"
    KIND = "kind"
    OBLIGATION = "obligation"
    ALL = "all"


@attrs.frozen
class Feed:
    """One feed: its name below the site's folder, and how its bytes are written when it is known where it is read."""

    name: str
    written: Callable[[str], bytes]


def feeds(writer: FeedWriter, by: Collection[By]) -> Iterator[Feed]:
    """The feeds of a schedule, one after the other, those of its rulebooks in their order.

    ``RULEBOOK/units/UNIT.ics``, ``RULEBOOK/under/UNIT.ics`` for a unit with all below it, ``RULEBOOK/kinds/KIND.ics``
    for the units of a kind, ``RULEBOOK/obligations/OBLIGATION.ics``, and ``all.ics``.
    """
    for book in writer.schedule.rulebooks:
        if By.UNIT in by:
            yield from _of_units(writer, book)
            yield from _of_subtrees(writer, book)
        if By.KIND in by:
            yield from _of_kinds(writer, book)
        if By.OBLIGATION in by:
            yield from _of_obligations(writer, book)
    if By.ALL in by:
        yield Feed(ALL, lambda url: writer.of_all(url=url))


def feeds_of_tasks(writer: FeedWriter) -> Iterator[Feed]:
    """What each unit owes as to-dos, by a writer of tasks: ``RULEBOOK/tasks/UNIT.ics``."""
    for book in writer.schedule.rulebooks:
        yield from _of_units(writer, book, "tasks")


def unit_feed_name(name: str) -> str:
    """Where the feed of a unit is, by ``RULEBOOK/UNIT``.

    >>> unit_feed_name("cn-anqing-2022/tongcheng")
    'cn-anqing-2022/units/tongcheng.ics'
    """
    book, _, unit = name.rpartition("/")
    return f"{book}/units/{unit}.ics"


def names(schedule: Schedule, by: Collection[By], *, tasks: bool = False) -> frozenset[str]:
    """The names of the feeds of a schedule, with those of to-dos where there are ``tasks``."""
    writer = FeedWriter(Schedule(schedule.rulebooks, schedule.horizon, ()))
    return frozenset(each.name for each in chain(feeds(writer, by), feeds_of_tasks(writer) if tasks else ()))


def _of_units(writer: FeedWriter, book: Rulebook, folder: str = "units") -> Iterator[Feed]:
    for unit in book.roster.ids:

        def written(url: str, unit: str = unit) -> bytes:
            return writer.of_unit(f"{book.id}/{unit}", url=url)

        yield Feed(f"{book.id}/{folder}/{unit}.ics", written)


def _of_subtrees(writer: FeedWriter, book: Rulebook) -> Iterator[Feed]:
    roster = book.roster
    for top in sorted(set(roster.parents) - {NO_PARENT}):

        def written(url: str, top: int = top) -> bytes:
            name = f"{writer.name_of(book, roster.ids[top])} +"
            return writer.of_some(name, _only(book, frozenset(roster.subtree(top))), url=url)

        yield Feed(f"{book.id}/under/{roster.ids[top]}.ics", written)


def _of_kinds(writer: FeedWriter, book: Rulebook) -> Iterator[Feed]:
    roster = book.roster
    found: dict[str, set[int]] = {}
    for number, kind in enumerate(roster.kinds):
        if kind is not None:
            found.setdefault(kind, set()).add(number)
    folded: set[str] = set()
    for kind in sorted(found):

        def written(url: str, kind: str = kind) -> bytes:
            name = f"{kind} · {book.title.get(writer.options.language)}"
            return writer.of_some(name, _only(book, frozenset(found[kind])), url=url)

        yield Feed(f"{book.id}/kinds/{_of_word(kind, folded)}.ics", written)


def _of_obligations(writer: FeedWriter, book: Rulebook) -> Iterator[Feed]:
    for obligation in book:
        if obligation.is_standing:
            continue

        def written(
            url: str, id_: str = obligation.id, title: str = obligation.title.get(writer.options.language)
        ) -> bytes:
            return writer.of_some(
                f"{title} · {book.title.get(writer.options.language)}",
                lambda line: None if line.rulebook is book and line.obligation.id == id_ else (),
                url=url,
            )

        yield Feed(f"{book.id}/obligations/{obligation.id}.ics", written)


def _only(book: Rulebook, units: frozenset[int]) -> Callable[[Line], Collection[int]]:
    return lambda line: units if line.rulebook is book else ()


def _of_word(word: str, folded: set[str]) -> str:
    """A word of an author as a name of a file: any that differ have names that differ in more than their case.

    One that is too long for a file system ends in what tells it from others.
    """
    name = _safe(word)
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(word.encode()).hexdigest()[:_DIGITS]
        name = f"{name.encode()[:_LONGEST].decode(errors='ignore')}~{digest}"
    while name.lower() in folded:
        name += "~"
    folded.add(name.lower())
    return name


def _safe(word: str) -> str:
    """A word with what has a meaning in file names or addresses written as its octets.

    >>> _safe("a/b 县")
    'a=2Fb=20县'
    """
    return "".join(
        char if char.isalnum() or char in "-_" else quote(char, safe="").replace("%", "=").replace(".", "=2E")
        for char in word
    )
