"""Clock times as moments: what a clock shows somewhere, and when that is in the time of the world."""

import datetime as dt
from typing import NamedTuple

MINUTE = dt.timedelta(minutes=1)
HOUR = 60


class Clock(NamedTuple):
    """What a clock shows: minutes after midnight, None for a whole day. Without a zone there are no changes of clocks.

    ``fold`` is 1 where it shows that time for the second time, after it was put back.
    """

    time: int | None = None
    zone: dt.tzinfo | None = None
    fold: int = 0


NO_CLOCK = Clock()


def moment(day: int, time: int, zone: dt.tzinfo | None, fold: int = 0) -> dt.datetime:
    """When a clock shows a time on a day, in the time of the world.

    Where the clock skips it, the first time that it shows afterwards. Raises OverflowError outside the years 1 to 9999.
    """
    where = zone or dt.UTC
    midnight = dt.datetime.combine(dt.date.fromordinal(day), dt.time())
    shown = (midnight + dt.timedelta(minutes=time)).replace(fold=fold)
    while True:
        world = shown.replace(tzinfo=where).astimezone(dt.UTC)
        if world.astimezone(where).replace(tzinfo=None, fold=0) == shown.replace(fold=0):
            return world
        shown += MINUTE


def shown_at(world: dt.datetime, zone: dt.tzinfo | None) -> tuple[int, Clock]:
    """The day, and what a clock shows, at a moment. Raises OverflowError outside the years 1 to 9999."""
    here = world.astimezone(zone or dt.UTC)
    return here.toordinal(), Clock(here.hour * HOUR + here.minute, zone, here.fold)
