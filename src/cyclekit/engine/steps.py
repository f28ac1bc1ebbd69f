"""Steps at work: what each does to a day, and which days of its calendar it had to know for that."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from cyclekit.civil.conventions import MID_MONTH, Convention, adjust
from cyclekit.civil.months import first_day, last_day, month_of
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.anchors import day_in_month
from cyclekit.engine.clocks import moment, shown_at
from cyclekit.engine.extension import days_extended, extended
from cyclekit.engine.moving import mover
from cyclekit.engine.walk import Move, Walk
from cyclekit.errors import DateRangeError, NoClockTimeError
from cyclekit.model.pipeline import Add, Adjust, Extend, Include, MonthEnd, MoveTo, Step

LAST_DAY = dt.date.max.toordinal()
MONTHS = {"months": 1, "years": 12}
DAYS = {"days": 1, "weeks": 7}


#: From a day and what became of it to the first and last day of the calendar that it went by; None: by none.
Asked = Callable[[int, int | None, Walk], tuple[int, int] | None]


class Ready(NamedTuple):
    """A step made ready: what it does, and the calendar it asks, with the days of it that it goes by.

    ``certain``: it asks which days are suspended, which is written in the rule file, and so known for all days.
    """

    step: Step
    move: Move
    calendar: WorkingCalendar | None = None
    asked: Asked | None = None
    certain: bool = False


def ready(step: Step, calendar: WorkingCalendar | None) -> Ready:
    """A step made ready with its calendar; None where it asks none.

    Moving raises CalendarError where the calendar does not reach, DateRangeError outside the years 1 to 9999,
    MissingDayError where ``month_end`` is ``error``, and NoClockTimeError for hours after a whole day.
    """
    match step:
        case Add(unit="months" | "years"):
            return Ready(step, _add_months(step.amount * MONTHS[step.unit], step.month_end))
        case Add(unit="hours"):
            return Ready(step, _add_hours(step.amount))
        case Add(amount=amount, unit="working days") if calendar is not None:
            return Ready(step, lambda day, _walk: calendar.add(day, amount), calendar, _passed)
        case Add(amount=amount):
            days = amount * DAYS[step.unit]
            if calendar is None or not calendar.suspends:
                return Ready(step, lambda day, _walk: _in_range(day, day + days))
            counted = lambda day, _walk: _in_range(day, calendar.add_days(day, days))  # noqa: E731
            return Ready(step, counted, calendar, _passed, certain=True)
        case MoveTo():
            return Ready(step, mover(step, calendar), calendar, _whole_months)
        case Include(count=count) if calendar is not None:
            return Ready(
                step,
                lambda day, walk: max(day, calendar.add(walk.start, count)),
                calendar,
                lambda _day, _moved, walk: (walk.start + 1, calendar.add(walk.start, count)),
            )
        case Extend() if calendar is not None:
            return Ready(
                step,
                lambda day, walk: extended(step, calendar, walk.opened, day),
                calendar,
                lambda day, moved, walk: days_extended(step, calendar, walk.opened, day, moved),
            )
        case Adjust(convention=convention) if calendar is not None:
            return Ready(
                step,
                lambda day, _walk: adjust(day, convention, calendar),
                calendar,
                lambda day, moved, _walk: days_adjusted(day, moved, convention, calendar),
            )
        case _:
            return Ready(step, lambda day, _walk: day)


def _in_range(day: int, moved: int) -> int:
    if not 1 <= moved <= LAST_DAY:
        raise DateRangeError(f"{dt.date.fromordinal(day)} {moved - day:+} days")
    return moved


def _add_months(months: int, month_end: MonthEnd) -> Move:
    def move(day: int, _walk: Walk) -> int | None:
        month = month_of(day)
        if month_end is MonthEnd.STICKY and day == last_day(month):
            return last_day(month + months)
        return day_in_month(month + months, day - first_day(month) + 1, month_end)

    return move


def _add_hours(hours: int) -> Move:
    """Hours run through changes of the clocks: they are counted in the time of the world."""

    def move(day: int, walk: Walk) -> int:
        time, zone, fold = walk.clock
        if time is None:
            raise NoClockTimeError(dt.date.fromordinal(day))
        try:
            begin = moment(day, time, zone, fold if day == walk.seen else 0)
            walk.seen, walk.clock = shown_at(begin + dt.timedelta(hours=hours), walk.zone or zone)
        except OverflowError as fault:
            raise DateRangeError(f"{dt.date.fromordinal(day)} {hours:+} hours") from fault
        return walk.seen

    return move


def _passed(day: int, moved: int | None, _walk: Walk) -> tuple[int, int] | None:
    """The days that were counted: the starting day is not."""
    if moved is None or moved == day:
        return None
    return (day + 1, moved) if moved > day else (moved, day - 1)


def _whole_months(day: int, moved: int | None, _walk: Walk) -> tuple[int, int]:
    """A working day of a month is counted from the month's start or its end."""
    other = day if moved is None else moved
    return first_day(month_of(min(day, other))), last_day(month_of(max(day, other)))


def days_adjusted(day: int, moved: int | None, convention: Convention, calendar: WorkingCalendar) -> tuple[int, int]:
    """The first and last day of a calendar that had to be known to adjust a day."""
    if moved is None or calendar.is_working(day):
        return day, day
    match convention:
        case Convention.NEAREST:
            # Days are tried in turn on either side, the later one first.
            distance = abs(moved - day)
            return (day - distance + 1, moved) if moved > day else (moved, day + distance)
        case Convention.MODIFIED_FOLLOWING if moved < day:
            return moved, last_day(month_of(day))
        case Convention.MODIFIED_PRECEDING if moved > day:
            return first_day(month_of(day)), moved
        case Convention.HALF_MONTH_MODIFIED_FOLLOWING if moved < day:
            middle = first_day(month_of(day)) + MID_MONTH - 1
            return moved, middle if day <= middle else last_day(month_of(day))
        case _:
            return min(day, moved), max(day, moved)
