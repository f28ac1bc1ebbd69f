"""Very many units with quarterly duties; and a process that writes all they owe as Parquet, and does nothing else.

`python -m tests.bench.national UNITS OBLIGATIONS FILE` prints how much memory that took in MB, and how many seconds.
"""

import resource
import sys
from array import array

import cyclekit
from cyclekit.civil.cycles import Months
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Every
from cyclekit.workspace.tables import write_tables
from tests.bench.timing import seconds

QUARTERLY = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20))),)))


def rulebook(units: int, obligations: int, every: Every = QUARTERLY) -> Rulebook:
    """So many units of two kinds, each of which owes so many reports."""
    text = cyclekit.Text.of("Report")
    width = 11
    data = bytearray()
    for first in range(0, units, 100_000):
        data += b"".join(b"340%08d" % number for number in range(first, min(units, first + 100_000)))
    ids = Texts(bytes(data), array("i", range(0, width * units + 1, width)))
    kinds = Coded(["grassroots", "county"], bytes(not number % 1000 for number in range(units)))
    rules = tuple(Obligation(f"report-{number}", every, text) for number in range(obligations))
    return Rulebook("national", text, Roster(ids, kinds=kinds, order=range(units)), rules)


def expanded(units: int, obligations: int, years: int = 1) -> Schedule:
    """The schedule of 2026, or of some years from then on."""
    return cyclekit.expand(rulebook(units, obligations), f"2026..{2025 + years}")


def main(units: int, obligations: int, out: str) -> None:
    """Write a schedule as Parquet, and say how much memory that took, and how long."""
    schedule = expanded(units, obligations)
    took = seconds(lambda: write_tables(schedule, out, "parquet"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, f"{took:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
