"""Reading a rule of RFC 5545: ``FREQ=MONTHLY;BYDAY=-1FR``, and what calendar programs write around it.

Section 3.3.10 says which parts a rule may have and which of them may stand together. What it forbids is refused,
and so is what trusted libraries expand differently: nobody could tell which dates its author means.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import attrs

from cyclekit.civil.recurrence import MOST_IN_MONTH, MOST_IN_YEAR, Frequency, Recurrence
from cyclekit.reading.scalars import Misread, near

FREQUENCIES: Mapping[str, Frequency] = {
    "YEARLY": "yearly",
    "MONTHLY": "monthly",
    "WEEKLY": "weekly",
    "DAILY": "daily",
}
WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
#: Parts that hold whole numbers: the field of the rule, the largest number, and whether one may count from the end.
_NUMBERS = {
    "BYMONTH": ("months", 12, False),
    "BYWEEKNO": ("weeks", 53, True),
    "BYYEARDAY": ("year_days", 366, True),
    "BYMONTHDAY": ("month_days", 31, True),
    "BYSETPOS": ("positions", 366, True),
}
#: Beyond these no second instance lies in the calendar.
_COUNTS = {"INTERVAL": ("interval", dt.date.max.toordinal()), "COUNT": ("count", dt.date.max.toordinal())}
PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", *_NUMBERS, "WKST")
_FINER = {"BYHOUR", "BYMINUTE", "BYSECOND", "HOURLY", "MINUTELY", "SECONDLY"}
_OTHER_CALENDARS = {"RSCALE", "SKIP"}
_BESIDE = {"DTSTART", "DTEND", "DURATION", "TZID", "EXDATE", "RDATE", "EXRULE", "RRULE"}
_MEANT = {"BYWEEKDAY": "BYDAY", "WEEKSTART": "WKST", "BYDATE": "BYMONTHDAY"}
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,7}")
_MOST_DAYS = 366


@attrs.frozen
class RuleWords:
    """A rule as written, before its start is known: ``parts`` are those of a Recurrence."""

    text: str
    parts: Mapping[str, Any]

    def beginning(self, start: dt.date) -> Recurrence:
        """The rule from this day on."""
        return Recurrence(start=start.toordinal(), **self.parts)

    @property
    def has_end(self) -> bool:
        """Whether COUNT or UNTIL is written."""
        return "count" in self.parts or "until" in self.parts


def rule(text: str) -> RuleWords:
    """The words of a rule, in upper or lower case. Raises Misread for what RFC 5545 does not know or forbids."""
    written = _split(text)
    parts: dict[str, Any] = {}
    for name, value in written.items():
        field, found = _part(text, name, value)
        parts[field] = found
    _check_company(text, written, parts)
    return RuleWords(text, parts)


def _split(text: str) -> dict[str, str]:
    """The parts of a rule by name, each once."""
    plain = text.upper()
    if plain.startswith("RRULE:"):
        raise Misread("bad-value", "rrule-prefix", text=text, suggestion=text[len("RRULE:") :])
    if re.search(r"\s", plain):
        raise Misread("bad-value", "rrule-blank", text=text, suggestion=re.sub(r"\s+", "", text))
    found: dict[str, str] = {}
    for part in plain.split(";"):
        name, equals, value = part.partition("=")
        if name.partition(":")[0] in _BESIDE or name in _FINER | _OTHER_CALENDARS or (equals and name not in PARTS):
            raise _unknown(text, name)
        if "=" in value:
            meant = re.sub(r",(?=[A-Za-z]+=)", ";", text)
            raise Misread("bad-value", "rrule-commas", text=text, part=part, suggestion=meant if meant != text else "")
        if not equals or not value:
            raise Misread("bad-value", "rrule-no-value", text=text, part=part or ";")
        if name in found:
            raise Misread("bad-value", "rrule-part-twice", text=text, part=name)
        found[name] = value
    if "FREQ" not in found:
        raise Misread("bad-value", "rrule-no-frequency", text=text)
    return found


def _unknown(text: str, name: str) -> Misread:
    if name in _FINER:
        return Misread("bad-value", "rrule-finer", text=text, part=name)
    if name in _OTHER_CALENDARS:
        return Misread("bad-value", "rrule-other-calendar", text=text, part=name)
    if name.partition(":")[0] in _BESIDE:
        return Misread("bad-value", "rrule-beside", text=text, part=name.partition(":")[0])
    meant = _MEANT.get(name) or near(name, PARTS)
    return Misread("bad-value", "rrule-unknown-part", text=text, part=name, suggestion=meant, expected=", ".join(PARTS))


def _part(text: str, name: str, value: str) -> tuple[str, Any]:
    """The field of a Recurrence that a part fills, and with what."""
    match name:
        case "FREQ":
            if value in _FINER:
                raise Misread("bad-value", "rrule-finer", text=text, part=value)
            if value not in FREQUENCIES:
                raise _bad(text, name, value, near(value, FREQUENCIES), ", ".join(FREQUENCIES))
            return "frequency", FREQUENCIES[value]
        case "WKST":
            if value not in WEEKDAYS:
                raise _bad(text, name, value, _weekday(value), ", ".join(WEEKDAYS))
            return "week_start", WEEKDAYS[value]
        case "UNTIL":
            return "until", _until(text, value)
        case "BYDAY":
            return "weekdays", tuple(dict.fromkeys(_day(text, each) for each in value.split(",")))
        case "INTERVAL" | "COUNT":
            field, most = _COUNTS[name]
            return field, _number(text, name, value, most, signed=False)
        case _:
            field, most, signed = _NUMBERS[name]
            numbers = [_number(text, name, each, most, signed=signed) for each in value.split(",")]
            return field, tuple(dict.fromkeys(numbers))


def _bad(text: str, name: str, value: str, suggestion: str = "", expected: str = "") -> Misread:
    return Misread(
        "bad-value", "rrule-value", text=text, part=name, found=value or "…", suggestion=suggestion, expected=expected
    )


def _number(text: str, name: str, value: str, most: int, *, signed: bool) -> int:
    number = int(value) if _WHOLE.fullmatch(value) else 0
    if not 1 <= abs(number) <= most or (not signed and value[0] in "+-"):
        expected = f"1…{most}, -{most}…-1" if signed else f"1…{most}" if most <= _MOST_DAYS else "1, 2, 3 …"
        raise _bad(text, name, value, expected=expected)
    return number


def _day(text: str, value: str) -> tuple[int, int]:
    match = _DAY.fullmatch(value)
    if match is None:
        raise _bad(text, "BYDAY", value, _weekday(value), "FR, 1FR, -1FR")
    nth = int(match[1]) if match[1] else 0
    if match[1] and not 1 <= abs(nth) <= MOST_IN_YEAR:
        raise _bad(text, "BYDAY", value, expected="FR, 1FR, -1FR")
    return nth, WEEKDAYS[match[2]]


def _weekday(value: str) -> str:
    """The weekday that ``FRI``, ``FRIDAY`` or ``MON`` means, or nothing."""
    return value[:2] if len(value) > 2 and value[:2] in WEEKDAYS else near(value, WEEKDAYS)


def _until(text: str, value: str) -> int:
    digits = value.replace("-", "")
    day, clock, _ = digits.partition("T")
    try:
        found = dt.date(int(day[:4]), int(day[4:6]), int(day[6:])) if re.fullmatch(r"[0-9]{8}", day) else None
    except ValueError:
        found = None
    if found is None:
        raise _bad(text, "UNTIL", value, expected="20271231")
    if clock or digits != value:
        raise Misread("bad-value", "rrule-until", text=text, part=value, suggestion=f"UNTIL={day}")
    return found.toordinal()


def _check_company(text: str, written: Mapping[str, str], parts: Mapping[str, Any]) -> None:
    """Refuse what may not stand together, by RFC 5545 or because libraries take it differently."""
    frequency = written["FREQ"]
    if "COUNT" in written and "UNTIL" in written:
        raise Misread("bad-value", "rrule-two-ends", text=text)
    counted = [nth for nth, _ in parts.get("weekdays", ()) if nth]
    elsewhere = {
        "BYWEEKNO": frequency != "YEARLY",
        "BYYEARDAY": frequency != "YEARLY",
        "BYMONTHDAY": frequency == "WEEKLY",
        "BYDAY": bool(counted) and (frequency in ("WEEKLY", "DAILY") or "BYWEEKNO" in written),
    }
    wrong = next((name for name, forbidden in elsewhere.items() if forbidden and name in written), None)
    if wrong is not None:
        other = "BYWEEKNO" if wrong == "BYDAY" and frequency == "YEARLY" else f"FREQ={frequency}"
        raise Misread("bad-value", "rrule-not-with", text=text, part=f"{wrong}={written[wrong]}", other=other)
    if any(abs(nth) > MOST_IN_MONTH for nth in counted) and (frequency == "MONTHLY" or "BYMONTH" in written):
        raise _bad(text, "BYDAY", written["BYDAY"], expected=f"1FR…{MOST_IN_MONTH}FR")
    if "BYSETPOS" in written and not any(name.startswith("BY") for name in written if name != "BYSETPOS"):
        raise Misread("bad-value", "rrule-positions-alone", text=text)
    disputed = _disputed(written, parts)
    if disputed:
        raise Misread("bad-value", disputed, text=text)


def _disputed(written: Mapping[str, str], parts: Mapping[str, Any]) -> str:
    """The message for what libraries take differently, or nothing. The start of a week is held against the start."""
    if "BYWEEKNO" not in written:
        months_left_out = written["FREQ"] == "YEARLY" and "BYMONTHDAY" in written and "BYMONTH" not in written
        return "rrule-days-without-months" if months_left_out else ""
    if "BYDAY" not in written:
        return "rrule-weeks-without-days"
    if parts.get("interval", 1) > 1:
        return "rrule-weeks-and-interval"
    return "rrule-weeks-and-positions" if "BYSETPOS" in written else ""
