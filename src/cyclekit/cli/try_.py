"""``cyclekit try``: hunts through rule files for the day on which they go wrong."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.check import told
from cyclekit.cli.expanding import failures_told, read_rules
from cyclekit.cli.options import language_option, paths_argument
from cyclekit.cli.phrases import HAS_ERRORS, Failure, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cyclekit.diagnostics import Diagnostic
    from cyclekit.testing.hunting import Progress

EXITS = """\b
Exit codes:
  0  nothing was found
  1  something was found, or a rule file has errors
  2  could not run: a wrong option, no such file, or Hypothesis is not installed"""
_STEPS = 100


@click.command("try", epilog=EXITS)
@paths_argument
@click.option(
    "--examples",
    metavar="N",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="Draw at most so many cases for a file.",
)
@click.option(
    "--seconds",
    metavar="S",
    type=click.FloatRange(min=0.1),
    default=6.0,
    show_default=True,
    help="Draw no more cases for a file after so many seconds.",
)
@language_option
def try_(paths: tuple[Path, ...], examples: int, seconds: float, language: str) -> None:
    """Hunt through rule files for the day on which they go wrong.

    What the file expects of its dates (`expect:`), and what always holds, is held against the years that it covers, and
    against days off that nobody has thought of. Whatever is found is shown with its smallest example, at the line of
    the rule. Needs the extra cyclekit[testing].
    """
    with failures_told(language):
        loaded, files = read_rules(paths, language)
    if loaded.has_errors:
        told([each for each in loaded.diagnostics if each.is_error], loaded, files, language)
        click.get_current_context().exit(HAS_ERRORS)
    try:
        from cyclekit.testing.hunting import hunt
    except ImportError as fault:
        said = say("not-installed", language, package="hypothesis", extra="testing")
        raise Failure(said, language) from fault
    found: list[Diagnostic] = []
    silent: list[str] = []
    cases = 0
    with failures_told(language):
        for book in loaded.rulebooks:
            places = loaded.places_of(book.id)
            with _bar(book.id, language) as progress:
                done = hunt(book, places, places.file, examples=examples, seconds=seconds, progress=progress)
            found += done.diagnostics
            cases += done.cases
            silent += [] if done.expects else [book.id]
    if found:
        told(found, loaded, files, language)
    click.echo(say("cases-tried", language, cases=cases))
    for each in silent:
        click.echo(say("expects-nothing", language, id=each))
    if found:
        click.get_current_context().exit(HAS_ERRORS)


@contextmanager
def _bar(name: str, language: str) -> "Iterator[Progress]":
    """A bar on the terminal, which shows how far the hunt is; nothing where nobody watches."""
    label = say("hunting", language, id=name)
    shown = 0
    with click.progressbar(length=_STEPS, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(part: float) -> None:
            nonlocal shown
            now = round(part * _STEPS)
            bar.update(now - shown)
            shown = now

        yield progress
