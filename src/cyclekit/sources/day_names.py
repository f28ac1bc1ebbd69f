"""What single days are called, in the languages of the ``holidays`` package: for telling people why a date moved."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.explanation import DayName
from cyclekit.model.obligation import Rulebook
from cyclekit.model.text import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

#: The languages that readers are told in.
READERS = ("en_US", "zh_CN")


class DayNames:
    """What the calendars of a rulebook call their days.

    >>> from cyclekit.sources.public_holidays import compile_calendar
    >>> china = compile_calendar("CN", dt.date(2023, 1, 1).toordinal(), dt.date(2023, 12, 31).toordinal())
    >>> names = DayNames()
    >>> names(china, dt.date(2023, 6, 22)).name.get("zh")
    '端午节'
    >>> names(china, dt.date(2023, 6, 25)).exchange
    datetime.date(2023, 6, 23)
    """

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        made = {rulebook.calendar_keys[each.id]: each for each in rulebook.calendars} if rulebook else {}
        keys = rulebook.calendar_keys if rulebook else {}
        self._bases = {key: [keys.get(base, base) for base in each.bases] for key, each in made.items()}

    def __call__(self, calendar: WorkingCalendar, day: dt.date) -> DayName:
        """The name of a day in the languages of readers and the place's own, and the day it was exchanged for.

        A calendar of the file's own takes both from those it is built on, where it has the day under the same name.
        """
        own = calendar.names.get(day.toordinal())
        name, exchange = (Text.of(own) if own else None), None
        for code in self._codes(calendar.id):
            found = [(tag, names.get(day)) for tag, names in _names(code, day.year).items()]
            parts = tuple((tag, text) for tag, text in found if text)
            if own is not None and own in dict(parts).values():
                name = Text(parts)
            exchange = exchange or _exchanges(code, day.year).get(day)
        return DayName(name, exchange)

    def _codes(self, calendar: str) -> Iterator[str]:
        """The codes of the holidays package that a calendar rests on in the end."""
        if calendar in self._bases:
            for base in self._bases[calendar]:
                yield from self._codes(base)
        elif calendar not in ("weekdays", "all_days"):
            yield calendar


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
