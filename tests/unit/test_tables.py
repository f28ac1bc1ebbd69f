"""Units from tables: Parquet, Excel and databases, read column by column."""

import datetime as dt
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import cyclekit
from cyclekit.civil.fiscal import YearStart
from cyclekit.cli.main import main
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.roster import Roster
from cyclekit.model.unit_table import UnitTable
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.references import References
from cyclekit.reading.tables import read_table
from cyclekit.workspace.loading import Loaded, load_files

OFFICES = """\
id,name:zh,name:en,kind,parent,tags,calendar,timezone,year_start,active,region
hq,总公司,Head office,head,,,,,,,
sh,上海公司,Shanghai,branch,hq,coast;port,CN,Asia/Shanghai,04-01,2019..2021;2023..,east
xa,西安公司,Xi'an,branch,hq,,,,,,
"""
RULES = """\
cyclekit: 1
id: demo
title: Demo
units: {units}
obligations:
  report: {{title: Report, applies_to: {{kind: branch}}, every: quarter, due: {{day: 20}}}}
"""


def rows() -> list[list[str | None]]:
    """The sheet of offices as rows, None for what is left out."""
    return [[cell or None for cell in line.split(",")] for line in OFFICES.splitlines()]


def as_parquet(path: Path, table: Sequence[Sequence[object]]) -> str:
    """A Parquet file of a table whose first row has the names of columns."""
    head, *body = table
    columns = [pa.array(column) for column in zip(*body, strict=True)]
    pq.write_table(pa.table(columns, names=list(map(str, head))), path / "offices.parquet", row_group_size=2)
    return "offices.parquet"


def as_workbook(path: Path, table: Sequence[Sequence[object]]) -> str:
    """A workbook with one sheet of a table."""
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    book.save(path / "offices.xlsx")
    return "offices.xlsx"


def as_database(path: Path, table: Sequence[Sequence[object]]) -> str:
    """A SQLite database with a table, and what a rule file says of it."""
    head, *body = table
    named = ", ".join(f'"{name}"' for name in head)
    with sqlite3.connect(path / "offices.db") as connection:
        connection.execute(f"CREATE TABLE offices ({named})")
        connection.executemany(f"INSERT INTO offices VALUES ({', '.join('?' * len(head))})", body)  # noqa: S608
    connection.close()
    return "{sql: SELECT * FROM offices, url_env: OFFICES}"


WAYS = {"parquet": as_parquet, "xlsx": as_workbook, "sql": as_database}


def loaded(path: Path, units: str) -> Loaded:
    """What becomes of a rule file with these units, beside which their file lies."""
    (path / "rules.yaml").write_text(RULES.format(units=units), encoding="utf-8")
    return load_files([path / "rules.yaml"], environment={"OFFICES": f"sqlite:///{path / 'offices.db'}"})


def told(found: Sequence[Diagnostic]) -> list[tuple[str, int, int]]:
    """The messages of diagnostics with their rows and columns."""
    return [(each.message, each.place.line, each.place.column) for each in found]


@pytest.mark.parametrize("way", WAYS)
def test_a_table_gives_the_roster_of_the_sheet(way: str, tmp_path: Path) -> None:
    """The same offices from Parquet, Excel and SQL are the roster that their sheet in CSV gives."""
    (tmp_path / "offices.csv").write_text(OFFICES, encoding="utf-8")
    expected = loaded(tmp_path, "offices.csv")
    found = loaded(tmp_path, WAYS[way](tmp_path, rows()))
    assert told(found.diagnostics) == []
    (book,), (other,) = found.rulebooks, expected.rulebooks
    assert book.roster == other.roster
    shanghai = book.roster["sh"]
    assert (shanghai.parent, shanghai.tags) == (book.roster["hq"], frozenset({"coast", "port"}))
    assert shanghai.attributes == {"region": "east"}
    assert book.roster.year_starts[1] == YearStart(4, 1)
    assert list(book["report"].selection.units(book.roster)) == [1, 2]
    assert len(cyclekit.expand(book, "2024")) == 8


@pytest.mark.parametrize(("way", "first"), [("parquet", 1), ("xlsx", 2), ("sql", 1)])
def test_bad_rows_are_told_with_file_and_row(way: str, first: int, tmp_path: Path) -> None:
    """Each kind of mistake is told at its row and column; one that stands in several rows at the first of them."""
    head = ["id", "kind", "parent", "calendar", "timezone", "year_start", "active", "tags"]
    table: list[list[str | None]] = [
        list(head),
        ["a", "office", None, "XX", None, None, None, None],
        ["b c", "office", "a", "XX", None, None, None, None],
        ["d", "office", None, None, "Asia/Peking", None, None, None],
        ["e", "office", None, None, None, "02-30", None, None],
        ["f", "office", None, None, None, None, "2023..;2024", None],
        ["g", "office", None, None, None, None, None, "x,y"],
        [None, "office", None, None, None, None, None, None],
    ]
    found = loaded(tmp_path, WAYS[way](tmp_path, table))
    assert not found.rulebooks
    file = "OFFICES" if way == "sql" else str(tmp_path / f"offices.{way}")
    assert {each.place.file for each in found.diagnostics} == {file}
    assert told(found.diagnostics) == [("bad-id", first + 1, 1), ("missing-key", first + 6, 1)]
    table[2][0], table[-1][0] = "b", "h"
    for old in tmp_path.glob("offices.*"):
        old.unlink()
    found = loaded(tmp_path, WAYS[way](tmp_path, table))
    assert told(found.diagnostics) == [
        ("unknown-calendar", first, 4),
        ("unknown-timezone", first + 2, 5),
        ("date-month-day", first + 3, 6),
        ("overlapping-spans", first + 4, 7),
        ("sheet-commas", first + 5, 8),
    ]


def table_of(**columns: Sequence[str]) -> UnitTable:
    """A table of these columns."""
    count = len(next(iter(columns.values())))
    return UnitTable("t", [name.replace("_", ":") for name in columns], list(columns.values()), range(1, count + 1))


def read(table: UnitTable, **limits: int) -> tuple[Roster | None, list[tuple[str, int, int]]]:
    """The roster of a table, and what is wrong with it."""
    roster, found = read_table(table, References(Surroundings()), Limits(**limits))
    return roster, told(found)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"code": ["a"]}, [("sheet-without-ids", 1, 1)]),
        ({"id": []}, [("sheet-without-rows", 1, 1)]),
        ({"id": ["a"], "children": ["b"]}, [("sheet-children", 1, 2)]),
        ({"id": ["a"], "under": ["b"]}, [("reserved-attribute", 1, 2)]),
        ({"id": ["a"], "knid": ["b"]}, [("attribute-near-key", 1, 2)]),
        ({"id": ["a"], "name": ["A"], "name_en": ["A"]}, [("conflict", 1, 3)]),
        ({"id": ["a"], "name_english": ["A"]}, [("bad-language", 1, 2)]),
        ({"id": ["a", "b", "a"]}, [("duplicate-unit", 3, 1)]),
        ({"id": ["A", "b", "a"]}, [("case-twins", 3, 1)]),
        ({"id": ["a", "everyone"]}, [("reserved-id", 2, 1)]),
        ({"id": ["a", "con"]}, [("device-id", 2, 1)]),
        ({"id": ["a", "x" * 65]}, [("long-id", 2, 1)]),
        ({"id": ["a", "b"], "parent": ["", "c"]}, [("unknown-unit", 2, 2)]),
        ({"id": ["a", "b", "c"], "parent": ["b", "c", "b"]}, [("cycle-of-units", 2, 2)]),
        ({"id": ["a", "b"], "name": ["A", "B\u200b"]}, [("invisible-char", 2, 2)]),
        ({"id": ["a", "b"], "region": ["x", "\x07"]}, [("control-char", 2, 2)]),
        ({"id": ["a"], "\u200bx": ["b"]}, [("invisible-char", 1, 2)]),
        ({"id": ["a"], " x": ["b"]}, [("bad-column", 1, 2)]),
    ],
)
def test_what_can_be_wrong(columns: dict[str, list[str]], expected: list[tuple[str, int, int]]) -> None:
    """Columns and rows that are refused, and a column that was probably meant to be another: each at its place.

    It is the same whether texts are held by number or one after the other.
    """
    for held in (list, Coded.of, Texts.of):
        found = read(table_of(**{name: held(texts) for name, texts in columns.items()}))
        assert found[1] == expected
        assert (found[0] is None) == (expected[0][0] != "attribute-near-key")


def test_a_text_can_be_too_long_and_a_table_too_large() -> None:
    """The limits of a text and of a table are named where they are passed."""
    assert read(table_of(id=["a", "b"], name=["x" * 9, "x" * 10]), text=9)[1] == [("limit-text", 2, 2)]
    assert read(table_of(id=["a", "b", "c"]), table_units=2)[1] == [("limit", 3, 1)]
    assert read(table_of(id=["a", "b"]), table_units=2)[1] == []


def test_what_a_unit_is_called() -> None:
    """A name without a language, names in several, some of them left out; else the id."""
    roster, _ = read(table_of(id=["a", "b", "c"], name_zh=["甲", "", ""], name_en=["A", "B", ""]))
    assert roster is not None
    assert [each.parts for each in roster.names] == [(("zh", "甲"), ("en", "A")), (("en", "B"),), (("", "c"),)]
    for names in (Texts.of(["甲", "乙"]), Coded.of(["甲", "乙"]), ["甲", "乙"]):
        roster, _ = read(table_of(id=["a", "b"], name=names))
        assert roster is not None
        assert list(map(str, roster.names)) == ["甲", "乙"]


def test_a_database_that_refuses(tmp_path: Path) -> None:
    """A variable that is not set, a table that is not there, a driver that is not installed: told at the field.

    The address, which may hold a password, is never told.
    """
    as_database(tmp_path, rows())
    found = loaded(tmp_path, "{sql: SELECT * FROM offices, url_env: NOBODY}")
    assert [(each.message, each.values, each.place.line) for each in found.diagnostics] == [
        ("no-address", {"name": "NOBODY"}, 4)
    ]
    found = loaded(tmp_path, "{sql: SELECT * FROM nobodies, url_env: OFFICES}")
    assert [(each.message, each.values["reason"]) for each in found.diagnostics] == [
        ("query-failed", "no such table: nobodies")
    ]
    found = loaded(tmp_path, "{sql: DROP TABLE offices, url_env: OFFICES}")
    assert [each.message for each in found.diagnostics] == ["query-failed"]
    for address in ("mysql+nothing://name:secret@host/x", "not an address: secret"):
        found = load_files([tmp_path / "rules.yaml"], environment={"OFFICES": address})
        assert [each.message for each in found.diagnostics] == ["query-failed"]
        assert "secret" not in str(found.diagnostics)


def test_a_query_wants_both_of_its_fields(tmp_path: Path) -> None:
    """A query without an address, and an address that is no name of a variable, are refused at the field."""
    found = loaded(tmp_path, "{sql: SELECT 1 AS id}")
    assert [(each.message, each.values["key"]) for each in found.diagnostics] == [("missing-key", "url_env")]
    found = loaded(tmp_path, "{sql: SELECT 1 AS id, url_env: 'sqlite:///x.db'}")
    assert [each.message for each in found.diagnostics] == ["bad-variable"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is not there, and files that are something else than their names say, are told at the field."""
    assert [each.message for each in loaded(tmp_path, "offices.parquet").diagnostics] == ["missing-file"]
    for name in ("offices.parquet", "offices.xlsx"):
        (tmp_path / name).write_text("id\na\n", encoding="utf-8")
        assert [each.message for each in loaded(tmp_path, name).diagnostics] == ["table-unreadable"]


def test_values_that_are_no_text(tmp_path: Path) -> None:
    """Numbers, truth values, days and lists have a text; bytes and structures have none."""
    table = pa.table(
        {
            "id": pa.array([340826, 340827], pa.int64()),
            "tags": pa.array([["coast", "port"], None], pa.list_(pa.string())),
            "since": pa.array([dt.date(2019, 1, 1), None], pa.date32()),
            "open": pa.array([True, False]),
            "share": pa.array([2.0, None]),
        }
    )
    pq.write_table(table, tmp_path / "offices.parquet")
    (tmp_path / "rules.yaml").write_text(
        RULES.format(units="offices.parquet").replace("{kind: branch}", "everyone"), encoding="utf-8"
    )
    unit = load_files([tmp_path / "rules.yaml"]).rulebooks[0].roster["340826"]
    assert unit.tags == {"coast", "port"}
    assert unit.attributes == {"since": "2019-01-01", "open": "true", "share": "2"}
    pq.write_table(pa.table({"id": ["a"], "data": pa.array([b"x"])}), tmp_path / "offices.parquet")
    found = load_files([tmp_path / "rules.yaml"]).diagnostics
    assert [(each.message, each.place.column, each.values["found"]) for each in found] == [("table-value", 2, "binary")]


def test_octets_that_are_no_text(tmp_path: Path) -> None:
    """A column of texts whose octets are no UTF-8 is refused as a file that cannot be read."""
    octets = pa.array([b"North", b"\x80\xff"], pa.binary())
    names = pa.Array.from_buffers(pa.string(), 2, octets.buffers())
    pq.write_table(pa.table({"id": ["a", "b"], "name": names}), tmp_path / "offices.parquet")
    assert [each.message for each in loaded(tmp_path, "offices.parquet").diagnostics] == ["table-unreadable"]


def test_rows_of_a_workbook_keep_their_numbers(tmp_path: Path) -> None:
    """Empty rows are passed over, and what is wrong below them is told at the row that the program shows."""
    table: list[list[str | None]] = [["id", "kind"], ["a", "branch"], [None, None], ["b c", "branch"]]
    found = loaded(tmp_path, as_workbook(tmp_path, table))
    assert told(found.diagnostics) == [("bad-id", 4, 1)]


def test_many_different_texts(tmp_path: Path) -> None:
    """A column of more different texts than are held by number, in any order, is the same column."""
    count = 60_000
    ids = [f"u{(number * 7919) % count:05}" for number in range(count)]
    parents = [None if number % 1000 == 0 else ids[number // 1000 * 1000] for number in range(count)]
    names = [f"第{number}个" for number in range(count)]
    columns = {"id": ids, "name": names, "kind": ["branch"] * count, "parent": parents, "no": names}
    table = [list(columns), *zip(*columns.values(), strict=True)]
    found = [loaded(tmp_path, way(tmp_path, table)).rulebooks[0].roster for way in (as_parquet, as_database)]
    for roster in found:
        assert list(roster.ids) == ids
        assert roster["u00000"].number == 0
        assert roster[ids[1234]].number == 1234
        assert str(roster[ids[1234]].name) == "第1234个"
        assert roster[ids[1234]].parent == roster[ids[1000]]
        assert roster[ids[1234]].attributes == {"no": "第1234个"}
        assert len(roster.subtree(0)) == 1000


def many(path: Path, ids: Sequence[str], **columns: Sequence[str]) -> Loaded:
    """What becomes of a table of so many units that their texts are held one after the other."""
    table = pa.table({"id": ids, "kind": ["branch"] * len(ids), **columns})
    pq.write_table(table, path / "offices.parquet")
    return loaded(path, "offices.parquet")


MANY = [f"u{number:05}" for number in range(60_000)]


def test_two_among_many_ids_that_are_equal(tmp_path: Path) -> None:
    """One id twice among very many is told at the second row, whether they stand in order or not, or differ in case."""
    for ids in ([*MANY, "u59999"], [*reversed(MANY), "u59999"], [*MANY, "U59999"]):
        found = many(tmp_path, ids).diagnostics
        first = ids.index("u59999") + 1
        expected = "case-twins" if ids[-1] == "U59999" else "duplicate-unit"
        assert [(*told([each]), [one.line for one in each.related]) for each in found] == [
            ((expected, 60_001, 1), [first])
        ]


@pytest.mark.parametrize(
    ("name", "message"), [("a\u200bb", "invisible-char"), ("a\u0007b", "control-char"), ("x" * 10_001, "limit-text")]
)
def test_one_among_many_names_that_is_odd(tmp_path: Path, name: str, message: str) -> None:
    """One name among very many that holds what no text may hold, or is too long, is told at its row."""
    names = [f"第{number}个（Office）" for number in range(60_000)]
    assert many(tmp_path, MANY, name=names).diagnostics == ()
    names[50_000] = name
    assert told(many(tmp_path, MANY, name=names).diagnostics) == [(message, 50_001, 3)]


def test_units_above_one_another_in_a_ring(tmp_path: Path) -> None:
    """Units that lie below themselves are told at the first of them, though most units stand above nobody."""
    parents = ["u00007"] * 60_000
    parents[7], parents[9], parents[50_000] = "u00009", "u50000", "u00007"
    (found,) = many(tmp_path, MANY, parent=parents).diagnostics
    assert (found.message, found.place.line, found.values["loop"]) == (
        "cycle-of-units",
        8,
        "u00007 → u00009 → u50000 → u00007",
    )


def test_the_command_reads_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``cyclekit check`` finds the address of the database in the environment; a library call is handed it."""
    units = as_database(tmp_path, rows())
    assert loaded(tmp_path, units).rulebooks
    monkeypatch.setenv("OFFICES", f"sqlite:///{tmp_path / 'offices.db'}")
    ran = CliRunner().invoke(main, ["check", str(tmp_path / "rules.yaml")])
    assert (ran.exit_code, ran.output.strip()) == (0, "1 file: no problems")
    with pytest.raises(cyclekit.RuleFileError):
        cyclekit.load(tmp_path / "rules.yaml")
    environment = MappingProxyType({"OFFICES": f"sqlite:///{tmp_path / 'offices.db'}"})
    assert len(cyclekit.load(tmp_path / "rules.yaml", environment=environment).roster) == 3


@pytest.mark.parametrize(("way", "package"), [("parquet", "pyarrow"), ("xlsx", "openpyxl"), ("sql", "sqlalchemy")])
def test_what_is_not_installed_is_named(
    way: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package that reads a table is missing, it is told which extra brings it."""
    units = WAYS[way](tmp_path, rows())
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "cyclekit.sources.parquet", raising=False)
    monkeypatch.delattr("cyclekit.sources.parquet", raising=False)
    (found,) = loaded(tmp_path, units).diagnostics
    assert (found.message, found.values["extra"]) == (
        "needs-package",
        {"parquet": "arrow", "xlsx": "sheets", "sql": "sql"}[way],
    )


def test_nothing_is_looked_for_among_millions() -> None:
    """A misspelt parent is told with what was meant among few units, and without among very many."""
    for count, expected in ((100, {"name": "u0001x", "suggestion": "u0001"}), (20_000, {"name": "u0001x"})):
        ids = [f"u{number:04}" for number in range(count)]
        parents = ["u0001x" if number == 50 else "" for number in range(count)]
        _, (found,) = read_table(table_of(id=ids, parent=parents), References(Surroundings()))
        assert (found.message, found.values, found.place.line) == ("unknown-unit", expected, 51)
