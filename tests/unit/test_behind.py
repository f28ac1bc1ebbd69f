"""Steps that are done meanwhile: their order, and what becomes of one that goes wrong."""

import datetime as dt
import errno
import os
import threading
from functools import partial
from pathlib import Path

import pytest

from cyclekit.adapters.ical import Options
from cyclekit.publishing import disk, unfinished
from cyclekit.publishing.behind import Behind
from cyclekit.publishing.contents import What
from cyclekit.publishing.generations import current_generation
from cyclekit.publishing.manifest import flaws
from cyclekit.publishing.publishing import publish
from tests.examples import expand

STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
WHAT = What(options=Options("en"), xlsx=False)


def test_what_is_done_is_taken_in_its_order() -> None:
    """A step that is done at once is taken after the slow ones that were asked for before it."""
    taken: list[int] = []
    behind, gate = Behind(taken.append), threading.Event()

    def slow() -> int:
        gate.wait(10)
        return 1

    behind.later(slow)
    behind.now(lambda: 2)
    assert taken == []
    gate.set()
    behind.finish()
    behind.now(lambda: 3)
    behind.end()
    assert taken == [1, 2, 3]


def test_few_steps_are_under_way() -> None:
    """However many are asked for, the first is waited for before a fourth is begun."""
    taken: list[int] = []
    behind = Behind(taken.append)
    for number in range(20):
        behind.later(partial(int, number))
        assert len(taken) >= number - 2
    behind.finish()
    behind.end()
    assert taken == list(range(20))


def test_what_goes_wrong_is_raised_when_its_turn_comes() -> None:
    """The fault of a step is raised by a later call; after it all ends, and nothing more is taken."""
    taken: list[int] = []
    behind = Behind(taken.append)

    def full() -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    behind.later(lambda: 1)
    behind.later(full)
    behind.later(lambda: 3)
    with pytest.raises(OSError, match="No space"):
        behind.finish()
    behind.end()
    behind.finish()
    assert taken == [1]


@pytest.mark.parametrize("count", [3, 200])
def test_one_thing_is_done_for_each_path(count: int) -> None:
    """For few as for many, each path has its turn, and the fault of one is raised."""
    behind: Behind[None] = Behind(lambda _done: None)
    paths = [Path(str(number)) for number in range(count)]
    seen: list[Path] = []
    behind.each(seen.append, paths)
    assert sorted(seen) == sorted(paths)

    def bad(path: Path) -> None:
        if path == paths[2]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(OSError, match="Input/output"):
        behind.each(bad, paths)
    behind.end()


@pytest.fixture(name="large")
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a large one."""
    monkeypatch.setattr(unfinished, "_LARGE", 0)


@pytest.mark.usefixtures("large")
def test_large_files_are_published_as_small_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication whose files are written meanwhile has the same bytes, and again links to what has not changed."""
    schedule = expand(tmp_path, "2026")
    first = publish(schedule, tmp_path / "behind", STAMP, what=WHAT)
    again = publish(schedule, tmp_path / "behind", STAMP, what=WHAT)
    monkeypatch.setattr(unfinished, "_LARGE", 1 << 30)
    plain = publish(schedule, tmp_path / "plain", STAMP, what=WHAT)
    assert first.files == plain.files
    assert again.changed == ()
    assert [(first.site / each).read_bytes() for each in first.files] == [
        (plain.site / each).read_bytes() for each in plain.files
    ]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_full_disk_leaves_what_was_there(place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file that is written meanwhile has no room, readers see the publication before, whole, and no rest."""
    publish(expand(tmp_path, "2026"), tmp_path / "out", STAMP, what=WHAT)
    before = current_generation(tmp_path / "out")
    write, counts = disk.write_file, iter(range(1000))

    def full(path: Path, chunks: object) -> None:
        if next(counts) == place:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, chunks)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_file", full)
        with pytest.raises(OSError, match="No space"):
            publish(expand(tmp_path, "2027"), tmp_path / "out", STAMP, what=WHAT)
    assert current_generation(tmp_path / "out") == before
    assert before is not None
    assert flaws(before) == []
    assert [each.name for each in (tmp_path / "out" / "generations").iterdir()] == [before.name]
    assert publish(expand(tmp_path, "2027"), tmp_path / "out", STAMP, what=WHAT).changed != ()
