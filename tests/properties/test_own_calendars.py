"""Calendars built on others, against one who asks day after day what was written."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from hypothesis import assume, given
from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.civil.yearly import Days, YearlySpan
from cyclekit.engine.own_calendars import compile_all
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Rulebook
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from tests.properties.oracle import DayBook
from tests.properties.strategies import day_books, mostly

#: Two years' ends, a leap year and the February after it.
WORLD = Span(dt.date(2023, 12, 1), dt.date(2025, 3, 31))
WINDOW = (WORLD.first.toordinal(), WORLD.last.toordinal())
ALL_DAYS = [WORLD.first + dt.timedelta(days=number) for number in range(WORLD.days)]


class Asked(Protocol):
    """A calendar that answers for one day at a time."""

    def is_working(self, day: dt.date) -> bool:
        """Whether this day is worked."""

    def is_named(self, day: dt.date) -> bool:
        """Whether this day is a holiday or a closed day by name, worked or not."""

    def is_suspended(self, day: dt.date) -> bool:
        """Whether this day is not counted at all."""


class Known(NamedTuple):
    """A calendar of the world."""

    book: DayBook

    def is_working(self, day: dt.date) -> bool:
        """As the book says."""
        return self.book.is_working(day)

    def is_named(self, day: dt.date) -> bool:
        """Its closed days have names."""
        return day in self.book.closed

    def is_suspended(self, day: dt.date) -> bool:  # noqa: ARG002
        """None is."""
        return False


class Made(NamedTuple):
    """A calendar as its author describes it, with those it is built on."""

    own: OwnCalendar
    bases: Sequence[Asked]

    def is_working(self, day: dt.date) -> bool:
        """What is suspended, then what is said of this year's day, of every year's, of the week, and of the bases."""
        if any(holds(each, day) for each in self.own.suspended):
            return False
        said = self.said(day)
        if said is not None:
            return said
        rest = all if self.own.needs_all else any
        if self.own.weekend is None:
            return not rest(not base.is_working(day) for base in self.bases)
        if self.is_suspended(day) or day.weekday() in self.own.weekend:
            return False
        return not rest(
            base.is_suspended(day) or (base.is_named(day) and not base.is_working(day)) for base in self.bases
        )

    def said(self, day: dt.date) -> bool | None:
        """What its own entries say of a day; None where they say nothing."""
        for yearly in (False, True):
            for entries, worked in ((self.own.open, True), (self.own.closed, False)):
                chosen = [each.days for each in entries if isinstance(each.days, YearlySpan) is yearly]
                if any(holds(each, day) for each in chosen):
                    return worked
        return None

    def is_named(self, day: dt.date) -> bool:
        """By any base, or by itself."""
        return any(base.is_named(day) for base in self.bases) or any(holds(each.days, day) for each in self.own.closed)

    def is_suspended(self, day: dt.date) -> bool:
        """By itself, or by what it is built on where it is not opened."""
        if any(holds(each, day) for each in self.own.suspended):
            return True
        inherit = all if self.own.needs_all else any
        return self.said(day) is not True and inherit(base.is_suspended(day) for base in self.bases)


def holds(days: Days, day: dt.date) -> bool:
    """Whether days of one year, or of every year, hold this one."""
    if isinstance(days, Span):
        return days.first <= day <= days.last
    return (day.month, day.day) in walked(days)


@lru_cache(maxsize=1024)
def walked(days: YearlySpan) -> frozenset[tuple[int, int]]:
    """The days that one passes who walks through a leap year from the first to the last, over its end or not."""
    here = dt.date(2024, *days.first)
    found = {days.first}
    while (here.month, here.day) != days.last:
        here = here + dt.timedelta(days=1) if (here.month, here.day) != (12, 31) else dt.date(2024, 1, 1)
        found.add((here.month, here.day))
    return frozenset(found)


def yearly_days() -> st.SearchStrategy[tuple[int, int]]:
    """Days of the year, those around its end and 29 February often."""
    often = st.sampled_from([(2, 28), (2, 29), (3, 1), (12, 31), (1, 1), (12, 24), (5, 1)])
    return often | st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)).map(lambda day: (day.month, day.day))


@st.composite
def written_days(draw: st.DrawFn) -> Days:
    """A day, or a span of up to forty, of one year or of every year."""
    length = draw(mostly(st.just(0), st.integers(1, 40)))
    if draw(st.booleans()):
        first = draw(yearly_days())
        last = dt.date(2024, *first) + dt.timedelta(days=length)
        return YearlySpan(first, (last.month, last.day))
    begin = draw(st.dates(dt.date(2023, 11, 20), dt.date(2025, 4, 10)))
    return Span(begin, begin + dt.timedelta(days=length))


def entries() -> st.SearchStrategy[tuple[NamedDays, ...]]:
    """Up to four entries of `closed` or `open`."""
    return st.lists(st.builds(NamedDays, written_days(), st.just("own")), max_size=4).map(tuple)


@st.composite
def own_calendars(draw: st.DrawFn, name: str, bases: Sequence[str]) -> OwnCalendar:
    """A calendar on one or several of these."""
    return OwnCalendar(
        name,
        tuple(draw(st.lists(st.sampled_from(bases), min_size=1, max_size=3, unique=True))),
        needs_all=draw(st.booleans()),
        weekend=draw(st.none() | st.frozensets(st.integers(0, 6), min_size=1, max_size=3)),
        closed=draw(entries()),
        open=draw(entries()),
        suspended=tuple(draw(st.lists(written_days(), max_size=2))),
    )


@st.composite
def towers(draw: st.DrawFn) -> tuple[dict[str, DayBook], tuple[OwnCalendar, ...]]:
    """Two known calendars, and three that are built on them and on one another."""
    known = {name: draw(day_books(id=name)) for name in ("ODD", "LATE")}
    made: list[OwnCalendar] = []
    for name in ("a", "b", "c"):
        made.append(draw(own_calendars(name, [*known, *(each.id for each in made)])))
    return known, tuple(made)


def compiled(known: dict[str, DayBook], made: tuple[OwnCalendar, ...], window: tuple[int, int]) -> WorkingCalendar:
    """The last of the calendars, as the engine gets it."""

    def known_calendar(code: str, first: int, last: int) -> WorkingCalendar:
        return known[code].compiled(Span(dt.date.fromordinal(first), dt.date.fromordinal(last)))

    book = Rulebook("demo", Text.of("demo"), Roster([]), (), calendars=tuple(reversed(made)))
    return compile_all([book], {"demo/c": window}, known_calendar)["demo/c"]


@given(tower=towers())
def test_each_day_is_what_was_written_of_it(tower: tuple[dict[str, DayBook], tuple[OwnCalendar, ...]]) -> None:
    """Worked, named, suspended: as one finds it who looks at what is written, day by day."""
    known, made = tower
    asked: dict[str, Asked] = {name: Known(book) for name, book in known.items()}
    for own in made:
        asked[own.id] = Made(own, [asked[base] for base in own.bases])
    try:
        calendar = compiled(known, made, WINDOW)
    except CalendarError:
        assert any(not any(asked[own.id].is_working(day) for day in ALL_DAYS) for own in made)
        return
    for day in ALL_DAYS:
        told = (
            calendar.is_working(day.toordinal()),
            day.toordinal() in calendar.names,
            calendar.is_suspended(day.toordinal()),
        )
        assert told == (asked["c"].is_working(day), asked["c"].is_named(day), asked["c"].is_suspended(day)), day


@given(tower=towers(), first=st.integers(0, 300), length=st.integers(60, 180))
def test_a_part_is_a_part_of_the_whole(
    tower: tuple[dict[str, DayBook], tuple[OwnCalendar, ...]], first: int, length: int
) -> None:
    """What a day is does not depend on which days were compiled with it."""
    known, made = tower
    try:
        whole = compiled(known, made, WINDOW)
        part = compiled(known, made, (WINDOW[0] + first, WINDOW[0] + first + length))
    except CalendarError:
        assume(False)
    for day in range(WINDOW[0] + first, WINDOW[0] + first + length + 1):
        assert part.is_working(day) == whole.is_working(day)
        assert part.is_suspended(day) == whole.is_suspended(day)
        assert part.names.get(day) == whole.names.get(day)
