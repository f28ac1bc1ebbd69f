"""Selectors: which units an obligation, a change or an exception concerns."""

import attrs

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

    def units(self, roster: Roster) -> list[int]:
        """The indexes of the units it means, in the order of the roster."""
        return sorted(_union(self.parts, roster) - _union(self.excluded, roster))


def _union(selectors: tuple[Selector, ...], roster: Roster) -> set[int]:
    found: set[int] = set()
    for selector in selectors:
        found |= matches(selector, roster)
    return found


def matches(selector: Selector, roster: Roster) -> set[int]:
    """The indexes of the units that one selector means; empty where it names what the roster lacks."""
    match selector:
        case Everyone():
            return set(range(len(roster)))
        case UnitId(id=unit):
            return {roster.index[unit]} if unit in roster.index else set()
        case Kind(kind=kind):
            return {number for number, each in enumerate(roster.kinds) if each == kind}
        case Where(tests=tests, excluded=excluded):
            found = set(range(len(roster)))
            for name, value in tests:
                found &= _holding(name, value, roster)
            return found - _union(excluded, roster)


def _holding(name: str, value: str, roster: Roster) -> set[int]:
    match name:
        case "id":
            return matches(UnitId(value), roster)
        case "kind":
            return matches(Kind(value), roster)
        case "tag":
            return {number for number, tags in enumerate(roster.tags) if value in tags}
        case "under":
            return set(roster.subtree(roster.index[value])) if value in roster.index else set()
        case _:
            return {number for number, each in enumerate(roster.attributes.get(name, ())) if each == value}
