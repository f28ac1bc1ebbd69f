"""Content lines: escaping, folding, the closed set of properties, moments and colours."""

import datetime as dt
import re
import zoneinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cyclekit.adapters.ical.colours import COLOURS, name_of, number_of
from cyclekit.adapters.ical.content import read_line
from cyclekit.adapters.ical.moments import duration, moment
from cyclekit.adapters.ical.properties import PROPERTIES, Component, Property, address, component_lines, content_line
from cyclekit.adapters.ical.text import cleaned, continued, escaped, folded

HOSTILE = st.text(st.characters(), max_size=200)
ALIKE = "\\,;\n\r a季🙂\u2028"
ODD = st.text(st.sampled_from(ALIKE), max_size=200)


def unfolded(data: bytes) -> str:
    """A line without its folds."""
    return data.replace(b"\r\n ", b"").decode()


@given(HOSTILE | ODD)
@example("a" * 67 + "\\" * 20)
@example(" " * 200)
def test_a_fold_splits_nothing(text: str) -> None:
    """No piece has more than 75 octets, each is UTF-8 with whole escapes, and together they are the line."""
    line = f"SUMMARY:{escaped(text)}"
    data = folded(line)
    assert unfolded(data) == line
    for piece in data.split(b"\r\n"):
        assert len(piece) <= 75
        assert re.fullmatch(r"(?:[^\\]|\\[\\;,n])*", piece.decode(), re.DOTALL)


@given(HOSTILE | ODD)
def test_a_part_is_folded_by_itself(text: str) -> None:
    """A part that begins on a line of its own, put behind any line, gives the line with the part behind it."""
    whole = b"SUMMARY:" + b"x" * 67 + continued(escaped(text))
    assert unfolded(whole) == "SUMMARY:" + "x" * 67 + escaped(text)
    assert max(map(len, whole.split(b"\r\n"))) <= 75


@given(st.lists(st.text("ab", min_size=3, max_size=12), min_size=30, max_size=40))
def test_no_line_begins_or_ends_with_a_blank(words: list[str]) -> None:
    """Where words are short enough no piece begins or ends with a blank: some programs trim them."""
    pieces = folded("SUMMARY:" + " ".join(words)).split(b"\r\n ")
    assert len(pieces) > 1
    assert [piece for piece in pieces if piece != piece.strip()] == []


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A cleaned text is clean, and holds no line end but the line feed, no control character and no surrogate."""
    once = cleaned(text)
    assert cleaned(once) == once
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", once)


@given(st.sampled_from(sorted(PROPERTIES)), HOSTILE | ODD)
def test_no_value_starts_a_line(name: str, text: str) -> None:
    """Whatever text a property is given, it is refused, or stands in one content line of this name."""
    try:
        data = content_line(Property(name, text))
    except ValueError:
        return
    assert data.endswith(b"\r\n")
    line = read_line(unfolded(data.removesuffix(b"\r\n")))
    assert line is not None
    assert line.name == name
    assert not re.search(r"[\r\n]", unfolded(data.removesuffix(b"\r\n")))


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("SUMMARY", "a;b,c\\N\nd", b"SUMMARY:a\\;b\\,c\\\\N\\nd\r\n"),
        ("NAME", "a\rX-EVIL:1", b"NAME:a\\nX-EVIL:1\r\n"),
        ("X-WR-CALNAME", "a,b", b"X-WR-CALNAME:a\\,b\r\n"),
        ("CATEGORIES", ("a,b", "c"), b"CATEGORIES:a\\,b,c\r\n"),
        ("SEQUENCE", 3, b"SEQUENCE:3\r\n"),
        ("DTSTART", dt.date(33, 1, 2), b"DTSTART;VALUE=DATE:00330102\r\n"),
        ("DTSTART", dt.datetime.fromisoformat("2026-03-05T17:30"), b"DTSTART:20260305T173000\r\n"),
        ("DTEND", dt.datetime(2026, 3, 5, 17, 30, tzinfo=dt.UTC), b"DTEND:20260305T173000Z\r\n"),
        ("REFRESH-INTERVAL", dt.timedelta(hours=12), b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n"),
        ("X-PUBLISHED-TTL", dt.timedelta(hours=12), b"X-PUBLISHED-TTL:PT12H\r\n"),
        ("URL", "https://example.org/a;b", b"URL;VALUE=URI:https://example.org/a;b\r\n"),
    ],
)
def test_lines(name: str, value: str, line: bytes) -> None:
    """Each kind of value is written as RFC 5545 has it, names of calendars escaped like any other text."""
    assert content_line(Property(name, value)) == line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STATUS", "CONFIRMED\r\nX-EVIL:1"),
        ("STATUS", "a b"),
        ("URL", "https://example.org/\r\nX-EVIL:1"),
        ("URL", "no-scheme"),
        ("SEQUENCE", -1),
        ("SEQUENCE", "1"),
        ("DTSTAMP", dt.datetime.fromisoformat("2026-01-01T00:00")),
        ("DTSTAMP", dt.date(2026, 1, 1)),
        ("DTSTART", "20260101"),
        ("SUMMARY", 1),
        ("CATEGORIES", ()),
        ("TZOFFSETTO", "0800"),
    ],
)
def test_what_is_none_of_its_kind_is_refused(name: str, value: str) -> None:
    """A value that is none of its property's kind is refused, and never written."""
    with pytest.raises(ValueError, match=name):
        content_line(Property(name, value))


def test_the_set_is_closed() -> None:
    """Properties, parameters and components that a feed does not need cannot be written."""
    with pytest.raises(KeyError):
        content_line(Property("X-EVIL", "1"))
    with pytest.raises(ValueError, match="cannot have"):
        content_line(Property("SUMMARY", "a", (("X-EVIL", "1"),)))
    with pytest.raises(KeyError):
        list(component_lines(Component("VJOURNAL", ())))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/report?a=1;b=2,3#x", "https://example.org/report?a=1;b=2,3#x"),
        ("https://例.cn/税", "https://%E4%BE%8B.cn/%E7%A8%8E"),
        ("https://e.org/a\r\nX-EVIL:1", "https://e.org/a%0AX-EVIL:1"),
        ("https://e.org/\ud800^`{|}", "https://e.org/%EF%BF%BD%5E%60%7B%7C%7D"),
    ],
)
def test_addresses(url: str, written: str) -> None:
    """An address holds what RFC 3986 lets it hold; anything else stands there as its octets."""
    assert address(url) == written


SHANGHAI, BERLIN, LONDON, APIA, LORD_HOWE = map(
    zoneinfo.ZoneInfo, ["Asia/Shanghai", "Europe/Berlin", "Europe/London", "Pacific/Apia", "Australia/Lord_Howe"]
)


@pytest.mark.parametrize(
    ("day", "minute", "zone", "utc"),
    [
        ("2026-03-05", 17 * 60 + 30, SHANGHAI, "2026-03-05 09:30"),
        ("2026-03-05", 1440, SHANGHAI, "2026-03-05 16:00"),
        ("2026-07-01", 720, BERLIN, "2026-07-01 10:00"),
        # Summer time begins on 29 March 2026 at 2:00, which is 1:00 in UTC.
        ("2026-03-29", 150, BERLIN, "2026-03-29 01:00"),
        ("2026-03-29", 120, BERLIN, "2026-03-29 01:00"),
        ("2026-03-29", 180, BERLIN, "2026-03-29 01:00"),
        ("2026-03-29", 90, LONDON, "2026-03-29 01:00"),
        # On 25 October 2:30 is shown twice, and the first time counts.
        ("2026-10-25", 150, BERLIN, "2026-10-25 00:30"),
        # Samoa had no 30 December 2011: its 31st began at 10:00 in UTC.
        ("2011-12-30", 1020, APIA, "2011-12-30 10:00"),
        # Lord Howe Island moves its clocks by half an hour: at 2:00 of 4 October 2026, which is 15:30 in UTC.
        ("2026-10-04", 135, LORD_HOWE, "2026-10-03 15:30"),
    ],
)
def test_moments(day: str, minute: int, zone: dt.tzinfo, utc: str) -> None:
    """A clock time is the moment of its zone, 24:00 the next midnight, a skipped time the first that exists."""
    found = moment(dt.date.fromisoformat(day), minute, zone)
    assert found == dt.datetime.fromisoformat(f"{utc}+00:00")


def test_a_time_without_a_zone() -> None:
    """Without a zone a clock time is nobody's in particular, and 24:00 the next day's midnight."""
    assert moment(dt.date(2026, 12, 31), 1440, None) == dt.datetime.fromisoformat("2027-01-01T00:00")


def test_times_outside_of_all_years() -> None:
    """A moment that would leave the years 1 to 9999 is none."""
    for day, minute, zone in ((dt.date.max, 1440, None), (dt.date.min, 0, SHANGHAI)):
        with pytest.raises(OverflowError):
            moment(day, minute, zone)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "PT0S"),
        (86400, "P1D"),
        (-86400 * 10 + 9 * 3600, "-P9DT15H"),
        (3600, "PT1H"),
        (90, "PT1M30S"),
        (3605, "PT1H0M5S"),
        (9 * 3600, "PT9H"),
    ],
)
def test_durations(seconds: int, written: str) -> None:
    """A length of time is written by the grammar of RFC 5545, which wants minutes between hours and seconds."""
    assert duration(dt.timedelta(seconds=seconds)) == written


def test_colours() -> None:
    """A colour is known by its name in CSS and by its number, in either case; anything else is none."""
    assert len(COLOURS) == 147
    assert (number_of("Teal"), name_of("#008080"), name_of("TEAL")) == ("#008080", "teal", "teal")
    assert (number_of("#c0ffee"), name_of("#c0ffee")) == ("#C0FFEE", None)
    for text in ("no-colour", "008080", "#08", "#00808g", "teal\r\n"):
        with pytest.raises(ValueError, match="colour"):
            number_of(text)
