"""Obligations that stand for others and never meet them."""

from collections.abc import Iterator

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.course import Runner
from cyclekit.engine.lines import obligation_periods
from cyclekit.engine.reach import clipped
from cyclekit.model.numbers import Chosen
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.timing import Every, dues
from cyclekit.reading.rulebook import RuleFile
from cyclekit.workspace.trying import SKIP_YEARS, days_tried, is_plain, no_calendars, unmoved

#: How far before the beginning of a rule another one's periods may lie and still be due after it.
SOME_YEARS = 5


def idle_absorbs(file: RuleFile, rulebook: Rulebook, obligation: Obligation) -> Iterator[Diagnostic]:
    """A warning for each obligation that this one stands for and never meets: no common unit, or no common day."""
    if not obligation.absorbs:
        return
    owing = Chosen(obligation.selection.units(rulebook.roster))
    for other in obligation.absorbs:
        both = (obligation, rulebook[other])
        # One may begin long after the other: looked at are years that both have, and some before.
        low = max(days_tried(rulebook.bounds.both(each.bounds), each.timing)[0] for each in both)
        window = clipped(low - SOME_YEARS * 366, low + SKIP_YEARS * 366)
        own, theirs = (nominal_days(rulebook, each, window) for each in both)
        never = own is not None and theirs is not None and not own & theirs
        apart = owing.isdisjoint(Chosen(rulebook[other].selection.units(rulebook.roster)))
        if never or apart or rulebook[other].is_standing:
            place = file.places.get((obligation.id, "absorbs"), Place(file.name, 1, 1))
            yield Diagnostic("absorbs-never", "absorbs-never", place, {"name": other})


def nominal_days(rulebook: Rulebook, obligation: Obligation, window: tuple[int, int]) -> set[int] | None:
    """The nominal days of some years; None where they rest on a calendar, or on no cycle, or differ by unit."""
    timing = obligation.timing
    if not isinstance(timing, Every) or obligation.changes or timing.year_of_unit:
        return None
    if not all(map(is_plain, dues(timing))):
        return None
    bounds = rulebook.bounds.both(obligation.bounds)
    runners = {due: Runner(unmoved(due.course), no_calendars()) for due in dues(timing)}
    found: set[int] = set()
    for period in obligation_periods(timing, bounds, [window]):
        for due in timing.plan.at(period.position):
            dates = runners[due].run(period.first, period.last)
            if dates is not None:
                found.add(dates.nominal)
    return found
