"""From rule files to a snapshot, again each time they change."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs

from cyclekit.adapters.ical import Context, FeedWriter, Options
from cyclekit.adapters.pages import Site
from cyclekit.api import expand, why_moved
from cyclekit.civil.spans import Span
from cyclekit.errors import DamagedPublicationError, RuleFileError
from cyclekit.model.event import Event
from cyclekit.model.schedule import Schedule
from cyclekit.publishing.advancing import Moment, advance
from cyclekit.publishing.content import Content
from cyclekit.publishing.contents import STATE, writer_of
from cyclekit.publishing.generations import current_generation
from cyclekit.publishing.publishing import KEEP, remembered_in
from cyclekit.publishing.state import State
from cyclekit.publishing.state_file import read_state, write_state
from cyclekit.server.refusing import CheckedFeeds
from cyclekit.server.site import OPEN, Pages
from cyclekit.server.snapshot import Snapshot
from cyclekit.workspace.exporting import write_file
from cyclekit.workspace.feeding import feed_writer, why_of
from cyclekit.workspace.keeping import KeptTables
from cyclekit.workspace.loading import load_files
from cyclekit.workspace.marking import marks_of


@attrs.frozen
class Rules:
    """Which rule files are served, and how: the days by the day it is, what has happened, the language.

    ``state`` is a folder in which versions of events are remembered; without it each follows from its content alone.
    ``keep`` says how many days what is no longer owed is shown as cancelled. ``base_url`` is where readers find the
    server; without it pages offer feeds as files, and no address to subscribe to. ``environment`` has the addresses of
    databases that rule files ask for units.
    """

    paths: tuple[Path, ...]
    horizon: Callable[[dt.date], Span]
    events: Mapping[str, Sequence[Event]] = attrs.field(factory=dict)
    language: str = "en"
    max_years: int = 50
    state: Path | None = None
    keep: int = KEEP
    base_url: str | None = None
    environment: Mapping[str, str] = attrs.field(factory=dict, repr=False)


class Loader:
    """Loads the rules, one time after the other."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._tables = KeptTables()
        #: The files that were read last, whether they were right or not.
        self.read: tuple[Path, ...] = ()

    def load(self, moment: dt.datetime) -> Snapshot:
        """The rules as they are now.

        Raises RuleFileError with every diagnostic where a file has errors, what ``cyclekit.expand`` raises, and
        OSError.
        """
        rules = self.rules
        loaded = load_files(rules.paths, environment=rules.environment, tables=self._tables)
        self.read = tuple(Path(source.name) for source in loaded.sources)
        if loaded.has_errors:
            raise RuleFileError(loaded.diagnostics)
        horizon = rules.horizon(moment.date())
        schedule = expand(loaded.rulebooks, horizon, events=rules.events, max_years=rules.max_years)
        writer = self._writer(schedule, moment)
        feeds = CheckedFeeds(writer, loaded.places)
        self._tables.forget_others()
        return Snapshot(writer.schedule, feeds.of_unit, self._pages(writer), moment, horizon)

    def _pages(self, writer: FeedWriter) -> Pages:
        """The pages of what the feeds hold, drawn from what the writer knows of each unit's rows."""
        schedule, language = writer.schedule, self.rules.language
        why, marks = why_moved(schedule, language), marks_of(schedule)
        site = Site(
            schedule,
            language=language,
            base_url=self.rules.base_url,
            why=why,
            marks=marks,
            rows=writer.rows,
            places=OPEN,
        )
        return Pages(site)

    def _writer(self, schedule: Schedule, moment: dt.datetime) -> FeedWriter:
        """What writes the feeds: as the versions that are remembered say, or as the content alone does."""
        rules = self.rules
        options = Options(rules.language)
        if rules.state is None:
            return feed_writer(schedule, options)
        before = remembered(rules.state)
        why = why_of(schedule, rules.language)
        content = Content(options, Context(why=why))
        advanced = advance(before, schedule, Moment.of(moment, rules.keep), content=content)
        rules.state.mkdir(parents=True, exist_ok=True)
        write_file(rules.state / STATE, write_state(advanced.state))
        return writer_of(advanced, options, Context())


def remembered(folder: Path) -> State:
    """What a folder remembers: from serving before, or else from a publication to it; nothing where there is neither.

    Raises OSError, and DamagedPublicationError for what is no such state.
    """
    path = folder / STATE
    try:
        return read_state(path.read_bytes())
    except FileNotFoundError:
        return remembered_in(current_generation(folder))
    except DamagedPublicationError as fault:
        raise DamagedPublicationError(str(path), fault.phrase, **fault.values) from fault
