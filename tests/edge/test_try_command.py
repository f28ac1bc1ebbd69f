"""`cyclekit try`, and `cyclekit check --expect`, as they are used."""

import sys
from pathlib import Path

import pytest

from tests.edge.running import loaded_by, run, spawn
from tests.repo.tree import REPO

WRONG = REPO / "tests" / "wrong" / "friday.yaml"
WEEKS = "2020-W53, 2021-W01, 2021-W02, 2021-W03, 2021-W04, 2021-W05,…"
FOUND = """error[unmet]: `review` has 52 due dates about 2021, not 12: {weeks}
 --> {path}:8:10
  |
8 |     due: {{weekday: fri}}  # right: due: {{weekday: fri, nth: last}}
  |          ^
  = help: The smallest example: 2021-01-01..2021-12-31
  = rule: By the Friday of each week.
  = expected here: {path}:9:24

What a code means: cyclekit code unmet
1 file: 1 error
"""


def test_what_is_found_is_shown_at_its_line() -> None:
    """The smallest example stands at the line of the rule, with the place of the expectation; the exit code is 1."""
    ran = run("try", WRONG, "--seconds", "0.1")
    assert ran.exit_code == 1
    assert ran.stdout.startswith(FOUND.format(path=WRONG, weeks=WEEKS))
    assert ran.stdout.splitlines()[-1].endswith(" cases tried")


def test_check_tells_what_is_not_expected() -> None:
    """`check --expect` tells the same without Hypothesis, and without it nothing is said."""
    ran = run("check", "--expect", WRONG)
    assert (ran.exit_code, ran.stdout) == (1, FOUND.format(path=WRONG, weeks=WEEKS))
    assert (run("check", WRONG).exit_code, run("check", WRONG).stdout) == (0, "1 file: no problems\n")
    assert "hypothesis" not in loaded_by("check", "--expect", REPO / "rules" / "cn" / "lpr.yaml")


def test_it_speaks_chinese() -> None:
    """What is found is told in Chinese as well."""
    told = run("try", WRONG, "--lang", "zh", "--seconds", "0.1").stdout
    assert "`review` 在 2021 年有 52 次截止，而非 12 次" in told
    assert "最小反例：2021-01-01..2021-12-31" in told
    assert "已试推" in told


def test_a_file_without_expectations_is_told() -> None:
    """Where nothing is expected the invariants are tried all the same, and the author is told what to write."""
    ran = run("try", REPO / "rules" / "cn" / "lpr.yaml")
    assert ran.exit_code == 0
    assert "write `expect:` under an obligation" in ran.stdout


def test_a_file_with_errors_is_not_tried(tmp_path: Path) -> None:
    """Errors are told as `check` tells them, and nothing is tried."""
    (tmp_path / "a.yaml").write_text("cyclekit: 1\nid: a\nobligations: {x: {every: quater}}\n", encoding="utf-8")
    ran = run("try", tmp_path)
    assert ran.exit_code == 1
    assert "error[bad-value]" in ran.stdout
    assert "tried" not in ran.stdout


def test_without_hypothesis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is missing, the message names it, and the exit code is 2."""
    for name in [
        each for each in sys.modules if each.startswith(("cyclekit.testing.hunting", "cyclekit.testing.edits"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    ran = run("try", WRONG)
    assert ran.exit_code == 2
    assert "pip install 'cyclekit[testing]'" in ran.output


def test_no_bar_where_nobody_watches() -> None:
    """Into a file or a pipe only what was found is written, and nothing to the standard error."""
    ran = spawn("try", WRONG, "--seconds", "0.1", LC_ALL="C.UTF-8")
    assert (ran.returncode, ran.stderr) == (1, b"")
