"""Which rows each unit has, and their order: so that one unit's feed, or page, costs as much as its own events.

Lines share their units: a million of them stand in a few ranges and arrays. So what a unit has is looked up in those
when somebody asks for it, and nothing is kept for each unit. Units that have the same rows form a cohort, and what is
found out for a cohort holds for all of its units.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import merge
from itertools import groupby, starmap
from typing import NamedTuple

from cyclekit.model.line import Line
from cyclekit.model.numbers import Numbers, holds
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import WHOLE_DAY

#: So many groups of units are looked through for one unit, where they are large, and so many in any case.
_MOST_ASKED, _ALWAYS_ASKED = 512, 32
#: The units of smaller groups are listed one by one, as long as that is so many.
_MOST_LISTED = 65_536

#: Which line, and which of its rows.
Row = tuple[int, int]
#: The groups that a unit belongs to, by their numbers; none where it has no row.
Cohort = tuple[int, ...]
#: Which units of a line are asked for; None: all.
Wanted = Callable[[Line], Collection[int] | None]


class _Slice(NamedTuple):
    """Rows of a line that units have, or one row that they do not have."""

    line: int
    start: int
    stop: int
    is_hole: bool = False


class _Group(NamedTuple):
    """Units in ascending order, or a set of them, and the slices that they have together."""

    units: Numbers | frozenset[int]
    slices: list[_Slice]

    def has(self, unit: int) -> bool:
        """Whether a unit is one of them, found without looking at each."""
        return unit in self.units if isinstance(self.units, frozenset) else holds(self.units, unit)


class _Asked(NamedTuple):
    """The groups of a rulebook: those that are looked through, and those of single units, by unit."""

    wide: list[int]
    listed: dict[int, list[int]]


class Rows:
    """The rows of some lines by unit, in the order of a schedule.

    That order is by due date, time, rulebook, obligation, unit, period and number. A joint row is its lead's, and
    belongs to everyone who takes part.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._groups: list[_Group] = []
        self._asked: dict[int, _Asked] = {}
        alike: dict[int, dict[object, list[int]]] = {}
        for number, line in enumerate(lines):
            self._add(number, line, alike.setdefault(id(line.rulebook), {}))
        for book, found in alike.items():
            self._asked[book] = self._sorted_out([number for numbers in found.values() for number in numbers])

    def _add(self, number: int, line: Line, alike: dict[object, list[int]]) -> None:
        if line.together:
            self._extend(alike, array("I", sorted(line.together)), _Slice(number, 0, line.rows))
            return
        for units, start, stop in line.shares:
            self._extend(alike, units, _Slice(number, start, stop))
        for row, holes in line.holes.items():
            self._extend(alike, holes, _Slice(number, row, row + 1, is_hole=True))

    def _extend(self, alike: dict[object, list[int]], units: Numbers | frozenset[int], slice_: _Slice) -> None:
        """Note a slice with the group of these units, which is made where there is none yet."""
        outline = units if isinstance(units, range | frozenset) else (len(units), units[0], units[-1])
        numbers = alike.setdefault(outline, [])
        for number in numbers:
            known = self._groups[number]
            if known.units is units or known.units == units:
                known.slices.append(slice_)
                return
        numbers.append(len(self._groups))
        self._groups.append(_Group(units, [slice_]))

    def _sorted_out(self, numbers: list[int]) -> _Asked:
        """Which groups are looked through for each unit: the large ones, which would take too long to list."""
        numbers.sort(key=lambda number: len(self._groups[number].units), reverse=True)
        wide, listed = numbers[:_ALWAYS_ASKED], numbers[_ALWAYS_ASKED:]
        rest = sum(len(self._groups[number].units) for number in listed)
        while rest > _MOST_LISTED and len(wide) < _MOST_ASKED:
            rest -= len(self._groups[listed[0]].units)
            wide.append(listed.pop(0))
        found: dict[int, list[int]] = {}
        for number in listed:
            for unit in self._groups[number].units:
                found.setdefault(unit, []).append(number)
        return _Asked(wide, found)

    def cohort(self, rulebook: Rulebook, unit: int) -> Cohort:
        """The cohort of a unit, without a look at others: units that have the same rows have equal ones."""
        asked = self._asked.get(id(rulebook))
        if asked is None:
            return ()
        found = [number for number in asked.wide if self._groups[number].has(unit)]
        return (*found, *asked.listed.get(unit, ()))

    def of_cohort(self, cohort: Cohort) -> list[Row]:
        """The rows of every unit of a cohort, in their order."""
        found: set[Row] = set()
        holes: set[Row] = set()
        for each in self._slices(cohort):
            (holes if each.is_hole else found).update((each.line, row) for row in range(each.start, each.stop))
        return sorted((each for each in found - holes if self._is_owed(*each)), key=lambda each: self._key(*each))

    def slices(self, rulebook: Rulebook, unit: int) -> list[tuple[Line, int, int]]:
        """The slices that a unit holds, in the order of the lines; a joint line whole. Holes are still in them."""
        found = sorted(each for each in self._slices(self.cohort(rulebook, unit)) if not each.is_hole)
        return [(self.lines[each.line], each.start, each.stop) for each in found]

    def _slices(self, cohort: Cohort) -> Iterator[_Slice]:
        return (each for number in cohort for each in self._groups[number].slices)

    def _is_owed(self, number: int, row: int) -> bool:
        """Whether the lead has a joint row, who may be there for a part of the time only."""
        line = self.lines[number]
        return not line.together or bool(line.units_of(row))

    def _key(self, number: int, row: int) -> tuple[int, int, str, str, str, str, int]:
        line = self.lines[number]
        lead = line.rulebook.roster.ids[line.members[0]] if line.together else ""
        return (*self._day(number, row), lead, line.labels[row], line.numbers[row])

    def _day(self, number: int, row: int) -> tuple[int, int, str, str]:
        line = self.lines[number]
        return line.due[row], line.times.get(row, WHOLE_DAY), line.rulebook.id, line.obligation.id

    def groups(self, wanted: Wanted) -> Iterator[tuple[Line, int, Sequence[int]]]:
        """Every event in its order: a line, one of its rows, and units that have it and come one after the other.

        ``wanted`` tells which units of a line are asked for, and None: all. Of a joint one that anyone asked for takes
        part in, the unit is the lead.
        """
        asked = {number: units for number, line in enumerate(self.lines) if (units := wanted(line)) is None or units}
        rows = sorted(
            (*self._day(number, row), number, row) for number in asked for row in range(self.lines[number].rows)
        )
        last = _Among()
        for _, group in groupby(rows, key=lambda each: each[:4]):
            having = [(self.lines[number], row, asked[number]) for *_, number, row in group]
            if len(having) == 1:
                line, row, units = having[0]
                yield line, row, last.of(line, row, units)
            else:
                yield from (one for _, one in merge(*starmap(_one_by_one, having), key=lambda each: each[0]))


class _Among:
    """The units of rows as far as they are asked for: of a row with the same units as the one before, at once."""

    def __init__(self) -> None:
        self._asked: Collection[int] | None = None
        self._having: Sequence[int] = ()
        self._found: Sequence[int] = ()

    def of(self, line: Line, row: int, asked: Collection[int] | None) -> Sequence[int]:
        """The units of one row."""
        having = line.units_of(row)
        if asked is None or line.together:
            return _among(line, row, asked)
        if self._asked is not asked or self._having != having:
            self._asked, self._having, self._found = asked, having, _among(line, row, asked)
        return self._found


def _among(line: Line, row: int, asked: Collection[int] | None) -> Sequence[int]:
    """The units that have a row, by id, as far as they are asked for."""
    having = line.units_of(row)
    if asked is None or (line.together and any(unit in asked for unit in line.together)):
        return having
    return [unit for unit in having if unit in asked]


def _one_by_one(
    line: Line, row: int, asked: Collection[int] | None
) -> Iterator[tuple[tuple[str, str, int], tuple[Line, int, Sequence[int]]]]:
    ids, label, place = line.rulebook.roster.ids, line.labels[row], line.numbers[row]
    return (((ids[unit], label, place), (line, row, (unit,))) for unit in _among(line, row, asked))
