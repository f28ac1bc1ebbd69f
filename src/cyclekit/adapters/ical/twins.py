"""Feeds that differ in nothing but their units: one of them has been looked at, and so the others need not be.

A feed of a unit tells the unit's id in each UID, between tildes, and what it is called in the first lines of each
description. Of a feed that has been looked at, all but these is kept, with slots in their places. Another feed that is
this with its own ids and names filled in, to the octet, is as good as the first, if its ids are as long and of the
same kinds of characters, and what it tells of its unit holds no fault: nothing else is different, no line is longer,
and no UID has become another's.
"""

import re
from collections.abc import Callable, Iterator

import attrs

from cyclekit.adapters.ical.familiar import SECOND
from cyclekit.adapters.ical.slotted import Slotted

#: More units than these in a feed, and it is no feed of one unit.
_MOST = 8
#: How many feeds with one beginning are kept: more differ in something else.
_MOST_ALIKE = 16
#: How many octets are kept at most, before all is forgotten.
_MOST_OCTETS = 1 << 26
_MARKS = [bytes((1, number)) for number in range(14, 14 + 2 * _MOST)]
_MARK = re.compile(rb"\x01([\x0e-\x1d])")
_ID = rb"[0-9A-Za-z._-]+"
_UID = re.compile(rb"\r\nUID:[0-9A-Za-z._=-]+~[0-9A-Za-z._-]+~(" + _ID + rb")~[0-9A-Za-z._~=@-]+\r\n(?! )")
_WHOLE_ID = re.compile(_ID)
_BEGIN, _DESCRIPTION = b"\r\nBEGIN:V", b"\r\nDESCRIPTION:"
#: What is told elsewhere in the feed, or counts for all of it.
_TOLD_ELSEWHERE = (b"TZID", b"METHOD")
#: What twins have in common at their beginning: so that few are compared with a feed.
_Key = tuple[bytes, int, bytes]


@attrs.frozen(eq=False)
class Twin:
    """A feed from its first component on, without its units.

    Slots of even numbers are ids, of which ``lengths`` says how long they are; those of odd numbers are what the unit
    before them is called.
    """

    key: _Key
    slotted: Slotted
    lengths: tuple[int, ...]

    def values_in(self, data: bytes, start: int) -> list[bytes] | None:
        """What fills the slots in a feed that may be a twin; None where it is none, or gives two units one id.

        ``start`` is where its first component begins.
        """
        found: dict[int, bytes] = {}
        wanted = len(set(self.slotted.slots))
        place = start
        for literal, slot in zip(self.slotted.literals, self.slotted.slots, strict=False):
            # Most that are none differ soon, as by the unit above; then they need not be put together whole.
            if not data.startswith(literal, place):
                return None
            if len(found) == wanted:
                break
            place += len(literal)
            if slot not in found:
                stop = data.find(SECOND, place) if slot % 2 else place + self.lengths[slot // 2]
                if stop < 0 or not (slot % 2 or _WHOLE_ID.fullmatch(data, place, stop)):
                    return None
                found[slot] = data[place:stop]
            place += len(found[slot])
        values = [found.get(slot, b"") for slot in range(2 * _MOST)]
        whole = self.slotted.filled(values)
        ids = [value for slot, value in found.items() if slot % 2 == 0]
        is_twin = len(data) == start + len(whole) and data.endswith(whole) and len(set(ids)) == len(ids)
        return [value for slot, value in found.items() if slot % 2] if is_twin else None


def twin_of(data: bytes) -> Twin | None:
    """A feed without its units; None where it is not made so, or has those of many."""
    begin = data.find(_BEGIN)
    key = _key(data, begin) if begin >= 0 else None
    if key is None or _has_many(data, begin) or b"\x01" in data or any(each in data for each in _TOLD_ELSEWHERE):
        return None
    # What a feed tells of itself is looked at each time, and nothing of it is put aside here.
    rest = data[begin:]
    lengths: list[int] = []
    left = rest.count(b"\r\nUID:")
    while left > 0:
        found = _UID.search(rest)
        if found is None:
            return None
        text = _first_line(rest, found.end() - 2)
        id_, named = _MARKS[2 * len(lengths) : 2 * len(lengths) + 2]
        lengths.append(len(found[1]))
        rest = rest.replace(b"~%b~" % found[1], b"~%b~" % id_)
        left -= rest.count(b"~%b~" % id_)
        if text is not None:
            rest = rest.replace(b"%b%b%b" % (_DESCRIPTION, text, SECOND), b"%b%b%b" % (_DESCRIPTION, named, SECOND))
    pieces = _MARK.split(rest)
    slots = tuple(each[0] - 14 for each in pieces[1::2])
    return Twin(key, Slotted(tuple(pieces[::2]), slots), tuple(lengths))


def _has_many(data: bytes, start: int) -> bool:
    """Whether there are more units than a unit's own feed has: told by the first that are too many."""
    found: set[bytes] = set()
    for each in _UID.finditer(data, start):
        found.add(each[1])
        if len(found) > _MOST:
            return True
    return False


def _key(data: bytes, start: int) -> _Key | None:
    """How a feed begins up to its first id, how long that is, and what follows what its unit is called there."""
    found = _UID.search(data, start)
    if found is None:
        return None
    end = data.find(_BEGIN, found.end())
    second = data.find(SECOND, found.end(), end if end >= 0 else len(data))
    return data[start : found.start(1)], len(found[1]), data[second : max(second, end)]


def _first_line(data: bytes, start: int) -> bytes | None:
    """The first line of the description of the event that begins here, where the second one follows."""
    end = data.find(_BEGIN, start)
    begin = data.find(_DESCRIPTION, start, end if end >= 0 else len(data))
    if begin < 0:
        return None
    begin += len(_DESCRIPTION)
    stop = data.find(SECOND, begin, end if end >= 0 else len(data))
    return data[begin:stop] if stop >= 0 else None


class Twins:
    """Feeds that nothing was wrong with, without their units.

    ``is_plain`` says whether a text holds no fault, by how many octets stand before it on its line.
    """

    def __init__(self, is_plain: Callable[[int, bytes], bool]) -> None:
        self._is_plain = is_plain
        self._known: dict[_Key, list[Twin]] = {}
        self._octets = 0

    def has(self, data: bytes) -> bool:
        """Whether a feed is as good as one that has been looked at, from its first component on."""
        start = data.find(_BEGIN)
        if start < 0 or any(data.find(each, 0, start) >= 0 for each in _TOLD_ELSEWHERE):
            return False
        return any(
            all(self._is_plain(len(_DESCRIPTION) - 2, each) for each in texts) for texts in self._fitting(data, start)
        )

    def _fitting(self, data: bytes, start: int) -> Iterator[list[bytes]]:
        key = _key(data, start)
        for each in self._known.get(key, ()) if key else ():
            texts = each.values_in(data, start)
            if texts is not None:
                yield texts

    def learn(self, data: bytes) -> None:
        """Remember a feed that nothing is wrong with."""
        twin = twin_of(data)
        if twin is not None and len(data) <= _MOST_OCTETS:
            self._octets += len(data)
            if self._octets > _MOST_OCTETS:
                self._known.clear()
                self._octets = len(data)
            alike = self._known.setdefault(twin.key, [])
            alike.insert(0, twin)
            del alike[_MOST_ALIKE:]
