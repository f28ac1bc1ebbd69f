"""Whether files have changed: asked again and again, with nothing but the file system."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from cyclekit.workspace.loading import LISTS_OF_UNITS, SUFFIXES

#: A file that was written so short a time ago may be written again without looking any different.
SETTLED = 3_000_000_000
_WATCHED = tuple({*SUFFIXES, *LISTS_OF_UNITS})


@attrs.frozen
class _Seen:
    """A file as it looked, and the digest of what stood in it."""

    look: tuple[int, ...]
    digest: bytes


class Watch:
    """Files, and folders with the rule files and lists of units below them.

    What counts is what stands in them: a file that is merely touched has not changed.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._seen: dict[Path, _Seen] = {}
        #: The files that the last call found to be other than before, in order: written, made, or taken away.
        self.changed: tuple[Path, ...] = ()

    def has_changed(self, now: int, further: Iterable[Path] = ()) -> bool:
        """Whether anything is other than at the last call; at the first call, everything is.

        ``now`` is the time in nanoseconds since 1970. ``further`` are files to watch beside the paths.
        """
        seen: dict[Path, _Seen] = {}
        for path in {*self._files(), *further}:
            found = self._look(path, now)
            if found is not None:
                seen[path] = found
        before = {path: each.digest for path, each in self._seen.items()}
        after = {path: each.digest for path, each in seen.items()}
        self._seen = seen
        self.changed = tuple(
            sorted(each for each in before.keys() | after.keys() if before.get(each) != after.get(each))
        )
        return bool(self.changed)

    def _files(self) -> Iterable[Path]:
        for path in self._paths:
            if path.is_dir():
                yield from (each for each in path.rglob("*") if each.name.endswith(_WATCHED))
            else:
                yield path
                # The lists of units that it may name lie beside it.
                yield from (each for each in path.parent.glob("*") if each.name.endswith(LISTS_OF_UNITS))

    def _look(self, path: Path, now: int) -> _Seen | None:
        try:
            stat = os.stat(path)  # noqa: PTH116  # the path may name anything, and is asked once a second
            look = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
            before = self._seen.get(path)
            if before is not None and before.look == look and stat.st_mtime_ns < now - SETTLED:
                return before
            with path.open("rb") as file:
                return _Seen(look, hashlib.file_digest(file, "sha256").digest())
        except OSError:
            # It is not there, or cannot be read: loading says so.
            return None
