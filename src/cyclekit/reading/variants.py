"""An obligation as different units owe it: changes for some units make variants of it."""

from collections.abc import Callable, Sequence

import attrs

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Obligation
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.reading.fields import TIMING
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.selecting import read_selection

#: What a change may say beside the fields that it replaces.
ABOUT_THE_CHANGE = ("units", "reason")


@attrs.frozen
class Variant:
    """An obligation, the fiscal year its labels follow, and the units that owe it in this form.

    ``selection`` says in words which units a change names; None for the obligation as it is written.
    """

    obligation: Obligation
    year: YearStart
    units: frozenset[int]
    selection: Selection | None = None

    def bounds(self, outer: Bounds) -> Bounds:
        """Its bounds together with those of its file."""
        return self.obligation.bounds.both(outer)


#: Reads an obligation from its fields, without changes and exceptions; None where that fails, which is reported.
ReadVariant = Callable[[Fields], Variant | None]


def read_variants(
    reader: Reader, fields: Fields, base: Variant, roster: Roster, read: ReadVariant
) -> list[Variant] | None:
    """The variants of an obligation, itself first; None where a change cannot be used, which is reported.

    Changes apply in their order, field by field: where two name one unit, the later one wins for the fields that
    both replace, and each keeps the others.
    """
    changes = _readable(reader, fields, base, roster)
    if changes is None:
        return None
    of_unit = {unit: tuple(n for n, (_, units) in enumerate(changes) if unit in units) for unit in sorted(base.units)}
    results: dict[tuple[int, ...], Variant | None] = {(): base}

    def variant(numbers: tuple[int, ...]) -> Variant | None:
        if numbers not in results:
            results[numbers] = read(_merged(fields, [changes[number][0].value for number in numbers]))
        return results[numbers]

    found: list[Variant] = []
    for numbers in dict.fromkeys(sorted(of_unit.values(), key=lambda each: (len(each), each))):
        result = variant(numbers)
        if result is None:
            return None
        units = frozenset(unit for unit, each in of_unit.items() if each == numbers)
        found.append(attrs.evolve(result, units=units, selection=_named(units, roster) if numbers else None))
    if not _each_has_an_effect(reader, changes, set(of_unit.values()), variant):
        return None
    if found[0].selection is not None:
        # Every unit has a change: the obligation as it is written stands first all the same, and nobody owes it.
        found.insert(0, attrs.evolve(base, units=frozenset()))
    return found


def _named(units: frozenset[int], roster: Roster) -> Selection:
    return Selection(tuple(UnitId(roster.ids[unit]) for unit in sorted(units)))


def _readable(
    reader: Reader, fields: Fields, base: Variant, roster: Roster
) -> list[tuple[Item, frozenset[int]]] | None:
    """The changes with the units they concern, or None where one of them is wrong in itself."""
    found: list[tuple[Item, frozenset[int]]] = []
    items: list[Item] = fields["changes"].value
    for item in items:
        change: Fields = item.value
        if change.failed or not _keeps_the_timing(reader, fields, change):
            continue
        if "units" not in change:
            reader.report("missing-key", "missing-key", change.node, key="units", what="changes")
            continue
        selection = read_selection(reader, change["units"], None, roster, among=base.units)
        if selection is None:
            continue
        units = base.units & frozenset(selection.units(roster))
        if not set(change) - {*ABOUT_THE_CHANGE, "source"}:
            reader.report("no-effect", "empty-change", change.node)
        elif any(units == other for _, other in found):
            reader.report("conflict", "same-units", change["units"].node)
        else:
            found.append((item, units))
    if base.obligation.jointly:
        reader.refuse(fields["changes"].key, fields["changes"].node, "changes + jointly")
        return None
    return found if len(found) == len(items) else None


def _keeps_the_timing(reader: Reader, fields: Fields, change: Fields) -> bool:
    before = next(name for name in fields if name in TIMING)
    other = next((name for name in change if name in TIMING and name != before), None)
    if other is not None:
        reader.report("conflict", "other-timing", change[other].key, first=before, second=other)
    return other is None


def _merged(fields: Fields, changes: Sequence[Fields]) -> Fields:
    merged = Fields(fields.node)
    merged.entries = {name: fields[name] for name in fields if name not in ("changes", "exceptions")}
    for change in changes:
        new: dict[str, Entry] = {name: change[name] for name in change if name not in ABOUT_THE_CHANGE}
        merged.entries.update(new)
    return merged


def _each_has_an_effect(
    reader: Reader,
    changes: Sequence[tuple[Item, frozenset[int]]],
    combinations: set[tuple[int, ...]],
    variant: Callable[[tuple[int, ...]], Variant | None],
) -> bool:
    """Whether each change makes a difference to some unit it names; reports one that makes none."""
    sound = True
    for number, (item, _) in enumerate(changes):
        idle = True
        for numbers in combinations:
            if number in numbers:
                with_it, without = variant(numbers), variant(tuple(each for each in numbers if each != number))
                idle = idle and with_it is not None and without is not None and _alike(with_it, without)
        if idle:
            reader.report("no-effect", "empty-change", item.value.node)
            sound = False
    return sound


def _alike(one: Variant, other: Variant) -> bool:
    return attrs.evolve(one.obligation, source=None) == attrs.evolve(other.obligation, source=None)
