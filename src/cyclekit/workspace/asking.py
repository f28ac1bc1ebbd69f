"""Schedules asked in SQL, through DuckDB: an extra."""

from collections.abc import Iterator, Sequence

import duckdb

from cyclekit.adapters.arrow import reader
from cyclekit.model.schedule import Schedule

_AT_ONCE = 10_000


class QueryError(Exception):
    """DuckDB cannot answer a query; what it says is the argument."""


def ask(schedule: Schedule, sql: str, *, language: str = "en") -> tuple[list[str], Iterator[Sequence[object]]]:
    """The names of the answer's columns, and its rows. The table is called ``occurrences``.

    DuckDB reads the batches as they are made, and neither files nor the network: a query is about these occurrences.
    Raises QueryError.
    """
    connection = duckdb.connect(config={"enable_external_access": "false"})
    connection.register("occurrences", reader(schedule, language=language))
    try:
        connection.execute(sql)
        names = [each[0] for each in connection.description or ()]
        rows = connection.fetchmany(_AT_ONCE)
    except duckdb.Error as fault:
        raise QueryError(str(fault).strip().partition("\n")[0]) from fault
    return names, _rest(connection, rows)


def _rest(connection: "duckdb.DuckDBPyConnection", rows: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
    while rows:
        yield from rows
        rows = connection.fetchmany(_AT_ONCE)
