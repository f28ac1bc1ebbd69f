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
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Self

from cyclekit.errors import DamagedPublicationError, PublishingNowError
from cyclekit.publishing import disk, journal, manifest
from cyclekit.publishing.journal import Journal, left_by_another
from cyclekit.publishing.manifest import File, Manifest, read_manifest

CURRENT, UNFINISHED, GENERATIONS, LOCK = "current", ".current.new", "generations", ".lock"
_AT_ONCE = 1 << 20


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
            _undo(self.folder / GENERATIONS / str(left.generation), left.names)
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


def _undo(folder: Path, names: Iterable[str]) -> None:
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


class Unfinished:
    """A generation that is being made. A file that is as it was before is the same file, with its date."""

    def __init__(self, folder: Path, number: int, before: Path | None) -> None:
        self._folder = folder
        self.before = before
        self.path = folder / GENERATIONS / str(number)
        self._journal = Journal(folder, number)
        self._made: set[str] = set()
        self.files: dict[str, File] = {}
        self.changed: list[str] = []
        #: Written, and not yet sure to be kept: asked for all at once, as the disk then works them off together.
        self._written: list[Path] = []
        generations = folder / GENERATIONS
        if not generations.is_dir():
            disk.make_folder(generations)
            disk.keep_names(folder)
        disk.make_folder(self.path)

    def put(self, name: str, chunks: Iterable[bytes]) -> bool:
        """Add a file; whether it is new or has changed. Raises FileExistsError for a name it has, and OSError."""
        if name in self.files:
            raise FileExistsError(None, "two files of a publication have one name", name)
        self._make_folders(name)
        self._journal.note(name)
        path = self.path / name
        old = None if self.before is None else self.before / name
        digest = _Digest()
        rest = _differing(old, digest.counting(chunks))
        if old is not None and rest is None and disk.link_file(old, path):
            self.files[name] = digest.file
            return False
        self._written.append(path)
        disk.write_file(path, _read(old, digest.size) if rest is None and old is not None else rest or ())
        if rest is None and old is not None:
            stat = old.stat()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            self.files[name] = digest.file
            return False
        self.files[name] = digest.file
        self.changed.append(name)
        return True

    def _make_folders(self, name: str) -> None:
        for above in reversed(PurePosixPath(name).parents[:-1]):
            if str(above) not in self._made:
                self._journal.note(str(above))
                disk.make_folder(self.path / above)
                self._made.add(str(above))

    def is_the_same(self) -> bool:
        """Whether it holds just what the generation before it holds."""
        if self.before is None or self.changed:
            return False
        before = read_manifest(self.before)
        return before is not None and before.files == self.files

    def publish(self) -> None:
        """Have it kept, and then seen: until the link is moved, the generation before is what readers see."""
        found = Manifest(self.files)
        self._journal.note(manifest.NAME)
        disk.write_file(self.path / manifest.NAME, (found.written(),))
        for path in (*self._written, self.path / manifest.NAME):
            disk.keep_file(path)
        for each in found.folders():
            disk.keep_names(self.path / each)
        disk.keep_names(self.path)
        disk.keep_names(self.path.parent)
        self._journal.close()
        disk.point(self._folder / CURRENT, f"{GENERATIONS}/{self.path.name}", self._folder / UNFINISHED)
        disk.keep_names(self._folder)
        disk.remove_file(self._folder / journal.NAME)

    def abandon(self) -> None:
        """Take away all that was made of it. Raises OSError; then the next publication does it."""
        self._journal.close()
        left = left_by_another(self._folder)
        _undo(self.path, left.names if left is not None else ())
        disk.remove_file(self._folder / journal.NAME)


class _Digest:
    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self.size = 0

    def counting(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._digest.update(chunk)
            self.size += len(chunk)
            yield chunk

    @property
    def file(self) -> File:
        return File(self.size, self._digest.hexdigest())


def _differing(old: Path | None, chunks: Iterator[bytes]) -> Iterator[bytes] | None:
    """None where the chunks are what a file holds; else all of them, what was compared being read from the file."""
    if old is None or old.is_symlink() or not old.is_file():
        return chunks
    same = 0
    with old.open("rb") as file:
        for chunk in chunks:
            if file.read(len(chunk)) != chunk:
                return _joined(old, same, chunk, chunks)
            same += len(chunk)
        if not file.read(1):
            return None
    return _read(old, same)


def _joined(old: Path, same: int, chunk: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from _read(old, same)
    yield chunk
    yield from rest


def _read(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while size > 0:
            data = file.read(min(size, _AT_ONCE))
            size -= len(data)
            yield data
