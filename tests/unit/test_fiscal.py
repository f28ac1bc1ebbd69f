"""Years that begin on another day than 1 January."""

import pytest

from cyclekit.civil.fiscal import YearStart


@pytest.mark.parametrize(
    ("year", "month", "named"),
    [
        (YearStart(), "2023-01", 2023),
        (YearStart(), "2023-12", 2023),
        (YearStart(4, 1), "2023-04", 2023),
        (YearStart(4, 1), "2024-03", 2023),
        (YearStart(4, 1, named_last=True), "2023-04", 2024),
        (YearStart(4, 1, named_last=True), "2024-03", 2024),
        (YearStart(10, 1, named_last=True), "2022-10", 2023),
        (YearStart(1, 6), "2023-01", 2023),
        (YearStart(1, 6), "2023-12", 2023),
        (YearStart(1, 6, named_last=True), "2023-01", 2024),
        (YearStart(1, 1, named_last=True), "2023-01", 2023),
    ],
)
def test_a_month_belongs_to_a_named_year(year: YearStart, month: str, named: int) -> None:
    """The name is the calendar year in which it begins, or in which it ends; the calendar year has one name."""
    number = 12 * int(month[:4]) + int(month[5:]) - 1
    assert year.year_of(number) == named
    start = year.start_month(named)
    assert start <= number < start + 12


@pytest.mark.parametrize(
    ("year", "start", "months", "span"),
    [
        (YearStart(4, 6), "2023-04", 12, "2023-04-06..2024-04-05"),
        (YearStart(4, 6), "2023-07", 1, "2023-07-06..2023-08-05"),
        (YearStart(12, 31), "2023-12", 2, "2023-12-31..2024-02-28"),
        (YearStart(2, 15), "2024-02", 3, "2024-02-15..2024-05-14"),
    ],
)
def test_fiscal_months_run_from_day_to_day(year: YearStart, start: str, months: int, span: str) -> None:
    """A fiscal month ends on the day before the next begins, and where a month is too short it begins on its last."""
    assert str(year.span(12 * int(start[:4]) + int(start[5:]) - 1, months)) == span
