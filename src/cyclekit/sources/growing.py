"""Columns of texts while they grow: few different ones by their number, many one after the other."""

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from decimal import Decimal

from cyclekit.model.compact import Coded, Texts
from cyclekit.model.unit_table import Refusal

#: With more different texts than this they are kept one after the other.
MOST_DIFFERENT = 50_000


class UnfitError(Exception):
    """A value that is no text and has no plain one; ``found`` names its type."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


def as_text(value: object) -> str:
    """What a value of a table says, without blanks around it; empty for none. Several have semicolons between.

    Raises UnfitError for a value that is neither text, number, truth value, day nor a list of such.

    >>> as_text(["coast", "port"]), as_text(340826.0), as_text(None)
    ('coast;port', '340826', '')
    """
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float() | Decimal():
            return str(value)
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return ";".join(map(as_text, value))
        case _:
            raise UnfitError(type(value).__name__)


class GrowingColumn:
    """A column to which texts are added."""

    def __init__(self) -> None:
        self._codes = array("I")
        self._different: dict[str, int] = {}
        self._data: bytearray | None = None
        self._offsets = array("q", [0])

    def add(self, texts: Iterable[str]) -> None:
        """Add some texts at the end."""
        if self._data is None:
            codes, different = self._codes, self._different
            for text in texts:
                codes.append(different.setdefault(text, len(different)))
            if len(different) > MOST_DIFFERENT:
                known = list(different)
                self._data = bytearray()
                self._append(map(known.__getitem__, codes))
                self._codes, self._different = array("I"), {}
        else:
            self._append(texts)

    def _append(self, texts: Iterable[str]) -> None:
        data = bytearray() if self._data is None else self._data
        for text in texts:
            data += text.encode(errors="surrogatepass")
            self._offsets.append(len(data))

    def column(self) -> Sequence[str]:
        """The column as it is now."""
        if self._data is None:
            return Coded(self._different, self._codes)
        if len(self._data) < 1 << 31:
            # Offsets of four bytes, as Arrow has them: columns are then handed over as they are.
            return Texts(bytes(self._data), array("i", self._offsets))
        return Texts(bytes(self._data), self._offsets)


class GrowingTable:
    """Columns that grow together; the first value that has no text is remembered with its row and column."""

    def __init__(self, name: str, columns: int) -> None:
        self.name = name
        self.columns = [GrowingColumn() for _ in range(columns)]
        self.rows = array("I")
        self.refusal: Refusal | None = None

    def add(self, rows: Sequence[Sequence[object]], numbers: Iterable[int]) -> None:
        """Add some rows with their numbers in the table. Rows without any text are passed over."""
        kept: list[list[str]] = []
        for number, row in zip(numbers, rows, strict=True):
            texts: list[str] = []
            for place, value in enumerate(row):
                try:
                    texts.append(as_text(value))
                except UnfitError as fault:
                    values = {"found": fault.found}
                    self.refusal = Refusal("bad-value", "table-value", values, self.name, number, place + 1)
                    return
            if any(texts):
                kept.append(texts)
                self.rows.append(number)
        for column, several in zip(self.columns, zip(*kept, strict=True), strict=False):
            column.add(several)
