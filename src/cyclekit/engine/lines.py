"""One obligation for one cohort: its periods run through its course, as the columns of a line."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from cyclekit.civil.cycles import Months, Period
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Calendars, Recorder, Runner
from cyclekit.engine.course import Dates as CourseDates
from cyclekit.engine.reach import LAST_DAY, clipped
from cyclekit.errors import DateRangeError
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due
from cyclekit.model.timing import ONCE, Dates, Every, Once, Standing

Window = tuple[int, int]
EVER: Window = (1, LAST_DAY)


@attrs.frozen
class Cohort:
    """What dates depend on beside the obligation: the units' calendar, and where their year begins."""

    calendar: str | None = None
    year: YearStart | None = None


class _Course:
    """A due date with its runners: the due date's, and its opening's where it has one."""

    __slots__ = ("due", "opens", "runner")

    def __init__(self, due: Due, calendars: Calendars) -> None:
        self.due = due
        self.runner = Runner(due.course, calendars)
        self.opens = Runner(due.opens, calendars) if due.opens else None


class LineBuilder:
    """Makes lines of one obligation for one cohort."""

    def __init__(
        self,
        rulebook: Rulebook,
        obligation: Obligation,
        cohort: Cohort,
        compiled: Mapping[str, WorkingCalendar],
        together: tuple[int, ...] = (),
    ) -> None:
        self.line = Line(rulebook, obligation, together)
        self._bounds = rulebook.bounds.both(obligation.bounds)
        self._begins = obligation.begins.ordinals()
        self._cohort = cohort
        calendars = Calendars(compiled, obligation.calendar, cohort.calendar, rulebook.calendar)
        self._calendars = calendars

    def _prepare(self, due: Due) -> _Course:
        return _Course(due, self._calendars)

    def fill(self, windows: Sequence[Window]) -> None:
        """Add a row for each due date of each period that touches these days. Raises what running a course raises."""
        timing = self.line.obligation.timing
        match timing:
            case Every():
                self._fill_every(timing, windows)
            case Once():
                self._fill_once(timing, windows)
            case Dates():
                self._fill_dates(timing, windows)
            case Standing():
                pass

    def _fill_every(self, timing: Every, windows: Sequence[Window]) -> None:
        plans: dict[str, list[_Course]] = {}
        for period in self._periods(timing, windows):
            plan = plans.get(period.position)
            if plan is None:
                plan = plans[period.position] = [self._prepare(due) for due in timing.plan.at(period.position)]
            for number, course in enumerate(plan, 1):
                try:
                    dates = course.runner.run(period.first, period.last, doubtful=True)
                except DateRangeError:
                    # No horizon reaches beyond the years 1 to 9999, so this date is in none.
                    continue
                if dates is not None:
                    self._add((period.first, period.last, period.label), number, course, dates)

    def _periods(self, timing: Every, windows: Sequence[Window]) -> Iterator[Period]:
        return obligation_periods(timing, self._bounds, windows, self._cohort.year, self._begins)

    def _covers(self, first: int, last: int) -> bool:
        """Whether a period of these days is one of the obligation's, in this form of it."""
        return self._begins[0] <= first <= self._begins[1] and _overlaps(self._bounds, first, last)

    def _fill_once(self, timing: Once, windows: Sequence[Window]) -> None:
        first, last = timing.span.first.toordinal(), timing.span.last.toordinal()
        start = first - 1 if timing.before else last
        if self._covers(first, last) and any(low <= last and first <= high for low, high in windows):
            course = self._prepare(timing.due)
            dates = course.runner.walk(start, doubtful=True)
            if dates is not None:
                self._add((first, last, ONCE), 1, course, dates)

    def _fill_dates(self, timing: Dates, windows: Sequence[Window]) -> None:
        course = self._prepare(timing.due)
        for entry in timing.entries:
            first, last, day = entry.span.first.toordinal(), entry.span.last.toordinal(), entry.date.toordinal()
            near = any(low <= max(last, day) and min(first, day) <= high for low, high in windows)
            if near and self._covers(first, last):
                dates = course.runner.walk(day, doubtful=True)
                if dates is not None:
                    self._add((first, last, entry.label), 1, course, dates)

    def _add(self, period: tuple[int, int, str], number: int, course: _Course, dates: CourseDates) -> None:
        opens = course.opens.run(period[0], period[1], doubtful=True) if course.opens else None
        unknown = dates.unknown or (opens.unknown if opens else None)
        if unknown is not None:
            self.line.unknown[self.line.rows] = unknown
        self.line.append(
            period,
            number,
            (opens.due if opens else 0, dates.nominal, dates.due),
            provisional=dates.provisional or bool(opens and opens.provisional),
            title=course.due.title,
        )

    def trace(self, period: tuple[int, int, str], number: int, record: Recorder) -> CourseDates | None:
        """Run the course of one occurrence once more, telling ``record`` each step."""
        days = period[:2]
        timing = self.line.obligation.timing
        match timing:
            case Every():
                found = next(each for each in self._periods(timing, [days]) if each[:2] == days)
                return self._prepare(timing.plan.at(found.position)[number - 1]).runner.run(*days, record)
            case Once(before=before):
                return self._prepare(timing.due).runner.walk(period[0] - 1 if before else period[1], record)
            case Dates(entries=entries):
                entry = next(each for each in entries if each.label == period[2])
                return self._prepare(timing.due).runner.walk(entry.date.toordinal(), record)
            case Standing():
                return None


def obligation_periods(
    timing: Every,
    bounds: Bounds,
    windows: Sequence[Window],
    year: YearStart | None = None,
    begins: Window = EVER,
) -> Iterator[Period]:
    """The periods of an obligation that touch these windows: in its bounds, and in a position that it takes.

    Where it is one form of several, those that begin on the days of that form.
    """
    cycle = timing.cycle
    if timing.year_of_unit and year is not None and isinstance(cycle, Months):
        cycle = cycle.in_year(year)
    low, high = bounds.ordinals()
    if low > high:
        return
    reached = 0
    for first, last in windows:
        # A window may begin inside the period that the window before it ended in.
        for period in cycle.periods(max(first, low, reached + 1, begins[0]), min(last, high)):
            if period.first > begins[1]:
                return
            if period.first > reached and period.first >= begins[0] and timing.takes(period.position):
                whole = period.first >= low and period.last <= high
                if whole or not timing.drop_stubs:
                    yield period
            reached = max(reached, period.last)


def _overlaps(bounds: Bounds, first: int, last: int) -> bool:
    low, high = bounds.ordinals()
    return low <= high and first <= high and low <= last


def active_slices(line: Line, active: tuple[Bounds, ...]) -> list[tuple[int, int]]:
    """The rows whose periods overlap one of these spans, as runs of rows; all of them where there is no span."""
    if not active:
        return [(0, line.rows)] if line.rows else []
    spans = [clipped(*each.ordinals()) for each in active]
    runs: list[tuple[int, int]] = []
    for row, (first, last) in enumerate(zip(line.period_first, line.period_last, strict=True)):
        if any(first <= high and low <= last for low, high in spans):
            if runs and runs[-1][1] == row:
                runs[-1] = (runs[-1][0], row + 1)
            else:
                runs.append((row, row + 1))
    return runs
