"""Content lines of any feed taken apart (RFC 5545, section 3.1), and what is wrong with the value of each."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import attrs

from cyclekit.adapters.ical.colours import COLOURS
from cyclekit.adapters.ical.rfc import KNOWN, LISTS, TYPES, WITHOUT_DEFAULT, words

#: What is wrong: the name of a message, and what its words need.
Fault = tuple[str, Mapping[str, str]]

_NAME = "[A-Za-z0-9-]+"
_PART = r'(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
_PARAMETER = re.compile(rf";({_NAME})=({_PART}(?:,{_PART})*)")
_LINE = re.compile(rf"({_NAME})((?:;{_NAME}={_PART}(?:,{_PART})*)*):(.*)", re.DOTALL)

_DATE = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_DATE_TIME = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_DURATION = re.compile(
    r"[+-]?P(?:[0-9]+W|[0-9]+D(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?"
    r"|T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))"
)
_OFFSET = re.compile("[+-](?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?")
_INTEGER = re.compile("[+-]?[0-9]{1,10}")
_FLOATS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?;[+-]?[0-9]+(?:\.[0-9]+)?")
_STATUS_TEXT = re.compile(r"[0-9]+\.[0-9]+(?:\.[0-9]+)?;.*", re.DOTALL)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*")
_BINARY = re.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
#: What a text of RFC 5545 is made of (section 3.3.11); of several, commas stand between.
_TEXT = re.compile(r"(?:[^\\;,]++|\\[\\;,nN])*+")
_TEXTS = re.compile(r"(?:[^\\;]++|\\[\\;,nN])*+")
_RANGES = MappingProxyType({"PERCENT-COMPLETE": 100, "PRIORITY": 9})
_RECUR = words(
    "FREQ UNTIL COUNT INTERVAL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST "
    "RSCALE SKIP"
)
_FREQUENCIES = words("SECONDLY MINUTELY HOURLY DAILY WEEKLY MONTHLY YEARLY")


@attrs.frozen(eq=False)
class Content:
    """A content line: its name in upper case, its parameters, its value, and what is wrong with it by itself.

    It is equal to nothing but itself, so that components can be told apart by their lines at once.
    """

    name: str
    parameters: Mapping[str, str]
    value: str
    faults: tuple[Fault, ...] = ()

    @property
    def kind(self) -> str:
        """The type of its value, as VALUE says or as usual."""
        return self.parameters.get("VALUE", "").upper() or TYPES.get(self.name, ("TEXT",))[0]


def read_line(text: str) -> Content | None:
    """A content line taken apart and looked at; None for a text that is none."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    name = found[1].upper()
    parameters: dict[str, str] = {}
    faults: list[Fault] = []
    for each in _PARAMETER.finditer(found[2]):
        if each[1].upper() in parameters:
            faults.append(("feed-parameter-twice", {"name": each[1].upper()}))
        parameters[each[1].upper()] = each[2].removeprefix('"').removesuffix('"')
    if name not in KNOWN and name not in ("BEGIN", "END") and not name.startswith("X-"):
        return Content(name, parameters, found[3], (("feed-unknown-property", {"name": name}),))
    line = Content(name, parameters, found[3])
    return Content(name, parameters, found[3], (*faults, *_value_faults(line)))


def _value_faults(line: Content) -> Iterator[Fault]:
    types = TYPES.get(line.name)
    if types is None or "ANY" in types:
        return
    stated = line.parameters.get("VALUE", "").upper()
    if not stated and line.name in WITHOUT_DEFAULT:
        yield "feed-value-unstated", {"name": line.name, "type": types[0]}
    kind = stated or types[0]
    usual = {"UTC": "DATE-TIME", "TEXTS": "TEXT", "FLOATS": "FLOAT", "STATUS-TEXT": "TEXT"}.get(types[0], types[0])
    if stated == usual:
        kind = types[0]
    elif stated and stated not in types:
        yield "feed-value-type", {"name": line.name, "type": stated}
        return
    for each in line.value.split(",") if line.name in LISTS else (line.value,):
        yield from CHECKS[kind](line, each)
    if "TZID" in line.parameters and (kind == "DATE" or line.value.endswith("Z")):
        yield "feed-zone-useless", {"name": line.name}


def _wants(line: Content, text: str, wanted: str) -> Fault:
    return "feed-bad-value", {"name": line.name, "text": text, "type": wanted}


def _text(line: Content, text: str) -> Iterator[Fault]:
    pattern = _TEXTS if TYPES[line.name][0] == "TEXTS" else _TEXT
    found = pattern.match(text)
    end = found.end() if found else 0
    if end == len(text):
        if line.name == "COLOR" and text.lower() not in COLOURS:
            yield _wants(line, text, "CSS3 color")
        return
    if text[end] == "\\":
        yield "feed-bad-escape", {"name": line.name, "text": text[end : end + 2]}
    elif not (line.name == "VERSION" and text[end] == ";"):
        yield "feed-unescaped", {"name": line.name, "char": text[end]}


def day_of(text: str) -> dt.date | None:
    """The day that eight digits name; None where there is no such day."""
    found = _DATE.fullmatch(text[:8])
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def moment_of(text: str) -> dt.datetime | None:
    """The moment that a DATE-TIME names, in UTC where it says so; None where there is no such moment."""
    found = _DATE_TIME.fullmatch(text)
    if found is None or day_of(text) is None:
        return None
    hour, minute, second = int(found[4]), int(found[5]), int(found[6])
    if hour > 23 or minute > 59 or second > 60:
        return None
    # A leap second, which Python does not have, is taken for the one before.
    zone = dt.UTC if found[7] else None
    return dt.datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, min(second, 59), tzinfo=zone)


def _date(line: Content, text: str) -> Iterator[Fault]:
    if not _DATE.fullmatch(text):
        yield _wants(line, text, "DATE")
    elif day_of(text) is None:
        yield "feed-no-such-day", {"name": line.name, "text": text}


def _date_time(line: Content, text: str) -> Iterator[Fault]:
    if _DATE_TIME.fullmatch(text):
        if moment_of(text) is None:
            yield "feed-no-such-day", {"name": line.name, "text": text}
        elif line.name == "TRIGGER" and not text.endswith("Z"):
            yield "feed-not-utc", {"name": line.name, "text": text}
    elif _DATE.fullmatch(text) and "VALUE" not in line.parameters and "DATE" in TYPES[line.name]:
        yield "feed-value-unstated", {"name": line.name, "type": "DATE"}
    else:
        yield _wants(line, text, "DATE-TIME")


def _utc(line: Content, text: str) -> Iterator[Fault]:
    yield from (faults := list(_date_time(line, text)))
    if not faults and not text.endswith("Z"):
        yield "feed-not-utc", {"name": line.name, "text": text}


def _fitting(pattern: re.Pattern[str], wanted: str) -> Callable[[Content, str], Iterator[Fault]]:
    def check(line: Content, text: str) -> Iterator[Fault]:
        if not pattern.fullmatch(text):
            yield _wants(line, text, wanted)

    return check


def _offset(line: Content, text: str) -> Iterator[Fault]:
    if not _OFFSET.fullmatch(text) or (text.startswith("-") and not text.strip("-0")):
        yield _wants(line, text, "UTC-OFFSET")


def _integer(line: Content, text: str) -> Iterator[Fault]:
    if not _INTEGER.fullmatch(text) or not 0 <= int(text) <= _RANGES.get(line.name, 2**31 - 1):
        yield _wants(line, text, "INTEGER")


def _period(line: Content, text: str) -> Iterator[Fault]:
    start, _, end = text.partition("/")
    if moment_of(start) is None or not (_DURATION.fullmatch(end) or moment_of(end)):
        yield _wants(line, text, "PERIOD")


def _recur(line: Content, text: str) -> Iterator[Fault]:
    parts = [each.partition("=") for each in text.upper().split(";")]
    names = [name for name, _, _ in parts]
    rules = {name: value for name, _, value in parts}
    is_whole = len(set(names)) == len(names) and _RECUR.issuperset(names) and all(rules.values())
    if not is_whole or rules.get("FREQ") not in _FREQUENCIES or {"UNTIL", "COUNT"} <= rules.keys():
        yield _wants(line, text, "RECUR")


_CHECKS: dict[str, Callable[[Content, str], Iterator[Fault]]] = {
    "TEXT": _text,
    "TEXTS": _text,
    "DATE": _date,
    "DATE-TIME": _date_time,
    "UTC": _utc,
    "DURATION": _fitting(_DURATION, "DURATION"),
    "INTEGER": _integer,
    "UTC-OFFSET": _offset,
    "PERIOD": _period,
    "RECUR": _recur,
    "URI": _fitting(_URI, "URI"),
    "CAL-ADDRESS": _fitting(_URI, "CAL-ADDRESS"),
    "BINARY": _fitting(_BINARY, "BINARY"),
    "FLOATS": _fitting(_FLOATS, "FLOAT;FLOAT"),
    "STATUS-TEXT": _fitting(_STATUS_TEXT, "1.2;TEXT"),
}
#: What is wrong with a value, by the type that it should be of.
CHECKS: Mapping[str, Callable[[Content, str], Iterator[Fault]]] = MappingProxyType(_CHECKS)
