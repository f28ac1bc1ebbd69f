"""``cyclekit load``: how much is due on each day, as a heat map."""

import datetime as dt
import sys
from pathlib import Path

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import (
    emit,
    expanded,
    failures_told,
    horizon_of,
    is_colourful,
    line_width,
    only_obligation,
    rulebooks_of,
    unit_named,
)
from cyclekit.cli.options import (
    MAX_YEARS,
    event_option,
    horizon_options,
    known_on_option,
    language_option,
    paths_argument,
)
from cyclekit.cli.phrases import EXIT_CODES
from cyclekit.model.event import Event


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option("--unit", metavar="UNIT", help="What this unit owes: its id, or RULEBOOK/UNIT.")
@click.option("--obligation", metavar="ID", help="Only this obligation: its id, or RULEBOOK/OBLIGATION.")
@horizon_options
@event_option
@known_on_option
@click.option("--svg", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write an SVG instead.")
@language_option
def load(
    paths: tuple[Path, ...],
    unit: str | None,
    obligation: str | None,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    svg: Path | None,
    language: str,
) -> None:
    """Draw how much is due on each day, as a heat map: a column a week, darker where there is more.

    What is waived, or absorbed by something else, does not count.
    """
    from cyclekit.adapters import load as drawing
    from cyclekit.model.load import load_by_day
    from cyclekit.workspace.exporting import write_file

    with failures_told(language):
        rulebooks = rulebooks_of(paths, language)
        whose = unit_named(rulebooks, unit, language) if unit else None
        horizon = horizon_of(within, today)
        schedule = expanded(rulebooks, horizon, MAX_YEARS, events, known_on)
        if obligation:
            schedule = only_obligation(schedule, obligation, language)
        if whose:
            schedule = schedule.for_unit(whose)
        counts = load_by_day(schedule)
        if svg is not None:
            write_file(svg, drawing.svg(counts, horizon, language=language).encode())
            return
    width, colour = line_width(sys.stdout), is_colourful(sys.stdout)
    emit([drawing.terminal(counts, horizon, language=language, width=width, colour=colour)])
