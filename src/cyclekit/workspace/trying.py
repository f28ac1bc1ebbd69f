"""Trying a due date out: over which days, and with which calendars, to know whether it ever gives a date."""

import datetime as dt
from typing import NamedTuple

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months, extent
from cyclekit.civil.spans import Bounds
from cyclekit.engine.course import Calendars, Dates, Runner
from cyclekit.model.obligation import Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    Extend,
    Include,
    MonthEnd,
    Step,
    WeekdayOfMonth,
    WorkingDay,
    asks_calendar,
)
from cyclekit.model.timing import Every, Timing, dues
from cyclekit.workspace.compiling import USUAL_START

YEARS = 400
#: Over how many years a rule that leaves out non-working days is tried: the weekdays of all dates come round in 28.
SKIP_YEARS = 28
SOME_YEARS, MANY_YEARS = 3 * 366, 10 * 366
#: As many days at most as one of each takes; working days with all that lies between them.
_DAYS = {"hours": 1, "days": 1, "working days": 4, "weeks": 7, "months": 31, "years": 366}


class Dating(NamedTuple):
    """What gives the dates of one due date, and its opening where that is counted from."""

    runner: Runner
    opens: Runner | None = None

    def dates(self, first: int, last: int, start: int | None = None) -> Dates | None:
        """The dates for a period of these days, or from a day that is given."""
        opened = self.opens.run(first, last) if self.opens is not None else None
        day = opened.due if opened else None
        if start is None:
            return self.runner.run(first, last, opened=day)
        return self.runner.walk(start, opened=day)


def days_tried(bounds: Bounds, timing: Timing) -> tuple[int, int]:
    """The days of a rule with these bounds that are looked at: a whole cycle of the calendar, where there is one."""
    if isinstance(timing, Every):
        bounds = bounds.both(extent(timing.cycle))
    start = bounds.first or min(USUAL_START, bounds.last or USUAL_START)
    end = dt.date(min(start.year + YEARS, dt.MAXYEAR), 12, 31)
    if bounds.first is None and bounds.last is not None:
        start = dt.date(max(bounds.last.year - YEARS, 1), 1, 1)
    return start.toordinal(), min(end, bounds.last or end).toordinal()


def may_skip(due: Due) -> bool:
    """Whether it may leave a date out for what a calendar says of it."""
    return any(isinstance(step, Adjust) and step.convention is Convention.SKIP for step in due.course.steps)


def asks(course: Course, count: int) -> bool:
    """Whether the anchor or one of the first ``count`` steps asks a calendar, but for steps that only move a date."""
    return any(asks_calendar(part) and not isinstance(part, Adjust) for part in (course.anchor, *course.steps[:count]))


def is_plain(due: Due) -> bool:
    """Whether it can be told without a calendar if a due date has a nominal date."""
    course = due.course
    return not may_skip(due) and not any(
        asks_calendar(part) for part in (course.anchor, *course.steps[: course.finish])
    )


def margin_of(rulebook: Rulebook, due: Due) -> int:
    """How many days beside its periods a due date may have to ask a calendar about: its shifts, and some years.

    Calendars of the file's own may have recesses of years.
    """
    days = MANY_YEARS if rulebook.calendars else SOME_YEARS
    for course in due.courses:
        match course.anchor:
            case DateOfYear(years=years):
                days += abs(years) * 366
            case DayOfMonth(month=int(month)) | WeekdayOfMonth(month=int(month)) | WorkingDay(month=int(month)):
                days += month * 31
            case _:
                pass
        days += sum(abs(step.amount) * _DAYS[step.unit] for step in course.steps if isinstance(step, Add))
        days += sum(step.count * _DAYS["working days"] for step in course.steps if isinstance(step, Include))
    return days


def unmoved(course: Course) -> Course:
    """A course without the steps that only move a date off days that do not count: they never make one."""
    return attrs.evolve(course, steps=tuple(step for step in course.steps if not _moves(step)))


def _moves(step: Step) -> bool:
    return isinstance(step, Adjust | Include | Extend)


def no_calendars() -> Calendars:
    """What a course that asks no calendar is run with."""
    return Calendars({}, None, None, None)


def _must_exist(part: Anchor | Step) -> bool:
    """Whether a day that is missing is an error."""
    return getattr(part, "month_end", None) is MonthEnd.ERROR


def cases_wanted(timing: Timing) -> int:
    """How many cases to look at for a missing day: four years of periods, and none where no day has to be there."""
    if not any(_must_exist(part) for due in dues(timing) for part in (due.course.anchor, *due.course.steps)):
        return 0
    if not isinstance(timing, Every):
        return 366
    periods = 4 * 12 // timing.cycle.n + 1 if isinstance(timing.cycle, Months) else 0
    return periods * max(len(timing.plan.dues), 1)
