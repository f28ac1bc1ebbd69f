"""Two plain rules over a hundred years, as cyclekit, dateutil and QuantLib expand them, on one core.

cyclekit gives a line with labels, nominal and due dates as columns; dateutil a list of datetimes; QuantLib a list of
its dates. Each of them is handed its holidays and calendars ready made: what that costs is told apart.
"""

import datetime as dt
import statistics
from collections.abc import Callable
from typing import Any, NamedTuple

import holidays
import QuantLib as ql  # noqa: N813 (the name that its own documentation gives it)
from dateutil.rrule import MONTHLY, rrule

from cyclekit.api import compile_calendars
from cyclekit.civil.cycles import Months
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.model.line import Line
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Anchor, Course, DayOfMonth, Due, DueList, WorkingDay
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from tests.bench.timing import turns

YEARS = range(2007, 2107)  # the data of Chinese holidays begin before, QuantLib's dates end in 2199
HORIZON = Span(dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 31))
FIRST, LAST = (dt.datetime.combine(day, dt.time()) for day in (HORIZON.first, HORIZON.last))
ONE_DAY = dt.timedelta(days=1)

Work = Callable[[], list[Any]]


class Result(NamedTuple):
    """A side's dates a second, and how many times as fast ours is: medians over rounds in which they take turns."""

    rate: float
    times: float


def rulebook(cycle: Months, anchor: Anchor, calendar: str | None = None) -> Rulebook:
    """One obligation of one unit."""
    text = Text.of("bench")
    rule = Obligation("rule", Every(cycle, DueList((Due(Course(anchor)),))), text)
    return Rulebook("bench", text, Roster(["unit"]), (rule,), calendar=calendar)


def expanded(book: Rulebook, calendars: dict[str, WorkingCalendar]) -> Line:
    """The line of its only obligation."""
    return expand(book, HORIZON, calendars, max_years=len(YEARS)).lines[0]


def measured(ours: Work, **others: Work) -> dict[str, Result]:
    """Each side by its rate and by our lead over it."""
    sides = {"cyclekit": ours, **{name.replace("_", " "): work for name, work in others.items()}}
    counts = {name: len(work()) for name, work in sides.items()}
    assert len(set(counts.values())) == 1, counts
    rounds = turns(sides)
    return {
        name: Result(
            statistics.median(counts[name] / each[name] for each in rounds),
            statistics.median(each[name] / each["cyclekit"] for each in rounds),
        )
        for name in sides
    }


def twentieth_of_quarter() -> dict[str, Result]:
    """The 20th of the quarter's last month."""
    book = rulebook(Months(3, "quarter"), DayOfMonth(20))

    def ours() -> list[Any]:
        line = expanded(book, {})
        assert len(line.labels) == len(line.nominal)
        return line.due

    def dateutils() -> list[Any]:
        return list(rrule(MONTHLY, bymonth=(3, 6, 9, 12), bymonthday=20, dtstart=FIRST, until=LAST))

    def quantlibs() -> list[Any]:
        start, end = ql.Date(20, 3, YEARS[0]), ql.Date(20, 12, YEARS[-1])
        quarter, forward = ql.Period(3, ql.Months), ql.DateGeneration.Forward
        return list(ql.Schedule(start, end, quarter, ql.NullCalendar(), ql.Unadjusted, ql.Unadjusted, forward, False))

    assert [dt.date.fromordinal(day) for day in ours()] == [each.date() for each in dateutils()]
    assert [dt.date.fromordinal(day) for day in ours()] == [each.to_date() for each in quantlibs()]
    return measured(ours, dateutil=dateutils, QuantLib=quantlibs)


def last_working_day() -> dict[str, Result]:
    """The last working day of the month, by China's holidays and worked weekends.

    QuantLib's own table of them ends earlier than that of ``holidays``, so its later dates may be others.
    """
    book = rulebook(Months(1, "month"), WorkingDay(-1), "CN")
    calendars = compile_calendars((book,), HORIZON)
    data = holidays.country_holidays("CN", years=YEARS)
    closed, worked = set(data), set(data.weekend_workdays)
    china = ql.China(ql.China.IB)

    def ours() -> list[Any]:
        line = expanded(book, calendars)
        assert len(line.labels) == len(line.nominal)
        return line.due

    def is_worked(day: dt.date) -> bool:
        return day in worked or (day.weekday() < 5 and day not in closed)

    def filtering() -> list[Any]:
        # Some of the last ten days of a month is always worked: that these dates are ours says so.
        days = rrule(MONTHLY, bymonthday=range(-10, 0), dtstart=FIRST, until=LAST)
        found = {(day.year, day.month): day for day in (each.date() for each in days) if is_worked(day)}
        return list(found.values())

    def stepping_back() -> list[Any]:
        found: list[dt.date] = []
        for last in rrule(MONTHLY, bymonthday=-1, dtstart=FIRST, until=LAST):
            day = last.date()
            while not is_worked(day):
                day -= ONE_DAY
            found.append(day)
        return found

    def quantlibs() -> list[Any]:
        start, end = ql.Date(31, 1, YEARS[0]), ql.Date(31, 12, YEARS[-1])
        month, forward = ql.Period(1, ql.Months), ql.DateGeneration.Forward
        return list(ql.Schedule(start, end, month, china, ql.Preceding, ql.Preceding, forward, True))

    assert [dt.date.fromordinal(day) for day in ours()] == filtering() == stepping_back()
    return measured(ours, dateutil_filtered=filtering, dateutil_stepping_back=stepping_back, QuantLib=quantlibs)


def table_of_days() -> tuple[int, float, float]:
    """How many days China's calendar has for that, the seconds to gather them, and those to compile them."""
    book = rulebook(Months(1, "month"), WorkingDay(-1), "CN")
    made = compile_calendars((book,), HORIZON)["CN"]
    days = range(made.first, made.last + 1)
    closed = {day: name for day, name in made.names.items() if day in days and not made.is_working(day)}
    rounds = turns(
        {
            "gathered": lambda: compile_calendars((book,), HORIZON),
            "compiled": lambda: WorkingCalendar("CN", made.first, made.last, closed=closed),
        }
    )
    gathered, compiled = (statistics.median(each[name] for each in rounds) for name in ("gathered", "compiled"))
    return len(days), gathered - compiled, compiled
