"""Calendars from the `holidays` package: China's working weekends, and how far data reach."""

import datetime as dt

import holidays
import pytest

from cyclekit.civil.working import WorkingCalendar
from cyclekit.errors import CalendarError
from cyclekit.sources.public_holidays import PublicHolidays, compile_calendar


def calendar_of(code: str, first: int = 2007, last: int = 2026) -> WorkingCalendar:
    """A calendar over whole years."""
    return compile_calendar(code, dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal())


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-09-20", True),  # a Sunday, worked for the National Day week
        ("2026-10-10", True),  # a Saturday, likewise
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2023-01-28", True),  # a Saturday after Spring Festival
        ("2023-01-29", True),  # the Sunday
        ("2023-05-06", True),
        ("2023-05-03", False),
        ("2023-09-29", False),
        ("2023-10-07", True),
        ("2020-01-31", False),  # Spring Festival was lengthened that year
    ],
)
def test_china_works_on_the_weekends_that_were_exchanged(day: str, working: bool) -> None:
    """The State Council's arrangements move working days to weekends, and these count as working days."""
    assert calendar_of("CN").is_working(dt.date.fromisoformat(day).toordinal()) == working


def test_china_is_known_until_the_last_arrangement() -> None:
    """Beyond the last year with an arrangement every date is provisional, before the first one it is refused."""
    calendar = calendar_of("CN", 1999, 2035)
    assert calendar.known_until is not None
    assert calendar.known_from is not None
    known = dt.date.fromordinal(calendar.known_until)
    assert (known.month, known.day) == (12, 31)
    worked = [day for day in range(calendar.known_from, calendar.known_until + 1) if _is_worked_weekend(calendar, day)]
    # The last year known has worked weekends, as each arrangement since 2001 had; no later one can have any.
    assert dt.date.fromordinal(worked[-1]).year == known.year
    later = range(calendar.known_until + 1, calendar.last + 1)
    assert not [day for day in later if _is_worked_weekend(calendar, day)]
    assert calendar.is_provisional(calendar.known_until, calendar.known_until + 1)
    assert not calendar.is_provisional(calendar.known_from, calendar.known_until)
    assert calendar.is_unknown(calendar.known_from - 1)


def _is_worked_weekend(calendar: WorkingCalendar, day: int) -> bool:
    return dt.date.fromordinal(day).weekday() >= 5 and calendar.is_working(day)


@pytest.mark.parametrize("code", ["CN", "US", "US-DC", "GB-ENG", "DE-BY", "XECB", "XNYS", "JP", "IL", "TW", "HK"])
def test_a_calendar_agrees_with_its_source(code: str) -> None:
    """Each day of fifteen years is worked or not as the package itself says."""
    country, _, part = code.partition("-")
    make = holidays.financial_holidays if len(country) == 4 else holidays.country_holidays
    source = make(country, subdiv=part or None)
    calendar = calendar_of(code, 2012, 2026)
    days = range(calendar.first, calendar.last + 1)
    other = [
        day
        for day in map(dt.date.fromordinal, days)
        if source.is_working_day(day) != calendar.is_working(day.toordinal())
    ]
    assert other == []


@pytest.mark.parametrize("code", ["CN", "US", "XNYS"])
def test_what_is_compiled_does_not_depend_on_the_window(code: str) -> None:
    """A year compiled by itself has the working days it has among others."""
    whole = calendar_of(code, 2018, 2026)
    for year in range(2018, 2027):
        alone = calendar_of(code, year, year)
        for day in range(alone.first, alone.last + 1):
            assert alone.is_working(day) == whole.is_working(day)


def test_two_calendars_need_no_data() -> None:
    """`weekdays` is Monday to Friday and `all_days` every day, known for ever and to the ends of the calendar."""
    for code, worked in (("weekdays", 5), ("all_days", 7)):
        calendar = compile_calendar(code, -10, 10**7)
        assert [calendar.is_working(day) for day in range(1, 8)] == [True] * worked + [False] * (7 - worked)
        assert (calendar.known_from, calendar.known_until) == (None, None)
        assert calendar.is_working(dt.date.max.toordinal())  # a Friday


def test_a_code_without_a_calendar_is_refused() -> None:
    """CalendarError names the code."""
    with pytest.raises(CalendarError) as caught:
        calendar_of("XX")
    assert caught.value.calendar == "XX"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("cn", "CN"), ("UK", "GB"), ("CHN", "CN"), ("us-dc", "US-DC"), ("China", "CN"), ("中国", "CN"), ("????????", "")],
)
def test_a_code_that_is_near_is_proposed(written: str, meant: str) -> None:
    """What people write for a country is answered with what the package calls it."""
    assert not PublicHolidays().knows(written)
    assert PublicHolidays().near(written) == meant
