"""The components of a feed, line by line: where each begins and ends, and what does not fit together."""

from collections.abc import Callable, Collection, Iterator, Sequence

import attrs

from cyclekit.adapters.ical.content import Content, Fault
from cyclekit.adapters.ical.shapes import Placed, is_known, may_stand_in

#: Something wrong at a line, counted from 0.
AtLine = tuple[int, Fault]
#: Components that have a UID, and an organizer where they are sent.
_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
_CALENDAR = "VCALENDAR"


@attrs.define
class _Open:
    """A component whose end is still to come: the line at which it begins, its own lines, and what stands within."""

    name: str
    start: int
    lines: list[Content] = attrs.field(factory=list)
    places: list[int] = attrs.field(factory=list)
    inner: list[str] = attrs.field(factory=list)
    uid: str | None = None


class Walk:
    """One way through the lines of a feed.

    ``read`` takes a line apart, and ``whole`` tells what is wrong with a component of such lines and components.
    """

    def __init__(
        self,
        read: Callable[[str], Content | None],
        whole: Callable[[str, tuple[Content, ...], tuple[str, ...]], Sequence[Placed]],
    ) -> None:
        self._read = read
        self._whole = whole
        self._open: list[_Open] = []
        self._seen: set[tuple[str, str]] = set()
        self._zones: set[str] = set()
        self._zones_asked: list[tuple[str, int]] = []
        self._unorganized: list[tuple[str, int]] = []
        self._undated: list[int] = []
        self._calendars = 0

    def faults(self, lines: Sequence[str]) -> Iterator[AtLine]:
        """Everything that is wrong with these lines."""
        read = self._read
        for number, text in enumerate(lines):
            line = read(text)
            if line is None:
                yield number, ("feed-no-line", {"text": text})
                continue
            if line.name == "BEGIN":
                yield from self._begin(number, line.value.upper())
            elif line.name == "END":
                yield from self._end(number, line.value.upper())
            elif not self._open:
                yield number, ("feed-outside", {"text": text})
            else:
                self._add(self._open[-1], number, line, text)
                if line.faults:
                    yield from ((number, fault) for fault in line.faults)
        for left in reversed(self._open):
            yield left.start, ("feed-no-end", {"component": left.name})
        if not self._calendars:
            yield 0, ("feed-no-calendar", {})

    def _add(self, here: _Open, number: int, line: Content, text: str) -> None:
        here.lines.append(line)
        here.places.append(number)
        if line.name == "UID":
            here.uid = text.partition(":")[2]
        if line.parameters and "TZID" in line.parameters:
            self._zones_asked.append((line.parameters["TZID"], number))

    def _begin(self, number: int, name: str) -> Iterator[AtLine]:
        if not self._open:
            self._calendars += name == _CALENDAR
            if name != _CALENDAR:
                yield number, ("feed-misplaced-component", {"component": name, "outer": "the file"})
            elif self._calendars > 1:
                yield number, ("feed-second-calendar", {})
        else:
            outer = self._open[-1]
            outer.inner.append(name)
            if not is_known(name):
                yield number, ("feed-unknown-component", {"component": name})
            elif not may_stand_in(name, outer.name):
                yield number, ("feed-misplaced-component", {"component": name, "outer": outer.name})
        self._open.append(_Open(name, number))

    def _end(self, number: int, name: str) -> Iterator[AtLine]:
        if not any(each.name == name for each in self._open):
            yield number, ("feed-no-begin", {"component": name})
            return
        while (here := self._open.pop()).name != name:
            yield here.start, ("feed-no-end", {"component": here.name})
        yield from self._finished(here)

    def _finished(self, here: _Open) -> Iterator[AtLine]:
        for place, fault in self._whole(here.name, tuple(here.lines), tuple(here.inner)):
            yield here.places[place] if place >= 0 else here.start, fault
        names = {line.name for line in here.lines}
        if here.name in _ENTRIES:
            yield from self._entry(here, names)
        elif here.name == "VTIMEZONE":
            self._zones.update(line.value for line in here.lines if line.name == "TZID")
        elif here.name == _CALENDAR:
            yield from self._calendar(method="METHOD" in names)

    def _entry(self, here: _Open, names: Collection[str]) -> Iterator[AtLine]:
        if "ORGANIZER" not in names:
            self._unorganized.append((here.name, here.start))
        if here.name == "VEVENT" and "DTSTART" not in names:
            self._undated.append(here.start)
        if here.uid is None:
            return
        place = next(number for line, number in zip(here.lines, here.places, strict=True) if line.name == "UID")
        # Several of one UID are those of a series, each with the one that it stands for.
        instance = next((line.value for line in here.lines if line.name == "RECURRENCE-ID"), "")
        if not here.uid:
            yield place, ("feed-empty-uid", {})
        elif (here.uid, instance) in self._seen:
            yield place, ("feed-duplicate-uid", {"text": here.uid})
        self._seen.add((here.uid, instance))

    def _calendar(self, *, method: bool) -> Iterator[AtLine]:
        """What is known at the end of a calendar only: its method, and its time zones."""
        if method:
            # METHOD is what is wrong, and it is wrong once.
            for name, start in self._unorganized[:1]:
                yield start, ("feed-no-organizer", {"component": name, "count": str(len(self._unorganized))})
        else:
            missing = {"name": "DTSTART", "component": "VEVENT"}
            yield from ((start, ("feed-missing", missing)) for start in self._undated)
        for zone, number in self._zones_asked:
            # One that begins with a solidus is named in a registry for everybody (RFC 5545, section 3.2.19).
            if zone not in self._zones and not zone.startswith("/"):
                yield number, ("feed-no-zone", {"text": zone})
        self._unorganized, self._undated, self._zones_asked = [], [], []
