"""Expanding: rulebooks × horizon × calendars → schedule. The same input always gives the same schedule."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.lines import Cohort, LineBuilder, active_slices
from cyclekit.engine.overlay import apply_absorption, apply_exceptions
from cyclekit.engine.windows import Window, nominal_windows, period_windows, variants
from cyclekit.errors import BeforeDataError, DuplicateRulebookError, LimitError
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import UNIT, Adjust
from cyclekit.model.roster import Unit
from cyclekit.model.schedule import Schedule, StandingDuty
from cyclekit.model.timing import Every, dues

MAX_YEARS = 50
YEAR = 366


def expand(
    rulebooks: Rulebook | Iterable[Rulebook],
    horizon: Span,
    calendars: Mapping[str, WorkingCalendar] | None = None,
    *,
    max_years: int = MAX_YEARS,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in ``horizon``.

    ``calendars`` holds the compiled working-day calendars by id, over the days that
    ``cyclekit.engine.windows.calendars_needed`` names. Raises CalendarError where one is missing, does not
    reach, or a date rests on days before its data begin; MissingDayError where ``month_end: error`` finds a day
    missing; LimitError for a horizon of more than ``max_years`` years; DuplicateRulebookError for two rulebooks
    with one id. A date that would leave the years 1 to 9999 is in no horizon, and left out.
    """
    if horizon.days > max_years * YEAR:
        raise LimitError(f"a horizon of {horizon.days // 365} years", max_years, "max_years")
    books = (rulebooks,) if isinstance(rulebooks, Rulebook) else tuple(rulebooks)
    seen: set[str] = set()
    for book in books:
        if book.id in seen:
            raise DuplicateRulebookError(book.id)
        seen.add(book.id)
    compiled = calendars or {}
    days = (horizon.first.toordinal(), horizon.last.toordinal())
    closure = max((each.longest_closure for each in compiled.values()), default=0) + 1
    lines: list[Line] = []
    standing: list[StandingDuty] = []
    for book in sorted(books, key=lambda each: each.id):
        lines.extend(_lines_of(book, days, closure, compiled))
        standing.extend(_standing_of(book))
    return Schedule(books, horizon, lines, standing, compiled)


def _standing_of(rulebook: Rulebook) -> Iterable[StandingDuty]:
    for obligation in sorted(rulebook, key=lambda each: each.id):
        if obligation.is_standing:
            for variant, units in _variants_of(rulebook, obligation):
                owing = tuple(Unit(rulebook.roster, each) for each in _by_id(rulebook, units))
                yield StandingDuty(rulebook, variant, owing)


def _lines_of(
    rulebook: Rulebook, days: Window, closure: int, compiled: Mapping[str, WorkingCalendar]
) -> Iterable[Line]:
    windows = nominal_windows(rulebook, days, closure)
    lines: list[Line] = []
    for obligation in sorted(rulebook, key=lambda each: each.id):
        for variant, units in _variants_of(rulebook, obligation):
            touching = period_windows(variant, windows[obligation.id], closure)
            for cohort, members in _cohorts(rulebook, variant, units):
                together = tuple(_by_id(rulebook, units)) if variant.jointly else ()
                builder = LineBuilder(rulebook, variant, cohort, compiled, together)
                builder.fill(touching)
                for line in _owed(builder.line, members):
                    lines.extend(apply_exceptions(line))
    for line in apply_absorption(lines):
        owed = line.owed_rows()
        inside = [row for row, due in enumerate(line.due) if days[0] <= due <= days[1] and owed[row]]
        _refuse_unknown(line, inside)
        if inside:
            yield line.select(inside)


def _refuse_unknown(line: Line, rows: Sequence[int]) -> None:
    for row in rows:
        if row in line.unknown:
            calendar, day = line.unknown[row]
            occurrence = f"{line.rulebook.id}/{line.obligation.id} {line.labels[row]}"
            raise BeforeDataError(calendar, occurrence, dt.date.fromordinal(day))


def _variants_of(rulebook: Rulebook, obligation: Obligation) -> Iterable[tuple[Obligation, list[int]]]:
    """The obligation as different units owe it, each with its units: changes for units make it differ."""
    owing = obligation.selection.units(rulebook.roster)
    if not obligation.changes or obligation.jointly:
        yield obligation, owing
        return
    changed: dict[int, int] = {}
    for number, change in enumerate(obligation.changes):
        changed |= dict.fromkeys(change.units.units(rulebook.roster), number)
    by_change: defaultdict[int, list[int]] = defaultdict(list)
    for unit in owing:
        by_change[changed.get(unit, -1)].append(unit)
    for number, units in sorted(by_change.items()):
        yield variants(obligation)[number + 1], units


def _cohorts(
    rulebook: Rulebook, obligation: Obligation, units: Sequence[int]
) -> Iterable[tuple[Cohort, Sequence[int]]]:
    """The units by what their dates depend on. A joint obligation goes by its lead."""
    if obligation.jointly and units:
        lead = rulebook.roster.index.get(obligation.lead or "", units[0])
        units = [lead]
    by_calendar, by_year = _depends_on_calendar(obligation), _depends_on_year(obligation)
    if not by_calendar and not by_year:
        return [(Cohort(), units)] if units else []
    roster = rulebook.roster
    found: defaultdict[Cohort, list[int]] = defaultdict(list)
    for unit in units:
        calendar = roster.calendars[unit] if by_calendar else None
        year = roster.year_starts[unit] if by_year else None
        found[Cohort(calendar, year)].append(unit)
    return list(found.items())


def _depends_on_year(obligation: Obligation) -> bool:
    return isinstance(obligation.timing, Every) and obligation.timing.year_of_unit


def _depends_on_calendar(obligation: Obligation) -> bool:
    for due in dues(obligation.timing):
        for course in (due.course, due.opens):
            for step in course.steps if course else ():
                if isinstance(step, Adjust):
                    named = step.calendar or (course.calendar if course else None) or obligation.calendar
                    if named in (None, UNIT):
                        return True
    return False


def _by_id(rulebook: Rulebook, units: Iterable[int]) -> list[int]:
    return sorted(units, key=rulebook.roster.ids.__getitem__)


def _owed(line: Line, members: Sequence[int]) -> Iterable[Line]:
    """A line with its units; a joint one split by who of them is there in which periods."""
    if not line.together:
        _add_members(line, members)
        return [line]
    active = line.rulebook.roster.active
    if not any(active[unit] for unit in line.together):
        line.add_members(members)
        return [line]
    there: list[list[int]] = [[] for _ in range(line.rows)]
    for unit in line.together:
        for start, stop in active_slices(line, active[unit]):
            for row in range(start, stop):
                there[row].append(unit)
    rows_of: dict[tuple[int, ...], list[int]] = {}
    for row, units in enumerate(there):
        if units:
            rows_of.setdefault(tuple(units), []).append(row)
    found: list[Line] = []
    for together, rows in rows_of.items():
        part = line.select(rows)
        part.together = together
        part.add_members(members)
        found.append(part)
    return found


def _add_members(line: Line, members: Sequence[int]) -> None:
    active = line.rulebook.roster.active
    always = [unit for unit in members if not active[unit]]
    line.add_members(always)
    slices: dict[object, list[tuple[int, int]]] = {}
    for unit in members:
        if active[unit]:
            if active[unit] not in slices:
                slices[active[unit]] = active_slices(line, active[unit])
            for start, stop in slices[active[unit]]:
                line.add_members((unit,), start, stop)
