"""A schedule in parts: by the year of the due date, the kind of unit, the rulebook, the obligation.

A part is a schedule of its own, made of selected rows and units of the same lines: nothing is multiplied out.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cyclekit.model.compact import grouped
from cyclekit.model.line import Line
from cyclekit.model.schedule import Schedule

#: What a schedule can be parted by.
KEYS = ("year", "kind", "rulebook", "obligation")
#: The part of those that have none: Hive's word for it, which readers of such folders know.
NONE = "__HIVE_DEFAULT_PARTITION__"

Labels = tuple[tuple[str, str], ...]


def parts(schedule: Schedule, keys: Sequence[str]) -> Iterator[tuple[Labels, Schedule]]:
    """The parts of a schedule by these keys, in order, each with its labels; without keys, the schedule itself.

    Every occurrence is in exactly one part, and no part is empty. Raises KeyError for a key that there is not.
    """
    for key in keys:
        if key not in KEYS:
            raise KeyError(key)
    labelled: list[tuple[Labels, Line]] = [((), line) for line in schedule.lines]
    for key in keys:
        labelled = [((*labels, (key, label)), part) for labels, line in labelled for label, part in _parted(line, key)]
    if not keys:
        yield (), schedule
        return
    labelled.sort(key=lambda each: each[0])
    for labels, lines in groupby(labelled, key=lambda each: each[0]):
        found = [line for _, line in lines if len(line)]
        if found:
            yield labels, Schedule(schedule.rulebooks, schedule.horizon, found, (), schedule.world)


def _parted(line: Line, key: str) -> Iterable[tuple[str, Line]]:
    match key:
        case "year":
            return _by_year(line)
        case "kind":
            return _by_kind(line)
        case "rulebook":
            return [(line.rulebook.id, line)]
        case _:
            return [(line.obligation.id, line)]


def _by_year(line: Line) -> Iterator[tuple[str, Line]]:
    rows: dict[int, list[int]] = {}
    for row, due in enumerate(line.due):
        rows.setdefault(dt.date.fromordinal(due).year, []).append(row)
    for year, some in rows.items():
        run = range(some[0], some[-1] + 1)
        yield f"{year:04}", line.select(run if len(run) == len(some) else some)


def _by_kind(line: Line) -> Iterator[tuple[str, Line]]:
    kinds = line.rulebook.roster.kinds
    found: dict[str | None, Line] = {}
    for units, start, stop in line.shares:
        for (kind,), some in grouped(units, kinds).items():
            if kind not in found:
                found[kind] = line.select(range(line.rows), frozenset())
            found[kind].add_members(some, start, stop)
    for kind, part in found.items():
        for row, holes in line.holes.items():
            inside = frozenset(unit for unit in holes if kinds[unit] == kind)
            if inside:
                part.holes[row] = inside
        yield kind or NONE, part
