"""Whole rulebooks: every form, every unit, every period, and what they make of each other."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.event import Event
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due
from cyclekit.model.timing import Dates, Every, OfEvent, OfObligation, Once, Standing, Upon
from tests.properties.oracle import cascades
from tests.properties.oracle.courses import Setting
from tests.properties.oracle.daybooks import ONE_DAY, DayBook, Shelf
from tests.properties.oracle.facts import Fact, fact
from tests.properties.oracle.found import Found, Ways, close, make
from tests.properties.oracle.periods import Period, all_periods
from tests.properties.oracle.triggers import Firing, of_events, of_obligation
from tests.properties.oracle.units import is_empty, is_there, overlaps, selected


class UnknownDaysError(Exception):
    """A date of the horizon rests on days before the data begin."""


@attrs.frozen
class World:
    """What dates depend on beside the rules: calendars, events and clocks by name, and what was known when."""

    calendars: Mapping[str, DayBook]
    events: Mapping[str, Sequence[Event]] = MappingProxyType({})
    zones: Mapping[str, dt.tzinfo] = MappingProxyType({})
    known_on: dt.date | None = None

    def knows(self, announced: dt.date | None) -> bool:
        """Whether something announced on a day is known; what has no day is known always."""
        return announced is None or self.known_on is None or announced <= self.known_on


def occurrences(book: Rulebook, horizon: Span, world: World) -> list[Fact]:
    """What the contract says is due in the horizon, in the stated order. Raises UnknownDaysError."""
    made = _Rulebook(book, world)
    found = [each for obligation in book for each in made.of(obligation)]
    _absorb(found)
    inside = [each for each in found if each.due in horizon]
    if any(each.all_doubts.unknown for each in inside):
        raise UnknownDaysError
    return sorted(fact(book.id, each) for each in inside)


class _Rulebook:
    """A rulebook in its world, with what was found so far."""

    def __init__(self, book: Rulebook, world: World) -> None:
        self.book = book
        self.world = world
        self.found: dict[str, list[Found]] = {}
        self.ways: Ways = {}
        names = {each.id: f"{book.id}/{each.id}" for each in book.calendars}
        self.books = {**world.calendars, **{name: world.calendars[key] for name, key in names.items()}}

    def of(self, obligation: Obligation) -> list[Found]:
        """Each period of each form, where that is the form in which its unit owes it in that very period."""
        if obligation.id in self.found:
            return self.found[obligation.id]
        found: list[Found] = []
        owing = [unit for unit in self.book.roster.ids if selected(obligation.selection, self.book.roster, unit)]
        forms = [obligation, *(change.result for change in obligation.changes)]
        for place, form in enumerate(forms):
            units = owing
            if obligation.jointly:
                units = [form.lead] if owing and form.lead else []
            for unit in units:
                together = tuple(sorted(owing)) if obligation.jointly else (unit,)
                made = self._of_unit(form, unit, together)
                found += [each for each in made if self._counts(obligation, unit, each.period) == place]
        known = {id(form): [each for each in form.exceptions if self.world.knows(each.announced)] for form in forms}
        cascades.decide(self.book, found, known)
        for each in found:
            close(each)
        self.found[obligation.id] = found
        return found

    def _counts(self, obligation: Obligation, unit: str, period: Period) -> int:
        """Which form counts: the last change that holds for a unit and a period and is known, or 0 for none."""
        counting = 0
        for place, change in enumerate(obligation.changes, 1):
            holds = change.since is None or period.first >= change.since
            if holds and self.world.knows(change.announced) and selected(change.units, self.book.roster, unit):
                counting = place
        return counting

    def _of_unit(self, form: Obligation, unit: str, units: tuple[str, ...]) -> Iterator[Found]:
        roster = self.book.roster
        number = roster.index[unit]
        shelf = Shelf(self.books, form.calendar, roster.calendars[number] or self.book.calendar)
        zone = self.world.zones.get(roster.timezones[number] or self.book.timezone or "")
        bounds = (self.book.bounds, form.bounds)
        if is_empty(*bounds):
            return
        for period, place, due, start in self._dues(form, unit, units, zone):
            there = tuple(each for each in units if is_there(roster, each, period))
            if not there or not all(overlaps(each, period.first, period.last) for each in bounds):
                continue
            if isinstance(form.timing, Every) and form.timing.drop_stubs and _is_cut(bounds, period):
                continue
            setting = Setting(period.first, period.last, shelf, zone, given=start.given)
            if start.trigger is not None:
                setting = attrs.evolve(setting, trigger=start.trigger.at, trigger_zone=start.trigger.zone)
            found = make(form, unit, there, period, place, due, setting, start.time, self.ways)
            if found is None:
                continue
            if start.trigger is not None:
                doubt = start.trigger.doubt
                found.doubt |= doubt
                found.nominal_doubt |= doubt
                found.missing = found.missing or start.trigger.missing
            yield found

    def _dues(  # noqa: C901 (one case for each timing)
        self, form: Obligation, unit: str, units: tuple[str, ...], zone: dt.tzinfo | None
    ) -> Iterator[tuple[Period, int, Due, "_Start"]]:
        """Each period with each of its dues, numbered; and where to start from."""
        roster = self.book.roster
        match form.timing:
            case Every(plan=plan) as timing:
                for period in _periods(timing, roster.year_starts[roster.index[unit]]):
                    for number, due in enumerate(plan.at(period.position), 1):
                        yield period, number, due, _Start()
            case Once(span=span, before=before, due=due):
                given = span.first - ONE_DAY if before else span.last
                yield Period(span.first, span.last, "once"), 1, due, _Start(given)
            case Dates(entries=entries, due=due):
                for entry in entries:
                    period = Period(entry.span.first, entry.span.last, entry.label)
                    yield period, 1, due, _Start(entry.date, entry.time)
            case Upon(trigger=trigger, plan=plan):
                for firing in self._firings(trigger, units, zone, joint=form.jointly):
                    for number, due in enumerate(plan.at("")):
                        yield firing.period, firing.number + number, due, _Start(trigger=firing)
            case Standing():
                return

    def _firings(
        self, trigger: OfObligation | OfEvent, units: tuple[str, ...], zone: dt.tzinfo | None, *, joint: bool
    ) -> list[Firing]:
        """What fires for a unit, or for several together."""
        match trigger:
            case OfEvent(name=name):
                return list(of_events(self.world.events.get(name, ()), zone))
            case OfObligation(obligation=other, nominal=nominal):
                one = self.book[other]
                owing = [unit for unit in units if selected(one.selection, self.book.roster, unit)]
                return of_obligation(self.of(one), owing, nominal=nominal, joint=joint)


@attrs.frozen
class _Start:
    """Where a course starts: a date that is given, with its clock time, or a trigger, or neither."""

    given: dt.date | None = None
    time: int | None = None
    trigger: Firing | None = None


def _periods(timing: Every, year: YearStart | None) -> Iterator[Period]:
    cycle = timing.cycle
    if timing.year_of_unit and year and isinstance(cycle, Months):
        named = attrs.evolve(year, named_last=cycle.year.named_last)
        cycle = attrs.evolve(cycle, year=named, phase=year.month - 1)
    for period in all_periods(cycle):
        if period.position not in timing.skip and (not timing.only or period.position in timing.only):
            yield period


def _is_cut(bounds: tuple[Bounds, ...], period: Period) -> bool:
    return any((b.first and period.first < b.first) or (b.last and period.last > b.last) for b in bounds)


def _absorb(found: list[Found]) -> None:
    """Mark what another stands for: for each unit that owes it, that one has the same nominal date."""
    standing_for: dict[tuple[str, dt.date, str], set[str]] = {}
    for each in found:
        if each.status != "waived":
            for absorbed in each.obligation.absorbs:
                place = (absorbed, each.nominal, each.obligation.id)
                standing_for.setdefault(place, set()).update(each.units)
    absorbers = sorted({place[2] for place in standing_for})
    for each in found:
        for absorber in absorbers:
            units = standing_for.get((each.obligation.id, each.nominal, absorber), set())
            if each.status == "scheduled" and set(each.units) <= units:
                each.status, each.absorbed_by = "absorbed", absorber
