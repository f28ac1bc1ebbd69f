"""``cyclekit lint-feed``: whether calendar programs take a feed."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import emit, failures_told, is_colourful, line_width
from cyclekit.cli.options import language_option
from cyclekit.cli.phrases import HAS_ERRORS, Failure, say

if TYPE_CHECKING:
    from cyclekit.diagnostics import Diagnostic, Place

STANDARD_INPUT = "-"
EXITS = """\b
Exit codes:
  0  no errors
  1  errors
  2  could not run: a wrong option, no such file, a file that cannot be read"""


@click.command(epilog=EXITS)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "line", "json"]),
    default="text",
    show_default=True,
    help="text: with the line and a caret; line: file:line:col: error[code] …; json: an object a line.",
)
@language_option
def lint_feed(files: tuple[Path, ...], form: str, language: str) -> None:
    """Say what is wrong with calendars, ours or others': FILE is an .ics file, or - for the standard input.

    Bytes and the tables of RFC 5545 are checked, and what calendar programs stumble over.
    """
    from cyclekit.adapters import report
    from cyclekit.adapters.ical import Linter

    linter = Linter()
    found: list[Diagnostic] = []
    lines: dict[str, list[str]] = {}
    with failures_told(language):
        for path in files:
            data = _read(path, language)
            found += linter.check(data, str(path))
            lines[str(path)] = re.split("\r\n|\n|\r", data.decode("utf-8", "replace")) if form == "text" else []
    match form:
        case "json":
            emit(f"{report.as_json(each, language)}\n" for each in found)
        case "line":
            emit(f"{report.one_line(each, language)}\n" for each in found)
        case _:

            def line_of(place: "Place") -> str:
                of_file = lines[place.file]
                return of_file[place.line - 1] if place.line <= len(of_file) else ""

            paint = _painted if is_colourful(sys.stdout) else report.plainly
            width = max(line_width(sys.stdout) - 12, 40)
            click.echo("".join(report.full(found, line_of, language=language, width=width, paint=paint)), nl=False)
            click.echo(report.summary(found, len(files), language))
    if any(each.is_error for each in found):
        click.get_current_context().exit(HAS_ERRORS)


def _read(path: Path, language: str) -> bytes:
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    if not path.exists():
        raise Failure(say("no-file", language, path=path), language)
    return path.read_bytes()


def _painted(text: str, role: str) -> str:
    return click.style(text, fg={"error": "red", "place": "blue", "help": "cyan"}.get(role), bold=role == "error")
