"""Why an occurrence is due when it is, as a value: the way of its date, and what was decided about it."""

import datetime as dt
import enum
from collections.abc import Callable

import attrs

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Lag, Obligation, PeriodException
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Anchor, Due, Step
from cyclekit.model.roster import Unit
from cyclekit.model.text import Text


class Nature(enum.Enum):
    """What a day is in a working-day calendar."""

    WORKED = "worked"
    #: Worked, although it is a day of rest or a holiday, as China's adjusted working weekends.
    EXCHANGED = "exchanged"
    REST = "rest"
    HOLIDAY = "holiday"
    SUSPENDED = "suspended"


@attrs.frozen
class DayName:
    """What a day is called, in the languages there are, and the day that it was exchanged for, where it was."""

    name: Text | None = None
    exchange: dt.date | None = None


#: Names a day of a calendar that is closed, or worked in exchange.
NameOf = Callable[[WorkingCalendar, dt.date], DayName]


@attrs.frozen
class Stretch:
    """Days in a row that are of one nature and have one name."""

    first: dt.date
    last: dt.date
    nature: Nature
    named: DayName = DayName()

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@attrs.frozen
class Waypoint:
    """One anchor or step: the day it led to, the calendar that it asked, and the days of it that made the difference.

    Of an adjusting step ``passed`` holds the days that it looked at and that are not worked, or worked in exchange; of
    ``extend`` the long holidays that count; of any other the holidays and exchanged days on its way. ``minute`` is the
    clock time that hours led to.
    """

    step: Anchor | Step
    day: dt.date
    calendar: str | None = None
    passed: tuple[Stretch, ...] = ()
    minute: int | None = None


@attrs.frozen
class Fired:
    """What triggered an occurrence: another obligation's, or an event, of that period and number, on that day.

    ``nominal``: its nominal date counts. ``own``: the same unit owes it; else the latest of those who do counts.
    """

    by: Obligation | str
    period: str
    number: int
    day: dt.date
    minute: int | None = None
    nominal: bool = False
    own: bool = True


@attrs.frozen
class Cascaded:
    """How a cascade made a date: so much before the unit above is due, whose own date is final.

    ``passed`` holds the holidays and exchanged days in between.
    """

    unit: Unit
    due: dt.date
    lag: Lag
    day: dt.date
    calendar: str | None = None
    passed: tuple[Stretch, ...] = ()


@attrs.frozen
class CalendarFacts:
    """What stands behind a calendar: its data, and the days from which and until which they are known."""

    id: str
    origin: str = ""
    known_from: dt.date | None = None
    known_until: dt.date | None = None


@attrs.frozen
class Doubt:
    """Why a date is provisional: the calendar, and the first day that it rests on and that is not certain yet.

    ``known_until`` is how far the calendar is known, where the day lies beyond; else the data hold it as their guess.
    """

    calendar: str
    day: dt.date
    known_until: dt.date | None = None


@attrs.frozen
class Explanation:
    """Why an occurrence is due when it is.

    ``rule`` is the due date as its author wrote it, with what stands around it. ``start`` is the day from which the
    steps begin where none of them is an anchor: that of ``once`` and of an entry of ``dates``. ``way`` holds the anchor
    and the steps, in their order; ``cascaded`` what a cascade made of it; ``moves`` are the exceptions that moved it,
    ``waived`` the one that cancelled it, and ``absorber`` stands for it, where its own due date is in the schedule.
    ``due`` comes from running the rules again.
    """

    occurrence: Occurrence
    rule: Due
    start: dt.date | None
    way: tuple[Waypoint, ...]
    due: dt.date
    fired: Fired | None = None
    cascaded: Cascaded | None = None
    moves: tuple[PeriodException, ...] = ()
    waived: PeriodException | None = None
    absorber: Occurrence | None = None
    calendars: tuple[CalendarFacts, ...] = ()
    doubts: tuple[Doubt, ...] = ()
