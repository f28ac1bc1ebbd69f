"""Units from files that are no text: Parquet (through pyarrow) and Excel workbooks (through openpyxl), both extras."""

import zipfile
from itertools import islice
from pathlib import Path

from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.sources.growing import GrowingTable

_AT_ONCE = 10_000


def read(path: Path) -> UnitTable | Refusal:
    """The table in a file, by its ending; a refusal where it cannot be read, or what reads it is not installed.

    Rows of a workbook are those of its first sheet, the first of which has the names of columns; those of a Parquet
    file count from 1. Raises OSError where the file cannot be opened.
    """
    package, extra = ("openpyxl", "sheets") if path.suffix == ".xlsx" else ("pyarrow", "arrow")
    try:
        if path.suffix == ".xlsx":
            return _of_workbook(path)
        from cyclekit.sources import parquet  # noqa: PLC0415  # pyarrow is an extra

        return parquet.read(path)
    except ModuleNotFoundError:
        return Refusal("missing-file", "needs-package", {"package": package, "extra": extra})


def _of_workbook(path: Path) -> UnitTable | Refusal:
    import openpyxl  # noqa: PLC0415  # an extra
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as fault:
        return Refusal("encoding", "table-unreadable", {"name": path.name, "reason": str(fault)})
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = ["" if each is None else str(each).strip() for each in next(rows, ())]
        while names and not names[-1]:
            names.pop()
        table = GrowingTable(str(path), len(names))
        first = 2
        while some := list(islice(rows, _AT_ONCE)):
            table.add(some, range(first, first + len(some)))
            first += len(some)
            if table.refusal is not None:
                return table.refusal
    finally:
        book.close()
    return UnitTable(str(path), names, [each.column() for each in table.columns], table.rows)
