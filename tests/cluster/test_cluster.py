"""``cyclekit export --dask`` on a real cluster: processes that are asked, and killed."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pytest

from tests.cluster.processes import Processes, cluster, killed_in_the_middle

pytestmark = pytest.mark.cluster

BOOK = "rules/cn/anqing-2022.yaml"
HORIZON = "2022-10-01..2023-12-31"
UNITS, YEARS, RULES = 2000, 20, 5


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler and two workers."""
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def many(folder: Path, units: int) -> Path:
    """A rule file whose units owe five reports a month."""
    ids = "\n".join(f"u{number:05},Unit {number},{'county' if number % 7 else 'city'}" for number in range(units))
    (folder / "offices.csv").write_text(f"id,name,kind\n{ids}\n", encoding="utf-8")
    rules = "\n".join(
        f"  r{number}: {{title: Report {number}, every: month, due: {{day: {number + 10}, adjust: following}}}}"
        for number in range(RULES)
    )
    path = folder / "many.yaml"
    path.write_text(
        f"cyclekit: 1\nid: many\ntitle: Many\ncalendar: US\nunits: offices.csv\nobligations:\n{rules}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rule file of two thousand units."""
    return many(tmp_path_factory.mktemp("many"), UNITS)


def started(*words: object) -> "subprocess.Popen[str]":
    """The command, as a user calls it, running."""
    code = [sys.executable, "-m", "cyclekit", "export", *map(str, words), "--lang", "en"]
    return subprocess.Popen(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*words: object) -> tuple[int, str, str]:
    """The command, as a user calls it, with its exit code and what it told."""
    process = started(*words)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def digest(path: Path) -> tuple[int, str]:
    """How many rows a Parquet file has, or a folder of them, and a hash of all that they say, sorted."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    rows = pl.concat(pl.read_parquet(file, hive_partitioning=False) for file in files)
    words = [pl.col(name).cast(pl.String) for name, kind in rows.schema.items() if kind == pl.Categorical]
    hashes = rows.with_columns(words).hash_rows().sort()
    return len(rows), hashlib.sha256(hashes.to_numpy().tobytes()).hexdigest()


def holds(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_workers_write_the_rows_of_one_process(processes: Processes, tmp_path: Path) -> None:
    """The rows are the same, whole and in parts by year and kind; a manifest tells the files, and there is no other."""
    one, out, parted = tmp_path / "one.parquet", tmp_path / "out", tmp_path / "parted"
    words = (BOOK, "--within", HORIZON, "--format", "parquet")
    assert run(*words, "--out", one)[0] == 0
    on_cluster = ("--dask", processes.file, "--parts", 5)
    assert run(*words, "--out", out, *on_cluster) == (0, f"{out}: rows 355, files 5\n", "")
    assert digest(out) == digest(one)
    listed = json.loads((out / "_cyclekit.json").read_text(encoding="utf-8"))
    sizes = {path.name: path.stat().st_size for path in out.glob("*.parquet")}
    assert (listed["rows"], listed["files"]) == (355, sizes)
    assert run(*words, "--out", parted, "--partition", "year,kind", *on_cluster)[0] == 0
    assert digest(parted) == digest(one)
    assert (parted / "year=2023" / "kind=county").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.parquet", "out", "parted"]


def test_an_earlier_export_is_replaced_whole(processes: Processes, tmp_path: Path) -> None:
    """Fewer parts leave none of the earlier ones behind; a folder with anything else in it is left alone."""
    out = tmp_path / "out"
    words = (BOOK, "--format", "parquet", "--dask", processes.file, "--out", out)
    assert run(*words, "--within", HORIZON, "--parts", 6)[0] == 0
    assert run(*words, "--within", "2023", "--parts", 2)[0] == 0
    assert sorted(holds(out)) == ["_cyclekit.json", "part-00000.parquet", "part-00001.parquet"]
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    before = holds(out)
    code, _, err = run(*words, "--within", "2023")
    assert (code, "holds mine.txt" in err) == (2, True)
    assert holds(out) == before


def test_an_address_that_workers_reach(processes: Processes, tmp_path: Path) -> None:
    """Parts go to an address that fsspec knows, and those of an earlier export there are taken away."""
    out = tmp_path / "out"
    words = (BOOK, "--within", HORIZON, "--format", "csv", "--dask", processes.file, "--out", f"file://{out}")
    assert run(*words, "--parts", 6)[0] == 0
    assert run(*words, "--parts", 2)[0] == 0
    assert sorted(holds(out)) == ["_cyclekit.json", "part-00000.csv", "part-00001.csv"]
    assert sum(data.count(b"\n") for name, data in holds(out).items() if name.endswith(".csv")) == 355 + 2
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_workers_write_the_feeds_of_one_process(processes: Processes, tmp_path: Path) -> None:
    """Feeds and lists have the same bytes; a second export changes nothing, and what else is there stays."""
    one, out = tmp_path / "one", tmp_path / "out"
    words = (BOOK, "--within", HORIZON, "--tasks", "--alarms", "--base-url", "https://example.org/x")
    assert run(*words, "--out", one)[0] == 0
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    on_cluster = ("--out", out, "--dask", processes.file, "--parts", 4)
    files = len(holds(one))
    assert run(*words, *on_cluster) == (0, f"{out}: {files} files, {files} of them new or changed\n", "")
    assert holds(out) == holds(one) | {"mine.txt": b"mine"}
    assert run(*words, *on_cluster) == (0, f"{out}: {files} files, 0 of them new or changed\n", "")


def test_a_worker_that_is_killed_costs_its_part(rules: Path, tmp_path: Path) -> None:
    """A worker killed in the middle of a part: the rows are the same, no part that was done is done again."""
    one, out = tmp_path / "one.parquet", tmp_path / "out"
    words = (rules, "--within", f"2010..{2009 + YEARS}", "--format", "parquet")
    assert run(*words, "--out", one)[0] == 0
    with cluster(tmp_path / "cluster") as found:
        export = started(*words, "--out", out, "--dask", found.file, "--parts", 16)
        unfinished = killed_in_the_middle(found.workers[0], tmp_path, export)
        staged = unfinished.parent
        done = [path.name for path in (staged.parent / "done").glob("0*")]
        before = {path.name: path.stat().st_ino for path in staged.glob("*.parquet") if str(int(path.stem[5:])) in done}
        told = export.communicate(timeout=300)
    assert (export.returncode, told) == (0, (f"{out}: rows 2,400,000, files 16\n", ""))
    assert digest(out) == digest(one)
    assert digest(out)[0] == UNITS * YEARS * 12 * RULES
    after = {path.name: path.stat().st_ino for path in out.glob("*.parquet")}
    assert before.items() <= after.items()
    assert len(after) == 16
    assert unfinished.name not in holds(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cluster", "one.parquet", "out"]


def test_a_worker_that_is_killed_leaves_no_feed_behind(tmp_path: Path) -> None:
    """A worker killed while it writes a feed: all feeds have the same bytes, and nothing else is left."""
    units = 300
    (tmp_path / "rules").mkdir()
    one, out = tmp_path / "one", tmp_path / "out"
    words = (many(tmp_path / "rules", units), "--within", "2026Q1")
    assert run(*words, "--out", one)[0] == 0
    with cluster(tmp_path / "cluster") as found:
        export = started(*words, "--out", out, "--dask", found.file, "--parts", 10)
        killed_in_the_middle(found.workers[1], out, export)
        told = export.communicate(timeout=300)
    files = units + 3
    assert (export.returncode, told) == (0, (f"{out}: {files} files, {files} of them new or changed\n", ""))
    assert holds(out) == holds(one)


def test_a_scheduler_that_is_gone(rules: Path, tmp_path: Path) -> None:
    """Where the scheduler ends in the middle, that is told, and nothing is left of what was begun."""
    out = tmp_path / "out"
    with cluster(tmp_path / "cluster") as found:
        words = (rules, "--within", "2010..2029", "--format", "parquet", "--out", out, "--dask", found.file)
        export = started(*words, "--parts", 200)
        while not list(tmp_path.glob(".out.*/done/*")):
            assert export.poll() is None
        found.scheduler.kill()
        _, err = export.communicate(timeout=120)
    assert (export.returncode, "is gone" in err) == (2, True), err
    assert [path.name for path in tmp_path.iterdir()] == ["cluster"]


def test_stopping_it_leaves_nothing(rules: Path, tmp_path: Path) -> None:
    """Ctrl-C ends it, and takes away what was begun; the workers are free for the next, which gives every row."""
    out = tmp_path / "out"
    words = (rules, "--format", "parquet", "--out", out)
    with cluster(tmp_path / "cluster") as found:
        export = started(*words, "--within", "2010..2029", "--dask", found.file, "--parts", 200)
        while not list(tmp_path.glob(".out.*/done/*")):
            assert export.poll() is None
        export.send_signal(signal.SIGINT)
        _, err = export.communicate(timeout=120)
        assert (export.returncode, err.strip()) == (1, "Aborted!")
        assert [path.name for path in tmp_path.iterdir()] == ["cluster"]
        code, told, _ = run(*words, "--within", "2026", "--dask", found.file, "--parts", 2)
    assert (code, told) == (0, f"{out}: rows 120,000, files 2\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cluster", "out"]


def test_a_folder_that_workers_do_not_see(processes: Processes) -> None:
    """A worker that cannot read the plan, here since each process has a memory of its own, says what it cannot read."""
    words = (BOOK, "--within", HORIZON, "--format", "csv", "--dask", processes.file)
    code, _, err = run(*words, "--out", "memory://folder/out")
    assert (code, "cannot read memory://folder/.out." in err) == (2, True)
    assert "Traceback" not in err


def test_workers_of_other_versions(tmp_path: Path) -> None:
    """A worker with another release of what names days is refused by its name, before anything is written."""
    other = tmp_path / "packages" / "holidays-0.1.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: holidays\nVersion: 0.1\n", encoding="utf-8")
    path = os.pathsep.join([str(other.parent), os.environ.get("PYTHONPATH", "")])
    out = tmp_path / "out"
    with cluster(tmp_path / "cluster", 1, {**os.environ, "PYTHONPATH": path}) as found:
        code, _, err = run(BOOK, "--within", HORIZON, "--out", out, "--dask", found.file)
    assert (code, f"has holidays 0.1, and here it is {version('holidays')}" in err) == (2, True)
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dask", "tcp://127.0.0.1:9", "--format", "parquet"), "no scheduler answers at tcp://127.0.0.1:9"),
        (("--dask", "nowhere.json", "--format", "parquet"), "there is no scheduler file nowhere.json"),
        (("--dask", "somewhere", "--format", "parquet"), "“somewhere” is no scheduler"),
        (("--dask", "local:0", "--format", "parquet"), "“local:0” is no scheduler"),
        (("--dask", "local:2", "--format", "xlsx"), "a workbook is one file"),
        (("--dask", "local:2", "--pages"), "pages are drawn on one machine"),
        (("--parts", "2"), "--parts is for a cluster"),
    ],
)
def test_what_cannot_be_asked_of_a_cluster(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """What is wrong with options, or with the scheduler, is told in a line, with exit code 2; nothing is written."""
    code, out, err = run(BOOK, "--within", "2023", "--out", tmp_path / "out", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_workers_of_this_machine(tmp_path: Path) -> None:
    """``local:2`` starts two workers here, and ends them; the rows are those of one process."""
    one, out = tmp_path / "one.parquet", tmp_path / "out"
    words = (BOOK, "--within", HORIZON, "--format", "parquet")
    assert run(*words, "--out", one)[0] == 0
    assert run(*words, "--out", out, "--dask", "local:2", "--parts", 3) == (0, f"{out}: rows 355, files 3\n", "")
    assert digest(out) == digest(one)
