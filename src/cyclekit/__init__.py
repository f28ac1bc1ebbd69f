"""cyclekit: deadlines and reporting cycles, from rule files to due dates and calendars.

>>> import cyclekit
>>> book = cyclekit.load("rules/cn/anqing-2022.yaml")
>>> schedule = cyclekit.expand(book, "2023")
>>> len(schedule) > 0
True
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cyclekit.api import expand, explain, load
    from cyclekit.civil.spans import Span
    from cyclekit.diagnostics import Diagnostic, Place, Severity
    from cyclekit.errors import (
        BeforeDataError,
        CalendarError,
        CyclekitError,
        DateRangeError,
        DuplicateRulebookError,
        EventError,
        HorizonError,
        LabelError,
        LimitError,
        MissingDayError,
        NoClockTimeError,
        RuleFileError,
        UnknownOccurrenceError,
        UnknownUnitError,
    )
    from cyclekit.model.event import Event
    from cyclekit.model.explanation import Explanation
    from cyclekit.model.identity import Key, Status
    from cyclekit.model.obligation import Obligation, Rulebook
    from cyclekit.model.occurrence import Occurrence
    from cyclekit.model.roster import Roster, Unit
    from cyclekit.model.schedule import Schedule
    from cyclekit.model.text import Text

#: Where each public name lives. It is loaded when it is first asked for, so that a command's help need not wait.
_HOMES = {
    "BeforeDataError": "cyclekit.errors",
    "CalendarError": "cyclekit.errors",
    "CyclekitError": "cyclekit.errors",
    "DateRangeError": "cyclekit.errors",
    "Diagnostic": "cyclekit.diagnostics",
    "DuplicateRulebookError": "cyclekit.errors",
    "Event": "cyclekit.model.event",
    "EventError": "cyclekit.errors",
    "Explanation": "cyclekit.model.explanation",
    "HorizonError": "cyclekit.errors",
    "Key": "cyclekit.model.identity",
    "LabelError": "cyclekit.errors",
    "LimitError": "cyclekit.errors",
    "MissingDayError": "cyclekit.errors",
    "NoClockTimeError": "cyclekit.errors",
    "Obligation": "cyclekit.model.obligation",
    "Occurrence": "cyclekit.model.occurrence",
    "Place": "cyclekit.diagnostics",
    "Roster": "cyclekit.model.roster",
    "RuleFileError": "cyclekit.errors",
    "Rulebook": "cyclekit.model.obligation",
    "Schedule": "cyclekit.model.schedule",
    "Severity": "cyclekit.diagnostics",
    "Span": "cyclekit.civil.spans",
    "Status": "cyclekit.model.identity",
    "Text": "cyclekit.model.text",
    "Unit": "cyclekit.model.roster",
    "UnknownOccurrenceError": "cyclekit.errors",
    "UnknownUnitError": "cyclekit.errors",
    "expand": "cyclekit.api",
    "explain": "cyclekit.api",
    "load": "cyclekit.api",
}

__all__ = [
    "BeforeDataError",
    "CalendarError",
    "CyclekitError",
    "DateRangeError",
    "Diagnostic",
    "DuplicateRulebookError",
    "Event",
    "EventError",
    "Explanation",
    "HorizonError",
    "Key",
    "LabelError",
    "LimitError",
    "MissingDayError",
    "NoClockTimeError",
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
    "explain",
    "load",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
