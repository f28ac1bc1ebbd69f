"""Tables of units that are read once for as long as their files say the same."""

import datetime as dt
import sqlite3
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cyclekit.civil.labels import read_span
from cyclekit.errors import RuleFileError
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.server.loading import Loader, Rules
from cyclekit.sources import unit_files
from cyclekit.workspace.keeping import KeptTables

RULES = "cyclekit: 1\nid: book\nunits: units.parquet\nobligations: {report: {title: Report, every: quarter}}\n"
MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def write(path: Path, *ids: str) -> Path:
    """A table of units."""
    file = path / "units.parquet"
    pq.write_table(pa.table({"id": ids}), file)
    return file


def columns(table: UnitTable | Refusal) -> list[list[str]]:
    """The columns of a table that was read."""
    assert isinstance(table, UnitTable)
    return [list(each) for each in table.columns]


def test_a_table_is_read_again_when_its_file_says_something_else(tmp_path: Path) -> None:
    """The same table comes back for the same octets, though the file was written anew; and another one for others."""
    tables, file = KeptTables(), write(tmp_path, "a", "b")
    first = tables.read(file)
    assert columns(first) == [["a", "b"]]
    write(tmp_path, "a", "b")
    assert tables.read(file) is first
    tables.forget_others()
    assert tables.read(file) is first
    write(tmp_path, "a", "c")
    assert columns(tables.read(file)) == [["a", "c"]]


def test_a_table_that_is_not_read_any_more_is_forgotten(tmp_path: Path) -> None:
    """What was not read between two calls is not kept."""
    tables, file = KeptTables(), write(tmp_path, "a")
    first = tables.read(file)
    tables.forget_others()
    tables.forget_others()
    assert tables.read(file) is not first


def test_what_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    """A refusal is not kept, and a file that is not there is told by the system."""
    tables, file = KeptTables(), tmp_path / "units.parquet"
    with pytest.raises(FileNotFoundError):
        tables.read(file)
    file.write_text("id\na\n", encoding="utf-8")
    assert isinstance(tables.read(file), Refusal)
    write(tmp_path, "a")
    assert columns(tables.read(file)) == [["a"]]


def test_a_table_that_is_written_while_it_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows which of both it is: the next one to ask has it read again."""
    tables, file = KeptTables(), write(tmp_path, "a")
    read = unit_files.read

    def slowly(path: Path) -> UnitTable | Refusal:
        found = read(path)
        write(tmp_path, "b")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(unit_files, "read", slowly)
        tables.read(file)
    write(tmp_path, "a")
    found = tables.read(file)
    assert columns(found) == [["a"]]
    assert tables.read(file) is found


def test_rules_that_change_share_their_units(tmp_path: Path) -> None:
    """A server that loads rules anew, after errors as well, has the very columns of units that it had."""
    write(tmp_path, "a", "b")
    rules = tmp_path / "rules.yaml"
    loader = Loader(Rules((tmp_path,), lambda _: read_span("2026")))

    def load(text: str) -> object:
        rules.write_text(text, encoding="utf-8")
        snapshot = loader.load(MOMENT)
        assert len(snapshot.schedule) == 8
        return loader._tables._kept[tmp_path / "units.parquet"][1]

    first = load(RULES)
    with pytest.raises(RuleFileError):
        load(RULES.replace("quarter", "quater"))
    assert load(RULES.replace("Report", "Other")) is first


def test_units_of_a_database_are_served(tmp_path: Path) -> None:
    """A server finds the addresses of databases where it is told, as the other commands do."""
    with sqlite3.connect(tmp_path / "units.db") as connection:
        connection.execute("CREATE TABLE units (id)")
        connection.execute("INSERT INTO units VALUES ('a')")
    connection.close()
    (tmp_path / "rules.yaml").write_text(
        RULES.replace("units.parquet", "{sql: SELECT id FROM units, url_env: UNITS}"), encoding="utf-8"
    )
    environment = {"UNITS": f"sqlite:///{tmp_path / 'units.db'}"}
    rules = Rules((tmp_path,), lambda _: read_span("2026"), environment=environment)
    assert Loader(rules).load(MOMENT).has("book", "a")
