"""When something is due: due dates with what stands around them, and every kind of timing."""

from collections.abc import Mapping
from functools import cache

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
from cyclekit.testing.drawing.chances import COIN, NOTHING, OF_FOUR, mostly
from cyclekit.testing.drawing.courses import ANYWHERE, Place, closings, counts_hours, courses
from cyclekit.testing.drawing.cycles import cycles, periods_within, written_cycles
from cyclekit.testing.drawing.days import days, minutes, spans
from cyclekit.testing.drawing.scene import USUAL, Scene

#: Obligations that were made before, by id: what may fire another one.
Before = Mapping[str, Obligation]


@st.composite
def single_dues(draw: st.DrawFn, course: st.SearchStrategy[Course], place: Place = ANYWHERE) -> Due:
    """One due date, with and without an opening, a closing and a clock time."""
    opens = draw(_openings(place))
    place = attrs.evolve(place, opened=opens is not None)
    chosen = draw(courses(place) | course if place.opened else course)
    time = None if counts_hours(chosen) else draw(minutes())
    timed = place.triggered and (time is not None or counts_hours(chosen))
    closes = draw(_closings(place, timed=timed))
    return Due(chosen, opens, closes, time)


@cache
def _openings(place: Place) -> st.SearchStrategy[Course | None]:
    return mostly(NOTHING, courses(place))


@cache
def _closings(place: Place, *, timed: bool) -> st.SearchStrategy[Course | None]:
    return mostly(NOTHING, closings(place, timed=timed))


@st.composite
def plans(draw: st.DrawFn, cycle: Cycle, course: st.SearchStrategy[Course], scene: Scene = USUAL) -> DuePlan:
    """One due date, several, or one for each quarter or half."""
    place = Place(weekly=isinstance(cycle, Weeks), scene=scene)
    if place.weekly:
        course = mostly(course, courses(place))
    one = single_dues(course, place)
    if isinstance(cycle, Months) and cycle.spelling in ("quarter", "half_year") and draw(OF_FOUR) == 3:
        names = ("Q1", "Q2", "Q3", "Q4") if cycle.spelling == "quarter" else ("H1", "H2")
        return DueByPosition(tuple((name, draw(one)) for name in names))
    return DueList(tuple(draw(st.lists(one, min_size=1, max_size=3))))


@cache
def _any_cycle() -> st.SearchStrategy[Cycle]:
    return mostly(cycles(), written_cycles())


@st.composite
def every(draw: st.DrawFn, course: st.SearchStrategy[Course], scene: Scene = USUAL) -> Every:
    """Recurring timings of all kinds."""
    cycle = draw(_any_cycle())
    positions = sorted({each.position for each in periods_within(cycle, scene.years)} - {""})
    chosen = frozenset(draw(st.sets(st.sampled_from(positions), max_size=2))) if positions else frozenset[str]()
    if len(chosen) == len(positions):
        chosen = frozenset()
    only = draw(COIN)
    return Every(
        cycle,
        draw(plans(cycle, course, scene)),
        chosen if only else frozenset(),
        frozenset() if only else chosen,
        year_of_unit=isinstance(cycle, Months) and cycle.spelling not in ("months", "years") and draw(COIN),
        drop_stubs=draw(COIN),
    )


def _without_anchor(due: Due) -> Due:
    return attrs.evolve(due, course=attrs.evolve(due.course, anchor=PeriodEnd()))


def once(course: st.SearchStrategy[Course], scene: Scene = USUAL) -> st.SearchStrategy[Once]:
    """Single dates, on a day or before it."""
    return st.builds(Once, spans(), st.booleans(), single_dues(course, Place(scene=scene)).map(_without_anchor))


@st.composite
def dates(draw: st.DrawFn, course: st.SearchStrategy[Course], scene: Scene = USUAL) -> Dates:
    """Explicit calendars, some of whose labels are spans that lie elsewhere than their dates."""
    entries = [
        Dated(f"x{number}", draw(spans() | st.just(Span(day, day))), day, draw(minutes()))
        for number, day in enumerate(draw(st.lists(days(), min_size=1, max_size=4)))
    ]
    return Dates(tuple(entries), draw(single_dues(course, Place(scene=scene)).map(_without_anchor)))


def timings(course: st.SearchStrategy[Course], before: Before, scene: Scene = USUAL) -> st.SearchStrategy[Timing]:
    """Every kind of timing, most of them recurring."""
    recurring = every(course, scene)
    single = once(course, scene) | dates(course, scene)
    return mostly(recurring, mostly(upon(before, scene) | single, st.just(Standing())))


# ------------------------------------------------------------------------------------------------ triggers


@st.composite
def upon(draw: st.DrawFn, before: Before, scene: Scene = USUAL) -> Upon:
    """What waits for an event, or for an obligation that was made before."""
    firing = [name for name, each in before.items() if not isinstance(each.timing, Standing)]
    names = st.sampled_from([each.name for each in scene.events])
    events: st.SearchStrategy[OfObligation | OfEvent] = names.map(OfEvent)
    others = st.builds(OfObligation, st.sampled_from(firing), st.booleans()) if firing else events
    return draw(upon_this(draw(mostly(others, events)), before, scene))


@st.composite
def upon_this(draw: st.DrawFn, trigger: OfObligation | OfEvent, before: Before, scene: Scene = USUAL) -> Upon:
    """Something that this fires: with several due dates only where it numbers none itself."""
    place = Place(triggered=True, clocked=has_clock(trigger, before, scene), scene=scene)
    several = 1 if is_numbered(trigger, before, scene) else 3
    one = single_dues(courses(place), place)
    return Upon(trigger, DueList(tuple(draw(st.lists(one, min_size=1, max_size=several)))))


def forms_of(obligation: Obligation) -> list[Obligation]:
    """An obligation as it is written, and as its changes make it."""
    return [obligation, *(change.result for change in obligation.changes)]


def has_clock(trigger: OfObligation | OfEvent, before: Before, scene: Scene = USUAL) -> bool:
    """Whether whatever fires has a clock time."""
    if isinstance(trigger, OfEvent):
        return scene.event(trigger.name).clocked
    return all(
        due.time is not None
        or counts_hours(due.course)
        or (isinstance(form.timing, Dates) and all(each.time is not None for each in form.timing.entries))
        for form in forms_of(before[trigger.obligation])
        for due in dues(form.timing)
    )


def is_numbered(trigger: OfObligation | OfEvent, before: Before, scene: Scene = USUAL) -> bool:
    """Whether it may fire more than once a period."""
    if isinstance(trigger, OfEvent):
        return not scene.event(trigger.name).daily
    forms = forms_of(before[trigger.obligation])
    several = any(isinstance(form.timing, Every | Upon) and _is_list(form.timing) for form in forms)
    return several or any(
        isinstance(form.timing, Upon) and is_numbered(form.timing.trigger, before, scene) for form in forms
    )


def _is_list(timing: Every | Upon) -> bool:
    return isinstance(timing.plan, DueList) and len(timing.plan.entries) > 1
