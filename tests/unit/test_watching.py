"""Whether files have changed."""

import os
from pathlib import Path

from cyclekit.workspace.watching import SETTLED, Watch

MOMENT = 1_700_000_000_000_000_000


def write(path: Path, text: str, at: int = MOMENT) -> None:
    """A file that was written at a moment."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))


def test_what_stands_in_files_counts(tmp_path: Path) -> None:
    """A file that is written anew with the same text, or is no rule file, is no change; another text is one."""
    rules = tmp_path / "a.yaml"
    write(rules, "one")
    watch = Watch([tmp_path])
    later = MOMENT + 10 * SETTLED
    assert watch.has_changed(later)
    assert not watch.has_changed(later)
    write(rules, "one", MOMENT + 1)
    write(tmp_path / "notes.txt", "x")
    assert not watch.has_changed(later)
    write(rules, "two", MOMENT + 2)
    assert watch.has_changed(later)


def test_files_come_and_go(tmp_path: Path) -> None:
    """A rule file or list of units that comes, goes, or is renamed, is a change, in folders below as well."""
    watch = Watch([tmp_path])
    watch.has_changed(MOMENT)
    folder = tmp_path / "below"
    folder.mkdir()
    write(folder / "a.yaml", "one")
    assert watch.has_changed(MOMENT)
    write(folder / "a.csv", "id")
    assert watch.has_changed(MOMENT)
    (folder / "a.yaml").rename(folder / "b.yml")
    assert watch.has_changed(MOMENT)
    (folder / "b.yml").unlink()
    assert watch.has_changed(MOMENT)
    assert not watch.has_changed(MOMENT)


def test_a_single_file_is_watched_with_the_lists_beside_it(tmp_path: Path) -> None:
    """Of a rule file that is named itself, the lists of units beside it count, and other rule files do not."""
    write(tmp_path / "a.yaml", "one")
    watch = Watch([tmp_path / "a.yaml"])
    watch.has_changed(MOMENT)
    write(tmp_path / "b.yaml", "two")
    assert not watch.has_changed(MOMENT)
    write(tmp_path / "a.csv", "id")
    assert watch.has_changed(MOMENT)
    (tmp_path / "elsewhere").mkdir()
    further = tmp_path / "elsewhere" / "list.txt"
    write(further, "x")
    assert watch.has_changed(MOMENT, [further])


def test_a_file_that_looks_the_same_right_after_it_was_written_is_read(tmp_path: Path) -> None:
    """Two texts of one length within one tick of the file system's clock are told apart."""
    path = tmp_path / "a.yaml"
    write(path, "one")
    watch = Watch([path])
    watch.has_changed(MOMENT + 1)
    with path.open("r+", encoding="utf-8") as file:
        file.write("two")
    os.utime(path, ns=(MOMENT, MOMENT))
    assert watch.has_changed(MOMENT + 2)
