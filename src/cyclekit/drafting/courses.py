"""The courses that may lead from some periods to some dates, before anything is adjusted, each with what it costs.

Nothing is tried that the dates themselves do not suggest: a course is handed on where it leads near most of them.
The cost says how far a rule is from what people usually write, so that of two rules which explain the same the
usual one comes first.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.months import last_day, month_of
from cyclekit.civil.periods import Period
from cyclekit.civil.working import WorkingCalendar
from cyclekit.drafting.cutting import Case
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    MonthEnd,
    MonthOfPeriod,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WorkingDay,
)

#: How far adjusting may carry a date: over the longest holidays of a week, with weekends on both sides.
NEAR = 12
#: Numbers of days that people write into rules.
ROUND = frozenset({1, 2, 3, 5, 7, 10, 14, 15, 20, 21, 28, 30, 35, 40, 42, 45, 60, 75, 90, 120, 150, 180, 270})
MOST_WORKING_DAYS = 23
SAMPLE = 12


@attrs.frozen
class Sketched:
    """A course without its adjusting, and what it costs."""

    course: Course
    cost: float


def sample(cases: Sequence[Case]) -> list[Case]:
    """A dozen of the cases, spread over all of them."""
    step = max(1, len(cases) // SAMPLE)
    return list(cases[::step][:SAMPLE])


def sketched(cycle: Cycle, cases: Sequence[Case], calendars: Mapping[str, WorkingCalendar]) -> Iterator[Sketched]:
    """The courses that the periods and dates of some cases suggest.

    ``calendars`` are those of which working days are counted.
    """
    some = sample(cases)
    yield Sketched(Course(PeriodEnd()), 0)
    yield Sketched(Course(PeriodStart()), 0.6)
    match cycle:
        case Months(n=n):
            months = _months_meant(n, some)
            for word, cost in months:
                yield from _in_month(word, cost, n, some)
            if n % 12 == 0:
                yield from _dates_of_year(some)
            yield from _working_days(months, some, calendars)
            yield from _shifted(some, calendars)
        case Weeks():
            yield from _in_week()
            yield from _shifted(some, calendars)
        case PartsOfMonth() | Days():
            yield from _shifted(some, calendars)
        case _:
            pass


def _months_meant(n: int, cases: Iterable[Case]) -> list[tuple[MonthOfPeriod, float]]:
    """The months of a period, as words, in which its dates lie, or to which they were moved."""
    there = Counter(month_of(case.day) - month_of(case.period.first) + 1 for case in cases)
    meant = {number + each for number in there for each in (-1, 0, 1)}
    order = sorted(meant, key=lambda number: -max(there[number + each] for each in (-1, 0, 1)))
    return [(word, cost) for number in order[:4] if (word := _month_word(number, n)) for cost in (_cost(word),)]


def _month_word(number: int, n: int) -> MonthOfPeriod | None:
    words: dict[int, MonthOfPeriod] = {n: "last", n + 1: "next", 0: "previous"}
    if number == 1 and n > 1:
        return "first"
    return words.get(number, number if number >= 1 else None)


def _cost(month: MonthOfPeriod) -> float:
    return {"last": 0.1, "next": 0.3, "first": 0.4}.get(str(month), 0.6)


def _in_month(month: MonthOfPeriod, cost: float, n: int, cases: Sequence[Case]) -> Iterator[Sketched]:
    yearly = 0.8 if n % 12 == 0 else 0
    for day in range(1, 32):
        yield Sketched(Course(DayOfMonth(day, month)), cost + yearly + (0.8 if day > 28 else 0))
    if month != "last":
        yield Sketched(Course(DayOfMonth(-1, month)), cost)
    for weekday in {day % 7 for case in cases for day in range(case.day - 3, case.day + 2)}:
        for nth in (1, 2, 3, 4, -1):
            # Day 1 of the calendar is a Monday.
            yield Sketched(Course(WeekdayOfMonth((weekday - 1) % 7, nth, month)), cost + 1)
    for number in {case.day - last_day(month_of(case.period.last) + 1) for case in cases} if month == "next" else ():
        if 1 <= number <= 20:
            later = Course(DayOfMonth(-1, "next"), (Add(number, "days"),))
            yield Sketched(later, 1.2)


def _dates_of_year(cases: Iterable[Case]) -> Iterator[Sketched]:
    seen: set[tuple[int, int, int]] = set()
    for case in cases:
        ends = dt.date.fromordinal(case.period.last).year
        for day in range(case.day - NEAR, case.day + NEAR + 1):
            date = dt.date.fromordinal(day)
            key = (date.month, date.day, date.year - ends)
            if key not in seen and 0 <= key[2] <= 2:
                seen.add(key)
                usual = date.day in (1, 10, 15, 20, 25) or (day + 1 == last_day(month_of(day)) + 1)
                yield Sketched(Course(DateOfYear(*key)), (0 if key[2] < 2 else 1) + (0 if usual else 0.2))


def _working_days(
    months: Iterable[tuple[MonthOfPeriod, float]], cases: Sequence[Case], calendars: Mapping[str, WorkingCalendar]
) -> Iterator[Sketched]:
    numbers: set[int] = set()
    for calendar in calendars.values():
        for case in cases:
            first, last = case.day - dt.date.fromordinal(case.day).day + 1, last_day(month_of(case.day))
            if calendar.is_working(case.day):
                numbers |= {calendar.count(first, case.day), -calendar.count(case.day, last)}
    for number in sorted(each for each in numbers if abs(each) <= MOST_WORKING_DAYS):
        for month, cost in months:
            yield Sketched(Course(WorkingDay(number, month)), cost + 1 + abs(number) / 40)


def _in_week() -> Iterator[Sketched]:
    for weekday in range(7):
        plain = Course(WeekdayOfWeek(weekday))
        yield Sketched(plain, 0.2)
        for count in (1, 2, 3, 4, 5, -1, -2, -3):
            after = Add(count, "working days")
            cost = 1.4 + abs(count) / 20
            yield Sketched(attrs.evolve(plain, steps=(after,)), cost)
            yield Sketched(attrs.evolve(plain, steps=(Adjust(Convention.PRECEDING), after)), cost + 0.8)


def _shifted(cases: Sequence[Case], calendars: Mapping[str, WorkingCalendar]) -> Iterator[Sketched]:
    """So many days, or working days, before or after the end of a period, or after its start."""
    for anchor, edge in ((PeriodEnd(), "last"), (PeriodStart(), "first")):
        farther = 0.0 if edge == "last" else 1.0
        distances = {case.day - _edge(case.period, edge) for case in cases}
        near = {each + more for each in distances for more in range(-NEAR, NEAR + 1)}
        for days in sorted(near - {0}):
            cost = farther + (1.0 if days in ROUND else 2.2 if days > 0 else 2.6)
            yield Sketched(Course(anchor, (Add(days, "days"),)), cost)
        if edge == "last" and isinstance(cases[0].period, Period):
            for months in {(month_of(case.day) - month_of(case.period.last)) for case in cases}:
                if months > 0:
                    yield Sketched(Course(anchor, (Add(months, "months", MonthEnd.STICKY),)), 1.6)
        counts = {
            count
            for calendar in calendars.values()
            for case in cases
            for count in [_working_distance(calendar, _edge(case.period, edge), case.day)]
            if 0 < abs(count) <= 2 * MOST_WORKING_DAYS
        }
        for count in sorted(counts):
            cost = farther + 1.3 + (0 if count > 0 else 0.4) + abs(count) / 60
            yield Sketched(Course(anchor, (Add(count, "working days"),)), cost)


def _edge(period: Period, edge: str) -> int:
    return period.last if edge == "last" else period.first


def _working_distance(calendar: WorkingCalendar, start: int, day: int) -> int:
    """How many working days lie after (before) a day, up to and with the other one."""
    return calendar.count(start + 1, day) if day > start else -calendar.count(day, start - 1) if day < start else 0
