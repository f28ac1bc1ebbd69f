"""Columns that hold a million entries in a few bytes each."""

from array import array

import pytest

from cyclekit.model.compact import (
    Coded,
    Mapped,
    Places,
    Repeated,
    Texts,
    among,
    distinct,
    grouped,
    mapped,
    numbers_where,
)
from cyclekit.model.numbers import Chosen, ascending, holds, numbers_of
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text

KINDS = Coded(["county", None, "office"], bytes([0, 2, 2, 1]))


def test_a_column_reads_like_a_list() -> None:
    """Entries by number and from the end, slices, length, order; it equals a list of the same entries."""
    assert list(KINDS) == ["county", "office", "office", None]
    assert (KINDS[0], KINDS[-1], KINDS[1:3], len(KINDS)) == ("county", None, ["office", "office"], 4)
    assert KINDS == ["county", "office", "office", None]
    assert Coded.of(["county", "office", "office", None]) == KINDS
    assert KINDS != ["county", "office", "office"]
    assert Repeated("x", 2) == ["x", "x"]
    assert KINDS != "county"
    with pytest.raises(IndexError):
        KINDS[4]


def test_texts_stand_one_after_the_other() -> None:
    """Texts of any language come back as they were, also empty ones."""
    texts = Texts.of(["桐城市", "", "Yuèxī"])
    assert list(texts) == ["桐城市", "", "Yuèxī"]
    assert bytes(texts.data) == "桐城市Yuèxī".encode()
    assert texts[2] == "Yuèxī"
    assert Mapped(Text.of, texts)[0] == Text.of("桐城市")


def test_what_two_sets_have_in_common_is_one_of_them_where_it_can_be() -> None:
    """A range that reaches over all of another set leaves that one as it is; else the smaller one is gone through."""
    every, few, odd = Chosen(range(10)), Chosen(array("I", [2, 4])), Chosen(array("I", [4, 5, 6]))
    assert every & few is few
    assert few & every is few
    assert every & every is every
    assert Chosen(array("I", [2, 4])) & few == few
    assert few & odd == {4}
    assert Chosen(range(3)) & few == {2}
    assert few & Chosen(range(0)) == frozenset()
    assert frozenset({4, 20}) & every == {4}
    assert list(numbers_of(frozenset({5, 3}))) == [3, 5]
    assert numbers_of(few) is few.numbers


def test_texts_are_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many texts are the same one after the other as one by one, in parts of plain letters and of others."""
    monkeypatch.setattr("cyclekit.model.compact._AT_ONCE", 2)
    texts = Texts.of(["ab", "", "桐城", "c", "d"])
    assert list(texts) == ["ab", "", "桐城", "c", "d"]
    assert list(texts.parts()) == [(range(2), b"ab"), (range(2, 4), "桐城c".encode()), (range(4, 5), b"d")]


def test_numbers_by_codes_of_either_kind() -> None:
    """Which entries a test holds for is found alike from octets and from an array of numbers."""
    for codes in (bytes([0, 1, 2, 1]), array("I", [0, 1, 2, 1])):
        column = Coded(["a", "b", None], codes)
        assert list(numbers_where(column, lambda each: each == "b")) == [1, 3]
        assert list(numbers_where(column, lambda each: each is None)) == [2]
        assert numbers_where(column, lambda _: True) == range(4)


@pytest.mark.parametrize("ids", [["a", "b", "é", "桐"], ["桐", "b", "é", "a"]])
def test_ids_are_found_by_their_order(ids: list[str]) -> None:
    """Every id is found at its place, whether or not they stand in order; nothing else is found."""
    places = Places(Texts.of(ids))
    assert [places[each] for each in ids] == [0, 1, 2, 3]
    assert list(places) == ids
    assert len(places) == 4
    for other in ("", "aa", "c", "桐城", "\ud800", 1):
        assert other not in places
    with pytest.raises(KeyError):
        places["c"]


@pytest.mark.parametrize("ids", [["a", "a"], ["b", "a", "b"]])
def test_two_equal_ids_are_refused(ids: list[str]) -> None:
    """Two equal ids are found next to each other, and apart."""
    with pytest.raises(ValueError, match="two units with one id"):
        Roster(Texts.of(ids))


def test_a_test_is_asked_once_for_each_value() -> None:
    """Where entries repeat, a test is asked for each different one, and the numbers of all are given."""
    asked: list[str | None] = []

    def is_office(kind: str | None) -> bool:
        asked.append(kind)
        return kind == "office"

    assert list(numbers_where(KINDS, is_office)) == [1, 2]
    assert asked == ["county", None, "office"]
    assert numbers_where(Repeated("office", 5), is_office) == range(5)
    assert list(numbers_where(Repeated("county", 5), is_office)) == []
    assert list(numbers_where(Repeated("office", 0), is_office)) == []
    assert list(numbers_where(["office", "x"], is_office)) == [0]
    assert numbers_where(Coded(["office"], bytes(3)), is_office) == range(3)


def test_what_is_different() -> None:
    """Different entries in the order in which they stand; a value that no entry has is none of them."""
    assert distinct(KINDS) == ["county", "office", None]
    assert distinct(Coded(["a", "b"], bytes([1, 1]))) == ["b"]
    assert distinct(Repeated("a", 3)) == ["a"]
    assert distinct(Repeated("a", 0)) == []
    assert distinct(["b", "a", "b"]) == ["b", "a"]
    assert among(KINDS, array("I", [1, 2])) == ["office"]
    assert among(Repeated("a", 3), range(2)) == ["a"]
    assert among(Repeated("a", 3), range(0)) == []
    assert mapped(str, KINDS) == ["county", "office", "office", "None"]
    assert mapped(len, Repeated("ab", 2)) == [2, 2]
    assert mapped(len, ["a", "ab"]) == [1, 2]


def test_units_are_grouped_by_what_they_have() -> None:
    """Groups of some units, of all, and where all have the same."""
    calendars = Repeated(None, 4)
    groups = grouped(range(4), KINDS, calendars)
    assert {terms: list(units) for terms, units in groups.items()} == {
        ("county", None): [0],
        ("office", None): [1, 2],
        (None, None): [3],
    }
    some = grouped(array("I", [1, 3]), KINDS, calendars)
    assert {terms: list(units) for terms, units in some.items()} == {("office", None): [1], (None, None): [3]}
    assert grouped(range(4), calendars) == {(None,): range(4)}
    assert grouped(range(4), ["x"] * 4) == {("x",): range(4)}
    assert grouped(range(0), calendars) == {}


def test_numbers_in_order() -> None:
    """A number is found among a range and among an array; a list is put in order."""
    assert holds(range(2, 5), 4)
    assert not holds(range(2, 5), 5)
    numbers = ascending([7, 3, 5])
    assert list(numbers) == [3, 5, 7]
    assert [number for number in range(10) if holds(numbers, number)] == [3, 5, 7]


def test_units_by_id_whatever_holds_them() -> None:
    """The order by ids is the same for a list of ids and for texts, in whatever order they stand."""
    for ids in (["c", "a", "d", "b"], ["a", "b", "c", "d"]):
        for roster in (Roster(ids), Roster(Texts.of(ids))):
            assert [ids[each] for each in roster.by_id(range(4))] == ["a", "b", "c", "d"]
            assert [ids[each] for each in roster.by_id([3, 0])] == sorted([ids[0], ids[3]])
            assert roster["b"].number == ids.index("b")
            assert "e" not in roster
    assert Roster(Texts.of(["a", "b"])) == Roster(["a", "b"])


def test_the_order_of_ids_can_be_given() -> None:
    """Whoever knows how the ids sort says so, and they are not compared again."""
    roster = Roster(Texts.of(["b", "a"]), order=array("I", [1, 0]))
    assert (roster.index["a"], roster.index["b"]) == (1, 0)
