"""What holds for every schedule, whatever the rules."""

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Cycle, Months
from cyclekit.civil.spans import Bounds, Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.windows import calendars_needed
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Adjust, Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from tests.properties.expanding import expanded, rules, waited_for
from tests.properties.oracle import DayBook, World, facts
from tests.properties.oracle.facts import WHOLE_DAY
from tests.properties.strategies import cycles, day_books, days, horizons, rulebooks, worlds

ONE_DAY = dt.timedelta(days=1)


@given(book=rules(), world=worlds(known=True), horizon=horizons(), data=st.data())
def test_splitting_a_horizon_changes_nothing(book: Rulebook, world: World, horizon: Span, data: st.DataObject) -> None:
    """Two adjacent horizons give together what their union gives, moved and absorbed occurrences included."""
    cut = data.draw(st.dates(horizon.first, horizon.last), label="the last day of the first part")
    whole = facts(expanded(book, horizon, world))
    before = facts(expanded(book, Span(horizon.first, cut), world))
    after = facts(expanded(book, Span(cut + ONE_DAY, horizon.last), world)) if cut < horizon.last else []
    assert before + after == whole


@given(
    book=rules(), world=worlds(known=True), horizon=horizons(), before=st.integers(0, 900), after=st.integers(0, 900)
)
def test_a_wider_horizon_gives_the_same_occurrences(
    book: Rulebook, world: World, horizon: Span, before: int, after: int
) -> None:
    """What is due in a horizon does not depend on it, however far its triggers, levels and exceptions lie."""
    wider = Span(horizon.first - before * ONE_DAY, horizon.last + after * ONE_DAY)
    narrow = facts(expanded(book, horizon, world))
    assert [each for each in facts(expanded(book, wider, world)) if each.due in horizon] == narrow


@given(book=rules(), world=worlds(), horizon=horizons())
def test_the_calendars_that_are_named_beforehand_reach(book: Rulebook, world: World, horizon: Span) -> None:
    """Compiled over the days that were asked for and no others, calendars give the same dates."""
    days_asked = horizon.first.toordinal(), horizon.last.toordinal()
    events = {name: each for name, each in world.events.items() if name in waited_for([book])}
    happened = [each.at.toordinal() for several in events.values() for each in several]
    closure, compiled = USUAL_CLOSURE, dict[str, WorkingCalendar]()
    while needed := calendars_needed([book], days_asked, closure, happened):
        spans = {name: Span(*map(dt.date.fromordinal, each)) for name, each in needed.items()}
        compiled = {name: world.calendars[name].compiled(each) for name, each in spans.items()}
        longest = max(each.longest_closure for each in compiled.values())
        if longest < closure:
            break
        closure = longest + 1
    found = expand(book, horizon, compiled, events=events, zones=world.zones)
    assert facts(found) == facts(expanded(book, horizon, world))


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
        timezones=[roster.timezones[each] for each in order],
        year_starts=[roster.year_starts[each] for each in order],
        active=[roster.active[each] for each in order],
        attributes={name: [column[each] for each in order] for name, column in roster.attributes.items()},
    )


@given(book=rules(), world=worlds(known=True), horizon=horizons(), data=st.data())
def test_the_order_of_rules_and_units_changes_nothing(
    book: Rulebook, world: World, horizon: Span, data: st.DataObject
) -> None:
    """Obligations, units, calendars and events may come in any order."""
    other = Rulebook(
        book.id,
        book.title,
        shuffled(book.roster, list(data.draw(st.permutations(range(len(book.roster)))))),
        tuple(data.draw(st.permutations(book.obligations))),
        timezone=book.timezone,
        calendar=book.calendar,
        bounds=book.bounds,
        calendars=book.calendars,
    )
    calendars = dict(data.draw(st.permutations(sorted(world.calendars.items(), key=lambda each: each[0]))))
    events = {name: data.draw(st.permutations(several)) for name, several in world.events.items()}
    turned = attrs.evolve(world, calendars=calendars, events=events)
    assert facts(expanded(other, horizon, turned)) == facts(expanded(book, horizon, world))


@given(first=rulebooks(id="first"), second=rulebooks(id="second"), world=worlds(), horizon=horizons())
def test_rulebooks_do_not_meet(first: Rulebook, second: Rulebook, world: World, horizon: Span) -> None:
    """Several rulebooks give what each gives alone, in one order, whichever comes first."""
    together = facts(expanded([first, second], horizon, world))
    assert together == facts(expanded([second, first], horizon, world))
    assert together == sorted(facts(expanded(first, horizon, world)) + facts(expanded(second, horizon, world)))


@given(book=rules(), world=worlds(known=True), horizon=horizons())
def test_a_schedule_counts_and_lists_alike_and_in_order(book: Rulebook, world: World, horizon: Span) -> None:
    """Counting multiplies nothing out and is right; listing is by due date and then by the parts of the key."""
    schedule = expanded(book, horizon, world)
    listed = list(schedule)
    assert len(schedule) == len(listed)
    order = [(each.due, WHOLE_DAY if each.minute is None else each.minute, each.key) for each in listed]
    assert order == sorted(order)
    assert all(each.due in horizon for each in listed)


@given(book=rules(), world=worlds(known=True), horizon=horizons())
def test_keys_are_unique_and_find_their_occurrence(book: Rulebook, world: World, horizon: Span) -> None:
    """No two occurrences share a key, and a schedule gives back the occurrence of each."""
    schedule = expanded(book, horizon, world)
    listed = list(schedule)
    assert len({each.key for each in listed}) == len(listed)
    for each in listed[:20]:
        assert schedule[each.key] == each


@given(book=rules(), world=worlds(known=True), horizon=horizons())
def test_a_unit_s_schedule_is_its_part_of_the_whole(book: Rulebook, world: World, horizon: Span) -> None:
    """Asking for one unit gives what filtering the whole by that unit gives, joint occurrences included."""
    schedule = expanded(book, horizon, world)
    whole = facts(schedule)
    for unit in book.roster.ids:
        alone = schedule.for_unit(unit)
        assert facts(alone) == [each for each in whole if unit in each.units]
        assert len(alone) == len(list(alone))
        assert all(unit in [one.id for one in duty.units] for duty in alone.standing)


@given(book=rules(), world=worlds(), horizon=horizons())
def test_an_obligation_s_schedule_is_its_part_of_the_whole(book: Rulebook, world: World, horizon: Span) -> None:
    """Asking for one obligation gives what filtering the whole by it gives."""
    schedule = expanded(book, horizon, world)
    whole = facts(schedule)
    for obligation in book:
        part = [each for each in whole if each.obligation == obligation.id]
        assert facts(schedule.for_obligation(obligation.id)) == part


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
