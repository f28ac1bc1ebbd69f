"""Running a course: an anchor and its steps, from a period to its nominal and due date.

One runner serves both expanding and explaining: explaining hands in a recorder, which is told each step and
the day it led to, so an explanation cannot differ from the date.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import anchor_function, days_asked, reads_period
from cyclekit.engine.clocks import NO_CLOCK, Clock
from cyclekit.engine.steps import ready
from cyclekit.engine.walk import Walk
from cyclekit.errors import CalendarError
from cyclekit.model.doubts import SURE, Doubts
from cyclekit.model.pipeline import UNIT, Add, Anchor, Course, Step, asks_calendar


class Recorded(NamedTuple):
    """What a recorder is told of one anchor or step: the day it led to, None where there is no occurrence.

    ``asked`` holds the first and last day of its calendar that it went by, ``time`` the clock time that hours led to.
    ``certain``: what it asked of them is known for all days.
    """

    part: Anchor | Step
    day: int | None
    calendar: WorkingCalendar | None = None
    asked: tuple[int, int] | None = None
    time: int | None = None
    certain: bool = False


#: Told each anchor and step.
Recorder = Callable[[Recorded], None]


class Dates(NamedTuple):
    """What a course leads to. ``unknown`` names a calendar asked for days before its data begin, and the day.

    ``time`` is the clock time that counting hours led to, in minutes after midnight. ``left_out``: there is no
    occurrence as far as is known, but that rests on days which nobody knows.
    """

    nominal: int
    due: int
    provisional: bool = False
    unknown: tuple[str, int] | None = None
    time: int | None = None
    nominal_doubts: Doubts = SURE
    left_out: bool = False

    @property
    def doubts(self) -> Doubts:
        """What is not certain of the due date."""
        return Doubts(self.provisional, self.unknown)


class Calendars:
    """The calendars as one unit's obligation sees them: the nearest one written counts.

    The order is step, ``due``, obligation, unit, file; ``unit`` asks for the unit's, or else the file's.
    ``suspending`` are those that suspend days, and ``keys`` what the file's own are called among ``compiled``.
    """

    __slots__ = ("_compiled", "_file", "_keys", "_obligation", "_suspending", "_unit")

    def __init__(
        self,
        compiled: Mapping[str, WorkingCalendar],
        obligation: str | None,
        unit: str | None,
        file: str | None,
        suspending: frozenset[str] = frozenset(),
        keys: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._compiled = compiled
        self._suspending = suspending
        self._keys = keys
        self._obligation = obligation
        self._unit = unit
        self._file = file

    def nearest(self, step: str | None, course: str | None) -> str | None:
        """The id of the calendar for a step, or None where none is in sight."""
        asked = step or course or self._obligation or UNIT
        return (self._unit or self._file) if asked == UNIT else asked

    def find(self, step: str | None, course: str | None) -> WorkingCalendar:
        """The calendar for a step. Raises CalendarError where none is in sight, or the one named is not at hand."""
        wanted = self.nearest(step, course)
        if wanted is None:
            raise CalendarError("", "a working day is asked for, and no calendar is in sight")
        key = self._keys.get(wanted, wanted)
        if key not in self._compiled:
            raise CalendarError(key, "it was not handed to the engine")
        return self._compiled[key]

    def suspending(self, step: str | None, course: str | None) -> WorkingCalendar | None:
        """The calendar for a step that counts days, where it suspends some; None where it does not."""
        return self.find(step, course) if self.nearest(step, course) in self._suspending else None


class Runner:
    """A course made ready for one cohort: its functions are looked up once, then run for each period."""

    __slots__ = ("_anchor", "_anchor_calendar", "_course", "_finish", "_of_period", "_steps")

    def __init__(self, course: Course, calendars: Calendars) -> None:
        self._course = course
        asks = asks_calendar(course.anchor)
        self._anchor_calendar = calendars.find(None, course.calendar) if asks else None
        self._anchor = anchor_function(course.anchor, self._anchor_calendar)
        self._of_period = reads_period(course.anchor)
        self._finish = course.finish
        self._steps = [ready(step, _calendar_for(step, course, calendars)) for step in course.steps]

    def run(
        self,
        first: int,
        last: int,
        record: Recorder | None = None,
        *,
        trigger: int | None = None,
        opened: int | None = None,
        clock: Clock = NO_CLOCK,
        zone: dt.tzinfo | None = None,
        doubtful: bool = False,
    ) -> Dates | None:
        """The dates for a period of these days; None where it has no occurrence.

        ``trigger`` is the day on which a trigger fired, and ``clock`` what the clock showed there; ``zone`` is where
        whoever owes it is. ``opened`` is the day on which the window opens, which ``extend`` counts from. With
        ``doubtful``, what is left out for a day before the data begin is given all the same, as unknown: whether it is
        left out is not known either.
        Raises CalendarError where a calendar does not reach, MissingDayError and DateRangeError as the steps do, and
        NoClockTimeError for hours after a trigger without a clock time.
        """
        low, high = (first, last) if trigger is None or self._of_period else (trigger, trigger)
        day = self._anchor(low, high)
        doubts, asked = SURE, None
        if self._anchor_calendar is not None:
            asked = days_asked(self._course.anchor, low, high, day)
            doubts = doubts_of(self._anchor_calendar, *asked)
        if record is not None:
            record(Recorded(self._course.anchor, day, self._anchor_calendar, asked))
        if day is None:
            return Dates(high, high, *doubts, None, doubts, left_out=True) if doubtful and doubts.unknown else None
        way = Walk(day, opened, clock, trigger or 0, zone)
        return self._walk(way, record, doubts=doubts, doubtful=doubtful)

    def walk(
        self,
        day: int,
        record: Recorder | None = None,
        *,
        opened: int | None = None,
        clock: Clock = NO_CLOCK,
        doubtful: bool = False,
    ) -> Dates | None:
        """The steps alone, from a day that is known: the date of ``once``, an entry of ``dates``, a due date.

        ``clock`` is what the clock showed then, where whoever owes it is.
        """
        return self._walk(Walk(day, opened, clock, day, clock.zone), record, doubts=SURE, doubtful=doubtful)

    def _walk(self, way: Walk, record: Recorder | None, *, doubts: Doubts, doubtful: bool) -> Dates | None:
        if not self._steps:
            return Dates(way.start, way.start, *doubts, nominal_doubts=doubts)
        provisional, unknown = doubts
        timed = False
        nominal, here = way.start, way.start
        nominal_doubts = (provisional, unknown)
        for place, (step, move, calendar, days_for, certain) in enumerate(self._steps):
            if place <= self._finish:
                nominal, nominal_doubts = here, (provisional, unknown)
            moved = move(here, way)
            asked = days_for(here, moved, way) if calendar is not None and days_for is not None else None
            if record is not None:
                record(Recorded(step, moved, calendar, asked, way.clock.time, certain=certain))
            if calendar is not None and asked is not None and not certain:
                found = doubts_of(calendar, *asked)
                provisional = provisional or found.provisional
                unknown = unknown or found.unknown
            timed = timed or (isinstance(step, Add) and step.unit == "hours")
            if moved is None:
                doubts = Doubts(provisional, unknown)
                return Dates(nominal, here, *doubts, None, doubts, left_out=True) if doubtful and unknown else None
            here = moved
        if self._finish == len(self._steps):
            nominal, nominal_doubts = here, (provisional, unknown)
        time = way.clock.time if timed else None
        return Dates(nominal, here, provisional, unknown, time, Doubts(*nominal_doubts))


def _calendar_for(step: Step, course: Course, calendars: Calendars) -> WorkingCalendar | None:
    """The calendar that a step asks; one that only may suspend days is asked where it is in sight."""
    if asks_calendar(step):
        return calendars.find(step.calendar, course.calendar)
    if isinstance(step, Add) and step.unit in ("days", "weeks"):
        return calendars.suspending(step.calendar, course.calendar)
    return None


def doubts_of(calendar: WorkingCalendar, first: int, last: int) -> Doubts:
    """What is not certain of a date that rests on these days of a calendar."""
    unknown = (calendar.id, first) if calendar.is_unknown(first) else None
    return Doubts(calendar.is_provisional(first, last), unknown)
