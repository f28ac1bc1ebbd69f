"""Plans for the dates of a cut: one due date a period, several, one for each position of the year."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice, product
from operator import or_

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.drafting.cutting import Cut
from cyclekit.drafting.fitting import Fit, Lens, World, fits
from cyclekit.model.pipeline import Add, DueByPosition, DueList, DuePlan

#: What a date that is not explained costs, and a second due date of a period.
MISS, ANOTHER = 4.0, 1.0
#: What a date for each position of the year costs, and a part of it.
BY_POSITION, POSITION = 2.0, 0.4
#: What is saved where the dates of a period are counted alike.
ALIKE = 0.5
MOST_PLANS, MOST_EACH = 24, 4


@attrs.frozen
class Amended:
    """What holds from a period on, or for some units: the label, the units, and the due dates."""

    plan: DuePlan
    since: str = ""
    units: tuple[str, ...] = ()


@attrs.frozen
class Plan:
    """Due dates for the cases of a cut: by which calendar, which cases they meet, one bit each, what they cost."""

    plan: DuePlan
    lens: Lens
    met: int
    cost: float
    changes: tuple[Amended, ...] = ()

    @property
    def loss(self) -> float:
        """The cost, with that of every case met taken off, so that plans for the same cases compare."""
        return self.cost - MISS * self.met.bit_count()


def all_of(cut: Cut) -> int:
    """The bits of all cases."""
    return (1 << len(cut.cases)) - 1


def spread(met: int, places: Sequence[int]) -> int:
    """The bits of some cases, at the places that these have among all."""
    return sum(1 << at for bit, at in enumerate(places) if met >> bit & 1)


def plans(cut: Cut, world: World) -> list[Plan]:
    """Plans without changes, those that leave least open first."""
    found: list[Plan] = []
    if len(cut.numbers) > 1:
        found += _several(cut, world)
    else:
        found += [Plan(DueList((fit.due,)), fit.lens, fit.met, fit.cost) for fit in fits(cut.cycle, cut.cases, world)]
        if not any(each.met == all_of(cut) for each in found):
            found += _by_position(cut, world)
    return sorted(found, key=lambda each: each.loss)[:MOST_PLANS]


def _several(cut: Cut, world: World) -> Iterator[Plan]:
    """A due date for each number of a period, all judged by the same calendar."""
    places = {number: [at for at, case in enumerate(cut.cases) if case.number == number] for number in cut.numbers}
    found = {number: fits(cut.cycle, [cut.cases[at] for at in at_all], world) for number, at_all in places.items()}
    for lens in world.lenses:
        usable = [[fit for fit in found[number] if fit.lens in (lens, Lens(None))] for number in cut.numbers]
        choices = [list(islice(several, MOST_EACH)) for several in usable]
        for chosen in product(*choices):
            met = reduce(or_, (spread(fit.met, places[number]) for fit, number in zip(chosen, places, strict=True)))
            cost = sum(fit.cost for fit in chosen) + ANOTHER * (len(chosen) - 1)
            shifts = {fit.due.course.steps for fit in chosen if any(isinstance(s, Add) for s in fit.due.course.steps)}
            cost -= ALIKE if len(shifts) == 1 else 0
            yield Plan(DueList(tuple(fit.due for fit in chosen)), lens, met, cost)


def _by_position(cut: Cut, world: World) -> Iterator[Plan]:
    """A date of its own for each position of the year, all moved in one way."""
    if not isinstance(cut.cycle, Months) or cut.cycle.n not in (3, 4, 6):
        return
    positions = sorted({case.period.position for case in cut.cases})
    if len(positions) < 12 // cut.cycle.n or len(cut.cases) < 2 * len(positions):
        return
    places = {each: [at for at, case in enumerate(cut.cases) if case.period.position == each] for each in positions}
    yearly = attrs.evolve(cut.cycle, n=12)
    found = {each: fits(yearly, [cut.cases[at] for at in places[each]], world) for each in positions}
    ways = {(fit.lens, fit.convention) for several in found.values() for fit in several}
    for way in sorted(ways, key=lambda one: (one[0].cost, one[1].value)):
        chosen: list[Fit] = []
        for each in positions:
            chosen += [fit for fit in found[each] if (fit.lens, fit.convention) == way][:1]
        if len(chosen) == len(positions) > 1:
            parts = list(zip(positions, chosen, strict=True))
            met = reduce(or_, (spread(fit.met, places[each]) for each, fit in parts))
            cost = BY_POSITION + POSITION * len(positions) + max(fit.cost for fit in chosen)
            yield Plan(DueByPosition(tuple((each, fit.due) for each, fit in parts)), way[0], met, cost)
