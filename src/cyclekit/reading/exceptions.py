"""Exceptions: single periods that are moved or waived, each one of the obligation's own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import label_of
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import PeriodException
from cyclekit.model.pipeline import DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import ONCE, Dates, Every, OfEvent, Once, Upon
from cyclekit.reading import scalars
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import Misread
from cyclekit.reading.selecting import read_selection
from cyclekit.reading.texts import as_source
from cyclekit.reading.variants import Variant

if TYPE_CHECKING:
    import datetime as dt

    from cyclekit.model.selectors import Selection


@attrs.frozen
class _Named:
    """What a label names in one variant: its span and own label, or why there is none, and what is near."""

    span: Span | None = None
    near: str = ""
    fault: Misread | None = None
    label: str = ""


def read_exceptions(
    reader: Reader,
    entry: Entry,
    variants: Sequence[Variant],
    outer: Bounds,
    roster: Roster,
    roots: Sequence[Variant] = (),
) -> list[tuple[PeriodException, ...]] | None:
    """The exceptions of each variant, in the order of the file; None where one cannot be read, which is reported.

    A label has to name a period of some unit that the exception concerns; in each variant it means that one's own.
    ``roots`` are the variants whose periods triggered obligations take: those of what fires them in the end.
    """
    found: list[list[PeriodException]] = [[] for _ in variants]
    before = len(reader.diagnostics)
    seen: dict[tuple[Span, int | None], Entry] = {}
    for labelled in entry.value:
        label, hash_mark, number_text = labelled.key.text.partition("#")
        try:
            number = scalars.integer(number_text, "number", 1, 366) if hash_mark else None
        except Misread:
            reader.report("bad-value", "bad-number", labelled.key, text=labelled.key.text)
            continue
        named = [_named(label, variant, outer, roster, roots) for variant in variants]
        first = next((each.span for each in named if each.span is not None), None)
        if first is not None and (twin := seen.setdefault((first, number), labelled)) is not labelled:
            text, other = labelled.key.text, twin.key.text
            reader.report("duplicate-key", "label-twice", labelled.key, related=(twin.key,), text=text, other=other)
            continue
        items = [Item(labelled.value, labelled.node)] if isinstance(labelled.value, Fields) else labelled.value
        for item in items:
            _read_one(
                reader, labelled, (label, number), item.value, list(zip(variants, named, found, strict=True)), roster
            )
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return [tuple(each) for each in found]


def _read_one(
    reader: Reader,
    labelled: Entry,
    name: tuple[str, int | None],
    fields: Fields,
    places: list[tuple[Variant, _Named, list[PeriodException]]],
    roster: Roster,
) -> None:
    """One ruling, added to each variant that it concerns; reports it where that is none."""
    label, number = name
    owing = frozenset[int]().union(*(variant.units for variant, _, _ in places))
    ruling = _ruling(reader, label, number, fields, roster, owing)
    if ruling is None:
        return
    selected = owing if ruling.units is None else owing & frozenset(ruling.units.units(roster))
    concerned = [each for each in places if each[0].units & selected] or places[:1]
    fitting = [
        (variant, each.span, each.label, to) for variant, each, to in concerned if each.span and _has(variant, number)
    ]
    if not fitting:
        _report_none(reader, labelled, label, [(variant, each) for variant, each, _ in concerned])
        return
    if number is None and ruling.due is not None and any(_due_dates(variant) > 1 for variant, *_ in fitting):
        reader.report("conflict", "which-due", fields["due"].key, text=label)
        return
    if ruling.units is not None:
        node = fields["units"].node
        if any(variant.obligation.jointly and variant.units - selected for variant, *_ in fitting):
            reader.report("conflict", "joint-exception", node)
            return
        there = (_is_there(roster, unit, span) for variant, span, *_ in fitting for unit in variant.units & selected)
        if not any(there):
            reader.report("unknown-reference", "nobody-then", node, text=label)
            return
    for variant, span, own, to in fitting:
        # An event may be on any day; where the exception moves it to says where to look.
        where = Span(ruling.due, ruling.due) if ruling.due and _waits_for_event(variant) else span
        triggered = isinstance(variant.obligation.timing, Upon)
        to.append(attrs.evolve(ruling, span=where, label=own if triggered and own else label))


def _report_none(reader: Reader, labelled: Entry, label: str, tried: list[tuple[Variant, _Named]]) -> None:
    faults = [each.fault for _, each in tried if each.fault is not None]
    most = max((_due_dates(variant) for variant, each in tried if each.span is not None), default=0)
    if len(faults) == len(tried):
        reader.misread(faults[0], labelled.key)
    elif most:
        reader.report("unknown-reference", "no-such-due", labelled.key, text=labelled.key.text, limit=str(most))
    else:
        near = next((each.near for _, each in tried if each.near), "")
        reader.report("unknown-reference", "no-own-period", labelled.key, text=label, suggestion=near)


def _due_dates(variant: Variant) -> int:
    """How many due dates a period has."""
    timing = variant.obligation.timing
    if isinstance(timing, Every | Upon) and isinstance(timing.plan, DueList):
        return len(timing.plan.entries)
    return 1


def _has(variant: Variant, number: int | None) -> bool:
    """Whether a period may have a due date of this number; a trigger may bring numbers of its own."""
    return number is None or isinstance(variant.obligation.timing, Upon) or number <= _due_dates(variant)


def _waits_for_event(variant: Variant) -> bool:
    timing = variant.obligation.timing
    return isinstance(timing, Upon) and isinstance(timing.trigger, OfEvent)


def _is_there(roster: Roster, unit: int, span: Span) -> bool:
    """Whether a unit exists in some part of a span."""
    first, last = span.first.toordinal(), span.last.toordinal()
    spans = [each.ordinals() for each in roster.active[unit]]
    return not spans or any(low <= last and first <= high for low, high in spans)


def _named(label: str, variant: Variant, outer: Bounds, roster: Roster, roots: Sequence[Variant] = ()) -> _Named:
    """The period of a variant that a label names; where it is triggered, that of what fires it in the end."""
    match variant.obligation.timing:
        case Upon(trigger=OfEvent()):
            span = _span(label)
            try:
                return _Named(span or _ANY_SPAN, label=label_of(span) if span else scalars.identifier(label))
            except Misread as fault:
                return _Named(fault=fault)
        case Upon():
            # What is wrong with the trigger is told where it stands; without its periods no label can be judged.
            tried = [_named(label, root, outer, roster) for root in roots]
            return next((each for each in tried if each.span), tried[0] if tried else _Named(_ANY_SPAN))
        case Once(span=span):
            return _Named(span, label=ONCE) if label == ONCE else _Named(near=ONCE)
        case Dates(entries=entries):
            wanted = _span(label)
            own = next((each for each in entries if each.label == label or each.span == wanted), None)
            if own is not None:
                return _Named(own.span, label=own.label)
            return _Named(near=scalars.near(label, [each.label for each in entries]))
        case Every() as timing:
            years = {variant.year: None}
            if timing.year_of_unit:
                years |= {start: None for unit in sorted(variant.units) if (start := roster.year_starts[unit])}
            tried = [_of_cycle(label, timing, variant.bounds(outer), year) for year in years]
            return next(
                (each for each in tried if each.span), next((each for each in tried if not each.fault), tried[0])
            )
        case _:
            return _Named()


def _span(label: str) -> Span | None:
    try:
        return scalars.span(label)
    except Misread:
        return None


def _of_cycle(label: str, timing: Every, bounds: Bounds, year: YearStart) -> _Named:
    cycle = timing.cycle
    if timing.year_of_unit and isinstance(cycle, Months):
        cycle = cycle.in_year(year)
        year = cycle.year
    try:
        span = scalars.span(label, year)
    except Misread as fault:
        return _Named(fault=fault)
    low, high = bounds.ordinals()
    first, last = span.first.toordinal(), span.last.toordinal()
    near = ""
    for period in cycle.periods(first, last):
        if (period.first, period.last) == (first, last):
            whole = low <= first and last <= high
            covered = whole if timing.drop_stubs else first <= high and low <= last
            return _Named(span, label=period.label) if covered and timing.takes(period.position) else _Named()
        near = near or period.label
    return _Named(near=near)


def _ruling(
    reader: Reader, label: str, number: int | None, fields: Fields, roster: Roster, owing: frozenset[int]
) -> PeriodException | None:
    """What was decided, before it is known which days its label names."""
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
    units: Selection | None = None
    if "units" in fields:
        units = read_selection(reader, fields["units"], None, roster, among=owing)
        if units is None:
            return None
    source = as_source(fields["source"]) if "source" in fields else None
    reason = fields.get("waived") or fields.get("reason", "")
    if "time" in fields and due is None:
        reader.report("no-effect", "no-effect", fields["time"].key, key="time", what="waived")
        return None
    return PeriodException(
        label,
        _ANY_SPAN,
        number,
        due,
        reason,
        source,
        fields.get("announced"),
        units,
        fields.get("time"),
    )


#: Stands in a ruling until it is known which days its label names.
_ANY_SPAN = scalars.span("2000")
