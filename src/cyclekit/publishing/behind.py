"""Large files are written while the next ones are being made; their order and their faults are as if they were not."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Generic, TypeVar

Done = TypeVar("Done")
#: How many steps may be under way before the first has to be done: each of them holds a file.
_AHEAD = 2
#: What waits for a disk is quickest where it does so many times at once. Fewer than this is not worth a thread.
_THREADS, _MANY = 8, 64


class Behind(Generic[Done]):
    """Does steps behind the back of who goes on. ``take`` gets what became of each, in the order they were asked for.

    What goes wrong in a step is raised when its turn comes, by a later call.
    """

    def __init__(self, take: Callable[[Done], None]) -> None:
        self._take = take
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[Done]] = deque()

    def later(self, step: Callable[[], Done]) -> None:
        """Have this done meanwhile. Raises what an earlier step does."""
        self._waiting.append(self._started().submit(step))
        while len(self._waiting) > _AHEAD:
            self._take(self._waiting.popleft().result())

    def now(self, step: Callable[[], Done]) -> None:
        """Do this here, and take it after all that was asked for before. Raises what it or an earlier step does."""
        done = step()
        if self._waiting:
            self._waiting.append(_finished(done))
        else:
            self._take(done)

    def finish(self) -> None:
        """Wait until all is done. Raises what the first step does in which something goes wrong."""
        while self._waiting:
            self._take(self._waiting.popleft().result())

    def each(self, step: Callable[[Path], None], paths: Iterable[Path]) -> None:
        """Do one thing for each path, where they are many for several at once. Raises what the first of them does."""
        every = list(paths)
        if len(every) < _MANY:
            for path in every:
                step(path)
        else:
            for _ in self._started().map(step, every):
                pass

    def end(self) -> None:
        """Wait until nothing is under way any more, whatever becomes of it."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        self._waiting.clear()

    def _started(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, "cyclekit-writes")
        return self._threads


def _finished(done: Done) -> Future[Done]:
    found: Future[Done] = Future()
    found.set_result(done)
    return found
