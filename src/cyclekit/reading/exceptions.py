"""Exceptions: single periods that are moved or waived, each the obligation's own."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import PeriodException, Source
from cyclekit.model.pipeline import DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import ONCE, Dates, Every, Once, Timing
from cyclekit.reading import scalars
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import Misread
from cyclekit.reading.selecting import read_selection

if TYPE_CHECKING:
    import datetime as dt


def read_exceptions(
    reader: Reader,
    entry: Entry,
    timing: Timing,
    bounds: Bounds,
    year: YearStart,
    roster: Roster,
    owing: frozenset[int],
) -> tuple[PeriodException, ...] | None:
    """The exceptions of an obligation, in the order of the file; None where one cannot be read."""
    found: list[PeriodException] = []
    before = len(reader.diagnostics)
    seen: dict[tuple[Span, int | None], Entry] = {}
    for labelled in entry.value:
        label, hash_mark, number_text = labelled.key.text.partition("#")
        number = _number(reader, labelled, number_text) if hash_mark else None
        most = _due_dates(timing)
        if number is not None and number > most:
            text = labelled.key.text
            reader.report("unknown-reference", "no-such-due", labelled.key, text=text, limit=str(most))
            continue
        span = _period(reader, labelled, label, timing, bounds, _years(timing, year, roster, owing))
        if span is None:
            continue
        twin = seen.setdefault((span, number), labelled)
        if twin is not labelled:
            other = twin.key.text
            reader.report(
                "duplicate-key", "label-twice", labelled.key, related=(twin.key,), text=labelled.key.text, other=other
            )
            continue
        items = [Item(labelled.value, labelled.node)] if isinstance(labelled.value, Fields) else labelled.value
        for item in items:
            fields: Fields = item.value
            if number is None and most > 1 and "due" in fields:
                reader.report("conflict", "which-due", fields["due"].key, text=label)
                continue
            exception = _one(reader, label, span, number, fields, roster, owing)
            if exception is not None:
                found.append(exception)
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return tuple(found)


def _number(reader: Reader, labelled: Entry, text: str) -> int | None:
    try:
        return scalars.integer(text, "number", 1, 366)
    except Misread as fault:
        reader.misread(fault, labelled.key)
        return None


def _due_dates(timing: Timing) -> int:
    """How many due dates a period of this timing has."""
    return len(timing.plan.dues) if isinstance(timing, Every) and isinstance(timing.plan, DueList) else 1


def _years(timing: Timing, year: YearStart, roster: Roster, owing: Collection[int]) -> list[YearStart]:
    """The years that labels of this timing may follow: its own, or those of the units."""
    if isinstance(timing, Every) and timing.year_of_unit:
        return [year, *{start for unit in sorted(owing) if (start := roster.year_starts[unit])}]
    return [year]


def _period(
    reader: Reader, labelled: Entry, label: str, timing: Timing, bounds: Bounds, years: list[YearStart]
) -> Span | None:
    """The period that a label names; None where it is none of the obligation's, which is reported."""
    key = labelled.key
    match timing:
        case Once(span=span):
            if label == ONCE:
                return span
            reader.report("unknown-reference", "no-own-period", key, text=label, suggestion=ONCE)
            return None
        case Dates(entries=entries):
            found = [each.span for each in entries if each.label == label]
            if found:
                return found[0]
            suggestion = scalars.near(label, [each.label for each in entries])
            reader.report("unknown-reference", "no-own-period", key, text=label, suggestion=suggestion)
            return None
        case Every():
            return _of_cycle(reader, key, label, timing, bounds, years)
        case _:
            return None


def _of_cycle(
    reader: Reader, key: Node, label: str, timing: Every, bounds: Bounds, years: list[YearStart]
) -> Span | None:
    fault: Misread | None = None
    near = ""
    for year in years:
        try:
            span = scalars.span(label, year)
        except Misread as misread:
            fault = misread
            continue
        low, high = bounds.ordinals()
        cycle = timing.cycle
        if timing.year_of_unit and isinstance(cycle, Months):
            cycle = Months(cycle.n, cycle.spelling, year.offset % cycle.n, year)
        first, last = span.first.toordinal(), span.last.toordinal()
        for period in cycle.periods(first, last):
            if (period.first, period.last) == (first, last):
                if timing.takes(period.position) and first <= high and low <= last:
                    return span
            elif not near:
                near = period.label
        fault = None
        break
    if fault is not None:
        reader.misread(fault, key)
    else:
        reader.report("unknown-reference", "no-own-period", key, text=label, suggestion=near)
    return None


def _one(
    reader: Reader, label: str, span: Span, number: int | None, fields: Fields, roster: Roster, owing: frozenset[int]
) -> PeriodException | None:
    if fields.failed:
        return None
    named = [name for name in fields if name in ("due", "waived")]
    if len(named) != 1:
        if named:
            reader.report("conflict", "conflict", fields[named[1]].key, first=named[0], second=named[1])
        else:
            reader.report("missing-key", "missing-ruling", fields.node, expected="due, waived")
        return None
    due: dt.date | None = None
    if named == ["due"]:
        try:
            due = scalars.span(fields.get("due")).last
        except Misread as fault:
            reader.misread(fault, fields["due"].node)
            return None
    units = None
    if "units" in fields:
        units = read_selection(reader, fields["units"], None, roster, among=owing)
        if units is None:
            return None
    source = fields.get("source")
    if isinstance(source, Fields):
        source = Source(**{name: source.get(name) for name in source})
    elif source is not None:
        source = Source(document=source)
    reason = fields.get("waived") or fields.get("reason", "")
    return PeriodException(label, span, number, due, reason, source, fields.get("announced"), units)
