"""Days as calendars of a file's own write them: ``2023-05-08``, ``2023-05-08..10``, ``12-24``, ``12-21..01-07``."""

import re

from cyclekit.civil.mending import month_day as meant_day
from cyclekit.civil.yearly import Days, YearlySpan
from cyclekit.reading.scalars import Misread, month_day, span

_DAY = re.compile(r"[0-9]{2}")
_BARE_YEAR = re.compile(r"[0-9]{4}")


def days(text: str) -> Days:
    """Days of one year as any date names them, or without a year those of every year; a span may cross its end.

    >>> days("12-21..01-07")
    YearlySpan(first=(12, 21), last=(1, 7))
    """
    if _BARE_YEAR.fullmatch(text):
        # 0508 is a day written without its hyphen, and who means a whole year can say so.
        meant = meant_day(f"{text[:2]}-{text[2:]}") or f"{text}-01-01..12-31"
        raise Misread("bad-date", "date-bare-year", text=text, suggestion=meant)
    if _BARE_YEAR.match(text) or text.startswith("FY"):
        return span(text)
    start, dots, end = text.partition("..")
    if not dots:
        day = month_day(text)
        return YearlySpan(day, day)
    if not start or not end:
        raise Misread("bad-date", "date-open", text=text)
    first = month_day(start)
    return YearlySpan(first, month_day(f"{start[:3]}{end}" if _DAY.fullmatch(end) else end))
