"""Days of a working-day calendar that are not as usual, for those who draw months."""

import datetime as dt
from collections.abc import Callable, Mapping

import attrs

from cyclekit.model.explanation import Stretch
from cyclekit.model.obligation import Rulebook


@attrs.frozen
class MarkedDays:
    """The holidays of a calendar, the days of rest that it works, and those that it does not count, by their ordinals.

    Each is a stretch of its own. What is not announced yet, or lies before the data begin, is not among them;
    ``known_until`` is the last day of which something is known, where that lies before the last that was asked for.
    """

    days: Mapping[int, Stretch]
    known_until: dt.date | None = None


#: The marked days for a unit of a rulebook, by the calendar of its own that it may have; None where there is none.
MarksOf = Callable[[Rulebook, str | None], MarkedDays | None]
