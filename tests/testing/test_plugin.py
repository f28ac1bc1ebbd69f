"""The pytest plugin, as a project uses it: in a pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.tree import REPO

RIGHT = """cyclekit: 1
id: right
obligations:
  report:
    every: quarter
    from: 2023
    until: 2023Q2
    expect: {gap: {min: 80 days}}
"""
GOLDEN = """obligation,unit,period,due
report,_,2023Q1,2023-03-31
report,_,2023Q2,2023-06-30
"""


def pytest_in(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin in a folder that has no other settings."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "cyclekit.testing.plugin", "-p", "no:cacheprovider", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, encoding="utf-8")


def written(folder: Path, name: str, text: str) -> None:
    """A file in a folder."""
    (folder / name).write_text(text, encoding="utf-8")


def test_a_right_file_is_some_tests_that_pass(tmp_path: Path) -> None:
    """Diagnostics, expectations, invariants, and the list next to the file; units and hidden files are no tests."""
    written(tmp_path, "right.yaml", RIGHT)
    written(tmp_path, "right.golden.csv", GOLDEN)
    written(tmp_path, "some.units.yaml", "- {id: a}\n")
    written(tmp_path, ".hidden.yaml", "no: rules\n")
    ran = pytest_in(tmp_path, "--cyclekit", "-v")
    assert ran.returncode == 0, ran.stdout
    for name in ("diagnostics", "expectations", "invariants", "golden"):
        assert f"right.yaml::{name} PASSED" in ran.stdout
    assert "4 passed" in ran.stdout


def test_without_the_option_nothing_is_collected(tmp_path: Path) -> None:
    """Installing the plugin changes nothing for those who do not ask for it."""
    written(tmp_path, "right.yaml", RIGHT)
    assert "no tests ran" in pytest_in(tmp_path).stdout


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_wrong_file_fails_at_its_line(tmp_path: Path, workers: str) -> None:
    """The failing rule is shown at its line with the smallest horizon, in this process and by several workers."""
    written(tmp_path, "friday.yaml", (REPO / "tests" / "wrong" / "friday.yaml").read_text(encoding="utf-8"))
    ran = pytest_in(tmp_path, "--cyclekit", "-n", workers, "--cyclekit-seconds", "0.1")
    assert ran.returncode == 1
    assert "friday.yaml:8:10" in ran.stdout
    assert "8 |     due: {weekday: fri}" in ran.stdout
    assert "= help: The smallest example: 2021-01-01..2021-12-31" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "1 failed, 2 passed" in ran.stdout


def test_a_file_with_errors_fails_in_each_test(tmp_path: Path) -> None:
    """What is wrong is told once, in Chinese where that is asked for; the others say that there are errors."""
    written(tmp_path, "bad.yaml", RIGHT.replace("quarter", "quater"))
    ran = pytest_in(tmp_path, "--cyclekit", "--cyclekit-lang", "zh")
    assert "“quater”不是周期" in ran.stdout
    assert ran.stdout.count("the file has errors") >= 2
    assert "3 failed" in ran.stdout


def test_a_list_that_differs_fails(tmp_path: Path) -> None:
    """The lines that are gone and those that are new are shown, and how to write the list anew: which then passes."""
    written(tmp_path, "right.yaml", RIGHT)
    written(tmp_path, "right.golden.csv", GOLDEN.replace("03-31", "03-30"))
    ran = pytest_in(tmp_path, "--cyclekit")
    assert "- report,_,2023Q1,2023-03-30\n+ report,_,2023Q1,2023-03-31" in ran.stdout
    assert "1 failed, 3 passed" in ran.stdout
    assert pytest_in(tmp_path, "--cyclekit", "--cyclekit-golden").returncode == 0
    assert (tmp_path / "right.golden.csv").read_text() == GOLDEN
