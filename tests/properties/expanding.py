"""Rulebooks of every kind, expanded in the worlds of the properties."""

from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import OfEvent, Upon
from tests.properties.oracle import COMPILED, World
from tests.properties.strategies import meeting_rulebooks, rulebooks, tiered_rulebooks


def rules() -> st.SearchStrategy[Rulebook]:
    """Rulebooks in which everything may happen, and two kinds in which rules meet more often."""
    return rulebooks() | tiered_rulebooks() | meeting_rulebooks()


def expanded(books: Rulebook | list[Rulebook], horizon: Span, world: World, compiled: Span = COMPILED) -> Schedule:
    """A schedule by calendars that are compiled for the world of the properties, and by the events waited for."""
    names = waited_for([books] if isinstance(books, Rulebook) else books)
    return expand(
        books,
        horizon,
        {name: each.compiled(compiled) for name, each in world.calendars.items()},
        events={name: each for name, each in world.events.items() if name in names},
        zones=world.zones,
        known_on=world.known_on,
    )


def waited_for(books: list[Rulebook]) -> set[str]:
    """The names of the events that rulebooks wait for."""
    forms = [each for book in books for rule in book for each in (rule, *(change.result for change in rule.changes))]
    triggers = [each.timing.trigger for each in forms if isinstance(each.timing, Upon)]
    return {trigger.name for trigger in triggers if isinstance(trigger, OfEvent)}
