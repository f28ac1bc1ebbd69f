"""The golden lists beside the rule files: dates that were typed out by hand from what was published."""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import cyclekit
from cyclekit import Occurrence, Rulebook
from cyclekit.model.timing import OfEvent, Upon
from tests.repo.tree import REPO
from tests.truth.scores import Judgement, Verdict
from tests.truth.shipped import AROUND, origin, shipped
from tests.truth.tables import Row

GOLDEN = REPO / "tests" / "golden"
Name = tuple[str, str, str, str]


def judge_golden() -> dict[str, list[Judgement]]:
    """What became of each list's rows. A list is named by its rulebook, those of Chinese cities without `cn-`."""
    books = shipped()
    lists = ((path, books.get(path.stem) or books.get(f"cn-{path.stem}")) for path in sorted(GOLDEN.glob("*.csv")))
    return {path.stem: list(_judged(book, path)) for path, book in lists if book}


def _judged(book: Rulebook, path: Path) -> Iterator[Judgement]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [dt.date.fromisoformat(row["due"]) for row in rows]
    horizon = cyclekit.Span(min(days) - AROUND, max(days) + AROUND)
    schedule = cyclekit.expand(book, horizon, events=_events(book, rows), max_years=100)
    found: dict[Name, list[Occurrence]] = {}
    for each in schedule:
        found.setdefault(_name(each), []).append(each)
    for row in rows:
        name = (row["obligation"], row["unit"], row["period"], row["number"])
        published = Row(path.stem, name[0], "/".join(name[1:]), row["due"], "", "", "")
        dates = [(str(each.due), each.status.value) for each in found.get(name, ())]
        if dates == [(row["due"], row["status"])]:
            yield Judgement(published, origin(found[name][0]))
        else:
            yield Judgement(published, Verdict.DIFFERING, ", ".join(map(" ".join, dates)) or "nothing")


def _name(occurrence: Occurrence) -> Name:
    _, obligation, unit, period, number = occurrence.key
    return obligation, unit, period, str(number)


def _events(book: Rulebook, rows: list[dict[str, str]]) -> Mapping[str, list[dt.date]]:
    """What the rows suppose to have happened: the period of what an event sets off is the event's day."""
    triggers = {each.id: each.timing.trigger for each in book if isinstance(each.timing, Upon)}
    events: dict[str, set[dt.date]] = {}
    for row in rows:
        trigger = triggers.get(row["obligation"])
        while trigger is not None and not isinstance(trigger, OfEvent):
            trigger = triggers.get(trigger.obligation)
        if trigger is not None:
            events.setdefault(trigger.name, set()).add(dt.date.fromisoformat(row["period"]))
    return {name: sorted(days) for name, days in events.items()}
