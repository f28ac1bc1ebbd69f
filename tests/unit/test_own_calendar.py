"""Calendars built on others: what is worked, what is called how, and how far it is known."""

import datetime as dt

import pytest

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.civil.yearly import Days, YearlySpan
from cyclekit.errors import CalendarError
from cyclekit.model.own_calendar import NamedDays, OwnCalendar, bases_first

FIRST, LAST = dt.date(2023, 4, 1).toordinal(), dt.date(2023, 6, 30).toordinal()


def on(day: int, month: int = 5, year: int = 2023) -> int:
    """A day of May 2023, or of another month."""
    return dt.date(year, month, day).toordinal()


def may(first: int, last: int | None = None) -> Span:
    """Days of May 2023."""
    return Span(dt.date(2023, 5, first), dt.date(2023, 5, last or first))


def every_may(first: int, last: int | None = None) -> YearlySpan:
    """Days of every May."""
    return YearlySpan((5, first), (5, last or first))


def named(*days: Days) -> tuple[NamedDays, ...]:
    """Entries of one name."""
    return tuple(NamedDays(each, "own") for each in days)


# Monday, 1 May 2023 to Wednesday the 3rd are holidays; Saturday the 6th is worked for them.
EAST = WorkingCalendar(
    "EAST",
    FIRST,
    LAST,
    closed={on(1): "Labour Day", on(2): "Day off", on(3): "Day off"},
    opened=[on(6)],
    known_from=on(1, 1),
    known_until=on(20),
    estimated=[on(2), on(3)],
    origin="data 7",
)
# Fridays and Saturdays rest; Sunday, 7 May and Monday the 29th are holidays.
WEST = WorkingCalendar(
    "WEST",
    FIRST,
    LAST,
    weekend=frozenset({4, 5}),
    closed={on(7): "Spring Day", on(29): "Memorial Day", on(1): "Labour Day"},
    known_from=on(1, 3),
    known_until=on(31),
    origin="data 8",
)


def office(own: OwnCalendar, *bases: WorkingCalendar) -> WorkingCalendar:
    """The calendar, compiled."""
    return own.compose("demo/office", bases or (EAST,), FIRST, LAST)


def rests(calendar: WorkingCalendar, *, until: int = 14) -> list[int]:
    """The days of May, up to one, that are not worked."""
    return [day for day in range(1, until + 1) if not calendar.is_working(on(day))]


def test_what_adds_nothing_is_its_base() -> None:
    """Each day is worked as there, the worked Saturday included."""
    calendar = office(OwnCalendar("office", ("EAST",)))
    assert [calendar.is_working(day) for day in range(FIRST, LAST + 1)] == [
        EAST.is_working(day) for day in range(FIRST, LAST + 1)
    ]
    assert rests(calendar) == [1, 2, 3, 7, 13, 14]
    assert calendar.id == "demo/office"


def test_any_and_all() -> None:
    """Closed when one of them is, or only when all of them are."""
    both = ("EAST", "WEST")
    assert rests(office(OwnCalendar("office", both), EAST, WEST)) == [1, 2, 3, 5, 6, 7, 12, 13, 14]
    # Labour Day, Sunday the 7th (a holiday in the west), Saturday the 13th.
    assert rests(office(OwnCalendar("office", both, needs_all=True), EAST, WEST)) == [1, 7, 13]


def test_a_weekend_that_is_written_stands_for_all_weekends() -> None:
    """The bases' own weekly rest and the weekend days they work are gone; their holidays stay."""
    saturday_sunday = OwnCalendar("office", ("EAST",), weekend=frozenset({5, 6}))
    assert rests(office(saturday_sunday)) == [1, 2, 3, 6, 7, 13, 14]
    friday = OwnCalendar("office", ("EAST",), weekend=frozenset({4}))
    assert rests(office(friday)) == [1, 2, 3, 5, 12]
    either = OwnCalendar("office", ("EAST", "WEST"), weekend=frozenset({6}))
    assert rests(office(either, EAST, WEST), until=31) == [1, 2, 3, 7, 14, 21, 28, 29]
    # Only Labour Day is a holiday in both.
    all_of = OwnCalendar("office", ("EAST", "WEST"), needs_all=True, weekend=frozenset({6}))
    assert rests(office(all_of, EAST, WEST), until=31) == [1, 7, 14, 21, 28]


def test_days_that_are_closed_and_open() -> None:
    """Days of one year and of every year; what is open is worked, be it a holiday or a weekend."""
    own = OwnCalendar(
        "office",
        ("EAST",),
        weekend=frozenset({5, 6}),
        closed=named(may(8, 9), every_may(11)),
        open=named(may(6), every_may(1)),
    )
    assert rests(office(own)) == [2, 3, 7, 8, 9, 11, 13, 14]


def test_an_entry_with_a_year_beats_one_of_every_year() -> None:
    """This year the founding day is worked, and a market Sunday is not held."""
    own = OwnCalendar(
        "office",
        ("EAST",),
        closed=(*named(every_may(10)), *named(may(14))),
        open=(*named(every_may(13, 14)), *named(may(10))),
    )
    assert rests(office(own)) == [1, 2, 3, 7, 14]


def test_suspended_days_are_not_worked_and_not_counted() -> None:
    """Two days after the 8th, with the 9th and 10th suspended, is the 12th."""
    own = OwnCalendar("office", ("EAST",), suspended=(every_may(9, 10),))
    calendar = office(own)
    assert rests(calendar) == [1, 2, 3, 7, 9, 10, 13, 14]
    assert calendar.suspends
    assert [day for day in range(FIRST, LAST + 1) if calendar.is_suspended(day)] == [on(9), on(10)]
    assert calendar.add_days(on(8), 2) == on(12)


def test_suspension_is_inherited() -> None:
    """From any base, or where all have to be closed from all; and a day that is opened counts again."""
    court = office(OwnCalendar("court", ("EAST",), suspended=(may(9, 11),)))
    other = office(OwnCalendar("other", ("EAST",), suspended=(may(11, 12),)))
    either = OwnCalendar("office", ("court", "other"), open=named(may(10)))
    assert list(office(either, court, other).suspended) == [on(9), on(11), on(12)]
    both = office(OwnCalendar("office", ("court", "other"), needs_all=True), court, other)
    assert list(both.suspended) == [on(11)]
    assert both.is_working(on(10))
    # A weekend of its own says nothing about suspended days.
    sundays = office(OwnCalendar("office", ("court",), weekend=frozenset({6})), court)
    assert rests(sundays) == [1, 2, 3, 7, 9, 10, 11, 14]


def test_names_are_those_of_holidays_and_own_closed_days() -> None:
    """Each name once, several joined as in the data; a plain weekend has none, and what is opened keeps its own."""
    own = OwnCalendar(
        "office", ("EAST", "WEST"), closed=(NamedDays(may(1), "Founding; Jubilee"),), open=named(every_may(7))
    )
    names = office(own, EAST, WEST).names
    assert names[on(1)] == "Labour Day; Founding; Jubilee"
    assert names[on(3)] == "Day off"
    assert names[on(7)] == "Spring Day"
    assert set(names) == {on(1), on(2), on(3), on(7), on(29)}


def test_a_name_is_found_in_whole_years() -> None:
    """The first day of its year, also where fewer days are compiled; in every language, and beside own closed days."""
    april = dt.date(2023, 4, 3).toordinal()
    base = WorkingCalendar("EAST", FIRST, LAST, closed={april: "Spring"}, named={"春": [april], "春节": [on(3)]})
    closed = (NamedDays(YearlySpan((3, 20), (3, 20)), "Spring; 春"), NamedDays(YearlySpan((6, 1), (6, 1)), "春节"))
    calendar = OwnCalendar("office", ("EAST",), closed=closed).compose("demo/office", (base,), on(10), LAST)
    assert {name: calendar.days_named(name) for name in ("Spring", "春", "春节", "Autumn")} == {
        "Spring": {2023: on(20, 3)},
        "春": {2023: on(20, 3)},
        "春节": {2023: on(3)},
        "Autumn": {},
    }


def test_it_is_known_where_all_its_bases_are() -> None:
    """From the latest beginning to the earliest end; days that it decides itself are not estimated."""
    own = OwnCalendar("office", ("EAST", "WEST"), closed=named(may(2)))
    calendar = office(own, EAST, WEST)
    assert (calendar.known_from, calendar.known_until) == (on(1, 3), on(20))
    assert calendar.estimated == {on(3)}
    weekdays = WorkingCalendar("weekdays", FIRST, LAST, origin="Monday to Friday")
    assert office(OwnCalendar("office", ("weekdays",)), weekdays).known_until is None
    wednesdays = OwnCalendar("office", ("EAST",), weekend=frozenset({2}))
    assert office(wednesdays).estimated == {on(2)}


def test_it_tells_the_data_that_stand_behind_it() -> None:
    """Each known calendar that it builds on in the end, with its data and version, once."""
    region = OwnCalendar("region", ("EAST", "WEST")).compose("demo/region", (EAST, WEST), FIRST, LAST)
    assert region.origin == "EAST: data 7; WEST: data 8"
    assert office(OwnCalendar("office", ("region", "EAST")), region, EAST).origin == region.origin


def test_without_any_working_day_it_is_refused() -> None:
    """CalendarError names it as it was asked for."""
    with pytest.raises(CalendarError) as caught:
        office(OwnCalendar("office", ("EAST",), weekend=frozenset(range(7))))
    assert caught.value.calendar == "demo/office"


def test_it_reaches_no_farther_than_its_bases() -> None:
    """CalendarError names the base that was compiled over too few days."""
    with pytest.raises(CalendarError) as caught:
        OwnCalendar("office", ("EAST",)).compose("demo/office", (EAST,), FIRST - 1, LAST)
    assert caught.value.calendar == "EAST"


def test_a_calendar_builds_on_something() -> None:
    """One without a base is no value."""
    with pytest.raises(ValueError, match="bases"):
        OwnCalendar("office", ())


def test_bases_come_first() -> None:
    """Each after those it builds on, as far as they are known; a loop is named."""
    bases = {"a": ["b", "CN", "c"], "b": ["c"], "c": ["US"], "d": ["d"]}
    assert bases_first(["a"], bases) == ["c", "b", "a"]
    with pytest.raises(CalendarError, match="d → d"):
        bases_first(["d"], bases)
