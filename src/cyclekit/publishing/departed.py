"""What the rules no longer have, as lines of a schedule: waived, so that every feed shows it as cancelled."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs

from cyclekit.civil.spans import Span
from cyclekit.model.identity import Status
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Once
from cyclekit.publishing.state import Entry, KnownBook, KnownObligation, KnownUnit, Slot
from cyclekit.words.periods import is_chinese

_REASON = ("no longer in the rules", "规则中已无此项")
_SOME_DAY = Once(Span(dt.date(1970, 1, 1), dt.date(1970, 1, 1)))

#: A line with the version of each of its rows; None for what is in no feed.
Versions = tuple[Line, list[Entry | None]]


def with_departed(
    book: Rulebook | None,
    old: KnownBook | None,
    id_: str,
    lines: Sequence[Versions],
    left: Sequence[tuple[Slot, Entry]],
    language: str,
) -> tuple[Rulebook | None, list[Versions]]:
    """A rulebook with the units and obligations that it no longer has, and its lines with what has gone.

    Units that are there keep their places in the roster. None where there is neither a rulebook nor anything left.
    """
    if not left or old is None:
        return book, list(lines)
    units = {unit for _, entry in left for unit in (*entry.units, *entry.together)}
    roster = _with_units(book.roster if book else Roster(()), old.units, units)
    obligations = list(book.obligations) if book else []
    there = {each.id for each in obligations}
    for id_of in dict.fromkeys(slot.obligation for slot, _ in left):
        if id_of not in there:
            known = old.obligations[id_of]
            obligations.append(Obligation(id_of, _SOME_DAY, known.title, kind=known.kind, url=known.url))
    if book is None:
        whole = Rulebook(id_, old.title, roster, tuple(obligations), timezone=old.timezone)
    else:
        whole = attrs.evolve(book, roster=roster, obligations=tuple(obligations))
    return whole, [*_moved(lines, whole), *_departed(left, whole, old, language)]


def _moved(lines: Iterable[Versions], book: Rulebook) -> Iterable[Versions]:
    for line, versions in lines:
        same = line.select(range(line.rows))
        same.rulebook = book
        yield same, versions


def _with_units(roster: Roster, known: Mapping[str, KnownUnit], wanted: Iterable[str]) -> Roster:
    missing = sorted(_with_parents(wanted, known) - roster.index.keys())
    index = {**roster.index} | {unit: len(roster) + place for place, unit in enumerate(missing)}
    further = [known[unit] for unit in missing]
    count = len(missing)
    return Roster(
        [*roster.ids, *missing],
        names=[*roster.names, *(each.name for each in further)],
        kinds=[*roster.kinds, *(each.kind for each in further)],
        parents=[*roster.parents, *(index.get(each.parent or "", NO_PARENT) for each in further)],
        tags=[*roster.tags, *(frozenset[str]() for _ in missing)],
        calendars=[*roster.calendars, *([None] * count)],
        timezones=[*roster.timezones, *(each.timezone for each in further)],
        year_starts=[*roster.year_starts, *([None] * count)],
        active=[*roster.active, *([()] * count)],
        attributes={name: [*column, *([None] * count)] for name, column in roster.attributes.items()},
    )


def _with_parents(wanted: Iterable[str], known: Mapping[str, KnownUnit]) -> set[str]:
    found: set[str] = set()
    for unit in wanted:
        here: str | None = unit
        while here is not None and here in known and here not in found:
            found.add(here)
            here = known[here].parent
    return found


def _departed(left: Iterable[tuple[Slot, Entry]], book: Rulebook, old: KnownBook, language: str) -> Iterable[Versions]:
    """A line for each obligation and set of units."""
    grouped: dict[tuple[str, frozenset[str], frozenset[str]], list[tuple[Slot, Entry]]] = {}
    for slot, entry in left:
        grouped.setdefault((slot.obligation, entry.units, entry.together), []).append((slot, entry))
    index = book.roster.index
    reason = _REASON[is_chinese(language)]
    for (id_, units, together), several in grouped.items():
        known = old.obligations[id_]
        # What the obligation says today is not what was owed then: only what is remembered is told.
        obligation = Obligation(id_, _SOME_DAY, known.title, kind=known.kind, url=known.url, jointly=bool(together))
        line = Line(book, obligation, tuple(sorted(index[unit] for unit in together)))
        for row, (slot, entry) in enumerate(several):
            line.append(
                (entry.due, entry.due, slot.period),
                slot.number,
                (0, entry.due, entry.due),
                status=Status.WAIVED,
                title=entry.title,
                time=entry.time,
            )
            day = dt.date.fromordinal(entry.due)
            line.exceptions[row] = PeriodException(slot.period, Span(day, day), slot.number, reason=reason)
        line.add_members(sorted(index[unit] for unit in units))
        yield line, [entry for _, entry in several]


def remembered(book: Rulebook | None, old: KnownBook | None, made: Mapping[Slot, Sequence[Entry]]) -> KnownBook:
    """What is to be remembered of a rulebook: what it has, and what its entries need beside that."""
    units = _units_of(book) if book else {}
    needed = {unit for several in made.values() for each in several for unit in (*each.units, *each.together)}
    if old is not None:
        missing = sorted(_with_parents(needed - units.keys(), old.units) - units.keys())
        units |= {unit: old.units[unit] for unit in missing}
    obligations = {each.id: KnownObligation(each.title, each.kind, each.url) for each in book or ()}
    if old is not None:
        for slot in made:
            obligations.setdefault(slot.obligation, old.obligations.get(slot.obligation, KnownObligation(Text.of(""))))
    title = book.title if book else old.title if old else Text.of("")
    timezone = book.timezone if book else old.timezone if old else None
    return KnownBook(title, timezone, units, obligations, {slot: _in_order(each) for slot, each in made.items()})


def _in_order(several: Sequence[Entry]) -> tuple[Entry, ...]:
    """The versions of one slot in the order in which they are remembered, whatever order they were found in."""
    if len(several) == 1:
        return tuple(several)
    return tuple(sorted(several, key=lambda each: (min(each.units), each.sequence)))


def _units_of(book: Rulebook) -> dict[str, KnownUnit]:
    roster = book.roster
    return {
        id_: KnownUnit(
            roster.names[place],
            roster.kinds[place],
            None if roster.parents[place] == NO_PARENT else roster.ids[roster.parents[place]],
            roster.timezones[place],
        )
        for place, id_ in enumerate(roster.ids)
    }
