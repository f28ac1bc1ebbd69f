"""Durations to values: shifts, reminders, counts of working days, and what a misspelt one was meant to be."""

import re
from collections.abc import Collection

from cyclekit.model.obligation import Ahead
from cyclekit.reading.scalars import Misread, in_range, near

WORKING = ("working days",)
DAYS = ("days", *WORKING)
UNITS = (*DAYS, "weeks", "months", "years", "hours")
_AHEAD = re.compile(r"(-?[0-9]+) (working )?days?")


def _counted(text: str, units: Collection[str]) -> str:
    """The count of one of some units that a misspelt duration probably means, as ``5 working days``, or nothing."""
    plain = text.strip().lower().replace("_", " ")
    match = re.fullmatch(r"(-?[0-9]+)\s*(?:个)?\s*([^.0-9][^0-9]*)?", plain)
    if match is None:
        iso = re.fullmatch(r"p([0-9]+)([dwmy])", plain)
        return _number_of(iso[1], ISO_UNITS[iso[2]], units) if iso else ""
    unit = (match[2] or "").replace(" ", "")
    for spelling, meant in _UNITS.items():
        if unit.startswith(spelling):
            return _number_of(match[1], meant, units)
    return _number_of(match[1], near(unit, units), units)


def _number_of(number: str, unit: str, units: Collection[str]) -> str:
    """So many of a unit, if it is one of those that can be written."""
    if unit not in units:
        return ""
    return f"{number} {unit.removesuffix('s') if number.lstrip('-') == '1' else unit}"


ISO_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_UNITS = {
    "工作日": "working days",
    "workingday": "working days",
    "workday": "working days",
    "businessday": "working days",
    "bd": "working days",
    "天": "days",
    "日": "days",
    "周": "weeks",
    "个月": "months",
    "月": "months",
    "年": "years",
}


def ahead(text: str) -> Ahead:
    """A reminder: ``3 days`` or ``3 working days``."""
    match = _AHEAD.fullmatch(text)
    if match is None:
        raise Misread("bad-value", "bad-ahead", text=text, suggestion=_counted(text, DAYS))
    return Ahead(in_range(match[1], 1, 366 * 50), working=match[2] is not None)


_SHIFT = re.compile(r"([+-]?)([0-9]+) (working days?|days?|weeks?|months?|years?|hours?)")
_MOST = {"day": 3_000_000, "working day": 3_000_000, "week": 500_000, "month": 100_000, "year": 9998, "hour": 1_000_000}


def shift(text: str) -> tuple[int, str]:
    """``40 days``, ``-3 working days``: a signed amount and its unit in the plural. Nothing is not an amount."""
    match = _SHIFT.fullmatch(text)
    if match is None:
        raise Misread("bad-value", "bad-shift", text=text, suggestion=_counted(text, UNITS))
    unit = match[3].removesuffix("s")
    amount = in_range(match[2], 1, _MOST[unit])
    return (-amount if match[1] == "-" else amount), unit + "s"


def count_of_working_days(text: str) -> int:
    """``2 working days``: a positive count of working days."""
    match = re.fullmatch(r"(-?[0-9]+) working days?", text)
    if match is None:
        raise Misread("bad-value", "bad-working-days", text=text, suggestion=_counted(text, WORKING))
    return in_range(match[1], 1, 366 * 50)


def lag(text: str) -> tuple[int, str]:
    """``3 working days`` or ``3 days``: how much earlier each level is due."""
    match = re.fullmatch(r"(-?[0-9]+) (working days?|days?)", text)
    if match is None:
        raise Misread("bad-value", "bad-lag", text=text, suggestion=_counted(text, DAYS))
    return in_range(match[1], 1, 366), match[2].removesuffix("s") + "s"
