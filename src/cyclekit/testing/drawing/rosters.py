"""Who owes something: rosters of one to four units, and selections among them."""

import datetime as dt
from functools import cache, lru_cache

from hypothesis import strategies as st

from cyclekit.civil.spans import Bounds
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where
from cyclekit.testing.drawing.chances import COIN, NOTHING, mostly
from cyclekit.testing.drawing.cycles import year_starts
from cyclekit.testing.drawing.days import days
from cyclekit.testing.drawing.scene import USUAL, Scene

UNITS = ("a", "b", "c", "d")


@cache
@st.composite
def rosters(draw: st.DrawFn, scene: Scene = USUAL, least: int = 1, most: int = 4) -> Roster:
    """Some units in any order, some above others, with kinds, tags, calendars, years and active spans."""
    names = [UNITS[each % len(UNITS)] + str(each // len(UNITS) or "") for each in range(most)]
    ids = draw(st.permutations(names[: draw(st.integers(least, most))]))
    count = len(ids)
    spans_of_units = mostly(st.just(()), active_spans())
    calendars = st.sampled_from([None, *scene.calendars, *scene.own_ids])
    return Roster(
        ids,
        kinds=draw(st.lists(st.sampled_from([None, "county", "office"]), min_size=count, max_size=count)),
        parents=draw(parents(count)),
        tags=[frozenset(draw(st.sets(st.sampled_from(["x", "y"])))) for _ in ids],
        calendars=draw(st.lists(calendars, min_size=count, max_size=count)),
        timezones=[draw(mostly(NOTHING, st.sampled_from(scene.timezones))) for _ in ids],
        year_starts=draw(st.lists(NOTHING | year_starts(), min_size=count, max_size=count)),
        active=[draw(spans_of_units) for _ in ids],
        attributes={"region": draw(st.lists(st.sampled_from([None, "north"]), min_size=count, max_size=count))},
    )


@cache
@st.composite
def parents(draw: st.DrawFn, count: int) -> list[int]:
    """A unit may stand below any that comes before it in a hidden order, wherever that stands in the list."""
    order = draw(st.permutations(range(count)))
    found = [NO_PARENT] * count
    for place, unit in enumerate(order):
        if place and draw(COIN):
            found[unit] = order[draw(st.integers(0, place - 1))]
    return found


@cache
@st.composite
def active_spans(draw: st.DrawFn) -> tuple[Bounds, ...]:
    """No spans, one, or two that do not meet."""
    marks = sorted(draw(st.sets(days(dt.date(2022, 1, 1), dt.date(2026, 12, 31)), max_size=4)))
    if len(marks) < 2:
        return tuple(Bounds(mark) for mark in marks)
    found = [Bounds(marks[0], marks[1])]
    if len(marks) == 4:
        found.append(Bounds(marks[2], marks[3]))
    elif len(marks) == 3:
        found.append(Bounds(marks[2], None))
    return tuple(found)


@lru_cache(maxsize=256)
def _selectors(names: tuple[str, ...]) -> st.SearchStrategy[Selector]:
    """Every kind of selector."""
    ids = st.sampled_from(names)
    tests = st.lists(
        st.tuples(st.just("kind"), st.sampled_from(["county", "office"]))
        | st.tuples(st.just("tag"), st.sampled_from(["x", "y"]))
        | st.tuples(st.sampled_from(["id", "under"]), ids)
        | st.just(("region", "north")),
        min_size=1,
        max_size=2,
    ).map(tuple)
    excluded = st.lists(st.builds(UnitId, ids), max_size=1).map(tuple)
    return (
        st.just(Everyone())
        | st.builds(UnitId, ids)
        | st.builds(Kind, st.sampled_from(["county", "office"]))
        | st.builds(Where, tests, excluded)
    )


def selections(roster: Roster) -> st.SearchStrategy[Selection]:
    """Everyone, or unions of selectors less others."""
    return _selections(tuple(roster.ids))


@lru_cache(maxsize=256)
def _selections(names: tuple[str, ...]) -> st.SearchStrategy[Selection]:
    each = _selectors(names)
    parts = st.lists(each, min_size=1, max_size=2).map(tuple)
    return mostly(st.just(Selection()), st.builds(Selection, parts, st.lists(each, max_size=1).map(tuple)))
