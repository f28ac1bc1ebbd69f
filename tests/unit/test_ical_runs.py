"""Feeds of many units: written in columns, and looked at row by row; both as if it were event by event."""

from collections.abc import Callable
from itertools import chain, pairwise
from pathlib import Path

import pytest

from cyclekit.adapters.ical import FeedWriter, Linter, Options
from cyclekit.adapters.ical import familiar as familiar_module
from cyclekit.adapters.ical.properties import component_lines
from cyclekit.adapters.ical.text import FOLD
from tests.examples import expand

UNITS = 4
RULES = """cyclekit: 1
id: book
units:
  - {id: top, name: 市总工会, kind: city}
%s
obligations:
  report: {every: quarter, applies_to: county, report_to: parent, title: 季报}
  letter: {once: 2026-05-01, title: {zh: 来信, en: A letter to everyone}}
"""


def rules(names: list[str]) -> str:
    """A rule file with units below one, which are called this."""
    counties = "".join(
        f"  - {{id: county-{'x' * (number % 50)}{number}, name: '{name}', kind: county, parent: top}}\n"
        for number, name in enumerate(names)
    )
    return RULES % counties


@pytest.mark.parametrize("whose", [False, True])
@pytest.mark.parametrize("tasks", [False, True])
def test_columns_are_what_single_events_are(tmp_path: Path, *, whose: bool, tasks: bool) -> None:
    """A feed of units with names and ids of any length is its components, each written by itself."""
    names = [*("n" * length for length in range(1, 90)), "甲, 乙; 丙", "back\\slash", "第1", "第10"]
    schedule = expand(tmp_path, "2026", rules(names))
    writer = FeedWriter(schedule, Options("zh", tasks=tasks))
    data = writer.of_some("all", lambda _line: None, whose=whose)
    body = data[data.index(b"BEGIN:V", 1) : -len(b"END:VCALENDAR\r\n")]
    single = b"".join(chain.from_iterable(map(component_lines, writer.components(whose=whose))))
    # Lines are broken in other places.
    assert body.replace(FOLD, b"") == single.replace(FOLD, b"")
    assert Linter().check(data) == ()


def among_their_own(folder: Path, names: list[str]) -> tuple[bytes, Callable[[], Linter]]:
    """A feed of units that are called this, and linters that have looked at the feed of each of them."""
    schedule = expand(folder, "2026", rules(names))
    writer = FeedWriter(schedule, Options("zh"))
    own = [writer.of_unit(each) for each in schedule.rulebooks[0].roster.ids]

    def linter() -> Linter:
        found = Linter()
        for each in own:
            assert found.check(each) == ()
        return found

    return writer.of_all(), linter


@pytest.fixture(name="feed")
def _feed(tmp_path: Path) -> tuple[bytes, Callable[[], Linter]]:
    """A feed of a few units, and linters that know them."""
    return among_their_own(tmp_path, [f"第{number}总工会" for number in range(UNITS)])


def test_whoever_knows_the_units_finds_what_others_find(feed: tuple[bytes, Callable[[], Linter]]) -> None:
    """Of every line of a feed, left out, doubled, or with another sign in it, the same is told as by a new linter."""
    data, linter = feed
    lines = data.splitlines(keepends=True)
    knows = linter()
    assert knows.check(data) == ()
    for number, line in enumerate(lines):
        middle = (len(line) - 2) // 2
        for other in (
            b"",
            line * 2,
            line[:middle] + b";" + line[middle:],
            line[:middle] + b"\\" + line[middle + 1 :],
            line[:-2] + b"x" * 76 + b"\r\n",
        ):
            broken = b"".join((*lines[:number], other, *lines[number + 1 :]))
            assert knows.check(broken) == Linter().check(broken), (number, other)


def test_one_id_in_place_of_another_is_told(feed: tuple[bytes, Callable[[], Linter]]) -> None:
    """Where an event of one unit becomes another's, in whatever row, there is a UID twice, and that is told."""
    data, linter = feed
    knows = linter()
    uids = [each for each in data.split(b"\r\n") if each.startswith(b"UID:")]
    for one, other in pairwise(uids):
        broken = data.replace(one, other)
        assert [each.message for each in knows.check(broken)] == ["feed-duplicate-uid"]
    twice = data.replace(b"END:VCALENDAR\r\n", data[data.index(b"BEGIN:VEVENT") :])
    assert knows.check(twice) == Linter().check(twice) != ()


def test_units_that_follow_one_another_are_looked_at_in_one_row_alone(
    feed: tuple[bytes, Callable[[], Linter]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of rows of the same units the first is looked at event by event, and of each other one its first event."""
    data, linter = feed
    knows = linter()
    looked: list[bytes] = []
    parted = familiar_module._event

    def counting(component: bytes, octets: bytes) -> object:
        looked.append(octets)
        return parted(component, octets)

    monkeypatch.setattr(familiar_module, "_event", counting)
    assert knows.check(data) == ()
    # Four quarters; and after the first of them a letter, to the same counties and to the city above them.
    assert data.count(b"BEGIN:VEVENT") == 4 * UNITS + (UNITS + 1)
    assert len(looked) == UNITS + (1 + 1) + 3


def test_names_that_differ_behind_a_backslash(tmp_path: Path) -> None:
    """Where what is different begins within an escape, each event is looked at, and all are good."""
    data, linter = among_their_own(tmp_path, ["甲;一", "甲,二", "甲;三", "甲,四"])
    assert linter().check(data) == ()
    broken = data.replace(b"\\;", b";")
    assert linter().check(broken) == Linter().check(broken) != ()


def row(label: str, title: str, names: list[str]) -> bytes:
    """A row of a feed: an event of each of some units, no line of which is broken."""
    return b"".join(
        f"BEGIN:VEVENT\r\nUID:book~duty~u{number}{name}~{label}@x.invalid\r\nSUMMARY:{name}: {title}\r\n"
        f"DESCRIPTION:{name}\r\n \\nall\r\nDTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\n"
        "END:VEVENT\r\n".encode()
        for number, name in enumerate(names)
    )


NAMES = ["a", "bb", "cccccccccc", "dd"]


@pytest.mark.parametrize(
    ("label", "title", "is_good"),
    [
        ("2027", "x", True),
        ("2027", "x" * (75 - len("SUMMARY:cccccccccc: ")), True),
        ("2027", "x" * (76 - len("SUMMARY:cccccccccc: ")), False),
        ("2" * (75 - len("UID:book~duty~u2cccccccccc~@x.invalid")), "x", True),
        ("2" * (76 - len("UID:book~duty~u2cccccccccc~@x.invalid")), "x", False),
        ("2027", "x;y", False),
        ("2027", "x\\", False),
        ("2026", "x", False),
    ],
)
def test_the_longest_of_a_row_has_to_fit(label: str, title: str, *, is_good: bool) -> None:
    """Where the line of one unit is too long, or a UID is there twice, it is told, however well the first one fits."""
    head, end = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n", b"END:VCALENDAR\r\n"
    linter = Linter()
    first = row("2026", "a title", NAMES)
    for _ in range(2):
        assert linter.check(head + row("2025", "a title", NAMES) + first + end) == ()
    data = head + first + row(label, title, NAMES) + end
    assert linter.check(data) == Linter().check(data)
    assert (linter.check(data) == ()) is is_good


def test_runs_are_bounded(feed: tuple[bytes, Callable[[], Linter]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few units are kept together, and few such runs, the verdicts are the same."""
    monkeypatch.setattr("cyclekit.adapters.ical.runs._FEWEST", 2)
    monkeypatch.setattr("cyclekit.adapters.ical.runs._MOST", 2)
    monkeypatch.setattr("cyclekit.adapters.ical.runs._MOST_RUNS", 1)
    data, linter = feed
    assert linter().check(data) == ()
    assert linter().check(data.replace("第4".encode(), b"a;b")) == Linter().check(data.replace("第4".encode(), b"a;b"))
