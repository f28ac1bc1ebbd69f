"""What the server serves from, and how that is kept as the files say: the one place where anything changes."""

import asyncio
import datetime as dt
import enum
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from cyclekit.errors import CyclekitError, DamagedPublicationError, FeedError, RuleFileError
from cyclekit.server.cache import Ready
from cyclekit.server.loading import Loader
from cyclekit.server.snapshot import Snapshot
from cyclekit.workspace.tokens import InForce, Tokens, read_in_force
from cyclekit.workspace.watching import Watch

Fault = CyclekitError | OSError
Clock = Callable[[], dt.datetime]


class About(enum.Enum):
    """What something is told about."""

    RULES = "rules"
    TOKENS = "tokens"
    FEED = "feed"


#: Tells what kept something from being taken over, or, with None, that it was; or what is wrong with a feed.
Tell = Callable[[About, Fault | None], None]


def faults_in(fault: Fault) -> int:
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

    def __init__(self, snapshot: Snapshot, tell: Tell, tokens: InForce | Tokens | None = None) -> None:
        self.snapshot = snapshot
        self.tokens = tokens
        #: How many problems rule files have, and the file of tokens: each is set where these are looked at.
        self.rule_faults = self.token_faults = 0
        self._tell = tell
        self._making = asyncio.Lock()
        self._searching = asyncio.Lock()

    @property
    def health(self) -> Health:
        """Whether what is served is what the files say."""
        return Health(self.rule_faults, self.token_faults)

    async def feed(self, snapshot: Snapshot, name: str) -> Ready | None:
        """The feed of a unit; None for one that calendar programs would not take, which is told once.

        Rules are served whose feeds are not all as they should be: that is a mistake of ours and not of theirs, and
        whoever reads the others is better off with the dates of today. Calendars keep what they have.
        """
        if name not in snapshot.refused:
            try:
                return await self.ready(snapshot, name, lambda: snapshot.feed(name))
            except FeedError as fault:
                if name not in snapshot.refused:
                    snapshot.refused.add(name)
                    self._tell(About.FEED, fault)
        return None

    async def searched(self, snapshot: Snapshot, query: str) -> Ready:
        """The index of what is searched for, one at a time, and not kept: nobody is to fill the room of the feeds."""
        async with self._searching:
            return await asyncio.to_thread(lambda: Ready.of(snapshot.pages.index(query)))

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


class Once:
    """Tells each state once: a fault that stays the same is told when it comes up, and not each time it is met."""

    def __init__(self, tell: Tell, about: About) -> None:
        self._tell = tell
        self._about = about
        self._told: object = None

    def fault(self, fault: Fault, *, is_new: bool = False) -> None:
        """Something is wrong. ``is_new``: it is so again, after a change."""
        # Of two files that cannot be read for one reason, one after the other, only the first is told.
        state = (type(fault), fault.args)
        if is_new or state != self._told:
            self._told = state
            self._tell(self._about, fault)

    def well(self, *, is_new: bool) -> None:
        """All is well. It is told where something new was taken over, and where it was not well before."""
        if is_new or self._told is not None:
            self._told = None
            self._tell(self._about, None)


class Keeper:
    """Looks at the files again and again. What is right is taken over at once; what is not leaves all as it is.

    What the system refuses is told, and tried again at each look: it may be granted a moment later. Tokens are looked
    at on their own, whatever happens with rule files. Where their file is not there, nobody may read anything: someone
    has taken it away, or it never came. What it holds is no guess at what was meant, so where it is damaged, or cannot
    be read, the last tokens stay in force.
    """

    def __init__(self, loader: Loader, clock: Clock, tell: Tell, *, tokens: Path | None = None) -> None:
        self._loader = loader
        self._clock = clock
        self._rules_told = Once(tell, About.RULES)
        self._tokens_told = Once(tell, About.TOKENS)
        self._tokens = tokens
        self._watch = Watch(loader.rules.paths)
        # It is watched as a file, whatever it is: nothing beside it counts.
        self._watch_tokens = Watch(())
        # Before they are read, so that what is written meanwhile is seen as a change.
        now = time.time_ns()
        self._watch.has_changed(now)
        if tokens:
            self._watch_tokens.has_changed(now, [tokens])
        moment = clock()
        granted = read_in_force(tokens) if tokens else None
        self.service = Service(loader.load(moment), tell, granted)
        self._tried = self.service.snapshot.horizon
        self._again = self._tokens_again = False

    def look(self) -> None:
        """Look once, and take over what has changed."""
        self.look_at_tokens()
        self.look_at_rules()

    def look_at_rules(self) -> None:
        """Look at rule files once, and take over what has changed. What the system refuses is told."""
        try:
            horizon = self._loader.rules.horizon(self._clock().date())
            changed = self._watch.has_changed(time.time_ns(), self._loader.read)
            if changed or self._again or horizon != self._tried:
                self._tried = horizon
                self._reload(is_new=changed)
        except OSError as fault:
            # A folder goes while it is looked through, or cannot be read: what has changed is not known.
            self._rules_failed(fault, is_new=False)

    def _reload(self, *, is_new: bool) -> None:
        service = self.service
        # A second later than the last at least: readers tell states apart by whole seconds.
        later = service.snapshot.moment + dt.timedelta(seconds=1)
        try:
            snapshot = self._loader.load(max(self._clock(), later))
        except (CyclekitError, OSError) as fault:
            self._rules_failed(fault, is_new=is_new)
            return
        self._again = False
        service.snapshot = snapshot
        service.rule_faults = 0
        self._rules_told.well(is_new=True)

    def _rules_failed(self, fault: Fault, *, is_new: bool) -> None:
        # Whatever is not in rule files may be mended without a change of theirs.
        self._again = isinstance(fault, OSError | DamagedPublicationError)
        # Whoever sees that it is stale finds written down why.
        self._rules_told.fault(fault, is_new=is_new)
        self.service.rule_faults = faults_in(fault)

    def look_at_tokens(self) -> None:
        """Look at the file of tokens once, and take over what has changed. What the system refuses is told."""
        if self._tokens is None:
            return
        changed = self._watch_tokens.has_changed(time.time_ns(), [self._tokens])
        if not changed and not self._tokens_again:
            return
        service = self.service
        try:
            service.tokens = read_in_force(self._tokens)
        except (CyclekitError, OSError) as fault:
            if isinstance(fault, FileNotFoundError):
                service.tokens = InForce()
            self._tokens_again = isinstance(fault, OSError)
            self._tokens_told.fault(fault, is_new=changed)
            service.token_faults = 1
            return
        self._tokens_again = False
        service.token_faults = 0
        self._tokens_told.well(is_new=False)

    async def keep(self, every: float) -> None:
        """Look again and again, so many seconds apart; at tokens also while rules are being loaded."""

        async def keep_at(look: Callable[[], None]) -> None:
            while True:
                await asyncio.sleep(every)
                await asyncio.to_thread(look)

        async with asyncio.TaskGroup() as group:
            group.create_task(keep_at(self.look_at_rules))
            group.create_task(keep_at(self.look_at_tokens))
