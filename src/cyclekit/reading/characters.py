"""Which characters a file may hold, and what was meant by those it may not.

Control characters, and what makes a text read differently from how it is stored (bidi overrides, zero-width
spaces, a second BOM), are refused wherever they stand: Unicode Technical Report 36 tells why. Full-width
marks and odd blanks are a matter of the place: ``：`` in a title is text, between a key and its value a slip.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

import attrs

#: Refused everywhere: C0 and C1 but tab and line ends, surrogates, noncharacters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
#: Refused everywhere: soft hyphen, zero-width, bidi marks, separators, fillers, variation selectors, tags.
_INVISIBLE = (
    "\x85\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
#: Allowed between emoji only.
_JOINERS = "\u200d\ufe0f"
_UNUSUAL = "\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
#: Blanks that are none for YAML: fine within a title, never around a key or in a value.
_BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f"
IDEOGRAPHIC_SPACE = "\u3000"
ODD_BLANK = f"[{_BLANKS}{IDEOGRAPHIC_SPACE}]"

_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
#: One look over a whole file decides whether there is anything to look at closely.
SUSPECT = re.compile(f"[{_CONTROL}{_INVISIBLE}{_JOINERS}{_UNUSUAL}]")
_HIGHEST = 0xFFFF
_JOINED = re.compile(
    f"(?<=[{_EMOJI}])\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[{_EMOJI}\ufe0f\u20e3])\u200d(?=[{_EMOJI}])"
)
_CLASSES = re.compile(f"(\r(?!\n)|[{_CONTROL}])|([{_INVISIBLE}{_JOINERS}])|([{_UNUSUAL}])")
_NOT_IN_VALUES = re.compile(f"[{_BLANKS}{_INVISIBLE}{_JOINERS}]")

#: Stands in for a refused character while the rest is read on. A noncharacter, so never in a file itself.
PLACEHOLDER = "\U0010fffe"

#: Chinese marks that have no full-width twin in Unicode's block of them.
_MARKS = {"、": ",", "。": ".", "【": "[", "】": "]", "〔": "[", "〕": "]", "〜": "~", IDEOGRAPHIC_SPACE: " "}
_RANGE_MARKS = "～〜"
_FULL_WIDTH = re.compile("[\uff01-\uff5e" + "".join(_MARKS) + "]")


@attrs.frozen
class Odd:
    """A character that is refused or warned about: its offset and the code of the diagnostic."""

    offset: int
    char: str
    code: str


def odd_characters(text: str) -> Iterator[Odd]:
    r"""Each character that no text may hold (or that is warned about), in order.

    Joiners between emoji are none; ``\r`` before ``\n`` is none.

    >>> [(odd.offset, odd.code) for odd in odd_characters("a\x07b\u200bc❤\ufe0f")]
    [(1, 'control-char'), (3, 'invisible-char')]
    """
    if SUSPECT.search(text) is None and text.count("\r") == text.count("\r\n"):
        return
    for found in _CLASSES.finditer(text):
        char = found[0]
        if char in _JOINERS and _JOINED.match(text, found.start()):
            continue
        code = ("control-char", "invisible-char", "unusual-char")[(found.lastindex or 1) - 1]
        yield Odd(found.start(), char, code)


@functools.cache
def _surely_fine() -> bytes:
    """The octets of UTF-8 with which no character begins that has to be looked at, and those within characters."""
    inside = range(0x80, 0xC0)
    suspect = {ord(each) for each in SUSPECT.findall("".join(map(chr, range(_HIGHEST + 1))))}
    leads = {chr(each).encode("utf-8", "surrogatepass")[0] for each in suspect}
    usual = {chr(each).encode("utf-8", "surrogatepass")[0] for each in range(_HIGHEST + 1)}
    return bytes(sorted({*inside, *(usual - leads)}))


def may_be_odd(texts: bytes) -> bool:
    """Whether texts in UTF-8 have to be looked at: in a moment for a million names, most of which have nothing odd.

    >>> may_be_odd("桐城市总工会".encode()), may_be_odd("a\u200bb".encode())
    (False, True)
    """
    rest = texts.translate(None, _surely_fine())
    return bool(rest) and SUSPECT.search(texts.decode()) is not None


def shown_char(char: str) -> str:
    r"""A character by number and name, for a message: it must not ring, hide or turn the line around.

    >>> shown_char("\u200b"), shown_char("\x07")
    ('U+200B ZERO WIDTH SPACE', 'U+0007')
    """
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}{' ' if name else ''}{name}"


def told_of(char: str) -> str:
    r"""The message about a character that cannot be seen: a blank in its place is missed, of others nothing is.

    >>> told_of("\xa0"), told_of("\u200b")
    ('odd-blank', 'invisible-char')
    """
    return "odd-blank" if unicodedata.category(char) == "Zs" else "invisible-char"


def invisible_in(text: str) -> int | None:
    r"""Offset of the first character that is invisible, or looks like a space and is none; for keys and values.

    Free text may hold odd blanks, and joiners between emoji; ids, dates and numbers may not.

    >>> invisible_in("2\xa0months")
    1
    """
    found = _NOT_IN_VALUES.search(text)
    return found.start() if found else None


def full_width_in(text: str) -> tuple[int, str] | None:
    """Offset of the first full-width or Chinese mark, digit or letter, and the ASCII that was meant.

    For the texts in which only ASCII is meant: dates, numbers, cycles, ids. ``～`` between two dates is
    ``..``. Curly quotes and dashes are not full-width, but plainly wrong; ``None`` for those.

    >>> full_width_in("quarter ＃每季")
    (8, '#')
    >>> full_width_in("2026-01～2026-03")
    (7, '..')
    """
    found = _FULL_WIDTH.search(text)
    if found is None:
        return None
    char = found[0]
    if char in _RANGE_MARKS:
        return found.start(), ".."
    return found.start(), ascii_of(char)


def ascii_of(char: str) -> str:
    """What a full-width or Chinese mark stands for, the character itself where it is none.

    >>> ascii_of("：") + ascii_of("【") + ascii_of("x")
    ':[x'
    """
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    return _MARKS.get(char, char)
