"""Years that begin on another day than 1 January: fiscal years, their halves, quarters and months."""

import datetime as dt

import attrs

from cyclekit.civil.months import clamped
from cyclekit.civil.spans import Span


@attrs.frozen
class YearStart:
    """The month and day on which a year begins, and which calendar year names it.

    ``named_last`` False: FY2023 begins in 2023; True: it is the one that ends in 2023. The calendar year
    itself is ``YearStart()``.
    """

    month: int = 1
    day: int = 1
    named_last: bool = False

    @property
    def is_calendar_year(self) -> bool:
        """Whether it begins on 1 January, so that no fiscal year is in force."""
        return (self.month, self.day) == (1, 1)

    @property
    def offset(self) -> int:
        """How many months after January its year begins."""
        return self.month - 1

    def year_of(self, start_month: int) -> int:
        """The number that names the year to which a fiscal month belongs, given as the month it begins in."""
        begun = (start_month - self.offset) // 12
        return begun + 1 if self.named_last and not self.is_calendar_year else begun

    def start_month(self, named: int) -> int:
        """The month in which the year of this name begins."""
        begun = named - 1 if self.named_last and not self.is_calendar_year else named
        return 12 * begun + self.offset

    def span(self, start_month: int, months: int) -> Span:
        """The days of so many fiscal months from the one that begins in ``start_month``."""
        first = clamped(start_month, self.day)
        last = clamped(start_month + months, self.day) - 1
        return Span(dt.date.fromordinal(first), dt.date.fromordinal(last))
