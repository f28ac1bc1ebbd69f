"""Explaining a date: the way it took, and what was decided about it."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import Waypoint, explain
from cyclekit.errors import CalendarError, UnknownOccurrenceError
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import Add, Adjust, Course, DayOfMonth, Due, DueByPosition, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, Once

LABOUR_DAY = dt.date(2023, 5, 1)
CALENDARS = {
    name: WorkingCalendar(
        name,
        dt.date(2022, 1, 1).toordinal(),
        dt.date(2024, 12, 31).toordinal(),
        closed={LABOUR_DAY.toordinal(): "Labour Day"} if name == "CN" else {},
    )
    for name in ("CN", "weekdays")
}
STEPS = (Add(1, "days"), Adjust(Convention.FOLLOWING))
COURSE = Course(DayOfMonth(30), STEPS)
MOVED = PeriodException("2023-06", read_span("2023-06"), None, dt.date(2023, 7, 20), reason="flood")
TWO = DueList((Due(Course(DayOfMonth(1))), Due(COURSE)))

RULES = (
    Obligation("monthly", Every(Months(1, "month"), DueList((Due(COURSE),))), Text.of("m"), exceptions=(MOVED,)),
    Obligation("two", Every(Months(1, "month"), TWO), Text.of("t")),
    Obligation(
        "quarterly", Every(Months(3, "quarter"), DueByPosition((("Q2", Due(COURSE)), ("Q1", Due())))), Text.of("q")
    ),
    Obligation("once", Once(read_span("2023-04"), due=Due(Course(steps=STEPS))), Text.of("o")),
    Obligation("before", Once(read_span("2023-05"), before=True, due=Due(Course(steps=STEPS))), Text.of("b")),
    Obligation(
        "dates",
        Dates(
            (Dated("x", read_span("2023-04-30"), dt.date(2023, 4, 30)), Dated("y", read_span("2023"), LABOUR_DAY)),
            Due(Course(steps=STEPS)),
        ),
        Text.of("d"),
    ),
)
BOOK = Rulebook("book", Text.of("book"), Roster(["a", "b"], calendars=[None, "weekdays"]), RULES, calendar="CN")
SCHEDULE = expand(BOOK, read_span("2023"), CALENDARS)


def key(obligation: str, period: str, unit: str = "a", number: int = 1) -> Key:
    """A key of the rulebook."""
    return Key("book", obligation, unit, period, number)


def test_an_explanation_tells_the_anchor_and_each_step() -> None:
    """With the day that each led to, the calendar that was asked, and the holiday that it moved away from."""
    explanation = explain(SCHEDULE, key("monthly", "2023-04"), CALENDARS)
    assert explanation.way == (
        Waypoint(DayOfMonth(30), dt.date(2023, 4, 30)),
        Waypoint(STEPS[0], LABOUR_DAY),
        Waypoint(STEPS[1], dt.date(2023, 5, 2), "CN", "Labour Day"),
    )
    assert (explanation.due, explanation.exception) == (dt.date(2023, 5, 2), None)


def test_it_asks_the_calendar_of_the_unit() -> None:
    """The same period of another unit may have another way."""
    explanation = explain(SCHEDULE, key("monthly", "2023-04", "b"), CALENDARS)
    assert explanation.way[-1] == Waypoint(STEPS[1], LABOUR_DAY, "weekdays")
    assert explanation.due == LABOUR_DAY


def test_an_exception_stands_at_the_end() -> None:
    """The way is that of the rule, and the due date that of the exception."""
    explanation = explain(SCHEDULE, key("monthly", "2023-06"), CALENDARS)
    assert explanation.way[-1].day == dt.date(2023, 7, 3)
    assert (explanation.exception, explanation.due) == (MOVED, dt.date(2023, 7, 20))


@pytest.mark.parametrize(
    "wanted",
    [
        key("two", "2023-04", number=2),
        key("quarterly", "2023Q2"),
        key("once", "once"),
        key("before", "once"),
        key("dates", "x"),
        key("dates", "y"),
    ],
    ids=str,
)
def test_every_kind_of_timing_is_explained(wanted: Key) -> None:
    """The way ends at the due date of the schedule."""
    explanation = explain(SCHEDULE, wanted, CALENDARS)
    assert explanation.occurrence.key == wanted
    assert explanation.way[-1].day == explanation.due == SCHEDULE[wanted].due


def test_what_is_not_there_cannot_be_explained() -> None:
    """UnknownOccurrenceError for a key without an occurrence, CalendarError for a calendar that is not at hand."""
    with pytest.raises(UnknownOccurrenceError):
        explain(SCHEDULE, key("monthly", "2025-04"), CALENDARS)
    with pytest.raises(CalendarError):
        explain(SCHEDULE, key("monthly", "2023-04"))
