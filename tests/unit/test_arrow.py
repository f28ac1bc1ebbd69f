"""Schedules as columns, for those who read columns."""

import datetime as dt
import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest

import cyclekit
from cyclekit.civil.cycles import Months
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Every


def schedule(units: int) -> Schedule:
    """A report due on the 20th of each quarter's last month in 2026, of so many units."""
    every = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20))),)))
    ids = Texts.of(f"u{number:05}" for number in range(units))
    roster = Roster(ids, kinds=Coded(["county", "office"], bytes(number % 2 for number in range(units))))
    report = Obligation("report", every, cyclekit.Text((("en", "Report"), ("zh", "季报"))))
    book = Rulebook("demo", cyclekit.Text.of("Demo"), roster, (report,))
    return cyclekit.expand(book, "2026")


DUE = [dt.date(2026, month, 20) for month in (3, 6, 9, 12)]


def test_one_column_for_each_field() -> None:
    """Ids and texts are dictionaries, days are days, and what is not stated is null."""
    table = schedule(3).to_arrow(language="zh").read_all()
    assert table.column("due").to_pylist() == [day for day in DUE for _ in range(3)]
    assert table.column("unit").to_pylist() == ["u00000", "u00001", "u00002"] * 4
    assert set(table.column("title").to_pylist()) == {"季报"}
    assert table.schema.field("unit").type == pa.dictionary(pa.int32(), pa.string())
    assert table.schema.field("due").type == pa.date32()
    assert table.column("opens").null_count == 12
    assert table.column("period").to_pylist()[::3] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]


@pytest.mark.parametrize(("batch_rows", "sizes"), [(5, [5, 2] * 4), (7, [7] * 4), (20, [14, 14]), (28, [28])])
def test_batches_have_at_most_so_many_rows(batch_rows: int, sizes: list[int]) -> None:
    """Units are cut into runs, and several dates share a batch where there is room."""
    batches = list(schedule(7).to_arrow(batch_rows=batch_rows))
    assert [batch.num_rows for batch in batches] == sizes
    whole = pa.Table.from_batches(batches)
    assert sorted(zip(whole["due"].to_pylist(), whole["unit"].to_pylist(), strict=True)) == [
        (day, f"u{number:05}") for day in DUE for number in range(7)
    ]


def test_batches_take_the_same_arrays_again() -> None:
    """What a line says of a row is made once: the batches of further units hold the very same memory."""
    first, second, *_ = schedule(20).to_arrow(batch_rows=10)
    for name in ("due", "period", "title"):
        one, other = (batch.column(name) for batch in (first, second))
        one, other = ((each.indices if name != "due" else each).buffers()[1] for each in (one, other))
        assert one.address == other.address
    one, other = (batch.column("unit").dictionary.buffers()[2] for batch in (first, second))
    assert one.address == other.address


def test_batches_of_no_rows_are_refused() -> None:
    """A batch has at least one row."""
    with pytest.raises(ValueError, match="batches of 0 rows"):
        schedule(1).to_arrow(batch_rows=0)


def test_the_one_unit_of_a_file_without_units_has_no_id() -> None:
    """Its unit is null, and its name that of the file; an empty schedule has its columns all the same."""
    book = schedule(1).rulebooks[0]
    alone = Rulebook(book.id, book.title, Roster(["_"]), book.obligations)
    table = cyclekit.expand(alone, "2026").to_arrow().read_all()
    assert table.column("unit").to_pylist() == [None] * 4
    assert table.column("unit_name").to_pylist() == ["Demo"] * 4
    empty = cyclekit.expand(alone, "2026-01").to_arrow().read_all()
    assert (empty.num_rows, empty.schema) == (0, table.schema)


def test_duckdb_reads_a_schedule() -> None:
    """A query names the schedule as it names a table, and takes it through the C stream interface."""
    occurrences = schedule(1000)
    asked = "SELECT kind, count(*) FROM occurrences WHERE due < '2026-07-01' GROUP BY 1 ORDER BY 1"
    connection = duckdb.connect()
    connection.register("occurrences", occurrences)
    assert connection.execute(asked).fetchall() == [("county", 1000), ("office", 1000)]


def test_frames_of_pandas_and_polars() -> None:
    """Both have a row for each occurrence, with days as days; batches with other units are put together."""
    occurrences = schedule(50_000)
    frame = occurrences.to_pandas()
    assert len(frame) == 200_000
    assert frame["due"].min().date() == DUE[0]
    assert frame["unit"].nunique() == 50_000
    other = occurrences.to_polars()
    assert other.height == 200_000
    assert other["due"].max() == DUE[-1]
    assert other["unit"].n_unique() == 50_000
    assert frame["unit"].iloc[-1] == other["unit"][-1] == "u49999"


def test_expanding_does_not_load_arrow() -> None:
    """Who asks for no columns needs no pyarrow."""
    code = (
        "import sys, cyclekit\n"
        "s = cyclekit.expand(cyclekit.load('rules/cn/anqing-2022.yaml'), '2023')\n"
        "next(iter(s))\n"
        "assert not {'pyarrow', 'numpy', 'pandas', 'polars', 'duckdb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
