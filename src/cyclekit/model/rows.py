"""Which rows each unit has, and their order: so that one unit's feed, or page, costs as much as its own events.

Units that have the same rows form a cohort. A cohort is a path of slices, so there is one int for each unit, and what
is found out for a cohort holds for all of its units.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import merge
from itertools import groupby, starmap
from typing import NamedTuple

from cyclekit.model.line import Line
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import WHOLE_DAY

#: Which line, and which of its rows.
Row = tuple[int, int]
#: Which units of a line are asked for; None: all.
Wanted = Callable[[Line], Collection[int] | None]


class _Step(NamedTuple):
    """A cohort as another one with one slice more, or with one row less."""

    before: int
    line: int
    start: int
    stop: int
    is_hole: bool = False


class Rows:
    """The rows of some lines by unit, in the order of a schedule.

    That order is by due date, time, rulebook, obligation, unit, period and number. A joint row is its lead's, and
    belongs to everyone who takes part.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._steps: list[_Step | None] = [None]
        self._cohorts: dict[int, dict[int, int]] = {}
        self._found: dict[_Step, int] = {}
        for number, line in enumerate(lines):
            self._add(number, line)
        self._found.clear()

    def _add(self, number: int, line: Line) -> None:
        cohorts = self._cohorts.setdefault(id(line.rulebook), {})
        if line.together:
            for unit in line.together:
                self._extend(cohorts, unit, number, 0, line.rows)
            return
        for unit, start, stop in line.slices():
            self._extend(cohorts, unit, number, start, stop)
        for row, units in line.holes.items():
            for unit in units:
                self._extend(cohorts, unit, number, row, row + 1, is_hole=True)

    def _extend(
        self, cohorts: dict[int, int], unit: int, line: int, start: int, stop: int, *, is_hole: bool = False
    ) -> None:
        step = _Step(cohorts.get(unit, 0), line, start, stop, is_hole)
        found = self._found.get(step)
        if found is None:
            found = self._found[step] = len(self._steps)
            self._steps.append(step)
        cohorts[unit] = found

    def cohort(self, rulebook: Rulebook, unit: int) -> int:
        """The cohort of a unit: 0 where it has no row."""
        return self._cohorts.get(id(rulebook), {}).get(unit, 0)

    def of_cohort(self, cohort: int) -> list[Row]:
        """The rows of every unit of a cohort, in their order."""
        found: set[Row] = set()
        holes: set[Row] = set()
        step = self._steps[cohort]
        while step is not None:
            (holes if step.is_hole else found).update((step.line, row) for row in range(step.start, step.stop))
            step = self._steps[step.before]
        return sorted((each for each in found - holes if self._is_owed(*each)), key=lambda each: self._key(*each))

    def slices(self, rulebook: Rulebook, unit: int) -> list[tuple[Line, int, int]]:
        """The slices that a unit holds, in the order of the lines; a joint line whole. Holes are still in them."""
        found: list[tuple[Line, int, int]] = []
        step = self._steps[self.cohort(rulebook, unit)]
        while step is not None:
            if not step.is_hole:
                found.append((self.lines[step.line], step.start, step.stop))
            step = self._steps[step.before]
        return found[::-1]

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
        for _, group in groupby(rows, key=lambda each: each[:4]):
            having = [(self.lines[number], row, asked[number]) for *_, number, row in group]
            if len(having) == 1:
                line, row, units = having[0]
                yield line, row, _among(line, row, units)
            else:
                yield from (one for _, one in merge(*starmap(_one_by_one, having), key=lambda each: each[0]))


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
