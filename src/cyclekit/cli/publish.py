"""``cyclekit publish``: feeds, lists and pages in a folder for a web server, all of them or nothing."""

import datetime as dt
import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import expanded, held, publishing_failures_told, publishing_horizon, rulebooks_of
from cyclekit.cli.export import drawn
from cyclekit.cli.options import (
    FeedAsked,
    base_url_of,
    event_option,
    feed_options,
    language_here,
    language_option,
    limit_options,
    no_bom_option,
    paths_argument,
    publishing_horizon_options,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, say, system_words
from cyclekit.model.event import Event

EPOCH = "SOURCE_DATE_EPOCH"


def _read_moment(ctx: click.Context, param: click.Parameter, text: str | None) -> dt.datetime | None:
    """The moment that a text names: a day, which begins in UTC, or a moment with its offset; an error otherwise."""
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    whole_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    if moment is None or (moment.tzinfo is None and not whole_day) or moment.year < 1970:
        language = ctx.params.get("language") or language_here()
        told = say("no-moment", language, text=text, hint="2026-03-05, 2026-03-05T14:30Z")
        raise click.BadParameter(told, ctx, param)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment


def stamp_given(stamp: dt.datetime | None, environment: Mapping[str, str], language: str) -> dt.datetime | None:
    """The moment that was given, by the option or by SOURCE_DATE_EPOCH; None where it is to be that of publishing."""
    epoch = environment.get(EPOCH)
    if stamp is not None or not epoch:
        return stamp
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Failure(
            say("no-moment", language, text=f"{EPOCH}={epoch}", hint=f"{EPOCH}=1767225600"), language
        ) from None


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to publish to, made if need be. A web server serves DIR/current/site.",
)
@base_url_of("Where the site is read: each feed then tells its own address, and pages say how to subscribe.")
@click.option(
    "--by",
    "by",
    type=click.Choice(["unit", "kind", "obligation", "all"]),
    multiple=True,
    help="Which feeds; may be repeated. Left out: all four.",
)
@click.option(
    "--keep",
    metavar="DAYS",
    type=click.IntRange(min=0, max=36_500),
    default=365,
    show_default=True,
    help="How long what is no longer owed is shown as cancelled.",
)
@click.option(
    "--stamp",
    metavar="MOMENT",
    callback=_read_moment,
    help="Take this for the moment of publishing: 2026-03-05T14:30Z. Left out: SOURCE_DATE_EPOCH, or else now.",
)
@click.option("--no-lists", is_flag=True, help="Write feeds and pages alone: no JSON, no CSV, no spreadsheet.")
@click.option("--no-xlsx", is_flag=True, help="Write no spreadsheet, for which XlsxWriter is needed.")
@click.option("--no-pages", is_flag=True, help="Write no pages, for which Jinja2 is needed.")
@click.option("--force", is_flag=True, help="Publish even where more than half of the feeds go.")
@publishing_horizon_options
@event_option
@feed_options
@limit_options
@no_bom_option
@language_option
def publish(
    paths: tuple[Path, ...],
    folder: Path,
    base_url: str | None,
    by: tuple[str, ...],
    keep: int,
    stamp: dt.datetime | None,
    no_lists: bool,  # noqa: FBT001  # the same
    no_xlsx: bool,  # noqa: FBT001  # click calls it
    no_pages: bool,  # noqa: FBT001  # the same
    force: bool,  # noqa: FBT001  # the same
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    asked: FeedAsked,
    max_occurrences: int,
    max_years: int,
    no_bom: bool,  # noqa: FBT001  # the same
    language: str,
) -> None:
    """Publish feeds, lists and pages to a folder for a web server: all of them, or nothing.

    There is a feed for each unit, for each unit with all below it, for each kind and obligation, and for all, and with
    --tasks one of to-dos for each unit. A file that is as it was is not touched. What has changed is a later version
    of the same event, and what is no longer owed is shown as cancelled for a while.
    """
    with publishing_failures_told(language):
        if not (no_xlsx or no_lists) and find_spec("xlsxwriter") is None:
            raise Failure(say("no-xlsx", language), language)
        given = stamp_given(stamp, os.environ, language)
        moment = given or dt.datetime.now(dt.UTC)
        day = today or (given.astimezone(dt.UTC).date() if given else dt.date.today())
        rulebooks = rulebooks_of(paths, language)
        schedule = held(expanded(rulebooks, publishing_horizon(within, day), max_years, events), max_occurrences)
        from cyclekit.adapters.ical import Context
        from cyclekit.publishing.contents import CSV, JSON, XLSX, Pages, What
        from cyclekit.publishing.feeds import ALL, By, unit_feed_name
        from cyclekit.publishing.publishing import publish as out
        from cyclekit.workspace.feeding import calendars_of, why_of

        options = asked.options(language)
        what = What(
            frozenset(map(By, by)) or frozenset(By),
            base_url or "",
            options,
            Context(calendars=calendars_of(schedule, options), why=why_of(schedule, language)),
            bom=not no_bom,
            xlsx=not no_xlsx,
            tasks=asked.tasks,
            lists=not no_lists,
        )
        # A page says where to subscribe, so there are pages where there is a feed for each unit.
        wanted = not no_pages and By.UNIT in what.by
        pages: Pages = ()
        if wanted:
            files = (CSV, JSON, *((XLSX,) if what.xlsx else ())) if what.lists else ()
            of_all = ALL if By.ALL in what.by else ""
            pages = drawn(schedule, language, base_url, feed_of=unit_feed_name, of_all=of_all, files=files)
        try:
            done = out(schedule, folder, moment, what=what, pages=pages, keep=keep, force=force)
        except OSError as fault:
            told = say("not-published", language, folder=folder, reason=system_words(fault, language))
            raise Failure(told, language) from fault
    values = {"files": len(done.files), "changed": len(done.changed), "removed": len(done.removed)}
    is_same = not done.changed and not done.removed
    click.echo(say("unchanged" if is_same else "published", language, site=folder / "current" / "site", **values))
