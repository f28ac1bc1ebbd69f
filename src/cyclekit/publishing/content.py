"""What readers can see of an occurrence, as a number that changes with it and with nothing else."""

import hashlib

import attrs

from cyclekit.adapters.ical import Context, Options
from cyclekit.adapters.ical.writer import row_content
from cyclekit.model.line import Line
from cyclekit.model.schedule import Schedule

#: Enough of a SHA-256 that two contents of one occurrence never share it.
_DIGITS = 32


@attrs.frozen
class Content:
    """The content of rows, as their events tell it in one language: dates, status, texts, why, clause and alarms.

    Which data of holidays stand behind the dates is no part of it, and no unit is: what units share is counted once.
    """

    options: Options
    context: Context = attrs.field(factory=Context)

    def within(self, schedule: Schedule) -> "Content":
        """The same in the time zones of a schedule."""
        zones = {**schedule.world.zones, **self.context.zones}
        return attrs.evolve(self, context=attrs.evolve(self.context, zones=zones))

    def of(self, line: Line, row: int, why: str = "") -> str:
        """The content of a row, with what is told of why it is due on its day."""
        context = attrs.evolve(self.context, why=lambda _occurrence: why)
        # Reminders as events have UIDs of their own, which say how far ahead they are.
        shown = row_content(line, row, attrs.evolve(self.options, lead_events=False), context)
        return hashlib.sha256(shown).hexdigest()[:_DIGITS]
