"""How far a due date can lie from its period, so that a horizon looks at all periods that may reach into it."""

import datetime as dt

from cyclekit.civil.cycles import longest_period
from cyclekit.engine.moving import YEARS
from cyclekit.model.obligation import Lag, Obligation
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DateTarget,
    DayOfMonth,
    Extend,
    Holiday,
    Include,
    MonthsTarget,
    MoveTo,
    Step,
    Target,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.timing import Dates, Every, Once, Timing, dues

LAST_DAY = dt.date.max.toordinal()
WEEK = 7
MONTH = 31
YEAR = 366
#: A day of the year comes round in a year; 29 February may take eight.
LEAP_YEARS = 8
DAYS = {"days": 1, "weeks": WEEK, "months": MONTH, "years": YEAR}
HOURS = 24
#: A month with 29 days or more has a fifth of some weekday; a given one comes round in six years at most.
FIFTHS = 6
FEBRUARY = frozenset({2})

#: How long a closure of a calendar is taken to be until the calendar itself is at hand.
USUAL_CLOSURE = 45


def reach(course: Course, closure: int) -> tuple[int, int]:
    """At most how many days before its period's first day a date lies, and how many after its last.

    ``closure`` is the longest run of non-working days. Generous: a few periods too many cost little.
    """
    before, after = _of_anchor(course.anchor)
    for step in course.steps:
        earlier, later = _of_step(step, closure)
        before, after = before + earlier, after + later
    return before, after


def _of_anchor(anchor: Anchor) -> tuple[int, int]:
    match anchor:
        case DayOfMonth(month="period") | WeekdayOfMonth(month="period") | WorkingDay(month="period"):
            return 0, 0
        case DayOfMonth(month=month) | WeekdayOfMonth(month=month) | WorkingDay(month=month):
            months = month if isinstance(month, int) else 2
            return 2 * MONTH, MONTH * (months + 1)
        case DateOfYear(years=years):
            return YEAR * (max(-years, 0) + 1), YEAR * (max(years, 0) + 1)
        case Holiday():
            return YEAR, YEAR
        case _:
            return 0, 0


def _of_step(step: Step, closure: int) -> tuple[int, int]:
    match step:
        case Adjust():
            return closure, closure
        case Include(count=count):
            return 0, count * (closure + 1)
        case Extend():
            # Each day that is counted lies in the window before, and is at most one working day more.
            return 0, (MONTH + YEAR) * 2 + closure
        case MoveTo(targets=targets, later=later):
            farthest = max(map(_of_target, targets)) + 1
            return (0, farthest) if later else (farthest, 0)
        case Add(amount=amount, unit=unit):
            match unit:
                case "working days":
                    days = abs(amount) * (closure + 1)
                case "hours":
                    days = abs(amount) // HOURS + 2
                case "days" | "weeks":
                    days = _counted(abs(amount) * DAYS[unit], closure)
                case _:
                    days = abs(amount) * DAYS[unit] + 1
            return (0, days) if amount > 0 else (days, 0)


def _counted(days: int, closure: int) -> int:
    """How far so many days reach: suspended ones may come in between, in no year more than ``closure``."""
    return days + closure * (days // max(YEAR - closure, 1) + 2) + 1


def _of_target(target: Target) -> int:
    match target:
        case WeekdayTarget():
            return WEEK
        case DateTarget(month=2, day=29):
            return LEAP_YEARS * YEAR
        case DateTarget():
            return YEAR
        case MonthsTarget(anchor=WeekdayOfMonth(nth=5), months=months):
            return (YEARS if months == FEBRUARY else FIFTHS * 2) * YEAR
        case MonthsTarget():
            return 2 * YEAR


def reach_of(timing: Timing, closure: int) -> tuple[int, int]:
    """The reach of the farthest of a timing's due dates, from the span that its exceptions name."""
    each = [reach(due.course, closure) for due in dues(timing)] or [(0, 0)]
    before, after = max(before for before, _ in each), max(after for _, after in each)
    match timing:
        case Once(before=True):
            before += 1
        case Dates(entries=entries):
            before += max((0, *((entry.span.first - entry.date).days for entry in entries)))
            after += max((0, *((entry.date - entry.span.last).days for entry in entries)))
        case _:
            pass
    return before, after


def cascade_reach(lag: Lag | None, levels: int, closure: int) -> int:
    """At most how much earlier the lowest level is due than the highest."""
    if lag is None:
        return 0
    return levels * (lag.days * (closure + 1) if lag.working else _counted(lag.days, closure))


def trailing_reach(obligation: Obligation, levels: int, closure: int) -> int:
    """At most how far an obligation's due dates lie from its nominal dates.

    Where a cascade makes them earlier, the date that was nominal above counts too.
    """
    farthest = 0
    for due in dues(obligation.timing):
        moves = due.course.steps[due.course.finish :]
        farthest = max(farthest, sum(max(_of_step(step, closure)) for step in moves))
    return farthest + cascade_reach(obligation.cascade, levels, closure)


def period_length(timing: Timing) -> int:
    """Somewhat more than how long the periods of a timing are: one that touches a window may end so much later."""
    match timing:
        case Every(cycle=cycle):
            return longest_period(cycle) + MONTH
        case Once(span=span):
            return span.days
        case Dates(entries=entries):
            return max(entry.span.days for entry in entries)
        case _:
            return 0


def clipped(first: int, last: int) -> tuple[int, int]:
    """A window held within the calendar's first and last day."""
    return max(first, 1), min(last, LAST_DAY)


def joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same days as windows that do not meet, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(windows):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
