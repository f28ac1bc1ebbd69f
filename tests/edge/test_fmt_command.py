"""`cyclekit fmt`, as it is used."""

from pathlib import Path

import pytest

from tests.edge.running import run

UNEVEN = "cyclekit:  1\nid: a\nobligations:\n    # why\n    b: { every: month,due: {day: 20} }\n"
EVEN = "cyclekit: 1\nid: a\nobligations:\n  # why\n  b: {every: month, due: {day: 20}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that is even, one that is not, one with errors, and units."""
    (tmp_path / "even.yaml").write_text(EVEN.replace("id: a", "id: c"), encoding="utf-8")
    (tmp_path / "uneven.yaml").write_text(UNEVEN, encoding="utf-8")
    (tmp_path / "faulty.yaml").write_text(UNEVEN.replace("month", "mouth"), encoding="utf-8")
    (tmp_path / "a.units.yaml").write_text("- {id: x,name: 'X'}\n", encoding="utf-8")
    return tmp_path


def test_files_are_evened_out(folder: Path) -> None:
    """Uneven rule files and units are rewritten and named; even ones, and ones with errors, keep every byte."""
    faulty = (folder / "faulty.yaml").read_bytes()
    ran = run("fmt", folder)
    assert ran.exit_code == 1
    assert ran.stdout == f"{folder / 'uneven.yaml'}: evened out\n{folder / 'a.units.yaml'}: evened out\n"
    assert (folder / "uneven.yaml").read_text(encoding="utf-8") == EVEN
    assert (folder / "a.units.yaml").read_text(encoding="utf-8") == '- {id: x, name: "X"}\n'
    assert (folder / "faulty.yaml").read_bytes() == faulty
    assert "“mouth” is no cycle" in ran.stderr
    assert f"{folder / 'faulty.yaml'}: has errors, and is left alone" in ran.stderr
    assert run("fmt", folder / "uneven.yaml").stdout == ""


def test_check_writes_nothing(folder: Path) -> None:
    """With --check the files that would change are named, nothing is written, and the exit code is 1."""
    ran = run("fmt", "--check", folder / "uneven.yaml", folder / "even.yaml")
    assert (ran.exit_code, ran.stdout) == (1, f"{folder / 'uneven.yaml'}: would be evened out\n")
    assert (folder / "uneven.yaml").read_text(encoding="utf-8") == UNEVEN
    assert run("fmt", "--check", folder / "even.yaml").exit_code == 0


def test_diff_shows_what_would_change(folder: Path) -> None:
    """With --diff the changes are shown as a patch, and nothing is written."""
    ran = run("fmt", "--diff", folder / "uneven.yaml")
    assert ran.exit_code == 0
    patch = [line for line in ran.stdout.splitlines() if line[:3] not in ("---", "+++") and line[:1] in "+-"]
    assert patch[-4:] == [f"-{line}" for line in UNEVEN.splitlines()[3:]] + [
        f"+{line}" for line in EVEN.splitlines()[3:]
    ]
    assert (folder / "uneven.yaml").read_text(encoding="utf-8") == UNEVEN


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    """A file from Windows keeps its text, with a line feed at the end of each line and no byte order mark."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EVEN.replace("\n", "\r\n").encode())
    assert run("fmt", path).exit_code == 0
    assert path.read_bytes() == EVEN.encode()


def test_mistakes_are_told(tmp_path: Path) -> None:
    """A path that is not there, and a folder without rule files, are exit code 2."""
    assert run("fmt", tmp_path / "no.yaml").exit_code == 2
    assert run("fmt", tmp_path).exit_code == 2
