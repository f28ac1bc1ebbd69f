"""The bounds of one file. Each is a setting: going over one names it, and what raises it."""

import attrs


@attrs.frozen
class Limits:
    """How large and how deep a file may be.

    ``bytes`` with the C parser, ``pure_bytes`` with the one in Python; ``depth`` counts the root as 1;
    ``text`` is the length of one scalar in characters. A file at a limit is read, one above is refused.

    >>> Limits(depth=64).depth
    64
    """

    bytes: int = 1024 * 1024
    pure_bytes: int = 256 * 1024
    depth: int = 32
    nodes: int = 100_000
    text: int = 10_000
    obligations: int = 5_000
    inline_units: int = 100_000
    table_units: int = 10_000_000
    calendars: int = 200
