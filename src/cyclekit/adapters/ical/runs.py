"""Events of many units that follow one another and differ in nothing but their units, as in the feed of a whole city.

Of one row each event is looked at, and what its units have of their own is kept: ids, what stands in the title, the
first line of the description. Where a later row begins with the first of these units, the others are put around what
that event says; and if the feed goes on with just these octets, all of them are as good as the first: nothing else is
different, and no line has become too long.
"""

import re
from collections.abc import Callable, Sequence

import attrs

from cyclekit.adapters.ical.text import FOLD, LONGEST

#: The fewest units that are kept together, and the most; and how many such runs, in all and that begin alike.
_FEWEST, _MOST, _MOST_RUNS, _MOST_ALIKE = 4, 4096, 64, 4
_UID = re.compile(rb"(UID:[0-9A-Za-z._=-]+~[0-9A-Za-z._-]+~)([0-9A-Za-z._-]+)(~[0-9A-Za-z._~=@-]+)")
_SUMMARY, _DESCRIPTION = b"\r\nSUMMARY:", b"\r\nDESCRIPTION:"
#: How many octets stand before a title on its line.
_BEFORE = len("SUMMARY:")
#: Whether a text holds no fault, by how many octets stand before it on its line.
IsPlain = Callable[[int, bytes], bool]
_NOBODY: frozenset[bytes] = frozenset()


@attrs.frozen
class Event:
    """An event in parts: its UID, its summary and the first line of its description, and with its kind the rest."""

    uid: bytes
    summary: bytes
    description: bytes
    rest: tuple[bytes, bytes]


def _shared(texts: Sequence[str]) -> str:
    """What all of some texts begin with: where the first and the last of them do, those between do too."""
    first, last = min(texts), max(texts)
    return first[: next((at for at, char in enumerate(first) if char != last[at]), len(first))]


@attrs.frozen(eq=False)
class _Run:
    """What units that come one after the other have of their own: ids, a part of each title, and first lines."""

    before: bytes
    ids: tuple[bytes, ...]
    marks: tuple[bytes, ...]
    lines: tuple[bytes, ...]
    owners: frozenset[bytes]
    longest_id: int
    longest_mark: int

    @classmethod
    def of(cls, uids: Sequence[bytes], events: Sequence[Event], is_plain: IsPlain) -> "_Run | None":
        """What some events have of their own; None where an escape would be cut in two."""
        titles = [each.summary.decode() for each in events]
        before = _shared(titles)
        rests = [each[len(before) :] for each in titles]
        behind = len(_shared([each[::-1] for each in rests]))
        marks = tuple(each[: len(each) - behind].encode() for each in rests)
        # In parts that are each without a fault no escape goes over from one to the next.
        if not all(is_plain(_BEFORE, each) for each in {before.encode(), *marks}):
            return None
        lines = tuple(each.description for each in events)
        longest = max(map(len, uids)), max(map(len, marks))
        return cls(before.encode(), tuple(uids), marks, lines, frozenset(uids), *longest)

    def row(self, start: bytes, end: bytes, event: Event, is_plain: IsPlain) -> bytes | None:
        """All events of a row that begins with this one; None where it is not the first unit's, or a line is long."""
        if event.description != self.lines[0] or not event.summary.startswith(self.before + self.marks[0]):
            return None
        title = event.summary[len(self.before) + len(self.marks[0]) :]
        room = LONGEST - _BEFORE - len(self.before) - self.longest_mark
        if len(start) + self.longest_id + len(end) > LONGEST or len(title) > room or not is_plain(_BEFORE, title):
            return None
        component, rest = event.rest
        begin, summary = b"BEGIN:%b\r\n%b" % (component, start), end + _SUMMARY + self.before
        parts = [begin, b"", summary, b"", title + _DESCRIPTION, b"", rest] * len(self.ids)
        parts[1::7], parts[3::7], parts[5::7] = self.ids, self.marks, self.lines
        return b"".join(parts)


class Runs:
    """The events of one feed, in their order: which UIDs it has, and what is known of units that follow one another."""

    def __init__(self, is_plain: IsPlain) -> None:
        self._is_plain = is_plain
        self._known: dict[bytes, list[_Run]] = {}
        self._uids: list[bytes] = []
        self._open: list[Event] = []
        self._row: object = None
        self._owners: dict[tuple[bytes, bytes], set[bytes] | frozenset[bytes]] = {}

    def add(self, event: Event) -> bool:
        """One more event without a fault; False where its UID is there already."""
        uid = event.uid.replace(FOLD, b"")
        found = _UID.fullmatch(uid)
        start, id_, end = found.groups() if found else (uid, b"", b"")
        if (start, end, event.rest) != self._row or len(self._open) == _MOST:
            self._close()
            self._row = (start, end, event.rest)
        self._uids.append(id_)
        self._open.append(event)
        owners = self._owners.setdefault((start, end), set())
        if id_ in owners:
            return False
        if isinstance(owners, frozenset):
            owners = self._owners[start, end] = set(owners)
        owners.add(id_)
        return True

    def row(self, data: bytes, place: int, event: Event) -> int:
        """How many octets of a feed, from this event on, are a row of units that are known; 0 where it is none."""
        found = _UID.fullmatch(event.uid)
        if found is None:
            return 0
        start, id_, end = found.groups()
        if (start, end, event.rest) != self._row:
            self._close()
        owners = self._owners.get((start, end), _NOBODY)
        for run in self._known.get(id_, ()):
            octets = run.row(start, end, event, self._is_plain)
            if octets is not None and data.startswith(octets, place) and run.owners.isdisjoint(owners):
                self._owners[start, end] = run.owners | owners
                return len(octets)
        return 0

    def _close(self) -> None:
        """Keep what the units of a row have of their own, once all of them are there."""
        if len(self._open) >= _FEWEST:
            run = _Run.of(self._uids, self._open, self._is_plain)
            if run is not None:
                if len(self._known) >= _MOST_RUNS:
                    self._known.clear()
                alike = self._known.setdefault(run.ids[0], [])
                alike.insert(0, run)
                del alike[_MOST_ALIKE:]
        self._uids, self._open, self._row = [], [], None
