"""The rule files of the United States give the dates that their agencies published."""

import csv
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
    return {
        (each.key.obligation, each.key.unit, each.key.period, each.key.number): each for each in schedule
    }


@pytest.mark.parametrize("name", FILES)
def test_published(name: str) -> None:
    """Each row of a list comes out of its rule file: the same due date for the same key."""
    wanted = {
        (row["obligation"], row["unit"], row["period"], int(row["number"])): (row["due"], row["status"])
        for row in rows_of(name)
    }
    found = expanded(name, "2004..2026")
    assert {each: (found[each].due.isoformat(), found[each].status.value) for each in wanted if each in found} == wanted
