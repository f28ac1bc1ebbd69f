"""What dates depend on beside the rules: calendars, what happened, clocks, and what was known when."""

import datetime as dt
import zoneinfo
from functools import cache

from hypothesis import strategies as st

from cyclekit.model.event import Event
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.days import days, known_ons
from tests.properties.oracle import DayBook, World

CALENDARS = ("weekdays", "all_days", "odd", "late")
#: A calendar of a rulebook's own, by the name it has there, which suspends days.
COURT = "court"
BOOKS = ("book", "first", "second")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")

#: Events that may come twice a day; those of which each has its own day; those with a clock time.
INCIDENT, HEARING, BREACH = "incident", "hearing", "breach"
#: Days with events: ends of months, a weekend, and three on which clocks change somewhere.
EVENT_DAYS = tuple(
    map(
        dt.date.fromisoformat,
        (
            "2023-11-30",
            "2024-02-29",
            "2024-03-09",
            "2024-03-10",
            "2024-03-31",
            "2024-10-27",
            "2024-12-31",
            "2025-01-02",
        ),
    )
)
#: Names of single events, by the name of what they wait for.
EVENT_IDS = {INCIDENT: ("case-1", "case-2"), HEARING: ("file-1", "file-2"), BREACH: ("leak-1", "leak-2")}


@cache
@st.composite
def day_books(draw: st.DrawFn, *, id: str = "odd", data_begin: bool = False, suspends: bool = False) -> DayBook:  # noqa: A002 (the field's own word)
    """Calendars with closures of up to five weeks, worked weekends, and an end to what is known."""
    closed: set[dt.date] = set()
    festivals: set[dt.date] = set()
    for first in draw(st.lists(days(dt.date(2022, 10, 1), dt.date(2027, 3, 1)), max_size=4)):
        run = {first + dt.timedelta(days=each) for each in range(draw(st.sampled_from([1, 3, 9, 20, 35])))}
        closed |= run
        festivals |= run if draw(st.booleans()) else set()
    opened = draw(st.sets(days(dt.date(2022, 10, 1), dt.date(2027, 3, 1)), max_size=6))
    known_from = draw(st.none() | days(dt.date(2022, 10, 1), dt.date(2024, 3, 1))) if data_begin else None
    return DayBook(
        id,
        draw(st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset[int]()])),
        frozenset(closed),
        frozenset(opened),
        known_from,
        draw(st.none() | days(dt.date(2023, 6, 1), dt.date(2026, 6, 1))),
        frozenset(draw(st.sets(st.sampled_from(sorted(closed)), max_size=3))) if closed else frozenset(),
        frozenset(festivals),
        draw(suspensions()) if suspends else frozenset(),
    )


@cache
@st.composite
def suspensions(draw: st.DrawFn) -> frozenset[dt.date]:
    """Days that are not counted: the turn of each year, or single stretches."""
    if draw(st.booleans()):
        turns = (dt.date(year, 12, 24) + dt.timedelta(days=each) for year in range(2014, 2035) for each in range(15))
        return frozenset(turns)
    found: set[dt.date] = set()
    for first in draw(st.lists(days(dt.date(2023, 1, 1), dt.date(2026, 1, 1)), min_size=1, max_size=3)):
        found |= {first + dt.timedelta(days=each) for each in range(draw(st.sampled_from([1, 10, 40])))}
    return frozenset(found)


@cache
@st.composite
def calendar_shelves(draw: st.DrawFn, *, data_begin: bool = False) -> dict[str, DayBook]:
    """``weekdays``, ``all_days``, two that are drawn, and for each rulebook one that suspends days."""
    shelf = {
        "weekdays": DayBook("weekdays"),
        "all_days": DayBook("all_days", frozenset()),
        "odd": draw(day_books(id="odd", data_begin=data_begin)),
        "late": draw(day_books(id="late", data_begin=data_begin)),
    }
    court = draw(mostly(st.just(DayBook(COURT)), day_books(id=COURT, data_begin=data_begin, suspends=True)))
    return shelf | {f"{book}/{COURT}": court for book in BOOKS}


@cache
@st.composite
def events(draw: st.DrawFn) -> dict[str, list[Event]]:
    """What happened: on few days, with ids and without; in the time of the place, or at a moment of the world."""
    day = st.sampled_from(EVENT_DAYS)
    local = st.builds(
        lambda day, minute: dt.datetime.combine(day, dt.time(minute // 60, minute % 60)),
        day,
        st.sampled_from([0, 60, 2 * 60 + 30, 10 * 60, 23 * 60 + 59]),
    )
    moment = local | local.map(lambda each: each.replace(tzinfo=dt.UTC))
    found: dict[str, list[Event]] = {}
    for name, at in ((INCIDENT, day | moment), (HEARING, day), (BREACH, moment)):
        unnamed = draw(st.lists(at, max_size=3, unique=name == HEARING))
        named = [(id, draw(at)) for id in draw(st.sets(st.sampled_from(EVENT_IDS[name]), max_size=1))]  # noqa: A001
        made = [*(Event(each) for each in unnamed), *(Event(each, id) for id, each in named)]  # noqa: A001
        found[name] = list(draw(st.permutations(made)))
    return found


@cache
@st.composite
def worlds(draw: st.DrawFn, *, data_begin: bool = False, known: bool = False) -> World:
    """Calendars, events and zones; and with ``known`` perhaps a day whose knowledge is asked for."""
    zones = {name: zoneinfo.ZoneInfo(name) for name in ZONES}
    known_on = draw(known_ons()) if known else None
    return World(draw(calendar_shelves(data_begin=data_begin)), draw(events()), zones, known_on)
