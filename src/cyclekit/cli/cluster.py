"""``cyclekit export --dask``: the same files, written by many machines."""

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.options import FeedAsked, language_here
from cyclekit.cli.phrases import Failure, say
from cyclekit.cli.phrases_reasons import reason_words
from cyclekit.cli.tables import extras_named, progress_bar, rows_told
from cyclekit.errors import ClusterError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from distributed import Client
    from rich.progress import Progress

    from cyclekit.model.schedule import Schedule

#: Workers here, a scheduler file, or where a scheduler listens.
_SCHEDULER = re.compile(
    r"local:[1-9][0-9]{0,3}|.+\.json|(?!local:)([a-z]+://)?[^\s/:]+:[0-9]+|(tcp|tls|ucx|wss?)://\S+"
)


def read_scheduler(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """The scheduler of ``--dask``; an error of usage for a text that names none."""
    if text is None or _SCHEDULER.fullmatch(text):
        return text
    language = str(ctx.params.get("language") or language_here())
    raise click.BadParameter(say("no-scheduler", language, text=text), ctx, param)


def refuse_what_is_not_shared(form: str | None, *, pages: bool, language: str) -> None:
    """End the command where what is asked for is written on one machine."""
    if form == "xlsx":
        raise Failure(say("dask-with-xlsx", language), language)
    if pages:
        raise Failure(say("dask-with-pages", language), language)


def export_tables(
    scheduler: str,
    schedule: "Schedule",
    out: str,
    form: str,
    by: tuple[str, ...],
    language: str,
    *,
    bom: bool,
    parts: int | None,
) -> None:
    """Write a schedule as rows on a cluster, to a folder of parts; says what was written."""
    with extras_named(language), _cluster(scheduler, out, len(schedule), language) as (client, progress):
        from cyclekit.workspace import cluster

        written = cluster.write_tables(
            client,
            schedule,
            out,
            form,
            by=by,
            language=language,
            bom=bom,
            parts=parts,
            told=lambda rows: progress.advance(progress.task_ids[0], rows),
        )
    rows_told(out, len(written), len(schedule), language)


def export_feeds(
    scheduler: str,
    schedule: "Schedule",
    folder: Path,
    asked: FeedAsked,
    language: str,
    *,
    stamp: "dt.date | None",
    bom: bool,
    base_url: str | None,
    parts: int | None,
) -> None:
    """Write feeds and lists on a cluster; says what was written."""
    units = sum(len(book.roster) for book in schedule.rulebooks)
    with (
        extras_named(language),
        _cluster(scheduler, str(folder), units * (1 + asked.tasks), language) as (client, progress),
    ):
        from cyclekit.workspace import cluster

        written = cluster.export(
            client,
            schedule,
            folder,
            asked.options(language),
            stamp=stamp,
            tasks=asked.tasks,
            bom=bom,
            base_url=base_url or "",
            parts=parts,
            told=lambda files: progress.advance(progress.task_ids[0], files),
        )
    click.echo(say("exported", language, folder=folder, files=written.files, changed=written.changed))


@contextmanager
def _cluster(scheduler: str, out: str, total: int, language: str) -> "Iterator[tuple[Client, Progress]]":
    """Whoever hands out work, and a bar on a terminal that says how far it is."""
    import logging

    from cyclekit.workspace.cluster import connected

    # What goes wrong is told in one line, or in the logs of the workers.
    logging.disable(logging.CRITICAL)
    if sys.stderr.isatty():
        click.echo(say("asking-scheduler", language, scheduler=scheduler), err=True)
    try:
        with connected(scheduler) as client, progress_bar() as progress:
            progress.add_task(out, total=total)
            yield client, progress
    except ClusterError as fault:
        raise Failure(reason_words(fault, language), language) from fault
    finally:
        logging.disable(logging.NOTSET)
