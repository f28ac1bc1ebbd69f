"""Files out: a folder of feeds and lists, each file whole or not there at all."""

import os
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cyclekit.model.schedule import Schedule

if TYPE_CHECKING:
    from cyclekit.adapters.ical import Options, Revise

ALL = "all.ics"
JSON = "deadlines.json"
CSV = "deadlines.csv"
#: The index and the style sheet of the pages, which stand beside the folders of rulebooks as well.
INDEX, STYLE = "index.html", "pages.css"


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
    for book in schedule.rulebooks:
        if book.id.lower() in {ALL, JSON, CSV, INDEX, STYLE}:
            raise FileExistsError(None, "a rulebook cannot have this id here: it names a file of the export", book.id)
    asked = [options, attrs.evolve(options, tasks=True, lead_events=False)] if tasks else [options]
    files: list[Path] = []
    changed: list[Path] = []
    feeds = chain.from_iterable(_feeds(schedule, each, revise, base_url) for each in asked)
    for name, data in chain(feeds, _lists(schedule, options.language, bom=bom), pages):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        files.append(path)
        if write_file(path, data):
            changed.append(path)
    return Exported(tuple(files), tuple(changed))


def _feeds(
    schedule: Schedule, options: "Options", revise: "Revise | None", base_url: str
) -> Iterator[tuple[str, bytes]]:
    from cyclekit.adapters.ical import Linter  # noqa: PLC0415
    from cyclekit.workspace.feeding import checked, feed_writer  # noqa: PLC0415

    writer, linter = feed_writer(schedule, options, revise), Linter()
    kind = "~tasks.ics" if options.tasks else ".ics"

    def url(name: str) -> str:
        return f"{base_url.rstrip('/')}/{name}" if base_url else ""

    for book in schedule.rulebooks:
        for unit in book.roster.ids:
            name = f"{book.id}/{unit}{kind}"
            yield name, checked(writer.of_unit(f"{book.id}/{unit}", url=url(name)), name, linter)
    name = f"{ALL.removesuffix('.ics')}{kind}"
    yield name, checked(writer.of_all(url=url(name)), name, linter)


def _lists(schedule: Schedule, language: str, *, bom: bool) -> Iterator[tuple[str, bytes]]:
    from cyclekit.adapters import csvfile, jsonlines  # noqa: PLC0415

    yield JSON, "".join(jsonlines.document(schedule)).encode()
    yield CSV, "".join(csvfile.lines(schedule, language=language, bom=bom)).encode()


def write_file(path: Path, data: bytes) -> bool:
    """Write a file so that a reader finds the old one or the new one and never a part; whether it has changed.

    A file with these very bytes is left alone, so its date tells when it last changed. Links are followed. What is
    no regular file, as ``/dev/stdout``, is written to as it is. Raises OSError; nothing is left behind then.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return True
    target = path.resolve()
    if target.is_file() and target.read_bytes() == data:
        return False
    try:
        _replace(target, data)
    except OSError as fault:
        # It names the unfinished file, of which nobody has heard.
        raise OSError(fault.errno, fault.strerror, str(path)) from fault
    return True


def _replace(target: Path, data: bytes) -> None:
    # In the same folder, since only within one file system is replacing a file a single step.
    unfinished = target.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
