"""Rule files as texts: good ones in every spelling that means the same, and bad ones with a single known defect."""

import json
import re
from collections.abc import Mapping, Sequence

import attrs
import yaml
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cyclekit.testing.trees import Tree, Word, trees

#: A text that may stand without quotes wherever a value may.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?")
#: Whoever is named here is a unit without quotes, and free text within.
_QUOTES_COUNT = frozenset({"lead", "report_to"})
COMMENTS = ("# checked", "# 注: a: [b", "#")


@attrs.frozen
class BadFile:
    """A rule file with one defect: the ``code`` of the diagnostic that it has to have, and the ``line`` it is in."""

    text: str
    code: str
    line: int


def rule_files(*, like: str | None = None) -> st.SearchStrategy[str]:
    """Rule files as YAML texts without any error; with ``like``, other spellings of that one.

    The order of keys, brackets or lines, quotes, comments and empty lines are drawn; nothing of them makes a
    difference. They shrink towards a file with one obligation, each key on a line, without quotes and comments.
    Raises InvalidArgument where ``like`` is no YAML mapping.

    >>> from hypothesis import find
    >>> find(rule_files(), lambda text: "every: month" in text).splitlines()[:2]
    ['cyclekit: 1', 'id: drawn']
    """
    if like is None:
        return trees().flatmap(spellings)
    try:
        node = yaml.compose(like, Loader=yaml.BaseLoader)
    except yaml.YAMLError as fault:
        raise InvalidArgument("what is written here is no YAML") from fault
    tree = _tree(node, "")
    if not isinstance(tree, Mapping):
        raise InvalidArgument("what is written here is no mapping, so no rule file")
    return spellings(tree)


def _tree(node: yaml.Node | None, key: str) -> Tree:
    match node:
        case yaml.MappingNode(value=entries):
            return {each.value: _tree(value, each.value) for each, value in entries}
        case yaml.SequenceNode(value=items):
            return [_tree(each, key) for each in items]
        case yaml.ScalarNode(value=text, style=style):
            return Word(text, fixed=key in _QUOTES_COUNT, quoted=style in ("'", '"'))
        case _:
            return Word("")


@st.composite
def spellings(draw: st.DrawFn, tree: Mapping[str, Tree]) -> str:
    """One way to write what a tree says."""
    pen = _Pen(draw)
    lines = pen.block(tree, 0)
    return "".join(f"{line}\n" for line in lines)


class _Pen:
    """Writes a tree, asking at each turn how."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._freely = draw(st.booleans())

    def _chance(self, one_in: int) -> bool:
        return self._freely and self._draw(st.integers(0, one_in - 1)) == one_in - 1

    def _entries(self, tree: Mapping[str, Tree]) -> list[tuple[str, Tree]]:
        entries = list(tree.items())
        return list(self._draw(st.permutations(entries))) if self._chance(2) else entries

    def block(self, tree: Mapping[str, Tree], indent: int) -> list[str]:
        """A mapping as lines."""
        lines: list[str] = []
        blank = " " * indent
        for key, value in self._entries(tree):
            if self._chance(6):
                lines.append(self._draw(st.sampled_from(["", *(blank + each for each in COMMENTS)])))
            lead = f"{blank}{self.word(Word(key))}:"
            if isinstance(value, Mapping) and value and not self._chance(3):
                lines += [lead, *self.block(value, indent + 2)]
            elif isinstance(value, Sequence) and not isinstance(value, Word) and self._chance(2):
                lines += [lead, *(f"{blank}  - {self.flow(each)}" for each in value)]
            else:
                tail = f"  {self._draw(st.sampled_from(COMMENTS))}" if self._chance(6) else ""
                lines.append(f"{lead} {self.flow(value)}{tail}")
        return lines

    def flow(self, tree: Tree) -> str:
        """A tree on one line."""
        if isinstance(tree, Word):
            return self.word(tree)
        if isinstance(tree, Mapping):
            return (
                "{" + ", ".join(f"{self.word(Word(key))}: {self.flow(each)}" for key, each in self._entries(tree)) + "}"
            )
        return "[" + ", ".join(map(self.flow, tree)) + "]"

    def word(self, word: Word) -> str:
        """A text with or without quotes."""
        text = word.text
        plain = _PLAIN.fullmatch(text) is not None
        if word.fixed and not word.quoted and plain:
            return text
        if plain and not (word.fixed and word.quoted) and not self._chance(4):
            return text
        if "\n" not in text and self._chance(2):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)


#: What stands in an obligation that is wrong in one thing, the code that tells it, and in which of these lines it is.
DEFECTS: tuple[tuple[tuple[str, ...], str, int], ...] = (
    (("  wrong:", "    every: quater"), "bad-value", 2),
    (("  wrong:", "    evry: quarter"), "unknown-key", 2),
    (("  wrong:", "    every: month", "    from: 2026-02-30"), "bad-date", 3),
    (("  wrong:", "    every: month", "    due: {day: 32}"), "out-of-range", 3),
    (("  wrong:", "    every: month", "    due:"), "empty", 3),
    (("  wrong:", "    every: month", "    every: quarter"), "duplicate-key", 3),
    (("  wrong:", "    once: 2026-06", "    standing: true"), "conflict", 3),
    (("  wrong:", "    once: 2026-06..05"), "empty-range", 2),
    (("  wrong:", "    applies_to: nobody-here", "    every: month"), "unknown-reference", 2),
    (("  wrong:", "    every: month", "    absorbs: [nothing-there]"), "unknown-reference", 3),
    (("  wrong:", "    every: month", "    calendar: XX-NOWHERE"), "unknown-reference", 3),
    (("  wrong:", "    every: quarter", "    exceptions: {2026-05: {waived: no}}"), "unknown-reference", 3),
    (("  年报:", "    every: year"), "bad-id", 1),
    (("  wrong:", "    every：month"), "full-width", 2),
    (("  wrong:", "\tevery: month"), "tab", 2),
    (("  wrong:", "    every: month", "    quota: {at_least: 0}"), "no-effect", 3),
)


@st.composite
def bad_rule_files(draw: st.DrawFn) -> BadFile:
    """Rule files with one defect, and where it is.

    What stands before it is a good file; they shrink towards a file with one good obligation and a misspelt cycle.

    >>> from hypothesis import find
    >>> find(bad_rule_files(), lambda bad: bad.code == "bad-date").line
    8
    """
    tree = dict(draw(trees()))
    pen = _Pen(draw)
    head = {key: value for key, value in tree.items() if key != "obligations"}
    lines = [*pen.block(head, 0), "obligations:", *pen.block(_mapping(tree["obligations"]), 2)]
    defect, code, place = draw(st.sampled_from(DEFECTS))
    return BadFile("".join(f"{line}\n" for line in (*lines, *defect)), code, len(lines) + place)


def _mapping(tree: Tree) -> Mapping[str, Tree]:
    if not isinstance(tree, Mapping):
        raise TypeError(tree)
    return tree
