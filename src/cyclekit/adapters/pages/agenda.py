"""What one unit owes, row by row. A row that units share is drawn once for all of them."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import attrs
from markupsafe import Markup

from cyclekit.adapters.pages.addresses import linked
from cyclekit.adapters.pages.drawing import Drawing
from cyclekit.civil.months import month_of
from cyclekit.model.identity import Status
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook, Source
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import Unit
from cyclekit.model.rows import Rows
from cyclekit.model.schedule import WHOLE_DAY, StandingDuty
from cyclekit.model.text import Text
from cyclekit.model.timing import ONCE
from cyclekit.words.names import Names
from cyclekit.words.occurrences import (
    PARENT,
    facts,
    others,
    person_words,
    quota_words,
    source_words,
    status_words,
    unit_words,
)
from cyclekit.words.pages import page_words
from cyclekit.words.periods import date_words, is_chinese, period_words, weekday_words
from cyclekit.words.rules import sentence_in_force

#: Tells why the rule's day is not the one that counts: the holiday that moved it. Empty where there is nothing to say.
Why = Callable[[Occurrence], str]

#: So many rows are kept once they are drawn: a server draws pages for as long as it runs.
_KEPT = 65_536
#: More of those who owe a thing together are counted rather than listed.
_MOST_NAMED = 6
#: What stands in the date, the title or the notes of a row, or is told by the row in another way.
_ELSEWHERE = {"what", "unit", "together", "period", "time", "nominal", "remind", "notes", "source", "quote"}
_ROWS = "rows.html"


@attrs.frozen
class Fact:
    """Something to know: what it is in a word for the style sheet, its label, its text, and where the text leads."""

    kind: str
    label: str
    text: str
    url: str = ""


@attrs.frozen
class Row:
    """A duty, with or without a due date, as the template shows it. ``badges`` are pairs of kind and text."""

    title: Text
    url: str = ""
    date: str = ""
    weekday: str = ""
    time: str = ""
    look: str = ""
    period: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Fact, ...] = ()


@attrs.frozen
class Day:
    """The rows of one day, drawn."""

    date: str
    rows: tuple[Markup, ...]


@attrs.frozen
class MonthOfDays:
    """The days of a month on which something is due."""

    month: int
    days: tuple[Day, ...]


class Held(NamedTuple):
    """Rows of a line that a unit holds, from ``start`` to before ``stop``; of a joint line ``unit`` is the lead."""

    line: Line
    start: int
    stop: int
    unit: int


def held_by(lines: Sequence[Line], number: int) -> Iterator[Held]:
    """What one unit holds of some lines of its rulebook; every unit of theirs is looked at."""
    for line in lines:
        if line.together:
            if number in line.together:
                yield from _of_member(line, line.members[0])
        else:
            yield from _of_member(line, number)


def held_in(rows: Rows, book: Rulebook, number: int) -> Iterator[Held]:
    """The same, by who knows the rows of each unit: no other unit is looked at."""
    for line, start, stop in rows.slices(book, number):
        if line.together:
            yield from _of_member(line, line.members[0])
        else:
            yield Held(line, start, stop, number)


def owed_of(held: Held) -> int:
    """How many occurrences that is, counted without making them."""
    line, start, stop, unit = held
    return stop - start - sum(start <= row < stop and unit in units for row, units in line.holes.items())


def _of_member(line: Line, unit: int) -> Iterator[Held]:
    for start, stop in line.slices_of(unit):
        yield Held(line, start, stop, unit)


def same_for(held: Sequence[Held], unit: Unit) -> tuple[object, ...]:
    """What the agenda of a unit depends on: units for which it is equal owe the same, and their pages say the same."""
    found: list[object] = []
    above = zone = False
    for line, start, stop, whose in held:
        holes = tuple(row for row, units in line.holes.items() if whose in units)
        found.append((line, start, stop, holes))
        above = above or (not line.together and _looks_above(line.obligation))
        zone = zone or bool(line.times)
    return (unit.parent if above else None, unit.timezone if zone else None, *found)


def _looks_above(obligation: Obligation) -> bool:
    return PARENT in obligation.report_to or obligation.lead == PARENT


class Cell(NamedTuple):
    """One row of a line, for one unit."""

    line: Line
    row: int
    unit: int

    @property
    def due(self) -> int:
        """The day that counts."""
        return self.line.due[self.row]

    @property
    def is_owed(self) -> bool:
        """Whether it is neither waived nor absorbed."""
        return self.line.status[self.row] is Status.SCHEDULED

    @property
    def order(self) -> tuple[int, int, str, str, int]:
        """What rows of one unit are ordered by, as in a schedule."""
        line, row = self.line, self.row
        return line.due[row], line.times.get(row, WHOLE_DAY), line.obligation.id, line.labels[row], line.numbers[row]


def cells(held: Sequence[Held]) -> list[Cell]:
    """All that a unit owes, in the order of a schedule."""
    found = [
        Cell(line, row, unit)
        for line, start, stop, unit in held
        for row in range(start, stop)
        if not line.holes or unit not in line.holes.get(row, ())
    ]
    found.sort(key=lambda each: each.order)
    return found


class Agenda:
    """Draws the rows of units, and keeps them."""

    def __init__(self, drawing: Drawing, language: str, why: Why | None = None) -> None:
        self._drawing = drawing
        self._language = language
        self._why = why
        self._rows: dict[tuple[object, ...], Markup] = {}
        self._rules: dict[Line, Markup] = {}

    def months(self, owed: Sequence[Cell]) -> Iterator[MonthOfDays]:
        """What is owed, in its order, as drawn days by month."""
        for month, of_month in groupby(owed, key=lambda each: month_of(each.due)):
            days = groupby(of_month, key=lambda each: each.due)
            drawn = (Day(dt.date.fromordinal(due).isoformat(), tuple(map(self._drawn, some))) for due, some in days)
            yield MonthOfDays(month, tuple(drawn))

    def rules(self, owed: Sequence[Cell]) -> tuple[Markup, ...]:
        """What the duties of a unit are, each in a sentence, by their ids; once for several lines."""
        lines = dict.fromkeys(each.line for each in owed)
        told = sorted(lines, key=lambda each: (each.obligation.id, each.obligation.begins.ordinals()))
        return tuple(dict.fromkeys(map(self._rule, told)))

    def _rule(self, line: Line) -> Markup:
        if line not in self._rules:
            obligation, outer, language = line.obligation, line.rulebook.source, self._language
            source = obligation.source.within(outer) if obligation.source else outer
            row = Row(title=obligation.title, facts=tuple(self._source(source, outer)))
            said = sentence_in_force(obligation, language, Names(line.rulebook), begins=True)
            self._rules[line] = self._drawing.part(_ROWS, "rule", row, said)
        return self._rules[line]

    def standing(self, duty: StandingDuty, unit: Unit) -> Markup:
        """A duty without a date, as one unit owes it."""
        obligation, language = duty.obligation, self._language
        outer = duty.rulebook.source
        source = obligation.source.within(outer) if obligation.source else outer
        comma = "、" if is_chinese(language) else ", "
        roster = duty.rulebook.roster
        told = [
            ("quota", quota_words(obligation.quota, language)),
            ("deliver", comma.join(obligation.deliver)),
            ("report_to", comma.join(person_words(each, unit, roster, language) for each in obligation.report_to)),
        ]
        if obligation.jointly:
            told.append(("together", self._names(duty.units)))
        elif obligation.lead:
            told.append(("lead", person_words(obligation.lead, unit, roster, language)))
        found = [Fact(kind, page_words(kind, language), text) for kind, text in told if text]
        row = Row(
            title=obligation.title,
            url=linked(obligation.url),
            facts=(*found, *self._source(source, outer)),
            notes=tuple(self._notes(obligation, source)),
        )
        return self._drawing.part(_ROWS, "duty", row)

    def _drawn(self, cell: Cell) -> Markup:
        line, row, unit = cell
        # What else of a unit shows: who is above it, and the zone of its clock times.
        roster, above = line.rulebook.roster, _looks_above(line.obligation)
        zone = roster.timezones[unit] if row in line.times else None
        key = (line, row, roster.parents[unit] if above else None, zone)
        if key not in self._rows:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            self._rows[key] = self._drawing.part(_ROWS, "row", self._row(Occurrence(line, row, unit)))
        return self._rows[key]

    def _row(self, occurrence: Occurrence) -> Row:
        language, source = self._language, occurrence.source
        period = "" if occurrence.period == ONCE else period_words(occurrence.period, language)
        if occurrence.number > 1:
            period = page_words("nth", language, period=period, number=occurrence.number)
        return Row(
            title=occurrence.title,
            url=linked(occurrence.obligation.url),
            date=occurrence.due.isoformat(),
            weekday=weekday_words(occurrence.due, language),
            time=page_words("by-clock", language, time=occurrence.time) if occurrence.time else "",
            look=occurrence.status.value,
            period=period,
            badges=tuple(self._badges(occurrence)),
            facts=(*self._facts(occurrence), *self._source(source, occurrence.rulebook.source)),
            notes=tuple(self._notes(occurrence.obligation, source)),
        )

    def _badges(self, occurrence: Occurrence) -> Iterator[tuple[str, str]]:
        found = []
        if occurrence.status is not Status.SCHEDULED:
            found.append(occurrence.status.value)
        elif occurrence.due != occurrence.nominal:
            found.append("moved")
        if occurrence.provisional:
            found.append("provisional")
        return ((kind, page_words(kind, self._language)) for kind in found)

    def _facts(self, occurrence: Occurrence) -> Iterator[Fact]:
        language = self._language
        if occurrence.is_joint:
            yield Fact("lead", page_words("lead", language), unit_words(occurrence.unit, language))
            yield Fact("together", page_words("together", language), self._names(others(occurrence)))
        if occurrence.timezone and occurrence.time:
            yield Fact("zone", page_words("zone", language), occurrence.timezone)
        if occurrence.nominal != occurrence.due:
            yield Fact("nominal", page_words("nominal", language), date_words(occurrence.nominal, language))
            why = self._why(occurrence) if self._why and not occurrence.exception else ""
            if why:
                yield Fact("why", page_words("why", language), why)
        told = {kind: Fact(kind, label, text) for kind, label, text in facts(occurrence, language)}
        if occurrence.exception and "reason" in told:
            yield told.pop("reason")
        for kind, fact in told.items():
            # That it is waived its badge says; what it is absorbed by, and why it is provisional, is told here.
            if kind not in _ELSEWHERE and fact.text != status_words(occurrence.status, language):
                yield fact

    def _names(self, units: Sequence[Unit]) -> str:
        shown = [unit_words(each, self._language) for each in units[:_MOST_NAMED]]
        if len(units) <= _MOST_NAMED:
            return ("、" if is_chinese(self._language) else ", ").join(shown)
        names = ("、" if is_chinese(self._language) else ", ").join(shown)
        return page_words("and-more", self._language, names=names, count=len(units) - _MOST_NAMED, all=len(units))

    def _source(self, source: Source | None, outer: Source | None) -> Iterator[Fact]:
        if source is None:
            return
        words = source_words(source, self._language)
        if outer and outer.document and (source.document, source.issuer) == (outer.document, outer.issuer):
            # The head of the page names the document: what is left to say is where in it.
            where = source_words(attrs.evolve(source, document="", issuer=""), self._language)
            same = (source.article, source.page) == (outer.article, outer.page)
            words = "" if same or not where else page_words("in-document", self._language, where=where)
        if words:
            yield Fact("source", page_words("source", self._language), words, linked(source.url))

    def _notes(self, obligation: Obligation, source: Source | None) -> Iterator[Fact]:
        if obligation.notes:
            text = obligation.notes.get(self._language).strip()
            yield Fact("notes", page_words("notes", self._language), text)
        if source and source.quote:
            yield Fact("quote", page_words("quote", self._language), source.quote)
