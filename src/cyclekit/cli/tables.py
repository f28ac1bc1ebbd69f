"""``cyclekit export --format``: a schedule as one file of rows, or as a folder of parts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from cyclekit.cli.phrases import Failure, say

if TYPE_CHECKING:
    from rich.progress import Progress

    from cyclekit.model.schedule import Schedule

FORMATS = ("parquet", "csv", "xlsx", "jsonl")
EXTRAS = {
    "dask": "dask",
    "distributed": "dask",
    "fsspec": "storage",
    "pyarrow": "arrow",
    "xlsxwriter": "xlsx",
}


def read_partition(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[str, ...]:
    """The keys of ``--partition year,kind``; an error of usage for any other."""
    from cyclekit.model.parts import KEYS

    keys = tuple(each.strip() for each in text.split(",")) if text else ()
    for key in keys:
        if key not in KEYS or keys.count(key) > 1:
            raise click.BadParameter(f"“{key}”: {', '.join(KEYS)}")
    return keys


def export_tables(
    schedule: "Schedule",
    out: str,
    form: str,
    by: tuple[str, ...],
    language: str,
    *,
    bom: bool,
    sheets: str | None,
) -> None:
    """Write a schedule as rows, with a bar on a terminal that says how far it is; says what was written."""
    from cyclekit.workspace.tables import write_tables

    with extras_named(language), progress_bar() as progress:
        task = progress.add_task(out, total=len(schedule))
        written = write_tables(
            schedule,
            out,
            form,
            by=by,
            language=language,
            bom=bom,
            sheets=sheets,
            told=lambda rows: progress.advance(task, rows),
        )
    rows_told(out, len(written), len(schedule), language)


def progress_bar() -> "Progress":
    """A bar that says how far it is, on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def extras_named(language: str) -> Iterator[None]:
    """A package that is missing ends the command, with the extra that brings it."""
    try:
        yield
    except ModuleNotFoundError as fault:
        package = (fault.name or "").partition(".")[0]
        extra = EXTRAS.get(package)
        if extra is None:
            raise Failure(str(fault), language) from fault
        raise Failure(say("not-installed", language, package=package, extra=extra), language) from fault
    except (ImportError, ValueError) as fault:
        # What fsspec says of an address that it does not know, or whose own package is missing.
        raise Failure(str(fault), language) from fault


def rows_told(out: str, files: int, rows: int, language: str) -> None:
    """Say what was written."""
    click.echo(say("tabled", language, out=out, files=files, rows=f"{rows:,}"))
