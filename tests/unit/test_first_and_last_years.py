"""Days, spans and periods at the ends of the calendar, and how they are spelled where that is rare."""

import datetime as dt

import pytest

from cyclekit.civil.cycles import Cycle, Days, Months, Weeks
from cyclekit.civil.labels import label_of, read_span
from cyclekit.civil.months import first_days
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import DateRangeError, HorizonError


def day(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def begins(cycle: Cycle, first: str, last: str) -> list[str]:
    """The first days of the periods that overlap these two."""
    return [dt.date.fromordinal(each.first).isoformat() for each in cycle.periods(day(first), day(last))]


#: Day 1 is Monday, 0001-01-01, and the last one Friday, 9999-12-31.
WHOLE: dict[str, tuple[Cycle, str, str, list[str]]] = {
    "ten days that began in the year 0": (
        Days(10, day("0001-01-05")),
        "0001-01-01",
        "0001-01-20",
        ["0001-01-05", "0001-01-15"],
    ),
    "ten days that end in the year 10000": (
        Days(10, day("9999-12-05")),
        "9999-12-15",
        "9999-12-31",
        ["9999-12-15"],
    ),
    "a week from Wednesday that began in the year 0": (
        Weeks(1, day("0001-01-03")),
        "0001-01-01",
        "0001-01-10",
        ["0001-01-03", "0001-01-10"],
    ),
    "a week that ends in the year 10000": (Weeks(), "9999-12-20", "9999-12-31", ["9999-12-20"]),
    "five months that began in the year 0": (
        Months(5, "months", (12 * 1 + 2) % 5),
        "0001-01-01",
        "0001-03-01",
        ["0001-03-01"],
    ),
    "five months that would end in the year 10000": (
        Months(5, "months", (12 * 9999 + 10) % 5),
        "9999-10-01",
        "9999-10-31",
        ["9999-06-01"],
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_periods_lie_whole_in_the_years_1_to_9999(case: str) -> None:
    """A period that would begin before the first day, or end after the last, is none."""
    cycle, first, last, expected = WHOLE[case]
    assert begins(cycle, first, last) == expected


def test_a_rule_stops_where_the_calendar_does() -> None:
    """Every second Saturday, up to the day from which the next one lies 400 years before the end of the calendar."""
    rule = Recurrence("weekly", day("1999-12-18"), 2, weekdays=((0, 5),))
    assert begins(rule, "1999-12-12", "1999-12-24") == ["1999-12-18"]
    assert begins(Recurrence("weekly", day("9999-12-18"), 2, weekdays=((0, 5),)), "9999-12-12", "9999-12-31") == [
        "9999-12-18"
    ]


@pytest.mark.parametrize("months", [(11, 30), (12 * 9999, 12 * 9999 + 12), (30, 29)])
def test_months_outside_the_calendar_have_no_first_days(months: tuple[int, int]) -> None:
    """Months of the year 0 or 10000, or that end before they begin, are refused, and the error names them."""
    with pytest.raises(DateRangeError, match=f"the months from {months[0]} to {months[1]}"):
        first_days(*months)


SPELLED = {
    "2023-01-01..2023-06-30": "2023H1",
    "2023-07-01..2023-12-31": "2023H2",
    "2023-02-01..2023-07-31": "2023-02..07",
    "2023-01-01..2024-12-31": "2023..2024",
    "2023-04-01..2025-03-31": "2023-04..2025-03",
    "2023-06-19..2023-07-02": "2023-W25..W26",
    "2023-12-25..2023-12-31": "2023-W52",
    "2023-06-20..2023-07-03": "2023-06-20..07-03",
    "2023-06-19..2023-07-01": "2023-06-19..07-01",
}


@pytest.mark.parametrize("days", SPELLED)
def test_a_span_is_spelled_as_short_as_it_can_be(days: str) -> None:
    """Half-years, whole years and whole weeks by their numbers, and everything else by months or days."""
    first, last = map(dt.date.fromisoformat, days.split(".."))
    assert label_of(Span(first, last)) == SPELLED[days]
    assert read_span(SPELLED[days]) == Span(first, last)


def test_a_span_does_not_end_before_it_begins() -> None:
    """Such a span is refused, with both of its ends."""
    with pytest.raises(HorizonError, match=r"2023-05-02\.\.2023-05-01.*it ends before it begins"):
        Span(dt.date(2023, 5, 2), dt.date(2023, 5, 1))


def test_spans_overlap_where_they_share_a_day() -> None:
    """One shared day is enough, at either end; days that merely follow one another are not."""
    may = read_span("2023-05")
    assert may.overlaps(read_span("2023-04-20..2023-05-01"))
    assert may.overlaps(read_span("2023-05-31..2023-06-10"))
    assert not may.overlaps(read_span("2023-04"))
    assert not may.overlaps(read_span("2023-06"))


def test_a_calendar_shows_for_which_days_it_was_compiled() -> None:
    """In an error or a debugger it is seen which calendar it is, and how far it reaches."""
    calendar = WorkingCalendar("court", day("2023-01-01"), day("2023-12-31"))
    assert repr(calendar) == "WorkingCalendar('court', 2023-01-01..2023-12-31)"
