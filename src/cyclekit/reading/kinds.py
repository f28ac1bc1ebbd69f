"""The kinds of value a field can hold: the alphabet in which the table of fields is written.

The reader, the JSON Schema and the reference page are three walks over these values.
"""

from collections.abc import Callable
from typing import Any

import attrs

from cyclekit.reading.titles import TITLES


@attrs.frozen
class Scalar:
    """A single text, read by ``read``; ``what`` names it in messages and in the schema's definitions.

    For the schema, while ``read`` decides: ``words`` are the words it may be, ``pattern`` the texts, ``numbers`` the
    least and the greatest whole number, all but ``without``. ``also``: other readers of YAML may take such a text for
    a number or a truth value, and it is one all the same. A ``block`` text may be written behind ``|``.
    """

    what: str
    read: Callable[[str], Any]
    words: tuple[str, ...] = ()
    pattern: str = ""
    numbers: tuple[int, int] | None = None
    without: int | None = None
    also: tuple[str, ...] = ()
    block: bool = False


@attrs.frozen
class Shape:
    """A mapping with the fields of a shape of the table."""

    name: str


@attrs.frozen
class Table:
    """A mapping from keys that the author chooses to values of one kind: obligations by id, dates by label."""

    key: Scalar
    value: "Kind"
    of: str


@attrs.frozen
class Many:
    """A list; a single value stands for a list of one."""

    each: "Kind"


@attrs.frozen
class Either:
    """One of several kinds, told apart by whether a text, a mapping or a list is written.

    A mapping that has a key of ``keyed`` is of the kind that stands there instead.
    """

    text: "Kind | None" = None
    mapping: "Kind | None" = None
    listing: "Kind | None" = None
    keyed: "tuple[tuple[str, Kind], ...]" = ()


Kind = Scalar | Shape | Table | Many | Either


@attrs.frozen
class Field:
    """A line of the table: where a key may stand, what it holds, and what it means.

    ``instead`` are words that people write when they mean this one. ``en`` and ``zh`` say what it means in one
    sentence, for the reference page and for editors.
    """

    name: str
    kind: Kind
    en: str
    zh: str
    example: str = ""
    required: bool = False
    instead: tuple[str, ...] = ()

    @property
    def title(self) -> tuple[str, str]:
        """What it is called in English and Chinese, in two or three words."""
        return TITLES[self.name]
