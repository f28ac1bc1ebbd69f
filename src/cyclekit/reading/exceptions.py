"""Exceptions: single periods that are moved or waived, each one of the obligation's own."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.numbers import Chosen
from cyclekit.model.obligation import PeriodException
from cyclekit.model.pipeline import DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Every, OfEvent, Upon
from cyclekit.reading import scalars
from cyclekit.reading.forms import Variant
from cyclekit.reading.naming import ANY_SPAN, Named, named_by
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import Misread
from cyclekit.reading.selecting import read_selection
from cyclekit.reading.texts import as_source
from cyclekit.reading.variants import Variants

if TYPE_CHECKING:
    import datetime as dt

    from cyclekit.model.selectors import Selection


def read_exceptions(
    reader: Reader,
    entry: Entry,
    variants: Variants,
    outer: Bounds,
    roster: Roster,
    roots: Sequence[Sequence[Variant]],
) -> list[tuple[PeriodException, ...]] | None:
    """The exceptions of each form, in the order of the file; None where one cannot be read, which is reported.

    A label has to name a period of some unit that the exception concerns, in the form in which that one owes it by
    what was known when the exception was announced, or later; without a day, by all that is known. In each form it
    means that one's own. ``roots`` are for each form those whose periods it takes: where it is triggered, the forms
    of what fires it in the end.
    """
    forms = variants.forms
    found: list[list[PeriodException]] = [[] for _ in forms]
    before = len(reader.diagnostics)
    seen: dict[tuple[Span, int | None], Entry] = {}
    for labelled in entry.value:
        label, hash_mark, number_text = labelled.key.text.partition("#")
        try:
            number = scalars.whole(number_text) if hash_mark else None
        except Misread:
            reader.report("bad-value", "bad-number", labelled.key, text=labelled.key.text)
            continue
        named = [named_by(label, form, outer, roster, of) for form, of in zip(forms, roots, strict=True)]
        first = next((each.span for each in named if each.span is not None), None)
        if first is not None and (twin := seen.setdefault((first, number), labelled)) is not labelled:
            text, other = labelled.key.text, twin.key.text
            reader.report("duplicate-key", "label-twice", labelled.key, related=(twin.key,), text=text, other=other)
            continue
        items = [Item(labelled.value, labelled.node)] if isinstance(labelled.value, Fields) else labelled.value
        if not _in_order(reader, items):
            continue
        for item in items:
            places = list(zip(forms, named, found, strict=True))
            _read_one(reader, labelled, (label, number), item.value, places, variants, roster)
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return [tuple(each) for each in found]


def _in_order(reader: Reader, items: Sequence[Item]) -> bool:
    """Whether what was decided about one period stands in the order in which it was announced."""
    latest: Entry | None = None
    for item in items:
        announced: Entry | None = item.value.entries.get("announced")
        if announced is None:
            continue
        if latest is not None and announced.value < latest.value:
            reader.report("conflict", "announced-before", announced.node, related=(latest.node,))
            return False
        latest = announced
    return True


def _read_one(
    reader: Reader,
    labelled: Entry,
    name: tuple[str, int | None],
    fields: Fields,
    places: list[tuple[Variant, Named, list[PeriodException]]],
    variants: Variants,
    roster: Roster,
) -> None:
    """One ruling, added to each form that it concerns; reports it where that is none."""
    label, number = name
    owing = variants.forms[0].units
    ruling = _ruling(reader, label, number, fields, roster, owing)
    if ruling is None:
        return
    selected = owing if ruling.units is None else owing & Chosen(ruling.units.units(roster))
    known = variants.states(ruling.announced)
    judged = known if ruling.announced else known[-1:]
    concerned = [each for each in places if each[0].units & selected]
    if not concerned:
        # Nobody owes it, as where the units could not be read: what is wrong is told there.
        return
    owed = [(variant, each, each.owing(variant, judged) & selected) for variant, each, _ in concerned]
    fitting = [(variant, each, units) for variant, each, units in owed if units and _has(variant, number)]
    if not fitting:
        # A form names nothing in the days in which another one has taken its place.
        tried = [(variant, Named() if each.span and not units else each) for variant, each, units in owed]
        _report_none(reader, labelled, label, tried)
        return
    if number is None and ruling.due is not None and any(_due_dates(variant) > 1 for variant, *_ in fitting):
        reader.report("conflict", "which-due", fields["due"].key, text=label)
        return
    if ruling.units is not None:
        node = fields["units"].node
        if any(variant.obligation.jointly and variant.units - selected for variant, *_ in fitting):
            reader.report("conflict", "joint-exception", node)
            return
        spans = [(span, units & theirs) for _, each, units in fitting for span, theirs in each.spans]
        if not any(_is_there(roster, unit, span) for span, units in spans for unit in units):
            reader.report("unknown-reference", "nobody-then", node, text=label)
            return
    for variant, each, to in concerned:
        if each.span and _has(variant, number) and each.owing(variant, known) & selected:
            to.append(_ruled(ruling, variant, each, each.span))


def _ruled(ruling: PeriodException, variant: Variant, named: Named, span: Span) -> PeriodException:
    """A ruling as it is about one form: with the days of the period that is named there."""
    if _waits_for_event(variant) and ruling.due is not None:
        # An event may be on any day; where the exception moves it to says where to look.
        span = Span(ruling.due, ruling.due)
    triggered = isinstance(variant.obligation.timing, Upon)
    return attrs.evolve(ruling, span=span, label=named.label if triggered and named.label else ruling.label)


def _report_none(reader: Reader, labelled: Entry, label: str, tried: list[tuple[Variant, Named]]) -> None:
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


def _ruling(
    reader: Reader, label: str, number: int | None, fields: Fields, roster: Roster, owing: AbstractSet[int]
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
        ANY_SPAN,
        number,
        due,
        reason,
        source,
        fields.get("announced"),
        units,
        fields.get("time"),
    )
