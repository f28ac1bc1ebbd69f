"""Clock times that the clocks of a unit skip: they are moved to the first time that these show."""

import datetime as dt
from collections.abc import Sequence

from cyclekit.engine.clocks import moment, shown_at
from cyclekit.model.compact import distinct
from cyclekit.model.line import Line
from cyclekit.model.pipeline import END_OF_DAY


def without_skipped(line: Line, zones: Sequence[dt.tzinfo | None]) -> list[Line]:
    """The line with the times that there are; ``zones`` are where the clocks of each unit of the rulebook stand.

    Units whose clocks skip a time that others show get a line of their own. A joint one goes by who leads.
    """
    found = [line]
    for zone in distinct(zones) if line.times else ():
        for row, time in list(line.times.items()):
            later = time if zone is None else _first_shown(line.due[row], time, zone)
            if later == time:
                continue
            owing = line.owing(row)
            units = frozenset(unit for unit in line.units_of(row) if zones[unit] is zone)
            meant = owing if line.together and units else owing & units
            if meant == owing:
                line.times[row] = later
            elif meant:
                alone = line.split(row, meant)
                alone.times[0] = later
                found.append(alone)
    return found


def _first_shown(day: int, time: int, zone: dt.tzinfo) -> int:
    """A time of a day, or where the clocks skip it the first one that they show on that day."""
    if time == END_OF_DAY or not _changes(day, zone):
        return time
    shown, clock = shown_at(moment(day, time, zone), zone)
    return time if shown != day or clock.time is None else clock.time


def _changes(day: int, zone: dt.tzinfo) -> bool:
    """Whether the clocks are changed on a day."""
    midnight = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), zone)
    next_midnight = midnight + dt.timedelta(days=1) if day < dt.date.max.toordinal() else midnight
    return midnight.utcoffset() != next_midnight.utcoffset()
