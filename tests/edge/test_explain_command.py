"""`cyclekit explain`, as it is used."""

import json
from pathlib import Path

import pytest

from tests.edge.running import loaded_by, run, spawn
from tests.examples import EXAMPLE, NAMELESS
from tests.repo.tree import REPO

RULES = REPO / "rules" / "cn"
ANQING = RULES / "anqing-2022.yaml"
TRIGGERED = """cyclekit: 1
id: fired
units: [{id: a, name: Office A}, {id: b, name: Office B}]
obligations:
  flash: {title: Flash, applies_to: a, upon: {event: incident}, due: {add: 3 days}}
  twice: {title: Twice, applies_to: a, every: month, due: [{day: 1}, {day: 15}]}
  fifth: {title: Fifth Friday, every: month, until: 2027-12, due: {weekday: fri, nth: 5}}
  far:
    title: Far
    applies_to: b
    every: quarter
    exceptions: {2023Q1: {due: 2061-02-03, reason: lost}}
  list: {title: List, applies_to: b, dates: {kick-off: 2023-05-01, closing: 2023-06-01}}
  terms: {title: Terms, applies_to: b, every: {periods: {2023-T1: 2023-01-10..05-20, 2023-T2: 2023-08-01..12-20}}}
  rule: {title: Rule, applies_to: b, every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2023-01-27}, due: {add: 3 days}}
"""


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example as a file."""
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


@pytest.fixture
def triggered(tmp_path: Path) -> Path:
    """Rules with an event, two dates a period, an exception far away, and a list of dates."""
    path = tmp_path / "fired.yaml"
    path.write_text(TRIGGERED, encoding="utf-8")
    return path


def explained(*args: str | Path) -> str:
    """What `explain` prints."""
    ran = run("explain", *args)
    assert (ran.exit_code, ran.stderr) == (0, "")
    return ran.stdout


def test_an_explanation() -> None:
    """It tells what is owed, by whom, for which period, how its date comes about, and where that is written."""
    assert (
        explained(ANQING, "--obligation", "news", "--unit", "tongcheng", "--period", "2023-01")
        == """\
News items

  Rule     By the last day of each month; from 2022-11-01 on; at least 2.
  Owed by  桐城市总工会 (tongcheng)
  Period   January 2023 (2023-01-01 to 2023-01-31)

  2023-01-31  Tuesday  the last day of the month

  Due      Tuesday, 2023-01-31
  Source   庆工发〔2022〕57号, 三 (安庆市总工会)
"""
    )


def test_in_chinese() -> None:
    """It speaks the language of the environment, or the one asked for."""
    asked = ("--obligation", "news", "--unit", "tongcheng", "--period", "2023-01")
    assert "  截止      2023-01-31 星期二\n" in explained(ANQING, *asked, "--lang", "zh")
    assert "截止" in run("explain", ANQING, *asked, LC_ALL="zh_CN.UTF-8").stdout


def test_the_period_may_be_spelled_in_another_way(example: Path) -> None:
    """What counts is the span that a label names."""
    shown = explained(example, "--obligation", "report", "--unit", "north", "--period", "2026-01..03")
    assert shown == explained(
        example, "--obligation", "example/report", "--unit", "example/north", "--period", "2026Q1"
    )
    assert "2026-03-31  Tuesday  moved by an exception" in shown
    assert "· 洪水\n" in shown


def test_what_can_be_left_out(example: Path, tmp_path: Path) -> None:
    """The unit where only one owes it, or leads it; the period of what is owed once."""
    letter = explained(example, "--obligation", "letter")
    assert letter == explained(example, "--obligation", "letter", "--unit", "south", "--period", "once")
    assert "Owed by        City union (top)" in letter
    nameless = tmp_path / "nameless.yaml"
    nameless.write_text(NAMELESS, encoding="utf-8")
    assert "Owed by" not in explained(nameless, "--obligation", "filing", "--period", "2026-01")


def test_a_date_may_lie_far_from_its_period(triggered: Path) -> None:
    """An exception is found at any distance, beyond every horizon that can be listed."""
    assert "Due      Thursday, 2061-02-03" in explained(triggered, "--obligation", "far", "--period", "2023Q1")


def test_one_of_several_due_dates(triggered: Path) -> None:
    """`--number`, or `#` behind the label, says which due date of the period is meant; left out, it is the first."""
    asked = ("--obligation", "twice", "--period")
    assert "2023-05-01  Monday" in explained(triggered, *asked, "2023-05")
    second = explained(triggered, *asked, "2023-05", "--number", "2")
    assert "2023-05-15  Monday" in second
    assert second == explained(triggered, *asked, "2023-05#2")


def test_periods_of_a_list_and_of_a_rule(triggered: Path) -> None:
    """A listed period is found by its own label, and an instance of a rule by its day."""
    assert "Period   2023-T1 (2023-01-10 to 2023-05-20)" in explained(
        triggered, "--obligation", "terms", "--period", "2023-T1"
    )
    shown = explained(triggered, "--obligation", "rule", "--period", "2023-02-24")
    assert "2023-02-24  Friday  the day itself\n  2023-02-27  Monday  3 days later\n" in shown


def test_an_event(triggered: Path) -> None:
    """What waits for an event is explained with the event, by its day or its id."""
    asked = ("--obligation", "flash")
    shown = explained(triggered, *asked, "--event", "incident=2026-03-05", "--period", "2026-03-05")
    assert "2026-03-05  Thursday  the event “incident”\n" in shown
    assert "2026-03-08  Sunday    3 days later\n" in shown
    assert "case-7" in explained(triggered, *asked, "--event", "incident=case-7:2026-03-05")


def test_what_was_known_on_a_day(example: Path) -> None:
    """Before an exception was announced, its occurrence is explained without it."""
    asked = ("--obligation", "report", "--unit", "north", "--period", "2026Q1")
    assert "Due      Tuesday, 2026-03-31" in explained(example, *asked, "--known-on", "2026-03-10")
    assert "Due      Friday, 2026-03-20" in explained(example, *asked, "--known-on", "2026-03-09")


def test_json() -> None:
    """As JSON it is one object, with the way of the date step by step."""
    shown = explained(ANQING, "--obligation", "news", "--unit", "tongcheng", "--period", "2023-01", "--format", "json")
    found = json.loads(shown)
    assert shown.count("\n") == 1
    assert (found["key"], found["due"]) == ("cn-anqing-2022/news/tongcheng/2023-01", "2023-01-31")
    assert found["rule"] == "By the last day of each month; from 2022-11-01 on; at least 2."
    assert found["way"] == [
        {
            "kind": "anchor",
            "day": "2023-01-31",
            "text": "the last day of the month",
            "details": [],
            "calendar": None,
            "passed": [],
        }
    ]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("--obligation flesh --period 2023", "there is no obligation “flesh”; did you mean “flash”?"),
        ("--obligation far --unit c --period 2023Q1", "there is no unit “c”"),
        ("--obligation far --unit a --period 2023Q1", "a does not owe “Far”; these do: b"),
        ("--obligation fifth --period 2023-03", "whose? Write --unit and one of those who owe “Fifth Friday”: a, b"),
        ("--obligation far", "which period? Write --period and a label such as: 2026Q1, 2026Q2, 2026Q3, …"),
        ("--obligation far --period 2023-Q1", "“2023-Q1” is no period of “Far”; did you mean “2023Q1”?"),
        ("--obligation far --period 2023-02", "“2023-02” is no period of “Far”; did you mean “2023Q1”?"),
        (
            "--obligation far --period 2023",
            "“2023” is no period of “Far”; those are written like: 2023Q1, 2023Q2, 2023Q3, …",
        ),
        ("--obligation far --period soon", "“soon” is no period of “Far”; those are written like: 2026Q1, 2026Q2"),
        ("--obligation list --period kickoff", "“kickoff” is no period of “List”; did you mean “kick-off”?"),
        ("--obligation terms --period 2023T2", "“2023T2” is no period of “Terms”; did you mean “2023-T2”?"),
        ("--obligation rule --period 2023-02-23", "“2023-02-23” is no period of “Rule”"),
        ("--obligation list", "which period? Write --period and a label such as: kick-off, closing"),
        ("--obligation twice --period 2023-05 --number 3", "no due date number 3 in May 2023; there is: 1, 2"),
        ("--obligation fifth --unit a --period 2023-02", "“Fifth Friday” gives a no due date for February 2023"),
        ("--obligation fifth --unit a --period 2028-02", "is owed until 2027-12-31, and February 2028 lies outside"),
        ("--obligation flash --period 2023-05-01", "“Flash” waits for the event “incident”: tell of it with --event"),
        ("--obligation flash --event incident=2026-03-05 --period 2026-03-06", "did you mean “2026-03-05”?"),
        ("--obligation flash --event accident=2026-03-05 --period 2026-03-05", "no rule waits for it"),
    ],
)
def test_what_is_not_there(triggered: Path, args: str, told: str) -> None:
    """A name that fits nothing is exit code 2, with what was meant, or what there is."""
    ran = run("explain", triggered, *args.split())
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr


def test_what_is_not_there_in_chinese(triggered: Path) -> None:
    """The reader's language tells it as well."""
    ran = run("explain", triggered, "--obligation", "far", "--period", "2023-02", "--lang", "zh")
    assert ran.stderr == "错误：“2023-02”不是“Far”的所属期；是否应为“2023Q1”？\n"


def test_an_obligation_in_several_files() -> None:
    """Its rule file has to be named, unless the unit says which one is meant."""
    asked = (RULES, "--obligation", "liaison-visit", "--period", "2023")
    ran = run("explain", *asked)
    assert ran.exit_code == 2
    assert "write one of: cn-anqing-2022/liaison-visit, cn-jiujiang-2022/liaison-visit, " in ran.stderr
    assert "潜山市总工会 (qianshan)" in explained(RULES, "--obligation", "liaison-visit", "--unit", "qianshan")


def test_a_standing_duty_has_no_date() -> None:
    """What is owed at all times cannot be explained."""
    ran = run("explain", ANQING, "--obligation", "signature-project", "--unit", "tongcheng", "--period", "2023")
    assert ran.exit_code == 2
    assert "is owed at all times and has no due date" in ran.stderr


def test_a_date_before_the_data(tmp_path: Path) -> None:
    """A date that rests on days before a calendar's data is refused; one beside it that does not is explained."""
    path = tmp_path / "old.yaml"
    path.write_text(NAMELESS.replace("obligations", "calendar: CN\nadjust: following\nobligations"), encoding="utf-8")
    ran = run("explain", path, "--obligation", "filing", "--period", "2000-10")
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert "rests on 2000-11-05" in ran.stderr
    assert "2001-01-05" in explained(path, "--obligation", "filing", "--period", "2000-12")


def test_nothing_is_explained_from_broken_files(tmp_path: Path) -> None:
    """Where a file has errors they are told, and the exit code is 1."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(NAMELESS.replace("every", "evry"), encoding="utf-8")
    ran = run("explain", broken, "--obligation", "filing", "--period", "2026-01")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "error[unknown-key]" in ran.stderr


def test_a_pipe_has_a_fixed_width() -> None:
    """Where the output is no terminal, lines are as long as they are anywhere, without colours."""
    asked = ("explain", ANQING, "--obligation", "news", "--unit", "tongcheng", "--period", "2023-01")
    one, other = (spawn(*asked, COLUMNS=each) for each in ("30", "300"))
    assert one.stdout == other.stdout
    assert b"\x1b" not in one.stdout


def test_it_loads_what_it_needs(tmp_path: Path) -> None:
    """Neither rich nor icalendar, and no public holidays where no calendar is asked."""
    path = tmp_path / "rules.yaml"
    path.write_text(NAMELESS, encoding="utf-8")
    loaded = loaded_by("explain", path, "--obligation", "filing", "--period", "2026-01")
    assert loaded.isdisjoint({"rich", "icalendar", "holidays", "hypothesis"})
