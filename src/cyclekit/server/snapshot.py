"""What is served at one time: rules, their schedule, and the moment from which it is so."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

import attrs

from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.server.cache import Cache

#: Writes the feed of a unit, ``RULEBOOK/UNIT``, without touching the others.
Feed = Callable[[str], bytes]


@attrs.frozen(slots=False)
class Snapshot:
    """One state of the rules, over a horizon, from a moment on. It never changes: a request is answered from one.

    ``cache`` holds what was asked for lately, and nothing is written before it is asked for. So a snapshot takes as
    much memory as rules, periods and units do, and the answers that were asked for lately.
    """

    schedule: Schedule = attrs.field(repr=False)
    feed: Feed = attrs.field(repr=False)
    moment: dt.datetime
    horizon: Span
    cache: Cache = attrs.field(factory=Cache, repr=False)

    @cached_property
    def _books(self) -> dict[str, Rulebook]:
        return {book.id: book for book in self.schedule.rulebooks}

    def has(self, rulebook: str, unit: str) -> bool:
        """Whether there is such a unit."""
        book = self._books.get(rulebook)
        return book is not None and unit in book.roster.index
