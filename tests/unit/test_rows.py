"""Which rows each unit has, by lines that are made by hand."""

from array import array

import pytest

from cyclekit.model import rows as module
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.roster import Roster
from cyclekit.model.rows import Rows
from cyclekit.model.text import Text
from cyclekit.model.timing import Standing

UNITS = 200
DUTY = Obligation("report", Standing(), Text.of("Report"))
BOOK = Rulebook("book", Text.of("Book"), Roster([f"u{number:03}" for number in range(UNITS)]), (DUTY,))


def line(*, together: tuple[int, ...] = ()) -> Line:
    """A line of three months, which nobody has yet."""
    found = Line(BOOK, DUTY, together)
    for month in (1, 2, 3):
        found.append((31 * month, 31 * month + 30, f"2026-{month:02}"), 1, (0, 40 * month, 40 * month))
    return found


def test_a_unit_has_its_shares_and_not_its_holes() -> None:
    """A unit has the rows of each share that it is in, less those that it is taken out of, in order of their days."""
    one, other = line(), line()
    one.add_members(range(UNITS))
    one.holes[1] = frozenset({5})
    other.add_members(array("I", [4, 5]), 1, 3)
    rows = Rows([one, other])
    assert rows.of_cohort(rows.cohort(BOOK, 5)) == [(0, 0), (1, 1), (0, 2), (1, 2)]
    assert rows.of_cohort(rows.cohort(BOOK, 6)) == [(0, 0), (0, 1), (0, 2)]
    assert rows.slices(BOOK, 5) == [(one, 0, 3), (other, 1, 3)]
    assert rows.cohort(BOOK, 6) == rows.cohort(BOOK, 7) != rows.cohort(BOOK, 4)


def test_a_joint_line_is_everyones_who_takes_part() -> None:
    """All who owe a thing together have the rows that their lead has; nobody has those that the lead lacks."""
    joint = line(together=(9, 3))
    joint.add_members([9], 0, 2)
    rows = Rows([joint])
    assert [rows.of_cohort(rows.cohort(BOOK, unit)) for unit in (3, 9, 4)] == [[(0, 0), (0, 1)]] * 2 + [[]]


def test_nobody_has_rows_of_another_rulebook() -> None:
    """Units have the rows of their own rulebook's lines, and of one without lines none."""
    one = line()
    one.add_members(range(UNITS))
    other = Rulebook("other", Text.of("Other"), Roster(["u000"]), (DUTY,))
    assert Rows([one]).cohort(other, 0) == ()


@pytest.mark.parametrize(("always", "most", "listed"), [(32, 512, 65_536), (2, 10, 50), (0, 0, 0)])
def test_however_units_are_looked_up(monkeypatch: pytest.MonkeyPatch, always: int, most: int, listed: int) -> None:
    """Many small groups and a few large ones give each unit its own rows, looked through or listed one by one.

    Unit n has the first row from everyone's share, the second with all of its ten, and the third alone.
    """
    monkeypatch.setattr(module, "_ALWAYS_ASKED", always)
    monkeypatch.setattr(module, "_MOST_ASKED", most)
    monkeypatch.setattr(module, "_MOST_LISTED", listed)
    found = line()
    found.add_members(range(UNITS), 0, 1)
    for first in range(0, UNITS, 10):
        found.add_members(array("I", range(first, first + 10)), 1, 2)
    for unit in range(0, UNITS, 2):
        found.add_members([unit], 2, 3)
    # The same tens once more, as arrays of their own.
    again = line()
    for first in range(0, UNITS, 10):
        again.add_members(array("I", range(first, first + 10)))
    rows = Rows([found, again])
    for unit in range(UNITS):
        own = [(0, 0), (1, 0), (0, 1), (1, 1), *([(0, 2)] if unit % 2 == 0 else []), (1, 2)]
        assert rows.of_cohort(rows.cohort(BOOK, unit)) == own
    assert rows.cohort(BOOK, 1) == rows.cohort(BOOK, 3)
