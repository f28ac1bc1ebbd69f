"""The days on which an office is closed, from somebody's calendar (RFC 5545): whole days, with their names."""

import datetime as dt

import attrs
from icalendar.cal import Component

from cyclekit.civil.spans import Span
from cyclekit.model.listed import Unreadable
from cyclekit.sources.calendar_dates import calendar_in


@attrs.frozen
class ClosedDays:
    """Closed days in their order, each with what it is called, and what could not be read as such."""

    days: tuple[tuple[Span, str], ...]
    unreadable: tuple[Unreadable, ...] = ()


def read_closed_days(data: bytes) -> ClosedDays:
    """The whole days that the events of a calendar take; days that several take have all of their names.

    Events with a clock time, cancelled ones, and those that repeat by a rule close no day that is known here, and are
    told. Raises ValueError where it is no calendar.
    """
    calendar = calendar_in(data)
    found: dict[Span, list[str]] = {}
    lost: list[Unreadable] = []
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        name = " ".join(str(event.get("SUMMARY", "")).split())
        span, why = _span(event)
        if span is None:
            lost.append(Unreadable(f"event {number}", f"{name} ({why})"))
        elif name not in found.setdefault(span, []):
            found[span].append(name)
    days = sorted(found.items(), key=lambda each: (each[0].first, each[0].last))
    return ClosedDays(tuple((span, "; ".join(filter(None, names))) for span, names in days), tuple(lost))


def _span(event: Component) -> tuple[Span | None, str]:
    first, last = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if "RRULE" in event or "RDATE" in event:
        return None, "repeats by a rule"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None, "cancelled"
    if isinstance(first, dt.datetime) or not isinstance(first, dt.date):
        return None, "no whole day"
    length = getattr(event.get("DURATION"), "dt", None)
    try:
        if isinstance(last, dt.date) and not isinstance(last, dt.datetime):
            end = last - dt.timedelta(days=1)
        elif isinstance(length, dt.timedelta):
            end = first + length - dt.timedelta(days=1)
        else:
            # RFC 5545, section 3.6.1: one day where neither stands there.
            end = first
    except OverflowError:
        return None, "ends outside the years 1 to 9999"
    return (Span(first, end), "") if end >= first else (None, "ends before it begins")
