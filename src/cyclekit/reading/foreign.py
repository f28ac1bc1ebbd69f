"""What a file is that is no UTF-8 text: told by its first bytes, or by which reading of them makes sense."""

import re
from collections.abc import Callable

#: First bytes of formats that get renamed to .yaml, and the message that names each.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "file-is-pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-is-old-office"),
    (b"{\\rtf", "file-is-rtf"),
    (b"\x89PNG\r\n", "file-is-image"),
    (b"\xff\xd8\xff", "file-is-image"),
    (b"GIF8", "file-is-image"),
    (b"\x1f\x8b", "file-is-archive"),
    (b"7z\xbc\xaf\x27\x1c", "file-is-archive"),
    (b"Rar!\x1a\x07", "file-is-archive"),
    (b"BZh", "file-is-archive"),
    (b"\xfd7zXZ\x00", "file-is-archive"),
    (b"\x28\xb5\x2f\xfd", "file-is-archive"),
    (b"PAR1", "file-is-parquet"),
    (b"SQLite format 3\x00", "file-is-database"),
    (b"\x7fELF", "file-is-program"),
    (b"MZ\x90\x00", "file-is-program"),
)
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK = re.compile(f"[\u3000-\u30ff\uac00-\ud7a3\uff00-\uffef{_HAN}]")
_HAN_AT_A_LETTER = re.compile(f"[A-Za-z][{_HAN}]|[{_HAN}][A-Za-z]")
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
#: More than this share of control bytes, and it is no text at all.
_BINARY = 0.1
_PLAUSIBLE = 0.5
_HALF = 0.5


def wide_encoding(data: bytes) -> str | None:
    """The encoding of a text in UTF-16 or UTF-32, with its mark or without; None for everything else.

    >>> wide_encoding("id: demo".encode("utf-16-be")), wide_encoding(b"id: demo")
    ('UTF-16BE', None)
    """
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    sample = data[:4000]
    if not sample.count(0):
        return None
    # ASCII keys and blanks make most of one half of the bytes zero, and hardly any of the other.
    quarters = [sample[start::4] for start in range(4)]
    zeros = [part.count(0) / len(part) if part else 0.0 for part in quarters]
    if min(zeros[1:]) > _HALF > zeros[0]:
        return "UTF-32LE"
    if min(zeros[:3]) > _HALF > zeros[3]:
        return "UTF-32BE"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > _HALF and even < _BINARY:
        return "UTF-16LE"
    if even > _HALF and odd < _BINARY:
        return "UTF-16BE"
    return None


def foreign_format(data: bytes) -> str | None:
    """The message for a file of another format (its first bytes decide), or for a binary file; else None.

    >>> foreign_format(b"%PDF-1.7"), foreign_format(b"id: demo")
    ('file-is-pdf', None)
    """
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    for magic, message in _MAGIC:
        if data.startswith(magic):
            return message
    if not data or _is_text(data):
        return None
    controls = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\r\x1b")
    return "file-is-binary" if controls / len(data) > _BINARY else None


def _office(data: bytes) -> str:
    """What a ZIP file holds, by the names of its parts."""
    for part, message in ((b"xl/", "file-is-excel"), (b"word/", "file-is-word"), (b"opendocument", "file-is-office")):
        if part in data:
            return message
    return "file-is-zip"


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def guessed_encoding(data: bytes) -> str | None:
    """The encoding in which these bytes most likely were written; None where none makes sense.

    Each candidate is judged by the share of characters that are common in its language: level 1 of GB 2312,
    level 1 of Big5, kana, Hangul. A guess serves the message only.

    >>> guessed_encoding("季度财务报告".encode("gb18030"))
    'GBK'
    """
    scores = {
        "GBK": _share(data, "gbk", lambda char: b"\xb0" <= _code(char, "gb2312")[:1] <= b"\xd7"),
        "GB18030": _share(data, "gb18030", lambda char: b"\xb0" <= _code(char, "gb2312")[:1] <= b"\xd7") * 0.99,
        "Big5": _share(data, "big5", lambda char: b"\xa4" <= _code(char, "big5")[:1] <= b"\xc6") * 0.9,
        "Shift_JIS": _share(data, "shift_jis", lambda char: b"\x82" <= _code(char, "shift_jis")[:1] <= b"\x97") * 0.9,
        "EUC-KR": _share(data, "euc_kr", lambda char: "\uac00" <= char <= "\ud7a3") * 0.9,
    }
    if len(hangul := re.findall(rb"[\x80-\xff]{2}", data)) > 5 and scores["EUC-KR"] > 0.89:
        # The lead bytes of Hangul are half of those of Chinese: so many of them are no accident.
        scores["EUC-KR"] += len(hangul)
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _PLAUSIBLE:
        return best
    high = re.findall(rb"[\x80-\xff]+", data)
    if not high:
        return None
    # Whole words in high bytes are Cyrillic; single ones are accents of Latin letters.
    if sum(map(len, high)) / len(high) > 2 and all(re.fullmatch(rb"[\xc0-\xff\xa8\xb8]+", run) for run in high):
        return "windows-1251"
    # A lead byte of UTF-8 with a continuation is broken UTF-8 and no Latin-1.
    return None if any(re.search(rb"[\xc0-\xff][\x80-\xbf]", run) for run in high) else "windows-1252"


def _share(data: bytes, codec: str, common: Callable[[str], bool]) -> float:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    if _HAN_AT_A_LETTER.search(text):
        return 0.0
    foreign = [char for char in text if char > "\x7f"]
    return sum(map(common, foreign)) / len(foreign) if foreign else 0.0


def _code(char: str, codec: str) -> bytes:
    return char.encode(codec, "replace")


def ambiguous_in(text: str, data: bytes) -> int | None:
    """Offset of the first character of a text that is UTF-8, but reads as Chinese throughout when taken for GBK.

    ``确权`` in GBK is ``ȷȨ`` in UTF-8. A file that has Chinese characters as UTF-8 is taken at its word, and so
    is one where the Chinese reading would stand inside Latin words (``Café``).

    >>> ambiguous_in("name: ȷȨ", "name: ȷȨ".encode()), ambiguous_in("name: Café", "name: Café".encode())
    (6, None)
    """
    if text.isascii() or _CJK.search(text):
        return None
    try:
        other = data.decode("gbk")
    except UnicodeDecodeError:
        return None
    if _HAN_AT_A_LETTER.search(other) or not all(_HAN_RUN.fullmatch(char) for char in other if char > "\x7f"):
        return None
    return next(offset for offset, char in enumerate(text) if char > "\x7f")
