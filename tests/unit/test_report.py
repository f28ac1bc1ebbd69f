"""Diagnostics as text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.adapters.report import as_github, as_json, excerpt, full, one_line, summary
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.words.display import columns, visible
from cyclekit.words.messages import headline, help_text

KEY = Diagnostic(
    "unknown-key",
    "unknown-key",
    Place("季.yaml", 12, 5, 4),
    {"key": "duee", "what": "obligation", "suggestion": "due"},
    (Place("季.yaml", 3, 1),),
)
WARNING = Diagnostic("no-obligations", "no-obligations", Place("a.yaml", 1, 1))


def shown(*diagnostics: Diagnostic, line: str = "", **options: object) -> str:
    """The full report of some diagnostics that all point at one line."""
    return "".join(full(diagnostics, lambda _: line, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "column", "length", "under"),
    [
        ("due: x", 6, 1, "x"),
        ("title: 季度, x", 12, 1, "x"),
        ("季度季度", 3, 2, "季度"),
        ("\tdue: x", 2, 3, "due"),
        ("ab\tdue", 4, 3, "due"),
        ("e\u0301e\u0301x", 5, 1, "x"),
        ("Ａ：x", 3, 1, "x"),
        ("a\x1bb", 3, 1, "b"),
        ("a\u202eb", 2, 1, "<U+202E>"),
        ("abc", 4, 1, ""),
        ("abc", 99, 5, ""),
        ("abc", 2, 99, "bc"),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, column: int, length: int, under: str) -> None:
    """The carets cover just the columns of what is meant, under wide, combining and replaced characters."""
    text, caret = excerpt(line, column, length)
    blank = len(caret) - len(caret.lstrip())
    assert set(caret.lstrip()) == {"^"}
    assert blank == columns(text) - columns(text[text.rindex(under) :] if under else "")
    assert len(caret.lstrip()) == max(columns(under), 1)


@given(st.text(alphabet="a季\t\x1b\u0301\u202eé", max_size=300), st.integers(1, 320), st.integers(1, 9))
def test_an_excerpt_fits(line: str, column: int, length: int) -> None:
    """Whatever the line, its excerpt fits the width (but for the marks of a cut), and the carets lie inside it."""
    text, caret = excerpt(line, column, length, 40)
    assert columns(text) <= 42
    assert len(caret) <= 52
    assert text.isprintable()


def test_long_lines_are_cut_around_the_place() -> None:
    """Of a long line the part around the place is shown, with … at both ends, and the caret is still right."""
    text, caret = excerpt("季" * 500 + "x" + "度" * 500, 501, 1, 60)
    assert text[0] == text[-1] == "…"
    assert caret.index("^") == columns(text[: text.index("x")])


def test_a_full_report_has_everything() -> None:
    """In full, a diagnostic has its headline, place, line, carets, help and related places."""
    assert shown(KEY, line="    duee: 季") == (
        f"error[unknown-key]: {headline(KEY)}\n"
        "  --> 季.yaml:12:5\n"
        "   |\n"
        "12 |     duee: 季\n"
        "   |     ^^^^\n"
        f"   = help: {help_text(KEY)}\n"
        "   = first here: 季.yaml:3:1\n\n"
    )


def test_a_report_in_chinese() -> None:
    """In Chinese every word of a report is Chinese but the code."""
    text = shown(KEY, line="    duee: 季", language="zh")
    assert text.startswith("错误[unknown-key]：")
    assert "   = 帮助：" in text
    assert "   = 首见于：季.yaml:3:1\n" in text


def test_a_terminal_is_never_sent_what_it_would_obey() -> None:
    """Control characters of the line, the values and the file name are replaced by what can be seen."""
    nasty = "\x1b[2J\x07\x9b\u202e\u200b\ud800"
    found = Diagnostic("unknown-key", "unknown-key", Place(nasty, 1, 1), {"key": nasty, "what": nasty})
    text = shown(found, line=nasty) + one_line(found)
    assert text.replace("\n", "").isprintable()
    assert "␛[2J␇<U+009B><U+202E><U+200B><U+D800>" in text


def test_many_of_one_code_are_counted() -> None:
    """Of one code, so many are shown in full as allowed, and the others are counted by code."""
    text = shown(*[KEY] * 5, *[WARNING] * 2, line="x", most=3)
    assert text.count("error[unknown-key]") == 3
    assert text.count("warning[no-obligations]") == 2
    assert text.endswith("… and 2 more of unknown-key\n\n")


def test_one_line_is_what_editors_read() -> None:
    """On one line stand file, line, column, severity, code, headline and help."""
    assert one_line(KEY) == f"季.yaml:12:5: error[unknown-key] {headline(KEY)} ({help_text(KEY)})"
    assert one_line(KEY, "zh") == f"季.yaml:12:5: 错误[unknown-key] {headline(KEY, 'zh')}（{help_text(KEY, 'zh')}）"


def test_json_has_exactly_its_keys() -> None:
    """A JSON object has the eight keys in order, Chinese unescaped, and is one line."""
    text = as_json(KEY, "zh")
    assert list(json.loads(text)) == ["code", "severity", "file", "line", "column", "headline", "help", "rule"]
    assert "季.yaml" in text
    assert "\n" not in text


def test_the_rule_is_told_where_it_is_known() -> None:
    """In full below the help, in JSON and in annotations; characters that a terminal would obey are replaced."""

    def said(_diagnostic: Diagnostic, language: str) -> str:
        return "每月\x1b。" if language == "zh" else "By the 5th."

    notes = "   = help: Did you mean “due”?\n   = rule: By the 5th.\n   = first here: 季.yaml:3:1\n"
    assert notes in shown(KEY, said=said)
    assert "= 规则：每月␛。" in shown(KEY, said=said, language="zh")
    assert json.loads(as_json(KEY, said=said))["rule"] == "By the 5th."
    assert as_github(KEY, said=said).endswith("%0Arule: By the 5th.")
    assert "rule" not in shown(KEY) + as_github(KEY)


def test_the_summary_counts() -> None:
    """The last line counts files, errors and warnings in either language."""
    assert summary([KEY, KEY, WARNING], 2) == "2 files: 2 errors, 1 warning"
    assert summary([], 1) == "1 file: no problems"
    assert summary([KEY], 3, "zh") == "3 个文件：1 个错误"


def test_what_is_visible_stays() -> None:
    """Text that can be seen is shown as it is."""
    assert visible("季报 é Ａ—…") == "季报 é Ａ—…"
