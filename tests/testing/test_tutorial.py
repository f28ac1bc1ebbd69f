"""The tutorial: the wrong rules that it begins with have no error, and what it shows is what is printed."""

import re
from pathlib import Path

import pytest

from tests.edge.running import run
from tests.repo.tree import REPO

PAGE = (REPO / "docs" / "property-testing.md").read_text(encoding="utf-8")
SILENT, EXPECTING = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_tutorial_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` finds nothing in the first file; `try` prints for the second what stands on the page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mistakes.yaml").write_text(SILENT, encoding="utf-8")
    (tmp_path / "expecting.yaml").write_text(EXPECTING, encoding="utf-8")
    assert run("check", "mistakes.yaml").exit_code == 0
    printed = run("try", "expecting.yaml", "--seconds", "0.1").stdout
    shown = PAGE.partition("    cyclekit try expecting.yaml\n\n")[2].partition("\nEach expectation")[0]
    told = "".join(line.removeprefix("    ") for line in shown.splitlines(keepends=True))
    assert printed.startswith(told)
    assert told.count("error[unmet]") == 3
