"""What a diagnostic says of a file: words in both languages, made of what stands in the file."""

from collections.abc import Iterable

import pytest

from cyclekit.diagnostics import CODES, Diagnostic
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.source import Source
from cyclekit.words.messages import MESSAGES, headline, help_text
from cyclekit.workspace.loading import load_files
from tests.unit import test_reading as reading
from tests.unit import test_syntax as syntax
from tests.unit.test_corpus import BAD, CORPUS

#: What is taken from the file as it stands there.
QUOTED = ("first", "id", "part", "second", "text")
#: The second half of a span is quoted with what it shares with the first.
SPELLED_OUT = {"date-day", "date-week"}


def told(diagnostics: Iterable[Diagnostic], source: str) -> None:
    """Hold what diagnostics say against the file that they are about."""
    for each in diagnostics:
        assert each.code in CODES
        assert each.message in MESSAGES
        for language in ("en", "zh"):
            assert headline(each, language)
            help_text(each, language)
        for name, value in each.values.items():
            assert isinstance(value, str), (each.message, name)
            assert value not in ("", "None"), (each.message, name)
        if each.message not in SPELLED_OUT:
            quoted = [each.values[name] for name in QUOTED if name in each.values]
            assert [text for text in quoted if text not in source] == [], each
        place = each.place
        lines = source.split("\n")
        assert 1 <= place.line <= len(lines) + 1
        assert place.column >= 1
        assert place.width >= 0


@pytest.mark.parametrize("row", [row for row in BAD if row["group"] != "encoding"], ids=lambda row: row["name"])
def test_a_diagnostic_of_the_corpus_is_worded_of_its_file(row: dict[str, str]) -> None:
    """Headlines in English and Chinese have all their words, and quote what stands in the file."""
    path = CORPUS / row["file"]
    told(load_files([path], parser="c").diagnostics, path.read_bytes().decode("utf-8", "replace"))


@pytest.mark.parametrize("case", reading.WRONG)
def test_a_diagnostic_of_an_obligation_is_worded_of_its_file(case: str) -> None:
    """As in the corpus, for mistakes in the fields of an obligation."""
    fields, _ = reading.WRONG[case]
    told(reading.one(fields).diagnostics, reading.HEAD + fields)


#: In brackets, on line 19 of the base file: what stands there, which message at which column, and what it quotes.
IN_BRACKETS: list[tuple[str, str, int, dict[str, str]]] = [
    ("    due: {month: last day: 20}", "comma-missing", 23, {}),
    ("    due: {month: last\uff0cday: 20}", "full-width-mark", 22, {"char": "\uff0c", "ascii": ","}),
    ("    due: {month: last: 20}", "colon-in-text", 22, {}),
    ('    due: {month: "last": 20}', "colon-in-text", 24, {}),
    ("    due: {month: !x last}", "yaml-tag", 18, {"name": "!x"}),
    ("    due: {month: &a last}", "yaml-anchor", 18, {"name": "a"}),
    ("    due: {month: *a}", "yaml-alias", 18, {"name": "a"}),
    ("    due: {: last}", "key-absent", 11, {}),
    ("    due: {month: @last}", "text-begins-with", 18, {"char": "@"}),
    ("    due: {month:}", "missing-space", 16, {"key": "month"}),
    ("    due: {month:{}}", "missing-space", 16, {"key": "month"}),
    ("    due: {month: last,, day: 20}", "comma-extra", 23, {}),
    ("    due: {, month: last}", "comma-extra", 11, {}),
    ("    due: {month: last]", "bracket-wrong", 22, {"char": "]", "expected": "}"}),
    ("    due: {month: [last}", "bracket-open", 18, {"char": "["}),
    ("    due: {month: [last\uff3d}", "full-width-mark", 23, {"char": "\uff3d", "ascii": "]"}),
    ('    due: {month: "last\u201d}', "full-width-mark", 23, {"char": "\u201d", "ascii": '"'}),
    ('    due: {month: "la\\qst"}', "escape-unknown", 21, {"text": "\\q"}),
    ("    due: {month:\tlast}", "tab-value", 17, {}),
    ('    due: ["a" "b"]', "comma-missing", 15, {}),
    ("    due: [a [b]]", "comma-missing", 13, {}),
]
#: The code of each message about a file's letters.
LETTERS = {
    "tab-value": "tab",
    "missing-space": "missing-space",
    "full-width-mark": "full-width",
    "yaml-tag": "yaml-feature",
    "yaml-anchor": "yaml-feature",
    "yaml-alias": "yaml-feature",
}


@pytest.mark.parametrize(("text", "message", "column", "quoted"), IN_BRACKETS, ids=lambda value: str(value).strip())
@pytest.mark.parametrize("parser", syntax.PARSERS)
def test_a_slip_in_brackets_is_named_with_what_stands_there(
    text: str, message: str, column: int, quoted: dict[str, str], parser: Parser
) -> None:
    """One error with its code, its place, and the characters that it is about."""
    lines = syntax.BASE.split("\n")
    lines[18] = text
    _, problems = read_nodes(Source("a.yaml", "\n".join(lines)), parser=parser)
    found = [(each.code, each.message, each.place.line, each.place.column, dict(each.values)) for each in problems]
    assert found == [(LETTERS.get(message, "syntax"), message, 19, column, quoted)]


@pytest.mark.parametrize(("line", "new", "expected"), syntax.TABLE, ids=lambda value: str(value).strip())
def test_a_slip_is_worded_of_its_file(line: int, new: str, expected: str) -> None:
    """A character that is quoted is the one at the place, and the headline has all its words."""
    lines = syntax.BASE.split("\n")
    lines[line - 1] = new
    source = "\n".join(lines)
    _, problems = read_nodes(Source("a.yaml", source), parser="c")
    assert [each.message for each in problems] == [expected.partition(" ")[0]]
    told(problems, source)
    for each in problems:
        char = each.values.get("char", "")
        there = source.split("\n")[each.place.line - 1][each.place.column - 1 :]
        assert there.startswith(char) or char.startswith("U+")
