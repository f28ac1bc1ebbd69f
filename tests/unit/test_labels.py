"""Spellings of spans: reading them, writing them, and what is said of those that name nothing."""

import datetime as dt

import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import days_label, months_label, read_bounds, read_month_day, read_span, weeks_label
from cyclekit.errors import LabelError

APRIL = YearStart(4, 1)
TAX = YearStart(4, 6)
LAST = YearStart(10, 1, named_last=True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-06-20", "2023-06-20", "2023-06-20"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2023-06", "2023-06-01", "2023-06-30"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2023Q1", "2023-01-01", "2023-03-31"),
        ("2023Q4", "2023-10-01", "2023-12-31"),
        ("2023H1", "2023-01-01", "2023-06-30"),
        ("2023H2", "2023-07-01", "2023-12-31"),
        ("2023-W01", "2023-01-02", "2023-01-08"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2023-05-01..10", "2023-05-01", "2023-05-10"),
        ("2023-05-30..06-02", "2023-05-30", "2023-06-02"),
        ("2023-12-31..2024-01-02", "2023-12-31", "2024-01-02"),
        ("2023-05..06", "2023-05-01", "2023-06-30"),
        ("2023-11..2024-01", "2023-11-01", "2024-01-31"),
        ("2023Q1..Q3", "2023-01-01", "2023-09-30"),
        ("2023H1..H2", "2023-01-01", "2023-12-31"),
        ("2023-W25..W26", "2023-06-19", "2023-07-02"),
        ("2023..2025", "2023-01-01", "2025-12-31"),
        ("2023-06-20..2023Q4", "2023-06-20", "2023-12-31"),
        ("2023..2023-06-20", "2023-01-01", "2023-06-20"),
    ],
)
def test_a_label_names_a_span(text: str, first: str, last: str) -> None:
    """Both ends are included; B may leave out what it shares with A."""
    assert str(read_span(text)) == f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("FY2023", APRIL, "2023-04-01", "2024-03-31"),
        ("FY2023", LAST, "2022-10-01", "2023-09-30"),
        ("FY2023H2", APRIL, "2023-10-01", "2024-03-31"),
        ("FY2023Q4", APRIL, "2024-01-01", "2024-03-31"),
        ("FY2023Q1", LAST, "2022-10-01", "2022-12-31"),
        ("FY2023-M04", TAX, "2023-07-06", "2023-08-05"),
        ("FY2023-M12", TAX, "2024-03-06", "2024-04-05"),
        ("FY2023-M04..M06", TAX, "2023-07-06", "2023-10-05"),
        ("FY2023Q1..Q3", APRIL, "2023-04-01", "2023-12-31"),
        ("FY2023..FY2024", APRIL, "2023-04-01", "2025-03-31"),
        ("2023Q1", APRIL, "2023-01-01", "2023-03-31"),
        ("FY2023-M02", YearStart(1, 31), "2023-02-28", "2023-03-30"),
    ],
)
def test_fiscal_labels_follow_the_year_in_force(text: str, year: YearStart, first: str, last: str) -> None:
    """`FY` counts from where the year begins, and `2023Q1` stays the calendar's."""
    assert str(read_span(text, year)) == f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("2023-02-29", "day", "2024-02-29"),
        ("1899-02-29", "day", "1904-02-29"),
        ("2023-02-30", "day", ""),
        ("2023-13-01", "month", ""),
        ("2023-00", "month", ""),
        ("2023-13", "month", ""),
        ("2023Q5", "quarter", ""),
        ("2023Q0", "quarter", ""),
        ("2023H3", "half", ""),
        ("2023-W53", "week", ""),
        ("2023-W00", "week", ""),
        ("9999-W53", "week", ""),
        ("0000", "year", ""),
        ("0000-01-01", "year", ""),
        ("2023-06..2023-05", "reversed", ""),
        ("2023-12..01", "reversed", ""),
        ("FY2023", "fiscal", "2023"),
        ("FY2023Q1", "fiscal", "2023Q1"),
        ("2023-M04", "fiscal", "2023-04"),
        ("2023-6-20", "form", "2023-06-20"),
        ("2023/06/20", "form", "2023-06-20"),
        ("2023年6月20日", "form", "2023-06-20"),
        ("２０２３-06", "form", "2023-06"),
        ("2023q1", "form", "2023Q1"),
        ("2023-w25", "form", "2023-W25"),
        ("2023上半年", "form", "2023H1"),
        ("2023-0", "form", ""),
        ("2023q6", "form", ""),
        ("2023-w53", "form", ""),
        ("0000年", "form", ""),
        ("2023-5-1~2023-5-10", "form", "2023-05-01..2023-05-10"),
        ("2023-05-10~2023-05-01", "form", ""),
        ("2023-M13", "fiscal", ""),
        ("FY2023Q5", "fiscal", ""),
        ("2023-05-01~2023-05-10", "form", "2023-05-01..2023-05-10"),
        ("June 2023", "form", ""),
        ("", "form", ""),
        ("..", "open", ""),
        ("2023..", "open", ""),
        ("..2023", "open", ""),
        ("2023...2024", "form", ""),
        ("2023 ", "form", "2023"),
        ("-2023", "form", ""),
        ("2023-05-01..32", "day", ""),
        ("2023-05..13", "month", ""),
    ],
)
def test_a_text_that_names_nothing_is_refused_with_its_reason(text: str, reason: str, hint: str) -> None:
    """LabelError tells what is wrong, and what was meant where that can be told."""
    with pytest.raises(LabelError) as caught:
        read_span(text)
    assert (caught.value.reason, caught.value.hint) == (reason, hint)


@pytest.mark.parametrize(
    "text", ["FY2023-05", "FY2023-W05", "FY2023-05-01", "FY2023Q5", "FY2023-M13", "FY0000", "FY9999"]
)
def test_fiscal_names_that_are_none_are_refused(text: str) -> None:
    """Days, calendar months and weeks have no fiscal spelling, and a fiscal year lies within the calendar."""
    with pytest.raises(LabelError):
        read_span(text, TAX)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019..2021", "2019-01-01", "2021-12-31"),
        ("2023..", "2023-01-01", None),
        ("..2023-06", None, "2023-06-30"),
        ("2023Q2", "2023-04-01", "2023-06-30"),
    ],
)
def test_bounds_may_be_open(text: str, first: str | None, last: str | None) -> None:
    """`A..` has no end and `..B` no beginning; everything else is a span."""
    bounds = read_bounds(text)
    assert (bounds.first, bounds.last) == tuple(dt.date.fromisoformat(each) if each else None for each in (first, last))


@pytest.mark.parametrize("text", ["..", "", "2023..2022", "a..", "..b"])
def test_bounds_that_are_none_are_refused(text: str) -> None:
    """At least one end has to be a date."""
    with pytest.raises(LabelError):
        read_bounds(text)


@pytest.mark.parametrize(("text", "found"), [("06-20", (6, 20)), ("02-29", (2, 29)), ("12-31", (12, 31))])
def test_days_of_the_year(text: str, found: tuple[int, int]) -> None:
    """Month and day; 29 February is one."""
    assert read_month_day(text) == found


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("02-30", "day", ""),
        ("13-01", "month", ""),
        ("6-20", "month-day", "06-20"),
        ("2023-06-20", "month-day", "06-20"),
    ],
)
def test_days_of_the_year_that_are_none(text: str, reason: str, hint: str) -> None:
    """Refused with the reason, and with what was meant."""
    with pytest.raises(LabelError) as caught:
        read_month_day(text)
    assert (caught.value.reason, caught.value.hint) == (reason, hint)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2023-05-01", "2023-05-01", "2023-05-01"),
        ("2023-05-01", "2023-05-15", "2023-05-01..15"),
        ("2023-05-30", "2023-06-02", "2023-05-30..06-02"),
        ("2023-12-31", "2024-01-02", "2023-12-31..2024-01-02"),
        ("2023-05-30", "2024-05-31", "2023-05-30..2024-05-31"),
        ("0009-05-30", "0009-05-31", "0009-05-30..31"),
    ],
)
def test_spans_of_days_are_spelled_as_short_as_they_read(first: str, last: str, label: str) -> None:
    """What both ends share is said once, year before month before day."""
    start, end = (dt.date.fromisoformat(each).toordinal() for each in (first, last))
    assert days_label(start, end) == label
    assert str(read_span(label)) == f"{first}..{last}"


@pytest.mark.parametrize(
    ("first", "weeks", "label"),
    [
        ("2023-06-19", 1, "2023-W25"),
        ("2023-06-19", 2, "2023-W25..W26"),
        ("2023-12-25", 2, "2023-W52..2024-W01"),
        ("2024-12-30", 1, "2025-W01"),
        ("2020-12-28", 1, "2020-W53"),
    ],
)
def test_weeks_are_spelled_by_their_iso_numbers(first: str, weeks: int, label: str) -> None:
    """The year is that of the week, which is not always that of its days."""
    start = dt.date.fromisoformat(first).toordinal()
    assert weeks_label(start, start + 7 * weeks - 1) == label
    assert read_span(label).days == 7 * weeks


def test_months_are_spelled_as_short_as_they_read() -> None:
    """One month, several of a year, and several over its end."""
    may = 12 * 2023 + 4
    assert [months_label(may, may + each) for each in (0, 1, 7, 8)] == [
        "2023-05",
        "2023-05..06",
        "2023-05..12",
        "2023-05..2024-01",
    ]
