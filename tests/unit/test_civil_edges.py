"""Cycles, labels and calendars where the calendar begins and ends, and in years that look like others."""

import datetime as dt

import pytest

from cyclekit.civil.cycles import (
    HALF_MONTH,
    TEN_DAYS,
    Cycle,
    Days,
    Months,
    PartsOfMonth,
    Weeks,
    extent,
    longest_period,
)
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds

FIRST_DAY, LAST_DAY = 1, dt.date.max.toordinal()


def day(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def labels(cycle: Cycle, first: str, last: str) -> list[str]:
    """The labels of a cycle's periods between two days."""
    return [each.label for each in cycle.periods(day(first), day(last))]


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (Days(), ["0001-01-01", "0001-01-02", "0001-01-03"]),
        (Days(2, 2), ["0001-01-02..03"]),
        (Days(3, 3), ["0001-01-03..05"]),
        # The first day of all is a Monday.
        (Weeks(), ["0001-W01"]),
        (Weeks(1, 3), ["0001-01-03..09"]),
        (Months(1, "month"), ["0001-01"]),
        (Months(3, "quarter", 1, YearStart(2)), []),
        (Months(1, "month", 0, YearStart(1, 3)), ["FY0001-M01"]),
        (TEN_DAYS, ["0001-01-01..10"]),
    ],
)
def test_the_first_three_days_of_all(cycle: Cycle, expected: list[str]) -> None:
    """A period that would begin before 0001-01-01 is none."""
    assert labels(cycle, "0001-01-01", "0001-01-03") == expected


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (Days(), ["9999-12-29", "9999-12-30", "9999-12-31"]),
        (Days(2, day("9999-12-29")), ["9999-12-29..30"]),
        (Days(3, day("9999-12-29")), ["9999-12-29..31"]),
        # The last day of all is a Friday: its week from Monday is not whole, the one from Saturday is.
        (Weeks(), []),
        (Weeks(1, 6), ["9999-12-25..31"]),
        (Weeks(2, day("9999-12-18")), ["9999-12-18..31"]),
        (Months(1, "month"), ["9999-12"]),
        (Months(3, "quarter"), ["9999Q4"]),
        (Months(6, "half_year"), ["9999H2"]),
        (Months(12, "year"), ["9999"]),
        (Months(2, "months", 1), []),
        (Months(3, "quarter", 1, YearStart(2)), []),
        (Months(1, "month", 0, YearStart(1, 2)), []),
        (Months(1, "month", 0, YearStart(1, 30)), ["FY9999-M11"]),
        (HALF_MONTH, ["9999-12-16..31"]),
        (TEN_DAYS, ["9999-12-21..31"]),
    ],
)
def test_the_last_three_days_of_all(cycle: Cycle, expected: list[str]) -> None:
    """A period that would end after 9999-12-31 is none, and one that ends on that day is whole."""
    assert labels(cycle, "9999-12-29", "9999-12-31") == expected


def test_half_years_and_quarters_of_many_years() -> None:
    """Whatever year it is, January begins H1 and Q1, July H2 and Q3, April Q2 and October Q4."""
    years = range(2019, 2033)
    half_years, quarters = Months(6, "half_year"), Months(3, "quarter")
    assert labels(half_years, "2019-01-01", "2032-12-31") == [f"{year}H{n}" for year in years for n in (1, 2)]
    assert labels(quarters, "2019-01-01", "2032-12-31") == [f"{year}Q{n}" for year in years for n in (1, 2, 3, 4)]
    assert labels(half_years.in_year(YearStart(4)), "2022-04-01", "2024-03-31") == [
        "FY2022H1",
        "FY2022H2",
        "FY2023H1",
        "FY2023H2",
    ]


TERMS = ListOfPeriods(
    (
        Period(day("2023-02-13"), day("2023-06-30"), "spring"),
        Period(day("2023-09-01"), day("2024-01-19"), "autumn"),
        Period(day("2024-01-20"), day("2024-01-20"), "open day"),
    )
)


def test_a_list_of_periods_reaches_from_its_first_day_to_its_last() -> None:
    """Between its periods there is nothing, and outside nothing either; the longest gives how long one can be."""
    assert extent(TERMS) == Bounds(dt.date(2023, 2, 13), dt.date(2024, 1, 20))
    assert longest_period(TERMS) == 141  # 30 days of September, 31 + 30 + 31, and 19 of January
    assert labels(TERMS, "2023-07-01", "2023-08-31") == []
    assert labels(TERMS, "2023-06-30", "2023-09-01") == ["spring", "autumn"]
    assert labels(TERMS, "2024-01-19", "2024-12-31") == ["autumn", "open day"]
    assert labels(TERMS, "2024-01-20", "2024-01-20") == ["open day"]
    assert TERMS.named("autumn") == TERMS.entries[1]
    assert TERMS.named("winter") is None


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (Period(10, 20, "a"), Period(20, 30, "b")),
        (Period(10, 20, "a"), Period(5, 8, "b")),
        (Period(10, 20, "a"), Period(21, 30, "a")),
        (Period(20, 19, "a"),),
        (Period(0, 3, "a"),),
    ],
)
def test_a_list_that_is_no_cycle_is_refused(entries: tuple[Period, ...]) -> None:
    """ValueError for no period, for two that share a day, a label or are out of order, and for one without days."""
    with pytest.raises(ValueError, match="period"):
        ListOfPeriods(entries)


@pytest.mark.parametrize(
    ("cycle", "days"),
    [(Days(10), 10), (Weeks(2), 14), (Months(1, "month"), 31), (Months(3, "quarter"), 93), (HALF_MONTH, 31)],
)
def test_no_period_is_longer(cycle: Cycle, days: int) -> None:
    """What is taken for the longest is not less than any period, and endless cycles have no extent."""
    assert longest_period(cycle) == days
    assert extent(cycle) == Bounds()
    assert all(each.last - each.first < days for each in cycle.periods(day("2023-01-01"), day("2024-12-31")))


def test_parts_of_a_month_are_cut_by_the_days_asked_for() -> None:
    """A part that only touches the days counts, and the months around them do not."""
    assert labels(HALF_MONTH, "2023-02-15", "2023-02-16") == ["2023-02-01..15", "2023-02-16..28"]
    assert labels(HALF_MONTH, "2023-02-16", "2023-02-28") == ["2023-02-16..28"]
    assert labels(TEN_DAYS, "2024-02-29", "2024-03-01") == ["2024-02-21..29", "2024-03-01..10"]
    assert labels(PartsOfMonth((1,)), "2023-12-31", "2024-01-01") == ["2023-12-01..31", "2024-01-01..31"]
