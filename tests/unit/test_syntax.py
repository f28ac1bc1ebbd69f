"""What people really type, and what they meant: the slip is named at the spot that has to change."""

from pathlib import Path

import pytest

from cyclekit.reading.characters import full_width_in, invisible_in
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.source import Source
from cyclekit.words.messages import catalogue
from cyclekit.words.messages_text import TEXT

BASE = (Path(__file__).parents[1] / "corpus" / "good" / "001-base.yaml").read_text(encoding="utf-8")
PARSERS: tuple[Parser, ...] = ("c", "pure")


def slips(line: int, new: str) -> tuple[list[str], list[str]]:
    """What both parsers' readers say of the base file with this line in place of its own."""
    lines = BASE.split("\n")
    lines[line - 1] = new
    found = []
    for parser in PARSERS:
        _, problems = read_nodes(Source("a.yaml", "\n".join(lines)), parser=parser)
        found.append([f"{each.message} {each.place.line}:{each.place.column}" for each in problems])
    return found[0], found[1]


TABLE = [
    # tabs
    (16, "\tevery: quarter", "tab-indent 16:1"),
    (16, "    every:\tquarter", "tab-value 16:11"),
    (6, "  -\tid: sh", "tab-value 6:4"),
    (19, "    due: {month:\tlast, day: 20}", "tab-value 19:17"),
    (14, "    title: 季度\t报告", "tab-inside 14:14"),
    # blanks
    (16, "    every:quarter", "missing-space 16:10"),
    (6, "  - id:sh", "missing-space 6:7"),
    (6, "  -id: sh", "missing-space-dash 6:3"),
    (15, "    applies_to:[sh, bj]", "missing-space 15:15"),
    (19, "    due: {month:last, day: 20}", "missing-space 19:16"),
    (19, "    due: {month:, day: 20}", "missing-space 19:16"),
    (19, "    due: {by_period:{Q1: {day: 1}}}", "missing-space 19:20"),
    (16, "\u3000\u3000every: quarter", "full-width-space 16:1"),
    (16, "    every: \xa0quarter", "odd-blank 16:12"),
    (16, "    every\xa0: quarter", "invisible-char 16:10"),
    # full-width marks
    (12, "obligations：", "full-width-colon 12:12"),
    (6, "  - id：sh", "full-width-colon 6:7"),
    (19, "    due：{month: last, day: 20}", "full-width-colon 19:8"),
    (19, "    due: {month：last, day: 20}", "full-width-colon 19:16"),
    (19, "    due: {month: last，day: 20}", "full-width-mark 19:22"),
    (15, "    applies_to: [sh, bj］", "full-width-mark 15:24"),
    (16, '    every: "quarter”', "full-width-mark 16:20"),
    (16, "    频率：每季", "full-width-colon 16:7"),
    (6, "  － id: sh", "full-width-mark 6:3"),
    # brackets and quotes
    (15, "    applies_to: [sh, bj", "bracket-open 15:17"),
    (15, "    applies_to: [sh, bj}", "bracket-wrong 15:24"),
    (19, "    due: {then: [{add: 3 days}, day: 20}", "bracket-open 19:17"),
    (15, "    applies_to: [sh,, bj]", "comma-extra 15:21"),
    (15, '    applies_to: ["sh" "bj"]', "comma-missing 15:23"),
    (16, '    every: "quarter', "quote-open 16:12"),
    (14, '    title: "他说"你好"吧"', "quote-inside 14:15"),
    (14, "    title: [季度]报告", "text-after-bracket 14:12"),
    # texts that want quotes
    (14, "    title: @报告", "text-begins-with 14:12"),
    (14, "    title: - 报告", "text-begins-with 14:12"),
    (14, "    title: 报告:", "colon-in-text 14:14"),
    (3, "title: {zh: 季度: 规则, en: x}", "colon-in-text 3:15"),
    (14, '    title: "100\\%"', "escape-unknown 14:16"),
    (14, '    title: "\\ud83d\\ude00"', "escape-no-character 14:12"),
    # indents
    (16, "     every: quarter", "indent-too-deep 16:6"),
    (7, "   name: 上海公司", "indent-mixed 7:4"),
    (14, "   title: 季度财务报告", "indent-mixed 14:4"),
    (9, " - id: bj", "indent-mixed 9:2"),
    (1, "  cyclekit: 1", "indent-mixed 1:3"),
    # other languages
    (16, "    every = quarter", "no-colon 16:5"),
    (16, "    // every quarter", "comment-slashes 16:5"),
    (6, "  • id: sh", "bullet 6:3"),
    (1, "```yaml", "markdown-fence 1:1"),
    (10, "<<<<<<< HEAD", "merge-conflict 10:1"),
    (16, "    : quarter", "key-absent 16:5"),
    # what YAML offers beyond
    (14, "    title: !e!foo bar", "yaml-tag 14:12"),
    (16, "    *k : quarter", "yaml-alias 16:5"),
    (16, "    ?\n      every\n    : quarter", "yaml-complex-key 16:5"),
    (19, "    due: {? month : last}", "yaml-complex-key 19:11"),
    (1, "%TAG ! x:\n---", "yaml-directive 1:1"),
    (2, "...\nid: demo", "yaml-document 3:1"),
]


@pytest.mark.parametrize(("line", "new", "expected"), TABLE, ids=lambda value: str(value).strip())
def test_a_slip_is_named_where_it_stands(line: int, new: str, expected: str) -> None:
    """One error, the same with both parsers."""
    assert slips(line, new) == ([expected], [expected])


@pytest.mark.parametrize(
    ("line", "new"),
    [
        (16, "    every: quarter\t# by tab"),
        (15, "    applies_to: [sh,\tbj]"),
        (14, '    title: "季度\t报告"'),
        (14, "    title: 第１期：上海、北京（合并）　附录"),
        (14, '    title: it\'s due: not [yet} "so"'.replace(": not", ":not")),
        (14, "    title: a !b *c &d %e @f `g` <<"),
        (14, "    title: 报告\xa0一"),
        (14, "    notes: |\n      a: b\n      \tc：d\n      “e"),
        (14, "    url: https://example.org/a:b?c=d"),
        (14, "    #no blank"),
    ],
)
def test_what_only_looks_odd_is_taken(line: int, new: str) -> None:
    """Text is text, full-width or not."""
    assert slips(line, new) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cyclekit:1\nid:demo\n", "missing-space 1:9"),
        ("标题：测试\n编号：1\n", "full-width-colon 1:3"),
        ("id\ttitle\nq\t报告\n", "table-pasted 1:1"),
        ('[units]\nid = "sh"\n', "text-after-end 1:1"),
        ('{"a": 1,\n "b": 2\n', "bracket-open 1:1"),
        ('{"a": 1\n "b": 2}\n', "comma-missing 2:2"),
        ("---\n", "empty-file 1:1"),
        ("# nothing\n", "empty-file 1:1"),
        ("\xa0\n", "odd-blank 1:1"),
        ("a: |\n    b\n  c\n", "block-not-deeper 3:3"),
    ],
)
def test_a_whole_file_of_another_kind_is_named(text: str, expected: str) -> None:
    """Also where a parser has nothing against it."""
    for parser in PARSERS:
        _, problems = read_nodes(Source("a.yaml", text), parser=parser)
        assert [f"{each.message} {each.place.line}:{each.place.column}" for each in problems] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sh，bj", (2, ",")),
        ("sh、bj", (2, ",")),
        ("［sh, bj］", (0, "[")),
        ("2026－01", (4, "-")),
        ("2026-01～2026-03", (7, "..")),
        ("quarter ＃每季", (8, "#")),
        ("１", (0, "1")),
        ("17：30", (2, ":")),
        ("90％", (2, "%")),
        ("2026–01", None),
        ("“every”", None),
        ("二十", None),
        ("plain", None),
    ],
)
def test_full_width_in_a_value(text: str, expected: tuple[int, str] | None) -> None:
    """The first mark that is no ASCII but has an ASCII twin; dashes and curly quotes have none."""
    assert full_width_in(text) == expected


def test_invisible_in_a_value() -> None:
    """Blanks that are none, joiners and zero-width characters; an ideographic space is a full-width mark."""
    assert [invisible_in(text) for text in ("2\xa0months", "a\u200b", "❤\ufe0f", "2 months", "a\u3000b")] == [
        1,
        1,
        1,
        None,
        None,
    ]


def test_every_message_is_worded_in_both_languages() -> None:
    """A headline and as many helps in Chinese as in English, and no name twice."""
    for message in catalogue(TEXT).values():
        assert message.en, message.name
        assert message.zh, message.name
        assert len(message.help_en) == len(message.help_zh), message.name
