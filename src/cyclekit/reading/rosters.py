"""Units: a list or a tree of them, to the columns of a roster."""

from collections.abc import Sequence

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.reader import BAD, Entry, Fields, Item, Reader
from cyclekit.reading.references import References, check_calendar, check_timezone
from cyclekit.reading.scalars import near
from cyclekit.reading.texts import as_text

#: Words that mean something else where a unit's id or an attribute may stand.
RESERVED_IDS = frozenset({"everyone", "parent"})
RESERVED_ATTRIBUTES = frozenset({"except", "tag", "under"})
FIELDS_OF_A_UNIT = [field.name for field in SHAPES["unit"]]


#: What the fields of a unit are called in Chinese sheets.
MEANT = {
    "名称": "name",
    "单位": "name",
    "单位名称": "name",
    "类别": "kind",
    "类型": "kind",
    "单位类别": "kind",
    "上级": "parent",
    "上级单位": "parent",
    "主管单位": "parent",
    "下级单位": "children",
    "标签": "tags",
    "日历": "calendar",
    "工作日历": "calendar",
    "时区": "timezone",
    "年度起始日": "year_start",
    "存续期间": "active",
}


class _Columns:
    """The columns of a roster while they grow, with the nodes to point at."""

    def __init__(self) -> None:
        self.fields: list[Fields] = []
        self.above: list[int] = []
        self.ids: dict[str, Entry] = {}
        self.folded: dict[str, Entry] = {}
        self.attributes: set[str] = set()
        self.whole = True
        self.all_named = True


def read_roster(reader: Reader, items: Sequence[Item], check: References) -> tuple[Roster, bool]:
    """The roster of a list of units, and whether it holds all of them; what is wrong is reported.

    A unit without a readable id is left out, so that the rest of the file can still be looked at.
    """
    columns = _Columns()
    for item in items:
        _add(reader, columns, item.value, NO_PARENT)
    parents = _parents(reader, columns)
    _refuse_loops(reader, columns, parents)
    for fields in columns.fields:
        _check_references(reader, fields, check)
        _refuse_overlaps(reader, fields)
    return _roster(columns, _without_loops(parents)), columns.whole


def _add(reader: Reader, columns: _Columns, fields: Fields, above: int) -> None:
    columns.whole = columns.whole and not fields.failed
    if "id" not in fields:
        columns.all_named = False
        return
    entry = fields["id"]
    if entry.value in RESERVED_IDS:
        reader.report("bad-id", "reserved-id", entry.node, text=entry.value)
        columns.whole = columns.all_named = False
        return
    _check_attributes(reader, columns, fields)
    twin = columns.folded.get(entry.value.lower())
    if twin is not None:
        message = "duplicate-unit" if twin.value == entry.value else "case-twins"
        reader.report("duplicate-id", message, entry.node, related=(twin.node,), id=entry.value, other=twin.value)
        columns.whole = False
        return
    columns.folded[entry.value.lower()] = entry
    columns.ids[entry.value] = entry
    number = len(columns.fields)
    columns.fields.append(fields)
    columns.above.append(above)
    _refuse_two_directions(reader, fields, nested=above != NO_PARENT)
    if "children" in fields:
        for child in fields["children"].value:
            _add(reader, columns, child.value, number)


def _check_attributes(reader: Reader, columns: _Columns, fields: Fields) -> None:
    """An attribute that is nearly a field of a unit was probably meant to be that field. Said once for each name."""
    for name, entry in fields.attributes.items():
        if name in columns.attributes:
            continue
        columns.attributes.add(name)
        meant = MEANT.get(name) or near(name, FIELDS_OF_A_UNIT)
        if name in RESERVED_ATTRIBUTES:
            reader.report("unknown-key", "reserved-attribute", entry.key, key=name, suggestion=meant)
        elif meant:
            reader.report("attribute-near-key", "attribute-near-key", entry.key, key=name, suggestion=meant)


def _refuse_two_directions(reader: Reader, fields: Fields, *, nested: bool) -> None:
    keys = [name for name in fields if name in ("parent", "children")]
    if len(keys) > 1:
        reader.report("conflict", "conflict", fields[keys[1]].key, first=keys[0], second=keys[1])
    elif nested and "parent" in fields:
        reader.report("conflict", "conflict", fields["parent"].key, first="children", second="parent")


def _parents(reader: Reader, columns: _Columns) -> list[int]:
    order = {unit: number for number, unit in enumerate(columns.ids)}
    parents = list(columns.above)
    for number, fields in enumerate(columns.fields):
        if "parent" in fields and parents[number] == NO_PARENT:
            entry = fields["parent"]
            if entry.value in order:
                parents[number] = order[entry.value]
            elif columns.all_named:
                # Else the unit whose id cannot be read may be the one that is meant.
                suggestion = near(entry.value, order)
                reader.report("unknown-reference", "unknown-unit", entry.node, name=entry.value, suggestion=suggestion)
    return parents


def _refuse_loops(reader: Reader, columns: _Columns, parents: Sequence[int]) -> None:
    ids = list(columns.ids)
    seen: set[int] = set()
    for start in range(len(parents)):
        path: list[int] = []
        here = start
        while here != NO_PARENT and here not in seen and here not in path:
            path.append(here)
            here = parents[here]
        if here in path:
            loop = path[path.index(here) :]
            first = min(loop)
            ring = loop[loop.index(first) :] + loop[: loop.index(first)]
            named = " → ".join(ids[each] for each in [*ring, first])
            reader.report("cycle", "cycle-of-units", columns.fields[first]["parent"].node, loop=named)
        seen.update(path)


def _without_loops(parents: Sequence[int]) -> list[int]:
    """Parents that end at the top: what lies below itself is put there, since its file is refused anyway."""
    found = list(parents)
    for start in range(len(found)):
        seen: set[int] = set()
        here = start
        while here != NO_PARENT and here not in seen:
            seen.add(here)
            here = found[here]
        if here != NO_PARENT:
            found[here] = NO_PARENT
    return found


def _check_references(reader: Reader, fields: Fields, check: References) -> None:
    if "calendar" in fields:
        check_calendar(reader, fields["calendar"], check)
    if "timezone" in fields:
        check_timezone(reader, fields["timezone"], check)


def _refuse_overlaps(reader: Reader, fields: Fields) -> None:
    refuse_overlaps(reader, fields.get("active", []))


def refuse_overlaps(reader: Reader, spans: Sequence[Item]) -> None:
    """Report the spans of one unit that share a day."""
    for number, item in enumerate(spans):
        low, high = item.value.ordinals()
        for earlier in spans[:number]:
            other_low, other_high = earlier.value.ordinals()
            if low <= other_high and other_low <= high:
                reader.report("conflict", "overlapping-spans", item.node)


def _roster(columns: _Columns, parents: Sequence[int]) -> Roster:
    every = columns.fields
    names: dict[str, None] = {name: None for fields in every for name in fields.attributes}
    attributes: dict[str, list[str | None]] = {
        name: [fields.attributes[name].value if name in fields.attributes else None for fields in every]
        for name in names
    }
    ids = list(columns.ids)
    return Roster(
        ids,
        names=[_name(fields, unit) for fields, unit in zip(every, ids, strict=True)],
        kinds=[fields.get("kind") for fields in every],
        parents=parents,
        tags=[frozenset(item.value for item in fields.get("tags", ())) for fields in every],
        calendars=[fields.get("calendar") for fields in every],
        timezones=[fields.get("timezone") for fields in every],
        year_starts=[YearStart(*fields.get("year_start")) if "year_start" in fields else None for fields in every],
        active=[_spans(fields) for fields in every],
        attributes=attributes,
    )


def _name(fields: Fields, unit: str) -> Text:
    return as_text(fields["name"]) if "name" in fields else Text.of(unit)


def _spans(fields: Fields) -> tuple[Bounds, ...]:
    return tuple(item.value for item in fields.get("active", ()) if item.value is not BAD)
