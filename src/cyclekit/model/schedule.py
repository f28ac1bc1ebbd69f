"""What expanding gives: due dates by line, counted and listed without being multiplied out."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby

import attrs

from cyclekit.civil.spans import Span
from cyclekit.errors import UnknownOccurrenceError, UnknownUnitError
from cyclekit.model.identity import Key
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import END_OF_DAY
from cyclekit.model.roster import Unit
from cyclekit.model.world import World

#: Where a due date without a clock time is listed: after every clock time of its day, 24:00 included.
WHOLE_DAY = END_OF_DAY + 1


@attrs.frozen
class StandingDuty:
    """An obligation without dates, and the units that owe it at all times, by id."""

    rulebook: Rulebook = attrs.field(repr=lambda book: book.id)
    obligation: Obligation = attrs.field(repr=lambda each: each.id)
    units: tuple[Unit, ...]

    def is_owed_by(self, unit: Unit) -> bool:
        """Whether a unit is one of them, found without looking at them all."""
        place = bisect_left(self.units, unit.id, key=lambda each: each.id)
        return self.units[place : place + 1] == (unit,)


class Schedule:
    """The occurrences of some rulebooks whose due date lies in a horizon.

    Iterating gives them in a total order: by due date, time, rulebook, obligation, unit, period and number, all
    by their ids, so the order of a file does not matter. ``len`` counts without iterating. ``world`` is what it
    was expanded with: explaining asks the same calendars.
    """

    __slots__ = ("horizon", "lines", "rulebooks", "standing", "world")

    def __init__(
        self,
        rulebooks: Sequence[Rulebook],
        horizon: Span,
        lines: Sequence[Line],
        standing: Sequence[StandingDuty] = (),
        world: World = World(),
    ) -> None:
        self.world = world
        self.rulebooks = tuple(rulebooks)
        self.horizon = horizon
        self.lines = tuple(lines)
        self.standing = tuple(standing)

    def __len__(self) -> int:
        return sum(map(len, self.lines))

    def __iter__(self) -> Iterator[Occurrence]:
        rows = [
            (line.due[row], line.times.get(row, WHOLE_DAY), line.rulebook.id, line.obligation.id, number, row)
            for number, line in enumerate(self.lines)
            for row in range(line.rows)
        ]
        rows.sort()
        for _, group in groupby(rows, key=lambda each: each[:4]):
            together = [self._of_row(number, row) for *_, number, row in group]
            if len(together) == 1:
                yield from (occurrence for _, occurrence in together[0])
            else:
                yield from (occurrence for _, occurrence in merge(*together, key=lambda each: each[0]))

    def _of_row(self, number: int, row: int) -> Iterator[tuple[tuple[str, str, int], Occurrence]]:
        line = self.lines[number]
        ids, label, place = line.rulebook.roster.ids, line.labels[row], line.numbers[row]
        for unit in line.units_of(row):
            yield (ids[unit], label, place), Occurrence(line, row, unit)

    def __getitem__(self, key: Key) -> Occurrence:
        """The occurrence of this key. Raises UnknownOccurrenceError."""
        for line in self.lines:
            if (line.rulebook.id, line.obligation.id) != (key.rulebook, key.obligation):
                continue
            unit = line.rulebook.roster.index.get(key.unit)
            for row, label in enumerate(line.labels):
                if label == key.period and line.numbers[row] == key.number and unit in line.units_of(row):
                    return Occurrence(line, row, unit)
        raise UnknownOccurrenceError(key)

    def for_unit(self, name: str) -> "Schedule":
        """What one unit owes, joint occurrences included, as a schedule of its own.

        ``name`` is a unit's id, or ``RULEBOOK/UNIT``. Other units are not touched. Raises UnknownUnitError where
        nothing has this name, and, with the candidates, where several have.

        """
        book, unit = find_unit(self.rulebooks, name)
        number = book.roster.index[unit]
        lines: list[Line] = []
        for line in self.lines:
            if line.rulebook is not book:
                continue
            if line.together:
                if number in line.together:
                    lines.append(line)
            elif number in line.members:
                lines.append(line.select(range(line.rows), frozenset({number})))
        alone = (Unit(book.roster, number),)
        standing = [
            attrs.evolve(duty, units=duty.units if duty.obligation.jointly else alone)
            for duty in self.standing
            if duty.rulebook is book and alone[0] in duty.units
        ]
        return Schedule((book,), self.horizon, lines, standing, self.world)

    def for_obligation(self, obligation: str) -> "Schedule":
        """The occurrences of one obligation id, in every rulebook that has it. Raises KeyError for an unknown id."""
        if not any(each.id == obligation for book in self.rulebooks for each in book):
            raise KeyError(obligation)
        lines = [line for line in self.lines if line.obligation.id == obligation]
        standing = [duty for duty in self.standing if duty.obligation.id == obligation]
        return Schedule(self.rulebooks, self.horizon, lines, standing, self.world)

    def __repr__(self) -> str:
        return f"<Schedule {self.horizon}: {len(self)} occurrences in {len(self.lines)} lines>"


def find_unit(rulebooks: Sequence[Rulebook], name: str) -> tuple[Rulebook, str]:
    """The rulebook and id of the unit that a name means: an id, or ``RULEBOOK/UNIT``.

    Raises UnknownUnitError: without candidates where nothing fits, with them where several do.
    """
    wanted, slash, unit = name.rpartition("/")
    found = [(book, unit) for book in rulebooks if unit in book.roster and (not slash or book.id == wanted)]
    if len(found) == 1:
        return found[0]
    raise UnknownUnitError(name, sorted(f"{book.id}/{unit}" for book, _ in found))
