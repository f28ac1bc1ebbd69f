"""What the server serves from, and how that is kept as the files say: the one place where anything changes."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from cyclekit.errors import CyclekitError, RuleFileError
from cyclekit.server.cache import Ready
from cyclekit.server.loading import Loader
from cyclekit.server.snapshot import Snapshot
from cyclekit.workspace.tokens import Tokens, read_tokens
from cyclekit.workspace.watching import Watch

#: Tells what kept the files from being taken over, or that they were.
Tell = Callable[[CyclekitError | OSError | None], None]
Clock = Callable[[], dt.datetime]


def faults_in(fault: CyclekitError | OSError) -> int:
    """How many problems there are: the errors of rule files, or one."""
    if isinstance(fault, RuleFileError):
        return sum(each.is_error for each in fault.diagnostics)
    return 1


@attrs.frozen
class Health:
    """Whether what is served is what the files say, and if not, how many problems they have."""

    errors: int = 0
    tokens: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether what is served is the last state that was right, and no longer what the files say."""
        return bool(self.errors or self.tokens)


class Service:
    """The snapshot that is served now, and who may read what of it; ``tokens`` None: everyone everything."""

    def __init__(self, snapshot: Snapshot, tokens: Tokens | None = None) -> None:
        self.snapshot = snapshot
        self.tokens = tokens
        self.health = Health()
        self._making = asyncio.Lock()

    async def ready(self, snapshot: Snapshot, key: str, make: Callable[[], bytes]) -> Ready:
        """The answer of a key, made at its first request, one at a time, beside the loop that answers others."""
        found = snapshot.cache.get(key)
        if found is None:
            async with self._making:
                found = snapshot.cache.get(key)
                if found is None:
                    found = await asyncio.to_thread(lambda: Ready.of(make()))
                    snapshot.cache.put(key, found)
        return found


class Keeper:
    """Looks at the files again and again. What is right is taken over at once; what is not leaves all as it is."""

    def __init__(self, loader: Loader, clock: Clock, tell: Tell, *, tokens: Path | None = None) -> None:
        self._loader = loader
        self._clock = clock
        self._tell = tell
        self._tokens = tokens
        self._watch = Watch(loader.rules.paths)
        self._watch_tokens = Watch([tokens] if tokens else [])
        # Before they are read, so that what is written meanwhile is seen as a change.
        now = time.time_ns()
        self._watch.has_changed(now)
        self._watch_tokens.has_changed(now)
        moment = clock()
        granted = read_tokens(tokens) if tokens else None
        self.service = Service(loader.load(moment), granted)
        self._tried = self.service.snapshot.horizon
        self._again = False

    def look(self) -> None:
        """Look once, and take over what has changed."""
        now = time.time_ns()
        self._look_at_tokens(now)
        horizon = self._loader.rules.horizon(self._clock().date())
        changed = self._watch.has_changed(now, self._loader.read)
        if changed or self._again or horizon != self._tried:
            self._tried = horizon
            self._reload(is_new=changed)

    def _reload(self, *, is_new: bool) -> None:
        service = self.service
        # A second later than the last at least: readers tell states apart by whole seconds.
        later = service.snapshot.moment + dt.timedelta(seconds=1)
        try:
            snapshot = self._loader.load(max(self._clock(), later))
        except (CyclekitError, OSError) as fault:
            if is_new or not self._again:
                self._tell(fault)
            # What the system refuses it may grant a moment later, though no file has changed.
            self._again = isinstance(fault, OSError)
            service.health = attrs.evolve(service.health, errors=faults_in(fault))
            return
        self._again = False
        service.snapshot = snapshot
        service.health = attrs.evolve(service.health, errors=0)
        self._tell(None)

    def _look_at_tokens(self, now: int) -> None:
        if self._tokens is None or not self._watch_tokens.has_changed(now):
            return
        service = self.service
        try:
            service.tokens = read_tokens(self._tokens)
        except (CyclekitError, OSError) as fault:
            service.health = attrs.evolve(service.health, tokens=1)
            self._tell(fault)
            return
        service.health = attrs.evolve(service.health, tokens=0)

    async def keep(self, every: float) -> None:
        """Look again and again, so many seconds apart."""
        while True:
            await asyncio.sleep(every)
            await asyncio.to_thread(self.look)
