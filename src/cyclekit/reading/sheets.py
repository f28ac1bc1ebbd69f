"""A sheet of units (CSV) to the nodes that a list of units in YAML would have, each with its row and column.

So what a cell may hold, and what units have to do with each other, is checked in one place for both. A sheet has a
row of column names, and a row for each unit; a cell stands on one line. Blanks around a cell do not count, an
empty cell is a field left out, and where a field takes several values they are separated by semicolons.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.characters import PLACEHOLDER, invisible_in, shown_char
from cyclekit.reading.compose import without_refused
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.scalars import near
from cyclekit.reading.source import Source

#: Columns that hold several values in a cell.
SEVERAL = frozenset({"tags", "active"})
SEPARATOR = re.compile("[;；、]")
COMMA = re.compile("[,，]")
_QUOTED = re.compile('"(?:[^"]|"")*"(?=,|$)')
#: What people call the column of ids.
IDS = {"编号": "id", "单位编号": "id", "代码": "id", "单位代码": "id", "code": "id", "unit": "id", "unit_id": "id"}


class _Cell(NamedTuple):
    """A cell's text without the blanks around it, and the column of the line, from 1, in which it begins."""

    text: str
    column: int


class _Column(NamedTuple):
    """A column: the field or attribute it holds, the language of a name, and its name as a node."""

    field: str
    language: str
    key: Scalar


def read_sheet(source: Source, limits: Limits = Limits()) -> tuple[Node | None, list[Diagnostic]]:
    r"""The list of units of a sheet, and everything that is wrong with its characters, columns and rows.

    None where the columns cannot be made out. A row that cannot be read is told and left out.

    >>> read_sheet(Source("a.csv", "id,kind\nhq,head\n"))
    (Listing([Mapping([(Scalar('id', 1:1), Scalar('hq', 2:1)), (Scalar('kind', 1:4), Scalar('head', 2:4))])]), [])
    """
    problems, text = without_refused(source)
    sheet = _Sheet(source.name, limits, problems)
    lines = [(number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), 1)]
    written = [(number, line) for number, line in lines if line.strip(" \t,")]
    if not written:
        sheet.report("empty", "sheet-empty", 1, 1)
        return None, problems
    spoilt = any(problem.is_error for problem in problems)
    columns = sheet.columns(*written[0])
    if columns is None:
        return None, problems
    rows = written[1:]
    if not rows and not spoilt:
        sheet.report("empty", "sheet-without-rows", written[0][0], 1)
        return None, problems
    if len(rows) > limits.inline_units:
        values = {"what": "units", "limit": f"{limits.inline_units:,}", "setting": "inline_units"}
        sheet.report("limit", "limit", rows[limits.inline_units][0], 1, **values)
        return None, problems
    units: list[Node] = [unit for number, line in rows if (unit := sheet.unit(columns, number, line)) is not None]
    return Listing(units, rows[0][0], 1, flow=False) if units else None, problems


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, name: str, limits: Limits, problems: list[Diagnostic]) -> None:
        self._name = name
        self._limits = limits
        self._problems = problems

    def report(self, code: str, message: str, line: int, column: int, **values: str) -> None:
        """Note a diagnostic. Values without a text are left out."""
        known = {key: value for key, value in values.items() if value}
        self._problems.append(Diagnostic(code, message, Place(self._name, line, column), known))

    def columns(self, number: int, line: str) -> list[_Column] | None:
        """The columns by their names; None where one is wrong or ``id`` is missing."""
        cells = self._cells(number, line)
        if cells is None:
            return None
        if len(cells) == 1 and (mark := re.search("[;\t，；]", line)):
            values = {"char": "TAB" if mark[0] == "\t" else mark[0]}
            self.report("syntax", "sheet-separator", number, mark.start() + 1, **values)
            return None
        found: list[_Column] = []
        sound = True
        for text, column in cells:
            field, colon, language = text.partition(":")
            named = colon and field == "name"
            key = self._scalar(text, number, column)
            found.append(_Column("name" if named else text, language if named else "", key))
            sound = self._is_column(found) and sound
        if sound and not any(each.field == "id" for each in found):
            if any(each.key.faulty for each in found):
                return None  # the one that cannot be read may be it
            texts = [each.field for each in found]
            meant = next((text for text in texts if IDS.get(text.lower()) or near(text, ["id"])), "")
            self.report("missing-key", "sheet-without-ids", number, 1, suggestion=meant)
            return None
        return found if sound else None

    def _is_column(self, columns: list[_Column]) -> bool:
        """Whether the last of these columns may stand beside the others; reports it where not."""
        *others, (field, language, key) = columns
        if (hidden := invisible_in(key.text)) is not None:
            char = shown_char(key.text[hidden])
            self.report("invisible-char", "invisible-char", key.line, key.column + hidden, char=char)
            return False
        if field == "children":
            self.report("unknown-key", "sheet-children", key.line, key.column)
            return False
        for other in others:
            if field and _same(other.key.text) == _same(key.text):
                self.report("duplicate-key", "duplicate-key", key.line, key.column, key=key.text)
                return False
            if field == other.field == "name" and bool(language) != bool(other.language):
                values = {"first": other.key.text, "second": key.text}
                self.report("conflict", "conflict", key.line, key.column, **values)
                return False
        return True

    def _cells(self, number: int, line: str) -> list[_Cell] | None:
        """The cells of a line; None where its quotes do not fit, which is reported."""
        try:
            texts = next(csv.reader([line], strict=True, skipinitialspace=True))
        except csv.Error:
            if '"' in line:
                *_, last = _beginnings(line)
                self.report("syntax", "sheet-quotes", number, last - 1)
            else:
                # The one other thing it minds is a cell of more than 128 KiB.
                values = {"limit": str(self._limits.text), "setting": "text", "found": str(len(line))}
                self.report("limit", "limit-text", number, 1, **values)
            return None
        return [
            _Cell(text.strip(" \t"), column + len(text) - len(text.lstrip(" \t")))
            for text, column in zip(texts, _beginnings(line), strict=True)
        ]

    def unit(self, columns: list[_Column], number: int, line: str) -> Mapping | None:
        """The unit of a row; None where the row has other cells than there are columns, which is reported."""
        cells = self._cells(number, line)
        if cells is None or not self._fits(columns, cells, number, line):
            return None
        entries: list[tuple[Scalar, Node]] = []
        names: list[tuple[Scalar, Node]] = []
        for column, cell in zip(columns, cells, strict=False):
            if not cell.text:
                continue
            if column.language:
                names.append((_language(column), self._scalar(cell.text, number, cell.column)))
            elif column.field in SEVERAL:
                entries.append((column.key, self._several(cell, number)))
            else:
                entries.append((column.key, self._scalar(cell.text, number, cell.column)))
        if names:
            first = next(each.key for each in columns if each.language)
            key = Scalar("name", first.line, first.column, first.width, plain=True)
            entries.append((key, Mapping(names, names[0][1].line, names[0][1].column, flow=False)))
        return Mapping(entries, number, cells[0].column, flow=False)

    def _fits(self, columns: list[_Column], cells: list[_Cell], number: int, line: str) -> bool:
        count = {"found": str(len(cells)), "limit": str(len(columns))}
        beyond = next((cell for cell in cells[len(columns) :] if cell.text), None)
        if len(cells) < len(columns):
            self.report("syntax", "sheet-short-row", number, len(line) + 1, **count)
        elif beyond is not None:
            self.report("syntax", "sheet-long-row", number, beyond.column, **count)
        else:
            nameless = next(
                (cell for column, cell in zip(columns, cells, strict=False) if cell.text and not column.field), None
            )
            if nameless is None:
                return True
            self.report("syntax", "sheet-nameless", number, nameless.column, text=nameless.text)
        return False

    def _several(self, cell: _Cell, number: int) -> Node:
        """The values of a cell, each with its place. A comma would be a part of a value, and is never meant to be."""
        comma = COMMA.search(cell.text)
        if comma is not None:
            meant = ";".join(part.strip() for part in COMMA.split(cell.text))
            self.report("bad-value", "sheet-commas", number, cell.column + comma.start(), suggestion=meant)
            faulty = self._scalar(cell.text, number, cell.column)
            faulty.faulty = True
            return faulty
        found: list[Node] = []
        at = 0
        for part in SEPARATOR.split(cell.text):
            blanks = len(part) - len(part.lstrip())
            found.append(self._scalar(part.strip(), number, cell.column + at + blanks))
            at += len(part) + 1
        return Listing(found, number, cell.column, flow=True)

    def _scalar(self, text: str, number: int, column: int) -> Scalar:
        faulty = PLACEHOLDER in text
        node = Scalar(text.replace(PLACEHOLDER, ""), number, column, len(text), plain=not faulty)
        node.faulty = faulty
        if len(text) > self._limits.text:
            values = {"limit": str(self._limits.text), "setting": "text", "found": str(len(text))}
            self.report("limit", "limit-text", number, column, **values)
            node.faulty = True
        return node


def _beginnings(line: str) -> Iterator[int]:
    """The column, from 1, in which the text of each cell of a line begins, behind its blanks and its quote.

    A cell whose quote is not closed, or closed before its end, is the last one.
    """
    at = 0
    while True:
        while line[at : at + 1] == " ":
            at += 1
        opens = line[at : at + 1] == '"'
        quoted = _QUOTED.match(line, at) if opens else None
        yield at + 1 + opens
        at = quoted.end() if quoted else line.find(",", at) if not opens else -1
        if not 0 <= at < len(line):
            return
        at += 1


def _language(column: _Column) -> Scalar:
    """The key of a name in a language: the part of the column's name behind ``name:``."""
    key = column.key
    return Scalar(column.language, key.line, key.column + len("name:"), len(column.language), plain=True)


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name)
