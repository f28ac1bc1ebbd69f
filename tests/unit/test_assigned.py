"""Parts of a plan as a worker does them, here in this process."""

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow.parquet as pq
import pytest

import cyclekit
from cyclekit import errors
from cyclekit.adapters.ical import Options, by_content
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.errors import ClusterError, CyclekitError
from cyclekit.model.compact import Texts
from cyclekit.model.divided import divided, owed_by, rows_of
from cyclekit.model.schedule import Schedule
from cyclekit.workspace import assigned, cluster
from cyclekit.workspace.exporting import export
from cyclekit.workspace.plan import PLAN, ROWS, FeedWork, Plan, TableWork, refuse_versions, versions
from cyclekit.workspace.storage import Folder
from tests.repo.tree import REPO, named

if TYPE_CHECKING:
    from distributed import Future

SHIPPED = sorted(path for path in (REPO / "rules").rglob("*.yaml") if not path.name.endswith(".units.yaml"))
BOOK = REPO / "rules" / "cn" / "anqing-2022.yaml"
HORIZON = "2022-10-01..2023-12-31"


@pytest.fixture
def schedule() -> Schedule:
    """A schedule of many units, with joint duties."""
    return cyclekit.expand(cyclekit.load(BOOK), HORIZON)


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    yield
    assigned._HELD.clear()


def planned(schedule: Schedule, folder: Path, parts: int, work: TableWork | FeedWork) -> tuple[Folder, str, Plan]:
    """A plan that is written to a folder."""
    job, plan = Folder(str(folder)), Plan.of(schedule, parts, work)
    return job, plan.write(job), plan


def do(job: Folder, digest: str, part: int, plan: Plan) -> dict[str, object]:
    """What doing a part tells."""
    told: dict[str, object] = json.loads(assigned.work(job.at, digest, part, versions(plan.work)))
    return told


def rows(path: Path) -> list[str]:
    """The rows of a Parquet file, or of all in a folder, in no order of their own."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    return sorted(repr(row) for file in files for row in pq.read_table(file, partitioning=None).to_pylist())


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_parts_of_the_shipped_files(path: Path) -> None:
    """For every shipped rule file and 1 to 7 parts, the rows of the parts are those of the whole, each once."""
    found = cyclekit.expand(cyclekit.load(path), "2024")
    whole = sorted(map(repr, found.to_arrow().read_all().to_pylist()))
    for parts in range(1, 8):
        each = [rows_of(found, runs).to_arrow().read_all().to_pylist() for runs in divided(found.rulebooks, parts)]
        assert sorted(repr(row) for part in each for row in part) == whole


def test_units_are_divided_evenly() -> None:
    """Every unit of every rulebook is in one part; parts differ by one at most, and are never more than the units."""
    books = [cyclekit.load(BOOK), cyclekit.load(REPO / "rules" / "cn" / "wuhu-2020.yaml")]
    count = sum(len(book.roster) for book in books)
    for parts in (1, 2, 5, count, count + 3):
        found = divided(books, parts)
        sizes = [sum(map(len, runs.values())) for runs in found]
        assert len(found) == min(parts, count)
        assert max(sizes) - min(sizes) <= 1
        units = [(book, unit) for runs in found for book, run in runs.items() for unit in run]
        assert units == [(book.id, unit) for book in books for unit in range(len(book.roster))]
    assert divided([], 3) == [{}]


def test_a_joint_duty_is_its_leads(schedule: Schedule) -> None:
    """A joint occurrence is in the rows of the part that has its lead, and in the feeds of everyone who takes part."""
    joint = next(line for line in schedule.lines if len(line.together) > 1)
    (lead,) = joint.members
    other = next(unit for unit in joint.together if unit != lead)
    book = joint.rulebook.id
    obligation = joint.obligation.id
    for unit, of_lead in ((lead, True), (other, False)):
        runs = {book: range(unit, unit + 1)}
        in_rows = {line.obligation.id for line in rows_of(schedule, runs).lines}
        in_feed = {line.obligation.id for line in owed_by(schedule, runs).lines}
        assert (obligation in in_rows) is of_lead
        assert obligation in in_feed


@pytest.mark.parametrize("by", [(), ("year", "kind")])
def test_rows_of_all_parts(schedule: Schedule, by: tuple[str, ...], tmp_path: Path) -> None:
    """The files of all parts have the rows of the schedule, also where each part has files by year and kind."""
    job, digest, plan = planned(schedule, tmp_path, 3, TableWork("parquet", by))
    told = [do(job, digest, part, plan) for part in range(assigned.count_parts(plan))]
    written = rows(tmp_path / ROWS)
    assert written == sorted(map(repr, schedule.to_arrow().read_all().to_pylist()))
    assert sum(each["rows"] for each in told if isinstance(each["rows"], int)) == len(schedule)
    files = [name for each in told if isinstance(each["files"], list) for name in each["files"]]
    assert sorted(files) == sorted(Folder(job.path(ROWS)).sizes())


def test_a_schedule_without_rows_has_a_file(tmp_path: Path) -> None:
    """Where nothing is due there is one file, with the columns and no rows."""
    nothing = cyclekit.expand(cyclekit.load(BOOK), "2010")
    job, digest, plan = planned(nothing, tmp_path, 3, TableWork("parquet"))
    for part in range(3):
        do(job, digest, part, plan)
    (file,) = (tmp_path / ROWS).iterdir()
    assert (pq.read_table(file).num_rows, pq.read_schema(file).names[0]) == (0, "rulebook")


def test_feeds_of_all_parts(schedule: Schedule, tmp_path: Path) -> None:
    """The files of all parts are those of an export on one machine, byte for byte, with reminders and tasks."""
    options = Options("zh", alarms=True, lead_events=True)
    url = "https://example.org/x"
    export(schedule, tmp_path / "one", options, revise=by_content(), tasks=True, base_url=url)
    work = FeedWork(str(tmp_path / "many"), options, tasks=True, base_url=url)
    job, digest, plan = planned(schedule, tmp_path / "job", 4, work)
    for part in range(assigned.count_parts(plan)):
        do(job, digest, part, plan)
    one, many = (
        {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "many")
    )
    assert len(one) == 2 * len(schedule.rulebooks[0].roster) + 4
    assert many == one


def test_a_part_that_is_done_is_not_done_again(schedule: Schedule, tmp_path: Path) -> None:
    """Who is asked for a part that somebody has done tells what they told, and writes nothing."""
    job, digest, plan = planned(schedule, tmp_path, 3, TableWork("parquet"))
    told = do(job, digest, 1, plan)
    (file,) = (tmp_path / ROWS).iterdir()
    file.write_bytes(b"as it was left")
    assert do(job, digest, 1, plan) == told
    assert file.read_bytes() == b"as it was left"


def test_a_part_that_was_left_half_done_is_done_again(schedule: Schedule, tmp_path: Path) -> None:
    """What a worker wrote that was killed counts as new, once, and what it had not finished is written whole."""
    folder = tmp_path / "feeds"
    job, digest, plan = planned(schedule, tmp_path / "job", 1, FeedWork(str(folder), Options()))
    first = do(job, digest, 0, plan)
    written = sorted(folder.rglob("*.ics"))
    written[0].unlink()
    written[1].write_bytes(b"half")
    (tmp_path / "job" / "done" / "000000").unlink()
    assert do(job, digest, 0, plan) == first
    assert first == {"files": len(written), "changed": len(written)}
    assert all(each.read_bytes().endswith(b"END:VCALENDAR\r\n") for each in written)


def test_files_that_are_the_same_are_not_counted_as_new(schedule: Schedule, tmp_path: Path) -> None:
    """An export of the same into the same folder changes nothing, and says so."""
    work = FeedWork(str(tmp_path / "feeds"), Options())
    job, digest, plan = planned(schedule, tmp_path / "before", 1, work)
    do(job, digest, 0, plan)
    for path in (tmp_path / "feeds").rglob("*.ics"):
        os.utime(path, (1, 1))
    job, digest, plan = planned(schedule, tmp_path / "job", 2, work)
    told = [do(job, digest, part, plan) for part in (0, 1)]
    assert [each["changed"] for each in told] == [0, 0]


def test_a_plan_that_cannot_be_seen(schedule: Schedule, tmp_path: Path) -> None:
    """A worker that does not see the plan, or sees another one, says so, and unpickles nothing."""
    job, digest, plan = planned(schedule, tmp_path, 3, TableWork("parquet"))
    with pytest.raises(ClusterError, match=r"cannot read /nowhere/plan: No such file") as raised:
        do(Folder("/nowhere"), digest, 0, plan)
    assert raised.value.values["path"] == "/nowhere/plan"
    (tmp_path / PLAN).write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(ClusterError, match="sees another"):
        do(job, digest, 0, plan)


def test_a_plan_that_was_taken_away(schedule: Schedule, tmp_path: Path) -> None:
    """Where the plan is gone, whoever is at work writes no further file."""
    folder = tmp_path / "feeds"
    job, digest, plan = planned(schedule, tmp_path / "job", 2, FeedWork(str(folder), Options()))
    do(job, digest, 0, plan)
    before = sorted(folder.rglob("*"))
    job.remove(PLAN)
    with pytest.raises(ClusterError, match="nobody waits"):
        do(job, digest, 1, plan)
    assert sorted(folder.rglob("*")) == before


def test_files_that_cannot_be_written(schedule: Schedule, tmp_path: Path) -> None:
    """What the system refuses is told with the worker and the path."""
    (tmp_path / "feeds").write_text("no folder", encoding="utf-8")
    job, digest, plan = planned(schedule, tmp_path / "job", 1, FeedWork(str(tmp_path / "feeds"), Options()))
    with pytest.raises(ClusterError) as raised:
        do(job, digest, 0, plan)
    assert str(tmp_path / "feeds") in str(raised.value)
    assert str(os.getpid()) in str(raised.value)


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({"python": "3.12", "cyclekit": "1"}, "far has python 3.12, and here it is 3.11"),
        ({"python": "3.11", "cyclekit": None}, "far has no cyclekit"),
        ({"python": "3.11"}, "far has no cyclekit"),
    ],
)
def test_other_versions_are_refused(theirs: dict[str, str | None], said: str) -> None:
    """A worker with another Python or another release is refused by its name; one with the same is not."""
    ours = {"python": "3.11", "cyclekit": "1"}
    with pytest.raises(ClusterError, match=said):
        refuse_versions(ours, theirs, "far")
    refuse_versions(ours, ours | {"numpy": "2"}, "far")


def test_a_worker_refuses_who_has_other_versions(schedule: Schedule, tmp_path: Path) -> None:
    """A worker that joined later looks for itself: it writes nothing for somebody with another release."""
    job, digest, plan = planned(schedule, tmp_path, 3, TableWork("parquet"))
    with pytest.raises(ClusterError, match="has holidays"):
        assigned.work(job.at, digest, 0, versions(plan.work) | {"holidays": "0.0"})
    assert not (tmp_path / ROWS).exists()


def test_a_plan_is_let_go(schedule: Schedule, tmp_path: Path) -> None:
    """A process prepares a plan once, keeps one at a time, and lets go of it when it is told to."""
    job, digest, plan = planned(schedule, tmp_path / "a", 3, TableWork("jsonl"))
    do(job, digest, 0, plan)
    held = assigned._HELD[digest]
    do(job, digest, 1, plan)
    assert assigned._HELD[digest] is held
    other, second, plan = planned(schedule, tmp_path / "b", 4, TableWork("jsonl"))
    do(other, second, 0, plan)
    assert [*assigned._HELD] == [second]
    assigned.forget(digest)
    assert [*assigned._HELD] == [second]
    assigned.forget(second)
    assert not assigned._HELD


def test_exceptions_travel() -> None:
    """Each exception of the package is the same after it was pickled: its message, and all that it holds."""
    one = Diagnostic("duplicate-id", "duplicate-rulebook", Place("x", 1, 1), {"id": "x"})
    made: list[CyclekitError] = [
        errors.FeedError([one], "a/b"),
        errors.ClusterError("{worker}: {reason}: {path}", worker="w", reason="r", path="p"),
        errors.LimitError("{count} occurrences", 5, "--max", count=6),
        errors.LabelError("x", "form", "2023"),
        errors.UnknownUnitError("x", ["a", "b"]),
    ]
    for fault in made:
        again = pickle.loads(pickle.dumps(fault))  # noqa: S301  # it was made here
        assert type(again) is type(fault)
        assert (str(again), vars(again)) == (str(fault), vars(fault))


def test_texts_travel() -> None:
    """A column of texts that are views into others' memory can be pickled."""
    texts = Texts.of(["一", "", "two"])
    views = Texts(memoryview(bytearray(texts.data)), memoryview(texts.offsets))
    again = pickle.loads(pickle.dumps(views))  # noqa: S301  # the same
    assert list(again) == ["一", "", "two"]


class Unfetched:
    """A part that has ended, of which the scheduler is asked a moment too late."""

    status = "finished"

    def result(self) -> str:
        """As Dask says it: an OSError."""
        raise ConnectionResetError("in <TCP (closed) ConnectionPool.gather>")


def test_a_result_that_cannot_be_fetched() -> None:
    """Where the scheduler goes between the end of a part and the asking for it, that is told."""
    with pytest.raises(ClusterError, match="the scheduler at tcp://x:1 is gone"):
        cluster._result(cast("Future", Unfetched()), "tcp://x:1")
