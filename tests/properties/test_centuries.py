"""The calendar comes round after four hundred years, and with it whatever rules make of it."""

import datetime as dt
import re
from typing import Any

import attrs
from hypothesis import given

from cyclekit.civil.cycles import Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.event import Event
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Dated, Dates, Every, Once, Timing
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import DayBook, World
from tests.properties.strategies import horizons, worlds

#: After 400 years all weekdays, months and leap years come round.
GREGORIAN_CYCLE = 146_097
#: Leap years and weekdays agree only between whole worlds: everything that is a date moves along.
THEN = Span(dt.date(2400, 1, 1), dt.date(2449, 12, 31))


@given(book=rules(), world=worlds(), horizon=horizons())
def test_four_hundred_years_later_everything_is_the_same(book: Rulebook, world: World, horizon: Span) -> None:
    """Moved by a whole cycle of the calendar, a rulebook gives the same dates, moved by 146,097 days."""
    now = told(expanded(book, horizon, world), 0)
    then = told(expanded(_moved(book), later(horizon), _moved_world(world), THEN), GREGORIAN_CYCLE)
    assert then == now


def told(schedule: Schedule, back: int) -> list[tuple[Any, ...]]:
    """The occurrences without their labels, so many days earlier."""
    return sorted(
        (
            tuple(day - back for day in days_of(each)),
            each.minute or 0,
            each.key.obligation,
            each.key.unit,
            each.number,
            each.status.value,
            each.provisional,
        )
        for each in schedule
    )


def later(span: Span) -> Span:
    """The same days four hundred years on."""
    return Span(_later(span.first), _later(span.last))


def _later(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 400)


def days_of(each: Occurrence) -> tuple[int, ...]:
    """Every day of an occurrence as an ordinal; where it does not open or close, its due date stands for that."""
    around = (each.opens or each.due, each.closes or each.due)
    return (*each.period_days, each.nominal.toordinal(), each.due.toordinal(), *(day.toordinal() for day in around))


def _moved(book: Rulebook) -> Rulebook:
    roster = book.roster
    return Rulebook(
        book.id,
        book.title,
        Roster(
            roster.ids,
            kinds=roster.kinds,
            parents=roster.parents,
            tags=roster.tags,
            calendars=roster.calendars,
            timezones=roster.timezones,
            year_starts=roster.year_starts,
            active=[tuple(map(_moved_bounds, each)) for each in roster.active],
            attributes=roster.attributes,
        ),
        tuple(map(_moved_rule, book.obligations)),
        timezone=book.timezone,
        calendar=book.calendar,
        bounds=_moved_bounds(book.bounds),
        calendars=book.calendars,
    )


def _moved_bounds(bounds: Bounds) -> Bounds:
    return Bounds(*(_later(each) if each else None for each in (bounds.first, bounds.last)))


def _moved_rule(rule: Obligation) -> Obligation:
    return attrs.evolve(
        rule,
        timing=_moved_timing(rule.timing),
        bounds=_moved_bounds(rule.bounds),
        exceptions=tuple(
            attrs.evolve(
                each,
                # What has a year of its own, or a trigger, is matched by the text of its label.
                label=re.sub("(?<![0-9])20(?=[0-9]{2})", "24", each.label),
                span=later(each.span),
                due=_later(each.due) if each.due else None,
            )
            for each in rule.exceptions
        ),
        changes=tuple(
            attrs.evolve(each, result=_moved_rule(each.result), since=_later(each.since) if each.since else None)
            for each in rule.changes
        ),
    )


def _moved_timing(timing: Timing) -> Timing:
    match timing:
        case Every(cycle=Days() | Weeks() as cycle):
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, origin=cycle.origin + GREGORIAN_CYCLE))
        case Every(cycle=Months() as cycle):
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, phase=(cycle.phase + 4800) % cycle.n))
        case Every(cycle=Recurrence() as cycle):
            until = cycle.until + GREGORIAN_CYCLE if cycle.until else None
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, start=cycle.start + GREGORIAN_CYCLE, until=until))
        case Every(cycle=ListOfPeriods(entries=entries)):
            days = ((each.first + GREGORIAN_CYCLE, each.last + GREGORIAN_CYCLE, each.label) for each in entries)
            return attrs.evolve(timing, cycle=ListOfPeriods(tuple(Period(*each) for each in days)))
        case Every(cycle=PartsOfMonth()):
            return timing
        case Once(span=span):
            return attrs.evolve(timing, span=later(span))
        case Dates(entries=entries):
            moved = (Dated(each.label, later(each.span), _later(each.date), each.time) for each in entries)
            return attrs.evolve(timing, entries=tuple(moved))
        case _:
            return timing


def _moved_book(book: DayBook) -> DayBook:
    return attrs.evolve(
        book,
        closed=frozenset(map(_later, book.closed)),
        opened=frozenset(map(_later, book.opened)),
        estimated=frozenset(map(_later, book.estimated)),
        known_until=_later(book.known_until) if book.known_until else None,
        festivals=frozenset(map(_later, book.festivals)),
        suspended=frozenset(map(_later, book.suspended)),
    )


def _moved_world(world: World) -> World:
    return attrs.evolve(
        world,
        calendars={name: _moved_book(each) for name, each in world.calendars.items()},
        events={name: [Event(_later(each.at), each.id) for each in some] for name, some in world.events.items()},
    )
