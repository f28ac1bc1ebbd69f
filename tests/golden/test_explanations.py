"""Every due date of the shipped rule files is explained."""

from pathlib import Path

import pytest

import cyclekit
from cyclekit.adapters.explanation import render
from tests.repo.tree import REPO, named

RULES = sorted(path for path in (REPO / "rules").rglob("*.yaml") if not path.name.endswith(".units.yaml"))


@pytest.mark.parametrize("path", RULES, ids=named)
def test_explanations_of_shipped_rules(path: Path) -> None:
    """An explanation ends at the due date of its occurrence, in either language, by a schedule and by its period."""
    book = cyclekit.load(path)
    schedule = cyclekit.expand(book, "2022-10-01..2023-12-31")
    by_obligation: dict[str, cyclekit.Key] = {}
    for each in schedule:
        explanation = cyclekit.explain(schedule, each.key)
        assert explanation.due == each.due
        for language in ("en", "zh"):
            assert str(each.due) in render(explanation, language=language)
        by_obligation.setdefault(each.obligation.id, each.key)
    for key in by_obligation.values():
        assert cyclekit.explain(book, key).due == schedule[key].due
