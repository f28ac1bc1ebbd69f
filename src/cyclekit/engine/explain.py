"""Explaining: the same course that made a date, run once more with a recorder."""

import datetime as dt
from collections.abc import Iterable, Iterator

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.lines import Cohort, LineBuilder, obligation_periods
from cyclekit.errors import UnknownOccurrenceError
from cyclekit.model.explanation import (
    CalendarFacts,
    DayName,
    Doubt,
    Explanation,
    NameOf,
    Nature,
    Stretch,
    Waypoint,
)
from cyclekit.model.identity import Key
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Adjust, Anchor, Due, Step
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.model.timing import Dates, Every, Once, dues


def name_of(calendar: WorkingCalendar, day: dt.date) -> DayName:
    """What a compiled calendar itself calls a day."""
    name = calendar.names.get(day.toordinal())
    return DayName(Text.of(name) if name else None)


def explain(schedule: Schedule, key: Key, names: NameOf = name_of) -> Explanation:
    """Why the occurrence of this key is due when it is, by the calendars that the schedule was expanded with.

    The due date of the explanation comes from running the course again. ``names`` tells what days are called. Raises
    UnknownOccurrenceError where the schedule has no such occurrence.
    """
    occurrence = schedule[key]
    roster = occurrence.rulebook.roster
    unit = occurrence.unit.number
    cohort = Cohort(roster.calendars[unit], roster.year_starts[unit])
    builder = LineBuilder(occurrence.rulebook, occurrence.obligation, cohort, schedule.calendars)
    start = _start(occurrence)
    recorder = _Recorder(names, start)
    dates = builder.trace((*occurrence.period_days, occurrence.period), occurrence.number, recorder)
    if dates is None:
        raise UnknownOccurrenceError(key)
    exception = occurrence.exception
    return Explanation(
        occurrence,
        _rule(occurrence, cohort),
        start,
        tuple(recorder.way),
        exception.due if exception and exception.due else dt.date.fromordinal(dates.due),
        exception,
        _absorber(schedule, occurrence),
        tuple(recorder.facts.values()),
        tuple(recorder.doubts) if occurrence.provisional else (),
    )


def _rule(occurrence: Occurrence, cohort: Cohort) -> Due:
    """The due date of the plan that is meant: the one of this number in a period at this position."""
    timing = occurrence.obligation.timing
    match timing:
        case Every(plan=plan):
            days = occurrence.period_days
            bounds = occurrence.rulebook.bounds.both(occurrence.obligation.bounds)
            periods = obligation_periods(timing, bounds, [days], cohort.year)
            position = next(each.position for each in periods if each[:2] == days)
            return plan.at(position)[occurrence.number - 1]
        case _:
            return dues(timing)[0]


def _start(occurrence: Occurrence) -> dt.date | None:
    """The day from which the steps begin, where no anchor finds it."""
    match occurrence.obligation.timing:
        case Once(span=span, before=before):
            return span.first - dt.timedelta(days=1) if before else span.last
        case Dates(entries=entries):
            return next(each.date for each in entries if each.label == occurrence.period)
        case _:
            return None


def _absorber(schedule: Schedule, occurrence: Occurrence) -> Occurrence | None:
    """The occurrence that stands for this one: owed by the same units, on the same nominal date."""
    if occurrence.absorbed_by is None:
        return None
    owing = {each.number for each in occurrence.units}
    nominal = occurrence.nominal.toordinal()
    for line in schedule.lines:
        if line.rulebook is occurrence.rulebook and line.obligation.id == occurrence.absorbed_by:
            for row in range(line.rows):
                if line.nominal[row] == nominal and owing <= line.owing(row):
                    unit = occurrence.unit.number
                    return Occurrence(line, row, unit if not line.together else line.units_of(row)[0])
    return None


class _Recorder:
    """Is told each anchor and step by the runner, and keeps where it led and what it passed."""

    def __init__(self, names: NameOf, start: dt.date | None) -> None:
        self._names = names
        self._before = start.toordinal() if start else None
        self.way: list[Waypoint] = []
        self.facts: dict[str, CalendarFacts] = {}
        self.doubts: list[Doubt] = []

    def __call__(self, step: Anchor | Step, day: int | None, calendar: WorkingCalendar | None) -> None:
        if day is None:
            return
        passed: tuple[Stretch, ...] = ()
        if calendar is not None:
            self.facts[calendar.id] = _facts(calendar)
            first, last = sorted((self._before or day, day))
            passed = tuple(self._passed(calendar, first, last, everything=isinstance(step, Adjust)))
            self._doubt(calendar, range(first, last + 1))
        shown = dt.date.fromordinal(day)
        self.way.append(Waypoint(step, shown, calendar.id if calendar else None, passed))
        self._before = day

    def _passed(self, calendar: WorkingCalendar, first: int, last: int, *, everything: bool) -> Iterator[Stretch]:
        for stretch in _stretches(calendar, range(first, last + 1), self._names):
            match stretch.nature:
                case Nature.WORKED:
                    pass
                case Nature.REST if not everything:
                    pass
                case _:
                    yield stretch

    def _doubt(self, calendar: WorkingCalendar, days: range) -> None:
        for day in days:
            if calendar.is_provisional(day, day):
                beyond = calendar.known_until is not None and day > calendar.known_until
                self.doubts.append(Doubt(calendar.id, dt.date.fromordinal(day), estimated=not beyond))
                return


def _stretches(calendar: WorkingCalendar, days: Iterable[int], names: NameOf) -> Iterator[Stretch]:
    """The days as runs of one nature and name."""
    run: Stretch | None = None
    for ordinal in days:
        day = dt.date.fromordinal(ordinal)
        nature = _nature(calendar, ordinal)
        plain = nature in (Nature.WORKED, Nature.REST, Nature.SUSPENDED)
        named = DayName() if plain else names(calendar, day)
        if run is not None and (run.nature, run.named) == (nature, named) and named.exchange is None:
            run = Stretch(run.first, day, nature, named)
            continue
        if run is not None:
            yield run
        run = Stretch(day, day, nature, named)
    if run is not None:
        yield run


def _nature(calendar: WorkingCalendar, day: int) -> Nature:
    if calendar.is_suspended(day):
        return Nature.SUSPENDED
    if calendar.is_working(day):
        return Nature.EXCHANGED if day in calendar.opened else Nature.WORKED
    return Nature.HOLIDAY if day in calendar.names else Nature.REST


def _facts(calendar: WorkingCalendar) -> CalendarFacts:
    known = [dt.date.fromordinal(day) if day else None for day in (calendar.known_from, calendar.known_until)]
    return CalendarFacts(calendar.id, calendar.origin, *known)
