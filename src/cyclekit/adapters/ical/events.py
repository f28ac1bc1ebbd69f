"""What the event of an occurrence says, and its task and reminders: as properties, before they are bytes.

Many units share a row of a line, so what it says is told once, with places for what each unit has of its own: its
id, its name, and the unit above it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

import attrs

from cyclekit.adapters.ical.identity import Revision, uid_end, uid_start
from cyclekit.adapters.ical.moments import LENGTH, moment
from cyclekit.adapters.ical.options import Context, Options
from cyclekit.adapters.ical.properties import Component, Property, address
from cyclekit.adapters.ical.text import cleaned
from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import BeforeDataError, CalendarError
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Ahead, Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import UNIT
from cyclekit.model.roster import Unit
from cyclekit.words.occurrences import (
    UnitAbove,
    above_words,
    ahead_line,
    cancelled_mark,
    shared_lines,
    title_line,
    whose_line,
    whose_mark,
)

#: When an alarm rings on the day of a reminder, where nothing else says so: when offices open.
MORNING = dt.timedelta(hours=9)
_DAY = dt.timedelta(days=1)
#: What a calendar program opens. Rule files hold nothing else; what a program made may.
_OPENED = re.compile("(?:https?://|mailto:).")


@attrs.frozen
class Shared:
    """What an event, or a task, says for every unit that shares its row.

    The UID has the unit's id between ``uid_start`` and ``uid_end``. Before ``title`` stand ``mark`` and, where asked
    for, the unit; the description is the unit's line and then ``lines``. ``revision`` and ``alarms`` come last.
    """

    component: str
    uid_start: str
    uid_end: str
    mark: str
    title: str
    lines: tuple[tuple[str | UnitAbove, ...], ...]
    properties: tuple[Property, ...]
    revision: tuple[Property, ...]
    alarms: tuple[Component, ...] = ()


def shared_events(occurrence: Occurrence, options: Options, context: Context) -> tuple[Shared, ...]:
    """The task of an occurrence, or its event, before which stand its reminders where they are events of their own.

    An absorbed one has none: another one stands for it. A reminder on a day that there is not is left out.
    Raises CalendarError where working days are counted and the calendar is not at hand, or its data begin later, and
    LookupError for a time zone that is not at hand.
    """
    if occurrence.status is Status.ABSORBED:
        return ()
    revision = _revision(context.revise(*occurrence.place[:2]))
    event = _event(occurrence, _span(occurrence, context), options, context, revision)
    if options.tasks or not options.lead_events:
        return (event,)
    ahead = _reminders(occurrence, context)
    return (*(_lead_event(event, each, occurrence, options, context) for each in ahead), event)


# ------------------------------------------------------------------------------------------- event and task


#: The first and the last of an event; the last day of the calendar has nothing after it.
_Span = tuple[dt.date, dt.date | None]


def _event(
    occurrence: Occurrence, span: _Span, options: Options, context: Context, revision: tuple[Property, ...]
) -> Shared:
    language, key = options.language, occurrence.key
    title = title_line(occurrence, language)
    if options.tasks:
        status = "CANCELLED" if occurrence.status is Status.WAIVED else "NEEDS-ACTION"
        deadline = span[1] if isinstance(span[1], dt.datetime) else span[0]
        timed: tuple[Property, ...] = (Property("DUE", deadline), Property("STATUS", status))
    else:
        timed = (*_spanning(span), Property("STATUS", _status(occurrence)), Property("TRANSP", "TRANSPARENT"))
    rings = options.alarms and occurrence.status is not Status.WAIVED
    return Shared(
        "VTODO" if options.tasks else "VEVENT",
        uid_start(key.rulebook, key.obligation),
        uid_end(key.period, key.number, task=options.tasks),
        cancelled_mark(occurrence.status, language),
        title,
        shared_lines(occurrence, language, rule=context.rule(occurrence, language), why=context.why(occurrence)),
        (*timed, *_further(occurrence, options)),
        revision,
        tuple(_alarms(occurrence, span, title, options, context)) if rings else (),
    )


def _span(occurrence: Occurrence, context: Context) -> _Span:
    """A whole day, which ends where the next one begins; with a clock time some time that ends at the deadline."""
    minute, zone = occurrence.minute, occurrence.timezone
    if minute is None:
        return _whole(occurrence.due)
    try:
        deadline = moment(occurrence.due, minute, context.zones[zone] if zone else None)
        return deadline - LENGTH, deadline
    except OverflowError:
        # In the first hours of the year 1, and the last ones of 9999, there is no such moment in UTC.
        return _whole(occurrence.due)


def _whole(day: dt.date) -> _Span:
    return day, day + _DAY if day < dt.date.max else None


def _spanning(span: _Span) -> Iterator[Property]:
    yield Property("DTSTART", span[0])
    if span[1] is not None:
        yield Property("DTEND", span[1])


def _status(occurrence: Occurrence) -> str:
    if occurrence.status is Status.WAIVED:
        return "CANCELLED"
    return "TENTATIVE" if occurrence.provisional else "CONFIRMED"


def _further(occurrence: Occurrence, options: Options) -> Iterator[Property]:
    obligation, source = occurrence.obligation, occurrence.source
    if categories := tuple(dict.fromkeys(each for each in (obligation.kind, *obligation.tags) if each)):
        yield Property("CATEGORIES", categories)
    url = obligation.url or (source.url if source else "")
    if _OPENED.match(url):
        yield Property("URL", address(url))
    if options.method:
        yield Property("ORGANIZER", address(options.organizer))


def _revision(revision: Revision) -> tuple[Property, ...]:
    found = [Property("DTSTAMP", revision.stamp), Property("SEQUENCE", revision.sequence)]
    found += [Property("CREATED", revision.created)] if revision.created else []
    found += [Property("LAST-MODIFIED", revision.modified)] if revision.modified else []
    return tuple(found)


# ---------------------------------------------------------------------------------------------- reminders


@attrs.frozen
class _Reminder:
    ahead: Ahead
    day: dt.date
    provisional: bool


def _reminders(occurrence: Occurrence, context: Context) -> Iterator[_Reminder]:
    """Each reminder on its day, the earliest first."""
    found = (_reminder(occurrence, each, context) for each in dict.fromkeys(occurrence.obligation.remind))
    yield from sorted((each for each in found if each), key=lambda each: each.day)


def _reminder(occurrence: Occurrence, ahead: Ahead, context: Context) -> _Reminder | None:
    due = occurrence.due.toordinal()
    if not ahead.working:
        day, provisional = due - ahead.days, occurrence.provisional
    else:
        calendar = _calendar(occurrence, context)
        day = calendar.add(due, -ahead.days)
        if calendar.is_unknown(day):
            key = occurrence.key
            named = f"{key.rulebook}/{key.obligation} {key.period}"
            raise BeforeDataError(calendar.id, named, dt.date.fromordinal(day))
        provisional = occurrence.provisional or calendar.is_provisional(day, due)
    return _Reminder(ahead, dt.date.fromordinal(day), provisional) if day > 0 else None


def calendar_key(rulebook: Rulebook, obligation: Obligation, unit: str | None) -> str | None:
    """The calendar in which reminders count: the obligation's, else the unit's, else the file's; None for neither."""
    asked = obligation.calendar or UNIT
    found = (unit or rulebook.calendar) if asked == UNIT else asked
    return rulebook.calendar_keys.get(found, found) if found else None


def _calendar(occurrence: Occurrence, context: Context) -> WorkingCalendar:
    key = calendar_key(occurrence.rulebook, occurrence.obligation, occurrence.unit.calendar)
    if key is None:
        raise CalendarError("", f"{occurrence.key}: a reminder counts working days, and no calendar is in sight")
    if key not in context.calendars:
        raise CalendarError(key, f"{occurrence.key}: a reminder counts working days, and it is not at hand")
    return context.calendars[key]


def _lead_event(
    event: Shared, reminder: _Reminder, occurrence: Occurrence, options: Options, context: Context
) -> Shared:
    """A reminder as an event of its own, which tells when it is due."""
    key, language = occurrence.key, options.language
    provisional = reminder.provisional and occurrence.status is not Status.WAIVED
    status = "TENTATIVE" if provisional else "CONFIRMED" if not event.mark else "CANCELLED"
    timed = (*_spanning(_whole(reminder.day)), Property("STATUS", status), Property("TRANSP", "TRANSPARENT"))
    return attrs.evolve(
        event,
        uid_end=uid_end(key.period, key.number, ahead=reminder.ahead),
        title=ahead_line(event.title, reminder.ahead, language),
        lines=shared_lines(
            occurrence, language, rule=context.rule(occurrence, language), why=context.why(occurrence), due=True
        ),
        properties=(*timed, *_further(occurrence, options)),
        alarms=(),
    )


def _alarms(occurrence: Occurrence, span: _Span, title: str, options: Options, context: Context) -> Iterator[Component]:
    # A to-do has a DUE and no DTSTART, from which a trigger would be counted otherwise (RFC 5545, section 3.8.6.3).
    related = (("RELATED", "END"),) if options.tasks else ()
    morning = dt.timedelta(0) if isinstance(span[0], dt.datetime) else MORNING
    for each in _reminders(occurrence, context):
        before = morning - (occurrence.due - each.day)
        text = ahead_line(title, each.ahead, options.language)
        found = (Property("ACTION", "DISPLAY"), Property("DESCRIPTION", text), Property("TRIGGER", before, related))
        yield Component("VALARM", found)


# ------------------------------------------------------------------------------------------- with its unit


def filled(shared: Shared, occurrence: Occurrence, language: str, *, whose: bool) -> Component:
    """The event, or task, of one unit, as a component: what is shared, with what that unit has of its own."""
    unit, roster = occurrence.unit, occurrence.rulebook.roster
    above = above_words(unit, roster, language)
    text = described(unit, language, (line_of(each, above) for each in shared.lines))
    title = f"{shared.mark}{whose_mark(unit, language) if whose else ''}{shared.title}"
    first = [Property("UID", f"{shared.uid_start}{unit.id}{shared.uid_end}"), Property("SUMMARY", title)]
    first += [Property("DESCRIPTION", text)] if text else []
    return Component(shared.component, (*first, *shared.properties, *shared.revision), shared.alarms)


def described(unit: Unit, language: str, lines: Iterable[str]) -> str:
    """A description: the unit's own line, and those that follow."""
    return "\n".join(each for each in (cleaned(whose_line(unit, language)), *lines) if each)


def line_of(parts: Iterable[str | UnitAbove], above: str) -> str:
    """A line of a description with the unit above in its place, each part as a feed can hold it."""
    return "".join(cleaned(above if isinstance(each, UnitAbove) else each) for each in parts)
