"""The linter of feeds: each single defect is flagged at its line, and nothing else is."""

import pytest

from cyclekit.adapters.ical import Linter
from cyclekit.diagnostics import Place

CLEAN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
METHOD:PUBLISH
NAME:n
X-WR-CALNAME:n
REFRESH-INTERVAL;VALUE=DURATION:PT12H
COLOR:teal
BEGIN:VEVENT
UID:1@x
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260105
DTEND;VALUE=DATE:20260106
SEQUENCE:0
SUMMARY:a\\, b\\; c\\\\N
DESCRIPTION:two\\nlines and a text that is long enough to be folded at the e
 nd 季
STATUS:CONFIRMED
TRANSP:TRANSPARENT
CATEGORIES:a,b
URL;VALUE=URI:https://example.org/a;b
ORGANIZER;CN="Office; 1":mailto:office@example.org
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:x
TRIGGER:-P1D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2@x
DTSTAMP:20260101T000000Z
DTSTART:20260105T090000Z
DTEND:20260105T100000Z
SUMMARY:b
STATUS:TENTATIVE
ORGANIZER:invalid:nomail
END:VEVENT
BEGIN:VTODO
UID:3@x
DTSTAMP:20260101T000000Z
DUE;VALUE=DATE:20260105
STATUS:NEEDS-ACTION
ORGANIZER:invalid:nomail
END:VTODO
END:VCALENDAR
"""

#: What is replaced, by what, and what is said of it at which line.
DEFECTS = [
    # what the issue names
    ("DTSTAMP:20260101T000000Z\nDTSTART;", "DTSTART;", "feed-missing", 9),
    ("UID:1@x\n", "", "feed-missing", 9),
    ("VERSION:2.0\n", "", "feed-missing", 1),
    ("PRODID:-//x//y//EN\n", "", "feed-missing", 1),
    ("END:VALARM\n", "", "feed-no-end", 23),
    ("END:VEVENT\nBEGIN:VTODO", "BEGIN:VTODO", "feed-misplaced-component", 37),
    ("END:VCALENDAR\n", "", "feed-no-end", 1),
    ("UID:2@x", "UID:1@x", "feed-duplicate-uid", 30),
    ("UID:1@x\n", "UID:1@x\nUID:1@y\n", "feed-twice", 11),
    ("SUMMARY:b\n", "SUMMARY:b\nSUMMARY:c\n", "feed-twice", 35),
    ("DTEND;VALUE=DATE:20260106", "DTEND;VALUE=DATE:20260105", "feed-end-equal", 13),
    ("DTEND:20260105T100000Z", "DTEND:20260105T090000Z", "feed-end-equal", 33),
    ("DTEND;VALUE=DATE:20260106", "DTEND:20260106T000000Z", "feed-end-type", 13),
    ("DTEND:20260105T100000Z", "DTEND;VALUE=DATE:20260106", "feed-end-type", 33),
    ("DTEND:20260105T100000Z", "DTEND:20260105T100000", "feed-end-type", 33),
    (";VALUE=DURATION", "", "feed-value-unstated", 7),
    ("SUMMARY:a\\, b", "SUMMARY:a, b", "feed-unescaped", 15),
    ("b\\; c", "b; c", "feed-unescaped", 15),
    ("DTSTART;VALUE=DATE:20260105", "DTSTART;VALUE=DATE:20260230", "feed-no-such-day", 12),
    ("DTSTART:20260105T090000Z", "DTSTART:20260105T250000Z", "feed-no-such-day", 32),
    ("NAME:n\nX", "NAME:n\nUID:c@x\nX", "feed-calendar-uid", 6),
    ("DESCRIPTION:x\n", "", "feed-alarm-missing", 23),
    ("STATUS:CONFIRMED", "STATUS:DONE", "feed-unknown-word", 18),
    ("STATUS:NEEDS-ACTION", "STATUS:CONFIRMED", "feed-unknown-word", 42),
    ("SUMMARY:b\nSTATUS:TENTATIVE\nORGANIZER:invalid:nomail\n", "SUMMARY:b\n", "feed-no-organizer", 29),
    ("SUMMARY:b\n", "SUMMARY:b\nsecond line\n", "feed-no-line", 35),
    ("SUMMARY:b\n", "SUMMARY:b\nnote: and more\n", "feed-unknown-property", 35),
    ("SUMMARY:b\n", "SUMMARY:b\n\n", "feed-no-line", 35),
    # more of the tables
    ("BEGIN:VALARM", "BEGIN:VALRM", "feed-unknown-component", 23),
    ("BEGIN:VTODO", "BEGIN:VALARM", "feed-misplaced-component", 38),
    ("END:VTODO\n", "END:VTODO\nEND:VEVENT\n", "feed-no-begin", 45),
    ("BEGIN:VCALENDAR\n", "X-A:1\nBEGIN:VCALENDAR\n", "feed-outside", 1),
    ("END:VCALENDAR\n", "END:VCALENDAR\nX-A:1\n", "feed-outside", 46),
    ("SUMMARY:b\n", "SUMMARY:b\nDUE:20260105T100000Z\n", "feed-misplaced", 35),
    ("SUMMARY:b\n", "SUMMARY:b\nDURATION:PT1H\n", "feed-both", 35),
    ("DTSTART:20260105T090000Z\nDTEND:20260105T100000Z\n", "DTEND:20260105T100000Z\n", "feed-without", 32),
    ("TRIGGER:-P1D\n", "TRIGGER:-P1D\nREPEAT:2\n", "feed-without", 27),
    ("TRIGGER:-P1D", "TRIGGER:-P", "feed-bad-value", 26),
    ("TRIGGER:-P1D", "TRIGGER;VALUE=DATE-TIME:20260105T090000", "feed-not-utc", 26),
    ("DTSTAMP:20260101T000000Z\nDTSTART;", "DTSTAMP:20260101T000000\nDTSTART;", "feed-not-utc", 11),
    ("SEQUENCE:0", "SEQUENCE:-1", "feed-bad-value", 14),
    ("SEQUENCE:0", "SEQUENCE:one", "feed-bad-value", 14),
    ("SEQUENCE:0", "PRIORITY:10", "feed-bad-value", 14),
    ("SEQUENCE:0", "RRULE:FREQ=OFTEN", "feed-bad-value", 14),
    ("SEQUENCE:0", "RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260109", "feed-bad-value", 14),
    ("SEQUENCE:0", "GEO:1,2", "feed-bad-value", 14),
    ("SEQUENCE:0", "RDATE;VALUE=PERIOD:20260105T090000Z", "feed-bad-value", 14),
    ("SEQUENCE:0", "ATTACH;VALUE=BINARY;ENCODING=BASE64:%%%", "feed-bad-value", 14),
    ("URL;VALUE=URI:https://example.org/a;b", "URL;VALUE=URI:no scheme", "feed-bad-value", 21),
    ("URL;VALUE=URI:https", "URL;VALUE=TEXT:https", "feed-value-type", 21),
    ("DTSTART;VALUE=DATE:20260105", "DTSTART:20260105", "feed-value-unstated", 12),
    ("DTSTART;VALUE=DATE:20260105", "DTSTART;VALUE=DATE;VALUE=DATE:20260105", "feed-parameter-twice", 12),
    ("DTSTART;VALUE=DATE:20260105", "DTSTART;TZID=Z;VALUE=DATE:20260105", "feed-zone-useless", 12),
    ("DTEND;VALUE=DATE:20260106", "DTEND;VALUE=DATE:20260104", "feed-end-before", 13),
    ("c\\\\N", "c\\x", "feed-bad-escape", 15),
    ("UID:2@x", "UID:", "feed-empty-uid", 30),
    ("METHOD:PUBLISH", "METHOD:POST", "feed-unknown-word", 4),
    ("VERSION:2.0", "VERSION:1.0", "feed-unknown-word", 2),
    ("COLOR:teal", "COLOR:tael", "feed-bad-value", 8),
]
OTHER_OCTETS = [
    (b"SUMMARY:b\r\n", b"SUMMARY:b\n", "feed-bare-end", 34),
    (b"SUMMARY:b", b"SUMMARY:a\rb", "feed-bare-end", 34),
    (b"SUMMARY:b", b"SUMMARY:a\x07b", "feed-control", 34),
    (b"SUMMARY:b", "SUMMARY:a\x85b".encode(), "feed-control", 34),
    (b"SUMMARY:b", "SUMMARY:a\u2028b".encode(), "feed-control", 34),
    (b"SUMMARY:b", b"SUMMARY:" + b"b" * 68, "feed-long-line", 34),
    (b"\r\n nd \xe5\xad\xa3", b"\r\n nd \xe5\r\n \xad\xa3", "feed-split-character", 18),
    (b"two\\nlines", b"two\\\r\n nlines", "feed-split-escape", 16),
    (b"SUMMARY:b", b"SUMMARY:\xff", "feed-encoding", 34),
    (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", "feed-bom", 1),
    (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "feed-cut-off", 45),
]


def octets(text: str) -> bytes:
    """A feed as it is on disk."""
    return text.replace("\n", "\r\n").encode()


def flagged(data: bytes) -> set[tuple[str, int]]:
    """The messages and lines of all that is wrong with a feed."""
    return {(each.message, each.place.line) for each in Linter().check(data)}


def test_a_clean_feed_is_clean() -> None:
    """A feed with events, a task, an alarm, folds and escapes has nothing wrong with it."""
    assert flagged(octets(CLEAN)) == set()


@pytest.mark.parametrize(("old", "new", "message", "line"), DEFECTS, ids=lambda each: str(each).replace("\n", "|"))
def test_each_defect_is_flagged(old: str, new: str, message: str, line: int) -> None:
    """One thing made wrong in a clean feed is flagged at its line; what follows from it may be as well."""
    assert old in CLEAN
    found = flagged(octets(CLEAN.replace(old, new, 1)))
    assert (message, line) in found
    assert len(found) <= 3


@pytest.mark.parametrize(("old", "new", "message", "line"), OTHER_OCTETS, ids=[each[2] for each in OTHER_OCTETS])
def test_each_wrong_octet_is_flagged(old: bytes, new: bytes, message: str, line: int) -> None:
    """One wrong octet in a clean feed is flagged at its line."""
    data = octets(CLEAN)
    assert old in data
    found = flagged(data.replace(old, new, 1))
    assert (message, line) in found
    assert len(found) <= 2


def test_every_line_end_may_be_bare() -> None:
    """A feed with LF alone is flagged at every line, and still read: nothing else is said of it."""
    found = flagged(CLEAN.encode())
    assert found == {("feed-bare-end", line) for line in range(1, CLEAN.count("\n") + 1)}


def test_without_a_method_nobody_need_organize() -> None:
    """Where there is no METHOD, an event needs a DTSTART, and no ORGANIZER."""
    plain = "".join(line for line in CLEAN.splitlines(True) if not line.startswith(("METHOD", "ORGANIZER")))
    assert flagged(octets(plain)) == set()
    undated = plain.replace("DTSTART:20260105T090000Z\nDTEND:20260105T100000Z\n", "")
    assert flagged(octets(undated)) == {("feed-missing", 27)}


@pytest.mark.parametrize("data", [b"", b"\r\n", b"BEGIN:VEVENT\r\n", b"\xff\xfe", b"<html>", b" x\r\n"])
def test_what_is_no_calendar(data: bytes) -> None:
    """A file without a calendar is told to be none, and nothing breaks."""
    assert "feed-no-calendar" in {message for message, _ in flagged(data)}


def test_an_empty_calendar() -> None:
    """A calendar without any component is flagged, and one with a time zone is not."""
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
    zone = (
        "BEGIN:VTIMEZONE\nTZID:UTC\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
    )
    assert flagged(octets(f"{head}END:VCALENDAR\n")) == {("feed-empty", 1)}
    assert flagged(octets(f"{head}{zone}END:VCALENDAR\n")) == set()
    without = zone.replace(zone[zone.index("BEGIN:STANDARD") : zone.index("END:VTIMEZONE")], "")
    assert flagged(octets(f"{head}{without}END:VCALENDAR\n")) == {("feed-missing", 4)}


def test_zones() -> None:
    """A time in a zone needs the VTIMEZONE that tells of it."""
    event = "DTSTART;TZID=Asia/Shanghai:20260105T090000\nDTEND;TZID=Asia/Shanghai:20260105T100000"
    zoned = CLEAN.replace("DTSTART:20260105T090000Z\nDTEND:20260105T100000Z", event)
    assert flagged(octets(zoned)) == {("feed-no-zone", 32), ("feed-no-zone", 33)}
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0800\n"
        "TZOFFSETTO:+0800\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    assert flagged(octets(zoned.replace("END:VCALENDAR", f"{zone}END:VCALENDAR"))) == set()


def test_zones_of_a_registry() -> None:
    """A zone whose name begins with a solidus is known to everybody, and needs no VTIMEZONE (section 3.2.19)."""
    event = "DTSTART;TZID=/example.org/Asia/Shanghai:20260105T090000\nDURATION:PT1H"
    zoned = CLEAN.replace("DTSTART:20260105T090000Z\nDTEND:20260105T100000Z", event)
    assert flagged(octets(zoned)) == set()


def test_a_method_without_organizers_is_flagged_once() -> None:
    """METHOD without any ORGANIZER is told at the first entry with how many there are; another calendar's apart."""
    without = "".join(line for line in CLEAN.splitlines(True) if not line.startswith("ORGANIZER"))
    (found,) = Linter().check(octets(without))
    assert (found.message, found.place.line) == ("feed-no-organizer", 9)
    assert found.values == {"component": "VEVENT", "count": "3"}
    twice = flagged(octets(without + without.replace("UID:", "UID:other-")))
    lines = without.count("\n")
    assert {line for message, line in twice if message == "feed-no-organizer"} == {9, lines + 9}


def test_two_calendars_in_one_file() -> None:
    """A second calendar in a file is flagged where it begins."""
    other = CLEAN.replace("UID:", "UID:other-")
    assert flagged(octets(CLEAN + other)) == {("feed-second-calendar", CLEAN.count("\n") + 1)}


def test_a_series_has_one_uid() -> None:
    """Several events of one UID are no duplicates where each is another instance of a series."""
    series = CLEAN.replace("UID:2@x", "UID:1@x\nRECURRENCE-ID;VALUE=DATE:20260112")
    assert flagged(octets(series)) == set()


def test_components_and_properties_of_ones_own() -> None:
    """What has a name that begins with X- may stand anywhere, with whatever in it."""
    own = CLEAN.replace("SUMMARY:b", "SUMMARY:b\nX-OWN;X-P=1:a,b;c\nBEGIN:X-PART\nX-A:1\nEND:X-PART")
    assert flagged(octets(own)) == set()


def test_names_may_be_in_lower_case() -> None:
    """Names of properties, components and parameters may be written in any case (RFC 5545, section 1.3)."""
    lower = CLEAN.replace("BEGIN:VEVENT", "begin:vevent").replace("DTSTAMP", "dtstamp").replace("VALUE=", "value=")
    assert flagged(octets(lower)) == set()


def test_the_place_is_in_the_file() -> None:
    """A diagnostic tells file, line and column, of a control character exactly."""
    data = octets(CLEAN.replace("SUMMARY:b", "SUMMARY:季\x07"))
    assert [each.place for each in Linter().check(data, "a.ics")] == [Place("a.ics", 34, 10)]


def test_a_linter_remembers_nothing_wrong() -> None:
    """A linter that has looked at good feeds finds in others what a new one finds."""
    linter = Linter()
    plain = "".join(line for line in CLEAN.splitlines(True) if not line.startswith(("METHOD", "ORGANIZER")))
    assert linter.check(octets(plain)) == ()
    for old, new, _, _ in DEFECTS:
        data = octets(plain.replace(old, new, 1))
        assert linter.check(data) == Linter().check(data)


def _feed_of(unit: str, day: str) -> bytes:
    """The feed of a unit whose id stands in what the feed tells of itself, too, between tildes."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nNAME:~{unit}~ ~{unit}~\r\n"
        f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nUID:book~duty~{unit}~2026@x.invalid\r\n"
        "DTSTAMP:19700101T000000Z\r\nSUMMARY:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_the_feed_of_another_unit_is_looked_at_from_its_first_event() -> None:
    """A fault in the first event is found after a good feed of another unit, whatever the feeds tell of themselves."""
    linter = Linter()
    assert linter.check(_feed_of("n" * 24, "20260101")) == ()
    assert linter.check(_feed_of("s" * 24, "20260101")) == ()
    assert [each.code for each in linter.check(_feed_of("s" * 24, "20269999"))] == ["feed-value"]


def _together(unit: str, other: str) -> bytes:
    """The feed of a unit that owes one duty by itself and one that belongs to another unit."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:book~duty~{whose}~2026@x.invalid\r\nDTSTAMP:19700101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:20260101\r\nDESCRIPTION:{whose}\r\n \\nall\r\nEND:VEVENT\r\n"
        for whose in (unit, other)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{events}END:VCALENDAR\r\n".encode()


def test_two_units_of_a_feed_do_not_become_one() -> None:
    """After a good feed with events of two units, one in which both have the same id has one UID twice."""
    linter = Linter()
    assert linter.check(_together("north", "south")) == ()
    assert linter.check(_together("south", "north")) == ()
    assert [each.code for each in linter.check(_together("north", "north"))] == ["feed-property"]
    assert [each.code for each in linter.check(_together("north", "so\\th"))] == ["feed-value"] * 2


def test_what_is_kept_of_feeds_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """When too much is kept all is forgotten, and feeds are judged as before."""
    monkeypatch.setattr("cyclekit.adapters.ical.twins._MOST_OCTETS", 2 * len(_together("north", "south")))
    linter = Linter()
    for length in range(1, 9):
        assert linter.check(_together("n" * length, "s" * length)) == ()
        assert linter.check(_together("a" * length, "b" * length)) == ()
        assert linter.check(_together("a" * length, "a" * length)) != ()


def _named(name: str, address: str) -> bytes:
    """A feed with a name and an address of its own."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nNAME:{name}\r\nX-WR-CALNAME:{name}\r\n"
        f"URL;VALUE=URI:{address}\r\nBEGIN:VEVENT\r\nUID:a~b~c~2026@x.invalid\r\nSUMMARY:a\r\nDESCRIPTION:b\r\n"
        "DTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("name", "address", "good"),
    [
        ("South", "https://example.org/b.ics", True),
        ("East\\, and a name that goes on until it is folded\r\n  here", "http://example.org/c", True),
        ("a,b", "https://example.org/b.ics", False),
        ("a\\x", "https://example.org/b.ics", False),
        ("季" * 30, "https://example.org/b.ics", False),
        ("South", "https://example.org/{b}.ics", False),
        ("South", "https://example.org/" + "b" * 60, False),
        ("South", "example", False),
    ],
)
def test_a_name_and_an_address_are_looked_at_in_every_feed(name: str, address: str, *, good: bool) -> None:
    """After good feeds of other names, one with a name or an address that is none is told as if it were the first."""
    linter = Linter()
    for each in ("north", "west", "north"):
        assert linter.check(_named(each, f"https://example.org/{each}.ics")) == ()
    data = _named(name, address)
    assert linter.check(data) == Linter().check(data)
    assert (linter.check(data) == ()) is good


def test_what_is_kept_of_heads_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds that each tell something else of themselves are looked at as long as one likes."""
    monkeypatch.setattr("cyclekit.adapters.ical.familiar._MOST", 2)
    linter = Linter()
    for number in range(1, 6):
        data = _named("north", "https://example.org/a.ics").replace(b"//x//y//", b"//x//%d//" % number)
        assert linter.check(data) == ()
        assert linter.check(data) == ()
        assert linter.check(data.replace(b"NAME:north\r\nX", b"NAME:a,b\r\nX")) != ()


def test_up_to_eight_units_share_a_feed() -> None:
    """After a feed with events of eight units, or nine, those of other units are judged as if they were the first."""
    for count in (7, 8, 9):
        linter = Linter()
        for first in "adg":
            units = [f"{first}{number}" for number in range(count)]
            whole = b"".join(
                _together(unit, unit)
                .split(b"END:VEVENT\r\n")[0]
                .partition(b"BEGIN:VEVENT")[2]
                .join((b"BEGIN:VEVENT", b"END:VEVENT\r\n"))
                for unit in units
            )
            head = _together("x", "y").partition(b"BEGIN:VEVENT")[0]
            assert linter.check(head + whole + b"END:VCALENDAR\r\n") == ()
            twice = whole.replace(units[1].encode(), units[0].encode())
            assert [each.code for each in linter.check(head + twice + b"END:VCALENDAR\r\n")] == ["feed-property"]
