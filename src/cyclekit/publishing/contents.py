"""What a generation holds, file by file, each made when its turn comes."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import quote

import attrs

from cyclekit.adapters import csvfile, jsonlines
from cyclekit.adapters.ical import Context, FeedWriter, Linter, Options, Revision
from cyclekit.model.line import Line
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.publishing.advancing import Advanced
from cyclekit.publishing.feeds import By, feeds, feeds_of_tasks
from cyclekit.publishing.state import Entry
from cyclekit.workspace.feeding import checked

_TEXTS_AT_ONCE = 1000
SITE = "site/"
STATE = "state.json"
JSON, CSV, XLSX = "deadlines.json", "deadlines.csv", "deadlines.xlsx"

#: Names of files below the site's folder, and their bytes.
Pages = Iterable[tuple[str, bytes]]


@attrs.frozen
class What:
    """What is published: which feeds, in which language, where they are read, and which lists beside them.

    ``tasks`` has feeds of to-dos beside those of events;
    without ``lists`` there are feeds alone.
    ``context`` holds the calendars and explanations that events depend on; its ``revise`` and ``zones`` are not asked.
    """

    by: frozenset[By] = frozenset(By)
    base_url: str = ""
    options: Options = attrs.field(factory=Options)
    context: Context = attrs.field(factory=Context)
    bom: bool = True
    xlsx: bool = True
    tasks: bool = False
    lists: bool = True


def revision_of(entry: Entry) -> Revision:
    """A version as an event tells it: it is stamped when it was modified."""
    modified = dt.datetime.fromtimestamp(entry.modified, dt.UTC)
    return Revision(entry.sequence, modified, dt.datetime.fromtimestamp(entry.created, dt.UTC), modified)


def writer_of(advanced: Advanced, options: Options, context: Context) -> FeedWriter:
    """What writes the feeds of a publication, each event in its version."""

    def revise(line: Line, row: int) -> Revision:
        return revision_of(advanced.entry(line, row))

    def why(occurrence: Occurrence) -> str:
        line, row, _ = occurrence.place
        return advanced.entry(line, row).why

    told = attrs.evolve(context, revise=revise, zones=_zones(advanced.shown), why=why)
    return FeedWriter(advanced.shown, options, told)


def contents(schedule: Schedule, advanced: Advanced, what: What) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of the site: feeds of what is shown, and lists of what the rules say.

    Each feed is looked at as calendar programs do. Raises FeedError for one that they do not take, LimitError where a
    sheet has too few rows.
    """
    writer = writer_of(advanced, what.options, what.context)
    linter = Linter()
    every = feeds(writer, what.by)
    if what.tasks:
        every = chain(every, feeds_of_tasks(writer_of(advanced, what.options.as_tasks(), what.context)))
    for feed in every:
        yield f"{SITE}{feed.name}", (checked(feed.written(address(what.base_url, feed.name)), feed.name, linter),)
    if not what.lists:
        return
    language = what.options.language
    yield f"{SITE}{JSON}", _encoded(jsonlines.document(schedule))
    yield f"{SITE}{CSV}", _encoded(csvfile.lines(schedule, language=language, bom=what.bom))
    if what.xlsx:
        from cyclekit.adapters.xlsx import workbook  # noqa: PLC0415  # an extra, which may not be installed

        yield f"{SITE}{XLSX}", (workbook(schedule, language=language),)


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """Texts as bytes, many at once: a list is not held whole, and not written line by line either."""
    each = iter(texts)
    while some := "".join(islice(each, _TEXTS_AT_ONCE)):
        yield some.encode()


def _zones(schedule: Schedule) -> dict[str, dt.tzinfo]:
    """The time zones of what is shown, of units that are gone as well."""
    books = schedule.rulebooks
    names = {zone for book in books for zone in (book.timezone, *book.roster.timezones) if zone}
    return {name: zoneinfo.ZoneInfo(name) for name in sorted(names)}


def address(base_url: str, name: str) -> str:
    """Where a file is read; empty where nobody has said where the site is.

    >>> address("https://example.org/due/", "a/kinds/县.ics")
    'https://example.org/due/a/kinds/%E5%8E%BF.ics'
    """
    return f"{base_url.rstrip('/')}/{quote(name)}" if base_url else ""
