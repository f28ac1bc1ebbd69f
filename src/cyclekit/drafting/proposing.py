"""Proposals: the rules that may lie behind the dates of one obligation, each with how many of them it explains."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.drafting.changing import changed
from cyclekit.drafting.cutting import CALENDAR_YEAR, Case, Cut, Owner, cuts
from cyclekit.drafting.fitting import World, moving, run
from cyclekit.drafting.planning import MISS, Amended, Plan, all_of, plans
from cyclekit.model.listed import ListedDate
from cyclekit.model.timing import Every

#: What a period without a date costs, where the list names periods and where it does not, and leaving out positions.
NAMED_GAP, GAP, LEFT_OUT = 0.15, 1.0, -0.1
#: What a cycle costs that the list does not name, and that has no name.
UNUSUAL = 0.8
MOST_PROPOSALS = 6
#: How much of a list a rule has to explain before it is proposed in the place of the list.
ENOUGH = 0.6
#: How many dates make a rule where nothing but dates is known.
FEWEST = 3
#: For how many days after a list proposals are compared: within eight years every date meets every weekday.
YEARS_AFTER = 8
DAYS_AFTER = 366 * YEARS_AFTER


@attrs.frozen
class Proposal:
    """A rule that may lie behind some dates.

    ``missed`` are the dates that it does not explain, ``gaps`` periods for which it gives a date and the list none.
    ``calendar`` is the one by which it judges days, None where it asks none, and ``first`` the list's first period.
    """

    timing: Every
    calendar: str | None
    changes: tuple[Amended, ...]
    total: int
    missed: tuple[Case, ...]
    gaps: tuple[str, ...]
    cost: float
    labelled: bool = False
    first: str = ""

    @property
    def explained(self) -> int:
        """How many of the dates it explains."""
        return self.total - len(self.missed)

    @property
    def is_enough(self) -> bool:
        """Whether it explains so much that it may stand in the place of the list."""
        if self.explained < ENOUGH * self.total:
            return False
        return self.labelled or (self.explained >= FEWEST and len(self.gaps) <= self.explained)


def propose(dates: Sequence[ListedDate], world: World, year: YearStart = CALENDAR_YEAR) -> list[Proposal]:
    """The rules that may lie behind the dates of one obligation, the likeliest first; none where there is no cycle.

    They are what was tried, not what is: another rule may explain the same dates. Any two of them give different
    dates within the list or in the eight years after it. ``year`` is where fiscal years begin that the list names.
    """
    found: list[tuple[Proposal, Cut, Plan]] = []
    for cut in cuts(dates, world.owners, year):
        several = plans(cut, world)
        if not any(each.met == all_of(cut) for each in several):
            several += changed(cut, world)
        found += [(_proposal(cut, each), cut, each) for each in several]
    found.sort(key=lambda each: each[0].cost)
    seen: set[object] = set()
    kept: list[Proposal] = []
    for proposal, cut, plan in found:
        dates_given = (_dates_around(cut, plan, world), plan.changes)
        rule = (proposal.timing, proposal.calendar, proposal.changes)
        if dates_given not in seen and rule not in seen and len(kept) < MOST_PROPOSALS:
            kept.append(proposal)
        seen |= {dates_given, rule}
    return kept


def _proposal(cut: Cut, plan: Plan) -> Proposal:
    missed = tuple(case for place, case in enumerate(cut.cases) if not plan.met >> place & 1)
    late = sum(_lateness(case) for case in cut.cases) / len(cut.cases)
    gaps = len(cut.gaps) * (NAMED_GAP if cut.labelled else GAP)
    cost = plan.cost + MISS * len(missed) + gaps + late + (LEFT_OUT if cut.only else 0)
    cost += UNUSUAL if not cut.labelled and _is_unusual(cut) else 0
    timing = Every(cut.cycle, plan.plan, only=cut.only, year_of_unit=cut.year_of_unit)
    first = min(cut.cases, key=lambda case: case.period.first).period.label
    return Proposal(timing, plan.lens.name, plan.changes, len(cut.cases), missed, cut.gaps, cost, cut.labelled, first)


def _is_unusual(cut: Cut) -> bool:
    """Whether a cycle has no name of its own, or does not begin with the year."""
    return isinstance(cut.cycle, Months) and cut.cycle.spelling in ("months", "years")


def _lateness(case: Case) -> float:
    """What is due before its period begins, or long after it ends, was probably given another period."""
    length = case.period.last - case.period.first + 1
    return 1.0 if case.day < case.period.first or case.day > case.period.last + 2 * length + 31 else 0.0


def _dates_around(cut: Cut, plan: Plan, world: World) -> tuple[tuple[str, int, int | None], ...]:
    """The dates that a plan gives without its changes, from the list's first period until years after its last."""
    found: list[tuple[str, int, int | None]] = []
    first, last = (choose(case.period.first for case in cut.cases) for choose in (min, max))
    for unit in sorted({case.listed.unit for case in cut.cases}):
        cycle = cut.cycle
        if cut.year_of_unit and isinstance(cycle, Months):
            cycle = cycle.in_year(world.owners.get(unit, Owner()).year or CALENDAR_YEAR)
        one = next(case for case in cut.cases if case.listed.unit == unit)
        periods = [
            attrs.evolve(one, period=each)
            for each in cycle.periods(first, last + DAYS_AFTER)
            if not cut.only or each.position in cut.only
        ]
        by_position: dict[str, list[Case]] = {}
        for case in periods:
            by_position.setdefault(case.period.position, []).append(case)
        for position, cases in by_position.items():
            for number, due in enumerate(plan.plan.at(position), 1):
                found += [(unit, number, day) for day in run(due, cases, world, plan.lens)]
    return tuple(sorted(found, key=str))


def propose_all(
    dates: Iterable[ListedDate], world: World, year: YearStart = CALENDAR_YEAR
) -> list[tuple[tuple[ListedDate, ...], list[Proposal]]]:
    """The dates of each obligation of a list, with what may lie behind them, in the order of their first dates.

    How most of them are moved decides between rules of which the dates of one obligation know no better.
    """
    groups: dict[str, list[ListedDate]] = {}
    for each in dates:
        groups.setdefault(each.name or each.title, []).append(each)
    first = [propose(each, world, year) for each in groups.values()]
    usual = frozenset(way for each in first for way in _decided(each))
    again = attrs.evolve(world, usual=usual)
    found = [propose(each, again, year) for each in groups.values()] if usual else first
    return [(tuple(group), proposals) for group, proposals in zip(groups.values(), found, strict=True)]


def _decided(proposals: Sequence[Proposal]) -> Iterator[tuple[Convention, str | None]]:
    """How the dates of an obligation are moved, where the dates themselves tell."""
    if proposals and proposals[0].is_enough:
        best = proposals[0]
        for due in best.timing.plan.dues:
            convention = moving(due)
            if convention is not Convention.NONE:
                yield convention, best.calendar
