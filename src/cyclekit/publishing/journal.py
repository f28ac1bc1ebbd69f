"""The names of what a publication makes, each written down before it is made: so that the next one can clean up."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from cyclekit.publishing import disk
from cyclekit.publishing.manifest import is_inside

NAME = ".journal"


@attrs.frozen
class Left:
    """What an unfinished publication may have made: its generation, and the names in it, in order."""

    generation: int
    names: tuple[str, ...]


class Journal:
    """The journal of one publication, while it is being made. Raises OSError where it cannot be written."""

    def __init__(self, folder: Path, generation: int) -> None:
        self.path = folder / NAME
        self._file = disk.begin_file(self.path)
        disk.write(self._file, f"{generation}\n".encode())

    def note(self, name: str) -> None:
        """Write a name down."""
        disk.write(self._file, f"{name}\n".encode())

    def close(self) -> None:
        """Have it kept, and close it; it stays until all is done."""
        if self._file >= 0:
            file, self._file = self._file, -1
            disk.finish_file(file)


def left_by_another(folder: Path) -> Left | None:
    """What an unfinished publication has written down; None where there was none, or it had made nothing yet.

    A line that is not whole was being written when it ended: what it would have named was never made.
    """
    try:
        lines = (folder / NAME).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return None
    if not lines:
        return None
    generation, *names = (line.decode("utf-8", "surrogateescape") for line in lines)
    if not generation.isdecimal():
        return None
    return Left(int(generation), tuple(name for name in names if is_inside(name)))


def undo(folder: Path, names: Iterable[str]) -> None:
    """Take away what was noted, the last first. A folder in which somebody has put something stays."""
    noted = list(names)
    for name in reversed(noted):
        path = folder / name
        # What no file system can name is no folder; Path.is_dir would raise.
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
            disk.remove_folder(path)
        else:
            with contextlib.suppress(NotADirectoryError):
                disk.remove_file(path)
    disk.remove_folder(folder)
