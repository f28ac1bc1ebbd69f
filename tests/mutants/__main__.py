"""Hunts mutants (`make mutants`): `python -m tests.mutants [civil …] [--sample N] [--seed N] [--again] [--list]`.

mutmut writes the mutants into `mutants/`, by `[tool.mutmut]` of pyproject.toml, and keeps what became of each there,
so that `mutmut show NAME` and `mutmut results` answer afterwards, and a hunt that was stopped goes on where it was.
"""

import argparse
import contextlib
import io
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_file_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import walk_mutatable_files, walk_source_files

from tests.mutants.figures import KILLED, SURVIVED, UNTESTED, table

SEED = 20261121
ROOMS = {"civil": "civil", "engine": "engine", "reading": "reading", "ical": "adapters/ical"}


def asked() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="civil, engine, reading or ical; all when left out")
    parser.add_argument("--sample", type=int, metavar="N", help="N mutants of each room, drawn with the seed")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="another draw of mutants; %(default)s")
    parser.add_argument("--again", action="store_true", help="only what survived, or what no test called")
    parser.add_argument("--only", default="", metavar="TEXT", help="mutants with TEXT in their name, once more")
    parser.add_argument("--budget", type=float, default=10, metavar="S", help="seconds of tests for each mutant")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="how many at once")
    parser.add_argument("--tests", nargs="+", metavar="PATH", help="these alone, in place of those of pyproject.toml")
    parser.add_argument("--list", action="store_true", help="hunt nothing: the table, and every survivor by name")
    given = parser.parse_args()
    if unknown := set(given.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    return given


def sources(room: str) -> list[Path]:
    """The files of a room that are mutated."""
    under = Path("src/cyclekit") / ROOMS[room]
    return [path for path in sorted(walk_mutatable_files()) if under in path.parents]


def write_mutants(rooms: list[str], jobs: int) -> None:
    """Copies the repository into `mutants/`, and writes the mutants of these rooms there, where a file changed."""
    Path("mutants").mkdir(exist_ok=True)
    set_mutant_under_test("mutant_generation")
    asked_for = {path for room in rooms for path in sources(room)}
    with contextlib.redirect_stdout(io.StringIO()), multiprocessing.Pool(jobs) as pool:
        copy_src_dir()
        copy_also_copy_files()
        for path in walk_source_files():
            # What has no record is not mutated, or was being mutated when a hunt was stopped.
            if not Path("mutants", f"{path}.meta").exists():
                shutil.copy2(path, Path("mutants", path))
            else:
                asked_for.add(path)
        for written in pool.imap_unordered(create_file_mutants, sorted(asked_for)):
            if written.error:
                raise written.error


def files_of(room: str) -> dict[Path, SourceFileMutationData]:
    """The files of a room that have mutants, with what is known of these."""
    files = {path: SourceFileMutationData(path=path) for path in sources(room)}
    for data in files.values():
        data.load()
    return files


def chosen(data: dict[Path, SourceFileMutationData], given: argparse.Namespace) -> list[str]:
    """The mutants of a room that are to be hunted now."""
    every = {name: code for each in data.values() for name, code in each.exit_code_by_key.items()}
    drawn = sorted(every)
    # A larger sample holds the smaller ones, as each begins with the same draws.
    random.Random(given.seed).shuffle(drawn)
    drawn = sorted(drawn[: given.sample])
    if given.only:
        return [name for name in drawn if given.only in name]
    wanted = (SURVIVED, UNTESTED) if given.again else (None,)
    return [name for name in drawn if every[name] in wanted]


def hunt(rooms: list[str], given: argparse.Namespace) -> None:
    """Hunts the mutants of these rooms, keeping each verdict at once."""
    import pytest  # noqa: PLC0415 (pytest loads the plugin, and so cyclekit: the mutated one must be on the path)

    from tests.mutants.hunting import Hunt, Verdict  # noqa: PLC0415 (the same)

    found = {room: files_of(room) for room in rooms}
    mutants = [name for files in found.values() for name in chosen(files, given)]
    of = {name: data for files in found.values() for data in files.values() for name in data.exit_code_by_key}
    here, left = Path.cwd(), len(mutants)
    print(f"{left} mutants to hunt", flush=True)
    if not mutants:
        return

    def keep(verdict: Verdict) -> None:
        nonlocal left
        data = of[verdict.mutant]
        if verdict.code == UNTESTED and given.tests:
            return  # by these tests alone nothing is known of it
        data.exit_code_by_key[verdict.mutant] = verdict.code
        data.durations_by_key[verdict.mutant] = verdict.seconds
        with contextlib.chdir(here):
            data.save()
        left -= 1
        if verdict.code != KILLED or left % 100 == 0:
            told = f"{left:6} left  {verdict.code:4} {verdict.seconds:6.2f} s  {verdict.mutant}"
            print(told, file=sys.__stdout__, flush=True)  # pytest keeps what is printed

    quiet = ["-q", "--no-header", "--tb=no", "--rootdir=.", "--capture=sys", "-p", "no:cacheprovider", "-p", "no:xdist"]
    keeps = ["-o", "tmp_path_retention_policy=none", "-o", "addopts=--import-mode=importlib"]
    arguments = [*quiet, *keeps, *config().pytest_add_cli_args]
    tests = given.tests or config().pytest_add_cli_args_test_selection
    # Few examples, always the same, and none made smaller: what fails is a mutant's end.
    os.environ.setdefault("HYPOTHESIS_PROFILE", "hunting")
    with contextlib.chdir("mutants"), tempfile.TemporaryDirectory() as folder:
        # One that no other pytest tidies up.
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        plugin = Hunt(mutants, arguments, keep, given.budget, given.jobs, is_remembered=not given.tests)
        ended = pytest.main([*arguments, *tests], plugins=[plugin])
    if ended != 0:
        sys.exit(f"the hunt ended early: pytest says {ended}")


def main() -> None:
    """Writes the mutants, hunts them, and prints the table."""
    given = asked()
    rooms = given.rooms or list(ROOMS)
    if not given.list:
        write_mutants(rooms, given.jobs)
        mutated = str(Path("mutants/src").resolve())
        sys.path[:0] = [mutated, str(Path("mutants").resolve())]
        os.environ["PYTHONPATH"] = mutated
        hunt(rooms, given)
    print(table({room: files_of(room) for room in rooms}, survivors=given.list))


if __name__ == "__main__":
    main()
