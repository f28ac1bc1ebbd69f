"""yaml-language-server, which editors such as VS Code read YAML with, takes the schema of rule files."""

import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import read_nodes
from cyclekit.reading.schema import as_json, json_schema
from cyclekit.reading.source import decode
from tests.clients.language_server import Editor, editor

pytestmark = pytest.mark.clients

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
RULES = jsonschema.Draft7Validator(json_schema())
SHIPPED = sorted((ROOT / "rules").rglob("*.yaml"))


def texts(folder: str) -> list[tuple[Path, str]]:
    """The files of the corpus that are texts in UTF-8, as an editor opens them."""
    found = []
    for path in sorted((CORPUS / folder).glob("*.yaml")):
        source, problems = decode(str(path), path.read_bytes())
        if not any(each.is_error for each in problems):
            found.append((path, source.text))
    return found


def is_error(problem: Diagnostic) -> bool:
    """Whether it keeps a file from being used."""
    return problem.is_error


@pytest.fixture(scope="module")
def by_setting() -> Iterator[Editor]:
    """An editor that is told by its settings which schema files of the corpus have."""
    with editor({(ROOT / "rules" / "cyclekit.schema.json").as_uri(): "*.yaml"}) as found:
        yield found


@pytest.fixture(scope="module")
def by_line() -> Iterator[Editor]:
    """An editor without settings: files say themselves which schema they have."""
    with editor({}) as found:
        yield found


def test_nothing_is_marked_in_a_good_file(by_setting: Editor) -> None:
    """No good file of the corpus has a mark."""
    marked = by_setting.marked({path.as_uri(): text for path, text in texts("good")})
    assert len(marked) > 90
    assert {address: found for address, found in marked.items() if found} == {}


def test_what_a_schema_can_mark_is_marked(by_setting: Editor) -> None:
    """Each bad file that is YAML, and that the schema refuses by another validator, has a mark."""
    refused = {}
    for path, text in texts("bad"):
        source, _ = decode(str(path), path.read_bytes())
        root, problems = read_nodes(source)
        if root is not None and not any(map(is_error, problems)) and not RULES.is_valid(as_json(root)):
            refused[path.as_uri()] = text
    assert len(refused) > 200
    marked = by_setting.marked(refused)
    assert [address for address, found in marked.items() if not found] == []


def test_a_shipped_file_finds_its_schema(by_line: Editor) -> None:
    """The line at the head of each shipped file is followed: nothing is marked, and a key that is none is."""
    whole = {path: path.read_text(encoding="utf-8") for path in SHIPPED}
    assert not any(by_line.marked({path.as_uri(): text for path, text in whole.items()}).values())
    spoilt = {
        path.with_name(f"spoilt-{path.name}").as_uri(): re.sub(r"\bid: ", "ident: ", text, count=1)
        for path, text in whole.items()
    }
    assert all(by_line.marked(spoilt).values())


def test_keys_are_explained_and_completed(by_line: Editor) -> None:
    """Hovering over a key tells what it means in the language of the schema; the keys of a place are offered."""
    text = "# yaml-language-server: $schema={}\ncyclekit: 1\nid: a\nobligations:\n  x:\n    every: quarter\n    \n"
    chinese, english = ((ROOT / "rules" / name).as_uri() for name in ("new.zh.yaml", "new.yaml"))
    names = {chinese: "cyclekit.zh.schema.json", english: "cyclekit.schema.json"}
    by_line.marked({address: text.format(name) for address, name in names.items()})
    assert "按周期重复" in str(by_line.at("hover", chinese, 5, 6))
    assert "one occurrence a period" in str(by_line.at("hover", english, 5, 6))
    offered = {each["label"] for each in by_line.at("completion", english, 6, 4)["items"]}
    assert {"due", "title", "applies_to", "only", "exceptions"} <= offered
