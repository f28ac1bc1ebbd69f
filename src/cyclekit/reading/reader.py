"""Nodes to values by the table of fields, collecting every diagnostic.

What a field holds is decided by its kind alone. What cannot be read is reported and left out; everything else
is read on, so all of a file's problems come at once.
"""

import enum
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from contextlib import contextmanager
from typing import Any, NamedTuple

from cyclekit.diagnostics import Diagnostic, Place, in_order
from cyclekit.reading.characters import full_width_in, invisible_in, shown_char, told_of
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.hints import ANCHORING, LIKE, WANTED, called, example_of, meant_by, single_date
from cyclekit.reading.kinds import Either, Field, Kind, Many, Scalar, Shape, Table
from cyclekit.reading.nodes import Listing, Mapping, Node
from cyclekit.reading.nodes import Scalar as ScalarNode
from cyclekit.reading.scalars import Misread, near, word

#: Shapes in which any further key is an attribute.
OPEN_SHAPES = frozenset({"unit", "selector"})
BY_NAME: dict[str, dict[str, Field]] = {shape: {each.name: each for each in fields} for shape, fields in SHAPES.items()}
_INSTEAD = {shape: {word: each.name for each in fields for word in each.instead} for shape, fields in SHAPES.items()}


class _Bad(enum.Enum):
    BAD = "bad"


#: Stands for a value that could not be read and was reported.
BAD = _Bad.BAD


class Entry(NamedTuple):
    """A value with the key it stands under and the node it was read from."""

    value: Any
    key: ScalarNode
    node: Node


class Item(NamedTuple):
    """A value of a list with its node."""

    value: Any
    node: Node


class Fields:
    """What was read from one mapping: entries by field name, in the order of the file."""

    __slots__ = ("attributes", "entries", "failed", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.entries: dict[str, Entry] = {}
        self.attributes: dict[str, Entry] = {}
        self.failed: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a field, or ``default`` where it is left out or could not be read."""
        entry = self.entries.get(name)
        return default if entry is None else entry.value

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def written(self, name: str) -> bool:
        """Whether the key is there, readable or not."""
        return name in self.entries or name in self.failed


class Reader:
    """Reads the nodes of one file; ``diagnostics`` collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []

    def report(
        self, code: str, message: str, node: Node | Place, *, related: tuple[Node, ...] = (), **values: str
    ) -> None:
        """Note a diagnostic at a node or a place."""
        place = node if isinstance(node, Place) else node.place(self.file)
        self.note(code, message, place, values, tuple(each.place(self.file) for each in related))

    def note(
        self, code: str, message: str, place: Place, values: MappingType[str, str], related: tuple[Place, ...] = ()
    ) -> None:
        """Note a diagnostic as it is. Values without a text are left out: a help that wants them is not chosen."""
        known = {key: value for key, value in values.items() if value}
        self.diagnostics.append(Diagnostic(code, message, place, known, related))

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Read something to see what it would be: nothing that is wrong with it is noted."""
        before = len(self.diagnostics)
        try:
            yield
        finally:
            del self.diagnostics[before:]

    def finish(self, others: Sequence[Diagnostic] = ()) -> tuple[Diagnostic, ...]:
        """All diagnostics with ``others`` of the same file, in order."""
        # A field that several units owe in several forms is read once for each form: what is wrong is said once.
        # Of a mapping several keys may be missing, each of which is told where the mapping stands.
        once: dict[tuple[str, str, Place, str | None], Diagnostic] = {}
        for each in self.diagnostics:
            once.setdefault((each.code, each.message, each.place, each.values.get("key")), each)
        return in_order([*once.values(), *others])

    def read(self, kind: Kind, node: Node, name: str) -> Any:
        """The value of a node for a field of this kind and name; BAD where it has none, which is then reported."""
        if isinstance(kind, Scalar):
            return self._scalar(kind, node, name)
        if isinstance(node, ScalarNode) and node.absent:
            return self._empty(node, name)
        match kind:
            case Shape(name=shape):
                return self.shape(shape, node, name)
            case Many(each=each):
                return self._many(each, node, name)
            case Either():
                return self._either(kind, node, name)
            case Table():
                return self._table(kind, node, name)

    def _scalar(self, kind: Scalar, node: Node, name: str) -> Any:
        if not isinstance(node, ScalarNode):
            return self._wrong_type(node, name, "text")
        if node.faulty:
            return BAD
        if not node.text or node.text.isspace():
            return self._empty(node, name)
        if node.block and not kind.block:
            self.report("yaml-feature", "block-text", node, field=name)
            return BAD
        try:
            return kind.read(node.text)
        except Misread as fault:
            self.misread(fault, node)
            return BAD

    def misread(self, fault: Misread, node: Node) -> None:
        """Report a text that its field cannot read; full-width and invisible characters in it are answered as such."""
        text = fault.values.get("text", "")
        if fault.code != "bad-id" and self.answered(text, node):
            return
        self.note(fault.code, fault.message, node.place(self.file), fault.values)

    def answered(self, text: str, node: Node) -> bool:
        """Whether a text is wrong for its full-width or invisible characters, which is then reported."""
        hidden = invisible_in(text)
        if hidden is not None:
            self.report("invisible-char", told_of(text[hidden]), node, char=shown_char(text[hidden]))
            return True
        wide = full_width_in(text)
        if wide is None:
            return False
        offset, plain = wide
        structural = text[offset] in "＃，、；［］｛｝【】" and isinstance(node, ScalarNode) and node.plain
        place = Place(self.file, node.line, node.column + offset, 1) if structural else node
        self.report("full-width", "full-width-mark", place, char=text[offset], ascii=plain)
        return True

    def shape(self, shape: str, node: Node, name: str) -> Any:
        """The fields of a mapping, by the table. BAD where it is none, or empty."""
        if not isinstance(node, Mapping):
            return self._wrong_type(node, name, "mapping" if shape != "file" else "file")
        if not node.entries:
            return self._empty(node, name)
        fields = Fields(node)
        for key, value in node.entries:
            field = BY_NAME[shape].get(key.text)
            if field is not None:
                self._field(fields, field, key, value)
            elif shape in OPEN_SHAPES and key.text and key.text == key.text.strip():
                self._attribute(fields, shape, key, value)
            else:
                self._unknown_key(shape, key, name)
                fields.failed.add("?")
        for field in SHAPES[shape]:
            if field.required and not fields.written(field.name) and "?" not in fields.failed:
                where, like = self._whole(shape, node), example_of(field)
                self.report("missing-key", "missing-key", where, key=field.name, what=called(shape, name), like=like)
                fields.failed.add(field.name)
        return fields

    def _field(self, fields: Fields, field: Field, key: ScalarNode, value: Node) -> None:
        found = self.read(field.kind, value, field.name)
        if found is BAD:
            fields.failed.add(field.name)
        else:
            fields.entries[field.name] = Entry(found, key, value)

    def _attribute(self, fields: Fields, shape: str, key: ScalarNode, value: Node) -> None:
        # An attribute without a value may be a unit's id in the wrong place: the selector tells.
        bare = shape == "selector" and isinstance(value, ScalarNode) and value.absent
        found = "" if bare else self._scalar(_ATTRIBUTE, value, key.text)
        if found is not BAD:
            fields.attributes[key.text] = Entry(found, key, value)

    def _whole(self, shape: str, node: Node) -> Node | Place:
        return Place(self.file, 1, 1) if shape == "file" else node

    def _unknown_key(self, shape: str, key: ScalarNode, name: str) -> None:
        word = key.text
        if shape == "every" and word.removesuffix("s") in ("day", "week", "month", "quarter", "year"):
            self.report("unknown-key", "counted-cycle", key, key=word, unit=word.removesuffix("s"))
            return
        bare = word.strip("“”‘’„«»「」")
        if bare != word and bare in BY_NAME[shape]:
            self.report("unknown-key", "quoted-key", key, key=word, suggestion=bare)
            return
        suggestion = _INSTEAD[shape].get(word.strip().lower()) or near(word, BY_NAME[shape])
        home = "" if suggestion else self._home(shape, word)
        head = word if not suggestion and not home and word in BY_NAME["file"] else ""
        self.report(
            "unknown-key",
            "unknown-key",
            key,
            key=word,
            what=called(shape, name),
            suggestion=suggestion,
            home=home,
            head=head,
            expected=", ".join(BY_NAME[shape]),
        )

    @staticmethod
    def _home(shape: str, word: str) -> str:
        """The field in which this key would be at home, where there is one."""
        homes = {
            "due": "due",
            "every": "every",
            "quota": "quota",
            "obligation": "obligations",
            "exception": "exceptions",
        }
        return next((home for other, home in homes.items() if other != shape and word in BY_NAME[other]), "")

    def _many(self, kind: Kind, node: Node, name: str) -> Any:
        if not isinstance(node, Listing):
            found = self.read(kind, node, name)
            return BAD if found is BAD else [Item(found, node)]
        if not node.items:
            return self._empty(node, name)
        items: list[Item] = []
        for each in node.items:
            if isinstance(each, Listing):
                self._wrong_type(each, name, "list-in-list")
                continue
            if isinstance(kind, Shape) and isinstance(each, ScalarNode) and not each.absent:
                self._wrong_type(each, name, "mapping-in-list")
                continue
            found = self.read(kind, each, name)
            if found is not BAD:
                items.append(Item(found, each))
        return items if len(items) == len(node.items) else BAD

    def _either(self, kind: Either, node: Node, name: str) -> Any:
        chosen: Kind | None
        match node:
            case ScalarNode():
                chosen = kind.text
            case Mapping():
                keys = {key.text for key, _ in node.entries}
                chosen = next((other for key, other in kind.keyed if key in keys), kind.mapping)
            case _:
                chosen = kind.listing
        if chosen is not None:
            return self.read(chosen, node, name)
        accepted = [
            word for word, each in (("text", kind.text), ("mapping", kind.mapping), ("list", kind.listing)) if each
        ]
        return self._wrong_type(node, name, "-or-".join(accepted))

    def _table(self, kind: Table, node: Node, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong_type(node, name, "mapping")
        if not node.entries and kind.of != "obligations":
            return self._empty(node, name)
        entries: list[Entry] = []
        whole = True
        for key, value in node.entries:
            label = self._label(kind.key, key, name)
            found = self.read(kind.value, value, key.text)
            whole = whole and label is not BAD and found is not BAD
            if label is not BAD and found is not BAD:
                entries.append(Entry(found, key, value))
        # What is told apart by its keys may stand with one entry missing; a date or a text may not.
        return entries if whole or kind.of in ("obligations", "calendars") else BAD

    def _label(self, kind: Scalar, key: ScalarNode, name: str) -> Any:
        if not key.faulty and not key.text.strip():
            self.report("empty", "empty-key", key, field=name)
            return BAD
        return self._scalar(kind, key, name)

    def _empty(self, node: Node, name: str) -> Any:
        self.report("empty", "empty", node, field=name, optional="" if name in WANTED else name)
        return BAD

    def _wrong_type(self, node: Node, name: str, expected: str) -> Any:
        found = {ScalarNode: "text", Mapping: "mapping", Listing: "list"}[type(node)]
        meant = meant_by(name, node) if expected.startswith("mapping") else ""
        self.report(
            "wrong-type",
            f"expected-{expected}",
            node,
            field=name,
            found=found,
            meant=meant,
            once=single_date(node) if name == "due" else "",
            several="due" if name in ANCHORING and found == "list" else "",
            like=LIKE.get(name, ""),
        )
        return BAD


def last_place(node: Node) -> tuple[int, int]:
    """Where the last of a node's parts begins."""
    if isinstance(node, Mapping) and node.entries:
        return last_place(node.entries[-1][1])
    if isinstance(node, Listing) and node.items:
        return last_place(node.items[-1])
    return node.line, node.column


_ATTRIBUTE = Scalar("attribute", word)
