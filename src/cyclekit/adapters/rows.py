"""Rows of an answer: as a table to read, as CSV, and as JSON lines."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from cyclekit.words.display import columns as width
from cyclekit.words.display import visible

Rows = Iterable[Sequence[object]]
#: So many rows are looked at for the widths of columns; a wider cell below them stands out.
_LOOKED_AT = 1000
#: Full-width signs too: spreadsheets in Chinese and Japanese take them for the narrow ones.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def table_lines(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Columns beside each other, numbers to the right, below the names of columns."""
    every = iter(rows)
    some = list(islice(every, _LOOKED_AT))
    texts = [[_text(each) for each in row] for row in some]
    wide = [max([width(name), *(width(row[place]) for row in texts)]) for place, name in enumerate(names)]
    right = [
        any(isinstance(row[place], int | float | Decimal) and not isinstance(row[place], bool) for row in some)
        for place in range(len(names))
    ]
    yield _line(list(map(visible, names)), wide, right)
    yield "  ".join("-" * each for each in wide) + "\n"
    for row in texts:
        yield _line(row, wide, right)
    for each in every:
        yield _line([_text(cell) for cell in each], wide, right)


def _line(cells: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        " " * (most - width(cell)) + cell if to_right else cell + " " * (most - width(cell))
        for cell, most, to_right in zip(cells, wide, right, strict=True)
    ]
    return "  ".join(padded).rstrip() + "\n"


def _text(value: object) -> str:
    return "" if value is None else visible(str(value))


def csv_lines(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """A head with the names of columns, then a line for each row (RFC 4180); nothing for null."""
    for row in chain([names], rows):
        text = io.StringIO(newline="")
        csv.writer(text).writerow(map(_cell, row))
        yield text.getvalue()


def _cell(value: object) -> object:
    """A cell; an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def json_lines(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """An object for each row, a line each; what JSON has no form for is its text."""
    for row in rows:
        yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n"
