"""Whole rulebooks: obligations that share courses, so that their dates fall together, and absorb each other."""

from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.testing.drawing.chances import NOTHING, mostly
from cyclekit.testing.drawing.courses import Place, courses
from cyclekit.testing.drawing.days import bounds
from cyclekit.testing.drawing.obligations import obligations
from cyclekit.testing.drawing.rosters import rosters
from cyclekit.testing.drawing.scene import USUAL, Scene


@st.composite
def rulebooks(
    draw: st.DrawFn,
    *,
    id: str = "book",  # noqa: A002 (the field's own word)
    scene: Scene = USUAL,
    roster: Roster | None = None,
    most: int = 4,
) -> Rulebook:
    """Rules of all kinds that wait for each other and stand for each other."""
    roster = roster or draw(rosters(scene))
    place = Place(scene=scene)
    shared = draw(st.lists(courses(place), min_size=1, max_size=2))
    course = mostly(st.sampled_from(shared), courses(place))
    made: dict[str, Obligation] = {}
    for each in [f"r{number}" for number in range(1, draw(st.integers(1, most)) + 1)]:
        made[each] = draw(obligations(each, roster, course, made, scene))
    absorbing = draw(absorptions(list(made.values())))
    return Rulebook(
        id,
        Text.of(id),
        roster,
        tuple(draw(st.permutations(absorbing))),
        timezone=draw(mostly(NOTHING, st.sampled_from(scene.timezones))),
        calendar=draw(st.sampled_from(scene.calendars)),
        bounds=draw(bounds()),
        calendars=scene.own,
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
