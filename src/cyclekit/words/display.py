"""How characters look on a terminal: how many columns they take, and what stands for those that must not be sent.

A rule file may hold escape sequences, bidi overrides and other invisible characters; a terminal would obey them.
"""

import unicodedata
from collections.abc import Iterator

TAB_STOP = 4
_PICTURES = 0x2400
_DELETE = 0x7F
#: Control, format, surrogate, private and unassigned characters, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Vowels and finals of Hangul written in parts: they join the consonant before them.
_JOINING_JAMO = range(0x1160, 0x1200)


def visible(text: str) -> str:
    r"""A text in which every character can be seen, so that none can steer a terminal.

    Control characters become their pictures, other invisible ones their number.

    >>> visible("a\x1b[31m\u202e")
    'a␛[31m<U+202E>'
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    code = ord(char)
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return f"<U+{code:04X}>" if unicodedata.category(char) in _UNSEEN else char


def columns(text: str) -> int:
    """How many columns of a terminal a visible text takes: wide and full-width characters two, combining ones none.

    As UAX #11 has it, characters of ambiguous width count as narrow.

    >>> columns("季度 Q1")
    7
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me") or ord(char) in _JOINING_JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def cells(line: str) -> Iterator[tuple[str, int]]:
    r"""Each character of a line as it is shown, with its columns; a tab reaches to the next tab stop.

    >>> list(cells("a\t月"))
    [('a', 1), ('   ', 3), ('月', 2)]
    """
    at = 0
    for char in line:
        shown = " " * (TAB_STOP - at % TAB_STOP) if char == "\t" else visible(char)
        width = columns(shown)
        at += width
        yield shown, width


#: No line begins with these, or ends with those.
_CLOSING, _OPENING = "，。、；：！？）」』”’》…,.;:!?)", "（「『“‘《("


def wrapped(text: str, width: int) -> list[str]:
    """A visible text as lines of at most ``width`` columns, broken at blanks and between Chinese characters.

    A word that is longer than a line has a line of its own.

    >>> wrapped("遇非工作日顺延，跨月则提前", 16)
    ['遇非工作日顺延，', '跨月则提前']
    """
    if columns(text) <= width:
        return [text.rstrip()]
    lines, here, taken = [], "", 0
    for part in _unbroken(text):
        wide = columns(part)
        if here and taken + columns(part.rstrip()) > width:
            lines.append(here.rstrip())
            here, taken = "", 0
        here += part
        taken += wide
    return [*lines, here.rstrip()]


def _unbroken(text: str) -> Iterator[str]:
    """The parts of a text inside which no line may be broken; blanks stand at their ends."""
    part = ""
    for char in text:
        wide = _columns(char) == 2
        ended = part.endswith(" ") or (part and (wide or _columns(part[-1]) == 2))
        if part and char != " " and ended and char not in _CLOSING and part[-1] not in _OPENING:
            yield part
            part = ""
        part += char
    if part:
        yield part
