"""Slips of the pen in YAML, and files that are none: each told where it is, the same by either parser."""

from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.model.compact import Texts
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.foreign import ambiguous_in, guessed_encoding, wide_encoding
from cyclekit.reading.kinds import Scalar
from cyclekit.reading.known import NoCalendars, Surroundings
from cyclekit.reading.layout import evened
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node
from cyclekit.reading.references import References
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.schema import _Schema, as_json, example
from cyclekit.reading.source import Source
from cyclekit.reading.tables import read_table
from cyclekit.words.messages import headline
from cyclekit.workspace.loading import load_files

PARSERS: tuple[Parser, ...] = ("c", "pure")

#: A text, and what is wrong with it: message, line and column.
SLIPS = {
    "a text that begins with an at sign": ("- @\n\n  c\n", [("text-begins-with", 1, 3)]),
    "a bracket where a line should begin": (":\n}\n", [("key-absent", 1, 1)]),
    "a quote behind the last dash": ('- "\n', [("quote-open", 1, 3)]),
    "a fence that is indented by a tab": ("\t```\n", [("tab-indent", 1, 1)]),
    "a wide blank in the first line of a list's entry": (
        "- every:\u3000quarter\n  due: x\n",
        [("full-width-space", 1, 9)],
    ),
    "a wide blank alone on a line": ("a: b\n\n\u3000\n", [("full-width-space", 3, 1)]),
    "a colon behind a title in quotes": ("title: 'Q1': report\n", [("colon-in-text", 1, 12)]),
    "a comma behind brackets": ("tags: [a], b\n", [("text-after-quote", 1, 10)]),
    "brackets as a key": ("a: [b]: c\n", [("yaml-complex-key", 1, 4)]),
    "braces as a key": ("a: {b: c}: d\n", [("yaml-complex-key", 1, 4)]),
    "a tab before a key with a block of text": ("\ta: |\n  text\n", [("tab-indent", 1, 1)]),
    "an open bracket behind a block of text": ("a: |\n  text\nb: [", [("bracket-open", 3, 4)]),
    "a colon without a key in braces": ("a: {: b}\n", [("key-absent", 1, 5)]),
    "a lone ampersand in brackets": ("a: [& b]\n", [("text-begins-with", 1, 5)]),
    "a comment of another language in open brackets": ("a: [// b\n", [("comment-slashes", 1, 5)]),
    "two colons in brackets": ("a: [b: : c]\n", [("colon-in-text", 1, 8)]),
    "a second colon behind quotes": ("a: {b: 'c': d}\n", [("colon-in-text", 1, 11)]),
    "a tag above a tab": ("a: !t b\n\tb: c\n", [("tab-indent", 2, 1)]),
    "a mark in brackets that begins no text": ("a: [@b]\n", [("text-begins-with", 1, 5)]),
    "two texts in brackets without a comma": ('a: ["b" c]\n', [("comma-missing", 1, 9)]),
    "more behind a quote": ("a: 'b' c\n", [("text-after-quote", 1, 8)]),
    "a wide blank in the one line of an entry": ("x:\n  a:\u3000b\n", [("full-width-space", 2, 5)]),
    "a wide blank in the first line of all": ("every:\u3000quarter\ndue: x\n", [("full-width-space", 1, 7)]),
    "a question with a wide colon": ("? a b：c\n", [("yaml-complex-key", 1, 1)]),
    "an alias": ("*b\n", [("yaml-alias", 1, 1)]),
    "an alias behind a tab": ("\u3000*b\n", [("full-width-space", 1, 1)]),
    "nothing that has a name": ("b: {e: ?f}\n", [("syntax", 1, 8)]),
    "a bracket below a tab": ("\t\n\n{", [("bracket-open", 3, 1)]),
    "a directive behind the end": ("a: b\n...\n%YAML 1.1\n---\nc: d\n", [("yaml-directive", 3, 1)]),
    "a question without a key": ("\n? \n", [("key-absent", 2, 2)]),
    "a question below a comment": ("# what?\n? a: b\n", [("yaml-complex-key", 2, 1)]),
    "a question deeper than a comment": ("a: b\n# c ?\n   ? d\n", [("syntax", 3, 4)]),
    "a merge key": ("a: <<\n<<: b\n", [("yaml-merge", 2, 1)]),
    "an escape that is no character, in a key": ('"\\UFFFFFFFF": a\n', [("escape-no-character", 1, 1)]),
    "half a pair of surrogates, in a key": ('a:\n  "b\\ud800": 1\n', [("escape-no-character", 2, 3)]),
    "an escape that there is not, in a key": ('"b\\q": 1\n', [("escape-unknown", 1, 3)]),
    "one escape twice": ('a: "\\u200b\\u200b"\n', [("invisible-char-escaped", 1, 4)]),
    "two escapes of a kind": ('a: "\\u200b\\u200c"\n', [("invisible-char-escaped", 1, 4)]),
    "an escape of what also stands there as it is": ('a: "\\ufffd"\n# \ufffd\n', [("unusual-char", 2, 3)]),
    "an escape of what is merely unusual": ('a: "\\ufffd"\n', [("unusual-char-escaped", 1, 4)]),
}


def told(diagnostics: Sequence[Diagnostic]) -> list[tuple[str, int, int]]:
    """Message, line and column of each."""
    return [(each.message, each.place.line, each.place.column) for each in diagnostics]


@pytest.mark.parametrize("case", SLIPS)
@pytest.mark.parametrize("parser", PARSERS)
def test_a_slip_is_told_where_it_is(case: str, parser: Parser) -> None:
    """With the same message at the same place, whichever parser is at hand."""
    text, expected = SLIPS[case]
    _, found = read_nodes(Source("a.yaml", text), parser=parser)
    assert told(found) == expected
    assert all(headline(each) != headline(each, "zh") for each in found)


@pytest.mark.parametrize("text", ['? "\\UFFFFFFFF"\n', '|\n"\\UFFFFFFFF"\n'])
def test_an_escape_that_was_not_seen_before_is_told_by_the_parser_in_python(text: str) -> None:
    """It raises where libyaml finds another fault first: no exception comes out, and the escape is pointed at."""
    _, found = read_nodes(Source("a.yaml", text), parser="pure")
    line = text.count("\n", 0, text.index("\\")) + 1
    assert told(found) == [("escape-no-character", line, text.split("\n")[line - 1].index("\\") + 1)]


RIGHT = {
    "a dash with a tab behind it": ("a:\n  -\t\n  - b\n", {"a": [None, "b"]}),
    "a wide blank in a text of three lines": ("x\n\n\u3000", "x\n\u3000"),
    "a dash at the end": ("-\t\n", [None]),
    "question marks within": ("# ?\na ? b: c\n", {"a ? b": "c"}),
    "nothing, in three ways": ("a: null\nb: ~\nc:\n", {"a": None, "b": None, "c": None}),
    "numbers and truth": ("a: -12\nb: 1.5\nc: true\nd: 'true'\n", {"a": -12, "b": 1.5, "c": True, "d": "true"}),
}


@pytest.mark.parametrize("case", RIGHT)
@pytest.mark.parametrize("parser", PARSERS)
def test_what_looks_like_a_slip_may_be_right(case: str, parser: Parser) -> None:
    """It is read without a diagnostic, as other readers of YAML have it."""
    text, expected = RIGHT[case]
    root, found = read_nodes(Source("a.yaml", text), parser=parser)
    assert told(found) == []
    assert root is not None
    assert as_json(root) == expected


def test_a_list_of_too_many_nodes_is_refused_where_it_begins() -> None:
    """The limit counts texts, lists and mappings: here the fourth is a list."""
    _, found = read_nodes(Source("a.yaml", "a: b\nc: [d]\n"), limits=Limits(nodes=4))
    assert told(found) == [("limit-nodes", 2, 4)]
    assert found[0].values["setting"] == "nodes"


def test_nodes_are_shown_with_their_places() -> None:
    """A text with its line and column, and what holds others by those."""
    root, _ = read_nodes(Source("a.yaml", "a: [b]\n"))
    assert repr(root) == "Mapping([(Scalar('a', 1:1), Listing([Scalar('b', 1:5)]))])"
    assert isinstance(root, Mapping)
    assert [(key.text, isinstance(value, Listing)) for key, value in root] == [("a", True)]


# --------------------------------------------------------------------------------------------- encodings

ASCII = "cyclekit: 1\nid: demo\n"


@pytest.mark.parametrize("encoding", ["UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"])
def test_wide_encodings_are_known_without_a_mark(encoding: str) -> None:
    """By where the zeros of ASCII keys stand."""
    assert wide_encoding(ASCII.encode(encoding)) == encoding


def test_zeros_alone_are_no_wide_encoding() -> None:
    """In a text that has zeros anywhere, or nowhere, no other encoding is seen."""
    assert wide_encoding(b"\0\0" + ASCII.encode()) is None
    assert wide_encoding(b"\0" * 8) is None


def test_ascii_needs_no_guess() -> None:
    """No byte of it tells one encoding from another."""
    assert guessed_encoding(ASCII.encode()) is None


def test_what_is_no_gbk_is_not_ambiguous() -> None:
    """The three bytes of a euro sign are no two characters of GBK."""
    assert ambiguous_in("fee: €", "fee: €".encode()) is None


# ----------------------------------------------------------------------------------------------- layouts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("   # first\na: 1\n", "   # first\na: 1\n"),
        ("a:\n    b: 1\n\n    # end\nc: 2\n", "a:\n  b: 1\n\n  # end\nc: 2\n"),
        ("a:\n    b: 1\n\n      # deeper\nc: 2\n", "a:\n  b: 1\n\n    # deeper\nc: 2\n"),
    ],
)
def test_comments_stay_with_what_they_are_about(text: str, expected: str) -> None:
    """One that ends a block moves with it; one before everything stays in its column."""
    assert evened(Source("a.yaml", text)) == expected


# ---------------------------------------------------------------------------------------------- the files

FILE = "cyclekit: 1\nid: demo\nobligations: {b: {every: month}, c: {every: year}}\nunits: "


def test_without_surroundings_there_is_nothing() -> None:
    """No calendar, no file, no table and no database: what a rule file names of them is not there."""
    assert not NoCalendars().knows("CN")
    assert NoCalendars().near("CM") == ""
    assert NoCalendars().holiday_names("CN") == frozenset()
    around = Surroundings()
    assert around.units_file("x.csv") is None
    assert around.units_table("x.xlsx") is None
    refusal = around.units_query("select 1", "URL")
    assert isinstance(refusal, Refusal)
    assert refusal.values == {"name": "URL"}


@pytest.mark.parametrize("units", ["x.csv", "x.units.yaml", "x.xlsx", "{sql: select 1, url_env: DATABASE}"])
def test_units_that_are_not_there(units: str) -> None:
    """A file, a table or a database that nobody hands over is missing, where it is named."""
    found = read_rule_file(Source("a.yaml", f"{FILE}{units}\n"))
    assert [(each.code, each.place.line, each.place.column) for each in found.diagnostics] == [("missing-file", 4, 8)]


@pytest.mark.parametrize(
    ("limits", "setting", "place"),
    [
        (Limits(inline_units=1), "inline_units", (4, 8)),
        (Limits(obligations=1), "obligations", (3, 34)),
    ],
)
def test_a_file_of_too_many(limits: Limits, setting: str, place: tuple[int, int]) -> None:
    """Units at their list, obligations at the first too many; the setting that raises the limit is named."""
    found = read_rule_file(Source("a.yaml", f"{FILE}[{{id: x}}, {{id: y}}]\n"), limits=limits)
    assert [(each.code, each.values["setting"], each.place.line, each.place.column) for each in found.diagnostics] == [
        ("limit", setting, *place)
    ]
    assert found.rulebook is None


def test_an_attribute_is_a_text() -> None:
    """A list where a text should stand is refused at the list."""
    found = read_rule_file(Source("a.yaml", f"{FILE}[{{id: x, region: [north]}}]\n"))
    assert told(found.diagnostics) == [("expected-text", 4, 25)]


def test_places_are_a_mapping() -> None:
    """Of each obligation, by its id; a unit without an id has none. What is not there raises KeyError."""
    places = read_rule_file(Source("a.yaml", f"{FILE}[{{id: x, children: [{{id: y}}]}}, {{name: z}}]\n")).places
    assert list(places) == [("b", ""), ("c", "")]
    assert len(places) == 2
    assert (places["b", ""].line, places["b", ""].column) == (3, 15)
    assert sorted(places.units()) == ["x", "y"]
    with pytest.raises(KeyError):
        places["d", ""]


def test_a_calendar_of_its_own_has_a_place() -> None:
    """Its id, where it is written; one that is not there has none."""
    text = "cyclekit: 1\nid: x\ncalendars: {court: {base: weekdays}}\nobligations: {a: {every: month}}\n"
    places = read_rule_file(Source("a.yaml", text)).places
    assert (places["", "calendars.court"].line, places["", "calendars.court"].column) == (3, 13)
    assert (places["", "id"].line, places["", "id"].column) == (2, 5)
    with pytest.raises(KeyError):
        places["", "calendars.plant"]


def test_the_extent_of_an_obligation_ends_in_its_lists() -> None:
    """At the last entry of a list, or the list itself where it has none."""
    file = read_rule_file(Source("a.yaml", "cyclekit: 1\nid: x\nobligations:\n  a: {every: month, tags: [p, q]}\n"))
    assert file.places.extent("a") == ((4, 3), (4, 31))


def test_a_heading_whose_quotes_do_not_fit(tmp_path: Path) -> None:
    """A sheet is told so at the quote that stays open, and nothing else."""
    (tmp_path / "a.yaml").write_text("cyclekit: 1\nid: demo\nunits: x.csv\nobligations: {a: {every: year}}\n", "utf-8")
    (tmp_path / "x.csv").write_text('id,"name\nhq,a\n', "utf-8")
    found = load_files([tmp_path / "a.yaml"]).diagnostics
    assert [(each.message, each.place.line, each.place.column) for each in found] == [("sheet-quotes", 1, 4)]


def test_a_table_has_no_column_twice() -> None:
    """The second is refused, whatever stands in it."""
    table = UnitTable("t", ["id", "kind", "kind"], [["a"], ["x"], ["y"]], [2])
    roster, found = read_table(table, References(Surroundings()), Limits())
    assert roster is None
    assert told(found) == [("duplicate-key", 1, 3)]


def test_kinds_may_stand_one_after_the_other() -> None:
    """However a table holds its texts, each different one is read once."""
    table = UnitTable("t", ["id", "kind"], [Texts.of(["a", "b", "c"]), Texts.of(["x", "", "x"])], [2, 3, 4])
    roster, found = read_table(table, References(Surroundings()), Limits())
    assert told(found) == []
    assert roster is not None
    assert list(roster.kinds) == ["x", None, "x"]


# --------------------------------------------------------------------------------------------- the schema


def test_a_schema_has_one_meaning_for_each_name() -> None:
    """Two kinds of value of one name that differ would describe each other: they are refused."""
    made = _Schema(chinese=False)
    assert made.kind(Scalar("a colour", str, words=("red",))) == made.kind(Scalar("a colour", str, words=("red",)))
    with pytest.raises(ValueError, match="a colour"):
        made.kind(Scalar("a colour", str, words=("red", "blue")))


def test_an_example_is_yaml() -> None:
    """One that cannot be read is refused, with its text."""
    field = SHAPES["file"][0]
    with pytest.raises(ValueError, match=r"\[open"):
        example(attrs.evolve(field, example="[open"))


def test_only_what_a_file_holds_is_put_into_json() -> None:
    """A node of no kind that there is raises TypeError."""
    with pytest.raises(TypeError):
        as_json(Node(1, 1))
