"""A folder of generations: each is made whole beside the one that is out there, and then one link is moved.

::

    DIR/current -> generations/7     what readers see
    DIR/generations/7/site/…         what a web server serves
    DIR/generations/7/state.json     what the next publication has to know
    DIR/generations/7/manifest.json  the names, sizes and SHA-256 of all of these
    DIR/generations/6                the one before
    DIR/.lock                        held while somebody publishes
    DIR/.journal                     what an unfinished publication has made
"""

import contextlib
import os
from pathlib import Path
from typing import Self

from cyclekit.errors import DamagedPublicationError, PublishingNowError
from cyclekit.publishing import disk, journal, manifest
from cyclekit.publishing.journal import left_by_another, undo
from cyclekit.publishing.manifest import read_manifest
from cyclekit.publishing.unfinished import CURRENT, GENERATIONS, UNFINISHED, Unfinished

LOCK = ".lock"


class Generations:
    """The generations of a folder, of which nobody else can make one meanwhile: use it in a ``with``.

    Entering makes the folder if need be, and cleans up what an unfinished publication has left. Raises
    PublishingNowError where somebody else publishes, DamagedPublicationError where ``current`` is something else, or
    what it names is not whole, and OSError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = -1

    def __enter__(self) -> Self:
        _refuse_inside(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder / LOCK)
        try:
            self._clean_up()
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._lock)

    @property
    def current(self) -> Path | None:
        """The generation that is out there; None where there is none yet."""
        return current_generation(self.folder)

    def next(self) -> "Unfinished":
        """A new generation, to be filled and then published."""
        number = max([0, *_numbers(self.folder)]) + 1
        return Unfinished(self.folder, number, self.current)

    def _clean_up(self) -> None:
        link = self.folder / UNFINISHED
        if link.is_symlink() and str(link.readlink()).startswith(f"{GENERATIONS}/"):
            disk.remove_file(link)
        left = left_by_another(self.folder)
        if left is not None and left.generation != current_number(self.folder):
            undo(self.folder / GENERATIONS / str(left.generation), left.names)
        disk.remove_file(self.folder / journal.NAME)
        self.prune()

    def prune(self, *, keep: Path | None = None) -> None:
        """Delete the files of all generations but the current one, and ``keep``: left out, the newest of the others."""
        now = current_number(self.folder)
        folders = [self.folder / GENERATIONS / str(number) for number in sorted(_numbers(self.folder)) if number != now]
        folders = [each for each in folders if each.is_dir() and not each.is_symlink()]
        whole = [each for each in folders if (each / manifest.NAME).is_file()]
        kept = keep if keep in whole else whole[-1] if whole else None
        for each in whole:
            if each != kept:
                _delete(each)
        for each in folders:
            if each not in whole:
                # Its manifest went last, and whoever deleted it ended there: what is in it now is somebody else's.
                disk.remove_folder(each)


def _refuse_inside(folder: Path) -> None:
    """A folder within a publication, whose files would go with its generation."""
    for above in folder.resolve().parents:
        if above.name == GENERATIONS and (above.parent / CURRENT).is_symlink():
            raise DamagedPublicationError(str(folder), "it lies in a publication, {folder}", folder=above.parent)


def _locked(path: Path) -> int:
    import fcntl  # noqa: PLC0415  # there is none on Windows, where the rest of the package works

    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise PublishingNowError(str(path.parent)) from None
    except BaseException:
        os.close(file)
        raise
    return file


def current_generation(folder: Path) -> Path | None:
    """The generation of a folder that is out there; None where there is none yet. Raises DamagedPublicationError."""
    number = current_number(folder)
    return None if number is None else folder / GENERATIONS / str(number)


def current_number(folder: Path) -> int | None:
    """Which generation is out there; None where there is none yet.

    Raises DamagedPublicationError where ``current`` is no link to a generation.
    """
    link = folder / CURRENT
    if not link.is_symlink():
        if link.exists():
            raise DamagedPublicationError(str(link), "it is no link to a generation")
        return None
    top, _, number = str(link.readlink()).partition("/")
    if top != GENERATIONS or not number.isdecimal():
        raise DamagedPublicationError(str(link), "it is no link to a generation")
    return int(number)


def _numbers(folder: Path) -> list[int]:
    try:
        return [int(each.name) for each in (folder / GENERATIONS).iterdir() if each.name.isdecimal()]
    except FileNotFoundError:
        return []


def _delete(folder: Path) -> None:
    """Delete the files of a generation and its folders as far as they are empty; its manifest last."""
    found = read_manifest(folder)
    if found is None:
        return
    for name in found.files:
        with contextlib.suppress(NotADirectoryError):
            disk.remove_file(folder / name)
    for name in reversed(found.folders()):
        with contextlib.suppress(NotADirectoryError):
            disk.remove_folder(folder / name)
    disk.remove_file(folder / manifest.NAME)
    disk.remove_folder(folder)
