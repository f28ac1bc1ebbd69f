"""What is to be done on a cluster, as a value that every worker reads: the rules, and what is made of them.

A plan lies in a folder that all of them see, and so do the files that they write: who cannot read the plan could not
have written anything either. The calendars are in it, so that dates are the same everywhere.
"""

import datetime as dt
import hashlib
import os
import pickle
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.errors import ClusterError
from cyclekit.model.divided import Runs, divided
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.model.world import World
from cyclekit.workspace.storage import Folder

if TYPE_CHECKING:
    from cyclekit.adapters.ical import Options

#: What a plan is called in its folder, where it is told that a part is done, and where rows wait until all are there.
PLAN, DONE, ROWS = "plan", "done", "rows"
#: What has to be the same everywhere: dates come from the plan, and words, files and the plan itself from these.
PACKAGES = ("cyclekit", "holidays")
ARROW = "pyarrow"


@attrs.frozen
class TableWork:
    """Rows, a file or several for each part: what ``write_tables`` takes."""

    form: str
    by: Sequence[str] = ()
    language: str = "en"
    bom: bool = True


@attrs.frozen
class FeedWork:
    """Feeds and lists, each in a file: what ``export`` takes, and the folder to write to."""

    folder: str
    options: "Options"
    stamp: dt.date | None = None
    tasks: bool = False
    bom: bool = True
    base_url: str = ""


@attrs.frozen
class Plan:
    """What is to be done: what is expanded, over which days and in which world, in how many parts, and to what end."""

    rulebooks: tuple[Rulebook, ...] = attrs.field(repr=False)
    horizon: Span
    world: World = attrs.field(repr=False)
    parts: int
    work: TableWork | FeedWork

    @classmethod
    def of(cls, schedule: Schedule, parts: int, work: TableWork | FeedWork) -> "Plan":
        """The plan that makes this schedule again, which is one as it was expanded. There are no more parts than units.

        Raises ValueError for a schedule of some units or obligations: a plan has none of what was left out.
        """
        parts = len(divided(schedule.rulebooks, parts))
        found = cls(schedule.rulebooks, schedule.horizon, schedule.world, parts, work)
        if len(found.expanded()) != len(schedule):
            raise ValueError("the schedule is a part of what its rulebooks give")
        return found

    def expanded(self) -> Schedule:
        """The schedule, expanded whole: what is decided over all units is the same for every part."""
        world = self.world
        return expand(
            self.rulebooks,
            self.horizon,
            world.calendars,
            events=world.events,
            zones=world.zones,
            max_years=dt.MAXYEAR,
        )

    def runs(self) -> list[Runs]:
        """The units of each part."""
        return divided(self.rulebooks, self.parts)

    def write(self, folder: Folder) -> str:
        """Write the plan to its folder; returns its digest, by which workers know it for the one that is meant."""
        data = pickle.dumps(self, protocol=5)
        folder.write(PLAN, data)
        return hashlib.sha256(data).hexdigest()


def read_plan(folder: Folder, digest: str) -> Plan:
    """The plan of this digest. Raises ClusterError where its folder cannot be seen from here, or has another one."""
    try:
        data = folder.read(PLAN)
    except OSError as fault:
        raise ClusterError("{worker} cannot read {path}: {reason}", **_here(folder, fault)) from fault
    if hashlib.sha256(data).hexdigest() != digest:
        # Nothing is unpickled that the one who asks did not write.
        raise ClusterError("{worker} sees another {path} than was written", **_here(folder))
    plan: Plan = pickle.loads(data)  # noqa: S301  # by its digest, it is ours
    return plan


def _here(folder: Folder, fault: OSError | None = None) -> dict[str, str]:
    reason = (fault.strerror or str(fault)) if fault else ""
    return {"worker": worker_name(), "path": folder.path(PLAN)} | ({"reason": reason} if fault else {})


def worker_name() -> str:
    """This machine and process, as messages name a worker."""
    return f"{platform.node()}:{os.getpid()}"


def versions(work: TableWork | FeedWork) -> dict[str, str]:
    """What has to be the same on each worker for this work, as it is here; empty for what is missing."""
    wanted = [*PACKAGES, *([ARROW] if isinstance(work, TableWork) and work.form in ("parquet", "csv") else [])]
    found = {"python": python_release(".".join(map(str, sys.version_info)))}
    for package in wanted:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def python_release(text: str) -> str:
    """The release of Python that a longer version belongs to.

    >>> python_release("3.11.9.final.0")
    '3.11'
    """
    return ".".join(text.split(".")[:2])


def refuse_versions(ours: Mapping[str, str], theirs: Mapping[str, str | None], worker: str) -> None:
    """Raise ClusterError where a worker has not what is here."""
    for package, here in ours.items():
        there = theirs.get(package) or ""
        if there == here:
            continue
        if there:
            raise ClusterError(
                "{worker} has {package} {there}, and here it is {here}: install the same there",
                worker=worker,
                package=package,
                there=there,
                here=here,
            )
        raise ClusterError("{worker} has no {package}: install it there", worker=worker, package=package)
