"""What a readable file would do: rules that never fire, days that are missing, exceptions that find nothing.

These need the engine, so they stand above reading; each diagnostic still points into the file.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import attrs

from cyclekit.civil.cycles import extent
from cyclekit.civil.spans import Bounds
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.course import Runner
from cyclekit.engine.forms import forms_in_time
from cyclekit.engine.lines import obligation_periods
from cyclekit.errors import DateRangeError, MissingDayError
from cyclekit.model.compact import among
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueDate,
    MonthEnd,
)
from cyclekit.model.timing import Dates, Every, Once, Standing, Upon, dues
from cyclekit.reading.rulebook import RuleFile
from cyclekit.workspace.absorbing import idle_absorbs
from cyclekit.workspace.clocks import is_skipped
from cyclekit.workspace.compiling import Shelf, unworked_calendar
from cyclekit.workspace.doubting import doubts_of
from cyclekit.workspace.placing import changes_in, place_of_change
from cyclekit.workspace.trying import (
    SKIP_YEARS,
    Dating,
    asks,
    cases_wanted,
    days_tried,
    is_plain,
    margin_of,
    may_skip,
    no_calendars,
    unmoved,
)
from cyclekit.workspace.unselected import colliding_changes, unselected_units

SHORT_MONTHS = (29, 30, 31)
#: The years in which clock times are held against changes of the clocks.
CLOCK_YEARS = (dt.date(2020, 1, 1).toordinal(), dt.date(2039, 12, 31).toordinal())
#: Over how many years a rule that asks a calendar is tried first.
FEW_YEARS = 4
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
    shelf = Shelf(file.rulebook)
    found = [each for obligation in file.rulebook for each in _of_obligation(file, file.rulebook, obligation, shelf)]
    yield from found
    if not any(each.is_error for each in found):
        # What is mostly not meant is worth a word where nothing is wrong.
        yield from unselected_units(file, file.rulebook)
        yield from doubts_of(file, file.rulebook, shelf)


def _of_obligation(file: RuleFile, rulebook: Rulebook, obligation: Obligation, shelf: Shelf) -> Iterator[Diagnostic]:
    yield from _of_forms(file, rulebook, obligation, shelf)
    yield from idle_absorbs(file, rulebook, obligation)
    yield from colliding_changes(file, rulebook, obligation)


def _of_forms(file: RuleFile, rulebook: Rulebook, obligation: Obligation, shelf: Shelf) -> Iterator[Diagnostic]:
    """What is wrong with an obligation in each form that some units owe, and the changes that never hold."""
    if not obligation.changes:
        yield from _Meaning(file, rulebook, obligation, shelf.units(obligation), shelf).diagnostics()
        return
    owed = forms_in_time(rulebook, obligation)
    results = {changes_in(change.result): change.result for change in obligation.changes}
    holding: set[int] = set()
    told: list[Diagnostic] = []
    for made_by, form in {(): obligation, **results}.items():
        for begins, units in owed.get(made_by, ()):
            meaning = _Meaning(file, rulebook, attrs.evolve(form, begins=begins), units, shelf)
            for each in meaning.diagnostics():
                reminded = each.code == "month-end-unwritten" and any(one.code == each.code for one in told)
                if each not in told and not reminded:
                    told.append(each)
            if meaning.holds:
                holding.update(made_by)
    yield from told
    if not any(each.is_error for each in told):
        for number in sorted({number for made_by in results for number in made_by} - holding):
            yield Diagnostic("no-effect", "change-never-holds", place_of_change(file, obligation, number, "from"))


class _Meaning:
    """One obligation, in the form in which some units owe it in the periods that begin on some days."""

    def __init__(
        self, file: RuleFile, rulebook: Rulebook, obligation: Obligation, units: Sequence[int], shelf: Shelf
    ) -> None:
        self.file = file
        self.shelf = shelf
        self.rulebook = rulebook
        self.obligation = obligation
        self.units = units
        self.bounds = rulebook.bounds.both(obligation.bounds)
        self.begins = obligation.begins.ordinals()
        self.active = among(rulebook.roster.active, units)
        self.holds = False
        """Whether it gives a date while it is owed: known when its diagnostics are."""

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Everything that is wrong with it; at most one reason why it never fires."""
        if isinstance(self.obligation.timing, Standing | Upon):
            # What is triggered fires when its trigger does: reading has checked that there is one.
            self.holds = True
            return
        try:
            self.holds = self.fires()
            fires = self.holds or self._always_owed().fires()
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
        if not self.holds:
            return
        yield from self._unwritten_month_ends()
        yield from self._contradictions()
        yield from self._idle_exceptions()
        yield from self._skipped_times()

    def cases(self, window: tuple[int, int] | None = None) -> Iterator[Case]:
        """Each period with each of its due dates, of those in which some unit exists."""
        timing = self.obligation.timing
        if not isinstance(timing, Every):
            yield from self._single_cases()
            return
        windows = [window or self._window]
        for period in obligation_periods(timing, self.bounds, windows, begins=self.begins):
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
        begun = self.begins[0] <= first <= self.begins[1]
        return begun and low <= high and low <= last and first <= high and self._is_there(first, last)

    def _is_there(self, first: int, last: int) -> bool:
        if not self.active or not all(self.active):
            return True
        spans = [each.ordinals() for active in self.active for each in active]
        return any(low <= last and first <= high for low, high in spans)

    @cached_property
    def _window(self) -> tuple[int, int]:
        """The days that are looked at: four hundred years of its bounds, from when it is owed."""
        first = self.obligation.begins.first
        bounds = self.bounds.both(Bounds(first)) if first else self.bounds
        low, high = days_tried(bounds, self.obligation.timing)
        # A period that begins before the bounds may reach into them.
        return low, max(low, min(high, self.begins[1]))

    def fires(self) -> bool:
        """Whether the rule has an occurrence in four hundred years.

        Raises MissingDayError as its course does, and DateRangeError where a single date leaves the calendar.
        """
        low, high = self._window
        if all(map(is_plain, dues(self.obligation.timing))):
            return self._fires_within(low, high)
        # Calendars take time to compile: most rules that ask one fire within a few years.
        return any(self._fires_within(low, min(high, low + years * 366)) for years in (FEW_YEARS, SKIP_YEARS))

    def _fires_within(self, low: int, high: int) -> bool:
        timing = self.obligation.timing
        runners = {due: self._runner(due, low, high) for due in dues(timing)}
        enough = cases_wanted(timing)
        fires = False
        for number, (first, last, due, start) in enumerate(self.cases((low, high))):
            try:
                dates = runners[due].dates(first, last, start)
            except DateRangeError:
                if isinstance(timing, Every):
                    continue
                raise
            fires = fires or dates is not None
            if fires and number >= enough:
                break
        return fires

    def _runner(self, due: Due, low: int, high: int) -> Dating:
        """What gives the dates, without the steps that only move one where the rest asks no calendar.

        ``skip`` is kept with its calendar: it leaves dates out.
        """
        if is_plain(due):
            return Dating(Runner(unmoved(due.course), no_calendars()))
        roster = self.rulebook.roster
        unit = roster.calendars[self.units[0]] if self.units else None
        margin = margin_of(self.rulebook, due)
        last = max([high, *(each[1] for each in self._days_named())]) + margin
        first = min([low, *(each[0] for each in self._days_named())]) - margin
        calendars = self.shelf.calendars_of(self.obligation, due, unit, (first, last))
        opens = Runner(due.opens, calendars) if due.opens is not None and due.course.is_extended else None
        return Dating(Runner(due.course, calendars), opens)

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

    def _skipped_times(self) -> Iterator[Diagnostic]:
        """A warning where the clocks of a unit skip the time of a due date in one of the years looked at. Once."""
        if not any(due.time for due in dues(self.obligation.timing)):
            return
        roster = self.rulebook.roster
        zones = sorted(
            {zone for each in among(roster.timezones, self.units) if (zone := each or self.rulebook.timezone)}
        )
        for first, last, due, start in self.cases(CLOCK_YEARS) if zones else ():
            if due.time is None or not is_plain(due):
                continue
            runner = Runner(unmoved(due.course), no_calendars())
            dates = runner.run(first, last) if start is None else runner.walk(start)
            for zone in zones if dates is not None else ():
                if dates is not None and is_skipped(dates.due, due.time, zone):
                    day = dt.date.fromordinal(dates.due).isoformat()
                    time = f"{due.time // 60:02}:{due.time % 60:02}"
                    values = {"time": time, "day": day, "zone": zone}
                    yield Diagnostic("time-skipped", "time-skipped", self._place("time", "due"), values)
                    return

    def _unwritten_month_ends(self) -> Iterator[Diagnostic]:
        """A reminder where a month lacks the day and nobody said what then. Once for an obligation."""
        timing = self.obligation.timing
        if not any(getattr(due.course.anchor, "day", 0) in SHORT_MONTHS for due in dues(timing)):
            return
        low = (isinstance(timing, Every) and extent(timing.cycle).first) or dt.date(2001, 1, 1)
        window = (low.toordinal(), low.toordinal() + 5 * 366)
        owner = self._owner("due")
        for number, due in enumerate(dues(self.obligation.timing), 1):
            anchor = due.course.anchor
            if (
                self._stands(f"{owner}due#{number}.month_end")
                or not isinstance(anchor, DayOfMonth | DateOfYear)
                or anchor.day not in SHORT_MONTHS
            ):
                continue
            runner = Runner(Course(attrs.evolve(anchor, month_end=MonthEnd.SKIP)), no_calendars())
            cases = self._unbounded().cases(window)
            if any(due == each and runner.run(first, last) is None for first, last, each, _ in cases):
                place = self._place(f"due#{number}.day", f"due#{number}.date", "due")
                yield Diagnostic("month-end-unwritten", "month-end-unwritten", place)
                return

    def _always_owed(self) -> "_Meaning":
        """The same obligation, owed by all of its units in all periods within its bounds."""
        units = self.obligation.selection.units(self.rulebook.roster)
        return _Meaning(self.file, self.rulebook, attrs.evolve(self.obligation, begins=Bounds()), units, self.shelf)

    def _unbounded(self) -> "_Meaning":
        """The same obligation in all years."""
        free = self._always_owed()
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
        if not any(map(other, dues(self.obligation.timing))):
            return False
        seen = 0
        for first, last, due, start in self.cases():
            course = other(due)
            if course is None or asks(due.course, len(due.course.steps)) or asks(course, len(course.steps)):
                return False
            runner = Runner(unmoved(due.course), no_calendars())
            dates = runner.run(first, last) if start is None else runner.walk(start)
            if dates is None:
                continue
            another = Runner(unmoved(course), no_calendars())
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
        if not isinstance(timing, Every) or not self.obligation.exceptions:
            return
        low, high = self._window
        runners = {due: self._runner(due, low, min(high, low + SKIP_YEARS * 366)) for due in dues(timing)}
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
        names = (f"exceptions.{exception.label}{number}", "exceptions", "")
        return self.file.places[self.obligation.id, next(name for name in names if self._stands(name))]

    def _stands(self, name: str) -> bool:
        return (self.obligation.id, name) in self.file.places

    def _owner(self, field: str) -> str:
        """Where this form has a field from: the last of its changes that writes it, or the obligation itself."""
        changes = (f"changes#{number}." for number in reversed(changes_in(self.obligation)))
        return next((change for change in changes if self._stands(change + field)), "")

    def _place(self, *fields: str) -> Place:
        """Where the first of these fields stands; of a form that changes make, in the last of them if anywhere."""
        made_by = changes_in(self.obligation)
        if made_by:
            return place_of_change(self.file, self.obligation, made_by[-1], *fields)
        for name in (*fields, ""):
            if self._stands(name):
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
                form = attrs.evolve(self.obligation, timing=without)
                freed = _Meaning(self.file, self.rulebook, form, self.units, self.shelf)
                if self._stands(self._owner(field) + field) and freed.fires():
                    return self._place(field)
        skipping = [number for number, due in enumerate(dues(timing), 1) if may_skip(due)]
        return self._place(*(f"due#{number}.adjust" for number in skipping), "due", "once", "dates")
