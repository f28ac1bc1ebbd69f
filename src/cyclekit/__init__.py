"""cyclekit: deadlines and reporting cycles, from rule files to due dates and calendars.

>>> import cyclekit
>>> book = cyclekit.load("rules/cn/anqing-2022.yaml")
>>> schedule = cyclekit.expand(book, "2023")
>>> len(schedule) > 0
True
"""

from cyclekit.api import expand, load
from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic, Place, Severity
from cyclekit.errors import (
    CalendarError,
    CyclekitError,
    DateRangeError,
    HorizonError,
    LabelError,
    LimitError,
    MissingDayError,
    RuleFileError,
    UnknownOccurrenceError,
    UnknownUnitError,
)
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Key, Occurrence, Status
from cyclekit.model.roster import Roster, Unit
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text

__all__ = [
    "CalendarError",
    "CyclekitError",
    "DateRangeError",
    "Diagnostic",
    "HorizonError",
    "Key",
    "LabelError",
    "LimitError",
    "MissingDayError",
    "Obligation",
    "Occurrence",
    "Place",
    "Roster",
    "RuleFileError",
    "Rulebook",
    "Schedule",
    "Severity",
    "Span",
    "Status",
    "Text",
    "Unit",
    "UnknownOccurrenceError",
    "UnknownUnitError",
    "expand",
    "load",
]
