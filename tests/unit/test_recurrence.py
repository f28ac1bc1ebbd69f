"""Rules of RFC 5545 as cycles: days worked out with a calendar, and the ends of it."""

import datetime as dt

import pytest

from cyclekit.civil.cycles import extent, longest_period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Bounds


def day(text: str) -> int:
    """A day by its ISO spelling, as an ordinal."""
    return dt.date.fromisoformat(text).toordinal()


def labels(rule: Recurrence, first: str, last: str) -> list[str]:
    """The labels of the periods between two days."""
    return [each.label for each in rule.periods(day(first), day(last))]


WORKDAYS = tuple((0, weekday) for weekday in range(5))
TABLE: dict[str, tuple[Recurrence, str, str, list[str]]] = {
    "the last Friday of a month": (
        Recurrence("monthly", day("2023-01-27"), weekdays=((-1, 4),)),
        "2023-01-01",
        "2023-04-30",
        ["2023-01-27", "2023-02-24", "2023-03-31", "2023-04-28"],
    ),
    "nothing lies before the start": (
        Recurrence("monthly", day("2023-01-28"), weekdays=((-1, 4),)),
        "2022-01-01",
        "2023-02-28",
        ["2023-02-24"],
    ),
    "a 31st that is missing is left out": (
        Recurrence("monthly", day("2023-01-31")),
        "2023-01-01",
        "2023-06-30",
        ["2023-01-31", "2023-03-31", "2023-05-31"],
    ),
    "the last working day of January and July, every second year": (
        Recurrence("yearly", day("2026-07-31"), 2, months=(1, 7), weekdays=WORKDAYS, positions=(-1,)),
        "2026-01-01",
        "2032-12-31",
        ["2026-07-31", "2028-07-31", "2030-07-31", "2032-07-30"],
    ),
    "every second week on two days, the week from Sunday": (
        Recurrence("weekly", day("1997-08-05"), 2, weekdays=((0, 1), (0, 6)), week_start=6),
        "1997-08-01",
        "1997-08-31",
        ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
    ),
    "every Monday and the first Friday": (
        Recurrence("monthly", day("2026-03-01"), weekdays=((0, 0), (1, 4))),
        "2026-03-01",
        "2026-03-31",
        ["2026-03-02", "2026-03-06", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"],
    ),
    "1 January lies in week 52 of the year before": (
        Recurrence("yearly", day("2010-12-01"), weeks=(52,), weekdays=((0, 5),)),
        "2010-01-01",
        "2013-12-31",
        ["2011-01-01", "2011-12-31", "2012-12-29", "2013-12-28"],
    ),
    "the 52nd week from the end is the first one, but in a year of 53": (
        Recurrence("yearly", day("2024-06-01"), weeks=(-52,), weekdays=((0, 0),)),
        "2024-01-01",
        "2027-12-31",
        ["2024-12-30", "2026-01-05", "2027-01-04"],
    ),
    "so many, counted from the start": (
        Recurrence("monthly", day("2023-01-27"), weekdays=((-1, 4),), count=3),
        "2023-02-01",
        "2024-12-31",
        ["2023-02-24", "2023-03-31"],
    ),
    "a start that is none is not counted": (
        Recurrence("monthly", day("2023-01-01"), weekdays=((-1, 4),), count=2),
        "2023-01-01",
        "2024-12-31",
        ["2023-01-27", "2023-02-24"],
    ),
    "until a day that counts": (
        Recurrence("daily", day("2023-01-27"), 2, until=day("2023-01-31")),
        "2023-01-28",
        "2024-12-31",
        ["2023-01-29", "2023-01-31"],
    ),
    "29 February, which 2100 lacks": (
        Recurrence("yearly", day("2092-02-29")),
        "2093-01-01",
        "2108-12-31",
        ["2096-02-29", "2104-02-29", "2108-02-29"],
    ),
    "the Monday of week 1, from the first day of the calendar": (
        Recurrence("yearly", 1, weeks=(1,), weekdays=((0, 0),)),
        "0001-01-01",
        "0002-12-31",
        ["0001-01-01", "0001-12-31", "0002-12-30"],
    ),
    "Mondays and Sundays of the last weeks": (
        Recurrence("weekly", day("9999-12-01"), weekdays=((0, 0), (0, 6)), positions=(1, -1)),
        "9999-12-20",
        "9999-12-31",
        ["9999-12-20", "9999-12-26", "9999-12-27"],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_instances(case: str) -> None:
    """A rule shows these days between these two."""
    rule, first, last, expected = TABLE[case]
    assert labels(rule, first, last) == expected


@pytest.mark.parametrize("frequency", ["yearly", "monthly", "daily"])
@pytest.mark.parametrize("count", [None, 3])
def test_a_rule_that_never_fires_ends(frequency: str, count: int | None) -> None:
    """31 April is looked for without end in no window."""
    rule = Recurrence(frequency, day("2026-01-30"), months=(4,), month_days=(31,), count=count)  # type: ignore[arg-type]
    assert labels(rule, "2026-01-01", "2075-12-31") == []


def test_a_window_far_from_the_start_is_near() -> None:
    """A daily rule from the year 1 shows a day of the year 9000 without walking there."""
    assert labels(Recurrence("daily", 1, 3), "9000-01-01", "9000-01-04") == ["9000-01-02"]
    assert labels(Recurrence("daily", 1, count=10**6), "2026-01-01", "2026-01-01") == ["2026-01-01"]
    assert labels(Recurrence("daily", 1, count=10**5), "2026-01-01", "2026-01-01") == []


def test_how_long_and_from_when() -> None:
    """Each of its periods is one day, and they lie between its start and its end."""
    rule = Recurrence("daily", day("2023-01-27"), until=day("2023-01-31"))
    assert longest_period(rule) == 1
    assert extent(rule) == Bounds(dt.date(2023, 1, 27), dt.date(2023, 1, 31))
    assert extent(Recurrence("daily", day("2023-01-27"))) == Bounds(dt.date(2023, 1, 27))
