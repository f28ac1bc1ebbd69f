"""Publishing under every fault: each system call that writes fails once, and is once the last thing that happens.

For every call that publishing makes below its folder, of every kind that changes a disk, a publication is run under
strace, which makes that very call fail with ENOSPC, and another one that is killed by it. Then readers must see the
publication before or the one after, whole by its manifest; and the next run must succeed, and leave nothing that a
run without any fault would not have left. Exits with 1 where that is not so.
"""

import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs

from tests.faults.trees import CHANGED, OLDER, RULES, is_torn, seen, tree

CALLS = ("openat", "write", "fsync", "rename", "renameat2", "link", "linkat", "symlink", "mkdir", "unlink", "rmdir")
FAULTS = ("error=ENOSPC", "signal=SIGKILL")
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")


@attrs.frozen
class Scenario:
    """A folder to start from, and what publishing the changed rules makes of it."""

    name: str
    start: Path
    before: dict[str, bytes | str] | None
    after: dict[str, bytes | str] | None
    end: dict[str, bytes | str]
    calls: tuple[tuple[str, int], ...]


@attrs.frozen
class Outcome:
    """What came of one fault."""

    hit: bool
    torn: bool
    mixed: bool
    stuck: bool
    left: bool


class Runs:
    """Runs of `cyclekit publish` in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in (("older", OLDER), ("old", RULES), ("new", CHANGED)):
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def publish(self, rules: str, to: Path, *tracer: str) -> subprocess.CompletedProcess[bytes]:
        """Publish one of the rules, by a tracer or not."""
        command = [sys.executable, "-m", "cyclekit", "publish", str(self.folder / f"{rules}.yaml"), "--to", str(to)]
        stamp = {"older": "2026-01-01", "old": "2026-02-01", "new": "2026-03-01"}[rules]
        options = ["--within", "2026", "--stamp", stamp, "--no-xlsx", "--lang", "en"]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        return subprocess.run([*tracer, *command, *options], capture_output=True, check=False, env=environment)

    def scenarios(self) -> Iterator[Scenario]:
        """The first publication of all; a later one, which also deletes an old one; ones after another was killed."""
        yield self._scenario("first", ())
        later = self._scenario("later", ("older", "old"))
        yield later
        # Killed when the new link is made, and when it has been moved: what is left of each is cleaned up otherwise.
        yield self._scenario("unmoved", ("older", "old"), killed_by="rename:signal=SIGKILL:when=1")
        last = max(k for call, k in later.calls if call == "fsync")
        yield self._scenario("moved", ("older", "old"), killed_by=f"fsync:signal=SIGKILL:when={last}")

    def _scenario(self, name: str, published: tuple[str, ...], *, killed_by: str = "") -> Scenario:
        start = self.folder / name
        start.mkdir()
        for rules in published:
            assert self.publish(rules, start).returncode == 0
        if killed_by:
            self.publish("new", start, *_strace(self.folder / "killed.log", *killed_by.split(":", 1)))
            assert (start / ".journal").exists()
        folder = self._copy(start, "reference")
        log = self.folder / f"{start.name}.log"
        ran = self.publish("new", folder, "strace", "-f", "-y", "-s", "300", "-o", str(log), "-e", f"trace={_traced()}")
        assert ran.returncode == 0, ran.stderr
        calls = tuple(_written(log.read_text(encoding="utf-8", errors="replace").splitlines(), folder))
        found = Scenario(name, start, seen(start), seen(folder), tree(folder), calls)
        shutil.rmtree(folder)
        return found

    def _copy(self, start: Path, name: str) -> Path:
        # Paths of equal length: so that the calls of two runs are the same ones.
        folder = self.folder / f"{name:_<12}"
        shutil.copytree(start, folder, symlinks=True)
        return folder

    def outcome(self, scenario: Scenario, number: int, call: str, fault: str) -> Outcome:
        """What comes of one fault: a run that has it, and the next one."""
        folder = self._copy(scenario.start, f"{scenario.name}{number}")
        log = folder.with_suffix(".log")
        ran = self.publish("new", folder, *_strace(log, call, fault))
        traced = log.read_text(encoding="utf-8", errors="replace")
        hit = "(INJECTED)" in traced or "killed by SIGKILL" in traced
        torn, now = is_torn(folder), seen(folder)
        mixed = now not in (scenario.before, scenario.after) or (ran.returncode == 0 and now != scenario.after)
        stuck = self.publish("new", folder).returncode != 0
        left = tree(folder) != scenario.end
        shutil.rmtree(folder)
        log.unlink()
        return Outcome(hit, torn, mixed, stuck, left)


def _traced() -> str:
    return ",".join(f"?{call}" for call in CALLS)


def _strace(log: Path, call: str, fault: str) -> tuple[str, ...]:
    return ("strace", "-f", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={call}:{fault}")


def _written(lines: list[str], folder: Path) -> Iterator[tuple[str, int]]:
    """Which of the calls of each kind, counted from 1, write below a folder."""
    counts: collections.Counter[str] = collections.Counter()
    for line in lines:
        match = _CALL.match(line)
        if match is None:
            continue
        call, rest = match.groups()
        counts[call] += 1
        makes = call != "openat" or "O_CREAT" in rest or "O_TRUNC" in rest
        if makes and str(folder) in rest:
            yield call, counts[call]


def main() -> int:
    """Run all of it, tell the counts, and say whether all is well."""
    totals: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        runs = Runs(Path(name).resolve())
        for scenario in runs.scenarios():
            faults = [(call, f"{fault}:when={k}") for call, k in scenario.calls for fault in FAULTS]
            outcomes = pool.map(
                lambda each, scenario=scenario: runs.outcome(scenario, each[0], *each[1]), enumerate(faults)
            )
            counts: collections.Counter[str] = collections.Counter()
            for (call, fault), each in zip(faults, outcomes, strict=True):
                ways = [way for way in ("torn", "mixed", "stuck", "left") if getattr(each, way)]
                ways += [] if each.hit else ["missed"]
                counts.update(ways)
                if ways:
                    print(f"{scenario.name}: {call}:{fault}: {', '.join(ways)}")
            totals += counts
            of_calls = collections.Counter(call for call, _ in scenario.calls)
            told = ", ".join(f"{number} {call}" for call, number in sorted(of_calls.items()))
            print(f"{scenario.name}: {len(faults)} faults ({told}): {counts['torn']} torn, {counts['mixed']} mixed,")
            print(f"  {counts['stuck']} where the next run failed, {counts['left']} where it left something behind,")
            print(f"  {counts['missed']} where no fault came about", flush=True)
    return 1 if totals else 0


if __name__ == "__main__":
    sys.exit(main())
