"""Months as one number."""

import datetime as dt

import pytest

from cyclekit.civil.months import FIRST_MONTH, LAST_MONTH, clamped, first_day, last_day, length, month_of
from cyclekit.errors import DateRangeError


def test_a_month_is_found_from_each_of_its_days() -> None:
    """Over some years, leap years among them, month, first and last day agree with the calendar."""
    day = dt.date(1999, 1, 1)
    while day.year < 2005:
        month = month_of(day.toordinal())
        assert dt.date.fromordinal(first_day(month)) == day.replace(day=1)
        assert first_day(month + 1) == last_day(month) + 1
        assert last_day(month) - first_day(month) + 1 == length(month)
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(("year", "days"), [(2023, 28), (2024, 29), (1900, 28), (2000, 29)])
def test_february_has_its_length(year: int, days: int) -> None:
    """Centuries are leap years every four hundred years only."""
    assert length(12 * year + 1) == days
    assert clamped(12 * year + 1, 31) == dt.date(year, 2, days).toordinal()


def test_adding_months_is_adding() -> None:
    """The month after December is January of the next year."""
    assert dt.date.fromordinal(first_day(12 * 2023 + 11 + 1)) == dt.date(2024, 1, 1)


@pytest.mark.parametrize("month", [FIRST_MONTH - 1, LAST_MONTH + 1])
@pytest.mark.parametrize("ask", [first_day, last_day, length])
def test_beyond_the_years_1_to_9999_nothing_is_found(month: int, ask: object) -> None:
    """DateRangeError says which month was meant."""
    with pytest.raises(DateRangeError, match="year"):
        ask(month)  # type: ignore[operator]


def test_the_first_and_the_last_month_are_found() -> None:
    """January of the year 1 and December 9999 lie within."""
    assert first_day(FIRST_MONTH) == 1
    assert last_day(LAST_MONTH) == dt.date.max.toordinal()
