"""``cyclekit``: the group of commands. Each is loaded when it is called for, so that asking for help is quick."""

import importlib
import io
import os
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from keyword import iskeyword
from typing import Any

import click

from cyclekit.cli.options import language_here
from cyclekit.cli.phrases import EXIT_CODES, NOBODY_READS, Failure, system_words

COMMANDS: Mapping[str, str] = {
    "init": "cyclekit.cli.init",
    "check": "cyclekit.cli.check",
    "fmt": "cyclekit.cli.fmt",
    "watch": "cyclekit.cli.watch",
    "try": "cyclekit.cli.try_",
    "due": "cyclekit.cli.due",
    "explain": "cyclekit.cli.explain",
    "import": "cyclekit.cli.import_",
    "feed": "cyclekit.cli.feed",
    "export": "cyclekit.cli.export",
    "query": "cyclekit.cli.query",
    "load": "cyclekit.cli.load",
    "lint-feed": "cyclekit.cli.lint_feed",
    "publish": "cyclekit.cli.publish",
    "diff": "cyclekit.cli.diff",
    "push": "cyclekit.cli.push",
    "serve": "cyclekit.cli.serve",
    "token": "cyclekit.cli.token",
    "schema": "cyclekit.cli.schema",
    "code": "cyclekit.cli.code",
}


class LazyGroup(click.Group):
    """Commands by the module that holds them, in the order in which one comes to need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click gives it
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        # `lint-feed` is no name in Python, and `import` is one that it keeps for itself.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name]), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a command. Texts go out as UTF-8; where nobody reads them any more, it ends without a word."""
        for stream in (sys.stdout, sys.stderr):
            _write_utf8(stream)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _write_no_more()
            ctx.exit(NOBODY_READS)
        except OSError as fault:
            _write_no_more()
            raise Failure(system_words(fault, language_here()), language_here()) from fault
        return result


def _write_no_more() -> None:
    # Python flushes at its end, which would fail again and say so.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8(stream: object) -> None:
    if isinstance(stream, io.TextIOWrapper):
        # A terminal keeps its own encoding, and shows what that lacks by its number; files and pipes hold UTF-8.
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001  # click calls it
    if not value or ctx.resilient_parsing:
        return
    try:
        click.echo(f"cyclekit {version('cyclekit')}")
    except PackageNotFoundError:
        click.echo("cyclekit (not installed)")
    ctx.exit()


@click.group(cls=LazyGroup, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Rule files in, due dates and calendars out.

    A rule file says in YAML who owes what, how often and by when. PATH is a rule file, or a folder with rule files.
    """
