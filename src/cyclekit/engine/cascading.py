"""Cascades: each level is due before the one above, so that it can compile what those below it send.

A unit's date follows from the final date of the nearest unit above it that owes the same: after that one's
exceptions, and before its own. Units whose dates come out alike stay together in one line.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Calendars, doubts_of
from cyclekit.engine.overlay import apply_exceptions
from cyclekit.model.doubts import SURE, Doubts
from cyclekit.model.line import Above, Line
from cyclekit.model.obligation import Lag, PeriodException
from cyclekit.model.pipeline import UNIT
from cyclekit.model.roster import NO_PARENT, Roster

#: First day, last day and number: which occurrence of the unit above is meant.
RowKey = tuple[int, int, int]
#: Due date, what is not certain of it, and the units of whom one has it.
Final = tuple[int, Doubts, Sequence[int]]


class _Like(NamedTuple):
    """What units have in common whose dates come out alike: their rows, their exceptions, and who is above."""

    slices: tuple[tuple[int, int, int], ...]
    excepted: tuple[bool, ...]
    above: int


def cascaded(roster: Roster, matched: Sequence[int], lines: Sequence[tuple[Line, Calendars]]) -> list[Line]:
    """The lines of one obligation with their cascade and their exceptions; ``matched`` are all who owe it.

    Raises CalendarError where the calendar of a unit does not reach.
    """
    rows: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (line, _) in enumerate(lines):
        for unit, start, stop in line.slices():
            rows[unit] += [(number, *run) for run in _between_holes(line, unit, start, stop)]
    special = _special_units(roster, lines)
    groups: dict[_Like, int] = {}
    members: list[list[int]] = []
    of_unit: dict[int, int] = {}
    above = _nearest(roster, matched)
    for unit in sorted(rows, key=lambda each: _depth(each, above)):
        parent = _group_above(unit, above, of_unit)
        like = _Like(tuple(rows[unit]), tuple(unit in each for each in special), parent)
        place = groups.setdefault(like, len(groups))
        if place == len(members):
            members.append([])
        members[place].append(unit)
        of_unit[unit] = place
    found: list[Line] = []
    finals: list[dict[RowKey, Final]] = []
    parents = [like.above for like in groups]
    for place, like in enumerate(groups):
        final: dict[RowKey, Final] = {}
        for number, start, stop in like.slices:
            line, calendars = lines[number]
            part = line.select(range(start, stop), frozenset())
            part.add_members(members[place])
            _shift(part, line.obligation.cascade, calendars, _chain(like.above, parents, finals))
            for each in apply_exceptions(part):
                found.append(each)
                final |= _finals(each, members[place])
        finals.append(final)
    return found


def _between_holes(line: Line, unit: int, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The runs of rows that a unit has: what single exceptions of its trigger told elsewhere is left out."""
    for hole in sorted(row for row, units in line.holes.items() if unit in units and start <= row < stop):
        if start < hole:
            yield start, hole
        start = hole + 1
    if start < stop:
        yield start, stop


def _special_units(roster: Roster, lines: Sequence[tuple[Line, Calendars]]) -> list[frozenset[int]]:
    """For each exception that concerns some units only: which."""
    exceptions: dict[int, PeriodException] = {}
    for line, _ in lines:
        exceptions |= {id(each): each for each in line.obligation.exceptions if each.units is not None}
    return [frozenset(each.units.units(roster)) for each in exceptions.values() if each.units is not None]


def _nearest(roster: Roster, matched: Sequence[int]) -> dict[int, int]:
    """For each matched unit the nearest one above it that is matched as well; NO_PARENT where there is none."""
    inside = set(matched)
    found: dict[int, int] = {}
    for unit in matched:
        here = roster.parents[unit]
        while here != NO_PARENT and here not in inside:
            here = roster.parents[here]
        found[unit] = here
    return found


def _depth(unit: int, above: Mapping[int, int]) -> int:
    depth = 0
    while (unit := above.get(unit, NO_PARENT)) != NO_PARENT:
        depth += 1
    return depth


def _group_above(unit: int, above: Mapping[int, int], of_unit: Mapping[int, int]) -> int:
    """The group of the nearest unit above that has any rows."""
    here = above.get(unit, NO_PARENT)
    while here != NO_PARENT and here not in of_unit:
        here = above.get(here, NO_PARENT)
    return of_unit.get(here, NO_PARENT)


def _chain(
    place: int, parents: Sequence[int], finals: Sequence[Mapping[RowKey, Final]]
) -> list[Mapping[RowKey, Final]]:
    """The dates of those above, the nearest first: where one has no occurrence, the next one counts."""
    found: list[Mapping[RowKey, Final]] = []
    while place != NO_PARENT:
        found.append(finals[place])
        place = parents[place]
    return found


def _finals(line: Line, units: Sequence[int]) -> dict[RowKey, Final]:
    return {
        (line.period_first[row], line.period_last[row], line.numbers[row]): (
            line.due[row],
            line.doubts(row),
            units,
        )
        for row in range(line.rows)
    }


def lagged(due: int, lag: Lag, calendar: WorkingCalendar | None) -> int:
    """The date that lies so much earlier; ``calendar`` counts working days, or leaves out the days it suspends."""
    if calendar is None:
        return due - lag.days
    return calendar.add(due, -lag.days) if lag.working else calendar.add_days(due, -lag.days)


def lagging(lag: Lag, calendars: Calendars) -> WorkingCalendar | None:
    """The calendar in which a lag is counted: the unit's, or else the file's; None where it makes no difference."""
    return calendars.find(UNIT, None) if lag.working else calendars.suspending(UNIT, None)


def _shift(line: Line, lag: Lag | None, calendars: Calendars, chain: Sequence[Mapping[RowKey, Final]]) -> None:
    if lag is None:
        return
    calendar = lagging(lag, calendars) if chain else None
    for row in range(line.rows):
        key = (line.period_first[row], line.period_last[row], line.numbers[row])
        final = next((each[key] for each in chain if key in each), None)
        if final is None:
            continue
        due, doubts, units = final
        line.above[row] = Above(due, units)
        earlier = lagged(due, lag, calendar)
        if calendar is not None and lag.working:
            doubts = doubts.both(doubts_of(calendar, earlier, due - 1))
        left_out = row in line.left_out
        if left_out:
            doubts = doubts.both(line.doubts(row))
        line.nominal[row] = earlier
        line.nominal_doubts.pop(row, None)
        if doubts != SURE:
            line.nominal_doubts[row] = doubts
        line.move(row, earlier, doubts)
        if left_out:
            line.left_out[row] = True
