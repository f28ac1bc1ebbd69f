"""Text to nodes: the corpus of good and bad files, and what PyYAML would do otherwise."""

import csv
import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.source import Source, decode

CORPUS = Path(__file__).parents[1] / "corpus"
GOOD = sorted((CORPUS / "good").glob("*.yaml"))
#: The kinds that this layer answers for; the rest of these groups is for the fields.
OURS = {
    "encoding",
    "encoding-ambiguous",
    "control-char",
    "invisible-char",
    "syntax",
    "tab",
    "missing-space",
    "full-width",
    "merge-conflict",
    "yaml-feature",
    "duplicate-key",
    "limit",
}
#: Full-width marks and blanks inside a value, which only its field can tell from free text.
IN_VALUES = {
    "fullwidth-comma",
    "ideographic-comma",
    "fullwidth-brackets",
    "fullwidth-version",
    "fullwidth-hyphen-date",
    "fullwidth-hash",
    "tilde-range",
    "nbsp-in-count",
}
with (CORPUS / "index.csv").open(encoding="utf-8", newline="") as _file:
    INDEX = list(csv.DictReader(_file))
BAD = [row for row in INDEX if row["group"] in {"encoding", "yaml", "text", "limit", "typing"}]
PARSERS: tuple[Parser, ...] = ("c", "pure")


def read(name: str, data: bytes, parser: Parser) -> tuple[Node | None, list[Diagnostic]]:
    """A file's nodes and all that is wrong with it so far."""
    source, problems = decode(name, data)
    if any(problem.is_error for problem in problems):
        return None, problems
    node, more = read_nodes(source, parser=parser)
    return node, [*problems, *more]


def seen(diagnostics: list[Diagnostic]) -> list[tuple[str, int, int]]:
    """Code, line and column of each."""
    return [(each.code, each.place.line, each.place.column) for each in diagnostics]


def parsed(text: str, parser: Parser = "auto", limits: Limits = Limits()) -> tuple[Node | None, Any]:
    """A text's nodes, and code, line and column of all that is wrong with it."""
    node, problems = read_nodes(Source("a.yaml", text), parser=parser, limits=limits)
    return node, seen(problems)


def tree(node: Node | None) -> Any:
    """Everything a node holds, to be compared."""
    match node:
        case Scalar():
            return node.line, node.column, node.width, node.text, node.plain, node.block, node.faulty
        case Listing():
            return node.line, node.column, node.flow, [tree(item) for item in node.items]
        case Mapping():
            return node.line, node.column, node.flow, [(tree(key), tree(value)) for key, value in node.entries]
        case _:
            return None


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_files_are_read_alike_by_both_parsers(path: Path) -> None:
    """No error, and the same tree down to the width of each scalar."""
    results = [read(path.name, path.read_bytes(), parser) for parser in PARSERS]
    assert not [problem for _, problems in results for problem in problems if problem.is_error]
    assert results[0][0] is not None
    assert tree(results[0][0]) == tree(results[1][0])


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["name"])
@pytest.mark.parametrize("parser", PARSERS)
def test_bad_files_have_one_error_at_its_place(row: dict[str, str], parser: Parser) -> None:
    """The index tells code, line and column; what only a field can see gives a tree without an error."""
    node, problems = read(row["file"], (CORPUS / row["file"]).read_bytes(), parser)
    if (row["kind"] in OURS and row["name"] not in IN_VALUES) or row["name"].startswith("only-") or node is None:
        assert seen(problems) == [(row["kind"], int(row["line"]), int(row["col"]))]
    else:
        assert not [problem for problem in problems if problem.is_error]


@pytest.mark.parametrize(
    "text", ["id: no", "day: 08", "time: 17:30", "title: 2026", "from: 2026-02-30", "a: 0x1F", "a: 1_000", "a: ~"]
)
def test_yaml_decides_nothing_about_values(text: str) -> None:
    """The text of a scalar is what was written."""
    node, problems = parsed(text)
    assert isinstance(node, Mapping)
    (value,) = [value.text for _, value in node if isinstance(value, Scalar)]
    assert (f"{node.entries[0][0].text}: {value}", problems) == (text, [])


def test_places_of_nodes() -> None:
    """A block mapping is where its first key is, a flow one its bracket, a list its first dash, a text its quote."""
    node, _ = parsed('a:\n  - b: "x"\n    c: [1]\n  - {d: 2}\ne:\n')
    assert tree(node) == (
        1,
        1,
        False,
        [
            (
                (1, 1, 1, "a", True, False, False),
                (
                    2,
                    3,
                    False,
                    [
                        (
                            2,
                            5,
                            False,
                            [
                                ((2, 5, 1, "b", True, False, False), (2, 8, 3, "x", False, False, False)),
                                (
                                    (3, 5, 1, "c", True, False, False),
                                    (3, 8, True, [(3, 9, 1, "1", True, False, False)]),
                                ),
                            ],
                        ),
                        (4, 5, True, [((4, 6, 1, "d", True, False, False), (4, 9, 1, "2", True, False, False))]),
                    ],
                ),
            ),
            ((5, 1, 1, "e", True, False, False), (5, 3, 0, "", True, False, False)),
        ],
    )


@pytest.mark.parametrize("parser", PARSERS)
def test_of_two_equal_keys_the_first_stays(parser: Parser) -> None:
    """The second is reported with the place of the first; a whole run of repeated keys once."""
    source = Source("a.yaml", "id: a\nname: b\nid: c\nname: d\nkind: e\n")
    node, problems = read_nodes(source, parser=parser)
    assert isinstance(node, Mapping)
    assert [(key.text, value.text) for key, value in node if isinstance(value, Scalar)] == [
        ("id", "a"),
        ("name", "b"),
        ("kind", "e"),
    ]
    assert [(str(problem.place), str(problem.related[0])) for problem in problems] == [("a.yaml:3:1", "a.yaml:1:1")]


def test_a_refused_character_spoils_its_text_only() -> None:
    """The rest of the file is read on, and the text is marked so that its field keeps quiet."""
    node, problems = parsed('a: x\u200by\nb: "\\a"\nc: z\n')
    assert isinstance(node, Mapping)
    values = [value for _, value in node if isinstance(value, Scalar)]
    assert [(value.text, value.faulty) for value in values] == [("xy", True), ("", True), ("z", False)]
    assert problems == [("invisible-char", 1, 5), ("control-char", 2, 4)]


def test_every_kind_of_refused_character_is_found() -> None:
    """A character that is only unusual hides none that is refused, nor does a line end one that is escaped."""
    node, problems = parsed('a: "\\ue000\\a"\nb: "x\\r\\n\\n"\n')
    assert isinstance(node, Mapping)
    assert [value.text for _, value in node if isinstance(value, Scalar)] == ["", "x\n\n"]
    assert problems == [("unusual-char", 1, 4), ("control-char", 1, 4), ("control-char", 2, 4)]


def test_limits_are_named_and_exact() -> None:
    """At the limit a file is read, above it the setting is told."""
    assert parsed("a: [[1]]", limits=Limits(depth=3))[1] == []
    assert parsed("a: [[1]]", limits=Limits(depth=2))[1] == [("limit", 1, 5)]
    assert parsed("a: bcd", limits=Limits(text=3))[1] == []
    assert parsed("a: bcd", limits=Limits(text=2))[1] == [("limit", 1, 4)]
    assert parsed("[a, b]", limits=Limits(nodes=3))[1] == []
    assert parsed("[a, b]", limits=Limits(nodes=2))[1] == [("limit", 1, 5)]
    assert parsed("a: bcd", parser="pure", limits=Limits(pure_bytes=5))[1] == [("limit", 1, 1)]
    assert parsed("a: bcd", parser="c", limits=Limits(pure_bytes=5))[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5000,
        "a: " + "{a: " * 5000,
        "? " * 5000,
        "- " * 5000,
        "\x00" * 200_000,
        "a: " + '"' * 99_999,
        "a: \t" * 20_000,
        "\xa0\n" * 50_000,
    ],
    ids=["brackets", "braces", "questions", "dashes", "nul", "quotes", "tabs", "blanks"],
)
@pytest.mark.parametrize("parser", PARSERS)
def test_hostile_files_end_soon(text: str, parser: Parser) -> None:
    """One look, a diagnostic, and no tree."""
    node, problems = parsed(text, parser)
    assert node is None
    assert 1 <= len(problems) <= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 季度\n  报告\n", [("text-over-lines", 1, 8)]),
        ("title: 季度报告 #1 上海\n", [("text-cut-short", 1, 13)]),
        ("every: quarter #每季\n", []),
        ("title: 季度报告 # 每季\n", []),
        ("title: 季\ue000度\n", [("unusual-char", 1, 9)]),
        ("title: ❤\ufe0f\u200d🔥 1\ufe0f\u20e3\n", []),
    ],
)
@pytest.mark.parametrize("parser", PARSERS)
def test_warnings_are_rare(text: str, expected: list[tuple[str, int, int]], parser: Parser) -> None:
    """Only where a text may not be what its author thinks."""
    node, problems = parsed(text, parser)
    assert node is not None
    assert problems == expected


def test_a_parser_that_is_not_there_is_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for the C parser without one raises ValueError; `auto` takes the other."""
    monkeypatch.delattr(yaml, "CSafeLoader")
    with pytest.raises(ValueError, match="c"):
        read_nodes(Source("a.yaml", "a: b"), parser="c")
    assert parsed("a: b")[1] == []


TEXTS = [path.read_bytes().decode("utf-8-sig") for path in GOOD if path.stat().st_size < 1500]
STRANGE = "\t\xa0\u3000：，、“”［］｛｝#&*!|>%@`?-:,[]{}'\"\\\n\r \x00\x7f\u200b\ufeffAx季1"


@given(
    text=st.sampled_from(TEXTS),
    at=st.integers(min_value=0),
    char=st.sampled_from(STRANGE),
    how=st.sampled_from(["delete", "double", "replace", "insert"]),
)
def test_one_wrong_character_is_read_or_told(text: str, at: int, char: str, how: str) -> None:
    """A slip of one character gives nodes or errors with both parsers, and never an exception."""
    at %= len(text)
    middle = {"delete": "", "double": text[at] * 2, "replace": char, "insert": char + text[at]}[how]
    source = Source("a.yaml", text[:at] + middle + text[at + 1 :])
    for parser in PARSERS:
        node, problems = read_nodes(source, parser=parser)
        assert node is not None or any(problem.is_error for problem in problems)
        for problem in problems:
            line = source.line(problem.place.line)
            assert 1 <= problem.place.column <= len(line) + 2


@given(st.lists(st.sampled_from([*STRANGE, "a: ", "- ", "\n  ", "key", "---", "...", "\\U00110000"])).map("".join))
def test_any_text_is_read_or_told(text: str) -> None:
    """However little it looks like YAML."""
    for parser in PARSERS:
        node, problems = read_nodes(Source("a.yaml", text), parser=parser)
        assert node is not None or any(problem.is_error for problem in problems)


def test_the_same_errors_by_both_parsers() -> None:
    """What was meant does not depend on which parser gave up, for each line of a file cut short."""
    text = (CORPUS / "good" / "001-base.yaml").read_text(encoding="utf-8")
    for at, char in itertools.product(range(0, len(text), 7), "：\t\"'[{]"):
        changed = text[:at] + char + text[at + 1 :]
        first, second = (parsed(changed, parser)[1] for parser in PARSERS)
        assert first == second, changed
