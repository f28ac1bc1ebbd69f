"""A schedule as Arrow record batches (the Arrow columnar format, and its C stream interface): an extra.

Nothing is made row by row. What a line says of a row (its dates, period, title) is a small table; a batch repeats
that table by index for a run of units, and the next run takes the same arrays again. The ids of units are one array
for a whole roster, of which each batch has a slice for its dictionary.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from cyclekit.model.compact import Coded, Mapped, Repeated, Texts, mapped
from cyclekit.model.line import Line
from cyclekit.model.numbers import Numbers
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.words.occurrences import quota_words, source_words

BATCH_ROWS = 131_072
#: From ordinals, in which day 1 is the first of year 1, to the days of Arrow, which count from 1970.
EPOCH = 719_163

_AT_ONCE = 65_536
T = TypeVar("T")

_WORD = pa.dictionary(pa.int32(), pa.string())
_DAY = pa.date32()

#: One column for each field of an occurrence. ``unit`` is null for the one unit of a file that names none; ``units``
#: has everyone who owes a joint occurrence, with blanks between; ``time`` is text, since a day can end at 24:00.
SCHEMA = pa.schema(
    [
        pa.field("rulebook", _WORD, nullable=False),
        pa.field("obligation", _WORD, nullable=False),
        pa.field("unit", _WORD),
        pa.field("unit_name", _WORD, nullable=False),
        pa.field("kind", _WORD),
        pa.field("period", _WORD, nullable=False),
        pa.field("period_first", _DAY, nullable=False),
        pa.field("period_last", _DAY, nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("opens", _DAY),
        pa.field("nominal", _DAY, nullable=False),
        pa.field("due", _DAY, nullable=False),
        pa.field("time", _WORD),
        pa.field("timezone", _WORD),
        pa.field("closes", _DAY),
        pa.field("status", _WORD, nullable=False),
        pa.field("provisional", pa.bool_(), nullable=False),
        pa.field("absorbed_by", _WORD),
        pa.field("quota", _WORD, nullable=False),
        pa.field("title", _WORD, nullable=False),
        pa.field("source", _WORD),
        pa.field("units", _WORD),
    ]
)


def reader(schedule: Schedule, *, batch_rows: int = BATCH_ROWS, language: str = "en") -> "pa.RecordBatchReader":
    """The occurrences of a schedule, batch by batch, made as they are read.

    They come line by line, by rulebook and obligation; the units of one date follow the roster.
    Texts are in ``language``. Raises ValueError for batches of no rows.
    """
    if batch_rows < 1:
        raise ValueError(f"batches of {batch_rows} rows")
    return pa.RecordBatchReader.from_batches(SCHEMA, _filled(batches(schedule, batch_rows, language), batch_rows))


def batches(schedule: Schedule, batch_rows: int, language: str) -> Iterator["pa.RecordBatch"]:
    """A batch for each run of units and rows of a line; none has more than ``batch_rows`` rows."""
    rosters: dict[int, _Units] = {}
    runs = _met(schedule.lines)
    for line in schedule.lines:
        book = line.rulebook
        if id(book) not in rosters:
            rosters[id(book)] = _Units(book, language, runs[id(book)])
        yield from _of_line(line, rosters[id(book)], batch_rows, language)


def _met(lines: Iterable[Line]) -> dict[int, range]:
    """From the first to the last of a roster's units that any line has, by rulebook."""
    ends: dict[int, tuple[int, int]] = {}
    for line in lines:
        first, stop = ends.get(id(line.rulebook), (len(line.rulebook.roster), 0))
        for units, _, _ in line.shares:
            first, stop = min(first, units[0]), max(stop, units[-1] + 1)
        ends[id(line.rulebook)] = (first, stop)
    return {book: range(min(each), each[1]) for book, each in ends.items()}


def _filled(found: Iterable["pa.RecordBatch"], batch_rows: int) -> Iterator["pa.RecordBatch"]:
    """The same rows in fewer batches, where small ones follow one another."""
    small: list[pa.RecordBatch] = []
    rows = 0
    for batch in found:
        if small and rows + batch.num_rows > batch_rows:
            yield _joined(small)
            small, rows = [], 0
        if batch.num_rows * 4 > batch_rows:
            if small:
                yield _joined(small)
                small, rows = [], 0
            yield batch
        else:
            small.append(batch)
            rows += batch.num_rows
    if small:
        yield _joined(small)


def _joined(small: Sequence["pa.RecordBatch"]) -> "pa.RecordBatch":
    if len(small) == 1:
        return small[0]
    table = pa.Table.from_batches(small).unify_dictionaries().combine_chunks()
    return table.to_batches()[0]


class _Units:
    """The columns of a run of units of a rulebook, made once: others are not looked at."""

    def __init__(self, book: Rulebook, language: str, run: range) -> None:
        roster = book.roster
        self.first = run.start
        self.ids = _texts(roster.ids, run)
        self.is_nameless = len(roster) == 1 and next(iter(roster)).is_nameless
        names = roster.names
        if isinstance(names, Mapped) and names.make == Text.of:
            # Texts without a language: nothing has to be made of them.
            self.names = self.ids if names.column is roster.ids else _texts(names.column, run)
        elif isinstance(names, Repeated | Coded):
            self.names = _words(mapped(lambda each: each.get(language), _cut(names, run)))
        else:
            self.names = _texts(Mapped(lambda each: each.get(language), names), run)
        if self.is_nameless:
            self.names = pa.array([book.title.get(language)], pa.string())
        self.kinds = _words(_cut(roster.kinds, run))
        self.zones = _words(mapped(lambda each: each or book.timezone, _cut(roster.timezones, run)))


class _Run(NamedTuple):
    """Some rows of a line with all of these units."""

    rows: range
    units: Numbers


def _of_line(line: Line, units: _Units, batch_rows: int, language: str) -> Iterator["pa.RecordBatch"]:
    facts = _facts(line, language)
    for run in _runs(line):
        yield from _of_run(run, facts, units, batch_rows)


def _runs(line: Line) -> Iterator[_Run]:
    """A line's shares, cut where a row has holes."""
    for units, start, stop in line.shares:
        first = start
        for row in sorted(row for row in line.holes if start <= row < stop):
            if first < row:
                yield _Run(range(first, row), units)
            holes = line.holes[row]
            yield _Run(range(row, row + 1), [unit for unit in units if unit not in holes])
            first = row + 1
        if first < stop:
            yield _Run(range(first, stop), units)


def _of_run(run: _Run, facts: "pa.RecordBatch", units: _Units, batch_rows: int) -> Iterator["pa.RecordBatch"]:
    """The run in batches: as many units at once as there is room for, and as many rows of those."""
    if not len(run.units):
        return
    at_once = min(len(run.units), batch_rows)
    rows_at_once = max(1, batch_rows // at_once)
    for first in range(run.rows.start, run.rows.stop, rows_at_once):
        rows = range(first, min(first + rows_at_once, run.rows.stop))
        repeated: tuple[int, dict[str, pa.Array]] = (0, {})
        for place in range(0, len(run.units), at_once):
            some = run.units[place : place + at_once]
            if repeated[0] != len(some):
                repeated = (len(some), _repeated(facts, rows, len(some)))
            columns = repeated[1] | _of_units(some, units, repeated[1]["tile"], len(rows))
            yield pa.RecordBatch.from_arrays([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _repeated(facts: "pa.RecordBatch", rows: range, count: int) -> dict[str, "pa.Array"]:
    """What is said of each of these rows, so many times; and ``tile``, which repeats the units for each row."""
    by_row, tile = _indexes(len(rows), count)
    some = facts.slice(rows.start, len(rows))
    return {"tile": tile} | {name: some.column(name).take(by_row) for name in facts.schema.names}


@lru_cache(maxsize=4)
def _indexes(rows: int, count: int) -> tuple["pa.Array", "pa.Array"]:
    """Numbers of rows, each so many times; and the numbers up to ``count``, once for each row."""
    by_row = b"".join(row.to_bytes(4, sys.byteorder) * count for row in range(rows))
    tile = array("i", range(count)).tobytes() * rows
    one, other = (
        pa.Array.from_buffers(pa.int32(), rows * count, [None, pa.py_buffer(each)]) for each in (by_row, tile)
    )
    return one, other


def _of_units(some: Numbers, units: _Units, tile: "pa.Array", rows: int) -> dict[str, "pa.Array"]:
    def chosen(column: "pa.Array") -> "pa.Array":
        if isinstance(some, range):
            return column.slice(some.start - units.first, len(some))
        return column.take(pc.subtract(pa.array(some, pa.int32()), units.first))

    def labelled(column: "pa.Array") -> "pa.Array":
        found = chosen(column)
        if pa.types.is_dictionary(column.type):
            return found if rows == 1 else found.take(tile)
        return pa.DictionaryArray.from_arrays(tile, found, safe=False)

    unit = labelled(units.ids)
    return {
        "unit": pa.nulls(len(tile), _WORD) if units.is_nameless else unit,
        "unit_name": unit if units.names is units.ids else labelled(units.names),
        "kind": labelled(units.kinds),
        "timezone": labelled(units.zones),
    }


def _facts(line: Line, language: str) -> "pa.RecordBatch":
    """What a line says of each of its rows, as a table with a row for each."""
    views = [Occurrence(line, row, 0) for row in range(line.rows)]
    book, obligation = line.rulebook, line.obligation
    ids = book.roster.ids
    together = " ".join(sorted(ids[unit] for unit in line.together)) or None
    columns: dict[str, pa.Array] = {
        "period_first": _days(line.period_first),
        "period_last": _days(line.period_last),
        "number": pa.array(line.numbers, pa.int32()),
        "opens": _days(line.opens),
        "nominal": _days(line.nominal),
        "due": _days(line.due),
        "closes": _days(line.closes),
        "provisional": pa.array(line.provisional, pa.bool_()),
    }
    words: dict[str, Callable[[Occurrence], str | None]] = {
        "rulebook": lambda _: book.id,
        "obligation": lambda _: obligation.id,
        "period": lambda view: view.period,
        "time": lambda view: view.time,
        "status": lambda view: view.status.value,
        "absorbed_by": lambda view: view.absorbed_by,
        "title": lambda view: view.title.get(language),
        "units": lambda _: together,
    }
    for name, word in words.items():
        columns[name] = _coded([word(view) for view in views])
    quota = quota_words(obligation.quota, language)
    columns["quota"] = _coded([quota] * line.rows)
    columns["source"] = _coded([source_words(each, language) if (each := view.source) else None for view in views])
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def _days(ordinals: Sequence[int]) -> "pa.Array":
    return pa.array([day - EPOCH if day else None for day in ordinals], pa.int32()).cast(_DAY)


def _coded(words: Sequence[str | None]) -> "pa.Array":
    return pa.array(words, pa.string()).dictionary_encode()


def _texts(texts: Sequence[str], run: range) -> "pa.Array":
    """A run of texts as an Arrow array: over the same buffers where they are held like that."""
    if isinstance(texts, Texts) and memoryview(texts.offsets).itemsize == 4:
        buffers = [None, pa.py_buffer(texts.offsets), pa.py_buffer(texts.data)]
        return pa.Array.from_buffers(pa.string(), len(texts), buffers).slice(run.start, len(run))
    parts = (texts[first : min(first + _AT_ONCE, run.stop)] for first in range(run.start, run.stop, _AT_ONCE))
    return pa.concat_arrays([pa.array([], pa.string()), *(pa.array(part, pa.string()) for part in parts)])


def _cut(column: Sequence[T], run: range) -> Sequence[T]:
    """A run of a column of few values."""
    match column:
        case Repeated():
            return Repeated(column.value, len(run))
        case Coded():
            return Coded(column.values, memoryview(column.codes)[run.start : run.stop])
        case _:
            return column[run.start : run.stop]


def _words(column: Sequence[str | None]) -> "pa.Array":
    """A column of few words as a dictionary array; one of texts as it is."""
    match column:
        case Repeated():
            return _coded([column.value]).take(pa.repeat(pa.scalar(0, pa.int32()), len(column)))
        case Coded():
            codes = memoryview(column.codes)
            kind = pa.uint8() if codes.itemsize == 1 else pa.uint32()
            return _coded(column.values).take(pa.Array.from_buffers(kind, len(codes), [None, pa.py_buffer(codes)]))
        case _:
            return pa.array(list(column), pa.string()).dictionary_encode()
