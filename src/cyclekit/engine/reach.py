"""How far a due date can lie from its period, so that a horizon looks at all periods that may reach into it."""

import datetime as dt

from cyclekit.model.pipeline import Add, Adjust, Course, DateOfYear, DayOfMonth, WeekdayOfMonth
from cyclekit.model.timing import Dates, Once, Timing, dues

LAST_DAY = dt.date.max.toordinal()
MONTH = 31
YEAR = 366

#: How long a closure of a calendar is taken to be until the calendar itself is at hand.
USUAL_CLOSURE = 45


def reach(course: Course, closure: int) -> tuple[int, int]:
    """At most how many days before its period's first day a date lies, and how many after its last.

    ``closure`` is the longest run of non-working days. Generous: a few periods too many cost little.
    """
    before, after = 0, 0
    match course.anchor:
        case DayOfMonth(month=month) | WeekdayOfMonth(month=month):
            months = month if isinstance(month, int) else 2
            before, after = 2 * MONTH, MONTH * (months + 1)
        case DateOfYear(years=years):
            before, after = YEAR * (max(-years, 0) + 1), YEAR * (max(years, 0) + 1)
        case _:
            pass
    for step in course.steps:
        match step:
            case Adjust():
                before, after = before + closure, after + closure
            case Add(amount=amount, unit=unit):
                days = abs(amount) * {"days": 1, "weeks": 7, "months": MONTH, "years": YEAR}[unit] + 1
                before, after = (before, after + days) if amount > 0 else (before + days, after)
    return before, after


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


def trailing_reach(timing: Timing, closure: int) -> int:
    """At most how far a timing's due dates lie from their nominal dates."""
    return max((len(due.course.steps) - due.course.finish for due in dues(timing)), default=0) * closure


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
