"""``cyclekit export``: everyone's calendars, and lists of all due dates, in a folder."""

import datetime as dt
from pathlib import Path

import click

from cyclekit.civil.spans import Span
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
    paths_argument,
    stamp_option,
)
from cyclekit.cli.phrases import EXIT_CODES, say
from cyclekit.model.event import Event


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to, made if need be.",
)
@horizon_options
@event_option
@known_on_option
@limit_options
@stamp_option
@feed_options
@no_bom_option
@language_option
def export(
    paths: tuple[Path, ...],
    out: Path,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    max_occurrences: int,
    max_years: int,
    stamp: dt.date | None,
    asked: FeedAsked,
    no_bom: bool,  # noqa: FBT001  # click calls it
    language: str,
) -> None:
    """Write RULEBOOK/UNIT.ics for each unit, all.ics, deadlines.json and deadlines.csv to a folder.

    --tasks adds RULEBOOK/UNIT~tasks.ics and all~tasks.ics.
    Each file is replaced as a whole. Files that are the same already, and any others in the folder, are left alone.
    """
    with failures_told(language):
        rulebooks = rulebooks_of(paths, language)
        schedule = expanded(rulebooks, horizon_of(within, today), max_years, events, known_on)
        held(schedule, max_occurrences)
        from cyclekit.adapters.ical import by_content
        from cyclekit.workspace.exporting import export as write

        options, revise = asked.options(language), by_content(stamp)
        written = write(schedule, out, options, revise=revise, tasks=asked.tasks, bom=not no_bom)
    click.echo(say("exported", language, folder=out, files=len(written.files), changed=len(written.changed)))
