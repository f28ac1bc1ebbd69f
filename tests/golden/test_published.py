"""The rule files of tax offices, regulators and courts give the dates that these published, and those of other years.

A list is complete for every year that it names for an obligation and a unit. Of what events set off, it holds some
events: an occurrence's period is then the day of its event.
"""

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

import cyclekit
from cyclekit import Rulebook, Schedule
from cyclekit.model.identity import Key
from cyclekit.model.timing import OfEvent, OfObligation, Upon
from tests.repo.tree import REPO

GOLDEN = Path(__file__).parent
#: The lists that are named by the id of a rulebook: the file is that of the same name in the folder of its first word.
PLACES = ("au", "ca", "cn", "de", "eu", "law", "uk")
LISTS = sorted(path.stem for path in GOLDEN.glob("*.csv") if path.stem.split("-")[0] in PLACES)
#: What has its dates as a list in the rule file already.
LISTED_DATES = {"cn-nbs-release": {"annual-communique", "value-added", "consumer-prices", "producer-prices"}}
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a list."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def book_of(name: str) -> Rulebook:
    """The rulebook that a list is about."""
    place, rest = name.split("-", 1)
    book = cyclekit.load(REPO / "rules" / place / f"{rest}.yaml")
    assert book.id == name
    return book


def event_behind(book: Rulebook, obligation: str) -> str | None:
    """The event that sets an obligation off, itself or through others; None where it recurs."""
    match book[obligation].timing:
        case Upon(trigger=OfEvent(name=name)):
            return name
        case Upon(trigger=OfObligation(obligation=other)):
            return event_behind(book, other)
        case _:
            return None


def expanded(book: Rulebook, rows: list[Row]) -> Schedule:
    """The years of a list's due dates, with every event that it names."""
    events: dict[str, set[dt.date]] = defaultdict(set)
    for row in rows:
        if event := event_behind(book, row["obligation"]):
            events[event].add(dt.date.fromisoformat(row["period"]))
    years = [row["due"][:4] for row in rows]
    return cyclekit.expand(book, f"{min(years)}..{max(years)}", events=events)


def key_of(name: str, row: Row) -> Key:
    """What a row is about."""
    return Key(name, row["obligation"], row["unit"], row["period"], int(row["number"]))


@pytest.mark.parametrize("name", LISTS)
def test_every_date_of_a_list(name: str) -> None:
    """Each row's occurrence is due on its date."""
    rows = rows_of(name)
    schedule = expanded(book_of(name), rows)
    found = {each.key: (str(each.due), each.status.value) for each in schedule}
    wanted = {key_of(name, row): (row["due"], row["status"]) for row in rows}
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("name", LISTS)
def test_nothing_beside_a_list(name: str) -> None:
    """In a year that a list names for an obligation and a unit, nothing else of the two is due."""
    rows, book = rows_of(name), book_of(name)
    named = {(row["obligation"], row["unit"], row["due"][:4]) for row in rows}
    wanted = {key_of(name, row) for row in rows}
    beside = [
        each.key
        for each in expanded(book, rows)
        if (each.key.obligation, each.key.unit, str(each.due)[:4]) in named
        and event_behind(book, each.key.obligation) is None
        and each.key not in wanted
    ]
    assert beside == []


@pytest.mark.parametrize("name", LISTS)
def test_every_obligation_has_a_date_in_its_list(name: str) -> None:
    """A list has a row for each obligation of its rule file, but for those given by a list of dates themselves."""
    listed = {row["obligation"] for row in rows_of(name)}
    assert {each.id for each in book_of(name)} - listed <= LISTED_DATES.get(name, set())


@pytest.mark.parametrize(
    ("known_on", "period", "due"),
    [
        ("2015-01-22", "2015-09", "2015-09-18"),
        ("2015-02-01", "2015-09", "2015-09-15"),
        ("2015-05-13", "2015-09", "2015-09-18"),
        ("2020-01-29", "2020-02", "2020-02-17"),
        ("2020-02-16", "2020-02", "2020-02-24"),
        ("2020-02-17", "2020-02", "2020-02-28"),
    ],
)
def test_what_was_known_on_a_day(known_on: str, period: str, due: str) -> None:
    """A filing deadline that was announced in steps is the one that had been announced by then."""
    known = dt.date.fromisoformat(known_on)
    schedule = cyclekit.expand(book_of("cn-tax-filing"), period, known_on=known)
    assert [str(each.due) for each in schedule if each.key.obligation == "monthly-filing"] == [due]


def test_days_of_grace() -> None:
    """Three days of grace after 10 October 2025, a Friday, end on Monday the 13th; the due date stays."""
    schedule = cyclekit.expand(book_of("de-tax-and-social"), "2025-10")
    found = [(str(each.due), str(each.closes)) for each in schedule.for_unit("bund") if each.period == "2025-09"]
    assert ("2025-10-10", "2025-10-13") in found


def test_the_fixings_hour() -> None:
    """The loan prime rate came out at half past nine, from 2022 at a quarter past, since July 2024 at nine."""
    schedule = cyclekit.expand(book_of("cn-lpr"), "2021-12..2024-07")
    times = {each.period: each.time for each in schedule}
    months = ("2021-12", "2022-01", "2024-06", "2024-07")
    assert [times[each] for each in months] == ["09:30", "09:15", "09:15", "09:00"]
