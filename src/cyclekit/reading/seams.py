"""Where one form of an obligation ends and another begins: a change cuts no period, and no two share a label."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from cyclekit.civil.cycles import Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import read_span
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Span
from cyclekit.errors import LabelError
from cyclekit.model.roster import Roster
from cyclekit.model.timing import ONCE, Dates, Every, Once, Timing, Upon
from cyclekit.reading.changes import WrittenChange
from cyclekit.reading.forms import FIRST_DAY, LAST_DAY, Numbers, Stretch, Variant
from cyclekit.reading.reader import Reader
from cyclekit.reading.written_cycles import own_labels

#: How many days before the first change and after the last one labels are held against each other: years named by
#: their first and by their last day are one apart, and a period of a list may bear any name.
AROUND = 10 * 366


#: A period in which a day lies that is not its first, and the one after it, where there is one.
Cut = tuple[Period, Period | None]
#: The forms whose periods a form takes: its own, or those of what fires it in the end.
Roots = Callable[[Variant], Sequence[Variant]]


def check_seams(
    reader: Reader, changes: Sequence[WrittenChange], forms: Mapping[Numbers, Variant], roster: Roster, roots: Roots
) -> bool:
    """Whether the forms of an obligation follow each other period by period; a change that breaks this is reported."""
    sound = True
    for number, change in enumerate(changes):
        if change.since is not None and (cut := _cut(number, change.since, forms, roster, roots)) is not None:
            (around, following), variant = cut
            message = "from-inside-period" if following else "from-inside-last-period"
            node, text = change.fields["from"].node, change.fields.get("from")
            instead, later = _spelt(around, variant), _spelt(following, variant) if following else ""
            reader.report(
                "bad-date", message, node, text=text, inside=around.label, suggestion=instead, following=later
            )
            sound = False
    return sound and not any(_reports_a_twin(reader, changes, group, roster, roots) for group in _by_units(forms))


def _spelt(period: Period, variant: Variant) -> str:
    """How a change may name a period: by its label, or by its first day where the obligation cannot read that label."""
    timing = variant.obligation.timing
    if isinstance(timing, Every) and period.label in own_labels(timing.cycle):
        return period.label
    first = dt.date.fromordinal(period.first)
    try:
        is_read = read_span(period.label, variant.year).first == first
    except LabelError:
        is_read = False
    return period.label if is_read else first.isoformat()


def _cut(
    number: int, since: dt.date, forms: Mapping[Numbers, Variant], roster: Roster, roots: Roots
) -> tuple[Cut, Variant] | None:
    """The period that a change would cut and the one after it, and the form that the change makes there.

    None where a period begins there for some unit.
    """
    found: tuple[Cut, Variant] | None = None
    day = since.toordinal()
    for numbers, variant in forms.items():
        for stretch in variant.stretches or ():
            if number in numbers and stretch.first == day:
                if isinstance(variant.obligation.timing, Upon):
                    cuts: Iterable[Cut | None] = [_cut_of_roots(roots(variant), day, roster)]
                else:
                    cuts = _cuts(variant.obligation.timing, day, stretch.units, roster)
                for cut in cuts:
                    if cut is None:
                        return None
                    found = found or (cut, variant)
    return found


def _cut_of_roots(roots: Sequence[Variant], day: int, roster: Roster) -> Cut | None:
    """The same of what fires a form in the end, in the form in which someone owes that."""
    found: Cut | None = None
    for root in roots:
        for cut in _cuts(root.obligation.timing, day, root.units, roster):
            if cut is None and root.owing(day):
                return None
            if cut is not None and root.owing(cut[0].first):
                found = found or cut
    return found


def _cuts(timing: Timing, day: int, units: AbstractSet[int], roster: Roster) -> Iterator[Cut | None]:
    """The period in which a day lies that is not its first, with the one after it: for each year that units have."""
    match timing:
        case Every():
            for cycle in _cycles(timing, units, roster):
                around = next((each for each in cycle.periods(day, day) if each.first < day), None)
                following = (
                    _first(cycle.periods(around.last + 1, min(around.last + AROUND, LAST_DAY))) if around else None
                )
                yield (around, following) if around else None
        case Dates(entries=entries):
            periods = [Period(*_ordinals(each.span), each.label) for each in entries]
            around = next((each for each in periods if each.first < day <= each.last), None)
            following = _first(each for each in periods if each.first >= day)
            yield (around, following) if around else None
        case _:
            yield None


def _first(periods: Iterable[Period]) -> Period | None:
    return next(iter(periods), None)


def _ordinals(span: Span) -> tuple[int, int]:
    return span.first.toordinal(), span.last.toordinal()


def _cycles(timing: Every, units: AbstractSet[int], roster: Roster) -> list[Cycle]:
    """The cycle of a timing, in each year that these units have."""
    cycle = timing.cycle
    if not timing.year_of_unit or not isinstance(cycle, Months):
        return [cycle]
    years = dict.fromkeys(roster.year_starts[unit] for unit in sorted(units))
    return [cycle.in_year(year) if year else cycle for year in years]


Group = list[tuple[Stretch, Numbers, Variant]]


def _by_units(forms: Mapping[Numbers, Variant]) -> Iterator[Group]:
    """What the same units owe one after the other, in each state of knowledge, where its labels may meet."""
    groups: defaultdict[tuple[int, AbstractSet[int]], Group] = defaultdict(list)
    for numbers, variant in forms.items():
        for stretch in variant.stretches or ():
            groups[stretch.state, stretch.units].append((stretch, numbers, variant))
    for group in groups.values():
        group.sort(key=lambda each: each[0].first)
        timings = [variant.obligation.timing for _, _, variant in group]
        if len(group) > 1 and any(map(_may_meet, timings)) and any(each != timings[0] for each in timings):
            yield group


def _may_meet(timing: Timing) -> bool:
    """Whether a label of its periods may name other days elsewhere: one of the calendar year names the same always."""
    match timing:
        case Every(cycle=Days() | Weeks() | PartsOfMonth() | Recurrence()):
            return False
        case Every(cycle=Months(year=year), year_of_unit=of_unit):
            return of_unit or not year.is_calendar_year
        case _:
            return True


def _reports_a_twin(
    reader: Reader, changes: Sequence[WrittenChange], group: Group, roster: Roster, roots: Roots
) -> bool:
    """Whether a label would name a period before a change and another one after it, which is reported."""
    seams = [stretch.first for stretch, _, _ in group[1:]]
    around = (max(seams[0] - AROUND, FIRST_DAY), min(seams[-1] + AROUND, LAST_DAY))
    units = {unit for stretch, _, variant in group for unit in _whose(variant, stretch, roots)}
    years = dict.fromkeys(roster.year_starts[unit] for unit in sorted(units))
    for year in years:
        seen: dict[str, int] = {}
        for stretch, numbers, variant in group:
            for label, first in _labels_of(variant, year, stretch, around, roots):
                if seen.setdefault(label, first) != first:
                    cause = max(number for number in numbers if _begins(changes[number], stretch))
                    node = changes[cause].fields["from"].node
                    reader.report("conflict", "label-in-both", node, text=label)
                    return True
    return False


def _begins(change: WrittenChange, stretch: Stretch) -> bool:
    return change.since is not None and change.since.toordinal() == stretch.first


def _whose(variant: Variant, stretch: Stretch, roots: Roots) -> Iterable[int]:
    """The units whose years count: those who owe a form, or what fires it in the end."""
    if isinstance(variant.obligation.timing, Upon):
        return (unit for root in roots(variant) for unit in root.units)
    return stretch.units


def _labels_of(
    variant: Variant, year: YearStart | None, stretch: Stretch, around: tuple[int, int], roots: Roots
) -> Iterator[tuple[str, int]]:
    """The labels of a form's periods, or of those of what fires it in the end while someone owes that so."""
    if not isinstance(variant.obligation.timing, Upon):
        yield from _labels(variant.obligation.timing, year, stretch, around)
        return
    for root in roots(variant):
        yield from (each for each in _labels(root.obligation.timing, year, stretch, around) if root.owing(each[1]))


def _labels(
    timing: Timing, year: YearStart | None, stretch: Stretch, around: tuple[int, int]
) -> Iterator[tuple[str, int]]:
    """The labels of the periods that begin in a stretch, with the day on which they do."""
    low, high = max(stretch.first, around[0]), min(stretch.last, around[1])
    match timing:
        case Every(cycle=cycle, year_of_unit=of_unit):
            if of_unit and year and isinstance(cycle, Months):
                cycle = cycle.in_year(year)
            if isinstance(cycle, ListOfPeriods):
                low, high = stretch.first, stretch.last
            yield from ((each.label, each.first) for each in cycle.periods(low, high) if low <= each.first)
        case Dates(entries=entries):
            for each in entries:
                first = each.span.first.toordinal()
                if stretch.first <= first <= stretch.last:
                    yield each.label, first
        case Once(span=span):
            if stretch.first <= span.first.toordinal() <= stretch.last:
                yield ONCE, span.first.toordinal()
        case _:
            return
