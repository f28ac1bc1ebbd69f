"""The way from a period to its due date, as a value: an anchor, then steps.

The engine runs it and explaining runs the same one with a recorder; nothing here computes. A calendar is named,
not held: ``None`` is the nearest one outside (step, ``due``, obligation, unit, file), ``UNIT`` the unit's own.
"""

import enum
from typing import Literal

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.model.text import Text

UNIT = "unit"
#: The end of the day as a clock time, in minutes.
END_OF_DAY = 24 * 60

#: Which month of the period is meant: a word, or a number counted from 1 for the period's first month. ``period``
#: is ``within: period``: not a month, but all of the period.
MonthOfPeriod = Literal["first", "last", "next", "previous", "period"] | int


class MonthEnd(enum.Enum):
    """What a day becomes that its month lacks: the setting ``month_end``."""

    CLAMP = "clamp"
    NEXT = "next"
    SKIP = "skip"
    ERROR = "error"
    STICKY = "sticky"


@attrs.frozen
class DayOfMonth:
    """``day: 20``: from 1 on counted from the month's start, from −1 down from its end (−1: ``last``)."""

    day: int
    month: MonthOfPeriod = "last"
    month_end: MonthEnd = MonthEnd.CLAMP


@attrs.frozen
class WeekdayOfMonth:
    """``weekday: wed, nth: 3``: Monday is 0; ``nth`` −1 is the last. A fifth that a month lacks: no occurrence."""

    weekday: int
    nth: int
    month: MonthOfPeriod = "last"


@attrs.frozen
class WeekdayOfWeek:
    """``weekday: wed`` in a weekly cycle: that day of the period's last week."""

    weekday: int


@attrs.frozen
class WorkingDay:
    """``working_day: 5``: the k-th working day of the month, from −1 down counted from its end."""

    number: int
    month: MonthOfPeriod = "last"


@attrs.frozen
class DateOfYear:
    """``date: 06-20``: in the year in which the period ends, or so many ``years`` on.

    29 February in a common year follows ``month_end``.
    """

    month: int
    day: int
    years: int = 0
    month_end: MonthEnd = MonthEnd.CLAMP


@attrs.frozen
class Holiday:
    """``holiday: Mid-Autumn Festival``: the first day of this name in the year in which the period ends."""

    name: str


@attrs.frozen
class PeriodStart:
    """``at: start``: the first day of the period."""


@attrs.frozen
class PeriodEnd:
    """``at: end``: the last day of the period; the anchor where none is written."""


@attrs.frozen
class TriggerDate:
    """``at: trigger``: the day on which the trigger fired; the anchor after ``upon`` where none is written."""


@attrs.frozen
class DueDate:
    """The due date itself: where ``closes`` starts from when it writes steps alone."""


Anchor = (
    DayOfMonth
    | WeekdayOfMonth
    | WeekdayOfWeek
    | WorkingDay
    | DateOfYear
    | Holiday
    | PeriodStart
    | PeriodEnd
    | TriggerDate
    | DueDate
)


@attrs.frozen
class Add:
    """``add: 40 days``: a shift; the starting day is not counted.

    ``working days`` counts working days of ``calendar`` strictly after (before) the start; ``days`` and ``weeks``
    leave out the days that the calendar suspends; ``hours`` run on from a trigger's clock time.
    """

    amount: int
    unit: Literal["days", "weeks", "months", "years", "working days", "hours"]
    month_end: MonthEnd = MonthEnd.CLAMP
    calendar: str | None = None


@attrs.frozen
class WeekdayTarget:
    """A weekday to move to; Monday is 0."""

    weekday: int


@attrs.frozen
class DateTarget:
    """A day of the year to move to: ``06-20``."""

    month: int
    day: int


@attrs.frozen
class MonthsTarget:
    """A day of some months to move to, in the words of an anchor; ``months`` empty: of every month."""

    anchor: DayOfMonth | WeekdayOfMonth | WorkingDay
    months: frozenset[int] = frozenset()


Target = WeekdayTarget | DateTarget | MonthsTarget


@attrs.frozen
class MoveTo:
    """``move_to: {on_or_after: friday}``: to the nearest of these days in one direction.

    ``later``: forward; ``staying``: a date that is such a day already stays.
    """

    targets: tuple[Target, ...]
    later: bool
    staying: bool
    calendar: str | None = None


@attrs.frozen
class Include:
    """``include: 2 working days``: later, until so many working days lie after the anchor's date.

    Source: Regulation (EEC, Euratom) No 1182/71, article 3(5).
    """

    count: int
    calendar: str | None = None


@attrs.frozen
class Extend:
    """``extend: {run: 3, by: working days}``: later, by the days of long holidays in the window that it closes.

    Source: Implementing Rules of the Law on Tax Collection and Administration (China), article 109.
    """

    run: int
    by: Literal["working days", "days"]
    calendar: str | None = None


@attrs.frozen
class Adjust:
    """``adjust: following``: what the date becomes on a non-working day of ``calendar``."""

    convention: Convention
    calendar: str | None = None


Step = Add | MoveTo | Include | Extend | Adjust


@attrs.frozen
class Course:
    """An anchor and the steps that follow it, in their order, with the ``calendar`` written beside them."""

    anchor: Anchor = PeriodEnd()
    steps: tuple[Step, ...] = ()
    calendar: str | None = None

    @property
    def finish(self) -> int:
        """Where the trailing steps begin that only move a finished date off days that do not count.

        The nominal date is the date before them.
        """
        count = len(self.steps)
        while count and isinstance(self.steps[count - 1], Adjust | Include | Extend):
            count -= 1
        return count

    @property
    def is_extended(self) -> bool:
        """Whether it has to know when its window opens."""
        return any(isinstance(step, Extend) for step in self.steps)


def asks_calendar(part: Anchor | Step) -> bool:
    """Whether a part of a course cannot be run without a working-day calendar."""
    match part:
        case WorkingDay() | Holiday() | Include() | Extend() | Add(unit="working days"):
            return True
        case Adjust(convention=convention):
            return convention is not Convention.NONE
        case MoveTo(targets=targets):
            return any(isinstance(each, MonthsTarget) and isinstance(each.anchor, WorkingDay) for each in targets)
        case _:
            return False


@attrs.frozen
class Due:
    """One due date of a period: its course, those of its opening and closing, its clock time and own title.

    ``time`` is in minutes after midnight; 1440 is the end of the day, and None the whole day.
    """

    course: Course = Course()
    opens: Course | None = None
    closes: Course | None = None
    time: int | None = None
    title: Text | None = None

    @property
    def courses(self) -> tuple[Course, ...]:
        """Its courses: the due date's own, then its opening's and its closing's where they are stated."""
        return tuple(course for course in (self.course, self.opens, self.closes) if course is not None)


@attrs.frozen
class DueList:
    """The same due dates in every period, numbered from 1."""

    entries: tuple[Due, ...] = (Due(),)

    def at(self, position: str) -> tuple[Due, ...]:  # noqa: ARG002 (the same for each)
        """The due dates of the period in this position of its year."""
        return self.entries

    @property
    def dues(self) -> tuple[Due, ...]:
        """Every due date of the plan."""
        return self.entries


@attrs.frozen
class DueByPosition:
    """Another due date for each position of the year: ``by_period: {Q1: …, Q4: …}``."""

    entries: tuple[tuple[str, Due], ...]

    def at(self, position: str) -> tuple[Due, ...]:
        """The due date of the period in this position of its year; none where it is not named."""
        return tuple(due for name, due in self.entries if name == position)

    @property
    def dues(self) -> tuple[Due, ...]:
        """Every due date of the plan."""
        return tuple(due for _, due in self.entries)


DuePlan = DueList | DueByPosition
