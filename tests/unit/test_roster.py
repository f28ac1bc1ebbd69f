"""Rosters: columns of units, and units as views of them."""

import pytest

from cyclekit.errors import UnknownUnitError
from cyclekit.model.roster import NO_PARENT, Roster, Unit
from cyclekit.model.selectors import Kind, Where, matches
from cyclekit.model.text import Text

#: city ─ county ─ office; the office stands first in the list.
TREE = Roster(
    ["office", "county", "city", "other"],
    names=[Text.of("Office"), Text.of("County"), Text((("zh", "市"), ("en", "City"))), Text.of("Other")],
    kinds=["office", "county", "city", None],
    parents=[1, 2, NO_PARENT, NO_PARENT],
    tags=[frozenset({"liaison"}), frozenset(), frozenset(), frozenset()],
    calendars=["CN", None, None, None],
    timezones=[None, "Asia/Shanghai", None, None],
    attributes={"region": ["north", None, None, None]},
)


def test_a_unit_shows_its_columns() -> None:
    """A unit holds nothing of its own, and shows what stands in its place in each column."""
    office = TREE["office"]
    assert (office.id, str(office.name), office.kind, office.tags) == (
        "office",
        "Office",
        "office",
        frozenset({"liaison"}),
    )
    assert (office.calendar, office.timezone, office.attributes) == ("CN", None, {"region": "north"})
    assert office.parent == TREE["county"]
    assert TREE["city"].parent is None
    assert TREE["other"].attributes == {}


def test_a_subtree_is_found_whatever_the_order_of_the_list() -> None:
    """A unit may stand in the list before the one above it."""
    assert [TREE.ids[each] for each in TREE.subtree(TREE.index["city"])] == ["office", "county", "city"]
    assert list(TREE.subtree(TREE.index["other"])) == [3]


def test_levels_are_counted_from_the_top() -> None:
    """So many units at most stand above another, whatever the order of the list; where nobody does, none."""
    assert TREE.levels == 2
    assert Roster(["a", "b"], parents=[NO_PARENT, NO_PARENT]).levels == 0
    assert Roster([], parents=[]).levels == 0
    assert Roster(["a"]).levels == 0


def test_a_selector_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers that a selector means are kept, and shared; of very many selectors, the last ones."""
    monkeypatch.setattr("cyclekit.model.roster._MOST_CHOSEN", 2)
    roster = Roster(["a", "b", "c"], kinds=["x", "y", "x"])
    first = matches(Kind("x"), roster)
    assert matches(Where((("kind", "x"),)), roster) is first
    assert list(matches(Kind("y"), roster)) == [1]
    assert matches(Kind("x"), roster) is first
    assert list(matches(Kind("z"), roster)) == []
    again = matches(Kind("x"), roster)
    assert list(again) == list(first) == [0, 2]
    assert again is not first


def test_a_roster_is_a_collection_of_units() -> None:
    """It counts, lists, knows and finds them by id."""
    assert len(TREE) == 4
    assert [unit.id for unit in TREE] == ["office", "county", "city", "other"]
    assert "county" in TREE
    assert "County" not in TREE
    with pytest.raises(UnknownUnitError, match="County"):
        TREE["County"]


def test_two_units_cannot_share_an_id() -> None:
    """Such a roster cannot be made."""
    with pytest.raises(ValueError, match="one id"):
        Roster(["a", "b", "a"])


def test_rosters_are_equal_by_their_columns_and_units_by_where_they_look() -> None:
    """Two equal rosters are equal values; a unit belongs to one of them."""
    assert Roster(["a"]) == Roster(["a"])
    assert Roster(["a"]) != Roster(["a"], kinds=["county"])
    assert Roster(["a"]) != ["a"]
    assert Roster(["a"])["a"] != Roster(["a"])["a"]
    assert len({TREE["city"], Unit(TREE, 2)}) == 1
    assert repr(TREE["city"]) == "Unit('city')"
