"""The JSON Schema of rule files, made from the table of fields.

A schema sees what YAML readers make of a scalar, so every scalar may be a string, a number or a truth value
there; what the language does with it is decided by the table's own readers. What a schema cannot say (that a
date exists, that a unit is known) is left to ``cyclekit check``.
"""

from typing import Any

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.kinds import Either, Field, Kind, Many, Scalar, Shape, Table
from cyclekit.reading.reader import OPEN_SHAPES

#: JSON Schema, draft 2020-12.
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of a rule file: a definition for each shape of the table.

    >>> json_schema()["required"]
    ['cyclekit', 'id', 'obligations']
    """
    return {
        "$schema": DRAFT,
        "title": "cyclekit rule file",
        **_shape("file"),
        "$defs": {name: _shape(name) for name in SHAPES if name != "file"},
    }


def _shape(name: str) -> dict[str, Any]:
    fields = SHAPES[name]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        "minProperties": 1,
    }
    if required := [field.name for field in fields if field.required]:
        schema["required"] = required
    schema["additionalProperties"] = _scalar() if name in OPEN_SHAPES else False
    return schema


def _field(field: Field) -> dict[str, Any]:
    said = {"description": f"{field.en}\n{field.zh}"}
    if field.example:
        said["examples"] = [field.example]  # type: ignore[assignment]  # a list beside texts
    return {**said, **_kind(field.kind)}


def _kind(kind: Kind) -> dict[str, Any]:
    match kind:
        case Scalar(words=words) if words:
            return {"enum": [*words, *_as_json(words)]}
        case Scalar(pattern=pattern) if pattern:
            return {"type": ["string", "number", "boolean"], "pattern": pattern}
        case Scalar():
            return _scalar()
        case Shape(name=name):
            return {"$ref": f"#/$defs/{name}"}
        case Many(each=each):
            one = _kind(each)
            return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
        case Table(value=value, key=key, of=of):
            schema: dict[str, Any] = {"type": "object", "additionalProperties": _kind(value)}
            if key.pattern:
                schema["propertyNames"] = {"pattern": key.pattern}
            return schema if of == "obligations" else {**schema, "minProperties": 1}
        case Either(text=text, mapping=mapping, listing=listing, keyed=keyed):
            kinds = (text, mapping, listing, *(each for _, each in keyed))
            return {"anyOf": [_kind(each) for each in kinds if each is not None]}


def _scalar() -> dict[str, Any]:
    return {"type": ["string", "number", "boolean"]}


def _as_json(words: tuple[str, ...]) -> list[object]:
    """What other YAML readers make of a word before the schema sees it: ``true`` a truth value, ``1`` a number."""
    known: dict[str, object] = {"true": True, "false": False}
    return [known.get(word, int(word) if word.isdigit() else None) for word in words if word in known or word.isdigit()]
