"""However a rule file is laid out, evening it out changes nothing that it says, and is done after one time."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.reading.compose import read_nodes
from cyclekit.reading.layout import evened, is_same
from cyclekit.reading.source import Source

RULES = sorted((Path(__file__).parents[2] / "rules" / "cn").glob("*.yaml"))


def laid_out(node: yaml.Node, data: st.DataObject) -> yaml.Node:
    """The same tree with braces here and blocks there, and with other quotes."""
    if isinstance(node, yaml.MappingNode):
        entries = [(key, laid_out(value, data)) for key, value in node.value[:6]]
        return yaml.MappingNode(node.tag, entries, flow_style=data.draw(st.booleans()))
    if isinstance(node, yaml.SequenceNode):
        items = [laid_out(item, data) for item in node.value[:4]]
        return yaml.SequenceNode(node.tag, items, flow_style=data.draw(st.booleans()))
    style = data.draw(st.sampled_from(["", "'", '"', "|", ">"])) if len(node.value) > 3 else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", node.value, style=style or None)


def blanks_added(text: str, data: st.DataObject) -> str:
    """Blanks where they say nothing: behind colons, at the ends of lines, empty lines, comments."""
    found = []
    for line in text.split("\n"):
        more = data.draw(st.sampled_from(["", "", "", "  ", " # note", "\n\n"]))
        plain = line.strip() and not any(sign in line for sign in "'\"|>#") and not line.startswith(" ")
        found.append(line.replace(": ", ":  ", 1) + more if plain else line)
    return "\n".join(found)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
@given(data=st.data())
def test_any_layout_says_the_same(path: Path, data: st.DataObject) -> None:
    """What was evened out has the same tree as before, and does not change a second time."""
    tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert tree is not None
    indent, width = data.draw(st.integers(2, 9)), data.draw(st.sampled_from([40, 80, 1000]))
    text = yaml.serialize(laid_out(tree, data), Dumper=yaml.SafeDumper, indent=indent, width=width, allow_unicode=True)
    source = Source("a.yaml", blanks_added(text, data))
    before, problems = read_nodes(source)
    once = evened(source)
    if before is None or any(each.is_error for each in problems):
        assert once is None
        return
    assert once is not None
    after, _ = read_nodes(Source("a.yaml", once))
    assert after is not None
    assert is_same(before, after)
    assert evened(Source("a.yaml", once)) == once
