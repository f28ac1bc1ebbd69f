"""RFC 5545 once more, slowly: every unit of a rule day by day, as the table of its section 3.3.10 says.

It shares nothing with cyclekit or with dateutil: no masks, no windows, no moving about.
"""

import calendar
import datetime as dt
from collections.abc import Iterator

from cyclekit.civil.recurrence import Recurrence

ONE_DAY = dt.timedelta(days=1)


def instances(rule: Recurrence, last: dt.date) -> list[dt.date]:
    """The instances of a rule up to a day, from its start on."""
    start = dt.date.fromordinal(rule.start)
    until = dt.date.fromordinal(rule.until) if rule.until is not None else last
    found: list[dt.date] = []
    for number, unit in enumerate(_units(rule, start, last)):
        if number % rule.interval:
            continue
        days = [day for day in unit if _is_met(rule, start, day)]
        if rule.positions:
            places = {place - 1 if place > 0 else len(days) + place for place in rule.positions}
            days = [day for place, day in enumerate(days) if place in places]
        found += [day for day in days if start <= day <= min(until, last)]
    return found[: rule.count]


def _units(rule: Recurrence, start: dt.date, last: dt.date) -> Iterator[list[dt.date]]:
    """The years, months, weeks or days from the start's own on, each as its days."""
    here = start
    match rule.frequency:
        case "yearly":
            here = start.replace(month=1, day=1)
        case "monthly":
            here = start.replace(day=1)
        case "weekly":
            while here.weekday() != rule.week_start:
                here -= ONE_DAY
        case "daily":
            pass
    while here <= last:
        unit = [here]
        here += ONE_DAY
        while not _begins_unit(rule, here):
            unit.append(here)
            here += ONE_DAY
        yield unit


def _begins_unit(rule: Recurrence, day: dt.date) -> bool:
    match rule.frequency:
        case "yearly":
            return (day.month, day.day) == (1, 1)
        case "monthly":
            return day.day == 1
        case "weekly":
            return day.weekday() == rule.week_start
        case "daily":
            return True


def _is_met(rule: Recurrence, start: dt.date, day: dt.date) -> bool:
    """Whether every part of a rule that is written takes this day."""
    in_month = calendar.monthrange(day.year, day.month)[1]
    in_year = 366 if calendar.isleap(day.year) else 365
    of_year = (day - dt.date(day.year, 1, 1)).days + 1
    if not (rule.weeks or rule.year_days or rule.month_days or rule.weekdays):
        if rule.frequency == "weekly" and day.weekday() != start.weekday():
            return False
        if rule.frequency in ("monthly", "yearly") and day.day != start.day:
            return False
        if rule.frequency == "yearly" and not rule.months and day.month != start.month:
            return False
    by_month = rule.frequency == "monthly" or bool(rule.months)
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or day.day in rule.month_days or day.day - in_month - 1 in rule.month_days)
        and (not rule.year_days or of_year in rule.year_days or of_year - in_year - 1 in rule.year_days)
        and (not rule.weeks or bool({*week_numbers(day, rule.week_start)} & {*rule.weeks}))
        and (
            not rule.weekdays
            or any(
                weekday == day.weekday()
                and (nth == 0 or nth in (_nths(day.day, in_month) if by_month else _nths(of_year, in_year)))
                for nth, weekday in rule.weekdays
            )
        )
    )


def _nths(place: int, of: int) -> tuple[int, int]:
    """Which one of its weekday a day is, from either end of its month or year."""
    return (place - 1) // 7 + 1, -((of - place) // 7) - 1


def week_numbers(day: dt.date, week_start: int) -> tuple[int, int]:
    """The number of a day's week from either end of the year that has most of its days."""
    first = day
    while first.weekday() != week_start:
        first -= ONE_DAY
    year = (first + 3 * ONE_DAY).year
    number = 1
    while (first - 7 * number * ONE_DAY + 3 * ONE_DAY).year == year:
        number += 1
    left = 1
    while (first + 7 * left * ONE_DAY + 3 * ONE_DAY).year == year:
        left += 1
    return number, -left
