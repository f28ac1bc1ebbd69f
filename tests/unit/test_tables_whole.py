"""Tables of units whole: the roster that comes of one, and all that is told of what is wrong with it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.compact import Coded, Texts
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.unit_table import UnitTable
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.references import References
from cyclekit.reading.tables import read_table
from tests.telling import whole

#: Columns by their names, the first unit on row 5; and what is told of them.
COLUMNS: list[tuple[dict[str, list[str]], list[str]]] = [
    ({"code": ["a"]}, ["missing-key sheet-without-ids 1:1 suggestion=code"]),
    ({"x": ["a"], "编号": ["b"]}, ["missing-key sheet-without-ids 1:1 suggestion=编号"]),
    (
        {"x": ["a"], "ids": ["b"]},
        [
            "missing-key sheet-without-ids 1:1 suggestion=ids",
            "attribute-near-key attribute-near-key 1:2 key=ids suggestion=id",
        ],
    ),
    ({"kind": ["a"]}, ["missing-key sheet-without-ids 1:1"]),
    ({"x": ["a"], "Unit": ["b"]}, ["missing-key sheet-without-ids 1:1 suggestion=Unit"]),
    ({"id": ["a"], "title:en": ["b"], "name:en": ["c"], "name:EN": ["d"]}, []),
    ({"id": ["a", "b"], "calendar": ["XX", "XX"]}, ["unknown-reference unknown-calendar 5:2 name=XX"]),
    ({"id": []}, ["empty sheet-without-rows 1:1"]),
    ({"id": ["a"], "children": ["b"]}, ["unknown-key sheet-children 1:2"]),
    (
        {"id": ["a"], "kind": ["x"], "children": ["b"], "under": ["y"]},
        ["unknown-key sheet-children 1:3", "unknown-key reserved-attribute 1:4 key=under"],
    ),
    ({"id": ["a"], "under": ["b"]}, ["unknown-key reserved-attribute 1:2 key=under"]),
    ({"id": ["a"], "tag": ["b"]}, ["unknown-key reserved-attribute 1:2 key=tag suggestion=tags"]),
    ({"id": ["a"], "except": ["b"]}, ["unknown-key reserved-attribute 1:2 key=except"]),
    ({"id": ["a"], "knid": ["b"]}, ["attribute-near-key attribute-near-key 1:2 key=knid suggestion=kind"]),
    ({"id": ["a"], "名称": ["b"]}, ["attribute-near-key attribute-near-key 1:2 key=名称 suggestion=name"]),
    ({"id": ["a"], "region": ["b"]}, []),
    ({"id": ["a"], "name": ["A"], "name:en": ["A"]}, ["conflict conflict 1:3 first=name second=name:en"]),
    ({"id": ["a"], "name:en": ["A"], "name": ["A"]}, ["conflict conflict 1:3 first=name:en second=name"]),
    ({"id": ["a"], "name:english": ["A"]}, ["bad-value bad-language 1:2 text=english"]),
    ({"id": ["a"], "name:zh_CN": ["A"]}, ["bad-value bad-language 1:2 text=zh_CN suggestion=zh-CN"]),
    ({"id": ["a"], "\u200bx": ["b"]}, ["invisible-char invisible-char 1:2 char=U+200B ZERO WIDTH SPACE"]),
    ({"id": ["a"], "x\u200b": ["b"]}, ["invisible-char invisible-char 1:2 char=U+200B ZERO WIDTH SPACE"]),
    ({"id": ["a"], " x": ["b"]}, ["bad-value bad-column 1:2 text= x"]),
    ({"id": ["a"], "": ["b"]}, ["bad-value bad-column 1:2"]),
    ({"id": ["a"], "x ": ["b"]}, ["bad-value bad-column 1:2 text=x "]),
    (
        {"id": ["a", "", "b", "", ""]},
        [
            "missing-key missing-key 6:1 key=id what=unit",
            "missing-key missing-key 8:1 key=id what=unit",
            "missing-key missing-key 9:1 key=id what=unit",
        ],
    ),
    ({"id": ["a", "b c", "-"]}, ["bad-id bad-id 6:1 text=b c", "bad-id bad-id 7:1 text=-"]),
    (
        {"id": ["a", "CON", "b.con", "lpt9", "com1.x"]},
        ["bad-id device-id 6:1 text=CON", "bad-id device-id 8:1 text=lpt9", "bad-id device-id 9:1 text=com1.x"],
    ),
    ({"id": ["a", "b", "a"]}, ["duplicate-id duplicate-unit 7:1 id=a other=a < 5:1"]),
    (
        {"id": ["b", "a", "c", "a", "b"]},
        ["duplicate-id duplicate-unit 8:1 id=a other=a < 6:1", "duplicate-id duplicate-unit 9:1 id=b other=b < 5:1"],
    ),
    ({"id": ["A", "b", "a"]}, ["duplicate-id case-twins 7:1 id=a other=A < 5:1"]),
    (
        {"id": ["a", "A", "b", "B"]},
        ["duplicate-id case-twins 6:1 id=A other=a < 5:1", "duplicate-id case-twins 8:1 id=B other=b < 7:1"],
    ),
    ({"id": ["a", "everyone"]}, ["bad-id reserved-id 6:1 text=everyone"]),
    ({"id": ["everyone", "all", "none", "unit"]}, ["bad-id reserved-id 5:1 text=everyone"]),
    ({"id": ["a", "b"], "parent": ["", "c"]}, ["unknown-reference unknown-unit 6:2 name=c"]),
    (
        {"id": ["north", "b", "c"], "parent": ["", "nort", "nort"]},
        ["unknown-reference unknown-unit 6:2 name=nort suggestion=north"],
    ),
    ({"id": ["a", "b", "c"], "parent": ["b", "c", "b"]}, ["cycle cycle-of-units 6:2 loop=b → c → b"]),
    ({"id": ["a", "b", "c"], "parent": ["", "a", "a"]}, []),
    ({"id": ["a", "b"], "parent": ["", ""]}, []),
    (
        {"id": ["a", "b", "c"], "name": ["A", "B\u200b", "C\x07"]},
        ["invisible-char invisible-char 6:2 char=U+200B ZERO WIDTH SPACE", "control-char control-char 7:2 char=U+0007"],
    ),
    ({"id": ["a", "b"], "region": ["x", "\x07"]}, ["control-char control-char 6:2 char=U+0007"]),
    ({"id": ["a", "b"], "region": ["x", "\ufffd"]}, []),
    ({"id": ["a", "b"], "name": ["x", "y\ufffd"]}, []),
    ({"id": ["a", "b", "c"], "calendar": ["", "XX", "XX"]}, ["unknown-reference unknown-calendar 6:2 name=XX"]),
    ({"id": ["a", "b"], "calendar": ["", "weekdays"]}, []),
    (
        {"id": ["a", "b"], "calendar": ["", "weekday"]},
        ["unknown-reference unknown-calendar 6:2 name=weekday suggestion=weekdays"],
    ),
    (
        {"id": ["a", "b"], "timezone": ["", "Beijing"]},
        ["unknown-reference unknown-timezone 6:2 name=Beijing suggestion=Asia/Shanghai"],
    ),
    (
        {"id": ["a", "b"], "timezone": ["", "Asia/Shangha"]},
        ["unknown-reference unknown-timezone 6:2 name=Asia/Shangha suggestion=Asia/Shanghai"],
    ),
    ({"id": ["a", "b"], "year_start": ["04-01", "13-01"]}, ["bad-date date-month-day 6:2 text=13-01"]),
    ({"id": ["a", "b"], "year_start": ["", "02-29"]}, ["bad-date year-start-leap 6:2 text=02-29"]),
    ({"id": ["a", "b"], "active": ["2019..", "2019..2021;2020.."]}, ["conflict overlapping-spans 6:2"]),
    ({"id": ["a", "b"], "active": ["", "x;2020.."]}, ["bad-date date-form 6:2 text=x"]),
    ({"id": ["a", "b"], "active": ["", "2019,2020"]}, ["bad-value sheet-commas 6:2 suggestion=2019;2020"]),
    ({"id": ["a", "b", "c"], "tags": ["x", "y，z, w", "y，z, w"]}, ["bad-value sheet-commas 6:2 suggestion=y;z;w"]),
    ({"id": ["a", "b"], "tags": ["x", "x;;y"]}, ["empty empty 6:2 field=tags optional=tags"]),
    ({"id": ["a", "b"], "tags": ["x", "x\x07"]}, ["control-char control-char 6:2 char=U+0007"]),
    ({"id": ["a", "b"], "kind": ["x", "y\u200b"]}, ["invisible-char invisible-char 6:2 char=U+200B ZERO WIDTH SPACE"]),
    ({"id": ["a", "b"], "kind": ["unit", ""]}, []),
]
WAYS: dict[str, Callable[[list[str]], Sequence[str]]] = {"list": list, "by number": Coded.of, "in a row": Texts.of}


def read(
    columns: Mapping[str, list[str]], way: str = "list", limits: Limits = Limits()
) -> tuple[Roster | None, list[str]]:
    """The roster of a table with these columns, and what is told of it."""
    held = [WAYS[way](texts) for texts in columns.values()]
    table = UnitTable("t", list(columns), held, range(5, 5 + len(held[0])))
    zones = ("Asia/Shanghai", "Europe/Berlin")
    roster, found = read_table(table, References(Surroundings(timezones=lambda: zones)), limits)
    assert (roster is None) == any(each.is_error for each in found)
    assert {each.place.file for each in found} <= {"t"}
    return roster, whole(found)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_told_of_a_table(way: str) -> None:
    """Each fault once, at the first row that has it, with the values of its words, however texts are held."""
    assert [(columns, read(columns, way)[1]) for columns, _ in COLUMNS] == COLUMNS


@pytest.mark.parametrize("way", WAYS)
def test_limits_are_told_with_what_was_found(way: str) -> None:
    """The bound, the setting that raises it, and how much there was; at the bound itself nothing is told."""
    limits = Limits(text=4, table_units=1000)
    many = {"id": [f"u{number}" for number in range(1001)]}
    assert read(many, way, limits)[1] == ["limit limit 1005:1 what=units limit=1,000 setting=table_units"]
    assert read({"id": many["id"][:1000]}, way, limits)[1] == []
    for field in ("name", "kind", "region"):
        assert read({"id": ["a", "b"], field: ["1234", "12345"]}, way, limits)[1] == [
            "limit limit-text 6:2 limit=4 setting=text found=5"
        ]


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_of_a_table(way: str) -> None:
    """Every field of every unit, and attributes, with nothing where a cell is empty."""
    roster, told = read(
        {
            "id": ["a", "b", "C"],
            "kind": ["x", "", "y"],
            "region": ["", "z", ""],
            "title:en": ["t", "", ""],
            "name:zh": ["甲", "", ""],
            "name:en": ["A", "", "See"],
            "tags": ["p；q、 r", "", "p"],
            "active": ["2019..2021; 2023..", "", "..2022-05"],
            "timezone": ["Europe/Berlin", "", ""],
            "year_start": ["04-01", "", "02-28"],
            "calendar": ["weekdays", "", ""],
            "parent": ["C", "", "b"],
        },
        way,
    )
    assert told == []
    assert roster is not None
    assert list(roster.ids) == ["a", "b", "C"]
    assert [each.parts for each in roster.names] == [(("zh", "甲"), ("en", "A")), (("", "b"),), (("en", "See"),)]
    assert list(roster.kinds) == ["x", None, "y"]
    assert list(roster.parents) == [2, NO_PARENT, 1]
    assert list(roster.tags) == [frozenset("pqr"), frozenset(), frozenset("p")]
    assert list(roster.calendars) == ["weekdays", None, None]
    assert list(roster.timezones) == ["Europe/Berlin", None, None]
    assert list(roster.year_starts) == [YearStart(4, 1), None, YearStart(2, 28)]
    assert [tuple(spans) for spans in roster.active] == [
        (Bounds(dt.date(2019, 1, 1), dt.date(2021, 12, 31)), Bounds(dt.date(2023, 1, 1), None)),
        (),
        (Bounds(None, dt.date(2022, 5, 31)),),
    ]
    assert {name: list(texts) for name, texts in roster.attributes.items()} == {
        "region": [None, "z", None],
        "title:en": ["t", None, None],
    }
    assert [roster.ids[roster[name].number] for name in ("C", "a", "b")] == ["C", "a", "b"]


@pytest.mark.parametrize("way", WAYS)
def test_columns_that_are_left_out(way: str) -> None:
    """Ids alone give units without anything else, called by their ids; so is one whose name is empty."""
    roster, told = read({"id": ["b", "a"]}, way)
    assert told == []
    assert roster is not None
    assert [each.parts for each in roster.names] == [(("", "b"),), (("", "a"),)]
    assert list(roster.kinds) == list(roster.calendars) == list(roster.timezones) == [None, None]
    assert list(roster.year_starts) == [None, None]
    assert list(roster.parents) == [NO_PARENT, NO_PARENT]
    assert [set(each) for each in roster.tags] == [set(), set()]
    assert [tuple(each) for each in roster.active] == [(), ()]
    assert dict(roster.attributes) == {}
    named, told = read({"id": ["b", "a"], "name": ["B", ""], "parent": ["", ""]}, way)
    assert told == []
    assert named is not None
    assert list(named.names) == [Text.of("B"), Text.of("a")]
    assert list(named.parents) == [NO_PARENT, NO_PARENT]
