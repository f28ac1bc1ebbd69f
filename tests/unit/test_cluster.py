"""Work handed out by Dask's scheduler, here with workers in this process; ``make cluster`` has real ones."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from distributed import Client

import cyclekit
from cyclekit.adapters.ical import Options
from cyclekit.errors import ClusterError
from cyclekit.model.schedule import Schedule
from cyclekit.workspace import assigned, cluster
from cyclekit.workspace.exporting import export
from cyclekit.workspace.plan import Plan, TableWork
from cyclekit.workspace.storage import Folder, writing
from tests.repo.tree import REPO


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A scheduler and two workers in threads of this process."""
    with Client(processes=False, n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as found:
        yield found


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    """A schedule of many units, with joint duties."""
    return cyclekit.expand(cyclekit.load(REPO / "rules" / "cn" / "anqing-2022.yaml"), "2022-10-01..2023-12-31")


def names(folder: Path) -> list[str]:
    """Every file in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_rows(client: Client, schedule: Schedule, tmp_path: Path) -> None:
    """All rows are in the parts, each is told of as it is done, and an earlier export gives way as a whole."""
    out = tmp_path / "new" / "out"
    told: list[int] = []
    written = cluster.write_tables(client, schedule, str(out), "parquet", parts=6, told=told.append)
    assert written == [f"{out}/part-{part:05}.parquet" for part in range(6)]
    assert (len(told), sum(told)) == (6, len(schedule))
    assert pq.read_table(written).num_rows == len(schedule)
    cluster.write_tables(client, schedule, str(out), "parquet", by=("kind",), parts=1)
    kinds = {f"kind={kind}/part-00000.parquet" for kind in ("city", "county", "office", "team")}
    assert {*names(out)} == {"_cyclekit.json", *kinds}
    assert {*json.loads((out / "_cyclekit.json").read_text(encoding="utf-8"))["files"]} == kinds
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert not assigned._HELD


def test_rows_at_an_address(client: Client, schedule: Schedule) -> None:
    """Rows go to an address that all workers reach, and the parts that an earlier export had more are gone."""
    at = Folder("memory://cluster/out")
    for parts in (5, 2):
        cluster.write_tables(client, schedule, at.at, "jsonl", parts=parts)
        assert [*at.sizes()] == ["_cyclekit.json", *(f"part-{part:05}.jsonl" for part in range(parts))]
    assert [*Folder("memory://cluster").sizes()] == [f"out/{name}" for name in at.sizes()]
    lines = b"".join(at.read(name) for name in at.sizes() if name.endswith(".jsonl")).splitlines()
    assert len(lines) == len(schedule)


def test_feeds(client: Client, schedule: Schedule, tmp_path: Path) -> None:
    """Feeds and lists have the bytes that one machine writes; nothing changes when they are written again."""
    export(schedule, tmp_path / "one", Options())
    out = tmp_path / "many"
    files = len(names(tmp_path / "one"))
    assert cluster.export(client, schedule, out, Options(), parts=3) == cluster.Feeds(files, files)
    assert {name: (out / name).read_bytes() for name in names(out)} == {
        name: (tmp_path / "one" / name).read_bytes() for name in names(tmp_path / "one")
    }
    assert cluster.export(client, schedule, out, Options(), parts=2) == cluster.Feeds(files, 0)


def test_what_fails_leaves_everything_as_it_was(
    client: Client, schedule: Schedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a part cannot be done, that is told, and there is what was there before and nothing else."""
    out = tmp_path / "out"
    cluster.write_tables(client, schedule, str(out), "csv", parts=2)
    before = {name: (out / name).read_bytes() for name in names(out)}

    def fails(*_: object, **__: object) -> list[str]:
        raise OSError(28, "No space left on device", "/far/away")

    monkeypatch.setattr(assigned, "write_tables", fails)
    with pytest.raises(ClusterError, match="No space left on device: /far/away"):
        cluster.write_tables(client, schedule, str(out), "csv", parts=3)
    assert {name: (out / name).read_bytes() for name in names(out)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def breaks(*_: object, **__: object) -> list[str]:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(assigned, "write_tables", breaks)
    with pytest.raises(ClusterError, match="a worker could not do its part: ZeroDivisionError: by zero"):
        cluster.write_tables(client, schedule, str(out), "csv", parts=3)
    monkeypatch.setattr(assigned, "write_tables", lambda *_, **__: ["elsewhere.csv"])
    with pytest.raises(ClusterError, match=r"elsewhere\.csv was written, and is not there"):
        cluster.write_tables(client, schedule, str(out), "csv", parts=3)


def test_other_files_are_nobodys_to_replace(client: Client, schedule: Schedule, tmp_path: Path) -> None:
    """A folder with other files, and a file, are refused before anything is done; an empty folder is taken."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").touch()
    with pytest.raises(ClusterError, match=r"holds mine\.txt"):
        cluster.write_tables(client, schedule, str(out), "csv")
    with pytest.raises(ClusterError, match="is a file, and a folder is wanted"):
        cluster.write_tables(client, schedule, str(out / "mine.txt"), "csv")
    (out / "mine.txt").unlink()
    assert len(cluster.write_tables(client, schedule, str(out), "csv")) == 1


def test_what_no_cluster_writes(client: Client, schedule: Schedule, tmp_path: Path) -> None:
    """A workbook, and a schedule from which something was left out, are refused: a plan has whole rulebooks."""
    with pytest.raises(ValueError, match="'xlsx' is written on one machine"):
        cluster.write_tables(client, schedule, str(tmp_path / "out"), "xlsx")
    with pytest.raises(ValueError, match="a part of what its rulebooks give"):
        cluster.export(client, schedule.for_unit("tongcheng"), tmp_path / "out", Options())
    assert not list(tmp_path.iterdir())


def test_nothing_is_put_into_a_folder_that_was_taken_away(tmp_path: Path) -> None:
    """Who still writes to a job that ended makes its folder not again, and what else is asked of it finds nothing."""
    job = Folder(str(tmp_path / ".out.unfinished"))
    job.make()
    job.write("done/1", b"x")
    assert (job.has("done/1"), job.sizes()) == (True, {"done/1": 1})
    job.remove_all()
    job.remove_all()
    with pytest.raises(FileNotFoundError), writing(job.path("rows/part.csv")) as file:
        file.write(b"x")
    assert (job.has("done/1"), job.sizes(), list(tmp_path.iterdir())) == (False, {}, [])


def test_a_plan_has_no_more_parts_than_units(schedule: Schedule) -> None:
    """Asked for a thousand parts, a plan has one for each unit."""
    plan = Plan.of(schedule, 1000, TableWork("csv"))
    assert assigned.count_parts(plan) == len(schedule.rulebooks[0].roster)
