"""What is decided for single occurrences after the rule has spoken: exceptions, waivers, absorption.

A decision that concerns all units of a row changes the row; one that concerns some of them makes a line of its
own for those and leaves a hole in the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from cyclekit.model.identity import Status
from cyclekit.model.line import Line
from cyclekit.model.numbers import Chosen
from cyclekit.model.obligation import PeriodException
from cyclekit.model.timing import Dates, Every, Upon

#: How labels of fiscal years begin: FY2023 is another span for each year that units begin in.
FISCAL = "FY"


def apply_exceptions(line: Line) -> list[Line]:
    """Move and waive the rows that exceptions name, in the order in which they were announced.

    What names one due date of a period (``2023-09#2``) counts before what names them all. Returns the line and
    those that were split from it.
    """
    lines = [line]
    for exception in sorted(line.obligation.exceptions, key=lambda each: each.number is not None):
        found: list[Line] = []
        for each in lines:
            found.extend(_apply(each, exception))
        lines = found
    return lines


def _apply(line: Line, exception: PeriodException) -> list[Line]:
    found = [line]
    for row in range(line.rows):
        if not _is_meant(line, row, exception):
            continue
        if exception.units is None:
            # Whoever has it: a million units need not be gathered.
            if line.counts()[row] > 0:
                _decide(line, row, exception)
            continue
        meant = line.owing_among(row, exception.units.units(line.rulebook.roster))
        if not meant:
            continue
        if line.together or len(meant) == line.counts()[row]:
            _decide(line, row, exception)
        else:
            alone = line.split(row, meant)
            _decide(alone, 0, exception)
            found.append(alone)
    return found


def _is_meant(line: Line, row: int, exception: PeriodException) -> bool:
    """Whether an exception names the period of a row: by its days, or by its label where units differ in theirs."""
    timing = line.obligation.timing
    if exception.number not in (None, line.numbers[row]):
        return False
    by_unit = isinstance(timing, Every) and timing.year_of_unit and exception.label.startswith(FISCAL)
    if by_unit or isinstance(timing, Dates | Upon):
        return exception.label == line.labels[row]
    span = exception.span
    return (line.period_first[row], line.period_last[row]) == (span.first.toordinal(), span.last.toordinal())


def _decide(line: Line, row: int, exception: PeriodException) -> None:
    line.exceptions[row] = exception
    if exception.due is None:
        line.status[row] = Status.WAIVED
    else:
        line.status[row] = Status.SCHEDULED
        if exception.time is not None:
            line.times[row] = exception.time
        line.move(row, exception.due.toordinal())
        line.moves[row] = (*line.moves.get(row, ()), exception)


def apply_absorption(lines: Sequence[Line]) -> list[Line]:
    """Mark the occurrences that another one stands for: same unit, same nominal date.

    An absorbed occurrence may itself absorb; a waived one absorbs nothing. A joint one is absorbed only where the
    other is owed by all who take part. Returns all lines, split where only some units are concerned.
    """
    found: list[Line] = []
    covers = _covers(lines)
    for line in lines:
        parts = [line]
        for absorber, days in covers.get(line.obligation.id, {}).items():
            parts += [split for part in parts for split in _absorb(part, absorber, days)]
        found += parts
    return found


#: For each obligation that is absorbed, by absorber and nominal date: the units for which it is there.
Covers = dict[str, dict[str, dict[int, AbstractSet[int]]]]


def _covers(lines: Sequence[Line]) -> Covers:
    found: dict[str, dict[str, dict[int, list[AbstractSet[int]]]]] = {}
    for absorber in sorted(lines, key=lambda line: line.obligation.id):
        for absorbed in absorber.obligation.absorbs:
            days = found.setdefault(absorbed, {}).setdefault(absorber.obligation.id, {})
            for row in range(absorber.rows):
                if absorber.status[row] is not Status.WAIVED:
                    days.setdefault(absorber.nominal[row], []).append(absorber.owed_by(row))
    return {
        absorbed: {
            absorber: {day: _together(several) for day, several in days.items()} for absorber, days in by.items()
        }
        for absorbed, by in found.items()
    }


def _together(several: Sequence[AbstractSet[int]]) -> AbstractSet[int]:
    """The units of some sets, which are gathered only where there is more than one."""
    return several[0] if len(several) == 1 else frozenset().union(*several)


def _absorb(line: Line, absorber: str, days: Mapping[int, AbstractSet[int]]) -> Iterable[Line]:
    found: list[Line] = []
    frozen: dict[int, tuple[AbstractSet[int], frozenset[int]]] = {}
    for row in range(line.rows):
        standing_for = days.get(line.nominal[row])
        if standing_for is None or line.status[row] is not Status.SCHEDULED:
            continue
        owing = line.owed_by(row)
        common = owing & standing_for
        if owing and len(common) == len(owing):
            _mark(line, row, absorber)
        elif common and not line.together:
            alone = _split(line, row, common, frozen)
            _mark(alone, 0, absorber)
            found.append(alone)
    return found


def _split(
    line: Line, row: int, units: AbstractSet[int], frozen: dict[int, tuple[AbstractSet[int], frozenset[int]]]
) -> Line:
    """Take units out of a row; rows that lose the same million of them share one set of those."""
    if not isinstance(units, Chosen):
        return line.split(row, frozenset(units))
    key = id(units.numbers)
    # The set of numbers is kept beside, so that no other has its place in memory meanwhile.
    _, taken = frozen.setdefault(key, (units, frozenset(units))) if key not in frozen else frozen[key]
    return line.split(row, taken, units.numbers)


def _mark(line: Line, row: int, absorber: str) -> None:
    line.status[row] = Status.ABSORBED
    line.absorbers[row] = absorber
