"""What holds for every schedule, whatever the rules."""

import builtins
import datetime as dt
import random
import socket
import time
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds, Span
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Adjust, Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, Once
from tests.properties.oracle import DayBook, facts
from tests.properties.strategies import (
    calendar_shelves,
    cycles,
    day_books,
    days,
    horizons,
    meeting_rulebooks,
    rulebooks,
)

#: After 400 years all weekdays, months and leap years come round.
GREGORIAN_CYCLE = 146_097
ONE_DAY = dt.timedelta(days=1)


def expanded(book: Rulebook, horizon: Span, shelf: dict[str, DayBook]) -> Schedule:
    """A schedule by calendars that are compiled for the world of the properties."""
    return expand(book, horizon, {name: each.compiled() for name, each in shelf.items()})


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons(), data=st.data())
def test_splitting_a_horizon_changes_nothing(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span, data: st.DataObject
) -> None:
    """Two adjacent horizons give together what their union gives, moved and absorbed occurrences included."""
    cut = data.draw(st.dates(horizon.first, horizon.last), label="the last day of the first part")
    whole = facts(expanded(book, horizon, shelf))
    before = facts(expanded(book, Span(horizon.first, cut), shelf))
    after = facts(expanded(book, Span(cut + ONE_DAY, horizon.last), shelf)) if cut < horizon.last else []
    assert before + after == whole


def shuffled(roster: Roster, order: list[int]) -> Roster:
    """The same units in another order."""
    places = {old: new for new, old in enumerate(order)}
    return Roster(
        [roster.ids[each] for each in order],
        names=[roster.names[each] for each in order],
        kinds=[roster.kinds[each] for each in order],
        parents=[places.get(roster.parents[each], NO_PARENT) for each in order],
        tags=[roster.tags[each] for each in order],
        calendars=[roster.calendars[each] for each in order],
        year_starts=[roster.year_starts[each] for each in order],
        active=[roster.active[each] for each in order],
        attributes={name: [column[each] for each in order] for name, column in roster.attributes.items()},
    )


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons(), data=st.data())
def test_the_order_of_rules_and_units_changes_nothing(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span, data: st.DataObject
) -> None:
    """Obligations, units and calendars may be written in any order."""
    other = Rulebook(
        book.id,
        book.title,
        shuffled(book.roster, list(data.draw(st.permutations(range(len(book.roster)))))),
        tuple(data.draw(st.permutations(book.obligations))),
        calendar=book.calendar,
        bounds=book.bounds,
    )
    calendars = dict(data.draw(st.permutations(sorted(shelf.items(), key=lambda each: each[0]))))
    assert facts(expanded(other, horizon, calendars)) == facts(expanded(book, horizon, shelf))


@given(first=rulebooks(id="first"), second=rulebooks(id="second"), shelf=calendar_shelves(), horizon=horizons())
def test_rulebooks_do_not_meet(first: Rulebook, second: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """Several rulebooks give what each gives alone, in one order, whichever comes first."""
    calendars = {name: each.compiled() for name, each in shelf.items()}
    together = facts(expand([first, second], horizon, calendars))
    assert together == facts(expand([second, first], horizon, calendars))
    assert together == sorted(facts(expanded(first, horizon, shelf)) + facts(expanded(second, horizon, shelf)))


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_a_schedule_counts_and_lists_alike_and_in_order(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span
) -> None:
    """Counting multiplies nothing out and is right; listing is by due date and then by the parts of the key."""
    schedule = expanded(book, horizon, shelf)
    listed = list(schedule)
    assert len(schedule) == len(listed)
    assert [(each.due, each.key) for each in listed] == sorted((each.due, each.key) for each in listed)
    assert all(each.due in horizon for each in listed)


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_keys_are_unique_and_find_their_occurrence(book: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """No two occurrences share a key, and a schedule gives back the occurrence of each."""
    schedule = expanded(book, horizon, shelf)
    listed = list(schedule)
    assert len({each.key for each in listed}) == len(listed)
    for each in listed[:20]:
        assert schedule[each.key] == each


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_a_unit_s_schedule_is_its_part_of_the_whole(book: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """Asking for one unit gives what filtering the whole by that unit gives, joint occurrences included."""
    schedule = expanded(book, horizon, shelf)
    whole = facts(schedule)
    for unit in book.roster.ids:
        alone = schedule.for_unit(unit)
        assert facts(alone) == [each for each in whole if unit in each.units]
        assert len(alone) == len(list(alone))
        assert all(unit in [one.id for one in duty.units] for duty in alone.standing)


@given(book=rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_an_obligation_s_schedule_is_its_part_of_the_whole(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span
) -> None:
    """Asking for one obligation gives what filtering the whole by it gives."""
    schedule = expanded(book, horizon, shelf)
    whole = facts(schedule)
    for obligation in book:
        part = [each for each in whole if each.obligation == obligation.id]
        assert facts(schedule.for_obligation(obligation.id)) == part


@given(book=rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_an_explanation_ends_at_the_due_date(book: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """Explaining runs the same course: its nominal and due date are those of the schedule."""
    schedule = expanded(book, horizon, shelf)
    for each in list(schedule)[:10]:
        explanation = explain(schedule, each.key)
        assert explanation.due == each.due
        reached = [point.day for point in explanation.way]
        trailing = 0
        while trailing < len(reached) - 1 and isinstance(explanation.way[-1 - trailing].step, Adjust):
            trailing += 1
        if reached:
            assert each.nominal in {reached[-1 - trailing], *_given(each.obligation, each.period, each.period_days)}


def _given(obligation: Obligation, label: str, period: tuple[int, int]) -> list[dt.date]:
    """The date that a timing gives without an anchor."""
    match obligation.timing:
        case Once(before=before):
            return [dt.date.fromordinal(period[0] - 1 if before else period[1])]
        case Dates(entries=entries):
            return [each.date for each in entries if each.label == label]
        case _:
            return []


# ------------------------------------------------------------------------------------------------ no drift


@given(cycle=cycles(), day=st.sampled_from([1, 15, 28, 29, 30, 31, -1]), horizon=horizons())
def test_each_occurrence_comes_from_its_own_period(cycle: Cycle, day: int, horizon: Span) -> None:
    """A rule bounded to a single period gives the date that the unbounded rule gives there: nothing drifts."""
    timing = Every(cycle, DueList((Due(Course(DayOfMonth(day, "next"))),)))
    book = one_rule(timing)
    for each in list(expand(book, horizon))[:12]:
        first, last = (dt.date.fromordinal(ordinal) for ordinal in each.period_days)
        middle = first + (last - first) // 2
        alone = expand(one_rule(timing, Bounds(middle, middle)), horizon)
        assert [(one.key, one.due) for one in alone] == [(each.key, each.due)]


def one_rule(
    timing: Every,
    bounds: Bounds = Bounds(),
    calendar: str | None = None,
    exceptions: tuple[PeriodException, ...] = (),
) -> Rulebook:
    """A rulebook of one obligation and one unit."""
    rule = Obligation("rule", timing, Text.of("rule"), bounds=bounds, exceptions=exceptions)
    return Rulebook("book", Text.of("book"), Roster(["a"]), (rule,), calendar=calendar)


def later(span: Span) -> Span:
    """The same days four hundred years on."""
    return Span(_later(span.first), _later(span.last))


def _later(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 400)


@given(book=rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_four_hundred_years_later_everything_is_the_same(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span
) -> None:
    """Moved by a whole cycle of the calendar, a rulebook gives the same dates, moved by 146,097 days."""
    # Leap years and weekdays agree only between whole worlds: everything that is a date moves along.
    world = Span(dt.date(2400, 1, 1), dt.date(2449, 12, 31))
    moved_shelf = {name: _moved_book(each) for name, each in shelf.items()}
    now = expanded(book, horizon, shelf)
    then = expand(_moved(book), later(horizon), {name: each.compiled(world) for name, each in moved_shelf.items()})
    assert [
        (each.key.obligation, each.key.unit, each.number, each.status, each.provisional, days_of(each))
        for each in sorted(then, key=lambda each: (each.due, each.key.obligation, each.key.unit, each.period_days))
    ] == [
        (
            each.key.obligation,
            each.key.unit,
            each.number,
            each.status,
            each.provisional,
            tuple(day + GREGORIAN_CYCLE for day in days_of(each)),
        )
        for each in sorted(now, key=lambda each: (each.due, each.key.obligation, each.key.unit, each.period_days))
    ]


def days_of(each: Any) -> tuple[int, ...]:
    """Every day of an occurrence as an ordinal."""
    return (*each.period_days, each.nominal.toordinal(), each.due.toordinal())


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
            year_starts=roster.year_starts,
            active=[tuple(map(_moved_bounds, each)) for each in roster.active],
            attributes=roster.attributes,
        ),
        tuple(map(_moved_rule, book.obligations)),
        calendar=book.calendar,
        bounds=_moved_bounds(book.bounds),
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
                # A label of a fiscal year is matched by its text.
                label=each.label.replace("FY20", "FY24"),
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


def _moved_timing(timing: Any) -> Any:
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
            moved = (Dated(each.label, later(each.span), _later(each.date)) for each in entries)
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
    )


# ------------------------------------------------------------------------------------------------- identity


@given(cycle=cycles(), one=st.integers(1, 31), other=st.integers(1, 31), horizon=horizons())
def test_keys_do_not_depend_on_dates(cycle: Cycle, one: int, other: int, horizon: Span) -> None:
    """Where a deadline moves to another day, the occurrence of the same period keeps its key."""

    def keys(day: int) -> dict[tuple[int, int], object]:
        book = one_rule(Every(cycle, DueList((Due(Course(DayOfMonth(day))),))))
        return {each.period_days: each.key for each in expand(book, horizon)}

    before, after = keys(one), keys(other)
    assert all(before[period] == after[period] for period in before.keys() & after.keys())


@given(book=day_books(), convention=st.sampled_from(list(Convention)), due=days())
def test_an_exception_and_a_convention_keep_the_key(book: DayBook, convention: Convention, due: dt.date) -> None:
    """Whatever moves a date after it was found, the set of keys of a bounded rule stays, but for those left out."""
    bounds = Bounds(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    wide = Span(dt.date(2021, 1, 1), dt.date(2028, 12, 31))

    may = Span(dt.date(2024, 5, 1), dt.date(2024, 5, 31))
    moved = (PeriodException("2024-05", may, due=due),)

    def keys(*steps: Adjust, exceptions: tuple[PeriodException, ...] = ()) -> set[object]:
        timing = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(-1), steps)),)))
        rules = one_rule(timing, bounds, "odd", exceptions)
        return {each.key for each in expand(rules, wide, {"odd": book.compiled()})}

    plain, adjusted = keys(), keys(Adjust(convention))
    assert keys(exceptions=moved) == plain
    assert adjusted <= plain
    assert adjusted == plain or convention is Convention.SKIP


# --------------------------------------------------------------------------------------------------- purity


def _forbidden(*_: object, **__: object) -> Any:
    raise AssertionError("the engine reached outside")


@given(book=rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_the_engine_needs_nothing_from_outside(book: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """With clock, files, sockets and chance out of reach, the same input gives the same schedule."""
    expected = facts(expanded(book, horizon, shelf))
    with pytest.MonkeyPatch.context() as patch:
        for module, names in (
            (time, ("time", "time_ns", "localtime", "gmtime")),
            (socket, ("socket", "getaddrinfo")),
            (builtins, ("open", "input", "print")),
            (Path, ("open", "read_text", "read_bytes", "exists")),
            (random, ("random", "randrange", "choice")),
        ):
            for name in names:
                patch.setattr(module, name, _forbidden)
        found = facts(expanded(book, horizon, shelf))
    assert found == expected
