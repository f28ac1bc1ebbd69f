"""Files out: a folder of feeds and lists, each file whole or not there at all."""

import os
import secrets
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cyclekit.model.schedule import Schedule

if TYPE_CHECKING:
    from cyclekit.adapters.ical import Options, Revise


@attrs.frozen
class Exported:
    """What an export wrote: every file of it, and those of them that are new or have changed."""

    files: tuple[Path, ...]
    changed: tuple[Path, ...]


def export(
    schedule: Schedule,
    folder: Path,
    options: "Options",
    *,
    revise: "Revise | None" = None,
    tasks: bool = False,
    bom: bool = True,
    base_url: str = "",
    pages: Iterable[tuple[str, bytes]] = (),
) -> Exported:
    """Write a schedule to a folder: ``RULEBOOK/UNIT.ics`` for each unit, ``all.ics``, ``deadlines.json`` and ``.csv``.

    With ``tasks`` there are ``RULEBOOK/UNIT~tasks.ics`` and ``all~tasks.ics`` as well: no id can hold the ``~``. A unit
    that owes nothing has a feed too, or subscribing to it would fail until it does. The one unit of a rule file that
    names none is ``RULEBOOK/_.ics``. Each feed tells its address where ``base_url``, that of the folder, is given.
    Files that are the same already are not touched, nor are any others in the folder, such as those of units that are
    gone. ``pages`` are further files, as pairs of a path and what it holds: see :mod:`cyclekit.adapters.pages`.
    Raises OSError where a file cannot be written, FileExistsError, before writing any, where a rulebook's id is the
    name of one of the files beside its folder, and FeedError for a feed that calendar programs do not take.
    """
    from cyclekit.workspace import feed_files  # noqa: PLC0415  # who writes a file alone need not wait for it

    feed_files.refuse_names(schedule)
    feeds = feed_files.feeds(schedule, options, revise, tasks=tasks, base_url=base_url)
    files: list[Path] = []
    changed: list[Path] = []
    for name, data in chain(feeds, feed_files.lists(schedule, options.language, bom=bom), pages):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        files.append(path)
        if write_file(path, data):
            changed.append(path)
    return Exported(tuple(files), tuple(changed))


def write_file(path: Path, data: bytes, unfinished: Path | None = None) -> bool:
    """Write a file so that a reader finds the old one or the new one and never a part; whether it has changed.

    A file with these very bytes is left alone, so its date tells when it last changed. Links are followed. What is
    no regular file, as ``/dev/stdout``, is written to as it is. ``unfinished`` is a folder of the same file system for
    what is not whole yet; left out, that stands beside the file. Raises OSError; nothing is left behind then.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return True
    target = path.resolve()
    if target.is_file() and target.read_bytes() == data:
        return False
    try:
        _replace(target, data, unfinished or target.parent)
    except OSError as fault:
        # It names the unfinished file, of which nobody has heard.
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    return True


def _replace(target: Path, data: bytes, folder: Path) -> None:
    # In the same folder, or near: only within one file system is replacing a file a single step.
    unfinished = folder / f".{secrets.token_hex(8)}.unfinished"
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
