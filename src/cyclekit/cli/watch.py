"""``cyclekit watch``: checks again on saving, and says which dates changed."""

import datetime as dt
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import failures_told, horizon_of, line_width
from cyclekit.cli.options import MAX_YEARS, horizon_options, language_option, paths_argument
from cyclekit.cli.phrases import Failure, say

if TYPE_CHECKING:
    from cyclekit.workspace.watching import DateChange, Stamp

MOST_TOLD = 20
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
    from cyclekit.workspace.watching import differing, stamps

    for path in paths:
        if not path.exists():
            raise Failure(say("no-file", language, path=path), language)
    horizon = horizon_of(within, today)
    with failures_told(language):
        try:
            seen = stamps(paths)
            click.echo(say("watching", language, files=len(seen), days=horizon))
            dates = _look(paths, horizon, None, language)
            while True:
                time.sleep(interval)
                now = stamps(paths)
                changed = differing(seen, now)
                if changed and _is_written(paths, now, interval):
                    seen = now
                    click.echo(f"\n{say('saved', language, paths=', '.join(map(str, changed)))}")
                    dates = _look(paths, horizon, dates, language)
        except KeyboardInterrupt:
            click.echo()


def _is_written(paths: Sequence[Path], now: "Mapping[Path, Stamp]", interval: float) -> bool:
    """Whether files stay as they are for a moment: a file that is being written is looked at again."""
    from cyclekit.workspace.watching import stamps

    time.sleep(min(interval, A_MOMENT))
    return stamps(paths) == now


def _look(
    paths: Sequence[Path], horizon: Span, before: Mapping[str, str] | None, language: str
) -> Mapping[str, str] | None:
    """Check the files once and tell it; the dates that they give now, or those before where they give none."""
    from cyclekit.adapters.report import full, summary
    from cyclekit.api import expand
    from cyclekit.errors import CyclekitError
    from cyclekit.workspace.loading import find_rule_files, load_files
    from cyclekit.workspace.watching import date_changes, dates_of

    try:
        files = find_rule_files(paths)
        loaded = load_files(files)
    except FileNotFoundError:
        # An editor may be about to put the file back; until then there is nothing to check.
        for path in paths:
            phrase = "no-rule-files" if path.exists() else "gone"
            click.echo(say(phrase, language, path=path))
        return before
    click.echo(
        "".join(full(loaded.diagnostics, loaded.line, language=language, width=line_width(sys.stdout))), nl=False
    )
    click.echo(summary(loaded.diagnostics, len(files), language))
    if loaded.has_errors:
        click.echo(say("dates-wait", language))
        return before
    try:
        after = dates_of(expand(loaded.rulebooks, horizon, max_years=MAX_YEARS))
    except CyclekitError as fault:
        click.echo(f"{say('error', language)}: {fault}")
        return before
    if before is None:
        click.echo(say("dates-there", language, count=len(after)))
    else:
        for line in _told(date_changes(before, after), language):
            click.echo(line)
    return after


def _told(changes: "Sequence[DateChange]", language: str) -> Iterator[str]:
    if not changes:
        yield say("no-dates-changed", language)
        return
    yield say("dates-changed", language, count=len(changes))
    for each in changes[:MOST_TOLD]:
        phrase = "date-new" if each.old is None else "date-gone" if each.new is None else "date-moved"
        yield say(phrase, language, key=each.key, old=each.old, new=each.new)
    if len(changes) > MOST_TOLD:
        yield f"  {say('and-more', language, count=len(changes) - MOST_TOLD)}"
