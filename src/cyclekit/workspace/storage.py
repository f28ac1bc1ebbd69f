"""Where files are written: folders of this machine, or any address that fsspec knows (an extra)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def is_address(out: str) -> bool:
    r"""Whether it is an address such as ``s3://bucket/folder`` and no path.

    >>> is_address("memory://x"), is_address("out/x.parquet"), is_address("C:\\x")
    (True, False, False)
    """
    return "://" in out


@contextmanager
def writing(out: str) -> Iterator[IO[bytes]]:
    """A file to write to, which is there when all of it is written, and not at all where that fails.

    Folders are made if need be. At an address, what becomes of a file that fails is up to what stands behind it.
    Raises OSError, ModuleNotFoundError where an address wants a package that is not installed, and ValueError for an
    address of an unknown kind.
    """
    if is_address(out):
        import fsspec  # noqa: PLC0415  # an extra

        system, path = fsspec.core.url_to_fs(out)
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
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        with unfinished.open("xb") as file:
            yield file
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
