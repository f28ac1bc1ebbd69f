"""How a rule is tried out without a horizon: over which years, and without the steps that need a calendar."""

import datetime as dt

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, extent
from cyclekit.civil.spans import Bounds
from cyclekit.engine.course import Calendars
from cyclekit.model.pipeline import Adjust, Course, Due, Extend, Include, Step, asks_calendar
from cyclekit.model.timing import Every, Timing
from cyclekit.workspace.compiling import USUAL_START

YEARS = 400
#: Over how many years a rule that leaves out non-working days is tried: the weekdays of all dates come round in 28.
SKIP_YEARS = 28


def cycle_of(timing: Timing) -> Cycle | None:
    """The cycle of a timing that has one."""
    return timing.cycle if isinstance(timing, Every) else None


def window_of(bounds: Bounds, cycle: Cycle | None = None) -> tuple[int, int]:
    """The four hundred years in which an obligation is looked at: from its beginning, or else from the usual day."""
    bounds = bounds.both(extent(cycle))
    start = bounds.first or min(USUAL_START, bounds.last or USUAL_START)
    end = dt.date(min(start.year + YEARS, dt.MAXYEAR), 12, 31)
    if bounds.first is None and bounds.last is not None:
        start = dt.date(max(bounds.last.year - YEARS, 1), 1, 1)
    return start.toordinal(), min(end, bounds.last or end).toordinal()


def may_skip(due: Due) -> bool:
    """Whether a step leaves out a date for falling on a day that is not worked."""
    return any(isinstance(step, Adjust) and step.convention is Convention.SKIP for step in due.course.steps)


def is_plain(due: Due) -> bool:
    """Whether it can be told without a calendar if a due date has a nominal date."""
    course = due.course
    return not may_skip(due) and not any(
        asks_calendar(part) for part in (course.anchor, *course.steps[: course.finish])
    )


def unmoved(course: Course) -> Course:
    """A course without the steps that only move a date off days that do not count: they never make one."""
    return attrs.evolve(course, steps=tuple(step for step in course.steps if not _moves(step)))


def _moves(step: Step) -> bool:
    return isinstance(step, Adjust | Include | Extend)


def no_calendars() -> Calendars:
    """No calendar at all, for courses that ask none."""
    return Calendars({}, None, None, None)
