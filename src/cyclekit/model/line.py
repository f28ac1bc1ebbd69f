"""A line: one obligation for one cohort, its dates as columns and its units by slices of them.

Units that share what dates depend on form a cohort, and its dates are computed once. Each unit holds a slice
of the rows, since a unit may exist for a part of the time only: spans do not split cohorts. A row may have
holes, units whose occurrence is told by another line because an exception concerns just them.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from typing import NamedTuple

from cyclekit.model.doubts import SURE, Closer, Doubts
from cyclekit.model.identity import Status
from cyclekit.model.numbers import Chosen, Numbers, Share, ascending, common, holds
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.text import Text

COLUMNS = (
    "labels",
    "numbers",
    "period_first",
    "period_last",
    "opens",
    "closes",
    "nominal",
    "due",
    "status",
    "provisional",
)
SPARSE = (
    "titles",
    "times",
    "closers",
    "exceptions",
    "absorbers",
    "unknown",
    "due_doubts",
    "nominal_doubts",
    "around_doubts",
    "left_out",
    "firings",
    "above",
    "moves",
)

#: So many shares are looked through for a single unit.
FEW = 8


class Firing(NamedTuple):
    """One time that a trigger fired: its period and number, the day and clock time, and what is not certain of it.

    ``zone`` is where the clock stood; None: where whoever owes something upon it is. ``fold`` is 1 where the clock
    showed that time for the second time.
    """

    first: int
    last: int
    label: str
    number: int
    day: int
    time: int | None = None
    doubts: Doubts = SURE
    zone: dt.tzinfo | None = None
    fold: int = 0


class Above(NamedTuple):
    """What a cascaded date follows from: the final date of the units above, one of which each unit has above it."""

    due: int
    units: Sequence[int]


class Line:
    """Columns of equal length, one entry a row; and shares, which say which units have which rows.

    Days are ordinals; ``opens`` and ``closes`` are 0 where none is stated. ``together`` holds the units of a joint
    obligation, whose lead is then the only member. ``titles``, ``times``, ``closers``, ``exceptions``, ``absorbers``,
    ``holes`` and ``unknown`` are sparse: ``times`` holds clock times in minutes after midnight, ``closers`` what
    closes a row from its due date, ``unknown`` the calendar that was asked for a day before its data begin, and that
    day, ``firings`` what triggered a row, ``above`` what a cascade made its date from, ``moves`` the exceptions that
    moved it, one after the other.

    A row is as certain as all of its dates. ``around_doubts`` is what is not certain of its opening and of a closing of
    its own, ``due_doubts`` what is not certain of its due date where the row's other dates have doubts of their own,
    and ``nominal_doubts`` what is not certain of its nominal date. ``left_out`` are rows without an occurrence as far
    as is known, which rests on days before the data.
    """

    __slots__ = (
        "_by_id",
        "above",
        "absorbers",
        "around_doubts",
        "closers",
        "closes",
        "due",
        "due_doubts",
        "exceptions",
        "firings",
        "holes",
        "labels",
        "left_out",
        "moves",
        "nominal",
        "nominal_doubts",
        "numbers",
        "obligation",
        "opens",
        "period_first",
        "period_last",
        "provisional",
        "rulebook",
        "shares",
        "status",
        "times",
        "titles",
        "together",
        "unknown",
    )

    def __init__(self, rulebook: Rulebook, obligation: Obligation, together: tuple[int, ...] = ()) -> None:
        """An empty line."""
        self.rulebook = rulebook
        self.obligation = obligation
        self.together = together
        self.labels: list[str] = []
        self.numbers: list[int] = []
        self.period_first: list[int] = []
        self.period_last: list[int] = []
        self.opens: list[int] = []
        self.closes: list[int] = []
        self.nominal: list[int] = []
        self.due: list[int] = []
        self.status: list[Status] = []
        self.provisional: list[bool] = []
        self.titles: dict[int, Text] = {}
        self.times: dict[int, int] = {}
        self.closers: dict[int, Closer] = {}
        self.exceptions: dict[int, PeriodException] = {}
        self.absorbers: dict[int, str] = {}
        self.holes: dict[int, frozenset[int]] = {}
        self.unknown: dict[int, tuple[str, int]] = {}
        self.due_doubts: dict[int, Doubts] = {}
        self.nominal_doubts: dict[int, Doubts] = {}
        self.around_doubts: dict[int, Doubts] = {}
        self.left_out: dict[int, bool] = {}
        self.firings: dict[int, Firing] = {}
        self.above: dict[int, Above] = {}
        self.moves: dict[int, tuple[PeriodException, ...]] = {}
        self.shares: list[Share] = []
        self._by_id: list[Share] | None = None

    @property
    def members(self) -> Sequence[int]:
        """The unit of each slice of rows; one with several slices stands there several times."""
        return self.shares[0].units if len(self.shares) == 1 else [unit for unit, _, _ in self.slices()]

    def slices(self) -> Iterator[tuple[int, int, int]]:
        """Each unit with the first row that it has and the row after the last, as often as it has any."""
        return ((unit, start, stop) for units, start, stop in self.shares for unit in units)

    def slices_of(self, unit: int) -> list[tuple[int, int]]:
        """The slices of one unit, found without looking at the others."""
        return [(start, stop) for units, start, stop in self.shares if holds(units, unit)]

    def has_row(self, row: int, unit: int) -> bool:
        """Whether a unit is a member that has this row."""
        return any(start <= row < stop for start, stop in self.slices_of(unit)) and unit not in self.holes.get(row, ())

    def has(self, unit: int) -> bool:
        """Whether a unit is a member, or one of those who owe it together."""
        return unit in self.together if self.together else any(holds(each.units, unit) for each in self.shares)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.due)

    def __len__(self) -> int:
        """How many occurrences it stands for, counted without making them."""
        whole = sum(len(units) * (stop - start) for units, start, stop in self.shares)
        return whole - sum(map(len, self.holes.values()))

    def append(
        self,
        period: tuple[int, int, str],
        number: int,
        dates: tuple[int, int, int],
        *,
        provisional: bool = False,
        status: Status = Status.SCHEDULED,
        title: Text | None = None,
        time: int | None = None,
        closes: int = 0,
    ) -> None:
        """Add a row: first, last and label of its period, its number, and opens, nominal and due."""
        if title is not None:
            self.titles[len(self.due)] = title
        if time is not None:
            self.times[len(self.due)] = time
        self.closes.append(closes)
        self.period_first.append(period[0])
        self.period_last.append(period[1])
        self.labels.append(period[2])
        self.numbers.append(number)
        self.opens.append(dates[0])
        self.nominal.append(dates[1])
        self.due.append(dates[2])
        self.provisional.append(provisional)
        self.status.append(status)

    def extend(
        self,
        periods: tuple[Sequence[int], Sequence[int], Sequence[str]],
        dates: tuple[Sequence[int], Sequence[int]],
        provisional: Sequence[bool],
        *,
        title: Text | None = None,
        time: int | None = None,
    ) -> None:
        """Add many rows at once, as columns: first, last and label of their periods, nominal and due.

        All are scheduled, the first due dates of their periods, without opening and closing.
        """
        rows = range(self.rows, self.rows + len(dates[0]))
        if title is not None:
            self.titles.update(dict.fromkeys(rows, title))
        if time is not None:
            self.times.update(dict.fromkeys(rows, time))
        self.period_first += periods[0]
        self.period_last += periods[1]
        self.labels += periods[2]
        self.nominal += dates[0]
        self.due += dates[1]
        self.provisional += provisional
        self.numbers += [1] * len(rows)
        self.opens += [0] * len(rows)
        self.closes += [0] * len(rows)
        self.status += [Status.SCHEDULED] * len(rows)

    def add_members(self, units: Sequence[int], start: int = 0, stop: int | None = None) -> None:
        """Give these units the rows from ``start`` up to ``stop`` (None: all there are).

        A range or an array is kept as it is: its numbers ascend.
        """
        self._by_id = None
        end = self.rows if stop is None else stop
        if start < end and len(units):
            self.shares.append(Share(ascending(units), start, end))

    def units_of(self, row: int) -> Sequence[int]:
        """The units that have this row, by id: the order in which occurrences of one day are listed.

        The sequence is the line's own where it can be, and is not to be changed.
        """
        if self._by_id is None:
            by_id = self.rulebook.roster.by_id
            self._by_id = [Share(by_id(units), start, stop) for units, start, stop in self.shares]
        there = [units for units, start, stop in self._by_id if start <= row < stop]
        match there:
            case []:
                return ()
            case [found]:
                pass
            case _:
                found = self.rulebook.roster.by_id([unit for units in there for unit in units])
        holes = self.holes.get(row)
        return found if holes is None else [unit for unit in found if unit not in holes]

    def counts(self) -> list[int]:
        """For each row how many units have it."""
        changes = [0] * (self.rows + 1)
        for units, start, stop in self.shares:
            changes[start] += len(units)
            changes[stop] -= len(units)
        counts = list(accumulate(changes[:-1]))
        for row, holes in self.holes.items():
            counts[row] -= len(holes)
        return counts

    def due_within(self, first: int, last: int) -> Sequence[int]:
        """The rows that are due in these days and that any unit has, in order."""
        if self.due == sorted(self.due):
            rows: Sequence[int] = range(bisect_left(self.due, first), bisect_right(self.due, last))
        else:
            rows = [row for row, due in enumerate(self.due) if first <= due <= last]
        if not self.holes and any(each[1:] == (0, self.rows) for each in self.shares):
            return rows
        counts = self.counts()
        return [row for row in rows if counts[row] > 0]

    def owing(self, row: int) -> frozenset[int]:
        """All units that owe this row: of a joint one all who take part."""
        units = self.units_of(row)
        return frozenset(self.together) if self.together and units else frozenset(units)

    def owed_by(self, row: int) -> AbstractSet[int]:
        """All units that owe this row: those of a single share as they stand there, a million of them as one range."""
        there = [each for each in self.shares if each.start <= row < each.stop and row not in self.holes]
        return Chosen(there[0].units) if len(there) == 1 and not self.together else self.owing(row)

    def owing_among(self, row: int, units: Numbers) -> frozenset[int]:
        """Those of some units that owe this row, found without gathering all who do where shares are few."""
        if self.together or len(self.shares) > FEW:
            return self.owing(row) & frozenset(units)
        return frozenset(unit for unit in units if self.has_row(row, unit))

    def select(self, rows: Sequence[int], units: frozenset[int] | None = None) -> "Line":
        """A line of some of its rows, which are in order, and of some of its units (None: of all)."""
        found = Line(self.rulebook, self.obligation, self.together)
        run = slice(rows.start, rows.stop) if isinstance(rows, range) and rows.step == 1 else None
        for column in COLUMNS:
            values = getattr(self, column)
            setattr(found, column, [values[row] for row in rows] if run is None else values[run])
        for sparse in (*SPARSE, "holes"):
            values = getattr(self, sparse)
            if values:
                setattr(found, sparse, {place: values[row] for place, row in enumerate(rows) if row in values})
        for members, start, stop in self.shares:
            kept = members if units is None else common(members, units)
            found.add_members(kept, bisect_left(rows, start), bisect_left(rows, stop))
        if units is not None and found.holes:
            found.holes = {row: holes & units for row, holes in found.holes.items() if holes & units}
        return found

    def doubts(self, row: int, *, nominal: bool = False) -> Doubts:
        """What is not certain of a row's due date, or its nominal one, whatever there is to say of its other dates."""
        if nominal:
            return self.nominal_doubts.get(row, SURE)
        return self.due_doubts.get(row) or Doubts(self.provisional[row], self.unknown.get(row))

    def move(self, row: int, due: int, doubts: Doubts = SURE) -> None:
        """Give a row another due date, and close it from there where its closing follows from it.

        What was not certain of the earlier date does not matter any more.
        """
        self.due[row] = due
        self.left_out.pop(row, None)
        around = self.around_doubts.get(row, SURE)
        if row in self.closers:
            self.closes[row], closing = self.closers[row](due, self.times.get(row))
            around = around.both(closing)
        self.doubt(row, doubts, around)

    def doubt(self, row: int, due: Doubts, around: Doubts) -> None:
        """Say what is not certain of a row: of its due date, and of its opening and closing."""
        whole = due.both(around)
        self.provisional[row] = whole.provisional
        self.unknown.pop(row, None)
        if whole.unknown is not None:
            self.unknown[row] = whole.unknown
        self.due_doubts.pop(row, None)
        if whole != due:
            self.due_doubts[row] = due

    def split(self, row: int, units: frozenset[int], numbers: Numbers | None = None) -> "Line":
        """Take units out of a row and return a line that holds it for them alone; ``numbers`` are the same in order."""
        alone = Line(self.rulebook, self.obligation, self.together)
        period = (self.period_first[row], self.period_last[row], self.labels[row])
        dates = (self.opens[row], self.nominal[row], self.due[row])
        alone.append(
            period,
            self.numbers[row],
            dates,
            provisional=self.provisional[row],
            status=self.status[row],
            closes=self.closes[row],
        )
        for sparse in SPARSE:
            if row in getattr(self, sparse):
                getattr(alone, sparse)[0] = getattr(self, sparse)[row]
        alone.add_members(sorted(units) if numbers is None else numbers)
        self.holes[row] = self.holes[row] | units if row in self.holes else units
        return alone
