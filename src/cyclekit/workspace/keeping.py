"""Tables of units that were read before, for who reads rule files again and again."""

import hashlib
from pathlib import Path

from cyclekit.model.unit_table import Refusal, UnitTable


class KeptTables:
    """Reads tables of units, and keeps each for as long as its file says the same.

    A million units take seconds to read, and their columns are most of what a server holds: rules that change while
    their units do not share them with the rules before. What a file says is told by its SHA-256, as no clock is fine
    enough to tell two writings apart.
    """

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[bytes, UnitTable]] = {}
        self._read: dict[Path, tuple[bytes, UnitTable]] = {}

    def read(self, path: Path) -> UnitTable | Refusal:
        """The table in a file; a refusal where there is none. Raises OSError where it cannot be opened."""
        digest = _digest(path)
        kept = self._read.get(path) or self._kept.get(path)
        if kept is None or kept[0] != digest:
            from cyclekit.sources import unit_files  # noqa: PLC0415  # what reads these files is slow to load

            found = unit_files.read(path)
            # A file that was written meanwhile may be neither what it was nor what it is now.
            if isinstance(found, Refusal) or _digest(path) != digest:
                return found
            kept = digest, found
        self._read[path] = kept
        return kept[1]

    def forget_others(self) -> None:
        """Keep those that were read since this was called last, and no others: rules in force need no more."""
        self._kept, self._read = self._read, {}


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
