"""Which rows of a line units have that are there for a part of the time only."""

from cyclekit.civil.spans import Bounds
from cyclekit.engine.reach import clipped
from cyclekit.model.compact import grouped
from cyclekit.model.line import Line
from cyclekit.model.numbers import Numbers


def add_active(line: Line, units: Numbers) -> None:
    """Give these units all rows, as far as each of them exists then."""
    for (active,), those in grouped(units, line.rulebook.roster.active).items():
        for start, stop in active_slices(line, active):
            line.add_members(those, start, stop)


def active_slices(line: Line, active: tuple[Bounds, ...]) -> list[tuple[int, int]]:
    """The rows whose periods overlap one of these spans, as runs of rows; all of them where there is no span."""
    if not active:
        return [(0, line.rows)] if line.rows else []
    spans = [clipped(*each.ordinals()) for each in active]
    runs: list[tuple[int, int]] = []
    for row, (first, last) in enumerate(zip(line.period_first, line.period_last, strict=True)):
        if any(first <= high and low <= last for low, high in spans):
            if runs and runs[-1][1] == row:
                runs[-1] = (runs[-1][0], row + 1)
            else:
                runs.append((row, row + 1))
    return runs
