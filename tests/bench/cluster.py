"""The benchmark of a cluster: two workers against one process, and against two of which one is killed half way.

Processor time is what all processes of a side took; the clock is told beside it. The sides take turns in each round;
figures are medians. Run it with `make bench-scale`; `python -m tests.bench.cluster UNITS OBLIGATIONS` for other sizes.
"""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from cyclekit.model.schedule import Schedule
from cyclekit.workspace import cluster as ours
from cyclekit.workspace.tables import write_tables
from tests.bench.national import expanded
from tests.bench.scale import PERIODS, tell
from tests.bench.timing import seconds
from tests.cluster.processes import Processes, cluster, killed_in_the_middle

UNITS, OBLIGATIONS, PARTS = 280_000, 10, 16
ROUNDS = 3
_TICKS = os.sysconf("SC_CLK_TCK")


def spent(process: "subprocess.Popen[bytes]") -> float:
    """Seconds of the processor that a process has taken so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def spent_here() -> float:
    """The same of this process."""
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime


def alone(schedule: Schedule, folder: Path) -> tuple[float, float]:
    """One process: seconds of the processor, and of the clock."""
    before = spent_here()
    took = seconds(lambda: write_tables(schedule, str(folder / "one.parquet"), "parquet"))
    return spent_here() - before, took


def together(schedule: Schedule, folder: Path, processes: Processes) -> tuple[float, float]:
    """A cluster: seconds of the processor of all of its processes and of this one, and of the clock."""
    all_of_them = [processes.scheduler, *processes.workers]
    with ours.connected(str(processes.file)) as client:
        before = spent_here() + sum(map(spent, all_of_them))
        took = seconds(lambda: ours.write_tables(client, schedule, str(folder / "out"), "parquet", parts=PARTS))
        return spent_here() + sum(map(spent, all_of_them)) - before, took


def one_killed(schedule: Schedule, folder: Path) -> tuple[float, float]:
    """The same, where one of two workers is killed in the middle of a part when half of them are done."""
    with cluster(folder / "killed") as processes:
        lost: list[float] = []
        left = [processes.scheduler, processes.workers[1]]
        # The one who is killed cannot be asked any more: what it took is noted before.
        begun = spent(processes.workers[0])

        def kill() -> None:
            while len(list(folder.glob(".out.*/done/*"))) < PARTS // 2:
                time.sleep(0.001)
            running = subprocess.Popen(["sleep", "600"], text=True)
            noted: Callable[[], None] = lambda: lost.append(spent(processes.workers[0]) - begun)  # noqa: E731
            killed_in_the_middle(processes.workers[0], folder, running, before=noted)
            running.kill()
            running.wait()

        thread = threading.Thread(target=kill)
        with ours.connected(str(processes.file)) as client:
            before = spent_here() + sum(map(spent, left))
            thread.start()
            took = seconds(lambda: ours.write_tables(client, schedule, str(folder / "out"), "parquet", parts=PARTS))
            thread.join()
            return spent_here() + sum(map(spent, left)) - before + lost[-1], took


def ratios(sides: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Medians of one side against another: of the processor, and of the clock."""
    pairs = list(zip(sides, others, strict=True))
    return median(one[0] / other[0] for one, other in pairs), median(one[1] / other[1] for one, other in pairs)


def main(units: int = UNITS, obligations: int = OBLIGATIONS) -> None:
    """Print every figure."""
    schedule = expanded(units, obligations)
    rows = units * obligations * PERIODS
    print(
        f"{units:,} units × {obligations} obligations × {PERIODS} periods = {rows:,} rows, {PARTS} parts, two workers\n"
    )
    one: list[tuple[float, float]] = []
    two: list[tuple[float, float]] = []
    killed: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as name, cluster(Path(name) / "processes") as processes:
        folder = Path(name)
        for _ in range(ROUNDS):
            one.append(alone(schedule, folder))
            two.append(together(schedule, folder, processes))
            killed.append(one_killed(schedule, folder))
    for name, side in (("one process", one), ("two workers", two), ("one of two killed", killed)):
        tell(
            f"{name}: processor time, by the clock",
            f"{median(each[0] for each in side):.1f} s, {median(each[1] for each in side):.1f} s",
        )
    processor, clock = ratios(two, one)
    tell("two workers: processor time of all against one process", f"{processor:.2f} ×")
    tell("two workers: time by the clock against one process", f"{clock:.2f} ×")
    processor, clock = ratios(killed, two)
    tell("one killed half way: processor time against two unharmed", f"{processor:.2f} ×")
    tell("one killed half way: time by the clock against two unharmed", f"{clock:.2f} ×")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
