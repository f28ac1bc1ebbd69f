"""The spellings of spans: ``2023-06-20``, ``2023-06``, ``2023Q2``, ``2023H1``, ``2023-W25``, ``2023``, ``A..B``.

Weeks are those of ISO 8601. Fiscal spellings (``FY2023``, ``FY2023H1``, ``FY2023Q1``, ``FY2023-M04``) are
understood where a fiscal year is in force.
"""

import datetime as dt
import re

import attrs

from cyclekit.civil import mending
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.months import first_day, last_day
from cyclekit.civil.spans import Bounds, Span
from cyclekit.errors import DateRangeError, LabelError

CALENDAR_YEAR = YearStart()

_NAME = re.compile(
    r"(?P<fiscal>FY)?(?P<year>[0-9]{4})"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|Q(?P<quarter>[0-9])|H(?P<half>[0-9])"
    r"|-W(?P<week>[0-9]{2})|-M(?P<number>[0-9]{2}))?"
)
_FORMS = ("day", "month", "quarter", "half", "week", "number")
_SHORT_END = {
    "day": (re.compile(r"[0-9]{2}"), 8),
    "month": (re.compile(r"[0-9]{2}"), 5),
    "quarter": (re.compile(r"Q[0-9]"), 4),
    "half": (re.compile(r"H[0-9]"), 4),
    "week": (re.compile(r"W[0-9]{2}"), 5),
    "number": (re.compile(r"M[0-9]{2}"), 7),
}
_MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")


@attrs.frozen
class _Named:
    form: str
    fiscal: bool
    span: Span


def read_span(text: str, year: YearStart = CALENDAR_YEAR) -> Span:
    """The span of days that a text names.

    ``A..B`` runs from the first day of A to the last of B, and B may leave out what it shares with A. Fiscal
    names want a ``year`` that is not the calendar year. Raises LabelError, with what was meant where that can
    be told, for every other text; its ``reason`` is one of ``form``, ``day``, ``month``, ``quarter``, ``half``,
    ``week``, ``year``, ``fiscal``, ``open``, ``reversed``.

    >>> str(read_span("2023-11..2024-01"))
    '2023-11-01..2024-01-31'
    >>> read_span("2023-06").last
    datetime.date(2023, 6, 30)
    """
    start, dots, end = text.partition("..")
    if not dots:
        return _read_name(text, year).span
    if not start or not end:
        raise LabelError(text, "open")
    first = _read_name(start, year)
    last = _read_name(_completed(start, first, end), year)
    if last.span.last < first.span.first:
        raise LabelError(text, "reversed")
    return Span(first.span.first, last.span.last)


def read_bounds(text: str, year: YearStart = CALENDAR_YEAR) -> Bounds:
    """A span that may be open: ``A..`` has no end, ``..B`` no beginning. Raises LabelError.

    >>> read_bounds("2023..").last is None
    True
    """
    start, dots, end = text.partition("..")
    if dots and start and not end:
        return Bounds(_read_name(start, year).span.first, None)
    if dots and end and not start:
        return Bounds(None, _read_name(end, year).span.last)
    span = read_span(text, year)
    return Bounds(span.first, span.last)


def read_month_day(text: str) -> tuple[int, int]:
    """A day of the year, ``06-20``: its month and day. 29 February is one. Raises LabelError."""
    if not _MONTH_AND_DAY.fullmatch(text):
        raise LabelError(text, "month-day", mending.month_day(text))
    month, day = int(text[:2]), int(text[3:])
    try:
        dt.date(2000, month, day)
    except ValueError:
        raise LabelError(text, "day" if 1 <= month <= 12 else "month") from None
    return month, day


def _completed(start: str, first: _Named, end: str) -> str:
    """The second half of ``A..B`` with what it shares with A put back."""
    pattern, keep = _SHORT_END.get(first.form, (None, 0))
    if first.form == "day" and _MONTH_AND_DAY.fullmatch(end):
        return start[:5] + end
    if pattern is not None and pattern.fullmatch(end):
        return start[: keep + 2 * first.fiscal - (2 if first.form == "number" else 0)] + end
    return end


def _read_name(text: str, year: YearStart) -> _Named:
    match = _NAME.fullmatch(text)
    if match is None:
        raise LabelError(text, "form", mending.label(text))
    form = next((each for each in _FORMS if match[each]), "year")
    fiscal = match["fiscal"] is not None
    named = int(match["year"])
    if named == 0:
        raise LabelError(text, "year")
    try:
        if fiscal or form == "number":
            return _Named(form, True, _fiscal(text, form, named, match, year))
        return _Named(form, False, _civil(text, form, named, match))
    except (DateRangeError, OverflowError):
        raise LabelError(text, "year") from None


def _civil(text: str, form: str, year: int, match: re.Match[str]) -> Span:
    number = int(match[form]) if form != "year" else 0
    match form:
        case "year":
            return months_span(12 * year, 12)
        case "half":
            _within(text, form, number, 2)
            return months_span(12 * year + 6 * (number - 1), 6)
        case "quarter":
            _within(text, form, number, 4)
            return months_span(12 * year + 3 * (number - 1), 3)
        case "month":
            _within(text, form, number, 12)
            return months_span(12 * year + number - 1, 1)
        case "week":
            try:
                monday = dt.date.fromisocalendar(year, number, 1)
            except ValueError:
                raise LabelError(text, "week") from None
            return Span(monday, monday + dt.timedelta(days=6))
        case _:
            try:
                day = dt.date(year, int(match["month"]), number)
            except ValueError:
                month = int(match["month"])
                raise LabelError(text, "day" if 1 <= month <= 12 else "month", mending.leap_year(text)) from None
            return Span(day, day)


def _fiscal(text: str, form: str, named: int, match: re.Match[str], year: YearStart) -> Span:
    if year.is_calendar_year or form in ("day", "month", "week") or match["fiscal"] is None:
        civil = text.removeprefix("FY") if form != "number" else f"{named:04}-{match['number']}"
        raise LabelError(text, "fiscal", civil if mending.exists(civil) else "")
    start = year.start_month(named)
    number = int(match[form]) if form != "year" else 1
    months = {"year": 12, "half": 6, "quarter": 3, "number": 1}[form]
    _within(text, form, number, 12 // months)
    return year.span(start + months * (number - 1), months)


def _within(text: str, form: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise LabelError(text, "month" if form == "number" else form)


def months_span(month: int, months: int) -> Span:
    """The days of so many months from that month on."""
    return Span(dt.date.fromordinal(first_day(month)), dt.date.fromordinal(last_day(month + months - 1)))


def label_of(span: Span) -> str:
    """The shortest spelling that names exactly these days, outside any fiscal year.

    >>> label_of(read_span("2023-05-01..31"))
    '2023-05'
    """
    first, last = span.first.toordinal(), span.last.toordinal()
    start, end = 12 * span.first.year + span.first.month - 1, 12 * span.last.year + span.last.month - 1
    if span.first.day == 1 and months_span(start, end - start + 1) == span:
        year, month, count = start // 12, start % 12, end - start + 1
        if count == 12 and month == 0:
            return f"{year:04}"
        if count == 6 and month in (0, 6):
            return f"{year:04}H{month // 6 + 1}"
        if count == 3 and month % 3 == 0:
            return f"{year:04}Q{month // 3 + 1}"
        if count % 12 == 0 and month == 0:
            return f"{year:04}..{end // 12:04}"
        return months_label(start, end)
    if span.first.isoweekday() == 1 and span.last.isoweekday() == 7:
        return weeks_label(first, last)
    return days_label(first, last)


def days_label(first: int, last: int) -> str:
    """A span by its days: ``2023-05-01``, ``2023-05-01..15``, ``2023-05-30..06-02``; both ends as ordinals."""
    start = dt.date.fromordinal(first).isoformat()
    end = dt.date.fromordinal(last).isoformat()
    if first == last:
        return start
    shared = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
    return f"{start}..{end[shared:]}"


def weeks_label(first: int, last: int) -> str:
    """A span of whole ISO weeks by their numbers: ``2023-W25``, ``2023-W25..W26``."""
    year, week, _ = dt.date.fromordinal(first).isocalendar()
    last_year, last_week, _ = dt.date.fromordinal(last).isocalendar()
    if (year, week) == (last_year, last_week):
        return f"{year:04}-W{week:02}"
    return f"{year:04}-W{week:02}.." + (f"W{last_week:02}" if year == last_year else f"{last_year:04}-W{last_week:02}")


def months_label(first: int, last: int) -> str:
    """A span of whole months, given as months: ``2023-05``, ``2023-05..06``, ``2023-11..2024-01``."""
    start = f"{first // 12:04}-{first % 12 + 1:02}"
    if first == last:
        return start
    end = f"{last // 12:04}-{last % 12 + 1:02}"
    return f"{start}..{end[5:] if start[:4] == end[:4] else end}"
