"""``cyclekit diff``: what would change for whom, before it is published."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import (
    emit,
    expanded,
    held,
    publishing_failures_told,
    publishing_horizon,
    rulebooks_of,
)
from cyclekit.cli.options import event_option, language_option, limit_options, publishing_horizon_options
from cyclekit.cli.phrases import Failure, FaultyRules, say
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from cyclekit.publishing.comparing import Listed

DIFFERENT = 1
EPILOG = """\b
Exit codes:
  0  nothing is different
  1  something is
  2  could not compare: a wrong option, rule files with errors, a file that cannot be read"""


@click.command(epilog=EPILOG)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@publishing_horizon_options
@event_option
@limit_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to read; json: an object a line.",
)
@language_option
def diff(
    old: Path,
    new: Path,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    max_occurrences: int,
    max_years: int,
    form: str,
    language: str,
) -> None:
    """Tell what is different between OLD and NEW, by unit: added, removed, moved, waived and so on.

    Each is a rule file, a folder of them, or a published folder, whose days are then compared. Between rules all that
    readers see is compared; of a published folder, what stands in its deadlines.json.
    """
    try:
        with publishing_failures_told(language):
            from cyclekit.publishing import comparing
            from cyclekit.workspace.feeding import why_of

            def rules(path: Path, horizon: Span) -> "Listed":
                schedule = held(expanded(rulebooks_of((path,), language), horizon, max_years, events), max_occurrences)
                # Of a list, why its dates are what they are is not known, and so need not be found out.
                return comparing.listed(schedule, None if any(lists) else why_of(schedule, language))

            lists = [_published(path, language) for path in (old, new)]
            days = [each.horizon for each in lists if each is not None]
            if within is not None or not days:
                days.append(publishing_horizon(within, today or dt.date.today()))
            horizon = comparing.common_days(days)
            if horizon is None:
                raise Failure(say("no-common-days", language), language)
            both = [
                each.within(horizon) if each is not None else rules(path, horizon)
                for path, each in zip((old, new), lists, strict=True)
            ]
            found = comparing.differences(both[0], both[1])
    except FaultyRules as fault:
        raise Failure(fault.message, language) from fault
    if form == "json":
        emit(comparing.as_objects(found))
    else:
        from cyclekit.publishing import difference_words

        emit(difference_words.lines(found, language))
        units = len({each.unit for each in found})
        phrase = "differences" if found else "no-difference"
        click.echo(say(phrase, language, count=len(found), units=units))
        if any(lists):
            click.echo(say("list-compared", language), err=True)
    if found:
        click.get_current_context().exit(DIFFERENT)


def _published(path: Path, language: str) -> "Listed | None":
    """The list of a published folder; None for rules. Ends the command where the path is neither."""
    from cyclekit.publishing.comparing import published_list, read_list
    from cyclekit.workspace.loading import find_rule_files

    if not path.exists():
        raise Failure(say("no-file", language, path=path), language)
    if not path.is_dir():
        return None
    found = published_list(path)
    if found is not None:
        return read_list(found)
    try:
        find_rule_files([path])
    except FileNotFoundError:
        raise Failure(say("neither-list-nor-rules", language, path=path), language) from None
    return None
