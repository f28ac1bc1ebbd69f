"""One occurrence of a schedule, as a light view of a row and a unit."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import repeat

from cyclekit.model.compact import Texts
from cyclekit.model.identity import Key, Status
from cyclekit.model.line import Above, Firing, Line
from cyclekit.model.obligation import Obligation, PeriodException, Quota, Rulebook, Source
from cyclekit.model.roster import Unit
from cyclekit.model.text import Text

_new, _date = tuple.__new__, dt.date.fromordinal
#: What all occurrences of a row have in common: due date, rulebook, obligation, period and number.
_Shared = tuple[dt.date, str, str, str, int]


class Occurrence:
    """One due date of one unit. Everything is read from the schedule's columns when asked for."""

    __slots__ = ("_id", "_line", "_row", "_shared", "_unit")

    def __init__(self, line: Line, row: int, unit: int, id_: str | None = None, shared: _Shared | None = None) -> None:
        """The occurrence of a row and a unit; the unit's id and what the row's have in common may be known already."""
        self._line = line
        self._row = row
        self._unit = unit
        self._id = id_
        self._shared = shared

    @classmethod
    def of_row(cls, line: Line, row: int) -> Iterator["Occurrence"]:
        """The occurrences of a row, by the ids of their units."""
        units, ids, book = line.units_of(row), line.rulebook.roster.ids, line.rulebook.id
        # Most that is asked of a million occurrences is the same for all of a row, and is found once.
        shared = _date(line.due[row]), book, line.obligation.id, line.labels[row], line.numbers[row]
        # To find one id among texts takes longer than anything else, so they are taken in a row.
        several = ids.each(units) if isinstance(units, range) and isinstance(ids, Texts) else repeat(None)
        return map(partial(cls, line, row), units, several, repeat(shared))

    @property
    def place(self) -> tuple[Line, int, int]:
        """Where it stands: its line, the row, and the number of its unit in the roster."""
        return self._line, self._row, self._unit

    @property
    def key(self) -> Key:
        """Its identity: rulebook, obligation, unit, period and number."""
        line, unit, shared = self._line, self._id, self._shared
        if unit is None:
            unit = line.rulebook.roster.ids[self._unit]
        # As Key(…), in a third of the time: listing a million occurrences asks for a million keys.
        if shared is not None:
            return _new(Key, (shared[1], shared[2], unit, shared[3], shared[4]))
        row = self._row
        return _new(Key, (line.rulebook.id, line.obligation.id, unit, line.labels[row], line.numbers[row]))

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that holds its obligation."""
        return self._line.rulebook

    @property
    def obligation(self) -> Obligation:
        """The obligation, with the changes that apply to this unit."""
        return self._line.obligation

    @property
    def unit(self) -> Unit:
        """Who owes it; of a joint occurrence, who leads."""
        return Unit(self._line.rulebook.roster, self._unit)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All who owe it together; of an occurrence that is not joint, its one unit."""
        numbers = self._line.together or (self._unit,)
        return tuple(Unit(self._line.rulebook.roster, number) for number in numbers)

    @property
    def is_joint(self) -> bool:
        """Whether several units owe it together."""
        return bool(self._line.together)

    @property
    def period(self) -> str:
        """The label of its period."""
        return self._line.labels[self._row]

    @property
    def period_days(self) -> tuple[int, int]:
        """The first and last day of its period, as ordinals."""
        return self._line.period_first[self._row], self._line.period_last[self._row]

    @property
    def number(self) -> int:
        """Which due date of its period it is, from 1."""
        return self._line.numbers[self._row]

    @property
    def opens(self) -> dt.date | None:
        """The first day on which it can be done, where one is stated."""
        day = self._line.opens[self._row]
        return dt.date.fromordinal(day) if day else None

    @property
    def nominal(self) -> dt.date:
        """What the words of the rule say, before non-working days and exceptions."""
        return dt.date.fromordinal(self._line.nominal[self._row])

    @property
    def due(self) -> dt.date:
        """The date that counts."""
        shared = self._shared
        return _date(self._line.due[self._row]) if shared is None else shared[0]

    @property
    def closes(self) -> dt.date | None:
        """The last day on which it is still accepted, where one is stated."""
        day = self._line.closes[self._row]
        return dt.date.fromordinal(day) if day else None

    @property
    def minute(self) -> int | None:
        """The clock time of the due date in minutes after midnight, 1440 for the end of the day; None: all of it."""
        return self._line.times.get(self._row)

    @property
    def time(self) -> str | None:
        """The clock time of the due date as rule files write it, ``17:30`` or ``24:00``; None where it has none."""
        minute = self.minute
        return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"

    @property
    def timezone(self) -> str | None:
        """The IANA name of the zone in which its clock time counts: the unit's, else the file's."""
        return self.unit.timezone or self._line.rulebook.timezone

    @property
    def status(self) -> Status:
        """Whether it is owed, waived or absorbed."""
        return self._line.status[self._row]

    @property
    def provisional(self) -> bool:
        """Whether its date rests on days that nobody has announced yet."""
        return self._line.provisional[self._row]

    @property
    def quota(self) -> tuple[Quota, ...]:
        """How much is owed in the period."""
        return self._line.obligation.quota

    @property
    def title(self) -> Text:
        """Its own title where the due date has one, else the obligation's."""
        return self._line.titles.get(self._row, self._line.obligation.title)

    @property
    def unknown(self) -> tuple[str, int] | None:
        """The calendar that was asked for a day before its data begin, and that day; None wherever it can be used."""
        return self._line.unknown.get(self._row)

    @property
    def firing(self) -> Firing | None:
        """What triggered it, where something did."""
        return self._line.firings.get(self._row)

    @property
    def above(self) -> Above | None:
        """The final date above that a cascade made its date from."""
        return self._line.above.get(self._row)

    @property
    def exception(self) -> PeriodException | None:
        """The exception that moved or waived it."""
        return self._line.exceptions.get(self._row)

    @property
    def moves(self) -> tuple[PeriodException, ...]:
        """The exceptions that moved it, one after the other: its date is that of the last. It may be waived as well."""
        return self._line.moves.get(self._row, ())

    @property
    def absorbed_by(self) -> str | None:
        """The id of the obligation that stands for it."""
        return self._line.absorbers.get(self._row)

    @property
    def source(self) -> Source | None:
        """Where it is written down: the obligation's source within the document's; an exception's own first."""
        outer = self._line.rulebook.source
        own = self._line.obligation.source
        source = own.within(outer) if own else outer
        moved = self.exception
        return moved.source.within(source) if moved and moved.source else source

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Occurrence):
            return NotImplemented
        return self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self.key)

    def _facts(self) -> tuple[object, ...]:
        units = tuple(each.id for each in self.units)
        line, row = self._line, self._row
        dates = (line.opens[row], line.closes[row], line.nominal[row], line.due[row], line.times.get(row))
        return (self.key, units, dates, self.status, self.provisional, self.quota, self.title, self.source)

    def __repr__(self) -> str:
        return f"<Occurrence {self.key} due {self.due} {self.status.value}>"
