"""Dates that few rules have: what is refused, what is left out, and what stands where nothing can be found."""

import datetime as dt
from typing import Any

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import anchor_function
from cyclekit.engine.course import Calendars, Runner
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain, explain_occurrence
from cyclekit.engine.lines import Cohort, LineBuilder
from cyclekit.engine.moving import mover
from cyclekit.engine.reach import reach
from cyclekit.engine.triggers import in_trigger_order
from cyclekit.engine.walk import Walk
from cyclekit.engine.whereabouts import extent_of, first_labels, labels_near, periods_named
from cyclekit.errors import CalendarError, DateRangeError, DuplicateRulebookError, NoClockTimeError
from cyclekit.model.event import Event
from cyclekit.model.explanation import Waypoint
from cyclekit.model.identity import Key, Status
from cyclekit.model.obligation import Change, Lag, Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateTarget,
    DayOfMonth,
    Due,
    DueList,
    Extend,
    Holiday,
    MonthsTarget,
    MoveTo,
    Step,
    TriggerDate,
    WeekdayOfMonth,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfEvent, OfObligation, Once, Standing, Upon

APRIL = read_span("2023-04")
MONTH = Months(1, "month")
A = Selection((UnitId("a"),))
LAST = dt.date.max.toordinal()


def ordinal(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def calendar(first: str = "2020-01-01", last: str = "2029-12-31", **fields: Any) -> WorkingCalendar:
    """A calendar of weekdays."""
    return WorkingCalendar("x", ordinal(first), ordinal(last), **fields)


def monthly(*courses: Course) -> Every:
    """Every month, by these courses."""
    return Every(MONTH, DueList(tuple(map(Due, courses))))


def rule(id: str, timing: Any, **fields: Any) -> Obligation:  # noqa: A002 (the field's own word)
    """An obligation of everyone."""
    return Obligation(id, timing, Text.of(id), **fields)


def book(*rules: Obligation, id: str = "book", roster: Roster | None = None) -> Rulebook:  # noqa: A002
    """A rulebook of one unit, or of those of a roster, with a calendar."""
    return Rulebook(id, Text.of(id), roster or Roster(["a"]), rules, calendar="x")


def due(rules: Rulebook, within: str, by: WorkingCalendar | None = None, **fields: Any) -> list[str]:
    """Each occurrence on a line."""
    found = expand(rules, read_span(within), {"x": by or calendar()}, **fields)
    return [f"{each.key.obligation} {each.period} {each.due}" for each in found]


# --------------------------------------------------------------------------------------- what is refused


def test_two_rulebooks_of_one_id_are_refused() -> None:
    """Their occurrences would share keys: the error names the id."""
    with pytest.raises(DuplicateRulebookError, match="'book'"):
        expand([book(), book()], APRIL)


def test_hours_need_a_clock_to_start_from() -> None:
    """An event of a whole day has none: the error names the day."""
    rules = book(rule("r", Upon(OfEvent("breach"), DueList((Due(Course(TriggerDate(), (Add(24, "hours"),))),)))))
    with pytest.raises(NoClockTimeError) as told:
        due(rules, "2023", events={"breach": [Event(dt.date(2023, 5, 1))]})
    assert told.value.day == dt.date(2023, 5, 1)


@pytest.mark.parametrize(("step", "said"), [(Add(24, "hours"), r"\+24 hours"), (Add(1, "days"), r"\+1 days")])
def test_what_follows_an_event_stays_in_the_calendar(step: Step, said: str) -> None:
    """An event is given by whoever asks: what it leads to beyond the year 9999 is told, and not left out."""
    rules = book(rule("r", Upon(OfEvent("breach"), DueList((Due(Course(TriggerDate(), (step,))),)))))
    last = Event(dt.datetime(9999, 12, 31, 23, 0))  # noqa: DTZ001 (local time)
    with pytest.raises(DateRangeError, match=f"9999-12-31 {said}"):
        due(rules, "9999-12", events={"breach": [last]})


@pytest.mark.parametrize(("amount", "start", "expected"), [(-1, 2, 1), (1, LAST - 1, LAST)])
def test_the_first_and_the_last_day_can_be_reached(amount: int, start: int, expected: int) -> None:
    """One day further there is none."""
    runner = Runner(Course(steps=(Add(amount, "days"),)), Calendars({}, None, None, None))
    found = runner.walk(start)
    assert found is not None
    assert found.due == expected
    with pytest.raises(DateRangeError):
        runner.walk(expected)


def test_an_obligation_cannot_trigger_itself() -> None:
    """Not even by way of another one: the error names it."""
    first = rule("first", Upon(OfObligation("second"), DueList((Due(Course(TriggerDate())),))))
    second = rule("second", Upon(OfObligation("first"), DueList((Due(Course(TriggerDate())),))))
    with pytest.raises(ValueError, match="first is triggered by itself"):
        in_trigger_order(book(first, second))


def test_what_is_not_there_triggers_and_absorbs_nothing() -> None:
    """A rulebook that was made by hand may name an obligation that it does not have: it stands for nothing."""
    assert due(book(rule("r", monthly(Course()), absorbs=("gone",))), "2023-04") == ["r 2023-04 2023-04-30"]


def test_a_calendar_that_is_asked_for_has_to_be_given() -> None:
    """An anchor that counts working days is not made without one."""
    with pytest.raises(TypeError, match="given none"):
        anchor_function(WorkingDay(1), None)


def test_only_what_waits_is_fired() -> None:
    """A rule of a cycle has no firings, and one without a cycle no occurrence to run once more."""
    every, standing = book(rule("every", monthly(Course()))), book(rule("standing", Standing()))
    with pytest.raises(TypeError, match="every has no trigger"):
        LineBuilder(every, every["every"], Cohort(), {}).fill_triggered([])
    with pytest.raises(TypeError, match="standing has no such occurrence"):
        LineBuilder(standing, standing["standing"], Cohort(), {}).rule((1, 31, "0001-01"), 1)


@pytest.mark.parametrize("convention", [Convention.FOLLOWING, Convention.NEAREST, Convention.MODIFIED_FOLLOWING])
def test_a_date_beyond_its_calendar_is_told(convention: Convention) -> None:
    """30 April 2023 is a Sunday: a calendar that ends on it cannot say which day is the next working day."""
    rules = book(rule("r", monthly(Course(steps=(Adjust(convention),)))))
    with pytest.raises(CalendarError) as told:
        due(rules, "2023-03..2023-04", calendar("2023-01-01", "2023-04-30"))
    assert told.value.calendar == "x"


# ------------------------------------------------------------------------------------ what is not certain


@pytest.mark.parametrize(
    ("fields", "provisional"),
    [
        ({"known_until": ordinal("2023-04-29")}, [False, True, True]),
        ({"known_until": ordinal("2023-05-30")}, [False, False, True]),
        ({"known_until": ordinal("2023-12-31")}, [False, False, False]),
        ({"estimated": frozenset({ordinal("2023-04-30")})}, [False, True, False]),
        ({"estimated": frozenset({ordinal("2023-06-10")})}, [False, False, False]),
    ],
)
@pytest.mark.parametrize("convention", [Convention.NEAREST, Convention.MODIFIED_FOLLOWING])
def test_dates_of_a_whole_column_are_as_certain_as_their_days(
    convention: Convention, fields: dict[str, Any], provisional: list[bool]
) -> None:
    """At the ends of March, April (a Sunday) and May, only days that are beyond what is known, or guessed, count."""
    rules = book(rule("r", monthly(Course(steps=(Adjust(convention),)))))
    found = expand(rules, read_span("2023-03..2023-05"), {"x": calendar(**fields)})
    assert [each.provisional for each in found] == provisional


def test_a_step_of_no_days_rests_on_none() -> None:
    """What counts nothing passes no day, suspended or not."""
    suspending = calendar(suspended=[ordinal("2023-05-02")])
    runner = Runner(Course(steps=(Add(0, "days"),)), Calendars({"x": suspending}, "x", None, None, frozenset("x")))
    heard: list[tuple[int, int] | None] = []
    found = runner.walk(ordinal("2023-05-01"), lambda told: heard.append(told.asked))
    assert found is not None
    assert (found.due, heard) == (ordinal("2023-05-01"), [None])


def test_only_the_dates_of_the_horizon_have_to_be_known() -> None:
    """May's third working day rests on May alone: that the data begin within April does not matter to it."""
    by = calendar(known_from=ordinal("2023-04-20"))
    rules = book(rule("r", monthly(Course(WorkingDay(3), (Add(2, "months"),)))))
    assert due(rules, "2023-07", by) == ["r 2023-05 2023-07-03"]
    with pytest.raises(CalendarError, match="before its data begin"):
        due(rules, "2023-06", by)


#: Friday, 21 April 2023, is a holiday; the data begin on it. A window, and whether what ends it is known.
WINDOWS = {
    "the weekend before a window's end is followed on, up to Monday": ("2023-04-24", "2023-04-30", True, False),
    "a weekend in the middle is no holiday, and is not followed": ("2023-04-24", "2023-05-02", False, False),
    "a weekend at the beginning is followed back, to the holiday and no further": (
        "2023-04-22",
        "2023-04-25",
        False,
        False,
    ),
    "a weekend at the beginning is followed back, to Friday": ("2023-04-29", "2023-05-02", False, False),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_a_run_at_the_edge_of_a_window_is_followed(case: str) -> None:
    """Whether a long weekend holds a holiday may be settled outside the window: those days have to be known too."""
    opened, end, provisional, unknown = WINDOWS[case]
    by = calendar(
        closed={ordinal("2023-04-21"): "holiday"}, known_from=ordinal("2023-04-21"), known_until=ordinal("2023-04-30")
    )
    if end > "2023-04-30":
        by = calendar(closed={ordinal("2023-04-21"): "holiday"}, known_from=ordinal("2023-04-21"))
    runner = Runner(Course(steps=(Extend(2, "days"),)), Calendars({"x": by}, "x", None, None))
    found = runner.walk(ordinal(end), opened=ordinal(opened), doubtful=True)
    assert found is not None
    # The run from Friday, 21 April, holds a holiday: its two days in the window put off its end.
    put_off = 2 if opened == "2023-04-22" else 0
    assert (found.due - ordinal(end), found.provisional, found.unknown is not None) == (put_off, provisional, unknown)


def test_a_date_before_the_data_may_be_moved() -> None:
    """The rule leads nowhere that is known; the exception's date is final, and the only thing that explains it."""
    moved = PeriodException("2023-04", APRIL, due=dt.date(2023, 4, 27))
    timing = monthly(Course(WorkingDay(25)))
    rules = book(rule("r", timing, bounds=Bounds(APRIL.first, APRIL.last), exceptions=(moved,)))
    schedule = expand(rules, read_span("2023"), {"x": calendar(known_from=ordinal("2023-04-20"))})
    (occurrence,) = schedule
    explanation = explain_occurrence(schedule, occurrence)
    assert (explanation.way, explanation.moves) == ((), (moved,))
    assert explanation.due == occurrence.due == dt.date(2023, 4, 27)


def test_levels_below_one_that_is_not_known() -> None:
    """The 25th working day of April may not be there; what is five days before it is no better known."""
    roster = Roster(["a", "b"], parents=[NO_PARENT, 0])
    moved = PeriodException("2023-04", APRIL, due=dt.date(2023, 4, 27), units=A)
    fields: dict[str, Any] = {"bounds": Bounds(APRIL.first, APRIL.last), "cascade": Lag(5)}
    by = {"x": calendar(known_from=ordinal("2023-04-20"))}
    timing = monthly(Course(WorkingDay(25)))
    doubtful = expand(book(rule("r", timing, **fields), roster=roster), read_span("2023"), by, doubtful=True)
    assert [(each.unit.id, each.unknown is not None) for each in doubtful] == [("b", True), ("a", True)]
    rules = book(rule("r", timing, exceptions=(moved,), **fields), roster=roster)
    found = expand(rules, read_span("2023"), by, doubtful=True)
    assert [(each.unit.id, str(each.due), each.unknown is not None) for each in found] == [
        ("b", "2023-04-22", True),
        ("a", "2023-04-27", False),
    ]


# ------------------------------------------------------------------------------------------ what is far away


def test_a_day_that_no_year_has_any_more() -> None:
    """After 28 February 9996 no leap year is left; before 29 February of the year 4 there was none."""
    later, earlier = (mover(MoveTo((DateTarget(2, 29),), later=each, staying=True), None) for each in (True, False))
    assert later(ordinal("9996-02-28"), Walk(1)) == ordinal("9996-02-29")
    assert later(ordinal("9996-03-01"), Walk(1)) is None
    assert earlier(ordinal("0004-03-01"), Walk(1)) == ordinal("0004-02-29")
    assert earlier(ordinal("0004-02-28"), Walk(1)) is None


@pytest.mark.parametrize(("months", "years"), [(frozenset({2}), 40), (frozenset({2, 3}), 2), (frozenset(), 2)])
def test_a_fifth_weekday_of_february_may_take_forty_years(months: frozenset[int], years: int) -> None:
    """From 1900 to 1940, with no leap year in 1900, or from 2072 to 2112: no shorter reach finds every one."""
    target = MonthsTarget(WeekdayOfMonth(0, 5), months)
    before, after = reach(Course(steps=(MoveTo((target,), later=True, staying=True),)), 10)
    assert before == 0
    assert after >= 365 * years


# ------------------------------------------------------------------------------------- what is explained


def test_a_holiday_is_its_own_explanation() -> None:
    """An anchor that is a holiday passes nothing on its way."""
    by = calendar(closed={ordinal("2023-04-05"): "Qingming"})
    rules = book(rule("r", Every(Months(12, "year"), DueList((Due(Course(Holiday("Qingming"))),)))))
    schedule = expand(rules, read_span("2023"), {"x": by})
    explanation = explain(schedule, Key("book", "r", "a", "2023"))
    assert explanation.way == (Waypoint(Holiday("Qingming"), dt.date(2023, 4, 5), "x"),)


def test_what_stands_for_it_may_lie_outside_the_schedule() -> None:
    """The year's report absorbs December's; as long as its own date is not in the horizon, nothing is named."""
    moved = PeriodException("2023", read_span("2023"), due=dt.date(2024, 1, 20))
    yearly = rule("yearly", Every(Months(12, "year"), DueList((Due(),))), absorbs=("monthly",), exceptions=(moved,))
    rules = book(rule("monthly", monthly(Course())), yearly)
    wide, narrow = (expand(rules, read_span(each), {"x": calendar()}) for each in ("2022..2024", "2022..2023"))
    # The year's nominal date stays where it was, so it stands for December all the same.
    key = Key("book", "monthly", "a", "2023-12")
    for schedule in (wide, narrow):
        assert schedule[key].status is Status.ABSORBED
    absorber = explain(wide, key).absorber
    assert absorber is not None
    assert str(absorber.key) == "book/yearly/a/2023"
    assert explain(narrow, key).absorber is None


# ------------------------------------------------------------------------------------- which periods there are

DUTIES = book(
    rule("often", monthly(Course()), bounds=Bounds(dt.date(2023, 1, 1), dt.date(2023, 3, 31))),
    rule("fiscal", Every(Months(12, "year"), year_of_unit=True)),
    rule("upon", Upon(OfObligation("often"), DueList((Due(Course(TriggerDate())),)))),
    rule("upon-fiscal", Upon(OfObligation("fiscal"), DueList((Due(Course(TriggerDate())),)))),
    rule("always", Standing(), bounds=Bounds(dt.date(2024, 1, 1))),
    rule("single", Once(read_span("2023-05"))),
)


def test_a_triggered_duty_has_the_periods_of_what_fires_it() -> None:
    """They are named, shown and bounded alike; one upon fiscal years has their labels."""
    assert extent_of(DUTIES, DUTIES["upon"]) == Bounds(dt.date(2023, 1, 1), dt.date(2023, 3, 31))
    assert first_labels(DUTIES, DUTIES["upon"], 2, {}) == ["2023-01", "2023-02"]
    assert [each.label for each in periods_named(DUTIES, DUTIES["upon"], "2023-02", {})] == ["2023-02"]
    assert labels_near(DUTIES, DUTIES["upon"], "2023-02-10", {}) == ["2023-02"]
    assert labels_near(DUTIES, DUTIES["upon-fiscal"], "2023-02", {}) == ["2023"]


def test_a_standing_duty_has_no_periods() -> None:
    """It holds from where it begins, and no label names anything of it."""
    assert extent_of(DUTIES, DUTIES["always"]) == Bounds(dt.date(2024, 1, 1))
    assert periods_named(DUTIES, DUTIES["always"], "2024", {}) == []
    assert first_labels(DUTIES, DUTIES["always"], 3, {}) == []
    assert labels_near(DUTIES, DUTIES["always"], "2024", {}) == []


def test_a_change_for_units_that_do_not_owe_it_changes_nothing() -> None:
    """Only the units that an obligation applies to are looked at."""
    base = rule("r", monthly(Course(DayOfMonth(20))), selection=A)
    other = rule("r", monthly(Course(DayOfMonth(25))), selection=A)
    changed = rule(
        "r", monthly(Course(DayOfMonth(20))), selection=A, changes=(Change(Selection((UnitId("b"),)), other),)
    )
    roster = Roster(["a", "b"])
    assert due(book(base, roster=roster), "2023-04") == due(book(changed, roster=roster), "2023-04")


def test_a_ruling_on_a_period_in_which_nobody_is_there() -> None:
    """It moves nothing: the unit closed in March."""
    roster = Roster(["a"], active=[(Bounds(None, dt.date(2023, 3, 31)),)])
    moved = PeriodException("2023-04", APRIL, due=dt.date(2023, 4, 27))
    rules = book(rule("r", monthly(Course()), exceptions=(moved,)), roster=roster)
    assert due(rules, "2023-03..2023-05") == ["r 2023-03 2023-03-31"]
