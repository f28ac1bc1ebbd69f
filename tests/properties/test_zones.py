"""Clock times in time zones: moments, hours through changes of the clocks, and what feeds tell of them."""

import datetime as dt
import zoneinfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

import cyclekit
from cyclekit import Rulebook
from cyclekit.adapters.ical import Options
from cyclekit.adapters.ical.moments import LENGTH
from cyclekit.adapters.ical.moments import moment as moment_of_feeds
from cyclekit.engine.clocks import moment, shown_at
from cyclekit.model.occurrence import Occurrence
from cyclekit.workspace.feeding import feed_writer
from tests.properties.slips import told

DAY = 1440
MINUTE = dt.timedelta(minutes=1)
#: Clocks that are put forward by an hour or half of one, or in winter, that went over a day, or are never changed.
ZONES = (
    *("UTC", "Asia/Shanghai", "Asia/Kathmandu", "Pacific/Kiritimati", "Europe/Berlin", "Europe/Dublin"),
    *("America/St_Johns", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"),
)
#: Days on which, or next to which, some of these clocks were changed.
CHANGED = ("2011-12-30", "2024-03-10", "2024-03-31", "2024-04-07", "2024-10-06", "2024-10-27", "2024-11-03")


def days() -> st.SearchStrategy[dt.date]:
    """Days of three decades, and mostly those around changes of clocks."""
    beside = st.builds(
        lambda day, on: day + dt.timedelta(on),
        st.sampled_from(CHANGED).map(dt.date.fromisoformat),
        st.integers(-1, 1),
    )
    return beside | st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))


def minutes() -> st.SearchStrategy[int]:
    """Minutes of a day up to its end, and mostly those in the night."""
    return st.integers(0, 240) | st.integers(0, DAY)


def zones() -> st.SearchStrategy[zoneinfo.ZoneInfo]:
    """Time zones of every kind."""
    return st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)


def rules(zone: zoneinfo.ZoneInfo, timing: str) -> Rulebook:
    """One duty in a time zone."""
    found = told(f"cyclekit: 1\nid: a\ntimezone: {zone.key}\nobligations: {{o: {{{timing}}}}}\n".encode())
    assert found.rulebook is not None, found.diagnostics
    return found.rulebook


def clock(minute: int) -> str:
    """A clock time as a rule file has it."""
    return f"{minute // 60:02}:{minute % 60:02}"


@given(day=days(), minute=minutes(), zone=zones())
def test_a_moment_shows_its_clock_time_or_the_first_after_it(
    day: dt.date, minute: int, zone: zoneinfo.ZoneInfo
) -> None:
    """Where clocks skip a time it is the first that they show afterwards, and of one shown twice the first."""
    found = moment(day.toordinal(), minute, zone)
    wanted = dt.datetime.combine(day, dt.time()) + minute * MINUTE

    def shown(at: dt.datetime) -> dt.datetime:
        return at.astimezone(zone).replace(tzinfo=None, fold=0)

    assert shown(found) >= wanted
    assert shown(found - MINUTE) < wanted
    ordinal, there = shown_at(found, zone)
    assert dt.datetime.combine(dt.date.fromordinal(ordinal), dt.time()) + (there.time or 0) * MINUTE == shown(found)


@given(day=days(), minute=minutes(), zone=zones())
def test_feeds_and_the_engine_mean_the_same_moment(day: dt.date, minute: int, zone: zoneinfo.ZoneInfo) -> None:
    """The two ways from a clock time to a moment, one by steps and one by halves, lead to the same."""
    assert moment_of_feeds(day, minute, zone) == moment(day.toordinal(), minute, zone)


@given(day=days(), minute=st.integers(0, DAY - 1), zone=zones(), hours=st.integers(1, 100))
def test_hours_run_through_changes_of_the_clocks(
    day: dt.date, minute: int, zone: zoneinfo.ZoneInfo, hours: int
) -> None:
    """So many hours after an event are so many hours in the time of the world, whatever the clocks did meanwhile."""
    book = rules(zone, f"upon: {{event: incident}}, due: {{add: {hours} hours}}")
    began = dt.datetime.combine(day, dt.time(*divmod(minute, 60)))
    (found,) = cyclekit.expand(book, f"{day.year}..{day.year + 1}", events={"incident": [began]})
    until = moment(day.toordinal(), minute, zone) + dt.timedelta(hours=hours)
    assert until.astimezone(zone).replace(tzinfo=None, fold=0) == shown_by(found)


def shown_by(occurrence: Occurrence) -> dt.datetime:
    """What the clock shows when an occurrence is due."""
    assert occurrence.minute is not None
    return dt.datetime.combine(occurrence.due, dt.time()) + occurrence.minute * MINUTE


@given(day=days(), minute=minutes(), zone=zones())
def test_an_event_ends_when_it_is_due(day: dt.date, minute: int, zone: zoneinfo.ZoneInfo) -> None:
    """An entry with a clock time ends at that moment wherever it is read, and lasts an hour."""
    book = rules(zone, f'once: {day}, time: "{clock(minute)}"')
    data = feed_writer(cyclekit.expand(book, str(day.year)), Options()).of_all()
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert isinstance(event, Event)
    assert event.end == moment(day.toordinal(), minute, zone)
    assert event.start == event.end - LENGTH


@given(one=zones(), other=zones(), day=st.integers(1, 31), minute=minutes())
def test_a_time_zone_moves_no_date(one: zoneinfo.ZoneInfo, other: zoneinfo.ZoneInfo, day: int, minute: int) -> None:
    """Where a rule counts no hours, its due dates and clock times are those of any other time zone."""
    timing = f'every: month, due: {{day: {day}, adjust: following}}, calendar: weekdays, time: "{clock(minute)}"'
    schedules = [cyclekit.expand(rules(zone, timing), "2024") for zone in (one, other)]
    first, second = ([(each.key, each.due, each.time) for each in schedule] for schedule in schedules)
    assert first == second
