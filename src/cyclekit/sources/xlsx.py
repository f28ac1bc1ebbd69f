"""The cells of a workbook (Office Open XML, ECMA-376): the first sheet, texts and dates, and nothing that computes.

A workbook is a zip file of XML. The standard library reads both; its XML parser is refused anything with a document
type, since that alone can make a small file large, and a part may not be larger than a limit once unpacked.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from cyclekit.sources.dated_rows import Cell

#: At most so many bytes of a part, unpacked.
MOST_BYTES = 64 * 2**20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PART = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Formats of dates that need no definition (ECMA-376 part 1, 18.8.30), with those of Chinese and Japanese offices.
_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_COLUMN = re.compile("([A-Z]+)[0-9]*")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


def read_xlsx(data: bytes) -> list[list[Cell]]:
    """The rows of a workbook's first sheet: texts as they are, dates where a cell is formatted as one.

    Raises ValueError where it is no workbook, holds no sheet, or a part of it is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            workbook = _xml(parts, "xl/workbook.xml")
            texts = [_text(each) for each in _optional(parts, "xl/sharedStrings.xml", "si")]
            dated = _date_styles(parts)
            epoch = _epoch(workbook)
            sheet = _xml(parts, _first_sheet(parts, workbook))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError, IndexError) as fault:
        raise ValueError("no workbook that can be read (.xlsx)") from fault
    return [row for _, row in _rows(sheet, texts, dated, epoch)]


def _xml(parts: zipfile.ZipFile, name: str) -> ET.Element:
    info = parts.getinfo(name)
    if info.file_size > MOST_BYTES:
        raise ValueError(f"{name} has {info.file_size:,} bytes; at most {MOST_BYTES:,} are read")
    with parts.open(info) as file:
        data = file.read(MOST_BYTES + 1)
    if b"<!DOCTYPE" in data or len(data) > MOST_BYTES:
        raise ValueError(f"{name} is not as a spreadsheet writes it")
    return ET.fromstring(data)  # noqa: S314  # without a document type there is nothing to expand


def _optional(parts: zipfile.ZipFile, name: str, tag: str) -> list[ET.Element]:
    return _xml(parts, name).findall(f"{_MAIN}{tag}") if name in parts.namelist() else []


def _text(element: ET.Element) -> str:
    """The text of a string, without the readings that East Asian programs store beside it."""
    runs = [element.findall(f"{_MAIN}t"), element.findall(f"{_MAIN}r/{_MAIN}t")]
    return "".join(each.text or "" for several in runs for each in several)


def _epoch(workbook: ET.Element) -> dt.date:
    settings = workbook.find(f"{_MAIN}workbookPr")
    old = settings is not None and settings.get("date1904") in ("1", "true")
    # Day 60 of the usual count is 29 February 1900, which never was: later days are counted from a day earlier.
    return dt.date(1904, 1, 1) if old else dt.date(1899, 12, 30)


def _first_sheet(parts: zipfile.ZipFile, workbook: ET.Element) -> str:
    sheet = workbook.findall(f"{_MAIN}sheets/{_MAIN}sheet")[0]
    links = _xml(parts, "xl/_rels/workbook.xml.rels").findall(_PART)
    target = next(each.get("Target", "") for each in links if each.get("Id") == sheet.get(_LINK))
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _date_styles(parts: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a date."""
    if "xl/styles.xml" not in parts.namelist():
        return frozenset()
    styles = _xml(parts, "xl/styles.xml")
    own = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "")
        for each in styles.findall(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    formats = [int(each.get("numFmtId", "0")) for each in styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return frozenset(at for at, each in enumerate(formats) if (_is_date(own[each]) if each in own else each in _DATES))


def _is_date(code: str) -> bool:
    return re.search("[yYdD年日]", _LITERAL.sub("", code)) is not None or "年" in code


def _rows(
    sheet: ET.Element, texts: list[str], dated: frozenset[int], epoch: dt.date
) -> Iterator[tuple[int, list[Cell]]]:
    reached = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number = int(row.get("r", reached + 1))
        # Rows that were left out are empty, so that a place is the row which the author sees.
        yield from ((each, []) for each in range(reached + 1, min(number, reached + 1000)))
        cells: dict[int, Cell] = {}
        for cell in row.findall(f"{_MAIN}c"):
            column = _column(cell.get("r", ""), len(cells))
            cells[column] = _cell(cell, texts, dated, epoch)
        yield number, _filled(cells)
        reached = number


def _filled(cells: Mapping[int, Cell]) -> list[Cell]:
    return [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _column(reference: str, otherwise: int) -> int:
    match = _COLUMN.match(reference)
    if match is None or len(match[1]) > 3:
        return otherwise
    number = 0
    for letter in match[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _cell(cell: ET.Element, texts: list[str], dated: frozenset[int], epoch: dt.date) -> Cell:
    value = cell.findtext(f"{_MAIN}v") or ""
    match cell.get("t", "n"):
        case "s":
            return texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
        case "inlineStr":
            inside = cell.find(f"{_MAIN}is")
            return _text(inside) if inside is not None else ""
        case "d":
            return value
        case "n" if value and int(cell.get("s", "0")) in dated:
            try:
                return epoch + dt.timedelta(days=int(float(value)))
            except (ValueError, OverflowError):
                return value
        case _:
            return value
