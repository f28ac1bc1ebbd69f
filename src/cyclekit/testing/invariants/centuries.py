"""What holds after four hundred years: weekdays, months and leap years come round, and with them every date."""

import datetime as dt
import re
from typing import Any

import attrs

from cyclekit.civil.cycles import Days, Months, Weeks
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.model.roster import Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Dated, Dates, Every, Once, Timing
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.invariants.errors import InvariantError

#: After 400 years all weekdays, months and leap years come round.
GREGORIAN_CYCLE = 146_097
ERA = 400
#: Calendars that are the same in every century. Public holidays are not.
ETERNAL = frozenset({"weekdays", "all_days"})


def centuries_repeat(book: Rulebook, horizon: Span, *, expand: Expand = expand) -> int:
    """Moved by four hundred years, a rulebook gives the same dates, moved by 146,097 days.

    Only rulebooks without public holidays are looked at, and of years that have others four hundred years after them.
    Raises InvariantError.
    """
    if horizon.last.year + ERA > dt.MAXYEAR - ERA:
        return 0
    schedule = expand(book, horizon)
    asked = {each for own in book.calendars for each in own.bases if each not in book.calendar_keys}
    asked |= schedule.world.calendars.keys() - set(book.calendar_keys.values())
    if not asked <= ETERNAL or any(schedule.world.events.values()):
        return 0
    now, then = told(schedule, 0), told(expand(moved(book), later(horizon)), GREGORIAN_CYCLE)
    if now != then:
        one = next(each for each in now + then if each not in now or each not in then)
        raise InvariantError("centuries_repeat", horizon, f"{one[1:]} is in one of the two centuries only")
    return len(now)


def told(schedule: Schedule, back: int) -> list[tuple[Any, ...]]:
    """The occurrences without their labels, so many days earlier."""
    return sorted(
        (
            tuple(day - back for day in _days_of(each)),
            each.minute or 0,
            each.key.obligation,
            each.key.unit,
            each.number,
            each.status.value,
            each.provisional,
        )
        for each in schedule
    )


def _days_of(each: Occurrence) -> tuple[int, ...]:
    """Every day of an occurrence as an ordinal; where it does not open or close, its due date stands for that."""
    around = (each.opens or each.due, each.closes or each.due)
    return (*each.period_days, each.nominal.toordinal(), each.due.toordinal(), *(day.toordinal() for day in around))


def later(span: Span) -> Span:
    """The same days four hundred years on."""
    return Span(later_day(span.first), later_day(span.last))


def later_day(day: dt.date) -> dt.date:
    """The same day four hundred years on."""
    return day.replace(year=day.year + ERA)


def moved(book: Rulebook) -> Rulebook:
    """The same rulebook, about years that lie four hundred years on."""
    roster = book.roster
    return attrs.evolve(
        book,
        roster=Roster(
            roster.ids,
            names=roster.names,
            kinds=roster.kinds,
            parents=roster.parents,
            tags=roster.tags,
            calendars=roster.calendars,
            timezones=roster.timezones,
            year_starts=roster.year_starts,
            active=[tuple(map(_bounds, each)) for each in roster.active],
            attributes=roster.attributes,
        ),
        obligations=tuple(map(_rule, book.obligations)),
        bounds=_bounds(book.bounds),
        calendars=tuple(map(_calendar, book.calendars)),
    )


def _bounds(bounds: Bounds) -> Bounds:
    return Bounds(*(later_day(each) if each else None for each in (bounds.first, bounds.last)))


def _calendar(own: OwnCalendar) -> OwnCalendar:
    def entries(some: tuple[NamedDays, ...]) -> tuple[NamedDays, ...]:
        return tuple(
            attrs.evolve(each, days=later(each.days)) if isinstance(each.days, Span) else each for each in some
        )

    suspended = tuple(later(each) if isinstance(each, Span) else each for each in own.suspended)
    return attrs.evolve(own, closed=entries(own.closed), open=entries(own.open), suspended=suspended)


def _rule(rule: Obligation) -> Obligation:
    return attrs.evolve(
        rule,
        timing=_timing(rule.timing),
        bounds=_bounds(rule.bounds),
        exceptions=tuple(
            attrs.evolve(
                each,
                # What has a year of its own, or a trigger, is matched by the text of its label.
                label=re.sub("(?<![0-9])20(?=[0-9]{2})", "24", each.label),
                span=later(each.span),
                due=later_day(each.due) if each.due else None,
            )
            for each in rule.exceptions
        ),
        changes=tuple(
            attrs.evolve(each, result=_rule(each.result), since=later_day(each.since) if each.since else None)
            for each in rule.changes
        ),
    )


def _timing(timing: Timing) -> Timing:
    match timing:
        case Every(cycle=Days() | Weeks() as cycle):
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, origin=cycle.origin + GREGORIAN_CYCLE))
        case Every(cycle=Months() as cycle):
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, phase=(cycle.phase + 12 * ERA) % cycle.n))
        case Every(cycle=Recurrence() as cycle):
            until = cycle.until + GREGORIAN_CYCLE if cycle.until else None
            return attrs.evolve(timing, cycle=attrs.evolve(cycle, start=cycle.start + GREGORIAN_CYCLE, until=until))
        case Every(cycle=ListOfPeriods(entries=entries)):
            days = ((each.first + GREGORIAN_CYCLE, each.last + GREGORIAN_CYCLE, each.label) for each in entries)
            return attrs.evolve(timing, cycle=ListOfPeriods(tuple(Period(*each) for each in days)))
        case Once(span=span):
            return attrs.evolve(timing, span=later(span))
        case Dates(entries=dated):
            on = (Dated(each.label, later(each.span), later_day(each.date), each.time) for each in dated)
            return attrs.evolve(timing, entries=tuple(on))
        case _:
            return timing
