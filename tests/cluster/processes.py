"""A scheduler and workers as processes of this machine, which can be stopped and killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs
from distributed import Client

PYTHON = (sys.executable, "-W", "ignore", "-m")


@attrs.frozen
class Processes:
    """A cluster: its scheduler file, the scheduler, and workers of one thread each, with nobody to start them anew."""

    file: Path
    scheduler: "subprocess.Popen[bytes]"
    workers: Sequence["subprocess.Popen[bytes]"]


@contextmanager
def cluster(folder: Path, workers: int = 2, environment: Mapping[str, str] | None = None) -> Iterator[Processes]:
    """A cluster whose workers, of this environment, have all joined; every process has ended afterwards."""
    folder.mkdir(exist_ok=True)
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    words = ["distributed.cli.dask_scheduler", "--scheduler-file", file, "--host", "127.0.0.1", "--port", "0"]
    with ExitStack() as stack, (folder / "log").open("wb") as log:

        def started(*words: object) -> "subprocess.Popen[bytes]":
            process = subprocess.Popen([*PYTHON, *map(str, words)], stdout=log, stderr=log, cwd=folder, env=environment)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        scheduler = started(*words, "--dashboard-address", "127.0.0.1:0")
        alone = ["--nthreads", 1, "--nworkers", 1, "--no-nanny", "--no-dashboard", "--local-directory", folder]
        found = [
            started("distributed.cli.dask_worker", "--scheduler-file", file, *alone, "--name", number)
            for number in range(workers)
        ]
        while not file.exists():
            assert scheduler.poll() is None, (folder / "log").read_text()
        if workers:
            with Client(scheduler_file=str(file), set_as_default=False, timeout=60) as client:
                client.wait_for_workers(workers, timeout=60)
        yield Processes(file, scheduler, found)


def writes(process: "subprocess.Popen[bytes]", folder: Path) -> Path | None:
    """A file below a folder that a process has open and that is not whole yet, or None."""
    open_files = Path(f"/proc/{process.pid}/fd")
    for each in open_files.iterdir():
        try:
            path = Path(each.readlink())
        except FileNotFoundError:
            # Closed since.
            continue
        if path.is_relative_to(folder) and path.name.endswith(".unfinished"):
            return path
    return None


def killed_in_the_middle(
    process: "subprocess.Popen[bytes]",
    folder: Path,
    whole: "subprocess.Popen[str]",
    before: Callable[[], None] = lambda: None,
) -> Path:
    """Kill a worker while it writes a file below a folder; returns that file, which is there and not whole.

    It is stopped first, and killed only if what it wrote was still not whole then. ``whole`` is what must not have
    ended before, and ``before`` is called just before the worker is killed.
    """
    while whole.poll() is None:
        if writes(process, folder) is None:
            continue
        os.kill(process.pid, signal.SIGSTOP)
        # By then it may have ended that file.
        os.waitpid(process.pid, os.WUNTRACED)
        path = writes(process, folder)
        if path is not None:
            before()
            process.kill()
            process.wait()
            return path
        os.kill(process.pid, signal.SIGCONT)
    raise AssertionError(f"it ended before a worker wrote anything: {whole.communicate()}")
