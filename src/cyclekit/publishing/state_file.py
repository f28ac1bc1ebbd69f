"""The state as bytes: JSON, the same for the same state."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from cyclekit.errors import DamagedPublicationError
from cyclekit.model.text import Text
from cyclekit.publishing.state import Entry, KnownBook, KnownObligation, KnownUnit, Slot, Standing, State

FORMAT = 1


def write_state(state: State) -> bytes:
    """A state as bytes: units by their places in a list, and sets of units that many entries share once."""
    found = {
        "format": FORMAT,
        "language": state.language,
        "feeds": sorted(state.feeds),
        "rulebooks": {id_: _book(book) for id_, book in sorted(state.rulebooks.items())},
    }
    return f"{json.dumps(found, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def read_state(data: bytes) -> State:
    """The state that bytes hold. Raises DamagedPublicationError for any that ``write_state`` has not written."""
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            raise DamagedPublicationError(
                "state.json",
                "its format is {format}, and {known} is known here",
                format=found["format"],
                known=FORMAT,
            )
        books = {id_: _known_book(book) for id_, book in found["rulebooks"].items()}
        return State(found["language"], frozenset(found["feeds"]), books)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as fault:
        raise DamagedPublicationError("state.json", "it is not what was written") from fault


def _book(book: KnownBook) -> dict[str, Any]:
    places = {unit: place for place, unit in enumerate(sorted(book.units))}
    groups: dict[frozenset[str], int] = {}

    def group(units: frozenset[str]) -> int:
        return groups.setdefault(units, len(groups))

    entries: dict[str, list[Any]] = {each: [] for each in sorted(book.obligations)}
    for slot, several in sorted(book.entries.items(), key=lambda each: _order(each[0])):
        for entry in several:
            row = [slot.period, slot.number, group(entry.units), group(entry.together) if entry.together else None]
            entries[slot.obligation].append([*row, *_entry(entry)])
    return {
        "title": _text(book.title),
        "timezone": book.timezone,
        "units": [_unit(unit, book.units[unit]) for unit in places],
        "obligations": {
            id_: {"title": _text(each.title), "kind": each.kind, "url": each.url, "entries": entries[id_]}
            for id_, each in sorted(book.obligations.items())
        },
        "groups": [ranges(places[unit] for unit in units) for units in groups],
    }


def _order(slot: Slot) -> tuple[str, str, int]:
    return slot.obligation, slot.period, slot.number


def _entry(entry: Entry) -> list[Any]:
    title = _text(entry.title) if entry.title else None
    version = [entry.content, entry.sequence, entry.created, entry.modified, entry.standing.value, entry.until]
    return [entry.due, entry.time, title, *version]


def _unit(id_: str, unit: KnownUnit) -> list[Any]:
    return [id_, _text(unit.name), unit.kind, unit.parent, unit.timezone]


def _known_book(found: Mapping[str, Any]) -> KnownBook:
    ids = [each[0] for each in found["units"]]
    groups = [frozenset(ids[place] for place in places(text)) for text in found["groups"]]
    entries: dict[Slot, list[Entry]] = {}
    for obligation, known in found["obligations"].items():
        for period, number, units, together, due, time, title, *version in known["entries"]:
            content, sequence, created, modified, standing, until = version
            entry = Entry(
                groups[units],
                frozenset() if together is None else groups[together],
                due,
                time,
                _known_text(title) if title else None,
                content,
                sequence,
                created,
                modified,
                Standing(standing),
                until,
            )
            entries.setdefault(Slot(obligation, period, number), []).append(entry)
    return KnownBook(
        _known_text(found["title"]),
        found["timezone"],
        {id_: KnownUnit(_known_text(name), *further) for id_, name, *further in found["units"]},
        {
            id_: KnownObligation(_known_text(each["title"]), each["kind"], each["url"])
            for id_, each in found["obligations"].items()
        },
        {slot: tuple(several) for slot, several in entries.items()},
    )


def _text(text: Text) -> list[list[str]]:
    return [list(part) for part in text.parts]


def _known_text(parts: Sequence[Sequence[str]]) -> Text:
    return Text(tuple((language, text) for language, text in parts))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as ranges.

    >>> ranges([4, 0, 1, 2])
    '0-2,4'
    """
    each = sorted(numbers)
    breaks = [place for place, (one, two) in enumerate(pairwise(each), 1) if two != one + 1]
    runs = [each[start:stop] for start, stop in pairwise([0, *breaks, len(each)])] if each else []
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def places(text: str) -> Iterable[int]:
    """The numbers that ranges mean.

    >>> list(places("0-2,4"))
    [0, 1, 2, 4]
    """
    for run in text.split(",") if text else ():
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)
