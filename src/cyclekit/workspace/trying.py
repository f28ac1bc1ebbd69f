"""Trying a rule out without calendars and without a horizon: over the days on which everything it does comes round."""

import datetime as dt

import attrs

from cyclekit.civil.spans import Bounds
from cyclekit.engine.course import Calendars
from cyclekit.model.pipeline import Adjust, Course

YEARS = 400
#: Over how many years a rule that leaves out non-working days is tried: the weekdays of all dates come round in 28.
SKIP_YEARS = 28
#: Where a rule without a beginning is looked at: a cycle of the calendar, all of it in range.
USUAL_START = dt.date(2000, 1, 1)


def days_tried(bounds: Bounds) -> tuple[int, int]:
    """The days of a rule with these bounds that are looked at: a whole cycle of the calendar, where there is one."""
    start = bounds.first or min(USUAL_START, bounds.last or USUAL_START)
    end = dt.date(min(start.year + YEARS, dt.MAXYEAR), 12, 31)
    if bounds.first is None and bounds.last is not None:
        start = dt.date(max(bounds.last.year - YEARS, 1), 1, 1)
    return start.toordinal(), min(end, bounds.last or end).toordinal()


def without_calendar(course: Course) -> Course:
    """A course without the steps that ask a calendar: they move a date, and never make one."""
    return attrs.evolve(course, steps=tuple(step for step in course.steps if not isinstance(step, Adjust)))


def no_calendars() -> Calendars:
    """What a course that asks no calendar is run with."""
    return Calendars({}, None, None, None)
