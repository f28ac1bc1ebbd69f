"""What a linter says of a feed in words and places, and feeds as objects of a library."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit.adapters.ical import Linter, Options, to_icalendar
from cyclekit.adapters.ical.text import continued, folded, pieces
from cyclekit.words.messages import headline
from tests.examples import expand
from tests.unit.test_ical_lint import CLEAN, DEFECTS, octets

#: A defect of the clean feed, and what is said of it: message, line, and what its words need.
SAID: list[tuple[str, str, str, int, dict[str, str]]] = [
    ("UID:2@x", "UID:1@x", "feed-duplicate-uid", 30, {"text": "1@x"}),
    ("UID:2@x", "UID:a:1@x", "", 0, {}),
    ("UID:1@x\n", "UID:\n", "feed-empty-uid", 10, {}),
    ("END:VALARM\n", "", "feed-no-end", 23, {"component": "VALARM"}),
    ("END:VCALENDAR\n", "", "feed-no-end", 1, {"component": "VCALENDAR"}),
    ("END:VEVENT\nBEGIN:VTODO", "END:VEVENT\nEND:VEVENT\nBEGIN:VTODO", "feed-no-begin", 38, {"component": "VEVENT"}),
    (
        "END:VEVENT\nBEGIN:VTODO",
        "BEGIN:VTODO",
        "feed-misplaced-component",
        37,
        {"component": "VTODO", "outer": "VEVENT"},
    ),
    ("BEGIN:VALARM", "BEGIN:VPARTY", "feed-unknown-component", 23, {"component": "VPARTY"}),
    ("SUMMARY:b\n", "SUMMARY:b\nno line\n", "feed-no-line", 35, {"text": "no line"}),
    ("END:VCALENDAR\n", "END:VCALENDAR\nX-A:b\n", "feed-outside", 46, {"text": "X-A:b"}),
    (
        "ORGANIZER:invalid:nomail\nEND:VEVENT",
        "END:VEVENT",
        "feed-no-organizer",
        29,
        {"component": "VEVENT", "count": "1"},
    ),
    ("DTSTART:20260105T090000Z", "DTSTART;TZID=X:20260105T090000", "feed-no-zone", 32, {"text": "X"}),
    (
        "DTSTART:20260105T090000Z",
        "DTSTART;TZID=/X:20260105T090000",
        "feed-end-type",
        33,
        {"name": "DTEND", "type": "DATE-TIME"},
    ),
    ("DTSTAMP:20260101T000000Z\nDTSTART;", "DTSTART;", "feed-missing", 9, {"name": "DTSTAMP", "component": "VEVENT"}),
    ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "feed-misplaced-component", 1, {"component": "VEVENT", "outer": "the file"}),
]


@pytest.mark.parametrize(("old", "new", "message", "line", "values"), SAID, ids=lambda each: str(each)[:30].strip())
def test_what_is_said_of_a_defect(old: str, new: str, message: str, line: int, values: dict[str, str]) -> None:
    """The message at its line has the values that its words need; a UID may have colons."""
    assert old in CLEAN
    found = Linter().check(octets(CLEAN.replace(old, new, 1)), "feed.ics")
    told = [(each.message, each.place.file, each.place.line, dict(each.values)) for each in found]
    if not message:
        assert told == []
        return
    assert (message, "feed.ics", line, values) in told


@pytest.mark.parametrize(("old", "new", "message", "line"), DEFECTS, ids=lambda each: str(each).replace("\n", "|"))
def test_each_defect_is_worded_at_its_name(old: str, new: str, message: str, line: int) -> None:
    """In both languages, from the first column of its line on, as wide as the name that it is about."""
    for each in Linter().check(octets(CLEAN.replace(old, new, 1))):
        assert headline(each, "en")
        assert headline(each, "zh")
        if (each.message, each.place.line) == (message, line) and "name" in each.values:
            assert (each.place.column, each.place.width) == (1, len(each.values["name"]))


@pytest.mark.parametrize(("old", "new", "message", "line"), DEFECTS[:12], ids=lambda each: str(each).replace("\n", "|"))
def test_a_linter_that_knows_the_clean_feed_still_sees_the_defect(old: str, new: str, message: str, line: int) -> None:
    """What was looked at before makes it quicker, and never blind."""
    linter = Linter()
    assert linter.check(octets(CLEAN)) == ()
    assert linter.check(octets(CLEAN)) == ()
    found = linter.check(octets(CLEAN.replace(old, new, 1)))
    assert (message, line) in {(each.message, each.place.line) for each in found}


TABS = octets(CLEAN).replace(b"\r\n nd", b"\r\n\tnd")


def test_a_fold_may_be_a_tab() -> None:
    """Lines behind it are numbered as before, and nothing is wrong."""
    assert Linter().check(TABS) == ()
    found = Linter().check(TABS.replace(b"STATUS:CONFIRMED", b"STATUS:DONE"))
    assert [(each.message, each.place.line) for each in found] == [("feed-unknown-word", 18)]


def test_a_schedule_as_objects(tmp_path: Path) -> None:
    """Events or to-dos with what the feed says, in a calendar of the same name; waived and certain are told apart."""
    schedule = expand(tmp_path, "2026")
    for tasks, kind in ((False, "VEVENT"), (True, "VTODO")):
        calendar = to_icalendar(schedule, Options(language="zh", tasks=tasks))
        assert calendar.name == "VCALENDAR"
        found = {str(each["UID"]): each for each in calendar.walk(kind)}
        # Of the third quarter's reports one is absorbed by the summary, which is due on the same day.
        assert len(found) == len(schedule) - 1
        task = "task." if tasks else ""
        waived = found[f"example~report~north~2026Q2@{task}cyclekit.invalid"]
        plain = found[f"example~report~north~2026Q4@{task}cyclekit.invalid"]
        assert str(waived["STATUS"]) == "CANCELLED"
        assert str(plain["STATUS"]) == ("NEEDS-ACTION" if tasks else "CONFIRMED")
        assert "季报" in str(plain["SUMMARY"])
        assert plain.decoded("DUE" if tasks else "DTSTART") == dt.date(2026, 12, 20)


def test_a_fold_never_parts_an_escape() -> None:
    """Of two backslashes at the edge none escapes what comes next, of three the last one does."""
    for before, cut in ((74, 74), (73, 75), (72, 74)):
        line = "a" * before + "\\" * (76 - before) + "n" * 10
        first = pieces(line.encode(), 75).split(b"\r\n ")[0]
        slashes = len(first) - len(first.rstrip(b"\\"))
        assert slashes % 2 == 0, (before, cut)
        assert len(first) <= 75
    assert folded("a" * 75) == b"a" * 75
    assert folded("a" * 76) == b"a" * 75 + b"\r\n a"
    assert (continued(""), continued("a")) == (b"", b"\r\n a")
