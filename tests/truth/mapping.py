"""Which rulebook, obligation and unit each set of published dates is about: `rows.csv`."""

import csv
from pathlib import Path

import attrs

from tests.truth.tables import Row, UnreadableRowError

ROWS = Path(__file__).parent / "rows.csv"
#: As of which day some rows were published, where a later announcement changed the date.
VINTAGES = Path(__file__).parent / "vintages.csv"


@attrs.frozen
class About:
    """What the rows of a set that begin so are about, and how their period column is read."""

    set: str
    begins: str
    rulebook: str
    obligation: str
    unit: str
    period: str
    number: str


def mapping() -> tuple[About, ...]:
    """Every line of the table."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return tuple(About(**row) for row in csv.DictReader(file))


def vintages() -> dict[tuple[str, str, str], str]:
    """The day as of which a row is looked at, by set, period and published date."""
    with VINTAGES.open(encoding="utf-8", newline="") as file:
        return {(row["set"], row["period"], row["due"]): row["known_on"] for row in csv.DictReader(file)}


def about(row: Row, lines: tuple[About, ...]) -> About:
    """Of the lines that a row's obligation begins with, the longest. Raises UnreadableRowError without any."""
    found = [each for each in lines if each.set == row.set and row.obligation.startswith(each.begins)]
    if not found:
        raise UnreadableRowError("rows.csv has no line for it")
    return max(found, key=lambda each: len(each.begins))
