"""The JSON Schema of rule files, made from the table of fields: what an editor completes, explains and marks.

Draft 7, which every editor reads in full. A schema sees what readers of YAML 1.2 make of a scalar, so a number or a
truth value may stand where the language reads a text. It knows spellings and which keys exclude each other; that a
date exists, or a unit is known, is left to ``cyclekit check``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from cyclekit.reading.compose import read_nodes
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.kinds import Either, Field, Kind, Many, Scalar, Shape, Table
from cyclekit.reading.nodes import Listing, Mapping, Node
from cyclekit.reading.nodes import Scalar as ScalarNode
from cyclekit.reading.reader import OPEN_SHAPES
from cyclekit.reading.reference import HEADINGS
from cyclekit.reading.source import Source
from cyclekit.reading.together import CYCLE_KEYS, TOGETHER, AnyOf, Apart, AtMostOne, Needs, OneOf, Range, Rule
from cyclekit.reading.values import WORD

DRAFT = "http://json-schema.org/draft-07/schema#"
#: What a schema is of: a rule file, or a file that lists units.
Of = Literal["rules", "units"]
JSON = dict[str, Any]
#: A longer row of digits is left as it is: nothing here counts so far.
LONGEST_NUMBER = 20
#: Numbers in the core schema of YAML 1.2, section 10.3.2.
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def json_schema(of: Of = "rules", language: str = "en") -> JSON:
    """The schema of a rule file or of a file of units, with titles and descriptions in English or Chinese.

    Raises ValueError where two kinds of text have one name: a mistake of ours.

    >>> json_schema()["required"]
    ['cyclekit', 'id', 'obligations']
    """
    made = _Schema(language == "zh")
    if of == "units":
        unit = {"$ref": "#/definitions/unit"}
        whole = {"anyOf": [{"type": "array", "items": unit, "minItems": 1}, unit]}
        title, wanted = made.said("cyclekit units", "cyclekit 单位名单"), _reached("unit")
    else:
        whole = made.shape("file")
        title, wanted = made.said("cyclekit rule file", "cyclekit 规则文件"), _reached("file") - {"file"}
    definitions = {name: made.shape(name) for name in SHAPES if name in wanted} | made.values
    return {"$schema": DRAFT, **whole, "title": title, "definitions": definitions}


class _Schema:
    """Schemas of shapes and kinds, described in one language. ``values`` are those of the texts that were needed."""

    def __init__(self, chinese: bool) -> None:  # noqa: FBT001  # the language it describes in
        self.chinese = chinese
        self.values: dict[str, JSON] = {}

    def said(self, english: str, chinese: str) -> str:
        """One of two texts, without the marks of code."""
        return (chinese if self.chinese else english).replace("``", "`")

    def shape(self, name: str) -> JSON:
        """A mapping with the fields of a shape."""
        fields = SHAPES[name]
        schema: JSON = {
            "title": self.said(*HEADINGS[name]).replace("`", ""),
            "type": "object",
            "properties": {field.name: self.field(field) for field in fields},
            "minProperties": 1,
        }
        if required := [field.name for field in fields if field.required]:
            schema["required"] = required
        schema["additionalProperties"] = self.kind(WORD) if name in OPEN_SHAPES else False
        rules = [each for rule in TOGETHER.get(name, ()) for each in _together(rule)]
        if name == "obligation":
            rules += [_dated_unless_named(), *_without_years()]
        if rules:
            schema["allOf"] = rules
        return schema

    def field(self, field: Field) -> JSON:
        """A field: what it is called, what it means, an example, and what it may hold."""
        said = {"title": self.said(*field.title), "description": self.said(field.en, field.zh)}
        return {**said, "examples": [example(field)], **self.kind(field.kind)}

    def kind(self, kind: Kind) -> JSON:
        """What a field may hold."""
        match kind:
            case Scalar(what=what):
                name = f"value-{what.replace(' ', '-')}"
                if self.values.setdefault(name, made := _scalar(kind)) != made:
                    raise ValueError(what)
                return {"$ref": f"#/definitions/{name}"}
            case Shape(name=name):
                return {"$ref": f"#/definitions/{name}"}
            case Many(each=each):
                one = self.kind(each)
                return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
            case Table(value=value, key=key, of=of):
                table: JSON = {
                    "type": "object",
                    "additionalProperties": self.kind(value),
                    "propertyNames": _names(key),
                }
                return table if of == "obligations" else {**table, "minProperties": 1}
            case Either(text=text, mapping=mapping, listing=listing, keyed=keyed):
                kinds = dict.fromkeys((text, mapping, listing, *(each for _, each in keyed)))
                return {"anyOf": [self.kind(each) for each in kinds if each is not None]}


def _reached(shape: str) -> set[str]:
    """The shapes that can stand in one, itself among them."""
    found: set[str] = set()
    waiting = [shape]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [inner for field in SHAPES[name] for inner in _shapes(field.kind)]
    return found


def _shapes(kind: Kind) -> Iterator[str]:
    match kind:
        case Shape(name=name):
            yield name
        case Many(each=inner) | Table(value=inner):
            yield from _shapes(inner)
        case Either(text=text, mapping=mapping, listing=listing, keyed=keyed):
            for each in (text, mapping, listing, *(kind for _, kind in keyed)):
                if each is not None:
                    yield from _shapes(each)
        case Scalar():
            return


def _scalar(kind: Scalar) -> JSON:
    """The texts of a scalar, and what other readers of YAML make of them."""
    ways: list[JSON] = []
    if kind.words:
        ways.append({"enum": [*kind.words, *_as_json(kind.words)]})
    if kind.numbers is not None:
        low, high = kind.numbers
        but: JSON = {} if kind.without is None else {"not": {"const": kind.without}}
        ways.append({"type": "integer", "minimum": low, "maximum": high, **but})
    if kind.pattern:
        ways.append({"type": "string", "pattern": kind.pattern})
    if kind.also:
        # A number that is an id has no sign before it.
        least: JSON = {} if re.search(kind.pattern, "-1") else {"minimum": 0}
        ways.append({"type": list(kind.also), **least})
    return ways[0] if len(ways) == 1 else {"anyOf": ways}


def _names(key: Scalar) -> JSON:
    """What the keys of a table may be: texts, whatever they look like."""
    return {"enum": list(key.words)} if key.words else {"pattern": key.pattern}


def _as_json(words: Sequence[str]) -> list[object]:
    """What other YAML readers make of a word before the schema sees it: ``true`` a truth value, ``1`` a number."""
    known: dict[str, object] = {"true": True, "false": False}
    return [known.get(word, int(word) if word.isdigit() else None) for word in words if word in known or word.isdigit()]


# ------------------------------------------------------------------------------------------- keys together


def _together(rule: Rule) -> Iterator[JSON]:
    """What holds for the keys of one mapping."""
    match rule:
        case OneOf(names=names):
            yield {"oneOf": [{"required": [name]} for name in names]}
        case AnyOf(names=names):
            yield {"anyOf": [{"required": [name]} for name in names]}
        case AtMostOne(names=names):
            for number, name in enumerate(names[:-1], 1):
                yield _apart(name, names[number:])
        case Needs(name=name, among=among):
            yield {"if": {"required": [name]}, "then": {"anyOf": [{"required": [each]} for each in among]}}
        case Apart(name=name, others=others):
            yield _apart(name, others)
        case Range(name=name, low=low, high=high, unless=unless):
            narrower = {"properties": {name: {"minimum": low, "maximum": high}}}
            yield {"if": {"not": {"required": [unless]}}, "then": narrower} if unless else narrower


def _apart(name: str, others: Sequence[str]) -> JSON:
    """None of some keys beside one: said of those keys, so that each is marked where it stands."""
    return {"if": {"required": [name]}, "then": {"properties": dict.fromkeys(others, False)}}


def _dated_unless_named() -> JSON:
    """Only a list of periods has labels of its own: with any other cycle, bounds are dates."""
    listed = {"properties": {"every": {"type": "object", "required": ["periods"]}}, "required": ["every"]}
    date = {"$ref": "#/definitions/value-date"}
    change = {"if": {"not": {"required": ["every"]}}, "then": {"properties": {"from": date}}}
    changes = {"then": change, "if": {"type": "object"}, "else": {"items": change}}
    return {"if": listed, "else": {"properties": {"from": date, "until": date, "changes": changes}}}


def _without_years() -> Iterator[JSON]:
    """A cycle that is written out has no years, positions or phases."""
    for name, keys in (("rrule", CYCLE_KEYS), ("periods", [each for each in CYCLE_KEYS if each != "stub"])):
        written = {"properties": {"every": {"type": "object", "required": [name]}}, "required": ["every"]}
        yield {"if": written, "then": {"properties": dict.fromkeys(keys, False)}}


# ------------------------------------------------------------------------------------------------ examples


def example(field: Field) -> object:
    """The example of a field as JSON has it. Raises ValueError for one that is no YAML."""
    root, problems = read_nodes(Source(field.name, f"{field.name}: {field.example}"))
    if root is None or problems:
        raise ValueError(field.example)
    made = as_json(root)
    return made[field.name] if isinstance(made, dict) else made


def as_json(node: Node) -> object:
    """A node as readers of YAML 1.2 have it: plain numbers and truth values are no texts there."""
    match node:
        case Mapping(entries=entries):
            return {key.text: as_json(value) for key, value in entries}
        case Listing(items=items):
            return [as_json(each) for each in items]
        case ScalarNode(plain=True, text="true" | "false" as text):
            return text == "true"
        case ScalarNode(plain=True, text="" | "null" | "~"):
            return None
        case ScalarNode(text=text, plain=plain):
            if not plain or len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
                return text
            return int(text) if text.lstrip("-+").isdecimal() else float(text)
        case _:
            raise TypeError(node)
