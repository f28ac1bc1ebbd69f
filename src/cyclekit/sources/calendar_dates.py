"""The dates of a calendar (RFC 5545): what its events and tasks are called, and when they are."""

import datetime as dt
import re

from icalendar import Calendar
from icalendar.cal import Component

from cyclekit.model.listed import DateList, ListedDate, Unreadable

#: UIDs of our own feeds say what an event is: rule file, obligation, unit and period.
_OWN = re.compile(
    r"[^~@]+~(?P<name>[^~@]+)~(?P<unit>[^~@]+)~(?P<period>[^~@#]+)(?:[~#](?P<number>[0-9]+))?@cyclekit\.invalid"
)


def calendar_in(data: bytes) -> Component:
    """The calendar that bytes hold. Raises ValueError where it is none."""
    try:
        return Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, OSError) as fault:
        # Where a value is not of the kind that is asked of it: two types, as in VALUE=DATE,TEXT, or categories that
        # are said to be dates; and a time zone called as a folder of the time zones is, as Europe.
        raise ValueError("no calendar that can be read (.ics)") from fault


def read_calendar(data: bytes, title: str = "") -> DateList:
    """The dates of a calendar: the start of each event, the due date of each task, under its summary.

    Of a feed that cyclekit wrote, obligation, unit and period are known from its UIDs. Events that repeat by a rule,
    or are cancelled, are no dates of the list, and are told. Raises ValueError where it is no calendar.
    """
    calendar = calendar_in(data)
    dates: list[ListedDate] = []
    lost: list[Unreadable] = []
    events = [each for each in calendar.walk() if each.name in ("VEVENT", "VTODO")]
    for number, event in enumerate(events, 1):
        place = f"event {number}"
        summary = " ".join(str(event.get("SUMMARY", "")).split())
        day = _day(event)
        if day is None or "RRULE" in event or "RDATE" in event:
            why = "repeats by a rule" if day else "no date"
            lost.append(Unreadable(place, f"{summary} ({why})"))
        elif str(event.get("STATUS", "")).upper() == "CANCELLED":
            lost.append(Unreadable(place, f"{summary} {day} (cancelled)"))
        else:
            dates.append(_listed(str(event.get("UID", "")), summary or title, day, place))
    named = str(calendar.get("X-WR-CALNAME", "") or calendar.get("NAME", ""))
    return DateList(" ".join(named.split()) or title, tuple(dates), tuple(lost))


def _day(event: Component) -> dt.date | None:
    field = event.get("DUE" if event.name == "VTODO" else "DTSTART")
    value = getattr(field, "dt", None)
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _listed(uid: str, title: str, day: dt.date, place: str) -> ListedDate:
    match = _OWN.fullmatch(uid)
    if match is None:
        return ListedDate(title, day, place=place)
    unit = "" if match["unit"] == "_" else match["unit"]
    # Feeds write `..` as `_`, which is safe in an address, and an author's own `_` as `=5F`.
    period = match["period"].replace("_", "..").replace("=5F", "_")
    return ListedDate(title, day, match["name"], unit, period, int(match["number"] or 0), place)
