"""The pages on starting lead where they say, from an empty folder, in English and Chinese."""

from pathlib import Path

import pytest

import cyclekit
from tests.edge.walking import CHINESE_PAGE, PAGE, steps, take


def walk(page: Path, folder: Path) -> None:
    """Take every step of a page in a folder, which has to be the working one; each prints what the page says."""
    for step in steps(page):
        assert take(step, folder) == step.printed, step.text


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder in which every step of the English page was taken."""
    monkeypatch.chdir(tmp_path)
    walk(PAGE, tmp_path)
    return tmp_path


@pytest.mark.parametrize("shown", [PAGE, CHINESE_PAGE], ids=["en", "zh"])
def test_every_step_does_what_the_page_says(shown: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each command prints what stands below it, and the files that the page shows are those that are there."""
    monkeypatch.chdir(tmp_path)
    walk(shown, tmp_path)
    page = shown.read_text(encoding="utf-8")
    begun = (tmp_path / "office.yaml").read_text(encoding="utf-8").partition("  analysis:")[0]
    assert f"```text\n{begun}```" in page
    assert f"```text\n{(tmp_path / 'office.units.yaml').read_text(encoding='utf-8')}```" in page
    assert sum(step.kind == "console" for step in steps(shown)) >= 6


def test_the_pages_teach_one_lesson(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The Chinese page ends with the dates of the English one: only names and ids differ."""
    found = []
    for number, page in enumerate((PAGE, CHINESE_PAGE)):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        walk(page, folder)
        book = cyclekit.load(folder / "office.yaml")
        found.append(sorted((each.due, each.nominal, each.period) for each in cyclekit.expand(book, "2026")))
    assert found[0] == found[1]
    # Twelve months for each of two units, four quarters, two halves.
    assert len(found[0]) == 30


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
