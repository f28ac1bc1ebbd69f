"""A feed taken apart into calendar objects: one for each UID, as a CalDAV server keeps them (RFC 4791, section 4.1)."""

import re
from collections.abc import Callable

import attrs

from cyclekit.remote.content import components, fingerprint, mark_line

_EVENT = re.compile(rb"BEGIN:(VEVENT|VTODO)\r\n.*?\r\nEND:\1\r\n", re.DOTALL)
_SEQUENCE = re.compile(rb"(?<=\r\n)SEQUENCE:(\d+)\r\n")
#: What an object has of the feed: nothing of how it is published, and no METHOD (section 4.1).
_HEAD = ("VERSION", "PRODID", "CALSCALE")


@attrs.frozen
class Item:
    """One object to be there: its UID, the fingerprint of what it says, the scope of its push, and its text."""

    uid: str
    says: str
    scope: str
    _head: bytes
    event: bytes

    def data(self, above: int = -1) -> bytes:
        """The object as it is put, with a SEQUENCE greater than that of the one it takes the place of."""
        found = _SEQUENCE.search(self.event)
        number = max(int(found[1]) if found else 0, above + 1)
        begin, _, rest = _SEQUENCE.sub(b"", self.event, count=1).partition(b"\r\n")
        lines = (begin, b"\r\n", mark_line(self.scope, self.says), b"SEQUENCE:%d\r\n" % number, rest)
        return b"".join((b"BEGIN:VCALENDAR\r\n", self._head, *lines, b"END:VCALENDAR\r\n"))


@attrs.frozen
class Calendar:
    """What is to be in one collection: its name, and its objects by UID."""

    name: str
    items: dict[str, Item]


def calendar_of(feed: bytes, scope_of: Callable[[str], str]) -> Calendar:
    """The objects of a feed of ours; ``scope_of`` gives the scope of a UID, so that a push knows its own objects."""
    whole = components(feed)
    head = b"".join(f"{name}:{value}\r\n".encode() for name in _HEAD if (value := whole.value(name)))
    events = [each for each in whole.inner if each.name in {"VEVENT", "VTODO"}]
    texts = [match[0] for match in _EVENT.finditer(feed)]
    items: dict[str, Item] = {}
    for event, text in zip(events, texts, strict=True):
        uid = event.value("UID")
        items[uid] = Item(uid, fingerprint([event]), scope_of(uid), head, text)
    return Calendar(whole.value("X-WR-CALNAME") or whole.value("NAME"), items)
