"""What reading has to be told about the world: which calendars and time zones there are, and files of units.

Reading takes text and gives values; whoever calls it looks these up.
"""

from collections.abc import Callable, Collection
from typing import Protocol

import attrs

from cyclekit.diagnostics import Diagnostic
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.source import Source

#: Calendars that need no data.
BUILT_IN = frozenset({"weekdays", "all_days"})


class KnownCalendars(Protocol):
    """The calendars that can be had beside one's own."""

    def knows(self, code: str) -> bool:
        """Whether there is a calendar of this code, spelled like this."""

    def near(self, code: str) -> str:
        """The code that was probably meant, or nothing."""

    def holiday_names(self, code: str) -> frozenset[str]:
        """The names of the holidays of this calendar, in every language there is."""


class NoCalendars:
    """Only the calendars that need no data."""

    def knows(self, code: str) -> bool:  # noqa: ARG002
        """None is known."""
        return False

    def near(self, code: str) -> str:  # noqa: ARG002
        """Nothing is near."""
        return ""

    def holiday_names(self, code: str) -> frozenset[str]:  # noqa: ARG002
        """None is known."""
        return frozenset()


def _no_file(name: str) -> tuple[Source, list[Diagnostic]] | None:  # noqa: ARG001
    return None


def _no_table(name: str) -> UnitTable | Refusal | None:  # noqa: ARG001
    return None


def _no_query(sql: str, url_env: str) -> UnitTable | Refusal:  # noqa: ARG001
    return Refusal("missing-file", "no-address", {"name": url_env})


@attrs.frozen
class Surroundings:
    """What a rule file may refer to.

    ``units_file`` gives the text of a file beside it, and ``units_table`` the table in one, or None where there is no
    such file. ``units_query`` gives what a query finds in the database whose address a variable holds.
    """

    calendars: KnownCalendars = attrs.field(factory=NoCalendars)
    timezones: Callable[[], Collection[str]] = tuple
    units_file: Callable[[str], tuple[Source, list[Diagnostic]] | None] = _no_file
    units_table: Callable[[str], UnitTable | Refusal | None] = _no_table
    units_query: Callable[[str, str], UnitTable | Refusal] = _no_query
