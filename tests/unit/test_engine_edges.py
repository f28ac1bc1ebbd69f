"""Small parts of the engine by themselves: which days were looked at, how far dates reach, what is refused."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import anchor_function, reads_period
from cyclekit.engine.expand import expand
from cyclekit.engine.extension import days_extended, extended
from cyclekit.engine.steps import days_adjusted
from cyclekit.engine.triggers import in_trigger_order
from cyclekit.errors import LimitError
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import (
    Anchor,
    Course,
    DayOfMonth,
    Due,
    DueList,
    Extend,
    PeriodEnd,
    PeriodStart,
    TriggerDate,
    WeekdayOfMonth,
    WorkingDay,
)
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import OfObligation, Upon


def day(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def span(first: str, last: str) -> Span:
    """A span by its days."""
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "2023-05-10"),
        (10, "2023-05-19"),
        (11, "2023-05-20"),
        (12, None),
        (-1, "2023-05-20"),
        (-11, "2023-05-10"),
        (-12, None),
    ],
)
def test_days_of_a_period(number: int, expected: str | None) -> None:
    """Of the eleven days from 10 to 20 May, from the first on or from the last back; beyond them there is none."""
    found = anchor_function(DayOfMonth(number, "period"))(day("2023-05-10"), day("2023-05-20"))
    assert found == (None if expected is None else day(expected))


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        (PeriodStart(), True),
        (PeriodEnd(), True),
        (TriggerDate(), False),
        (DayOfMonth(3, "period"), True),
        (DayOfMonth(3), False),
        (WeekdayOfMonth(0, 1, "period"), True),
        (WorkingDay(1, "period"), True),
        (WorkingDay(1, "last"), False),
    ],
)
def test_which_anchors_speak_of_the_period(anchor: Anchor, expected: bool) -> None:
    """They do not start from a trigger's day."""
    assert reads_period(anchor) is expected


#: May 2023: the 1st to the 3rd is Labour Day, and the 13th to the 16th is closed without a name.
MAY = WorkingCalendar(
    "may",
    day("2023-04-03"),
    day("2023-06-30"),
    closed={day("2023-05-01"): "Labour Day", day("2023-05-02"): "Labour Day", day("2023-05-03"): "Labour Day"},
    rest=[day("2023-05-15"), day("2023-05-16")],
)


@pytest.mark.parametrize(
    ("convention", "start", "moved", "first", "last"),
    [
        (Convention.FOLLOWING, "2023-05-06", "2023-05-08", "2023-05-06", "2023-05-08"),
        (Convention.PRECEDING, "2023-05-07", "2023-05-05", "2023-05-05", "2023-05-07"),
        (Convention.FOLLOWING, "2023-05-08", "2023-05-08", "2023-05-08", "2023-05-08"),
        # Nearest looks one day on, one back, two on and so forth, until one is worked.
        (Convention.NEAREST, "2023-05-06", "2023-05-05", "2023-05-05", "2023-05-07"),
        (Convention.NEAREST, "2023-05-07", "2023-05-08", "2023-05-07", "2023-05-08"),
        (Convention.NEAREST, "2023-05-15", "2023-05-17", "2023-05-14", "2023-05-17"),
        # The month was looked through to its end, or from its beginning, before it was turned round.
        (Convention.MODIFIED_FOLLOWING, "2023-04-29", "2023-04-28", "2023-04-28", "2023-04-30"),
        (Convention.MODIFIED_PRECEDING, "2023-05-02", "2023-05-04", "2023-05-01", "2023-05-04"),
        (Convention.HALF_MONTH_MODIFIED_FOLLOWING, "2023-05-14", "2023-05-12", "2023-05-12", "2023-05-15"),
        (Convention.HALF_MONTH_MODIFIED_FOLLOWING, "2023-04-29", "2023-04-28", "2023-04-28", "2023-04-30"),
    ],
)
def test_the_days_that_adjusting_looked_at(
    convention: Convention, start: str, moved: str, first: str, last: str
) -> None:
    """All that had to be known: what is not announced of them makes the date provisional."""
    assert days_adjusted(day(start), day(moved), convention, MAY) == (day(first), day(last))


@pytest.mark.parametrize(
    ("opened", "end", "moved", "first", "last"),
    [
        # A window within working days: the window, and where its end went.
        ("2023-05-08", "2023-05-12", None, "2023-05-08", "2023-05-12"),
        ("2023-05-08", "2023-05-12", "2023-05-18", "2023-05-08", "2023-05-18"),
        # 29 April to 3 May is one run: five days, of which the named ones lie in the window.
        ("2023-04-24", "2023-05-10", "2023-05-17", "2023-04-24", "2023-05-17"),
        # The run of 13 to 16 May has no name, and lies inside.
        ("2023-05-08", "2023-05-18", None, "2023-05-08", "2023-05-18"),
    ],
)
def test_the_days_that_extending_looked_at(opened: str, end: str, moved: str | None, first: str, last: str) -> None:
    """The window, and as far as the end went or a run had to be followed."""
    step = Extend(3, "working days")
    found = days_extended(step, MAY, day(opened), day(end), None if moved is None else day(moved))
    assert found == (day(first), day(last))
    assert days_extended(step, MAY, None, day(end), None) is None
    assert days_extended(step, MAY, day(end), day(opened), None) is None


def test_a_window_between_two_long_weekends_was_looked_at_beyond_both_ends() -> None:
    """It begins behind Friday, 21 April, and ends before Monday, 1 May, both of which are holidays."""
    days_off = {day("2023-04-21"): "holiday", day("2023-05-01"): "holiday"}
    by = WorkingCalendar("x", day("2023-04-03"), day("2023-06-30"), closed=days_off)
    opened, end = day("2023-04-22"), day("2023-04-30")
    assert days_extended(Extend(2, "days"), by, opened, end, None) == (day("2023-04-21"), day("2023-05-01"))
    # Its four days of rest belong to long holidays: four days later it is the 4th.
    assert extended(Extend(2, "days"), by, opened, end) == day("2023-05-04")


def test_a_window_is_extended_by_its_long_holiday() -> None:
    """Five days off from 29 April to 3 May: from Wednesday 10 May five working days on, over the closed days."""
    step = Extend(3, "working days")
    assert extended(step, MAY, day("2023-04-24"), day("2023-05-10")) == day("2023-05-19")
    assert extended(step, MAY, day("2023-05-08"), day("2023-05-18")) == day("2023-05-18")
    assert extended(Extend(3, "days"), MAY, day("2023-04-24"), day("2023-05-10")) == day("2023-05-15")
    assert extended(Extend(6, "days"), MAY, day("2023-04-24"), day("2023-05-10")) == day("2023-05-10")


def triggered(name: str, by: str) -> Obligation:
    """An obligation that another one fires."""
    return Obligation(name, Upon(OfObligation(by), DueList((Due(Course(TriggerDate())),))), Text.of(name))


def test_what_triggers_itself_has_no_order() -> None:
    """ValueError names it: reading refuses such rules, and values can be built without reading."""
    book = Rulebook("book", Text.of("book"), Roster(["a"]), (triggered("x", "y"), triggered("y", "x")))
    with pytest.raises(ValueError, match=r"^[xy] is triggered by itself$"):
        in_trigger_order(book)


def test_a_horizon_that_is_too_long_is_refused_in_years() -> None:
    """Fifty-one years: one more than may be asked for."""
    book = Rulebook("book", Text.of("book"), Roster(["a"]), ())
    with pytest.raises(LimitError, match="51 years") as caught:
        expand(book, span("2000-01-01", "2050-12-31"))
    assert caught.value.setting == "max_years"
    assert len(expand(book, span("2000-01-01", "2049-12-31"))) == 0
    assert len(expand(book, span("2000-01-01", "2050-12-31"), max_years=51)) == 0
