"""`cyclekit watch`, with a real file being saved."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cyclekit.workspace.watching import Watch
from tests.edge.running import run

RULES = "cyclekit: 1\nid: a\nobligations:\n  report: {every: quarter, due: {month: last, day: 20}}\n"
PATIENCE = 30


class Watched:
    """A running command, its output line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """A watch over a process whose output is read here."""
        self.process = process
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, wanted: str) -> list[str]:
        """The lines up to the first one that holds a text; fails where it does not come."""
        found: list[str] = []
        while not found or wanted not in found[-1]:
            found.append(self.lines.get(timeout=PATIENCE))
        return found


@contextmanager
def watching(*args: str | Path) -> Iterator[Watched]:
    """The command as a process of its own, ended with Ctrl-C."""
    command = [sys.executable, "-m", "cyclekit", "watch", "--within", "2023", "--interval", "0.05", *map(str, args)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as process:
        try:
            yield Watched(process)
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "")


def test_saving_tells_what_changed(tmp_path: Path) -> None:
    """Saving a mistake shows it at its place; saving another day shows the dates that moved; Ctrl-C ends it well."""
    path = tmp_path / "a.yaml"
    path.write_text(RULES, encoding="utf-8")
    with watching(path) as watched:
        assert watched.until("4 dates")[0] == "Watching 1 files; dates within 2023-01-01..2023-12-31. Ctrl-C ends it."
        path.write_text(RULES.replace("quarter", "quater"), encoding="utf-8")
        watched.until("error[bad-value]: “quater” is no cycle")
        assert f" --> {path}:4:19" in watched.until("-->")[-1]
        watched.until("dates are compared again")
        path.write_text(RULES.replace("20", "25"), encoding="utf-8")
        told = [*watched.until("4 dates changed:"), *(watched.lines.get(timeout=PATIENCE) for _ in range(5))]
        assert told[-5:] == [
            "a",
            *(
                f"  moved  2023-{month}-20 → 2023-{month}-25  Q{quarter} 2023  report"
                for quarter, month in enumerate(("03", "06", "09", "12"), 1)
            ),
        ]
        path.write_text(RULES.replace("20", "25") + "# a comment\n", encoding="utf-8")
        watched.until("no date changed")


def test_editors_that_replace_a_file_are_followed(tmp_path: Path) -> None:
    """A file that is taken away is told, and one that is put in its place is checked."""
    path, other = tmp_path / "a.yaml", tmp_path / "new"
    path.write_text(RULES, encoding="utf-8")
    with watching(path) as watched:
        watched.until("4 dates")
        path.unlink()
        watched.until("is not there any more")
        other.write_text(RULES.replace("quarter", "half_year"), encoding="utf-8")
        other.replace(path)
        told = [*watched.until("4 dates changed:"), *(watched.lines.get(timeout=PATIENCE) for _ in range(5))]
        assert [line.split()[:2] for line in told[-4:]] == [
            ["removed", "2023-03-20"],
            ["relabelled", "2023-06-20"],
            ["removed", "2023-09-20"],
            ["relabelled", "2023-12-20"],
        ]


def test_units_are_watched_too(tmp_path: Path) -> None:
    """Saving the list of units of a rule file is a reason to check again, and so is a new file in a folder."""
    (tmp_path / "a.yaml").write_text(RULES.replace("id: a", "id: a\nunits: u.csv"), encoding="utf-8")
    (tmp_path / "u.csv").write_text("id\nx\n", encoding="utf-8")
    with watching(tmp_path) as watched:
        watched.until("4 dates")
        (tmp_path / "u.csv").write_text("id\nx\ny\n", encoding="utf-8")
        watched.until("4 dates changed:")
        watched.until("added  2023-12-20")
        (tmp_path / "b.yaml").write_text(RULES.replace("id: a", "id: b"), encoding="utf-8")
        watched.until("2 files: no problems")


def test_what_is_not_there_is_told() -> None:
    """A path that is not there is exit code 2."""
    assert run("watch", "no.yaml").exit_code == 2


def test_a_watch_names_what_changed(tmp_path: Path) -> None:
    """A look names the files that were written, made or taken away since the one before."""
    one, two = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_text("a", encoding="utf-8")
    files = Watch([tmp_path])
    assert (files.has_changed(0), files.changed) == (True, (one,))
    two.write_text("b", encoding="utf-8")
    one.write_text("longer", encoding="utf-8")
    assert (files.has_changed(0), files.changed) == (True, (one, two))
    one.unlink()
    assert (files.has_changed(0), files.changed) == (True, (one,))
    assert (files.has_changed(0), files.changed) == (False, ())
