"""The benchmark of millions: a roster of 2.8 million units, 20 obligations and 4 periods, as columns and as files.

Ratios are medians over rounds of one run in which the sides take turns, since the machines are shared; figures beside
them are of that run. Run it with `make bench-scale`; `python -m tests.bench.scale UNITS OBLIGATIONS` for other sizes.
"""

import datetime as dt
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import attrs
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import cyclekit
from cyclekit.adapters.arrow import SCHEMA, files
from cyclekit.civil.cycles import Months
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Every
from tests.bench.timing import ratio, seconds

UNITS, OBLIGATIONS, PERIODS = 2_800_000, 20, 4
ROUNDS = 3
PLOT = Path(__file__).parents[2] / "docs" / "growth.svg"


def rulebook(units: int, obligations: int) -> Rulebook:
    """So many units of two kinds, each of which owes so many quarterly reports."""
    text = cyclekit.Text.of("Quarterly report")
    width = 11
    data = bytearray()
    for first in range(0, units, 100_000):
        data += b"".join(b"340%08d" % number for number in range(first, min(units, first + 100_000)))
    ids = Texts(bytes(data), array("i", range(0, width * units + 1, width)))
    kinds = Coded(["grassroots", "county"], bytes(not number % 1000 for number in range(units)))
    every = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20))),)))
    rules = tuple(Obligation(f"report-{number}", every, text) for number in range(obligations))
    return Rulebook("national", text, Roster(ids, kinds=kinds, order=range(units)), rules)


def expanded(units: int, obligations: int, years: int = 1) -> Schedule:
    """The schedule of 2026, or of some years from then on."""
    return cyclekit.expand(rulebook(units, obligations), f"2026..{2025 + years}")


def read(schedule: Schedule) -> int:
    """How many rows its batches have, made and let go one by one."""
    return sum(batch.num_rows for batch in schedule.to_arrow())


def against_numpy(units: int) -> float:
    """Rows a second of batches against ``repeat`` and ``tile`` into fresh arrays of the same columns."""
    schedule = expanded(units, 1)
    small = np.arange(PERIODS, dtype=np.int32)
    bits = np.zeros(PERIODS, dtype=np.bool_)
    own = {"unit", "unit_name", "kind", "timezone"}

    def theirs() -> None:
        for field in SCHEMA:
            if field.name in own:
                np.tile(np.arange(units, dtype=np.int32), PERIODS)
            else:
                np.repeat(bits if field.type == pa.bool_() else small, units)

    return ratio(theirs, lambda: read(schedule), ROUNDS)


def against_polars(units: int) -> float:
    """Rows a second of batches against a cross join of a frame of units and one of dates, in polars."""
    schedule = expanded(units, 1)
    table = expanded(1, 1).to_polars()
    mine = pl.DataFrame({"unit": list(schedule.rulebooks[0].roster.ids)}, schema={"unit": pl.Categorical})
    dates = table.drop("unit")
    return ratio(lambda: mine.join(dates, how="cross"), lambda: read(schedule), ROUNDS)


def against_pyarrow(units: int, obligations: int, folder: Path) -> tuple[float, float]:
    """Time to write a schedule as Parquet against pyarrow's for the same columns ready-made; and rows a second."""
    schedule = expanded(units, obligations)
    ready = list(files.groups(expanded(units, 1), "en"))
    assert sum(each.num_rows for each in ready) == units * PERIODS
    times: list[float] = []

    def ours() -> None:
        with (folder / "ours.parquet").open("wb") as sink:
            times.append(seconds(lambda: files.parquet(schedule, sink)))

    def theirs() -> None:
        with (folder / "theirs.parquet").open("wb") as sink, files.writer(sink, "zstd") as writer:
            for _ in range(obligations):
                for each in ready:
                    writer.write_table(each, row_group_size=files.GROUP_ROWS)

    longer = ratio(ours, theirs, ROUNDS)
    assert pq.ParquetFile(folder / "ours.parquet").metadata.num_rows == len(schedule)
    return longer, len(schedule) / min(times)


@attrs.frozen
class _Plain:
    """What an occurrence would be as an object of its own, with all that it says."""

    key: Key
    obligation: Obligation
    unit: str
    period: str
    number: int
    opens: object
    nominal: object
    due: object
    closes: object
    status: object
    provisional: bool
    title: object


def iterating() -> tuple[float, float, float]:
    """Occurrences a second of the processor with ``due`` and ``key`` read, and attrs objects; the median of the ratios.

    The processor's time and not the clock's: other programs have the machine as well. The objects are made of values
    that are at hand: their ids are a list of texts, where ours are taken out of a column.
    """
    schedule = expanded(25_000, 5)
    listed = list(schedule.rulebooks[0].roster.ids)

    def walk() -> None:
        for each in schedule:
            each.due, each.key  # noqa: B018  # reading them is the work

    def plain() -> None:
        for line in schedule.lines:
            obligation, book = line.obligation, line.rulebook.id
            for row in range(line.rows):
                due, nominal = (dt.date.fromordinal(each[row]) for each in (line.due, line.nominal))
                period = line.labels[row]
                for unit in line.units_of(row):
                    id_ = listed[unit]
                    key = Key(book, obligation.id, id_, period, 1)
                    one = _Plain(key, obligation, id_, period, 1, None, nominal, due, None, None, False, None)
                    one.due, one.key  # noqa: B018  # the same

    rounds = [(_processor(walk), _processor(plain)) for _ in range(2 * ROUNDS + 1)]
    ours, theirs = (len(schedule) / statistics.median(each) for each in zip(*rounds, strict=True))
    return ours, theirs, statistics.median(other / mine for mine, other in rounds)


def _processor(work: Callable[[], object]) -> float:
    """The processor's seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def one_unit(units: int) -> float:
    """Milliseconds for the occurrences of one unit among so many."""
    schedule = expanded(units, OBLIGATIONS)
    name = f"340{units // 2:08}"
    return 1000 * min(seconds(lambda: list(schedule.for_unit(name))) for _ in range(20))


def growth(units: int) -> list[tuple[str, list[tuple[int, float]]]]:
    """Rows, and seconds of the processor to expand and write them: with ever more units, and over ever more years."""
    sizes = [max(1, units // factor) for factor in (10_000, 1000, 100, 10)]
    few = sizes[1]
    more_units = [(each * 5 * PERIODS, _written(each, 1)) for each in sizes]
    more_years = [(few * 5 * PERIODS * years, _written(few, years)) for years in (1, 10, 40)]
    return [("units", more_units), ("years", more_years)]


def _written(units: int, years: int) -> float:
    book = rulebook(units, 5)
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        files.parquet(cyclekit.expand(book, f"2026..{2025 + years}"), io.BytesIO())
        times.append(time.process_time() - start)
    return min(times)


def peak(units: int, obligations: int, folder: Path) -> tuple[int, float]:
    """The most memory in MB, and the seconds, of a process that writes it all as Parquet and does nothing else."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.bench import scale\n"
        "scale.write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))\n"
    )
    words = [sys.executable, "-c", code, str(units), str(obligations), str(folder / "all.parquet")]
    ran = subprocess.run(words, check=True, capture_output=True, text=True)
    most, took = ran.stdout.split()
    return int(most), float(took)


def write(units: int, obligations: int, path: Path) -> None:
    """Write a schedule as Parquet, and say how much memory that took, and how long."""
    from cyclekit.workspace.tables import write_tables  # noqa: PLC0415  # only this process needs it

    schedule = expanded(units, obligations)
    took = seconds(lambda: write_tables(schedule, str(path), "parquet"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, f"{took:.1f}")


def plot(curves: list[tuple[str, list[tuple[int, float]]]]) -> str:
    """Rows against seconds, both by powers of ten, as SVG."""
    points = [each for _, curve in curves for each in curve]
    low_x, high_x = (f([np.log10(rows) for rows, _ in points]) for f in (min, max))
    low_y, high_y = (f([np.log10(took) for _, took in points]) for f in (min, max))

    def at(rows: int, took: float) -> tuple[float, float]:
        x = 60 + 500 * (np.log10(rows) - low_x) / (high_x - low_x)
        return round(x, 1), round(270 - 240 * (np.log10(took) - low_y) / (high_y - low_y), 1)

    drawn = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 310" font-family="sans-serif" font-size="12">',
        '<rect width="640" height="310" fill="#fff"/>',
        '<path d="M60 20V275H580" fill="none" stroke="#888"/>',
    ]
    for (name, curve), colour in zip(curves, ("#0b6e4f", "#c8553d"), strict=True):
        line = " ".join(f"{x},{y}" for x, y in (at(*each) for each in curve))
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for rows, took in curve:
            x, y = at(rows, took)
            drawn.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
            drawn.append(f'<text x="{x}" y="{y - 8}" text-anchor="middle">{rows:,} · {took:.3g} s</text>')
        x, y = at(*curve[-1])
        drawn.append(f'<text x="{x + 6}" y="{y + 14}" fill="{colour}">{name}</text>')
    return "\n".join([*drawn, '<text x="320" y="300" text-anchor="middle">rows</text>', "</svg>", ""])


def tell(what: str, figure: str) -> None:
    """Print a figure."""
    print(f"  {what:<66} {figure:>18}", flush=True)


def main(
    units: int = UNITS, obligations: int = OBLIGATIONS, *, draw: Callable[[str], object] = PLOT.write_text
) -> None:
    """Print every figure, and draw the growth."""
    rows = units * obligations * PERIODS
    print(f"Python {sys.version.split()[0]}, pyarrow {pa.__version__}, medians of {ROUNDS} rounds")
    print(f"{units:,} units × {obligations} obligations × {PERIODS} periods = {rows:,} rows\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        longer, rate = against_pyarrow(units, min(obligations, 4), folder)
        tell("Parquet: time against pyarrow's for ready-made columns", f"{longer:.2f} ×")
        tell("Parquet: rows a second", f"{rate:,.0f}")
        most, took = peak(units, obligations, folder)
        tell("Parquet: peak memory of the whole process, all rows", f"{most} MB")
        tell("Parquet: time for all rows", f"{took:.1f} s")
    tell("batches: rows a second against numpy's repeat and tile", f"{against_numpy(units):.2f} ×")
    tell("batches: rows a second against a cross join of polars", f"{against_polars(units // 4):.2f} ×")
    schedule = expanded(units, obligations)
    tell("batches: rows a second", f"{len(schedule) / seconds(lambda: read(schedule)):,.0f}")
    ours, theirs, faster = iterating()
    tell("occurrences a second of the processor, due and key read", f"{ours:,.0f}")
    tell("attrs objects a second of the processor, the same read", f"{theirs:,.0f}")
    tell("occurrences: against an attrs object each", f"{faster:.2f} ×")
    tell("one unit's occurrences", f"{one_unit(units):.2f} ms")
    curves = growth(units)
    for name, curve in curves:
        for count, took in curve:
            tell(f"growth with {name}: {count:,} rows", f"{took:.4f} s")
    draw(plot(curves))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
