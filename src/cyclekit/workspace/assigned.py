"""A part of a plan, as a worker does it: with the functions that write on one machine, for some units alone.

A part may be begun by several workers, since one that is thought dead may not be: each writes the same files, each
file replaces what was there as a whole, and a part that is told as done is not done again.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cyclekit.errors import ClusterError
from cyclekit.model.divided import owed_by, rows_of
from cyclekit.workspace.exporting import write_file
from cyclekit.workspace.plan import (
    DONE,
    PLAN,
    ROWS,
    FeedWork,
    Plan,
    TableWork,
    read_plan,
    refuse_versions,
    versions,
    worker_name,
)
from cyclekit.workspace.storage import Folder
from cyclekit.workspace.tables import write_tables

if TYPE_CHECKING:
    from cyclekit.adapters.ical import Context, Options

#: How a part of rows is called, so that a folder of them sorts.
PART = "part-{:05}"


class Prepared:
    """A plan with what all of its parts share: the schedule, and what feeds depend on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.runs = plan.runs()
        self.schedule = plan.expanded()

    @cached_property
    def feeds(self) -> "list[tuple[Options, Context]]":
        """The options of each kind of feed, and what feeds of these options depend on beside the schedule."""
        from cyclekit.adapters.ical import by_content  # noqa: PLC0415  # not wanted for tables
        from cyclekit.workspace.feed_files import as_asked  # noqa: PLC0415  # the same
        from cyclekit.workspace.feeding import feed_context  # noqa: PLC0415  # the same

        work = self.plan.work
        if isinstance(work, TableWork):
            return []
        revise = by_content(work.stamp)
        return [(each, feed_context(self.schedule, each, revise)) for each in as_asked(work.options, tasks=work.tasks)]


def count_parts(plan: Plan) -> int:
    """How many parts there are to do: of feeds also everyone's, of each kind, and the lists."""
    match plan.work:
        case TableWork():
            return plan.parts
        case FeedWork(tasks=tasks):
            return plan.parts + (3 if tasks else 2)


_LOCK = threading.Lock()
_HELD: dict[str, Prepared] = {}


def _prepared(folder: Folder, digest: str) -> Prepared:
    """The plan of this digest, prepared once for all parts that a process does; the last one is kept."""
    with _LOCK:
        if digest not in _HELD:
            _HELD.clear()
            _HELD[digest] = Prepared(read_plan(folder, digest))
        return _HELD[digest]


def forget(digest: str) -> None:
    """Let go of a plan that is done."""
    with _LOCK:
        _HELD.pop(digest, None)


def work(at: str, digest: str, part: int, wanted: Mapping[str, str]) -> str:
    """Do one part of the plan of this digest, in the folder ``at``; returns as JSON what was written.

    ``wanted`` are the versions of who made the plan. Raises ClusterError for others, for a plan that cannot be seen
    from here, and for files that cannot be written; FeedError for a feed that calendar programs do not take.
    """
    folder = Folder(at)
    prepared = _prepared(folder, digest)
    refuse_versions(wanted, versions(prepared.plan.work), worker_name())
    done = f"{DONE}/{part:06}"
    try:
        if folder.has(done):
            return folder.read(done).decode()
        told = json.dumps(_done(prepared, folder, part))
        folder.write(done, told.encode())
    except OSError as fault:
        values = {"reason": fault.strerror or str(fault), "path": str(fault.filename or at)}
        raise ClusterError("{worker}: {reason}: {path}", worker=worker_name(), **values) from fault
    return told


def _done(prepared: Prepared, folder: Folder, part: int) -> dict[str, object]:
    match prepared.plan.work:
        case TableWork() as work:
            return _tables(prepared, work, folder, part)
        case FeedWork() as work:
            return _feeds(prepared, work, folder, part)


def _tables(prepared: Prepared, work: TableWork, folder: Folder, part: int) -> dict[str, object]:
    """A part of the rows. Only the first is written where it has none, so that there is a file with the columns."""
    some = rows_of(prepared.schedule, prepared.runs[part])
    if not len(some) and part:
        return {"rows": 0, "files": []}
    rows, name = folder.path(ROWS), PART.format(part)
    out = rows if work.by else f"{rows}/{name}.{work.form}"

    def told(_: int) -> None:
        _refuse_unwanted(folder, name)

    files = write_tables(some, out, work.form, by=work.by, language=work.language, bom=work.bom, part=name, told=told)
    return {"rows": len(some), "files": [each.removeprefix(f"{rows}/") for each in files]}


def _refuse_unwanted(folder: Folder, name: str) -> None:
    """Raise ClusterError where the plan was taken away: who ended it cleans up, and nothing may be written any more."""
    if not folder.has(PLAN):
        raise ClusterError("{worker}: nobody waits for {path} any more", worker=worker_name(), path=name)


def _feeds(prepared: Prepared, work: FeedWork, folder: Folder, part: int) -> dict[str, object]:
    files = changed = 0
    _refuse_unwanted(folder, work.folder)
    began = Path(folder.path(PLAN)).stat().st_mtime_ns
    for name, data in _feed_files(prepared, work, part):
        _refuse_unwanted(folder, name)
        path = Path(work.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        files += 1
        # A worker that was killed may have written it: after the plan, so it is new all the same.
        changed += write_file(path, data, Path(folder.at)) or path.stat().st_mtime_ns >= began
    return {"files": files, "changed": changed}


def _feed_files(prepared: Prepared, work: FeedWork, part: int) -> Iterator[tuple[str, bytes]]:
    from cyclekit.adapters.ical import FeedWriter, Linter  # noqa: PLC0415  # not wanted for tables
    from cyclekit.workspace.feed_files import feed_of_all, lists, unit_feeds  # noqa: PLC0415  # the same

    plan, schedule = prepared.plan, prepared.schedule
    everyone = part - plan.parts
    if everyone == len(prepared.feeds):
        yield from lists(schedule, work.options.language, bom=work.bom)
    elif everyone >= 0:
        options, context = prepared.feeds[everyone]
        yield feed_of_all(FeedWriter(schedule, options, context), work.base_url, Linter())
    else:
        runs = prepared.runs[part]
        some = owed_by(schedule, runs)
        ids = {book.id: book.roster.ids for book in plan.rulebooks}
        names = [f"{book}/{ids[book][unit]}" for book, run in runs.items() for unit in run]
        linter = Linter()
        for options, context in prepared.feeds:
            yield from unit_feeds(FeedWriter(some, options, context), names, work.base_url, linter)
