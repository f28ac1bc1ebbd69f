"""From a label to periods, and to the days in which they fall due; and which labels there are."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cyclekit.engine.whereabouts import extent_of, first_labels, labels_near, periods_named, whereabouts
from cyclekit.model.event import Event
from cyclekit.model.obligation import Rulebook
from tests.examples import load

RULES = """cyclekit: 1
id: book
calendar: CN
from: 2022-05
units:
  - {id: a}
  - {id: b, year_start: 04-01}
obligations:
  report: {every: quarter, due: {day: 20}}
  fiscal: {every: quarter, year_start: unit, due: {day: 20}}
  term: {every: {periods: {spring: 2023-02-13..2023-06-30, autumn: 2023-09-01..2024-01-19}}}
  ended: {every: month, from: 2023-02, until: 2023-04}
  once: {once: 2023-06}
  dates: {dates: {2023-01: 2023-02-10, 2023-08..12: 2023-12-20, 2022H1: 2022-07-10}}
  upon: {upon: report, due: {add: 5 days}}
  breach: {upon: {event: breach}, due: {add: 3 days}}
  moved:
    every: quarter
    due: {day: 20}
    exceptions: {2023Q1: {due: 2024-02-01, reason: flood}}
  always: {standing: true}
"""
TUESDAY = dt.date(2023, 5, 16)
EVENTS = {
    "breach": (
        Event(TUESDAY),
        Event(dt.date(2023, 5, 10), "leak"),
        Event(dt.datetime(2023, 5, 20, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))),
        Event(dt.datetime(2023, 6, 1, 8, 0)),  # noqa: DTZ001 (the local time of whoever owes something)
    )
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The rules above."""
    return load(tmp_path_factory.mktemp("rules"), RULES)


@pytest.mark.parametrize(
    ("obligation", "label", "expected"),
    [
        ("report", "2023Q1", ["2023-01-01..2023-03-31 2023Q1"]),
        ("report", "2023-01..03", ["2023-01-01..2023-03-31 2023Q1"]),
        ("report", "2023-01", []),
        ("report", "2023", []),
        ("report", "soon", []),
        # Before the rule file begins, and still a label of the cycle.
        ("report", "2020Q1", ["2020-01-01..2020-03-31 2020Q1"]),
        # The last quarter of the fiscal year of one unit, the first of the calendar year of the other.
        ("fiscal", "2023Q1", ["2023-01-01..2023-03-31 2023Q1", "2023-01-01..2023-03-31 FY2022Q4"]),
        ("fiscal", "FY2023Q1", ["2023-04-01..2023-06-30 FY2023Q1"]),
        ("term", "spring", ["2023-02-13..2023-06-30 spring"]),
        ("term", "2023-02-13..2023-06-30", ["2023-02-13..2023-06-30 spring"]),
        ("term", "winter", []),
        ("ended", "2024-02", ["2024-02-01..2024-02-29 2024-02"]),
        ("once", "once", ["2023-06-01..2023-06-30 once"]),
        ("once", "2023-06", ["2023-06-01..2023-06-30 once"]),
        ("once", "2023-07", []),
        ("dates", "2023-08..12", ["2023-08-01..2023-12-31 2023-08..12"]),
        ("dates", "2023-08-01..2023-12-31", ["2023-08-01..2023-12-31 2023-08..12"]),
        ("dates", "2023-01", ["2023-01-01..2023-01-31 2023-01"]),
        ("dates", "2023-02", []),
        ("upon", "2023Q1", ["2023-01-01..2023-03-31 2023Q1"]),
        ("breach", "2023-05-16", ["2023-05-16..2023-05-16 2023-05-16"]),
        ("breach", "leak", ["2023-05-10..2023-05-10 leak"]),
        ("breach", "2023-05-10", []),
        # Where clocks show another day, the moment belongs to that day; which one that is, is not told here.
        ("breach", "2023-05-20", ["2023-05-19..2023-05-21 2023-05-20"]),
        ("breach", "2023-05-21", ["2023-05-19..2023-05-21 2023-05-21"]),
        ("breach", "2023-05-22", []),
        ("breach", "2023-06-01", ["2023-06-01..2023-06-01 2023-06-01"]),
        ("breach", "2023-06-02", []),
        ("always", "2023", []),
    ],
)
def test_the_periods_of_a_label(book: Rulebook, obligation: str, label: str, expected: list[str]) -> None:
    """A label names the period of its span, spelled as the cycle spells it, whatever bounds there are."""
    found = periods_named(book, book[obligation], label, EVENTS)
    day = dt.date.fromordinal
    assert [f"{day(each.first)}..{day(each.last)} {each.label}" for each in found] == expected


def test_the_periods_of_no_event(book: Rulebook) -> None:
    """Where none of that name has happened, no label means anything."""
    assert periods_named(book, book["breach"], "2023-05-16", {}) == []


@pytest.mark.parametrize(
    ("obligation", "text", "expected"),
    [
        ("report", "2023", ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]),
        ("report", "2023-05", ["2023Q2"]),
        ("report", "2023-5", ["2023Q2"]),
        ("report", "2023年5月", ["2023Q2"]),
        ("report", "soon", []),
        ("report", "2021", []),
        ("fiscal", "2023Q2", ["2023Q2"]),
        ("ended", "2023H1", ["2023-02", "2023-03", "2023-04"]),
        ("once", "2023", ["once"]),
        ("once", "2024", []),
        ("dates", "2023", ["2023-01", "2023-08..12"]),
        ("dates", "2022-06-30", ["2022H1"]),
        ("upon", "2023-05", ["2023Q2"]),
        ("breach", "2023-05", ["leak", "2023-05-16", "2023-05-20"]),
        ("breach", "2023", ["leak", "2023-05-16", "2023-05-20", "2023-06-01"]),
        ("always", "2023", []),
    ],
)
def test_labels_that_are_near(book: Rulebook, obligation: str, text: str, expected: list[str]) -> None:
    """The periods that share days with what a text names, or with what it seems to name."""
    assert labels_near(book, book[obligation], text, EVENTS) == expected


@pytest.mark.parametrize(
    ("obligation", "expected"),
    [
        ("report", ["2022Q2", "2022Q3", "2022Q4"]),
        ("term", ["spring", "autumn"]),
        ("ended", ["2023-02", "2023-03", "2023-04"]),
        ("once", ["once"]),
        ("dates", ["2022H1", "2023-01", "2023-08..12"]),
        ("upon", ["2022Q2", "2022Q3", "2022Q4"]),
        ("breach", ["leak", "2023-05-16", "2023-05-20"]),
        ("always", []),
    ],
)
def test_the_first_labels(book: Rulebook, obligation: str, expected: list[str]) -> None:
    """From the beginning on, three at most."""
    assert first_labels(book, book[obligation], 3, EVENTS) == expected


def test_the_first_labels_where_nothing_begins(tmp_path: Path) -> None:
    """Those of a usual year; of the last one that there is, where they end before it."""
    rules = load(
        tmp_path,
        "cyclekit: 1\nid: book\nobligations:\n  x: {every: quarter}\n  y: {every: quarter, until: 2020}\n"
        "  z: {every: year, until: 2026}\n  u: {upon: x}\n",
    )
    found = {name: first_labels(rules, rules[name], 3, {}) for name in "xyzu"}
    quarters = ["2026Q1", "2026Q2", "2026Q3"]
    # 2020 has 366 days: so many before its last one it is the last of 2019.
    assert found == {"x": quarters, "y": ["2019Q4", "2020Q1", "2020Q2"], "z": ["2025", "2026"], "u": quarters}


@pytest.mark.parametrize(
    ("obligation", "expected"),
    [
        ("report", "2022-05-01..None"),
        ("ended", "2023-02-01..2023-04-30"),
        ("term", "2023-02-13..2024-01-19"),
        ("upon", "2022-05-01..None"),
        ("always", "2022-05-01..None"),
        ("once", "2022-05-01..None"),
    ],
)
def test_between_which_days_there_are_periods(book: Rulebook, obligation: str, expected: str) -> None:
    """What the file, the obligation and its cycle allow together."""
    found = extent_of(book, book[obligation])
    assert f"{found.first}..{found.last}" == expected


def test_where_an_occurrence_is_to_be_found(book: Rulebook) -> None:
    """The window holds the due date, also that of an exception, and what is triggered by it."""
    period = periods_named(book, book["report"], "2023Q1", EVENTS)
    for obligation, due in (("report", "2023-03-20"), ("upon", "2023-03-25"), ("moved", "2024-02-01")):
        first, last = whereabouts(book, book[obligation], period, 9, EVENTS)
        assert first <= dt.date(2023, 1, 1).toordinal()
        assert first <= dt.date.fromisoformat(due).toordinal() <= last
    # A quarter and some four months around it, where nothing was moved.
    first, last = whereabouts(book, book["report"], period, 9, EVENTS)
    assert dt.date(2022, 9, 1).toordinal() <= first
    assert last <= dt.date(2023, 7, 31).toordinal()
