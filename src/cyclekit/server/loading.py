"""From rule files to a snapshot, again each time they change."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs

from cyclekit.adapters.ical import unit_feed
from cyclekit.api import expand
from cyclekit.civil.spans import Span
from cyclekit.errors import RuleFileError
from cyclekit.model.event import Event
from cyclekit.server.snapshot import Snapshot
from cyclekit.workspace.loading import load_files


@attrs.frozen
class Rules:
    """Which rule files are served, and how: the days by the day it is, what has happened, the language."""

    paths: tuple[Path, ...]
    horizon: Callable[[dt.date], Span]
    events: Mapping[str, Sequence[Event]] = attrs.field(factory=dict)
    language: str = "en"
    max_years: int = 50


class Loader:
    """Loads the rules, one time after the other."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        #: The files that were read last, whether they were right or not.
        self.read: tuple[Path, ...] = ()

    def load(self, moment: dt.datetime) -> Snapshot:
        """The rules as they are now.

        Raises RuleFileError with every diagnostic where a file has errors, what ``cyclekit.expand`` raises, and
        OSError.
        """
        loaded = load_files(self.rules.paths)
        self.read = tuple(Path(source.name) for source in loaded.sources)
        if loaded.has_errors:
            raise RuleFileError(loaded.diagnostics)
        rules = self.rules
        horizon = rules.horizon(moment.date())
        schedule = expand(loaded.rulebooks, horizon, events=rules.events, max_years=rules.max_years)

        def feed(name: str) -> bytes:
            return unit_feed(schedule, name, language=rules.language)

        return Snapshot(schedule, feed, moment)
