"""Anchors: from a period's days to the day that is meant."""

import datetime as dt

import pytest

from cyclekit.civil.labels import read_span
from cyclekit.engine.anchors import anchor_function, day_in_month
from cyclekit.errors import DateRangeError, MissingDayError
from cyclekit.model.pipeline import (
    Anchor,
    DateOfYear,
    DayOfMonth,
    MonthEnd,
    PeriodEnd,
    PeriodStart,
    WeekdayOfMonth,
    WeekdayOfWeek,
)

MON, WED, FRI, SUN = 0, 2, 4, 6

TABLE: list[tuple[Anchor, str, str | None]] = [
    (PeriodEnd(), "2023Q1", "2023-03-31"),
    (PeriodStart(), "2023Q1", "2023-01-01"),
    (DayOfMonth(20), "2023Q1", "2023-03-20"),
    (DayOfMonth(20, "first"), "2023Q1", "2023-01-20"),
    (DayOfMonth(20, "next"), "2023Q4", "2024-01-20"),
    (DayOfMonth(20, "previous"), "2023Q1", "2022-12-20"),
    (DayOfMonth(20, 1), "2023Q1", "2023-01-20"),
    (DayOfMonth(20, 2), "2023Q1", "2023-02-20"),
    (DayOfMonth(20, 5), "2023Q4", "2024-02-20"),
    (DayOfMonth(31), "2023-04", "2023-04-30"),
    (DayOfMonth(31, month_end=MonthEnd.NEXT), "2023-04", "2023-05-01"),
    (DayOfMonth(31, month_end=MonthEnd.SKIP), "2023-04", None),
    (DayOfMonth(31, month_end=MonthEnd.STICKY), "2023-04", "2023-04-30"),
    (DayOfMonth(30, month_end=MonthEnd.NEXT), "2023-02", "2023-03-01"),
    (DayOfMonth(29), "2023-02", "2023-02-28"),
    (DayOfMonth(29), "2024-02", "2024-02-29"),
    (DayOfMonth(-1), "2024-02", "2024-02-29"),
    (DayOfMonth(-2), "2023-02", "2023-02-27"),
    (DayOfMonth(-31), "2023-03", "2023-03-01"),
    (DayOfMonth(-31), "2023-04", None),
    (DayOfMonth(-29), "2023-02", None),
    # A period shorter than its month counts as the month in which it ends.
    (DayOfMonth(5), "2023-01-30..02-05", "2023-02-05"),
    (DayOfMonth(5, "first"), "2023-01-30..02-05", "2023-02-05"),
    (DayOfMonth(5, "next"), "2023-01-30..02-05", "2023-03-05"),
    (DayOfMonth(5, "previous"), "2023-01-30..02-05", "2023-01-05"),
    (DayOfMonth(5, 2), "2023-01-30..02-05", "2023-03-05"),
    (DayOfMonth(5, "first"), "2023-01-05..02-03", "2023-02-05"),
    (DayOfMonth(5, "first"), "2023-01-06..02-05", "2023-01-05"),
    (DayOfMonth(5, "first"), "2023-02-06..03-05", "2023-02-05"),
    (WeekdayOfMonth(WED, 1), "2023-03", "2023-03-01"),
    (WeekdayOfMonth(WED, 3), "2023-03", "2023-03-15"),
    (WeekdayOfMonth(WED, 5), "2023-03", "2023-03-29"),
    (WeekdayOfMonth(WED, 5), "2023-04", None),
    (WeekdayOfMonth(WED, -1), "2023-04", "2023-04-26"),
    (WeekdayOfMonth(SUN, -1), "2023-04", "2023-04-30"),
    (WeekdayOfMonth(MON, 1, "next"), "2023Q4", "2024-01-01"),
    (WeekdayOfMonth(FRI, -1, "first"), "2023H1", "2023-01-27"),
    (WeekdayOfWeek(MON), "2023-W25", "2023-06-19"),
    (WeekdayOfWeek(SUN), "2023-W25", "2023-06-25"),
    (WeekdayOfWeek(WED), "2023-W25..W26", "2023-06-28"),
    (WeekdayOfWeek(MON), "2023-06-21..27", "2023-06-26"),
    (WeekdayOfWeek(WED), "2023-06-21..27", "2023-06-21"),
    (DateOfYear(6, 20), "2023", "2023-06-20"),
    (DateOfYear(6, 20), "2022-07..2023-06", "2023-06-20"),
    (DateOfYear(1, 31, 1), "2023", "2024-01-31"),
    (DateOfYear(1, 31, -1), "2023", "2022-01-31"),
    (DateOfYear(2, 29), "2023", "2023-02-28"),
    (DateOfYear(2, 29, month_end=MonthEnd.NEXT), "2023", "2023-03-01"),
    (DateOfYear(2, 29, month_end=MonthEnd.SKIP), "2023", None),
    (DateOfYear(2, 29), "2024", "2024-02-29"),
]


@pytest.mark.parametrize(("anchor", "period", "expected"), TABLE, ids=str)
def test_an_anchor_names_a_day_of_a_period(anchor: Anchor, period: str, expected: str | None) -> None:
    """Each anchor gives its day, or none where the period has no such day."""
    span = read_span(period)
    found = anchor_function(anchor)(span.first.toordinal(), span.last.toordinal())
    assert (dt.date.fromordinal(found).isoformat() if found else None) == expected


def test_a_missing_day_is_an_error_where_it_was_asked_to_be() -> None:
    """`month_end: error` tells the day and the month."""
    with pytest.raises(MissingDayError) as caught:
        day_in_month(12 * 2023 + 1, 30, MonthEnd.ERROR)
    assert (caught.value.day, caught.value.month) == (30, "2023-02")


@pytest.mark.parametrize(
    ("anchor", "period"),
    [
        (DayOfMonth(20, "next"), "9999-12"),
        (DayOfMonth(20, "previous"), "0001-01"),
        (DayOfMonth(-1, "previous"), "0001-01"),
        (WeekdayOfMonth(MON, -1, "previous"), "0001-01"),
        (WeekdayOfMonth(MON, 1, "next"), "9999-12"),
        (DateOfYear(1, 1, 1), "9999"),
        (DateOfYear(1, 1, -1), "0001"),
        (DayOfMonth(31, "next"), "9999-12"),
    ],
    ids=str,
)
def test_beyond_the_calendar_there_is_no_day(anchor: Anchor, period: str) -> None:
    """Outside the years 1 to 9999 an anchor raises DateRangeError, and gives no day that is none."""
    span = read_span(period)
    with pytest.raises(DateRangeError):
        anchor_function(anchor)(span.first.toordinal(), span.last.toordinal())
