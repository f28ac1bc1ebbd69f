"""When something is due: due dates with what stands around them, and every kind of timing."""

from collections.abc import Mapping

import attrs
from hypothesis import strategies as st

from cyclekit.civil.cycles import Cycle, Months, Weeks
from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Obligation
from cyclekit.model.pipeline import Course, Due, DueByPosition, DueList, DuePlan, PeriodEnd
from cyclekit.model.timing import (
    Dated,
    Dates,
    Every,
    OfEvent,
    OfObligation,
    Once,
    Standing,
    Timing,
    Upon,
    dues,
)
from tests.properties.oracle import all_periods
from tests.properties.strategies.courses import ANYWHERE, Place, closings, counts_hours, courses
from tests.properties.strategies.cycles import cycles, written_cycles
from tests.properties.strategies.days import days, minutes, mostly, spans
from tests.properties.strategies.worlds import BREACH, HEARING, INCIDENT

#: Obligations that were made before, by id: what may fire another one.
Before = Mapping[str, Obligation]


@st.composite
def single_dues(draw: st.DrawFn, course: st.SearchStrategy[Course], place: Place = ANYWHERE) -> Due:
    """One due date, with and without an opening, a closing and a clock time."""
    around = attrs.evolve(place, clocked=False)
    opens = draw(mostly(st.none(), courses(around)))
    place = attrs.evolve(place, opened=opens is not None)
    chosen = draw(courses(place) | course if place.opened else course)
    closes = draw(mostly(st.none(), closings(place)))
    return Due(chosen, opens, closes, None if counts_hours(chosen) else draw(minutes()))


@st.composite
def plans(draw: st.DrawFn, cycle: Cycle, course: st.SearchStrategy[Course]) -> DuePlan:
    """One due date, several, or one for each quarter or half."""
    place = Place(weekly=isinstance(cycle, Weeks))
    if place.weekly:
        course = mostly(course, courses(place))
    one = single_dues(course, place)
    if isinstance(cycle, Months) and cycle.spelling in ("quarter", "half_year") and draw(st.integers(0, 3)) == 3:
        names = ("Q1", "Q2", "Q3", "Q4") if cycle.spelling == "quarter" else ("H1", "H2")
        return DueByPosition(tuple((name, draw(one)) for name in names))
    return DueList(tuple(draw(st.lists(one, min_size=1, max_size=3))))


@st.composite
def every(draw: st.DrawFn, course: st.SearchStrategy[Course]) -> Every:
    """Recurring timings of all kinds."""
    cycle = draw(mostly(cycles(), written_cycles()))
    positions = sorted({each.position for each in all_periods(cycle)} - {""})
    chosen = frozenset(draw(st.sets(st.sampled_from(positions), max_size=2))) if positions else frozenset[str]()
    if len(chosen) == len(positions):
        chosen = frozenset()
    only = draw(st.booleans())
    return Every(
        cycle,
        draw(plans(cycle, course)),
        chosen if only else frozenset(),
        frozenset() if only else chosen,
        year_of_unit=isinstance(cycle, Months) and cycle.spelling not in ("months", "years") and draw(st.booleans()),
        drop_stubs=draw(st.booleans()),
    )


def _without_anchor(due: Due) -> Due:
    return attrs.evolve(due, course=attrs.evolve(due.course, anchor=PeriodEnd()))


def once(course: st.SearchStrategy[Course]) -> st.SearchStrategy[Once]:
    """Single dates, on a day or before it."""
    return st.builds(Once, spans(), st.booleans(), single_dues(course).map(_without_anchor))


@st.composite
def dates(draw: st.DrawFn, course: st.SearchStrategy[Course]) -> Dates:
    """Explicit calendars, some of whose labels are spans that lie elsewhere than their dates."""
    entries = [
        Dated(f"x{number}", draw(spans() | st.just(Span(day, day))), day, draw(minutes()))
        for number, day in enumerate(draw(st.lists(days(), min_size=1, max_size=4)))
    ]
    return Dates(tuple(entries), draw(single_dues(course).map(_without_anchor)))


def timings(course: st.SearchStrategy[Course], before: Before) -> st.SearchStrategy[Timing]:
    """Every kind of timing, most of them recurring."""
    recurring = every(course)
    single = once(course) | dates(course)
    return mostly(recurring, mostly(upon(before) | single, st.just(Standing())))


# ------------------------------------------------------------------------------------------------ triggers


@st.composite
def upon(draw: st.DrawFn, before: Before) -> Upon:
    """What waits for an event, or for an obligation that was made before."""
    firing = [name for name, each in before.items() if not isinstance(each.timing, Standing)]
    events: st.SearchStrategy[OfObligation | OfEvent] = st.sampled_from([INCIDENT, HEARING, BREACH]).map(OfEvent)
    others = st.builds(OfObligation, st.sampled_from(firing), st.booleans()) if firing else events
    return draw(upon_this(draw(mostly(others, events)), before))


@st.composite
def upon_this(draw: st.DrawFn, trigger: OfObligation | OfEvent, before: Before) -> Upon:
    """Something that this fires: with several due dates only where it numbers none itself."""
    place = Place(triggered=True, clocked=has_clock(trigger, before))
    several = 1 if is_numbered(trigger, before) else 3
    one = single_dues(courses(place), place)
    return Upon(trigger, DueList(tuple(draw(st.lists(one, min_size=1, max_size=several)))))


def forms_of(obligation: Obligation) -> list[Obligation]:
    """An obligation as it is written, and as its changes make it."""
    return [obligation, *(change.result for change in obligation.changes)]


def has_clock(trigger: OfObligation | OfEvent, before: Before) -> bool:
    """Whether whatever fires has a clock time."""
    if isinstance(trigger, OfEvent):
        return trigger.name == BREACH
    return all(
        due.time is not None
        or counts_hours(due.course)
        or (isinstance(form.timing, Dates) and all(each.time is not None for each in form.timing.entries))
        for form in forms_of(before[trigger.obligation])
        for due in dues(form.timing)
    )


def is_numbered(trigger: OfObligation | OfEvent, before: Before) -> bool:
    """Whether it may fire more than once a period."""
    if isinstance(trigger, OfEvent):
        return trigger.name != HEARING
    forms = forms_of(before[trigger.obligation])
    several = any(isinstance(form.timing, Every | Upon) and _is_list(form.timing) for form in forms)
    return several or any(isinstance(form.timing, Upon) and is_numbered(form.timing.trigger, before) for form in forms)


def _is_list(timing: Every | Upon) -> bool:
    return isinstance(timing.plan, DueList) and len(timing.plan.entries) > 1
