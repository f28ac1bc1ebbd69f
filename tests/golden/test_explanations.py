"""Every due date of the shipped rule files is explained."""

import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit.adapters.explanation import render
from cyclekit.engine.expand import event_names
from tests.repo.tree import REPO, named

RULES = sorted(path for path in (REPO / "rules").rglob("*.yaml") if not path.name.endswith(".units.yaml"))
HAPPENED = dt.datetime(2022, 12, 29, 15, 30)  # noqa: DTZ001 (local time)

#: Calendars are compiled anew for each that is found by its period.
SOME = 3


@pytest.mark.parametrize("path", RULES, ids=named)
def test_explanations_of_shipped_rules(path: Path) -> None:
    """An explanation ends at the due date of its occurrence, in either language, by a schedule and by its period."""
    book = cyclekit.load(path)
    events = {name: [HAPPENED] for name in event_names([book])}
    schedule = cyclekit.expand(book, "2020" if path.stem == "wuhu-2020" else "2022-10-01..2023-12-31", events=events)
    assert len(schedule)
    by_obligation: dict[str, cyclekit.Key] = {}
    for each in schedule:
        explanation = cyclekit.explain(schedule, each.key)
        assert explanation.due == each.due
        for language in ("en", "zh"):
            assert str(each.due) in render(explanation, language=language)
        by_obligation.setdefault(each.obligation.id, each.key)
    for key in list(by_obligation.values())[:SOME]:
        assert cyclekit.explain(book, key, events=events).due == schedule[key].due
