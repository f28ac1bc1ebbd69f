"""Rulebooks of every kind, expanded in the worlds of the properties."""

from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import OfEvent, Timing, Upon
from tests.properties.oracle import World
from tests.properties.strategies import meeting_rulebooks, rulebooks, tiered_rulebooks


def rules() -> st.SearchStrategy[Rulebook]:
    """Rulebooks in which everything may happen, and two kinds in which rules meet more often."""
    return rulebooks() | tiered_rulebooks() | meeting_rulebooks()


def expanded(books: Rulebook | list[Rulebook], horizon: Span, world: World) -> Schedule:
    """A schedule by calendars that are compiled for the world of the properties, and by the events waited for."""
    several = [books] if isinstance(books, Rulebook) else books
    timings = [
        each.timing for book in several for rule in book for each in (rule, *(one.result for one in rule.changes))
    ]
    names = {name for timing in timings if (name := event_of(timing))}
    return expand(
        books,
        horizon,
        {name: each.compiled() for name, each in world.calendars.items()},
        events={name: each for name, each in world.events.items() if name in names},
        zones=world.zones,
        known_on=world.known_on,
    )


def event_of(timing: Timing) -> str | None:
    """The name of the event that a timing waits for."""
    return timing.trigger.name if isinstance(timing, Upon) and isinstance(timing.trigger, OfEvent) else None
