"""Expanding: rulebooks × horizon × calendars → schedule. The same input always gives the same schedule."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.active import active_slices, add_active
from cyclekit.engine.cascading import cascaded
from cyclekit.engine.forms import as_known, forms, variants
from cyclekit.engine.lines import Cohort, LineBuilder
from cyclekit.engine.overlay import apply_absorption, apply_exceptions
from cyclekit.engine.skipped import without_skipped
from cyclekit.engine.triggering import MakeBuilder, Trigger, check_events, lines_upon, lines_upon_events
from cyclekit.engine.triggers import in_trigger_order
from cyclekit.engine.windows import Window, calendar_named, nominal_windows, period_windows
from cyclekit.errors import BeforeDataError, DuplicateRulebookError, LimitError
from cyclekit.model.compact import Repeated, grouped, mapped
from cyclekit.model.event import Event
from cyclekit.model.line import Line
from cyclekit.model.numbers import Chosen, Numbers
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Add, asks_calendar
from cyclekit.model.schedule import Schedule, StandingDuty
from cyclekit.model.timing import Every, OfEvent, OfObligation, Upon, dues
from cyclekit.model.world import World

if TYPE_CHECKING:
    from cyclekit.engine.course import Calendars

MAX_YEARS = 50
YEAR = 366


def expand(
    rulebooks: Rulebook | Iterable[Rulebook],
    horizon: Span,
    calendars: Mapping[str, WorkingCalendar] | None = None,
    *,
    events: Mapping[str, Sequence[Event]] | None = None,
    zones: Mapping[str, dt.tzinfo] | None = None,
    known_on: dt.date | None = None,
    max_years: int = MAX_YEARS,
    doubtful: bool = False,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in ``horizon``.

    ``calendars`` holds the compiled working-day calendars by id, over the days that
    ``cyclekit.engine.windows.calendars_needed`` names; ``events`` what happened, by the names that rules wait for;
    ``zones`` the time zones by name, wanted where hours or moments are counted. With ``known_on``, changes and
    exceptions that were announced after that day are left out, and the rulebooks of the schedule are without them. With
    ``doubtful``, a date that rests on days before a calendar's data begin is given all the same, and its line says so.
    Raises CalendarError where a calendar is missing, does not reach, or else a date rests on days before its data
    begin; MissingDayError where ``month_end: error`` finds a day missing; LimitError for a horizon of more than
    ``max_years`` years; DuplicateRulebookError for two rulebooks with one id; EventError for an event that no rule
    waits for, or two that are one; NoClockTimeError for hours after an event without a clock time. A date that would
    leave the years 1 to 9999 is in no horizon, and left out.
    """
    if horizon.days > max_years * YEAR:
        raise LimitError("a horizon of {years} years", max_years, "max_years", years=horizon.days // 365)
    books = (rulebooks,) if isinstance(rulebooks, Rulebook) else tuple(rulebooks)
    seen: set[str] = set()
    for book in books:
        if book.id in seen:
            raise DuplicateRulebookError(book.id)
        seen.add(book.id)
    world = World(calendars or {}, zones or {}, events or {})
    check_events(world.events, event_names(books))
    books = tuple(as_known(book, known_on) for book in books)
    compiled = world.calendars
    days = (horizon.first.toordinal(), horizon.last.toordinal())
    closure = max((each.longest_closure for each in compiled.values()), default=0) + 1
    lines: list[Line] = []
    standing: list[StandingDuty] = []
    for book in sorted(books, key=lambda each: each.id):
        lines.extend(_lines_of(book, days, closure, world, doubtful=doubtful))
        standing.extend(_standing_of(book))
    return Schedule(books, horizon, lines, standing, world)


def _standing_of(rulebook: Rulebook) -> Iterable[StandingDuty]:
    for obligation in sorted(rulebook, key=lambda each: each.id):
        if obligation.is_standing:
            for variant, units in forms(rulebook, obligation):
                yield StandingDuty(rulebook, variant, units)


def event_names(rulebooks: Iterable[Rulebook]) -> frozenset[str]:
    """The names of the events that rules wait for."""
    timings = [each.timing for book in rulebooks for obligation in book for each in variants(obligation)]
    return frozenset(
        timing.trigger.name for timing in timings if isinstance(timing, Upon) and isinstance(timing.trigger, OfEvent)
    )


def _lines_of(rulebook: Rulebook, days: Window, closure: int, world: World, *, doubtful: bool) -> Iterable[Line]:
    windows = nominal_windows(rulebook, days, closure)
    found: dict[str, list[Line]] = {}
    for obligation in in_trigger_order(rulebook):
        found[obligation.id] = _lines_of_obligation(rulebook, obligation, windows, closure, world, found)
    lines = [line for _, each in sorted(found.items()) for line in each]
    zones = _zones(rulebook, world)
    for line in apply_absorption(lines):
        inside = line.due_within(*days)
        if not doubtful:
            _refuse_unknown(line, inside)
        if inside:
            yield from without_skipped(line.select(inside), zones)


def _lines_of_obligation(
    rulebook: Rulebook,
    obligation: Obligation,
    windows: Mapping[str, Sequence[Window]],
    closure: int,
    world: World,
    before: Mapping[str, Sequence[Line]],
) -> list[Line]:
    """The lines of one obligation with its exceptions; ``before`` holds those of what may have fired it."""
    lines: list[tuple[Line, Calendars]] = []
    for variant, units in forms(rulebook, obligation):
        touching = period_windows(rulebook, variant, windows[obligation.id], closure)
        for cohort, members in _cohorts(rulebook, variant, units, world):
            together = tuple(rulebook.roster.by_id(units)) if variant.jointly else ()

            def make(
                variant: Obligation = variant, cohort: Cohort = cohort, together: tuple[int, ...] = together
            ) -> LineBuilder:
                return LineBuilder(rulebook, variant, cohort, world.calendars, together)

            builder = make()
            if isinstance(variant.timing, Upon):
                fired = _fired(rulebook, variant.timing, make, members, cohort, world, before)
                if together:
                    fired = [part for line in fired for part in _owed(line, members)]
                lines += [(line, builder.calendars) for line in fired]
            else:
                builder.fill(touching)
                lines += [(line, builder.calendars) for line in _owed(builder.line, members)]
    if any(line.obligation.cascade is not None for line, _ in lines):
        return cascaded(rulebook.roster, obligation.selection.units(rulebook.roster), lines)
    return [each for line, _ in lines for each in apply_exceptions(line)]


def _fired(
    rulebook: Rulebook,
    timing: Upon,
    make: MakeBuilder,
    members: Sequence[int],
    cohort: Cohort,
    world: World,
    before: Mapping[str, Sequence[Line]],
) -> list[Line]:
    match timing.trigger:
        case OfEvent(name=name):
            return lines_upon_events(make, members, world.events.get(name, ()), name, cohort.zone)
        case OfObligation(obligation=other, nominal=nominal):
            matched = Chosen(rulebook[other].selection.units(rulebook.roster))
            return lines_upon(make, members, Trigger(before[other], matched, nominal, _zones(rulebook, world)))


def _zones(rulebook: Rulebook, world: World) -> Sequence[dt.tzinfo | None]:
    """Where the clocks of each unit stand: in its own zone, or else in the file's."""
    return mapped(lambda each: world.zones.get(each or rulebook.timezone or ""), rulebook.roster.timezones)


def _refuse_unknown(line: Line, rows: Sequence[int]) -> None:
    for row in rows if line.unknown else ():
        if row in line.unknown:
            calendar, day = line.unknown[row]
            occurrence = f"{line.rulebook.id}/{line.obligation.id} {line.labels[row]}"
            raise BeforeDataError(calendar, occurrence, dt.date.fromordinal(day))


def _cohorts(
    rulebook: Rulebook, obligation: Obligation, units: Numbers, world: World
) -> Iterable[tuple[Cohort, Numbers]]:
    """The units by what their dates depend on. A joint obligation goes by its lead."""
    if obligation.jointly and units:
        lead = rulebook.roster.index.get(obligation.lead or "", units[0])
        units = [lead]
    by_calendar, by_year = _depends_on_calendar(rulebook, obligation), _depends_on_year(obligation)
    by_zone = isinstance(obligation.timing, Upon)
    if not by_calendar and not by_year and not by_zone:
        return [(Cohort(), units)] if units else []
    roster = rulebook.roster
    no = Repeated(None, len(roster))
    calendars = roster.calendars if by_calendar else no
    years = roster.year_starts if by_year else no
    zones = _zones(rulebook, world) if by_zone else no
    return [(Cohort(*terms), those) for terms, those in grouped(units, calendars, years, zones).items()]


def _depends_on_year(obligation: Obligation) -> bool:
    return isinstance(obligation.timing, Every) and obligation.timing.year_of_unit


def _depends_on_calendar(rulebook: Rulebook, obligation: Obligation) -> bool:
    if obligation.cascade is not None and (obligation.cascade.working or rulebook.suspending):
        return True
    for due in dues(obligation.timing):
        for course in due.courses:
            for part in (course.anchor, *course.steps):
                counted = isinstance(part, Add) and part.unit in ("days", "weeks") and bool(rulebook.suspending)
                if (asks_calendar(part) or counted) and calendar_named(part, course, obligation) is None:
                    return True
    return False


def _owed(line: Line, members: Sequence[int]) -> Iterable[Line]:
    """A line with its units; a joint one split by who of them is there in which periods."""
    if not line.together:
        add_active(line, members)
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
