"""The documents of this folder: each rule is loaded, expanded, and compared with the table beside it.

A section holds one rule file (without its first two lines, which are the same for all), the events that happened,
the horizon, the day whose knowledge is asked for, and a table of everything that is due: what it is (the period, or
obligation/period, or obligation/unit/period; ``#2`` for a second due date), its nominal date, its due date, and what
further columns name: what became of it, its clock time, when it opens and closes.
"""

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import cyclekit
from cyclekit import Occurrence

FOLDER = Path(__file__).parent
HEAD = "cyclekit: 1\nid: example\n"

_SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WITHIN = re.compile(r"[Ww]ithin `([^`]+)`")
_EVENT = re.compile(r"`(?P<name>[a-z]+)=((?P<id>[a-z0-9-]*[a-z][a-z0-9-]*):)?(?P<at>[0-9TZ:-]+)`")
_KNOWN_ON = re.compile(r"[Kk]nown on `([0-9-]+)`")
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


class Section(NamedTuple):
    """One rule with what it promises."""

    document: str
    title: str
    rule: str
    within: str
    rows: list[tuple[str, ...]]
    events: dict[str, list[cyclekit.Event]]
    known_on: dt.date | None


def sections() -> list[Section]:
    """Every section of every document that holds a rule."""
    found: list[Section] = []
    for path in sorted(FOLDER.glob("*.md")):
        for match in _SECTION.finditer(path.read_text(encoding="utf-8")):
            title, body = match["title"], match["body"]
            rules, within = _RULE.findall(body), _WITHIN.findall(body)
            assert (len(rules), len(within)) == (1, 1), f"{path.name}, {title}: one rule and one horizon"
            rows = [tuple(cell.strip() for cell in row.split("|")) for row in _ROW.findall(body)]
            known = [dt.date.fromisoformat(day) for day in _KNOWN_ON.findall(body)]
            known_on = known[0] if known else None
            found.append(Section(path.stem, title, rules[0], within[0], rows, events_of(body), known_on))
    return found


def events_of(body: str) -> dict[str, list[cyclekit.Event]]:
    """The events that a section names."""
    found: dict[str, list[cyclekit.Event]] = {}
    for match in _EVENT.finditer(body):
        at = match["at"]
        day = dt.datetime.fromisoformat(at) if "T" in at else dt.date.fromisoformat(at)
        found.setdefault(match["name"], []).append(cyclekit.Event(day, match["id"]))
    return found


SECTIONS = sections()


def told(occurrence: Occurrence, columns: tuple[str, ...]) -> tuple[str, ...]:
    """An occurrence as a row of the table."""
    key = occurrence.key
    what = {
        "period": key.period,
        "rule": f"{key.obligation} {key.period}",
        "owed": f"{key.obligation} {key.unit} {key.period}",
    }
    number = f"#{key.number}" if key.number > 1 else ""
    became = occurrence.status.value
    if occurrence.absorbed_by:
        became += f" by {occurrence.absorbed_by}"
    cells = {
        columns[0]: what[columns[0]] + number,
        "nominal": occurrence.nominal,
        "due": occurrence.due,
        "status": became,
        "time": occurrence.time,
        "opens": occurrence.opens,
        "closes": occurrence.closes,
    }
    return tuple(str(cells[name] or "-") for name in columns)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: f"{each.document}: {each.title}")
def test_a_rule_gives_the_dates_of_its_table(section: Section, tmp_path: Path) -> None:
    """Exactly the rows of the table are due in its horizon, with these dates."""
    columns, _, *expected = section.rows
    assert columns[1:3] == ("nominal", "due")
    file = tmp_path / "example.yaml"
    file.write_text(HEAD + section.rule, encoding="utf-8")
    book = cyclekit.load(file)
    schedule = cyclekit.expand(book, section.within, events=section.events, known_on=section.known_on)
    assert sorted(told(each, columns) for each in schedule) == sorted(expected)
    assert [row[2] for row in expected] == [str(each.due) for each in schedule]


def test_the_documents_are_there() -> None:
    """Each of the things that authors ask for has its document."""
    assert {each.document for each in SECTIONS} == {
        "absorbing",
        "anchors",
        "bounds",
        "cascades",
        "changes",
        "clock-times",
        "counting",
        "cycles",
        "exceptions",
        "fiscal-years",
        "month-ends",
        "moving",
        "own-calendars",
        "triggers",
        "units",
        "working-days",
        "written-cycles",
    }
