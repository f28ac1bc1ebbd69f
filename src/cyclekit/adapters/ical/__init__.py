"""Schedules as iCalendar feeds (RFC 5545, RFC 7986), written for calendar clients as they are.

The same schedule gives the same bytes: nothing comes from the clock or from chance. There is one event for each
occurrence, without recurrence rules and time zones; lines are at most 75 octets, and no text can start a property.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from cyclekit.adapters.ical.events import calendar_key
from cyclekit.adapters.ical.identity import Revise, Revision, by_content, stamp_of, uid
from cyclekit.adapters.ical.lint import Linter
from cyclekit.adapters.ical.objects import to_icalendar
from cyclekit.adapters.ical.options import Context, Options, Why
from cyclekit.adapters.ical.writer import FeedWriter, Rendering
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule

__all__ = [
    "Context",
    "FeedWriter",
    "Linter",
    "Options",
    "Revise",
    "Revision",
    "Why",
    "by_content",
    "calendar_key",
    "feed",
    "stamp_of",
    "to_icalendar",
    "uid",
    "unit_feed",
    "whole_feed",
]


def unit_feed(schedule: Schedule, name: str, *, language: str = "en", stamp: dt.date | None = None) -> bytes:
    """The feed of one unit, joint occurrences included; ``name`` is its id, or ``RULEBOOK/UNIT``.

    Raises UnknownUnitError where nothing, or more than one unit, has this name. See :func:`feed` for ``stamp``. Who
    writes several, or wants more of them, takes a :class:`FeedWriter`.
    """
    return FeedWriter(schedule, Options(language), Context(by_content(stamp))).of_unit(name)


def whole_feed(schedule: Schedule, *, language: str = "en", stamp: dt.date | None = None) -> bytes:
    """The feed of everyone, each event with the name of its unit. See :func:`feed` for ``stamp``."""
    return FeedWriter(schedule, Options(language), Context(by_content(stamp))).of_all()


def feed(
    occurrences: Iterable[Occurrence],
    name: str,
    *,
    language: str = "en",
    stamp: dt.date | None = None,
    whose: bool = False,
    zones: Mapping[str, dt.tzinfo] | None = None,
) -> bytes:
    """A calendar of these occurrences: waived ones are cancelled events, absorbed ones are left out.

    ``stamp`` is the day of every DTSTAMP; left out, each event has the day of its content (see :func:`stamp_of`).
    ``whose`` puts the unit before each title. ``zones`` are time zones by name, where there are clock times; a schedule
    has those of its own in ``schedule.world.zones``. Raises KeyError, with its name, for one that is not there.
    """
    rendering = Rendering(Options(language), Context(by_content(stamp), zones or {}))
    places = (each.place for each in occurrences)
    return rendering.calendar(name, rendering.events(((line, row, (unit,)) for line, row, unit in places), whose=whose))
