"""Selectors: which units an obligation, a change or an exception concerns."""

from array import array
from collections.abc import Iterable

import attrs

from cyclekit.model.compact import numbers_where
from cyclekit.model.numbers import Numbers, numbered
from cyclekit.model.roster import Roster


@attrs.frozen
class Everyone:
    """All units."""


@attrs.frozen
class UnitId:
    """One unit by its id."""

    id: str


@attrs.frozen
class Kind:
    """All units of a kind."""

    kind: str


@attrs.frozen
class Where:
    """Units for which every test holds: pairs of ``id``, ``kind``, ``tag``, ``under`` or an attribute, and a text.

    ``under`` means the unit itself and all below it. ``excluded`` are taken away again.
    """

    tests: tuple[tuple[str, str], ...]
    excluded: "tuple[Selector, ...]" = ()


Selector = Everyone | UnitId | Kind | Where


@attrs.frozen
class Selection:
    """The union of some selectors, less the union of others."""

    parts: tuple[Selector, ...] = (Everyone(),)
    excluded: tuple[Selector, ...] = ()

    def units(self, roster: Roster) -> Numbers:
        """The indexes of the units it means, in the order of the roster."""
        if len(self.parts) == 1 and not self.excluded:
            return matches(self.parts[0], roster)
        return roster.chosen(self, self._found)

    def _found(self, roster: Roster) -> Numbers:
        return _without(_mask(roster, self.parts), self.excluded, roster)


def _mask(roster: Roster, selectors: Iterable[Selector]) -> bytearray:
    """A mark for each unit that one of these selectors means. Marks, and not sets: a roster may have millions."""
    mask = bytearray(len(roster))
    for selector in selectors:
        _set(mask, matches(selector, roster), 1)
    return mask


def _set(mask: bytearray, units: Numbers, mark: int) -> None:
    if isinstance(units, range):
        mask[units.start : units.stop] = bytes([mark]) * len(units)
        return
    for unit in units:
        mask[unit] = mark


def _without(mask: bytearray, excluded: Iterable[Selector], roster: Roster) -> Numbers:
    for selector in excluded:
        _set(mask, matches(selector, roster), 0)
    return numbered(mask, len(mask))


def matches(selector: Selector, roster: Roster) -> Numbers:
    """The indexes of the units that one selector means; empty where it names what the roster lacks."""
    match selector:
        case Everyone():
            return range(len(roster))
        case UnitId(id=unit):
            number = roster.index.get(unit)
            return range(0) if number is None else range(number, number + 1)
        case Kind(kind=kind):
            return roster.chosen(selector, lambda roster: numbers_where(roster.kinds, lambda each: each == kind))
        case Where((("kind", kind),), ()):
            return matches(Kind(kind), roster)
        case Where():
            return roster.chosen(selector, lambda roster: _where(selector, roster))


def _where(selector: Where, roster: Roster) -> Numbers:
    found: Numbers = range(len(roster))
    for place, (name, value) in enumerate(selector.tests):
        units = _holding(name, value, roster)
        found = units if place == 0 else _both(found, units, len(roster))
    if not selector.excluded:
        return found
    mask = bytearray(len(roster))
    _set(mask, found, 1)
    return _without(mask, selector.excluded, roster)


def _both(one: Numbers, other: Numbers, count: int) -> Numbers:
    mask = bytearray(count)
    _set(mask, one, 1)
    return array("I", (unit for unit in other if mask[unit]))


def _holding(name: str, value: str, roster: Roster) -> Numbers:
    match name:
        case "id":
            return matches(UnitId(value), roster)
        case "kind":
            return matches(Kind(value), roster)
        case "tag":
            return numbers_where(roster.tags, lambda tags: value in tags)
        case "under":
            return roster.subtree(roster.index[value]) if value in roster.index else range(0)
        case _:
            column = roster.attributes.get(name)
            return range(0) if column is None else numbers_where(column, lambda each: each == value)
