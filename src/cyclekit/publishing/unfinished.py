"""A generation that is being made: file by file, and then, once all of them are sure to be kept, seen."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import attrs

from cyclekit.publishing import disk, journal, manifest
from cyclekit.publishing.behind import Behind
from cyclekit.publishing.journal import Journal, left_by_another, undo
from cyclekit.publishing.manifest import File, Manifest, read_manifest

CURRENT, UNFINISHED, GENERATIONS = "current", ".current.new", "generations"
_AT_ONCE = 1 << 20
#: A file of so many octets is written by another thread; to hand over a smaller one would take longer than writing it.
_LARGE = 1 << 20


class Unfinished:
    """A generation that is being made. A file that is as it was before is the same file, with its date."""

    def __init__(self, folder: Path, number: int, before: Path | None) -> None:
        self._folder = folder
        self.before = before
        self.path = folder / GENERATIONS / str(number)
        self._journal = Journal(folder, number)
        self._folders: set[str] = set()
        self._names: set[str] = set()
        self.files: dict[str, File] = {}
        self.changed: list[str] = []
        #: Written, and not yet sure to be kept: asked for all at once, as the disk then works them off together.
        self._written: list[Path] = []
        self._behind = Behind(self._take)
        generations = folder / GENERATIONS
        if not generations.is_dir():
            disk.make_folder(generations)
            disk.keep_names(folder)
        disk.make_folder(self.path)

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a file; a large one that is there whole is written while the caller goes on.

        Raises FileExistsError for a name it has, and OSError, also for what went wrong with a file before.
        """
        if name in self._names:
            raise FileExistsError(None, "two files of a publication have one name", name)
        self._names.add(name)
        self._make_folders(name)
        self._journal.note(name)
        if isinstance(chunks, tuple) and sum(map(len, chunks)) >= _LARGE:
            self._behind.later(lambda: self._made(name, chunks))
        else:
            self._behind.now(lambda: self._made(name, chunks))

    def _made(self, name: str, chunks: Iterable[bytes]) -> "_Made":
        """Have a file there: the one of the generation before where it has the same bytes, or else a new one."""
        path = self.path / name
        old = None if self.before is None else self.before / name
        digest = _Digest()
        rest = _differing(old, digest.counting(chunks))
        if old is None or rest is not None:
            disk.write_file(path, rest or ())
            return _Made(name, digest.file, is_written=True, is_changed=True)
        is_written = not disk.link_file(old, path)
        if is_written:
            disk.write_file(path, _read(old, digest.size))
            stat = old.stat()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return _Made(name, digest.file, is_written=is_written, is_changed=False)

    def _take(self, made: "_Made") -> None:
        self.files[made.name] = made.file
        if made.is_written:
            self._written.append(self.path / made.name)
        if made.is_changed:
            self.changed.append(made.name)

    def _make_folders(self, name: str) -> None:
        for above in reversed(PurePosixPath(name).parents[:-1]):
            if str(above) not in self._folders:
                self._journal.note(str(above))
                disk.make_folder(self.path / above)
                self._folders.add(str(above))

    def is_the_same(self) -> bool:
        """Whether it holds just what the generation before it holds. Raises OSError for a file that is not there."""
        self._behind.finish()
        if self.before is None or self.changed:
            return False
        before = read_manifest(self.before)
        return before is not None and before.files == self.files

    def publish(self) -> None:
        """Have it kept, and then seen: until the link is moved, the generation before is what readers see.

        Raises OSError, also for what went wrong with a file that was written meanwhile.
        """
        self._behind.finish()
        found = Manifest(self.files)
        self._journal.note(manifest.NAME)
        disk.write_file(self.path / manifest.NAME, (found.written(),))
        self._behind.each(disk.keep_file, (*self._written, self.path / manifest.NAME))
        self._behind.end()
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
        self._behind.end()
        self._journal.close()
        left = left_by_another(self._folder)
        undo(self.path, left.names if left is not None else ())
        disk.remove_file(self._folder / journal.NAME)


@attrs.frozen
class _Made:
    """What became of a file: whether it was written, and whether it is new or has changed."""

    name: str
    file: File
    is_written: bool
    is_changed: bool


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
