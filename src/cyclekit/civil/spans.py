"""Spans of days, inclusive at both ends, as in “from the 1st to the 15th”."""

import datetime as dt

import attrs

from cyclekit.errors import HorizonError


@attrs.frozen(order=True)
class Span:
    """The days from ``first`` to ``last``, both included.

    A span of one day has ``first == last``. Raises :class:`~cyclekit.errors.HorizonError` when ``last`` lies
    before ``first``.

    >>> Span(dt.date(2023, 5, 1), dt.date(2023, 5, 15)).days
    15
    """

    first: dt.date
    last: dt.date

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise HorizonError(f"{self.first}..{self.last}", "it ends before it begins")

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@attrs.frozen
class Bounds:
    """A span that may be open at either end: None means no bound there."""

    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def are_open(self) -> bool:
        """Nothing is bounded."""
        return self.first is None and self.last is None

    def both(self, other: "Bounds") -> "Bounds":
        """What both allow; it may be empty, with ``last`` before ``first``."""
        firsts = [each for each in (self.first, other.first) if each is not None]
        lasts = [each for each in (self.last, other.last) if each is not None]
        return Bounds(max(firsts, default=None), min(lasts, default=None))

    def ordinals(self) -> tuple[int, int]:
        """Both ends as ordinals, an open one as the first or last day of the calendar."""
        return (
            self.first.toordinal() if self.first else 1,
            self.last.toordinal() if self.last else dt.date.max.toordinal(),
        )
