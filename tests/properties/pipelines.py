"""Rulebooks that use the whole pipeline: every anchor and step, openings and closings, triggers, events, cascades.

All shrink towards a monthly obligation of one unit due on the last day, and one that it triggers, due on that day.
"""

import datetime as dt

import attrs
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.model.event import Event
from cyclekit.model.obligation import Lag, Obligation, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DateTarget,
    DayOfMonth,
    Due,
    DueDate,
    DueList,
    Extend,
    Holiday,
    Include,
    MonthsTarget,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    Step,
    Target,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfEvent, OfObligation, Upon
from tests.properties.strategies import CALENDARS, MONTH_ENDS, adds, adjusts, exceptions

#: The calendars of the properties call every closed day by this name.
CLOSED = "closed"
EVENT = "fire"


def months() -> st.SearchStrategy[str | int]:
    """Which month of the period is meant, and all of it."""
    return st.sampled_from(["last", "first", "next", "previous", "period", 1, 2, 4])


def anchors() -> st.SearchStrategy[Anchor]:
    """Every anchor that a period has by itself."""
    ends: list[Anchor] = [PeriodEnd(), PeriodStart(), Holiday(CLOSED)]
    return st.one_of(
        st.sampled_from(ends),
        st.builds(DayOfMonth, st.sampled_from([-1, 1, 15, 20, 30, 31, -2]), months(), st.sampled_from(MONTH_ENDS)),
        st.builds(WeekdayOfMonth, st.integers(0, 6), st.sampled_from([1, 3, 5, -1]), months()),
        st.builds(WorkingDay, st.sampled_from([1, 5, -1, -3]), months()),
        st.builds(DateOfYear, st.integers(1, 12), st.sampled_from([1, 28]), st.integers(-1, 1)),
    )


def targets() -> st.SearchStrategy[Target]:
    """Weekdays, days of the year, and days of some months or of all."""
    some = st.frozensets(st.integers(1, 12), max_size=2)
    return st.one_of(
        st.builds(WeekdayTarget, st.integers(0, 6)),
        st.builds(DateTarget, st.integers(1, 12), st.sampled_from([1, 28])),
        st.builds(
            MonthsTarget,
            st.sampled_from([DayOfMonth(15), DayOfMonth(-1), WeekdayOfMonth(2, 3), WorkingDay(-1)]),
            some,
        ),
    )


def steps() -> st.SearchStrategy[Step]:
    """Every step but the one that counts hours."""
    by = st.none() | st.sampled_from(CALENDARS)
    return st.one_of(
        adjusts(),
        adds(),
        st.builds(lambda days, id_: Add(days, "working days", calendar=id_), st.sampled_from([1, -1, 5, -10]), by),
        st.builds(Include, st.integers(1, 3), by),
        st.builds(Extend, st.integers(1, 3), st.sampled_from(["working days", "days"]), by),
        st.builds(MoveTo, st.lists(targets(), min_size=1, max_size=2).map(tuple), st.booleans(), st.booleans(), by),
    )


@st.composite
def dues(draw: st.DrawFn, anchor: st.SearchStrategy[Anchor]) -> Due:
    """A due date with what it needs: what is extended opens; what closes does so some days later."""
    course = Course(
        draw(anchor), tuple(draw(st.lists(steps(), max_size=3))), draw(st.none() | st.sampled_from(CALENDARS))
    )
    opens = Course(PeriodStart()) if course.is_extended or draw(st.booleans()) else None
    after = Course(DueDate(), (Add(3, "days"), Adjust(Convention.FOLLOWING)))
    return Due(course, opens, draw(st.none() | st.just(after)))


@st.composite
def pipelines(draw: st.DrawFn) -> Rulebook:
    """What recurs, cascades and is moved by exceptions; what it triggers; and what an event does, hours included."""
    ids = ("a", "b", "c")[: draw(st.integers(1, 3))]
    calendars = [draw(st.sampled_from([None, "odd", "late"])) for _ in ids]
    roster = Roster(ids, calendars=calendars, parents=[NO_PARENT, 0, 1][: len(ids)])
    timing = Every(draw(st.sampled_from([Months(1, "month"), Months(3, "quarter")])), DueList((draw(dues(anchors())),)))
    lag = draw(st.none() | st.builds(Lag, st.integers(1, 5), st.booleans()))
    owing = draw(st.just(Selection()) | st.builds(lambda unit: Selection((UnitId(unit),)), st.sampled_from(ids)))
    base = Obligation("base", timing, Text.of("base"), owing, cascade=lag, exceptions=draw(exceptions(timing, roster)))
    triggered: st.SearchStrategy[Anchor] = st.just(TriggerDate()) | anchors()
    upon = Upon(OfObligation("base", nominal=draw(st.booleans())), DueList((draw(dues(triggered)),)))
    due = draw(dues(triggered))
    hours = (Add(draw(st.sampled_from([24, 1, -36])), "hours"),) if draw(st.booleans()) else ()
    timed = attrs.evolve(due, course=attrs.evolve(due.course, steps=(*hours, *due.course.steps)))
    return Rulebook(
        "book",
        Text.of("book"),
        roster,
        (
            base,
            Obligation("upon", upon, Text.of("upon"), cascade=draw(st.none() | st.just(lag))),
            Obligation("event", Upon(OfEvent(EVENT), DueList((timed,))), Text.of("event")),
        ),
        calendar=draw(st.sampled_from(["weekdays", "odd"])),
    )


def happenings() -> st.SearchStrategy[dict[str, list[Event]]]:
    """Events to the minute, with and without ids, on days that may be one."""
    moments = st.datetimes(dt.datetime(2023, 1, 1), dt.datetime(2025, 12, 31)).map(  # noqa: DTZ001 (local time)
        lambda moment: moment.replace(second=0, microsecond=0)
    )
    each = st.tuples(moments, st.none() | st.sampled_from(["x", "y"]))
    unique = st.lists(each, max_size=3, unique_by=lambda one: one[1] or one[0].isoformat())
    return unique.map(lambda found: {EVENT: [Event(at, id_) for at, id_ in found]})
