"""``cyclekit query``: occurrences asked in SQL, through DuckDB (an extra)."""

import datetime as dt
from pathlib import Path

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import emit, expanded, failures_told, horizon_of, rulebooks_of
from cyclekit.cli.options import (
    MAX_YEARS,
    event_option,
    horizon_options,
    known_on_option,
    language_option,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.model.event import Event


@click.command(epilog=EXIT_CODES)
@click.argument("paths", metavar="PATH... SQL", nargs=-1, required=True)
@horizon_options
@event_option
@known_on_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="table: to read; json: an object a line; csv: for other programs.",
)
@language_option
def query(
    paths: tuple[str, ...],
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    form: str,
    language: str,
) -> None:
    """Ask in SQL: the table is called occurrences, and has a column for each field.

    The columns: rulebook, obligation, unit, unit_name, kind, period, period_first, period_last, number, opens, nominal,
    due, time, timezone, closes, status, provisional, absorbed_by, quota, title, source, units.
    """
    *files, sql = paths
    if not files:
        raise click.UsageError(say("no-query", language))
    with failures_told(language):
        rulebooks = rulebooks_of([Path(each) for each in files], language)
        schedule = expanded(rulebooks, horizon_of(within, today), MAX_YEARS, events, known_on)
    try:
        from cyclekit.workspace.asking import QueryError, ask
    except ModuleNotFoundError as fault:
        raise Failure(say("not-installed", language, package=fault.name, extra="query"), language) from fault
    try:
        answer = ask(schedule, sql, language=language)
    except QueryError as fault:
        raise Failure(say("query", language, reason=fault), language) from fault
    from cyclekit.adapters import rows

    match form:
        case "json":
            emit(rows.json_lines(*answer))
        case "csv":
            emit(rows.csv_lines(*answer))
        case _:
            emit(rows.table_lines(*answer))
