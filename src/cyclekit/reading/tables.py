"""A table of units (Parquet, Excel, SQL) to a roster, column by column.

A table may have millions of rows. So a text that stands in many rows is read once, by the same table of fields as
anywhere, and what is wrong with it is told at the first row that has it; ids and names are looked at in bulk. There
is no tree of nodes, and no object for each unit.
"""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import Any, NamedTuple

from cyclekit.civil.fiscal import YearStart
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.model.compact import Coded, Integers, Mapped, Places, Repeated, Texts, distinct, mapped
from cyclekit.model.numbers import Numbers
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.unit_table import UnitTable
from cyclekit.reading.characters import SUSPECT, invisible_in, may_be_odd, odd_characters, shown_char
from cyclekit.reading.kinds import Kind, Scalar
from cyclekit.reading.limits import Limits
from cyclekit.reading.loops import ring_among
from cyclekit.reading.nodes import Listing, Node
from cyclekit.reading.nodes import Scalar as ScalarNode
from cyclekit.reading.reader import BAD, BY_NAME, Entry, Item, Reader
from cyclekit.reading.references import References, check_calendar, check_timezone
from cyclekit.reading.rosters import MEANT, RESERVED_ATTRIBUTES, RESERVED_IDS, refuse_overlaps
from cyclekit.reading.scalars import near, word
from cyclekit.reading.sheets import COMMA, IDS, SEPARATOR, SEVERAL
from cyclekit.reading.values import LANGUAGE, TEXT

#: What ids are that nothing can be wrong with, many at once. Names of devices are looked at one by one.
_PLAIN_IDS = re.compile(
    r"(?:(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[.\n])[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?\n)*",
    re.ASCII | re.IGNORECASE,
)
_AT_ONCE = 4096
_ATTRIBUTE = Scalar("attribute", word)


class _Column(NamedTuple):
    """A column: the field or attribute that it holds, the language of a name, its place, and its texts."""

    field: str
    language: str
    place: int
    texts: Sequence[str]

    @property
    def is_attribute(self) -> bool:
        """Whether it is none of the fields of a unit."""
        return self.field not in BY_NAME["unit"]

    @property
    def kind(self) -> Kind:
        """How its texts are read."""
        if self.is_attribute:
            return _ATTRIBUTE
        return TEXT if self.field == "name" else BY_NAME["unit"][self.field].kind


def read_table(
    table: UnitTable, references: References, limits: Limits = Limits()
) -> tuple[Roster | None, tuple[Diagnostic, ...]]:
    """The roster of a table, and everything that is wrong with its columns and rows; None where anything is an error.

    >>> from cyclekit.reading.known import Surroundings
    >>> roster, problems = read_table(UnitTable("t", ["id"], [["hq", "sh"]], range(1, 3)), References(Surroundings()))
    >>> list(roster.ids), problems
    (['hq', 'sh'], ())
    """
    reading = _Reading(table, references, limits)
    roster = reading.roster()
    found = reading.reader.finish()
    return None if any(each.is_error for each in found) else roster, found


class _Reading:
    """One table while it is read."""

    def __init__(self, table: UnitTable, references: References, limits: Limits) -> None:
        self.table = table
        self.count = len(table.rows)
        self.references = references
        self.limits = limits
        self.reader = Reader(table.name)

    def roster(self) -> Roster | None:
        """The roster, where columns and ids can be made out."""
        if not self.count:
            self.report("empty", "sheet-without-rows", 0, 0)
            return None
        if self.count > self.limits.table_units:
            bound = {"limit": f"{self.limits.table_units:,}", "setting": "table_units"}
            self.report("limit", "limit", self.limits.table_units, 0, what="units", **bound)
            return None
        columns = self._columns()
        if columns is None:
            return None
        by_field = {each.field: each for each in columns if each.field != "name"}
        ids, places = self._ids(by_field["id"])
        if places is None:
            return None
        values: dict[str, Sequence[Any]] = {name: self._values(each) for name, each in by_field.items() if name != "id"}
        named = [each for each in columns if each.field == "name"]
        for each in named:
            self._look_at(each)
        return Roster(
            ids,
            names=self._names(ids, named),
            kinds=values.get("kind"),
            parents=self._parents(by_field.get("parent"), values.get("parent"), places),
            tags=self._several(values.get("tags"), frozenset),
            calendars=values.get("calendar"),
            timezones=values.get("timezone"),
            year_starts=self._year_starts(values.get("year_start")),
            active=self._several(values.get("active"), tuple),
            attributes={name: values[name] for name, each in by_field.items() if each.is_attribute},
            order=places.order,
        )

    def report(self, code: str, message: str, number: int, place: int, **values: str) -> None:
        """Note a diagnostic at a unit's row, and a column by its place."""
        row = self.table.rows[number] if number < self.count else 1
        self.reader.note(code, message, Place(self.table.name, row, place + 1), values)

    def _columns(self) -> list[_Column] | None:
        """The columns by their names; None where one is wrong or ``id`` is missing."""
        found: list[_Column] = []
        sound = True
        for place, name in enumerate(self.table.names):
            field, colon, language = name.partition(":")
            named = bool(colon) and field == "name"
            column = _Column("name" if named else name, language if named else "", place, self.table.columns[place])
            sound = self._is_column(column, name, found) and sound
            found.append(column)
        if sound and all(each.field != "id" for each in found):
            names = self.table.names
            meant = next((text for text in names if IDS.get(text.lower()) or near(text, ["id"])), "")
            self.head("missing-key", "sheet-without-ids", 0, suggestion=meant)
            return None
        return found if sound else None

    def head(self, code: str, message: str, place: int, **values: str) -> None:
        """Note a diagnostic about a column, at its name."""
        self.reader.note(code, message, Place(self.table.name, 1, place + 1), values)

    def _is_column(self, column: _Column, name: str, others: Sequence[_Column]) -> bool:
        """Whether a column may stand beside the others; reports it where not."""
        place, hidden = column.place, invisible_in(name)
        if hidden is not None:
            self.head("invisible-char", "invisible-char", place, char=shown_char(name[hidden]))
            return False
        if not name or name != name.strip():
            self.head("bad-value", "bad-column", place, text=name)
            return False
        return self._is_alone(column, name, others) and self._is_field(column, name)

    def _is_alone(self, column: _Column, name: str, others: Sequence[_Column]) -> bool:
        place = column.place
        for other in others:
            if (other.field, other.language) == (column.field, column.language):
                self.head("duplicate-key", "duplicate-key", place, key=name)
                return False
            if column.field == other.field == "name" and bool(column.language) != bool(other.language):
                self.head("conflict", "conflict", place, first=self.table.names[other.place], second=name)
                return False
        return True

    def _is_field(self, column: _Column, name: str) -> bool:
        """Whether a column is a field of a unit, or may be an attribute; reports it where not."""
        place = column.place
        if column.field == "children":
            self.head("unknown-key", "sheet-children", place)
            return False
        if column.language:
            return (
                self.reader.read(LANGUAGE, ScalarNode(column.language, 1, place + 1, 1, plain=True), "name") is not BAD
            )
        if column.is_attribute:
            meant = MEANT.get(name) or near(name, BY_NAME["unit"])
            if name in RESERVED_ATTRIBUTES:
                self.head("unknown-key", "reserved-attribute", place, key=name, suggestion=meant)
                return False
            if meant:
                self.head("attribute-near-key", "attribute-near-key", place, key=name, suggestion=meant)
        return True

    def _ids(self, column: _Column) -> tuple[Texts, Places | None]:
        """The ids, and how they are found; None where one is wrong, or stands twice."""
        ids = column.texts if isinstance(column.texts, Texts) else Texts.of(column.texts)
        before = len(self.reader.diagnostics)
        for first, some in _in_parts(ids):
            if _PLAIN_IDS.fullmatch("\n".join(some) + "\n"):
                continue
            for number, text in enumerate(some, first):
                if text:
                    self.reader.read(BY_NAME["unit"]["id"].kind, self._node(text, number, column.place), "id")
                else:
                    self.report("missing-key", "missing-key", number, column.place, key="id", what="unit")
        if len(self.reader.diagnostics) > before:
            return ids, None
        places = self._without_twins(ids, column)
        for each in sorted(RESERVED_IDS):
            if places is not None and each in places:
                self.report("bad-id", "reserved-id", places[each], column.place, text=each)
        return ids, places

    def _without_twins(self, ids: Texts, column: _Column) -> Places | None:
        """How ids are found; None where two are equal, or differ in case only."""
        alike = re.search(b"[A-Z]", ids.data) is None
        if alike and self.table.distinct:
            return Places(ids, self.table.order)
        folded = ids if alike else Texts(bytes(ids.data).lower(), ids.offsets)
        order = self.table.order if alike and self.table.order is not None else _order(folded)
        before = len(self.reader.diagnostics)
        for one, other in pairwise(order):
            if folded.encoded(one) == folded.encoded(other):
                first, second = sorted((one, other))
                message = "duplicate-unit" if ids[first] == ids[second] else "case-twins"
                row, again = self.table.rows[first], self.table.rows[second]
                place = Place(self.table.name, again, column.place + 1)
                related = (Place(self.table.name, row, column.place + 1),)
                values = {"id": ids[second], "other": ids[first]}
                self.reader.note("duplicate-id", message, place, values, related)
        if len(self.reader.diagnostics) > before:
            return None
        return Places(ids, order if alike else _order(ids))

    def _node(self, text: str, number: int, place: int) -> ScalarNode:
        return ScalarNode(text, self.table.rows[number], place + 1, 1, plain=True)

    def _values(self, column: _Column) -> Sequence[Any]:
        """What the texts of a column mean, each different one read once; None for an empty one."""
        texts = column.texts
        if isinstance(texts, Texts):
            if column.field == "parent" or column.is_attribute:
                self._look_at(column)
                return texts if column.field == "parent" else Mapped(_unless_empty, texts)
            texts = Coded.of(texts)
        found = {text: self._value(column, text, None) if text else None for text in distinct(texts)}
        if any(each is BAD for each in found.values()):
            for text, value in found.items():
                if value is BAD:
                    self._value(column, text, next(number for number, each in enumerate(texts) if each == text))
        return mapped(found.get, texts)

    def _value(self, column: _Column, text: str, number: int | None) -> Any:  # noqa: ANN401
        """What a text means in a column; BAD where it means nothing, which is reported where its row is given."""
        if number is None:
            with self.reader.silent():
                before = len(self.reader.diagnostics)
                value = self._read(column, text, 0)
                return BAD if len(self.reader.diagnostics) > before else value
        return self._read(column, text, number)

    def _read(self, column: _Column, text: str, number: int) -> Any:  # noqa: ANN401
        node: Node = self._node(text, number, column.place)
        if not self._is_clean(text, number, column):
            return BAD
        if column.field in SEVERAL:
            if COMMA.search(text):
                meant = ";".join(part.strip() for part in COMMA.split(text))
                self.report("bad-value", "sheet-commas", number, column.place, suggestion=meant)
                return BAD
            parts: list[Node] = [self._node(part.strip(), number, column.place) for part in SEPARATOR.split(text)]
            node = Listing(parts, node.line, node.column, flow=True)
        value = self.reader.read(column.kind, node, column.field)
        if value is BAD:
            return BAD
        key = ScalarNode(column.field, 1, column.place + 1, 1, plain=True)
        match column.field:
            case "calendar":
                check_calendar(self.reader, Entry(value, key, node), self.references)
            case "timezone":
                check_timezone(self.reader, Entry(value, key, node), self.references)
            case "active":
                refuse_overlaps(self.reader, value)
            case _:
                pass
        return value

    def _is_clean(self, text: str, number: int, column: _Column) -> bool:
        """Whether a text has no character that no text may hold, and is not too long; reports it where not."""
        if len(text) > self.limits.text:
            values = {"limit": str(self.limits.text), "setting": "text", "found": str(len(text))}
            self.report("limit", "limit-text", number, column.place, **values)
            return False
        odd = next((each for each in odd_characters(text) if each.code != "unusual-char"), None)
        if odd is not None:
            self.report(odd.code, odd.code, number, column.place, char=shown_char(odd.char))
        return odd is None

    def _look_at(self, column: _Column) -> None:
        """Report what is wrong with the characters of texts that are all different, such as names."""
        texts = column.texts
        if isinstance(texts, Texts) and self._are_fine(texts):
            return
        for first, some in _in_parts(texts):
            if SUSPECT.search("".join(some)) is None and max(map(len, some)) <= self.limits.text:
                continue
            for number, text in enumerate(some, first):
                if text and self._is_clean(text, number, column):
                    self.reader.read(column.kind, self._node(text, number, column.place), column.field)

    def _are_fine(self, texts: Texts) -> bool:
        """Whether there is nothing to look at in texts, which are not taken apart for that."""
        longest = max(other - one for one, other in pairwise(texts.offsets))
        return longest <= self.limits.text and not any(may_be_odd(data) for _, data in texts.parts())

    def _names(self, ids: Texts, columns: Sequence[_Column]) -> Sequence[Text] | None:
        if not columns:
            return None
        if len(columns) == 1 and not columns[0].language and _are_all_said(columns[0].texts):
            return Mapped(Text.of, columns[0].texts)
        parts = [(each.language, each.texts) for each in columns]
        return Mapped(partial(_name, ids, parts), range(self.count))

    def _parents(
        self, column: _Column | None, parents: Sequence[str | None] | None, places: Places
    ) -> Sequence[int] | None:
        """The number of the unit above each; what is none, or lies below itself, is reported."""
        if column is None or parents is None:
            return None
        numbers: dict[str | None, int] = {None: NO_PARENT, "": NO_PARENT}
        for name in distinct(parents):
            if name in numbers:
                continue
            above = places.get(str(name))
            if above is None:
                values = {"name": str(name), "suggestion": near(str(name), places)}
                row = next(number for number, each in enumerate(parents) if each == name)
                self.report("unknown-reference", "unknown-unit", row, column.place, **values)
            numbers[name] = NO_PARENT if above is None else above
        found = array("i", map(numbers.__getitem__, parents))
        loop = ring_among(found)
        if loop:
            named = " → ".join(places.texts[each] for each in [*loop, loop[0]])
            self.report("cycle", "cycle-of-units", loop[0], column.place, loop=named)
        return Repeated(NO_PARENT, self.count) if set(numbers.values()) == {NO_PARENT} else Integers(found)

    @staticmethod
    def _several(values: Sequence[Any] | None, make: Callable[[Any], Any]) -> Sequence[Any] | None:
        """The sets of tags, or tuples of spans, of a column whose texts hold several values."""
        if values is None:
            return None
        return mapped(lambda each: make(() if each in (None, BAD) else _plain(each)), values)

    @staticmethod
    def _year_starts(values: Sequence[Any] | None) -> Sequence[YearStart | None] | None:
        if values is None:
            return None
        return mapped(lambda each: None if each in (None, BAD) else YearStart(*each), values)


def _plain(items: Sequence[Item]) -> Iterator[Any]:
    return (item.value for item in items if item.value is not BAD)


def _unless_empty(text: str) -> str | None:
    # A function with a name, so that a roster can be pickled.
    return text or None


def _name(ids: Texts, parts: Sequence[tuple[str, Sequence[str]]], number: int) -> Text:
    """What a unit is called, in the languages in which it is; its id where it is called nothing."""
    said = tuple((language, text) for language, texts in parts if (text := texts[number]))
    return Text(said) if said else Text.of(ids[number])


def _are_all_said(texts: Sequence[str]) -> bool:
    """Whether no text is empty."""
    if isinstance(texts, Texts):
        return all(one < other for one, other in pairwise(texts.offsets))
    return "" not in distinct(texts)


def _in_parts(texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Texts so many at a time, with the number of the first."""
    every, first = iter(texts), 0
    while some := list(islice(every, _AT_ONCE)):
        yield first, some
        first += len(some)


def _order(texts: Texts) -> Numbers:
    """The numbers of texts as they sort, equal ones next to each other."""
    if all(one <= other for one, other in pairwise(map(texts.encoded, range(len(texts))))):
        return range(len(texts))
    return array("I", sorted(range(len(texts)), key=texts.encoded))
