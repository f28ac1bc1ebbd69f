"""Units from a database, by a query, through SQLAlchemy (an extra)."""

from contextlib import contextmanager
from itertools import count, islice
from typing import TYPE_CHECKING

from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.sources.growing import GrowingTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_AT_ONCE = 10_000


def query(url: str, sql: str, *, name: str) -> UnitTable | Refusal:
    """What a query finds, as a table of units; rows count from 1, in the order in which the database gives them.

    ``name`` is what messages call it: the address may hold a password, and is never told. A refusal where SQLAlchemy
    or the database's driver is not installed, and where the database refuses. Rows are fetched some at a time.
    """
    try:
        import sqlalchemy  # noqa: PLC0415  # an extra
    except ModuleNotFoundError:
        return Refusal("missing-file", "needs-package", {"package": "SQLAlchemy", "extra": "sql"})
    try:
        with _connected(url) as connection:
            found = connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(sqlalchemy.text(sql))
            if not found.returns_rows:
                return Refusal("bad-value", "query-failed", {"reason": "the query gives no rows"})
            names = tuple(found.keys())
            table = GrowingTable(name, len(names))
            numbers = count(1)
            for rows in found.partitions():
                table.add(rows, islice(numbers, len(rows)))
                if table.refusal is not None:
                    return table.refusal
    except ModuleNotFoundError as fault:
        return Refusal("missing-file", "needs-package", {"package": fault.name or "driver", "extra": "sql"})
    except sqlalchemy.exc.SQLAlchemyError as fault:
        return Refusal("missing-file", "query-failed", {"reason": _reason(fault, url)})
    return UnitTable(name, names, [each.column() for each in table.columns], table.rows)


@contextmanager
def _connected(url: str) -> "Iterator[Connection]":
    import sqlalchemy  # noqa: PLC0415  # an extra

    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        yield connection


def _reason(fault: Exception, url: str) -> str:
    """The first line of what went wrong, without the address."""
    said = str(getattr(fault, "orig", None) or fault).strip().splitlines()
    return (said[0] if said else type(fault).__name__).replace(url, "…")
