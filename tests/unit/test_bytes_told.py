"""What a file is that is no UTF-8 text, word for word: another format, another encoding, or neither."""

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.source import Source, decode

NAME = "a.yaml"


def told(data: bytes) -> list[tuple[str, Place, dict[str, str]]]:
    """All that is told of these bytes."""
    return [(each.message, each.place, dict(each.values)) for each in decode(NAME, data)[1]]


FORMATS = {
    b"%PDF-1.7\n": "file-is-pdf",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00": "file-is-old-office",
    b"{\\rtf1": "file-is-rtf",
    b"\x89PNG\r\n\x1a\n": "file-is-image",
    b"\xff\xd8\xff\xe0": "file-is-image",
    b"GIF89a": "file-is-image",
    b"\x1f\x8b\x08": "file-is-archive",
    b"7z\xbc\xaf\x27\x1c\x00": "file-is-archive",
    b"Rar!\x1a\x07\x00": "file-is-archive",
    b"BZh9": "file-is-archive",
    b"\xfd7zXZ\x00": "file-is-archive",
    b"\x28\xb5\x2f\xfd\x04": "file-is-archive",
    b"PAR1\x15": "file-is-parquet",
    b"SQLite format 3\x00": "file-is-database",
    b"\x7fELF\x02": "file-is-program",
    b"MZ\x90\x00\x03": "file-is-program",
    b"PK\x03\x04 xl/workbook.xml": "file-is-excel",
    b"PK\x03\x04 word/document.xml": "file-is-word",
    b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text": "file-is-office",
    b"PK\x03\x04 a.txt": "file-is-zip",
    # More than a tenth of the bytes are control characters, and it is no text.
    b"\xff" * 8 + b"\x01\x02": "file-is-binary",
    bytes(range(256)): "file-is-binary",
}
#: Texts, whatever they begin with.
TEXTS = [b"", b"\x00", b"a\x00", b"\x01\x02\x03", b"id: a\x00b", b"PK: a", b"%PDX", b"MZ: a", "季度: \x01".encode()]
TITLE = "cyclekit: 1\ntitle: "
WIDE = {
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "utf-32-le": "UTF-32LE",
    "utf-32-be": "UTF-32BE",
}
#: Codecs, titles in them, and what is guessed; nothing where it is none.
OTHERS = {
    ("gbk", "季度财务报告"): "GBK",
    ("gbk", "季"): "GBK",
    ("gb18030", "季度规则㐀"): "GB18030",
    ("big5", "季度財務報告"): "Big5",
    ("shift_jis", "四半期規則のまとめ"): "Shift_JIS",
    ("shift_jis", "ルールのまとめ"): "Shift_JIS",
    ("euc_kr", "분기별재무"): "GBK",  # five syllables are as well Chinese
    ("euc_kr", "분기별재무보"): "EUC-KR",
    ("euc_kr", "분기별 재무 보고서"): "EUC-KR",
    ("cp1251", "Пекин"): "windows-1251",
    ("cp1251", "Отчёт за квартал"): "windows-1251",
    ("cp1251", "Ель и ёлка"): "windows-1251",
    ("cp1252", "Café"): "windows-1252",
    ("cp1252", "déjà vu à Zürich"): "windows-1252",
}


def test_formats() -> None:
    """A renamed file is told by its first bytes, or by what it holds."""
    assert {data: told(data) for data in FORMATS} == {
        data: [(message, Place(NAME, 1, 1), {})] for data, message in FORMATS.items()
    }
    assert {data: decode(NAME, data) for data in TEXTS} == {data: (Source(NAME, data.decode()), []) for data in TEXTS}


def test_wide_encodings() -> None:
    """UTF-16 and UTF-32 are named and read, with their mark and without; and so is a text of few words."""
    for codec, encoding in WIDE.items():
        for text in (f"{TITLE}季度财务报告季度规则\n", "id: a\n", "\n".join(f"k{each}: 季度" for each in range(3000))):
            for mark in ("\ufeff", ""):
                source, problems = decode(NAME, f"{mark}{text}".encode(codec))
                assert (source.text, problems) == (
                    text,
                    [Diagnostic("encoding", "encoding-wide", Place(NAME, 1, 1), {"encoding": encoding})],
                ), (codec, mark)


def test_other_encodings() -> None:
    """What it most likely is, with the first byte that is none of UTF-8, and the line as it then reads."""
    found, wanted = {}, {}
    for (codec, title), encoding in OTHERS.items():
        data = f"{TITLE}{title}\nid: a\n".encode(codec)
        source, problems = decode(NAME, data)
        at = next(place for place, char in enumerate(title) if not char.isascii())
        read = title.encode(codec).decode(encoding)
        values = {"byte": f"0x{title[at].encode(codec)[0]:02X}", "encoding": encoding, "text": f"title: {read}"}
        found[codec, title] = (source.text, problems)
        wanted[codec, title] = (
            f"{TITLE}{read}\nid: a\n",
            [Diagnostic("encoding", "encoding-other", Place(NAME, 2, 8 + at), values)],
        )
    assert found == wanted


def test_what_is_no_text_in_any_encoding() -> None:
    """Broken UTF-8 is not called Latin, and Chinese does not stand at a Latin letter."""
    assert told(b"id: a\ntitle: x\xe5\xad\n") == [("encoding-unknown", Place(NAME, 2, 9), {"byte": "0xE5"})]
    assert told(b"title: x\xc3\xa9\xff\n") == [("encoding-unknown", Place(NAME, 1, 10), {"byte": "0xFF"})]
    assert told(b"title: M\xfcnch\xe9n\n") == [
        (
            "encoding-other",
            Place(NAME, 1, 9),
            {"byte": "0xFC", "encoding": "windows-1252", "text": "title: Münchén"},
        )
    ]


def test_what_may_be_chinese() -> None:
    """UTF-8 that reads as Chinese throughout when taken for GBK is doubted, with both readings of its line."""
    data = b"id: a\nname:  " + "确权".encode("gbk") + b"  \nid: b\n"
    assert told(data) == [
        ("encoding-ambiguous", Place(NAME, 2, 8), {"text": "name:  ȷȨ", "other": "name:  确权"}),
    ]
    for text in ("name: Café", "name: ȷȨ 上海", "name: ȷȨ かな", "name: ȷȨ 한", "name: ȷȨ，", "name: aȷȨ"):
        assert told(text.encode()) == [], text
