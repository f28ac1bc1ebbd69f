"""What a due date stands in while it is read: its timing, the defaults around it, and the calendars in sight."""

import attrs

from cyclekit.model.pipeline import UNIT
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Reader
from cyclekit.reading.references import References, check_calendar


@attrs.frozen
class CourseContext:
    """What a due date stands in: the timing, the defaults, and whether a calendar is in sight.

    ``anchors`` False: the date is given (``once``, ``dates``), and only steps may follow. ``triggered``: everything
    starts from a trigger's date. ``closing``: steps alone start from the due date. ``opened``: it is said when the
    window opens. ``adjust`` is where the default convention is written, None where none applies. ``cycle_known``
    False: only what is wrong in any cycle is told. ``calendars`` are those that count where none is written nearer.
    """

    reader: Reader
    references: References
    weekly: bool = False
    cycle_known: bool = True
    anchors: bool = True
    triggered: bool = False
    closing: bool = False
    opened: bool = False
    adjust: Entry | None = None
    calendar_in_sight: bool = False
    unit_calendar_in_sight: bool = False
    calendars: frozenset[str] = frozenset()
    positions: tuple[str, ...] = ()

    def want_calendar(self, node: Node, *nearer: str | None) -> bool:
        """Whether a calendar is in sight for what stands at a node; reports it where none is."""
        if any(nearer) or self.calendar_in_sight:
            return True
        self.reader.report("missing-key", "no-calendar", node, key="calendar")
        return False

    def check_calendar(self, entry: Entry) -> None:
        """A calendar that can be had; ``unit`` only where each unit, or else the file, has one."""
        check_calendar(self.reader, entry, self.references, unit=True)
        if entry.value == UNIT and not self.unit_calendar_in_sight:
            self.reader.report("missing-key", "no-unit-calendar", entry.node, key="calendar")
