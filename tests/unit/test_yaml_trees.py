"""The nodes of a YAML text: their places and widths, by both parsers; tabs that are blanks; and limits."""

import pytest

from cyclekit.diagnostics import Place
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.source import Source
from tests.unit.marked import NAME, nodes_of, told, unmarked

PARSERS: tuple[Parser, ...] = ("c", "pure")
BELL, ZERO_WIDTH = "\x07", "\u200b"
#: Tabs at the end of a line, alone on it, in front of a comment, or between the values of a list.
HARMLESS_TABS = [
    "a: b{}\n",
    "a: b{}# c\n",
    "a:{}\n  b: c\n",
    "a:{}# x\n  b: c\n",
    "-{}\n  a: b\n",
    "a: 'b'{}\n",
    'a: "b"{}# c\n',
    'a: "b\n  c"{}\nd: e\n',
    "a: [b]{}\n",
    "a: {{b: c}}{}# d\n",
    "a: [b,\n  c]{}\nd: e\n",
    "a: [b,{}c]\n",
    "a: ['b'{}, c{}]\n",
    "a: [b,\n{}c]\n",
    "a: |{}\n  b\n",
    "a: >-{}# c\n  b\n",
    "a: |2{}\n  b\n",
    "---{}\na: b\n",
    "---{}# c\na: b\n",
    "a: b\n...{}\n",
    "{}\na: b\n",
    "a: b\n{}\nc: d\n",
    "a: b\n{}# c\nd: e\n",
    "a:\n  b: c\n  {}# d\n  e: f\n",
    "a: |\n  b\n{}\n  c\nd: e\n",
    "a: one\n{}\n  two\nb: c\n",
]


def scalars(node: Node | None) -> list[tuple[str, int, int, int, str]]:
    """The texts of a tree in their order: text, line, column, width, and what they are besides."""
    match node:
        case Mapping():
            return [each for key, value in node.entries for part in (key, value) for each in scalars(part)]
        case Listing():
            return [each for item in node.items for each in scalars(item)]
        case Scalar():
            kinds = {"plain": node.plain, "block": node.block, "faulty": node.faulty, "absent": node.absent}
            what = " ".join(kind for kind, holds in kinds.items() if holds)
            return [(node.text, node.line, node.column, node.width, what)]
        case _:
            return []


#: Texts, and their scalars: keys and values in the order of the file.
TREES = {
    "a: |\n  x\nb: >-   # c\n  y\nc: |2+  \n    z\n": [
        *(("a", 1, 1, 1, "plain"), ("x\n", 1, 4, 1, "block")),
        *(("b", 3, 1, 1, "plain"), ("y", 3, 4, 2, "block")),
        *(("c", 5, 1, 1, "plain"), ("  z\n", 5, 4, 3, "block")),
    ],
    "a: one  \n  two # c\nb: 'one\n\n  two'\nc: \"x\"  # d\n": [
        *(("a", 1, 1, 1, "plain"), ("one two", 1, 4, 3, "plain")),
        *(("b", 3, 1, 1, "plain"), ("one\ntwo", 3, 4, 4, "")),
        *(("c", 6, 1, 1, "plain"), ("x", 6, 4, 3, "")),
    ],
    # Where nothing stands: behind the colon, or behind a key without one.
    "a:\nb: # c\nd: {e: , 'f' : , gh, i:\n  }\n": [
        *(("a", 1, 1, 1, "plain"), ("", 1, 3, 0, "plain absent")),
        *(("b", 2, 1, 1, "plain"), ("", 2, 3, 0, "plain absent")),
        *(("d", 3, 1, 1, "plain"),),
        *(("e", 3, 5, 1, "plain"), ("", 3, 7, 0, "plain absent")),
        *(("f", 3, 10, 3, ""), ("", 3, 15, 0, "plain absent")),
        *(("gh", 3, 18, 2, "plain"), ("", 3, 20, 0, "plain absent")),
        *(("i", 3, 22, 1, "plain"), ("", 3, 24, 0, "plain absent")),
    ],
    # What a refused character spoils: its text, without it.
    f'a: x{BELL}y{ZERO_WIDTH}\nb: "\\a\\u5b63"\nc{BELL}: "\\ue000"\nd: \'\'\n': [
        *(("a", 1, 1, 1, "plain"), ("xy", 1, 4, 4, "plain faulty")),
        *(("b", 2, 1, 1, "plain"), ("季", 2, 4, 10, "faulty")),
        *(("c", 3, 1, 2, "plain faulty"), ("\ue000", 3, 5, 8, "")),
        *(("d", 4, 1, 1, "plain"), ("", 4, 4, 2, "")),
    ],
    # Of two equal keys the first stays, in its place.
    "a: {b: 1, b: 2, c: 3, b: 4}\nd: [{e: 5, e: 6}, {e: 7}]\na: 8\n": [
        *(("a", 1, 1, 1, "plain"), ("b", 1, 5, 1, "plain"), ("1", 1, 8, 1, "plain")),
        *(("c", 1, 17, 1, "plain"), ("3", 1, 20, 1, "plain")),
        *(("d", 2, 1, 1, "plain"), ("e", 2, 6, 1, "plain"), ("5", 2, 9, 1, "plain")),
        *(("e", 2, 20, 1, "plain"), ("7", 2, 23, 1, "plain")),
    ],
    # Question marks are text.
    "a?: b ?c? d ?\ne: [f?, g ?h, i-?]\n": [
        *(("a?", 1, 1, 2, "plain"), ("b ?c? d ?", 1, 5, 9, "plain")),
        *(("e", 2, 1, 1, "plain"), ("f?", 2, 5, 2, "plain"), ("g ?h", 2, 9, 4, "plain"), ("i-?", 2, 15, 3, "plain")),
    ],
    "- ~\n- no\n- 010\n- '1'\n- <<\n": [
        *(("~", 1, 3, 1, "plain"), ("no", 2, 3, 2, "plain"), ("010", 3, 3, 3, "plain")),
        *(("1", 4, 3, 3, ""), ("<<", 5, 3, 2, "plain")),
    ],
}
#: Limits, texts at them, and texts above, with what is told.
LIMITED: list[tuple[Limits, str, str, str]] = [
    (Limits(depth=2), "a: [1]\n", "a: [«[»1]]\n", "limit limit-depth | limit=2 | setting=depth"),
    (Limits(depth=2), "a:\n  b: 1\n", "a:\n  b:\n    «-» 1\n", "limit limit-depth | limit=2 | setting=depth"),
    (Limits(nodes=5), "a: [b, c]\n", "a: [b, c, «d»]\n", "limit limit-nodes | limit=5 | setting=nodes"),
    (Limits(nodes=4), "a: [b]\n", "a: [b, «[»c]]\n", "limit limit-nodes | limit=4 | setting=nodes"),
    (Limits(nodes=3), "a: {}\n", "a: {b: «c»}\n", "limit limit-nodes | limit=3 | setting=nodes"),
    (Limits(text=3), "abc: def\n", "abc: «defg»\n", "limit limit-text | limit=3 | setting=text | found=4"),
    (Limits(text=3), "abc: def\n", "«abcde»: def\n", "limit limit-text | limit=3 | setting=text | found=5"),
]


@pytest.mark.parametrize("parser", PARSERS)
def test_trees(parser: Parser) -> None:
    """Each scalar is where it stands, as wide as it is there, and says what was written."""
    found = {text: scalars(read_nodes(Source(NAME, text), parser=parser)[0]) for text in TREES}
    assert found == TREES


@pytest.mark.parametrize("parser", PARSERS)
def test_limits(parser: Parser) -> None:
    """What is at a limit is read; what is above is told where it is, with the setting that raises it."""
    for limits, inside, outside, line in LIMITED:
        assert read_nodes(Source(NAME, inside), parser=parser, limits=limits)[1] == [], inside
        found, wanted = nodes_of(parser, {outside: (line,)}, limits)
        assert found == wanted
    title = Source(NAME, "a: 季\n")
    assert read_nodes(title, parser=parser, limits=Limits(pure_bytes=7))[1] == []
    too_large = told(read_nodes(title, parser=parser, limits=Limits(pure_bytes=6))[1], unmarked(""))
    above = (Place(NAME, 1, 1), "limit limit-pure-bytes | limit=6 | setting=pure_bytes | found=7")
    assert too_large == ([above] if parser == "pure" else [])


@pytest.mark.parametrize("parser", PARSERS)
def test_harmless_tabs(parser: Parser) -> None:
    """A tab that only parts one thing from the next is a blank: the tree is the same."""
    for text in HARMLESS_TABS:
        blank, tab = (read_nodes(Source(NAME, text.format(*[gap] * 2)), parser=parser) for gap in ("  ", " \t"))
        assert tree(tab[0]) == tree(blank[0]) is not None, text
        assert tab[1] == blank[1], text


def tree(node: Node | None) -> object:
    """All that a node says, and where."""
    match node:
        case Mapping():
            return node.line, node.column, node.flow, [(tree(key), tree(value)) for key, value in node.entries]
        case Listing():
            return node.line, node.column, node.flow, [tree(each) for each in node.items]
        case Scalar():
            return node.line, node.column, node.width, node.text, node.plain, node.block, node.faulty
        case _:
            return None
