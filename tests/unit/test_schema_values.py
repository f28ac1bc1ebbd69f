"""What readers of YAML 1.2 make of a rule file, which is what its JSON Schema sees."""

import pytest

from cyclekit.reading.compose import read_nodes
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.schema import LONGEST_NUMBER, as_json, example
from cyclekit.reading.source import Source

#: As in the core schema of YAML 1.2, section 10.3.2.
VALUES: dict[str, object] = {
    "true": True,
    "false": False,
    "'true'": "true",
    "yes": "yes",
    "null": None,
    "~": None,
    "''": "",
    "'null'": "null",
    "12": 12,
    "-12": -12,
    "+12": 12,
    "012": 12,
    "'12'": "12",
    "1.5": 1.5,
    "-1.5": -1.5,
    ".5": 0.5,
    "5.": 5.0,
    "1e3": 1000.0,
    "1.5E-1": 0.15,
    "1-2": "1-2",
    "2026-01": "2026-01",
    "12 days": "12 days",
    "9" * LONGEST_NUMBER: int("9" * LONGEST_NUMBER),
    "9" * (LONGEST_NUMBER + 1): "9" * (LONGEST_NUMBER + 1),
    "[1, a, [true]]": [1, "a", [True]],
    "{b: 1, 2: {c: ~}}": {"b": 1, "2": {"c": None}},
}


@pytest.mark.parametrize("text", VALUES)
def test_the_value_of_a_text(text: str) -> None:
    """Plain numbers and truth values are no texts there, and keys always are."""
    root, problems = read_nodes(Source("a.yaml", f"x: {text}\n"))
    assert (root is None, problems) == (False, [])
    assert root is not None
    value = as_json(root)
    assert value == {"x": VALUES[text]}
    assert isinstance(value, dict)
    assert type(value["x"]) is type(VALUES[text])


def test_examples_are_values() -> None:
    """That of a field stands in its schema as an editor would have it."""
    found = {(shape, field.name): example(field) for shape, fields in SHAPES.items() for field in fields}
    assert found["file", "cyclekit"] == 1
    assert found["obligation", "jointly"] is True
    assert found["obligation", "title"] == {"zh": "季度小结", "en": "Quarterly summary"}
    assert found["obligation", "skip"] == [8]
    assert found["dated", "date"] == "2026-04-17"
