"""What the author of a rule expects of its dates: stated in the file, and never used to compute one."""

import datetime as dt

import attrs

from cyclekit.model.pipeline import MonthOfPeriod


@attrs.frozen
class Range:
    """A number from ``least`` to ``most``, either of which may be open."""

    least: int | None = None
    most: int | None = None

    def __contains__(self, number: int) -> bool:
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)

    def __str__(self) -> str:
        if self.least == self.most:
            return str(self.least)
        return f"{'' if self.least is None else self.least}..{'' if self.most is None else self.most}"


@attrs.frozen
class Expectation:
    """``expect:``: what has to hold for the due dates of an obligation, whatever it is that makes them.

    ``per_year`` counts the due dates about a year: those of the periods that end in it. ``never_on`` are weekdays
    (Monday is 0), ``in_months`` the only months of a due date, ``within_month`` the month of its period, and
    ``working_day`` wants it to be one. ``gap`` is the days from one due date to the next of the same unit, ``window``
    those from the opening to the due date, both included. ``dates`` are due dates by the labels of their periods,
    ``owed_by`` the ids of all who owe a period. ``never_with`` are obligations that no unit owes on the same day.
    """

    per_year: Range | None = None
    never_on: frozenset[int] = frozenset()
    in_months: frozenset[int] = frozenset()
    within_month: MonthOfPeriod | None = None
    working_day: bool = False
    gap: Range | None = None
    window: Range | None = None
    dates: tuple[tuple[str, dt.date], ...] = ()
    owed_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    never_with: tuple[str, ...] = ()
