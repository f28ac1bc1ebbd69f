"""Plain courses by whole columns: a day of every so many months, and perhaps one adjusting after it.

Most obligations are no more than that. Each column is made for all periods at once, from the same tables and with
the same doubts as a course that runs period by period; whatever is not plain is left to the runner.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import compress
from math import gcd
from typing import NamedTuple, TypeVar

import attrs

from cyclekit.civil.conventions import Convention, adjust
from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.months import FIRST_MONTH, LAST_MONTH, first_day, first_days, month_of
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Calendars
from cyclekit.engine.steps import days_adjusted
from cyclekit.errors import CalendarError
from cyclekit.model.doubts import Doubts
from cyclekit.model.pipeline import (
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueList,
    MonthEnd,
    MonthOfPeriod,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WorkingDay,
)
from cyclekit.model.timing import Every

T = TypeVar("T")
Window = tuple[int, int]
YEAR = 12
WEEK = 7
SHORTEST_MONTH = 28


class Columns(NamedTuple):
    """The rows of a plain obligation, as a line takes them; ``unknown`` and ``nominal_doubts`` are sparse."""

    first: list[int]
    last: list[int]
    labels: list[str]
    nominal: list[int]
    due: list[int]
    provisional: list[bool]
    unknown: dict[int, tuple[str, int]]
    nominal_doubts: dict[int, Doubts]


class _Asked(NamedTuple):
    """The first and the last day of its calendar that an anchor or a step had to know, for each row."""

    calendar: WorkingCalendar
    lowest: Sequence[int]
    highest: Sequence[int]
    in_order: bool = True


#: The day that each row was led to, and what had to be known for it.
_Led = tuple[list[int], _Asked | None]


def only_due(timing: Every) -> Due | None:
    """The one due date of each period, where it neither opens nor closes."""
    match timing.plan:
        case DueList(entries=(Due(opens=None, closes=None) as due,)):
            return due
        case _:
            return None


def columns(
    timing: Every,
    bounds: Bounds,
    windows: Sequence[Window],
    begins: Window,
    year: YearStart | None,
    calendars: Calendars,
) -> Columns | None:
    """The rows of the periods that touch the window and begin in ``begins``; None where they are run one by one.

    ``year`` is where the units' own year begins. Raises CalendarError where a calendar is not at hand.
    """
    due, cycle = only_due(timing), timing.cycle
    if due is None or not isinstance(cycle, Months) or len(windows) != 1:
        return None
    if timing.year_of_unit and year is not None:
        cycle = cycle.in_year(year)
    reach = _reach(due.course.anchor, cycle)
    months = _months(cycle, bounds, windows[0], begins, drop_stubs=timing.drop_stubs)
    if reach is None or not months:
        return None
    taken = _taken(timing, cycle, months)
    grid = _Grid.of(months, cycle.n, reach, taken) if taken is None or any(taken) else None
    if grid is None:
        return None
    found = _anchored(due.course, grid, calendars)
    moved = _moved(due.course, found[0], calendars) if found else None
    if found is None or moved is None:
        return None
    asked = [each for each in (found[1], moved[1]) if each is not None]
    first, last = grid.firsts(0), grid.lasts(cycle.n)
    provisional = _provisional(asked, len(first))
    labels = grid.taken(cycle.labels(months))
    nominal_doubts = _doubts(found[1]) if found[1] is not None else {}
    return Columns(first, last, labels, found[0], moved[0], provisional, _unknown(asked), nominal_doubts)


# ------------------------------------------------------------------------------------------------- periods


def _months(cycle: Months, bounds: Bounds, window: Window, begins: Window, *, drop_stubs: bool) -> range:
    """The months in which the periods begin; none where they begin within a month."""
    low, high = bounds.ordinals()
    first, last = max(window[0], low, begins[0]), min(window[1], high, begins[1])
    # Bounds and window may touch a period in different days: rare enough to be found the other way.
    if cycle.year.day != 1 or first > last:
        return range(0)
    start = month_of(first)
    months = range(start - (start - cycle.phase) % cycle.n, month_of(last) + 1, cycle.n)
    if months[0] < FIRST_MONTH or months[-1] + cycle.n > LAST_MONTH:
        return range(0)
    if first_day(months[0]) < (max(low, begins[0]) if drop_stubs else begins[0]):
        months = months[1:]
    if drop_stubs and months and first_day(months[-1] + cycle.n) - 1 > high:
        months = months[:-1]
    return months


def _taken(timing: Every, cycle: Months, months: range) -> list[bool] | None:
    """For each period whether it is in a position that the obligation takes; None: all are."""
    if not timing.only and not timing.skip:
        return None
    # Positions come round with the year.
    around = YEAR // gcd(cycle.n, YEAR)
    flags = [timing.takes(cycle.position(month)) for month in months[:around]]
    return (flags * (len(months) // around + 1))[: len(months)]


def _reach(anchor: Anchor, cycle: Months) -> tuple[int, int] | None:
    """The months in which an anchor finds its day, counted from the period's first: from one up to another.

    None for an anchor that has no fixed place in its period.
    """
    match anchor:
        case PeriodStart() | PeriodEnd():
            return 0, cycle.n
        case DayOfMonth(month=month) | WeekdayOfMonth(month=month) | WorkingDay(month=month):
            return _reach_of(month, cycle.n)
        case DateOfYear(month=month, years=years) if cycle.n % YEAR == 0:
            begin = cycle.phase % YEAR
            place = YEAR * ((begin + cycle.n - 1) // YEAR + years) + month - 1 - begin
            return place, place + 1
        case _:
            return None


def _reach_of(month: MonthOfPeriod, n: int) -> tuple[int, int]:
    match month:
        case "period":
            return 0, n
        case "first":
            return 0, 1
        case "last":
            return n - 1, n
        case "next":
            return n, n + 1
        case "previous":
            return -1, 0
        case number:
            return number - 1, number


@attrs.define
class _Grid:
    """The first days of all months about the periods, each told by its distance from where its period begins."""

    days: list[int]
    n: int
    before: int
    rows: int
    reach: tuple[int, int]
    mask: list[bool] | None
    _lasts: dict[int, list[int]] = attrs.Factory(dict)

    @classmethod
    def of(cls, months: range, n: int, reach: tuple[int, int], mask: list[bool] | None) -> "_Grid | None":
        """The grid of the periods that begin in these months; None where it leaves the years 1 to 9999."""
        low, high = months[0] + min(0, reach[0]), months[-1] + max(n, reach[1])
        if low < FIRST_MONTH or high > LAST_MONTH:
            return None
        return cls(first_days(low, high), n, months[0] - low, len(months), reach, mask)

    def firsts(self, month: int) -> list[int]:
        """The first day of a month of each period."""
        return self.taken(self.days[self.before + month :: self.n][: self.rows])

    def lasts(self, month: int) -> list[int]:
        """The last day before a month of each period. The list is the grid's own, and is not to be changed."""
        if month not in self._lasts:
            self._lasts[month] = [day - 1 for day in self.firsts(month)]
        return self._lasts[month]

    def taken(self, column: list[T]) -> list[T]:
        """What a column holds of the periods that are taken."""
        return column if self.mask is None else list(compress(column, self.mask))


# ------------------------------------------------------------------------------------------------- courses


def _anchored(course: Course, grid: _Grid, calendars: Calendars) -> _Led | None:
    """The day of the anchor in each row; None where a row may lack it."""
    begin, end = grid.reach
    surely = SHORTEST_MONTH * (end - begin)
    match course.anchor:
        case PeriodStart():
            return grid.firsts(0), None
        case PeriodEnd():
            return grid.lasts(grid.n), None
        case DayOfMonth(day=day) | DateOfYear(day=day) if 0 < day <= surely:
            return [first + day - 1 for first in grid.firsts(begin)], None
        case DayOfMonth(day=day) if -surely <= day < 0:
            return [after + day for after in grid.firsts(end)], None
        case DayOfMonth(day=day, month_end=month_end) | DateOfYear(day=day, month_end=month_end) if (
            day > 0 and end - begin == 1 and month_end in {MonthEnd.CLAMP, MonthEnd.STICKY, MonthEnd.NEXT}
        ):
            short = 0 if month_end is MonthEnd.NEXT else 1
            months = zip(grid.firsts(begin), grid.firsts(end), strict=True)
            return [min(first + day - 1, after - short) for first, after in months], None
        case WeekdayOfMonth(weekday=weekday, nth=nth) if nth < 0:
            return [after - 1 - (after - 2 - weekday) % WEEK for after in grid.firsts(end)], None
        case WeekdayOfMonth(weekday=weekday, nth=nth) if WEEK * nth <= surely:
            later = WEEK * (nth - 1)
            return [first + (weekday - first + 1) % WEEK + later for first in grid.firsts(begin)], None
        case WorkingDay(number=number):
            calendar = calendars.find(None, course.calendar)
            firsts, lasts = grid.firsts(begin), grid.lasts(end)
            days = calendar.each_nth(firsts, lasts, number)
            if days is None:
                return None
            return days, _Asked(calendar, firsts, days) if number > 0 else _Asked(calendar, days, lasts)
        case _:
            return None


def _moved(course: Course, days: list[int], calendars: Calendars) -> _Led | None:
    """What the steps make of each row's day; None where they are more than one adjusting, or leave a row out."""
    match course.steps:
        case () | (Adjust(convention=Convention.NONE),):
            return days, None
        case (Adjust(convention=convention, calendar=named),):
            return _adjusted(days, convention, calendars.find(named, course.calendar))
        case _:
            return None


def _adjusted(days: list[int], convention: Convention, calendar: WorkingCalendar) -> _Led | None:
    match convention:
        case Convention.FOLLOWING:
            moved = calendar.each_following(days)
            return None if moved is None else (moved, _Asked(calendar, days, moved))
        case Convention.PRECEDING:
            moved = calendar.each_preceding(days)
            return None if moved is None else (moved, _Asked(calendar, moved, days))
        case _:
            return _adjusted_singly(days, convention, calendar)


def _adjusted_singly(days: list[int], convention: Convention, calendar: WorkingCalendar) -> _Led | None:
    """Only days that are not worked have to be looked at one by one, and most are worked."""
    moved, lowest, highest = list(days), list(days), list(days)
    try:
        off = [row for row, day in enumerate(days) if not calendar.is_working(day)]
        for row in off:
            day = days[row]
            found = adjust(day, convention, calendar)
            if found is None:
                return None
            moved[row] = found
            lowest[row], highest[row] = days_adjusted(day, found, convention, calendar)
    except CalendarError:
        # Run one by one, the course says which row it was.
        return None
    return moved, _Asked(calendar, lowest, highest, in_order=False)


# -------------------------------------------------------------------------------------------------- doubts


def _provisional(asked: Iterable[_Asked], rows: int) -> list[bool]:
    """For each row whether a day that had to be known is not certain yet."""
    flags = [each for each in map(_uncertain, asked) if each is not None]
    if len(flags) == 1:
        return flags[0]
    return list(map(any, zip(*flags, strict=True))) if flags else [False] * rows


def _uncertain(asked: _Asked) -> list[bool] | None:
    """For each row whether its calendar is provisional there; None: it is in no row."""
    calendar, lowest, highest, in_order = asked
    until = calendar.known_until
    if calendar.estimated:
        return list(map(calendar.is_provisional, lowest, highest))
    if until is None or max(highest[-1:] if in_order else highest) <= until:
        return None
    if not in_order:
        return [day > until for day in highest]
    certain = bisect_right(highest, until)
    return [False] * certain + [True] * (len(highest) - certain)


def _doubts(asked: _Asked) -> dict[int, Doubts]:
    """What is not certain of the days that an anchor led to, for the rows where there is anything."""
    unknown = _unknown([asked])
    uncertain = _uncertain(asked) or ()
    found = dict.fromkeys((row for row, flag in enumerate(uncertain) if flag), Doubts(provisional=True))
    return found | {row: Doubts(row in found, each) for row, each in unknown.items()}


def _unknown(asked: Sequence[_Asked]) -> dict[int, tuple[str, int]]:
    """The rows for which a day before the data had to be known: its calendar and that day. The anchor counts first."""
    found: dict[int, tuple[str, int]] = {}
    for calendar, lowest, *_ in reversed(asked):
        if calendar.is_unknown(min(lowest)):
            found |= {row: (calendar.id, day) for row, day in enumerate(lowest) if calendar.is_unknown(day)}
    return found
