"""What a rule file is made of once YAML is out of the way: scalars, lists and mappings, each with its place.

A scalar keeps its text and whether it was written plain; what it means is decided by the field it stands in.
Plain slotted classes, not attrs: a file has tens of thousands of them, and they live for one reading.
"""

from collections.abc import Iterator

from cyclekit.diagnostics import Place


class Node:
    """A scalar, a list or a mapping. ``line`` and ``column`` count from 1, in characters."""

    __slots__ = ("column", "line", "width")

    def __init__(self, line: int, column: int, width: int = 1) -> None:
        self.line = line
        self.column = column
        self.width = width

    def place(self, file: str) -> Place:
        """Where it begins, in the file of this name."""
        return Place(file, self.line, self.column, self.width)


class Scalar(Node):
    """A text. ``plain``: written without quotes; ``block``: written behind ``|`` or ``>``.

    ``width`` is the width of its source on its first line. A field with nothing behind it (``day:``) has
    the text ``""``, is plain, and stands right behind its colon with width 0. ``faulty``: an error was already
    reported for this text (a refused character, which ``text`` no longer has; its length), so that the field
    that reads it adds none.
    """

    __slots__ = ("block", "faulty", "plain", "text")

    def __init__(self, text: str, line: int, column: int, width: int, *, plain: bool, block: bool = False) -> None:
        super().__init__(line, column, width)
        self.text = text
        self.plain = plain
        self.block = block
        self.faulty = False

    @property
    def absent(self) -> bool:
        """Nothing was written at all, as in ``day:``. What is written as ``day: ""`` is empty, and not absent."""
        return self.plain and not self.text

    def __repr__(self) -> str:
        return f"Scalar({self.text!r}, {self.line}:{self.column})"


class Listing(Node):
    """A YAML sequence. ``flow``: written in brackets, which is then its place; else its first entry's dash."""

    __slots__ = ("flow", "items")

    def __init__(self, items: list[Node], line: int, column: int, *, flow: bool) -> None:
        super().__init__(line, column)
        self.items = items
        self.flow = flow

    def __repr__(self) -> str:
        return f"Listing({self.items!r})"


class Mapping(Node):
    """A YAML mapping in the order of the file. ``flow``: in braces, its place; else its first key's place.

    No two keys are equal (the reader reports the second and leaves it out), and every key is a scalar.
    """

    __slots__ = ("entries", "flow")

    def __init__(self, entries: list[tuple[Scalar, Node]], line: int, column: int, *, flow: bool) -> None:
        super().__init__(line, column)
        self.entries = entries
        self.flow = flow

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)

    def __repr__(self) -> str:
        return f"Mapping({self.entries!r})"
