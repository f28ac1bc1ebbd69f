"""An occurrence while it is made: its dates, what becomes of them by exceptions, and what closes it in the end."""

import datetime as dt

import attrs

from cyclekit.model.obligation import Obligation, PeriodException
from cyclekit.model.pipeline import Due, DueDate
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Dates, Every, Upon
from tests.properties.oracle.clocks import Moment
from tests.properties.oracle.courses import Setting, Way, run
from tests.properties.oracle.daybooks import SURE, Doubt
from tests.properties.oracle.periods import Period
from tests.properties.oracle.units import selected

#: The opening and the due date that a rule led to from where it started.
Ways = dict[tuple[object, ...], tuple[Way | None, Way | None]]


@attrs.define(eq=False)
class Found:
    """One occurrence. ``doubt`` is about the due date, ``nominal_doubt`` about the nominal one, each by itself."""

    obligation: Obligation
    unit: str
    units: tuple[str, ...]
    period: Period
    number: int
    rule: Due
    setting: Setting
    nominal: dt.date
    due: dt.date
    minute: int | None
    nominal_doubt: Doubt
    doubt: Doubt
    missing: bool = False
    opens: dt.date | None = None
    opening_doubt: Doubt = SURE
    closes: dt.date | None = None
    closing_doubt: Doubt = SURE
    status: str = "scheduled"
    absorbed_by: str | None = None

    @property
    def all_doubts(self) -> Doubt:
        """What is not certain about any of its dates."""
        return self.doubt | self.opening_doubt | self.closing_doubt

    def moment(self, *, nominal: bool) -> Moment:
        """When it fires what waits for it."""
        return Moment(self.nominal if nominal else self.due, self.minute)

    def move(self, due: dt.date, minute: int | None, doubt: Doubt = SURE) -> None:
        """Another due date; the clock time stays unless there is another one."""
        self.due, self.doubt, self.missing = due, doubt, False
        if minute is not None:
            self.minute = minute


def make(
    obligation: Obligation,
    unit: str,
    units: tuple[str, ...],
    period: Period,
    number: int,
    rule: Due,
    setting: Setting,
    time: int | None,
    ways: Ways,
) -> Found | None:
    """The occurrence that a due date of a period gives, before any exception; None where it gives none.

    ``ways`` are those that were gone before: units that have everything in common go the same.
    """
    place = (id(rule), *setting.place)
    if place not in ways:
        opening = run(rule.opens, attrs.evolve(setting, given=None)) if rule.opens else None
        ways[place] = opening, run(rule.course, attrs.evolve(setting, opened=opened_by(opening)))
    opening, way = ways[place]
    if way is None:
        return None
    setting = attrs.evolve(setting, opened=opened_by(opening))
    times = [each for each in (way.minute, time, rule.time) if each is not None]
    found = Found(
        obligation,
        unit,
        units,
        period,
        number,
        rule,
        setting,
        way.nominal,
        way.due,
        times[0] if times else None,
        way.nominal_doubt,
        way.doubt,
        missing=way.missing,
    )
    if opening:
        found.opens, found.opening_doubt = opened_by(opening), opening.doubt
    return found


def opened_by(opening: Way | None) -> dt.date | None:
    """The first day of the window."""
    return opening.due if opening and not opening.missing else None


def close(found: Found) -> None:
    """The last day on which it is accepted: counted from where the due date ended up, or by itself."""
    closing = found.rule.closes
    if closing is None:
        return
    moment = Moment(found.due, found.minute) if isinstance(closing.anchor, DueDate) else None
    way: Way | None = run(closing, attrs.evolve(found.setting, given=None, due=moment))
    if way is not None:
        found.closes, found.closing_doubt = None if way.missing else way.due, way.doubt


def excepted(roster: Roster, found: Found, exceptions: list[PeriodException]) -> None:
    """What was decided about it: what names its number counts before what names its period, the last one first."""
    for exception in sorted(exceptions, key=lambda each: each.number is not None):
        if not _is_meant(roster, found, exception):
            continue
        if exception.due is None:
            found.status = "waived"
        else:
            found.status = "scheduled"
            found.move(exception.due, exception.time)


def _is_meant(roster: Roster, found: Found, exception: PeriodException) -> bool:
    timing = found.obligation.timing
    by_unit = isinstance(timing, Every) and timing.year_of_unit and exception.label.startswith("FY")
    if by_unit or isinstance(timing, Dates | Upon):
        named = exception.label == found.period.label
    else:
        named = (found.period.first, found.period.last) == (exception.span.first, exception.span.last)
    if not named or exception.number not in (None, found.number):
        return False
    units = exception.units
    return units is None or any(selected(units, roster, unit) for unit in found.units)
