"""Days of every year, across its end and on 29 February."""

import datetime as dt

import pytest

from cyclekit.civil.spans import Span
from cyclekit.civil.yearly import YearlySpan, runs


def ordinal(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def days_of(span: YearlySpan | Span, first: str, last: str) -> list[str]:
    """The runs of a span between two days, as texts."""
    found = runs(span, ordinal(first), ordinal(last))
    return [f"{dt.date.fromordinal(begin)}..{dt.date.fromordinal(end)}" for begin, end in found]


CHRISTMAS_EVE = YearlySpan((12, 24), (12, 24))
RECESS = YearlySpan((12, 21), (1, 7))
LEAP_DAY = YearlySpan((2, 29), (2, 29))


@pytest.mark.parametrize(
    ("span", "first", "last", "expected"),
    [
        (CHRISTMAS_EVE, "2022-12-24", "2023-12-24", ["2022-12-24..2022-12-24", "2023-12-24..2023-12-24"]),
        (CHRISTMAS_EVE, "2022-12-25", "2023-12-23", []),
        (RECESS, "2022-01-03", "2022-12-31", ["2022-01-03..2022-01-07", "2022-12-21..2022-12-31"]),
        (RECESS, "2022-12-01", "2023-02-01", ["2022-12-21..2023-01-07"]),
        (LEAP_DAY, "2023-01-01", "2024-12-31", ["2024-02-29..2024-02-29"]),
        (YearlySpan((2, 28), (2, 29)), "2023-01-01", "2023-12-31", ["2023-02-28..2023-02-28"]),
        (
            YearlySpan((2, 29), (3, 2)),
            "2023-01-01",
            "2024-12-31",
            ["2023-03-01..2023-03-02", "2024-02-29..2024-03-02"],
        ),
        # The year 1900 had no 29 February, 2000 had one.
        (LEAP_DAY, "1900-01-01", "1900-12-31", []),
        (LEAP_DAY, "2000-01-01", "2000-12-31", ["2000-02-29..2000-02-29"]),
        (Span(dt.date(2023, 5, 8), dt.date(2023, 5, 10)), "2023-05-09", "2023-12-31", ["2023-05-09..2023-05-10"]),
        (Span(dt.date(2023, 5, 8), dt.date(2023, 5, 10)), "2023-05-11", "2023-12-31", []),
    ],
)
def test_the_days_between_two_days(span: YearlySpan | Span, first: str, last: str, expected: list[str]) -> None:
    """A span comes round each year, is cut at both ends, and leaves 29 February to leap years."""
    assert days_of(span, first, last) == expected


def test_a_span_runs_to_the_ends_of_the_calendar() -> None:
    """In the first year it has come over from no year before, and in the last it goes on into none."""
    assert days_of(RECESS, "0001-01-01", "0001-12-01") == ["0001-01-01..0001-01-07"]
    assert days_of(RECESS, "9999-02-01", "9999-12-31") == ["9999-12-21..9999-12-31"]


@pytest.mark.parametrize("span", [CHRISTMAS_EVE, RECESS, LEAP_DAY, YearlySpan((3, 1), (2, 28))])
def test_what_is_covered_is_what_is_told(span: YearlySpan) -> None:
    """Day by day over eight years, `covers` and `runs` say the same."""
    first, last = ordinal("2019-03-05"), ordinal("2027-03-04")
    told = {day for begin, end in span.runs(first, last) for day in range(begin, end + 1)}
    for number in range(first, last + 1):
        day = dt.date.fromordinal(number)
        assert span.covers(day.month, day.day) == (number in told)
