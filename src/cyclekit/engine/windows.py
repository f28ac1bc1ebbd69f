"""Which days' occurrences are needed: those of the horizon, and those that decide about them.

Absorbing compares nominal dates, which may lie outside the horizon although the due dates lie inside; an
exception may move an occurrence from any distance; and what triggers an occurrence may lie far from it. All are
found from the rules, so nothing about an occurrence depends on the horizon it was asked for in.
"""

from collections.abc import Iterable, Mapping, Sequence

from cyclekit.engine.forms import variants
from cyclekit.engine.reach import (
    LAST_DAY,
    YEAR,
    cascade_reach,
    clipped,
    joined,
    period_length,
    reach,
    reach_of,
    trailing_reach,
)
from cyclekit.engine.triggers import in_trigger_order, triggers_of
from cyclekit.model.compact import distinct
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import UNIT, Add, Anchor, Course, Holiday, Step, asks_calendar
from cyclekit.model.timing import Every, dues

Window = tuple[int, int]


def nominal_windows(rulebook: Rulebook, horizon: Window, closure: int) -> Mapping[str, list[Window]]:
    """For each obligation the days on which it must be known whether it has an occurrence."""
    found: dict[str, list[Window]] = {}
    levels = levels_of(rulebook)
    moved = [trailing_reach(each, levels, closure) for obligation in rulebook for each in variants(obligation)]
    margin = max(moved, default=0)
    for obligation in rulebook:
        found[obligation.id] = [clipped(horizon[0] - margin, horizon[1] + margin)]
    for obligation in rulebook:
        for each in variants(obligation):
            for other in each.absorbs:
                if other in found:
                    found[obligation.id].extend(_excepted(rulebook, rulebook[other], closure))
    for obligation in reversed(in_trigger_order(rulebook)):
        for each in variants(obligation):
            trigger = triggers_of(each)
            if trigger in found:
                found[trigger].extend(_firing(rulebook, each, found[obligation.id], closure))
    return {obligation: joined(windows) for obligation, windows in found.items()}


def _firing(rulebook: Rulebook, obligation: Obligation, windows: Sequence[Window], closure: int) -> Iterable[Window]:
    """The days on which a trigger may fire for due dates in these windows, or for periods that exceptions name."""
    trigger = rulebook[triggers_of(obligation) or ""]
    before, after = span_reach(rulebook, obligation, closure)
    # What fires may itself lie away from its period, and be moved from its nominal date.
    margin = max(sum(span_reach(rulebook, each, closure)) + period_length(each.timing) for each in variants(trigger))
    for first, last in (*windows, *_named(obligation)):
        yield clipped(first - after - margin, last + before + margin)


def span_reach(rulebook: Rulebook, obligation: Obligation, closure: int) -> tuple[int, int]:
    """How far an obligation's due dates lie from its periods, or from its trigger's days, at most."""
    before, after = reach_of(obligation.timing, closure)
    return before + cascade_reach(obligation.cascade, levels_of(rulebook), closure), after


def _excepted(rulebook: Rulebook, obligation: Obligation, closure: int) -> Iterable[Window]:
    for each in variants(obligation):
        before, after = span_reach(rulebook, each, closure)
        for first, last in _named(each):
            yield clipped(first - before, last + after)


def _named(obligation: Obligation) -> Iterable[Window]:
    """The days of the periods that exceptions name: where units' years differ, of all that may bear the name."""
    timing = obligation.timing
    margin = 2 * YEAR if isinstance(timing, Every) and timing.year_of_unit else 0
    for each in obligation.exceptions:
        yield clipped(each.span.first.toordinal() - margin, each.span.last.toordinal() + margin)


def period_windows(rulebook: Rulebook, obligation: Obligation, windows: Sequence[Window], closure: int) -> list[Window]:
    """The days that periods must touch to have a due date in these windows, and those of the exceptions."""
    before, after = span_reach(rulebook, obligation, closure)
    found = [clipped(first - after, last + before) for first, last in windows]
    return joined([*found, *_named(obligation)])


def levels_of(rulebook: Rulebook) -> int:
    """How many levels a cascade of some obligation can have; 0 where none has one, whatever the roster's tree."""
    cascades = any(form.cascade is not None for obligation in rulebook for form in variants(obligation))
    return rulebook.roster.levels if cascades else 0


def calendars_needed(
    rulebooks: Iterable[Rulebook], horizon: Window, closure: int, events: Sequence[int] = ()
) -> dict[str, Window]:
    """Which calendars expanding will ask, and over which days they have to be compiled.

    One of a rulebook's own is named ``RULEBOOK/ID``. ``events`` holds the days on which events happen.
    """
    found: dict[str, Window] = {}
    for rulebook in rulebooks:
        touched = _touched(rulebook, horizon, closure, events)
        units = {each for each in distinct(rulebook.roster.calendars) if each}
        inherited = units | ({rulebook.calendar} if rulebook.calendar else set())
        for obligation in rulebook:
            for each in variants(obligation):
                asked = _asked(rulebook, each, inherited)
                if asked:
                    margin = sum(span_reach(rulebook, each, closure)) + _around(each, closure)
                    days = touched[obligation.id]
                    first, last = clipped(days[0] - margin, days[1] + margin)
                    for name in asked:
                        calendar = rulebook.calendar_keys.get(name, name)
                        low, high = found.get(calendar, (LAST_DAY, 1))
                        found[calendar] = (min(low, first), max(high, last))
    return found


def _touched(rulebook: Rulebook, horizon: Window, closure: int, events: Sequence[int]) -> Mapping[str, Window]:
    """For each obligation the first and last day from which its courses may be run, or to which one is moved.

    Those of what is triggered are run wherever the trigger falls due, which may be outside the horizon; and what
    exceptions moved is closed, and has levels below it, from where it was moved to.
    """
    windows = nominal_windows(rulebook, horizon, closure)
    found: dict[str, Window] = {}
    dues_of: dict[str, Window] = {}
    for obligation in in_trigger_order(rulebook):
        days = [(day, day) for day in events]
        due: list[Window] = []
        for each in variants(obligation):
            days += period_windows(rulebook, each, windows[obligation.id], closure)
            trigger = triggers_of(each) or ""
            days += [window for window in (found.get(trigger), dues_of.get(trigger)) if window is not None]
            moved = [one.due.toordinal() for one in each.exceptions if one.due is not None]
            earlier = cascade_reach(each.cascade, levels_of(rulebook), closure)
            due += [(day - earlier, day) for day in moved]
        found[obligation.id] = _hull([*days, *due])
        reaches = [span_reach(rulebook, each, closure) for each in variants(obligation)]
        margin = max(before + after for before, after in reaches)
        length = max(period_length(each.timing) for each in variants(obligation))
        first, last = _hull(days)
        dues_of[obligation.id] = _hull([(first - margin - length, last + margin + length), *due])
    return found


def _hull(windows: Sequence[Window]) -> Window:
    return clipped(min(first for first, _ in windows), max(last for _, last in windows))


def holidays_named(rulebooks: Iterable[Rulebook]) -> frozenset[str]:
    """The names of the holidays that anchors ask for."""
    return frozenset(
        course.anchor.name
        for rulebook in rulebooks
        for obligation in rulebook
        for each in variants(obligation)
        for due in dues(each.timing)
        for course in due.courses
        if isinstance(course.anchor, Holiday)
    )


def _around(obligation: Obligation, closure: int) -> int:
    """How far openings and closings lie from their periods, at most, and how long these are."""
    others = [course for due in dues(obligation.timing) for course in (due.opens, due.closes) if course is not None]
    # A run of closed days is looked at as a whole, also where it reaches over the edge of what is asked.
    return sum(sum(reach(course, closure)) for course in others) + period_length(obligation.timing) + 2 * closure


def _asked(rulebook: Rulebook, obligation: Obligation, inherited: set[str]) -> set[str]:
    found: set[str] = set()
    if obligation.cascade is not None:
        found |= inherited if obligation.cascade.working else inherited & rulebook.suspending
    for due in dues(obligation.timing):
        for course in due.courses:
            for part in (course.anchor, *course.steps):
                named = calendar_named(part, course, obligation)
                calendars = inherited if named is None else {named}
                if asks_calendar(part):
                    found |= calendars
                elif isinstance(part, Add) and part.unit in ("days", "weeks"):
                    found |= calendars & rulebook.suspending
    return found - {""}


def calendar_named(part: Anchor | Step, course: Course, obligation: Obligation) -> str | None:
    """The calendar that is written nearest to a part of a course; None where the units' or the file's counts."""
    named = getattr(part, "calendar", None) or course.calendar or obligation.calendar
    return None if named in (None, UNIT) else str(named)
