"""``cyclekit check``: what is wrong with rule files, all of it at once."""

import sys
from pathlib import Path

import click

from cyclekit.cli.expanding import emit, failures_told, is_colourful, line_width, read_rules
from cyclekit.cli.options import language_option, paths_argument
from cyclekit.cli.phrases import HAS_ERRORS
from cyclekit.cli.phrases import say as phrase

EXITS = """\b
Exit codes:
  0  no errors
  1  errors (with --strict: or warnings)
  2  could not run: a wrong option, no such file, a file that cannot be read"""
_COLOURS = {"error": "red", "warning": "yellow", "place": "blue", "help": "cyan"}


@click.command(epilog=EXITS)
@paths_argument
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
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
    form: str,
    say: bool,  # noqa: FBT001
    language: str,
) -> None:
    """Say what is wrong with rule files.

    Every problem of every file is told, each with its place, a stable code and what to write instead.
    """
    from cyclekit.adapters import report, saying

    with failures_told(language):
        loaded, files = read_rules(paths, language)
    found = loaded.diagnostics
    owed = [
        saying.Owed(file.places[each.id, ""], each)
        for file in loaded.files
        if say and file.rulebook
        for each in file.rulebook
    ]
    match form:
        case "json":
            emit(f"{report.as_json(each, language)}\n" for each in found)
            emit(f"{saying.as_json(each, language)}\n" for each in owed)
        case "github":
            emit(f"{report.as_github(each, language)}\n" for each in found)
        case "line":
            emit(f"{report.one_line(each, language)}\n" for each in found)
            emit(f"{line}\n" for each in owed for line in saying.lines(each, language))
        case _:
            colourful = is_colourful(sys.stdout)
            paint = _painted if colourful else report.plainly
            # Room for the gutter with the number of the line.
            width = max(line_width(sys.stdout) - 12, 40)
            click.echo("".join(report.full(found, loaded.line, language=language, width=width, paint=paint)), nl=False)
            click.echo("".join(saying.full(owed, language=language, width=width, paint=paint)), nl=False)
            if found:
                click.echo(phrase("more-on-codes", language, code=found[0].code))
            click.echo(report.summary(found, files, language))
    if any(each.is_error or strict for each in found):
        click.get_current_context().exit(HAS_ERRORS)


def _painted(text: str, role: str) -> str:
    return click.style(text, fg=_COLOURS[role], bold=role in ("error", "warning"))
