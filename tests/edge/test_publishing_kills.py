"""Publishing that is killed at any moment."""

import subprocess
import sys
from pathlib import Path

from tests.repo.tree import REPO


def test_fifty_kills(tmp_path: Path) -> None:
    """Killed fifty times at random, a publication is never torn, and the next one clears away what is left of it."""
    command = [sys.executable, "-m", "tests.faults.killed", str(tmp_path), "50", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO)
    assert ran.stderr == ""
    rounds, torn, unfinished = map(int, ran.stdout.split())
    assert (rounds, torn) == (50, 0)
    # Most were killed in the midst of it.
    assert unfinished > 10
