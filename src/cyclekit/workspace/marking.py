"""Which days pages mark: the holidays and the worked weekends of each unit's calendar, over what is shown."""

import datetime as dt
from functools import partial

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.own_calendars import compile_all
from cyclekit.engine.recording import nature_of
from cyclekit.model.explanation import Nature, Stretch
from cyclekit.model.marked_days import MarkedDays, MarksOf
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule

_MARKED = (Nature.HOLIDAY, Nature.EXCHANGED, Nature.SUSPENDED)


def marks_of(schedule: Schedule) -> MarksOf:
    """What tells the marked days of a schedule's calendars within its horizon, each worked out when first asked for.

    That raises CalendarError for a calendar that cannot be had.
    """
    first, last = schedule.horizon.first.toordinal(), schedule.horizon.last.toordinal()
    found: dict[str, MarkedDays] = {}

    def marks(book: Rulebook, own: str | None) -> MarkedDays | None:
        named = own or book.calendar
        if not named:
            return None
        key = book.calendar_keys.get(named, named)
        if key not in found:
            found[key] = _marked(book, _compiled(book, key, first, last), first, last)
        return found[key]

    return marks


def _compiled(book: Rulebook, key: str, first: int, last: int) -> WorkingCalendar:
    from cyclekit.sources.public_holidays import compile_calendar  # noqa: PLC0415  # loads the holidays package

    return compile_all([book], {key: (first, last)}, partial(compile_calendar, names=frozenset()))[key]


def _marked(book: Rulebook, calendar: WorkingCalendar, first: int, last: int) -> MarkedDays:
    from cyclekit.sources.day_names import DayNames  # noqa: PLC0415  # the same

    names = DayNames(book)
    days: dict[int, Stretch] = {}
    for ordinal in range(first, last + 1):
        nature = nature_of(calendar, ordinal)
        if nature in _MARKED and not calendar.is_unknown(ordinal) and not calendar.is_provisional(ordinal, ordinal):
            day = dt.date.fromordinal(ordinal)
            days[ordinal] = Stretch(day, day, nature, names(calendar, day))
    known = calendar.known_until
    return MarkedDays(days, dt.date.fromordinal(known) if known is not None and known < last else None)
