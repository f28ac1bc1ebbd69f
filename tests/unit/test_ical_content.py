"""Content lines one by one: what is wrong with each, by RFC 5545, and which words that takes."""

import datetime as dt
import re

import pytest

from cyclekit.adapters.ical.colours import name_of, number_of
from cyclekit.adapters.ical.content import Content, day_of, moment_of, read_line
from cyclekit.adapters.ical.moments import duration
from cyclekit.adapters.ical.octets import Octets
from cyclekit.adapters.ical.shapes import component_faults, is_known, may_stand_in
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.words.messages import headline

Faults = list[tuple[str, dict[str, str]]]


def bad(name: str, text: str, type_: str) -> tuple[str, dict[str, str]]:
    """A value that is none of its type."""
    return "feed-bad-value", {"name": name, "text": text, "type": type_}


def line_of(text: str) -> Content:
    """A content line, which this is."""
    line = read_line(text)
    assert line is not None
    return line


RIGHT = [
    "DTSTART:20260105T090000",
    "DTSTART:20260105T090000Z",
    "DTSTART;VALUE=DATE-TIME:20260105T090000Z",
    "DTSTART;VALUE=DATE:20260105",
    "dtstart;value=date:20260105",
    "DTSTART;TZID=Europe/Berlin:20260105T090000",
    "DTSTAMP:20261231T235960Z",
    "DTSTAMP;VALUE=DATE-TIME:20260101T000000Z",
    "EXDATE;VALUE=DATE:20260105,20260106",
    "REQUEST-STATUS;VALUE=TEXT:2.0;Success",
    "GEO;VALUE=FLOAT:31.2;121.5",
    "RDATE;VALUE=PERIOD:20260105T090000Z/PT1H,20260106T090000Z/20260106T100000Z",
    "FREEBUSY:20260105T090000Z/PT1H",
    "TRIGGER:-P1D",
    "TRIGGER;VALUE=DATE-TIME:20260105T090000Z",
    "DURATION:P1DT2H3M4S",
    "DURATION:PT2H3M",
    "DURATION:-P2W",
    "DURATION:+PT5S",
    "SEQUENCE:0",
    "SEQUENCE:2147483647",
    "PERCENT-COMPLETE:100",
    "PRIORITY:9",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:-0330",
    "TZOFFSETTO:+0000",
    "TZOFFSETTO:+235959",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3",
    "RRULE:freq=daily;until=20261231",
    "URL:https://example.org/a;b?c=%20",
    'ATTENDEE;CN="Office; 1":mailto:office@example.org',
    "ATTACH:https://example.org/x.pdf",
    "ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD",
    "ATTACH;VALUE=BINARY:QUI=",
    "GEO:48.85;-2.35",
    "GEO:+48;2",
    "REQUEST-STATUS:2.0;Success",
    "REQUEST-STATUS:3.1.4;Failed",
    "SUMMARY:a\\, b\\; c\\\\ d\\n e\\N",
    "SUMMARY;VALUE=TEXT:a",
    "CATEGORIES:a,b\\, c",
    "CATEGORIES;VALUE=TEXT:a,b",
    "VERSION:2.0;2.0",
    "COLOR:Teal",
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    "IMAGE;VALUE=URI:https://example.org/x.png",
    "X-ANYTHING;WHAT=ever:at, all",
    "STRUCTURED-DATA;VALUE=WHATEVER:at; all",
    "BEGIN:VEVENT",
    "END:VEVENT",
]


def test_a_line_of_another_name_keeps_all_that_it_says() -> None:
    """A property that nobody knows is told by its name, in capitals, and nothing else is said of it."""
    line = line_of("note;lang=x:at, all")
    assert (line.name, line.parameters, line.value) == ("NOTE", {"LANG": "x"}, "at, all")
    assert line.faults == (("feed-unknown-property", {"name": "NOTE"}),)


@pytest.mark.parametrize("text", RIGHT)
def test_a_line_that_is_right(text: str) -> None:
    """Each type of value in the forms that RFC 5545, section 3.3, gives it, whatever the case of names."""
    line = line_of(text)
    assert line.faults == ()
    assert line.name == re.split("[:;]", text, maxsplit=1)[0].upper()


WRONG: list[tuple[str, Faults]] = [
    ("DTSTART:2026010", [bad("DTSTART", "2026010", "DATE-TIME")]),
    ("DTSTART:20260105", [("feed-value-unstated", {"name": "DTSTART", "type": "DATE"})]),
    ("DTSTART:20260230T090000", [("feed-no-such-day", {"name": "DTSTART", "text": "20260230T090000"})]),
    ("DTSTART:20260105T240000", [("feed-no-such-day", {"name": "DTSTART", "text": "20260105T240000"})]),
    ("DTSTART:20260105T096000", [("feed-no-such-day", {"name": "DTSTART", "text": "20260105T096000"})]),
    ("DTSTART:20260105T090061", [("feed-no-such-day", {"name": "DTSTART", "text": "20260105T090061"})]),
    ("DTSTART;VALUE=DATE:20260230", [("feed-no-such-day", {"name": "DTSTART", "text": "20260230"})]),
    ("DTSTART;VALUE=DATE:2026-01-05", [bad("DTSTART", "2026-01-05", "DATE")]),
    ("DTSTART;VALUE=DATE-TIME:20260105", [bad("DTSTART", "20260105", "DATE-TIME")]),
    ("DTSTART;VALUE=PERIOD:20260105", [("feed-value-type", {"name": "DTSTART", "type": "PERIOD"})]),
    ("DTSTART;TZID=X;VALUE=DATE:20260105", [("feed-zone-useless", {"name": "DTSTART"})]),
    ("DTSTART;TZID=X:20260105T090000Z", [("feed-zone-useless", {"name": "DTSTART"})]),
    ("DTSTAMP:20260105T090000", [("feed-not-utc", {"name": "DTSTAMP", "text": "20260105T090000"})]),
    ("DTSTAMP:20260105", [bad("DTSTAMP", "20260105", "DATE-TIME")]),
    ("DTSTAMP:20260230T090000", [("feed-no-such-day", {"name": "DTSTAMP", "text": "20260230T090000"})]),
    ("DTSTAMP;VALUE=DATE:20260105", [("feed-value-type", {"name": "DTSTAMP", "type": "DATE"})]),
    ("EXDATE;VALUE=DATE:20260105,2026010", [bad("EXDATE", "2026010", "DATE")]),
    ("RDATE;VALUE=PERIOD:20260105T090000Z", [bad("RDATE", "20260105T090000Z", "PERIOD")]),
    ("FREEBUSY:20260105T090000Z/P", [bad("FREEBUSY", "20260105T090000Z/P", "PERIOD")]),
    ("FREEBUSY:20260230T090000Z/PT1H", [bad("FREEBUSY", "20260230T090000Z/PT1H", "PERIOD")]),
    ("TRIGGER:1D", [bad("TRIGGER", "1D", "DURATION")]),
    (
        "TRIGGER;VALUE=DATE-TIME:20260105T090000",
        [("feed-not-utc", {"name": "TRIGGER", "text": "20260105T090000"})],
    ),
    ("DURATION:P1H", [bad("DURATION", "P1H", "DURATION")]),
    ("DURATION:PT1H5S", [bad("DURATION", "PT1H5S", "DURATION")]),
    ("DURATION:P1W2D", [bad("DURATION", "P1W2D", "DURATION")]),
    ("SEQUENCE:-1", [bad("SEQUENCE", "-1", "INTEGER")]),
    ("SEQUENCE:2147483648", [bad("SEQUENCE", "2147483648", "INTEGER")]),
    ("SEQUENCE:one", [bad("SEQUENCE", "one", "INTEGER")]),
    ("PERCENT-COMPLETE:101", [bad("PERCENT-COMPLETE", "101", "INTEGER")]),
    ("PRIORITY:10", [bad("PRIORITY", "10", "INTEGER")]),
    ("TZOFFSETFROM:-0000", [bad("TZOFFSETFROM", "-0000", "UTC-OFFSET")]),
    ("TZOFFSETFROM:0800", [bad("TZOFFSETFROM", "0800", "UTC-OFFSET")]),
    ("TZOFFSETFROM:+2400", [bad("TZOFFSETFROM", "+2400", "UTC-OFFSET")]),
    ("RRULE:FREQ=MONTHLY;UNTIL=20261231;COUNT=3", [bad("RRULE", "FREQ=MONTHLY;UNTIL=20261231;COUNT=3", "RECUR")]),
    ("RRULE:FREQ=FORTNIGHTLY", [bad("RRULE", "FREQ=FORTNIGHTLY", "RECUR")]),
    ("RRULE:COUNT=3", [bad("RRULE", "COUNT=3", "RECUR")]),
    ("RRULE:FREQ=DAILY;FREQ=DAILY", [bad("RRULE", "FREQ=DAILY;FREQ=DAILY", "RECUR")]),
    ("RRULE:FREQ=DAILY;BYEASTER=0", [bad("RRULE", "FREQ=DAILY;BYEASTER=0", "RECUR")]),
    ("RRULE:FREQ=DAILY;COUNT=", [bad("RRULE", "FREQ=DAILY;COUNT=", "RECUR")]),
    ("URL:example.org", [bad("URL", "example.org", "URI")]),
    ("URL:https://example.org/a b", [bad("URL", "https://example.org/a b", "URI")]),
    ("ATTENDEE:office@example.org", [bad("ATTENDEE", "office@example.org", "CAL-ADDRESS")]),
    ("ATTACH;VALUE=BINARY:QUJ", [bad("ATTACH", "QUJ", "BINARY")]),
    ("GEO:48.85", [bad("GEO", "48.85", "FLOAT;FLOAT")]),
    ("GEO:48,2;1", [bad("GEO", "48,2;1", "FLOAT;FLOAT")]),
    ("REQUEST-STATUS:2;Success", [bad("REQUEST-STATUS", "2;Success", "1.2;TEXT")]),
    ("SUMMARY:a, b", [("feed-unescaped", {"name": "SUMMARY", "char": ","})]),
    ("SUMMARY:a; b", [("feed-unescaped", {"name": "SUMMARY", "char": ";"})]),
    ("SUMMARY:a\\d", [("feed-bad-escape", {"name": "SUMMARY", "text": "\\d"})]),
    ("SUMMARY:a\\", [("feed-bad-escape", {"name": "SUMMARY", "text": "\\"})]),
    ("CATEGORIES:a;b", [("feed-unescaped", {"name": "CATEGORIES", "char": ";"})]),
    ("VERSION:2.0,3", [("feed-unescaped", {"name": "VERSION", "char": ","})]),
    ("SUMMARY;VALUE=URI:a", [("feed-value-type", {"name": "SUMMARY", "type": "URI"})]),
    ("COLOR:#008080", [bad("COLOR", "#008080", "CSS3 color")]),
    ("COLOR:petrol", [bad("COLOR", "petrol", "CSS3 color")]),
    ("REFRESH-INTERVAL:PT12H", [("feed-value-unstated", {"name": "REFRESH-INTERVAL", "type": "DURATION"})]),
    (
        "IMAGE:x",
        [("feed-value-unstated", {"name": "IMAGE", "type": "URI"}), bad("IMAGE", "x", "URI")],
    ),
    ("SUMMARY;LANGUAGE=en;LANGUAGE=de:a", [("feed-parameter-twice", {"name": "LANGUAGE"})]),
    ("SUMARY:a", [("feed-unknown-property", {"name": "SUMARY"})]),
]


@pytest.mark.parametrize(("text", "faults"), WRONG)
def test_a_line_that_is_wrong(text: str, faults: Faults) -> None:
    """Every fault is told with its name, what stands there and what was wanted; both languages have words."""
    assert [(name, dict(values)) for name, values in line_of(text).faults] == faults
    for name, values in faults:
        told = Diagnostic("feed-value", name, Place("feed.ics", 1, 1), values)
        assert headline(told, "en")
        assert headline(told, "zh")


@pytest.mark.parametrize("text", ["", "no colon", ":value", "A B:c", 'X;P="a:b', "X;P:a", "X;=a:b"])
def test_a_text_that_is_no_line(text: str) -> None:
    """A line has a name, parameters with names, and a colon (section 3.1)."""
    assert read_line(text) is None


def test_a_line_is_taken_apart() -> None:
    """Names in upper case, parameters without their quotation marks, and the value as it is."""
    line = line_of('attendee;cn="Office: 1; a";Role=CHAIR:mailto:a@example.org')
    assert (line.name, line.value) == ("ATTENDEE", "mailto:a@example.org")
    assert line.parameters == {"CN": "Office: 1; a", "ROLE": "CHAIR"}
    assert [line_of(text).kind for text in ("DTSTART;VALUE=date:20260105", "DTSTART:20260105T000000", "X-Y:z")] == [
        *("DATE", "DATE-TIME", "TEXT")
    ]


def test_days_and_moments() -> None:
    """A DATE-TIME has its day, and is in UTC where it ends with Z; a leap second is the second before it."""
    assert day_of("20240229") == day_of("20240229T120000") == dt.date(2024, 2, 29)
    assert (day_of("20230229"), day_of("2024022"), day_of("x0240229")) == (None, None, None)
    assert moment_of("20240229T235960Z") == dt.datetime(2024, 2, 29, 23, 59, 59, tzinfo=dt.UTC)
    local = moment_of("20240229T090807")
    assert local is not None
    assert (local.isoformat(), local.tzinfo) == ("2024-02-29T09:08:07", None)
    nothing = ("20240229T240000", "20240229T006000", "20240229T000061", "20230229T000000", "20240229T0000")
    assert [moment_of(text) for text in nothing] == [None] * 5


def faults_of(component: str, *lines: str, inner: tuple[str, ...] = ()) -> list[tuple[int, str, dict[str, str]]]:
    """What is wrong with a component of these lines."""
    found = component_faults(component, [line_of(text) for text in lines], inner)
    return [(place, name, dict(values)) for place, (name, values) in found]


EVENT = ("UID:1", "DTSTAMP:20260101T000000Z", "DTSTART:20260105T090000Z")
DAY = ("UID:1", "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20260105")


@pytest.mark.parametrize(
    ("component", "lines", "inner", "expected"),
    [
        ("VEVENT", (*EVENT, "DTEND:20260105T100000Z", "STATUS:confirmed", "TRANSP:OPAQUE"), ("VALARM",), []),
        ("VEVENT", EVENT[:1], (), [(-1, "feed-missing", {"name": "DTSTAMP", "component": "VEVENT"})]),
        ("VEVENT", (*EVENT, "UID:2"), (), [(3, "feed-twice", {"name": "UID", "component": "VEVENT"})]),
        ("VEVENT", (*EVENT, "COMMENT:a", "COMMENT:b", "X-A:1", "X-A:2"), (), []),
        (
            "VEVENT",
            (*EVENT, "DUE:20260106T090000Z"),
            (),
            [(3, "feed-misplaced", {"name": "DUE", "component": "VEVENT"})],
        ),
        (
            "VEVENT",
            (*EVENT, "DTEND:20260105T100000Z", "DURATION:PT1H"),
            (),
            [(4, "feed-both", {"one": "DTEND", "other": "DURATION"})],
        ),
        ("VEVENT", (*EVENT[:2], "DURATION:PT1H"), (), [(2, "feed-without", {"name": "DURATION", "wanted": "DTSTART"})]),
        ("VEVENT", (*EVENT, "DTEND:20260105T090000Z"), (), [(3, "feed-end-equal", {"name": "DTEND"})]),
        ("VEVENT", (*EVENT, "DTEND:20260105T080000Z"), (), [(3, "feed-end-before", {"name": "DTEND"})]),
        ("VEVENT", (*DAY, "DTEND;VALUE=DATE:20260105"), (), [(3, "feed-end-equal", {"name": "DTEND"})]),
        ("VEVENT", (*DAY, "DTEND;VALUE=DATE:20260106"), (), []),
        ("VEVENT", (*DAY, "DTEND:20260106T000000Z"), (), [(3, "feed-end-type", {"name": "DTEND", "type": "DATE"})]),
        (
            "VEVENT",
            (*EVENT, "DTEND:20260105T100000"),
            (),
            [(3, "feed-end-type", {"name": "DTEND", "type": "DATE-TIME"})],
        ),
        ("VTODO", (*EVENT, "DUE:20260105T080000Z"), (), [(3, "feed-end-before", {"name": "DUE"})]),
        (
            "VEVENT",
            (*EVENT[:2], "DTSTART;TZID=A:20260105T090000", "DTEND;TZID=B:20260105T080000"),
            (),
            [],
        ),
        (
            "VEVENT",
            (*EVENT[:2], "DTSTART;TZID=A:20260105T090000", "DTEND;TZID=A:20260105T080000"),
            (),
            [(3, "feed-end-before", {"name": "DTEND"})],
        ),
        (
            "VEVENT",
            (*EVENT, "STATUS:DONE"),
            (),
            [
                (
                    3,
                    "feed-unknown-word",
                    {"name": "STATUS", "text": "DONE", "expected": "TENTATIVE, CONFIRMED, CANCELLED"},
                )
            ],
        ),
        ("VCALENDAR", ("PRODID:x", "VERSION:2.0", "UID:1"), ("VEVENT",), [(2, "feed-calendar-uid", {})]),
        ("VCALENDAR", ("PRODID:x", "VERSION:2.0"), (), [(-1, "feed-empty", {})]),
        ("VTIMEZONE", ("TZID:x",), (), [(-1, "feed-missing", {"name": "STANDARD", "component": "VTIMEZONE"})]),
        ("VTIMEZONE", ("TZID:x",), ("DAYLIGHT",), []),
        ("VALARM", ("ACTION:AUDIO", "TRIGGER:-P1D"), (), []),
        (
            "VALARM",
            ("ACTION:display", "TRIGGER:-P1D"),
            (),
            [(-1, "feed-alarm-missing", {"name": "DESCRIPTION", "action": "DISPLAY"})],
        ),
        (
            "VALARM",
            ("ACTION:AUDIO", "TRIGGER:-P1D", "REPEAT:2"),
            (),
            [(2, "feed-without", {"name": "REPEAT", "wanted": "DURATION"})],
        ),
        ("X-OTHER", ("SUMMARY:a", "SUMMARY:b"), (), []),
    ],
)
def test_what_is_wrong_with_a_component(
    component: str, lines: tuple[str, ...], inner: tuple[str, ...], expected: list[tuple[int, str, dict[str, str]]]
) -> None:
    """At which of its lines, counted from 0, or −1 for the component itself (sections 3.6 and 3.8)."""
    assert faults_of(component, *lines, inner=inner) == expected


def test_which_components_there_are() -> None:
    """Those of the RFCs and those with X-; which stand in which, is looked at where that is known."""
    assert [is_known(name) for name in ("VEVENT", "VAVAILABILITY", "X-A", "VPARTY")] == [True, True, True, False]
    stands = [("VALARM", "VEVENT"), ("VEVENT", "VCALENDAR"), ("VEVENT", "VEVENT"), ("X-A", "VEVENT"), ("VEVENT", "X-A")]
    assert [may_stand_in(inner, outer) for inner, outer in stands] == [True, True, False, True, True]


def octet_faults(data: bytes) -> list[tuple[int, int, str, dict[str, str]]]:
    """What is wrong with bytes: line, column, name and values."""
    octets = Octets(data)
    return [(*octets.place(each.offset), each.fault[0], dict(each.fault[1])) for each in octets.faults()]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"A:b\r\nC:d\r\n", []),
        (b"\xef\xbb\xbfA:b\r\n", [(1, 1, "feed-bom", {})]),
        (b"A:b\nC:d\r\n", [(1, 4, "feed-bare-end", {"char": "LF"})]),
        (b"A:b\rC:d\r\n", [(1, 4, "feed-bare-end", {"char": "CR"})]),
        (b"A:\x07b\r\n", [(1, 3, "feed-control", {"char": "U+0007"})]),
        ("A:b\r\nC:季\u0085\r\n".encode(), [(2, 4, "feed-control", {"char": "U+0085"})]),
        ("A:\u2028b\r\n".encode(), [(1, 3, "feed-control", {"char": "U+2028"})]),
        (b"A:b\r\nC:d", [(2, 4, "feed-cut-off", {})]),
        (b"A:" + b"b" * 73 + b"\r\n", []),
        (b"A:" + b"b" * 74 + b"\r\n", [(1, 76, "feed-long-line", {"octets": "76"})]),
        (b"A:\xe5\r\n \xad\xa3\r\n", [(2, 2, "feed-split-character", {})]),
        (b"A:a\\\r\n nb\r\n", [(1, 4, "feed-split-escape", {})]),
        (b"A:a\\\\\r\n nb\r\n", []),
        (b"A:b\r\nC:\xff\r\nD:e\r\n", [(2, 1, "feed-encoding", {})]),
    ],
)
def test_what_is_wrong_with_bytes(data: bytes, expected: list[tuple[int, int, str, dict[str, str]]]) -> None:
    """Line ends, folds, encoding and characters (section 3.1), each at its line and column from 1."""
    assert octet_faults(data) == expected


def test_lines_without_folds() -> None:
    """A fold is a line end and a blank or a tab; each line knows at which line of the bytes it begins."""
    octets = Octets(b"A:b\r\n c\r\n\td\r\nE:f\r\n")
    assert octets.lines() == ["A:bcd", "E:f"]
    assert octets.starts() == [1, 4, 5]
    mixed = Octets(b"\xef\xbb\xbfA:b\n c\rE:f")
    assert mixed.lines() == ["A:bc", "E:f"]
    assert mixed.starts() == [1, 3]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "PT0S"),
        (59, "PT59S"),
        (60, "PT1M"),
        (3600, "PT1H"),
        (3605, "PT1H0M5S"),
        (3660, "PT1H1M"),
        (86_400, "P1D"),
        (86_405, "P1DT5S"),
        (90_061, "P1DT1H1M1S"),
        (-86_400, "-P1D"),
        (-5, "-PT5S"),
        (7 * 86_400, "P7D"),
    ],
)
def test_lengths_of_time(seconds: int, written: str) -> None:
    """As section 3.3.6 writes them: no minutes are left out between hours and seconds."""
    assert duration(dt.timedelta(seconds=seconds)) == written
    assert line_of(f"DURATION:{written}").faults == ()


def test_colours_have_numbers_and_names() -> None:
    """A name in any case has its number in upper case, and a number its name where it has one."""
    assert (number_of("Coral"), number_of("#ff7f50"), number_of("#FF7F50")) == ("#FF7F50", "#FF7F50", "#FF7F50")
    assert (name_of("CORAL"), name_of("#FF7F50"), name_of("#ff7f51")) == ("coral", "coral", None)
    for wrong in ("ff7f50", "#ff7f5", "#ff7f500", "petrol", ""):
        with pytest.raises(ValueError, match="is no colour of CSS"):
            number_of(wrong)
