"""What single days are called, in the languages of the ``holidays`` package: for telling people why a date moved."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.explanation import DayName
from cyclekit.model.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

#: The languages that readers are told in.
READERS = ("en_US", "zh_CN")


def day_name(calendar: WorkingCalendar, day: dt.date) -> DayName:
    """What a calendar calls a day, in the languages of readers and the place's own, and what it was exchanged for.

    Where the package does not know the calendar, the name is the one that the calendar itself has.

    >>> from cyclekit.sources.public_holidays import compile_calendar
    >>> china = compile_calendar("CN", dt.date(2023, 1, 1).toordinal(), dt.date(2023, 12, 31).toordinal())
    >>> day_name(china, dt.date(2023, 6, 22)).name.get("zh")
    '端午节'
    >>> day_name(china, dt.date(2023, 6, 25)).exchange
    datetime.date(2023, 6, 23)
    """
    from cyclekit.sources.public_holidays import PublicHolidays  # noqa: PLC0415

    own = calendar.names.get(day.toordinal())
    name = Text.of(own) if own else None
    if calendar.id in ("weekdays", "all_days") or not PublicHolidays().knows(calendar.id):
        return DayName(name)
    found = [(tag, names.get(day)) for tag, names in _names(calendar.id, day.year).items()]
    parts = tuple((tag, text) for tag, text in found if text)
    return DayName(Text(parts) if parts else name, _exchanges(calendar.id, day.year).get(day))


@lru_cache(maxsize=64)
def _names(code: str, year: int) -> "Mapping[str, HolidayBase]":
    """The days of a year by language tag: those of readers that the data have, and the place's own."""
    from cyclekit.sources.public_holidays import entity  # noqa: PLC0415

    years = range(year, year + 1)
    data = entity(code, years)
    own = data.default_language or ""
    languages = dict.fromkeys([*(each for each in READERS if each in data.supported_languages), own])
    return {each.replace("_", "-"): entity(code, years, each or None) for each in languages}


@lru_cache(maxsize=64)
def _exchanges(code: str, year: int) -> Mapping[dt.date, dt.date]:
    """Days of rest that are worked and days off in exchange for them, each with the other, around a year.

    The package tells the one in the name of the other.
    """
    from cyclekit.sources.public_holidays import entity  # noqa: PLC0415

    data = entity(code, range(year - 1, year + 2))
    label, form = getattr(data, "substituted_label", None), getattr(data, "substituted_date_format", None)
    if not label or not form:
        return {}
    by_name = {name: day for day, name in data.items()}
    found: dict[dt.date, dt.date] = {}
    for worked in data.weekend_workdays:
        off = by_name.get(data.tr(label) % worked.strftime(data.tr(form)))
        if off is not None:
            found |= {worked: off, off: worked}
    return found
