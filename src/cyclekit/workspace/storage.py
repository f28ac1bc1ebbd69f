"""Where files are written: folders of this machine, or any address that fsspec knows (an extra)."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

#: What a file is called, in the folder where it will be, as long as it is not whole.
UNFINISHED = ".unfinished"


def is_address(out: str) -> bool:
    r"""Whether it is an address such as ``s3://bucket/folder`` and no path.

    >>> is_address("memory://x"), is_address("out/x.parquet"), is_address("C:\\x")
    (True, False, False)
    """
    return "://" in out


@contextmanager
def writing(out: str) -> Iterator[IO[bytes]]:
    """A file to write to, which is there when all of it is written, and not at all where that fails.

    Folders are made if need be, but for one that is called unfinished: who made that has taken it away. At an address,
    what becomes of a file that fails is up to what stands behind it.
    Raises OSError, ModuleNotFoundError where an address wants a package that is not installed, and ValueError for an
    address of an unknown kind.
    """
    if is_address(out):
        system, path = _system(out)
        system.makedirs(system._parent(path), exist_ok=True)  # noqa: SLF001  # fsspec has no public name for it
        with system.open(path, "wb") as file:
            yield file
        return
    target = Path(out)
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    target = target.resolve()
    _make(target.parent)
    unfinished = target.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        with unfinished.open("xb") as file:
            yield file
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    """Make a folder, and those above it."""
    if folder.is_dir():
        return
    if folder.name.endswith(UNFINISHED):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    _make(folder.parent)
    folder.mkdir(exist_ok=True)


def _system(address: str) -> tuple[Any, str]:
    """What fsspec has for an address, and the path in it."""
    import fsspec  # noqa: PLC0415  # an extra

    found: tuple[Any, str] = fsspec.core.url_to_fs(address)
    return found


class Folder:
    """A folder at a path or at an address, whose files go by names such as ``year=2026/part.parquet``.

    Each method raises OSError, and for an address what ``writing`` raises.
    """

    def __init__(self, at: str) -> None:
        self.at = at.rstrip("/") or at

    def path(self, name: str) -> str:
        """The path or address of a file in it."""
        return f"{self.at}/{name}"

    def make(self) -> None:
        """Make it, where folders have to be made."""
        if not is_address(self.at):
            Path(self.at).mkdir(parents=True)

    def write(self, name: str, data: bytes) -> None:
        """Write a file as a whole."""
        with writing(self.path(name)) as file:
            file.write(data)

    def read(self, name: str) -> bytes:
        """What a file holds. Raises FileNotFoundError."""
        if is_address(self.at):
            system, path = _system(self.path(name))
            # Listings that were kept may be older than the file.
            system.invalidate_cache()
            data: bytes = system.cat_file(path)
            return data
        return Path(self.path(name)).read_bytes()

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        if is_address(self.at):
            system, path = _system(self.path(name))
            system.invalidate_cache()
            return bool(system.exists(path))
        return Path(self.path(name)).exists()

    def sizes(self) -> dict[str, int]:
        """Every file in it and in the folders below, by name, and how many bytes it has; none where it is not there."""
        if is_address(self.at):
            system, top = _system(self.at)
            system.invalidate_cache()
            found = system.find(top, detail=True) if system.exists(top) else {}
            return {name[len(top.rstrip("/")) + 1 :]: each["size"] for name, each in sorted(found.items())}
        here = Path(self.at)
        files = sorted(each for each in here.rglob("*") if not each.is_dir())
        return {each.relative_to(here).as_posix(): each.lstat().st_size for each in files}

    def move(self, name: str, other: "Folder") -> None:
        """Move a file to another folder of the same kind, in place of what is there."""
        if is_address(self.at):
            system, path = _system(self.path(name))
            _, target = _system(other.path(name))
            system.makedirs(system._parent(target), exist_ok=True)  # noqa: SLF001  # the same
            system.mv(path, target)
            return
        target_path = Path(other.path(name))
        target_path.parent.mkdir(parents=True, exist_ok=True)
        Path(self.path(name)).replace(target_path)

    def remove(self, name: str) -> None:
        """Take away a file; nothing where it is not there."""
        if is_address(self.at):
            system, path = _system(self.path(name))
            if system.exists(path):
                system.rm_file(path)
            return
        Path(self.path(name)).unlink(missing_ok=True)

    def remove_all(self) -> None:
        """Take away the folder with all that it holds; nothing where it is not there.

        At a path nobody can put anything into it meanwhile.
        """
        if is_address(self.at):
            system, top = _system(self.at)
            system.invalidate_cache()
            if system.exists(top):
                system.rm(top, recursive=True)
            return
        gone = Path(f"{self.at}.gone")
        try:
            Path(self.at).rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone)
