"""Schedules as files of rows: Parquet, CSV, Excel, JSON lines; one file, or a folder of parts."""

from collections.abc import Callable, Iterator, Sequence
from typing import IO
from urllib.parse import quote

from cyclekit.errors import LimitError
from cyclekit.model.parts import NONE, Labels, parts
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
    sheets: str | None = None,
    part: str = "part",
    told: Told = lambda _: None,
) -> list[str]:
    """Write a schedule to a file, or in parts to a folder; returns the names of all files.

    ``out`` is a path, or an address that fsspec knows. With ``by``, parts lie in folders as Hive names them
    (``year=2026/kind=county/part.parquet``, where ``part`` is what each is called), which DuckDB, pyarrow and others
    read as one table. Memory does not grow with the number of rows, but for workbooks, whose sheets are those of a
    ``kind`` or a ``unit`` with ``sheets``.
    Raises LimitError for a sheet of more than a million rows, OSError, and ModuleNotFoundError where an extra is not
    installed.
    """
    written: list[str] = []
    for labels, some in parts(schedule, by):
        name = f"{out.rstrip('/')}/{_folder(labels)}/{part}.{form}" if by else out
        with writing(name) as sink:
            _write(some, sink, form, language, bom=bom, sheets=sheets, told=told)
        written.append(name)
    return written


def _sheets(schedule: Schedule, by: str | None) -> Iterator[tuple[str, Schedule]] | None:
    """What each sheet of a workbook is called and has; None for a single one."""
    match by:
        case "kind":
            return ((labels[0][1].replace(NONE, "-"), part) for labels, part in parts(schedule, ("kind",)))
        case "unit":
            names = ((unit.name.get(), f"{book.id}/{unit.id}") for book in schedule.rulebooks for unit in book.roster)
            found = ((title, schedule.for_unit(name)) for title, name in names)
            return ((title, part) for title, part in found if len(part))
        case _:
            return None


def _folder(labels: Labels) -> str:
    return "/".join(f"{key}={quote(label, safe='')}" for key, label in labels)


def _write(
    schedule: Schedule, sink: IO[bytes], form: str, language: str, *, bom: bool, sheets: str | None, told: Told
) -> None:
    match form:
        case "parquet":
            from cyclekit.adapters.arrow import files  # noqa: PLC0415  # an extra

            files.parquet(schedule, sink, language=language, told=told)
        case "csv":
            from cyclekit.adapters.arrow import files  # noqa: PLC0415  # an extra

            files.csv(schedule, sink, language=language, bom=bom, told=told)
        case "xlsx":
            from cyclekit.adapters import xlsx  # noqa: PLC0415  # an extra

            try:
                sink.write(xlsx.workbook(schedule, language=language, sheets=_sheets(schedule, sheets)))
            except LimitError as fault:
                raise LimitError(fault.phrase, fault.limit, "--partition", **fault.values) from fault
            told(len(schedule))
        case _:
            from cyclekit.adapters import jsonlines  # noqa: PLC0415  # loaded with the others

            for number, line in enumerate(jsonlines.lines(schedule), 1):
                sink.write(line.encode())
                if number % _AT_ONCE == 0:
                    told(_AT_ONCE)
            told(len(schedule) % _AT_ONCE)
