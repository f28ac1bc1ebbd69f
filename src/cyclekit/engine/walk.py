"""What a course carries along while it runs from its anchor to its due date."""

import datetime as dt
from collections.abc import Callable

import attrs

from cyclekit.engine.clocks import NO_CLOCK, Clock


@attrs.define
class Walk:
    """What a course knows while it runs: where it started, when its window opens, and what the clock shows.

    ``seen`` is the day on which the clock showed that; ``zone`` is where whoever owes it is.
    """

    start: int
    opened: int | None = None
    clock: Clock = NO_CLOCK
    seen: int = 0
    zone: dt.tzinfo | None = None


#: From a day to the day that a step makes of it, or None where it leaves no occurrence.
Move = Callable[[int, Walk], int | None]
