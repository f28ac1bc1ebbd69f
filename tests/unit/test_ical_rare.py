"""Feeds: values that few feeds have, and what is remembered of many."""

import datetime as dt

import pytest

from cyclekit.adapters.ical import FeedWriter, Linter, Options, familiar, lint, writer
from cyclekit.adapters.ical.familiar import Familiar, head_of
from cyclekit.adapters.ical.identity import first_unit
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.model.timing import Every

EVENT = """BEGIN:VEVENT
UID:{uid}@x
SUMMARY:a
DESCRIPTION:b
DTSTAMP:20260101T000000Z
{start}
END:VEVENT
"""
DAY = "DTSTART;VALUE=DATE:20260105"


def octets(*events: str, before: str = "") -> bytes:
    """A feed with these events, as it is on disk."""
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n{before}{''.join(events)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(start: str = DAY, uid: str = "1") -> str:
    """An event with these lines about its time."""
    return EVENT.format(start=start, uid=uid)


def flagged(data: bytes) -> list[tuple[str, int]]:
    """The messages and lines of all that is wrong with a feed."""
    return [(each.message, each.place.line) for each in Linter().check(data)]


ZONE = """BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
"""
TIMES = "DTSTART;TZID=A:20260105T090000\nDTEND;TZID={end}:20260105T080000"
ZONES = ZONE.format(zone="A", offset="+0800") + ZONE.format(zone="B", offset="+0800")

VALUES: dict[str, tuple[bytes, list[tuple[str, int]]]] = {
    "a date with dashes": (octets(event("DTSTART;VALUE=DATE:2026-01-05")), [("feed-bad-value", 9)]),
    "a moment in words": (octets(event("DTSTART:tomorrow")), [("feed-bad-value", 9)]),
    "a period that is one": (octets(event(f"{DAY}\nRDATE;VALUE=PERIOD:20260106T090000Z/PT1H")), []),
    "a period of two moments": (octets(event(f"{DAY}\nRDATE;VALUE=PERIOD:20260106T090000Z/20260106T100000Z")), []),
    "a rule that is one": (octets(event(f"{DAY}\nRRULE:FREQ=MONTHLY;COUNT=3")), []),
    "an offset without minutes": (
        octets(event(), before=ZONE.format(zone="A", offset="+8")),
        [("feed-bad-value", 8)],
    ),
    "an offset of minus nothing": (
        octets(event(), before=ZONE.format(zone="A", offset="-0000")),
        [("feed-bad-value", 8)],
    ),
    "versions from one to another": (
        octets(event()).replace(b"VERSION:2.0", b"VERSION:2.0;2.1"),
        [("feed-unknown-word", 2)],
    ),
    "an end that is earlier on another clock": (octets(event(TIMES.format(end="B")), before=ZONES), []),
    "an end that is earlier on the same clock": (
        octets(event(TIMES.format(end="A")), before=ZONES),
        [("feed-end-before", 26)],
    ),
    "a fold behind a backslash that is one": (
        octets(event()).replace(b"SUMMARY:a", b"SUMMARY:a\\\\\r\n b"),
        [],
    ),
    "a fold within an escape": (
        octets(event()).replace(b"SUMMARY:a", b"SUMMARY:a\\\r\n nb"),
        [("feed-split-escape", 6)],
    ),
}


@pytest.mark.parametrize("case", VALUES)
def test_values_that_few_feeds_have(case: str) -> None:
    """What RFC 5545 allows is not flagged, and what it does not allow is, at its line."""
    data, expected = VALUES[case]
    assert flagged(data) == expected


FAULTY = [
    (event().replace("SUMMARY:a", "SUMMARY:a;b"), [("feed-unescaped", 6)]),
    (event().replace("DESCRIPTION:b", "DESCRIPTION:" + "b" * 80), [("feed-long-line", 7)]),
    (event().replace("SUMMARY:a", "SUMMARY:a\n " + "b" * 80), [("feed-long-line", 7)]),
    (event("DTSTART;TZID=A:20260105T090000"), [("feed-no-zone", 9)]),
]


@pytest.mark.parametrize(("faulty", "expected"), FAULTY, ids=[each[1][0][0] + str(each[1][0][1]) for each in FAULTY])
def test_a_linter_that_has_seen_many_flags_the_same(faulty: str, expected: list[tuple[str, int]]) -> None:
    """After a good feed, and after the same faulty one, what is wrong with a feed is told in full."""
    linter = Linter()
    assert linter.check(octets(event())) == ()
    for _ in range(2):
        assert [(each.message, each.place.line) for each in linter.check(octets(faulty))] == expected
    assert linter.check(octets(event(uid="2"))) == ()


def test_octets_that_are_no_text_are_not_plain() -> None:
    """Neither is a text with half a character in it, nor with a fold inside one."""
    seen = Familiar()
    assert seen.is_plain(8, "季度".encode())
    assert not seen.is_plain(8, b"\xe5\xad")
    assert not seen.is_plain(8, b"a\r\n \x80")
    assert not seen.is_plain(8, b"a;b")
    assert not seen.is_plain(8, b"x" * 80)


def test_the_head_of_tasks_is_a_head() -> None:
    """What stands before the first event or task; nothing where there is neither."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n"
    assert head_of(octets(event())) == head
    assert head_of(octets(event().replace("VEVENT", "VTODO"))) == head
    assert head_of(octets()) == b""


def test_zones_are_told_elsewhere_in_a_feed() -> None:
    """An event in a zone is as good as the zone that its feed has: another feed without the zone is flagged."""
    zoned = event("DTSTART;TZID=A:20260105T090000")
    linter = Linter()
    assert linter.check(octets(zoned, before=ZONES)) == ()
    assert [each.message for each in linter.check(octets(zoned))] == ["feed-no-zone"]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is forgotten when it is too much, and found again: the verdicts are the same."""
    monkeypatch.setattr(lint, "_REMEMBERED", 1)
    monkeypatch.setattr(familiar, "_MOST", 0)
    linter = Linter()
    feeds = [octets(event(f"{DAY}\nX-{number}:a;b"), event(uid="2")) for number in range(3)]
    bad = octets(event().replace("SUMMARY:a", "SUMMARY:a;b"))
    for _ in range(2):
        assert [linter.check(each) for each in feeds] == [(), (), ()]
        assert [each.message for each in linter.check(bad)] == ["feed-unescaped"]


def schedule(units: int = 3) -> Schedule:
    """A monthly duty of some units, in zones of their own."""
    every = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(20))),)))
    zones = ["Asia/Shanghai", "Europe/Berlin", "Africa/Cairo"]
    roster = Roster([f"u{number}" for number in range(units)], timezones=zones[:units])
    return expand(Rulebook("book", Text.of("book"), roster, (Obligation("r", every, Text.of("r")),)), read_span("2026"))


def test_feeds_of_many_kinds_of_units_are_the_same_in_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units whose events are alike share them; how many kinds are kept does not show in the feeds."""
    units = [f"book/u{number}" for number in range(3)]
    plenty = [FeedWriter(schedule()).of_unit(unit) for unit in units]
    monkeypatch.setattr(writer, "_MOST_COHORTS", 1)
    scarce = FeedWriter(schedule())
    assert [scarce.of_unit(unit) for unit in units * 2] == plenty * 2


def test_nobody_has_a_row_of_holes() -> None:
    """LookupError, where every unit was taken out of it."""
    line = schedule(1).lines[0]
    assert first_unit(line, 0) == 0
    line.holes[0] = frozenset({0})
    with pytest.raises(LookupError):
        first_unit(line, 0)


def test_tasks_have_no_entries_for_reminders() -> None:
    """A feed of to-dos keeps everything else that was asked for."""
    asked = Options(language="zh", lead_events=True, refresh=dt.timedelta(hours=3))
    assert asked.as_tasks() == Options(language="zh", tasks=True, refresh=dt.timedelta(hours=3))
