"""``cyclekit fmt``: the layout of rule files evened out; comments, order and meaning stay."""

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import failures_told, line_width
from cyclekit.cli.options import language_option, paths_argument
from cyclekit.cli.phrases import HAS_ERRORS, Failure, say

if TYPE_CHECKING:
    from cyclekit.workspace.formatting import Formatted

EXITS = """\b
Exit codes:
  0  done (with --check: nothing would change)
  1  a file has errors and was left alone (with --check: or would change)
  2  could not run: a wrong option, no such file, a file that cannot be read or written"""


@click.command(epilog=EXITS)
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; say which files would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@language_option
def fmt(paths: tuple[Path, ...], check: bool, diff: bool, language: str) -> None:  # noqa: FBT001  # click calls it
    """Even out the layout of rule files and files of units.

    Two blanks for each level, one behind colons and commas, double quotes, no blanks at the ends of lines. Comments,
    the order and every text stay. A file with errors is left as it is.
    """
    from cyclekit.workspace.formatting import files_of, formatted

    for path in paths:
        if not path.exists():
            raise Failure(say("no-file", language, path=path), language)
    changed, faulty, count = 0, 0, 0
    with failures_told(language):
        try:
            files = files_of(paths)
        except FileNotFoundError as fault:
            raise Failure(say("no-rule-files", language, path=", ".join(map(str, paths))), language) from fault
        for each in map(formatted, files):
            count, faulty, changed = count + 1, faulty + bool(each.errors), changed + each.changes
            if each.errors:
                _refused(each, language)
            elif each.changes:
                _evened(each, check=check, diff=diff, language=language)
    phrase = "fmt-would" if check or diff else "fmt-done"
    click.echo(say(phrase, language, changed=changed, files=count), err=True)
    if faulty or (check and changed):
        click.get_current_context().exit(HAS_ERRORS)


def _refused(each: "Formatted", language: str) -> None:
    from cyclekit.adapters.report import full

    told = full(each.errors, each.line, language=language, width=line_width(sys.stderr))
    click.echo("".join(told), err=True, nl=False)
    click.echo(say("left-alone", language, path=each.path), err=True)


def _evened(each: "Formatted", *, check: bool, diff: bool, language: str) -> None:
    from cyclekit.workspace.exporting import write_file

    if diff:
        click.echo("".join(_diff(each.before, each.after, str(each.path))), nl=False)
    elif not check:
        write_file(each.path, each.after.encode("utf-8"))
    if not diff:
        click.echo(say("would-change" if check else "evened", language, path=each.path))


def _diff(before: str, after: str, name: str) -> list[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, name, name)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]
