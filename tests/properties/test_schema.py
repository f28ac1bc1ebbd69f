"""The schema and the reader accept the same files, up to what a schema cannot say."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import read_nodes
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.schema import as_json, example, json_schema
from cyclekit.reading.source import Source, decode
from cyclekit.words.messages import MESSAGES
from cyclekit.workspace.loading import surroundings

ROOT = Path(__file__).parents[2]
GOOD = sorted((ROOT / "tests" / "corpus" / "good").glob("*.yaml"))
SHIPPED = sorted(path for path in (ROOT / "rules").rglob("*.yaml") if ".units." not in path.name)
RULES = jsonschema.Draft7Validator(json_schema())
UNITS = jsonschema.Draft7Validator(json_schema("units"))
AROUND = surroundings(ROOT / "tests" / "corpus" / "good")

#: The messages of what a schema cannot say, by why it cannot; some of them for one key only, which stands behind.
BEYOND = frozenset(
    {
        # which days there are, and which lie before which
        *("date-day", "date-month-day", "date-week", "date-fiscal", "date-month", "date-year", "date-no-day"),
        *("empty-range", "empty-bounds", "before-year-1", "until-before-start", "year-start-leap", "date-form"),
        # what the file, its units and the world around it name
        *("unknown-who", "unknown-person", "unknown-attribute", "unknown-value", "unknown-unit", "unknown-calendar"),
        *("unknown-timezone", "unknown-obligation", "unknown-holiday", "nobody-left", "nobody-matched"),
        *(
            "unit-and-kind",
            "lead-outside",
            "excepts-nobody",
            "full-width-mark",
            "no-own-period",
            "no-such-due",
            "nobody-then",
        ),
        *("missing-file", "no-calendar", "no-unit-calendar", "idle-calendar", "reserved-calendar"),
        *("known-calendar", "reserved-id", "reserved-attribute", "device-id", "bad-dates-label", "bad-period-label"),
        # what stands twice, in another order or in a circle
        *(
            "duplicate-unit",
            "case-twins",
            "position-twice",
            "date-twice",
            "target-twice",
            "same-change",
            "out-of-order",
        ),
        *("cycle-of-triggers", "cycle-of-absorbs", "cycle-of-units", "cycle-of-calendars", "overlapping-periods"),
        *("announced-before", "which-due", "joint-exception", "joint-change"),
        # what follows from the cycle, the trigger or the defaults
        *("missing-origin", "origin-settled", "origin-inside-month", "named-without-start", "stub-without-bounds"),
        *("no-positions", "position-of-other-cycle", "missing-positions", "one-weekday-a-week", "no-trigger"),
        *("hours-without-trigger", "extend-without-opens", "idle-month-end", "anchor-beside-date", "time-beside-hours"),
        *("from-inside-period", "change-without-periods", "other-timing", "empty-change", "change-after-end"),
        *("no-rule-fires", "never-worked", "by-period-in-list", "missing-anchor", "impossible-quota"),
        *(
            "missing-key nth",
            "missing-key lead",
            "no-effect origin",
            "no-effect year_start",
            "no-effect calendar",
            "no-effect month_end",
        ),
        # what a number says beside another
        "at-least-nothing",
    }
)


def parsed(path: Path) -> Any:
    """A rule file as readers of YAML 1.2 have it."""
    source, _ = decode(str(path), path.read_bytes())
    root, _ = read_nodes(source)
    assert root is not None
    return as_json(root)


DOCUMENTS = [parsed(path) for path in GOOD if path.stat().st_size < 2000]
#: Values of every field, as their examples and the corpus have them, and what people mistake them for.
SAMPLES = [example(field) for fields in SHAPES.values() for field in fields]
STRAYS: list[Any] = [
    "",
    "x",
    "2026-02-30",
    "2026-13",
    "08",
    0,
    1,
    -1,
    32,
    400,
    True,
    False,
    [],
    {},
    [[]],
    "last",
    "0 days",
]
KEYS = sorted({field.name for fields in SHAPES.values() for field in fields})


@pytest.mark.parametrize("path", [*GOOD, *SHIPPED], ids=lambda path: path.stem)
def test_the_schema_takes_what_is_accepted(path: Path) -> None:
    """Nothing in a file without errors is marked."""
    assert [each.message for each in RULES.iter_errors(parsed(path))] == []


def test_the_schema_takes_files_of_units() -> None:
    """A list of units and a tree are both taken, and a rule file is none."""
    assert UNITS.is_valid(parsed(ROOT / "rules" / "us" / "sec-filers.units.yaml"))
    assert UNITS.is_valid({"id": "hq", "children": [{"id": "sh", "region": "east"}]})
    assert not UNITS.is_valid({"cyclekit": 1, "id": "a", "obligations": {"x": {"every": "month"}}, "children": 3})


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document, from the top on."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*path, key))


def changed(draw: st.DrawFn, document: Any) -> None:
    """Change a document in one place: a value or a key becomes another, or goes, or one more comes in."""
    path = draw(st.sampled_from(list(places(document))[1:]))
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    last = path[-1]
    # Copies, since what is put in may be changed next.
    samples = st.sampled_from(SAMPLES + STRAYS).map(deepcopy)
    match draw(st.sampled_from(["value", "key", "gone", "more"])):
        case "key" if isinstance(inner, dict):
            inner[draw(st.sampled_from(KEYS))] = inner.pop(last)
        case "gone":
            del inner[last]
        case "more" if isinstance(inner, dict):
            inner[draw(st.sampled_from(KEYS))] = draw(samples)
        case "more":
            inner.insert(last, draw(samples))
        case _:
            inner[last] = draw(samples)


@st.composite
def documents(draw: st.DrawFn) -> Any:
    """A rule file of the corpus with one or two things changed in it."""
    document = deepcopy(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 2))):
        if isinstance(document, dict) and document:
            changed(draw, document)
    return document


def is_beyond(error: Diagnostic) -> bool:
    """Whether a schema cannot say it."""
    return bool({error.message, f"{error.message} {error.values.get('key', '')}"} & BEYOND)


@given(document=documents())
def test_the_schema_and_the_reader_agree(document: Any) -> None:
    """What the reader accepts the schema accepts; what the schema accepts is refused for what it cannot say."""
    file = read_rule_file(Source("a.yaml", json.dumps(document, ensure_ascii=False)), AROUND)
    errors = [each for each in file.diagnostics if each.is_error]
    marked = [f"{list(each.absolute_path)}: {each.message}" for each in RULES.iter_errors(document)]
    if errors and not marked:
        assert [each for each in errors if not is_beyond(each)] == []
    if not errors:
        assert marked == []


def test_what_is_beyond_a_schema_is_told_by_the_reader() -> None:
    """Each of the listed messages is one of the catalogue."""
    assert sorted({each.partition(" ")[0] for each in BEYOND} - set(MESSAGES)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_examples_are_accepted(shape: str) -> None:
    """The example of each field is one of what the schema takes there."""
    for field in SHAPES[shape]:
        inner = json_schema()["definitions"].get(shape, json_schema())["properties"][field.name]
        validator = jsonschema.Draft7Validator({**inner, "definitions": json_schema()["definitions"]})
        assert validator.is_valid(example(field)), field.name
