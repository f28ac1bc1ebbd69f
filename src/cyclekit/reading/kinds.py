"""The kinds of value a field can hold: the alphabet in which the table of fields is written.

The reader, the JSON Schema and the reference page are three walks over these values.
"""

from collections.abc import Callable
from typing import Any

import attrs


@attrs.frozen
class Scalar:
    """A single text, read by ``read``; ``what`` names it in messages and in the schema's definitions.

    ``words`` are the words it may be, and ``pattern`` the texts it may be (both for the schema; ``read``
    decides). A ``block`` text may be written behind ``|``. ``context``: reading wants more than the text, and the
    builder that knows it reads the text itself.
    """

    what: str
    read: Callable[[str], Any]
    words: tuple[str, ...] = ()
    pattern: str = ""
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
