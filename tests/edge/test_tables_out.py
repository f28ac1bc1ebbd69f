"""``cyclekit export --format``: occurrences as rows, in files."""

import csv
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import fsspec
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import cyclekit
from cyclekit.adapters import xlsx
from cyclekit.cli.main import main

BOOK = "rules/cn/anqing-2022.yaml"
HORIZON = "2022-10-01..2023-12-31"
#: Two hundred thousand units and eighty dates each are sixteen million rows.
SCALE = """\
import sys
from array import array
import pyarrow, pyarrow.parquet, cyclekit
from cyclekit.civil.cycles import Months
from cyclekit.model.compact import Texts
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Every
from cyclekit.workspace.tables import write_tables
units = 200_000
ids = Texts(b"".join(b"%08d" % number for number in range(units)), array("i", range(0, 8 * units + 1, 8)))
every = Every(Months(3, "quarter"), DueList((Due(Course(DayOfMonth(20))),)))
text = cyclekit.Text.of("report")
rules = tuple(Obligation(f"r{number}", every, text) for number in range(int(sys.argv[2])))
book = Rulebook("book", text, Roster(ids), rules)
write_tables(cyclekit.expand(book, "2026"), sys.argv[1], "parquet")
"""


def run(*words: str) -> Result:
    """The command, as a user calls it."""
    return CliRunner().invoke(main, ["export", BOOK, "--within", HORIZON, *words])


def keys() -> list[str]:
    """The keys of what the rule file gives, sorted."""
    return sorted(str(each.key) for each in cyclekit.expand(cyclekit.load(BOOK), HORIZON))


def test_parquet(tmp_path: Path) -> None:
    """A Parquet file has the columns of a schedule, and statistics on due for each row group."""
    out = tmp_path / "new" / "all.parquet"
    ran = run("--format", "parquet", "--out", str(out))
    assert (ran.exit_code, ran.output) == (0, f"{out}: rows 355, files 1\n")
    table = pq.read_table(out)
    expected = cyclekit.expand(cyclekit.load(BOOK), HORIZON).to_arrow().read_all()
    assert table.to_pylist() == expected.to_pylist()
    metadata = pq.ParquetFile(out).metadata
    due = table.schema.get_field_index("due")
    for number in range(metadata.num_row_groups):
        group = pq.ParquetFile(out).read_row_group(number)
        statistics = metadata.row_group(number).column(due).statistics
        assert (statistics.min, statistics.max) == (min(group["due"].to_pylist()), max(group["due"].to_pylist()))
    assert [each.name for each in out.parent.iterdir()] == ["all.parquet"]


def test_csv_is_made_for_spreadsheets(tmp_path: Path) -> None:
    """UTF-8 with a BOM, or without, a line for each occurrence with its key; formulas are made harmless."""
    out = tmp_path / "all.csv"
    assert run("--format", "csv", "--out", str(out), "--lang", "zh").exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfkey,")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(each["key"] for each in rows) == keys()
    assert {each["unit_name"] for each in rows if each["unit"] == "tongcheng"} == {"桐城市总工会"}
    assert run("--format", "csv", "--out", str(out), "--no-bom").exit_code == 0
    assert out.read_bytes().startswith(b"key,")
    evil = ["=1+1", "+1", "-1", "@x", "＝1", "plain"]
    units = ", ".join(f'{{id: u{number}, name: "{name}"}}' for number, name in enumerate(evil))
    rules = tmp_path / "evil.yaml"
    rules.write_text(
        f"cyclekit: 1\nid: evil\ntitle: Evil\nunits: [{units}]\n"
        'obligations: {o: {title: "=cmd()", every: year, due: {date: 06-20}}}\n',
        encoding="utf-8",
    )
    ran = CliRunner().invoke(main, ["export", str(rules), "--within", "2026", "--format", "csv", "--out", str(out)])
    assert ran.exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [each["unit_name"] for each in rows] == ["'=1+1", "'+1", "'-1", "'@x", "'＝1", "plain"]
    assert {each["title"] for each in rows} == {"'=cmd()"}


def test_json_lines(tmp_path: Path) -> None:
    """Each line is an object, as ``cyclekit due --format json`` writes it."""
    out = tmp_path / "all.jsonl"
    assert run("--format", "jsonl", "--out", str(out)).exit_code == 0
    told = CliRunner().invoke(main, ["due", BOOK, "--within", HORIZON, "--format", "json"])
    assert out.read_text(encoding="utf-8") == told.output
    assert sorted(json.loads(line)["key"] for line in told.output.splitlines()) == keys()


def test_a_workbook_of_sheets(tmp_path: Path) -> None:
    """A workbook has a sheet for each kind, or for each unit that owes something; the same bytes each time."""
    out = tmp_path / "all.xlsx"
    assert run("--format", "xlsx", "--sheets", "kind", "--out", str(out)).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert sorted(book.sheetnames) == ["city", "county", "office", "team"]
    found = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(map(str, found)) == keys()
    sheet = book["county"]
    assert (sheet.freeze_panes, sheet["I2"].is_date) == ("A2", True)
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["F"].width
    before = out.read_bytes()
    assert run("--format", "xlsx", "--sheets", "kind", "--out", str(out)).exit_code == 0
    assert out.read_bytes() == before
    assert run("--format", "xlsx", "--sheets", "unit", "--out", str(out)).exit_code == 0
    owing = {each.unit.id for each in cyclekit.expand(cyclekit.load(BOOK), HORIZON)}
    names = openpyxl.load_workbook(out).sheetnames
    assert "桐城市总工会" in names
    assert len(names) >= len(owing)
    assert run("--format", "xlsx", "--out", str(out)).exit_code == 0
    assert openpyxl.load_workbook(out).sheetnames == ["deadlines"]
    assert run("--format", "csv", "--sheets", "kind", "--out", str(out)).exit_code == 2


def test_names_that_sheets_cannot_have() -> None:
    """Names are cut to what Excel takes, and told apart where they are then alike."""
    schedule = cyclekit.expand(cyclekit.load(BOOK), "2023-01")
    names = ["a/b", "A-B", "x" * 40, "x" * 41, "", "History"]
    data = xlsx.workbook(schedule, sheets=[(name, schedule) for name in names])
    found = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert found == ["a-b", "A-B 2", "x" * 31, "x" * 29 + " 2", "deadlines", "History 2"]


def test_parts_are_read_as_one_table(tmp_path: Path) -> None:
    """Parts lie in folders by year and kind, and DuckDB reads them as one table, skipping those not asked for."""
    out = tmp_path / "parts"
    assert run("--format", "parquet", "--partition", "year,kind", "--out", str(out)).exit_code == 0
    assert (out / "year=2023" / "kind=county" / "part.parquet").is_file()
    table = duckdb.read_parquet(f"{out}/**/*.parquet", hive_partitioning=True)
    found = table.aggregate("year, kind, count(*)").order("year, kind").fetchall()
    whole = cyclekit.expand(cyclekit.load(BOOK), HORIZON).to_pandas()
    expected = whole.groupby([whole["due"].dt.year, "kind"], observed=True).size()
    assert found == [(year, kind, count) for (year, kind), count in expected.items()]


def test_an_address_that_fsspec_knows() -> None:
    """A table and its parts go to any storage that fsspec has; here to its memory."""
    assert run("--format", "parquet", "--out", "memory://deadlines/all.parquet").exit_code == 0
    with fsspec.open("memory://deadlines/all.parquet") as file:
        assert pq.read_table(pa.BufferReader(file.read())).num_rows == 355
    assert run("--format", "csv", "--partition", "obligation", "--out", "memory://parts").exit_code == 0
    assert len(fsspec.filesystem("memory").glob("/parts/*/part.csv")) > 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--partition", "year", "--out", "x"), "--partition is for rows"),
        (("--format", "csv", "--partition", "month", "--out", "x"), "“month”: year, kind, rulebook, obligation"),
        (("--format", "csv", "--partition", "year,year", "--out", "x"), "“year”"),
        (("--format", "csv", "--out", "nowhere://x"), "nowhere"),
        (("--out", BOOK), "is a file, and a folder is wanted"),
    ],
)
def test_what_cannot_be_written(words: tuple[str, ...], said: str) -> None:
    """What is wrong with options and addresses is told, and nothing is written."""
    ran = run(*words, "--lang", "en")
    assert ran.exit_code == 2
    assert said in ran.output


@pytest.mark.parametrize(("package", "form"), [("pyarrow", "parquet"), ("fsspec", "jsonl")])
def test_an_extra_that_is_missing_is_named(package: str, form: str, tmp_path: Path) -> None:
    """Without the package that writes, the command says which extra brings it."""
    out = "memory://x" if package == "fsspec" else str(tmp_path / "x")
    code = (
        "import sys\n"
        f"sys.modules['{package}'] = None\n"
        "from cyclekit.cli import main\n"
        f"main(['export', '{BOOK}', '--within', '2023', '--format', '{form}', '--out', '{out}', '--lang', 'en'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert f"{package} is not installed; pip install 'cyclekit[" in ran.stderr


def test_a_failed_file_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails in the middle, the earlier file stays and no unfinished one does."""
    out = tmp_path / "all.jsonl"
    out.write_text("earlier", encoding="utf-8")

    def fails(_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cyclekit.adapters.jsonlines._json", fails)
    ran = run("--format", "jsonl", "--out", str(out))
    assert ran.exit_code == 2
    assert "No space left on device" in ran.output
    assert out.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [out]


def peak(out: Path, obligations: int) -> int:
    """The most memory, in MB, of a process that writes so many obligations of 200,000 units."""
    before = 700 * 1024 * 1024

    def capped() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (before, before))

    # ru_maxrss would be that of this process where it is larger: Linux hands it on to what is started.
    code = f"{SCALE}\nfor line in open('/proc/self/status'):\n    if line.startswith('VmHWM'):\n        print(line)"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(out), str(obligations)],
        preexec_fn=capped,  # no threads here
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout.split()[1]) // 1024


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Sixteen million rows take no more memory than three million do, and less than 400 MB, under a limit.

    Each row group is one obligation's.
    """
    few, many = (peak(tmp_path / f"{count}.parquet", count) for count in (4, 20))
    metadata = pq.ParquetFile(tmp_path / "20.parquet").metadata
    assert metadata.num_rows == 16_000_000
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    obligations = [group.column(1).statistics for group in groups]
    assert all(each.min == each.max for each in obligations)
    assert {each.min for each in obligations} == {f"r{number}" for number in range(20)}
    assert many < few * 1.25
    assert many < 400
