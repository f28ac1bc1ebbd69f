r"""Schedules as iCalendar feeds (RFC 5545), one all-day event for each occurrence, written through ``icalendar``.

The same schedule gives the same bytes: nothing comes from the clock or from chance. Texts are escaped here, since
``icalendar`` takes the backslash and N of ``C:\New`` for a line break when it writes.
"""

import datetime as dt
import re
from collections.abc import Iterable

from icalendar import Calendar, Event, Timezone, TimezoneStandard
from icalendar.prop import vText

from cyclekit.model.identity import Key, Status
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule, find_unit
from cyclekit.words.occurrences import description, title_line, unit_words

#: No version in it: a new release alone must not change a byte of a feed.
PRODID = "-//cyclekit//cyclekit//EN"
DOMAIN = "cyclekit.invalid"
#: The stamp of what says neither when it was checked nor when it was issued: plainly no real date, and always the same.
UNDATED = dt.date(1970, 1, 1)

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Control characters that TEXT cannot hold (RFC 5545, section 3.3.11), and halves of surrogate pairs.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSAFE_IN_URI = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class _Text(vText):
    """A text that is escaped as RFC 5545, section 3.3.11, says, and in no other way."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def unit_feed(schedule: Schedule, name: str, *, language: str = "en", stamp: dt.date | None = None) -> bytes:
    """The feed of one unit, joint occurrences included; ``name`` is its id, or ``RULEBOOK/UNIT``.

    Raises UnknownUnitError where nothing, or more than one unit, has this name. See :func:`feed` for ``stamp``.
    """
    book, unit = find_unit(schedule.rulebooks, name)
    whose = unit_words(book.roster[unit], language)
    title = book.title.get(language)
    called = f"{whose} · {title}" if whose else title
    return feed(schedule.for_unit(name), called, language=language, stamp=stamp)


def whole_feed(schedule: Schedule, *, language: str = "en", stamp: dt.date | None = None) -> bytes:
    """The feed of everyone, each event with the name of its unit. See :func:`feed` for ``stamp``."""
    books = schedule.rulebooks
    called = books[0].title.get(language) if len(books) == 1 else "cyclekit"
    return feed(schedule, called, language=language, stamp=stamp, whose=True)


def feed(
    occurrences: Iterable[Occurrence],
    name: str,
    *,
    language: str = "en",
    stamp: dt.date | None = None,
    whose: bool = False,
) -> bytes:
    """A calendar of these occurrences: waived ones are cancelled events, absorbed ones are left out.

    ``stamp`` is the day of every DTSTAMP; left out, each event has the day of its content (see :func:`stamp_of`).
    ``whose`` puts the unit before each title. A calendar must have a component (RFC 5545, section 3.6): without any
    event it has the time zone UTC, so that a subscription to it does not break.
    """
    calendar = Calendar()
    _put(calendar, "prodid", PRODID)
    _put(calendar, "version", "2.0")
    _put(calendar, "calscale", "GREGORIAN")
    # RFC 7986 names a calendar by NAME; what most clients read is the older one.
    _put(calendar, "name", name)
    _put(calendar, "x-wr-calname", name)
    for each in occurrences:
        if each.status is not Status.ABSORBED:
            calendar.add_component(_event(each, language, stamp or stamp_of(each), whose=whose))
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    data: bytes = calendar.to_ical()
    return data


def uid(key: Key) -> str:
    """The UID of an occurrence: its key, so that it stays when title or date change.

    ``~`` stands between the parts: no id can hold it, and it needs no escaping in a file name or an address. In the
    period, ``..`` becomes ``_``, and an author's own ``_`` becomes ``=5F``: distinct keys have distinct UIDs.

    >>> uid(Key("cn-anqing-2022", "dispatch-meeting", "task-force", "2022-11..12"))
    'cn-anqing-2022~dispatch-meeting~task-force~2022-11_12@cyclekit.invalid'
    """
    period = key.period.replace("_", "=5F").replace("..", "_")
    parts = [key.rulebook, key.obligation, key.unit, period]
    if key.number != 1:
        parts.append(str(key.number))
    return f"{'~'.join(parts)}@{DOMAIN}"


def stamp_of(occurrence: Occurrence) -> dt.date:
    """The day of an occurrence's content: when its source was checked, else issued, else 1970-01-01.

    What changed, moved or waived it may have been announced later; then that day counts.
    """
    source, exception = occurrence.source, occurrence.exception
    day = (source.checked or source.issued if source else None) or UNDATED
    announced = [each.announced for each in occurrence.obligation.amendments]
    if exception is not None:
        announced.append(exception.announced)
    return max(each for each in (day, *announced) if each is not None)


def _event(occurrence: Occurrence, language: str, stamp: dt.date, *, whose: bool) -> Event:
    event = Event()
    _put(event, "uid", uid(occurrence.key))
    event.add("dtstamp", dt.datetime.combine(stamp, dt.time(), tzinfo=dt.UTC))
    event.add("dtstart", occurrence.due, parameters={"VALUE": "DATE"})
    if occurrence.due < dt.date.max:
        # The day after: DTEND is exclusive. The last day of the calendar has none, and a DATE alone lasts its day.
        event.add("dtend", occurrence.due + dt.timedelta(days=1), parameters={"VALUE": "DATE"})
    event.add("sequence", _revisions(occurrence))
    _put(event, "summary", title_line(occurrence, language, whose=whose))
    _put(event, "description", description(occurrence, language))
    _put(event, "status", _status(occurrence))
    _put(event, "transp", "TRANSPARENT")
    if occurrence.obligation.kind:
        _put(event, "categories", occurrence.obligation.kind)
    if url := occurrence.obligation.url or (occurrence.source.url if occurrence.source else ""):
        event.add("url", _UNSAFE_IN_URI.sub("", url))
    return event


def _revisions(occurrence: Occurrence) -> int:
    """How many rulings were made on its period: some clients take no cancellation without a higher SEQUENCE."""
    obligation, found = occurrence.obligation, occurrence.exception
    announced = sum(each.announced is not None for each in obligation.amendments)
    if found is None:
        return announced
    return announced + sum((each.label, each.number) == (found.label, found.number) for each in obligation.exceptions)


def _status(occurrence: Occurrence) -> str:
    if occurrence.status is Status.WAIVED:
        return "CANCELLED"
    return "TENTATIVE" if occurrence.provisional else "CONFIRMED"


def _put(component: Calendar | Event | TimezoneStandard | Timezone, name: str, text: str) -> None:
    component.add(name, _Text(_UNWRITABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))), encode=False)


def _utc() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001  # local time, as section 3.6.5 wants it
    standard.add("tzoffsetfrom", dt.timedelta())
    standard.add("tzoffsetto", dt.timedelta())
    _put(standard, "tzname", "UTC")
    zone = Timezone()
    _put(zone, "tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone
