"""``cyclekit watch``: checks again on saving, and says which dates changed."""

import datetime as dt
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import failures_told, held, horizon_of, line_width
from cyclekit.cli.options import MAX_OCCURRENCES, MAX_YEARS, horizon_options, language_option, paths_argument
from cyclekit.cli.phrases import Failure, say

if TYPE_CHECKING:
    from cyclekit.publishing.comparing import Listed
    from cyclekit.workspace.watching import Watch

MOST_TOLD = 40
#: How long a file has to stay as it is before it counts as saved, in seconds.
A_MOMENT = 0.1
EXITS = """\b
Exit codes:
  0  ended with Ctrl-C
  2  could not run: a wrong option, no such file"""


@click.command(epilog=EXITS)
@paths_argument
@horizon_options
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(min=0.05, max=3600),
    default=0.5,
    show_default=True,
    help="How often the files are looked at.",
)
@language_option
def watch(paths: tuple[Path, ...], within: Span | None, today: dt.date | None, interval: float, language: str) -> None:
    """Check rule files again whenever one is saved, and say which due dates changed.

    Beside what is wrong stand the dates that the last saving moved, brought or took away. Ctrl-C ends it.
    """
    from cyclekit.workspace.watching import Watch

    for path in paths:
        if not path.exists():
            raise Failure(say("no-file", language, path=path), language)
    horizon = horizon_of(within, today)
    with failures_told(language):
        try:
            files = Watch(paths)
            files.has_changed(time.time_ns())
            click.echo(say("watching", language, files=len(files.changed), days=horizon))
            dates = _look(paths, horizon, None, language)
            while True:
                time.sleep(interval)
                if files.has_changed(time.time_ns()):
                    changed = _all_written(files, interval)
                    click.echo(f"\n{say('saved', language, paths=', '.join(map(str, changed)))}")
                    dates = _look(paths, horizon, dates, language)
        except KeyboardInterrupt:
            click.echo()


def _all_written(files: "Watch", interval: float) -> list[Path]:
    """The files that changed, when nothing has changed for a moment: one that is being written is waited for."""
    changed = set(files.changed)
    time.sleep(min(interval, A_MOMENT))
    while files.has_changed(time.time_ns()):
        changed |= set(files.changed)
        time.sleep(min(interval, A_MOMENT))
    return sorted(changed)


def _look(paths: Sequence[Path], horizon: Span, before: "Listed | None", language: str) -> "Listed | None":
    """Check the files once and tell it; the dates that they give now, or those before where they give none."""
    from cyclekit.adapters.report import full, summary
    from cyclekit.api import expand
    from cyclekit.errors import CyclekitError
    from cyclekit.publishing.comparing import listed
    from cyclekit.workspace.loading import find_rule_files, load_files

    try:
        files = find_rule_files(paths)
        loaded = load_files(files)
    except FileNotFoundError:
        # An editor may be about to put the file back; until then there is nothing to check.
        for path in paths:
            phrase = "no-rule-files" if path.exists() else "gone"
            click.echo(say(phrase, language, path=path))
        return before
    width = line_width(sys.stdout)
    click.echo(
        "".join(full(loaded.diagnostics, loaded.line, said=loaded.said, language=language, width=width)), nl=False
    )
    click.echo(summary(loaded.diagnostics, len(files), language))
    if loaded.has_errors:
        click.echo(say("dates-wait", language))
        return before
    try:
        after = listed(held(expand(loaded.rulebooks, horizon, max_years=MAX_YEARS), MAX_OCCURRENCES))
    except CyclekitError as fault:
        click.echo(f"{say('error', language)}: {fault}")
        return before
    if before is None:
        click.echo(say("dates-there", language, count=len(after.records)))
    else:
        _tell(before, after, language)
    return after


def _tell(before: "Listed", after: "Listed", language: str) -> None:
    from cyclekit.publishing.comparing import differences
    from cyclekit.publishing.difference_words import lines

    found = differences(before, after)
    if not found:
        click.echo(say("no-dates-changed", language))
        return
    click.echo(say("dates-changed", language, count=len(found)))
    told = list(lines(found, language))
    click.echo("".join(told[:MOST_TOLD]), nl=False)
    if len(told) > MOST_TOLD:
        click.echo(f"  {say('and-more', language, count=len(told) - MOST_TOLD)}")
