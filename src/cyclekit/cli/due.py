"""``cyclekit due``: what is due when, and by whom."""

import datetime as dt
import sys
from pathlib import Path

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import (
    emit,
    expanded,
    failures_told,
    held,
    horizon_of,
    is_colourful,
    line_width,
    only_obligation,
    rulebooks_of,
    unit_named,
)
from cyclekit.cli.options import (
    event_option,
    horizon_options,
    known_on_option,
    language_option,
    limit_options,
    no_bom_option,
    paths_argument,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.model.event import Event


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option("--unit", metavar="UNIT", help="What this unit owes: its id, or RULEBOOK/UNIT.")
@click.option("--obligation", metavar="ID", help="Only this obligation: its id, or RULEBOOK/OBLIGATION.")
@horizon_options
@event_option
@known_on_option
@limit_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="table: to read; json: an object a line; csv: for a spreadsheet.",
)
@click.option("--say", "in_words", is_flag=True, help="Say below the table what each obligation is, in a sentence.")
@no_bom_option
@language_option
def due(
    paths: tuple[Path, ...],
    unit: str | None,
    obligation: str | None,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    max_occurrences: int,
    max_years: int,
    form: str,
    in_words: bool,  # noqa: FBT001  # click calls it
    no_bom: bool,  # noqa: FBT001  # the same
    language: str,
) -> None:
    """List due dates, by date.

    In CSV, a text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    with failures_told(language):
        if in_words and form != "table":
            raise Failure(say("say-without-table", language), language)
        rulebooks = rulebooks_of(paths, language)
        whose = unit_named(rulebooks, unit, language) if unit else None
        schedule = expanded(rulebooks, horizon_of(within, today), max_years, events, known_on)
        if obligation:
            schedule = only_obligation(schedule, obligation, language)
        if whose:
            schedule = schedule.for_unit(whose)
        if form == "table":
            held(schedule, max_occurrences)
    match form:
        case "json":
            from cyclekit.adapters import jsonlines

            emit(jsonlines.lines(schedule))
        case "csv":
            from cyclekit.adapters import csvfile

            emit(csvfile.lines(schedule, language=language, bom=not no_bom))
        case _:
            from cyclekit.adapters import saying, table  # rich is slow to load

            width, colour = line_width(sys.stdout), is_colourful(sys.stdout)
            click.echo(table.render(schedule, language=language, width=width, colour=colour), nl=False)
            if in_words:
                said = saying.rules(schedule, alone=whose is not None, language=language, width=width)
                click.echo("".join(said), nl=False)
