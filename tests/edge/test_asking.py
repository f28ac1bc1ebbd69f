"""``cyclekit query`` and ``cyclekit load``: schedules asked, and looked at as a whole."""

import csv
import datetime as dt
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cyclekit
from cyclekit.adapters import load as drawing
from cyclekit.adapters import rows
from cyclekit.civil.labels import read_span
from cyclekit.cli.main import main
from cyclekit.model.load import load_by_day

BOOK = "rules/cn/anqing-2022.yaml"
SVG = "{http://www.w3.org/2000/svg}"
#: Two units; a report a month, of which one is waived for one unit; a survey on the same day in June.
RULES = """\
cyclekit: 1
id: demo
title: Demo
units: [{id: a, name: 甲}, {id: b, name: 乙}]
obligations:
  report:
    title: Report
    every: month
    due: {day: 20}
    exceptions: {2026-02: {waived: merged, units: a}}
  survey: {title: "=Survey", every: year, due: {date: 06-20}}
"""


@pytest.fixture
def demo(tmp_path: Path) -> str:
    """The path of the rule file above."""
    path = tmp_path / "demo.yaml"
    path.write_text(RULES, encoding="utf-8")
    return str(path)


def run(*words: str) -> Result:
    """The command, as a user calls it, in English and in 2026."""
    return CliRunner().invoke(main, [*words, "--within", "2026", "--lang", "en"])


def test_a_question_in_sql(demo: str) -> None:
    """An answer is a table to read, with names of any script beside each other and numbers to the right."""
    sql = "SELECT unit_name AS name, count(*) AS due FROM occurrences WHERE status = 'scheduled' GROUP BY 1 ORDER BY 2"
    ran = run("query", demo, sql)
    assert (ran.exit_code, ran.output) == (0, "name  due\n----  ---\n甲     12\n乙     13\n")


def test_answers_for_programs(demo: str) -> None:
    """As JSON lines and as CSV, where days have their ISO text, null is nothing, and a formula is made harmless."""
    sql = "SELECT due, opens, title, number FROM occurrences WHERE obligation = 'survey' AND unit = 'a'"
    found = json.loads(run("query", demo, sql, "--format", "json").output)
    assert found == {"due": "2026-06-20", "opens": None, "title": "=Survey", "number": 1}
    told = run("query", demo, sql, "--format", "csv").output
    assert list(csv.reader(io.StringIO(told))) == [
        ["due", "opens", "title", "number"],
        ["2026-06-20", "", "'=Survey", "1"],
    ]


def test_a_question_without_an_answer(demo: str) -> None:
    """What DuckDB minds is told in a line; files and the network are not to be had in a query."""
    ran = run("query", demo, "SELEC 1")
    assert (ran.exit_code, ran.output.count("\n")) == (2, 1)
    assert "syntax error" in ran.output
    ran = run("query", demo, "SELECT * FROM read_csv('/etc/hosts')")
    assert ran.exit_code == 2
    assert "disabled" in ran.output
    assert run("query", "SELECT 1").exit_code == 2


def test_duckdb_is_an_extra(demo: str) -> None:
    """Without DuckDB the command says which extra brings it."""
    code = (
        "import sys\nsys.modules['duckdb'] = None\nfrom cyclekit.cli import main\n"
        f"main(['query', {demo!r}, 'SELECT 1', '--lang', 'en'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "duckdb is not installed; pip install 'cyclekit[query]'" in ran.stderr


def test_a_long_answer_is_told_as_it_comes() -> None:
    """Widths are those of the first thousand rows; a wider cell further down is not cut."""
    lines = list(rows.table_lines(["n"], ([number] for number in range(100_000))))
    assert lines[2] == "  0\n"
    assert (len(lines), lines[-1]) == (100_002, "99999\n")


def test_the_load_of_each_day(demo: str) -> None:
    """Two reports a month on the 20th, one in February, where one is waived; and two surveys in June."""
    schedule = cyclekit.expand(cyclekit.load(demo), "2026")
    found = load_by_day(schedule)
    expected = {dt.date(2026, month, 20): 2 for month in range(1, 13)}
    assert found == expected | {dt.date(2026, 2, 20): 1, dt.date(2026, 6, 20): 4}
    assert list(found) == sorted(found)
    assert sum(found.values()) == sum(each.status is cyclekit.Status.SCHEDULED for each in schedule)


def test_the_load_in_the_terminal(demo: str) -> None:
    """Seven lines of weekdays with a sign for each day, darkest where most is due, and the busiest days below."""
    ran = CliRunner().invoke(main, ["load", demo, "--within", "2026-06", "--lang", "en"])
    assert ran.output == (
        "     6\n"
        "Mon  · · · · ·\n"
        "Tue  · · · · ·\n"
        "Wed  · · · ·\n"
        "Thu  · · · ·\n"
        "Fri  · · · ·\n"
        "Sat  · · █ ·\n"
        "Sun  · · · ·\n"
        "\n"
        "4 due on 1 days, 2026-06-01..2026-06-30\n"
        "Most on 2026-06-20 (4)\n"
    )


def test_a_narrow_terminal_and_a_colourful_one() -> None:
    """Weeks that do not fit stand below; in colours each day is a square of one of six."""
    counts, year = {dt.date(2026, 6, 20): 4}, read_span("2026")
    narrow = drawing.terminal(counts, year, width=45)
    assert max(map(len, narrow.splitlines())) <= 45
    assert narrow.count("Sat") == 3
    colourful = drawing.terminal(counts, year, colour=True)
    assert colourful.count("■") == 365
    assert colourful.count("\x1b[38;5;22m") == 1
    assert "共 0 项" in drawing.terminal({}, year, language="zh")


def test_the_load_as_a_picture(demo: str, tmp_path: Path) -> None:
    """An SVG has a square for each day of the year, which tells its count, and the same bytes each time."""
    out = tmp_path / "load.svg"
    assert run("load", demo, "--svg", str(out)).exit_code == 0
    before = out.read_bytes()
    assert run("load", demo, "--svg", str(out)).exit_code == 0
    assert out.read_bytes() == before
    squares = [each for each in ET.parse(out).iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]  # noqa: S314
    assert len(squares) == 365
    told = {each.findtext(f"{SVG}title"): each.get("fill") for each in squares}
    assert told["2026-06-20: 4"] == drawing.SHADES[5]
    assert told["2026-02-20: 1"] == drawing.SHADES[2]
    assert told["2026-02-21: 0"] == drawing.SHADES[0]


def test_the_first_and_the_last_days_there_are() -> None:
    """A horizon at either end of the calendar is drawn as well."""
    for text in ("0001-01", "9999-12"):
        horizon = read_span(text)
        assert drawing.svg({horizon.first: 1}, horizon).count("<rect") == 1 + horizon.days


def test_the_load_of_one_unit(demo: str) -> None:
    """--unit and --obligation draw only that."""
    assert "11 due on 11 days" in run("load", demo, "--unit", "a", "--obligation", "report").output
    assert run("load", demo, "--unit", "c").exit_code == 2
