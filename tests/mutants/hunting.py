"""A plugin for pytest that holds every mutant against the tests that run its function.

mutmut writes the mutants and says which one is called; it would start pytest anew for each of them, which costs more
than the tests do. Here the tests are collected once. One copy of this process runs them all, and reports which
functions each of them calls; after that each mutant has a copy of its own, in which the tests of its function run
until one fails. Every copy begins where collecting ended, so no cache that another mutant filled hides anything.
"""

import contextlib
import functools
import gc
import hashlib
import importlib
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import pytest
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

from tests.mutants.figures import KILLED, SURVIVED, TIMEOUT, UNTESTED

SEEN = Path("seen.pickle")
#: Libraries that are loaded where they are used.
_LATE = {"dateutil", "holidays", "icalendar"}
_OFTEN, _MANY = 20, 200
_PROPERTIES = "tests/properties/"
_MEMORY = 12 * 2**30  # a mutant that fills a list without end


@attrs.define
class Seen:
    """What the tests did without a mutant: which functions each one calls, and its seconds; what collecting calls."""

    functions: dict[str, set[str]] = attrs.field(factory=dict)
    seconds: dict[str, float] = attrs.field(factory=dict)
    failed: list[str] = attrs.field(factory=list)
    on_import: set[str] = attrs.field(factory=set)
    files: dict[str, str] = attrs.field(factory=dict)
    modules: set[str] = attrs.field(factory=set)

    def add(self, other: "Seen") -> None:
        """Adds what other tests did."""
        self.functions |= other.functions
        self.seconds |= other.seconds
        self.failed += other.failed
        self.on_import |= other.on_import
        self.files |= other.files
        self.modules |= other.modules

    def tests_of(self, function: str) -> list[str]:
        """The tests that call a function, by how soon they are to be run."""
        return self._by_promise(test for test in self.seconds if function in self.functions[test])

    def _by_promise(self, tests: Iterable[str]) -> list[str]:
        """Those that call few functions first, as they are about these; and of each test one case before all others."""
        ordered = sorted(tests, key=lambda test: (len(self.functions[test]), self.seconds[test]))
        cases: Counter[str] = Counter()
        places: dict[str, int] = {}
        for test in ordered:
            name = test.partition("[")[0]
            places[test] = cases[name]
            cases[name] += 1
        return sorted(ordered, key=lambda test: places[test])

    def tests_of_module(self, module: str) -> list[str]:
        """The tests that call any function of a module; or of the package that it lies in, where none does."""
        while "." in module:
            found = [
                test for test in self.seconds if any(each.startswith(f"{module}.") for each in self.functions[test])
            ]
            if found:
                return self._by_promise(found)[:_MANY]
            module = module.rpartition(".")[0]
        return []


@attrs.define
class Verdict:
    """What became of a mutant: mutmut's code for it, the test that killed it, and the seconds it took."""

    mutant: str
    code: int
    killer: str = ""
    seconds: float = 0.0


@attrs.define
class Hunt:
    """The plugin: hunts `mutants` once the tests are collected, and hands each verdict to `tell`."""

    mutants: list[str]
    arguments: list[str]
    tell: Callable[[Verdict], None]
    budget: float = 10.0
    jobs: int = 1
    is_remembered: bool = True
    seen: Seen = attrs.field(factory=Seen)
    _items: dict[str, pytest.Item] = attrs.field(factory=dict)
    _killers: defaultdict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    _kills: Counter[str] = attrs.field(factory=Counter)

    def pytest_collection(self) -> None:
        """What is called from here on, until all is collected, is called on import."""
        set_mutant_under_test("stats")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests, the hunt."""
        if session.testsfailed:
            pytest.exit("not all tests could be collected", 1)
        self._items = {item.nodeid: item for item in session.items}
        self.seen = _kept(self._items)
        self.seen.on_import |= state()._stats
        unknown = [item for test, item in self._items.items() if test not in self.seen.seconds]
        share = -(-len(unknown) // self.jobs) or 1
        parts = [unknown[start : start + share] for start in range(0, len(unknown), share)]
        for part in _in_copies([functools.partial(_looked_at, session, each) for each in parts]):
            self.seen.add(part)
        if self.is_remembered:
            SEEN.write_bytes(pickle.dumps((_digest("src"), self.seen)))
        for test in self.seen.failed:
            print(f"fails without a mutant, and is left out: {test}", file=sys.__stdout__)
            del self.seen.seconds[test]
        set_mutant_under_test("")
        for name in sorted(self.seen.modules):
            # What tests load late, no copy has to load again; our own stays as it is after collecting.
            if name.partition(".")[0] in _LATE:
                importlib.import_module(name)
        gc.collect()
        gc.freeze()
        for verdict in self._verdicts(session):
            self.tell(verdict)
        return True

    def _verdicts(self, session: pytest.Session) -> Iterator[Verdict]:
        """Every mutant's verdict, `jobs` of them being hunted at once."""
        running: dict[int, tuple[str, int, float]] = {}
        for mutant in self.mutants:
            function = mangled_name_from_mutant_name(mutant)
            tests = self._in_order(function)
            if not tests:
                yield Verdict(mutant, UNTESTED)
                continue
            while len(running) >= self.jobs:
                yield self._ended(running)
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.setsid()  # so that what its tests start ends with it
                os.close(reading)
                self._hunted(session, mutant, tests, writing)
            os.close(writing)
            running[child] = mutant, reading, time.monotonic()
        while running:
            yield self._ended(running)

    def _in_order(self, function: str) -> list[str]:
        """The tests of a function, within budget.

        Those that killed a sibling come first, some that are about it, and some that kill most; then all cases of those
        that are about it, then properties, and then what takes least by turns with what promises most. None of these
        takes the time of all that follow.
        """
        tests = self.seen.tests_of(function)
        if not tests and function in self.seen.on_import:
            tests = self.seen.tests_of_module(function.rpartition(".")[0])
        calling = set(tests)
        siblings = [test for test in reversed(self._killers[function]) if test in calling]
        often = [test for test, _ in self._kills.most_common() if test in calling][:_OFTEN]
        names = list(dict.fromkeys(test.partition("[")[0] for test in tests))[:_OFTEN]
        about = [test for test in tests if test.partition("[")[0] in names]
        quickest = sorted(tests, key=self.seen.seconds.__getitem__)
        properties = [test for test in quickest if _PROPERTIES in test]
        by_turns = [each for both in zip(quickest, tests, strict=True) for each in both]
        taken: dict[str, None] = {}
        seconds = 0.0
        for some, share in (
            ([*siblings, *tests[:_OFTEN], *often], 0.4),
            (about, 0.6),
            (properties, 0.9),
            (by_turns, 1.0),
        ):
            for test in some:
                if test not in taken and (not taken or seconds + self.seen.seconds[test] <= share * self.budget):
                    taken[test] = None
                    seconds += self.seen.seconds[test]
        return list(taken)

    def _hunted(self, session: pytest.Session, mutant: str, tests: list[str], writing: int) -> None:
        """In a mutant's own copy: runs its tests until one fails, and ends."""
        code = KILLED
        try:
            silence = os.open(os.devnull, os.O_RDWR)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            seconds = int(10 + 5 * sum(self.seen.seconds[test] for test in tests))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            set_mutant_under_test(mutant)
            for item, after in _with_next(self._items[test] for test in tests):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if session.testsfailed:
                    os.write(writing, item.nodeid.encode())
                    break
            else:
                code = SURVIVED
                if mangled_name_from_mutant_name(mutant) in self.seen.on_import:
                    # What it changed on import, no copy has seen: a Python of its own imports everything again.
                    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-x", *self.arguments, *tests])  # noqa: S606 (it is pytest)
        finally:
            os._exit(code)

    def _ended(self, running: dict[int, tuple[str, int, float]]) -> Verdict:
        """The verdict on the mutant whose copy ends next."""
        child, status = os.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        mutant, reading, started = running.pop(child)
        with os.fdopen(reading, "rb") as pipe:
            killer = pipe.read().decode()
        code = os.waitstatus_to_exitcode(status)
        if killer:
            killers = self._killers[mangled_name_from_mutant_name(mutant)]
            killers[:] = [*(each for each in killers if each != killer), killer]
            self._kills[killer] += 1
        ended = code if code == SURVIVED else KILLED if code > 0 else TIMEOUT
        return Verdict(mutant, ended, killer, time.monotonic() - started)


@functools.cache
def _digest(name: str) -> str:
    """What a file holds, or all Python below a folder, as a digest."""
    path = Path(name)
    paths = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in paths)).hexdigest()


def _kept(tests: Iterable[str]) -> Seen:
    """What the last hunt saw of tests that passed and stayed as they were; nothing, if the source has changed since."""
    if not SEEN.exists():
        return Seen()
    source, old = pickle.loads(SEEN.read_bytes())  # noqa: S301 (from our own hunt)
    kept = Seen(modules=old.modules)
    if source == _digest("src"):
        for test in tests:
            if test in old.seconds and test not in old.failed and old.files[test] == _digest(test.split("::")[0]):
                kept.files[test], kept.seconds[test] = old.files[test], old.seconds[test]
                kept.functions[test] = old.functions[test]
    return kept


def _with_next(items: Iterable[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each item with the one after it, for which pytest keeps what both need."""
    here = list(items)
    return zip(here, [*here, None][1:], strict=True)


def _looked_at(session: pytest.Session, items: Sequence[pytest.Item]) -> Seen:
    """Runs tests, and sees which functions each calls."""
    seen = Seen(on_import=set(state()._stats))
    for item, after in _with_next(items):
        state()._stats.clear()
        failures, started = session.testsfailed, time.process_time()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        seen.files[item.nodeid] = _digest(item.nodeid.split("::")[0])
        seen.seconds[item.nodeid] = time.process_time() - started
        seen.functions[item.nodeid] = set(state()._stats)
        if session.testsfailed > failures:
            seen.failed.append(item.nodeid)
    seen.modules.update(sys.modules)
    return seen


def _in_copies(works: Iterable[Callable[[], Seen]]) -> Iterator[Seen]:
    """What each of `works` gives, done at once in copies of this process, in which alone its traces stay."""
    running: list[tuple[int, int]] = []
    for work in works:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
                os.close(reading)
                with os.fdopen(writing, "wb") as pipe:
                    pickle.dump(work(), pipe)
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
                raise
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.close(writing)
        running.append((child, reading))
    for child, reading in running:
        with os.fdopen(reading, "rb") as pipe:
            gave: Seen = pickle.load(pipe)  # noqa: S301 (from our own copy)
        os.waitpid(child, 0)
        yield gave
