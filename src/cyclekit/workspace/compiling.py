"""Calendars with the data of public holidays, for the checks that need them; and those that such data leave no day."""

import datetime as dt
from functools import partial

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.engine.course import Calendars
from cyclekit.engine.own_calendars import Window, compile_all
from cyclekit.engine.windows import calendar_named, holidays_named
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due, asks_calendar
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


def calendars_of(rulebook: Rulebook, obligation: Obligation, due: Due, unit: str | None, days: Window) -> Calendars:
    """The calendars that a due date of an obligation asks for a unit of this calendar, compiled over some days."""
    asked: dict[str, Window] = {}
    for course in due.courses:
        for part in (course.anchor, *course.steps):
            named = calendar_named(part, course, obligation) or unit or rulebook.calendar
            if named and (asks_calendar(part) or named in rulebook.suspending):
                asked[rulebook.calendar_keys.get(named, named)] = days
    known = partial(compile_calendar, names=holidays_named([rulebook]))
    compiled = compile_all([rulebook], asked, known)
    return Calendars(
        compiled, obligation.calendar, unit, rulebook.calendar, rulebook.suspending, rulebook.calendar_keys
    )
