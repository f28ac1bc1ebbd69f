"""Clock times: hours run through changes of the clocks, and a time that a zone skips is the next that it has."""

import datetime as dt
from typing import NamedTuple

END_OF_DAY = 24 * 60
MINUTE = dt.timedelta(minutes=1)


class Moment(NamedTuple):
    """A day, and the minute of it where that is known; ``fold`` is 1 the second time that clocks show it."""

    day: dt.date
    minute: int | None = None
    fold: int = 0

    def on(self, day: dt.date) -> "Moment":
        """The same time on another day."""
        return self if day == self.day else Moment(day, self.minute)


def clock(day: dt.date, minute: int, fold: int = 0) -> dt.datetime:
    """What clocks show; 24:00 is the next day's midnight."""
    hours = dt.timedelta(minutes=minute)
    return (dt.datetime.combine(day, dt.time()) + hours).replace(fold=fold)


def instant(shown: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment at which clocks show a time, in the time of the world; where they skip it, the first they show."""
    if zone is None:
        return shown.replace(tzinfo=dt.UTC)
    while True:
        world = shown.replace(tzinfo=zone).astimezone(dt.UTC)
        if world.astimezone(zone).replace(tzinfo=None, fold=0) == shown.replace(fold=0):
            return world
        shown += MINUTE


def local(world: dt.datetime, zone: dt.tzinfo | None) -> Moment:
    """What clocks show at a moment."""
    shown = world.astimezone(zone or dt.UTC)
    return Moment(shown.date(), shown.hour * 60 + shown.minute, shown.fold)


def hours_later(start: Moment, hours: int, there: dt.tzinfo | None, here: dt.tzinfo | None) -> Moment:
    """So many hours after, or before, a moment that clocks show there; as clocks show it here.

    Where it is not said where clocks are, they are where the others are.
    """
    assert start.minute is not None, "hours are counted from a clock time"
    world = instant(clock(start.day, start.minute, start.fold), there or here)
    return local(world + dt.timedelta(hours=hours), here or there)
