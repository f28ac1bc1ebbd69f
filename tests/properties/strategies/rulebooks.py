"""Whole rulebooks: obligations that share courses, so that their dates fall together, and absorb each other."""

from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from cyclekit.civil.yearly import YearlySpan
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.own_calendar import OwnCalendar
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from tests.properties.strategies.courses import courses
from tests.properties.strategies.days import bounds, mostly
from tests.properties.strategies.obligations import obligations
from tests.properties.strategies.rosters import rosters
from tests.properties.strategies.worlds import COURT, ZONES

OBLIGATIONS = ("r1", "r2", "r3", "r4")
#: What it suspends is said by the calendar that is handed over; here it counts that it does.
SUSPENDING = OwnCalendar(COURT, ("weekdays",), suspended=(YearlySpan((12, 24), (1, 7)),))


@st.composite
def rulebooks(draw: st.DrawFn, *, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """Rules of all kinds that wait for each other and stand for each other."""
    roster = draw(rosters())
    shared = draw(st.lists(courses(), min_size=1, max_size=2))
    course = mostly(st.sampled_from(shared), courses())
    made: dict[str, Obligation] = {}
    for each in OBLIGATIONS[: draw(st.integers(1, len(OBLIGATIONS)))]:
        made[each] = draw(obligations(each, roster, course, made))
    absorbing = draw(absorptions(list(made.values())))
    return Rulebook(
        id,
        Text.of(id),
        roster,
        tuple(draw(st.permutations(absorbing))),
        timezone=draw(mostly(st.none(), st.sampled_from(ZONES))),
        calendar=draw(st.sampled_from(["weekdays", "odd", "late"])),
        bounds=draw(bounds()),
        calendars=(SUSPENDING,),
    )


@st.composite
def absorptions(draw: st.DrawFn, made: Sequence[Obligation]) -> list[Obligation]:
    """The same obligations, where some stand for others: down a hidden order, so that it never goes round."""
    found = list(made)
    order = draw(st.permutations(range(len(found))))
    for place, number in enumerate(order):
        below = [found[each].id for each in order[place + 1 :]]
        if below and not found[number].is_standing:
            absorbs = tuple(draw(st.lists(st.sampled_from(below), max_size=2, unique=True)))
            changes = tuple(
                attrs.evolve(each, result=attrs.evolve(each.result, absorbs=absorbs)) for each in found[number].changes
            )
            found[number] = attrs.evolve(found[number], absorbs=absorbs, changes=changes)
    return found


def of_everyone(roster: Roster, *made: Obligation, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """A rulebook in which the calendar is the odd one, and one of its own suspends days."""
    return Rulebook(id, Text.of(id), roster, tuple(made), calendar="odd", calendars=(SUSPENDING,))
