"""An obligation as it is owed by different units, in different periods, by what was known: its changes make forms.

Changes apply in their order, field by field: of two that hold for a unit and a period, the later one wins for the
fields that both replace, and each keeps the others. Which ones hold differs by unit, by period, and by the day on
which it is asked, since some were announced when others were known already: each such *state of knowledge* has
forms of its own. The engine knows nothing of fields; it is handed whole obligations, in an order in which the last
one that holds and is known counts.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import Change, Obligation
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.timing import Every
from cyclekit.reading.changes import ABOUT_THE_CHANGE, ChangedObligation, WrittenChange, read_changes
from cyclekit.reading.cycle_words import CycleWords
from cyclekit.reading.forms import FIRST_DAY, LAST_DAY, Numbers, Stretch, Variant
from cyclekit.reading.phases import MONTHS
from cyclekit.reading.reader import Entry, Fields, Reader, last_place
from cyclekit.reading.seams import Roots, check_seams
from cyclekit.reading.written_cycles import own_labels


@attrs.frozen
class Variants:
    """The forms of an obligation, itself first, and the changes that lead to the others.

    ``known`` holds the days on which something was announced: what is known from the n-th of them on is state n.
    ``changes`` says which form counts for whom, since when, and from which day on that is known.
    """

    forms: tuple[Variant, ...]
    known: tuple[dt.date, ...] = ()
    changes: tuple[tuple[AbstractSet[int], int, int, int], ...] = ()

    def states(self, announced: dt.date | None) -> range:
        """The states of knowledge in which something is known that was announced on a day."""
        first = bisect_right(self.known, announced) if announced else 0
        return range(first, len(self.known) + 1)

    def obligation(self, forms: Sequence[Obligation], roster: Roster) -> Obligation:
        """The whole of it, with its changes; ``forms`` are the obligations of its forms, exceptions included."""
        changes: list[Change] = []
        for units, form, first, state in self.changes:
            selection = forms[0].selection
            if units != self.forms[0].units:
                selection = Selection(tuple(UnitId(roster.ids[unit]) for unit in sorted(units)))
            since = dt.date.fromordinal(first) if first > FIRST_DAY else None
            changes.append(Change(selection, forms[form], since, self.known[state - 1] if state else None))
        return attrs.evolve(forms[0], changes=tuple(changes))


#: Reads an obligation from its fields, without changes and exceptions; None where that fails, which is reported.
ReadVariant = Callable[[Fields], Variant | None]


def read_variants(
    reader: Reader, fields: Fields, base: Variant, outer: Bounds, roster: Roster, read: ReadVariant, roots: Roots
) -> Variants | None:
    """The variants of an obligation with changes; None where a change cannot be used, which is reported."""
    made = _Forms(reader, fields, base, read)
    obligation = base.obligation
    changed = ChangedObligation(fields, obligation.timing, obligation.jointly, base.units, base.bounds(outer), roster)
    changes = read_changes(reader, changed, made.names_after)
    if changes is None:
        return None
    made.changes = changes
    return _Plan(made, changes, base).read(roster, roots)


class _Forms:
    """What an obligation becomes by some of its changes, each read once."""

    def __init__(self, reader: Reader, fields: Fields, base: Variant, read: ReadVariant) -> None:
        self.reader = reader
        self.changes: list[WrittenChange] = []
        self._fields = fields
        self._base = base
        self._read = read
        self._known: dict[Numbers, Variant | None] = {(): base}
        self._tried: dict[Numbers, Variant | None] = {}

    def form(self, numbers: Numbers) -> Variant | None:
        """The form that these changes make; None where it cannot be read, which is reported."""
        if numbers not in self._known:
            before = len(self.reader.diagnostics)
            found = self._read(self._merged([self.changes[number].fields for number in numbers]))
            self._blame_changes(before, numbers)
            if found is not None:
                amendments = tuple(self.changes[number].amendment for number in self._standing(numbers))
                found = attrs.evolve(found, obligation=attrs.evolve(found.obligation, amendments=amendments))
            self._known[numbers] = found
        return self._known[numbers]

    def _standing(self, numbers: Numbers) -> Numbers:
        """Those of some changes of which a field is left that no later one replaces."""
        found: list[int] = []
        replaced: set[str] = set()
        for number in reversed(numbers):
            fields = set(self.changes[number].fields) - {*ABOUT_THE_CHANGE, "source"}
            if not fields <= replaced:
                found.append(number)
            replaced |= fields
        return tuple(reversed(found))

    def _blame_changes(self, before: int, numbers: Numbers) -> None:
        """What is right by itself and wrong beside a change is told where the last change stands."""
        told = self.reader.diagnostics
        nodes = [self.changes[number].node for number in numbers]
        for place, each in enumerate(told[before:], before):
            spot = (each.place.line, each.place.column)
            if nodes and not any((node.line, node.column) <= spot <= last_place(node) for node in nodes):
                told[place] = attrs.evolve(each, place=nodes[-1].place(self.reader.file))

    def tried(self, numbers: Numbers) -> Variant | None:
        """The form that these changes would make; what is wrong with it is not said, since nobody owes it."""
        if numbers in self._known:
            return self._known[numbers]
        if numbers not in self._tried:
            with self.reader.silent():
                self._tried[numbers] = self._read(self._merged([self.changes[number].fields for number in numbers]))
        return self._tried[numbers]

    def names_after(self, changes: Sequence[Fields]) -> tuple[YearStart, Mapping[str, Span]]:
        """The fiscal year that labels follow once these changes hold, and what those of a list name."""
        found: Variant | None = None
        if any(name in each for each in changes for name in ("every", "year_start", "year_named")):
            with self.reader.silent():
                found = self._read(self._merged(changes))
        after = found or self._base
        timing = after.obligation.timing
        return after.year, own_labels(timing.cycle) if isinstance(timing, Every) else {}

    def _merged(self, changes: Sequence[Fields]) -> Fields:
        merged = Fields(self._fields.node)
        merged.entries = {name: self._fields[name] for name in self._fields if name not in ("changes", "exceptions")}
        for change in changes:
            if "every" in change:
                # Where its periods begin is part of a cycle: another one takes nothing of it over.
                for name in ("origin", *(() if _has_months(change.get("every")) else ("year_start", "year_named"))):
                    merged.entries.pop(name, None)
            new: dict[str, Entry] = {name: change[name] for name in change if name not in ABOUT_THE_CHANGE}
            merged.entries.update(new)
        return merged


def _has_months(cycle: object) -> bool:
    return isinstance(cycle, CycleWords) and cycle.unit in MONTHS


class _Plan:
    """Who owes which form when: for each set of changes that name some unit, in each state of knowledge."""

    def __init__(self, made: _Forms, changes: Sequence[WrittenChange], base: Variant) -> None:
        self._made = made
        self._changes = changes
        self._base = base
        self._days = sorted({each.announced for each in changes if each.announced})

    def read(self, roster: Roster, roots: Roots) -> Variants | None:
        """The variants; None where one of them cannot be read, or a change does nothing, which is reported."""
        owed: defaultdict[Numbers, list[Stretch]] = defaultdict(list)
        changed: defaultdict[tuple[int, int, Numbers], set[int]] = defaultdict(set)
        for naming, units in self._alike():
            before: list[tuple[int, int, Numbers]] = []
            for state in range(len(self._days) + 1):
                stretches = list(self._stretches(naming, state))
                for first, last, numbers in stretches:
                    owed[numbers].append(Stretch(state, first, last, units))
                for first, _, numbers in _news(before, stretches):
                    changed[state, first, numbers] |= units
                before = stretches
        forms = self._read_forms(owed)
        if forms is None:
            return None
        places = {numbers: place for place, numbers in enumerate(forms)}
        changes = tuple(
            (frozenset(units), places[numbers], first, state)
            for (state, first, numbers), units in sorted(changed.items(), key=lambda each: each[0])
        )
        if not self._each_has_an_effect(owed) or not check_seams(
            self._made.reader, self._changes, forms, roster, roots
        ):
            return None
        return Variants(tuple(forms.values()), tuple(self._days), changes)

    def _alike(self) -> list[tuple[Numbers, AbstractSet[int]]]:
        """The units by the changes that name them."""
        naming: dict[int, list[int]] = {unit: [] for unit in sorted(self._base.units)}
        for number, change in enumerate(self._changes):
            for unit in change.units:
                naming[unit].append(number)
        alike: defaultdict[Numbers, set[int]] = defaultdict(set)
        for unit, numbers in naming.items():
            alike[tuple(numbers)].add(unit)
        return [(numbers, frozenset(units)) for numbers, units in sorted(alike.items())]

    def _stretches(self, naming: Numbers, state: int) -> Iterator[tuple[int, int, Numbers]]:
        """Which changes hold for periods that begin on which days, of those that name a unit and are known."""
        day = self._days[state - 1] if state else None
        known = [
            (_start(self._changes[number]), number)
            for number in naming
            if (announced := self._changes[number].announced) is None or (day is not None and announced <= day)
        ]
        starts = sorted({FIRST_DAY, *(start for start, _ in known)})
        for first, following in zip(starts, [*starts[1:], LAST_DAY + 1], strict=True):
            yield first, following - 1, tuple(number for start, number in known if start <= first)

    def _read_forms(self, owed: dict[Numbers, list[Stretch]]) -> dict[Numbers, Variant] | None:
        """Each form with when it is owed, the obligation as it is written first, whether or not anyone owes it."""
        forms: dict[Numbers, Variant] = {}
        sound = True
        for numbers in [(), *sorted((each for each in owed if each), key=lambda each: (len(each), each))]:
            form = self._made.form(numbers)
            if form is None:
                sound = False
                continue
            stretches = tuple(owed.get(numbers, ()))
            units = frozenset[int]().union(*(each.units for each in stretches))
            forms[numbers] = attrs.evolve(form, units=units if numbers else self._base.units, stretches=stretches)
        return forms if sound else None

    def _each_has_an_effect(self, owed: dict[Numbers, list[Stretch]]) -> bool:
        """Whether each change makes a difference to some unit it names; reports one that makes none."""
        sound = True
        for number, change in enumerate(self._changes):
            makes = (self._makes_a_difference(number, numbers) for numbers in owed if number in numbers)
            if not any(makes):
                self._made.reader.report("no-effect", "empty-change", change.node)
                sound = False
        return sound

    def _makes_a_difference(self, number: int, numbers: Numbers) -> bool:
        with_it = self._made.tried(numbers)
        without = self._made.tried(tuple(each for each in numbers if each != number))
        return with_it is None or without is None or not _alike(with_it, without)


def _start(change: WrittenChange) -> int:
    return change.since.toordinal() if change.since else FIRST_DAY


def _news(
    before: Sequence[tuple[int, int, Numbers]], now: Sequence[tuple[int, int, Numbers]]
) -> Sequence[tuple[int, int, Numbers]]:
    """What a state of knowledge says anew: from the first stretch on that differs from the state before.

    Each form counts from its first day on, so what follows a difference has to be said again.
    """
    old = [(first, numbers) for first, _, numbers in before] or [(FIRST_DAY, ())]
    for place, (first, _, numbers) in enumerate(now):
        if place >= len(old) or (first, numbers) != old[place]:
            return now[place:]
    return ()


def _alike(one: Variant, other: Variant) -> bool:
    first, second = (attrs.evolve(each.obligation, source=None, amendments=()) for each in (one, other))
    return first == second
