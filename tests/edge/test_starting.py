"""The page on starting leads where it says, from an empty folder."""

from pathlib import Path

import pytest

import cyclekit
from tests.edge.walking import PAGE, steps, take


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder in which every step of the page was taken, each printing what the page says."""
    monkeypatch.chdir(tmp_path)
    for step in steps():
        assert take(step, tmp_path) == step.printed, step.text
    return tmp_path


def test_every_step_does_what_the_page_says(walked: Path) -> None:
    """Each command prints what stands below it, and the files that the page shows are those that are there."""
    page = PAGE.read_text(encoding="utf-8")
    begun = (walked / "office.yaml").read_text(encoding="utf-8").partition("  analysis:")[0]
    assert f"```text\n{begun}```" in page
    assert f"```text\n{(walked / 'office.units.yaml').read_text(encoding='utf-8')}```" in page
    assert sum(step.kind == "console" for step in steps()) >= 6


def test_the_rules_are_those_of_the_document(walked: Path) -> None:
    """The dates are those that the document of the page means, worked out by hand for the middle of 2026."""
    schedule = cyclekit.expand(cyclekit.load(walked / "office.yaml"), "2026-06..07")
    # 25 July 2026 is a Saturday; 30 June is a Tuesday and 10 July a Friday.
    assert [(str(each.due), each.obligation.id, each.unit.id) for each in schedule] == [
        ("2026-06-25", "statistics", "front-desk"),
        ("2026-06-25", "statistics", "licensing"),
        ("2026-06-30", "review", "front-desk"),
        ("2026-07-10", "analysis", "licensing"),
        ("2026-07-27", "statistics", "front-desk"),
        ("2026-07-27", "statistics", "licensing"),
    ]
