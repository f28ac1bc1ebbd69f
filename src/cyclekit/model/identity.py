"""What an occurrence is, and what became of it."""

import enum
from typing import NamedTuple


class Status(enum.Enum):
    """What became of an occurrence: owed, waived, or another one stands for it."""

    SCHEDULED = "scheduled"
    WAIVED = "waived"
    ABSORBED = "absorbed"


class Key(NamedTuple):
    """What an occurrence is, whatever its date: nothing in it moves when a deadline does.

    ``str()`` writes it as ``rulebook/obligation/unit/period``, with ``#2`` and so on for further due dates of
    one period.
    """

    rulebook: str
    obligation: str
    unit: str
    period: str
    number: int = 1

    def __str__(self) -> str:
        text = f"{self.rulebook}/{self.obligation}/{self.unit}/{self.period}"
        return text if self.number == 1 else f"{text}#{self.number}"
