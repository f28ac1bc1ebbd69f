"""Explaining a date: the way it took, and what was decided about it."""

import datetime as dt

import attrs
import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain
from cyclekit.errors import UnknownOccurrenceError
from cyclekit.model.event import Event
from cyclekit.model.explanation import (
    CalendarFacts,
    DayName,
    Doubt,
    Explanation,
    Fired,
    Nature,
    Stretch,
    Waypoint,
)
from cyclekit.model.identity import Key, Status
from cyclekit.model.obligation import Lag, Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DayOfMonth,
    Due,
    DueByPosition,
    DueList,
    Extend,
    PeriodStart,
    TriggerDate,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, OfEvent, OfObligation, Once, Upon

LABOUR_DAY = dt.date(2023, 5, 1)
CALENDARS = {
    "CN": WorkingCalendar(
        "CN",
        dt.date(2010, 1, 1).toordinal(),
        dt.date(2036, 12, 31).toordinal(),
        closed={LABOUR_DAY.toordinal(): "Labour Day", LABOUR_DAY.toordinal() + 1: "Labour Day"},
        opened=[dt.date(2023, 5, 6).toordinal()],
        known_until=dt.date(2023, 11, 30).toordinal(),
        origin="the gazette",
    ),
    "weekdays": WorkingCalendar("weekdays", dt.date(2010, 1, 1).toordinal(), dt.date(2036, 12, 31).toordinal()),
}
LABOUR_DAYS = Stretch(LABOUR_DAY, dt.date(2023, 5, 2), Nature.HOLIDAY, DayName(Text.of("Labour Day")))
WORKED_SATURDAY = Stretch(dt.date(2023, 5, 6), dt.date(2023, 5, 6), Nature.EXCHANGED)
SUNDAY = Stretch(dt.date(2023, 4, 30), dt.date(2023, 4, 30), Nature.REST)
STEPS = (Add(1, "days"), Adjust(Convention.FOLLOWING))
COURSE = Course(DayOfMonth(30), STEPS)
MOVED = PeriodException("2023-06", read_span("2023-06"), None, dt.date(2023, 7, 20), reason="flood")
TWO = DueList((Due(Course(DayOfMonth(1))), Due(COURSE)))
LAST_DAY = Course(steps=(Adjust(Convention.FOLLOWING),))
MONTHLY = Months(1, "month")


def monthly(course: Course) -> Every:
    """Every month, by this course."""
    return Every(MONTHLY, DueList((Due(course),)))


RULES = (
    Obligation("monthly", monthly(COURSE), Text.of("m"), exceptions=(MOVED,)),
    Obligation("two", Every(MONTHLY, TWO), Text.of("t")),
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
    Obligation("adjusted", monthly(LAST_DAY), Text.of("a")),
    Obligation("counted", monthly(Course(WorkingDay(5))), Text.of("c")),
    Obligation(
        "extended",
        Every(
            MONTHLY,
            DueList(
                (
                    Due(
                        Course(DayOfMonth(8), (Extend(3, "working days"), Adjust(Convention.FOLLOWING))),
                        opens=Course(PeriodStart()),
                    ),
                )
            ),
        ),
        Text.of("e"),
    ),
    Obligation(
        "upon",
        Upon(OfObligation("monthly"), DueList((Due(Course(TriggerDate(), (Add(3, "working days"),))),))),
        Text.of("u"),
    ),
    Obligation(
        "upon-a",
        Upon(OfObligation("only-a", nominal=True), DueList((Due(Course(TriggerDate(), (Add(2, "days"),))),))),
        Text.of("ua"),
    ),
    Obligation("only-a", monthly(Course(DayOfMonth(31))), Text.of("oa"), Selection((UnitId("a"),))),
    Obligation(
        "incident",
        Upon(OfEvent("incident"), DueList((Due(Course(TriggerDate(), (Add(24, "hours"),))),))),
        Text.of("i"),
    ),
    Obligation("cascade", monthly(LAST_DAY), Text.of("k"), cascade=Lag(2, working=True)),
    Obligation(
        "skipping",
        monthly(LAST_DAY),
        Text.of("s"),
        Selection((UnitId("a"), UnitId("c"))),
        cascade=Lag(2, working=True),
    ),
    Obligation("yearly", Every(Months(12, "year"), DueList((Due(),))), Text.of("y"), absorbs=("only-a",)),
)
#: Unit a stands above b, and b above c.
ROSTER = Roster(["a", "b", "c"], calendars=[None, "weekdays", None], parents=[NO_PARENT, 0, 1])
BOOK = Rulebook("book", Text.of("book"), ROSTER, RULES, calendar="CN")
EVENTS = {"incident": [Event(dt.datetime(2023, 5, 1, 22, 30), "7"), Event(dt.datetime(2023, 5, 3, 8, 0))]}  # noqa: DTZ001 (local time)
SCHEDULE = expand(BOOK, read_span("2023"), CALENDARS, events=EVENTS)


def explained(obligation: str, period: str, unit: str = "a", number: int = 1) -> Explanation:
    """The explanation of one occurrence of the rulebook."""
    return explain(SCHEDULE, Key("book", obligation, unit, period, number))


def test_an_explanation_tells_the_anchor_and_each_step() -> None:
    """With the day that each led to, the calendar that was asked, and the holidays that it moved away from."""
    explanation = explained("monthly", "2023-04")
    assert explanation.way == (
        Waypoint(DayOfMonth(30), dt.date(2023, 4, 30)),
        Waypoint(STEPS[0], LABOUR_DAY),
        Waypoint(STEPS[1], dt.date(2023, 5, 3), "CN", (LABOUR_DAYS,)),
    )
    assert (explanation.due, explanation.moves) == (dt.date(2023, 5, 3), ())


def test_an_explanation_names_its_calendars() -> None:
    """Each calendar that was asked, the data behind it, and the day until which it is known."""
    assert explained("monthly", "2023-04").calendars == (
        CalendarFacts("CN", "the gazette", known_until=dt.date(2023, 11, 30)),
    )
    assert explained("monthly", "2023-04", "b").calendars == (CalendarFacts("weekdays"),)
    assert explained("only-a", "2023-04").calendars == ()


def test_it_asks_the_calendar_of_the_unit() -> None:
    """The same period of another unit may have another way."""
    explanation = explained("monthly", "2023-04", "b")
    assert explanation.way[-1] == Waypoint(STEPS[1], LABOUR_DAY, "weekdays")
    assert explanation.due == LABOUR_DAY


def test_weekends_are_told_where_a_date_is_adjusted() -> None:
    """All days that are not worked between the date and what became of it, each kind by itself."""
    assert explained("adjusted", "2023-04").way[-1].passed == (SUNDAY, LABOUR_DAYS)


def test_counting_tells_holidays_and_exchanged_days() -> None:
    """Weekends are not told where working days are counted: 3, 4, 5, 6 and 8 May, the Saturday among them."""
    point = explained("counted", "2023-05").way[0]
    assert (point.day, point.passed) == (dt.date(2023, 5, 8), (LABOUR_DAYS, WORKED_SATURDAY))


def test_an_extension_tells_the_holidays_that_count() -> None:
    """30 April to 2 May are three days, and two of them lie in the window of May, which is too few."""
    assert explained("extended", "2023-05").way[1].passed == ()
    longer = attrs.evolve(RULES[8], timing=Once(read_span("2023-05-08"), due=_extended_from_april()))
    book = Rulebook("book", Text.of("book"), ROSTER, (longer,), calendar="CN")
    schedule = expand(book, read_span("2023"), CALENDARS)
    explanation = explain(schedule, Key("book", "extended", "a", "once"))
    assert explanation.way[0].passed == (SUNDAY, LABOUR_DAYS)
    # 8 May and three working days: 9, 10, 11 May.
    assert explanation.due == dt.date(2023, 5, 11)


def _extended_from_april() -> Due:
    opens = Course(DayOfMonth(30, month="previous"))
    return Due(Course(steps=(Extend(3, "working days"),)), opens=opens)


def test_an_exception_stands_at_the_end() -> None:
    """The way is that of the rule, and the due date that of the exception."""
    explanation = explained("monthly", "2023-06")
    assert explanation.way[-1].day == dt.date(2023, 7, 3)
    assert (explanation.moves, explanation.due) == ((MOVED,), dt.date(2023, 7, 20))


def test_a_triggered_date_names_what_triggered_it() -> None:
    """The other occurrence with the day on which it fired, moved by its exception; then the steps from there."""
    explanation = explained("upon", "2023-06")
    assert explanation.fired == Fired(BOOK["monthly"], "2023-06", 1, dt.date(2023, 7, 20))
    assert [point.day for point in explanation.way] == [dt.date(2023, 7, 20), dt.date(2023, 7, 25)]
    assert explanation.due == dt.date(2023, 7, 25)


def test_a_trigger_that_others_owe() -> None:
    """It is told that the latest of their dates counts, and that the nominal date does."""
    explanation = explained("upon-a", "2023-04", "b")
    assert explanation.fired == Fired(BOOK["only-a"], "2023-04", 1, dt.date(2023, 4, 30), nominal=True, own=False)
    assert explanation.due == dt.date(2023, 5, 2)


def test_an_event_is_named_with_its_time() -> None:
    """Hours run on from the event's clock time, which is told where they lead to."""
    explanation = explained("incident", "7")
    assert explanation.fired == Fired("incident", "7", 1, LABOUR_DAY, 22 * 60 + 30)
    assert explanation.way[-1] == Waypoint(Add(24, "hours"), dt.date(2023, 5, 2), minute=22 * 60 + 30)


def test_a_cascaded_date_names_the_unit_above() -> None:
    """The nearest one above, its own final date, and how far before that it lies, by the unit's calendar."""
    lowest = explained("cascade", "2023-04", "c")
    # a: Sunday 30 April, then 3 May; b: two weekdays before that, 1 May; c: two working days before that.
    assert explained("cascade", "2023-04").cascaded is None
    middle = explained("cascade", "2023-04", "b").cascaded
    assert middle is not None
    assert (middle.unit.id, middle.due, middle.day) == ("a", dt.date(2023, 5, 3), LABOUR_DAY)
    assert lowest.cascaded is not None
    assert (lowest.cascaded.unit.id, lowest.cascaded.due, lowest.due) == ("b", LABOUR_DAY, dt.date(2023, 4, 27))


def test_a_cascade_tells_the_holidays_in_between() -> None:
    """Where b does not owe it, c follows from a: from 3 May two working days back, across both Labour Days."""
    cascaded = explained("skipping", "2023-04", "c").cascaded
    assert cascaded is not None
    assert (cascaded.unit.id, cascaded.day) == ("a", dt.date(2023, 4, 27))
    assert cascaded.passed == (LABOUR_DAYS,)


def test_an_absorbed_occurrence_names_what_stands_for_it() -> None:
    """The other occurrence of the same day and unit."""
    explanation = explained("only-a", "2023-12")
    assert explanation.occurrence.status is Status.ABSORBED
    assert explanation.absorber is not None
    assert str(explanation.absorber.key) == "book/yearly/a/2023"


def test_a_provisional_date_says_why() -> None:
    """The first day that it rests on and that is not announced yet; a settled date has no doubts."""
    assert explained("adjusted", "2023-11").doubts == ()
    book = attrs.evolve(BOOK, obligations=(Obligation("late", monthly(Course(WorkingDay(-1))), Text.of("l")),))
    schedule = expand(book, read_span("2023-12"), CALENDARS)
    assert explain(schedule, Key("book", "late", "a", "2023-12")).doubts == (
        Doubt("CN", dt.date(2023, 12, 29), dt.date(2023, 11, 30)),
    )


def test_the_due_date_is_that_of_the_schedule() -> None:
    """For every kind of timing, and whatever was decided."""
    for each in SCHEDULE:
        explanation = explain(SCHEDULE, each.key)
        assert (explanation.occurrence, explanation.due) == (each, each.due)


def test_what_is_not_there_cannot_be_explained() -> None:
    """UnknownOccurrenceError for a key without an occurrence."""
    with pytest.raises(UnknownOccurrenceError):
        explained("monthly", "2025-04")
