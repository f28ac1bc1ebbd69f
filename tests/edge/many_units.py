"""A roster of very many units in a Parquet file, rules for them, and what the system tells of who serves them."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.edge.serving import Server

OBLIGATIONS = 20
#: Arrow's other allocators set a gigabyte of addresses aside before they use any.
ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
_AT_ONCE = 100_000


def unit_id(number: int) -> str:
    """The id of a unit."""
    return f"340{number:08}"


def write_units(path: Path, units: int) -> None:
    """Write a Parquet file of so many units, each thousandth a county with the next ones below it."""
    schema = pa.schema([(name, pa.string()) for name in ("id", "name", "kind", "parent")])
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, units, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, units))
            columns = {
                "id": [unit_id(each) for each in some],
                "name": [f"第{each}号基层工会委员会" for each in some],
                "kind": ["grassroots" if each % 1000 else "county" for each in some],
                "parent": [unit_id(each - each % 1000) if each % 1000 else None for each in some],
            }
            writer.write_table(pa.table(columns, schema))


def write_rules(path: Path, title: str = "季报") -> None:
    """Write rules of so many quarterly duties, moved off holidays, half of them for the units at the end alone."""
    duties = "".join(
        f"  report-{number}:\n    title: {{zh: 第{number}号{title}}}\n    every: quarter\n"
        f"    due: {{day: {5 + number}, adjust: following}}\n"
        f"    applies_to: {'{kind: grassroots}' if number % 2 else 'everyone'}\n"
        for number in range(OBLIGATIONS)
    )
    path.write_text(
        "cyclekit: 1\nid: national\ntitle: {zh: 全国基层工会}\ncalendar: CN\nunits: units.parquet\n"
        f"obligations:\n{duties}",
        encoding="utf-8",
    )


def megabytes(server: Server, field: str) -> int:
    """What the system tells of a server's memory: ``VmHWM`` the most that was resident, ``VmRSS`` what is now."""
    told = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    found = re.search(rf"{field}:\s+(\d+) kB", told)
    assert found, told
    return int(found[1]) // 1024
