"""Where the fields of obligations stand, for what is found out once there are dates.

Looked up when asked for: most files have nothing wrong with them, and nobody asks.
"""

from collections.abc import Iterator, Mapping

from cyclekit.diagnostics import Place
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item, last_place

#: Fields whose keys the author chooses.
TABLES = frozenset({"exceptions", "dates", "by_period", "owed_by"})


class Places(Mapping[tuple[str, str], Place]):
    """The places of one file, by obligation and field.

    ``(ID, "")`` is the obligation's id, ``(ID, "due")`` the value of a field and ``(ID, "due:")`` its key,
    ``(ID, "due#2.day")`` a field of the second due date, ``(ID, "exceptions.2023Q1")`` a label (of ``dates``,
    ``by_period`` and ``owed_by`` too), ``(ID, "changes#2")`` an entry of a list and ``(ID, "changes#2.from")`` what
    stands in it; ``("", "id")`` is the id of the file, and ``("", "calendars.court")`` that of a calendar of its own.
    """

    def __init__(self, file: str, top: Fields | None = None) -> None:
        """The places of a file, by its fields; none where it could not be read so far."""
        self.file = file
        self._top = top
        entries: list[Entry] = top.get("obligations", []) if top is not None else []
        self._obligations = {entry.key.text: entry for entry in entries}

    def __getitem__(self, name: tuple[str, str]) -> Place:
        node = self._node(*name)
        if node is None:
            raise KeyError(name)
        return node.place(self.file)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((owner, "") for owner in self._obligations)

    def __len__(self) -> int:
        return len(self._obligations)

    def _node(self, owner: str, field: str) -> Node | None:
        if not owner and field.startswith("calendars."):
            made: list[Entry] = self._top.get("calendars", []) if self._top is not None else []
            return next((each.key for each in made if each.key.text == field.removeprefix("calendars.")), None)
        if not owner:
            return self._top[field].node if self._top is not None and field in self._top else None
        entry = self._obligations.get(owner)
        if entry is None or not field:
            return entry.key if entry else None
        return _in_fields(entry.value, field)

    def units(self) -> dict[str, Node]:
        """The ids of the units that the file lists itself, with their nodes."""
        listed: object = self._top.get("units", []) if self._top is not None else []
        return dict(_units(listed)) if isinstance(listed, list) else {}

    def changes(self, owner: str) -> dict[int, Fields]:
        """The changes of an obligation as they are written, by their numbers."""
        items: list[Item] = self._obligations[owner].value.get("changes", []) if owner in self._obligations else []
        return {number: item.value for number, item in enumerate(items, 1)}

    def ignored(self) -> Iterator[tuple[str, Entry]]:
        """The codes that are not to be told, each with its owner: an obligation's id, or ``""`` for the file."""
        owners = [("", self._top)] if self._top is not None else []
        for owner, fields in (*owners, *((key, entry.value) for key, entry in self._obligations.items())):
            for entry in fields.get("ignore", []):
                yield owner, entry

    def owner(self, place: Place) -> str | None:
        """The obligation in which a place lies; None where it lies outside of all."""
        here = (place.line, place.column)
        before = [id_ for id_, entry in self._obligations.items() if (entry.key.line, entry.key.column) <= here]
        last = max(before, key=lambda each: self._obligations[each].key.line, default=None)
        return last if last is not None and place.file == self.file and here <= self.extent(last)[1] else None

    def extent(self, owner: str) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where an obligation begins, and where the last of its parts does: line and column."""
        entry = self._obligations[owner]
        return (entry.key.line, entry.key.column), last_place(entry.node)


def _units(items: list[Item]) -> Iterator[tuple[str, Node]]:
    """Each unit of a list, and of those below it."""
    for item in items:
        fields: Fields = item.value
        if "id" in fields:
            yield fields.get("id"), fields["id"].node
        yield from _units(fields.get("children", []))


def _in_fields(fields: Fields, field: str) -> Node | None:
    table, dot, label = field.partition(".")
    if dot and table in TABLES:
        labels: list[Entry] = fields.get(table, [])
        return next((each.key for each in labels if each.key.text == label), None)
    if "#" in field:
        of, _, rest = field.partition("#")
        number, _, inner = rest.partition(".")
        value = fields.get(of)
        each: list[Fields] = [value] if isinstance(value, Fields) else [item.value for item in value or ()]
        place = int(number) - 1
        if place >= len(each):
            return None
        return _in_fields(each[place], inner) if inner else each[place].node
    name = field.removesuffix(":")
    if name not in fields:
        return None
    return fields[name].key if field.endswith(":") else fields[name].node
