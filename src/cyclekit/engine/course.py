"""Running a course: an anchor and its steps, from a period to its nominal and due date.

One runner serves both expanding and explaining: explaining hands in a recorder, which is told each step and
the day it led to, so an explanation cannot differ from the date.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cyclekit.civil.conventions import MID_MONTH, Convention, adjust
from cyclekit.civil.months import first_day, last_day, month_of
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import anchor_function, day_in_month
from cyclekit.errors import CalendarError, DateRangeError
from cyclekit.model.pipeline import UNIT, Add, Adjust, Anchor, Course, MonthEnd, Step

#: Told each anchor and step, the day it led to (None: no occurrence), and the calendar it asked.
Recorder = Callable[[Anchor | Step, int | None, WorkingCalendar | None], None]

LAST_DAY = dt.date.max.toordinal()
MONTHS = {"months": 1, "years": 12}
DAYS = {"days": 1, "weeks": 7}


class Dates(NamedTuple):
    """What a course leads to. ``unknown`` names a calendar asked for days before its data begin, and the day."""

    nominal: int
    due: int
    provisional: bool = False
    unknown: tuple[str, int] | None = None


class Calendars:
    """The calendars as one unit's obligation sees them: the nearest one written counts.

    The order is step, ``due``, obligation, unit, file; ``unit`` asks for the unit's, or else the file's. ``keys`` says
    what the file's own ones are called among ``compiled``.
    """

    __slots__ = ("_compiled", "_file", "_keys", "_obligation", "_unit")

    def __init__(
        self,
        compiled: Mapping[str, WorkingCalendar],
        obligation: str | None,
        unit: str | None,
        file: str | None,
        keys: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._compiled = compiled
        self._keys = keys
        self._obligation = obligation
        self._unit = unit
        self._file = file

    def nearest(self, step: str | None, course: str | None) -> str | None:
        """The id of the calendar for a step, or None where none is in sight."""
        asked = step or course or self._obligation or UNIT
        named = (self._unit or self._file) if asked == UNIT else asked
        return self._keys.get(named, named) if named else None

    def find(self, step: str | None, course: str | None) -> WorkingCalendar:
        """The calendar for a step. Raises CalendarError where none is in sight, or the one named is not at hand."""
        wanted = self.nearest(step, course)
        if wanted is None:
            raise CalendarError("", "a working day is asked for, and no calendar is in sight")
        if wanted not in self._compiled:
            raise CalendarError(wanted, "it was not handed to the engine")
        return self._compiled[wanted]


class Runner:
    """A course made ready for one cohort: its functions are looked up once, then run for each period."""

    __slots__ = ("_anchor", "_course", "_finish", "_steps")

    def __init__(self, course: Course, calendars: Calendars) -> None:
        self._course = course
        self._anchor = anchor_function(course.anchor)
        self._finish = course.finish
        self._steps = [(step, *_step_function(step, course, calendars)) for step in course.steps]

    def run(self, first: int, last: int, record: Recorder | None = None, *, doubtful: bool = False) -> Dates | None:
        """The dates for a period of these days; None where it has no occurrence.

        With ``doubtful``, one that ``skip`` leaves out for a day before the data begin is given all the same, as
        unknown: whether it is left out is not known either.
        Raises CalendarError where a calendar does not reach, MissingDayError and DateRangeError as the steps do.
        """
        day = self._anchor(first, last)
        if record is not None:
            record(self._course.anchor, day, None)
        return None if day is None else self.walk(day, record, doubtful=doubtful)

    def walk(self, day: int, record: Recorder | None = None, *, doubtful: bool = False) -> Dates | None:
        """The steps alone, from a day that is already known: the date of ``once`` or of an entry of ``dates``."""
        if not self._steps:
            return Dates(day, day)
        nominal, provisional, unknown = day, False, None
        here: int | None = day
        for place, (step, move, calendar) in enumerate(self._steps):
            if place <= self._finish:
                nominal = day
            here = move(day)
            if record is not None:
                record(step, here, calendar)
            if calendar is not None:
                lowest, highest = _looked_at(day, step, calendar)
                provisional = provisional or calendar.is_provisional(lowest, highest)
                if unknown is None and calendar.is_unknown(lowest):
                    unknown = (calendar.id, lowest)
            if here is None:
                return Dates(nominal, day, provisional, unknown) if doubtful and unknown else None
            day = here
        return Dates(day if self._finish == len(self._steps) else nominal, day, provisional, unknown)


def _step_function(
    step: Step, course: Course, calendars: Calendars
) -> tuple[Callable[[int], int | None], WorkingCalendar | None]:
    match step:
        case Adjust(convention=Convention.NONE):
            return lambda day: day, None
        case Adjust(convention=convention, calendar=calendar_id):
            calendar = calendars.find(calendar_id, course.calendar)
            return lambda day: adjust(day, convention, calendar), calendar
        case Add(amount=amount, unit="days" | "weeks" as unit):
            days = amount * DAYS[unit]
            return lambda day: _add_days(day, days), None
        case Add(amount=amount, unit=unit, month_end=month_end):
            months = amount * MONTHS[unit]
            return lambda day: _add_months(day, months, month_end), None


def _add_days(day: int, days: int) -> int:
    if not 1 <= day + days <= LAST_DAY:
        raise DateRangeError(f"{dt.date.fromordinal(day)} {days:+} days")
    return day + days


def _add_months(day: int, months: int, month_end: MonthEnd) -> int | None:
    month = month_of(day)
    if month_end is MonthEnd.STICKY and day == last_day(month):
        return last_day(month + months)
    return day_in_month(month + months, day - first_day(month) + 1, month_end)


def _looked_at(day: int, step: Step, calendar: WorkingCalendar) -> tuple[int, int]:
    """The first and last day of its calendar that a step had to know."""
    if not isinstance(step, Adjust) or calendar.is_working(day):
        return day, day
    moved = adjust(day, step.convention, calendar)
    if moved is None:
        return day, day
    match step.convention:
        case Convention.NEAREST:
            # Days are tried in turn on either side, the later one first.
            distance = abs(moved - day)
            return (day - distance + 1, moved) if moved > day else (moved, day + distance)
        case Convention.MODIFIED_FOLLOWING if moved < day:
            return moved, last_day(month_of(day))
        case Convention.MODIFIED_PRECEDING if moved > day:
            return first_day(month_of(day)), moved
        case Convention.HALF_MONTH_MODIFIED_FOLLOWING if moved < day:
            middle = first_day(month_of(day)) + MID_MONTH - 1
            return moved, middle if day <= middle else last_day(month_of(day))
        case _:
            return min(day, moved), max(day, moved)
