"""Columns as Parquet and as CSV, batch by batch: what is in memory does not grow with the number of rows."""

from collections.abc import Callable, Iterator
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from cyclekit.adapters.arrow.batches import SCHEMA, reader
from cyclekit.model.schedule import Schedule

#: At most so many rows in a row group; an obligation that fills a batch begins a new one.
GROUP_ROWS = 1_048_576
BATCH_ROWS = 131_072
#: Told after each batch how many rows have been written.
Told = Callable[[int], None]

#: Nearly every row has another one, so a dictionary would say everything twice, and take four times as long.
_OF_UNITS = ("unit", "unit_name")
#: Full-width signs too: spreadsheets in Chinese and Japanese take them for the narrow ones.
_FORMULA = "^[=+\\-@\t\r\n＝＋－＠]"
_BOM = "\ufeff".encode()


def untold(rows: int) -> None:
    """Tell nobody."""


def parquet(
    schedule: Schedule, sink: IO[bytes], *, language: str = "en", compression: str = "zstd", told: Told = untold
) -> None:
    """Write a schedule as a Parquet file: row groups by obligation, with the least and greatest of each column.

    Small obligations share a row group. A reader that asks for some days skips the row groups of others.
    """
    with writer(sink, compression) as out:
        for group in groups(schedule, language):
            out.write_table(group, row_group_size=GROUP_ROWS)
            told(group.num_rows)


def writer(sink: IO[bytes], compression: str) -> "pq.ParquetWriter":
    """What writes the columns of a schedule to a Parquet file."""
    words = [field.name for field in SCHEMA if field.name not in _OF_UNITS]
    return pq.ParquetWriter(sink, SCHEMA, compression=compression, use_dictionary=words, write_statistics=True)


def groups(schedule: Schedule, language: str) -> Iterator["pa.Table"]:
    """Batches put together by obligation, as far as a row group reaches."""
    pending: list[pa.RecordBatch] = []
    rows, before = 0, ("", "")
    for batch in reader(schedule, batch_rows=BATCH_ROWS, language=language):
        here = _obligation(batch, 0)
        if pending and (here != before or rows + batch.num_rows > GROUP_ROWS):
            yield pa.Table.from_batches(pending, SCHEMA)
            pending, rows = [], 0
        pending.append(batch)
        rows += batch.num_rows
        before = _obligation(batch, batch.num_rows - 1)
    if pending:
        yield pa.Table.from_batches(pending, SCHEMA)


def _obligation(batch: "pa.RecordBatch", row: int) -> tuple[str, str]:
    return batch.column("rulebook")[row].as_py(), batch.column("obligation")[row].as_py()


def csv(schedule: Schedule, sink: IO[bytes], *, language: str = "en", bom: bool = True, told: Told = untold) -> None:
    """Write a schedule as CSV in UTF-8: a head with the names of columns, then a line for each occurrence.

    It begins with a BOM, without which Excel on a Chinese Windows reads UTF-8 as GBK. A text that a spreadsheet would
    take for a formula gets an apostrophe before it, as OWASP advises against formula injection.
    """
    if bom:
        sink.write(_BOM)
    options = pv.WriteOptions(quoting_style="needed")
    names = ("key", *SCHEMA.names)
    sink.write((",".join(names) + "\n").encode())
    headless = pv.WriteOptions(include_header=False, quoting_style=options.quoting_style)
    for batch in reader(schedule, batch_rows=BATCH_ROWS, language=language):
        columns = [_keys(batch), *map(_plain, batch.columns)]
        pv.write_csv(pa.RecordBatch.from_arrays(columns, names=list(names)), sink, headless)
        told(batch.num_rows)


def _keys(batch: "pa.RecordBatch") -> "pa.Array":
    """The keys of occurrences as text."""
    parts = [batch.column(name).dictionary_decode() for name in ("rulebook", "obligation", "unit", "period")]
    parts[2] = pc.fill_null(parts[2], "_")
    number = batch.column("number")
    first = pc.equal(number, 1)
    suffix = pc.if_else(first, "", pc.binary_join_element_wise("#", number.cast(pa.string()), ""))
    return pc.binary_join_element_wise(pc.binary_join_element_wise(*parts, "/"), suffix, "")


def _plain(column: "pa.Array") -> "pa.Array":
    """A column as text, where it is text: guarded against formulas, each different text once."""
    if not pa.types.is_dictionary(column.type):
        return column
    words = column.dictionary
    guarded = pc.replace_substring_regex(words, _FORMULA, "'\\0")
    return pa.DictionaryArray.from_arrays(column.indices, guarded).dictionary_decode()
