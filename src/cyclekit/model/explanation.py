"""Why an occurrence is due when it is, as a value: the way of its date, and what was decided about it."""

import datetime as dt
import enum
from collections.abc import Callable

import attrs

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import PeriodException
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Anchor, Due, Step
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


@attrs.frozen
class Waypoint:
    """One anchor or step: the day it led to, the calendar that it asked, and the days that it passed on its way.

    Of an adjusting step those are all that are not worked, from the day it began with to the one it led to, or
    that are worked in exchange; of any other those that have a name.
    """

    step: Anchor | Step
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
    """Why a date is provisional: the calendar, and the first day that it rests on and that is not known yet.

    ``estimated``: the data hold the day as their guess; else it lies beyond what is announced.
    """

    calendar: str
    day: dt.date
    estimated: bool = False


@attrs.frozen
class Explanation:
    """Why an occurrence is due when it is.

    ``rule`` is the due date as its author wrote it, with what stands around it. ``start`` is the day from which the
    steps begin where none of them is an anchor: that of ``once`` and of an entry of ``dates``. ``way`` holds the anchor
    and the steps, in their order. ``exception`` moved or waived it, and ``absorber`` stands for it, where its own due
    date is in the schedule. ``due`` comes from running the course again.
    """

    occurrence: Occurrence
    rule: Due
    start: dt.date | None
    way: tuple[Waypoint, ...]
    due: dt.date
    exception: PeriodException | None = None
    absorber: Occurrence | None = None
    calendars: tuple[CalendarFacts, ...] = ()
    doubts: tuple[Doubt, ...] = ()
