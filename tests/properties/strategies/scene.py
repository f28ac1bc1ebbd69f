"""What the rules of the properties may name: two drawn calendars, one of their own that suspends days, a festival."""

from cyclekit.civil.spans import Bounds
from cyclekit.civil.yearly import YearlySpan
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.own_calendar import OwnCalendar
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.testing.drawing.scene import EventName, Scene
from tests.properties.oracle import FESTIVAL
from tests.properties.strategies.worlds import BREACH, CALENDARS, COURT, EVENT_DAYS, EVENT_IDS, HEARING, INCIDENT, ZONES

#: What it suspends is said by the calendar that is handed over; here it counts that it does.
SUSPENDING = OwnCalendar(COURT, ("weekdays",), suspended=(YearlySpan((12, 24), (1, 7)),))

SCENE = Scene(
    calendars=CALENDARS,
    own=(SUSPENDING,),
    holidays=(FESTIVAL,),
    timezones=ZONES,
    events=(
        EventName(INCIDENT, daily=False, ids=EVENT_IDS[INCIDENT], days=EVENT_DAYS),
        EventName(HEARING, ids=EVENT_IDS[HEARING], days=EVENT_DAYS),
        EventName(BREACH, daily=False, clocked=True, ids=EVENT_IDS[BREACH], days=EVENT_DAYS),
    ),
)


def of_everyone(
    roster: Roster,
    *made: Obligation,
    id: str = "book",  # noqa: A002 (the field's own word)
    bounds: Bounds = Bounds(),
) -> Rulebook:
    """A rulebook in which the calendar is the odd one, and one of its own suspends days."""
    return Rulebook(id, Text.of(id), roster, tuple(made), calendar="odd", bounds=bounds, calendars=(SUSPENDING,))
