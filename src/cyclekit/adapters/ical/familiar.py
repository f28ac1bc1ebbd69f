"""Feeds whose like has been looked at: most of an event stands in the feeds of other units too.

Of an event that begins with UID, SUMMARY and the first line of a DESCRIPTION, and that nothing is wrong with, the rest
is remembered.
Another event with the same rest is as good, whatever plain texts stand before it: what is wrong with a component does
not depend on them, but for a UID that is there twice. So each feed is looked at in full, and what many share once.
"""

import re

from cyclekit.adapters.ical.runs import Event, Runs
from cyclekit.adapters.ical.text import FOLD, LONGEST

_BEGIN, _END = b"BEGIN:%b\r\n", b"END:VCALENDAR\r\n"
_COMPONENTS = (b"VEVENT", b"VTODO")
_UID = re.compile(rb"UID:[0-9A-Za-z._~=@-]{1,71}(?:\r\n [0-9A-Za-z._~=@-]{1,74})*")
_SUMMARY, _DESCRIPTION = b"\r\nSUMMARY:", b"\r\nDESCRIPTION:"
#: The second line of a text, where it begins on a line of the feed's own.
SECOND = FOLD + b"\\n"
_PLAIN = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]++|\\[\\;,nN])*+")
#: What stands in for the events of a calendar while its own properties are looked at.
SAMPLE = (
    b"BEGIN:VEVENT\r\nUID:sample\r\nDTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:19700101\r\nEND:VEVENT\r\n" + _END
)
_MOST = 50_000
_NAME = re.compile(rb"\r\n(NAME|X-WR-CALNAME):((?:[^\r]|\r\n )*)(?=\r\n)")
#: Some of the addresses that a feed may have: those that are the same in every way, but for where they lead.
_ADDRESS = re.compile(rb"(?<=\r\nURL;VALUE=URI:http)s?://[0-9A-Za-z./_~%-]{1,55}(?=\r\n(?! ))")
#: The end of a line that does not go on.
_NEXT = re.compile(rb"\r\n(?! )")
#: A fold that may stand within an escape, or does within a character.
_DOUBTFUL_FOLD = re.compile(rb"\\\r\n |\r\n [\x80-\xbf]")


class Familiar:
    """What has been looked at, and found without fault."""

    def __init__(self) -> None:
        self._rests: set[tuple[bytes, bytes]] = set()
        self._texts: set[tuple[int, bytes]] = set()
        self._heads: set[bytes] = set()

    def head(self, data: bytes) -> bytes:
        """What a feed tells of itself, if all of its events are as good as others; nothing if they have to be read."""
        component, begin = _form(data)
        if not component:
            return b""
        mark, place, stop = _BEGIN % component, begin, len(data) - len(_END)
        runs = Runs(self.is_plain)
        while place < stop:
            after = _after(data, place, mark, stop)
            event = _event(component, data[place + len(mark) : after])
            if event is None or event.rest not in self._rests or not self._is_good(event):
                return b""
            length = runs.row(data, place, event)
            if length and (place + length == stop or data.startswith(mark, place + length)):
                place += length
            elif runs.add(event):
                place = after
            else:
                return b""
        return data[:begin]

    def _is_good(self, event: Event) -> bool:
        """Whether what stands before the rest of an event holds no fault."""
        return self.is_plain(8, event.summary) and self.is_plain(12, event.description)

    def learn(self, data: bytes) -> None:
        """Remember what stands in a feed that nothing is wrong with."""
        if len(self._rests) > _MOST:
            self._rests.clear()
        for event in _events(data):
            # A zone is told elsewhere in the feed.
            if b"TZID" not in event.rest[1] and self._is_good(event):
                self._rests.add(event.rest)

    def has_head(self, head: bytes) -> bool:
        """Whether what a feed tells of itself is as good as what another one does, but for its name and address."""
        rest, texts = _without_names(head)
        return rest in self._heads and all(self.is_plain(before, text) for before, text in texts)

    def learn_head(self, head: bytes) -> None:
        """Remember what a feed without a fault tells of itself."""
        if len(self._heads) > _MOST:
            self._heads.clear()
        self._heads.add(_without_names(head)[0])

    def is_plain(self, before: int, text: bytes) -> bool:
        """Whether a text, folded or not, holds nothing that is wrong, with so many octets before it on its line."""
        if (before, text) in self._texts:
            return True
        lines = text.split(FOLD)
        if len(lines[0]) > LONGEST - before or max(map(len, lines)) >= LONGEST or _DOUBTFUL_FOLD.search(text):
            return False
        try:
            if not _PLAIN.fullmatch(b"".join(lines).decode()):
                return False
        except UnicodeDecodeError:
            return False
        if len(self._texts) > _MOST:
            self._texts.clear()
        self._texts.add((before, text))
        return True


def _without_names(head: bytes) -> tuple[bytes, list[tuple[int, bytes]]]:
    """What a feed tells of itself without its names, and an address on one line; the names with what is before them."""
    names = [(len(each[1]) + 1, each[2]) for each in _NAME.finditer(head)]
    return _ADDRESS.sub(b"", _NAME.sub(rb"\r\n\1:", head)), names


def head_of(data: bytes) -> bytes:
    """What a feed tells of itself; nothing where it is not made like this."""
    for component in _COMPONENTS:
        begin = data.find(b"BEGIN:" + component + b"\r\n")
        if begin >= 0:
            return data[:begin] if data.endswith(_END) else b""
    return b""


def _form(data: bytes) -> tuple[bytes, int]:
    """What the events of a feed are, and where the first of them begins; nothing where it is not made like this."""
    for component in _COMPONENTS:
        begin = data.find(_BEGIN % component)
        if begin >= 0 and data.endswith(_END) and data.find(b"METHOD", 0, begin) < 0:
            return component, begin
    return b"", 0


def _after(data: bytes, place: int, mark: bytes, stop: int) -> int:
    """Where the event behind the one at this place begins, or the end."""
    after = data.find(mark, place + len(mark), stop)
    return stop if after < 0 else after


def _events(data: bytes) -> list[Event]:
    """The events of a feed; none at all where one is not made like this."""
    component, place = _form(data)
    if not component:
        return []
    mark, stop = _BEGIN % component, len(data) - len(_END)
    found: list[Event] = []
    while place < stop:
        after = _after(data, place, mark, stop)
        event = _event(component, data[place + len(mark) : after])
        if event is None:
            return []
        found.append(event)
        place = after
    return found


def _event(component: bytes, octets: bytes) -> Event | None:
    """An event in parts; None where it is not made like this."""
    uid, _, more = octets.partition(_SUMMARY)
    summary, _, more = more.partition(_DESCRIPTION)
    # From its second line on a description is that of others too, where that begins on a line of the feed's own.
    stop = more.find(SECOND)
    if stop < 0 or _NEXT.search(more, 0, stop):
        end = _NEXT.search(more)
        if end is None:
            return None
        stop = end.start()
    return Event(uid, summary, more[:stop], (component, more[stop:])) if _UID.fullmatch(uid) else None
