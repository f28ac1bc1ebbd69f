"""Rules that followed each other, and rules that differ by unit: what no single rule explains."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

import attrs

from cyclekit.civil.months import first_day, month_of
from cyclekit.drafting.cutting import Case, Cut
from cyclekit.drafting.fitting import Fit, Lens, World, fits, run
from cyclekit.drafting.planning import MISS, Amended, Plan, all_of, spread
from cyclekit.model.pipeline import DueList

#: What a change costs beside a single rule, and how many parts a list may fall into.
CHANGE = 4.0
MOST_PARTS = 5


def changed(cut: Cut, world: World) -> Iterator[Plan]:
    """Plans with changes: for some units each, or one after the other."""
    if len({case.listed.unit for case in cut.cases}) > 1:
        if len(cut.numbers) == 1:
            yield from _for_units(cut, world)
    else:
        yield from _in_turn(cut, world)


# -------------------------------------------------------------------------------------------------------- by unit


def _for_units(cut: Cut, world: World) -> Iterator[Plan]:
    """The rule that explains most units whole, then what explains the others."""
    for lens in world.lenses:
        alone = attrs.evolve(world, lenses=(lens,))
        left = list(range(len(cut.cases)))
        parts: list[tuple[Fit, tuple[str, ...]]] = []
        while left and len(parts) < MOST_PARTS:
            best, units = _best(cut, [cut.cases[place] for place in left], alone, lens)
            if best is None:
                break
            parts.append((best, units))
            left = [place for place in left if cut.cases[place].listed.unit not in units]
        if len(parts) > 1:
            met = all_of(cut) & ~sum(1 << place for place in left)
            changes = tuple(Amended(DueList((fit.due,)), units=units) for fit, units in parts[1:])
            cost = sum(fit.cost for fit, _ in parts) + CHANGE * len(changes)
            yield Plan(DueList((parts[0][0].due,)), lens, met, cost, changes)


def _best(cut: Cut, cases: Sequence[Case], world: World, lens: Lens) -> tuple[Fit | None, tuple[str, ...]]:
    """The due date that suits the unit with most dates and explains most units whole, and those units."""
    sizes = Counter(case.listed.unit for case in cases)
    own = [case for case in cases if case.listed.unit == max(sizes, key=sizes.__getitem__)]
    best, met = None, tuple[str, ...]()
    for fit in fits(cut.cycle, own, world):
        if fit.count < len(own):
            break
        days = run(fit.due, cases, world, lens)
        wrong = {case.listed.unit for case, day in zip(cases, days, strict=True) if day != case.day}
        units = tuple(unit for unit in sizes if unit not in wrong)
        if best is None or len(units) > len(met):
            best, met = fit, units
    return best, met


# --------------------------------------------------------------------------------------------- one after the other


def _in_turn(cut: Cut, world: World) -> Iterator[Plan]:
    """The rules of one calendar that followed each other, for each number of a period, with the changes of all."""
    places = {number: _in_order(cut, number) for number in cut.numbers}
    found = {number: fits(cut.cycle, [cut.cases[at] for at in at_all], world) for number, at_all in places.items()}
    first = min(case.period.first for case in cut.cases)
    for lens in world.lenses:
        starts: dict[int, dict[int, Fit]] = {}
        for number, at_all in places.items():
            usable = [
                attrs.evolve(fit, met=spread(fit.met, at_all))
                for fit in found[number]
                if fit.lens in (lens, Lens(None))
            ]
            for place, fit in _segments(at_all, usable):
                begins = first if place == at_all[0] else cut.cases[place].period.first
                starts.setdefault(begins, {})[number] = fit
        if len(starts) > 1 and len(starts.get(first, ())) == len(places):
            yield from _at_other_times(cut, starts, lens)


def _in_order(cut: Cut, number: int) -> list[int]:
    places = [place for place, case in enumerate(cut.cases) if case.number == number]
    return sorted(places, key=lambda place: cut.cases[place].period.first)


def _segments(order: Sequence[int], candidates: Sequence[Fit]) -> list[tuple[int, Fit]]:
    """From which case on which candidate holds, so that misses, changes and rules cost least."""
    if not candidates:
        return []
    states: list[tuple[float, tuple[tuple[int, Fit], ...]]] = [(fit.cost, ((order[0], fit),)) for fit in candidates]
    for step, place in enumerate(order):
        cost, parts = min(states, key=lambda state: state[0])
        for at, fit in enumerate(candidates):
            if step and len(parts) < MOST_PARTS and cost + CHANGE + fit.cost < states[at][0]:
                states[at] = (cost + CHANGE + fit.cost, (*parts, (place, fit)))
            states[at] = (states[at][0] + (0 if fit.met >> place & 1 else MISS), states[at][1])
    return list(min(states, key=lambda state: state[0])[1])


def _at_other_times(cut: Cut, starts: Mapping[int, Mapping[int, Fit]], lens: Lens) -> Iterator[Plan]:
    """The same rules, each change moved to where it explains as much: dates that both rules give tell of none.

    What begins a year, a half, a quarter comes first; a plan for each stretch of days that explains as much.
    """
    begins = sorted(starts)
    periods = sorted({case.period.first for case in cut.cases})
    for place in range(1, len(begins)):
        later = begins[place + 1] if place + 1 < len(begins) else periods[-1] + 1
        between = [each for each in periods if begins[place - 1] < each < later]
        tried = [(each, _joined(cut, _moved(starts, begins[place], each), lens)) for each in between]
        least = min(plan.loss for _, plan in tried)
        as_good = [(each, plan.loss == least) for each, plan in tried]
        runs = [[each for each, _ in several] for equal, several in groupby(as_good, lambda one: one[1]) if equal]
        for other in [_roundest(several) for several in runs[1:]]:
            yield _joined(cut, _moved(starts, begins[place], other), lens)
        chosen = _roundest(runs[0])
        starts = _moved(starts, begins[place], chosen)
        begins[place] = chosen
    yield _joined(cut, starts, lens)


def _moved(starts: Mapping[int, Mapping[int, Fit]], old: int, new: int) -> dict[int, Mapping[int, Fit]]:
    return {new if begin == old else begin: fits_there for begin, fits_there in starts.items()}


def _roundest(days: Sequence[int]) -> int:
    """The first of these days that begins a year; else a half, a quarter, a month."""
    for months in (12, 6, 3, 1):
        for day in days:
            month = month_of(day)
            if month % months == 0 and first_day(month) == day:
                return day
    return days[0]


def _joined(cut: Cut, starts: Mapping[int, Mapping[int, Fit]], lens: Lens) -> Plan:
    inforce: dict[int, Fit] = {}
    met, cost, changes, plan = 0, 0.0, list[Amended](), DueList()
    begins = sorted(starts)
    for begin, end in zip(begins, [*begins[1:], None], strict=True):
        inforce |= starts[begin]
        due = DueList(tuple(inforce[number].due for number in cut.numbers))
        inside = [
            place
            for place, case in enumerate(cut.cases)
            if case.period.first >= begin and (end is None or case.period.first < end)
        ]
        met |= sum(1 << place for place in inside) & reduce(or_, (fit.met for fit in inforce.values()))
        cost += sum(fit.cost for fit in starts[begin].values())
        if begin == begins[0]:
            plan = due
        else:
            cost += CHANGE
            changes.append(Amended(due, since=cut.cases[inside[0]].period.label))
    return Plan(plan, lens, met, cost, tuple(changes))
