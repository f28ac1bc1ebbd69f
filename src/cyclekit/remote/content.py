"""What a calendar object says, so that two of them can be compared wherever they were kept.

Servers and clients write an object anew: in another order, folded elsewhere, with other stamps. None of that is a
change. Each object that is put has a line of ours with the fingerprint of what it said then. If it no longer says
that, somebody has edited it; no record on our side is needed for this, so that another machine can go on.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

import attrs

#: ``X-CYCLEKIT:1 SCOPE FINGERPRINT``; the number is that of the way in which fingerprints are made.
MARK = "X-CYCLEKIT"
_VERSION = "1"
_DEEPEST = 8
_FOLD = re.compile(rb"\r?\n[ \t]")
_PARAMETER = r';[^=;:"]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*'
_LINE = re.compile(rf"([A-Za-z0-9-]+)((?:{_PARAMETER})*):(.*)", re.DOTALL)
_EACH_PARAMETER = re.compile(r';([^=;:"]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
#: Xandikos, for one, writes the backslash and N of ``C:\New`` anew as a line break.
_AS_BREAK = re.compile(r"\\[nN]")
#: Says when and by whom an object was written, not what.
_STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", MARK})
#: What programs write for themselves, without anybody having asked them.
_PROGRAMS = ("X-MOZ-GENERATION", "X-MICROSOFT-", "X-EVOLUTION-", "X-RADICALE-", "X-CALENDARSERVER-", "X-LIC-")
#: What means the same as its absence (RFC 5545, sections 3.8.1.3 and 3.8.1.9, and 3.2.20 for values).
_USUAL = frozenset({("CLASS", "PUBLIC"), ("PRIORITY", "0")})
_USUAL_VALUES = frozenset({"DATE-TIME", "TEXT", "URI", "DURATION"})
_EVENTS = frozenset({"VEVENT", "VTODO"})


@attrs.frozen
class Property:
    """One property: its name in capitals, its parameters in order, and its value without escapes."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str


@attrs.define
class Component:
    """A component with what is inside it."""

    name: str
    properties: list[Property] = attrs.field(factory=list)
    inner: list["Component"] = attrs.field(factory=list)

    def value(self, name: str) -> str:
        """The value of its first property of this name, or nothing."""
        return next((each.value for each in self.properties if each.name == name), "")


@attrs.frozen
class Said:
    """What an object says: its UID and the fingerprint of its content now, and when put, and by which push.

    ``put`` and ``scope`` are empty where no line of ours tells them. ``first`` and ``last`` are the days that it may
    fall on, wherever it is read; None where it tells none. ``sequence`` is its version.
    """

    uid: str
    now: str
    put: str
    scope: str
    first: dt.date | None
    last: dt.date | None
    sequence: int

    @property
    def is_edited(self) -> bool:
        """Whether it says something else than when it was put, or nobody knows what it said then."""
        return self.now != self.put


def components(data: bytes) -> Component:
    """The tree of a calendar object. Raises ValueError where its parts do not close, or it is none."""
    root = Component("")
    open_: list[Component] = [root]
    for line in _lines(data):
        if line.name == "BEGIN":
            if len(open_) > _DEEPEST:
                raise ValueError("too deep")
            inner = Component(line.value.upper())
            open_[-1].inner.append(inner)
            open_.append(inner)
        elif line.name == "END":
            if open_[-1] is root or open_.pop().name != line.value.upper():
                raise ValueError("ends what has not begun")
        else:
            open_[-1].properties.append(line)
    if open_ != [root] or [each.name for each in root.inner] != ["VCALENDAR"]:
        raise ValueError("is no calendar")
    return root.inner[0]


def said_by(data: bytes) -> Said:
    """What an object says. Raises ValueError where it is no calendar with an event or a task."""
    events = [each for each in components(data).inner if each.name in _EVENTS]
    if not events:
        raise ValueError("has no event")
    mark = next((value for each in events if (value := each.value(MARK))), "")
    version, _, rest = mark.partition(" ")
    scope, _, put = rest.rpartition(" ") if version == _VERSION else ("", "", "")
    first, last = _days(events[0])
    sequence = events[0].value("SEQUENCE")
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < 10
    number = int(sequence) if is_number else 0
    return Said(events[0].value("UID"), fingerprint(events), put, scope, first, last, number)


def mark_line(scope: str, put: str) -> bytes:
    """The line of ours, folded, for an object that is put by this push and says this."""
    text = f"{MARK}:{_VERSION} {scope} {put}".encode()
    # A fold may split a character (RFC 5545, section 3.1), which some readers do not know.
    rows, row = [], b""
    for char in text.decode():
        if len(row) + len(char.encode()) > 74:
            rows.append(row)
            row = b""
        row += char.encode()
    return b"\r\n ".join([*rows, row]) + b"\r\n"


def fingerprint(events: list[Component]) -> str:
    """A short text that is the same for the same content, however it is written."""
    return hashlib.sha256(repr(sorted(map(_content, events))).encode()).hexdigest()[:32]


def _content(component: Component) -> str:
    properties = sorted(
        repr((each.name, each.parameters, each.value))
        for each in component.properties
        if each.name not in _STAMPS
        and not each.name.startswith(_PROGRAMS)
        and (each.name, each.value.upper()) not in _USUAL
    )
    return repr((component.name, properties, sorted(map(_content, component.inner))))


def _lines(data: bytes) -> Iterator[Property]:
    text = _FOLD.sub(b"", data).decode("utf-8", "backslashreplace").removeprefix("\ufeff")
    for line in re.split(r"\r?\n", text):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            # Not as the RFC has it; what it says counts all the same.
            yield Property("", (), line)
            continue
        value = _AS_BREAK.sub("\n", _ESCAPE.sub(_unescaped, match[3]))
        yield Property(match[1].upper(), tuple(sorted(_parameters(match[2]))), value)


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for name, value in _EACH_PARAMETER.findall(text):
        key, plain = name.upper(), value.replace('"', "")
        is_usual = key == "VALUE" and plain.upper() in _USUAL_VALUES
        if not is_usual and not key.startswith("X-VOBJ-"):
            yield key, plain


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _days(event: Component) -> tuple[dt.date | None, dt.date | None]:
    texts = {each.name: each.value for each in event.properties if each.name in {"DTSTART", "DTEND", "DUE"}}
    days = {name: day.toordinal() for name, text in texts.items() if (day := _day(text)) is not None}
    if not days:
        return None, None
    if any("T" in text for text in texts.values()):
        # A moment in UTC may be the day before or after where the deadline is.
        first, last = min(days.values()) - 1, max(days.values()) + 1
    else:
        # The end of whole days is the day after.
        days["DTEND"] = max(days.get("DTEND", 1) - 1, days.get("DTSTART", 1))
        first, last = min(days.values()), max(days.values())
    return dt.date.fromordinal(max(first, 1)), dt.date.fromordinal(min(last, dt.date.max.toordinal()))


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
