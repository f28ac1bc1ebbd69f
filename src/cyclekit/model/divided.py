"""A schedule divided by units, for workers that write a part each: what is decided over all units is decided before.

A part is a schedule of its own, made of the same lines with fewer units: nothing is expanded anew.
"""

from collections.abc import Mapping, Sequence

from cyclekit.model.line import Line
from cyclekit.model.numbers import within
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule

#: Units that follow one another in the roster of each rulebook, by its id; one that is not there has none of them.
Runs = Mapping[str, range]
_NOBODY = range(0)


def divided(rulebooks: Sequence[Rulebook], parts: int) -> list[Runs]:
    """The units of some rulebooks in so many parts, or in as many as there are units where those are fewer.

    Every unit is in exactly one part; parts differ by one unit at most. Without units there is one part, of nobody.
    """
    count = sum(len(book.roster) for book in rulebooks)
    parts = max(1, min(parts, count))
    ends = [count * part // parts for part in range(parts + 1)]
    found: list[dict[str, range]] = [{} for _ in range(parts)]
    before = 0
    for book in rulebooks:
        units = len(book.roster)
        for part in range(parts):
            first, stop = max(ends[part] - before, 0), min(ends[part + 1] - before, units)
            if first < stop:
                found[part][book.id] = range(first, stop)
        before += units
    return [*found]


def rows_of(schedule: Schedule, runs: Runs) -> Schedule:
    """The occurrences whose unit is among some: of a joint one, the unit that leads.

    Each occurrence of the schedule is one of exactly one part. Obligations without dates are in none.
    """
    lines = [_of_units(line, runs.get(line.rulebook.id, _NOBODY)) for line in schedule.lines]
    found = [line for line in lines if line.shares]
    return Schedule(schedule.rulebooks, schedule.horizon, found, (), schedule.world)


def owed_by(schedule: Schedule, runs: Runs) -> Schedule:
    """The occurrences that some units owe: joint ones whole, wherever one of them takes part, whoever leads."""
    found: list[Line] = []
    for line in schedule.lines:
        units = runs.get(line.rulebook.id, _NOBODY)
        if line.together:
            if any(unit in units for unit in line.together):
                found.append(line)
        else:
            part = _of_units(line, units)
            if part.shares:
                found.append(part)
    return Schedule(schedule.rulebooks, schedule.horizon, found, (), schedule.world)


def _of_units(line: Line, units: range) -> Line:
    """The same rows, of those units alone."""
    found = line.select(range(line.rows), frozenset())
    for members, start, stop in line.shares:
        found.add_members(within(members, units), start, stop)
    for row, holes in line.holes.items():
        inside = frozenset(unit for unit in holes if unit in units)
        if inside:
            found.holes[row] = inside
    return found
