"""Feeds with all that they depend on: why a date is the one it is, and the calendars of reminders."""

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar

from cyclekit.adapters.ical import Linter, Options
from cyclekit.errors import BeforeDataError, CalendarError, FeedError
from cyclekit.model.schedule import Schedule
from cyclekit.workspace.feeding import checked, feed_writer, reminder_calendars
from tests.examples import expand

RULES = """cyclekit: 1
id: why
title: Why
calendar: {calendar}
units:
  - {{id: top, name: Top}}
  - {{id: low, name: Low, parent: top}}
  - {{id: lower, name: Lower, parent: low}}
obligations:
  {obligation}
"""
ADJUSTED = "filing: {title: Filing, every: month, applies_to: top, due: {day: 1, adjust: following}}"


def descriptions(text: str, horizon: str, folder: Path, language: str = "en") -> dict[str, list[str]]:
    """The lines of each event's description, by the period of its UID and its unit."""
    data = feed_writer(expand(folder, horizon, text), Options(language)).of_all()
    assert Linter().check(data) == ()
    found = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        _, _, unit, period = str(event["UID"]).partition("@")[0].split("~")
        found[f"{unit} {period}"] = str(event["DESCRIPTION"]).split("\n")
    return found


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Why this day: the 1st of the month, or the next working day (2026-05-01 to 2026-05-02 are Labor Day",
        ),
        ("zh", "日期由来：当月 1 日，遇非工作日顺延（2026-05-01 至 2026-05-02 是劳动节"),
    ],
)
def test_the_holiday_that_moved_it(language: str, line: str, tmp_path: Path) -> None:
    """The description tells the rule, and the holidays by which the date was moved, in the reader's language."""
    text = RULES.format(calendar="CN", obligation=ADJUSTED)
    lines = descriptions(text, "2026-05", tmp_path, language)["top 2026-05"]
    assert [each for each in lines if each.startswith(line)]
    nominal = "原定：2026-05-01（周五）" if language == "zh" else "Moved from: 2026-05-01 (Fri)"
    assert nominal in lines


def test_what_moved_nothing_is_not_told(tmp_path: Path) -> None:
    """Where the adjustment had nothing to do, the rule alone is told."""
    text = RULES.format(calendar="CN", obligation=ADJUSTED)
    assert "Why this day: the 1st of the month" in descriptions(text, "2026-04", tmp_path)["top 2026-04"]


def test_a_date_that_is_given_needs_no_reason(tmp_path: Path) -> None:
    """Where the rule file gives the date itself, nothing is told of why."""
    text = RULES.format(calendar="CN", obligation="filing: {title: Filing, once: 2026-05-08}")
    for lines in descriptions(text, "2026-05", tmp_path).values():
        assert not [each for each in lines if each.startswith("Why")]


def test_an_exception_is_the_reason(tmp_path: Path) -> None:
    """Where an exception moved it, that is told, and when it was announced."""
    rule = ADJUSTED.replace("}}", "}, exceptions: {2026-05: {due: 2026-05-20, reason: flood, announced: 2026-05-03}}}")
    lines = descriptions(RULES.format(calendar="CN", obligation=rule), "2026-05", tmp_path)["top 2026-05"]
    assert "Why this day: moved by an exception announced 2026-05-03" in lines
    assert "Reason: flood" in lines


def test_a_cascade_names_no_unit(tmp_path: Path) -> None:
    """A date that follows from the one above says so without a name, as units under several share it."""
    rule = "filing: {title: Filing, every: month, due: {day: 20}, cascade: 2 working days}"
    found = descriptions(RULES.format(calendar="weekdays", obligation=rule), "2026-01", tmp_path)
    assert "Why this day: the 20th of the month" in found["top 2026-01"]
    assert "Why this day: 2 working days before the unit above is due" in found["lower 2026-01"]


def test_the_trigger_is_told(tmp_path: Path) -> None:
    """What is due upon another duty says which, and the days between."""
    rule = "audit: {title: Audit, once: 2026-03-05}\n  reply: {title: Reply, upon: audit, due: {add: 3 days}}"
    text = RULES.format(calendar="weekdays", obligation=rule)
    data = feed_writer(expand(tmp_path, "2026-03-08", text), Options()).of_unit("top")
    assert b"3 days later" in data.replace(b"\r\n ", b"")
    assert "Audit" in data.decode().replace("\r\n ", "").partition("Why this day")[2]


# ------------------------------------------------------------------------------------ calendars of reminders


def reminded(calendar: str, remind: str, once: str, extra: str = "") -> str:
    """A rule file with a reminder before a single day."""
    rule = f"filing: {{title: Filing, applies_to: top, once: {once}, remind: {remind}}}"
    return RULES.format(calendar=calendar, obligation=rule) + extra


def lead_day(schedule: Schedule) -> dt.date:
    """The day of the one reminder."""
    data = feed_writer(schedule, Options(lead_events=True)).of_unit("top")
    assert Linter().check(data) == ()
    days: list[dt.date] = [each.decoded("DTSTART") for each in Calendar.from_ical(data).walk("VEVENT")]
    return min(days)


@pytest.mark.parametrize(
    ("calendar", "remind", "once", "day"),
    [
        # Of 2026 the 1st to 7th of October are off, and 25 to 27 September; worked are Sunday, 20 September, and
        # Saturday, 10 October.
        ("CN", "3 working days", "2026-10-08", "2026-09-28"),
        ("CN", "8 working days", "2026-10-08", "2026-09-20"),
        ("CN", "1 working day", "2026-10-12", "2026-10-10"),
        ("weekdays", "3 working days", "2026-10-08", "2026-10-05"),
        ("weekdays", "300 working days", "2026-10-08", "2025-08-14"),
        ("all_days", "10 working days", "2026-10-08", "2026-09-28"),
    ],
)
def test_reminders_count_by_the_calendar_in_force(
    calendar: str, remind: str, once: str, day: str, tmp_path: Path
) -> None:
    """Working days of a reminder are those of the calendar in force, which is compiled as far back as need be."""
    assert lead_day(expand(tmp_path, "2026", reminded(calendar, remind, once))) == dt.date.fromisoformat(day)


def test_reminders_count_by_a_calendar_of_the_files_own(tmp_path: Path) -> None:
    """A calendar of the file's own counts, and a long recess in it is passed over."""
    own = "calendars: {court: {base: weekdays, suspended: [07-01..08-31]}}\n"
    schedule = expand(tmp_path, "2026", reminded("court", "3 working days", "2026-09-02", own))
    # Wednesday 2 September: Tuesday the 1st, then Tuesday 30 June and Monday 29 June.
    assert lead_day(schedule) == dt.date(2026, 6, 29)


def test_calendars_are_compiled_where_reminders_ask(tmp_path: Path) -> None:
    """Only calendars that reminders in working days ask are compiled; plain days need none."""
    assert reminder_calendars(expand(tmp_path, "2026", reminded("CN", "3 days", "2026-10-08"))) == {}
    found = reminder_calendars(expand(tmp_path, "2026", reminded("CN", "3 working days", "2026-10-08")))
    assert found.keys() == {"CN"}


def test_a_reminder_before_the_data_is_refused(tmp_path: Path) -> None:
    """A reminder that rests on days before a calendar's data begin is refused, as a date would be."""
    schedule = expand(tmp_path, "2000-12", reminded("CN", "3 working days", "2000-12-30"))
    with pytest.raises(BeforeDataError):
        lead_day(schedule)


def test_a_reminder_without_a_calendar_is_refused(tmp_path: Path) -> None:
    """Working days without any calendar are refused where reminders are asked for, and not otherwise."""
    text = reminded("CN", "3 working days", "2026-10-08").replace("calendar: CN\n", "")
    schedule = expand(tmp_path, "2026", text)
    assert feed_writer(schedule, Options()).of_unit("top")
    with pytest.raises(CalendarError):
        lead_day(schedule)


def test_a_faulty_feed_is_not_used() -> None:
    """What the linter finds something wrong with is raised, with all that it found."""
    with pytest.raises(FeedError, match="3 error") as failed:
        checked(b"BEGIN:VEVENT\r\n", "a.ics", Linter())
    assert "feed-no-calendar" in {each.message for each in failed.value.diagnostics}
    assert str(failed.value.diagnostics[0].place).startswith("a.ics:1")
