"""``cyclekit export --format``: a schedule as one file of rows, or as a folder of parts."""

import sys
from typing import TYPE_CHECKING

import click

from cyclekit.cli.phrases import Failure, say

if TYPE_CHECKING:
    from cyclekit.model.schedule import Schedule

FORMATS = ("parquet", "csv", "xlsx", "jsonl")
EXTRAS = {"pyarrow": "arrow", "xlsxwriter": "xlsx", "fsspec": "storage"}


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
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from cyclekit.workspace.tables import write_tables

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
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
    except ModuleNotFoundError as fault:
        package = (fault.name or "").partition(".")[0]
        extra = EXTRAS.get(package)
        if extra is None:
            raise Failure(str(fault), language) from fault
        raise Failure(say("not-installed", language, package=package, extra=extra), language) from fault
    except (ImportError, ValueError) as fault:
        # What fsspec says of an address that it does not know, or whose own package is missing.
        raise Failure(str(fault), language) from fault
    click.echo(say("tabled", language, out=out, files=len(written), rows=f"{len(schedule):,}"))
