"""Every step of publishing that changes the disk, each one call of the system or a loop of one.

What a new generation needs is made where nothing was (``O_EXCL``), so no step can change what is there already.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

#: What a file system says that can make no link here: then the bytes are written again.
_NO_LINKS = frozenset({errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES})
_AT_ONCE = 1 << 20


def make_folder(path: Path) -> None:
    """A new folder. Raises FileExistsError where something has this name."""
    os.mkdir(path)  # noqa: PTH102  # all that writes goes through os here, one call for each step


def begin_file(path: Path) -> int:
    """A new file to write to, by its descriptor. Raises FileExistsError where something has this name."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)


def write(file: int, data: bytes) -> None:
    """All of these bytes: the system may take fewer at a time."""
    left = memoryview(data)
    while left:
        left = left[os.write(file, left[:_AT_ONCE]) :]


def finish_file(file: int) -> None:
    """Have what was written kept, whatever happens to the machine, and close the file."""
    try:
        os.fsync(file)
    finally:
        os.close(file)


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """A new file of these bytes, to be kept later.

    Raises OSError; what was begun is left for the journal to clean up.
    """
    file = begin_file(path)
    try:
        for chunk in chunks:
            write(file, chunk)
    finally:
        os.close(file)


def keep_file(path: Path) -> None:
    """Have the bytes of a file kept, whatever happens to the machine.

    Raises OSError, also for what went wrong since it was written: Linux tells the next who asks (fsync(2)).
    """
    finish_file(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC))


def link_file(old: Path, new: Path) -> bool:
    """Give a file a second name; False where the file system cannot."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as fault:
        if fault.errno in _NO_LINKS:
            return False
        raise
    return True


def keep_names(folder: Path) -> None:
    """Have the names in a folder kept, whatever happens to the machine."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def point(link: Path, target: str, unfinished: Path) -> None:
    """Have a link name another target, in one step: a reader finds the old one or the new one."""
    os.symlink(target, unfinished)  # noqa: PTH211  # as above
    os.replace(unfinished, link)  # noqa: PTH105  # as above


def remove_file(path: Path) -> None:
    """Take a file's name away, if it is there; one that the file system cannot hold is not."""
    try:
        os.unlink(path)  # noqa: PTH108  # as above
    except FileNotFoundError:
        return
    except OSError as fault:
        if fault.errno != errno.ENAMETOOLONG:
            raise


def remove_folder(path: Path) -> bool:
    """Take a folder away; False where it is not empty, since somebody has put something into it."""
    try:
        os.rmdir(path)  # noqa: PTH106  # as above
    except FileNotFoundError:
        return True
    except OSError as fault:
        if fault.errno in (errno.ENOTEMPTY, errno.EEXIST):
            return False
        if fault.errno == errno.ENAMETOOLONG:
            return True
        raise
    return True
