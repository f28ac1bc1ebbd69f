"""What fires an obligation: the occurrences of another one, or events."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cyclekit.model.event import Event
from tests.properties.oracle.clocks import END_OF_DAY, Moment, clock, instant, local
from tests.properties.oracle.daybooks import SURE, Doubt
from tests.properties.oracle.found import Found
from tests.properties.oracle.periods import Period


class Firing(NamedTuple):
    """One time that a trigger fires for somebody."""

    period: Period
    number: int
    at: Moment
    zone: dt.tzinfo | None
    doubt: Doubt = SURE
    missing: bool = False


def of_obligation(found: Sequence[Found], owing: Sequence[str], *, nominal: bool, joint: bool) -> list[Firing]:
    """When another obligation fires for a unit, or for several together.

    For a unit that owes it: with each of its own occurrences. For another one: once a period, at the latest of all.
    Together: at the latest of those of them that owe it, or of all where none does. ``owing`` are those that do.
    """
    heard = [each for each in found if each.status != "waived" and (not owing or set(owing) & set(each.units))]
    firings = [_firing(each, nominal=nominal) for each in heard]
    return list(_latest(firings)) if joint or not owing else firings


def _firing(found: Found, *, nominal: bool) -> Firing:
    doubt = found.nominal_doubt if nominal else found.doubt
    return Firing(found.period, found.number, found.moment(nominal=nominal), found.setting.zone, doubt, found.missing)


def _latest(firings: Sequence[Firing]) -> Iterator[Firing]:
    """For each period and number the latest by day, then by the clock; one that is not certain makes it uncertain."""
    for key in sorted({(each.period.label, each.number) for each in firings}):
        together = [each for each in firings if (each.period.label, each.number) == key]
        latest = max(together, key=lambda each: (each.at.day, instant_of(each)))
        doubt = Doubt(any(each.doubt.provisional for each in together), any(each.doubt.unknown for each in together))
        yield latest._replace(doubt=doubt)


def instant_of(firing: Firing) -> dt.datetime:
    """When it is in the time of the world; a whole day lasts until its end."""
    minute = END_OF_DAY if firing.at.minute is None else firing.at.minute
    return instant(clock(firing.at.day, minute, firing.at.fold), firing.zone)


def of_events(events: Sequence[Event], zone: dt.tzinfo | None) -> Iterator[Firing]:
    """When events fire where clocks show the time of a zone; those of one day are numbered in their order."""
    counted: Counter[str] = Counter()
    moments = [(each, seen(each, zone)) for each in events]
    for event, at in sorted(moments, key=lambda each: (each[1].day, each[1].minute or 0)):
        label = event.id or f"{at.day:%Y-%m-%d}"
        counted[label] += 1
        yield Firing(Period(at.day, at.day, label), counted[label], at, zone)


def seen(event: Event, zone: dt.tzinfo | None) -> Moment:
    """When an event happened, as clocks of a zone show it."""
    if not isinstance(event.at, dt.datetime):
        return Moment(event.at)
    if event.at.tzinfo is not None and zone is not None:
        return local(event.at.astimezone(dt.UTC), zone)
    return Moment(event.at.date(), 60 * event.at.hour + event.at.minute)
