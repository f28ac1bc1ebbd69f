"""Calendars of a file's own that never have a working day, as the public holidays are that they build on."""

import datetime as dt

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.own_calendars import compile_all
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Rulebook
from cyclekit.reading.rulebook import RuleFile
from cyclekit.sources.public_holidays import compile_calendar

#: Where a rule without a beginning is looked at: a cycle of the calendar, all of it in range.
USUAL_START = dt.date(2000, 1, 1)
A_YEAR = (USUAL_START.toordinal(), USUAL_START.toordinal() + 365)


def unworked_calendar(file: RuleFile, rulebook: Rulebook) -> Diagnostic | None:
    """The first of a file's own calendars on which nothing can ever be done; None where there is no such."""
    ids = {key: own for own, key in rulebook.calendar_keys.items()}
    try:
        # Where a year has no working day, the years around it are looked at as well.
        compile_all([rulebook], dict.fromkeys(ids, A_YEAR), compile_calendar)
    except CalendarError as fault:
        own = ids.get(fault.calendar, "")
        place = file.places.get(("", f"calendars.{own}"), Place(file.name, 1, 1))
        return Diagnostic("never-fires", "never-worked", place, {"id": own})
    return None
