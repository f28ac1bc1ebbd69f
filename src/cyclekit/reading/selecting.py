"""Selectors: ``applies_to``, ``except`` and ``units``, checked against the roster."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from cyclekit.model.compact import distinct
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where, matches
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import near

EVERYONE = "everyone"
#: Of more units the first are told where one is not known.
SHOWN_UNITS = 40
_TESTS = ("id", "kind", "tag", "under")


def read_selection(
    reader: Reader,
    applies_to: Entry | None,
    excluded: Entry | None,
    roster: Roster,
    among: AbstractSet[int] | None = None,
) -> Selection | None:
    """The selection of ``applies_to`` less ``except``; None where a part of it means nothing, which is reported.

    ``among``: only these units count, as for the units of a change.
    """
    parts = read_selectors(reader, applies_to.value, roster) if applies_to else (Everyone(),)
    without = read_selectors(reader, excluded.value, roster) if excluded else ()
    if parts is None or without is None:
        return None
    selection = Selection(parts, without)
    found = selection.units(roster)
    if among is not None:
        found = [unit for unit in found if unit in among]
    entry = applies_to or excluded
    if not found and entry is not None and len(roster):
        reader.report("unknown-reference", "nobody-left" if among is None else "nobody-matched", entry.node)
        return None
    if excluded is not None and len(found) == len(Selection(parts).units(roster)):
        reader.report("no-effect", "excepts-nobody", excluded.node)
        return None
    return selection


def read_selectors(reader: Reader, items: Sequence[Item], roster: Roster) -> tuple[Selector, ...] | None:
    """The selectors of a list; None where one of them means nothing, which is reported."""
    found = [_selector(reader, item, roster) for item in items]
    return None if any(each is None for each in found) else tuple(each for each in found if each is not None)


def _selector(reader: Reader, item: Item, roster: Roster) -> Selector | None:
    if isinstance(item.value, str):
        return _word(reader, item.value, item.node, roster)
    return _where(reader, item.value, roster)


def _word(reader: Reader, word: str, node: Node, roster: Roster) -> Selector | None:
    if word == EVERYONE:
        return Everyone()
    is_unit, is_kind = word in roster, word in distinct(roster.kinds)
    if is_unit and is_kind:
        reader.report("conflict", "unit-and-kind", node, name=word)
        return None
    if is_unit:
        return UnitId(word)
    if is_kind:
        return Kind(word)
    _unknown(reader, word, node, roster)
    return None


def _unknown(reader: Reader, word: str, node: Node, roster: Roster) -> None:
    if reader.answered(word, node):
        return
    named = {text: unit.id for unit in roster for _, text in unit.name.parts}
    kinds = {kind for kind in distinct(roster.kinds) if kind}
    suggestion = named.get(word) or near(word, [*roster.ids, *kinds, EVERYONE])
    if word.lower() in ("all", "any", "*", "全部", "所有", "全体"):
        suggestion = EVERYONE
    there_is = [EVERYONE, *sorted(kinds), *islice(roster.ids, SHOWN_UNITS)]
    expected = ", ".join(dict.fromkeys(there_is)) if suggestion == "" else ""
    reader.report("unknown-reference", "unknown-who", node, name=word, suggestion=suggestion, expected=expected)


def _where(reader: Reader, fields: Fields, roster: Roster) -> Selector | None:
    tests: list[tuple[str, str]] = []
    sound = not fields.failed
    for name in (*fields, *fields.attributes):
        entry = fields.attributes.get(name) or fields[name]
        if name == "except":
            continue
        if name not in _TESTS and name not in roster.attributes:
            suggestion = near(name, [*_TESTS, "except", *roster.attributes])
            reader.report(
                "unknown-reference",
                "unknown-attribute",
                entry.key,
                name=name,
                suggestion=suggestion,
                unit=name if name in roster else "",
                expected=", ".join([*_TESTS, "except", *roster.attributes]),
            )
            # A mapping whose keys are units is one mistake, not as many as it has keys.
            return None
        if not matches(Where(((name, entry.value),)), roster):
            known = _values(name, roster)
            reader.report(
                "unknown-reference",
                "unknown-value",
                entry.node,
                name=name,
                value=entry.value,
                suggestion=near(entry.value, known),
                expected=", ".join(known),
            )
            sound = False
        else:
            tests.append((name, entry.value))
    excluded: tuple[Selector, ...] | None = ()
    if "except" in fields:
        excluded = read_selectors(reader, fields["except"].value, roster)
    if not sound or excluded is None:
        return None
    where = Where(tuple(sorted(tests)), excluded)
    if not len(matches(where, roster)):
        reader.report("unknown-reference", "nobody-left", fields.node)
        return None
    return where


def _values(name: str, roster: Roster) -> Sequence[str]:
    match name:
        case "id" | "under":
            return roster.ids
        case "kind":
            return sorted({kind for kind in distinct(roster.kinds) if kind})
        case "tag":
            return sorted(frozenset[str]().union(*distinct(roster.tags)))
        case _:
            return sorted({each for each in distinct(roster.attributes[name]) if each})
