"""Where the fields of a rule file stand, by obligation and field, as what is found out later asks for them."""

import pytest

from cyclekit.diagnostics import Place
from cyclekit.reading.places import Places
from tests.unit.pointed import HERE, places, read

#: A file in which each ‹mark› is the place of one name below, in this order.
MARKED = """\
cyclekit: 1
id: ‹demo›
title: {zh: 示例, en: Example}
calendars: {‹court›: {base: weekdays}, ‹shop›: {base: weekdays}}
units:
  - {id: ‹hq›, children: [{id: ‹north›, children: {id: ‹pole›}}]}
  - {id: ‹south›, name: South}
ignore: {‹month-end-unwritten›: the last day is meant}
obligations:
  ‹report›:
    title: ‹Report›
    ‹every›: ‹quarter›
    due:
      - ‹day›: ‹20›
        opens: {day: ‹1›}
      - {day: 25}
    ‹ignore›: {‹same-duty›: "yes", ‹anchor-far›: meant}
    changes: [‹{›‹from›: ‹2027›, kind: ‹x›}, ‹{›units: ‹[›north], due: [{day: 1}, {day: ‹2›}]}]
    exceptions: {‹2026Q2›: {waived: ‹x›}, ‹2026Q3#2›: {due: 2026-10-01}}
  ‹plain›: {every: half_year, due: ‹{›by_period: {‹H1›: {day: 1}, ‹H2›: {day: ‹2›}}}}
  ‹listed›: {dates: {‹a›: 2026-01-01, ‹b›: 2026-02-01}}
"""
NAMES: list[tuple[str, str] | None] = [
    ("", "id"),
    ("", "calendars.court"),
    ("", "calendars.shop"),
    *[None] * 5,
    ("report", ""),
    ("report", "title"),
    ("report", "every:"),
    ("report", "every"),
    ("report", "due#1.day:"),
    ("report", "due#1.day"),
    ("report", "due#1.opens#1.day"),
    ("report", "ignore:"),
    None,
    None,
    ("report", "changes#1"),
    ("report", "changes#1.from:"),
    ("report", "changes#1.from"),
    ("report", "changes#1.kind"),
    ("report", "changes#2"),
    ("report", "changes#2.units"),
    ("report", "changes#2.due#2.day"),
    ("report", "exceptions.2026Q2"),
    None,
    ("report", "exceptions.2026Q3#2"),
    ("plain", ""),
    ("plain", "due"),
    ("plain", "due#1.by_period.H1"),
    ("plain", "due#1.by_period.H2"),
    None,
    ("listed", ""),
    ("listed", "dates.a"),
    ("listed", "dates.b"),
]
FOUND = places(MARKED, HERE)


@pytest.fixture(scope="module")
def of_file() -> Places:
    """The places of the file above."""
    file = read(MARKED)
    assert file.rulebook is not None, file.diagnostics
    return file.places


@pytest.mark.parametrize(("name", "place"), [each for each in zip(NAMES, FOUND, strict=True) if each[0]], ids=str)
def test_the_place_of_a_field(of_file: Places, name: tuple[str, str], place: Place) -> None:
    """Line, column and width of its value, of its key where the name ends in a colon, or of a label."""
    assert of_file[name] == place


@pytest.mark.parametrize(
    "name",
    [
        ("", "title:"),
        ("", "calendar"),
        ("", "calendars.plant"),
        ("other", ""),
        ("other", "due"),
        ("report", "closes"),
        ("report", "closes:"),
        ("report", "due#3"),
        ("report", "due#1.closes"),
        ("report", "changes#3.from"),
        ("report", "quota#1"),
        ("report", "exceptions.2026Q4"),
        ("report", "dates.a"),
        ("plain", "due#2.by_period.H1"),
    ],
)
def test_what_is_not_written_has_no_place(of_file: Places, name: tuple[str, str]) -> None:
    """It is not in the mapping, and whoever asks is told its name."""
    assert name not in of_file
    with pytest.raises(KeyError) as missing:
        of_file[name]
    assert missing.value.args == (name,)


def test_what_the_places_are_of(of_file: Places) -> None:
    """The obligations in their order, the units wherever they stand, changes by number, and what is not told."""
    assert (list(of_file), len(of_file)) == ([("report", ""), ("plain", ""), ("listed", "")], 3)
    assert of_file.file == "demo.yaml"
    units = {unit: node.place("demo.yaml") for unit, node in of_file.units().items()}
    assert list(units.items()) == list(zip(("hq", "north", "pole", "south"), FOUND[3:7], strict=True))
    assert {number: list(fields) for number, fields in of_file.changes("report").items()} == {
        1: ["from", "kind"],
        2: ["units", "due"],
    }
    assert (of_file.changes("plain"), of_file.changes("other")) == ({}, {})
    ignored = [(owner, entry.key.place("demo.yaml"), entry.value) for owner, entry in of_file.ignored()]
    assert ignored == [
        ("", FOUND[7], "the last day is meant"),
        ("report", FOUND[16], "yes"),
        ("report", FOUND[17], "meant"),
    ]


@pytest.mark.parametrize(
    ("line", "column", "owner"),
    [
        (9, 1, None),
        (10, 2, None),
        (10, 3, "report"),
        (12, 5, "report"),
        (19, 46, "report"),
        (19, 55, "report"),
        (19, 56, None),
        (20, 2, None),
        (20, 3, "plain"),
        (20, 71, "plain"),
        (20, 72, None),
        (21, 3, "listed"),
        (22, 1, None),
        (99, 1, None),
    ],
)
def test_whose_a_place_is(of_file: Places, line: int, column: int, owner: str | None) -> None:
    """An obligation's, from its id to where its last part begins."""
    assert of_file.owner(Place("demo.yaml", line, column)) == owner
    assert of_file.owner(Place("other.yaml", line, column)) is None


def test_where_obligations_begin_and_end(of_file: Places) -> None:
    """At the id, and at the last of the parts, however deep it lies."""
    begun = {owner: of_file.extent(owner)[0] for owner, _ in of_file}
    assert begun == {owner: (of_file[owner, ""].line, of_file[owner, ""].column) for owner, _ in of_file}
    assert of_file.extent("plain")[1] == (FOUND[-4].line, FOUND[-4].column)
    last = read(
        "cyclekit: 1\nid: demo\nobligations: {a: {every: month, tags: [x, [y], z]}, b: {every: year, due: {}}}\n"
    )
    assert last.places.extent("a") == ((3, 15), (3, 48))
    assert last.places.extent("b") == ((3, 53), (3, 75))


def test_a_file_that_says_nothing() -> None:
    """It has no places, and no owner of any."""
    for file in (read("[]\n"), read("cyclekit: 1\n")):
        nothing = file.places
        assert (list(nothing), len(nothing), list(nothing.ignored()), nothing.units()) == ([], 0, [], {})
        assert nothing.owner(Place(nothing.file, 1, 1)) is None
        assert ("", "id") not in nothing
        assert ("", "calendars.a") not in nothing


@pytest.mark.parametrize("units", ["offices.csv", "{sql: SELECT 1, url_env: OFFICES}"])
def test_units_that_are_elsewhere(units: str) -> None:
    """They have no place in the rule file."""
    assert read(f"cyclekit: 1\nid: demo\nunits: {units}\nobligations: {{a: {{every: year}}}}\n").places.units() == {}
