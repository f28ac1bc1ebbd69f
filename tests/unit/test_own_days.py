"""Whose calendar says which days are worked and counted: of the units, of the step, of what stands around it.

28 April 2023 is a Friday, and 1 May a Monday.
"""

from pathlib import Path

import pytest

import cyclekit
from tests.examples import load

HEAD = """cyclekit: 1
id: book
calendar: all_days
calendars:
  court: {base: weekdays, suspended: [05-01..05-10]}
units:
  - {id: a, calendar: court}
  - {id: b, calendar: weekdays}
  - {id: c}
obligations:
"""
FRIDAY = "once: 2023-04-28"

CASES: dict[str, tuple[str, dict[str, str]]] = {
    # The court counts 29 and 30 April, and then from 11 May on.
    "days": (f"{FRIDAY}, due: {{add: 5 days}}", {"a": "05-13", "b": "05-03", "c": "05-03"}),
    "a week": (f"{FRIDAY}, due: {{add: 1 week}}", {"a": "05-15", "b": "05-05", "c": "05-05"}),
    "days back": ("once: 2023-05-12, due: {add: -3 days}", {"a": "04-29", "b": "05-09", "c": "05-09"}),
    "a month": (f"{FRIDAY}, due: {{add: 1 month}}", {"a": "05-28", "b": "05-28", "c": "05-28"}),
    "working days": (f"{FRIDAY}, due: {{add: 3 working days}}", {"a": "05-15", "b": "05-03", "c": "05-01"}),
    "adjusting": ("once: 2023-04-29, due: {adjust: following}", {"a": "05-11", "b": "05-01", "c": "04-29"}),
    "days by the calendar beside them": (
        f"{FRIDAY}, due: {{add: 5 days, calendar: court}}",
        {"a": "05-13", "b": "05-13", "c": "05-13"},
    ),
    "days by the obligation's calendar": (
        f"{FRIDAY}, calendar: court, due: {{add: 5 days}}",
        {"a": "05-13", "b": "05-13", "c": "05-13"},
    ),
    "the calendar beside them before the obligation's": (
        f"{FRIDAY}, calendar: court, due: {{add: 5 days, calendar: weekdays}}",
        {"a": "05-03", "b": "05-03", "c": "05-03"},
    ),
    "the unit's before the obligation's": (
        f"{FRIDAY}, calendar: weekdays, due: {{add: 5 days, calendar: unit}}",
        {"a": "05-13", "b": "05-03", "c": "05-03"},
    ),
    "the calendar of a step before that of all": (
        f"{FRIDAY}, due: {{calendar: court, then: [{{add: 5 days, calendar: all_days}}, {{add: 1 week}}]}}",
        # 3 May, and from there seven days that the court counts: from 11 to 17 May.
        {"a": "05-17", "b": "05-17", "c": "05-17"},
    ),
    "the calendar of one step before that of all": (
        f"{FRIDAY}, due: {{calendar: weekdays, then: [{{add: 5 days, calendar: court}}, {{add: 1 working day}}]}}",
        {"a": "05-15", "b": "05-15", "c": "05-15"},
    ),
    # A unit that has none goes by the file's.
    "the unit's before the obligation's, where it is asked for": (
        f"{FRIDAY}, calendar: weekdays, due: {{add: 3 working days, calendar: unit}}",
        {"a": "05-15", "b": "05-03", "c": "05-01"},
    ),
    "what stands around it": (
        f"{FRIDAY}, due: {{then: [{{add: 1 week, calendar: court}}, {{add: 5 days}}]}}",
        # From 15 May on nothing is suspended.
        {"a": "05-20", "b": "05-20", "c": "05-20"},
    ),
    "together, by who leads": (f"{FRIDAY}, jointly: true, lead: b, due: {{add: 5 days}}", {"b": "05-03"}),
    "together, by another who leads": (f"{FRIDAY}, jointly: true, lead: a, due: {{add: 5 days}}", {"a": "05-13"}),
    "by what a change says": (
        f"{FRIDAY}, due: {{add: 5 days}}, changes: [{{units: [b, c], calendar: court}}]",
        {"a": "05-13", "b": "05-13", "c": "05-13"},
    ),
}


def due_of(folder: Path, text: str) -> dict[str, str]:
    """The due date of each unit."""
    return {each.key.unit: f"{each.due:%m-%d}" for each in cyclekit.expand(load(folder, text), "2023")}


@pytest.mark.parametrize("case", CASES)
def test_each_unit_by_its_days(case: str, tmp_path: Path) -> None:
    """The nearest calendar that is written counts, and what it suspends is not counted."""
    rule, expected = CASES[case]
    assert due_of(tmp_path, f"{HEAD}  x: {{{rule}}}\n") == expected


def test_a_lag_is_counted_by_the_days_of_who_is_below(tmp_path: Path) -> None:
    """Three days before Friday, 12 May: the court's are the 11th and the last two of April."""
    head = HEAD.replace("  - {id: a,", "  - {id: top}\n  - {id: a, parent: top,").replace(
        "{id: b,", "{id: b, parent: a,"
    )
    days = due_of(tmp_path, f"{head}  x: {{once: 2023-05-12, applies_to: [top, a, b], cascade: 3 days}}\n")
    # b is three plain days before a.
    assert days == {"top": "05-12", "a": "04-29", "b": "04-26"}
    worked = due_of(tmp_path, f"{head}  x: {{once: 2023-05-12, applies_to: [top, a, b], cascade: 3 working days}}\n")
    # Of April the 27th and 28th are worked, and of May the 11th; from the 27th three back is Monday, the 24th.
    assert worked == {"top": "05-12", "a": "04-27", "b": "04-24"}


#: What is fired by the second quarter of 2023 on 20 June, a Tuesday.
FIRED = {
    "at: trigger": "06-20",
    "at: start": "04-01",
    "at: end": "06-30",
    "day: 5": "06-05",
    "day: 5, month: next": "07-05",
    "day: 5, within: period": "04-05",
    "day: last": "06-30",
    "weekday: mon, nth: 1": "06-05",
    "weekday: mon, nth: 1, within: period": "04-03",
    "working_day: 2": "06-02",
    "working_day: 2, within: period": "04-04",
    "date: 03-15": "03-15",
    "add: 3 working days": "06-23",
    "add: -1 month": "05-20",
}


@pytest.mark.parametrize("due", FIRED)
def test_what_is_read_of_a_trigger(due: str, tmp_path: Path) -> None:
    """Its day, with the month and year of that day; or its period, by what speaks of that."""
    rules = (
        "  r: {every: quarter, from: 2023Q2, until: 2023Q2, due: {day: 20}, applies_to: b}\n"
        f"  t: {{upon: r, due: {{{due}}}, applies_to: b}}\n"
    )
    found = cyclekit.expand(load(tmp_path, HEAD + rules), "2023")
    assert [f"{each.due:%m-%d}" for each in found if each.key.obligation == "t"] == [FIRED[due]]
