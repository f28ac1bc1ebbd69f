"""Selectors: which units are meant."""

import pytest

from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where

ROSTER = Roster(
    ["city", "north", "south", "office", "desk"],
    kinds=["city", "county", "county", "office", "office"],
    parents=[NO_PARENT, 0, 0, 1, 3],
    tags=[frozenset(), frozenset({"x"}), frozenset(), frozenset({"x", "y"}), frozenset({"y"})],
    attributes={"size": ["big", None, "big", "small", None]},
)

TABLE: list[tuple[Selector, list[str]]] = [
    (Everyone(), ["city", "north", "south", "office", "desk"]),
    (UnitId("south"), ["south"]),
    (UnitId("gone"), []),
    (Kind("county"), ["north", "south"]),
    (Kind("village"), []),
    (Where((("kind", "office"),)), ["office", "desk"]),
    (Where((("kind", "office"), ("tag", "x"))), ["office"]),
    (Where((("under", "north"),)), ["north", "office", "desk"]),
    (Where((("under", "north"), ("kind", "office"))), ["office", "desk"]),
    (Where((("under", "gone"),)), []),
    (Where((("id", "desk"),)), ["desk"]),
    (Where((("size", "big"),)), ["city", "south"]),
    (Where((("colour", "red"),)), []),
    (Where((("tag", "y"),), (UnitId("desk"),)), ["office"]),
    (Where((("under", "city"),), (Kind("county"), UnitId("city"))), ["office", "desk"]),
]


def ids(selection: Selection) -> list[str]:
    """The units of a selection."""
    return [ROSTER.ids[each] for each in selection.units(ROSTER)]


@pytest.mark.parametrize(("selector", "expected"), TABLE, ids=str)
def test_a_selector_means_units(selector: Selector, expected: list[str]) -> None:
    """All tests of a mapping must hold, and what it excludes is taken away again."""
    assert ids(Selection((selector,))) == expected


def test_a_selection_is_a_union_less_another() -> None:
    """A unit that several parts mean is there once; one that is excluded is not there at all."""
    assert ids(Selection((Kind("county"), UnitId("north"), UnitId("desk")))) == ["north", "south", "desk"]
    assert ids(Selection((Kind("county"), UnitId("desk")), (UnitId("north"), UnitId("desk")))) == ["south"]
    assert ids(Selection()) == ROSTER.ids
    assert ids(Selection(excluded=(Everyone(),))) == []
