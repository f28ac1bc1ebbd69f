"""Exceptions: single periods that are moved or waived, each one of the obligation's own."""

from typing import TYPE_CHECKING

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import PeriodException
from cyclekit.model.pipeline import DueList
from cyclekit.model.roster import Roster
from cyclekit.model.timing import ONCE, Dates, Every, Once
from cyclekit.reading import scalars
from cyclekit.reading.forms import Variant
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import Misread
from cyclekit.reading.selecting import read_selection
from cyclekit.reading.texts import as_source
from cyclekit.reading.variants import Variants

if TYPE_CHECKING:
    import datetime as dt

    from cyclekit.model.selectors import Selection


@attrs.frozen
class _Named:
    """What a label names in one form: days, for the units whose year has them so; or why none, and what is near."""

    spans: tuple[tuple[Span, frozenset[int]], ...] = ()
    near: str = ""
    fault: Misread | None = None

    @property
    def span(self) -> Span | None:
        """The days that it names."""
        return self.spans[0][0] if self.spans else None


def read_exceptions(
    reader: Reader, entry: Entry, variants: Variants, outer: Bounds, roster: Roster
) -> list[tuple[PeriodException, ...]] | None:
    """The exceptions of each form, in the order of the file; None where one cannot be read, which is reported.

    A label has to name a period of some unit that the exception concerns, in the form in which that one owes it by
    what was known when the exception was announced, or later; without a day, by all that is known. In each form it
    means that one's own.
    """
    forms = variants.forms
    found: list[list[PeriodException]] = [[] for _ in forms]
    before = len(reader.diagnostics)
    seen: dict[tuple[Span, int | None], Entry] = {}
    for labelled in entry.value:
        label, hash_mark, number_text = labelled.key.text.partition("#")
        try:
            number = scalars.integer(number_text, "number", 1, 366) if hash_mark else None
        except Misread:
            reader.report("bad-value", "bad-number", labelled.key, text=labelled.key.text)
            continue
        named = [_named(label, variant, outer, roster) for variant in forms]
        first = next((each.span for each in named if each.span is not None), None)
        if first is not None and (twin := seen.setdefault((first, number), labelled)) is not labelled:
            text, other = labelled.key.text, twin.key.text
            reader.report("duplicate-key", "label-twice", labelled.key, related=(twin.key,), text=text, other=other)
            continue
        items = [Item(labelled.value, labelled.node)] if isinstance(labelled.value, Fields) else labelled.value
        for item in items:
            places = list(zip(forms, named, found, strict=True))
            _read_one(reader, labelled, (label, number), item.value, places, variants, roster)
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return [tuple(each) for each in found]


def _read_one(
    reader: Reader,
    labelled: Entry,
    name: tuple[str, int | None],
    fields: Fields,
    places: list[tuple[Variant, _Named, list[PeriodException]]],
    variants: Variants,
    roster: Roster,
) -> None:
    """One ruling, added to each form that it concerns; reports it where that is none."""
    label, number = name
    owing = variants.forms[0].units
    ruling = _ruling(reader, label, number, fields, roster, owing)
    if ruling is None:
        return
    selected = owing if ruling.units is None else owing & frozenset(ruling.units.units(roster))
    known = variants.states(ruling.announced)
    judged = known if ruling.announced else known[-1:]
    concerned = [each for each in places if each[0].units & selected]
    owed = [(variant, each, _owing(variant, each, judged) & selected) for variant, each, _ in concerned]
    fitting = [(variant, units) for variant, _, units in owed if units and _has(variant, number)]
    if not fitting:
        # A form names nothing in the days in which another one has taken its place.
        tried = [(variant, _Named() if each.span and not units else each) for variant, each, units in owed]
        _report_none(reader, labelled, label, tried)
        return
    if number is None and ruling.due is not None and any(_due_dates(variant) > 1 for variant, _ in fitting):
        reader.report("conflict", "which-due", fields["due"].key, text=label)
        return
    if ruling.units is not None:
        node = fields["units"].node
        if any(variant.obligation.jointly and variant.units - selected for variant, _ in fitting):
            reader.report("conflict", "joint-exception", node)
            return
        named = [(span, units & owing) for _, each, units in owed for span, owing in each.spans]
        if not any(_is_there(roster, unit, span) for span, units in named for unit in units):
            reader.report("unknown-reference", "nobody-then", node, text=label)
            return
    for variant, each, to in concerned:
        if each.span and _has(variant, number) and _owing(variant, each, known) & selected:
            to.append(attrs.evolve(ruling, span=each.span))


def _owing(variant: Variant, named: _Named, states: range) -> frozenset[int]:
    """The units that owe a form in the period that is named, as was known in some of these states."""
    return frozenset[int]().union(
        *(units & variant.owing(span.first.toordinal(), states) for span, units in named.spans)
    )


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
    return len(timing.plan.dues) if isinstance(timing, Every) and isinstance(timing.plan, DueList) else 1


def _has(variant: Variant, number: int | None) -> bool:
    return number is None or number <= _due_dates(variant)


def _is_there(roster: Roster, unit: int, span: Span) -> bool:
    """Whether a unit exists in some part of a span."""
    first, last = span.first.toordinal(), span.last.toordinal()
    spans = [each.ordinals() for each in roster.active[unit]]
    return not spans or any(low <= last and first <= high for low, high in spans)


def _named(label: str, variant: Variant, outer: Bounds, roster: Roster) -> _Named:
    """The period of a variant that a label names."""
    match variant.obligation.timing:
        case Once(span=span):
            return _Named(((span, variant.units),)) if label == ONCE else _Named(near=ONCE)
        case Dates(entries=entries):
            wanted = _span(label)
            own = next((each.span for each in entries if each.label == label or each.span == wanted), None)
            near = scalars.near(label, [each.label for each in entries])
            return _Named(((own, variant.units),) if own else (), near)
        case Every() as timing:
            years: dict[YearStart, frozenset[int]] = {variant.year: variant.units}
            if timing.year_of_unit:
                own_years = [(unit, roster.year_starts[unit] or variant.year) for unit in sorted(variant.units)]
                years = {year: frozenset(unit for unit, own in own_years if own == year) for _, year in own_years}
            tried = [_of_cycle(label, variant, timing, outer, year, units) for year, units in years.items()]
            spans = tuple(each for one in tried for each in one.spans)
            if spans:
                return _Named(spans)
            return next((each for each in tried if not each.fault), tried[0])
        case _:
            return _Named()


def _span(label: str) -> Span | None:
    try:
        return scalars.span(label)
    except Misread:
        return None


def _of_cycle(
    label: str, variant: Variant, timing: Every, outer: Bounds, year: YearStart, units: frozenset[int]
) -> _Named:
    """The period of a cycle that a label names for units of a year."""
    cycle = timing.cycle
    if timing.year_of_unit and isinstance(cycle, Months):
        cycle = cycle.in_year(year)
        year = cycle.year
    try:
        span = scalars.span(label, year)
    except Misread as fault:
        return _Named(fault=fault)
    low, high = variant.bounds(outer).ordinals()
    first, last = span.first.toordinal(), span.last.toordinal()
    near = ""
    for period in cycle.periods(first, last):
        if (period.first, period.last) == (first, last):
            whole = low <= first and last <= high
            covered = whole if timing.drop_stubs else first <= high and low <= last
            return _Named(((span, units),)) if covered and timing.takes(period.position) else _Named()
        near = near or (period.label if variant.owing(period.first) else "")
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
    announced = fields.get("announced")
    return PeriodException(label, _ANY_SPAN, number, due, None, reason, source, announced, units)


#: Stands in a ruling until it is known which days its label names.
_ANY_SPAN = scalars.span("2000")
