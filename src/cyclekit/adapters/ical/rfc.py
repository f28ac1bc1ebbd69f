"""The tables of RFC 5545, with what RFC 7986, 7953, 9073 and 9074 add: components, properties and types of values."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs


def words(names: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(names.split())


@attrs.frozen
class Shape:
    """What a component holds: properties that it must have, once; may have once; may have often; and components."""

    needed: frozenset[str]
    once: frozenset[str]
    many: frozenset[str]
    inner: frozenset[str] = frozenset()


def _shape(needed: str, once: str = "", many: str = "", inner: str = "") -> Shape:
    return Shape(words(needed), words(once), words(many), words(inner))


_ANYWHERE = "ATTACH COMMENT CONCEPT LINK REFID RELATED-TO REQUEST-STATUS STRUCTURED-DATA STYLED-DESCRIPTION"
_OF_EVENT = f"ATTENDEE CATEGORIES CONFERENCE CONTACT EXDATE EXRULE IMAGE RDATE RESOURCES RRULE {_ANYWHERE}"
_ONCE_EVENT = (
    "CLASS COLOR CREATED DESCRIPTION DTSTART DURATION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY RECURRENCE-ID "
    "SEQUENCE STATUS SUMMARY URL"
)
_PARTS = "PARTICIPANT VLOCATION VRESOURCE"
_ZONE = _shape("DTSTART TZOFFSETFROM TZOFFSETTO", "", "COMMENT RDATE RRULE TZNAME")

#: Each component whose contents are known (RFC 5545, section 3.6; RFC 7986, section 4).
SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "VCALENDAR": _shape(
            "PRODID VERSION",
            "CALSCALE COLOR LAST-MODIFIED METHOD REFRESH-INTERVAL SOURCE UID URL",
            "CATEGORIES CONCEPT DESCRIPTION IMAGE LINK NAME",
            "VEVENT VTODO VJOURNAL VFREEBUSY VTIMEZONE VAVAILABILITY",
        ),
        "VEVENT": _shape("DTSTAMP UID", f"{_ONCE_EVENT} DTEND TRANSP", _OF_EVENT, f"VALARM {_PARTS}"),
        "VTODO": _shape("DTSTAMP UID", f"{_ONCE_EVENT} COMPLETED DUE PERCENT-COMPLETE", _OF_EVENT, f"VALARM {_PARTS}"),
        "VJOURNAL": _shape(
            "DTSTAMP UID",
            "CLASS COLOR CREATED DTSTART LAST-MODIFIED ORGANIZER RECURRENCE-ID SEQUENCE STATUS SUMMARY URL",
            f"{_OF_EVENT} DESCRIPTION",
            _PARTS,
        ),
        "VFREEBUSY": _shape(
            "DTSTAMP UID", "CONTACT DTEND DTSTART ORGANIZER URL", f"ATTENDEE FREEBUSY {_ANYWHERE}", _PARTS
        ),
        "VTIMEZONE": _shape("TZID", "LAST-MODIFIED TZUNTIL TZURL", "TZID-ALIAS-OF", "STANDARD DAYLIGHT"),
        "STANDARD": _ZONE,
        "DAYLIGHT": _ZONE,
        "VALARM": _shape(
            "ACTION TRIGGER",
            "ACKNOWLEDGED DESCRIPTION DURATION PROXIMITY REPEAT SUMMARY UID",
            f"ATTENDEE {_ANYWHERE}",
            "VLOCATION",
        ),
    }
)
#: Components that are known, and whose contents are not looked at: RFC 7953, section 3.1, and RFC 9073, section 7.
OPAQUE = words("VAVAILABILITY AVAILABLE PARTICIPANT VLOCATION VRESOURCE")

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "TEXT": "ACTION CALSCALE CLASS COMMENT CONTACT DESCRIPTION LOCATION METHOD NAME PRODID RELATED-TO STATUS "
        "SUMMARY TRANSP TZID TZNAME UID VERSION COLOR PROXIMITY TZID-ALIAS-OF X-WR-CALNAME X-WR-CALDESC X-WR-TIMEZONE",
        "TEXTS": "CATEGORIES RESOURCES",
        "UTC": "ACKNOWLEDGED COMPLETED CREATED DTSTAMP LAST-MODIFIED TZUNTIL",
        "DATE-TIME DATE": "DTSTART DTEND DUE RECURRENCE-ID EXDATE",
        "DATE-TIME DATE PERIOD": "RDATE",
        "PERIOD": "FREEBUSY",
        "DURATION": "DURATION X-PUBLISHED-TTL",
        "DURATION DATE-TIME": "TRIGGER",
        "INTEGER": "PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE",
        "UTC-OFFSET": "TZOFFSETFROM TZOFFSETTO",
        "RECUR": "RRULE EXRULE",
        "URI": "TZURL URL CONCEPT",
        "CAL-ADDRESS": "ATTENDEE ORGANIZER",
        "URI BINARY": "ATTACH",
        "FLOATS": "GEO",
        "STATUS-TEXT": "REQUEST-STATUS",
        "ANY": "STYLED-DESCRIPTION STRUCTURED-DATA LINK REFID",
    }
)
#: The type of each property, the usual one first.
TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(types.split()) for types, names in _TYPES.items() for name in names.split()}
    | {"REFRESH-INTERVAL": ("DURATION",), "SOURCE": ("URI",), "CONFERENCE": ("URI",), "IMAGE": ("URI", "BINARY")}
)
#: Properties that have no usual type, so that VALUE has to say it (RFC 7986, section 5).
WITHOUT_DEFAULT = words("REFRESH-INTERVAL SOURCE CONFERENCE IMAGE")
#: Properties whose value is a list with commas between.
LISTS = words("EXDATE RDATE FREEBUSY")
#: Every property that has a name of its own.
KNOWN = frozenset(TYPES).union(*(shape.needed | shape.once | shape.many for shape in SHAPES.values()))

#: RFC 5546, section 1.4.
METHODS = ("PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER")
#: Properties that hold one of some words (RFC 5545, sections 3.7 and 3.8), by the component that has them.
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("VEVENT", "STATUS"): ("TENTATIVE", "CONFIRMED", "CANCELLED"),
        ("VTODO", "STATUS"): ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"),
        ("VJOURNAL", "STATUS"): ("DRAFT", "FINAL", "CANCELLED"),
        ("VEVENT", "TRANSP"): ("OPAQUE", "TRANSPARENT"),
        ("VCALENDAR", "CALSCALE"): ("GREGORIAN",),
        ("VCALENDAR", "VERSION"): ("2.0",),
        ("VCALENDAR", "METHOD"): METHODS,
    }
)
#: What an alarm needs beside its ACTION (RFC 5545, section 3.6.6).
ALARMS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"DISPLAY": words("DESCRIPTION"), "EMAIL": words("DESCRIPTION SUMMARY ATTENDEE")}
)
#: Properties of a component of which one excludes the other.
EXCLUSIVE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"VEVENT": ("DTEND", "DURATION"), "VTODO": ("DUE", "DURATION")}
)
