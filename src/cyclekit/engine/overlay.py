"""What is decided for single occurrences after the rule has spoken: exceptions, waivers, absorption.

A decision that concerns all units of a row changes the row; one that concerns some of them makes a line of its
own for those and leaves a hole in the row.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cyclekit.model.line import Line
from cyclekit.model.obligation import PeriodException
from cyclekit.model.occurrence import Status
from cyclekit.model.timing import Dates


def apply_exceptions(line: Line) -> list[Line]:
    """Move and waive the rows that exceptions name, in the order in which they were announced.

    Returns the line and those that were split from it.
    """
    lines = [line]
    for exception in line.obligation.exceptions:
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
        owing = line.owing(row)
        meant = owing
        if exception.units is not None:
            meant = owing & frozenset(exception.units.units(line.rulebook.roster))
        if not meant:
            continue
        if line.together or meant == owing:
            _decide(line, row, exception)
        else:
            alone = line.split(row, meant)
            _decide(alone, 0, exception)
            found.append(alone)
    return found


def _is_meant(line: Line, row: int, exception: PeriodException) -> bool:
    """Whether an exception names the period of a row: by its days, or in ``dates`` by its label."""
    if exception.number not in (None, line.numbers[row]):
        return False
    if isinstance(line.obligation.timing, Dates):
        return exception.label == line.labels[row]
    span = exception.span
    return (line.period_first[row], line.period_last[row]) == (span.first.toordinal(), span.last.toordinal())


def _decide(line: Line, row: int, exception: PeriodException) -> None:
    line.exceptions[row] = exception
    if exception.due is None:
        line.status[row] = Status.WAIVED
    else:
        line.status[row] = Status.SCHEDULED
        line.due[row] = exception.due.toordinal()
        line.provisional[row] = False


def apply_absorption(lines: Sequence[Line]) -> list[Line]:
    """Mark the occurrences that another one stands for: same unit, same nominal date.

    An absorbed occurrence may itself absorb; a waived one absorbs nothing. Returns all lines, split where only
    some units are concerned.
    """
    by_obligation: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_obligation[line.obligation.id].append(line)
    found = list(lines)
    for absorber in lines:
        for absorbed in absorber.obligation.absorbs:
            for line in list(by_obligation.get(absorbed, ())):
                split = _absorb(absorber, line)
                by_obligation[absorbed].extend(split)
                found.extend(split)
    return found


def _absorb(absorber: Line, line: Line) -> Iterable[Line]:
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row in range(absorber.rows):
        if absorber.status[row] is not Status.WAIVED:
            rows[absorber.nominal[row]].append(row)
    found: list[Line] = []
    for row in range(line.rows):
        same_day = rows.get(line.nominal[row])
        if same_day is None or line.status[row] is not Status.SCHEDULED:
            continue
        standing_for = frozenset[int]().union(*(absorber.owing(each) for each in same_day))
        owing = line.owing(row)
        common = owing & standing_for
        if common == owing and owing:
            _mark(line, row, absorber)
        elif common and not line.together:
            alone = line.split(row, common)
            _mark(alone, 0, absorber)
            found.append(alone)
    return found


def _mark(line: Line, row: int, absorber: Line) -> None:
    line.status[row] = Status.ABSORBED
    line.absorbers[row] = absorber.obligation.id
