"""Rulebooks as values, drawn so that their rules meet: few days, few units, everything close together.

All shrink towards one unit, one monthly obligation due on the last day, and no calendar.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import Change, Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueByPosition,
    DueList,
    DuePlan,
    MonthEnd,
    PeriodEnd,
    PeriodStart,
    Step,
    WeekdayOfMonth,
    WeekdayOfWeek,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, Once, Standing, Timing
from tests.properties.oracle import DayBook, all_periods
from tests.properties.rfc5545 import recurrences

T = TypeVar("T")
UNITS = ("a", "b", "c", "d")
OBLIGATIONS = ("r1", "r2", "r3", "r4")
CALENDARS = ("weekdays", "all_days", "odd", "late")
WORLD_OF_EXCEPTIONS = Span(dt.date(2021, 1, 1), dt.date(2028, 12, 31))
#: Never answers "no such day" with an error: that one is tested by itself.
MONTH_ENDS = (MonthEnd.CLAMP, MonthEnd.NEXT, MonthEnd.SKIP, MonthEnd.STICKY)


def days(
    first: dt.date = WORLD_OF_EXCEPTIONS.first, last: dt.date = WORLD_OF_EXCEPTIONS.last
) -> st.SearchStrategy[dt.date]:
    """Days of the years in which rules are compared."""
    return st.dates(first, last)


def mostly(usual: st.SearchStrategy[T], other: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """The usual three times out of four: ``|`` would take the same strategy only once."""
    return st.integers(0, 3).flatmap(lambda place: other if place == 3 else usual)


def spans() -> st.SearchStrategy[Span]:
    """Spans of some days up to two years."""
    return st.builds(
        lambda first, length: Span(first, first + dt.timedelta(days=length)),
        days(dt.date(2022, 6, 1), dt.date(2026, 6, 1)),
        st.sampled_from([0, 1, 13, 30, 89, 180, 365, 730]),
    )


def horizons() -> st.SearchStrategy[Span]:
    """Horizons within 2023 to 2026."""
    return st.builds(
        lambda first, length: Span(first, first + dt.timedelta(days=length)),
        days(dt.date(2023, 1, 1), dt.date(2024, 12, 31)),
        mostly(st.sampled_from([364, 730, 180, 89]), st.integers(0, 60)),
    )


# ----------------------------------------------------------------------------------------------- calendars


@st.composite
def day_books(draw: st.DrawFn, *, id: str = "odd", data_begin: bool = False) -> DayBook:  # noqa: A002 (the field's own word)
    """Calendars with closures of up to five weeks, worked weekends, and an end to what is known."""
    closed: set[dt.date] = set()
    for first in draw(st.lists(days(dt.date(2022, 10, 1), dt.date(2027, 3, 1)), max_size=4)):
        closed |= {first + dt.timedelta(days=each) for each in range(draw(st.sampled_from([1, 3, 9, 20, 35])))}
    opened = draw(st.sets(days(dt.date(2022, 10, 1), dt.date(2027, 3, 1)), max_size=6))
    known_from = draw(st.none() | days(dt.date(2022, 10, 1), dt.date(2024, 3, 1))) if data_begin else None
    return DayBook(
        id,
        draw(st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset[int]()])),
        frozenset(closed),
        frozenset(opened),
        known_from,
        draw(st.none() | days(dt.date(2023, 6, 1), dt.date(2026, 6, 1))),
        frozenset(draw(st.sets(st.sampled_from(sorted(closed)), max_size=3))) if closed else frozenset(),
    )


@st.composite
def calendar_shelves(draw: st.DrawFn, *, data_begin: bool = False) -> dict[str, DayBook]:
    """``weekdays``, ``all_days``, and two that are drawn."""
    return {
        "weekdays": DayBook("weekdays"),
        "all_days": DayBook("all_days", frozenset()),
        "odd": draw(day_books(id="odd", data_begin=data_begin)),
        "late": draw(day_books(id="late", data_begin=data_begin)),
    }


# -------------------------------------------------------------------------------------------------- cycles


def year_starts() -> st.SearchStrategy[YearStart]:
    """The calendar year, and fiscal ones from the 1st and from other days."""
    named = st.sampled_from([(1, 1), (4, 1), (7, 1), (10, 1), (4, 6), (2, 15), (12, 31), (1, 2)])
    return st.builds(lambda day, last: YearStart(day[0], day[1], named_last=last), named, st.booleans())


@st.composite
def month_cycles(draw: st.DrawFn) -> Months:
    """Cycles of months with and without a fiscal year or an origin."""
    year = draw(st.just(YearStart()) | year_starts())
    n, spelling = draw(
        st.sampled_from(
            [
                (1, "month"),
                (3, "quarter"),
                (6, "half_year"),
                (12, "year"),
                *((n, "months") for n in (2, 4, 5, 18)),
                *((n, "years") for n in (24, 36)),
            ]
        )
    )
    free = spelling in ("months", "years")
    return Months(n, spelling, draw(st.integers(0, n - 1)) if free else year.offset % n, year)


def day_cycles() -> st.SearchStrategy[Days]:
    """Every day, every ten days and the like."""
    return st.builds(Days, st.sampled_from([30, 10, 45, 1]), st.integers(738_000, 738_100))


def week_cycles() -> st.SearchStrategy[Weeks]:
    """Weeks from any weekday, singly and several."""
    return st.builds(Weeks, st.integers(1, 5), st.integers(738_000, 738_040))


def cycles() -> st.SearchStrategy[Cycle]:
    """Cycles of every kind."""
    parts: st.SearchStrategy[PartsOfMonth] = st.sampled_from([HALF_MONTH, TEN_DAYS])
    return month_cycles() | week_cycles() | parts | day_cycles()


@st.composite
def lists_of_periods(draw: st.DrawFn) -> ListOfPeriods:
    """One to four periods of a day to some years, with and without days between them."""
    marks = sorted(draw(st.sets(days(), min_size=1, max_size=8)))
    ends = [*marks[1:], marks[-1] + dt.timedelta(days=draw(st.sampled_from([0, 30, 400])))]
    whole = [
        (first.toordinal(), last.toordinal() - draw(st.integers(0, 1)) * (first < last))
        for first, last in zip(marks, ends, strict=True)
    ][::2]
    return ListOfPeriods(tuple(Period(first, last, f"p{number}") for number, (first, last) in enumerate(whole)))


def written_cycles() -> st.SearchStrategy[Cycle]:
    """Cycles that leave days out, with a period in 2023: lists, and rules of RFC 5545 that soon come to an end."""
    ending = recurrences().map(lambda rule: rule if rule.count or rule.until else attrs.evolve(rule, count=60))
    return (lists_of_periods() | ending).filter(
        lambda cycle: any(each.first.year <= 2023 <= each.last.year for each in all_periods(cycle))
    )


# ------------------------------------------------------------------------------------------------- courses


def months_of_period() -> st.SearchStrategy[str | int]:
    """Which month of the period is meant."""
    return st.sampled_from(["last", "first", "next", "previous", 1, 2, 5])


@st.composite
def anchors(draw: st.DrawFn, *, weekly: bool = False) -> Anchor:
    """Every anchor; days near the ends of months, where they differ."""
    month_end = draw(st.sampled_from(MONTH_ENDS))
    near_end = st.sampled_from([-1, 1, 15, 20, 28, 29, 30, 31, -2, -29, -30, -31])
    which = draw(months_of_period())
    if weekly and draw(st.booleans()):
        return WeekdayOfWeek(draw(st.integers(0, 6)))
    ends: st.SearchStrategy[Anchor] = st.sampled_from([PeriodEnd(), PeriodStart()])
    found: st.SearchStrategy[Anchor] = (
        ends
        | st.builds(lambda day: DayOfMonth(day, which, month_end), near_end)  # type: ignore[arg-type]
        | st.builds(
            lambda weekday, nth: WeekdayOfMonth(weekday, nth, which),  # type: ignore[arg-type]
            st.integers(0, 6),
            st.sampled_from([1, 3, 5, -1]),
        )
        | st.builds(
            lambda day, years: DateOfYear(day[0], day[1], years, month_end),
            st.sampled_from([(6, 30), (12, 31), (1, 1), (2, 29)]),
            st.sampled_from([0, 1, -1]),
        )
    )
    return draw(found)


def adjusts(ids: Sequence[str] = CALENDARS) -> st.SearchStrategy[Adjust]:
    """Every convention, by the nearest calendar or by one of its own."""
    return st.builds(Adjust, st.sampled_from(list(Convention)[::-1]), st.none() | st.sampled_from([*ids, "unit"]))


def adds() -> st.SearchStrategy[Add]:
    """Shifts by up to a year, both ways."""
    return st.builds(
        lambda shift, sign, month_end: Add(sign * shift[0], shift[1], month_end),
        st.sampled_from(
            [
                *((n, "days") for n in (1, 10, 60)),
                *((n, "weeks") for n in (1, 8)),
                *((n, "months") for n in (1, 6)),
                (1, "years"),
            ]
        ),
        st.sampled_from([1, -1]),
        st.sampled_from(MONTH_ENDS),
    )


@st.composite
def courses(draw: st.DrawFn, *, weekly: bool = False) -> Course:
    """An anchor, up to two shifts, and adjusting before, between and after them."""
    steps: list[Step] = list(draw(st.lists(adds() | adjusts(), max_size=2)))
    if draw(st.booleans()):
        steps += draw(st.lists(adjusts(), min_size=1, max_size=2))
    anchor = draw(anchors(weekly=weekly))
    return Course(anchor, tuple(steps), draw(st.none() | st.sampled_from([*CALENDARS, "unit"])))


def single_dues(course: st.SearchStrategy[Course] | None = None) -> st.SearchStrategy[Due]:
    """One due date, with and without an opening."""
    each = courses() if course is None else course
    return st.builds(Due, each, st.none() | courses())


@st.composite
def plans(draw: st.DrawFn, cycle: Cycle, course: st.SearchStrategy[Course]) -> DuePlan:
    """One due date, several, or one for each quarter or half."""
    if isinstance(cycle, Months) and cycle.spelling in ("quarter", "half_year") and draw(st.integers(0, 3)) == 3:
        names = ("Q1", "Q2", "Q3", "Q4") if cycle.spelling == "quarter" else ("H1", "H2")
        return DueByPosition(tuple((name, draw(single_dues(course))) for name in names))
    return DueList(tuple(draw(st.lists(single_dues(course), min_size=1, max_size=3))))


# -------------------------------------------------------------------------------------------------- timing


def _fitting(cycle: Cycle, course: st.SearchStrategy[Course]) -> st.SearchStrategy[Course]:
    return mostly(course, courses(weekly=True)) if isinstance(cycle, Weeks) else course


@st.composite
def every(draw: st.DrawFn, course: st.SearchStrategy[Course]) -> Every:
    """Recurring timings of all kinds."""
    cycle = draw(mostly(cycles(), written_cycles()))
    positions = sorted({each.position for each in all_periods(cycle)} - {""})
    chosen = frozenset(draw(st.sets(st.sampled_from(positions), max_size=2))) if positions else frozenset[str]()
    if len(chosen) == len(positions):
        chosen = frozenset()
    only = draw(st.booleans())
    return Every(
        cycle,
        draw(plans(cycle, _fitting(cycle, course))),
        chosen if only else frozenset(),
        frozenset() if only else chosen,
        year_of_unit=isinstance(cycle, Months) and cycle.spelling not in ("months", "years") and draw(st.booleans()),
        drop_stubs=draw(st.booleans()),
    )


@st.composite
def dates(draw: st.DrawFn, course: st.SearchStrategy[Course]) -> Dates:
    """Explicit calendars, some of whose labels are spans that lie elsewhere than their dates."""
    entries = [
        Dated(f"x{number}", draw(spans() | st.just(Span(day, day))), day)
        for number, day in enumerate(draw(st.lists(days(), min_size=1, max_size=4)))
    ]
    return Dates(tuple(entries), Due(attrs.evolve(draw(course), anchor=PeriodEnd()), draw(st.none() | courses())))


def timings(course: st.SearchStrategy[Course]) -> st.SearchStrategy[Timing]:
    """Every kind of timing, most of them recurring."""
    recurring = every(course)
    once = st.builds(
        lambda span, before, each: Once(
            span, before, attrs.evolve(each, course=attrs.evolve(each.course, anchor=PeriodEnd()))
        ),
        spans(),
        st.booleans(),
        single_dues(course),
    )
    return mostly(recurring, mostly(once | dates(course), st.just(Standing())))


# ----------------------------------------------------------------------------------------------------- who


def bounds() -> st.SearchStrategy[Bounds]:
    """Open at both ends, at one, or closed."""
    some = st.none() | days(dt.date(2022, 1, 1), dt.date(2026, 12, 31))
    drawn = st.builds(
        lambda one, other: Bounds(min(one, other), max(one, other)) if one and other else Bounds(one, other), some, some
    )
    return mostly(st.just(Bounds()), drawn)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """One to four units in any order, some above others, with kinds, tags, calendars, years and active spans."""
    ids = draw(st.permutations(UNITS[: draw(st.integers(1, len(UNITS)))]))
    count = len(ids)
    spans_of_units = mostly(st.just(()), active_spans())
    # A unit may stand below any that comes before it in a hidden order, wherever that stands in the list.
    order = draw(st.permutations(range(count)))
    parents = [NO_PARENT] * count
    for place, unit in enumerate(order):
        if place and draw(st.booleans()):
            parents[unit] = order[draw(st.integers(0, place - 1))]
    return Roster(
        ids,
        kinds=draw(st.lists(st.sampled_from([None, "county", "office"]), min_size=count, max_size=count)),
        parents=parents,
        tags=[frozenset(draw(st.sets(st.sampled_from(["x", "y"])))) for _ in ids],
        calendars=draw(st.lists(st.sampled_from([None, "odd", "late", "weekdays"]), min_size=count, max_size=count)),
        year_starts=draw(st.lists(st.none() | year_starts(), min_size=count, max_size=count)),
        active=[draw(spans_of_units) for _ in ids],
        attributes={"region": draw(st.lists(st.sampled_from([None, "north"]), min_size=count, max_size=count))},
    )


@st.composite
def active_spans(draw: st.DrawFn) -> tuple[Bounds, ...]:
    """No spans, one, or two that do not meet."""
    marks = sorted(draw(st.sets(days(dt.date(2022, 1, 1), dt.date(2026, 12, 31)), max_size=4)))
    if len(marks) < 2:
        return tuple(Bounds(mark) for mark in marks)
    found = [Bounds(marks[0], marks[1])]
    if len(marks) == 4:
        found.append(Bounds(marks[2], marks[3]))
    elif len(marks) == 3:
        found.append(Bounds(marks[2], None))
    return tuple(found)


def selectors(roster: Roster) -> st.SearchStrategy[Selector]:
    """Every kind of selector."""
    ids = st.sampled_from(roster.ids)
    tests = st.lists(
        st.tuples(st.just("kind"), st.sampled_from(["county", "office"]))
        | st.tuples(st.just("tag"), st.sampled_from(["x", "y"]))
        | st.tuples(st.sampled_from(["id", "under"]), ids)
        | st.just(("region", "north")),
        min_size=1,
        max_size=2,
    ).map(tuple)
    excluded = st.lists(st.builds(UnitId, ids), max_size=1).map(tuple)
    return (
        st.just(Everyone())
        | st.builds(UnitId, ids)
        | st.builds(Kind, st.sampled_from(["county", "office"]))
        | st.builds(Where, tests, excluded)
    )


def selections(roster: Roster) -> st.SearchStrategy[Selection]:
    """Everyone, or unions of selectors less others."""
    each = selectors(roster)
    parts = st.lists(each, min_size=1, max_size=2).map(tuple)
    return mostly(st.just(Selection()), st.builds(Selection, parts, st.lists(each, max_size=1).map(tuple)))


# --------------------------------------------------------------------------------------------- obligations


def announcements() -> st.SearchStrategy[dt.date | None]:
    """Days on which something was announced, few enough to fall together; mostly none."""
    return mostly(st.none(), st.sampled_from([dt.date(2023, 3, 1), dt.date(2024, 1, 15), dt.date(2024, 11, 30)]))


def known_ons() -> st.SearchStrategy[dt.date | None]:
    """Days whose knowledge is asked for: before, on and between those announcements."""
    return st.none() | days(dt.date(2023, 1, 1), dt.date(2025, 6, 1)) | announcements()


@st.composite
def exceptions(draw: st.DrawFn, timing: Timing, roster: Roster) -> tuple[PeriodException, ...]:
    """Periods of the obligation, moved to any day of eight years or waived, for all units or some."""
    found: list[PeriodException] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        label, span = draw(_own_periods(timing, roster))
        due = draw(st.none() | days() | days(dt.date(2023, 1, 1), dt.date(2026, 12, 31)))
        number = draw(st.sampled_from([None, 1, 2])) if due is None else draw(st.sampled_from([1, 2]))
        units = draw(st.none() | selections(roster))
        reason = "" if due else "waived"
        announced = draw(announcements())
        found.append(PeriodException(label, span, number, due, reason=reason, announced=announced, units=units))
        if draw(st.integers(0, 4)) == 4:  # announced again
            found.append(attrs.evolve(found[-1], due=draw(st.none() | days()), announced=draw(announcements())))
    return tuple(found)


def _own_periods(timing: Timing, roster: Roster) -> st.SearchStrategy[tuple[str, Span]]:
    match timing:
        case Once(span=span):
            return st.just(("once", span))
        case Dates(entries=entries):
            return st.sampled_from([(each.label, each.span) for each in entries])
        case Every(cycle=cycle, year_of_unit=of_unit):
            made = [cycle]
            if of_unit and isinstance(cycle, Months):
                made += [attrs.evolve(cycle, year=year, phase=year.offset) for year in roster.year_starts if year]
            periods = [(each.label, Span(each.first, each.last)) for one in made for each in all_periods(one)]
            return st.sampled_from([each for each in periods if each[1].overlaps(WORLD_OF_EXCEPTIONS)])
        case _:
            return st.nothing()


@st.composite
def obligations(draw: st.DrawFn, id: str, roster: Roster, course: st.SearchStrategy[Course]) -> Obligation:  # noqa: A002
    """One obligation, most of them without changes; a joint one has a lead among its units."""
    selection = draw(selections(roster))
    timing = draw(timings(course))
    owing = selection.units(roster)
    joint = bool(owing) and draw(st.integers(0, 3)) == 3
    obligation = Obligation(
        id,
        timing,
        Text.of(id),
        selection,
        jointly=joint,
        lead=roster.ids[draw(st.sampled_from(owing))] if joint else None,
        bounds=draw(bounds()),
        calendar=draw(st.none() | st.sampled_from([*CALENDARS, "unit"])),
        exceptions=() if isinstance(timing, Standing) else draw(exceptions(timing, roster)),
    )
    if isinstance(timing, Standing) or draw(st.integers(0, 3)) < 3:
        return obligation
    return attrs.evolve(obligation, changes=tuple(draw(st.lists(changes(obligation, roster, course), max_size=3))))


@st.composite
def changes(draw: st.DrawFn, obligation: Obligation, roster: Roster, course: st.SearchStrategy[Course]) -> Change:
    """Another form of an obligation: for some units or all, from some day on or always, announced or known always."""
    timing = obligation.timing
    since = None if isinstance(timing, Once) else draw(st.none() | days(dt.date(2022, 6, 1), dt.date(2026, 6, 1)))
    if isinstance(timing, Every):
        other = every(course)
        # Fiscal years may be named alike before and after a change: reading refuses that.
        timing = draw(other if since is None else other.filter(_names_once)) if _names_once(timing) else timing
        timing = attrs.evolve(timing, plan=draw(plans(timing.cycle, _fitting(timing.cycle, course))))
    result = attrs.evolve(obligation, timing=timing, calendar=draw(st.none() | st.sampled_from(CALENDARS)))
    owing = obligation.selection.units(roster)
    if obligation.jointly:
        result = attrs.evolve(result, lead=roster.ids[draw(st.sampled_from(owing))])
    result = attrs.evolve(result, exceptions=draw(exceptions(timing, roster)))
    units = Selection() if obligation.jointly else draw(selections(roster))
    return Change(units, result, since, draw(announcements()))


def _names_once(timing: Timing) -> bool:
    """Whether its labels name the same days in any cycle."""
    fiscal = isinstance(timing, Every) and isinstance(timing.cycle, Months) and not timing.cycle.year.is_calendar_year
    return not fiscal and not (isinstance(timing, Every) and timing.year_of_unit)


@st.composite
def rulebooks(draw: st.DrawFn, *, id: str = "book") -> Rulebook:  # noqa: A002
    """Whole rulebooks: obligations that share courses, so that their dates fall together, and absorb each other."""
    roster = draw(rosters())
    shared = draw(st.lists(courses(), min_size=1, max_size=2))
    course = mostly(st.sampled_from(shared), courses())
    ids = OBLIGATIONS[: draw(st.integers(1, len(OBLIGATIONS)))]
    made = [draw(obligations(each, roster, course)) for each in ids]
    # Who stands for whom goes down a hidden order, so that it never goes round.
    order = draw(st.permutations(range(len(made))))
    for place, number in enumerate(order):
        below = [ids[each] for each in order[place + 1 :]]
        if below and not made[number].is_standing:
            absorbs = tuple(draw(st.lists(st.sampled_from(below), max_size=2, unique=True)))
            changes = tuple(
                attrs.evolve(each, result=attrs.evolve(each.result, absorbs=absorbs)) for each in made[number].changes
            )
            made[number] = attrs.evolve(made[number], absorbs=absorbs, changes=changes)
    return Rulebook(
        id,
        Text.of(id),
        roster,
        tuple(draw(st.permutations(made))),
        calendar=draw(st.sampled_from(["weekdays", "odd", "late"])),
        bounds=draw(bounds()),
    )


@st.composite
def meeting_rulebooks(draw: st.DrawFn, *, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """Rulebooks in which everything falls on the ends of months: absorbed, waived, moved, joint, and adjusted apart."""
    ids = draw(st.permutations(("a", "b", "c")[: draw(st.integers(1, 3))]))
    roster = Roster(ids, calendars=[draw(st.sampled_from([None, "odd", "late"])) for _ in ids])
    names = draw(st.permutations(OBLIGATIONS[: draw(st.integers(2, 4))]))
    made: list[Obligation] = []
    for place, name in enumerate(names):
        below = names[place + 1 :]
        timing = draw(_month_end_timings())
        selection = draw(
            st.just(Selection()) | st.builds(lambda unit: Selection((UnitId(unit),)), st.sampled_from(ids))
        )
        owing = selection.units(roster)
        joint = draw(st.integers(0, 3)) == 3
        made.append(
            Obligation(
                name,
                timing,
                Text.of(name),
                selection,
                jointly=joint,
                lead=roster.ids[draw(st.sampled_from(owing))] if joint else None,
                exceptions=draw(_rulings(timing, roster)),
                absorbs=tuple(draw(st.lists(st.sampled_from(below), max_size=2, unique=True))) if below else (),
            )
        )
    return Rulebook(id, Text.of(id), roster, tuple(made), calendar="odd")


def _month_end_timings() -> st.SearchStrategy[Timing]:
    """Months, quarters, half-years and years, and single days, all nominally on the last day of a month."""
    steps = st.lists(st.builds(Adjust, st.sampled_from(list(Convention)[::-1])), max_size=2).map(tuple)
    due = st.builds(
        lambda each, anchor: Due(Course(anchor, each)), steps, st.sampled_from([PeriodEnd(), DayOfMonth(31)])
    )
    cut = st.sampled_from([(1, "month"), (3, "quarter"), (6, "half_year"), (12, "year")])
    recurring = st.builds(lambda each, one: Every(Months(each[0], each[1]), DueList((one,))), cut, due)
    month = st.builds(
        lambda number: Span(*_month(12 * 2023 + number)), st.integers(0, 11) | st.sampled_from([2, 5, 11])
    )
    after = month.map(lambda span: Span(*_month(12 * span.first.year + span.first.month)))
    plain = st.builds(lambda each: Due(Course(steps=each)), steps)
    single = st.builds(Once, month, st.just(False), plain) | st.builds(Once, after, st.just(True), plain)
    listed = st.builds(
        lambda days_of, elsewhere, one: Dates((Dated("x", elsewhere, days_of.last),), one), month, spans(), plain
    )
    return mostly(recurring, single | listed)


def _month(number: int) -> tuple[dt.date, dt.date]:
    first = dt.date(number // 12, number % 12 + 1, 1)
    return first, dt.date((number + 1) // 12, (number + 1) % 12 + 1, 1) - dt.timedelta(days=1)


@st.composite
def _rulings(draw: st.DrawFn, timing: Timing, roster: Roster) -> tuple[PeriodException, ...]:
    """Periods of 2023 that are waived, or moved into the years of the horizons."""
    found: list[PeriodException] = []
    own = _own_periods(timing, roster)
    if isinstance(timing, Every):
        year = Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
        own = own.filter(lambda each: each[1].overlaps(year))
    for _ in range(draw(st.sampled_from([0, 1, 2, 4]))):
        label, span = draw(own)
        due = draw(st.none() | days(dt.date(2023, 1, 1), dt.date(2026, 12, 31)))
        units = draw(st.none() | st.builds(lambda unit: Selection((UnitId(unit),)), st.sampled_from(roster.ids)))
        reason = "" if due else "waived"
        announced = draw(announcements())
        found.append(PeriodException(label, span, None, due, reason=reason, announced=announced, units=units))
    return tuple(found)
