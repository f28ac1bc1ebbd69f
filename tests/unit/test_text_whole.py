"""Bytes to text and text to YAML: all that is told of a slip, with the values of its words."""

import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.limits import Limits
from cyclekit.reading.source import Source, decode
from cyclekit.reading.syntax import before_parsing
from tests.telling import whole

PARSERS: tuple[Parser, ...] = ("c", "pure")
#: A text, and what is told of it.
SLIPS: dict[str, list[str]] = {
    "id: a\n<<<<<<< ours\nb: c\n": ["merge-conflict merge-conflict 2:1+7"],
    "a: b\n=======\n": ["merge-conflict merge-conflict 2:1+7"],
    "a: b\r\n>>>>>>> theirs\r\n": ["merge-conflict merge-conflict 2:1+7"],
    "|||||||": ["merge-conflict merge-conflict 1:1+7"],
    "a: b\n<<<<<<<<\n": ["syntax no-colon 2:1 text=<<<<<<<<"],
    "```yaml\na: b\n```\n": ["syntax markdown-fence 1:1+3"],
    "a: b\n```": ["syntax markdown-fence 2:1+3"],
    "a: ```\n": ["syntax text-begins-with 1:4 char=`"],
    "%YAML 1.1\n---\na: b\n": ["yaml-feature yaml-directive 1:1"],
    "# x\n\n  # y\n%TAG ! x:\n---\na: b\n": ["yaml-feature yaml-directive 4:1"],
    "\ta: b\n": ["tab tab-indent 1:1"],
    "a: b\n\tc: d\n": ["tab tab-indent 2:1"],
    "a:\tb\nc: d\n": ["tab tab-value 1:3"],
    'a: "\\ud800"\n': ["syntax escape-no-character 1:4"],
    'a: "b"\nc: "\\U00110000"\n': ["syntax escape-no-character 2:4"],
    'a: "b\\u200b"\n': ["invisible-char invisible-char-escaped 1:4+9 char=U+200B ZERO WIDTH SPACE"],
    "a: !e!f b\n": ["yaml-feature yaml-tag 1:4"],
    "a: b: c\n": ["syntax colon-in-text 1:5"],
    "a: @b\nc: :d\n": ["syntax text-begins-with 1:4 char=@"],
    "a: [b\nc: d\n": ["syntax bracket-open 1:4 char=["],
    "a: b\n- c\n": ["syntax dash-in-text 2:1"],
    'a: "b" c\nd: [\n': ["syntax text-after-quote 1:8 text=c"],
    "every：quarter\n": ["full-width full-width-colon 1:6 key=every"],
    "every:quarter\n": ["missing-space missing-space 1:6 key=every"],
    "每季：a\n": ["full-width full-width-colon 1:3 key=每季"],
    "x:\n  every：quarter\n": ["full-width full-width-colon 2:8 key=every"],
    "x:\n  every:quarter\n": ["missing-space missing-space 2:8 key=every"],
    "x:\n  every ：quarter\n": ["full-width full-width-colon 2:9 key=every"],
    "{month：last}\n": ["full-width full-width-colon 1:7 key=month"],
    "{month:last}\n": ["missing-space missing-space 1:7 key=month"],
    "a: {month：last, day: 20}\n": ["full-width full-width-colon 1:10 key=month"],
    "a: {month:last}\n": ["missing-space missing-space 1:10 key=month"],
    "a: {tags:[b]}\n": ["missing-space missing-space 1:9 key=tags"],
    "a: {tags:{b: c}}\n": ["missing-space missing-space 1:9 key=tags"],
    "a: {tags:, b: c}\n": ["missing-space missing-space 1:9 key=tags"],
    "a: [b, {c:d}]\n": ["missing-space missing-space 1:10 key=c"],
    "a: {一：b}\n": ["full-width full-width-colon 1:6 key=一"],
    "[{a：b}]\n": ["full-width full-width-colon 1:4 key=a"],
    "title：Q1: report\n": ["full-width full-width-colon 1:6 key=title"],
    "t：\n  a: b\n": ["full-width full-width-colon 1:2 key=t"],
    "a: b\n---\nc: d\n": ["yaml-feature yaml-document 2:1"],
    "a: &b c\nd: *b\n": ["yaml-feature yaml-anchor 1:4 name=b"],
    "a: *b\n": ["yaml-feature yaml-alias 1:4 name=b"],
    "a:\n  b: c\n  b: d\n": ["duplicate-key duplicate-key 3:3 key=b < 2:3"],
    "? a\n: b\n": ["yaml-feature yaml-complex-key 1:1"],
    "<<: a\n": ["yaml-feature yaml-merge 1:1"],
    "a: !!str b\n": ["yaml-feature yaml-tag 1:4 name=tag:yaml.org,2002:str"],
    "": ["empty empty-file 1:1"],
    " \n": ["empty empty-file 1:1"],
    "a: {b: {c: {d:e}}}\nf: {g:h}\n": ["missing-space missing-space 1:14 key=d"],
    "a: {b:{c: d}}\n": ["missing-space missing-space 1:6 key=b"],
    "a: {b:}\n": ["missing-space missing-space 1:6 key=b"],
    "a: {b:]}\n": ["missing-space missing-space 1:6 key=b"],
    "a:\n  b\n  c：d\n": ["text-over-lines text-over-lines 2:3"],
    "a:\n\n  b：c\n": ["full-width full-width-colon 3:4 key=b"],
    "id：demo": ["full-width full-width-colon 1:3 key=id"],
    "a: {b:c, d:e}\n": ["missing-space missing-space 1:6 key=b"],
    "x:\n  _a-1:b\n": ["missing-space missing-space 2:7 key=_a-1"],
}
#: What only looks like one of these.
RIGHT = [
    "a: <<<<<<<\n",
    "=======x\n",
    "a: 5%\n",
    "a: b\t# x\nc:\t\n  - d\t\n",
    'a: "\\U0010ffff\\u00e9"\n',
    "x:\n  a b：c\n",
    "x:\n  - every：quarter\n",
    "x: every：quarter\n",
    "x: http://a\n",
    "x:\n  http://a\n",
    'x:\n  "every：quarter"\n',
    "a: {b c:d}\n",
    'a: {"b:c"}\n',
    "a: {b:c: d}\n",
    "a: {b: c:d}\n",
    "a: {b: c：d}\n",
    "title:Q1: report\n",
    "标题：Q1: report\n",
    "标题a：b: c\n",
    "a:\n  标：b: c\n",
    "a: [b：c]\n",
    "a:\n  - b\n  - c：d\n",
    "a: |\n  b：c\n",
    "a: >\n  b:c\n",
    "a\n",
    "- a\n",
    '"a"\n',
    "[a]\n",
    'a: {"b":[c]}\n',
    "a: {é:b}\n",
    "x:\n  1a:b\n",
]
#: The bytes of a file, the text that is shown of them, and what is told.
BYTES: list[tuple[bytes, str, list[str]]] = [
    (b"a: b\nc: \xed\xa0\xbd\n", "a: b\nc: \xed\xa0\xbd\n", ["encoding encoding-unknown 2:4 byte=0xED"]),
    (
        b"x: \xe5\xad\xa3\na: \xf8\x88\x80\x80\x80\nb: c\n",
        "x: 季\na: \xf8\x88\x80\x80\x80\nb: c\n",
        ["encoding encoding-unknown 2:4 byte=0xF8"],
    ),
    (b"id: a\n", "id: a\n", []),
    (
        b"title: \xbc\xbe\xb6\xc8\n",
        "title: 季度\n",
        ["encoding encoding-other 1:8 byte=0xBC encoding=GBK text=title: 季度"],
    ),
    (
        b"id: a\nx: 1\n\xb1\xea: \xc9\xcf\xba\xa3\ny: \xc9\xcf\xba\xa3\n",
        "id: a\nx: 1\n标: 上海\ny: 上海\n",
        ["encoding encoding-other 3:1 byte=0xB1 encoding=GBK text=标: 上海"],
    ),
    (
        b"a: \x8el\x94\xbc\x8a\xfa\x8bK\x91\xa5\x82\xcc\x82\xdc\x82\xc6\x82\xdf\n",
        "a: 四半期規則のまとめ\n",
        ["encoding encoding-other 1:4 byte=0x8E encoding=Shift_JIS text=a: 四半期規則のまとめ"],
    ),
    (b"\xef\xbb\xbfid: a\r\n", "id: a\r\n", []),
    (b"\xef\xbb\xbfid: \xff\n", "id: ÿ\n", ["encoding encoding-other 1:5 byte=0xFF encoding=windows-1252 text=id: ÿ"]),
    (b"a: b\nc: \xc0\xaf\n", "a: b\nc: 蜡\n", ["encoding encoding-other 2:4 byte=0xC0 encoding=GBK text=c: 蜡"]),
    (b"a: \x81\n", "a: \ufffd\n", ["encoding encoding-other 1:4 byte=0x81 encoding=windows-1252 text=a: \ufffd"]),
    (b"\xff\xfei\x00d\x00:\x00 \x00a\x00\n\x00", "id: a\n", ["encoding encoding-wide 1:1 encoding=UTF-16LE"]),
    (b"i\x00d\x00:\x00 \x00c[\n\x00", "id: 季\n", ["encoding encoding-wide 1:1 encoding=UTF-16LE"]),
    (
        b"\xff\xfe\x00\x00i\x00\x00\x00d\x00\x00\x00:\x00\x00\x00 \x00\x00\x00a\x00\x00\x00\n\x00\x00\x00",
        "id: a\n",
        ["encoding encoding-wide 1:1 encoding=UTF-32LE"],
    ),
    (b"\xff\xfei\x00d\x00:\x00 \x00a\x00\n\x00\x00", "id: a\n\ufffd", ["encoding encoding-wide 1:1 encoding=UTF-16LE"]),
    (b"%PDF-1.7\n\x00\xff", "%PDF-1.7...", ["encoding file-is-pdf 1:1"]),
    (b"PK\x03\x04", "PK..", ["encoding file-is-zip 1:1"]),
    (
        b"name: \xc8\xb7\xc8\xa8",
        "name: ȷȨ",
        ["encoding-ambiguous encoding-ambiguous 1:7 text=name: ȷȨ other=name: 确权"],
    ),
    (
        b"x: 1\n  name: \xc8\xb7\xc8\xa8 \ny: 2\n",
        "x: 1\n  name: ȷȨ \ny: 2\n",
        ["encoding-ambiguous encoding-ambiguous 2:9 text=name: ȷȨ other=name: 确权"],
    ),
    (b"a: \xe9\n", "a: é\n", ["encoding encoding-other 1:4 byte=0xE9 encoding=windows-1252 text=a: é"]),
    (
        b"a: \xe9\nb: \xc3\xa9\n",
        "a: é\nb: é\n",
        ["encoding encoding-other 1:4 byte=0xE9 encoding=windows-1252 text=a: é"],
    ),
    (
        b"a: 1\nb: 2\xa0\xa0\n",
        "a: 1\nb: 2\xa0\xa0\n",
        ["encoding encoding-other 2:5 byte=0xA0 encoding=windows-1252 text=b: 2"],
    ),
    (
        b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03\x04\x05\x06\x07\x08\t~\x7f\x80xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ".PNG..............~..xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ["encoding file-is-image 1:1"],
    ),
    (b"\xe5\xad\xa3\xe5\xad\xa3\xe5\xad\xa3", "季季季", []),
]


def told(found: list[Diagnostic]) -> list[str]:
    """All that is told, of the file of that name."""
    assert {each.place.file for each in found} <= {"a.yaml"}
    return whole(found)


@pytest.mark.parametrize("parser", PARSERS)
def test_what_is_told_of_a_text(parser: Parser) -> None:
    """The same by either parser, and nothing of what is right."""
    found = {text: told(read_nodes(Source("a.yaml", text), parser=parser)[1]) for text in (*SLIPS, *RIGHT)}
    assert found == SLIPS | {text: [] for text in RIGHT}


def test_tabs_that_part_become_blanks() -> None:
    """One for one, so that both parsers read the same at the same places; nothing else is touched."""
    texts = {
        "a: [b,\tc]\nd: e\t# f\n": "a: [b, c]\nd: e # f\n",
        "a:\t\n  - b\t\t\n": "a: \n  - b  \n",
        'a: "b\tc"\nd: [e\t,f]\n': 'a: "b\tc"\nd: [e ,f]\n',
        "a: b\n": "a: b\n",
    }
    assert {text: before_parsing(Source("a.yaml", text), text) for text in texts} == {
        text: (clean, None) for text, clean in texts.items()
    }


def test_an_escape_that_only_the_parser_in_python_meets() -> None:
    """It raises where libyaml finds another fault first; the escape is told."""
    for text, place in (('? "\\UFFFFFFFF"\n', "1:4"), ('|\n"\\UFFFFFFFF"\n', "2:2")):
        found = read_nodes(Source("a.yaml", text), parser="pure")[1]
        assert told(found) == [f"syntax escape-no-character {place}"]


def test_what_is_told_of_bytes() -> None:
    """What the file is, where that shows, and the text as its author sees it."""
    found = [(data, *decode("a.yaml", data)) for data, _, _ in BYTES]
    assert [(data, source.text, told(problems)) for data, source, problems in found] == BYTES
    assert {source.name for _, source, _ in found} == {"a.yaml"}


def test_of_too_large_a_file_the_head_is_kept() -> None:
    """Four kibibytes, to show its first lines."""
    source, found = decode("a.yaml", b"a" * 5001, limits=Limits(bytes=5000))
    assert (source.name, source.text) == ("a.yaml", "a" * 4096)
    assert whole(found) == ["limit limit-bytes 1:1 limit=5000 setting=bytes found=5001"]
    source, found = decode("a.yaml", b"\xe5" * 5001, limits=Limits(bytes=5000))
    assert source.text == "\ufffd" * 4096
    assert decode("a.yaml", b"a" * 5000, limits=Limits(bytes=5000)) == (Source("a.yaml", "a" * 5000), [])


def test_places_of_a_text() -> None:
    """Line and column by the offset, the width as it is asked for; lines that are not there are empty."""
    source = Source("a.yaml", "ab\r\nc\n")
    assert [str(source.place_at(offset)) for offset in (0, 1, 4, 5, 6)] == [
        "a.yaml:1:1",
        "a.yaml:1:2",
        "a.yaml:2:1",
        "a.yaml:2:2",
        "a.yaml:3:1",
    ]
    assert str(Source("a.yaml", "\nb").place_at(1)) == "a.yaml:2:1"
    assert (source.place_at(1).width, source.place_at(1, 3).width) == (1, 3)
    assert [source.line(number) for number in (-1, 0, 1, 2, 3, 4)] == ["", "", "ab", "c", "", ""]
