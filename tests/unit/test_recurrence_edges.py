"""Rules of RFC 5545 over several eras, with weeks that begin on a Sunday, and with parts that are left out."""

import datetime as dt

import pytest

from cyclekit.civil.recurrence import Frequency, Recurrence


def day(text: str) -> int:
    """A day by its ISO spelling."""
    return dt.date.fromisoformat(text).toordinal()


def found(rule: Recurrence, first: str, last: str) -> list[str]:
    """The instances between two days."""
    return [each.label for each in rule.periods(day(first), day(last))]


def test_eras_meet_without_a_gap_and_without_a_day_twice() -> None:
    """A window of more than four hundred years has each day once, also where one era follows the other."""
    new_year = Recurrence("yearly", day("1600-01-01"))
    assert found(new_year, "1600-01-01", "2401-01-01") == [f"{year}-01-01" for year in range(1600, 2402)]
    around = Recurrence("yearly", day("1600-01-01"), months=(1,), month_days=(1, 2, 3))
    assert found(around, "1600-01-01", "2000-01-03")[-5:] == [
        *("1999-01-02", "1999-01-03", "2000-01-01", "2000-01-02", "2000-01-03")
    ]


@pytest.mark.parametrize(
    ("week_start", "first", "expected"),
    [
        # Of RFC 5545, section 3.8.5.3: every other week on Tuesday and Sunday, the week from Monday or from Sunday.
        (0, "1997-08-05", ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]),
        (6, "1997-08-05", ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]),
        (0, "1997-08-11", ["1997-08-19", "1997-08-24"]),
        (6, "1997-08-10", ["1997-08-17", "1997-08-19", "1997-08-31"]),
        (6, "1997-08-17", ["1997-08-17", "1997-08-19", "1997-08-31"]),
        (6, "1997-08-18", ["1997-08-19", "1997-08-31"]),
    ],
)
def test_every_other_week_by_its_first_day(week_start: int, first: str, expected: list[str]) -> None:
    """Which weeks are met depends on where they begin, and not on where one looks from."""
    rule = Recurrence("weekly", day("1997-08-05"), 2, weekdays=((0, 1), (0, 6)), week_start=week_start)
    assert found(rule, first, "1997-08-31") == expected


def test_numbered_weekdays_of_a_year_beside_all_of_them() -> None:
    """Every Monday of 2023 and its first Friday: 52 Mondays, of which the last is 25 December, and 6 January."""
    rule = Recurrence("yearly", day("2023-01-01"), weekdays=((0, 0), (1, 4)))
    mondays = [dt.date(2023, 1, 2) + dt.timedelta(weeks=week) for week in range(52)]
    assert found(rule, "2023-01-01", "2023-12-31") == sorted([*map(str, mondays), "2023-01-06"])
    # 2024 began on a Monday, and has 53 of them.
    assert found(rule, "2024-12-20", "2024-12-31") == ["2024-12-23", "2024-12-30"]


def test_numbered_weekdays_of_a_month_beside_all_of_them() -> None:
    """January 2023 has five Mondays, and its last Friday is the 27th."""
    rule = Recurrence("monthly", day("2023-01-01"), weekdays=((0, 0), (-1, 4)))
    assert found(rule, "2023-01-01", "2023-01-31") == [
        *("2023-01-02", "2023-01-09", "2023-01-16", "2023-01-23", "2023-01-27", "2023-01-30")
    ]


def test_weeks_without_a_day_take_that_of_the_start() -> None:
    """A Wednesday: of week 20 it is 17 May 2023, 15 May 2024 and 14 May 2025, wherever one looks from."""
    rule = Recurrence("yearly", day("2023-05-17"), weeks=(20,))
    assert found(rule, "2023-01-01", "2025-12-31") == ["2023-05-17", "2024-05-15", "2025-05-14"]
    assert found(rule, "2024-03-01", "2025-12-31") == ["2024-05-15", "2025-05-14"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence("yearly", day("2023-03-10")), ["2023-03-10", "2024-03-10"]),
        (Recurrence("yearly", day("2023-03-10"), months=(1, 3)), ["2023-03-10", "2024-01-10", "2024-03-10"]),
        (Recurrence("yearly", day("2023-03-10"), year_days=(1, -1)), ["2023-12-31", "2024-01-01"]),
        (Recurrence("monthly", day("2024-01-31")), ["2024-01-31", "2024-03-31"]),
        (Recurrence("monthly", day("2023-12-10"), 2), ["2023-12-10", "2024-02-10", "2024-04-10"]),
        (Recurrence("monthly", day("2024-03-01"), month_days=(-1,)), ["2024-03-31", "2024-04-30"]),
        (Recurrence("weekly", day("2024-04-11")), ["2024-04-11", "2024-04-18", "2024-04-25"]),
        (Recurrence("daily", day("2024-04-20"), 4), ["2024-04-20", "2024-04-24", "2024-04-28"]),
        (Recurrence("daily", day("2024-03-01"), month_days=(15,)), ["2024-03-15", "2024-04-15"]),
        (
            Recurrence("daily", day("2024-04-08"), months=(4,), weekdays=((0, 6),)),
            [f"2024-04-{n}" for n in (14, 21, 28)],
        ),
    ],
)
def test_what_is_not_written_is_that_of_the_start(rule: Recurrence, expected: list[str]) -> None:
    """Month, day of the month and weekday are those of the start where no part says a day."""
    assert found(rule, "2023-01-01", "2024-04-30") == expected


def test_a_month_behind_the_last_one_has_nothing() -> None:
    """Every second month from November 9999 on: December is none of them, and the next one is not there."""
    rule = Recurrence("monthly", day("9999-11-30"), 2, month_days=(30,))
    assert found(rule, "9999-11-01", "9999-12-31") == ["9999-11-30"]
    assert found(rule, "9999-12-01", "9999-12-31") == []


def stepped(frequency: str, interval: int, count: int) -> list[int]:
    """The first days of a rule that begins on 10 March 2023, so many, by counting alone."""
    start = dt.date(2023, 3, 10)
    match frequency:
        case "daily":
            return [start.toordinal() + interval * n for n in range(count)]
        case "weekly":
            return [start.toordinal() + 7 * interval * n for n in range(count)]
        case "monthly":
            months = [2 + interval * n for n in range(count)]
            return [dt.date(2023 + month // 12, month % 12 + 1, 10).toordinal() for month in months]
        case _:
            return [dt.date(2023 + interval * n, 3, 10).toordinal() for n in range(count)]


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly", "yearly"])
@pytest.mark.parametrize("interval", [1, 2, 3, 5])
def test_every_window_shows_its_part_of_a_rule(frequency: Frequency, interval: int) -> None:
    """From wherever one looks, each instance is a period of that one day, and there is nothing in between."""
    rule = Recurrence(frequency, day("2023-03-10"), interval)
    days = stepped(frequency, interval, 40)
    step = max((days[12] - days[0]) // 37, 1)
    for first in range(days[0] - 3 * step, days[20], step):
        expected = [each for each in days if first <= each <= days[24]]
        assert [(each.first, each.last) for each in rule.periods(first, days[24])] == [
            (each, each) for each in expected
        ]
    assert [each.first for each in rule.periods(days[5], days[5])] == [days[5]]
    assert list(rule.periods(days[5], days[5] - 1)) == []


@pytest.mark.parametrize(
    ("week", "first", "last"),
    [
        (1, "2023-01-02", "2023-01-08"),
        (2, "2023-01-09", "2023-01-15"),
        (52, "2023-12-25", "2023-12-31"),
        (-1, "2023-12-25", "2023-12-31"),
        (-52, "2023-01-02", "2023-01-08"),
    ],
)
def test_the_days_of_a_week_by_its_number(week: int, first: str, last: str) -> None:
    """2023 began on a Sunday, and has 52 weeks from Monday 2 January on."""
    rule = Recurrence("yearly", day("2023-01-02"), weeks=(week,), weekdays=tuple((0, weekday) for weekday in range(7)))
    expected = [str(dt.date.fromordinal(each)) for each in range(day(first), day(last) + 1)]
    assert found(rule, "2023-01-02", "2023-12-31") == expected
