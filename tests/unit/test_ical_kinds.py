"""What a feed can hold beside all-day events: clock times, tasks, alarms, reminders; and what it tells of itself."""

import datetime as dt
import zoneinfo
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Alarm, Calendar, Component

import cyclekit
from cyclekit import Obligation, Schedule, Span
from cyclekit.adapters.ical import Context, FeedWriter, Linter, Options, Revision, feed, to_icalendar
from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import BeforeDataError, CalendarError
from cyclekit.model.line import Line
from cyclekit.model.obligation import Ahead
from cyclekit.model.timing import Once
from cyclekit.sources.public_holidays import compile_calendar
from tests.examples import EXAMPLE, expand

ZONES = {name: zoneinfo.ZoneInfo(name) for name in ("Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin")}
TIMED = """cyclekit: 1
id: timed
title: Timed
timezone: Asia/Shanghai
calendar: CN
units:
  - {id: east, name: East}
  - {id: west, name: West, timezone: Asia/Urumqi}
obligations:
  evening:
    title: Evening report
    every: month
    due: {day: 5, time: "17:30"}
    remind: 2 days
  midnight:
    title: Midnight report
    once: 2026-10-31
    due: {time: "24:00"}
"""
WORKING = """cyclekit: 1
id: working
title: Working
calendar: CN
units: [{id: here, name: Here}, {id: there, name: There, calendar: weekdays}]
obligations:
  filing:
    title: Filing
    once: 2026-10-08
    remind: [3 working days, 10 days, 10 days]
  cancelled:
    title: Meeting
    once: 2026-11-02
    remind: 1 working day
    exceptions: {once: {waived: no room}}
"""


def calendar(code: str) -> WorkingCalendar:
    """A calendar around the year 2026."""
    return compile_calendar(code, dt.date(2026, 1, 1).toordinal(), dt.date(2027, 12, 31).toordinal())


def written(schedule: Schedule, options: Options = Options(), **context: object) -> bytes:  # noqa: B008 (frozen)
    """The feed of everyone, which the linter finds nothing wrong with."""
    data = FeedWriter(schedule, options, Context(**context)).of_all()  # type: ignore[arg-type]  # as Context has them
    assert Linter().check(data) == ()
    return data


def components(data: bytes, kind: str = "VEVENT") -> dict[str, Component]:
    """The events of a feed by UID, without what all UIDs end with."""
    return {str(each["UID"]).removesuffix("cyclekit.invalid"): each for each in Calendar.from_ical(data).walk(kind)}


# ----------------------------------------------------------------------------------------------- clock times


def test_a_clock_time_ends_an_event(tmp_path: Path) -> None:
    """What is due at 17:30 in Shanghai ends then, in UTC, and begins an hour before; in Urumqi two hours later."""
    found = components(written(expand(tmp_path, "2026-03", TIMED), zones=ZONES))
    east = found["timed~evening~east~2026-03@"]
    assert (east.decoded("DTSTART"), east.decoded("DTEND")) == (
        dt.datetime(2026, 3, 5, 8, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC),
    )
    assert found["timed~evening~west~2026-03@"].decoded("DTEND") == dt.datetime(2026, 3, 5, 11, 30, tzinfo=dt.UTC)
    assert "17:30 Asia/Urumqi" in str(found["timed~evening~west~2026-03@"]["DESCRIPTION"])
    assert str(east["SUMMARY"]) == "East: Evening report, by 17:30"


def test_midnight_is_the_next_day(tmp_path: Path) -> None:
    """24:00 on 31 October in Shanghai is 16:00 in UTC."""
    found = components(written(expand(tmp_path, "2026-10", TIMED), zones=ZONES))
    ends = found["timed~midnight~east~once@"].decoded("DTEND")
    assert ends == dt.datetime(2026, 10, 31, 16, tzinfo=dt.UTC)


def test_without_a_zone_the_time_is_the_readers(tmp_path: Path) -> None:
    """Where no zone is in sight a clock time has none in the feed either."""
    data = written(expand(tmp_path, "2026-03", TIMED.replace("timezone: Asia/Shanghai\n", "")), zones=ZONES)
    assert b"DTSTART:20260305T163000\r\nDTEND:20260305T173000\r\n" in data


def test_a_zone_that_is_not_at_hand_is_refused(tmp_path: Path) -> None:
    """A clock time in a zone that the caller does not know is no guess; a schedule knows its own."""
    schedule = expand(tmp_path, "2026-03", TIMED)
    with pytest.raises(LookupError):
        feed(schedule, "March")
    assert feed(schedule, "March", zones=schedule.world.zones).count(b"BEGIN:VEVENT") == len(schedule)
    assert written(schedule, zones={})


@pytest.mark.parametrize("zone", ["timezone: Asia/Shanghai\n", "timezone: America/New_York\n", ""])
def test_in_the_last_hour_of_all_a_day_is_a_day(tmp_path: Path, zone: str) -> None:
    """What ends with the last day of the calendar has no moment to end at, and is on that day."""
    text = TIMED.replace("timezone: Asia/Shanghai\n", zone).replace("once: 2026-10-31", "once: 9999-12-31")
    zones = {**ZONES, "America/New_York": zoneinfo.ZoneInfo("America/New_York")}
    data = FeedWriter(expand(tmp_path, "9999-12-31", text), Options(), Context(zones=zones)).of_unit("east")
    assert Linter().check(data) == ()
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in data
    assert b"DTEND" not in data


# ---------------------------------------------------------------------------------------------------- tasks


def test_tasks_are_a_feed_of_their_own(tmp_path: Path) -> None:
    """A feed of tasks has a VTODO with DUE for each occurrence, a UID of its own, and no event."""
    schedule = expand(tmp_path, "2026")
    data = written(schedule, Options(tasks=True))
    assert b"VEVENT" not in data
    tasks = components(data, "VTODO")
    events = components(written(schedule))
    assert tasks.keys() == {f"{uid}task." for uid in events}
    assert tasks["example~report~north~2026Q1@task."].decoded("DUE") == dt.date(2026, 3, 31)
    statuses = {uid: str(each["STATUS"]) for uid, each in tasks.items()}
    assert statuses.pop("example~report~north~2026Q2@task.") == "CANCELLED"
    assert statuses["example~report~north~2026Q1@task."] == "NEEDS-ACTION"
    assert {name for each in tasks.values() for name in each} == {
        *("UID", "SUMMARY", "DESCRIPTION", "DUE", "STATUS", "DTSTAMP", "SEQUENCE", "CATEGORIES", "URL")
    }


def test_a_task_is_due_by_the_clock(tmp_path: Path) -> None:
    """A task with a clock time is due at that moment, and its alarm is counted from there."""
    data = written(expand(tmp_path, "2026-03", TIMED), Options(tasks=True, alarms=True), zones=ZONES)
    assert b"DUE:20260305T093000Z\r\n" in data
    assert b"TRIGGER;RELATED=END:-P2D\r\n" in data


# ------------------------------------------------------------------------------------------------ reminders


def test_reminders_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    """Without being asked for there is no alarm and no event for a reminder: the description tells of them."""
    data = written(expand(tmp_path, "2026"))
    assert b"VALARM" not in data
    assert b"ahead" not in data
    assert b"Reminders: 10 days before" in data.replace(b"\r\n ", b"")


def test_alarms(tmp_path: Path) -> None:
    """Alarms ring at nine on the day of the reminder, working days counted by the calendar; a waived one has none."""
    calendars = {"CN": calendar("CN"), "weekdays": calendar("weekdays")}
    schedule = expand(tmp_path, "2026", WORKING)
    found = components(written(schedule, Options(alarms=True), calendars=calendars))
    # China's National Day week of 2026 is 1 to 7 October: three working days before the 8th is 28 September. By
    # weekdays alone it is 5 October.
    alarms = {uid: [each for each in event.subcomponents if isinstance(each, Alarm)] for uid, event in found.items()}
    here = alarms["working~filing~here~once@"]
    assert [each.TRIGGER for each in here] == [
        -dt.timedelta(days=10) + dt.timedelta(hours=9),
        -dt.timedelta(days=10) + dt.timedelta(hours=9),
    ]
    assert [str(each["DESCRIPTION"]) for each in here] == ["In 3 working days: Filing", "In 10 days: Filing"]
    there = alarms["working~filing~there~once@"]
    assert [each.TRIGGER for each in there] == [
        -dt.timedelta(days=10) + dt.timedelta(hours=9),
        -dt.timedelta(days=3) + dt.timedelta(hours=9),
    ]
    assert alarms["working~cancelled~here~once@"] == []


def test_an_alarm_before_a_clock_time(tmp_path: Path) -> None:
    """Before a clock time an alarm rings so many whole days before."""
    data = written(expand(tmp_path, "2026-03", TIMED), Options(alarms=True), zones=ZONES)
    assert b"TRIGGER:-P2D\r\n" in data


def test_lead_events(tmp_path: Path) -> None:
    """A reminder is an event on its own day, with a UID of its own, and tells when it is due; of a waived one too."""
    calendars = {"CN": calendar("CN"), "weekdays": calendar("weekdays")}
    schedule = expand(tmp_path, "2026", WORKING)
    data = written(schedule, Options(lead_events=True), calendars=calendars)
    found = components(data)
    assert {uid: each.decoded("DTSTART") for uid, each in found.items()} == {
        "working~filing~here~once@3wd.ahead.": dt.date(2026, 9, 28),
        "working~filing~here~once@10d.ahead.": dt.date(2026, 9, 28),
        "working~filing~here~once@": dt.date(2026, 10, 8),
        "working~filing~there~once@3wd.ahead.": dt.date(2026, 10, 5),
        "working~filing~there~once@10d.ahead.": dt.date(2026, 9, 28),
        "working~filing~there~once@": dt.date(2026, 10, 8),
        "working~cancelled~here~once@1wd.ahead.": dt.date(2026, 10, 30),
        "working~cancelled~here~once@": dt.date(2026, 11, 2),
        "working~cancelled~there~once@1wd.ahead.": dt.date(2026, 10, 30),
        "working~cancelled~there~once@": dt.date(2026, 11, 2),
    }
    lead = found["working~filing~here~once@3wd.ahead."]
    assert str(lead["SUMMARY"]) == "Here: In 3 working days: Filing"
    assert "Due: 2026-10-08 (Thu)" in str(lead["DESCRIPTION"])
    assert str(found["working~cancelled~here~once@1wd.ahead."]["STATUS"]) == "CANCELLED"
    assert str(found["working~cancelled~here~once@1wd.ahead."]["SUMMARY"]).startswith("[Cancelled] ")
    assert len(recurring_ical_events.of(Calendar.from_ical(data)).between((2026, 9, 28), (2026, 9, 29))) == 3


def test_a_reminder_may_be_provisional(tmp_path: Path) -> None:
    """A reminder in working days rests on days that may not be announced, where its due date does not."""
    text = WORKING.replace("once: 2026-10-08", "once: 2026-10-08").replace("calendar: weekdays", "calendar: doubtful")
    doubtful = WorkingCalendar(
        "doubtful",
        dt.date(2026, 1, 1).toordinal(),
        dt.date(2026, 12, 31).toordinal(),
        known_until=dt.date(2026, 9, 30).toordinal(),
    )
    text = text.replace("units:", "calendars: {doubtful: {base: weekdays}}\nunits:")
    calendars = {"CN": calendar("CN"), "working/doubtful": doubtful}
    found = components(written(expand(tmp_path, "2026", text), Options(lead_events=True), calendars=calendars))
    assert str(found["working~filing~there~once@3wd.ahead."]["STATUS"]) == "TENTATIVE"
    assert str(found["working~filing~there~once@10d.ahead."]["STATUS"]) == "CONFIRMED"


def test_reminders_need_their_calendar(tmp_path: Path) -> None:
    """Working days without the calendar, or before its data begin, are refused, and only where they are asked for."""
    schedule = expand(tmp_path, "2026", WORKING)
    assert written(schedule)
    with pytest.raises(CalendarError, match="not at hand"):
        written(schedule, Options(lead_events=True))
    with pytest.raises(CalendarError, match="no calendar is in sight"):
        written(expand(tmp_path, "2026", WORKING.replace("calendar: CN\n", "")), Options(alarms=True))
    first, last = dt.date(2026, 1, 1).toordinal(), dt.date(2027, 12, 31).toordinal()
    late = WorkingCalendar("CN", first, last, known_from=dt.date(2026, 10, 6).toordinal())
    with pytest.raises(BeforeDataError) as told:
        written(schedule, Options(lead_events=True), calendars={"CN": late, "weekdays": calendar("weekdays")})
    # Three working days before Thursday, 8 October, it is Monday.
    assert (told.value.calendar, told.value.occurrence) == ("CN", "working/filing once")
    assert told.value.day == dt.date(2026, 10, 5)


# ------------------------------------------------------------------------------------- what a feed tells of itself


def head(options: Options, url: str = "") -> list[str]:
    """The lines of a feed before its events."""
    book = cyclekit.Rulebook("b", cyclekit.Text.of("题, a\\N"), cyclekit.Roster(["u"]), ())
    data = FeedWriter(cyclekit.expand(book, "2026"), options).of_all(url=url)
    assert Linter().check(data) == ()
    lines = data.replace(b"\r\n ", b"").decode().split("\r\n")
    return lines[1 : lines.index("BEGIN:VTIMEZONE")]


def test_the_head() -> None:
    """A feed has names for old and new programs, and asks to be read again; nothing more unless it is asked for."""
    assert head(Options()) == [
        "VERSION:2.0",
        "PRODID:-//cyclekit//cyclekit//EN",
        "CALSCALE:GREGORIAN",
        "NAME:题\\, a\\\\N",
        "X-WR-CALNAME:题\\, a\\\\N",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]


def test_all_of_the_head() -> None:
    """METHOD, an address, a colour and how soon to look again are said where they are asked for."""
    asked = Options(method="PUBLISH", colour="teal", refresh=dt.timedelta(days=1))
    assert [line for line in head(asked, "https://example.org/a.ics") if line not in head(Options())] == [
        "METHOD:PUBLISH",
        "URL;VALUE=URI:https://example.org/a.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "COLOR:teal",
        "X-APPLE-CALENDAR-COLOR:#008080",
    ]
    assert "COLOR" not in "".join(head(Options(colour="#123456"))).replace("CALENDAR-COLOR", "")
    assert not [line for line in head(Options(refresh=None)) if "TTL" in line or "REFRESH" in line]


def test_no_uid_on_the_calendar(tmp_path: Path) -> None:
    """A calendar has no UID: vdirsyncer would take it for that of its only event."""
    assert "UID" not in Calendar.from_ical(written(expand(tmp_path, "2026")))


def test_a_method_wants_an_organizer(tmp_path: Path) -> None:
    """With METHOD every event has an ORGANIZER, by default one that nobody is."""
    data = written(expand(tmp_path, "2026"), Options(method="PUBLISH"))
    assert data.count(b"ORGANIZER:invalid:nomail\r\n") == data.count(b"BEGIN:VEVENT")
    ours = Options(method="PUBLISH", organizer="https://example.org/office")
    assert b"ORGANIZER:https://example.org/office\r\n" in written(expand(tmp_path, "2026"), ours)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "REQUEST"},
        {"method": "publish\r\nX-EVIL:1"},
        {"organizer": "nobody"},
        {"organizer": "mailto:a\r\nX-EVIL:1"},
        {"colour": "tael"},
        {"refresh": dt.timedelta(0)},
        {"refresh": dt.timedelta(hours=-1)},
    ],
)
def test_options_that_cannot_be(wrong: dict[str, object]) -> None:
    """An option that would make a feed wrong is refused when it is given."""
    with pytest.raises(ValueError):
        Options(**wrong)  # type: ignore[arg-type]  # wrong on purpose


# ----------------------------------------------------------------------------------------------- versions


def test_versions_are_the_callers(tmp_path: Path) -> None:
    """Sequence, stamp, creation and change come from the caller, once for all units that share a row."""
    asked: list[tuple[str, str]] = []
    moment = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.UTC)

    def revise(line: Line, row: int) -> Revision:
        asked.append((line.obligation.id, line.labels[row]))
        return Revision(7, moment, moment - dt.timedelta(days=9), moment)

    schedule = expand(tmp_path, "2026")
    writer = FeedWriter(schedule, Options(), Context(revise))
    data = writer.of_unit("north") + writer.of_unit("south") + writer.of_all()
    assert len(asked) == len(set(asked))
    for line in (
        b"SEQUENCE:7\r\n",
        b"DTSTAMP:20260203T040506Z\r\n",
        b"CREATED:20260125T040506Z\r\n",
        b"LAST-MODIFIED:20260203T040506Z\r\n",
    ):
        assert data.count(line) == data.count(b"BEGIN:VEVENT")


def test_the_content_of_a_row(tmp_path: Path) -> None:
    """What a row says stays the same whatever its version and units are, and changes with what a reader sees."""

    def contents(text: str, **context: object) -> dict[str, bytes]:
        schedule = expand(tmp_path, "2026", text)
        writer = FeedWriter(schedule, Options(), Context(**context))  # type: ignore[arg-type]  # as Context has them
        rows = [(line, row) for line in schedule.lines for row in range(line.rows)]
        return {f"{line.obligation.id} {line.labels[row]}": writer.content(line, row) for line, row in rows}

    before = contents(EXAMPLE)
    later = Revision(9, dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert contents(EXAMPLE, revise=lambda _line, _row: later) == before
    north = contents(EXAMPLE.replace("en: North", "en: Far north"))
    assert {name for name, data in north.items() if data != before[name]} == {"letter once"}  # it tells who takes part
    assert contents(EXAMPLE.replace("checked: 2026-01-31", "checked: 2026-02-01")) == before
    moved = contents(EXAMPLE.replace("due: 2026-03-31", "due: 2026-04-01"))
    assert {name for name, data in moved.items() if data != before[name]} == {"report 2026Q1"}
    renamed = contents(EXAMPLE.replace("title: Letter", "title: Note"))
    assert {name for name, data in renamed.items() if data != before[name]} == {"letter once"}


def test_the_why_is_the_callers(tmp_path: Path) -> None:
    """Why a date is the one it is comes from the caller, and stands in the description."""
    data = written(expand(tmp_path, "2026"), why=lambda occurrence: f"for {occurrence.obligation.id}")
    assert str(components(data)["example~letter~top~once@"]["DESCRIPTION"]) == (
        "Owed by: City union\nWhat: Letter\nTogether with: North, South\nWhy this day: for letter\n"
        "Source: Act 7 (Council)"
    )


# --------------------------------------------------------------------------------------------------- feeds


def test_a_feed_of_some(tmp_path: Path) -> None:
    """A feed may be of any units and obligations; a joint occurrence is in it where one of them takes part."""
    schedule = expand(tmp_path, "2026")
    writer = FeedWriter(schedule)
    south = schedule.rulebooks[0].roster.index["south"]
    found = components(writer.of_some("South", lambda _line: {south}))
    assert found.keys() == components(writer.of_unit("south")).keys()
    assert str(found["example~letter~top~once@"]["SUMMARY"]) == "City union: Letter"
    letters = components(writer.of_some("Letters", lambda line: None if line.obligation.id == "letter" else ()))
    assert letters.keys() == {"example~letter~top~once@"}


def test_units_without_names(tmp_path: Path) -> None:
    """A unit whose name is empty, or that has none, has descriptions that begin with what it owes."""
    text = EXAMPLE.replace("name: {zh: 南区, en: South}", "name: '-'")
    schedule = expand(tmp_path, "2026", text)
    roster = schedule.rulebooks[0].roster
    names = list(roster.names)
    names[roster.index["south"]] = cyclekit.Text.of("")
    roster.names = names
    data = FeedWriter(schedule).of_unit("south")
    assert Linter().check(data) == ()
    assert str(components(data)["example~report~south~2026Q1@"]["DESCRIPTION"]).startswith("What: Quarterly report\n")


def test_objects_for_library_users(tmp_path: Path) -> None:
    """`to_icalendar` gives the events of everyone as objects, with the values and texts of the feed."""
    schedule = expand(tmp_path, "2026")
    found = to_icalendar(schedule)
    assert isinstance(found, Calendar)
    objects = {str(each["UID"]): each for each in found.walk("VEVENT")}
    read = {str(each["UID"]): each for each in Calendar.from_ical(written(schedule)).walk("VEVENT")}
    assert objects.keys() == read.keys()
    for uid, event in objects.items():
        assert {name: event.decoded(name) for name in event if name != "CATEGORIES"} == {
            name: read[uid].decoded(name) for name in read[uid] if name != "CATEGORIES"
        }
    nothing = to_icalendar(emptied(schedule))
    assert [each.name for each in nothing.subcomponents] == ["VTIMEZONE"]


def emptied(schedule: Schedule) -> Schedule:
    """The same rulebooks without any occurrence."""
    return Schedule(schedule.rulebooks, schedule.horizon, ())


def test_kinds_and_tags_are_categories(tmp_path: Path) -> None:
    """Kind and tags of an obligation are its categories, each once."""
    text = EXAMPLE.replace("    kind: report; a,b\n", "    kind: report\n    tags: [report, money]\n")
    event = components(written(expand(tmp_path, "2026", text)))["example~report~north~2026Q1@"]
    assert event.categories == ["report", "money"]  # type: ignore[attr-defined]  # an Event


def test_reminders_that_are_no_days_are_left_out() -> None:
    """A reminder before the first day of the calendar is none."""
    due = dt.date(1, 1, 5)
    once = Once(Span(due, due))
    text = cyclekit.Text.of("o")
    obligation = Obligation("o", once, text, remind=(Ahead(4), Ahead(5)))
    book = cyclekit.Rulebook("b", text, cyclekit.Roster(["u"]), (obligation,))
    found = components(written(cyclekit.expand(book, Span(due, due)), Options(lead_events=True)))
    assert found.keys() == {"b~o~u~once@4d.ahead.", "b~o~u~once@"}


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://example.org/税", b"URL;VALUE=URI:https://example.org/%E7%A8%8E\r\n"),
        ("mailto:office@example.org", b"URL;VALUE=URI:mailto:office@example.org\r\n"),
        ("https://e.org/\r\nX-EVIL:1", b"URL;VALUE=URI:https://e.org/%0AX-EVIL:1\r\n"),
        ("javascript:alert(1)", b""),
        ("no address", b""),
    ],
)
def test_addresses_of_events(url: str, line: bytes) -> None:
    """An event has an address that calendar programs open, and no other."""
    due = dt.date(2026, 5, 1)
    text = cyclekit.Text.of("o")
    obligation = Obligation("o", Once(Span(due, due)), text, url=url)
    data = written(cyclekit.expand(cyclekit.Rulebook("b", text, cyclekit.Roster(["u"]), (obligation,)), "2026"))
    assert [each for each in data.splitlines(keepends=True) if each.startswith(b"URL")] == ([line] if line else [])
