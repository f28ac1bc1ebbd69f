"""Calendars with the data of public holidays, for the checks that need them; and those that such data leave no day."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from cyclekit.civil.working import WorkingCalendar
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


class Shelf:
    """What the checks of one file have in common: calendars, each compiled once over the days asked for, and units."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known = partial(compile_calendar, names=holidays_named([rulebook]))
        self._held: dict[str, WorkingCalendar] = {}
        self._units: dict[object, Sequence[int]] = {}

    def units(self, obligation: Obligation) -> Sequence[int]:
        """The units that owe an obligation as it is written first; many obligations select the same."""
        found = self._units.get(obligation.selection)
        if found is None:
            found = self._units[obligation.selection] = obligation.selection.units(self._rulebook.roster)
        return found

    def compiled(self, key: str, days: Window) -> WorkingCalendar:
        """A calendar over these days at least."""
        held = self._held.get(key)
        if held is None or not held.first <= days[0] <= days[1] <= held.last:
            if held is not None:
                days = min(held.first, days[0]), max(held.last, days[1])
            self._held |= compile_all([self._rulebook], {key: days}, self._known)
        return self._held[key]

    def calendars_of(self, obligation: Obligation, due: Due, unit: str | None, days: Window) -> Calendars:
        """The calendars that a due date of an obligation asks for a unit of this calendar, compiled over some days."""
        book = self._rulebook
        compiled: dict[str, WorkingCalendar] = {}
        for course in due.courses:
            for part in (course.anchor, *course.steps):
                named = calendar_named(part, course, obligation) or unit or book.calendar
                if named and (asks_calendar(part) or named in book.suspending):
                    key = book.calendar_keys.get(named, named)
                    compiled[key] = self.compiled(key, days)
        return Calendars(compiled, obligation.calendar, unit, book.calendar, book.suspending, book.calendar_keys)
