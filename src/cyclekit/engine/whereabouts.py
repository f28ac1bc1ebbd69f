"""Where an occurrence is to be found: from the label of its period to the days in which it surely falls due."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cyclekit.civil.cycles import Months, extent
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import CALENDAR_YEAR, read_span
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds
from cyclekit.engine.forms import variants
from cyclekit.engine.lines import obligation_periods
from cyclekit.engine.reach import YEAR, cascade_reach, clipped, joined
from cyclekit.engine.windows import Window, levels_of, span_reach
from cyclekit.errors import LabelError
from cyclekit.model.compact import distinct
from cyclekit.model.event import Event
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.timing import ONCE, Dates, Every, OfEvent, OfObligation, Once, Standing, Upon

#: Events by name.
Events = Mapping[str, Sequence[Event]]
#: Where examples of periods are taken from, if a rule has no beginning.
USUAL_START = dt.date(2026, 1, 1)


def periods_named(rulebook: Rulebook, obligation: Obligation, label: str, events: Events) -> list[Period]:
    """The periods that a label may mean, whatever the unit, and whatever its bounds: mostly one, or none.

    A label may be spelled in another way than the cycle does: what counts is the span it names.
    """
    found: list[Period] = []
    for each in variants(obligation):
        match each.timing:
            case Every() as timing:
                found += _of_cycle(rulebook, timing, label)
            case Once(span=span):
                days = span.first.toordinal(), span.last.toordinal()
                found += [Period(*days, ONCE)] if label == ONCE or _names(label, days) else []
            case Dates(entries=entries):
                for entry in entries:
                    days = entry.span.first.toordinal(), entry.span.last.toordinal()
                    found += [Period(*days, entry.label)] if entry.label == label or _names(label, days) else []
            case Upon(trigger=OfObligation(obligation=other)):
                found += periods_named(rulebook, rulebook[other], label, events)
            case Upon(trigger=OfEvent(name=name)):
                found += _of_events(events.get(name, ()), label)
            case _:
                pass
    return sorted(set(found))


def whereabouts(
    rulebook: Rulebook, obligation: Obligation, periods: Iterable[Period], closure: int, events: Events
) -> Window:
    """The days in which the occurrences of these periods fall due, and more: nothing of them falls due elsewhere.

    ``closure`` is the longest run of non-working days of any calendar.
    """
    wanted = list(periods)
    own = [(each.first, each.last) for each in wanted]
    windows = list(own)
    for each in variants(obligation):
        started = list(own)
        if isinstance(each.timing, Upon) and isinstance(each.timing.trigger, OfObligation):
            other = rulebook[each.timing.trigger.obligation]
            started.append(whereabouts(rulebook, other, wanted, closure, events))
        before, after = span_reach(rulebook, each, closure)
        windows += [clipped(first - before, last + after) for first, last in started]
        earlier = cascade_reach(each.cascade, levels_of(rulebook), closure)
        windows += [clipped(day - earlier, day) for day in _moved(each, wanted)]
    both = joined(windows)
    return both[0][0], both[-1][1]


def _moved(obligation: Obligation, periods: Sequence[Period]) -> Iterator[int]:
    """Where exceptions move what is due in these periods: at any distance."""
    for each in obligation.exceptions:
        days = each.span.first.toordinal(), each.span.last.toordinal()
        if each.due is not None and any(each.label == one.label or days == one[:2] for one in periods):
            yield each.due.toordinal()


def _of_cycle(rulebook: Rulebook, timing: Every, label: str) -> Iterator[Period]:
    if isinstance(timing.cycle, ListOfPeriods) and (named := timing.cycle.named(label)) is not None:
        yield named
        return
    for year in _years(rulebook, timing):
        days = _days(label, _year_of(timing, year))
        if days is not None:
            yield from (each for each in obligation_periods(timing, Bounds(), [days], year) if each[:2] == days)


def _years(rulebook: Rulebook, timing: Every) -> list[YearStart | None]:
    """Where the years begin that count: the cycle's own (None), and those of units where each has its own."""
    return list(dict.fromkeys([None, *distinct(rulebook.roster.year_starts)])) if timing.year_of_unit else [None]


def _years_of_labels(rulebook: Rulebook, obligation: Obligation) -> list[YearStart]:
    """The years by which an obligation's periods may be named."""
    match obligation.timing:
        case Every() as timing:
            return [_year_of(timing, year) for year in _years(rulebook, timing)]
        case Upon(trigger=OfObligation(obligation=other)):
            return _years_of_labels(rulebook, rulebook[other])
        case _:
            return [CALENDAR_YEAR]


def _year_of(timing: Every, year: YearStart | None) -> YearStart:
    """The year by which a cycle names its periods, where units begin theirs like this."""
    if not isinstance(timing.cycle, Months):
        return CALENDAR_YEAR
    return (timing.cycle.in_year(year) if year is not None else timing.cycle).year


def _of_events(events: Iterable[Event], label: str) -> Iterator[Period]:
    """Events by their id, or by their day; which day that is, is for a moment in the world a matter of the zone."""
    for each in events:
        day = each.at.toordinal()
        near = 1 if isinstance(each.at, dt.datetime) and each.at.tzinfo is not None else 0
        days = range(day - near, day + near + 1)
        if label == each.id or (each.id is None and label in {dt.date.fromordinal(one).isoformat() for one in days}):
            yield Period(days[0], days[-1], label)


def _names(label: str, days: Window) -> bool:
    return _days(label, CALENDAR_YEAR) == days


def _days(label: str, year: YearStart) -> Window | None:
    try:
        span = read_span(label, year)
    except LabelError:
        return None
    return span.first.toordinal(), span.last.toordinal()


def labels_near(rulebook: Rulebook, obligation: Obligation, text: str, events: Events) -> list[str]:
    """The labels of an obligation's periods that share days with what a text names, or seems to name."""
    for each in (text, _mended(text)):
        found = [
            period.label
            for year in _years_of_labels(rulebook, obligation)
            if (days := _days(each, year)) is not None
            for period in _touching(rulebook, obligation, [days], events)
        ]
        if found:
            return list(dict.fromkeys(found))
    return []


def _mended(text: str) -> str:
    try:
        read_span(text)
    except LabelError as fault:
        return fault.hint
    return text


def first_labels(rulebook: Rulebook, obligation: Obligation, most: int, events: Events) -> list[str]:
    """The labels of the first periods of an obligation, from where it begins or else from a usual year."""
    bounds = extent_of(rulebook, obligation)
    low, high = bounds.ordinals()
    window = (min(USUAL_START.toordinal(), high - YEAR) if bounds.first is None else low), high
    found: dict[str, None] = {}
    for period in _touching(rulebook, obligation, [window], events):
        found.setdefault(period.label)
        if len(found) == most:
            break
    return list(found)


def extent_of(rulebook: Rulebook, obligation: Obligation) -> Bounds:
    """Between which days an obligation has its periods."""
    bounds = rulebook.bounds.both(obligation.bounds)
    match obligation.timing:
        case Every(cycle=cycle):
            return bounds.both(extent(cycle))
        case Upon(trigger=OfObligation(obligation=other)):
            return bounds.both(extent_of(rulebook, rulebook[other]))
        case Standing():
            return bounds
        case _:
            return bounds.both(Bounds(dt.date.min))


def _touching(
    rulebook: Rulebook, obligation: Obligation, windows: Sequence[Window], events: Events
) -> Iterator[Period]:
    """The periods of an obligation as it is written that share days with some windows, in order."""
    match obligation.timing:
        case Every() as timing:
            yield from obligation_periods(timing, rulebook.bounds.both(obligation.bounds), windows)
        case Once(span=span):
            yield from _near([Period(span.first.toordinal(), span.last.toordinal(), ONCE)], windows)
        case Dates(entries=entries):
            spans = [(each.span.first.toordinal(), each.span.last.toordinal(), each.label) for each in entries]
            yield from _near(sorted(itertools.starmap(Period, spans)), windows)
        case Upon(trigger=OfObligation(obligation=other)):
            yield from _touching(rulebook, rulebook[other], windows, events)
        case Upon(trigger=OfEvent(name=name)):
            days = [(each.at.toordinal(), each.id or each.at.isoformat()[:10]) for each in events.get(name, ())]
            yield from _near(sorted(Period(day, day, label) for day, label in days), windows)
        case _:
            return


def _near(periods: Iterable[Period], windows: Sequence[Window]) -> Iterator[Period]:
    return (each for each in periods if any(each.first <= last and first <= each.last for first, last in windows))
