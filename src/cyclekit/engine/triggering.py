"""Triggered obligations: what fires them, for whom, and the lines that come of it."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cyclekit.engine.active import add_active
from cyclekit.engine.clocks import moment
from cyclekit.engine.lines import LineBuilder
from cyclekit.errors import EventError
from cyclekit.model.compact import among
from cyclekit.model.event import Event
from cyclekit.model.identity import Status
from cyclekit.model.line import Firing, Line
from cyclekit.model.numbers import Chosen, ascending, numbers_of
from cyclekit.model.pipeline import END_OF_DAY

#: Makes a fresh builder for the same obligation and cohort.
MakeBuilder = Callable[[], LineBuilder]


class Trigger(NamedTuple):
    """Another obligation that fires: its lines, exceptions included, who owes it, and which date counts.

    ``zones`` are those of the units of the rulebook.
    """

    lines: Sequence[Line]
    matched: AbstractSet[int]
    nominal: bool
    zones: Sequence[dt.tzinfo | None]


def lines_upon(make: MakeBuilder, members: Sequence[int], trigger: Trigger) -> list[Line]:
    """The lines that another obligation fires for these units.

    It fires for the same unit; for one that does not owe the trigger, once for each of its periods, at the latest of
    the dates. A joint occurrence fires at the latest of those of its own units that owe the trigger, or of all.
    """
    builder = make()
    together = builder.line.together
    if together:
        concerned: AbstractSet[int] = frozenset(together) & trigger.matched
        return _for_all(builder, members, _latest(trigger, concerned or trigger.matched))
    own = Chosen(ascending(members)) & trigger.matched
    others = [unit for unit in members if unit not in own] if len(own) < len(members) else []
    found = _for_all(builder, others, _latest(trigger, trigger.matched)) if others else []
    for line in trigger.lines:
        owing = own & _members(line)
        if owing:
            found += _for_each(make(), owing, line, nominal=trigger.nominal)
    return found


def _members(line: Line) -> AbstractSet[int]:
    """All units of a line; those of a single share as they stand there."""
    if not line.together and len(line.shares) == 1:
        return Chosen(line.shares[0].units)
    return frozenset(line.together or line.members)


def lines_upon_events(
    make: MakeBuilder, members: Sequence[int], events: Sequence[Event], name: str, zone: dt.tzinfo | None
) -> list[Line]:
    """The lines that events fire: once for each event and unit. Raises EventError for two events that are one."""
    builder, firings = make(), _of_events(events, name, zone)
    again = next((each for each in firings if each.number > 1), None)
    if again is not None and builder.several:
        # Their numbers tell the due dates apart, and cannot tell the events apart as well.
        day = dt.date.fromordinal(again.day)
        raise EventError(
            name,
            "two on {day}, and {obligation} has several due dates for each: give them ids",
            day=day,
            obligation=builder.line.obligation.id,
        )
    return _for_all(builder, members, firings)


def _of_events(events: Sequence[Event], name: str, zone: dt.tzinfo | None) -> list[Firing]:
    """What events fire: an event's period is its id, or its day, with a number where a day has several."""
    found: list[Firing] = []
    of_day: dict[str, int] = {}
    seen: set[str] = set()
    ordered = sorted(events, key=lambda each: (*_moment(each, zone), each.id or ""))
    for event in ordered:
        day, time = event.local(zone)
        fold = event.fold(zone)
        if event.id is not None:
            if event.id in seen:
                raise EventError(name, "two events have the id {id}", id=event.id)
            seen.add(event.id)
            found.append(Firing(day, day, event.id, 1, day, time, fold=fold))
            continue
        label = dt.date.fromordinal(day).isoformat()
        of_day[label] = of_day.get(label, 0) + 1
        found.append(Firing(day, day, label, of_day[label], day, time, fold=fold))
    return found


def _moment(event: Event, zone: dt.tzinfo | None) -> tuple[int, int, int]:
    day, time = event.local(zone)
    return day, -1 if time is None else time, event.fold(zone)


def _firing(line: Line, row: int, *, nominal: bool, zone: dt.tzinfo | None = None) -> Firing:
    return Firing(
        line.period_first[row],
        line.period_last[row],
        line.labels[row],
        line.numbers[row],
        line.nominal[row] if nominal else line.due[row],
        line.times.get(row),
        line.doubts(row, nominal=nominal),
        zone,
    )


def _latest(trigger: Trigger, owing: AbstractSet[int]) -> list[Firing]:
    """For each period, by its label and number, the latest date on which one of these units owes the trigger.

    Units may have other days under one label, as fiscal years have: those of the latest date count.
    """
    found: dict[tuple[str, int], Firing] = {}
    for line in trigger.lines:
        for row in range(line.rows):
            units = line.owed_by(row) & owing
            if line.status[row] is Status.WAIVED or not units:
                continue
            clocks = line.members if line.together else numbers_of(units)
            for zone in among(trigger.zones, clocks):
                firing = _firing(line, row, nominal=trigger.nominal, zone=zone)
                key = (firing.label, firing.number)
                other = found.setdefault(key, firing)
                found[key] = max(other, firing, key=_end)._replace(doubts=other.doubts.both(firing.doubts))
    return sorted(found.values())


def _end(firing: Firing) -> tuple[int, dt.datetime, int, int]:
    """When it ends: a whole day at midnight. Where several end at once, the period that ends last counts."""
    time = END_OF_DAY if firing.time is None else firing.time
    return firing.day, moment(firing.day, time, firing.zone, firing.fold), firing.last, firing.first


def _for_all(builder: LineBuilder, members: Sequence[int], firings: Sequence[Firing]) -> list[Line]:
    """A line in which each of these units has each row, as far as it exists then; a joint one has no members yet."""
    builder.fill_triggered(firings)
    line = builder.line
    if not line.together:
        add_active(line, members)
    return [line] if line.rows else []


def _for_each(builder: LineBuilder, owing: AbstractSet[int], trigger: Line, *, nominal: bool) -> list[Line]:
    """A line in which each of these units has the rows that its own occurrences fire."""
    rows = [row for row in range(trigger.rows) if trigger.status[row] is not Status.WAIVED]
    origins = builder.fill_triggered([_firing(trigger, row, nominal=nominal) for row in rows])
    line = builder.line
    if not line.rows:
        return []
    fired = [rows[place] for place in origins]
    if trigger.together:
        # Where those who take part come and go, the trigger has a line for each: here it is the same ones in every row.
        line.add_members(numbers_of(owing))
        return [line]
    for units, start, stop in trigger.shares:
        # They exist in these: they have the periods of the trigger's rows, and the order of those.
        line.add_members(numbers_of(Chosen(units) & owing), bisect_left(fired, start), bisect_left(fired, stop))
    for row, origin in enumerate(fired):
        holes = frozenset(trigger.holes.get(origin, frozenset()) & owing)
        if holes:
            line.holes[row] = holes
    return [line]


def check_events(events: Mapping[str, Sequence[Event]], names: frozenset[str]) -> None:
    """Raise EventError for an event that no rule waits for: its name was probably misspelt."""
    for name in sorted(events):
        if name not in names:
            if not names:
                raise EventError(name, "no rule waits for it, nor for any other")
            raise EventError(name, "no rule waits for it; those with a rule: {known}", known=", ".join(sorted(names)))
