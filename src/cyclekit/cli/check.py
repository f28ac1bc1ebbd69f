"""``cyclekit check``: what is wrong with rule files, all of it at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import emit, failures_told, is_colourful, line_width, read_rules
from cyclekit.cli.options import language_option, paths_argument
from cyclekit.cli.phrases import HAS_ERRORS
from cyclekit.cli.phrases import say as phrase
from cyclekit.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cyclekit.adapters.saying import Owed
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
    type=click.Choice(["full", "line", "json", "github"]),
    default="full",
    show_default=True,
    help="full: with the line and a caret; line: file:line:col: error[code] …; json: an object a line; "
    "github: annotations of a workflow.",
)
@click.option("--say", is_flag=True, help="Say each obligation in words too, to hold against the document.")
@language_option
def check(
    paths: tuple[Path, ...],
    strict: bool,  # noqa: FBT001  # click calls it
    expect: bool,  # noqa: FBT001  # the same
    form: str,
    say: bool,  # noqa: FBT001  # the same
    language: str,
) -> None:
    """Say what is wrong with rule files.

    Every problem of every file is told, each with its place, a stable code and what to write instead.
    """
    from cyclekit.adapters import report, saying

    with failures_told(language):
        loaded, files = read_rules(paths, language)
    found = loaded.diagnostics
    if expect and not loaded.has_errors:
        found = in_order([*found, *_unmet(loaded)])
    owed = [
        saying.Owed(file.places[each.id, ""], file.rulebook, each)
        for file in loaded.files
        if say and file.rulebook
        for each in file.rulebook
    ]
    match form:
        case "json":
            emit(f"{report.as_json(each, language, said=loaded.said)}\n" for each in found)
            emit(f"{saying.as_json(each, language)}\n" for each in owed)
        case "github":
            emit(f"{report.as_github(each, language, said=loaded.said)}\n" for each in found)
        case "line":
            emit(f"{report.one_line(each, language)}\n" for each in found)
            emit(f"{line}\n" for each in owed for line in saying.lines(each, language))
        case _:
            told(found, loaded, files, language, owed)
    if any(each.is_error or strict for each in found):
        click.get_current_context().exit(HAS_ERRORS)


def _unmet(loaded: "Loaded") -> "list[Diagnostic]":
    """What authors expect of their dates and do not get."""
    from cyclekit.testing.expectations import diagnostic, smallest, unmet_in

    return [
        diagnostic(each, file.places, file.places.file)
        for file in loaded.files
        if file.rulebook is not None
        for each in smallest(unmet_in(file.rulebook))
    ]


def told(
    found: "Sequence[Diagnostic]", loaded: "Loaded", files: int, language: str, owed: "Sequence[Owed]" = ()
) -> None:
    """Tell diagnostics on the standard output, each with the line that it points at, and count them.

    ``owed`` are obligations to be said in words.
    """
    from cyclekit.adapters import report, saying

    paint = _painted if is_colourful(sys.stdout) else report.plainly
    # Room for the gutter with the number of the line.
    width = max(line_width(sys.stdout) - 12, 40)
    shown = report.full(found, loaded.line, said=loaded.said, language=language, width=width, paint=paint)
    click.echo("".join(shown), nl=False)
    click.echo("".join(saying.full(owed, language=language, width=width, paint=paint)), nl=False)
    if found:
        click.echo(phrase("more-on-codes", language, code=found[0].code))
    click.echo(report.summary(found, files, language))


def _painted(text: str, role: str) -> str:
    return click.style(text, fg=_COLOURS[role], bold=role in ("error", "warning"))
