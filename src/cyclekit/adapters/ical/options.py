"""What a feed is asked to be: its language, what it holds, and what it tells of itself."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from cyclekit.adapters.ical.colours import name_of, number_of
from cyclekit.adapters.ical.identity import Revise, by_content
from cyclekit.adapters.ical.properties import Component, Property, address
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.occurrence import Occurrence
from cyclekit.words.rules import DateRules

#: No version in it: a new release alone must not change a byte of a feed.
PRODID = "-//cyclekit//cyclekit//EN"
#: How often readers are asked to look again, unless something else is said.
REFRESH = dt.timedelta(hours=12)
#: An ORGANIZER for feeds with a METHOD, which RFC 5546 wants one with: an address that nobody has.
NOBODY = "invalid:nomail"

#: Why an occurrence is due on its day, in a few words; empty where nothing is to be told.
Why = Callable[[Occurrence], str]
#: Which rule the date of an occurrence follows, as a sentence in a language.
Rule = Callable[[Occurrence, str], str]


def untold(_occurrence: Occurrence) -> str:
    """Nothing is told of why a date is the one it is."""
    return ""


@attrs.frozen
class Options:
    """What is written, and how.

    ``tasks``: a to-do for each occurrence in place of an event. ``alarms``: the reminders of rule files as alarms,
    which many programs leave out of what one subscribes to. ``lead_events``: each reminder as an event of its own, on
    its own day. ``method`` makes an invitation of a feed and wants an ``organizer``. ``colour`` is a name of CSS or
    ``#rrggbb``. ``refresh`` None: readers look again as often as they like.
    Raises ValueError for a colour, a method or an organizer that there cannot be.
    """

    language: str = "en"
    tasks: bool = False
    alarms: bool = False
    lead_events: bool = False
    method: str | None = attrs.field(default=None)
    organizer: str = attrs.field(default=NOBODY)
    colour: str | None = attrs.field(default=None)
    refresh: dt.timedelta | None = attrs.field(default=REFRESH)

    def as_tasks(self) -> "Options":
        """The same for a feed of to-dos, in which reminders have no entries of their own."""
        return attrs.evolve(self, tasks=True, lead_events=False)

    @method.validator
    def _known(self, _attribute: object, value: str | None) -> None:
        if value not in (None, "PUBLISH"):
            raise ValueError(f"{value!r} is no method of a feed: what is no invitation is published")

    @organizer.validator
    def _reachable(self, _attribute: object, value: str) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\]+", value):
            raise ValueError(f"{value!r} is no address: it needs a scheme, like mailto:")

    @colour.validator
    def _seen(self, _attribute: object, value: str | None) -> None:
        if value is not None:
            number_of(value)

    @refresh.validator
    def _forward(self, _attribute: object, value: dt.timedelta | None) -> None:
        if value is not None and value < dt.timedelta(minutes=1):
            raise ValueError(f"{value} is no time after which to look again")


@attrs.frozen
class Context:
    """What events depend on beside a schedule, each handed in by the caller: nothing is read or asked for here.

    ``revise`` says which version of an event this is; ``zones`` are time zones by name, for clock times; ``calendars``
    the working-day calendars by id, those of a rule file's own as ``RULEBOOK/ID``, for reminders in working days;
    ``why`` tells in the reader's language why a date is the one it is, and ``rule`` which rule it follows.
    """

    revise: Revise = attrs.field(factory=by_content)
    zones: Mapping[str, dt.tzinfo] = MappingProxyType({})
    calendars: Mapping[str, WorkingCalendar] = MappingProxyType({})
    why: Why = untold
    rule: Rule = attrs.field(factory=DateRules)


def calendar_properties(name: str, options: Options, url: str = "") -> tuple[Property, ...]:
    """What a feed tells of itself: nothing in it changes with its events.

    There is no UID: vdirsyncer would keep one event of the whole feed. RFC 7986 names a calendar by NAME, and most
    programs read the older X-WR-CALNAME; so with the others.
    """
    found = [Property("VERSION", "2.0"), Property("PRODID", PRODID), Property("CALSCALE", "GREGORIAN")]
    if options.method:
        found.append(Property("METHOD", options.method))
    found += [Property("NAME", name), Property("X-WR-CALNAME", name)]
    if url:
        found.append(Property("URL", address(url)))
    if options.refresh:
        found += [Property("REFRESH-INTERVAL", options.refresh), Property("X-PUBLISHED-TTL", options.refresh)]
    if options.colour:
        named = name_of(options.colour)
        found += [Property("COLOR", named)] if named else []
        found.append(Property("X-APPLE-CALENDAR-COLOR", number_of(options.colour)))
    return tuple(found)


#: What stands in a feed without events: a calendar must have a component (RFC 5545, section 3.6).
EMPTY = Component(
    "VTIMEZONE",
    (Property("TZID", "Etc/UTC"),),
    (
        Component(
            "STANDARD",
            (
                Property("DTSTART", dt.datetime(1970, 1, 1)),  # noqa: DTZ001  # local time, as section 3.6.5 wants it
                Property("TZOFFSETFROM", "+0000"),
                Property("TZOFFSETTO", "+0000"),
                Property("TZNAME", "UTC"),
            ),
        ),
    ),
)
