"""Cycles, labels and calendars where the calendar begins and ends, and in years that look like others."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention, adjust
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
from cyclekit.civil.months import FIRST_MONTH, LAST_MONTH, first_days, last_day
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds, Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import DateRangeError, HorizonError

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


def test_months_of_a_year_that_begins_on_a_second() -> None:
    """They are numbered, as no calendar month names them."""
    months = Months(1, "month", 0, YearStart(1, 2))
    assert labels(months, "2023-02-02", "2023-04-01") == ["FY2023-M02", "FY2023-M03"]


def test_of_two_equally_near_days_the_later_one_counts() -> None:
    """Wednesday 17 May 2023 is closed: Thursday is as near as Tuesday."""
    calendar = WorkingCalendar("may", day("2023-05-01"), day("2023-05-31"), closed={day("2023-05-17"): "Fair"})
    assert adjust(day("2023-05-17"), Convention.NEAREST, calendar) == day("2023-05-18")
    # Of a weekend, Saturday is nearer to Friday and Sunday to Monday.
    assert adjust(day("2023-05-20"), Convention.NEAREST, calendar) == day("2023-05-19")
    assert adjust(day("2023-05-21"), Convention.NEAREST, calendar) == day("2023-05-22")


def test_the_first_days_of_many_months() -> None:
    """All at once as one by one: over leap years and centuries, and to both ends of the calendar."""
    for first, count in ((12 * 2023, 1), (12 * 2023 + 1, 2), (12 * 1899 + 7, 30), (12 * 1999 + 11, 27), (12, 5)):
        expected = [dt.date(month // 12, month % 12 + 1, 1).toordinal() for month in range(first, first + count)]
        assert first_days(first, first + count - 1) == expected
    assert first_days(LAST_MONTH, LAST_MONTH) == [day("9999-12-01")]
    assert first_days(FIRST_MONTH, FIRST_MONTH + 1) == [1, 32]
    for first, last in ((FIRST_MONTH - 1, FIRST_MONTH), (LAST_MONTH, LAST_MONTH + 1), (30, 29)):
        with pytest.raises(DateRangeError, match=f"the months from {first} to {last} "):
            first_days(first, last)
    assert last_day(FIRST_MONTH) == 31
    assert last_day(LAST_MONTH) == LAST_DAY


@pytest.mark.parametrize(
    ("cycle", "months", "expected"),
    [
        (Months(1, "month"), range(24_286, 24_289), ["2023-11", "2023-12", "2024-01"]),
        (Months(3, "quarter"), range(24_279, 24_294, 3), ["2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2"]),
        (Months(6, "half_year"), range(24_276, 24_289, 6), ["2023H1", "2023H2", "2024H1"]),
        (Months(12, "year"), range(24_276, 24_289, 12), ["2023", "2024"]),
        (Months(12, "year"), range(144, 145, 12), ["0012"]),
        (Months(2, "months"), range(24_276, 24_279, 2), ["2023-01..02", "2023-03..04"]),
        (Months(3, "quarter", 1), range(24_277, 24_281, 3), ["2023Q1", "2023Q2"]),
        (Months(3, "quarter", 0, YearStart(4)), range(24_279, 24_283, 3), ["FY2023Q1", "FY2023Q2"]),
        (Months(3, "quarter"), range(24_279, 24_279, 3), []),
    ],
)
def test_labels_of_many_months(cycle: Months, months: range, expected: list[str]) -> None:
    """All at once: 12 × 2023 is January 2023, month 24,276."""
    assert cycle.labels(months) == expected


def test_a_week_that_ends_a_day_too_late() -> None:
    """From Sunday to Saturday: the last day of all is a Friday."""
    assert labels(Weeks(1, 7), "9999-12-20", "9999-12-31") == ["9999-12-19..25"]


def test_a_year_that_is_named_by_its_last_stays_so() -> None:
    """Where another year begins, what it is called by is kept."""
    quarters = Months(3, "quarter", 0, YearStart(10, 1, named_last=True))
    assert labels(quarters.in_year(YearStart(4)), "2023-04-01", "2023-06-30") == ["FY2024Q1"]
    assert labels(Months(3, "quarter").in_year(YearStart(4)), "2023-04-01", "2023-06-30") == ["FY2023Q1"]


def test_why_a_list_is_no_cycle() -> None:
    """In words: what is empty or has a label twice, and which period lies where it should not."""
    with pytest.raises(ValueError, match=r"^no periods, or two with one label$"):
        ListOfPeriods(())
    with pytest.raises(ValueError, match=r"^the period b does not lie behind the one before it$"):
        ListOfPeriods((Period(10, 20, "a"), Period(20, 30, "b")))


def test_a_span_that_ends_before_it_begins_is_none() -> None:
    """HorizonError names its days, and says why."""
    with pytest.raises(HorizonError, match=r"^'2023-05-02\.\.2023-05-01' is no horizon: it ends before it begins$"):
        Span(dt.date(2023, 5, 2), dt.date(2023, 5, 1))
    assert Span(dt.date(2023, 5, 2), dt.date(2023, 5, 2)).days == 1
