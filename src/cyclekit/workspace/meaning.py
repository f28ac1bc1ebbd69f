"""What a readable file would do: rules that never fire, days that are missing, exceptions that find nothing.

These need the engine, so they stand above reading; each diagnostic still points into the file.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Bounds
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.course import Calendars, Runner
from cyclekit.engine.course import Dates as Dated
from cyclekit.engine.lines import obligation_periods
from cyclekit.engine.windows import variants
from cyclekit.errors import DateRangeError, MissingDayError
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueDate,
    Extend,
    Include,
    MonthEnd,
    Step,
    asks_calendar,
)
from cyclekit.model.timing import Dates, Every, Once, Standing, Upon, dues
from cyclekit.reading.rulebook import RuleFile
from cyclekit.workspace.compiling import USUAL_START, calendars_of, unworked_calendar

YEARS = 400
#: Over how many years a rule that leaves out non-working days is tried: the weekdays of all dates come round in 28.
SKIP_YEARS = 28
SHORT_MONTHS = (29, 30, 31)
#: How many periods have to open after they are due before that is taken for a contradiction.
CONTRADICTING = 60

#: First and last day of a period, the due date asked for, and the day it starts from where that is given.
Case = tuple[int, int, Due, int | None]


def meaning_of(file: RuleFile) -> Iterator[Diagnostic]:
    """What is wrong, or doubtful, about the dates that a file would give."""
    if file.rulebook is None:
        return
    unworked = unworked_calendar(file, file.rulebook)
    if unworked is not None:
        yield unworked
        return
    for obligation in file.rulebook:
        owing = obligation.selection.units(file.rulebook.roster)
        for number, variant in enumerate(variants(obligation)):
            if number or not obligation.changes or _is_owed(file.rulebook, obligation, owing):
                yield from _Meaning(file, file.rulebook, variant, changed=bool(number)).diagnostics()
        yield from _idle_absorbs(file, file.rulebook, obligation)


def _is_owed(rulebook: Rulebook, obligation: Obligation, owing: list[int]) -> bool:
    """Whether some unit owes an obligation as it is written, without any change."""
    changed = {unit for change in obligation.changes for unit in change.units.units(rulebook.roster)}
    return bool(set(owing) - changed)


class _Dates(NamedTuple):
    """What gives the dates of one due date, and its opening where that is counted from."""

    runner: Runner
    opens: Runner | None = None

    def dates(self, first: int, last: int, start: int | None = None) -> Dated | None:
        """The dates for a period of these days, or from a day that is given."""
        opened = self.opens.run(first, last) if self.opens is not None else None
        day = opened.due if opened else None
        if start is None:
            return self.runner.run(first, last, opened=day)
        return self.runner.walk(start, opened=day)


class _Meaning:
    """One obligation, in the form in which some units owe it."""

    def __init__(self, file: RuleFile, rulebook: Rulebook, obligation: Obligation, *, changed: bool) -> None:
        self.file = file
        self.rulebook = rulebook
        self.obligation = obligation
        self.changed = changed
        self.bounds = rulebook.bounds.both(obligation.bounds)
        units = obligation.selection.units(rulebook.roster)
        self.active = [rulebook.roster.active[unit] for unit in units]

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Everything that is wrong with it; at most one reason why it never fires."""
        if isinstance(self.obligation.timing, Standing | Upon):
            # What is triggered fires when its trigger does: reading has checked that there is one.
            return
        try:
            fires = self.fires()
        except MissingDayError as missing:
            values = {"day": str(missing.day), "month": missing.month}
            yield Diagnostic("day-missing", "day-missing", self._place("due#1.month_end", "due"), values)
            return
        except DateRangeError as left:
            yield Diagnostic("out-of-range", "leaves-the-years", self._place("due", "once"), {"what": left.what})
            return
        if not fires:
            yield Diagnostic("never-fires", "never-fires", self._blamed())
            return
        if not self.changed:
            yield from self._unwritten_month_ends()
            yield from self._contradictions()
        yield from self._idle_exceptions()

    def cases(self, window: tuple[int, int] | None = None) -> Iterator[Case]:
        """Each period with each of its due dates, of those in which some unit exists."""
        timing = self.obligation.timing
        if not isinstance(timing, Every):
            yield from self._single_cases()
            return
        for period in obligation_periods(timing, self.bounds, [window or _window(self.bounds)]):
            if self._is_there(period.first, period.last):
                for due in timing.plan.at(period.position):
                    yield period.first, period.last, due, None

    def _single_cases(self) -> Iterator[Case]:
        """The dates of a timing without a cycle."""
        match self.obligation.timing:
            case Once(span=span, before=before, due=due):
                first, last = span.first.toordinal(), span.last.toordinal()
                if self._is_covered(first, last):
                    yield first, last, due, first - 1 if before else last
            case Dates(entries=entries, due=due):
                for entry in entries:
                    first, last = entry.span.first.toordinal(), entry.span.last.toordinal()
                    if self._is_covered(first, last):
                        yield first, last, due, entry.date.toordinal()
            case _:
                return

    def _is_covered(self, first: int, last: int) -> bool:
        low, high = self.bounds.ordinals()
        return low <= high and low <= last and first <= high and self._is_there(first, last)

    def _is_there(self, first: int, last: int) -> bool:
        if not self.active or not all(self.active):
            return True
        spans = [each.ordinals() for active in self.active for each in active]
        return any(low <= last and first <= high for low, high in spans)

    def fires(self) -> bool:
        """Whether the rule has an occurrence in four hundred years.

        Raises MissingDayError as its course does, and DateRangeError where a single date leaves the calendar.
        """
        timing = self.obligation.timing
        low, high = _window(self.bounds)
        if not all(map(_is_plain, dues(timing))):
            high = min(high, low + SKIP_YEARS * 366)
        runners = {due: self._runner(due) for due in dues(timing)}
        enough = _enough(timing)
        fires = False
        for number, (first, last, due, start) in enumerate(self.cases((low, high))):
            try:
                dates = runners[due].dates(first, last, start)
            except DateRangeError:
                if isinstance(timing, Every):
                    continue
                raise
            fires = fires or dates is not None
            if fires and number > enough:
                break
        return fires

    def _runner(self, due: Due) -> "_Dates":
        """What gives the dates, without the steps that only move one where the rest asks no calendar.

        ``skip`` is kept with its calendar: it leaves dates out.
        """
        if _is_plain(due):
            return _Dates(Runner(_unmoved(due.course), _no_calendars()))
        roster = self.rulebook.roster
        units = self.obligation.selection.units(roster)
        unit = roster.calendars[units[0]] if units else None
        margin = 10 * 366
        low, high = _window(self.bounds)
        last = max([min(high, low + SKIP_YEARS * 366), *(each[1] for each in self._days_named())]) + margin
        first = min([low, *(each[0] for each in self._days_named())]) - margin
        calendars = calendars_of(self.rulebook, self.obligation, due, unit, (first, last))
        opens = Runner(due.opens, calendars) if due.opens is not None and due.course.is_extended else None
        return _Dates(Runner(due.course, calendars), opens)

    def _days_named(self) -> list[tuple[int, int]]:
        """The days that the timing and its exceptions name themselves."""
        spans = [each.span for each in self.obligation.exceptions]
        match self.obligation.timing:
            case Once(span=span):
                spans.append(span)
            case Dates(entries=entries):
                spans += [entry.span for entry in entries]
            case _:
                pass
        return [(span.first.toordinal(), span.last.toordinal()) for span in spans]

    def _unwritten_month_ends(self) -> Iterator[Diagnostic]:
        """A reminder where a month lacks the day and nobody said what then. Once for an obligation."""
        window = (dt.date(2001, 1, 1).toordinal(), dt.date(2005, 12, 31).toordinal())
        for number, due in enumerate(dues(self.obligation.timing), 1):
            anchor = due.course.anchor
            written = (self.obligation.id, f"due#{number}.month_end") in self.file.places
            if written or not isinstance(anchor, DayOfMonth | DateOfYear) or anchor.day not in SHORT_MONTHS:
                continue
            runner = Runner(Course(attrs.evolve(anchor, month_end=MonthEnd.SKIP)), _no_calendars())
            cases = self._unbounded().cases(window)
            if any(due == each and runner.run(first, last) is None for first, last, each, _ in cases):
                place = self._place(f"due#{number}.day", f"due#{number}.date", "due")
                yield Diagnostic("month-end-unwritten", "month-end-unwritten", place)
                return

    def _unbounded(self) -> "_Meaning":
        """The same obligation in all years."""
        free = _Meaning(self.file, self.rulebook, self.obligation, changed=self.changed)
        free.bounds, free.active = Bounds(), []
        return free

    def _contradictions(self) -> Iterator[Diagnostic]:
        """An opening after the due date, or a closing before it, in every period there is to look at."""
        if self._always(lambda due: due.opens, lambda due, opens: opens > due):
            values = {"first": "due", "second": "opens"}
            yield Diagnostic("conflict", "opens-after-due", self._place("opens:", "due"), values)
        if self._always(lambda due: due.closes, lambda due, closes: closes < due):
            values = {"first": "due", "second": "closes"}
            yield Diagnostic("conflict", "closes-before-due", self._place("closes:", "due"), values)

    def _always(self, other: Callable[[Due], Course | None], contradicts: Callable[[int, int], bool]) -> bool:
        """Whether another course of each due date contradicts it in every period. Non-working days are left aside."""
        seen = 0
        for first, last, due, start in self.cases():
            course = other(due)
            if course is None or _asks(due.course, len(due.course.steps)) or _asks(course, len(course.steps)):
                return False
            runner = Runner(_unmoved(due.course), _no_calendars())
            dates = runner.run(first, last) if start is None else runner.walk(start)
            if dates is None:
                continue
            another = Runner(_unmoved(course), _no_calendars())
            follows = isinstance(course.anchor, DueDate)
            days = another.walk(dates.due) if follows else another.run(first, last)
            if days is None:
                continue
            if not contradicts(dates.due, days.due):
                return False
            seen += 1
            if seen > CONTRADICTING:
                break
        return seen > 0

    def _idle_exceptions(self) -> Iterator[Diagnostic]:
        """An exception for a due date that the rule does not give: there is nothing to move or waive."""
        timing = self.obligation.timing
        if not isinstance(timing, Every):
            return
        runners = {due: self._runner(due) for due in dues(timing)}
        for exception in self.obligation.exceptions:
            days = (exception.span.first.toordinal(), exception.span.last.toordinal())
            cases = [each[2] for each in self.cases(days) if each[:2] == days]
            if exception.number is not None:
                cases = cases[exception.number - 1 : exception.number]
            if cases and all(runners[due].dates(*days) is None for due in cases):
                yield Diagnostic(
                    "unknown-reference", "no-date-there", self._label_place(exception), {"text": exception.label}
                )

    def _label_place(self, exception: PeriodException) -> Place:
        number = f"#{exception.number}" if exception.number is not None else ""
        return self._place(f"exceptions.{exception.label}{number}", "exceptions")

    def _place(self, *fields: str) -> Place:
        """Where the first of these fields stands; a change has one place for all of it."""
        named = ("changes", *fields) if self.changed else fields
        for name in (*named, ""):
            if (self.obligation.id, name) in self.file.places:
                return self.file.places[self.obligation.id, name]
        return Place(self.file.name, 1, 1)

    def _blamed(self) -> Place:
        """The field that keeps a rule from firing: ``stub``, ``only`` and ``skip`` are asked first, then the rest."""
        timing = self.obligation.timing
        if isinstance(timing, Every):
            for field, without in (
                ("stub", attrs.evolve(timing, drop_stubs=False)),
                ("only", attrs.evolve(timing, only=frozenset())),
                ("skip", attrs.evolve(timing, skip=frozenset())),
            ):
                freed = _Meaning(
                    self.file, self.rulebook, attrs.evolve(self.obligation, timing=without), changed=self.changed
                )
                if (self.obligation.id, field) in self.file.places and freed.fires():
                    return self._place(field)
        skipping = [number for number, due in enumerate(dues(timing), 1) if _may_skip(due)]
        return self._place(*(f"due#{number}.adjust" for number in skipping), "due", "once", "dates")


def _enough(timing: object) -> int:
    """How many cases to look at for a missing day, once it is known that the rule fires: four years of periods."""
    if not isinstance(timing, Every):
        return 366
    periods = 4 * 12 // timing.cycle.n + 1 if isinstance(timing.cycle, Months) else 0
    return periods * max(len(timing.plan.dues), 1)


def _window(bounds: Bounds) -> tuple[int, int]:
    start = bounds.first or min(USUAL_START, bounds.last or USUAL_START)
    end = dt.date(min(start.year + YEARS, dt.MAXYEAR), 12, 31)
    if bounds.first is None and bounds.last is not None:
        start = dt.date(max(bounds.last.year - YEARS, 1), 1, 1)
    return start.toordinal(), min(end, bounds.last or end).toordinal()


def _may_skip(due: Due) -> bool:
    return any(isinstance(step, Adjust) and step.convention is Convention.SKIP for step in due.course.steps)


def _asks(course: Course, count: int) -> bool:
    """Whether the anchor or one of the first ``count`` steps asks a calendar, but for steps that only move a date."""
    return any(asks_calendar(part) and not isinstance(part, Adjust) for part in (course.anchor, *course.steps[:count]))


def _is_plain(due: Due) -> bool:
    """Whether it can be told without a calendar if a due date has a nominal date."""
    course = due.course
    return not _may_skip(due) and not any(
        asks_calendar(part) for part in (course.anchor, *course.steps[: course.finish])
    )


def _unmoved(course: Course) -> Course:
    """A course without the steps that only move a date off days that do not count: they never make one."""
    return attrs.evolve(course, steps=tuple(step for step in course.steps if not _moves(step)))


def _moves(step: Step) -> bool:
    return isinstance(step, Adjust | Include | Extend)


def _no_calendars() -> Calendars:
    return Calendars({}, None, None, None)


def _idle_absorbs(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    """A warning for each obligation that this one stands for and never meets: no common unit, or no common day."""
    if not obligation.absorbs:
        return
    own, owing = _nominal_days(rulebook, obligation), set(obligation.selection.units(rulebook.roster))
    for other in obligation.absorbs:
        theirs = _nominal_days(rulebook, rulebook[other])
        never = own is not None and theirs is not None and not own & theirs
        apart = not owing & set(rulebook[other].selection.units(rulebook.roster))
        if never or apart or rulebook[other].is_standing:
            place = file.places.get((obligation.id, "absorbs"), Place(file.name, 1, 1))
            yield Diagnostic("absorbs-never", "absorbs-never", place, {"name": other})


def _nominal_days(rulebook: Rulebook, obligation: Obligation) -> set[int] | None:
    """The nominal days of some years; None where they rest on a calendar, or on no cycle, or differ by unit."""
    timing = obligation.timing
    if not isinstance(timing, Every) or obligation.changes or timing.year_of_unit:
        return None
    if not all(map(_is_plain, dues(timing))):
        return None
    bounds = rulebook.bounds.both(obligation.bounds)
    low, high = _window(bounds)
    window = (low, min(high, low + SKIP_YEARS * 366))
    runners = {due: Runner(_unmoved(due.course), _no_calendars()) for due in dues(timing)}
    found: set[int] = set()
    for period in obligation_periods(timing, bounds, [window]):
        for due in timing.plan.at(period.position):
            dates = runners[due].run(period.first, period.last)
            if dates is not None:
                found.add(dates.nominal)
    return found
