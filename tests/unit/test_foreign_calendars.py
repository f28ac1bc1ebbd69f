"""Calendars of others as they are read for their dates, and for the days on which an office is closed."""

import pytest

from cyclekit.sources.calendar_dates import read_calendar
from cyclekit.sources.closed_days import read_closed_days

#: Two types for one value (RFC 5545 allows one, section 3.2.20), two names for one time zone (section 3.8.3.1), and
#: words that are said to be dates (section 3.8.1.2).
NO_CALENDARS = [
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE,TEXT:20260101\r\nEND:VEVENT",
    "BEGIN:VTIMEZONE\r\nTZID:A\r\nTZID:B\r\nEND:VTIMEZONE",
    "BEGIN:VEVENT\r\nCATEGORIES;VALUE=DATE:a\r\nEND:VEVENT",
]


def calendar_of(text: str) -> bytes:
    """A calendar that holds this."""
    return f"BEGIN:VCALENDAR\r\n{text}\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize("text", NO_CALENDARS)
def test_values_of_a_wrong_kind_are_no_calendar(text: str) -> None:
    """Where a list stands for a single text, or words for dates, it is told that this is no calendar."""
    for read in (read_calendar, read_closed_days):
        with pytest.raises(ValueError, match="no calendar"):
            read(calendar_of(text))


@pytest.mark.parametrize("zone", ["Europe", "Europe/", "America/Argentina"])
def test_a_folder_of_time_zones_is_none(zone: str) -> None:
    """A zone that is called as a folder of zones is no zone, whatever Python makes of it: its day is read, or told."""
    try:
        found = read_calendar(calendar_of(f"BEGIN:VEVENT\r\nDTSTART;TZID={zone}:20260331T235900\r\nEND:VEVENT"))
    except ValueError as fault:
        assert "no calendar" in str(fault)  # noqa: PT017  # newer releases of Python take it for an unknown zone
    else:
        assert [each.day.isoformat() for each in found.dates] == ["2026-03-31"]


@pytest.mark.parametrize(
    "ends",
    ["DTSTART;VALUE=DATE:00010101\r\nDTEND;VALUE=DATE:00010101", "DTSTART;VALUE=DATE:99990101\r\nDURATION:P999D"],
)
def test_days_outside_the_calendar_are_told(ends: str) -> None:
    """An event that ends before the year 1, or after 9999, closes no day, and is named."""
    found = read_closed_days(calendar_of(f"BEGIN:VEVENT\r\nSUMMARY:Far\r\n{ends}\r\nEND:VEVENT"))
    assert found.days == ()
    assert [each.text for each in found.unreadable] == ["Far (ends outside the years 1 to 9999)"]
