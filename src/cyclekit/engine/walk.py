"""What a course carries along while it runs from its anchor to its due date."""

import datetime as dt
from collections.abc import Callable

import attrs


@attrs.define
class Walk:
    """What a course knows while it runs: where it started, when its window opens, and the clock time.

    ``time`` is in minutes after midnight and None for a whole day; ``zone`` is where the clock stands.
    """

    start: int
    opened: int | None = None
    time: int | None = None
    zone: dt.tzinfo | None = None


#: From a day to the day that a step makes of it, or None where it leaves no occurrence.
Move = Callable[[int, Walk], int | None]
