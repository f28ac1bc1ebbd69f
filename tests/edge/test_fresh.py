"""The wheel in an environment of its own: installed with its extra, its plugin and its entry point work at once.

Needs the network (or an index that pip is told of): `make fresh`.
"""

import os
import subprocess
import venv
from pathlib import Path

import pytest

from tests.repo.tree import REPO

pytestmark = pytest.mark.fresh
#: All that a project has to write.
THREE_LINES = """from hypothesis import given, strategies as st
from cyclekit import Obligation
test_it = given(st.from_type(Obligation))(lambda each: None)
"""
RULES = "cyclekit: 1\nid: mine\nobligations:\n  report: {every: quarter, expect: {per_year: 4}}\n"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as CI does, with nothing of this environment but PATH and what pip is told; it has to succeed."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("PIP_")}
    kept["CI"] = "true"
    ran = subprocess.run(
        [str(each) for each in command], cwd=cwd, env=kept, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_a_fresh_project_has_both_at_once(tmp_path: Path) -> None:
    """Three lines of Python draw an obligation by its type; `pytest --cyclekit` collects a rule file beside them."""
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path / "dist", REPO, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    run(python, "-m", "pip", "install", "--quiet", f"{wheel}[testing]", "pytest", cwd=tmp_path)
    project = tmp_path / "project"
    project.mkdir()
    (project / "test_mine.py").write_text(THREE_LINES, encoding="utf-8")
    (project / "mine.yaml").write_text(RULES, encoding="utf-8")
    told = run(python, "-m", "pytest", "-v", "-W", "error", "--cyclekit", ".", cwd=project)
    for name in ("test_mine.py::test_it", "mine.yaml::diagnostics", "mine.yaml::expectations", "mine.yaml::invariants"):
        assert f"{name} PASSED" in told
