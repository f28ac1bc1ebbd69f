"""What holds of feeds: a calendar program finds in them what the schedule says."""

import datetime as dt
import zoneinfo

import icalendar

from cyclekit.adapters import ical
from cyclekit.civil.spans import Span
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError

ONE_DAY = dt.timedelta(days=1)


def feeds_read_back(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """The feed of a schedule holds one event for each occurrence, cancelled where it is waived, on its due date.

    Read by the ``icalendar`` package. What is absorbed is in none. Raises InvariantError.
    """
    schedule = expand(book, horizon)
    context = ical.Context(ical.by_content(), schedule.world.zones)
    writer = ical.FeedWriter(schedule, ical.Options(), context)
    calendar = icalendar.Calendar.from_ical(writer.of_all())
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    told = [each for each in schedule if each.status is not Status.ABSORBED]
    if len(events) != len(told):
        raise InvariantError("feeds_read_back", horizon, f"{len(events)} events for {len(told)} occurrences")
    for each in told:
        event = events.get(ical.uid(each.key))
        if event is None:
            raise InvariantError("feeds_read_back", horizon, "no event has its UID", each.key)
        if (str(event.get("status")) == "CANCELLED") is not (each.status is Status.WAIVED):
            raise InvariantError("feeds_read_back", horizon, f"the event is {event.get('status')}", each.key)
        if _day(event, each) not in (each.due, each.due + ONE_DAY if each.minute is not None else each.due):
            raise InvariantError("feeds_read_back", horizon, f"the event is on {_day(event, each)}", each.key)
    return len(told)


def _day(event: icalendar.Component, each: Occurrence) -> dt.date:
    """The day of an event, where whoever owes it is: one with a clock time ends then, and at 24:00 on the day after."""
    at: dt.date = event.decoded("dtstart")
    if not isinstance(at, dt.datetime):
        return at
    end: dt.datetime = event.decoded("dtend")
    zone = each.timezone
    return (end.astimezone(zoneinfo.ZoneInfo(zone)) if end.tzinfo is not None and zone else end).date()
