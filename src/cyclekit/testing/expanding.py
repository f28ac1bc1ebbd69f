"""Expanding again and again: calendars are compiled once for many horizons."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from cyclekit.api import compile_calendars, zones_of
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.model.event import Event
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.sources.public_holidays import compile_calendar

#: Gives the schedule of a rulebook over a horizon.
Expand = Callable[[Rulebook, Span], Schedule]
Events = Mapping[str, Sequence[Event]]
DECADE = 10
#: What the id of a calendar ends with that has days off more.
MORE = ".more"


def expand(rulebook: Rulebook, horizon: Span, events: Events | None = None) -> Schedule:
    """What ``cyclekit.expand`` gives, quickly where it is asked for many times.

    Dates that rest on days before a calendar's data begin are left out, instead of refusing all of them.
    """
    happened = {name: tuple(each) for name, each in (events or {}).items()}
    calendars = compile_calendars([rulebook], horizon, happened, compile_known=compile_known)
    schedule = engine.expand(
        rulebook,
        horizon,
        calendars,
        events=happened,
        zones=zones_of([rulebook]),
        max_years=dt.MAXYEAR,
        doubtful=True,
    )
    lines = [line.select([row for row in range(line.rows) if row not in line.unknown]) for line in schedule.lines]
    return Schedule(
        schedule.rulebooks, horizon, [each for each in lines if each.rows], schedule.standing, schedule.world
    )


def expand_with(calendars: Mapping[str, WorkingCalendar], events: Events | None = None) -> Expand:
    """Expanding with calendars that are at hand, such as those of ``calendars()``, by the names that rules have."""

    def by_these(rulebook: Rulebook, horizon: Span) -> Schedule:
        return engine.expand(rulebook, horizon, calendars, events=events, zones=zones_of([rulebook]))

    return by_these


def compile_known(code: str, first: int, last: int, names: frozenset[str] = frozenset()) -> WorkingCalendar:
    """A known calendar over these days and more: whole decades, so that many horizons share one."""
    low, high = dt.date.fromordinal(max(first, 1)).year, dt.date.fromordinal(min(last, dt.date.max.toordinal())).year
    begin = max(low // DECADE * DECADE, dt.MINYEAR)
    end = min(high // DECADE * DECADE + DECADE - 1, dt.MAXYEAR)
    return _of_decades(code, begin, end, names)


@lru_cache(maxsize=64)
def _of_decades(code: str, first: int, last: int, names: frozenset[str]) -> WorkingCalendar:
    return compile_calendar(code, dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal(), names)
