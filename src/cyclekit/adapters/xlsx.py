"""Occurrences as an Excel workbook (ISO/IEC 29500), through XlsxWriter: an extra.

Every text is written as a text, so that none becomes a formula or a link; dates are dates. The same schedule gives
the same bytes: the workbook says that it was made on 1 January 1980, the first day that a ZIP file can name.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable
from typing import Any

from cyclekit.errors import LimitError
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.words.display import columns
from cyclekit.words.occurrences import quota_words, source_words, unit_words

#: The columns of the CSV.
COLUMNS = (
    "key",
    "rulebook",
    "obligation",
    "unit",
    "period",
    "number",
    "opens",
    "nominal",
    "due",
    "time",
    "closes",
    "status",
    "provisional",
    "quota",
    "title",
    "source",
    "units",
    "unit_name",
)
#: A sheet has so many rows, its head included (Excel's own limit).
MOST_ROWS = 1_048_576
#: What a single sheet is called.
SHEET = "deadlines"
#: Columns are as wide as their texts in so many rows, up to so many letters.
LOOKED_AT, WIDEST = 1000, 60
#: A cell holds so many characters.
LONGEST = 32_767
#: Excel's calendar begins here, and takes 1900 for a leap year before March.
FIRST = dt.date(1900, 3, 1)
MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # XlsxWriter takes it as UTC

Cell = str | int | bool | dt.date | None


def workbook(
    schedule: Schedule, *, language: str = "en", sheets: Iterable[tuple[str, Schedule]] | None = None
) -> bytes:
    """A workbook: a head that stays in view, and a row for each occurrence; the columns of the CSV.

    One sheet, or several: ``sheets`` are parts of the schedule with what each sheet is called. Raises LimitError for
    more occurrences than a sheet has rows, and ModuleNotFoundError without XlsxWriter.
    """
    parts = [(SHEET, schedule)] if sheets is None else list(sheets)
    for _, part in parts:
        if len(part) >= MOST_ROWS:
            raise LimitError("{count} occurrences in a sheet", MOST_ROWS - 1, "--no-xlsx", count=f"{len(part):,}")
    import xlsxwriter  # noqa: PLC0415  # an extra

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    names: dict[str, None] = {}
    for name, part in parts or [(SHEET, schedule)]:
        _fill(book.add_worksheet(_sheet_name(name, names)), part, language, head, day)
    book.close()
    return data.getvalue()


def _fill(sheet: Any, schedule: Schedule, language: str, head: object, day: object) -> None:  # noqa: ANN401
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, head)
    wide = [len(name) for name in COLUMNS]
    row = 0
    for row, occurrence in enumerate(schedule, 1):
        for column, cell in enumerate(_cells(occurrence, language)):
            match cell:
                case None | "":
                    continue
                case bool():
                    sheet.write_boolean(row, column, cell)
                case int():
                    sheet.write_number(row, column, cell)
                case dt.date() if cell >= FIRST:
                    sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
                case _:
                    sheet.write_string(row, column, _fitting(str(cell)))
            if row <= LOOKED_AT:
                wide[column] = max(wide[column], columns(str(cell)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    for column, width in enumerate(wide):
        sheet.set_column(column, column, min(width + 2, WIDEST))


def _sheet_name(name: str, taken: dict[str, None]) -> str:
    """What a sheet may be called: 31 characters without some signs, and no two alike but for case."""
    plain = re.sub(r"[\[\]:*?/\\]", "-", name).strip("'")[:31] or SHEET
    found, number = plain, 1
    while found.lower() in taken or found.lower() == "history":
        number += 1
        suffix = f" {number}"
        found = plain[: 31 - len(suffix)] + suffix
    taken[found.lower()] = None
    return found


def _fitting(text: str) -> str:
    """A text as a cell can hold it: what is longer ends with an ellipsis. Only the units of a joint one can be."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _cells(occurrence: Occurrence, language: str) -> tuple[Cell, ...]:
    return (
        str(occurrence.key),
        occurrence.rulebook.id,
        occurrence.obligation.id,
        None if occurrence.unit.is_nameless else occurrence.unit.id,
        occurrence.period,
        occurrence.number,
        occurrence.opens,
        occurrence.nominal,
        occurrence.due,
        occurrence.time,
        occurrence.closes,
        occurrence.status.value,
        occurrence.provisional,
        quota_words(occurrence.quota, language),
        occurrence.title.get(language),
        source_words(occurrence.source, language) if occurrence.source else "",
        " ".join(sorted(each.id for each in occurrence.units)) if occurrence.is_joint else "",
        unit_words(occurrence.unit, language),
    )
