"""Explaining: the same course that made a date, run once more with a recorder."""

import datetime as dt
from collections.abc import Mapping

import attrs

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.lines import Cohort, LineBuilder
from cyclekit.errors import UnknownOccurrenceError
from cyclekit.model.identity import Key
from cyclekit.model.obligation import PeriodException
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Anchor, Step
from cyclekit.model.schedule import Schedule


@attrs.frozen
class Waypoint:
    """One step of an explanation: what was done, the day it led to, and the calendar that was asked.

    ``holiday`` is the name of the closed day that the step moved away from, where it has one.
    """

    step: Anchor | Step
    day: dt.date | None
    calendar: str | None = None
    holiday: str | None = None


@attrs.frozen
class Explanation:
    """Why an occurrence is due when it is: the way of its date, then the exception that moved it, if any."""

    occurrence: Occurrence
    way: tuple[Waypoint, ...]
    exception: PeriodException | None
    due: dt.date


def explain(schedule: Schedule, key: Key, calendars: Mapping[str, WorkingCalendar] | None = None) -> Explanation:
    """Why the occurrence of this key is due when it is.

    The due date of the explanation comes from running the course again. Raises UnknownOccurrenceError where the
    schedule has no such occurrence, and CalendarError where a calendar it needs is not among ``calendars``.
    """
    occurrence = schedule[key]
    roster = occurrence.rulebook.roster
    unit = occurrence.unit.number
    cohort = Cohort(roster.calendars[unit], roster.year_starts[unit])
    builder = LineBuilder(occurrence.rulebook, occurrence.obligation, cohort, calendars or {})
    way: list[Waypoint] = []
    before: int | None = None

    def record(step: Anchor | Step, day: int | None, calendar: WorkingCalendar | None) -> None:
        nonlocal before
        moved = calendar is not None and before is not None and day != before
        holiday = calendar.names.get(before) if moved and calendar is not None and before is not None else None
        shown = dt.date.fromordinal(day) if day is not None else None
        way.append(Waypoint(step, shown, calendar.id if calendar else None, holiday))
        before = day

    dates = builder.trace((*occurrence.period_days, occurrence.period), occurrence.number, record)
    if dates is None:
        raise UnknownOccurrenceError(key)
    exception = occurrence.exception
    final = exception.due if exception and exception.due else dt.date.fromordinal(dates.due)
    return Explanation(occurrence, tuple(way), exception, final)
