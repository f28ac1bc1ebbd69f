"""What is not met, told for each date, unit and year; and how far a schedule has to reach for that."""

import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expecting import calendar_asked, days_wanted, unmet
from tests.examples import load

HEAD = """cyclekit: 1
id: book
units:
  - {id: a}
  - {id: b, active: 2023-03..}
  - {id: c, calendar: DE}
obligations:
"""
YEAR = Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
#: Monday to Friday; of 2023 it knows every day and some around.
WEEKDAYS = WorkingCalendar("CN", dt.date(2020, 1, 1).toordinal(), dt.date(2026, 12, 31).toordinal())


def told(folder: Path, rules: str, span: Span = YEAR, head: str = HEAD) -> list[str]:
    """What is not met in a year: its name, the days that show it, and the unit."""
    book = load(folder, head + rules)
    schedule = cyclekit.expand(book, f"{days_wanted(book, span)}")
    found = unmet(schedule, span, {"CN": WEEKDAYS, "DE": WEEKDAYS})
    return [f"{each.name} {each.span} {each.occurrence.unit.id if each.occurrence else '-'}" for each in found]


def test_each_date_on_a_day_off_is_told_once(tmp_path: Path) -> None:
    """20 May and 20 August 2023 are a Saturday and a Sunday: one of its units is shown for each."""
    rules = "  x: {every: quarter, due: {month: 2, day: 20}, calendar: CN, expect: {working_day: true}}\n"
    assert told(tmp_path, rules) == ["working_day 2023-05-20..2023-05-20 a", "working_day 2023-08-20..2023-08-20 a"]


def test_days_that_are_not_expected(tmp_path: Path) -> None:
    """Weekdays, months and months of the period; 28 February and 28 May 2023 are a Tuesday and a Sunday."""
    due = "every: quarter, due: {month: 2, day: 28}, applies_to: a"
    assert told(tmp_path, f"  x: {{{due}, expect: {{never_on: [sun]}}}}\n") == ["never_on 2023-05-28..2023-05-28 a"]
    assert told(tmp_path, f"  x: {{{due}, expect: {{in_months: [2, 5, 8]}}}}\n") == [
        "in_months 2023-11-28..2023-11-28 a"
    ]
    everywhere = [f"within_month 2023-{month:02}-28..2023-{month:02}-28 a" for month in (2, 5, 8, 11)]
    for month, expected in (
        ("2", []),
        ("first", everywhere),
        ("last", everywhere),
        ("next", everywhere),
        ("previous", everywhere),
    ):
        assert told(tmp_path, f"  x: {{{due}, expect: {{within_month: {month}}}}}\n") == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("{min: 28 days, max: 31 days}", []),
        # From 20 February to 20 March 2023 it is 28 days.
        ("{min: 29 days}", ["gap 2023-02-20..2023-03-20 a"]),
        ("{max: 30 days}", [f"gap 2023-{n:02}-20..2023-{n + 1:02}-20 a" for n in (1, 3, 5, 7, 8, 10)]),
    ],
)
def test_gaps_between_dates(gap: str, expected: list[str], tmp_path: Path) -> None:
    """From one date to the next, in days, for each unit."""
    rules = f"  x: {{every: month, due: {{day: 20}}, applies_to: a, expect: {{gap: {gap}}}}}\n"
    assert told(tmp_path, rules) == expected


def test_what_is_waived_leaves_no_gap(tmp_path: Path) -> None:
    """It is still listed, on its day."""
    rules = (
        "  x:\n    every: month\n    due: {day: 20}\n    expect: {gap: {max: 40 days}}\n"
        "    exceptions: {2023-05: {units: b, waived: flood}}\n"
    )
    assert told(tmp_path, rules) == []


def test_years_with_another_number_of_periods(tmp_path: Path) -> None:
    """Twelve in a year; a unit that is there from March on is not held to it in that year."""
    rules = "  x: {every: month, due: {day: 20}, expect: {per_year: 11}}\n"
    book = load(tmp_path, HEAD + rules)
    found = list(unmet(cyclekit.expand(book, "2022..2024"), YEAR, {}))
    assert [(each.name, str(each.span), dict(each.values)) for each in found] == [
        (
            "per_year",
            "2023-01-01..2023-12-31",
            {
                "year": "2023",
                "found": "12",
                "expected": "11",
                "unit": "a",
                "labels": ", ".join(f"2023-{month:02}" for month in range(1, 13)),
            },
        )
    ]


def test_a_year_without_any_period(tmp_path: Path) -> None:
    """A dash stands for its labels; the year before the first one is not held to it, nor that in which it begins."""
    rules = "  x: {every: {rrule: 'FREQ=YEARLY;INTERVAL=2', start: 2022-05-05}, applies_to: a, expect: {per_year: 1}}\n"
    book = load(tmp_path, HEAD + rules)
    span = Span(dt.date(2021, 1, 1), dt.date(2024, 12, 31))
    found = list(unmet(cyclekit.expand(book, "2020..2026"), span, {}))
    assert [(each.values["year"], each.values["found"], each.values["labels"]) for each in found] == [
        ("2023", "0", "–")
    ]


def test_what_must_not_fall_together(tmp_path: Path) -> None:
    """Every quarter's last month has both on its 20th."""
    rules = (
        "  x: {every: month, due: {day: 20}, applies_to: a, expect: {never_with: y}}\n"
        "  y: {every: quarter, due: {day: 20}, applies_to: a}\n"
    )
    assert told(tmp_path, rules) == [f"never_with 2023-{n:02}-20..2023-{n:02}-20 a" for n in (3, 6, 9, 12)]
    apart = rules.replace("due: {day: 20}, applies_to: a}", "due: {day: 20}, applies_to: c}")
    assert told(tmp_path, apart) == []


def test_dates_and_who_owes_them(tmp_path: Path) -> None:
    """A date that is another one, one that is none, and units that owe what they should not."""
    rules = (
        "  x: {every: quarter, due: {day: 20}, applies_to: [a, b], "
        "expect: {dates: {2023Q1: 2023-03-21, 2023Q2: 2023-06-20}, owed_by: {2023Q1: a, 2023Q2: [a, b]}}}\n"
    )
    assert told(tmp_path, rules) == ["dates 2023-03-20..2023-03-20 a", "owed_by 2023-03-20..2023-03-20 b"]


def test_which_calendar_says_what_a_working_day_is(tmp_path: Path) -> None:
    """The obligation's, else the unit's, else the file's; `unit` asks for the unit's."""
    head = HEAD.replace("units:", "calendar: CN\nunits:")
    rules = "  x: {every: month, calendar: US}\n  y: {every: month}\n  z: {every: month, calendar: unit}\n"
    book = load(tmp_path, head + rules)
    asked = [[calendar_asked(book, book[name], unit) for unit in (0, 2)] for name in "xyz"]
    assert asked == [["US", "US"], ["CN", "DE"], ["CN", "DE"]]
    assert calendar_asked(load(tmp_path, HEAD + "  x: {every: month}\n"), book["y"], 0) is None
