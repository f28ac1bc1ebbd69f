"""Schedules as iCalendar feeds."""

import datetime as dt
import re
import sys
import unicodedata
from pathlib import Path

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

import cyclekit
from cyclekit import Key, Obligation, Roster, Rulebook, Span, Status, Text
from cyclekit.adapters.ical import feed, stamp_of, uid, unit_feed, whole_feed
from cyclekit.model.timing import Once
from cyclekit.words.occurrences import description, title_line
from cyclekit.words.rules import DateRules
from tests.examples import EXAMPLE, NAMELESS, expand
from tests.repo.tree import REPO

FORMAT = {"Cf", "Co", "Cn", "Zs"}
SHIPPED = {
    "anqing-2022": "2022-10-01..2023-12-31",
    "jiujiang-2022": "2022-10-01..2027-12-31",
    "qinhuangdao-2022": "2022-09-30..2023-12-31",
    "wuhu-2020": "2020",
}
#: Format characters, as the joiner within an emoji, are no control characters and stay.
WRITABLE = dict.fromkeys(code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in FORMAT)
IDS = st.from_regex(r"[a-c](?:[a-c0-9._-]{0,4}[a-c0-9])?", fullmatch=True)
PERIODS = st.one_of(
    IDS, st.sampled_from(["2023", "2023-05..06", "2023-05-01..10", "2023-05_06", "2023-W25..W26", "once"])
)
KEYS = st.builds(Key, IDS, IDS, IDS | st.just("_"), PERIODS, st.integers(1, 12))


def events(data: bytes) -> dict[str, dict[str, object]]:
    """What a feed says of each event, by UID."""
    found: dict[str, dict[str, object]] = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        assert str(event["UID"]) not in found
        found[str(event["UID"])] = {name: event.decoded(name) for name in event if name != "CATEGORIES"}
    return found


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_feed_is_read_back(name: str, language: str) -> None:
    """The feed of every unit of every shipped file is read back with the same dates and texts."""
    schedule = cyclekit.expand(cyclekit.load(REPO / "rules" / "cn" / f"{name}.yaml"), SHIPPED[name])
    first, last = schedule.horizon.first, schedule.horizon.last + dt.timedelta(days=1)
    rule = DateRules()
    for unit in schedule.rulebooks[0].roster.ids:
        data = unit_feed(schedule, unit, language=language)
        wanted = {uid(each.key): each for each in schedule.for_unit(unit) if each.status is not Status.ABSORBED}
        read = Calendar.from_ical(data)
        for by in (read.walk("VEVENT"), recurring_ical_events.of(read).between(first, last)):
            assert {str(event["UID"]) for event in by} == wanted.keys()
            for event in by:
                assert isinstance(event, Event)
                occurrence = wanted[str(event["UID"])]
                assert event.start == occurrence.due
                assert event.end == occurrence.due + dt.timedelta(days=1)
                assert event["SUMMARY"] == title_line(occurrence, language)
                assert event["DESCRIPTION"] == description(occurrence, language, rule=rule(occurrence, language))


def test_one_event_for_each(tmp_path: Path) -> None:
    """There is one event for each occurrence that is not absorbed: no recurrence rule, and no time zone."""
    schedule = expand(tmp_path)
    data = whole_feed(schedule)
    assert data.count(b"BEGIN:VEVENT") == sum(each.status is not Status.ABSORBED for each in schedule)
    assert not re.search(rb"^(RRULE|RDATE|BEGIN:VTIMEZONE|BEGIN:VALARM|BEGIN:VTODO|METHOD)", data, re.MULTILINE)


def test_what_a_feed_tells_of_itself_is_constant(tmp_path: Path) -> None:
    """Before its first event a feed is the same in every horizon, and whatever happened."""
    other = EXAMPLE.replace("2026-03-31", "2026-04-03").replace("Letter", "Note")
    heads = {
        unit_feed(expand(tmp_path, horizon, text), "north").partition(b"BEGIN:VEVENT")[0]
        for horizon, text in (("2026", EXAMPLE), ("2025..2029", EXAMPLE), ("2026", other))
    }
    assert len(heads) == 1


def test_lines_are_as_the_rfc_has_them(tmp_path: Path) -> None:
    """Lines end in CRLF, are at most 75 octets and never break inside a character (RFC 5545, section 3.1)."""
    data = whole_feed(expand(tmp_path), language="zh")
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode("utf-8").replace("\t", "").isprintable()


def test_what_an_event_says(tmp_path: Path) -> None:
    """An event has its dates, stamp, sequence, status, transparency, category and address, each written by us."""
    found = events(unit_feed(expand(tmp_path, "2026"), "north"))["example~report~north~2026Q1@cyclekit.invalid"]
    assert found["DTSTART"] == dt.date(2026, 3, 31)
    assert found["DTEND"] == dt.date(2026, 4, 1)
    assert found["DTSTAMP"] == dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
    assert found["SEQUENCE"] == 1
    assert found["STATUS"] == "CONFIRMED"
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["SUMMARY"] == "Quarterly report (bulletins: at least 2)"
    assert found["URL"] == "https://example.org/report?a=1;b=2,3"
    assert "C:\\New; a, b\nsecond line" in str(found["DESCRIPTION"])


def test_statuses(tmp_path: Path) -> None:
    """A waived occurrence is cancelled, a provisional one tentative, and an absorbed one is no event."""
    found = events(whole_feed(expand(tmp_path)))
    assert found["example~report~north~2026Q2@cyclekit.invalid"]["STATUS"] == "CANCELLED"
    assert (
        found["example~report~north~2026Q2@cyclekit.invalid"]["SUMMARY"]
        == "[Cancelled] North: Quarterly report (bulletins: at least 2)"
    )
    assert found["example~far~south~once@cyclekit.invalid"]["STATUS"] == "TENTATIVE"
    assert "example~report~north~2026Q3@cyclekit.invalid" not in found


def test_a_category_is_one(tmp_path: Path) -> None:
    """A kind with commas and semicolons is one category."""
    first = Calendar.from_ical(unit_feed(expand(tmp_path, "2026"), "north")).walk("VEVENT")[0]
    assert isinstance(first, Event)
    assert first.categories == ["report; a,b"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs give the same bytes, and a wider horizon the same event for the same occurrence."""
    data = unit_feed(expand(tmp_path, "2026"), "north")
    assert data == unit_feed(expand(tmp_path, "2026"), "north")
    wider = events(unit_feed(expand(tmp_path, "2025..2027"), "north"))
    assert events(data).items() <= wider.items()


def test_a_moved_date_keeps_its_uid(tmp_path: Path) -> None:
    """Another title and another date leave every UID as it was."""
    other = EXAMPLE.replace("Quarterly report", "Other").replace("day: 20}", "day: 11}")
    before, after = (events(unit_feed(expand(tmp_path, "2026", text), "south")) for text in (EXAMPLE, other))
    assert before.keys() == after.keys()
    assert before != after


def test_stamps(tmp_path: Path) -> None:
    """DTSTAMP is the day given, else that of the content, else 1970-01-01, and never the clock's."""
    schedule = expand(tmp_path, "2026")
    given_day = dt.date(2024, 2, 29)
    stamps = {each["DTSTAMP"] for each in events(whole_feed(schedule, stamp=given_day)).values()}
    assert stamps == {dt.datetime(2024, 2, 29, tzinfo=dt.UTC)}
    assert {stamp_of(each) for each in schedule} == {dt.date(2026, 1, 31), dt.date(2026, 3, 10)}
    assert {stamp_of(each) for each in expand(tmp_path, "2026", NAMELESS)} == {dt.date(1970, 1, 1)}
    issued = EXAMPLE.replace("checked: 2026-01-31", "issued: 2020-05-06")
    assert stamp_of(list(expand(tmp_path, "2026", issued))[-1]) == dt.date(2020, 5, 6)


def test_an_empty_feed_is_a_calendar(tmp_path: Path) -> None:
    """A unit that owes nothing has a feed with a time zone as its one component, and no events."""
    data = unit_feed(expand(tmp_path, "2026"), "idle", language="zh")
    read = Calendar.from_ical(data)
    assert [each.name for each in read.subcomponents] == ["VTIMEZONE"]
    assert str(read["X-WR-CALNAME"]) == str(read["NAME"]) == "闲 · 示例"
    assert recurring_ical_events.of(read).between(dt.date(2026, 1, 1), dt.date(2026, 12, 31)) == []


def test_the_last_day_of_all(tmp_path: Path) -> None:
    """What is due on the last day of the calendar has no end after it."""
    text = NAMELESS.replace("every: month\n    due: {day: 5, month: next}", "once: 9999-12-31")
    found = events(unit_feed(expand(tmp_path, "9999", text), "_"))["alone~filing~_~once@cyclekit.invalid"]
    assert found["DTSTART"] == dt.date.max
    assert "DTEND" not in found


def titled(text: str) -> bytes:
    """A feed of one event with this title."""
    due = Once(Span(dt.date(2026, 5, 1), dt.date(2026, 5, 1)))
    book = Rulebook("r", Text.of("r"), Roster(["u"]), (Obligation("o", due, Text.of(text)),))
    return feed(cyclekit.expand(book, "2026"), "r")


@given(st.text(st.characters(), max_size=80))
def test_no_text_starts_a_property(text: str) -> None:
    """Whatever a title holds, line ends, escapes or control characters, an event has its own properties and no more."""
    data = titled(text)
    names = {line.partition(b":")[0].partition(b";")[0] for line in data.replace(b"\r\n ", b"").split(b"\r\n")}
    assert names == set(
        b"BEGIN END VERSION PRODID CALSCALE NAME X-WR-CALNAME REFRESH-INTERVAL X-PUBLISHED-TTL "
        b"UID DTSTAMP DTSTART DTEND SEQUENCE SUMMARY DESCRIPTION STATUS TRANSP".split()
    ) | {b""}
    assert data.decode("utf-8").replace("\r\n", "").replace("\t", "").translate(WRITABLE).isprintable()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\\\n,;"), max_size=80))
def test_a_text_is_read_back(text: str) -> None:
    """A title of visible characters and line ends is read back as it was."""
    assert str(Calendar.from_ical(titled(text)).walk("VEVENT")[0]["SUMMARY"]) == text


@pytest.mark.parametrize(
    "text", ["C:\\New", "a\\nb", "\\N", "\\", "\\\\;", "a;b,c:d", 'quo"ted', "two\nlines", "季报；，", " blank ", "\\,"]
)
def test_escapes(text: str) -> None:
    """A title with backslashes, separators and line ends is read back as it was."""
    assert str(Calendar.from_ical(titled(text)).walk("VEVENT")[0]["SUMMARY"]) == text


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one(end: str) -> None:
    """Whatever ends a line in a text, it is written as one line end and never breaks the file."""
    assert b"SUMMARY:a\\nX-EVIL:1\r\n" in titled(f"a{end}X-EVIL:1")


@given(st.lists(KEYS, unique=True, min_size=2, max_size=2))
def test_distinct_keys_have_distinct_uids(keys: list[Key]) -> None:
    """Two keys that differ anywhere have UIDs that differ, in characters that every client takes."""
    one, other = map(uid, keys)
    assert one != other
    assert one.isascii()
    assert not set(one) & set(' /\\,;:"')


@pytest.mark.parametrize("period", ["2023-05..06", "2023-05_06", "a_b", "a.b"])
def test_uids_of_alike_periods(period: str) -> None:
    """Periods that look alike once `..` is `_` still have UIDs of their own."""
    every = ["2023-05..06", "2023-05_06", "a_b", "a.b"]
    assert [uid(Key("r", "o", "u", each)) for each in every].count(uid(Key("r", "o", "u", period))) == 1
