"""The contract once more, slowly: every unit by itself, every period by itself, every day by itself.

It shares nothing with the engine but the model's values: no windows, no cohorts, no ordinals, no look-up
tables. It looks at all periods between two days that lie far outside what is compared.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import ListOfPeriods
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds, Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    MonthEnd,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WeekdayOfWeek,
)
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where
from cyclekit.model.timing import Dates, Every, Once, Standing
from tests.properties.rfc5545 import instances

WORLD = Span(dt.date(2015, 1, 1), dt.date(2034, 12, 31))
#: The engine looks at more periods than it needs, so its calendars reach farther.
COMPILED = Span(dt.date(2000, 1, 1), dt.date(2049, 12, 31))
ONE_DAY = dt.timedelta(days=1)


@attrs.frozen
class DayBook:
    """A working-day calendar as an author thinks of it: weekends, closed days, days that are worked all the same."""

    id: str
    weekend: frozenset[int] = frozenset({5, 6})
    closed: frozenset[dt.date] = frozenset()
    opened: frozenset[dt.date] = frozenset()
    known_from: dt.date | None = None
    known_until: dt.date | None = None
    estimated: frozenset[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Whether this day is worked."""
        return day in self.opened or (day not in self.closed and day.weekday() not in self.weekend)

    def compiled(self, span: Span = COMPILED) -> WorkingCalendar:
        """The same calendar as the engine wants it."""
        return _compiled(self, span)


@lru_cache(maxsize=32)
def _compiled(book: DayBook, span: Span) -> WorkingCalendar:
    return WorkingCalendar(
        book.id,
        span.first.toordinal(),
        span.last.toordinal(),
        weekend=book.weekend,
        closed={day.toordinal(): "closed" for day in book.closed},
        opened=[day.toordinal() for day in book.opened],
        known_from=book.known_from.toordinal() if book.known_from else None,
        known_until=book.known_until.toordinal() if book.known_until else None,
        estimated=[day.toordinal() for day in book.estimated],
    )


class Fact(NamedTuple):
    """One occurrence as the contract describes it, in the order in which occurrences are listed."""

    due: dt.date
    rulebook: str
    obligation: str
    unit: str
    period: str
    number: int
    span: Span
    opens: dt.date | None
    nominal: dt.date
    status: str
    provisional: bool
    absorbed_by: str | None
    units: tuple[str, ...]


class Period(NamedTuple):
    """A period with its label and its place in the year."""

    first: dt.date
    last: dt.date
    label: str
    position: str


class Way(NamedTuple):
    """Where a course led: the two dates, and every day of a calendar that had to be known."""

    nominal: dt.date
    due: dt.date
    looked_at: tuple[tuple[DayBook, dt.date], ...]

    @property
    def provisional(self) -> bool:
        """Whether one of the days is not known yet."""
        return any(
            (book.known_until and day > book.known_until) or day in book.estimated for book, day in self.looked_at
        )

    @property
    def unknown(self) -> bool:
        """Whether one of the days is older than the data."""
        return any(book.known_from and day < book.known_from for book, day in self.looked_at)


# ------------------------------------------------------------------------------------------------- periods


def begin(month: int, day: int) -> dt.date:
    """A day of a month counted as 12 × year + month − 1, or the month's last."""
    year, index = divmod(month, 12)
    return dt.date(year, index + 1, min(day, calendar.monthrange(year, index + 1)[1]))


@cache
def all_periods(cycle: Cycle, world: Span = WORLD) -> tuple[Period, ...]:
    """Every period of a cycle that lies in the world."""
    found = _written(cycle, world) if isinstance(cycle, Recurrence | ListOfPeriods) else _periods(cycle, world)
    return tuple(each for each in found if world.first <= each.first and each.last <= world.last)


def _periods(cycle: Days | Weeks | Months | PartsOfMonth, world: Span) -> Iterator[Period]:
    match cycle:
        case Days(n=n, origin=origin) | Weeks(n=n, origin=origin):
            length = n * (7 if isinstance(cycle, Weeks) else 1)
            day = world.first
            while (day.toordinal() - origin) % length:
                day += ONE_DAY
            while day <= world.last:
                last = day + (length - 1) * ONE_DAY
                weekly = isinstance(cycle, Weeks) and day.weekday() == 0
                yield Period(day, last, by_weeks(day, last) if weekly else by_days(day, last), "")
                day = last + ONE_DAY
        case Months(n=n, phase=phase, year=year):
            for month in range(12 * world.first.year, 12 * world.last.year):
                if (month - phase) % n == 0:
                    first, last = begin(month, year.day), begin(month + n, year.day) - ONE_DAY
                    yield Period(first, last, by_months(cycle, month, first, last), place_in_year(cycle, month))
        case PartsOfMonth(starts=starts):
            for month in range(12 * world.first.year, 12 * world.last.year + 12):
                firsts = [begin(month, each) for each in starts]
                ends = [each - ONE_DAY for each in firsts[1:]] + [begin(month, 31)]
                for first, last in zip(firsts, ends, strict=True):
                    yield Period(first, last, by_days(first, last), "")


def _written(cycle: Recurrence | ListOfPeriods, world: Span) -> Iterator[Period]:
    if isinstance(cycle, Recurrence):
        for day in instances(cycle, world.last):
            yield Period(day, day, by_days(day, day), "")
        return
    for each in cycle.entries:
        yield Period(dt.date.fromordinal(each.first), dt.date.fromordinal(each.last), each.label, "")


def by_days(first: dt.date, last: dt.date) -> str:
    """``2023-05-01``, ``2023-05-01..15``, ``2023-05-30..06-02``, ``2023-12-31..2024-01-02``."""
    if first == last:
        return f"{first:%Y-%m-%d}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m-%d}..{last:%d}"
    return f"{first:%Y-%m-%d}..{last:%m-%d}" if first.year == last.year else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


def by_weeks(first: dt.date, last: dt.date) -> str:
    """``2023-W25``, ``2023-W25..W26``, ``2023-W52..2024-W01``."""
    if (last - first).days == 6:
        return f"{first:%G-W%V}"
    return f"{first:%G-W%V}..{last:W%V}" if f"{first:%G}" == f"{last:%G}" else f"{first:%G-W%V}..{last:%G-W%V}"


def by_months(cycle: Months, month: int, first: dt.date, last: dt.date) -> str:
    """The cycle's own spelling where it has one, and otherwise both ends in one form."""
    year = cycle.year
    fiscal = (year.month, year.day) != (1, 1)
    named = (month - (year.month - 1)) // 12 + (1 if fiscal and year.named_last else 0)
    name = f"FY{named:04}" if fiscal else f"{named:04}"
    match cycle.spelling:
        case "year":
            return name
        case "years" if (month - (year.month - 1)) % 12 == 0:
            end = named + cycle.n // 12 - 1
            return f"{name}..FY{end:04}" if fiscal else f"{name}..{end:04}"
        case "quarter" | "half_year":
            return name + place_in_year(cycle, month)
        case "month" if fiscal and year.day > 1:
            return f"{name}-M{int(place_in_year(cycle, month)):02}"
    if year.day > 1:
        return by_days(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y-%m}..{last:%m}" if first.year == last.year else f"{first:%Y-%m}..{last:%Y-%m}"


def place_in_year(cycle: Months, month: int) -> str:
    """``Q1`` to ``Q4``, ``H1``, ``H2``, or the number of the month, in its year, in which the period ends."""
    place = (month - (cycle.year.month - 1)) % 12
    match cycle.spelling:
        case "quarter":
            return ("Q1", "Q2", "Q3", "Q4")[place // 3]
        case "half_year":
            return ("H1", "H2")[place // 6]
        case "year" | "years":
            return ""
        case _:
            return str((place + cycle.n) % 12 or 12)


# ------------------------------------------------------------------------------------------------- courses


class Shelf(NamedTuple):
    """The calendars, and which of them the obligation and the unit (or else the file) name."""

    books: dict[str, DayBook]
    obligation: str | None
    unit: str | None

    def nearest(self, *names: str | None) -> DayBook:
        """The calendar that the first of these names, or else the obligation, or else the unit."""
        name = next((each for each in (*names, self.obligation) if each), "unit")
        return self.books[(self.unit or "") if name == "unit" else name]


def run(course: Course, first: dt.date, last: dt.date, shelf: Shelf) -> Way | None:
    """The dates of one period; None where it has no occurrence."""
    day = anchor_of(course, first, last)
    return None if day is None else walk(course, day, shelf)


def walk(course: Course, day: dt.date, shelf: Shelf) -> Way | None:
    """The steps alone."""
    days: list[dt.date] = [day]
    looked: list[tuple[DayBook, dt.date]] = []
    for step in course.steps:
        moved: dt.date | None
        if isinstance(step, Add):
            moved = added(day, step)
        elif step.convention is Convention.NONE:
            moved = day
        else:
            book = shelf.nearest(step.calendar, course.calendar)
            moved, seen = adjusted(day, step.convention, book)
            looked += [(book, each) for each in seen]
        if moved is None:
            # Left out for what a day is that nobody knows: it would be wrong to say that nothing is due.
            skipped = Way(day, day, tuple(looked))
            return skipped if skipped.unknown else None
        day = moved
        days.append(day)
    steps = list(course.steps)
    while steps and isinstance(steps[-1], Adjust):
        steps.pop()
    return Way(days[len(steps)], day, tuple(looked))


def months_later(day: dt.date, months: int) -> int:
    """The month so many months after a day's, as 12 × year + month − 1."""
    return 12 * day.year + day.month - 1 + months


def that_day(month: int, day: int, month_end: MonthEnd) -> dt.date | None:
    """A day of a month, or what ``month_end`` makes of one that is missing."""
    year, index = divmod(month, 12)
    if day <= calendar.monthrange(year, index + 1)[1]:
        return dt.date(year, index + 1, day)
    if month_end is MonthEnd.SKIP:
        return None
    return begin(month + 1, 1) if month_end is MonthEnd.NEXT else begin(month, 31)


def added(day: dt.date, step: Add) -> dt.date | None:
    """A shift by days, weeks, months or years."""
    if step.unit in ("days", "weeks"):
        return day + step.amount * (7 if step.unit == "weeks" else 1) * ONE_DAY
    month = months_later(day, step.amount * (12 if step.unit == "years" else 1))
    if step.month_end is MonthEnd.STICKY and (day + ONE_DAY).day == 1:
        return begin(month, 31)
    return that_day(month, day.day, step.month_end)


def anchor_of(course: Course, first: dt.date, last: dt.date) -> dt.date | None:
    """The day that the anchor names."""
    match course.anchor:
        case PeriodStart():
            return first
        case PeriodEnd():
            return last
        case WeekdayOfWeek(weekday=weekday):
            return next(last - back * ONE_DAY for back in range(7) if (last - back * ONE_DAY).weekday() == weekday)
        case DateOfYear(month=month, day=day, years=years, month_end=month_end):
            return that_day(12 * (last.year + years) + month - 1, day, month_end)
        case DayOfMonth(day=day, month=which, month_end=month_end):
            month = month_meant(which, first, last)
            if day > 0:
                return that_day(month, day, month_end)
            found = begin(month + 1, 1) + day * ONE_DAY
            return found if found >= begin(month, 1) else None
        case WeekdayOfMonth(weekday=weekday, nth=nth, month=which):
            month = month_meant(which, first, last)
            days = [begin(month, number) for number in range(1, begin(month, 31).day + 1)]
            fitting = [day for day in days if day.weekday() == weekday]
            if nth == -1:
                return fitting[-1]
            return fitting[nth - 1] if nth <= len(fitting) else None


def month_meant(which: str | int, first: dt.date, last: dt.date) -> int:
    """Which month: a period shorter than the month it begins in counts as the month in which it ends."""
    length = (last - first).days + 1
    shorter = length < calendar.monthrange(first.year, first.month)[1]
    begins = months_later(last if shorter else first, 0)
    match which:
        case "first":
            return begins
        case "last":
            return months_later(last, 0)
        case "next":
            return months_later(last, 1)
        case "previous":
            return begins - 1
        case number:
            return begins + int(number) - 1


def adjusted(day: dt.date, convention: Convention, book: DayBook) -> tuple[dt.date | None, list[dt.date]]:
    """Off the days that do not count, one day at a time; and every day that was looked at."""
    seen = [day]
    if book.is_working(day):
        return day, seen
    match convention:
        case Convention.SKIP:
            return None, seen
        case Convention.FOLLOWING:
            return _stepping(day, 1, book, seen)
        case Convention.PRECEDING:
            return _stepping(day, -1, book, seen)
        case Convention.NEAREST:
            return _either_side(day, book, seen)
        case _:
            return _within(day, convention, book, seen)


def _either_side(day: dt.date, book: DayBook, seen: list[dt.date]) -> tuple[dt.date, list[dt.date]]:
    step = ONE_DAY
    while True:
        for each in (day + step, day - step):
            seen.append(each)
            if book.is_working(each):
                return each, seen
        step += ONE_DAY


def _within(day: dt.date, convention: Convention, book: DayBook, seen: list[dt.date]) -> tuple[dt.date, list[dt.date]]:
    """To one side as far as the month or its half goes, and otherwise to the other side."""
    step = -1 if convention is Convention.MODIFIED_PRECEDING else 1
    other = day + step * ONE_DAY
    while _same_part(other, day, convention):
        seen.append(other)
        if book.is_working(other):
            return other, seen
        other += step * ONE_DAY
    return _stepping(day, -step, book, seen)


def _same_part(one: dt.date, other: dt.date, convention: Convention) -> bool:
    halves = convention is Convention.HALF_MONTH_MODIFIED_FOLLOWING
    return (one.year, one.month) == (other.year, other.month) and (not halves or (one.day > 15) == (other.day > 15))


def _stepping(day: dt.date, step: int, book: DayBook, seen: list[dt.date]) -> tuple[dt.date, list[dt.date]]:
    while not book.is_working(day):
        day += step * ONE_DAY
        seen.append(day)
    return day, seen


# ---------------------------------------------------------------------------------------------------- units


def means(selector: Selector, roster: Roster, unit: str) -> bool:
    """Whether a selector means a unit."""
    number = roster.index[unit]
    match selector:
        case Everyone():
            return True
        case UnitId(id=wanted):
            return unit == wanted
        case Kind(kind=kind):
            return roster.kinds[number] == kind
        case Where(tests=tests, excluded=excluded):
            held = all(_holds(name, value, roster, unit) for name, value in tests)
            return held and not any(means(each, roster, unit) for each in excluded)


def _holds(name: str, value: str, roster: Roster, unit: str) -> bool:
    number = roster.index[unit]
    match name:
        case "id":
            return unit == value
        case "kind":
            return roster.kinds[number] == value
        case "tag":
            return value in roster.tags[number]
        case "under":
            while number >= 0:
                if roster.ids[number] == value:
                    return True
                number = roster.parents[number]
            return False
        case _:
            return roster.attributes[name][number] == value


def selected(selection: Selection, roster: Roster, unit: str) -> bool:
    """Whether a selection means a unit."""
    return any(means(each, roster, unit) for each in selection.parts) and not any(
        means(each, roster, unit) for each in selection.excluded
    )


def overlaps(bounds: Bounds, first: dt.date, last: dt.date) -> bool:
    """Whether a span of days has a day within bounds."""
    return not (bounds.first and last < bounds.first) and not (bounds.last and first > bounds.last)


def is_empty(one: Bounds, other: Bounds) -> bool:
    """Whether nothing lies within both."""
    firsts = [each.first for each in (one, other) if each.first]
    lasts = [each.last for each in (one, other) if each.last]
    return bool(firsts) and bool(lasts) and max(firsts) > min(lasts)


# ------------------------------------------------------------------------------------------------ schedules


@attrs.define
class _Found:
    """An occurrence while exceptions and absorption are still to come."""

    obligation: Obligation
    unit: str
    units: tuple[str, ...]
    period: Period
    number: int
    opens: dt.date | None
    way: Way
    due: dt.date
    status: str = "scheduled"
    provisional: bool = False
    unknown: bool = False
    absorbed_by: str | None = None


class UnknownDaysError(Exception):
    """A date of the horizon rests on days before the data begin."""


def occurrences(
    book: Rulebook, horizon: Span, calendars: dict[str, DayBook], known_on: dt.date | None = None
) -> list[Fact]:
    """What the contract says is due in the horizon, in the stated order, as known on a day. Raises UnknownDaysError."""
    found = [each for obligation in book for each in _of_obligation(book, obligation, calendars, known_on)]
    _absorb(found)
    inside = [each for each in found if each.due in horizon]
    if any(each.unknown for each in inside):
        raise UnknownDaysError
    return sorted(_fact(book, each) for each in inside)


def _fact(book: Rulebook, each: _Found) -> Fact:
    return Fact(
        each.due,
        book.id,
        each.obligation.id,
        each.unit,
        each.period.label,
        each.number,
        Span(each.period.first, each.period.last),
        each.opens,
        each.way.nominal,
        each.status,
        each.provisional,
        each.absorbed_by,
        each.units,
    )


def is_known(announced: dt.date | None, known_on: dt.date | None) -> bool:
    """Whether something announced on a day is known on another; what has no day is known always."""
    return announced is None or known_on is None or announced <= known_on


def _of_obligation(
    book: Rulebook, obligation: Obligation, calendars: dict[str, DayBook], known_on: dt.date | None
) -> Iterator[_Found]:
    """Each period of each form, where that is the form in which its unit owes it in that very period."""
    roster = book.roster
    owing = [unit for unit in roster.ids if selected(obligation.selection, roster, unit)]
    forms = [obligation, *(change.result for change in obligation.changes)]
    for place, form in enumerate(forms):
        units = owing
        if obligation.jointly:
            units = [form.lead] if owing and form.lead else []
        for unit in units:
            together = tuple(sorted(owing)) if obligation.jointly else (unit,)
            for occurrence in _of_unit(book, form, unit, together, calendars, known_on):
                if _counts(roster, obligation, unit, occurrence.period, known_on) == place:
                    yield occurrence


def _counts(roster: Roster, obligation: Obligation, unit: str, period: Period, known_on: dt.date | None) -> int:
    """Which form counts for a unit and a period: the last change that holds for both and is known, or 0 for none."""
    counting = 0
    for place, change in enumerate(obligation.changes, 1):
        holds = change.since is None or period.first >= change.since
        if holds and is_known(change.announced, known_on) and selected(change.units, roster, unit):
            counting = place
    return counting


def _of_unit(
    book: Rulebook,
    obligation: Obligation,
    unit: str,
    units: tuple[str, ...],
    calendars: dict[str, DayBook],
    known_on: dt.date | None,
) -> Iterator[_Found]:
    roster = book.roster
    number = roster.index[unit]
    shelf = Shelf(calendars, obligation.calendar, roster.calendars[number] or book.calendar)
    bounds = (book.bounds, obligation.bounds)
    if is_empty(*bounds):
        return
    for period, place, due, start in _dues(obligation, roster.year_starts[number]):
        if not all(overlaps(each, period.first, period.last) for each in bounds):
            continue
        there = tuple(each for each in units if _is_there(roster, each, period))
        if not there:
            continue
        if isinstance(obligation.timing, Every) and obligation.timing.drop_stubs and _is_cut(bounds, period):
            continue
        way = run(due.course, period.first, period.last, shelf) if start is None else walk(due.course, start, shelf)
        if way is None:
            continue
        opening = run(due.opens, period.first, period.last, shelf) if due.opens else None
        occurrence = _Found(obligation, unit, there, period, place, opening.due if opening else None, way, way.due)
        ways = [each for each in (way, opening) if each is not None]
        occurrence.provisional = any(each.provisional for each in ways)
        occurrence.unknown = any(each.unknown for each in ways)
        for exception in sorted(obligation.exceptions, key=lambda each: each.number is not None):
            if is_known(exception.announced, known_on):
                _except(roster, obligation, occurrence, exception)
        yield occurrence


def _is_there(roster: Roster, unit: str, period: Period) -> bool:
    """Whether a unit exists in some part of a period."""
    active = roster.active[roster.index[unit]]
    return not active or any(overlaps(each, period.first, period.last) for each in active)


def _is_cut(bounds: tuple[Bounds, ...], period: Period) -> bool:
    return any((b.first and period.first < b.first) or (b.last and period.last > b.last) for b in bounds)


def _dues(obligation: Obligation, year: YearStart | None) -> Iterator[tuple[Period, int, Due, dt.date | None]]:
    """Each period with each of its dues, numbered; and the date to start from where it is given."""
    match obligation.timing:
        case Every(cycle=cycle, plan=plan, only=only, skip=skip, year_of_unit=of_unit):
            if of_unit and year and isinstance(cycle, Months):
                named = attrs.evolve(year, named_last=cycle.year.named_last)
                cycle = attrs.evolve(cycle, year=named, phase=year.month - 1)
            for period in all_periods(cycle):
                if period.position not in skip and (not only or period.position in only):
                    for number, due in enumerate(plan.at(period.position), 1):
                        yield period, number, due, None
        case Once(span=span, before=before, due=due):
            start = span.first - ONE_DAY if before else span.last
            yield Period(span.first, span.last, "once", ""), 1, due, start
        case Dates(entries=entries, due=due):
            for entry in entries:
                yield Period(entry.span.first, entry.span.last, entry.label, ""), 1, due, entry.date
        case Standing():
            return


def _except(roster: Roster, obligation: Obligation, occurrence: _Found, exception: PeriodException) -> None:
    timing = obligation.timing
    by_unit = isinstance(timing, Every) and timing.year_of_unit and exception.label.startswith("FY")
    if by_unit or isinstance(timing, Dates):
        meant = exception.label == occurrence.period.label
    else:
        meant = (occurrence.period.first, occurrence.period.last) == (exception.span.first, exception.span.last)
    if not meant or exception.number not in (None, occurrence.number):
        return
    units = exception.units
    if units is not None and not any(selected(units, roster, unit) for unit in occurrence.units):
        return
    if exception.due is None:
        occurrence.status = "waived"
    else:
        occurrence.status, occurrence.due = "scheduled", exception.due
        occurrence.provisional = occurrence.unknown = False


def _absorb(found: list[_Found]) -> None:
    """Mark what another stands for: for each unit that owes it, that one has the same nominal date."""
    standing_for: dict[tuple[str, dt.date, str], set[str]] = {}
    for each in found:
        if each.status != "waived":
            for absorbed in each.obligation.absorbs:
                place = (absorbed, each.way.nominal, each.obligation.id)
                standing_for.setdefault(place, set()).update(each.units)
    absorbers = sorted({place[2] for place in standing_for})
    for each in found:
        for absorber in absorbers:
            units = standing_for.get((each.obligation.id, each.way.nominal, absorber), set())
            if each.status == "scheduled" and set(each.units) <= units:
                each.status, each.absorbed_by = "absorbed", absorber


def facts(schedule: Schedule) -> list[Fact]:
    """A schedule in the same words."""
    return [
        Fact(
            each.due,
            each.key.rulebook,
            each.key.obligation,
            each.key.unit,
            each.key.period,
            each.key.number,
            Span(*map(dt.date.fromordinal, each.period_days)),
            each.opens,
            each.nominal,
            each.status.value,
            each.provisional,
            each.absorbed_by,
            tuple(unit.id for unit in each.units),
        )
        for each in schedule
    ]
