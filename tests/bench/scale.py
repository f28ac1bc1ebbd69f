"""The benchmark of millions: a roster of 2.8 million units, 20 obligations and 4 periods, as columns and as files.

Ratios are medians over rounds of one run in which the sides take turns, since the machines are shared; figures beside
them are of that run. Run it with `make bench-scale`; `python -m tests.bench.scale UNITS OBLIGATIONS` for other sizes.
"""

import datetime as dt
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import cyclekit
from cyclekit.adapters.arrow import SCHEMA, files
from cyclekit.civil.cycles import Days
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Every
from tests.bench.national import expanded, rulebook
from tests.bench.timing import ratio, seconds

UNITS, OBLIGATIONS, PERIODS = 2_800_000, 20, 4
ROUNDS = 3
#: What a process may have for its data which writes all rows (``RLIMIT_DATA``); code is mapped beside it, some 80 MB.
MOST = 320 << 20
COLOURS = ("#0b6e4f", "#c8553d")
PLOT = Path(__file__).parents[2] / "docs" / "growth.svg"


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
    """Rows, and seconds of the processor to expand and write them: with ever more units, and over ever more periods.

    Ten, a hundred and a thousand times as many of either. Periods are quarters of a year where units grow, and days
    where they do: 4,000 days are eleven years, within what a horizon may have.
    """
    factors = (1, 10, 100, 1000)
    few = max(1, units // 10_000)
    more_units, more_periods = [], []
    for factor in factors:
        more_units.append((few * factor * 5 * PERIODS, _written(rulebook(few * factor, 5), "2026")))
        last = dt.date(2025, 12, 31) + dt.timedelta(PERIODS * factor)
        days = _written(rulebook(few, 5, Every(Days())), f"2026-01-01..{last}")
        more_periods.append((few * factor * 5 * PERIODS, days))
    return [("units", more_units), ("periods", more_periods)]


def _written(book: Rulebook, horizon: str) -> float:
    return min(_processor(lambda: files.parquet(cyclekit.expand(book, horizon), io.BytesIO())) for _ in range(ROUNDS))


def peak(units: int, obligations: int, folder: Path) -> tuple[int, float]:
    """The most memory in MB, and the seconds, of a process that writes it all as Parquet and does nothing else.

    It may have so much memory of its own, and no more: whatever asks for more ends it.
    """
    wanted = ["tests.bench.national", str(units), str(obligations), str(folder / "all.parquet")]
    limited = ["sh", "-c", f'ulimit -d {MOST // 1024} && exec "$@"', "sh", sys.executable, "-m", *wanted]
    # Arrow's other allocators set a gigabyte aside before they use any.
    environment = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    ran = subprocess.run(limited, check=True, capture_output=True, text=True, env=environment)
    most, took = ran.stdout.split()
    return int(most), float(took)


def plot(curves: list[tuple[str, list[tuple[int, float]]]]) -> str:
    """Rows against seconds, both by powers of ten, as SVG."""
    points = [each for _, curve in curves for each in curve]
    low_x, high_x = (f([np.log10(rows) for rows, _ in points]) for f in (min, max))
    low_y, high_y = (f([np.log10(took) for _, took in points]) for f in (min, max))

    def at(rows: int, took: float) -> tuple[float, float]:
        x = 120 + 440 * (np.log10(rows) - low_x) / (high_x - low_x)
        return round(x, 1), round(270 - 240 * (np.log10(took) - low_y) / (high_y - low_y), 1)

    drawn = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 310" font-family="sans-serif" font-size="12">',
        '<rect width="700" height="310" fill="#fff"/>',
        '<path d="M120 20V275H600" fill="none" stroke="#888"/>',
    ]
    for (name, curve), colour in zip(curves, COLOURS, strict=True):
        line = " ".join(f"{x},{y}" for x, y in (at(*each) for each in curve))
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        # One curve's figures stand above it, the other's below.
        above = colour == COLOURS[0]
        for rows, took in curve:
            x, y = at(rows, took)
            drawn.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
            shift, anchor = (-8, "end") if above else (16, "start")
            drawn.append(
                f'<text x="{x}" y="{round(y + shift, 1)}" text-anchor="{anchor}" fill="{colour}">'
                f"{rows:,} · {took:.3g} s</text>"
            )
        label = 16 if above else 30
        drawn.append(f'<text x="130" y="{label + 14}" fill="{colour}">{name}</text>')
    return "\n".join([*drawn, '<text x="340" y="304" text-anchor="middle">rows</text>', "</svg>", ""])


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
