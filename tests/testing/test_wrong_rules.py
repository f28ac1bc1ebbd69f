"""Wrong rule files, each right but for one mistake that people make: the hunt finds it, and nothing in the right one.

The files stand in `tests/wrong`. Behind `# found:` they say which expectation is not met, and the smallest horizon that
shows it; behind `# right:` what the line should have been.
"""

import re
import time
from pathlib import Path

import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.testing.hunting import hunt
from cyclekit.workspace.loading import load_files

WRONG = sorted((Path(__file__).parents[1] / "wrong").glob("*.yaml"))
#: Where the mistake is not in a line of the obligation, or hides from it: the line that is blamed.
BLAMED = {
    "bimonthly-phase": "    due: {day: 28}",
    "closed-unit-still-owes": "    applies_to: office",
    "friday": "    due: {weekday: fri}",
    "fortnight-off-by-a-week": "    every: 2 weeks",
    "wrong-month-skipped": "    every: month",
    "a-quarter-forgotten": "    every: quarter",
    "year-named-by-its-first": "    every: quarter",
}


def found_in(path: Path) -> list[Diagnostic]:
    """What is wrong with a file: what keeps it from being used, or what the hunt finds."""
    loaded = load_files([path])
    if loaded.has_errors:
        return [each for each in loaded.diagnostics if each.is_error]
    book = loaded.rulebooks[0]
    return list(hunt(book, loaded.places_of(book.id), str(path)).diagnostics)


def test_there_are_enough() -> None:
    """Twelve mistakes that were named beforehand, and ten more."""
    assert len(WRONG) == 22


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_the_mistake_is_found(path: Path) -> None:
    """Within ten seconds it is found, alone, at its line, with the smallest example."""
    text = path.read_text(encoding="utf-8")
    stated = re.search(r"^# found: (\S+)(?: (\S+))?$", text, re.MULTILINE)
    assert stated is not None
    begun = time.perf_counter()
    found = found_in(path)
    assert time.perf_counter() - begun < 10
    name, horizon = stated.groups()
    messages = {f"unmet-{name.replace('_', '-')}", "unmet-no-date" if name == "dates" else "", name}
    assert [not {each.message, each.code}.isdisjoint(messages) for each in found] == [True]
    if horizon == "a-day-off":
        # Which day is drawn: one is enough, and the horizon is that day.
        assert found[0].values["horizon"] == "{0}..{0}".format(found[0].values["days_off"])
    elif horizon is not None:
        assert (found[0].values["horizon"], found[0].values.get("days_off")) == (horizon, None)
    line = text.splitlines()[found[0].place.line - 1]
    assert line.partition("  #")[0] == BLAMED.get(path.stem, line.partition("  #")[0])
    assert "# right:" in line or path.stem in BLAMED


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_nothing_is_found_once_it_is_right(path: Path, tmp_path: Path) -> None:
    """With the mistake put right, the hunt finds nothing: the expectation was not what was wrong."""
    text = path.read_text(encoding="utf-8")
    right = re.sub(r"^( *)\S.*  # right: (.*)$", r"\1\2", text, flags=re.MULTILINE)
    assert right != text
    (tmp_path / "right.yaml").write_text(right, encoding="utf-8")
    assert found_in(tmp_path / "right.yaml") == []
