"""The files of an export that are no rows: each unit's feed, everyone's, and the lists of all due dates."""

from collections.abc import Iterable, Iterator

import attrs

from cyclekit.adapters import csvfile, jsonlines
from cyclekit.adapters.ical import FeedWriter, Linter, Options, Revise
from cyclekit.model.schedule import Schedule
from cyclekit.workspace.feeding import checked, feed_writer

ALL = "all.ics"
JSON = "deadlines.json"
CSV = "deadlines.csv"
#: The index and the style sheet of the pages, which stand beside the folders of rulebooks as well.
INDEX, STYLE = "index.html", "pages.css"


def refuse_names(schedule: Schedule) -> None:
    """Raise FileExistsError where a rulebook's id is the name of one of the files beside its folder."""
    for book in schedule.rulebooks:
        if book.id.lower() in {ALL, JSON, CSV, INDEX, STYLE}:
            raise FileExistsError(None, "a rulebook cannot have this id here: it names a file of the export", book.id)


def feeds(
    schedule: Schedule, options: Options, revise: Revise | None, *, tasks: bool, base_url: str
) -> Iterator[tuple[str, bytes]]:
    """Every feed of an export, each with its path. Raises FeedError."""
    linter = Linter()
    for asked in as_asked(options, tasks=tasks):
        writer = feed_writer(schedule, asked, revise)
        yield from unit_feeds(writer, unit_names(schedule), base_url, linter)
        yield feed_of_all(writer, base_url, linter)


def as_asked(options: Options, *, tasks: bool) -> list[Options]:
    """The options of each kind of feed that an export writes: of events, and of tasks where they are asked for."""
    return [options, attrs.evolve(options, tasks=True, lead_events=False)] if tasks else [options]


def unit_names(schedule: Schedule) -> Iterator[str]:
    """Every unit of a schedule as ``RULEBOOK/UNIT``, also those that owe nothing."""
    return (f"{book.id}/{unit}" for book in schedule.rulebooks for unit in book.roster.ids)


def unit_feeds(writer: FeedWriter, names: Iterable[str], base_url: str, linter: Linter) -> Iterator[tuple[str, bytes]]:
    """The feeds of some units, each with its path. Raises FeedError."""
    for name in names:
        path = f"{name}{_kind(writer)}"
        yield path, checked(writer.of_unit(name, url=_url(base_url, path)), path, linter)


def feed_of_all(writer: FeedWriter, base_url: str, linter: Linter) -> tuple[str, bytes]:
    """The feed of everyone, with its path. Raises FeedError."""
    path = f"{ALL.removesuffix('.ics')}{_kind(writer)}"
    return path, checked(writer.of_all(url=_url(base_url, path)), path, linter)


def _kind(writer: FeedWriter) -> str:
    return "~tasks.ics" if writer.options.tasks else ".ics"


def _url(base_url: str, path: str) -> str:
    return f"{base_url.rstrip('/')}/{path}" if base_url else ""


def lists(schedule: Schedule, language: str, *, bom: bool) -> Iterator[tuple[str, bytes]]:
    """The lists of all due dates, each with its path."""
    yield JSON, "".join(jsonlines.document(schedule)).encode()
    yield CSV, "".join(csvfile.lines(schedule, language=language, bom=bom)).encode()
