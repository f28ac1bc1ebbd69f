"""``cyclekit check``: what is wrong with rule files, all of it at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import emit, failures_told, is_colourful, line_width, read_rules
from cyclekit.cli.options import language_option, paths_argument
from cyclekit.cli.phrases import HAS_ERRORS
from cyclekit.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cyclekit.diagnostics import Diagnostic
    from cyclekit.workspace.loading import Loaded

EXITS = """\b
Exit codes:
  0  no errors
  1  errors (with --strict: or warnings)
  2  could not run: a wrong option, no such file, a file that cannot be read"""
_COLOURS = {"error": "red", "warning": "yellow", "place": "blue", "help": "cyan"}


@click.command(epilog=EXITS)
@paths_argument
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--expect", is_flag=True, help="Hold `expect:` against the dates of the years that a file covers.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "line", "json"]),
    default="full",
    show_default=True,
    help="full: with the line and a caret; line: file:line:col: error[code] …; json: an object a line.",
)
@language_option
def check(
    paths: tuple[Path, ...],
    strict: bool,  # noqa: FBT001  # click calls it
    expect: bool,  # noqa: FBT001  # the same
    form: str,
    language: str,
) -> None:
    """Say what is wrong with rule files.

    Every problem of every file is told, each with its place, a stable code and what to write instead.
    """
    from cyclekit.adapters import report

    with failures_told(language):
        loaded, files = read_rules(paths, language)
    found = loaded.diagnostics
    if expect and not loaded.has_errors:
        found = in_order([*found, *_unmet(loaded)])
    match form:
        case "json":
            emit(f"{report.as_json(each, language)}\n" for each in found)
        case "line":
            emit(f"{report.one_line(each, language)}\n" for each in found)
        case _:
            told(found, loaded, files, language)
    if any(each.is_error or strict for each in found):
        click.get_current_context().exit(HAS_ERRORS)


def _unmet(loaded: "Loaded") -> "list[Diagnostic]":
    """What authors expect of their dates and do not get."""
    from cyclekit.testing.expectations import diagnostic, smallest, unmet_in

    return [
        diagnostic(each, loaded.places[book.id], loaded.places[book.id].file)
        for book in loaded.rulebooks
        for each in smallest(unmet_in(book))
    ]


def told(found: "Sequence[Diagnostic]", loaded: "Loaded", files: int, language: str) -> None:
    """Tell diagnostics on the standard output, each with the line that it points at, and count them."""
    from cyclekit.adapters import report

    paint = _painted if is_colourful(sys.stdout) else report.plainly
    # Room for the gutter with the number of the line.
    width = max(line_width(sys.stdout) - 12, 40)
    click.echo("".join(report.full(found, loaded.line, language=language, width=width, paint=paint)), nl=False)
    click.echo(report.summary(found, files, language))


def _painted(text: str, role: str) -> str:
    return click.style(text, fg=_COLOURS[role], bold=role in ("error", "warning"))
