"""Which days' occurrences are needed: those of the horizon, and those that decide about them.

Absorbing compares nominal dates, which may lie outside the horizon although the due dates lie inside; and an
exception may move an occurrence from any distance. Both are found by the keys of the exceptions, so nothing
about an occurrence depends on the horizon it was asked for in.
"""

from collections.abc import Iterable, Mapping, Sequence

from cyclekit.engine.forms import variants
from cyclekit.engine.reach import LAST_DAY, MONTH, YEAR, clipped, joined, reach, reach_of, trailing_reach
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Adjust
from cyclekit.model.timing import Dates, Every, Once, Standing, dues

Window = tuple[int, int]


def nominal_windows(rulebook: Rulebook, horizon: Window, closure: int) -> Mapping[str, list[Window]]:
    """For each obligation the days on which it must be known whether it has an occurrence."""
    found: dict[str, list[Window]] = {}
    moved = [trailing_reach(each.timing, closure) for obligation in rulebook for each in variants(obligation)]
    margin = max(moved, default=0)
    for obligation in rulebook:
        found[obligation.id] = [clipped(horizon[0] - margin, horizon[1] + margin)]
    for obligation in rulebook:
        for each in variants(obligation):
            for other in each.absorbs:
                if other in found:
                    found[obligation.id].extend(_excepted(rulebook[other], closure))
    return {obligation: joined(windows) for obligation, windows in found.items()}


def _excepted(obligation: Obligation, closure: int) -> Iterable[Window]:
    for each in variants(obligation):
        before, after = reach_of(each.timing, closure)
        for first, last in _named(each):
            yield clipped(first - before, last + after)


def _named(obligation: Obligation) -> Iterable[Window]:
    """The days of the periods that exceptions name: where units' years differ, of all that may bear the name."""
    timing = obligation.timing
    margin = 2 * YEAR if isinstance(timing, Every) and timing.year_of_unit else 0
    for each in obligation.exceptions:
        yield clipped(each.span.first.toordinal() - margin, each.span.last.toordinal() + margin)


def period_windows(obligation: Obligation, windows: Sequence[Window], closure: int) -> list[Window]:
    """The days that periods must touch to have a due date in these windows, and those of the exceptions."""
    before, after = reach_of(obligation.timing, closure)
    found = [clipped(first - after, last + before) for first, last in windows]
    start, _ = obligation.begins.ordinals()
    return joined([(max(first, start), last) for first, last in [*found, *_named(obligation)] if last >= start])


def calendars_needed(rulebooks: Iterable[Rulebook], horizon: Window, closure: int) -> dict[str, Window]:
    """Which calendars expanding will ask, and over which days they have to be compiled."""
    found: dict[str, Window] = {}
    for rulebook in rulebooks:
        windows = nominal_windows(rulebook, horizon, closure)
        units = {each for each in rulebook.roster.calendars if each}
        inherited = units | ({rulebook.calendar} if rulebook.calendar else set())
        for obligation in rulebook:
            for each in variants(obligation):
                asked = _asked(each, inherited)
                touched = period_windows(each, windows[obligation.id], closure) if asked else []
                if touched:
                    margin = sum(reach_of(each.timing, closure)) + _opening_reach(each, closure) + _longest(each)
                    first, last = clipped(touched[0][0] - margin, touched[-1][1] + margin)
                    for calendar in asked:
                        low, high = found.get(calendar, (LAST_DAY, 1))
                        found[calendar] = (min(low, first), max(high, last))
    return found


def _opening_reach(obligation: Obligation, closure: int) -> int:
    """How far openings lie from their periods, at most."""
    return max((sum(reach(due.opens, closure)) for due in dues(obligation.timing) if due.opens), default=0)


def _longest(obligation: Obligation) -> int:
    """About how long a period is: periods that touch a window may end so much later."""
    match obligation.timing:
        case Every(cycle=cycle):
            period = next(iter(cycle.periods(730000, 731000)), None)
            return period.last - period.first + MONTH if period else 0
        case Once(span=span):
            return span.days
        case Dates(entries=entries):
            return max(entry.span.days for entry in entries)
        case Standing():
            return 0


def _asked(obligation: Obligation, inherited: set[str]) -> set[str]:
    found: set[str] = set()
    plans = dues(obligation.timing)
    for course in (*(due.course for due in plans), *(due.opens for due in plans if due.opens)):
        for step in course.steps:
            if isinstance(step, Adjust) and step.convention.value != "none":
                named = step.calendar or course.calendar or obligation.calendar
                found |= inherited if named in (None, "unit") else {named}
    return found
