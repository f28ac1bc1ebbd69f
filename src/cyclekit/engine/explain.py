"""Explaining: the same rules that made a date, run once more with a recorder."""

import datetime as dt

from cyclekit.engine.cascading import lagged, lagging
from cyclekit.engine.lines import Cohort, LineBuilder
from cyclekit.engine.recording import DayRecorder, name_of
from cyclekit.errors import BeforeDataError
from cyclekit.model.explanation import Cascaded, Explanation, Fired, NameOf
from cyclekit.model.identity import Key, Status
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.model.timing import Dates, OfEvent, OfObligation, Once, Upon


def explain(schedule: Schedule, key: Key, names: NameOf = name_of) -> Explanation:
    """Why the occurrence of this key is due when it is, by what the schedule was expanded with.

    The due date of the explanation comes from running the rules again. ``names`` tells what days are called. Raises
    UnknownOccurrenceError where the schedule has no such occurrence, and BeforeDataError where it rests on days before
    a calendar's data begin.
    """
    return explain_occurrence(schedule, schedule[key], names)


def explain_occurrence(schedule: Schedule, occurrence: Occurrence, names: NameOf = name_of) -> Explanation:
    """Why an occurrence of a schedule is due when it is: ``explain`` for who has it at hand, and raising as it does."""
    key = occurrence.key
    if occurrence.unknown is not None:
        calendar, first = occurrence.unknown
        named = f"{key.rulebook}/{key.obligation} {key.period}"
        raise BeforeDataError(calendar, named, dt.date.fromordinal(first))
    builder = _builder(schedule, occurrence)
    period, number, firing = (*occurrence.period_days, occurrence.period), occurrence.number, occurrence.firing
    start = _start(occurrence)
    recorder = DayRecorder(names, start, occurrence.opens)
    dates = builder.trace(period, number, recorder, firing)
    cascaded = _cascaded(occurrence, builder, recorder)
    # Where the data begin too late for the rule to lead to a day, it was an exception that gave it one.
    due = cascaded.day if cascaded else dt.date.fromordinal(dates.due) if dates else occurrence.due
    moves = occurrence.moves
    due = next((each.due for each in reversed(moves) if each.due is not None), due)
    way = tuple(recorder.way)
    builder.trace_around(period, number, (due.toordinal(), occurrence.minute), recorder, firing)
    return Explanation(
        occurrence,
        builder.rule(period, number, firing),
        start,
        way,
        due,
        _fired(occurrence),
        cascaded,
        moves,
        occurrence.exception if occurrence.status is Status.WAIVED else None,
        _absorber(schedule, occurrence),
        tuple(recorder.facts.values()),
        tuple(recorder.doubts.values()) if occurrence.provisional else (),
    )


def _builder(schedule: Schedule, occurrence: Occurrence) -> LineBuilder:
    """What makes the occurrence's line, for its own unit: of a joint one, the unit that leads."""
    rulebook, unit = occurrence.rulebook, occurrence.unit.number
    roster, world = rulebook.roster, schedule.world
    zone = world.zones.get(occurrence.timezone or "")
    cohort = Cohort(roster.calendars[unit], roster.year_starts[unit], zone)
    return LineBuilder(rulebook, occurrence.obligation, cohort, world.calendars)


def _start(occurrence: Occurrence) -> dt.date | None:
    """The day from which the steps begin, where no anchor finds it."""
    match occurrence.obligation.timing:
        case Once(span=span, before=before):
            return span.first - dt.timedelta(days=1) if before else span.last
        case Dates(entries=entries):
            return next(each.date for each in entries if each.label == occurrence.period)
        case _:
            return None


def _fired(occurrence: Occurrence) -> Fired | None:
    firing, timing = occurrence.firing, occurrence.obligation.timing
    if firing is None or not isinstance(timing, Upon):
        return None
    day = dt.date.fromordinal(firing.day)
    match timing.trigger:
        case OfEvent(name=name):
            return Fired(name, firing.label, firing.number, day, firing.time)
        case OfObligation(obligation=other, nominal=nominal):
            book = occurrence.rulebook
            own = occurrence.unit.number in book[other].selection.units(book.roster) and not occurrence.is_joint
            return Fired(book[other], firing.label, firing.number, day, firing.time, nominal, own)


def _cascaded(occurrence: Occurrence, builder: LineBuilder, recorder: DayRecorder) -> Cascaded | None:
    """What a cascade made of the date: the nearest unit above that has such an occurrence, and the days between."""
    above, lag = occurrence.above, occurrence.obligation.cascade
    if above is None or lag is None:
        return None
    here = next(each for each in occurrence.unit.above if each.number in above.units)
    calendar = lagging(lag, builder.calendars)
    day = lagged(above.due, lag, calendar)
    passed = recorder.looked_at(calendar, (day, above.due)) if calendar else ()
    due = dt.date.fromordinal(above.due)
    return Cascaded(
        here, due, lag, dt.date.fromordinal(day), calendar.id.rpartition("/")[2] if calendar else None, passed
    )


def _absorber(schedule: Schedule, occurrence: Occurrence) -> Occurrence | None:
    """The occurrence that stands for this one: owed by the same units, on the same nominal date."""
    if occurrence.absorbed_by is None:
        return None
    owing = {each.number for each in occurrence.units}
    nominal = occurrence.nominal.toordinal()
    for line in schedule.lines:
        if line.rulebook is occurrence.rulebook and line.obligation.id == occurrence.absorbed_by:
            for row in range(line.rows):
                if line.nominal[row] == nominal and owing <= line.owing(row):
                    unit = line.units_of(row)[0] if line.together else occurrence.unit.number
                    return Occurrence(line, row, unit)
    return None
