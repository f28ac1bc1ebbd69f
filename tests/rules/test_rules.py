"""The documents of this folder: each rule is loaded, expanded, and compared with the table beside it.

A section holds one rule file (without its first two lines, which are the same for all), the horizon, and a table
of everything that is due in it: what it is (the period, or obligation/period, or obligation/unit/period; ``#2``
for a second due date), its nominal date, its due date, and where a fourth column stands, what became of it.
"""

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
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


class Section(NamedTuple):
    """One rule with what it promises."""

    document: str
    title: str
    rule: str
    within: str
    rows: list[tuple[str, ...]]


def sections() -> list[Section]:
    """Every section of every document that holds a rule."""
    found: list[Section] = []
    for path in sorted(FOLDER.glob("*.md")):
        for match in _SECTION.finditer(path.read_text(encoding="utf-8")):
            title, body = match["title"], match["body"]
            rules, within = _RULE.findall(body), _WITHIN.findall(body)
            assert (len(rules), len(within)) == (1, 1), f"{path.name}, {title}: one rule and one horizon"
            rows = [tuple(cell.strip() for cell in row.split("|")) for row in _ROW.findall(body)]
            found.append(Section(path.stem, title, rules[0], within[0], rows))
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
    cells = (what[columns[0]] + number, str(occurrence.nominal), str(occurrence.due), became)
    return cells[: len(columns)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: f"{each.document}: {each.title}")
def test_a_rule_gives_the_dates_of_its_table(section: Section, tmp_path: Path) -> None:
    """Exactly the rows of the table are due in its horizon, with these dates."""
    columns, _, *expected = section.rows
    assert columns[1:] in {("nominal", "due"), ("nominal", "due", "status")}
    file = tmp_path / "example.yaml"
    file.write_text(HEAD + section.rule, encoding="utf-8")
    schedule = cyclekit.expand(cyclekit.load(file), section.within)
    assert sorted(told(each, columns) for each in schedule) == sorted(expected)
    assert [row[2] for row in expected] == [str(each.due) for each in schedule]


def test_the_documents_are_there() -> None:
    """Each of the things that authors ask for has its document."""
    assert {each.document for each in SECTIONS} == {
        "absorbing",
        "anchors",
        "bounds",
        "cycles",
        "exceptions",
        "fiscal-years",
        "month-ends",
        "own-calendars",
        "units",
        "working-days",
    }
