"""Fuzzing with atheris: ``python -m tests.fuzz TARGET`` (`make fuzz` runs each target for a stated time).

Inputs that reached something new are kept in a folder, and are where the next run begins. What an input breaks is
written there too, as ``crash-…``; whoever has mended it moves the input to ``tests/fuzz/found/TARGET``, where
``make test`` replays it.
"""

import argparse
import gc
import importlib
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import atheris

HERE = Path(__file__).parent
REPO = HERE.parents[1]
#: Each target, and the modules whose branches and comparisons are watched: those that look at an input's text.
TARGETS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "reading": ("reading", "workspace", "sources.calendar_dates", "sources.closed_days", "adapters.ical.content"),
        "feeds": tuple(f"adapters.ical.{each}" for each in ("text", "templates", "properties", "writer", "octets")),
        "requests": ("server", "workspace.tokens"),
    }
)
#: A folder in memory, where the system has one: writing each input to a disk would take longer than reading it.
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
#: Set for the process that fuzzes: libFuzzer ends it, so what is to be cleared away is another's.
INSIDE = "CYCLEKIT_FUZZ_INSIDE"


def asked() -> argparse.Namespace:
    """What is asked for."""
    found = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    found.add_argument("target", choices=TARGETS)
    found.add_argument("--seconds", type=int, default=0, help="for how long (0: without end)")
    found.add_argument("--inputs", type=int, default=-1, help="how many inputs (-1: without end)")
    found.add_argument("--kept", type=Path, default=REPO / ".fuzz", help="where inputs are kept")
    found.add_argument("--seed", type=int, default=0, help="what chance begins with (0: the clock)")
    return found.parse_args()


def remember() -> None:
    """Ask the holidays package and the system once for what does not change, and not again for each input."""
    from cyclekit.sources import public_holidays  # noqa: PLC0415  # what else is imported takes it from there

    for owner, name in (
        (public_holidays, "compile_calendar"),
        (public_holidays, "entity"),
        (public_holidays.PublicHolidays, "near"),
        (zoneinfo, "available_timezones"),
    ):
        setattr(owner, name, lru_cache(1000)(getattr(owner, name)))


def left_out(watched: Sequence[str]) -> Iterator[str]:
    """The modules of cyclekit that are not watched: atheris knows whole packages, and exceptions one by one."""
    package = importlib.util.find_spec("cyclekit")
    assert package is not None
    assert package.submodule_search_locations is not None
    for folder in map(Path, package.submodule_search_locations):
        for path in folder.rglob("*.py"):
            name = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
            if not any(name == each or name.startswith(f"{each}.") for each in watched):
                yield f"cyclekit.{name}"


def fuzz(args: argparse.Namespace) -> None:
    """Fuzz one target; libFuzzer ends the process, with 77 where something was found."""
    kept = args.kept / args.target
    seeds = args.kept / f"{args.target}.seeds"
    for each in (kept, seeds):
        each.mkdir(parents=True, exist_ok=True)
    remember()
    with atheris.instrument_imports(["cyclekit"], [*left_out(TARGETS[args.target])], enable_loader_override=False):
        target = importlib.import_module(f"tests.fuzz.{args.target}")
    for number, seed in enumerate(target.seeds()):
        if len(seed) <= target.LONGEST:
            (seeds / f"{number:04}").write_bytes(seed)
    words = args.kept / f"{args.target}.dict"
    words.write_text(target.WORDS, encoding="ascii")
    options = [
        f"-max_total_time={args.seconds}",
        f"-runs={args.inputs}",
        f"-seed={args.seed}",
        f"-max_len={target.LONGEST}",
        f"-dict={words}",
        f"-artifact_prefix={kept}/",
        # Few changes at a time: many would leave nothing that is nearly right.
        "-mutate_depth=3",
        "-timeout=120",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        *map(str, (kept, seeds, HERE / "corpus" / args.target, HERE / "found" / args.target)),
    ]
    mutator = target.mutator(atheris) if hasattr(target, "mutator") else None
    atheris.Setup([sys.argv[0], *options], target.one, **({"custom_mutator": mutator} if mutator else {}))
    # What is loaded stays: no need to look through it again and again.
    gc.freeze()
    atheris.Fuzz()


def main() -> int:
    """Fuzz in a process of its own, with a folder for its files that is gone afterwards."""
    args = asked()
    if INSIDE in os.environ:
        fuzz(args)
    with tempfile.TemporaryDirectory(prefix="cyclekit-fuzz-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        command = [sys.executable, "-m", "tests.fuzz", *sys.argv[1:]]
        ran = subprocess.run(command, env={**os.environ, INSIDE: "1", "TMPDIR": folder}, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stderr.write(f"{args.target}: {used.ru_utime + used.ru_stime:.0f} s of processor time\n")
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
