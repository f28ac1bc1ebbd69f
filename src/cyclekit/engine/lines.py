"""One obligation for one cohort: its periods run through its course, as the columns of a line."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import Period
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.clocks import NO_CLOCK, Clock
from cyclekit.engine.columns import Columns, columns
from cyclekit.engine.course import Calendars, Recorder, Runner
from cyclekit.engine.course import Dates as CourseDates
from cyclekit.engine.reach import LAST_DAY
from cyclekit.errors import DateRangeError
from cyclekit.model.doubts import SURE, Closer, Doubts
from cyclekit.model.line import Firing, Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due, DueDate
from cyclekit.model.timing import ONCE, Dates, Every, Once, Upon

Window = tuple[int, int]
EVER: Window = (1, LAST_DAY)


@attrs.frozen
class Cohort:
    """What dates depend on beside the obligation: the units' calendar, where their year begins, and their clocks."""

    calendar: str | None = None
    year: YearStart | None = None
    zone: dt.tzinfo | None = None


class _Start(NamedTuple):
    """Where a course starts: a day that is given, with its clock time, or what a trigger fired, or neither."""

    given: int | None = None
    time: int | None = None
    firing: Firing | None = None

    @property
    def trigger(self) -> int | None:
        """The day on which a trigger fired."""
        return self.firing.day if self.firing else None

    @property
    def doubts(self) -> Doubts:
        """What is not certain of what it starts from."""
        return self.firing.doubts if self.firing else SURE


_NOWHERE = _Start()


class _Course:
    """A due date with its runners: the due date's, and its opening's and closing's where it has them."""

    __slots__ = ("closes", "due", "follows", "opens", "runner")

    def __init__(self, due: Due, calendars: Calendars) -> None:
        self.due = due
        self.runner = Runner(due.course, calendars)
        self.opens = Runner(due.opens, calendars) if due.opens else None
        self.closes = Runner(due.closes, calendars) if due.closes else None
        self.follows = due.closes is not None and isinstance(due.closes.anchor, DueDate)

    def closer(self, opened: int | None, zone: dt.tzinfo | None) -> Closer:
        """From a due date to the day on which it closes, in a window that opened on this day."""

        def close(due: int, time: int | None) -> tuple[int, Doubts]:
            clock = Clock(time, zone)
            dates = self.closes.walk(due, opened=opened, clock=clock, doubtful=True) if self.closes else None
            return (dates.due, dates.doubts) if dates else (0, SURE)

        return close


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
        self.calendars = Calendars(
            compiled,
            obligation.calendar,
            cohort.calendar,
            rulebook.calendar,
            rulebook.suspending,
            rulebook.calendar_keys,
        )
        self._plans: dict[str, list[_Course]] = {}

    def _plan(self, timing: Every | Upon, position: str = "") -> list[_Course]:
        if position not in self._plans:
            self._plans[position] = [_Course(due, self.calendars) for due in timing.plan.at(position)]
        return self._plans[position]

    @property
    def several(self) -> bool:
        """Whether a trigger gives it several due dates at once."""
        timing = self.line.obligation.timing
        return isinstance(timing, Upon) and len(timing.plan.dues) > 1

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
            case _:
                pass

    def _fill_every(self, timing: Every, windows: Sequence[Window]) -> None:
        plain = columns(timing, self._bounds, windows, self._begins, self._cohort.year, self.calendars)
        if plain is not None:
            self._take(plain, timing.plan.dues[0])
            return
        for period in self._periods(timing, windows):
            for number, course in enumerate(self._plan(timing, period.position), 1):
                self._add((period.first, period.last, period.label), number, course)

    def _take(self, plain: Columns, due: Due) -> None:
        self.line.unknown.update(plain.unknown)
        self.line.nominal_doubts.update(plain.nominal_doubts)
        self.line.extend(plain[:3], (plain.nominal, plain.due), plain.provisional, title=due.title, time=due.time)

    def fill_triggered(self, firings: Iterable[Firing]) -> list[int]:
        """Add the rows that these firings give; returns for each row the place of its firing.

        One whose period the bounds leave out gives none.
        """
        timing = self.line.obligation.timing
        if not isinstance(timing, Upon):
            raise TypeError(f"{self.line.obligation.id} has no trigger")
        origins: list[int] = []
        for place, firing in enumerate(firings):
            if not self._covers(firing.first, firing.last):
                continue
            courses = self._plan(timing)
            for number, course in enumerate(courses, 1):
                row = self.line.rows
                self._add(
                    (firing.first, firing.last, firing.label),
                    firing.number if len(courses) == 1 else number,
                    course,
                    _Start(firing=firing),
                )
                if self.line.rows > row:
                    origins.append(place)
                    self.line.firings[row] = firing
        return origins

    def _periods(self, timing: Every, windows: Sequence[Window]) -> Iterator[Period]:
        return obligation_periods(timing, self._bounds, windows, self._cohort.year, self._begins)

    def _covers(self, first: int, last: int) -> bool:
        """Whether a period of these days is one of the obligation's, in this form of it."""
        return self._begins[0] <= first <= self._begins[1] and _overlaps(self._bounds, first, last)

    def _fill_once(self, timing: Once, windows: Sequence[Window]) -> None:
        first, last = timing.span.first.toordinal(), timing.span.last.toordinal()
        start = first - 1 if timing.before else last
        if self._covers(first, last) and any(low <= last and first <= high for low, high in windows):
            self._add((first, last, ONCE), 1, _Course(timing.due, self.calendars), _Start(start))

    def _fill_dates(self, timing: Dates, windows: Sequence[Window]) -> None:
        course = _Course(timing.due, self.calendars)
        for entry in timing.entries:
            first, last, day = entry.span.first.toordinal(), entry.span.last.toordinal(), entry.date.toordinal()
            near = any(low <= max(last, day) and min(first, day) <= high for low, high in windows)
            if near and self._covers(first, last):
                self._add((first, last, entry.label), 1, course, _Start(day, entry.time))

    def _add(self, period: tuple[int, int, str], number: int, course: _Course, start: _Start = _NOWHERE) -> None:
        """Add the row of a due date; none where it has no occurrence, or leaves the years 1 to 9999."""
        timing = self.line.obligation.timing
        try:
            opens = self._opening(period, course, start)
            opened = opens.due if opens else None
            dates = self._due(period, course, start, opened)
            if dates is None:
                return
            times = (dates.time, start.time, course.due.time)
            time = next((each for each in times if each is not None), None)
            closes = self._closing(period, course, start, (dates.due, time), opened)
        except DateRangeError:
            if isinstance(timing, Every):
                # No horizon reaches beyond the years 1 to 9999, so this date is in none.
                return
            raise
        self.line.append(
            period,
            number,
            (opens.due if opens else 0, dates.nominal, dates.due),
            title=course.due.title,
            time=time,
            closes=closes.due if closes else 0,
        )
        self._doubt(course, start, opens, dates, closes)

    def _doubt(
        self, course: _Course, start: _Start, opens: CourseDates | None, dates: CourseDates, closes: CourseDates | None
    ) -> None:
        """Note what is not certain of the last row, and what closes it should it be moved."""
        line, row = self.line, self.line.rows - 1
        nominal = dates.nominal_doubts.both(start.doubts)
        if nominal != SURE:
            line.nominal_doubts[row] = nominal
        around = opens.doubts if opens else SURE
        whole = around.both(closes.doubts) if closes else around
        if course.follows:
            line.closers[row] = course.closer(opens.due if opens else None, self._cohort.zone)
        else:
            around = whole
        if around != SURE:
            line.around_doubts[row] = around
        if dates.left_out:
            line.left_out[row] = True
        line.doubt(row, dates.doubts.both(start.doubts), whole)

    def _opening(
        self, period: tuple[int, int, str], course: _Course, start: _Start, record: Recorder | None = None
    ) -> CourseDates | None:
        if course.opens is None:
            return None
        return self._run(course.opens, period, start, record)

    def _closing(
        self,
        period: tuple[int, int, str],
        course: _Course,
        start: _Start,
        due: tuple[int, int | None],
        opened: int | None,
        record: Recorder | None = None,
    ) -> CourseDates | None:
        """The dates of its closing; ``due`` is the due date with its clock time."""
        if course.closes is None:
            return None
        if course.follows:
            clock = Clock(due[1], self._cohort.zone)
            return course.closes.walk(due[0], record, opened=opened, clock=clock, doubtful=record is None)
        return self._run(course.closes, period, start, record, opened)

    def _due(
        self,
        period: tuple[int, int, str],
        course: _Course,
        start: _Start,
        opened: int | None,
        record: Recorder | None = None,
    ) -> CourseDates | None:
        if start.given is not None:
            return course.runner.walk(start.given, record, opened=opened, doubtful=record is None)
        return self._run(course.runner, period, start, record, opened)

    def _run(
        self,
        runner: Runner,
        period: tuple[int, int, str],
        start: _Start,
        record: Recorder | None,
        opened: int | None = None,
    ) -> CourseDates | None:
        """The dates of a course for a period, or from what the clock showed where a trigger fired."""
        firing, zone = start.firing, self._cohort.zone
        return runner.run(
            period[0],
            period[1],
            record,
            trigger=start.trigger,
            opened=opened,
            clock=Clock(firing.time, firing.zone or zone, firing.fold) if firing else NO_CLOCK,
            zone=zone,
            doubtful=record is None,
        )

    def rule(self, period: tuple[int, int, str], number: int, firing: Firing | None = None) -> Due:
        """The due date of one occurrence as its author wrote it. ``firing`` is what triggered it, if anything did."""
        return self._found(period, number, firing)[0].due

    def trace(
        self, period: tuple[int, int, str], number: int, record: Recorder, firing: Firing | None = None
    ) -> CourseDates | None:
        """Run the course of one occurrence once more, telling ``record`` each step."""
        course, start = self._found(period, number, firing)
        opens = self._opening(period, course, start)
        return self._due(period, course, start, opens.due if opens else None, record)

    def trace_around(
        self,
        period: tuple[int, int, str],
        number: int,
        due: tuple[int, int | None],
        record: Recorder,
        firing: Firing | None = None,
    ) -> None:
        """Run the courses of its opening and closing once more, telling ``record`` each step.

        ``due`` is the final due date with its clock time.
        """
        course, start = self._found(period, number, firing)
        opens = self._opening(period, course, start, record)
        self._closing(period, course, start, due, opens.due if opens else None, record)

    def _found(self, period: tuple[int, int, str], number: int, firing: Firing | None) -> tuple[_Course, _Start]:
        """The course of one occurrence, and where it starts."""
        timing = self.line.obligation.timing
        match timing:
            case Every():
                days = period[:2]
                found = next(each for each in self._periods(timing, [days]) if each[:2] == days)
                return self._plan(timing, found.position)[number - 1], _Start()
            case Once(before=before, due=due):
                return _Course(due, self.calendars), _Start(period[0] - 1 if before else period[1])
            case Dates(entries=entries, due=due):
                entry = next(each for each in entries if each.label == period[2])
                return _Course(due, self.calendars), _Start(entry.date.toordinal(), entry.time)
            case Upon() if firing is not None:
                courses = self._plan(timing)
                course = courses[0] if len(courses) == 1 else courses[number - 1]
                return course, _Start(firing=firing)
            case _:
                raise TypeError(f"{self.line.obligation.id} has no such occurrence")


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
