"""Cycles of every kind, cut by hand."""

import datetime as dt

import pytest

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart


def ordinal(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def cut(cycle: Cycle, first: str, last: str) -> list[str]:
    """The periods that overlap two days, as label, days and position."""
    return [
        f"{each.label} {dt.date.fromordinal(each.first)} {dt.date.fromordinal(each.last)} {each.position}".rstrip()
        for each in cycle.periods(ordinal(first), ordinal(last))
    ]


TABLE: list[tuple[Cycle, str, str, list[str]]] = [
    (Days(), "2024-02-28", "2024-03-01", [f"{day} {day} {day}" for day in ("2024-02-28", "2024-02-29", "2024-03-01")]),
    (
        Days(10, ordinal("2023-05-01")),
        "2023-05-11",
        "2023-05-21",
        ["2023-05-11..20 2023-05-11 2023-05-20", "2023-05-21..30 2023-05-21 2023-05-30"],
    ),
    (Days(3, ordinal("2023-05-01")), "2023-04-30", "2023-04-30", ["2023-04-28..30 2023-04-28 2023-04-30"]),
    (
        Weeks(),
        "2023-12-31",
        "2024-01-01",
        ["2023-W52 2023-12-25 2023-12-31", "2024-W01 2024-01-01 2024-01-07"],
    ),
    (Weeks(1, ordinal("2023-06-21")), "2023-06-27", "2023-06-27", ["2023-06-21..27 2023-06-21 2023-06-27"]),
    (
        Weeks(2, ordinal("2023-06-19")),
        "2023-06-05",
        "2023-06-19",
        ["2023-W23..W24 2023-06-05 2023-06-18", "2023-W25..W26 2023-06-19 2023-07-02"],
    ),
    (Months(1, "month"), "2023-02-28", "2023-02-28", ["2023-02 2023-02-01 2023-02-28 2"]),
    (
        Months(2, "months"),
        "2023-02-28",
        "2023-03-01",
        ["2023-01..02 2023-01-01 2023-02-28 2", "2023-03..04 2023-03-01 2023-04-30 4"],
    ),
    (Months(2, "months", 1), "2023-01-01", "2023-01-01", ["2022-12..2023-01 2022-12-01 2023-01-31 1"]),
    (Months(12, "months"), "2023-06-01", "2023-06-01", ["2023-01..12 2023-01-01 2023-12-31 12"]),
    (Months(3, "quarter"), "2023-12-31", "2023-12-31", ["2023Q4 2023-10-01 2023-12-31 Q4"]),
    (Months(6, "half_year"), "2023-07-01", "2023-07-01", ["2023H2 2023-07-01 2023-12-31 H2"]),
    (Months(12, "year"), "2023-07-01", "2023-07-01", ["2023 2023-01-01 2023-12-31"]),
    (Months(24, "years", 12 * 2023 % 24), "2024-07-01", "2024-07-01", ["2023..2024 2023-01-01 2024-12-31"]),
    (Months(24, "years", (12 * 2023 + 3) % 24), "2024-07-01", "2024-07-01", ["2023-04..2025-03 2023-04-01 2025-03-31"]),
    (Months(12, "year", 3, YearStart(4, 1)), "2023-03-31", "2023-03-31", ["FY2022 2022-04-01 2023-03-31"]),
    (
        Months(12, "year", 3, YearStart(4, 1, named_last=True)),
        "2023-03-31",
        "2023-03-31",
        ["FY2023 2022-04-01 2023-03-31"],
    ),
    (Months(3, "quarter", 0, YearStart(4, 1)), "2023-03-31", "2023-03-31", ["FY2022Q4 2023-01-01 2023-03-31 Q4"]),
    (Months(6, "half_year", 3, YearStart(4, 6)), "2023-04-05", "2023-04-05", ["FY2022H2 2022-10-06 2023-04-05 H2"]),
    (Months(1, "month", 0, YearStart(7, 1)), "2023-07-01", "2023-07-01", ["2023-07 2023-07-01 2023-07-31 1"]),
    (Months(1, "month", 0, YearStart(4, 6)), "2023-08-05", "2023-08-05", ["FY2023-M04 2023-07-06 2023-08-05 4"]),
    (
        Months(2, "months", 1, YearStart(4, 6)),
        "2023-06-05",
        "2023-06-05",
        ["2023-04-06..06-05 2023-04-06 2023-06-05 2"],
    ),
    (
        Months(24, "years", (12 * 2023 + 3) % 24, YearStart(4, 1)),
        "2024-07-01",
        "2024-07-01",
        ["FY2023..FY2024 2023-04-01 2025-03-31"],
    ),
    (
        Months(1, "month", 0, YearStart(12, 31)),
        "2024-02-28",
        "2024-02-29",
        ["FY2023-M02 2024-01-31 2024-02-28 2", "FY2023-M03 2024-02-29 2024-03-30 3"],
    ),
    (
        HALF_MONTH,
        "2024-02-15",
        "2024-02-16",
        ["2024-02-01..15 2024-02-01 2024-02-15", "2024-02-16..29 2024-02-16 2024-02-29"],
    ),
    (TEN_DAYS, "2023-05-31", "2023-05-31", ["2023-05-21..31 2023-05-21 2023-05-31"]),
]


@pytest.mark.parametrize(("cycle", "first", "last", "expected"), TABLE, ids=lambda each: str(each)[:40])
def test_a_cycle_cuts_the_calendar(cycle: Cycle, first: str, last: str, expected: list[str]) -> None:
    """Each kind of cycle gives its periods with days, label and position."""
    assert cut(cycle, first, last) == expected


def test_a_window_that_ends_before_it_begins_holds_no_more_than_one_period() -> None:
    """Bounds can leave nothing of a window; what is asked for then lies in the period that holds both ends."""
    for cycle in (Days(), Weeks(), Months(1, "month"), TEN_DAYS, Months(12, "year")):
        assert cut(cycle, "2023-05-01", "2022-04-30") == []


@pytest.mark.parametrize("position", ["1", "12", "3"])
def test_three_months_end_in_the_months_that_name_them(position: str) -> None:
    """`3 months` has 3, 6, 9 and 12, and no other positions."""
    positions = {each.position for each in Months(3, "months").periods(ordinal("2023-01-01"), ordinal("2023-12-31"))}
    assert positions == {"3", "6", "9", "12"}
    assert (position in positions) == (int(position) % 3 == 0)
