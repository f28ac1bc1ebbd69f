"""``cyclekit feed``: the calendar of one unit."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import expanded, failures_told, held, horizon_of, rulebooks_of, unit_named
from cyclekit.cli.options import (
    FeedAsked,
    event_option,
    feed_options,
    horizon_options,
    known_on_option,
    language_option,
    limit_options,
    paths_argument,
    stamp_option,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cyclekit.model.obligation import Rulebook

#: How many units are named to someone who named none.
_MOST_NAMED = 20


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option(
    "--unit", metavar="UNIT", help="Whose feed: a unit's id, or RULEBOOK/UNIT. Left out where there is only one."
)
@click.option(
    "-o",
    "--out",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write; - for the standard output.",
)
@horizon_options
@event_option
@known_on_option
@limit_options
@stamp_option
@feed_options
@language_option
def feed(
    paths: tuple[Path, ...],
    unit: str | None,
    out: Path,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    max_occurrences: int,
    max_years: int,
    stamp: dt.date | None,
    asked: FeedAsked,
    language: str,
) -> None:
    """Write one unit's calendar, to import or to subscribe to.

    The same rule files and days give the same bytes. A waived date is a cancelled event, an absorbed one is none.
    """
    if asked.tasks and asked.lead_events:
        raise Failure(say("tasks-have-no-events", language), language)
    with failures_told(language):
        rulebooks = rulebooks_of(paths, language)
        whose = unit_named(rulebooks, unit, language) if unit else _the_only_unit(rulebooks, language)
        schedule = expanded(rulebooks, horizon_of(within, today), max_years, events, known_on)
        held(schedule.for_unit(whose), max_occurrences)
        from cyclekit.adapters.ical import Linter, by_content
        from cyclekit.workspace.feeding import checked, feed_writer

        writer = feed_writer(schedule, asked.options(language, tasks=asked.tasks), by_content(stamp))
        data = checked(writer.of_unit(whose), str(out), Linter())
        if str(out) == "-":
            click.echo(data, nl=False)
            return
        from cyclekit.workspace.exporting import write_file

        write_file(out, data)
    component = b"VTODO" if asked.tasks else b"VEVENT"
    phrase = "fed-tasks" if asked.tasks else "fed"
    click.echo(say(phrase, language, path=out, count=data.count(b"\r\nBEGIN:" + component + b"\r\n")))


def _the_only_unit(rulebooks: "Sequence[Rulebook]", language: str) -> str:
    every = [f"{book.id}/{unit}" for book in rulebooks for unit in book.roster.ids]
    if len(every) == 1:
        return every[0]
    some = ", ".join([*every[:_MOST_NAMED], *["…"] * (len(every) > _MOST_NAMED)])
    raise Failure(say("which-unit", language, candidates=some), language)
