"""The rule files of the United States give the dates that their agencies published."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit.model.occurrence import Occurrence
from tests.repo.tree import REPO

GOLDEN = Path(__file__).parent
FILES = {
    "us-irs-employer": "irs-employer.yaml",
    "us-sec-periodic": "sec-periodic.yaml",
    "us-regulatory": "regulatory.yaml",
}
Name = tuple[str, str, str, int]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a list."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expanded(name: str, horizon: str) -> dict[Name, Occurrence]:
    """The occurrences of a rule file by what a row names."""
    schedule = cyclekit.expand(cyclekit.load(REPO / "rules" / "us" / FILES[name]), horizon)
    return {(each.key.obligation, each.key.unit, each.key.period, each.key.number): each for each in schedule}


@pytest.mark.parametrize("name", FILES)
def test_published(name: str) -> None:
    """Each row of a list comes out of its rule file: the same due date for the same key."""
    wanted = {
        (row["obligation"], row["unit"], row["period"], int(row["number"])): (row["due"], row["status"])
        for row in rows_of(name)
    }
    found = expanded(name, "2004..2026")
    assert {each: (found[each].due.isoformat(), found[each].status.value) for each in wanted if each in found} == wanted


def test_fourth_quarter() -> None:
    """The fourth fiscal quarter has no report of its own, in whatever month a filer's year ends."""
    quarterly = [each for each in expanded("us-sec-periodic", "2020..2026") if each[0] == "10-q"]
    assert {period[-2:] for _, _, period, _ in quarterly} == {"Q1", "Q2", "Q3"}


def test_notice_and_late_report() -> None:
    """Every periodic report has a notice and a late report of the same unit and period, and nothing else has."""
    found = set(expanded("us-sec-periodic", "2020..2026"))
    for form in ("10-k", "10-q"):
        inner = {each[1:] for each in found if each[0] == form and "2021" <= each[2].removeprefix("FY") < "2026"}
        for late in (f"nt-{form}", f"late-{form}"):
            assert {each[1:] for each in found if each[0] == late} >= inner


@pytest.mark.parametrize(
    ("name", "obligation", "event", "happened", "due"),
    [
        # Saturday; Wednesday 19 June is a holiday.
        ("us-sec-periodic", "8-k", "reportable-event", "2024-06-15", "2024-06-21"),
        # Friday before a closing on Christmas Eve, which was a Monday, and Christmas Day.
        ("us-sec-periodic", "8-k", "reportable-event", "2018-12-21", "2018-12-31"),
        ("us-irs-employer", "next-day-deposit", "liability-of-100000", "2024-04-12", "2024-04-15"),
        # Monday before Emancipation Day.
        ("us-irs-employer", "next-day-deposit", "liability-of-100000", "2024-04-15", "2024-04-17"),
    ],
)
def test_events(name: str, obligation: str, event: str, happened: str, due: str) -> None:
    """What an event sets off is due so many business days after it, whoever owes it."""
    book = cyclekit.load(REPO / "rules" / "us" / FILES[name])
    schedule = cyclekit.expand(book, happened[:4], events={event: [dt.date.fromisoformat(happened)]})
    found = {each.due.isoformat() for each in schedule if each.key.obligation == obligation}
    assert found == {due}


def test_clock_times() -> None:
    """Releases and filings are due at the clock times that their agencies state."""
    times = {
        (each.key.obligation, each.time)
        for name in FILES
        for each in expanded(name, "2024").values()
        if each.time is not None
    }
    filings = {(form, "17:30") for each in ("10-k", "10-q") for form in (each, f"nt-{each}", f"late-{each}")}
    releases = {("commitments-of-traders", "15:30"), ("employment-situation", "08:30")}
    assert times == filings | releases
