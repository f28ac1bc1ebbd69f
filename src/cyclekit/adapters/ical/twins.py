"""Feeds that differ in nothing but their units: one of them has been looked at, and so the others need not be.

A feed of a unit tells the unit's id in each UID, between tildes, and what it is called in the first lines of each
description. Where these are put aside, what remains of two units' feeds is often the same to the octet. Then the
other feed is as good as the first, if its ids are as long and of the same kinds of characters, and what it tells of
its unit holds no fault: nothing else is different, no line is longer, and no UID has become another's.
"""

import hashlib
import re
from collections.abc import Callable

import attrs

#: More units than these in a feed, and it is no feed of one unit.
_MOST = 8
_MARKS = [bytes((1, number)) for number in range(14, 14 + _MOST)]
_UID = re.compile(rb"\r\nUID:[0-9A-Za-z._=-]+~[0-9A-Za-z._-]+~([0-9A-Za-z._-]+)~[0-9A-Za-z._~=@-]+\r\n(?! )")
_BEGIN, _DESCRIPTION = b"\r\nBEGIN:V", b"\r\nDESCRIPTION:"
#: The second line of a text, where it begins on a line of the feed's own.
_SECOND = b"\r\n \\n"
#: What is told elsewhere in the feed, or counts for all of it.
_TOLD_ELSEWHERE = (b"TZID", b"METHOD")


@attrs.frozen
class Twin:
    """What is left of a feed without its units, and what was put aside: texts, and of ids how long they are."""

    digest: bytes
    lengths: tuple[int, ...]
    texts: tuple[bytes, ...]


def twin_of(data: bytes) -> Twin | None:
    """A feed without its units; None where it is not made so, or has those of many."""
    # What a feed tells of itself is looked at each time, and nothing of it is put aside here.
    rest = data[data.find(_BEGIN) :] if _BEGIN in data else b""
    if b"\x01" in rest or any(each in data for each in _TOLD_ELSEWHERE):
        return None
    lengths: list[int] = []
    texts: list[bytes] = []
    left = rest.count(b"\r\nUID:")
    for mark in _MARKS:
        if left <= 0:
            break
        found = _UID.search(rest)
        if found is None:
            return None
        text = _first_line(rest, found.end() - 2)
        lengths.append(len(found[1]))
        rest = rest.replace(b"~%b~" % found[1], b"~%b~" % mark)
        left -= rest.count(b"~%b~" % mark)
        if text is not None:
            texts.append(text)
            rest = rest.replace(b"%b%b%b" % (_DESCRIPTION, text, _SECOND), b"%b%b%b" % (_DESCRIPTION, mark, _SECOND))
    else:
        return None
    return Twin(hashlib.sha256(rest).digest(), tuple(lengths), tuple(texts))


def _first_line(data: bytes, start: int) -> bytes | None:
    """The first line of the description of the event that begins here, where the second one follows."""
    end = data.find(_BEGIN, start)
    begin = data.find(_DESCRIPTION, start, end if end >= 0 else len(data))
    if begin < 0:
        return None
    begin += len(_DESCRIPTION)
    stop = data.find(_SECOND, begin, end if end >= 0 else len(data))
    return data[begin:stop] if stop >= 0 else None


class Twins:
    """Feeds that nothing was wrong with, without their units.

    ``is_plain`` says whether a text holds no fault, by how many octets stand before it on its line.
    """

    def __init__(self, is_plain: Callable[[int, bytes], bool]) -> None:
        self._is_plain = is_plain
        self._known: set[tuple[bytes, tuple[int, ...], int]] = set()

    def has(self, twin: Twin) -> bool:
        """Whether a feed is as good as one that has been looked at."""
        known = (twin.digest, twin.lengths, len(twin.texts)) in self._known
        return known and all(self._is_plain(len(_DESCRIPTION) - 2, each) for each in twin.texts)

    def learn(self, twin: Twin) -> None:
        """Remember a feed that nothing is wrong with."""
        self._known.add((twin.digest, twin.lengths, len(twin.texts)))
