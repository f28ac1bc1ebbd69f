"""Labels: the shortest spelling of a span, bounds that are open, and which part of a text is refused."""

import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import label_of, read_bounds, read_month_day, read_span
from cyclekit.errors import LabelError

APRIL = YearStart(4)
SIXTH_OF_APRIL = YearStart(4, 6)
OCTOBER = YearStart(10, 1, named_last=True)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("2023-01-01..2023-12-31", "2023"),
        ("2023-02-01..2024-01-31", "2023-02..2024-01"),
        ("2023-01-01..2024-01-31", "2023-01..2024-01"),
        ("2023-01-01..2024-12-31", "2023..2024"),
        ("2023-07-01..2025-06-30", "2023-07..2025-06"),
        ("2023-01-01..2023-06-30", "2023H1"),
        ("2023-07-01..2023-12-31", "2023H2"),
        ("2023-02-01..2023-07-31", "2023-02..07"),
        ("2023-01-01..2023-03-31", "2023Q1"),
        ("2023-04-01..2023-06-30", "2023Q2"),
        ("2023-10-01..2023-12-31", "2023Q4"),
        ("2023-02-01..2023-04-30", "2023-02..04"),
        ("2023-12-01..2023-12-31", "2023-12"),
        ("2024-02-01..2024-02-29", "2024-02"),
        ("2024-02-01..2024-02-28", "2024-02-01..28"),
        ("2023-02-02..2023-02-28", "2023-02-02..28"),
        # 19 June 2023 was a Monday, of week 25.
        ("2023-06-19..2023-06-25", "2023-W25"),
        ("2023-06-19..2023-07-02", "2023-W25..W26"),
        ("2023-06-20..2023-06-25", "2023-06-20..25"),
        ("2023-06-19..2023-06-24", "2023-06-19..24"),
        # 1 January 2024 was a Monday, and so was 25 December 2023, of week 52.
        ("2023-12-25..2024-01-07", "2023-W52..2024-W01"),
        ("2023-05-15..2023-05-15", "2023-05-15"),
        ("2023-05-30..2023-06-02", "2023-05-30..06-02"),
        ("2023-12-31..2024-01-02", "2023-12-31..2024-01-02"),
        ("0001-01-01..0001-12-31", "0001"),
        ("0012-01-01..0012-06-30", "0012H1"),
        ("0012-01-01..0012-03-31", "0012Q1"),
        ("0012-01-01..0013-12-31", "0012..0013"),
    ],
)
def test_the_shortest_label_of_a_span(text: str, shortest: str) -> None:
    """Whole years, half-years, quarters, months and weeks have names; what is read back is the same span."""
    assert label_of(read_span(text)) == shortest
    assert read_span(shortest) == read_span(text)


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("2023-06..", APRIL, "2023-06-01", "None"),
        ("..2023-06", APRIL, "None", "2023-06-30"),
        ("FY2023..", APRIL, "2023-04-01", "None"),
        ("..FY2023", APRIL, "None", "2024-03-31"),
        ("FY2023", APRIL, "2023-04-01", "2024-03-31"),
        ("FY2023Q2..Q3", APRIL, "2023-07-01", "2023-12-31"),
        ("FY2023H1..H2", OCTOBER, "2022-10-01", "2023-09-30"),
        ("FY2023-M11..M12", SIXTH_OF_APRIL, "2024-02-06", "2024-04-05"),
        ("2023-05-30..06-02", APRIL, "2023-05-30", "2023-06-02"),
    ],
)
def test_bounds_by_the_year_in_force(text: str, year: YearStart, first: str, last: str) -> None:
    """An end that is left out is open, and fiscal names follow the year that is in force."""
    bounds = read_bounds(text, year)
    assert (str(bounds.first), str(bounds.last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "refused", "reason"),
    [
        ("2023..2024..2025", "2024..2025", "form"),
        ("2023-05-01..2023-02-30", "2023-02-30", "day"),
        ("2023-05-01..02-30", "2023-02-30", "day"),
        ("2023-05-01..40", "2023-05-40", "day"),
        ("2023Q1..Q5", "2023Q5", "quarter"),
        ("2023H1..H3", "2023H3", "half"),
        ("2023-W01..W60", "2023-W60", "week"),
        ("2023-05..2023-13", "2023-13", "month"),
        ("2024..2023", "2024..2023", "reversed"),
        ("2023..", "2023..", "open"),
        ("0000Q1", "0000Q1", "year"),
        ("2023H0", "2023H0", "half"),
        ("2023Q9", "2023Q9", "quarter"),
        ("2023-00-10", "2023-00-10", "month"),
        ("2023-01-32", "2023-01-32", "day"),
        ("2023-12-32", "2023-12-32", "day"),
        # The week from 27 December 9999 would end in the year 10000.
        ("9999-W52", "9999-W52", "year"),
        ("FY2023-M13", "FY2023-M13", "fiscal"),
    ],
)
def test_what_is_refused_is_named(text: str, refused: str, reason: str) -> None:
    """LabelError holds the text that names nothing: of a span the half that is wrong, spelled out."""
    with pytest.raises(LabelError) as caught:
        read_span(text)
    assert (caught.value.text, caught.value.reason) == (refused, reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FY2023-M13", "month"),
        ("FY2023-M00", "month"),
        ("FY2023Q5", "quarter"),
        ("FY2023H3", "half"),
        ("FY9999", "year"),
        ("FY2023-04", "fiscal"),
        ("FY2023-W04", "fiscal"),
        ("FY2023-04-06", "fiscal"),
    ],
)
def test_fiscal_names_that_name_nothing(text: str, reason: str) -> None:
    """A fiscal year has twelve months, four quarters and two halves, no weeks and no days, and ends before 10000."""
    with pytest.raises(LabelError) as caught:
        read_span(text, SIXTH_OF_APRIL)
    assert (caught.value.text, caught.value.reason) == (text, reason)


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("02-30", "day", ""),
        ("13-01", "month", ""),
        ("00-01", "month", ""),
        ("12-32", "day", ""),
        ("01-00", "day", ""),
        ("24 December", "month-day", "12-24"),
        ("6-20", "month-day", "06-20"),
        ("someday", "month-day", ""),
    ],
)
def test_days_of_a_year_that_are_none(text: str, reason: str, hint: str) -> None:
    """LabelError says whether day, month or spelling is wrong, and what was meant."""
    with pytest.raises(LabelError) as caught:
        read_month_day(text)
    assert (caught.value.text, caught.value.reason, caught.value.hint) == (text, reason, hint)


def test_days_of_a_year_are_read() -> None:
    """Month and day, and 29 February is one."""
    assert [read_month_day(text) for text in ("01-01", "02-29", "12-31")] == [(1, 1), (2, 29), (12, 31)]
