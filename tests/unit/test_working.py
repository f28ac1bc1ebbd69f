"""Working-day calendars as look-ups over a span of days."""

import datetime as dt

import pytest

from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import CalendarError


def ordinal(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


FIRST, LAST = ordinal("2023-05-01"), ordinal("2023-05-31")


@pytest.mark.parametrize("first", ["0001-01-01", "1970-01-01", "2023-05-03", "2024-02-29"])
def test_weekends_fall_on_their_days_wherever_a_calendar_begins(first: str) -> None:
    """The first day compiled may be any weekday."""
    calendar = WorkingCalendar("weekdays", ordinal(first), ordinal(first) + 20)
    for day in range(ordinal(first), ordinal(first) + 21):
        assert calendar.is_working(day) == (dt.date.fromordinal(day).weekday() < 5)


def test_a_day_that_is_opened_is_worked_whatever_else_it_is() -> None:
    """China's adjusted weekends, and a holiday that an office does not keep."""
    closed = {ordinal("2023-05-01"): "Labour Day", ordinal("2023-05-06"): "closed"}
    calendar = WorkingCalendar("x", FIRST, LAST, closed=closed, opened=[ordinal("2023-05-06"), ordinal("2023-05-07")])
    assert not calendar.is_working(ordinal("2023-05-01"))
    assert calendar.is_working(ordinal("2023-05-06"))
    assert calendar.is_working(ordinal("2023-05-07"))


def test_closed_and_opened_days_outside_the_span_do_no_harm() -> None:
    """A calendar's data may be of whole years while a few days are compiled."""
    calendar = WorkingCalendar("x", FIRST, LAST, closed={FIRST - 1: "before", LAST + 1: "after"}, opened=[FIRST - 2])
    assert calendar.is_working(FIRST)


@pytest.mark.parametrize("day", [FIRST - 1, LAST + 1, 0, -5, 10**7])
@pytest.mark.parametrize("ask", ["is_working", "following", "preceding"])
def test_outside_its_span_a_calendar_is_silent(ask: str, day: int) -> None:
    """CalendarError names the calendar, and the day where it is one."""
    with pytest.raises(CalendarError) as caught:
        getattr(WorkingCalendar("weekdays", FIRST, LAST), ask)(day)
    assert caught.value.calendar == "weekdays"
    assert caught.value.day == (dt.date.fromordinal(day) if 1 <= day <= dt.date.max.toordinal() else None)


def test_a_closure_at_the_edge_is_not_taken_for_its_end() -> None:
    """Where the days end before a working day comes, the answer is not the last day but CalendarError."""
    calendar = WorkingCalendar("weekdays", ordinal("2023-05-06"), ordinal("2023-05-14"))
    with pytest.raises(CalendarError):
        calendar.following(ordinal("2023-05-13"))
    with pytest.raises(CalendarError):
        calendar.preceding(ordinal("2023-05-07"))
    assert calendar.preceding(ordinal("2023-05-14")) == ordinal("2023-05-12")
    assert calendar.following(ordinal("2023-05-06")) == ordinal("2023-05-08")


def test_what_is_not_known_is_told() -> None:
    """Days after the data are provisional, days before them unknown, estimated days provisional in between."""
    calendar = WorkingCalendar(
        "x",
        FIRST,
        LAST,
        known_from=ordinal("2023-05-10"),
        known_until=ordinal("2023-05-20"),
        estimated=[ordinal("2023-05-15")],
    )
    assert not calendar.is_provisional(ordinal("2023-05-10"), ordinal("2023-05-14"))
    assert calendar.is_provisional(ordinal("2023-05-10"), ordinal("2023-05-15"))
    assert not calendar.is_provisional(ordinal("2023-05-16"), ordinal("2023-05-20"))
    assert calendar.is_provisional(ordinal("2023-05-20"), ordinal("2023-05-21"))
    assert calendar.is_unknown(ordinal("2023-05-09"))
    assert not calendar.is_unknown(ordinal("2023-05-10"))


def test_a_calendar_without_working_days_is_refused() -> None:
    """There would be nothing to move to."""
    with pytest.raises(CalendarError):
        WorkingCalendar("never", FIRST, LAST, weekend=frozenset(range(7)))


def test_the_longest_closure_counts_weekends_and_closed_days_together() -> None:
    """Saturday 29 April to Wednesday 3 May are five days."""
    closed = {ordinal("2023-05-01") + each: "Labour Day" for each in range(3)}
    assert WorkingCalendar("x", ordinal("2023-04-20"), LAST, closed=closed).longest_closure == 5
    assert WorkingCalendar("x", FIRST, LAST, weekend=frozenset()).longest_closure == 0


def test_the_longest_closure_counts_what_is_suspended_in_a_year() -> None:
    """Two recesses of ten days within a year are twenty days by which counting may be put off."""
    first = ordinal("2023-01-01")
    recesses = [first + 20 + each for each in range(10)] + [first + 200 + each for each in range(10)]
    calendar = WorkingCalendar("court", first, first + 1000, suspended=recesses)
    assert calendar.longest_closure == 20
