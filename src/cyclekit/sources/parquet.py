"""Units from a Parquet file, through pyarrow: an extra."""

from array import array
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cyclekit.model.compact import Coded, Texts
from cyclekit.model.numbers import Numbers
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.sources.growing import MOST_DIFFERENT

_AT_ONCE = 65_536


def read(path: Path) -> UnitTable | Refusal:
    """The table in a Parquet file; its rows count from 1. A refusal where it cannot be read.

    It is read column by column and part by part, so that no more of it is in memory than what a roster keeps.
    """
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as fault:
        return _unreadable(path, fault)
    with file:
        names = file.schema_arrow.names
        columns: list[Sequence[str]] = []
        for place, field in enumerate(file.schema_arrow):
            if not _has_texts(field.type):
                return Refusal("bad-value", "table-value", {"found": str(field.type)}, str(path), 1, place + 1)
            column = _Column()
            try:
                for batch in file.iter_batches(_AT_ONCE, columns=[field.name], use_threads=False):
                    column.add(batch.column(0))
            except pa.ArrowInvalid as fault:
                # Texts that are none in UTF-8, which nobody looks at before.
                return _unreadable(path, fault)
            columns.append(column.column())
    order, distinct = _order(columns[names.index("id")]) if "id" in names else (None, False)
    rows = range(1, file.metadata.num_rows + 1)
    # What it took to read is given back: a server holds its units for months.
    pa.default_memory_pool().release_unused()
    return UnitTable(str(path), names, columns, rows, order, distinct)


def _unreadable(path: Path, fault: "pa.ArrowInvalid") -> Refusal:
    return Refusal("encoding", "table-unreadable", {"name": path.name, "reason": str(fault).splitlines()[0]})


def _has_texts(kind: "pa.DataType") -> bool:
    """Whether values of a type have a plain text: what ``as_text`` takes."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _has_texts(kind.value_type)
    if pa.types.is_dictionary(kind):
        return _has_texts(kind.value_type)
    tests = ("string", "large_string", "integer", "boolean", "date", "decimal", "null", "floating")
    return any(getattr(pa.types, f"is_{test}")(kind) for test in tests)


def _texts(values: "pa.Array") -> "pa.Array":
    """Values as texts without blanks around them, empty for null."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        values = pc.binary_join(values.cast(pa.list_(pa.string())), ";")
    if pa.types.is_floating(values.type) and pc.all(pc.equal(values, pc.round(values))).as_py():
        values = values.cast(pa.int64())
    return pc.utf8_trim_whitespace(pc.fill_null(values.cast(pa.string()), ""))


class _Column:
    """A column while it grows: texts by number while few are different, else one after the other."""

    def __init__(self) -> None:
        self._different: dict[str, int] = {}
        self._codes = array("I")
        self._data = bytearray()
        self._offsets = array("i", [0])
        self._is_coded = True

    def add(self, values: "pa.Array") -> None:
        """Add some values at the end."""
        texts = _texts(values)
        if self._is_coded:
            coded = texts.dictionary_encode()
            known = self._different
            own = [known.setdefault(text, len(known)) for text in coded.dictionary.to_pylist()]
            codes = pa.array(own, pa.uint32()).take(coded.indices)
            self._codes.frombytes(_bytes(codes))
            if len(known) > MOST_DIFFERENT:
                self._is_coded = False
                whole = pa.array(list(known), pa.string())
                for first in range(0, len(self._codes), _AT_ONCE):
                    self._append(whole.take(pa.array(self._codes[first : first + _AT_ONCE], pa.uint32())))
                self._codes, self._different = array("I"), {}
        else:
            self._append(texts)

    def _append(self, texts: "pa.Array") -> None:
        _, offsets, data = texts.buffers()
        places = pa.Array.from_buffers(pa.int32(), len(texts) + 1, [None, offsets], offset=texts.offset)
        first, last = places[0].as_py(), places[-1].as_py()
        moved = pc.add(places.slice(1), len(self._data) - first).cast(pa.int32())
        self._offsets.frombytes(_bytes(moved))
        if last > first:
            self._data += memoryview(data)[first:last]

    def column(self) -> Sequence[str]:
        """The column as it is now."""
        if not self._is_coded:
            return Texts(memoryview(self._data), self._offsets)
        if len(self._different) <= 256:
            return Coded(self._different, bytes(iter(self._codes)))
        return Coded(self._different, self._codes)


def _order(ids: Sequence[str]) -> tuple[Numbers | None, bool]:
    """The numbers of many ids as they sort, and whether no two are equal; None leaves it to who needs it."""
    if not isinstance(ids, Texts):
        return None, False
    texts = pa.Array.from_buffers(pa.string(), len(ids), [None, pa.py_buffer(ids.offsets), pa.py_buffer(ids.data)])
    if _ascend(texts):
        return range(len(ids)), True
    places = pc.array_sort_indices(texts).cast(pa.uint32())
    order = array("I")
    order.frombytes(_bytes(places))
    return order, _ascend(texts.take(places))


def _ascend(texts: "pa.Array") -> bool:
    """Whether each text comes after the one before it, and is none of those."""
    found: bool = pc.all(pc.less(texts.slice(0, len(texts) - 1), texts.slice(1))).as_py()
    return found


def _bytes(numbers: "pa.Array") -> memoryview:
    """The memory of numbers of four bytes, without what Arrow pads it with."""
    return memoryview(numbers.buffers()[1])[numbers.offset * 4 : (numbers.offset + len(numbers)) * 4]
