"""Tables of published dates: where they are kept, and their rows."""

import csv
import datetime as dt
from pathlib import Path

import attrs

from tests.repo.tree import REPO

#: Beside the repository and no part of it: tables of others may not be copied in here.
BESIDE = REPO.parent / "shared" / "truth"
#: How sure the source of a row is, where it is a published page or a project's own data.
PUBLISHED = ("stored-page/high", "stored-repo/high", "repo-data/high")


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
        """The date, where it is a single one."""
        return dt.date.fromisoformat(self.due)

    @property
    def dates(self) -> list[dt.date]:
        """The dates, where several stand in a row with blanks between; clock times are left out."""
        return [dt.date.fromisoformat(each[:10]) for each in self.due.split()]

    @property
    def is_certain(self) -> bool:
        """Whether a source that published it stands behind it, and not memory or derivation."""
        return self.confidence in PUBLISHED


def rows_of(path: Path) -> list[Row]:
    """The rows of a table. Raises OSError where it is not there, TypeError where it has other columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def tables_in(folder: Path) -> dict[str, list[Row]]:
    """Every table of a folder by its name, in order; nothing where the folder is not there."""
    return {path.stem: rows_of(path) for path in sorted(folder.glob("*.csv"))}
