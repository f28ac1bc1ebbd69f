"""Reading a cycle: ``quarter``, ``2 months``, and what people write instead."""

import re

import attrs

from cyclekit.reading.durations import ISO_UNITS
from cyclekit.reading.scalars import Misread, near

NAMED = {
    "day": ("day", 1),
    "week": ("week", 1),
    "month": ("month", 1),
    "quarter": ("quarter", 3),
    "half_year": ("half_year", 6),
    "year": ("year", 12),
    "half_month": ("half_month", 0),
    "ten_days": ("ten_days", 0),
}
_COUNTED = re.compile(r"(-?[0-9]+) (day|week|month|year)s?")
_MEANT = {
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "quarterly": "quarter",
    "biweekly": "2 weeks",
    "fortnight": "2 weeks",
    "fortnightly": "2 weeks",
    "bimonthly": "2 months",
    "halfyear": "half_year",
    "half-year": "half_year",
    "half year": "half_year",
    "semester": "half_year",
    "xun": "ten_days",
    "decade": "10 years",
    "旬": "ten_days",
    "日": "day",
    "每日": "day",
    "周": "week",
    "每周": "week",
    "月": "month",
    "每月": "month",
    "月度": "month",
    "季": "quarter",
    "季度": "quarter",
    "每季": "quarter",
    "每季度": "quarter",
    "半年": "half_year",
    "每半年": "half_year",
    "年": "year",
    "年度": "year",
    "每年": "year",
    "双月": "2 months",
    "两个月": "2 months",
}
_NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "six": 6, "两": 2, "二": 2, "三": 3, "四": 4, "六": 6}
_CHINESE_UNITS = {"个月": "months", "月": "months", "周": "weeks", "天": "days", "日": "days", "年": "years"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
MOST = 9999


@attrs.frozen
class CycleWords:
    """A cycle as written: how many of which unit, before its phase is known.

    ``counted``: written with a number, as ``1 month`` is and ``month`` is not.
    """

    n: int
    unit: str
    counted: bool = False


def cycle(text: str) -> CycleWords:
    """A cycle's words. ``1 month`` is ``month``; a negative or giant number is out of range."""
    if text in NAMED:
        return CycleWords(1, text)
    match = _COUNTED.fullmatch(text)
    if match is None:
        expected = ", ".join((*NAMED, "2 months", "3 weeks"))
        raise Misread(
            "bad-value", "bad-cycle", text=text, **_elsewhere(text), suggestion=_meant(text), expected=expected
        )
    number = int(match[1]) if len(match[1]) < len("1000000") else MOST + 1
    if not 1 <= number <= MOST:
        raise Misread("out-of-range", "out-of-range", text=text, low="1", high=str(MOST))
    return CycleWords(number, match[2], counted=number > 1)


def _elsewhere(text: str) -> dict[str, str]:
    """What is said by other keys: a weekday by `due`, a date by `once`."""
    plain = text.strip().lower()
    if plain in _WEEKDAYS or plain in {each[:3] for each in _WEEKDAYS}:
        return {"unit": "week", "due": f"{{weekday: {plain[:3]}}}"}
    return {"once": text[:10]} if re.match(r"[0-9]{4}-[0-9]{2}", plain) else {}


def _meant(text: str) -> str:
    plain = text.strip().lower()
    if plain in _MEANT:
        return _MEANT[plain]
    if "freq=" in plain:
        return "{rrule: …, start: …}"
    iso = re.fullmatch(r"p([0-9]+)([dwmy])", plain)
    if iso:
        return f"{iso[1]} {ISO_UNITS[iso[2]]}"
    counted = re.match(r"(?:every )?([0-9]+|[a-z]+|[两二三四六])[ ]?(.*)", plain)
    if counted:
        number = _NUMBER_WORDS.get(counted[1], counted[1])
        unit = _CHINESE_UNITS.get(counted[2]) or near(counted[2], ("days", "weeks", "months", "years"))
        if unit and str(number).isdigit():
            return f"{number} {unit}"
    return near(re.split(r"[#;,，；＃ ]", plain)[0], NAMED)
