"""Single obligations: who owes them, when, and how that changes."""

import datetime as dt
from functools import cache

import attrs
from hypothesis import strategies as st

from cyclekit.civil.cycles import Months
from cyclekit.civil.periods import ListOfPeriods
from cyclekit.model.obligation import Change, Lag, Obligation
from cyclekit.model.pipeline import Course
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfEvent, OfObligation, Once, Standing, Timing, Upon
from cyclekit.testing.drawing.chances import NOTHING, OF_FOUR, mostly
from cyclekit.testing.drawing.days import announcements, bounds, days
from cyclekit.testing.drawing.rosters import selections
from cyclekit.testing.drawing.rulings import exceptions
from cyclekit.testing.drawing.scene import USUAL, Scene
from cyclekit.testing.drawing.timings import (
    Before,
    every,
    forms_of,
    is_numbered,
    plans,
    timings,
    upon,
    upon_this,
)


@cache
def lags() -> st.SearchStrategy[Lag]:
    """How much earlier each level is."""
    return st.builds(Lag, st.integers(1, 10)) | st.builds(Lag, st.integers(1, 3), st.just(True))


@st.composite
def obligations(
    draw: st.DrawFn,
    id: str,  # noqa: A002 (the field's own word)
    roster: Roster,
    course: st.SearchStrategy[Course],
    before: Before,
    scene: Scene = USUAL,
) -> Obligation:
    """One obligation, most of them without changes; a joint one has a lead among its units."""
    selection = draw(selections(roster))
    timing = draw(timings(course, before, scene))
    owing = selection.units(roster)
    joint = bool(owing) and draw(OF_FOUR) == 3
    levels = not joint and any(each != NO_PARENT for each in roster.parents)
    obligation = Obligation(
        id,
        timing,
        Text.of(id),
        selection,
        jointly=joint,
        lead=roster.ids[draw(st.sampled_from(owing))] if joint else None,
        bounds=draw(bounds()),
        calendar=draw(NOTHING | st.sampled_from(scene.named)),
        cascade=draw(mostly(NOTHING, lags())) if levels and not isinstance(timing, Standing) else None,
        exceptions=draw(exceptions(timing, roster, before, scene)),
    )
    if isinstance(timing, Standing) or draw(OF_FOUR) < 3:
        return obligation
    some = st.lists(changes(obligation, roster, course, before, scene), max_size=3)
    return attrs.evolve(obligation, changes=tuple(draw(some)))


@st.composite
def changes(
    draw: st.DrawFn,
    obligation: Obligation,
    roster: Roster,
    course: st.SearchStrategy[Course],
    before: Before,
    scene: Scene = USUAL,
) -> Change:
    """Another form of an obligation: for some units or all, from some day on or always, announced or known always."""
    timing = obligation.timing
    since = None if isinstance(timing, Once) else draw(NOTHING | days(dt.date(2022, 6, 1), dt.date(2026, 6, 1)))
    if isinstance(timing, Every):
        other = every(course, scene)
        # Fiscal years may be named alike before and after a change: reading refuses that.
        timing = draw(other if since is None else other.filter(_names_once)) if _names_once(timing) else timing
        timing = attrs.evolve(timing, plan=draw(plans(timing.cycle, course, scene)))
    elif isinstance(timing, Upon):
        same = upon_this(timing.trigger, before, scene)
        free = _fires_once_named(timing.trigger, before, scene)
        timing = draw(
            mostly(same, upon(before, scene).filter(lambda each: _fires_once_named(each.trigger, before, scene)))
            if free
            else same
        )
    result = attrs.evolve(obligation, timing=timing, calendar=draw(NOTHING | st.sampled_from(scene.calendars)))
    owing = obligation.selection.units(roster)
    if obligation.jointly:
        result = attrs.evolve(result, lead=roster.ids[draw(st.sampled_from(owing))])
    result = attrs.evolve(result, exceptions=draw(exceptions(timing, roster, before, scene)))
    units = Selection() if obligation.jointly else draw(selections(roster))
    return Change(units, result, since, draw(announcements()))


def _names_once(timing: Timing) -> bool:
    """Whether its labels name the same days in any cycle."""
    if not isinstance(timing, Every):
        return True
    fiscal = isinstance(timing.cycle, Months) and not timing.cycle.year.is_calendar_year
    return not fiscal and not timing.year_of_unit and not isinstance(timing.cycle, ListOfPeriods)


def _fires_once_named(trigger: OfObligation | OfEvent, before: Before, scene: Scene) -> bool:
    """The same of what fires in the end, where it fires once a period: single dates may all be named alike."""
    if isinstance(trigger, OfEvent) or is_numbered(trigger, before, scene):
        return False
    return all(
        _fires_once_named(form.timing.trigger, before, scene)
        if isinstance(form.timing, Upon)
        else isinstance(form.timing, Every) and _names_once(form.timing)
        for form in forms_of(before[trigger.obligation])
    )
