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

#: Which month of the period is meant: a word, or a number counted from 1 for the period's first month.
MonthOfPeriod = Literal["first", "last", "next", "previous"] | int


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
class DateOfYear:
    """``date: 06-20``: in the year in which the period ends, or so many ``years`` on.

    29 February in a common year follows ``month_end``.
    """

    month: int
    day: int
    years: int = 0
    month_end: MonthEnd = MonthEnd.CLAMP


@attrs.frozen
class PeriodStart:
    """``at: start``: the first day of the period."""


@attrs.frozen
class PeriodEnd:
    """``at: end``: the last day of the period; the anchor where none is written."""


Anchor = DayOfMonth | WeekdayOfMonth | WeekdayOfWeek | DateOfYear | PeriodStart | PeriodEnd


@attrs.frozen
class Add:
    """``add: 40 days``: a shift by days, weeks, months or years; the starting day is not counted."""

    amount: int
    unit: Literal["days", "weeks", "months", "years"]
    month_end: MonthEnd = MonthEnd.CLAMP


@attrs.frozen
class Adjust:
    """``adjust: following``: what the date becomes on a non-working day of ``calendar``."""

    convention: Convention
    calendar: str | None = None


Step = Add | Adjust


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
        while count and isinstance(self.steps[count - 1], Adjust):
            count -= 1
        return count


@attrs.frozen
class Due:
    """One due date of a period: its course, the course of its opening, and a title of its own."""

    course: Course = Course()
    opens: Course | None = None
    title: Text | None = None


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
