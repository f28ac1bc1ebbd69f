"""The calendar comes round after four hundred years, and with it whatever rules make of it."""

import datetime as dt

import attrs
from hypothesis import given

from cyclekit.civil.spans import Span
from cyclekit.model.event import Event
from cyclekit.model.obligation import Rulebook
from cyclekit.testing.invariants.centuries import GREGORIAN_CYCLE, later, later_day, moved, told
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import DayBook, World
from tests.properties.strategies import horizons, worlds

#: Leap years and weekdays agree only between whole worlds: everything that is a date moves along.
THEN = Span(dt.date(2400, 1, 1), dt.date(2449, 12, 31))


@given(book=rules(), world=worlds(), horizon=horizons())
def test_four_hundred_years_later_everything_is_the_same(book: Rulebook, world: World, horizon: Span) -> None:
    """Moved by a whole cycle of the calendar, a rulebook gives the same dates, moved by 146,097 days."""
    now = told(expanded(book, horizon, world), 0)
    then = told(expanded(moved(book), later(horizon), _moved_world(world), THEN), GREGORIAN_CYCLE)
    assert then == now


def _moved_book(book: DayBook) -> DayBook:
    return attrs.evolve(
        book,
        closed=frozenset(map(later_day, book.closed)),
        opened=frozenset(map(later_day, book.opened)),
        estimated=frozenset(map(later_day, book.estimated)),
        known_until=later_day(book.known_until) if book.known_until else None,
        festivals=frozenset(map(later_day, book.festivals)),
        suspended=frozenset(map(later_day, book.suspended)),
    )


def _moved_world(world: World) -> World:
    return attrs.evolve(
        world,
        calendars={name: _moved_book(each) for name, each in world.calendars.items()},
        events={name: [Event(later_day(each.at), each.id) for each in some] for name, some in world.events.items()},
    )
