"""What holds for courses in words: every course has them, and what differs reads differently."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.labels import read_span
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
from cyclekit.model.timing import Every, OfEvent, Once, Timing, Upon
from cyclekit.words.anchors import frame_of
from cyclekit.words.courses import course_words

SHORTEST_MONTH = 28
CALENDARS = (None, "CN", "US-DC", "unit")


def days_of_month() -> st.SearchStrategy[DayOfMonth]:
    """Days from either end of a month or of the whole period, with every setting for those that are missing."""
    near_ends = st.integers(-31, 31).filter(bool)
    return st.builds(DayOfMonth, near_ends, months(), st.sampled_from(MonthEnd))


def months() -> st.SearchStrategy[Any]:
    """Which month of the period is meant, and all of it."""
    return st.sampled_from(["last", "first", "next", "previous", "period", 1, 2, 3, 4, 7, 13])


def weekdays_of_month() -> st.SearchStrategy[WeekdayOfMonth]:
    """The first to the fifth and the last of each weekday."""
    return st.builds(WeekdayOfMonth, st.integers(0, 6), st.sampled_from([-1, 1, 2, 3, 4, 5]), months())


def working_days() -> st.SearchStrategy[WorkingDay]:
    """Working days from either end."""
    return st.builds(WorkingDay, st.integers(-4, 21).filter(bool), months())


def anchors() -> st.SearchStrategy[Anchor]:
    """Every anchor."""
    ends: list[Anchor] = [PeriodEnd(), PeriodStart(), TriggerDate(), DueDate()]
    return st.one_of(
        st.sampled_from(ends),
        days_of_month(),
        weekdays_of_month(),
        working_days(),
        st.builds(WeekdayOfWeek, st.integers(0, 6)),
        st.builds(DateOfYear, st.integers(1, 12), st.integers(1, 29), st.integers(-3, 3), st.sampled_from(MonthEnd)),
        st.builds(Holiday, st.sampled_from(["Easter Monday", "中秋节", "Labor Day"])),
    )


def calendars() -> st.SearchStrategy[str | None]:
    """No calendar, one of its own, the unit's."""
    return st.sampled_from(CALENDARS)


def targets() -> st.SearchStrategy[Target]:
    """Every kind of day to move to."""
    some_months = st.frozensets(st.integers(1, 12), max_size=3)
    return st.one_of(
        st.builds(WeekdayTarget, st.integers(0, 6)),
        st.builds(DateTarget, st.integers(1, 12), st.integers(1, 28)),
        st.builds(MonthsTarget, days_of_month() | weekdays_of_month() | working_days(), some_months),
    )


def steps() -> st.SearchStrategy[Step]:
    """Every step."""
    shifts = st.tuples(
        st.integers(-40, 40).filter(bool),
        st.sampled_from(["days", "weeks", "months", "years", "working days", "hours"]),
        st.sampled_from(MonthEnd),
        calendars(),
    )
    return st.one_of(
        st.builds(Adjust, st.sampled_from(Convention), calendars()),
        shifts.map(lambda each: Add(*each)),  # type: ignore[arg-type]  # the units are the words of the language
        st.builds(
            MoveTo,
            st.lists(targets(), min_size=1, max_size=3).map(tuple),
            st.booleans(),
            st.booleans(),
            calendars(),
        ),
        st.builds(Include, st.integers(1, 5), calendars()),
        st.builds(Extend, st.integers(1, 5), st.sampled_from(["working days", "days"]), calendars()),
    )


def courses() -> st.SearchStrategy[Course]:
    """Every anchor with up to three steps, by any calendar."""
    return st.builds(Course, anchors(), st.lists(steps(), max_size=3).map(tuple), calendars())


def plain(course: Course) -> Course:
    """The same course without what makes no difference to any date."""
    return attrs.evolve(course, anchor=_plain_anchor(course.anchor), steps=tuple(map(_plain_step, course.steps)))


def _plain_anchor(anchor: Anchor) -> Anchor:
    match anchor:
        case DayOfMonth(day=1, month="period"):
            return PeriodStart()
        case DayOfMonth(day=-1, month="period"):
            return PeriodEnd()
        case DayOfMonth(day=day, month=month, month_end=month_end):
            # Sticking to month ends is for adding months.
            short = day > SHORTEST_MONTH and month_end is not MonthEnd.STICKY and month != "period"
            return DayOfMonth(day, _plain_month(month), month_end if short else MonthEnd.CLAMP)
        case WeekdayOfMonth(month=month) | WorkingDay(month=month):
            return attrs.evolve(anchor, month=_plain_month(month))
        case DateOfYear(month=2, day=29, month_end=month_end) if month_end is not MonthEnd.STICKY:
            return anchor
        case DateOfYear():
            return attrs.evolve(anchor, month_end=MonthEnd.CLAMP)
        case _:
            return anchor


def _plain_month(month: Any) -> Any:
    return "first" if month == 1 else month


def _plain_step(step: Step) -> Step:
    match step:
        case Add(unit=unit) if unit not in ("months", "years"):
            return attrs.evolve(step, month_end=MonthEnd.CLAMP)
        case MoveTo(targets=found):
            return attrs.evolve(step, targets=tuple(map(_plain_target, found)))
        case _:
            return step


def _plain_target(target: Target) -> Target:
    match target:
        case MonthsTarget(anchor=anchor):
            # Which months are meant is said by the target.
            inside = _plain_anchor(attrs.evolve(anchor, month="last"))
            assert isinstance(inside, DayOfMonth | WeekdayOfMonth | WorkingDay)
            return attrs.evolve(target, anchor=inside)
        case _:
            return target


@given(one=courses(), data=st.data())
def test_different_courses_read_differently(one: Course, data: st.DataObject) -> None:
    """Two courses that are not the same read differently in either language, and the same ones read alike."""
    other = data.draw(courses() | near(one), label="the other")
    for language in ("en", "zh"):
        assert (course_words(one, language) == course_words(other, language)) == (plain(one) == plain(other))


@st.composite
def near(draw: st.DrawFn, course: Course) -> Course:
    """A course that differs in one place."""
    place = draw(st.integers(-2, len(course.steps) - 1))
    if place == -2:
        return attrs.evolve(course, calendar=draw(calendars()))
    if place == -1:
        return attrs.evolve(course, anchor=_varied(draw, course.anchor))
    steps_before, step, steps_after = course.steps[:place], course.steps[place], course.steps[place + 1 :]
    return attrs.evolve(course, steps=(*steps_before, _varied(draw, step), *steps_after))


def _varied(draw: st.DrawFn, part: Any) -> Any:
    """One of the same kind that differs in one field, where it has any."""
    kind: Any = type(part)
    match part:
        case DayOfMonth():
            others: st.SearchStrategy[Any] = days_of_month()
        case WeekdayOfMonth():
            others = weekdays_of_month()
        case WorkingDay():
            others = working_days()
        case Add() | MoveTo() | Include() | Extend() | Adjust():
            others = steps()
        case _:
            others = anchors()
    other = draw(others)
    if type(other) is not kind or not attrs.fields(kind):
        return other
    name = draw(st.sampled_from([field.name for field in attrs.fields(kind)]))
    return attrs.evolve(part, **{name: getattr(other, name)})


CYCLES: tuple[Cycle, ...] = (
    Months(1, "month"),
    Months(3, "quarter"),
    Months(6, "half_year"),
    Months(12, "year"),
    Months(2, "months"),
    Weeks(1),
    Weeks(2),
    Days(1),
    HALF_MONTH,
    TEN_DAYS,
)
TIMINGS: tuple[Timing, ...] = (*map(Every, CYCLES), Once(read_span("2023")), Upon(OfEvent("incident")))


@pytest.mark.parametrize("timing", TIMINGS, ids=lambda each: getattr(getattr(each, "cycle", None), "spelling", ""))
@given(course=courses())
def test_every_course_has_words_in_every_timing(timing: Timing, course: Course) -> None:
    """A sentence part without a full stop, in one language at a time."""
    english, chinese = (course_words(course, language, frame_of(timing)) for language in ("en", "zh"))
    for said in (english, chinese):
        assert said == said.strip()
        assert "  " not in said
        assert not said.endswith((".", "。"))
    assert not any("\u4e00" <= char <= "\u9fff" for char in english.replace("中秋节", ""))
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
