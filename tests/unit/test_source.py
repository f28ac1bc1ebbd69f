"""Bytes to text: every file that is no UTF-8 is named for what it is, at the right place."""

import pytest

from cyclekit.diagnostics import Diagnostic
from cyclekit.reading.limits import Limits
from cyclekit.reading.source import Source, decode

TITLE = "cyclekit: 1\ntitle: 季度财务报告\n"


def seen(diagnostics: list[Diagnostic]) -> list[tuple[str, int, int]]:
    """Code, line and column of each."""
    return [(each.code, each.place.line, each.place.column) for each in diagnostics]


def test_utf8_with_a_bom_and_windows_lines_is_taken() -> None:
    """A BOM is dropped, CRLF stays in the text and out of the lines."""
    source, problems = decode("a.yaml", b"\xef\xbb\xbfid: a\r\ntitle: b\r\n")
    assert (source.text, problems) == ("id: a\r\ntitle: b\r\n", [])
    assert [source.line(number) for number in (0, 1, 2, 3, 9)] == ["", "id: a", "title: b", "", ""]


def test_only_lf_and_crlf_end_a_line() -> None:
    """A lone CR, NEL and U+2028 end no line, so that editors and diagnostics count alike."""
    assert Source("a", "x\ry\x85z\u2028w\nv").line(2) == "v"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("gbk", "GBK"), ("gb18030", "GBK"), ("big5", "Big5"), ("utf-16", "UTF-16LE"), ("utf-16-be", "UTF-16BE")],
)
def test_another_encoding_is_named_and_the_line_shown(codec: str, name: str) -> None:
    """What Notepad and Excel save is named, and its author can recognise the line."""
    text = TITLE if codec != "big5" else TITLE.replace("财务报", "財務報")
    source, problems = decode("a.yaml", text.encode(codec))
    assert [problem.code for problem in problems] == ["encoding"]
    assert problems[0].values["encoding"] == name
    assert source.text == text


@pytest.mark.parametrize(
    ("codec", "text", "name"),
    [
        ("shift_jis", "四半期規則のまとめ", "Shift_JIS"),
        ("euc_kr", "분기별재무보고서", "EUC-KR"),
        ("cp1251", "Пекин", "windows-1251"),
        ("cp1252", "Café", "windows-1252"),
    ],
)
def test_other_languages_are_guessed(codec: str, text: str, name: str) -> None:
    """The guess goes by what is common in a language, and the place is the first byte that is no UTF-8."""
    _, problems = decode("a.yaml", b"id: a\ntitle: " + text.encode(codec))
    at = next(index for index, char in enumerate(text) if not char.isascii())
    assert seen(problems) == [("encoding", 2, 8 + at)]
    assert problems[0].values["encoding"] == name


@pytest.mark.parametrize(
    "broken", [b"\xc0\xaf", b"\xed\xa0\xbd", b"\xf8\x88\x80\x80\x80", b"\xe5\xad", b"\xf4\x90\x80\x80"]
)
def test_broken_utf8_is_refused_at_its_first_byte(broken: bytes) -> None:
    """Overlong forms, surrogates, five bytes, a cut character, beyond U+10FFFF."""
    _, problems = decode("a.yaml", "title: 季".encode() + broken)
    assert seen(problems) == [("encoding", 1, 9)]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"%PDF-1.7\n", "file-is-pdf"),
        (b"PK\x03\x04 xl/workbook.xml", "file-is-excel"),
        (b"PK\x03\x04 word/document.xml", "file-is-word"),
        (b"PK\x03\x04", "file-is-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-is-old-office"),
        (b"{\\rtf1", "file-is-rtf"),
        (b"\x89PNG\r\n\x1a\n", "file-is-image"),
        (bytes(range(256)), "file-is-binary"),
    ],
)
def test_a_renamed_file_is_told_by_its_first_bytes(head: bytes, message: str) -> None:
    """An Excel workbook called .yaml is an Excel workbook."""
    _, problems = decode("a.yaml", head)
    assert [(problem.message, problem.place.line, problem.place.column) for problem in problems] == [(message, 1, 1)]


def test_utf8_that_reads_as_chinese_in_gbk_is_doubted() -> None:
    """确权 in GBK is ȷȨ in UTF-8: a warning, with both readings."""
    _, problems = decode("a.yaml", b"name: " + "确权".encode("gbk"))
    assert seen(problems) == [("encoding-ambiguous", 1, 7)]
    assert problems[0].values["other"].endswith("确权")


@pytest.mark.parametrize("text", ["name: Café", "name: Zürich", "name: ȷȨ 上海", "name: a"])
def test_no_doubt_where_the_text_speaks_for_itself(text: str) -> None:
    """Accents within words, or Chinese as UTF-8 elsewhere in the file, settle it."""
    assert decode("a.yaml", text.encode()) == (Source("a.yaml", text), [])


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    """The limit and its setting are named; a file of exactly that size is read."""
    _, problems = decode("a.yaml", b"a: bcd", limits=Limits(bytes=5))
    assert seen(problems) == [("limit", 1, 1)]
    assert problems[0].values == {"limit": "5", "setting": "bytes", "found": "6"}
    assert decode("a.yaml", b"a: bc", limits=Limits(bytes=5))[1] == []
