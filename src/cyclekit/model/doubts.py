"""What is not certain about a date."""

from collections.abc import Callable
from typing import NamedTuple


class Doubts(NamedTuple):
    """What is not certain about a date: it rests on days not announced yet, or on days before the data begin.

    ``unknown`` is the calendar that was asked for such a day, and the day.
    """

    provisional: bool = False
    unknown: tuple[str, int] | None = None

    def both(self, other: "Doubts") -> "Doubts":
        """What is not certain where two dates count."""
        if not self.provisional and self.unknown is None:
            return other
        return Doubts(self.provisional or other.provisional, self.unknown or other.unknown)


SURE = Doubts()
#: From a due date and its clock time to the day on which it closes, 0 where it does not; and what is not certain of it.
Closer = Callable[[int, int | None], tuple[int, Doubts]]
