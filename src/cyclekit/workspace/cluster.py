"""Schedules written by many machines: Dask's distributed scheduler (an extra) hands the parts of a plan to workers.

Only small things go through the scheduler: which part of which plan. The plan, and what becomes of it, lie in a folder
that every worker sees, so a worker that is killed takes nothing with it but what it had not finished.
"""

import asyncio
import concurrent.futures
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from cyclekit.errors import ClusterError, CyclekitError
from cyclekit.model.schedule import Schedule
from cyclekit.workspace import assigned
from cyclekit.workspace.plan import (
    PLAN,
    ROWS,
    FeedWork,
    Plan,
    TableWork,
    python_release,
    refuse_versions,
    versions,
)
from cyclekit.workspace.storage import UNFINISHED, Folder, is_address

if TYPE_CHECKING:
    import datetime as dt

    from distributed import Client, Future

    from cyclekit.adapters.ical import Options

#: What a folder of rows says of itself: readers of such folders pass over what begins with a line.
MANIFEST = "_cyclekit.json"
FORMAT = 1
#: ``local:4`` starts so many workers here.
LOCAL = "local:"
#: So many seconds a scheduler has to answer, and so many there may be nobody to work.
ANSWER, NOBODY = 10, 60
#: A second of work, more or less, and what is lost with a worker.
ROWS_AT_ONCE, FEED_ROWS_AT_ONCE = 2_000_000, 100_000
_LOOK = 2
#: What becomes of parts when the scheduler goes: its library has both.
_CANCELLED = (asyncio.CancelledError, concurrent.futures.CancelledError)
_FORMS = ("parquet", "csv", "jsonl")

#: Told how much further the work has come.
Told = Callable[[int], None]


@attrs.frozen
class Feeds:
    """How many files an export wrote, and how many of them are new or have changed."""

    files: int
    changed: int


@contextmanager
def connected(scheduler: str) -> Iterator["Client"]:
    """Whoever hands out work at an address: ``tcp://HOST:PORT``, a scheduler file (``….json``), or ``local:N``.

    ``local:4`` starts four workers here, each a process, and ends them. Raises ClusterError where no scheduler answers,
    where nobody joins it within a minute, and ModuleNotFoundError without the extra ``cyclekit[dask]``.
    """
    from distributed import Client, LocalCluster  # noqa: PLC0415  # an extra, and slow to load

    if scheduler.startswith(LOCAL):
        workers = int(scheduler.removeprefix(LOCAL))
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                silence_logs="CRITICAL",
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
        return
    if scheduler.endswith(".json"):
        if not Path(scheduler).is_file():
            raise ClusterError("there is no scheduler file {path}", path=scheduler)
        at: dict[str, Any] = {"scheduler_file": scheduler}
    else:
        at = {"address": scheduler}
    try:
        client = Client(**at, timeout=ANSWER, set_as_default=False, name="cyclekit")
    except (OSError, ValueError) as fault:
        raise ClusterError("no scheduler answers at {address}", address=scheduler) from fault
    with client:
        try:
            client.wait_for_workers(1, timeout=NOBODY)
        except TimeoutError as fault:
            raise _nobody(client.scheduler.address) from fault
        yield client


def write_tables(
    client: "Client",
    schedule: Schedule,
    out: str,
    form: str,
    *,
    by: Sequence[str] = (),
    language: str = "en",
    bom: bool = True,
    parts: int | None = None,
    told: Told = lambda _: None,
) -> list[str]:
    """Write a schedule as rows to a folder, in parts by units; returns the names of all files.

    The rows are those that ``cyclekit.workspace.tables.write_tables`` writes on one machine, ``form`` is parquet, csv
    or jsonl, and the other arguments are the same. ``out`` is a folder, or an address that fsspec knows, which every
    worker has to see, with what lies beside it: parts are written there, and moved to their place when all are done.
    Until then, and where it fails, ``out`` is as it was; what an earlier export on a cluster wrote there is replaced.
    Raises ClusterError where the cluster does not do it, or ``out`` holds what is none of ours; ValueError for another
    ``form``, and for a schedule of some units alone; OSError, and for an address what ``write_tables`` raises.
    """
    if form not in _FORMS:
        raise ValueError(f"{form!r} is written on one machine")
    target = Folder(out if is_address(out) else str(Path(out).resolve()))
    old = _own_files(target)
    work = TableWork(form, tuple(by), language, bom)
    plan = Plan.of(schedule, parts or -(-len(schedule) // ROWS_AT_ONCE), work)
    before, _, name = target.at.rpartition("/")
    job = Folder(f"{before}/.{name}.{secrets.token_hex(8)}{UNFINISHED}")
    rows = Folder(job.path(ROWS))
    files: list[str] = []

    def done(result: dict[str, Any]) -> None:
        files.extend(result["files"])
        told(result["rows"])

    _refuse_workers(client, versions(work))
    with _tidy(job):
        digest = _run(client, job, plan, done)
        sizes = rows.sizes()
        for each in sorted({*files} - {*sizes}):
            raise ClusterError("{path} was written, and is not there", path=rows.path(each))
        for each in {*sizes} - {*files}:
            # What a worker left that was killed.
            rows.remove(each)
        listed = {"format": FORMAT, "rows": len(schedule), "files": {each: sizes[each] for each in sorted(files)}}
        rows.write(MANIFEST, f"{json.dumps(listed, indent=1)}\n".encode())
        _replace(rows, target, old)
    _forgotten(client, digest)
    return [target.path(each) for each in sorted(files)]


def export(
    client: "Client",
    schedule: Schedule,
    folder: Path,
    options: "Options",
    *,
    stamp: "dt.date | None" = None,
    tasks: bool = False,
    bom: bool = True,
    base_url: str = "",
    parts: int | None = None,
    told: Told = lambda _: None,
) -> Feeds:
    """Write feeds and lists to a folder, byte for byte those of ``cyclekit.workspace.exporting.export``.

    ``folder`` has to be seen by every worker. Each file is replaced as a whole, by one worker, and what has not changed
    is left alone. Arguments and errors are those of ``export``, ClusterError where the cluster does not do it, and
    ValueError for a schedule of some units alone.
    """
    from cyclekit.workspace.feed_files import refuse_names  # noqa: PLC0415  # loads what writes feeds

    refuse_names(schedule)
    folder = folder.resolve()
    work = FeedWork(str(folder), options, stamp, tasks, bom, base_url)
    plan = Plan.of(schedule, parts or -(-len(schedule) // FEED_ROWS_AT_ONCE), work)
    job = Folder(str(folder / f".{secrets.token_hex(8)}{UNFINISHED}"))
    files = changed = 0

    def done(result: dict[str, Any]) -> None:
        nonlocal files, changed
        files += result["files"]
        changed += result["changed"]
        told(result["files"])

    _refuse_workers(client, versions(work))
    with _tidy(job):
        digest = _run(client, job, plan, done)
    _forgotten(client, digest)
    return Feeds(files, changed)


def _own_files(target: Folder) -> list[str]:
    """What an earlier export wrote to a folder. Raises ClusterError where anything else is in it."""
    if not is_address(target.at) and Path(target.at).is_file():
        raise ClusterError("{path} is a file, and a folder is wanted", path=target.at)
    found = target.sizes()
    listed = [*json.loads(target.read(MANIFEST))["files"], MANIFEST] if MANIFEST in found else []
    for name in found:
        if name not in listed and not name.endswith(UNFINISHED):
            raise ClusterError(
                "{path} holds {name}, which no export on a cluster wrote: name another folder",
                path=target.at,
                name=name,
            )
    return listed


def _replace(rows: Folder, target: Folder, old: Sequence[str]) -> None:
    """Put the rows in the place of those before: at a path in one step, or two where there is something already."""
    if is_address(target.at):
        names = rows.sizes()
        for name in names:
            rows.move(name, target)
        for name in {*old} - {*names}:
            target.remove(name)
        return
    here, new = Path(target.at), Path(rows.at)
    if not here.exists():
        new.rename(here)
        return
    before = new.with_name("before")
    here.rename(before)
    try:
        new.rename(here)
    except OSError:
        before.rename(here)
        raise


@contextmanager
def _tidy(job: Folder) -> Iterator[None]:
    """The folder of a job, taken away when that ends, however it does; the plan first, by which workers know it."""
    job.make()
    try:
        yield
    finally:
        job.remove(PLAN)
        job.remove_all()


def _run(client: "Client", job: Folder, plan: Plan, done: Callable[[dict[str, Any]], None]) -> str:
    """Have all parts of a plan done, and tell of each; returns the plan's digest.

    Raises ClusterError, and what a part raises.
    """
    wanted, address = versions(plan.work), client.scheduler.address
    digest = plan.write(job)
    do = partial(assigned.work, job.at, digest, wanted=wanted)
    count = assigned.count_parts(plan)
    # Names of this job alone: what became of the same work another time is not asked for.
    keys = [f"cyclekit-{secrets.token_hex(8)}-{part}" for part in range(count)]
    pending: set[Future] = {*client.map(do, range(count), key=keys, pure=False)}
    try:
        while pending:
            ended, pending = _ended(client, pending, address)
            for future in ended:
                done(json.loads(_result(future, address)))
                future.release()
    finally:
        # A scheduler that has just gone cannot be told; why it ended is told already.
        with suppress(OSError, *_CANCELLED):
            if client.status == "running":
                client.cancel(list(pending), force=True)
    return digest


def _forgotten(client: "Client", digest: str) -> None:
    """Have the workers let go of a plan: none has to, so nobody minds one that does not answer."""
    with suppress(OSError):
        client.run(assigned.forget, digest, on_error="ignore")


def _ended(client: "Client", pending: "set[Future]", address: str) -> "tuple[set[Future], set[Future]]":
    """The parts that have ended since, at least one, and the others. Raises ClusterError where nobody works on."""
    from distributed import wait  # noqa: PLC0415  # an extra

    idle = 0
    try:
        while True:
            try:
                with client.as_current():
                    ended, others = wait(pending, timeout=_LOOK, return_when="FIRST_COMPLETED")
                    return ended, others
            except TimeoutError:
                idle = 0 if client.nthreads() else idle + _LOOK
                if idle >= NOBODY:
                    raise _nobody(address) from None
    except (OSError, *_CANCELLED) as fault:
        raise _gone(address) from fault


def _refuse_workers(client: "Client", wanted: dict[str, str]) -> None:
    """Raise ClusterError where a worker has not what is here, before it is asked for anything."""
    for address, found in client.get_versions(packages=[*wanted])["workers"].items():
        theirs = dict(found["packages"])
        theirs["python"] = python_release(found["host"]["python"])
        refuse_versions(wanted, theirs, address)


def _result(future: "Future", address: str) -> str:
    """What a part told. Raises what it raised, or ClusterError, also where the scheduler goes before it is fetched."""
    from distributed import KilledWorker  # noqa: PLC0415  # an extra

    if future.status != "error":
        try:
            result: str = future.result()
        except (OSError, *_CANCELLED) as lost:
            raise _gone(address) from lost
        return result
    fault = future.exception()
    if isinstance(fault, CyclekitError):
        raise fault
    if isinstance(fault, KilledWorker):
        raise ClusterError(
            "a part of the work was the last thing that {times} workers did, which may have had too little memory",
            times=fault.allowed_failures + 1,
        ) from fault
    raise ClusterError("a worker could not do its part: {reason}", reason=f"{type(fault).__name__}: {fault}") from fault


def _gone(address: str) -> ClusterError:
    return ClusterError("the scheduler at {address} is gone", address=address)


def _nobody(address: str) -> ClusterError:
    return ClusterError(
        "the scheduler at {address} has had no worker for {seconds} seconds: start some with “dask worker {address}”",
        address=address,
        seconds=NOBODY,
    )
