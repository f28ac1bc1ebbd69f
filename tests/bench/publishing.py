"""Publications of many units, beside the plain writing of the same bytes to as many files, by turns in one run.

What is published is synced to the disk before readers see it; so it is also told beside writing that is synced, each
file once all are written, as a careful copy does.

``python -m tests.bench.publishing [UNITS]``; a unit has 300 events.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import attrs

from cyclekit import Schedule
from cyclekit.adapters.ical import FeedWriter, Linter, Options
from cyclekit.publishing.contents import What
from cyclekit.publishing.feeds import By
from cyclekit.publishing.publishing import publish
from cyclekit.workspace.feeding import checked
from tests.bench.feeds import EVENTS, offices
from tests.bench.timing import seconds

UNITS, ROUNDS = 3000, 3
STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
WHAT = What(frozenset({By.UNIT}), options=Options("zh"), xlsx=False, lists=False)


def plainly(folder: Path, feeds: Iterable[bytes]) -> None:
    """Write each feed to a file."""
    folder.mkdir()
    for number, each in enumerate(feeds):
        (folder / f"{number}.ics").write_bytes(each)


def synced(folder: Path, feeds: Iterable[bytes]) -> None:
    """The same, and have each file kept, whatever happens to the machine."""
    plainly(folder, feeds)
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def made(folder: Path, schedule: Schedule) -> None:
    """Make the feed of each unit, look at it, and write it to a file."""
    folder.mkdir()
    writer, linter = FeedWriter(schedule, WHAT.options), Linter()
    for unit in schedule.rulebooks[0].roster.ids:
        (folder / f"{unit}.ics").write_bytes(checked(writer.of_unit(unit), unit, linter))


def alone(schedule: Schedule, folder: Path) -> float:
    """The units' own feeds made, looked at and written, as many times as long as writing their bytes."""
    ours = seconds(lambda: made(folder / "made", schedule))
    feeds = [path.read_bytes() for path in (folder / "made").iterdir()]
    return ours / seconds(lambda: plainly(folder / "bytes", feeds))


class Turn(NamedTuple):
    """How long each took in one round: published anew, again, and with lists; written plainly, and synced."""

    anew: float
    again: float
    listed: float
    plain: float
    synced: float


def turn(schedule: Schedule, folder: Path) -> Turn:
    """One round."""
    anew = seconds(lambda: publish(schedule, folder / "out", STAMP, what=WHAT))
    again = seconds(lambda: publish(schedule, folder / "out", LATER, what=WHAT))
    feeds = [path.read_bytes() for path in (folder / "out" / "current" / "site").rglob("*.ics")]
    plain = seconds(lambda: plainly(folder / "plain", feeds))
    kept = seconds(lambda: synced(folder / "synced", feeds))
    whole = attrs.evolve(WHAT, lists=True)
    listed = seconds(lambda: publish(schedule, folder / "lists", STAMP, what=whole))
    return Turn(anew, again, listed, plain, kept)


def tell(units: int = UNITS) -> None:
    """Print the medians of the rounds."""
    schedule = offices(units)
    rounds: list[Turn] = []
    plain: list[float] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            plain.append(alone(schedule, Path(folder)))
            rounds.append(turn(schedule, Path(folder)))
    print(f"\nPublishing {units:,} units with {EVENTS} events each, times the plain writing of the same feeds,")
    print("and times writing and syncing them:")
    print(f"  the units' own, each looked at first     {statistics.median(plain):>8.2f} ×")
    for what, took in (
        ("published, with those of all below a unit", [each.anew for each in rounds]),
        ("the same again, where nothing changes    ", [each.again for each in rounds]),
        ("with deadlines.json and deadlines.csv    ", [each.listed for each in rounds]),
    ):
        beside = statistics.median(ours / each.plain for ours, each in zip(took, rounds, strict=True))
        synced_too = statistics.median(ours / each.synced for ours, each in zip(took, rounds, strict=True))
        print(f"  {what}{beside:>8.2f} ×{synced_too:>8.2f} ×")


if __name__ == "__main__":
    tell(*map(int, sys.argv[1:]))
