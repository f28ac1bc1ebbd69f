"""The pages of recipes work as they stand, in English and Chinese."""

import shlex
from pathlib import Path

import pytest

import cyclekit
from tests.edge.recipes import CHINESE_PAGE, PAGE, do, recipes
from tests.edge.running import run
from tests.unit.calendar_server import fake_server

BOTH = pytest.mark.parametrize("page", [PAGE, CHINESE_PAGE], ids=["en", "zh"])


def follow(page: Path, folder: Path) -> None:
    """Do all that a page says in a folder, which has to be the working one; commands print what the page shows."""
    for recipe in recipes(page):
        assert do(recipe, folder) == recipe.printed, recipe.text


@BOTH
def test_every_recipe_does_what_the_page_says(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each file can be written and changed as the page says, and each command prints what stands below it."""
    monkeypatch.chdir(tmp_path)
    follow(page, tmp_path)
    assert sum(recipe.kind == "console" for recipe in recipes(page)) >= 15


@BOTH
def test_the_dates_are_right(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the pages say of holidays and exceptions is so, worked out by hand from the days off of China in 2026."""
    monkeypatch.chdir(tmp_path)
    follow(page, tmp_path)
    found = {
        str(each.key): (str(each.due), each.status.value)
        for each in cyclekit.expand(cyclekit.load("office.yaml"), "2026")
        if each.unit.id == "chengguan"
    }
    # 28 February is a Saturday that is worked for the Spring Festival, and 20 September a Sunday that is worked for
    # the National Day; 28 June is a Sunday like any other, and its Friday is worked.
    assert found["office/news/chengguan/2026-02"] == ("2026-02-28", "scheduled")
    assert found["office/news/chengguan/2026-06"] == ("2026-06-26", "scheduled")
    assert found["office/summary/chengguan/2026Q2"] == ("2026-06-30", "scheduled")
    assert found["office/summary/chengguan/2026Q3"] == ("2026-09-20", "waived")
    # 20 March is a Friday; 20 December is a Sunday, and nothing is off on Monday.
    assert found["office/summary/chengguan/2026Q1"] == ("2026-03-20", "scheduled")
    assert found["office/summary/chengguan/2026Q4"] == ("2026-12-21", "scheduled")
    assert len(found) == 16


@BOTH
def test_the_recipe_for_a_calendar_server(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pushing as the page says puts nothing with --dry-run, and each due date of the unit without it."""
    monkeypatch.chdir(tmp_path)
    do(next(recipes(page)), tmp_path)
    (line,) = (each for each in page.read_text(encoding="utf-8").splitlines() if each.startswith("cyclekit push "))
    login = {"CYCLEKIT_PASSWORD": "secret"}
    with fake_server() as server:
        words = [server.address if "://" in word else word for word in shlex.split(line)[1:]]
        dry = run(*words, "--within", "2026", **login)
        assert dry.exit_code == 0, dry.output
        assert not server.objects
        words.remove("--dry-run")
        done = run(*words, "--within", "2026", **login)
        assert done.exit_code == 0, done.output
        assert len(server.objects) == 16
