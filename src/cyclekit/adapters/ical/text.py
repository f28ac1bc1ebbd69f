r"""The bytes of content lines (RFC 5545, section 3.1): escaping, folding, and what may not reach a feed at all.

A line has at most 75 octets and ends with CRLF. A fold stands between characters, and never inside an escape: one
that parts a backslash from what it escapes is legal, and loses the event in some importers.
"""

import re

CRLF = b"\r\n"
FOLD = b"\r\n "
#: Octets of a line without its CRLF (section 3.1), and of a continued line without the blank before it.
LONGEST = 75
CONTINUED = LONGEST - 1

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Control characters that TEXT cannot hold (section 3.3.11), halves of surrogate pairs, and what is no character.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_ESCAPED = re.compile(r"[\\;,\n]")
_BACKSLASH, _BLANK = ord("\\"), ord(" ")
#: How many octets of room are given up at most to fold elsewhere than beside a blank.
_BACK = 20
#: The two highest bits of an octet, and what they are within a character (RFC 3629).
_HIGH, _WITHIN = 0xC0, 0x80


def cleaned(text: str) -> str:
    r"""A text that a feed can hold: every kind of line end is a line feed, what cannot be written is U+FFFD.

    >>> cleaned("a\r\nb\u2028c\x07")
    'a\nb\nc\ufffd'
    """
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> str:
    r"""A text as the value of a property of type TEXT (section 3.3.11).

    >>> print(escaped("C:\\New; one, two\nthree"))
    C:\\New\; one\, two\nthree
    """
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], cleaned(text))


def folded(line: str) -> bytes:
    r"""A content line without its end, cut into pieces of at most 75 octets.

    >>> folded("SUMMARY:" + "季" * 23).split(b"\r\n")[1].decode()
    ' 季'
    """
    return pieces(line.encode(), LONGEST)


def continued(text: str) -> bytes:
    r"""A part of a value that begins on a line of its own: a fold, then the part, folded where it is long.

    So parts that many events share are folded once, wherever they stand.

    >>> continued("Period: Q1 2023")
    b'\r\n Period: Q1 2023'
    """
    return FOLD + pieces(text.encode(), CONTINUED) if text else b""


def pieces(data: bytes, room: int) -> bytes:
    """UTF-8 cut into pieces, the first of at most ``room`` octets, with folds between them.

    Where it can be helped no piece begins or ends with a blank, which some programs would trim.
    """
    if len(data) <= room:
        return data
    found: list[bytes] = []
    start = 0
    while len(data) - start > room:
        stop = _cut(data, start, start + room)
        found.append(data[start:stop])
        start, room = stop, CONTINUED
    found.append(data[start:])
    return FOLD.join(found)


def _cut(data: bytes, start: int, last: int) -> int:
    """The last place at which a piece may end: not within a character or an escape, and best not beside a blank."""
    farthest = stop = _whole(data, start, last)
    while stop > last - _BACK and (data[stop] == _BLANK or data[stop - 1] == _BLANK):
        stop = _whole(data, start, stop - 1)
    return stop if stop > last - _BACK else farthest


def _whole(data: bytes, start: int, stop: int) -> int:
    """This place, or the one before it that parts neither a character nor an escape."""
    while data[stop] & _HIGH == _WITHIN:
        stop -= 1
    before = stop
    while before > start and data[before - 1] == _BACKSLASH:
        before -= 1
    # An odd number of backslashes: the last one escapes what comes next.
    return stop - (stop - before) % 2
