"""Holding what an author expects against a schedule: each expectation that is not met, with the days that show it.

Nothing is computed here: a schedule is looked at that reaches far enough (:func:`days_wanted`) around the judged days.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from cyclekit.civil.months import month_of
from cyclekit.civil.spans import Bounds, Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.forms import forms
from cyclekit.engine.whereabouts import extent_of, periods_named
from cyclekit.model.expectation import Expectation
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import UNIT
from cyclekit.model.schedule import Schedule

#: A row of a line.
Row = tuple[Line, int]


@attrs.frozen
class Unmet:
    """An expectation of an obligation that is not met: its ``name``, the shortest days that show it, and words for it.

    ``occurrence`` is the one that shows it; None where what is wrong is that there is none. ``label`` is the key of
    ``dates`` or ``owed_by`` that it is about.
    """

    obligation: Obligation
    name: str
    span: Span
    values: Mapping[str, str]
    occurrence: Occurrence | None = None
    label: str = ""


def unmet(schedule: Schedule, span: Span, calendars: Mapping[str, WorkingCalendar]) -> Iterator[Unmet]:
    """What is expected and not met among the due dates in ``span``, and in the years that lie in it.

    ``calendars`` are those that expectations of working days ask, by the names that :func:`calendar_asked` gives.
    """
    for book in schedule.rulebooks:
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for line in schedule.lines:
            if line.rulebook is book:
                lines[line.obligation.id].append(line)
        for rule in book:
            yield from _Judging(book, rule, lines, span, calendars).unmet()


def calendar_asked(book: Rulebook, rule: Obligation, unit: int) -> str | None:
    """The calendar that says what a working day is for a unit, as compiled calendars are called; None for none."""
    named = rule.calendar if rule.calendar != UNIT else None
    name = named or book.roster.calendars[unit] or book.calendar
    return book.calendar_keys.get(name, name) if name else None


def _spoken_of(rule: Obligation) -> Iterator[Obligation]:
    """An obligation in each form that expects something."""
    for each in (rule, *(change.result for change in rule.changes)):
        if each.expect is not None:
            yield each


class _Judging:
    """One obligation, held against what its forms expect."""

    def __init__(
        self,
        book: Rulebook,
        rule: Obligation,
        lines: Mapping[str, Sequence[Line]],
        span: Span,
        calendars: Mapping[str, WorkingCalendar],
    ) -> None:
        self.book = book
        self.rule = rule
        self.lines = lines
        self.span = span
        self.calendars = calendars

    def unmet(self) -> Iterator[Unmet]:
        """Everything that is not met."""
        if not any(_spoken_of(self.rule)):
            return
        for line in self.lines.get(self.rule.id, ()):
            if line.obligation.expect is not None:
                yield from self._by_row(line, line.obligation.expect)
        alike = self._units_alike()
        for form, units in forms(self.book, self.rule):
            if form.expect is not None:
                for unit in {alike[each]: each for each in reversed(units) if each in alike}.values():
                    yield from self._by_unit(form, form.expect, unit)
        if self.rule.expect is not None:
            yield from self._labelled(self.rule.expect)

    # ------------------------------------------------------------------------------------------ single dates

    def _by_row(self, line: Line, expect: Expectation) -> Iterator[Unmet]:
        low, high = self.span.first.toordinal(), self.span.last.toordinal()
        for row in line.due_within(low, high):
            day = dt.date.fromordinal(line.due[row])
            if day.weekday() in expect.never_on:
                yield self._at(line, row, "never_on")
            if expect.in_months and day.month not in expect.in_months:
                yield self._at(line, row, "in_months")
            if expect.within_month is not None and not _is_within(line, row, expect.within_month):
                yield self._at(line, row, "within_month")
            if expect.window is not None and line.opens[row]:
                days = line.due[row] - line.opens[row] + 1
                if days not in expect.window:
                    opens = dt.date.fromordinal(line.opens[row]).isoformat()
                    said = {"found": str(days), "expected": str(expect.window), "opens": opens}
                    yield self._at(line, row, "window", said)
            if expect.working_day:
                for unit in line.units_of(row):
                    calendar = self.calendars.get(calendar_asked(self.book, line.obligation, unit) or "")
                    if calendar is not None and not calendar.is_working(line.due[row]):
                        yield self._at(line, row, "working_day", {"calendar": calendar.id}, unit=unit)
                        break

    def _at(
        self,
        line: Line,
        row: int,
        name: str,
        said: Mapping[str, str] | None = None,
        *,
        unit: int | None = None,
        since: int | None = None,
    ) -> Unmet:
        """An expectation that one occurrence does not meet."""
        each = Occurrence(line, row, line.units_of(row)[0] if unit is None else unit)
        first = each.due if since is None else dt.date.fromordinal(since)
        values = {"key": str(each.key), "due": each.due.isoformat(), "weekday": str(each.due.weekday()), **(said or {})}
        return Unmet(line.obligation, name, Span(min(first, each.due), each.due), values, each)

    # ------------------------------------------------------------------------------------------------- units

    def _units_alike(self) -> dict[int, object]:
        """For each unit what tells whether another one has all the same rows."""
        found: defaultdict[int, list[object]] = defaultdict(list)
        others = self._never_with()
        for name in (self.rule.id, *sorted(others)):
            for number, line in enumerate(self.lines.get(name, ())):
                holes: defaultdict[int, list[int]] = defaultdict(list)
                for row, units in line.holes.items():
                    for unit in units:
                        holes[unit].append(row)
                slices = ((unit, 0, line.rows) for unit in line.together) if line.together else line.slices()
                for unit, start, stop in slices:
                    found[unit].append((name, number, start, stop, tuple(holes[unit])))
        active = self.book.roster.active
        owing = self.rule.selection.units(self.book.roster)
        return {unit: (active[unit], tuple(found[unit])) for unit in owing}

    def _never_with(self) -> set[str]:
        return {name for each in _spoken_of(self.rule) if each.expect for name in each.expect.never_with}

    def _rows_of(self, name: str, unit: int) -> list[Row]:
        """The rows that a unit owes, by due date."""
        found: list[Row] = []
        for line in self.lines.get(name, ()):
            if line.together:
                found += [(line, row) for row in range(line.rows)] if unit in line.together else []
                continue
            for start, stop in line.slices_of(unit):
                found += [(line, row) for row in range(start, stop) if unit not in line.holes.get(row, ())]
        return sorted(found, key=lambda each: (each[0].due[each[1]], each[0].period_first[each[1]]))

    def _by_unit(self, form: Obligation, expect: Expectation, unit: int) -> Iterator[Unmet]:
        if expect.per_year is None and expect.gap is None and not expect.never_with:
            return
        rows = self._rows_of(self.rule.id, unit)
        if expect.per_year is not None:
            yield from self._per_year(form, expect, unit, rows)
        low, high = self.span.first.toordinal(), self.span.last.toordinal()
        mine = [(line, row) for line, row in rows if line.obligation == form and low <= line.due[row] <= high]
        lead = unit if not form.jointly else None
        for (before, earlier), (line, row) in pairwise(mine) if expect.gap is not None else ():
            days = line.due[row] - before.due[earlier]
            if expect.gap is not None and days not in expect.gap:
                last = dt.date.fromordinal(before.due[earlier]).isoformat()
                said = {"found": str(days), "expected": str(expect.gap), "last": last}
                yield self._at(line, row, "gap", said, unit=lead, since=before.due[earlier])
        for name in expect.never_with:
            days_of = {line.due[row]: (line, row) for line, row in self._rows_of(name, unit)}
            for line, row in mine:
                if line.due[row] in days_of:
                    yield self._at(line, row, "never_with", {"other": name}, unit=lead)

    def _per_year(self, form: Obligation, expect: Expectation, unit: int, rows: Sequence[Row]) -> Iterator[Unmet]:
        """Each year in which the form is owed from the first day to the last, by how many periods end in it."""
        counts: defaultdict[int, list[Row]] = defaultdict(list)
        for line, row in rows:
            counts[dt.date.fromordinal(line.period_last[row]).year].append((line, row))
        owed = extent_of(self.book, form).both(form.begins)
        for year in range(self.span.first.year, self.span.last.year + 1):
            days = Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
            if days.first not in self.span or days.last not in self.span or not _covers(owed, days):
                continue
            active = self.book.roster.active[unit]
            if active and not any(_covers(each, days) for each in active):
                continue
            found = counts[year]
            if expect.per_year is not None and len(found) not in expect.per_year:
                name = self.book.roster.ids[unit]
                labels = ", ".join(line.labels[row] for line, row in found[:12]) or "–"
                values = {
                    "year": str(year),
                    "found": str(len(found)),
                    "expected": str(expect.per_year),
                    "unit": name,
                    "labels": labels,
                }
                yield Unmet(form, "per_year", days, values)

    # ------------------------------------------------------------------------------------------------ labels

    def _labelled(self, expect: Expectation) -> Iterator[Unmet]:
        for label, day in expect.dates:
            found = self._named(label)
            span, said = Span(day, day), {"label": label, "expected": day.isoformat()}
            if not found:
                yield Unmet(self.rule, "dates", span, said, label=label)
            for line, row in found:
                if line.due[row] != day.toordinal():
                    yield attrs.evolve(self._at(line, row, "dates", said), label=label)
                    break
        for label, ids in expect.owed_by:
            found = self._named(label)
            owing = {self.book.roster.ids[unit] for line, row in found for unit in line.owing(row)}
            if owing != set(ids):
                values = {
                    "label": label,
                    "found": ", ".join(sorted(owing)) or "–",
                    "expected": ", ".join(sorted(ids)),
                }
                shown = next(((line, row) for line, row in found if self._is_new(line, row, ids)), None)
                if shown is not None:
                    line, row = shown
                    other = next(each for each in line.units_of(row) if self.book.roster.ids[each] not in ids)
                    yield attrs.evolve(self._at(line, row, "owed_by", values, unit=other), label=label)
                else:
                    yield Unmet(self.rule, "owed_by", self._days_of(label), values, label=label)

    def _is_new(self, line: Line, row: int, ids: Sequence[str]) -> bool:
        return any(self.book.roster.ids[unit] not in ids for unit in line.units_of(row))

    def _days_of(self, label: str) -> Span:
        periods = _periods(self.book, self.rule, label)
        return Span(*map(dt.date.fromordinal, periods[0][:2])) if periods else self.span

    def _named(self, label: str) -> list[Row]:
        """The rows of the period, and the number, that a label names."""
        name, _, number = label.partition("#")
        wanted = {(first, last) for first, last, _ in _periods(self.book, self.rule, name)}
        return [
            (line, row)
            for line in self.lines.get(self.rule.id, ())
            for row in range(line.rows)
            if ((line.period_first[row], line.period_last[row]) in wanted or line.labels[row] == name)
            and (not number or line.numbers[row] == int(number))
            and line.units_of(row)
        ]


def _periods(book: Rulebook, rule: Obligation, label: str) -> list[tuple[int, int, str]]:
    return [each[:3] for each in periods_named(book, rule, label.partition("#")[0], {})]


def _covers(bounds: Bounds, days: Span) -> bool:
    low, high = bounds.ordinals()
    return low <= days.first.toordinal() and days.last.toordinal() <= high


def _is_within(line: Line, row: int, which: str | int) -> bool:
    """Whether a due date lies in this month of its period."""
    first, last = month_of(line.period_first[row]), month_of(line.period_last[row])
    of_word = {"first": first, "last": last, "next": last + 1, "previous": first - 1}
    wanted = first + which - 1 if isinstance(which, int) else of_word[which]
    return month_of(line.due[row]) == wanted


def days_wanted(book: Rulebook, span: Span, closure: int = 0) -> Span:
    """The days that a schedule has to reach over, so that expectations can be held against it in ``span``.

    Due dates about a year may lie in another, and labels and exceptions at any distance.
    """
    days = [span.first.toordinal() - MARGIN - closure, span.last.toordinal() + MARGIN + closure]
    for rule in book:
        for form in (rule, *(change.result for change in rule.changes)):
            days += [each.due.toordinal() for each in form.exceptions if each.due is not None]
        for form in _spoken_of(rule):
            labels = [label for label, _ in (*form.expect.dates, *form.expect.owed_by)] if form.expect else []
            for first, last, _ in (period for label in labels for period in _periods(book, rule, label)):
                days += [first - MARGIN, last + MARGIN]
    return Span(dt.date.fromordinal(max(min(days), 1)), dt.date.fromordinal(min(max(days), dt.date.max.toordinal())))


#: Somewhat more than two years: what is about a year is rarely due later than that.
MARGIN = 800
