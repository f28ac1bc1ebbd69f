"""Courses: every anchor and every step, with numbers near the ends of months, where they differ."""

from functools import cache
from typing import Literal

import attrs
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DateTarget,
    DayOfMonth,
    DueDate,
    Extend,
    Holiday,
    Include,
    MonthEnd,
    MonthOfPeriod,
    MonthsTarget,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    Step,
    Target,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.testing.drawing.chances import COIN, NOTHING, OF_FOUR, mostly
from cyclekit.testing.drawing.scene import USUAL, Scene

#: Never answers "no such day" with an error: that one is tested by itself.
MONTH_ENDS = (MonthEnd.CLAMP, MonthEnd.NEXT, MonthEnd.SKIP, MonthEnd.STICKY)


@attrs.frozen
class Place:
    """What a course stands in: a weekly cycle; a trigger, and whether that has a clock time; an opening before it."""

    weekly: bool = False
    triggered: bool = False
    clocked: bool = False
    opened: bool = False
    scene: Scene = USUAL


ANYWHERE = Place()


@cache
def months_of_period() -> st.SearchStrategy[MonthOfPeriod]:
    """Which month of the period is meant, or all of it."""
    found: list[MonthOfPeriod] = ["last", "first", "next", "previous", "period", 1, 2, 5]
    return st.sampled_from(found)


@cache
def counted(which: MonthOfPeriod) -> st.SearchStrategy[Anchor]:
    """A day, a weekday or a working day, counted in this month or in the period."""
    near_end = [-1, 1, 15, 20, 28, 29, 30, 31, -2, -29, -30, -31, *((45, -45) if which == "period" else ())]
    day: st.SearchStrategy[Anchor] = st.builds(
        DayOfMonth, st.sampled_from(near_end), st.just(which), st.sampled_from(MONTH_ENDS)
    )
    weekday = st.builds(WeekdayOfMonth, st.integers(0, 6), st.sampled_from([1, 3, 5, -1]), st.just(which))
    return day | weekday | st.builds(WorkingDay, st.sampled_from([1, -1, 5, -3, 15, 22]), st.just(which))


@cache
def anchors(place: Place = ANYWHERE) -> st.SearchStrategy[Anchor]:
    """Every anchor that may stand there."""
    ends: list[Anchor] = [PeriodEnd(), PeriodStart(), *map(Holiday, place.scene.holidays)]
    if place.triggered:
        ends = [TriggerDate(), *ends]
    # Chains of triggers would reach out of the world by whole years.
    years = st.just(0) if place.triggered else st.sampled_from([0, 1, -1])
    of_year = st.builds(
        lambda day, years, month_end: DateOfYear(day[0], day[1], years, month_end),
        st.sampled_from([(6, 30), (12, 31), (1, 1), (2, 29)]),
        years,
        st.sampled_from(MONTH_ENDS),
    )
    found: st.SearchStrategy[Anchor] = st.sampled_from(ends) | months_of_period().flatmap(counted) | of_year
    if place.triggered:
        found = mostly(st.just(TriggerDate()), found)
    if place.weekly:
        found = found | st.builds(WeekdayOfWeek, st.integers(0, 6))
    return found


# --------------------------------------------------------------------------------------------------- steps


@cache
def adjusts(scene: Scene = USUAL) -> st.SearchStrategy[Adjust]:
    """Every convention, by the nearest calendar or by one of its own."""
    return st.builds(Adjust, st.sampled_from(list(Convention)[::-1]), NOTHING | st.sampled_from(scene.named))


@cache
def adds(*, near: bool = False, scene: Scene = USUAL) -> st.SearchStrategy[Add]:
    """Shifts by up to a year, both ways; ``near``: by up to two months."""
    far: list[tuple[int, str]] = [] if near else [(22, "working days"), (6, "months"), (1, "years")]
    units = [
        *((n, "days") for n in (1, 10, 60)),
        *((n, "working days") for n in (1, 5)),
        *((n, "weeks") for n in (1, 8)),
        (1, "months"),
        *far,
    ]
    return st.builds(
        lambda shift, sign, month_end, calendar: Add(
            sign * shift[0],
            shift[1],
            month_end if shift[1] in ("months", "years") else MonthEnd.CLAMP,
            calendar,
        ),
        st.sampled_from(units),
        st.sampled_from([1, -1]),
        st.sampled_from(MONTH_ENDS),
        mostly(NOTHING, st.sampled_from(scene.named)),
    )


@cache
def hours() -> st.SearchStrategy[Add]:
    """Shifts by hours, over a day and over a change of the clocks."""
    return st.builds(lambda amount: Add(amount, "hours"), st.sampled_from([24, 1, 72, -36, 1000]))


@cache
def targets() -> st.SearchStrategy[Target]:
    """Days to move to: of the week, of the year, of some months or of each."""
    named: st.SearchStrategy[DayOfMonth | WeekdayOfMonth | WorkingDay] = (
        st.builds(DayOfMonth, st.sampled_from([10, 31, -1, -30]))
        | st.builds(WeekdayOfMonth, st.integers(0, 6), st.sampled_from([3, -1, 1]))
        | st.builds(WorkingDay, st.sampled_from([5, -1, 1]))
    )
    months = st.sampled_from([frozenset[int](), frozenset({3, 6, 9, 12}), frozenset({2, 7})])
    of_year = st.sampled_from([(6, 20), (12, 20), (1, 1)])
    return (
        st.builds(WeekdayTarget, st.integers(0, 6))
        | st.builds(lambda day: DateTarget(*day), of_year)
        | st.builds(MonthsTarget, named, months)
    )


@cache
def moves(scene: Scene = USUAL) -> st.SearchStrategy[MoveTo]:
    """Moves to one or two kinds of days, in either direction."""
    some = st.lists(targets(), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(MoveTo, some, st.booleans(), st.booleans(), mostly(NOTHING, st.sampled_from(scene.named)))


@cache
def includes(scene: Scene = USUAL) -> st.SearchStrategy[Include]:
    """Working days that have to lie in between."""
    return st.builds(Include, st.sampled_from([2, 1, 5]), mostly(NOTHING, st.sampled_from(scene.named)))


@cache
def extensions(scene: Scene = USUAL) -> st.SearchStrategy[Extend]:
    """Extensions of both readings, for runs that a weekend makes and for longer ones."""
    by: st.SearchStrategy[Literal["working days", "days"]] = st.sampled_from(["working days", "days"])
    return st.builds(Extend, st.sampled_from([3, 1, 2]), by, mostly(NOTHING, st.sampled_from(scene.named)))


@cache
def courses(place: Place = ANYWHERE) -> st.SearchStrategy[Course]:
    """An anchor, up to two shifts, and adjusting before, between and after them."""
    return st.builds(lambda steps, anchor: attrs.evolve(steps, anchor=anchor), steps_alone(place), anchors(place))


@cache
@st.composite
def steps_alone(draw: st.DrawFn, place: Place = ANYWHERE) -> Course:
    """The same without an anchor."""
    steps = list(draw(_shifts(place)))
    if place.clocked and draw(COIN):
        steps.insert(draw(st.integers(0, len(steps))), draw(hours()))
    if draw(COIN):
        steps += draw(_trailing(place))
    return Course(PeriodEnd(), tuple(steps), draw(_calendars(place.scene)))


@cache
def _calendars(scene: Scene) -> st.SearchStrategy[str | None]:
    return NOTHING | st.sampled_from(scene.named)


@cache
def _shifts(place: Place) -> st.SearchStrategy[list[Step]]:
    scene = place.scene
    other: st.SearchStrategy[Step] = mostly(moves(scene), includes(scene))
    shifts: st.SearchStrategy[Step] = adds(near=place.triggered, scene=scene) | adjusts(scene) | other
    return st.lists(mostly(shifts, extensions(scene)) if place.opened else shifts, max_size=2)


@cache
def _trailing(place: Place) -> st.SearchStrategy[list[Step]]:
    trailing: st.SearchStrategy[Step] = adjusts(place.scene) | includes(place.scene)
    if place.opened:
        trailing = extensions(place.scene) | trailing
    return st.lists(trailing, min_size=1, max_size=2)


@cache
@st.composite
def closings(draw: st.DrawFn, place: Place = ANYWHERE, *, timed: bool = False) -> Course:
    """Counted from the due date, which may be ``timed``, or a course of its own."""
    if draw(OF_FOUR) == 3:
        return draw(courses(place))
    return attrs.evolve(draw(steps_alone(attrs.evolve(place, clocked=timed))), anchor=DueDate())


def counts_hours(course: Course) -> bool:
    """Whether a course gives a clock time."""
    return any(isinstance(step, Add) and step.unit == "hours" for step in course.steps)
