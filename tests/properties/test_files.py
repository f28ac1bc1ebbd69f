"""The order of what is written in a rule file: no key, obligation or unit has its meaning from where it stands."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.api import expand
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from cyclekit.workspace.loading import surroundings
from tests.properties.oracle import Fact, facts

RULES = sorted((Path(__file__).parents[2] / "rules" / "cn").glob("*.yaml"))
HORIZON = "2020..2028"


def read(text: str) -> tuple[Rulebook | None, list[Diagnostic]]:
    """A rule file's rulebook, and what is wrong with it."""
    file = read_rule_file(Source("shuffled.yaml", text), surroundings(RULES[0].parent))
    return file.rulebook, [each for each in file.diagnostics if each.is_error]


WRITTEN = {path.stem: path.read_text(encoding="utf-8") for path in RULES}
_EXPECTED: dict[str, list[Fact]] = {}


def expected(name: str) -> list[Fact]:
    """The schedule of a file as it is written."""
    if name not in _EXPECTED:
        book, _ = read(WRITTEN[name])
        assert book is not None
        _EXPECTED[name] = facts(expand(book, HORIZON))
    return _EXPECTED[name]


def shuffled(node: yaml.Node, data: st.DataObject, *, units: bool = False) -> yaml.Node:
    """The same file with all keys of its mappings, and its units, in another order."""
    if isinstance(node, yaml.MappingNode):
        entries = [(key, shuffled(value, data, units=key.value in ("units", "children"))) for key, value in node.value]
        order = data.draw(st.permutations(range(len(entries))))
        return yaml.MappingNode(node.tag, [entries[each] for each in order], flow_style=node.flow_style)
    if isinstance(node, yaml.SequenceNode):
        items = [shuffled(item, data) for item in node.value]
        listed = units and all(isinstance(item, yaml.MappingNode) for item in items)
        order = data.draw(st.permutations(range(len(items)))) if listed else list(range(len(items)))
        return yaml.SequenceNode(node.tag, [items[each] for each in order], flow_style=node.flow_style)
    return node


@pytest.mark.parametrize("name", WRITTEN)
def test_the_shipped_rule_files_give_something(name: str) -> None:
    """What is compared is no empty schedule."""
    assert expected(name)


@given(name=st.sampled_from(sorted(WRITTEN)), data=st.data())
def test_the_order_of_keys_and_units_in_a_file_changes_nothing(name: str, data: st.DataObject) -> None:
    """Shuffling the keys of every mapping and the list of units of a shipped file leaves its schedule as it is."""
    node = yaml.compose(WRITTEN[name], Loader=yaml.SafeLoader)
    assert node is not None
    text = yaml.serialize(shuffled(node, data), Dumper=yaml.SafeDumper, allow_unicode=True)
    book, problems = read(text)
    assert problems == []
    assert book is not None
    assert facts(expand(book, HORIZON)) == expected(name)
