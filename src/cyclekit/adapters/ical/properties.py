"""The closed set of properties that a feed may hold, and how the value of each is written.

Nothing else can be written, and a value that is none of its kind is refused here, so no text of an author can start
a property of its own: not through a line break, and not under ``python -O``.
"""

import datetime as dt
import enum
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from cyclekit.adapters.ical.moments import duration
from cyclekit.adapters.ical.text import CRLF, cleaned, escaped, folded

#: What a property holds, as a value of Python: several texts are a tuple.
Value = str | int | tuple[str, ...] | dt.date | dt.timedelta

_WORD = re.compile(r"[A-Za-z0-9#.-]+")
_OFFSET = re.compile(r"[+-][0-9]{4}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21\x23-\x5b\x5d-\x7e]+")
#: What an address cannot hold as it is (RFC 3986, section 2).
_UNSAFE_IN_URI = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]")


class Kind(enum.Enum):
    """What a property holds (RFC 5545, section 3.3)."""

    TEXT = "TEXT"
    TEXTS = "a list of TEXT"
    WORD = "a word of the standard"
    OFFSET = "UTC-OFFSET"
    INTEGER = "INTEGER"
    MOMENT = "DATE-TIME in UTC"
    WHEN = "DATE or DATE-TIME"
    DURATION = "DURATION"
    URI = "URI"


_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "PRODID NAME X-WR-CALNAME UID SUMMARY DESCRIPTION TZID TZNAME",
        Kind.TEXTS: "CATEGORIES",
        Kind.WORD: "VERSION CALSCALE METHOD COLOR X-APPLE-CALENDAR-COLOR STATUS TRANSP ACTION",
        Kind.OFFSET: "TZOFFSETFROM TZOFFSETTO",
        Kind.INTEGER: "SEQUENCE",
        Kind.MOMENT: "DTSTAMP CREATED LAST-MODIFIED",
        Kind.WHEN: "DTSTART DTEND DUE",
        Kind.DURATION: "REFRESH-INTERVAL X-PUBLISHED-TTL TRIGGER",
        Kind.URI: "URL ORGANIZER",
    }
)
#: What a value looks like that is written as it is.
_FORMS = {Kind.WORD: _WORD, Kind.OFFSET: _OFFSET, Kind.URI: _URI}
#: Each property that a feed may hold, with its kind.
PROPERTIES: Mapping[str, Kind] = MappingProxyType(
    {name: kind for kind, names in _KINDS.items() for name in names.split()}
)
#: Parameters that a property always has: RFC 7986 wants the first, and Apple's programs write and read the second.
ALWAYS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {"REFRESH-INTERVAL": (("VALUE", "DURATION"),), "URL": (("VALUE", "URI"),)}
)
_PARAMETERS = frozenset({("VALUE", "DATE"), ("VALUE", "DURATION"), ("VALUE", "URI"), ("RELATED", "END")})
_COMPONENTS = frozenset({"VCALENDAR", "VEVENT", "VTODO", "VALARM", "VTIMEZONE", "STANDARD"})


@attrs.frozen
class Property:
    """One property: its name, its value, and parameters beside those that it always has."""

    name: str
    value: Value
    further: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """All of its parameters; a date says that it is none of the moments that stand there otherwise."""
        is_day = isinstance(self.value, dt.date) and not isinstance(self.value, dt.datetime)
        return (*ALWAYS.get(self.name, ()), *((("VALUE", "DATE"),) if is_day else ()), *self.further)


@attrs.frozen
class Component:
    """A component: its properties in their order, and the components within."""

    name: str
    properties: tuple[Property, ...]
    inner: "tuple[Component, ...]" = ()


def content_line(each: Property) -> bytes:
    """A property as a content line with its CRLF, folded.

    Raises KeyError for a property that a feed may not hold, and ValueError for a value that is none of its kind.
    """
    kind = PROPERTIES[each.name]
    if not _PARAMETERS.issuperset(each.parameters):
        raise ValueError(f"{each.name} cannot have {each.parameters!r}")
    parameters = "".join(f";{name}={value}" for name, value in each.parameters)
    return folded(f"{each.name}{parameters}:{_written(each.name, kind, each.value)}") + CRLF


def component_lines(each: Component) -> Iterator[bytes]:
    """A component as content lines. Raises as ``content_line`` does."""
    if each.name not in _COMPONENTS:
        raise KeyError(each.name)
    yield f"BEGIN:{each.name}\r\n".encode()
    yield from map(content_line, each.properties)
    for inner in each.inner:
        yield from component_lines(inner)
    yield f"END:{each.name}\r\n".encode()


def _written(name: str, kind: Kind, value: Value) -> str:
    match kind, value:
        case Kind.TEXT, str():
            return escaped(value)
        case Kind.TEXTS, (str(), *_) if isinstance(value, tuple):
            return ",".join(map(escaped, value))
        case Kind.WORD | Kind.OFFSET | Kind.URI, str() if _FORMS[kind].fullmatch(value):
            return value
        case Kind.INTEGER, int() if value >= 0:
            return str(value)
        case Kind.DURATION, dt.timedelta():
            return duration(value)
        case Kind.MOMENT | Kind.WHEN, dt.date() if found := _time(kind, value):
            return found
        case _:
            raise ValueError(f"{name} cannot hold {value!r}: it wants {kind.value}")


def _time(kind: Kind, value: dt.date) -> str:
    """A day or a moment as its kind writes it; nothing where it cannot."""
    match kind, value:
        case Kind.MOMENT, dt.datetime(tzinfo=dt.tzinfo()):
            return utc(value)
        case Kind.WHEN, dt.datetime(tzinfo=None):
            return f"{_digits(value)}T{value.hour:02}{value.minute:02}{value.second:02}"
        case Kind.WHEN, dt.datetime():
            return utc(value)
        case Kind.WHEN, dt.date():
            return _digits(value)
        case _:
            return ""


def utc(moment: dt.datetime) -> str:
    """A moment as RFC 5545 writes it in UTC (section 3.3.5, form 2).

    >>> utc(dt.datetime(2026, 3, 5, 14, 30, tzinfo=dt.UTC))
    '20260305T143000Z'
    """
    there = moment.astimezone(dt.UTC)
    return f"{_digits(there)}T{there.hour:02}{there.minute:02}{there.second:02}Z"


def _digits(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def address(url: str) -> str:
    """An address as RFC 3986 has it: what it cannot hold as it is stands as octets of UTF-8.

    >>> address("https://example.org/税 务?a=1;b=2,3")
    'https://example.org/%E7%A8%8E%20%E5%8A%A1?a=1;b=2,3'
    """
    return _UNSAFE_IN_URI.sub(_octets, cleaned(url))


def _octets(match: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in match[0].encode())
