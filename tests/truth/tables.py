"""Tables of published dates: where they are kept, and their rows."""

import csv
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import attrs

from tests.repo.tree import REPO

#: Beside the repository and no part of it: tables of others may not be copied in here.
BESIDE = REPO.parent / "shared" / "truth"
#: How sure the source of a row is, where it is a published page or a project's own data.
PUBLISHED = ("stored-page/high", "stored-repo/high", "repo-data/high")


Meant = TypeVar("Meant")


class UnreadableRowError(Exception):
    """A row says something that nobody has said before: what it means has to be written down first."""


@attrs.frozen
class Row:
    """One published date: of which set, about what, for which period, due when."""

    set: str
    obligation: str
    period: str
    due: str
    note: str
    source: str
    confidence: str

    @property
    def date(self) -> dt.date:
        """The date, where it is a single one. Raises UnreadableRowError where it is none."""
        return day(self.due)

    @property
    def dates(self) -> list[dt.date]:
        """The dates, where several stand in a row with blanks between; clock times are left out."""
        return [day(each[:10]) for each in self.due.split()]

    @property
    def is_certain(self) -> bool:
        """Whether a source that published it stands behind it, and not memory or derivation."""
        return self.confidence in PUBLISHED


def day(text: str) -> dt.date:
    """A day as tables write it. Raises UnreadableRowError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise UnreadableRowError(f"{text!r} is no day") from fault


def parts(pattern: str, text: str) -> re.Match[str]:
    """What a pattern finds in a text, which it has to fit from its beginning. Raises UnreadableRowError."""
    found = re.match(pattern, text)
    if found is None:
        raise UnreadableRowError(f"not understood: {text[:100]!r}")
    return found


def meant(words: Mapping[str, Meant], text: str) -> Meant:
    """What a table's word means here. Raises UnreadableRowError for one that nothing stands for."""
    if text not in words:
        raise UnreadableRowError(f"not understood: {text!r}")
    return words[text]


def rows_of(path: Path) -> list[Row]:
    """The rows of a table. Raises OSError where it is not there, TypeError where it has other columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def tables_in(folder: Path) -> dict[str, list[Row]]:
    """Every table of a folder by its name, in order; nothing where the folder is not there."""
    return {path.stem: rows_of(path) for path in sorted(folder.glob("*.csv"))}
