"""What drawn rules may name: the calendars, holidays, time zones and events of the place where they are expanded."""

import datetime as dt

import attrs

from cyclekit.civil.spans import Span
from cyclekit.civil.yearly import YearlySpan
from cyclekit.model.own_calendar import OwnCalendar

#: A calendar of a rulebook's own, in which the turn of the year is not counted.
COURT = OwnCalendar("court", ("weekdays",), suspended=(YearlySpan((12, 24), (1, 7)),))

YEARS = Span(dt.date(2021, 1, 1), dt.date(2028, 12, 31))


@attrs.frozen
class EventName:
    """An event that drawn rules may wait for.

    ``daily``: it happens at most once a day, so it numbers nothing. ``clocked``: it has a clock time. ``ids`` are names
    that single events of it may have, and ``days`` those on which it may happen.
    """

    name: str
    daily: bool = True
    clocked: bool = False
    ids: tuple[str, ...] = ()
    days: tuple[dt.date, ...] = ()


@attrs.frozen
class Scene:
    """What drawn rules may name, and the years in which they lie.

    Whatever a rulebook is expanded with has to know these names. As left out, ``cyclekit.expand`` does without more.
    """

    calendars: tuple[str, ...] = ("weekdays", "all_days")
    own: tuple[OwnCalendar, ...] = (COURT,)
    holidays: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
    events: tuple[EventName, ...] = (
        EventName("incident", daily=False, ids=("case-1", "case-2")),
        EventName("hearing", ids=("file-1", "file-2")),
        EventName("breach", daily=False, clocked=True, ids=("leak-1", "leak-2")),
    )
    years: Span = YEARS

    @property
    def own_ids(self) -> tuple[str, ...]:
        """The ids of the calendars that the rulebook makes itself."""
        return tuple(each.id for each in self.own)

    @property
    def named(self) -> tuple[str, ...]:
        """Every calendar that a course may name."""
        return (*self.calendars, *self.own_ids, "unit")

    def event(self, name: str) -> EventName:
        """The event of this name. Raises KeyError."""
        found = {each.name: each for each in self.events}
        return found[name]


#: Where rules are drawn if nothing else is said.
USUAL = Scene()
