"""`cyclekit due`, as it is used."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.edge.running import loaded_by, run, spawn
from tests.examples import EXAMPLE, NAMELESS
from tests.repo.tree import REPO

RULES = REPO / "rules" / "cn"
ANQING = RULES / "anqing-2022.yaml"


def records(*args: str | Path) -> list[dict[str, Any]]:
    """The objects that `due --format json` prints."""
    ran = run("due", *args, "--format", "json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example as a file."""
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_json_is_an_object_a_line() -> None:
    """Each due date is an object on a line, in the order of due dates."""
    found = records(ANQING, "--within", "2023")
    assert [each["due"] for each in found] == sorted(each["due"] for each in found)
    assert found[0]["key"].startswith("cn-anqing-2022/")


def test_a_unit(example: Path) -> None:
    """`--unit` gives what one unit owes, joint duties included, by its id or by RULEBOOK/UNIT."""
    found = records(example, "--within", "2026", "--unit", "south")
    assert {each["unit"] for each in found} == {"south", "top"}
    assert found == records(example, "--within", "2026", "--unit", "example/south")


def test_an_obligation(example: Path) -> None:
    """`--obligation` gives one obligation, by its id or by RULEBOOK/OBLIGATION."""
    found = records(example, "--within", "2026", "--obligation", "letter")
    assert [each["key"] for each in found] == ["example/letter/top/once"]
    assert found == records(example, "--within", "2026", "--obligation", "example/letter", "--unit", "north")


@pytest.mark.parametrize(
    ("option", "name", "told"),
    [
        ("--unit", "organisation", "cn-anqing-2022/organisation, cn-qinhuangdao-2022/organisation, cn-wuhu-2020"),
        ("--unit", "tongchen", "did you mean “tongcheng”?"),
        ("--unit", "桐城总工会", "did you mean “tongcheng”?"),
        ("--unit", "cn-anqing-2022/tongchen", "did you mean “cn-anqing-2022/tongcheng”?"),
        ("--unit", "cn-wuhu-2020/tongcheng", "there is no unit"),
        ("--unit", "qqq", "there is no unit “qqq”\n"),
        ("--obligation", "new", "did you mean “news”?"),
        ("--obligation", "cn-wuhu-2020/news", "there is no obligation"),
        ("--obligation", "\x1b[31m", "“␛[31m”"),
    ],
)
def test_names_that_do_not_fit(option: str, name: str, told: str) -> None:
    """A name that fits nothing, or several, is exit code 2, with what was meant or all that fit."""
    ran = run("due", RULES, "--within", "2023", option, name)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr


def test_without_within() -> None:
    """Without a horizon it is today and the twelve months after it; a leap day's year ends on 28 February."""
    found = records(ANQING, "--today", "2023-03-20", "--obligation", "news")
    assert (found[0]["due"], found[-1]["due"]) == ("2023-03-31", "2024-02-29")
    ran = run("due", ANQING, "--today", "2024-02-29")
    assert "2024-02-29..2025-02-28: " in ran.stdout
    assert "9999-06-01..9999-12-31" in run("due", ANQING, "--today", "9999-06-01").stdout


def test_today_is_asked_for_at_the_edge() -> None:
    """Without `--today` the day comes from the clock, and the command runs."""
    assert run("due", ANQING).exit_code == 0


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--within", "2023-1-1", "2023-01-01"),
        ("--within", "2023-05..2022", "ends before it begins"),
        ("--within", "soon", "2022-10-01..2023-12-31"),
        ("--today", "2023-05", "write it like"),
        ("--today", "2023-02-30", "write it like"),
    ],
)
def test_days_that_are_none(option: str, text: str, told: str) -> None:
    """A text that is no day or no span of days is a wrong use, with how to write it."""
    ran = run("due", ANQING, option, text)
    assert ran.exit_code == 2
    assert told in " ".join(ran.stderr.split())


def test_too_long_a_horizon() -> None:
    """A horizon beyond the limit is exit code 2, with the limit."""
    ran = run("due", ANQING, "--within", "2000..2100")
    assert ran.exit_code == 2
    assert "the limit is 50" in ran.stderr


def test_nothing_is_computed_from_broken_files(tmp_path: Path, example: Path) -> None:
    """Where one file has errors they are told on the error output, nothing is listed, and the exit code is 1."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(NAMELESS.replace("every", "evry"), encoding="utf-8")
    for form in ("table", "json", "csv"):
        ran = run("due", example, broken, "--within", "2026", "--format", form)
        assert (ran.exit_code, ran.stdout) == (1, "")
        assert "error[unknown-key]" in ran.stderr
        assert "nothing is computed" in ran.stderr


def test_a_date_before_the_data(tmp_path: Path) -> None:
    """A date that rests on days before a calendar's data is refused with exit code 1, in one line."""
    path = tmp_path / "old.yaml"
    path.write_text(NAMELESS.replace("obligations", "calendar: CN\nadjust: following\nobligations"), encoding="utf-8")
    ran = run("due", path, "--within", "1900")
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)


def test_csv_is_for_spreadsheets(example: Path) -> None:
    """CSV is UTF-8 with a byte order mark, or without, and its lines end in CRLF on every platform."""
    args = ("due", example, "--within", "2026", "--format", "csv")
    with_bom, without = spawn(*args), spawn(*args, "--no-bom")
    assert with_bom.stdout == b"\xef\xbb\xbf" + without.stdout
    rows = list(csv.DictReader(io.StringIO(without.stdout.decode("utf-8"), newline="")))
    assert len(rows) == len(records(example, "--within", "2026"))
    assert without.stdout.count(b"\r\n") == without.stdout.count(b"\n")


def test_a_table_in_a_pipe_has_a_fixed_width() -> None:
    """Where the output is no terminal, a table is 120 columns wide whatever the environment says, without colours."""
    one, other = (spawn("due", ANQING, "--within", "2023", COLUMNS=each) for each in ("40", "300"))
    assert one.stdout == other.stdout
    assert b"\x1b" not in one.stdout
    assert "2023-01-31 Tue" in one.stdout.decode()


def test_a_table_in_chinese() -> None:
    """The table speaks the language of the environment."""
    ran = run("due", ANQING, "--within", "2023-01", "--unit", "tongcheng", LC_ALL="zh_CN.UTF-8")
    assert "2023-01-31 周二  tongcheng  桐城市总工会  信息报道  2023-01  至少 2" in ran.stdout
    assert ran.stdout.endswith("2023-01-01..2023-01-31：2 个截止日，常态事项 2 项\n")


CHANGED = """\
cyclekit: 1
id: offices
units: [{id: a, name: Office A}, {id: b, name: Office B}]
obligations:
  news: {title: News, every: month, due: {day: 5}, changes: [{from: 2026-03, units: b, due: {day: 7}}]}
  other: {applies_to: a, every: year}
  always: {applies_to: b, standing: true}
"""


def test_in_words(tmp_path: Path) -> None:
    """`--say` tells below the table what each obligation is, once; for one unit only what holds for it."""
    path = tmp_path / "rules.yaml"
    path.write_text(CHANGED, encoding="utf-8")
    all_units = run("due", path, "--within", "2026-02..2026-04", "--say").stdout
    assert all_units.endswith(
        "6 due dates, 1 standing duty\n\n"
        "news (News)\n"
        "  By the 5th of each month.\n"
        "  from 2026-03-01 on, for “Office B”: by the 7th of each month.\n\n"
        "always\n  At all times, without a date; owed by “Office B”.\n"
    ), all_units
    one_unit = run("due", path, "--within", "2026-02..2026-04", "--say", "--unit", "b").stdout
    assert one_unit.endswith(
        "3 due dates, 1 standing duty\n\n"
        "news (News)\n"
        "  For periods that begin on 2026-02-28 or earlier: by the 5th of each month.\n"
        "  For periods that begin on 2026-03-01 or later: by the 7th of each month.\n\n"
        "always\n  At all times, without a date.\n"
    ), one_unit


def test_words_stand_below_a_table_only(example: Path) -> None:
    """In JSON and CSV there is no place for sentences, and nothing is printed."""
    ran = run("due", example, "--within", "2026", "--say", "--format", "csv")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "--say writes below the table" in ran.stderr


def test_json_is_light(tmp_path: Path) -> None:
    """JSON loads neither rich nor icalendar, and no public holidays where no calendar is asked for."""
    path = tmp_path / "rules.yaml"
    path.write_text(NAMELESS, encoding="utf-8")
    loaded = loaded_by("due", path, "--within", "2026", "--format", "json")
    assert loaded.isdisjoint({"rich", "icalendar", "holidays", "hypothesis"})


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--within", "2020..2080"), "a horizon of 61 years: the limit is 50; --max-years raises it"),
        (("--within", "2026", "--max-occurrences", "1"), "the limit is 1; --max-occurrences raises it"),
    ],
)
def test_a_bound_names_itself_and_what_raises_it(example: Path, args: tuple[str, ...], told: str) -> None:
    """Going over a bound ends the command with the bound and the option that raises it."""
    ran = run("due", example, *args)
    assert ran.exit_code == 2
    assert told in ran.stderr


def test_a_bound_can_be_raised(example: Path) -> None:
    """With the option that the message names, the command runs; what streams is not counted."""
    assert run("due", example, "--within", "2020..2080", "--max-years", "61").exit_code == 0
    assert run("due", example, "--within", "2026", "--max-occurrences", "1", "--format", "json").exit_code == 0


OWN_CALENDAR = """cyclekit: 1
id: example
calendar: office
calendars:
  office: {base: CN, closed: {05-06: founding day}}
obligations:
  report: {every: year, due: {date: 05-06, adjust: following}}
"""


def test_a_calendar_of_the_files_own(tmp_path: Path) -> None:
    """Saturday, 6 May 2023 was worked in China and is closed here; where the data begin is told of this calendar."""
    path = tmp_path / "example.yaml"
    path.write_text(OWN_CALENDAR, encoding="utf-8")
    assert [each["due"] for each in records(path, "--within", "2023")] == ["2023-05-08"]
    early = run("due", path, "--within", "1990")
    assert early.exit_code != 0
    assert "example/office" in early.stderr


def test_what_was_known_on_a_day(example: Path) -> None:
    """`--known-on` leaves out what was announced later; a text that is no day is exit code 2."""

    def first(day: str) -> dict[str, Any]:
        found = records(example, "--within", "2026-03", "--unit", "north", "--obligation", "report", "--known-on", day)
        return found[0]

    assert (first("2026-03-09")["due"], first("2026-03-10")["due"]) == ("2026-03-20", "2026-03-31")
    ran = run("due", example, "--within", "2026", "--known-on", "soon")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "soon" in ran.stderr


def test_reasons_are_told_in_chinese(tmp_path: Path) -> None:
    """In Chinese, what is wrong with an event or too much is Chinese to the last word."""
    path = tmp_path / "a.yaml"
    path.write_text(NAMELESS, encoding="utf-8")
    told = run("due", path, "--event", "flood=2026-01-01", "--lang", "zh").stderr
    assert told == "错误：事件“flood”：没有规则由事件触发\n"
    told = run("due", path, "--within", "1900..2000", "--lang", "zh").stderr
    assert told == "错误：日期范围 101 年：上限为 50，可用 --max-years 提高\n"
    told = run("diff", path, path, "--within", "2026", "--max-occurrences", "3", "--lang", "zh").stderr
    assert told == "错误：12 个截止日：上限为 3，可用 --max-occurrences 提高\n"
