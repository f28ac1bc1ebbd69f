"""Units of an index, and those that are searched for."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.adapters.pages import listing
from cyclekit.adapters.pages.listing import Entry, branches, matching
from cyclekit.model.compact import Coded, Mapped, Texts
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Standing

RULES = (Obligation("report", Standing(), Text.of("Report")),)
NAMES = ["桐城市总工会", "Straße 7 Office", "ΣΊΣΥΦΟΣ", "（Ｏffice）", "ſouth K", "𐐀𐐁", "", "No. 340 office"]


def book(names: Sequence[str], *, columns: bool) -> Rulebook:
    """A rulebook of units with these names, in lists or in columns of a table."""
    ids = [f"Unit-{number}" for number in range(len(names))]
    if columns:
        roster = Roster(Texts.of(ids), names=Mapped(Text.of, Texts.of(names)))
    else:
        roster = Roster(ids, names=[Text((("zh", each), ("en", f"{each} EN"))) for each in names])
    return Rulebook("book", Text.of("Book"), roster, RULES)


def found(rules: Rulebook, query: str) -> list[int]:
    """The numbers of the units that are found."""
    return [number for _, number in matching([rules], query)]


@pytest.mark.parametrize("columns", [False, True])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("桐城", [0]),
        ("STRASSE", [1]),
        ("strasse office", [1]),
        ("office unit-7", [7]),
        ("σίσυφος", [2]),
        ("ｏffice", [3]),
        ("south k", [4]),
        ("𐐨", [5]),
        ("unit", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("UNIT-6", [6]),
        ("市总工会unit", []),
        ("\ud800", []),
        ("  ", []),
    ],
)
def test_units_are_found_by_words(
    monkeypatch: pytest.MonkeyPatch, columns: bool, query: str, expected: list[int]
) -> None:
    """Units whose id or name has each word, letters large or small in any script, however they are held."""
    monkeypatch.setattr(listing, "_AT_ONCE", 3)
    assert found(book(NAMES, columns=columns), query) == expected


@given(
    names=st.lists(st.text(st.sampled_from("aAſsSßKk市（éÉİ")), min_size=1, max_size=8),
    query=st.text(st.sampled_from("aAſsSßKk市（éÉi "), min_size=1, max_size=4),
)
def test_columns_are_searched_as_lists_are(names: list[str], query: str) -> None:
    """What is found does not depend on how a name is held."""
    lists = Rulebook(
        "book", Text.of("Book"), Roster(list(map(str, range(len(names)))), names=list(map(Text.of, names))), RULES
    )
    columns = Rulebook(
        "book",
        Text.of("Book"),
        Roster(Texts.of(map(str, range(len(names)))), names=Mapped(Text.of, Texts.of(names))),
        RULES,
    )
    plain = [
        number
        for number, name in enumerate(names)
        if query.split() and all(word in f"{number}\n{name}".casefold() for word in query.casefold().split())
    ]
    assert found(lists, query) == found(columns, query) == plain


def test_a_long_list_is_cut_where_it_is_shown() -> None:
    """At most so many units are shown, from the top down; of those below one unit no more than there is room for."""
    parents = [NO_PARENT, NO_PARENT, *[0] * 5, *[1] * 5]
    rules = Rulebook("book", Text.of("Book"), Roster(list("abcdefghijkl"), parents=Coded.of(parents)), RULES)

    def entry(_book: Rulebook, number: int, below: str) -> Entry:
        return Entry(Text.of(str(number)), str(number), "", 0, below)

    def shown(most: int) -> list[tuple[str, list[str]]]:
        return [
            (each.key, [one.unit for group in each.groups for one in group.entries])
            for each in branches(rules, entry, most)
        ]

    assert shown(4) == [("in-book", ["0", "1"]), ("in-book-a", ["2", "3"])]
    assert shown(8)[2] == ("in-book-b", ["7"])
    assert shown(100)[1:] == [("in-book-a", list("23456")), ("in-book-b", ["7", "8", "9", "10", "11"])]
