"""Schedules as files of rows: Parquet, CSV, JSON lines; one file, or a folder of parts."""

from collections.abc import Callable, Sequence
from typing import IO
from urllib.parse import quote

from cyclekit.model.parts import Labels, parts
from cyclekit.model.schedule import Schedule
from cyclekit.workspace.storage import writing

_AT_ONCE = 1000

#: Told how many further rows have been written.
Told = Callable[[int], None]


def write_tables(
    schedule: Schedule,
    out: str,
    form: str,
    *,
    by: Sequence[str] = (),
    language: str = "en",
    bom: bool = True,
    told: Told = lambda _: None,
) -> list[str]:
    """Write a schedule to a file, or in parts to a folder; returns the names of all files.

    ``out`` is a path, or an address that fsspec knows. With ``by``, parts lie in folders as Hive names them
    (``year=2026/kind=county/part.parquet``), which DuckDB, pyarrow and others read as one table. Memory does not grow
    with the number of rows. Raises OSError, and ModuleNotFoundError where an extra is not installed.
    """
    written: list[str] = []
    for labels, part in parts(schedule, by):
        name = f"{out.rstrip('/')}/{_folder(labels)}/part.{form}" if by else out
        with writing(name) as sink:
            _write(part, sink, form, language, bom=bom, told=told)
        written.append(name)
    return written


def _folder(labels: Labels) -> str:
    return "/".join(f"{key}={quote(label, safe='')}" for key, label in labels)


def _write(schedule: Schedule, sink: IO[bytes], form: str, language: str, *, bom: bool, told: Told) -> None:
    match form:
        case "parquet":
            from cyclekit.adapters.arrow import files  # noqa: PLC0415  # an extra

            files.parquet(schedule, sink, language=language, told=told)
        case "csv":
            from cyclekit.adapters.arrow import files  # noqa: PLC0415  # an extra

            files.csv(schedule, sink, language=language, bom=bom, told=told)
        case _:
            from cyclekit.adapters import jsonlines  # noqa: PLC0415  # loaded with the others

            for number, line in enumerate(jsonlines.lines(schedule), 1):
                sink.write(line.encode())
                if number % _AT_ONCE == 0:
                    told(_AT_ONCE)
            told(len(schedule) % _AT_ONCE)
