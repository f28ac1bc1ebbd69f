"""What holds of dates that were moved off days that are not worked: ISDA's words, held against the calendar."""

from collections.abc import Iterator
from typing import NamedTuple

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, Months
from cyclekit.civil.months import first_day, last_day, month_of
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import UNIT, Adjust, Due, DueByPosition, DueList
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Dates, Every, Once, Upon
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError

MODIFIED = frozenset({Convention.MODIFIED_FOLLOWING, Convention.MODIFIED_PRECEDING})


class Adjusted(NamedTuple):
    """An occurrence that was adjusted last of all: how, by which calendar, and whether nothing else moved it."""

    occurrence: Occurrence
    convention: Convention
    calendar: WorkingCalendar
    alone: bool


def adjusted_days_are_working_days(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """What a convention ends with is a working day of its calendar. Raises InvariantError."""
    seen = 0
    for each in _adjusted(expand(book, horizon)):
        seen += 1
        if not each.calendar.is_working(each.occurrence.due.toordinal()):
            said = f"{each.occurrence.due} is not worked in {each.calendar.id}, and {each.convention.value} led to it"
            raise InvariantError("adjusted_days_are_working_days", horizon, said, each.occurrence.key)
    return seen


def modified_stays_in_the_month(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """A modified convention keeps the month, where anything is worked in it. Raises InvariantError."""
    seen = 0
    for each in _adjusted(expand(book, horizon)):
        if each.convention not in MODIFIED or not each.alone:
            continue
        month = month_of(each.occurrence.nominal.toordinal())
        if not any(each.calendar.working_days(first_day(month), last_day(month))):
            continue
        seen += 1
        if month_of(each.occurrence.due.toordinal()) != month:
            said = f"{each.convention.value} led from {each.occurrence.nominal} to {each.occurrence.due}"
            raise InvariantError("modified_stays_in_the_month", horizon, said, each.occurrence.key)
    return seen


def adjusting_has_a_direction(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Preceding leads to no later day, and following to no earlier one. Raises InvariantError."""
    seen = 0
    for each in _adjusted(expand(book, horizon)):
        nominal, due = each.occurrence.nominal, each.occurrence.due
        if not each.alone or each.convention not in (Convention.FOLLOWING, Convention.PRECEDING):
            continue
        seen += 1
        if (due < nominal) if each.convention is Convention.FOLLOWING else (due > nominal):
            said = f"{each.convention.value} led from {nominal} to {due}"
            raise InvariantError("adjusting_has_a_direction", horizon, said, each.occurrence.key)
    return seen


def _adjusted(schedule: Schedule) -> Iterator[Adjusted]:
    """What was adjusted in the end, and by nothing else after that."""
    for each in schedule:
        due = due_of(each)
        if due is None or not due.course.steps or each.moves or each.above is not None:
            continue
        last = due.course.steps[-1]
        if not isinstance(last, Adjust) or last.convention in (Convention.NONE, Convention.SKIP):
            continue
        calendar = _calendar_of(schedule, each, last, due)
        if calendar is not None:
            yield Adjusted(each, last.convention, calendar, due.course.finish == len(due.course.steps) - 1)


def _calendar_of(schedule: Schedule, each: Occurrence, step: Adjust, due: Due) -> WorkingCalendar | None:
    nearest = step.calendar or due.course.calendar or each.obligation.calendar
    name = nearest if nearest not in (None, UNIT) else each.unit.calendar or each.rulebook.calendar
    return schedule.world.calendars.get(each.rulebook.calendar_keys.get(name or "", name or ""))


def due_of(each: Occurrence) -> Due | None:
    """The due date, as it is written, that an occurrence was made by; None where that cannot be told."""
    match each.obligation.timing:
        case Every(plan=DueList(entries=entries)):
            return entries[each.number - 1]
        case Every(plan=DueByPosition() as plan, cycle=cycle):
            found = plan.at(_position(each, cycle))
            return found[0] if found else None
        case Once(due=due) | Dates(due=due):
            return due
        case Upon(plan=DueList(entries=(due,))):
            return due
        case Upon(plan=DueList(entries=entries)):
            return entries[each.number - 1]
        case _:
            return None


def _position(each: Occurrence, cycle: Cycle) -> str:
    timing = each.obligation.timing
    year = each.rulebook.roster.year_starts[each.unit.number]
    if isinstance(timing, Every) and timing.year_of_unit and year is not None and isinstance(cycle, Months):
        cycle = cycle.in_year(year)
    return next((one.position for one in cycle.periods(*each.period_days)), "")
