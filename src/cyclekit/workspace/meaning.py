"""What a readable file would do: rules that never fire, days that are missing, months that lack the day.

These need the engine, so they stand above reading; each diagnostic still points into the file.
"""

import datetime as dt
from collections.abc import Iterator

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Bounds, Span
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.course import Calendars, Runner
from cyclekit.engine.lines import obligation_periods
from cyclekit.errors import DateRangeError, MissingDayError
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import UNIT, Adjust, Course, DateOfYear, DayOfMonth, Due, MonthEnd
from cyclekit.model.timing import Dates, Every, Once, Timing, dues
from cyclekit.reading.rulebook import RuleFile
from cyclekit.sources.public_holidays import compile_calendar

YEARS = 400
#: Over how many years a rule that leaves out non-working days is tried: the weekdays of all dates come round in 28.
SKIP_YEARS = 28
#: Where a rule without a beginning is looked at: a cycle of the calendar, all of it in range.
USUAL_START = dt.date(2000, 1, 1)
SHORT_MONTHS = (29, 30, 31)


def meaning_of(file: RuleFile) -> Iterator[Diagnostic]:
    """What is wrong, or doubtful, about the dates that a file would give."""
    if file.rulebook is None:
        return
    for obligation in file.rulebook:
        yield from _of_obligation(file, file.rulebook, obligation)
        yield from _idle_absorbs(file, file.rulebook, obligation)


def _of_obligation(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    timing = obligation.timing
    if not isinstance(timing, Every):
        if _out_of_bounds(timing, rulebook.bounds.both(obligation.bounds)):
            name = "dates" if isinstance(timing, Dates) else "once"
            yield Diagnostic("never-fires", "never-fires", _place(file, obligation, name))
        return
    try:
        fires = _fires(timing, rulebook, obligation)
    except MissingDayError as missing:
        values = {"day": str(missing.day), "month": missing.month}
        yield Diagnostic("day-missing", "day-missing", _place(file, obligation, "due.month_end"), values)
        return
    if not fires:
        yield Diagnostic("never-fires", "never-fires", _blamed(file, rulebook, obligation))
    elif any(_may_lack_day(timing, due) for due in dues(timing)) and not _month_end_written(file, obligation):
        yield Diagnostic("month-end-unwritten", "month-end-unwritten", _place(file, obligation, "due.day"))


def _out_of_bounds(timing: Timing, bounds: Bounds) -> bool:
    """Whether no date of a timing without a cycle lies within the bounds."""
    match timing:
        case Once(span=span):
            spans = [span]
        case Dates(entries=entries):
            spans = [entry.span for entry in entries]
        case _:
            return False
    low, high = bounds.ordinals()
    return not any(span.first.toordinal() <= high and low <= span.last.toordinal() for span in spans)


def _idle_absorbs(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    """A warning for each obligation that this one stands for and never meets on one nominal day."""
    if not obligation.absorbs:
        return
    own = _nominal_days(rulebook, obligation)
    for other in obligation.absorbs:
        theirs = _nominal_days(rulebook, rulebook[other])
        if own is not None and theirs is not None and not own & theirs:
            place = _place(file, obligation, "absorbs")
            yield Diagnostic("absorbs-never", "absorbs-never", place, {"name": other})


def _nominal_days(rulebook: Rulebook, obligation: Obligation) -> set[int] | None:
    """The nominal days of some years; None where they rest on a calendar, or on no cycle."""
    timing = obligation.timing
    if not isinstance(timing, Every) or any(due.course.finish != _plain_steps(due) for due in dues(timing)):
        return None
    bounds = rulebook.bounds.both(obligation.bounds)
    low, high = _window(bounds)
    window = (low, min(high, low + SKIP_YEARS * 366))
    runners = {due: Runner(_without_calendar(due.course), _no_calendars()) for due in dues(timing)}
    found: set[int] = set()
    for period in obligation_periods(timing, bounds, [window]):
        for due in timing.plan.at(period.position):
            dates = runners[due].run(period.first, period.last)
            if dates is not None:
                found.add(dates.nominal)
    return found


def _plain_steps(due: Due) -> int:
    """How many steps a course has before the first that asks a calendar."""
    steps = due.course.steps
    return next((place for place, step in enumerate(steps) if isinstance(step, Adjust)), len(steps))


def _fires(timing: Every, rulebook: Rulebook, obligation: Obligation) -> bool:
    """Whether the rule has an occurrence in four hundred years. Raises MissingDayError as its course does."""
    bounds = rulebook.bounds.both(obligation.bounds)
    low, high = _window(bounds)
    if any(map(_may_skip, dues(timing))):
        high = min(high, low + SKIP_YEARS * 366)
    runners = {due: _runner(due, rulebook, obligation, (low, high)) for due in dues(timing)}
    fires = False
    for number, period in enumerate(obligation_periods(timing, bounds, [(low, high)])):
        for due in timing.plan.at(period.position):
            try:
                fires = runners[due].run(period.first, period.last) is not None or fires
            except DateRangeError:
                continue
        if fires and number > _enough(timing):
            break
    return fires


def _enough(timing: Every) -> int:
    """How many periods to look at for a missing day, once it is known that the rule fires: four years of them."""
    return 4 * 12 // timing.cycle.n + 1 if isinstance(timing.cycle, Months) else 0


def _window(bounds: Bounds) -> tuple[int, int]:
    start = bounds.first or min(USUAL_START, bounds.last or USUAL_START)
    end = dt.date(min(start.year + YEARS, dt.MAXYEAR), 12, 31)
    if bounds.first is None and bounds.last is not None:
        start = dt.date(max(bounds.last.year - YEARS, 1), 1, 1)
    return start.toordinal(), min(end, bounds.last or end).toordinal()


def _runner(due: Due, rulebook: Rulebook, obligation: Obligation, window: tuple[int, int]) -> Runner:
    """A runner without the steps that only move a date. ``skip`` is kept with its calendar: it leaves dates out."""
    if not _may_skip(due):
        return Runner(_without_calendar(due.course), _no_calendars())
    units = obligation.selection.units(rulebook.roster)
    unit = rulebook.roster.calendars[units[0]] if units else None
    needed = dict.fromkeys(_calendars_of(due, obligation, unit or rulebook.calendar), window)
    margin = 10 * 366
    compiled = {code: compile_calendar(code, low - margin, high + margin) for code, (low, high) in needed.items()}
    return Runner(due.course, Calendars(compiled, obligation.calendar, unit, rulebook.calendar))


def _may_skip(due: Due) -> bool:
    return any(isinstance(step, Adjust) and step.convention is Convention.SKIP for step in due.course.steps)


def _calendars_of(due: Due, obligation: Obligation, outer: str | None) -> set[str]:
    named = {
        step.calendar or due.course.calendar or obligation.calendar or outer
        for step in due.course.steps
        if isinstance(step, Adjust)
    }
    return {outer if each == UNIT else each for each in named} - {None}  # type: ignore[return-value]


def _without_calendar(course: Course) -> Course:
    """A course without the steps that ask a calendar: they move a date, and never make one."""
    return attrs.evolve(course, steps=tuple(step for step in course.steps if not isinstance(step, Adjust)))


def _no_calendars() -> Calendars:
    return Calendars({}, None, None, None)


def _may_lack_day(timing: Every, due: Due) -> bool:
    """Whether some period's month lacks the day, so that ``month_end`` decides."""
    anchor = due.course.anchor
    if not isinstance(anchor, DayOfMonth | DateOfYear) or anchor.day not in SHORT_MONTHS:
        return False
    runner = Runner(Course(attrs.evolve(anchor, month_end=MonthEnd.SKIP)), _no_calendars())
    span = Span(dt.date(2001, 1, 1), dt.date(2005, 12, 31))
    window = (span.first.toordinal(), span.last.toordinal())
    periods = obligation_periods(attrs.evolve(timing, drop_stubs=False), Bounds(), [window])
    return any(
        runner.run(period.first, period.last) is None for period in periods if due in timing.plan.at(period.position)
    )


def _month_end_written(file: RuleFile, obligation: Obligation) -> bool:
    return (obligation.id, "due.month_end") in file.places


def _place(file: RuleFile, obligation: Obligation, field: str) -> Place:
    for name in (field, field.partition(".")[0], ""):
        if (obligation.id, name) in file.places:
            return file.places[obligation.id, name]
    return Place(file.name, 1, 1)


def _blamed(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Place:
    """The field that keeps a rule from firing: ``only`` and ``stub`` are asked first, then the anchor."""
    timing = obligation.timing
    if isinstance(timing, Every):
        for field, without in (
            ("stub", attrs.evolve(timing, drop_stubs=False)),
            ("only", attrs.evolve(timing, only=frozenset())),
            ("skip", attrs.evolve(timing, skip=frozenset())),
        ):
            if (obligation.id, field) in file.places and _fires(without, rulebook, obligation):
                return file.places[obligation.id, field]
    return _place(file, obligation, "due")
