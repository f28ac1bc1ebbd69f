"""Versions of what is published, and how they are remembered: tables and values."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit import Schedule
from cyclekit.adapters.ical import Context, Options
from cyclekit.errors import DamagedPublicationError
from cyclekit.publishing.advancing import Advanced, Moment, advance
from cyclekit.publishing.content import Content
from cyclekit.publishing.manifest import File, Manifest, is_inside, read_manifest
from cyclekit.publishing.state import Standing, State
from cyclekit.publishing.state_file import places, ranges, read_state, write_state
from tests.examples import EXAMPLE, expand

FIRST = Moment.of(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 365)
LATER = Moment.of(dt.datetime(2026, 2, 1, tzinfo=dt.UTC), 365)


ENGLISH = Content(Options("en"))


def told(why: str) -> Content:
    """English events that tell why."""
    return Content(Options("en"), Context(why=lambda _each: why))


def versions(advanced: Advanced) -> dict[tuple[str, str, str], tuple[int, Standing]]:
    """The sequence and standing of each occurrence that is shown, by obligation, unit and period."""
    found = {}
    for each in advanced.shown:
        entry = advanced.entry(*each.place[:2])
        found[each.key.obligation, each.key.unit, each.period] = (entry.sequence, entry.standing)
    return found


def after(*texts: str, folder: Path) -> Advanced:
    """The last of some publications, one after the other."""
    state, moment = State(), FIRST
    found = None
    for text in texts:
        found = advance(state, expand(folder, "2026", text), moment, content=ENGLISH)
        state, moment = found.state, LATER
    assert found is not None
    return found


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    """A state with splits, joint duties and what is gone comes back from its bytes, and gives the same bytes."""
    changed = EXAMPLE.replace("2026Q1: {due: 2026-03-31,", "2026Q1: {units: north, due: 2026-03-31,")
    state = after(EXAMPLE, changed.replace("  letter:", "  note:"), folder=tmp_path).state
    data = write_state(state)
    assert read_state(data) == state
    assert write_state(read_state(data)) == data


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"format": 2}', b'{"format": 1, "language": 1}'])
def test_what_is_no_state(data: bytes) -> None:
    """Bytes that are no state are refused."""
    with pytest.raises(DamagedPublicationError):
        read_state(data)


@pytest.mark.parametrize(("numbers", "text"), [([], ""), ([3], "3"), ([0, 1, 2], "0-2"), ([0, 2, 3, 9], "0,2-3,9")])
def test_ranges(numbers: list[int], text: str) -> None:
    """Numbers are written as ranges, and read back."""
    assert ranges(reversed(numbers)) == text
    assert list(places(text)) == numbers


def test_the_same_again(tmp_path: Path) -> None:
    """Publishing the same later gives the same state."""
    assert after(EXAMPLE, EXAMPLE, folder=tmp_path).state == after(EXAMPLE, folder=tmp_path).state


def test_one_unit_alone(tmp_path: Path) -> None:
    """A ruling on one unit is a version of its own for that unit; when it is lifted, the two stay apart."""
    plain = EXAMPLE.replace("      2026Q1: {due: 2026-03-31, reason: 洪水, announced: 2026-03-10}\n", "")
    ruled = EXAMPLE.replace("2026Q1: {due: 2026-03-31,", "2026Q1: {units: north, due: 2026-03-31,")
    found = versions(after(plain, ruled, folder=tmp_path))
    assert found["report", "north", "2026Q1"] == (1, Standing.LISTED)
    assert found["report", "south", "2026Q1"] == (0, Standing.LISTED)
    found = versions(after(plain, ruled, plain, folder=tmp_path))
    assert found["report", "north", "2026Q1"] == (2, Standing.LISTED)
    assert found["report", "south", "2026Q1"] == (0, Standing.LISTED)


def test_a_unit_that_joins(tmp_path: Path) -> None:
    """A unit that is new takes the version of those that owe the same, so that a state does not grow with each."""
    joined = EXAMPLE.replace("  - {id: idle, name: 闲}", "  - {id: west, kind: county}")
    state = after(EXAMPLE, joined, folder=tmp_path).state
    entries = state.rulebooks["example"].entries
    assert {entry.units for slot, each in entries.items() if slot.period == "2026Q1" for entry in each} == {
        frozenset({"north", "south", "west"})
    }


NAMED = """\
cyclekit: 1
id: office
units:
  - {id: city, name: City}
  - {id: north, name: North, parent: city}
  - {id: south, name: South, parent: city}
obligations:
  letter: {every: year, due: {day: 20}, applies_to: [north, south]}
  report: {every: year, due: {day: 25}, applies_to: [north, south], report_to: [parent]}
  return: {every: year, due: {day: 27}, applies_to: [north, south], report_to: [city]}
"""


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("north", {("letter", "north"), ("report", "north"), ("return", "north")}),
        ("city", {("report", "north"), ("report", "south"), ("return", "north"), ("return", "south")}),
    ],
)
def test_a_unit_called_otherwise(tmp_path: Path, name: str, changed: set[tuple[str, str]]) -> None:
    """A new name is a new version of each event that tells it, and of no other."""
    renamed = NAMED.replace(f"name: {name.title()}", "name: Other")
    found = versions(after(NAMED, renamed, folder=tmp_path))
    assert {key[:2] for key, (sequence, _) in found.items() if sequence == 1} == changed
    assert {sequence for sequence, _ in found.values()} == {0, 1}


def test_a_name_is_remembered_with_what_is_gone(tmp_path: Path) -> None:
    """What is gone keeps the title that it had, whatever its obligation is called later; so it does not change."""
    titled = NAMED.replace("letter: {", "letter: {title: Letter, ")
    left = titled.replace("applies_to: [north, south]}", "applies_to: [south]}")
    once = after(titled, left, left.replace("title: Letter", "title: Note"), folder=tmp_path)
    titles = {each.key.unit: each.title.get("en") for each in once.shown if each.key.obligation == "letter"}
    assert titles == {"north": "Letter", "south": "Note"}
    assert versions(once)["letter", "north", "2026"] == (1, Standing.GONE)


def test_absorbed_is_gone(tmp_path: Path) -> None:
    """What another duty comes to stand for was in the feeds, and is shown as cancelled."""
    alone = EXAMPLE.replace("    absorbs: [report]\n", "")
    found = versions(after(alone, EXAMPLE, folder=tmp_path))
    assert found["report", "north", "2026Q3"] == (1, Standing.GONE)


def test_a_time_zone_of_its_own(tmp_path: Path) -> None:
    """Where a clock time counts, a unit that changes its zone has a later version, and the others do not."""
    timed = EXAMPLE.replace("once: 2030-10-01", 'once: 2026-10-09\n    time: "12:00"').replace(
        "applies_to: south\n", "applies_to: county\n"
    )
    timed = timed.replace("title: {zh: 示例", "timezone: Asia/Shanghai\ntitle: {zh: 示例")
    moved = timed.replace("{id: south,", "{id: south, timezone: Asia/Urumqi,")
    found = versions(after(timed, moved, folder=tmp_path))
    assert found["far", "south", "once"] == (1, Standing.LISTED)
    assert found["far", "north", "once"] == (0, Standing.LISTED)


def test_another_language(tmp_path: Path) -> None:
    """Published in another language, every event is a later version."""
    schedule = expand(tmp_path, "2026")
    english = advance(State(), schedule, FIRST, content=ENGLISH)
    chinese = advance(english.state, schedule, LATER, content=Content(Options("zh")))
    assert {sequence for sequence, _ in versions(chinese).values()} == {1}


def test_why_is_content(tmp_path: Path) -> None:
    """Where another reason is told for the same date, it is a later version."""
    schedule = expand(tmp_path, "2026")
    one = advance(State(), schedule, FIRST, content=told("a"))
    assert advance(one.state, schedule, LATER, content=told("a")).state == one.state
    other = advance(one.state, schedule, LATER, content=told("b"))
    assert {sequence for sequence, _ in versions(other).values()} == {1}


def test_a_rulebook_that_goes(tmp_path: Path) -> None:
    """All that a rulebook had is shown as cancelled when it is no longer there, and forgotten in time."""
    schedule = expand(tmp_path, "2026")
    state = advance(State(), schedule, FIRST, content=ENGLISH).state
    nothing: tuple[()] = ()
    gone = advance(state, Schedule((), schedule.horizon, nothing), LATER, content=ENGLISH)
    assert {standing for _, standing in versions(gone).values()} == {Standing.GONE}
    assert [book.id for book in gone.shown.rulebooks] == ["example"]
    much_later = Moment(LATER.until, 365)
    over = advance(gone.state, Schedule((), schedule.horizon, nothing), much_later, content=ENGLISH)
    assert not over.state.rulebooks
    assert not over.shown.rulebooks


def test_a_manifest(tmp_path: Path) -> None:
    """A manifest comes back from its bytes, also with names that JSON has to escape."""
    found = Manifest({"site/kinds/县.ics": File(3, "a" * 64), 'state"\\.json': File(0, "b" * 64)})
    (tmp_path / "manifest.json").write_bytes(found.written())
    assert read_manifest(tmp_path) == found
    assert found.folders() == ["site", "site/kinds"]


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../up", "a/../../b", "a//b", "./a", "a/."])
def test_a_name_that_leads_out(tmp_path: Path, name: str) -> None:
    """A manifest with a name that leads out of its folder is refused, so that nothing outside is ever deleted."""
    assert not is_inside(name)
    (tmp_path / "manifest.json").write_bytes(Manifest({name: File(0, "")}).written())
    with pytest.raises(DamagedPublicationError):
        read_manifest(tmp_path)
