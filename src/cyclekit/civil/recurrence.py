"""Rules of RFC 5545 as cycles: each instance is a period of one day.

python-dateutil does the expanding. Three things are done around it. A window far from the start is reached by
beginning in it, at a year, month, week or day that the interval meets, instead of walking there. The window is
then moved by whole eras towards the end of the calendar: four hundred years are 20,871 weeks, so every rule finds
the same days in each, and dateutil, which stops for nothing but a result or the year 9999, stops soon even for a
rule that never fires. And weeks are numbered here: dateutil 2.9 takes the first days of some years for a
week 53 that the year before does not have (2011-01-01 lies in week 52), and knows no week −53 of next year.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import attrs

from cyclekit.civil.months import LAST_MONTH, first_day, month_of
from cyclekit.civil.periods import Period

if TYPE_CHECKING:
    from dateutil.rrule import rrule

Frequency = Literal["yearly", "monthly", "weekly", "daily"]
#: The numbers that dateutil has for them.
NUMBERS: Mapping[Frequency, Literal[0, 1, 2, 3]] = MappingProxyType(
    {"yearly": 0, "monthly": 1, "weekly": 2, "daily": 3}
)

LAST_DAY = dt.date.max.toordinal()
WEEK = 7
#: Days after which months, weekdays and leap years come round.
ERA = 146_097
CENTURY = 36_525
EVERY_DAY = tuple((0, weekday) for weekday in range(WEEK))
MOST_IN_MONTH, MOST_IN_YEAR = 5, 53


@attrs.frozen
class Recurrence:
    """A rule of RFC 5545 of daily or coarser frequency, from the day ``start`` on (an ordinal).

    ``weekdays`` are pairs of a count and a weekday (0 is Monday): ``(-1, 4)`` is the last Friday, ``(0, 4)`` every
    Friday. ``until`` is the last day that counts. An empty part is one that is not written; a rule without any
    day in it takes its day from the start. A start that the rule does not meet is no instance, and not counted.
    """

    frequency: Frequency
    start: int
    interval: int = 1
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: int | None = None

    def periods(self, first: int, last: int) -> Iterator[Period]:
        """The instances on the days ``first``..``last``, in order."""
        end = last if self.until is None else min(last, self.until)
        if self.count is not None:
            end = min(end, _last_counted(self, -(-end // CENTURY) * CENTURY))
        for day in self.endless(first, end):
            yield Period(day, day, dt.date.fromordinal(day).isoformat())

    def endless(self, first: int, last: int) -> Iterator[int]:
        """The instances on these days as ordinals, whatever ``count`` and ``until`` say."""
        for low in range(max(first, self.start), last + 1, ERA):
            high = min(low + ERA - 1, last)
            shift = (LAST_DAY - WEEK - high) // ERA * ERA
            for found in self._expanded(self._begin(low), high, shift):
                if found >= low and self._is_in_week(found):
                    yield found

    def _expanded(self, begin: int, last: int, shift: int) -> Iterator[int]:
        """What dateutil finds on these days, as if they lay ``shift`` days later."""
        if begin > last:
            return
        try:
            for found in self._rule(begin + shift, last + shift):
                yield found.toordinal() - shift
        except ValueError:
            # It has gone on into the year 10000: there is nothing left.
            return

    def _begin(self, first: int) -> int:
        """The first day of the first year, month, week or day of the rule that is not over before ``first``."""
        return max(self._unit_of(first), self.start)

    def _unit_of(self, first: int) -> int:
        match self.frequency:
            case "daily":
                return first + (self.start - first) % self.interval
            case "weekly":
                week, own = _week_of(first, self.week_start), _week_of(self.start, self.week_start)
                return week + (own - week) % (WEEK * self.interval)
            case "monthly":
                month = month_of(first)
                return _first_of(month + (month_of(self.start) - month) % self.interval)
            case "yearly":
                year = dt.date.fromordinal(first).year
                return _first_of(12 * (year + (dt.date.fromordinal(self.start).year - year) % self.interval))

    def _rule(self, begin: int, last: int) -> "rrule":
        """The rule as dateutil's, between two days, and without its numbers of weeks."""
        # Loaded when a rule is first expanded: it takes as long to load as the rest of cyclekit.
        from dateutil import rrule  # noqa: PLC0415

        months, month_days, weekdays = self._days()
        frequency = self.frequency
        if frequency in ("daily", "weekly") and self.interval == 1 and not self.positions:
            # The same days as in a year of which they are left, and dateutil takes a year at a time.
            frequency = "yearly"
            weekdays = weekdays or (() if month_days else EVERY_DAY)
        return rrule.rrule(
            NUMBERS[frequency],
            dtstart=dt.datetime.combine(dt.date.fromordinal(begin), dt.time()),
            until=dt.datetime.combine(dt.date.fromordinal(last), dt.time()),
            interval=self.interval,
            wkst=self.week_start,
            bysetpos=self.positions or None,
            bymonth=months or None,
            bymonthday=month_days or None,
            byyearday=self.year_days or None,
            byweekday=[rrule.weekday(weekday, nth or None) for nth, weekday in weekdays] or None,
        )

    def _days(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], ...]]:
        """Months, days of the month and weekdays: as written, or those of the start where no day is."""
        months, month_days, weekdays = self.months, self.month_days, self.weekdays
        start = dt.date.fromordinal(self.start)
        if not (self.year_days or month_days or weekdays):
            match self.frequency:
                case "yearly" if self.weeks:
                    weekdays = ((0, start.weekday()),)
                case "yearly":
                    months, month_days = months or (start.month,), (start.day,)
                case "monthly":
                    month_days = (start.day,)
                case "weekly":
                    weekdays = ((0, start.weekday()),)
                case "daily":
                    pass
        if any(nth for nth, _ in weekdays):
            # dateutil wants a day to be both, where every Monday and the first Friday stand side by side.
            most = MOST_IN_MONTH if self.frequency == "monthly" or months else MOST_IN_YEAR
            each = (((nth,) if nth else range(1, most + 1), weekday) for nth, weekday in weekdays)
            weekdays = tuple((nth, weekday) for numbers, weekday in each for nth in numbers)
        return months, month_days, weekdays

    def _is_in_week(self, day: int) -> bool:
        if not self.weeks:
            return True
        # A week belongs to the year that has most of it, which is where its fourth day lies: asked in the
        # second era, where that year is one of the calendar's.
        middle = (_week_of(day, self.week_start) + 3) % ERA + ERA
        year = dt.date.fromordinal(middle).year
        before = middle - dt.date(year, 1, 1).toordinal()
        after = dt.date(year, 12, 31).toordinal() - middle
        return before // WEEK + 1 in self.weeks or -(after // WEEK) - 1 in self.weeks


@lru_cache(maxsize=256)  # each window of a rule with COUNT asks, and counting begins at the start
def _last_counted(rule: Recurrence, horizon: int) -> int:
    """The day of the last instance that ``count`` allows; ``horizon`` where there are not so many up to it."""
    days = rule.endless(rule.start, min(horizon, LAST_DAY))
    return next(islice(days, (rule.count or 1) - 1, None), horizon)


def _week_of(day: int, week_start: int) -> int:
    """The first day of a day's week."""
    return day - (day - 1 - week_start) % WEEK


def _first_of(month: int) -> int:
    """The first day of a month; a day behind the calendar's last where it lies there."""
    return first_day(month) if month <= LAST_MONTH else LAST_DAY + 1
