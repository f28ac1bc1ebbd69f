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


# ---------------------------------------------------------------------------------- counting and adding

#: April to June 2023 as the State Council arranged them: three holidays, three worked weekend days.
SPRING = WorkingCalendar(
    "spring",
    ordinal("2023-04-01"),
    ordinal("2023-06-30"),
    closed={
        **dict.fromkeys(range(ordinal("2023-04-05"), ordinal("2023-04-06")), "Tomb-Sweeping Day"),
        **dict.fromkeys(range(ordinal("2023-04-29"), ordinal("2023-05-04")), "Labour Day"),
        **dict.fromkeys(range(ordinal("2023-06-22"), ordinal("2023-06-25")), "Dragon Boat Festival"),
    },
    opened=[ordinal("2023-04-23"), ordinal("2023-05-06"), ordinal("2023-06-25")],
)


def day(found: int | None) -> str | None:
    """An ordinal in its ISO spelling."""
    return None if found is None else dt.date.fromordinal(found).isoformat()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2023-04-01", "2023-04-30", 20),
        ("2023-05-01", "2023-05-31", 21),
        ("2023-06-01", "2023-06-30", 21),
        ("2023-04-01", "2023-06-30", 62),
        ("2023-04-29", "2023-05-03", 0),
        ("2023-04-28", "2023-05-04", 2),
        ("2023-05-06", "2023-05-07", 1),
        ("2023-05-05", "2023-05-05", 1),
        ("2023-05-07", "2023-05-07", 0),
        # Nothing lies between a day and one before it, wherever they are.
        ("2023-05-31", "2023-05-01", 0),
        ("2024-05-31", "2022-05-01", 0),
    ],
)
def test_working_days_are_counted_with_both_ends(first: str, last: str, expected: int) -> None:
    """Holidays are left out, and worked weekends are not."""
    assert SPRING.count(ordinal(first), ordinal(last)) == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2023-04-28", 1, "2023-05-04"),
        ("2023-04-28", 3, "2023-05-06"),
        ("2023-04-28", 4, "2023-05-08"),
        ("2023-04-28", -1, "2023-04-27"),
        # From a day that is not worked the first one counted is the next that is.
        ("2023-04-30", 1, "2023-05-04"),
        ("2023-04-30", -1, "2023-04-28"),
        ("2023-05-03", -1, "2023-04-28"),
        ("2023-05-07", 1, "2023-05-08"),
        ("2023-05-07", -1, "2023-05-06"),
        ("2023-05-08", -3, "2023-05-04"),
        ("2023-05-08", -4, "2023-04-28"),
        ("2023-04-21", 1, "2023-04-23"),
        ("2023-04-24", -2, "2023-04-21"),
        ("2023-06-21", 2, "2023-06-26"),
        ("2023-05-01", 21, "2023-05-31"),
        ("2023-05-01", 22, "2023-06-01"),
        ("2023-04-30", -20, "2023-04-03"),
        ("2023-04-01", 62, "2023-06-30"),
        ("2023-06-30", -61, "2023-04-03"),
    ],
)
def test_working_days_are_added_strictly_after_or_before(start: str, count: int, expected: str) -> None:
    """The starting day is never counted, worked or not."""
    assert day(SPRING.add(ordinal(start), count)) == expected


@pytest.mark.parametrize(
    ("start", "count", "missing"),
    [
        ("2023-06-30", 1, "2023-07-01"),
        ("2023-04-01", 63, "2023-07-01"),
        ("2023-04-03", -1, "2023-03-31"),
        ("2023-03-31", 1, "2023-03-31"),
        ("2023-07-01", -1, "2023-07-01"),
    ],
)
def test_adding_never_runs_out_of_days_in_silence(start: str, count: int, missing: str) -> None:
    """Where the calendar ends first, CalendarError names the first day that is missing."""
    with pytest.raises(CalendarError) as caught:
        SPRING.add(ordinal(start), count)
    assert caught.value.day == dt.date.fromisoformat(missing)


@pytest.mark.parametrize(
    ("first", "last", "number", "expected"),
    [
        ("2023-05-01", "2023-05-31", 1, "2023-05-04"),
        ("2023-05-01", "2023-05-31", 3, "2023-05-06"),
        ("2023-05-01", "2023-05-31", 4, "2023-05-08"),
        ("2023-05-01", "2023-05-31", 21, "2023-05-31"),
        ("2023-05-01", "2023-05-31", 22, None),
        ("2023-05-01", "2023-05-31", -1, "2023-05-31"),
        ("2023-05-01", "2023-05-31", -21, "2023-05-04"),
        ("2023-05-01", "2023-05-31", -22, None),
        ("2023-04-01", "2023-04-30", 15, "2023-04-23"),
        ("2023-04-01", "2023-04-30", -1, "2023-04-28"),
        ("2023-04-01", "2023-04-30", -6, "2023-04-23"),
        ("2023-06-01", "2023-06-30", -6, "2023-06-25"),
        ("2023-04-28", "2023-04-28", 1, "2023-04-28"),
        ("2023-04-28", "2023-04-28", -1, "2023-04-28"),
        ("2023-04-29", "2023-05-03", 1, None),
        ("2023-04-29", "2023-05-03", -1, None),
        ("2023-05-31", "2023-05-01", 1, None),
    ],
)
def test_the_nth_working_day_is_counted_from_either_end(
    first: str, last: str, number: int, expected: str | None
) -> None:
    """A span that has fewer has none of that number."""
    assert day(SPRING.nth(ordinal(first), ordinal(last), number)) == expected


def test_counting_beyond_what_is_compiled_is_refused() -> None:
    """CalendarError names the first of the two days that lies outside."""
    for ask in (SPRING.count, lambda first, last: SPRING.nth(first, last, 1)):
        for first, last, missing in (
            ("2023-03-31", "2023-04-30", "2023-03-31"),
            ("2023-06-01", "2023-07-01", "2023-07-01"),
            ("2023-03-01", "2023-07-31", "2023-03-01"),
        ):
            with pytest.raises(CalendarError) as caught:
                ask(ordinal(first), ordinal(last))
            assert caught.value.day == dt.date.fromisoformat(missing)


def test_there_is_no_0th_working_day() -> None:
    """Neither to move to nor to count to: whoever means the day itself has to say how it is adjusted."""
    with pytest.raises(ValueError, match="0th"):
        SPRING.add(ordinal("2023-05-05"), 0)
    with pytest.raises(ValueError, match="0th"):
        SPRING.nth(ordinal("2023-05-01"), ordinal("2023-05-31"), 0)


def ordinals(*texts: str) -> list[int]:
    """Days by their ISO spellings."""
    return list(map(ordinal, texts))


def test_many_days_are_adjusted_at_once() -> None:
    """As each of them alone."""
    days = ordinals("2023-04-01", "2023-04-28", "2023-04-29", "2023-05-06", "2023-05-07", "2023-06-24")
    assert [day(each) for each in SPRING.each_following(days) or ()] == [
        *("2023-04-03", "2023-04-28", "2023-05-04", "2023-05-06", "2023-05-08", "2023-06-25")
    ]
    assert [day(each) for each in SPRING.each_preceding(days[1:]) or ()] == [
        *("2023-04-28", "2023-04-28", "2023-05-06", "2023-05-06", "2023-06-21")
    ]


def test_where_one_of_many_days_cannot_be_adjusted_none_is() -> None:
    """Saturday 1 April has no working day before it in the calendar, and the days outside are not known."""
    assert SPRING.each_preceding(ordinals("2023-04-01", "2023-04-28")) is None
    assert SPRING.each_preceding(ordinals("2023-04-28", "2023-07-01")) is None
    assert SPRING.each_following(ordinals("2023-03-31", "2023-04-28")) is None
    assert SPRING.each_following(ordinals("2023-04-28", "2023-07-01")) is None
    short = WorkingCalendar("short", ordinal("2023-05-01"), ordinal("2023-05-07"))
    assert short.each_following(ordinals("2023-05-05")) == ordinals("2023-05-05")
    assert short.each_following(ordinals("2023-05-05", "2023-05-06")) is None


def test_the_nth_working_day_of_many_spans_is_found_at_once() -> None:
    """As of each of them alone; None where one has fewer, or lies outside."""
    firsts, lasts = ordinals("2023-04-01", "2023-05-01"), ordinals("2023-04-30", "2023-05-31")
    assert SPRING.each_nth(firsts, lasts, 15) == ordinals("2023-04-23", "2023-05-23")
    assert SPRING.each_nth(firsts, lasts, -6) == ordinals("2023-04-23", "2023-05-24")
    assert SPRING.each_nth(firsts, lasts, 20) == ordinals("2023-04-28", "2023-05-30")
    assert [SPRING.each_nth(firsts, lasts, number) for number in (21, -21)] == [None, None]
    # Before the first of its days and after the last there are none to be counted.
    for number in (-64, -63, 63, 64):
        assert SPRING.each_nth(ordinals("2023-04-01"), ordinals("2023-06-30"), number) is None
    assert SPRING.each_nth(ordinals("2023-04-01"), ordinals("2023-06-30"), 62) == ordinals("2023-06-30")
    assert SPRING.each_nth(ordinals("2023-03-31"), ordinals("2023-04-30"), 1) is None
    assert SPRING.each_nth(ordinals("2023-06-01"), ordinals("2023-07-01"), 1) is None
    with pytest.raises(ValueError, match="0th"):
        SPRING.each_nth(firsts, lasts, 0)


# ---------------------------------------------------------------------------------------- suspended days

#: A court's winter recess, 21 December to 7 January, of which a Saturday is opened in vain.
COURT = WorkingCalendar(
    "court",
    ordinal("2022-12-01"),
    ordinal("2023-03-31"),
    opened=[ordinal("2023-01-07")],
    suspended=range(ordinal("2022-12-21"), ordinal("2023-01-08")),
)


def test_suspended_days_are_not_worked_either() -> None:
    """They are closed to every question, even where they were opened."""
    assert day(COURT.following(ordinal("2022-12-21"))) == "2023-01-09"
    assert day(COURT.preceding(ordinal("2023-01-07"))) == "2022-12-20"
    assert day(COURT.add(ordinal("2022-12-20"), 1)) == "2023-01-09"
    assert day(COURT.add(ordinal("2023-01-09"), -1)) == "2022-12-20"
    assert COURT.count(ordinal("2022-12-01"), ordinal("2023-01-31")) == 31
    assert not COURT.is_working(ordinal("2023-01-07"))


def test_a_suspended_day_is_known_as_one() -> None:
    """A Sunday after the recess is not worked, and counted all the same."""
    asked = ("2022-12-20", "2022-12-21", "2023-01-01", "2023-01-07", "2023-01-08")
    assert [COURT.is_suspended(ordinal(each)) for each in asked] == [False, True, True, True, False]
    assert COURT.suspends
    assert not SPRING.suspends


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2022-12-01", 5, "2022-12-06"),
        ("2022-12-19", 1, "2022-12-20"),
        ("2022-12-20", 1, "2023-01-08"),
        ("2022-12-20", 2, "2023-01-09"),
        ("2022-12-15", 10, "2023-01-12"),
        ("2022-12-25", 1, "2023-01-08"),
        ("2022-12-25", -1, "2022-12-20"),
        ("2023-01-08", -1, "2022-12-20"),
        ("2023-01-10", -2, "2023-01-08"),
        ("2023-01-10", -3, "2022-12-20"),
        ("2023-01-10", -22, "2022-12-01"),
        ("2023-01-08", 60, "2023-03-09"),
        ("2022-12-15", 0, "2022-12-15"),
        ("2022-12-25", 0, "2022-12-25"),
    ],
)
def test_days_are_added_without_the_suspended_ones(start: str, count: int, expected: str) -> None:
    """Days of the recess are passed over, forward and back; weekends count."""
    assert day(COURT.add_days(ordinal(start), count)) == expected


def test_one_suspension_may_push_into_the_next() -> None:
    """Of the 9th, the 21st and the 31st day, two lie before the second recess and one behind it."""
    court = WorkingCalendar("court", 1, 100, suspended=[*range(10, 21), *range(22, 31)])
    assert [court.add_days(8, count) for count in (1, 2, 3)] == [9, 21, 31]
    assert [court.add_days(32, -count) for count in (1, 2, 3)] == [31, 21, 9]


def test_where_nothing_is_suspended_days_are_days() -> None:
    """No calendar has to reach as far as that."""
    assert SPRING.add_days(ordinal("2023-06-30"), 400) == ordinal("2023-06-30") + 400
    assert SPRING.add_days(ordinal("2023-04-01"), -400) == ordinal("2023-04-01") - 400


@pytest.mark.parametrize(("start", "count"), [("2023-03-31", 1), ("2022-12-01", -1), ("2022-11-30", 5)])
def test_suspensions_beyond_what_is_compiled_are_not_guessed(start: str, count: int) -> None:
    """Whether days out there are suspended is not known, so CalendarError is raised."""
    with pytest.raises(CalendarError):
        COURT.add_days(ordinal(start), count)


def test_the_longest_closure_counts_what_is_suspended_in_a_year() -> None:
    """Two recesses of ten days within a year are twenty days by which counting may be put off."""
    first = ordinal("2023-01-01")
    recesses = [first + 20 + each for each in range(10)] + [first + 200 + each for each in range(10)]
    calendar = WorkingCalendar("court", first, first + 1000, suspended=recesses)
    assert calendar.longest_closure == 20
