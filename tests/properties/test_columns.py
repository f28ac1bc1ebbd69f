"""Plain courses by whole columns, against the same courses run period by period."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.months import first_days
from cyclekit.civil.spans import Bounds, Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import lines
from cyclekit.engine.columns import columns
from cyclekit.engine.course import Calendars
from cyclekit.engine.lines import EVER, Cohort, LineBuilder
from cyclekit.engine.reach import joined
from cyclekit.errors import CalendarError, MissingDayError
from cyclekit.model.line import COLUMNS, SPARSE
from cyclekit.model.obligation import Obligation, Rulebook
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
    MonthEnd,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WorkingDay,
)
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from tests.properties.oracle import COMPILED, DayBook
from tests.properties.strategies import CALENDARS, bounds, calendar_shelves, month_cycles, mostly, spans, year_starts

months_meant: st.SearchStrategy[Any] = st.sampled_from(["last", "first", "next", "previous", "period", 1, 2, 5, 40])
days_of_month = mostly(st.sampled_from([20, 1, 15, 28, -1, -2, -28, 31]), st.sampled_from([29, 30, -29, -31, 45, -45]))
numbers = mostly(st.sampled_from([-1, 1, 5, -3]), st.sampled_from([15, -15, 23, -23]))
month_ends = mostly(st.sampled_from([MonthEnd.CLAMP, MonthEnd.STICKY, MonthEnd.NEXT]), st.sampled_from(MonthEnd))


#: One anchor of each shape, and its neighbours where shapes meet.
ANCHORS: list[Anchor] = [
    PeriodStart(),
    PeriodEnd(),
    *(DayOfMonth(day) for day in (1, 15, 28, 29, 31, -1, -28, -29)),
    *(DayOfMonth(31, "first", each) for each in (MonthEnd.NEXT, MonthEnd.SKIP, MonthEnd.ERROR)),
    *(DayOfMonth(20, which) for which in ("next", "previous", "period", 1, 5)),
    DayOfMonth(-40, "period"),
    *(WorkingDay(number) for number in (1, 2, -1, -2, 15, -15, 23)),
    *(WorkingDay(number, which) for number in (3, -3) for which in ("first", "next", "previous", "period")),
    *(WeekdayOfMonth(2, nth) for nth in (1, 4, 5, -1)),
    WeekdayOfMonth(0, 5, "period"),
    WeekdayOfMonth(6, -1, "period"),
    *(DateOfYear(6, 30, years) for years in (0, 1, -1)),
    *(DateOfYear(2, 29, 0, each) for each in (MonthEnd.CLAMP, MonthEnd.NEXT, MonthEnd.SKIP)),
]
#: It ends on a Saturday.
SHORT = Span(dt.date(2023, 5, 1), dt.date(2026, 2, 28))
MONTHS_ASKED = (12 * 2022, 12 * 2026)
MORE = settings(max_examples=2 * (settings.default.max_examples if settings.default else 100))


def anchors() -> st.SearchStrategy[Anchor]:
    """Every anchor that may have a fixed place among the months of its period."""
    ends: st.SearchStrategy[Anchor] = st.sampled_from([PeriodEnd(), PeriodStart()])
    return (
        st.builds(DayOfMonth, days_of_month, months_meant, month_ends)
        | st.builds(WorkingDay, numbers, months_meant)
        | st.builds(WeekdayOfMonth, st.integers(0, 6), st.sampled_from([1, 2, 4, 5, -1]), months_meant)
        | st.builds(
            lambda day, years, month_end: DateOfYear(day[0], day[1], years, month_end),
            st.sampled_from([(6, 20), (1, 1), (12, 31), (2, 29)]),
            st.sampled_from([0, 1, -1]),
            month_ends,
        )
        | ends
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """An anchor and mostly one adjusting or none."""
    adjusting = st.builds(Adjust, st.sampled_from(list(Convention)[::-1]), st.none() | st.sampled_from(CALENDARS))
    single = st.lists(adjusting, max_size=1)
    steps = draw(st.integers(0, 9).flatmap(lambda place: st.lists(adjusting, min_size=2) if place == 9 else single))
    return Course(draw(anchors()), tuple(steps), draw(st.none() | st.sampled_from(CALENDARS)))


@st.composite
def timings(draw: st.DrawFn) -> Every:
    """Cycles of months with one due date, in all positions of the year or in some."""
    plain = month_cycles().map(lambda each: attrs.evolve(each, year=YearStart(each.year.month)))
    cycle = draw(mostly(plain, month_cycles()))
    due = Due(
        draw(courses()),
        time=draw(st.none() | st.just(1050)),
        title=draw(st.none() | st.just(Text.of("title"))),
    )
    positions = sorted({cycle.position(month) for month in range(24_000, 24_012)} - {""})
    some = st.frozensets(st.sampled_from(positions), max_size=2) if positions else st.just(frozenset[str]())
    chosen = draw(mostly(st.just(frozenset[str]()), some))
    only = draw(st.booleans())
    return Every(
        cycle,
        DueList((due,)),
        chosen if only else frozenset(),
        frozenset() if only else chosen,
        year_of_unit=draw(mostly(st.just(False), st.just(True))),
        drop_stubs=draw(st.booleans()),
    )


def windows() -> st.SearchStrategy[list[tuple[int, int]]]:
    """One window mostly, several that do not meet, and those at the ends of the calendar."""
    last = dt.date.max.toordinal()
    edges = st.sampled_from([(1, 800), (300, 320), (last - 800, last), (last - 40, last - 20)])
    each = mostly(spans().map(lambda span: (span.first.toordinal(), span.last.toordinal())), edges)
    return mostly(each.map(lambda one: [one]), st.lists(each, min_size=1, max_size=3)).map(joined)


def filled(builder: LineBuilder, among: list[tuple[int, int]]) -> dict[str, object] | str:
    """All columns of a line, or what is wrong with it."""
    try:
        builder.fill(among)
    except (CalendarError, MissingDayError) as fault:
        return repr(fault)
    return {name: getattr(builder.line, name) for name in (*COLUMNS, *SPARSE)}


def in_both_ways(
    timing: Every,
    within: Bounds,
    among: list[tuple[int, int]],
    compiled: Mapping[str, WorkingCalendar],
    year: YearStart | None = None,
    begins: Bounds = Bounds(),
) -> tuple[object, object]:
    """A line as it is, and as running period by period fills it."""
    rule = Obligation("rule", timing, Text.of("rule"), bounds=within, begins=begins)
    book = Rulebook("book", Text.of("book"), Roster(["a"]), (rule,), calendar="odd")
    found, expected = (LineBuilder(book, rule, Cohort(year=year), compiled) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "columns", lambda *_: None)
        slowly = filled(expected, among)
    return filled(found, among), slowly


@given(
    timing=timings(),
    within=bounds(),
    among=windows(),
    year=st.none() | year_starts(),
    shelf=calendar_shelves(data_begin=True),
)
def test_columns_are_what_running_period_by_period_gives(
    timing: Every,
    within: Bounds,
    among: list[tuple[int, int]],
    year: YearStart | None,
    shelf: dict[str, DayBook],
) -> None:
    """Whatever the cycle, the bounds and the windows: the same rows, or the same refusal."""
    compiled = {name: each.compiled() for name, each in shelf.items()}
    found, expected = in_both_ways(timing, within, among, compiled, year)
    assert found == expected


@given(cycle=month_cycles(), ends=st.tuples(st.integers(*MONTHS_ASKED), st.integers(*MONTHS_ASKED)), data=st.data())
def test_columns_keep_to_bounds_and_positions(cycle: Months, ends: tuple[int, int], data: st.DataObject) -> None:
    """Bounds that end where periods do, or a day beside; positions chosen and left out; stubs kept and dropped.

    And of a form that holds for a part of the time, the periods that begin in that part.
    """
    cycle = attrs.evolve(cycle, year=YearStart(cycle.year.month))
    periods = list(cycle.periods(first_of(min(ends)), first_of(max(ends))))
    among = [(first_of(MONTHS_ASKED[0]), first_of(MONTHS_ASKED[1]))]
    chosen = data.draw(st.frozensets(st.sampled_from([each.position for each in periods]), max_size=3))
    beside = st.sampled_from([0, 1, -1])
    low = dt.date.fromordinal(periods[0].first + data.draw(beside))
    high = dt.date.fromordinal(periods[-1].last + data.draw(beside))
    for within in (Bounds(low, high), Bounds(low), Bounds(None, high)):
        for drop_stubs in (False, True):
            for only, skip in ((chosen, frozenset[str]()), (frozenset[str](), chosen)):
                timing = Every(cycle, DueList(), only, skip, drop_stubs=drop_stubs)
                for whole, begins in ((within, Bounds()), (Bounds(), within), (within, Bounds(low))):
                    found, expected = in_both_ways(timing, whole, among, {}, begins=begins)
                    assert found == expected


@st.composite
def doubtful_shelves(draw: st.DrawFn) -> dict[str, DayBook]:
    """Calendars whose data begin and end near the days that anchors find, and whose closed days are guesses."""
    near = st.builds(
        lambda month, day: dt.date.fromordinal(first_of(month) + day),
        st.integers(*MONTHS_ASKED),
        st.sampled_from([-2, -1, 0, 1, 13, 14, 15, 19, 20, 27, 28]),
    )
    shelf = draw(calendar_shelves(data_begin=True))
    return {
        name: attrs.evolve(
            book,
            known_from=draw(st.none() | near),
            known_until=draw(st.none() | near),
            estimated=book.closed if draw(st.booleans()) else book.estimated,
        )
        for name, book in shelf.items()
    }


@MORE
@given(
    shelf=doubtful_shelves(),
    n=st.sampled_from([1, 3, 12]),
    convention=st.sampled_from(list(Convention)[::-1]),
    other=st.sampled_from([None, "late"]),
    short=mostly(st.just(False), st.just(True)),
)
def test_columns_rest_on_the_same_days(
    shelf: dict[str, DayBook], n: int, convention: Convention, other: str | None, *, short: bool
) -> None:
    """By every anchor and convention: what is provisional, unknown, missing or out of a calendar's reach."""
    world = SHORT if short else COMPILED
    compiled = {name: each.compiled(world) for name, each in shelf.items()}
    cycle = Months(n, {1: "month", 3: "quarter", 12: "year"}[n])
    among = [(SHORT.first.toordinal(), SHORT.last.toordinal())]
    for anchor in ANCHORS:
        course = Course(anchor, (Adjust(convention, other),))
        found, expected = in_both_ways(Every(cycle, DueList((Due(course),))), Bounds(), among, compiled)
        assert found == expected


QUARTER, MONTH = Months(3, "quarter"), Months(1, "month")
FOLLOWING = Adjust(Convention.FOLLOWING)
PLAIN: list[tuple[Months, Course]] = [
    (QUARTER, Course(DayOfMonth(20))),
    (QUARTER, Course(DayOfMonth(20, "next"), (FOLLOWING,))),
    (MONTH, Course(DayOfMonth(31))),
    (MONTH, Course(DayOfMonth(-1), (Adjust(Convention.PRECEDING),))),
    (MONTH, Course(DayOfMonth(15), (Adjust(Convention.MODIFIED_FOLLOWING),))),
    (MONTH, Course(DayOfMonth(15), (Adjust(Convention.NEAREST),))),
    (MONTH, Course(WorkingDay(-1))),
    (MONTH, Course(WorkingDay(5, "next"))),
    (MONTH, Course(WeekdayOfMonth(2, 3))),
    (Months(12, "year"), Course(DateOfYear(6, 30, 1), (FOLLOWING,))),
    (Months(2, "months", 1), Course()),
    (Months(3, "quarter", year=YearStart(4, 1)), Course(PeriodStart())),
]
NOT_PLAIN: list[tuple[Months | Weeks, DueList | DueByPosition]] = [
    (MONTH, DueList((Due(Course(WeekdayOfMonth(2, 5))),))),
    (MONTH, DueList((Due(Course(DayOfMonth(31, month_end=MonthEnd.SKIP))),))),
    (MONTH, DueList((Due(Course(DayOfMonth(20), (Adjust(Convention.SKIP),))),))),
    (MONTH, DueList((Due(Course(steps=(Add(1, "days"),))),))),
    (MONTH, DueList((Due(), Due()))),
    (MONTH, DueList((Due(opens=Course(PeriodStart())),))),
    (MONTH, DueList((Due(closes=Course()),))),
    (QUARTER, DueByPosition((("Q1", Due()),))),
    (Months(1, "month", year=YearStart(4, 6)), DueList()),
    (Weeks(), DueList()),
]
WINDOW = [(dt.date(2023, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal())]
CALENDAR = Calendars({"odd": DayBook("odd").compiled()}, None, None, "odd")


@pytest.mark.parametrize(("cycle", "course"), PLAIN)
def test_plain_courses_are_run_at_once(cycle: Months, course: Course) -> None:
    """What most obligations say is not left to the slow way."""
    found = columns(Every(cycle, DueList((Due(course),))), Bounds(), WINDOW, EVER, None, CALENDAR)
    assert found is not None
    assert len(found.due) >= 24 // cycle.n


@pytest.mark.parametrize(("cycle", "plan"), NOT_PLAIN)
def test_what_is_not_plain_is_run_period_by_period(cycle: Months | Weeks, plan: DueList | DueByPosition) -> None:
    """Where a period may have no occurrence, or several, or more than a due date."""
    assert columns(Every(cycle, plan), Bounds(), WINDOW, EVER, None, CALENDAR) is None


@given(cycle=month_cycles(), first=st.integers(12, 119_000), count=st.integers(0, 60))
def test_labels_made_at_once_are_those_of_the_periods(cycle: Months, first: int, count: int) -> None:
    """Each period of a run of them has its own label."""
    cycle = attrs.evolve(cycle, year=YearStart(cycle.year.month, 1, named_last=cycle.year.named_last))
    start = first - (first - cycle.phase) % cycle.n + cycle.n
    months = range(start, start + count * cycle.n, cycle.n)
    singly = [next(iter(cycle.periods(day, day))).label for day in map(first_of, months)]
    assert cycle.labels(months) == singly


def first_of(month: int) -> int:
    """A month's first day, the plain way."""
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


@given(first=st.integers(12, 119_999), count=st.integers(1, 60))
def test_first_days_found_at_once_are_those_of_the_months(first: int, count: int) -> None:
    """Over leap years and centuries, to the end of the calendar."""
    last = min(first + count, 12 * 9999 + 11)
    first = min(first, last)
    assert first_days(first, last) == [first_of(month) for month in range(first, last + 1)]
