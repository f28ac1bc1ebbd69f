"""``cyclekit export``: everyone's calendars, and lists of all due dates, in a folder."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli import cluster
from cyclekit.cli.cluster import read_scheduler, refuse_what_is_not_shared
from cyclekit.cli.expanding import expanded, failures_told, held, horizon_of, rulebooks_of
from cyclekit.cli.options import (
    FeedAsked,
    event_option,
    feed_options,
    horizon_options,
    known_on_option,
    language_option,
    limit_options,
    no_bom_option,
    pages_options,
    paths_argument,
    stamp_option,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.cli.tables import FORMATS, export_tables, read_partition
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from cyclekit.model.schedule import Schedule


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option(
    "--out",
    metavar="OUT",
    required=True,
    help="The folder to write to, made if need be. With --format, the file, or any address that fsspec knows.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Write rows instead, as one file: however many, in little memory.",
)
@click.option(
    "--sheets",
    type=click.Choice(["kind", "unit"]),
    help="With --format xlsx, a sheet for each kind of unit, or for each unit.",
)
@click.option(
    "--partition",
    metavar="KEYS",
    callback=read_partition,
    help="With --format, write parts to a folder: by year,kind,rulebook,obligation or some of them.",
)
@click.option(
    "--dask",
    "scheduler",
    metavar="SCHEDULER",
    callback=read_scheduler,
    help="Have the workers of a Dask cluster write it: tcp://HOST:PORT, a scheduler file (*.json), or local:N for N "
    "processes here. OUT is a folder, of parts with --format, that all of them see (needs the extra: cyclekit[dask]).",
)
@click.option(
    "--parts",
    metavar="N",
    type=click.IntRange(min=1),
    help="With --dask, divide the units into so many parts; left out: by how much there is to write.",
)
@horizon_options
@event_option
@known_on_option
@limit_options
@stamp_option
@feed_options
@pages_options
@no_bom_option
@language_option
def export(
    paths: tuple[Path, ...],
    out: str,
    form: str | None,
    sheets: str | None,
    partition: tuple[str, ...],
    scheduler: str | None,
    parts: int | None,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    max_occurrences: int,
    max_years: int,
    stamp: dt.date | None,
    asked: FeedAsked,
    with_pages: bool,  # noqa: FBT001  # click calls it
    base_url: str | None,
    no_bom: bool,  # noqa: FBT001  # the same
    language: str,
) -> None:
    """Write RULEBOOK/UNIT.ics for each unit, all.ics, deadlines.json and deadlines.csv to a folder.

    With --format instead one table of all occurrences: parquet, csv, xlsx or jsonl.

    With --dask the same, by the workers of a cluster.

    With --tasks also RULEBOOK/UNIT~tasks.ics and all~tasks.ics. With --pages also index.html, a page
    RULEBOOK/UNIT.html for each unit, and their style sheet.

    Each file is replaced as a whole. Files that are the same already, and any others in the folder, are left alone.
    """
    with failures_told(language):
        if parts is not None and scheduler is None:
            raise Failure(say("parts-without-dask", language), language)
        if scheduler is not None:
            refuse_what_is_not_shared(form, pages=with_pages, language=language)
        rulebooks = rulebooks_of(paths, language)
        schedule = expanded(rulebooks, horizon_of(within, today), max_years, events, known_on)
        if sheets is not None and form != "xlsx":
            raise Failure(say("sheets-without-xlsx", language), language)
        if form is not None and scheduler is not None:
            cluster.export_tables(scheduler, schedule, out, form, partition, language, bom=not no_bom, parts=parts)
            return
        if form is not None:
            export_tables(schedule, out, form, partition, language, bom=not no_bom, sheets=sheets)
            return
        if partition:
            raise Failure(say("partition-without-format", language), language)
        folder = Path(out)
        if folder.is_file():
            raise Failure(say("out-is-file", language, path=out), language)
        held(schedule, max_occurrences)
        if scheduler is not None:
            cluster.export_feeds(
                scheduler,
                schedule,
                folder,
                asked,
                language,
                stamp=stamp,
                bom=not no_bom,
                base_url=base_url,
                parts=parts,
            )
            return
        from cyclekit.adapters.ical import by_content
        from cyclekit.workspace.exporting import export as write

        pages = drawn(schedule, language, base_url) if with_pages else ()
        written = write(
            schedule,
            folder,
            asked.options(language),
            revise=by_content(stamp),
            tasks=asked.tasks,
            bom=not no_bom,
            base_url=base_url or "",
            pages=pages,
        )
    click.echo(say("exported", language, folder=out, files=len(written.files), changed=len(written.changed)))


def drawn(
    schedule: "Schedule",
    language: str,
    base_url: str | None,
    *,
    feed_of: Callable[[str], str] = "{}.ics".format,
    of_all: str = "all.ics",
    files: Sequence[str] = ("deadlines.json", "deadlines.csv"),
) -> Iterable[tuple[str, bytes]]:
    """The pages of a schedule. Ends the command where what draws them is not installed.

    ``feed_of`` gives the path of a unit's feed by ``RULEBOOK/UNIT``; ``of_all`` is that of everyone, empty where there
    is none; ``files`` are further ones to fetch.
    """
    try:
        from cyclekit.adapters.pages import pages
    except ModuleNotFoundError as fault:
        raise Failure(say("not-installed", language, package=fault.name, extra="pages"), language) from fault
    from cyclekit.api import why_moved
    from cyclekit.workspace.marking import marks_of

    return pages(
        schedule,
        language=language,
        base_url=base_url,
        feed_of=feed_of,
        why=why_moved(schedule, language),
        marks=marks_of(schedule),
        feeds=[(say("all", language), of_all)] if of_all else [],
        files=[(name, name) for name in files],
    )
