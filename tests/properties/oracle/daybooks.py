"""Working-day calendars as an author thinks of them, asked one day at a time."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import attrs

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar

WORLD = Span(dt.date(2015, 1, 1), dt.date(2034, 12, 31))
#: The engine looks at more periods than it needs, so its calendars reach farther.
COMPILED = Span(dt.date(2000, 1, 1), dt.date(2049, 12, 31))
ONE_DAY = dt.timedelta(days=1)
#: The holiday that rules ask for; other closed days are called otherwise.
FESTIVAL = "Festival"


@attrs.frozen
class DayBook:
    """Weekends, closed days, days that are worked all the same, and days that are not counted at all.

    ``festivals`` are those of the closed days that bear the name FESTIVAL.
    """

    id: str
    weekend: frozenset[int] = frozenset({5, 6})
    closed: frozenset[dt.date] = frozenset()
    opened: frozenset[dt.date] = frozenset()
    known_from: dt.date | None = None
    known_until: dt.date | None = None
    estimated: frozenset[dt.date] = frozenset()
    festivals: frozenset[dt.date] = frozenset()
    suspended: frozenset[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Whether this day is worked."""
        if day in self.suspended:
            return False
        return day in self.opened or (day not in self.closed and day.weekday() not in self.weekend)

    def compiled(self, span: Span = COMPILED) -> WorkingCalendar:
        """The same calendar as the engine wants it."""
        return _compiled(self, span)


@lru_cache(maxsize=64)
def _compiled(book: DayBook, span: Span) -> WorkingCalendar:
    return WorkingCalendar(
        book.id,
        span.first.toordinal(),
        span.last.toordinal(),
        weekend=book.weekend,
        closed={day.toordinal(): FESTIVAL if day in book.festivals else "closed" for day in book.closed},
        opened=[day.toordinal() for day in book.opened],
        suspended=[day.toordinal() for day in book.suspended],
        known_from=book.known_from.toordinal() if book.known_from else None,
        known_until=book.known_until.toordinal() if book.known_until else None,
        estimated=[day.toordinal() for day in book.estimated],
    )


class Doubt(NamedTuple):
    """What is not certain about a date: ``provisional``, or ``unknown`` for what is older than the data."""

    provisional: bool = False
    unknown: bool = False

    def __or__(self, other: "Doubt") -> "Doubt":
        return Doubt(self.provisional or other.provisional, self.unknown or other.unknown)


SURE = Doubt()


class Looks:
    """Every day of a calendar that had to be known for a date."""

    def __init__(self) -> None:
        self.provisional = False
        self.unknown = False

    def at(self, book: DayBook, day: dt.date) -> None:
        """One more day that was looked at."""
        if (book.known_until and day > book.known_until) or day in book.estimated:
            self.provisional = True
        if book.known_from and day < book.known_from:
            self.unknown = True

    @property
    def doubt(self) -> Doubt:
        """What is not certain so far."""
        return Doubt(self.provisional, self.unknown)


def is_working(book: DayBook, day: dt.date, looks: Looks) -> bool:
    """Whether a day is worked, as one who keeps in mind that it was asked."""
    looks.at(book, day)
    return book.is_working(day)


class Shelf(NamedTuple):
    """The calendars, and which of them the obligation and the unit (or else the file) name."""

    books: dict[str, DayBook]
    obligation: str | None
    unit: str | None

    def nearest(self, *names: str | None) -> DayBook:
        """The calendar that the first of these names, or else the obligation, or else the unit."""
        name = next((each for each in (*names, self.obligation) if each), "unit")
        return self.books[(self.unit or "") if name == "unit" else name]
