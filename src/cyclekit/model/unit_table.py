"""Tables of units as they are read from elsewhere, before anybody has looked at what they say."""

from collections.abc import Mapping, Sequence

import attrs

from cyclekit.model.numbers import Numbers


@attrs.frozen
class UnitTable:
    """A table of units as it was read: the names of its columns, and each column's texts, empty where there is none.

    Texts have no blanks around them. ``rows`` are the numbers of the units' rows in the table, for messages; ``order``
    the numbers of the units by their ids, where whoever read it knows that, and ``distinct`` whether it is known that
    no two ids are equal.
    """

    name: str
    names: Sequence[str]
    columns: Sequence[Sequence[str]] = attrs.field(repr=False)
    rows: Numbers = attrs.field(repr=False)
    order: Numbers | None = attrs.field(default=None, repr=False)
    distinct: bool = False


@attrs.frozen
class Refusal:
    """Why a table of units cannot be had, as a diagnostic without a place: of the field, or of a row and column."""

    code: str
    message: str
    values: Mapping[str, str] = attrs.field(factory=dict)
    table: str = ""
    row: int = 0
    column: int = 1
