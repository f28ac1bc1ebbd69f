"""From a period, or from what triggered it, to a date: the anchor, then one step after the other."""

import datetime as dt
from typing import NamedTuple

import attrs

from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    DueDate,
    Extend,
    Holiday,
    Include,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    Step,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WorkingDay,
)
from tests.properties.oracle.clocks import Moment, hours_later
from tests.properties.oracle.daybooks import FESTIVAL, ONE_DAY, SURE, DayBook, Doubt, Looks, Shelf
from tests.properties.oracle.steps import (
    added,
    adjusted,
    day_named,
    days_of,
    extended,
    included,
    months_later,
    moved,
    nth_of,
    nth_working,
    that_day,
)


@attrs.frozen(eq=False)
class Setting:
    """What a course starts from: the days of its period, and where they are given its trigger, its date, its due date.

    ``opened`` is the first day of the window, ``zone`` the clocks of who owes it and ``trigger_zone`` those by which
    the trigger's time is told.
    """

    first: dt.date
    last: dt.date
    shelf: Shelf
    zone: dt.tzinfo | None = None
    trigger: Moment | None = None
    trigger_zone: dt.tzinfo | None = None
    given: dt.date | None = None
    due: Moment | None = None
    opened: dt.date | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """What the dates of a course depend on, before it is known when it opens."""
        named = self.shelf.obligation, self.shelf.unit
        return self.first, self.last, *named, self.zone, self.trigger, self.trigger_zone, self.given


class Way(NamedTuple):
    """Where a course led: the two dates with what is not certain about them, and the clock time that hours gave.

    ``missing``: nothing is due, as far as is known; but it rests on days that nobody knows.
    """

    nominal: dt.date
    due: dt.date
    minute: int | None = None
    nominal_doubt: Doubt = SURE
    doubt: Doubt = SURE
    missing: bool = False


def run(course: Course, setting: Setting) -> Way | None:
    """The dates of one period; None where it has no occurrence."""
    looks = Looks()
    anchor = setting.given or anchor_of(course, setting, looks)
    if anchor is None:
        within = isinstance(course.anchor, WorkingDay) and course.anchor.month == "period"
        return _left_out(setting.last if within or not setting.trigger else setting.trigger.day, looks)
    start = setting.due if isinstance(course.anchor, DueDate) else setting.trigger
    here = Moment(anchor) if start is None else start.on(anchor)
    nominal, nominal_doubt = here, looks.doubt
    timed, clocks = False, setting.trigger_zone if setting.due is None else setting.zone
    for place, step in enumerate(course.steps):
        if isinstance(step, Add) and step.unit == "hours":
            here = hours_later(here, step.amount, clocks, setting.zone)
            timed, clocks = True, setting.zone or clocks
        else:
            day = stepped(step, course, anchor, here.day, setting, looks)
            if day is None:
                return _left_out(here.day, looks)
            here = here.on(day)
        if not all(isinstance(each, Adjust | Include | Extend) for each in course.steps[place:]):
            nominal, nominal_doubt = here, looks.doubt
    return Way(nominal.day, here.day, here.minute if timed else None, nominal_doubt, looks.doubt)


def _left_out(day: dt.date, looks: Looks) -> Way | None:
    """Left out for what a day is that nobody knows: it would be wrong to say that nothing is due."""
    return Way(day, day, None, looks.doubt, looks.doubt, missing=True) if looks.unknown else None


def stepped(
    step: Step, course: Course, anchor: dt.date, day: dt.date, setting: Setting, looks: Looks
) -> dt.date | None:
    """One step, by the calendar that is nearest to it."""
    book = setting.shelf.nearest(step.calendar, course.calendar)
    match step:
        case Add():
            return added(day, step, book, looks)
        case MoveTo():
            return moved(day, step, book, looks)
        case Include(count=count):
            return included(anchor, day, count, book, looks)
        case Extend():
            return extended(setting.opened, day, step, book, looks)
        case Adjust(convention=convention):
            return adjusted(day, convention, book, looks)


def anchor_of(course: Course, setting: Setting, looks: Looks) -> dt.date | None:
    """The day that the anchor names."""
    # What counts in months and years starts from the trigger where there is one.
    first = setting.trigger.day if setting.trigger else setting.first
    last = setting.trigger.day if setting.trigger else setting.last
    book = setting.shelf.nearest(course.calendar)
    match course.anchor:
        case PeriodStart():
            return setting.first
        case PeriodEnd():
            return setting.last
        case TriggerDate():
            assert setting.trigger is not None
            return setting.trigger.day
        case DueDate():
            assert setting.due is not None
            return setting.due.day
        case WeekdayOfWeek(weekday=weekday):
            return next(last - back * ONE_DAY for back in range(7) if (last - back * ONE_DAY).weekday() == weekday)
        case DateOfYear(month=month, day=number, years=years, month_end=month_end):
            return that_day(12 * (last.year + years) + month - 1, number, month_end)
        case Holiday(name=name):
            assert name == FESTIVAL
            return first_festival(last.year, book, looks)
        case DayOfMonth(month="period") | WeekdayOfMonth(month="period") | WorkingDay(month="period"):
            return day_of_period(course.anchor, days_between(setting.first, setting.last), book, looks)
        case DayOfMonth(month=which) | WeekdayOfMonth(month=which) | WorkingDay(month=which):
            return day_named(course.anchor, month_meant(which, first, last), book, looks)


def first_festival(year: int, book: DayBook, looks: Looks) -> dt.date | None:
    """The first day of a year that is a festival, from New Year's day on."""
    day = dt.date(year, 1, 1)
    while day.year == year:
        looks.at(book, day)
        if day in book.festivals:
            return day
        day += ONE_DAY
    return None


def day_of_period(
    anchor: DayOfMonth | WeekdayOfMonth | WorkingDay, days: list[dt.date], book: DayBook, looks: Looks
) -> dt.date | None:
    """The day that an anchor names among all those of a period; none where the period lacks it."""
    match anchor:
        case DayOfMonth(day=number):
            return nth_of(days, number)
        case WeekdayOfMonth(weekday=weekday, nth=nth):
            return nth_of([day for day in days if day.weekday() == weekday], nth)
        case WorkingDay(number=number):
            return nth_working(days, number, book, looks)


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day of a period."""
    found = []
    while first <= last:
        found.append(first)
        first += ONE_DAY
    return found


def month_meant(which: str | int, first: dt.date, last: dt.date) -> int:
    """Which month: a period shorter than the month it begins in counts as the month in which it ends."""
    shorter = (last - first).days + 1 < len(days_of(months_later(first, 0)))
    begins = months_later(last if shorter else first, 0)
    match which:
        case "first":
            return begins
        case "last":
            return months_later(last, 0)
        case "next":
            return months_later(last, 1)
        case "previous":
            return begins - 1
        case number:
            return begins + int(number) - 1
