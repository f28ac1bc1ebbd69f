"""Courses that explain dates: each candidate is run by the engine for every period, and what it meets is counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from cyclekit.civil.conventions import Convention, adjust
from cyclekit.civil.cycles import Cycle
from cyclekit.civil.working import WorkingCalendar
from cyclekit.drafting.courses import NEAR, Sketched, sample, sketched
from cyclekit.drafting.cutting import Case, Owner
from cyclekit.engine.course import Calendars, Runner
from cyclekit.errors import CalendarError, DateRangeError
from cyclekit.model.pipeline import UNIT, Adjust, Course, DayOfMonth, Due, Extend, PeriodStart, asks_calendar

#: How a date may be moved, and what each way costs beside another that explains the same.
CONVENTIONS: tuple[tuple[Convention, float], ...] = (
    (Convention.NONE, 0),
    (Convention.FOLLOWING, 0.3),
    (Convention.PRECEDING, 0.5),
    (Convention.MODIFIED_FOLLOWING, 0.8),
    (Convention.MODIFIED_PRECEDING, 1),
    (Convention.NEAREST, 1.2),
)
#: Long holidays extend a window in China alone (Implementing Rules of the Law on Tax Collection, article 109).
EXTENDING = ("CN",)
_EXTENSIONS: tuple[tuple[Literal["working days", "days"], float], ...] = (("working days", 4.0), ("days", 4.1))
MOST_FITS = 80


@attrs.frozen
class Lens:
    """The calendars that may judge dates: one by its id, or for each unit its own (``UNIT``), or none at all."""

    name: str | None
    cost: float = 0


@attrs.frozen
class World:
    """What a list is held against: compiled calendars, which are tried in which order, and what is known of units.

    ``usual`` is how the other obligations of the same list are moved; it makes that way the likelier one.
    """

    compiled: Mapping[str, WorkingCalendar]
    lenses: tuple[Lens, ...]
    owners: Mapping[str, Owner] = attrs.field(factory=dict)
    usual: "frozenset[tuple[Convention, str | None]]" = frozenset()

    def calendar_of(self, lens: Lens, unit: str) -> str | None:
        """The id of the calendar that a lens means for a unit; None where there is none."""
        return self.owners.get(unit, Owner()).calendar if lens.name == UNIT else lens.name

    def ids(self, lens: Lens, cases: Iterable[Case]) -> "frozenset[str]":
        """The calendars that a lens means for some cases; empty where any of them has none."""
        found = {self.calendar_of(lens, unit) for unit in {case.listed.unit for case in cases}}
        known = frozenset(each for each in found if each is not None and each in self.compiled)
        return known if len(known) == len(found) else frozenset()


@attrs.frozen
class Fit:
    """A due date that was tried: which of the cases it meets, one bit each, and what it costs."""

    due: Due
    lens: Lens
    met: int
    cost: float

    @property
    def count(self) -> int:
        """How many cases it meets."""
        return self.met.bit_count()

    @property
    def convention(self) -> Convention:
        """How it moves a finished date."""
        return moving(self.due)


def moving(due: Due) -> Convention:
    """How a due date is moved off days that are not worked."""
    last = due.course.steps[-1] if due.course.steps else None
    return last.convention if isinstance(last, Adjust) else Convention.NONE


def fits(cycle: Cycle, cases: Sequence[Case], world: World) -> list[Fit]:
    """The due dates that meet some of the cases, those that meet most first, and of those the usual ones."""
    found: list[Fit] = []
    unasked: set[Course] = set()
    for lens in world.lenses:
        ids = world.ids(lens, cases)
        if lens.name is not None and not ids:
            continue
        calendars = {each: world.compiled[each] for each in ids}
        for each in sketched(cycle, sample(cases), calendars):
            asks = _asks(each.course)
            if asks and lens.name is None:
                continue
            days = run(Due(each.course), sample(cases), world, lens)
            if not _are_near(days, sample(cases)):
                continue
            days = run(Due(each.course), cases, world, lens)
            if asks or each.course not in unasked:
                unasked.add(each.course)
                cost = each.cost + (lens.cost if asks else 0)
                found += _fit(Due(each.course), lens, days, cases, cost)
            if lens.name is not None:
                found += _adjusted(each, lens, days, cases, world)
    found.sort(key=lambda fit: (-fit.count, fit.cost))
    return found[:MOST_FITS]


def _fit(due: Due, lens: Lens, days: Sequence[int | None], cases: Sequence[Case], cost: float) -> Iterator[Fit]:
    met = sum(1 << place for place, case in enumerate(cases) if days[place] == case.day)
    if met:
        yield Fit(due, lens, met, cost)


def _adjusted(
    each: Sketched, lens: Lens, nominal: Sequence[int | None], cases: Sequence[Case], world: World
) -> Iterator[Fit]:
    """The ways in which a course may be moved off days that are not worked: of its dates, the engine's own."""
    calendars = [world.compiled[world.calendar_of(lens, case.listed.unit) or ""] for case in cases]
    for convention, cost in CONVENTIONS[1:]:
        days = [
            _moved(day, convention, calendar) if day is not None else None
            for day, calendar in zip(nominal, calendars, strict=True)
        ]
        course = attrs.evolve(each.course, steps=(*each.course.steps, Adjust(convention)))
        likely = 0.6 if (convention, lens.name) in world.usual else 0
        yield from _fit(Due(course), lens, days, cases, each.cost + cost + lens.cost - likely)
    if lens.name in EXTENDING and isinstance(each.course.anchor, DayOfMonth) and not each.course.steps:
        for by, cost in _EXTENSIONS:
            course = attrs.evolve(each.course, steps=(Extend(3, by), Adjust(Convention.FOLLOWING)))
            due = Due(course, opens=Course(PeriodStart()))
            yield from _fit(due, lens, run(due, cases, world, lens), cases, each.cost + cost)


def _moved(day: int, convention: Convention, calendar: WorkingCalendar) -> int | None:
    try:
        return adjust(day, convention, calendar)
    except CalendarError:
        return None


def _asks(course: Course) -> bool:
    return any(asks_calendar(part) for part in (course.anchor, *course.steps))


def _are_near(days: Sequence[int | None], cases: Sequence[Case]) -> bool:
    """Whether a course leads near half of the dates, so that moving it off holidays could meet them."""
    near = sum(day is not None and abs(day - case.day) <= NEAR for day, case in zip(days, cases, strict=True))
    return 2 * near >= len(cases)


def run(due: Due, cases: Sequence[Case], world: World, lens: Lens) -> list[int | None]:
    """The dates to which a due date leads for the periods of some cases; None where it gives none."""
    runners: dict[str | None, Runner] = {}
    opening = Runner(due.opens, Calendars({}, None, None, None)) if due.opens is not None else None
    found: list[int | None] = []
    for case in cases:
        calendar = world.calendar_of(lens, case.listed.unit)
        if calendar not in runners:
            runners[calendar] = Runner(due.course, Calendars(world.compiled, None, None, calendar))
        period = case.period
        try:
            opened = opening.run(period.first, period.last) if opening is not None else None
            led = runners[calendar].run(period.first, period.last, opened=opened.due if opened else None)
        except (CalendarError, DateRangeError):
            led = None
        found.append(led.due if led is not None else None)
    return found
