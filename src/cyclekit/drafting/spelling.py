"""Rules in the words of a rule file: cycles, due dates and texts as YAML that the reader reads back."""

import datetime as dt
import json
import re
from collections.abc import Sequence

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Months, Weeks
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueByPosition,
    DuePlan,
    Extend,
    MonthEnd,
    PeriodStart,
    Step,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WorkingDay,
)
from cyclekit.model.timing import Every

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: What can stand in a flow mapping as it is: no sign that YAML reads as anything else, and no sign at either end.
_PLAIN = re.compile(r"[\w\u4e00-\u9fff](?:[\w\u4e00-\u9fff ()（）〔〕·./+-]*[\w\u4e00-\u9fff)）〕])?")


def text(value: str) -> str:
    """A text as YAML: plain where it can be, else in double quotes.

    >>> text("季度小结"), text("Form 941: return"), text("- a")
    ('季度小结', '"Form 941: return"', '"- a"')
    """
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def flow(pairs: Sequence[tuple[str, str]]) -> str:
    """A mapping on one line."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def cycle_lines(timing: Every) -> list[tuple[str, str]]:
    """The keys that say a cycle: ``every`` and what belongs to it."""
    found = [("every", _every(timing.cycle))]
    match timing.cycle:
        case Months(year=year) if timing.year_of_unit:
            found.append(("year_start", "unit"))
            found += [("year_named", "last")] if year.named_last else []
        case Months(year=year) if not year.is_calendar_year:
            found.append(("year_start", f"{year.month:02}-{year.day:02}"))
            found += [("year_named", "last")] if year.named_last else []
        case Months(phase=phase, spelling="months") if phase:
            found.append(("origin", f"2000-{phase + 1:02}"))
        case Weeks(n=n, origin=origin) if n > 1 or origin % 7 != 1:
            found.append(("origin", dt.date.fromordinal(origin).isoformat()))
        case _:
            pass
    if timing.only:
        found.append(("only", "[" + ", ".join(sorted(timing.only, key=_position)) + "]"))
    return found


def _position(position: str) -> tuple[str, int]:
    return position.rstrip("0123456789"), int(position.lstrip("QH"))


def _every(cycle: Cycle) -> str:
    if cycle == HALF_MONTH:
        return "half_month"
    if cycle == TEN_DAYS:
        return "ten_days"
    match cycle:
        case Months(n=n, spelling="months"):
            return f"{n} months"
        case Months(n=n, spelling="years"):
            return f"{n // 12} years"
        case Months(spelling=spelling):
            return spelling
        case Weeks(n=1):
            return "week"
        case Weeks(n=n):
            return f"{n} weeks"
        case _:
            raise ValueError(f"{cycle} is never proposed")


def plan_text(plan: DuePlan, *, monthly: bool = False) -> str:
    """The due dates of a plan, on one line; ``monthly``: a period has one month, which needs no naming.

    >>> from cyclekit.model.pipeline import DueList
    >>> plan_text(DueList((Due(Course(DayOfMonth(20), (Adjust(Convention.FOLLOWING),))),)))
    '{month: last, day: 20, adjust: following}'
    """
    if isinstance(plan, DueByPosition):
        shared = {_adjusting(due.course) for _, due in plan.entries}
        alike = len(shared) == 1 and None not in shared
        each = [(position, flow(_due(due)[:-1] if alike else _due(due))) for position, due in plan.entries]
        return flow([("by_period", flow(each)), *([("adjust", shared.pop() or "")] if alike else [])])
    dues = [flow([pair for pair in _due(due) if not (monthly and pair == ("month", "last"))]) for due in plan.dues]
    return dues[0] if len(dues) == 1 else "[" + ", ".join(dues) + "]"


def _adjusting(course: Course) -> str | None:
    """The convention with which a course ends, where ``adjust`` beside ``by_period`` can say it."""
    last = course.steps[-1] if course.steps else None
    return last.convention.value if isinstance(last, Adjust) and len(course.steps) < 3 else None


def _due(due: Due) -> list[tuple[str, str]]:
    course = due.course
    pairs = _anchor(course)
    pairs += [("opens", "{at: start}")] if due.opens is not None else []
    steps = list(course.steps)
    if steps and not isinstance(steps[0], Adjust):
        pairs += _step(steps.pop(0))
    if steps and isinstance(steps[0], Adjust):
        pairs += _step(steps.pop(0))
    if steps:
        pairs.append(("then", "[" + ", ".join(flow(_step(each)) for each in steps) + "]"))
    return pairs


def _anchor(course: Course) -> list[tuple[str, str]]:
    match course.anchor:
        case DayOfMonth(day=day, month=month):
            return [("month", str(month)), ("day", "last" if day == -1 else str(day))]
        case WeekdayOfMonth(weekday=weekday, nth=nth, month=month):
            return [("month", str(month)), ("weekday", WEEKDAYS[weekday]), ("nth", "last" if nth == -1 else str(nth))]
        case WeekdayOfWeek(weekday=weekday):
            return [("weekday", WEEKDAYS[weekday])]
        case WorkingDay(number=number, month=month):
            return [("month", str(month)), ("working_day", str(number))]
        case DateOfYear(month=month, day=day, years=years):
            other = [("year", "next" if years == 1 else str(years))] if years else []
            return [("date", f"{month:02}-{day:02}"), *other]
        case PeriodStart():
            return [("at", "start")]
        case _:
            return [("at", "end")]


def _step(step: Step) -> list[tuple[str, str]]:
    match step:
        case Add(amount=amount, unit=unit, month_end=month_end):
            word = unit[:-1] if abs(amount) == 1 else unit
            sticky = [("month_end", month_end.value)] if month_end is not MonthEnd.CLAMP else []
            return [("add", f"{amount} {word}"), *sticky]
        case Extend(run=run, by=by):
            return [("extend", flow([("run", str(run)), ("by", by)]))]
        case Adjust(convention=convention):
            return [("adjust", convention.value)]
        case _:
            raise ValueError(f"{step} is never proposed")


def is_moved(plan: DuePlan) -> bool:
    """Whether a plan asks a calendar at all, as far as adjusting goes."""
    steps = [step for due in plan.dues for step in due.course.steps]
    return any(isinstance(step, Adjust) and step.convention is not Convention.NONE for step in steps)
