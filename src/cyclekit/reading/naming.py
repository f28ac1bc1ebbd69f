"""The period that a label names: of a cycle, of a list, of one date, of what triggers it."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import attrs

from cyclekit.civil.cycles import Months
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.roster import Roster
from cyclekit.model.timing import ONCE, Dates, Every, OfEvent, Once, Upon
from cyclekit.reading import scalars
from cyclekit.reading.forms import Variant
from cyclekit.reading.scalars import Misread
from cyclekit.reading.written_cycles import own_labels

_LIKE_A_DAY = re.compile(r"[0-9]{4}-[0-9]")
#: Stands for the days of a period until it is known which they are.
ANY_SPAN = scalars.span("2000")


@attrs.frozen
class Named:
    """What a label names in one form: days, for the units whose year has them so.

    Or why it names none, and what is near. ``label`` is the own one of what may be spelt in other ways.
    ``at_any_time``: what it names may happen on any day.
    """

    spans: tuple[tuple[Span, AbstractSet[int]], ...] = ()
    near: str = ""
    fault: Misread | None = None
    label: str = ""
    at_any_time: bool = False

    @property
    def span(self) -> Span | None:
        """The days that it names."""
        return self.spans[0][0] if self.spans else None

    def owing(self, variant: Variant, states: range) -> AbstractSet[int]:
        """The units that owe a form in the period that is named, as was known in some of these states."""
        found: AbstractSet[int] = frozenset()
        for span, units in self.spans:
            found |= units & variant.owing(None if self.at_any_time else span.first.toordinal(), states)
        return found


def named_by(label: str, variant: Variant, outer: Bounds, roster: Roster, roots: Sequence[Variant] = ()) -> Named:
    """The period of a form that a label names; where it is triggered, that of what fires it in the end."""
    match variant.obligation.timing:
        case Upon(trigger=OfEvent()):
            try:
                # An event's period is its day, or an id; what begins like a date was meant to be one.
                day = scalars.single_day(label) if _LIKE_A_DAY.match(label) else None
                own = day.isoformat() if day else scalars.identifier(label)
            except Misread as fault:
                return Named(fault=fault)
            span = Span(day, day) if day else ANY_SPAN
            return Named(((span, variant.units),), label=own, at_any_time=day is None)
        case Upon():
            return _of_roots(label, variant, outer, roster, roots)
        case Once(span=span):
            return Named(((span, variant.units),)) if label == ONCE else Named(near=ONCE)
        case Dates(entries=entries):
            wanted = _span(label)
            entry = next((each for each in entries if each.label == label or each.span == wanted), None)
            if entry is not None:
                return Named(((entry.span, variant.units),), label=entry.label)
            return Named(near=scalars.near(label, [each.label for each in entries]))
        case Every() as timing:
            years: dict[YearStart, AbstractSet[int]] = {variant.year: variant.units}
            # Where the units cannot be read there is none to ask.
            if timing.year_of_unit and variant.units:
                own_years = [(unit, roster.year_starts[unit] or variant.year) for unit in sorted(variant.units)]
                years = {year: frozenset(unit for unit, own in own_years if own == year) for _, year in own_years}
            return _first([_of_cycle(label, variant, timing, outer, year, units) for year, units in years.items()])
        case _:
            # A standing duty that triggers another is told where it does; it has no periods to judge a label by.
            return Named(((ANY_SPAN, variant.units),))


def _of_roots(label: str, variant: Variant, outer: Bounds, roster: Roster, roots: Sequence[Variant]) -> Named:
    """What a label names of those whose periods a triggered form takes, while someone owes them so."""
    if not roots:
        # What is wrong with the trigger is told where it stands; without its periods no label can be judged.
        return Named(((ANY_SPAN, variant.units),))
    tried: list[Named] = []
    for root in roots:
        found = named_by(label, root, outer, roster)
        spans = [span for span, _ in found.spans if found.at_any_time or root.owing(span.first.toordinal())]
        tried.append(attrs.evolve(found, spans=tuple((span, variant.units) for span in spans)))
    return _first(tried)


def _first(tried: Sequence[Named]) -> Named:
    """What was named in one of several ways, or else the one that tells most about why it was not."""
    naming = [each for each in tried if each.span]
    if not naming:
        return max(tried, key=lambda each: (bool(each.near), each.fault is None))
    return attrs.evolve(naming[0], spans=tuple(span for each in naming for span in each.spans))


def _span(label: str) -> Span | None:
    try:
        return scalars.span(label)
    except Misread:
        return None


def _of_cycle(
    label: str, variant: Variant, timing: Every, outer: Bounds, year: YearStart, units: AbstractSet[int]
) -> Named:
    """The period of a cycle that a label names for units of a year."""
    cycle = timing.cycle
    if isinstance(cycle, ListOfPeriods):
        return _of_list(label, variant, timing, cycle, outer)
    if timing.year_of_unit and isinstance(cycle, Months):
        cycle = cycle.in_year(year)
        year = cycle.year
    try:
        span = scalars.span(label, year)
    except Misread as fault:
        return Named(fault=fault)
    first, last = span.first.toordinal(), span.last.toordinal()
    bounds = variant.bounds(outer)
    near = ""
    for period in cycle.periods(first, last):
        is_covered = _is_covered(period, timing, bounds)
        if (period.first, period.last) == (first, last):
            return Named(((span, units),), label=period.label) if is_covered else Named()
        near = near or (period.label if is_covered and variant.owing(period.first) else "")
    return Named(near=near)


def _of_list(label: str, variant: Variant, timing: Every, cycle: ListOfPeriods, outer: Bounds) -> Named:
    """The period of a list that has this label: there a label is a name, and no span of days."""
    period, spans = cycle.named(label), own_labels(cycle)
    if period is None:
        days = _span(label)
        meant = next((own for own, span in spans.items() if span == days), "")
        return Named(near=meant or scalars.near(label, spans))
    if _is_covered(period, timing, variant.bounds(outer)):
        return Named(((spans[label], variant.units),))
    return Named()


def _is_covered(period: Period, timing: Every, bounds: Bounds) -> bool:
    """Whether a period is one of the obligation's: in its bounds, and in a position that it takes."""
    low, high = bounds.ordinals()
    whole = low <= period.first and period.last <= high
    covered = whole if timing.drop_stubs else period.first <= high and low <= period.last
    return covered and timing.takes(period.position)
