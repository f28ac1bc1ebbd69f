"""What expanding gives: due dates by line, counted and listed without being multiplied out."""

from collections.abc import Iterator, Sequence
from functools import partial
from heapq import merge
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from cyclekit.civil.spans import Span
from cyclekit.errors import UnknownOccurrenceError, UnknownUnitError
from cyclekit.model.compact import Mapped
from cyclekit.model.identity import Key
from cyclekit.model.line import Line
from cyclekit.model.numbers import Numbers, holds
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import END_OF_DAY
from cyclekit.model.roster import Unit
from cyclekit.model.world import World

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

#: Where a due date without a clock time is listed: after every clock time of its day, 24:00 included.
WHOLE_DAY = END_OF_DAY + 1


@attrs.frozen
class StandingDuty:
    """An obligation without dates, and the units that owe it at all times, by id."""

    rulebook: Rulebook = attrs.field(repr=lambda book: book.id)
    obligation: Obligation = attrs.field(repr=lambda each: each.id)
    numbers: Numbers = attrs.field(repr=lambda numbers: f"of {len(numbers)} units")

    @property
    def units(self) -> Sequence[Unit]:
        """The units that owe it, by id."""
        roster = self.rulebook.roster
        return Mapped(partial(Unit, roster), roster.by_id(self.numbers))

    def is_owed_by(self, number: int) -> bool:
        """Whether the unit of this number owes it."""
        return holds(self.numbers, number)


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
            first, *others = group
            if others:
                together = [self._of_row(number, row) for *_, number, row in (first, *others)]
                yield from (occurrence for _, occurrence in merge(*together, key=lambda each: each[0]))
            else:
                yield from Occurrence.of_row(self.lines[first[-2]], first[-1])

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
            if unit is None:
                continue
            for row, label in enumerate(line.labels):
                if label == key.period and line.numbers[row] == key.number and line.has_row(row, unit):
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
            if line.has(number):
                lines.append(line if line.together else line.select(range(line.rows), frozenset({number})))
        standing = [
            attrs.evolve(duty, numbers=duty.numbers if duty.obligation.jointly else (number,))
            for duty in self.standing
            if duty.rulebook is book and duty.is_owed_by(number)
        ]
        return Schedule((book,), self.horizon, lines, standing, self.world)

    def for_obligation(self, obligation: str) -> "Schedule":
        """The occurrences of one obligation id, in every rulebook that has it. Raises KeyError for an unknown id."""
        if not any(each.id == obligation for book in self.rulebooks for each in book):
            raise KeyError(obligation)
        lines = [line for line in self.lines if line.obligation.id == obligation]
        standing = [duty for duty in self.standing if duty.obligation.id == obligation]
        return Schedule(self.rulebooks, self.horizon, lines, standing, self.world)

    def to_arrow(self, *, batch_rows: int | None = None, language: str = "en") -> "pa.RecordBatchReader":
        """The occurrences as Arrow record batches, made as they are read; ``read_all()`` makes a table of them.

        There is one column for each field of an occurrence; ids and texts are dictionary-encoded. They come by
        rulebook and obligation. Texts are in ``language``. Raises ModuleNotFoundError without the extra
        ``cyclekit[arrow]``, and ValueError for batches of less than one row.
        """
        asked = {} if batch_rows is None else {"batch_rows": batch_rows}
        found: pa.RecordBatchReader = _arrow().reader(self, language=language, **asked)
        return found

    def to_pandas(self, *, language: str = "en") -> "pd.DataFrame":
        """The occurrences as a pandas frame: ids and texts are categories, days ``datetime64``. Raises as above."""
        return self.to_arrow(language=language).read_all().to_pandas(date_as_object=False)

    def to_polars(self, *, language: str = "en") -> "pl.DataFrame":
        """The occurrences as a polars frame. Raises as ``to_arrow`` does."""
        import polars as pl  # noqa: PLC0415  # who asks for a polars frame has it

        return pl.DataFrame(self.to_arrow(language=language))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The occurrences for whoever reads Arrow's C stream interface: DuckDB, polars, pandas, and others."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

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


def _arrow() -> Any:  # noqa: ANN401  # a module, by its name
    # The one thing the model asks of an adapter, when it is asked for it: so it knows its name, and imports nothing.
    return import_module("cyclekit.adapters.arrow")
