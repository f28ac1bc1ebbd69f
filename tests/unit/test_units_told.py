"""What is told of units and of where they come from: each diagnostic whole."""

import datetime as dt

import attrs
import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.model.roster import NO_PARENT
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.rulebook import RuleFile
from cyclekit.reading.source import Source
from tests.unit.pointed import ZONES, Calendars, Told, expected, read

HEAD = "cyclekit: 1\nid: demo\n"
TAIL = "obligations: {a: {every: year}}\n"


#: What stands behind ``units:``, with ‹marks› around the places that are told of and «marks» around those shown too.
UNITS: dict[str, tuple[str, list[Told]]] = {
    "ids that mean something else": (
        "[{id: ‹everyone›}, {id: ‹parent›}]",
        [("bad-id reserved-id", {"text": "everyone"}), ("bad-id reserved-id", {"text": "parent"})],
    ),
    "an id twice": (
        "[{id: «north»}, {id: south}, {id: ‹north›}]",
        [("duplicate-id duplicate-unit «»", {"id": "north", "other": "north"})],
    ),
    "ids that differ in case": (
        "[{id: «North»}, {id: ‹nOrth›}]",
        [("duplicate-id case-twins «»", {"id": "nOrth", "other": "North"})],
    ),
    "an id twice, far below": (
        "[{id: hq, children: [{id: «north», children: {id: ‹NORTH›}}]}]",
        [("duplicate-id case-twins «»", {"id": "NORTH", "other": "north"})],
    ),
    "attributes that are words of selectors": (
        "[{id: hq, ‹tag›: x, ‹except›: y, ‹under›: z}]",
        [
            ("unknown-key reserved-attribute", {"key": "tag", "suggestion": "tags"}),
            ("unknown-key reserved-attribute", {"key": "except"}),
            ("unknown-key reserved-attribute", {"key": "under"}),
        ],
    ),
    "attributes that are nearly fields, each said once": (
        "[{id: hq, ‹名称›: 总, ‹parant›: x, colour: red}, {id: north, 名称: 北, ‹Kind›: y, 颜色: 红}]",
        [
            ("attribute-near-key", {"key": "名称", "suggestion": "name"}),
            ("attribute-near-key", {"key": "parant", "suggestion": "parent"}),
            ("attribute-near-key", {"key": "Kind", "suggestion": "kind"}),
        ],
    ),
    "a parent and children": (
        "[{id: hq, parent: top, ‹children›: [{id: north}]}, {id: top}]",
        [("conflict", {"first": "parent", "second": "children"})],
    ),
    "children and a parent": (
        "[{id: hq, children: [{id: north}], ‹parent›: top}, {id: top}]",
        [("conflict", {"first": "children", "second": "parent"})],
    ),
    "a parent of what stands below another": (
        "[{id: hq, children: [{id: north, ‹parent›: top}]}, {id: top}]",
        [("conflict", {"first": "children", "second": "parent"})],
    ),
    "a parent that is not there": (
        "[{id: north}, {id: a, parent: ‹nroth›}, {id: b, parent: ‹headquarters›}]",
        [
            ("unknown-reference unknown-unit", {"name": "nroth", "suggestion": "north"}),
            ("unknown-reference unknown-unit", {"name": "headquarters"}),
        ],
    ),
    "a parent whose id cannot be read": (
        "[{id: ‹'north '›}, {id: a, parent: north}]",
        [("bad-id", {"text": "north "})],
    ),
    "a parent whose id means something else": (
        "[{id: ‹parent›}, {id: a, parent: parent}]",
        [("bad-id reserved-id", {"text": "parent"})],
    ),
    "a parent that is not there, beside a unit of which something else cannot be read": (
        "[{id: a, parent: ‹north›, url: ‹[›x]}]",
        [
            ("unknown-reference unknown-unit", {"name": "north"}),
            ("wrong-type expected-text", {"field": "url", "found": "list"}),
        ],
    ),
    "units below themselves": (
        "[{id: a, parent: b}, {id: b, parent: ‹d›}, {id: c, parent: b}, {id: d, parent: b}, {id: e, parent: ‹e›}]",
        [("cycle cycle-of-units", {"loop": "b → d → b"}), ("cycle cycle-of-units", {"loop": "e → e"})],
    ),
    "three in a circle, the first of which stands last in it": (
        "[{id: top}, {id: x, parent: ‹z›}, {id: y, parent: x}, {id: z, parent: y}, {id: w, parent: top}]",
        [("cycle cycle-of-units", {"loop": "x → z → y → x"})],
    ),
    "calendars and time zones that are not there": (
        "[{id: a, calendar: CN, timezone: Europe/Berlin}, {id: b, calendar: ‹cn›, timezone: ‹Europe/Brelin›}]",
        [
            ("unknown-reference unknown-calendar", {"name": "cn", "suggestion": "CN"}),
            ("unknown-reference unknown-timezone", {"name": "Europe/Brelin", "suggestion": "Europe/Berlin"}),
        ],
    ),
    "spans that share a day": (
        "[{id: a, active: [2019..2021, ‹2021-12-31..›, ‹2023›]}]",
        [("conflict overlapping-spans", {}), ("conflict overlapping-spans", {})],
    ),
    "spans of which the last shares days with both before it": (
        "[{id: a, active: [2019, 2021, ‹2019-12-31..2021-01-01›]}]",
        [("conflict overlapping-spans", {})],
    ),
    "spans side by side": ("[{id: a, active: [2019..2021, 2022.., ..2018]}]", []),
    "too many": (
        "‹[›{id: a}, {id: b}, {id: c}, {id: d}, {id: e}, {id: f}, {id: g}]",
        [
            ("limit", {"what": "units", "limit": "6", "setting": "inline_units"}),
        ],
    ),
}


@pytest.mark.parametrize("case", UNITS)
def test_units_that_cannot_be_taken(case: str) -> None:
    """What is told where it stands, with all that its words need."""
    units, told = UNITS[case]
    marked = f"{HEAD}units: {units}\n{TAIL}"
    file = read(marked, limits=Limits(inline_units=6))
    assert list(file.diagnostics) == expected(marked, told)
    assert (file.rulebook is None) == any(each.is_error for each in file.diagnostics)


def sheet(name: str, text: str, *problems: Diagnostic) -> Surroundings:
    """Surroundings with one file of units."""
    found = (Source(name, text), list(problems))
    return Surroundings(Calendars(), lambda: ZONES, units_file=lambda asked: found if asked == name else None)


def of_units(name: str, around: Surroundings) -> RuleFile:
    """What becomes of a file whose units are elsewhere, and which names two of them."""
    return read(f"{HEAD}units: {name}\nobligations: {{a: {{every: year, applies_to: north, lead: south}}}}\n", around)


def ids(file: RuleFile) -> list[str]:
    """The ids of the units."""
    assert file.rulebook is not None, file.diagnostics
    return list(file.rulebook.roster.ids)


BROKEN = Diagnostic("encoding", "encoding", Place("offices.csv", 2, 4), {"name": "GBK"})
CSV = "id,parent,calendar\nhq,,\nnorth,hq,CN\nsouth,hq,\n"
YAML = "- {id: hq, children: [{id: north, calendar: CN}, {id: south}]}\n"
#: The file of units, its text, and what is told of it: message, line, column and width, values.
ELSEWHERE: dict[str, tuple[str, str, list[tuple[str, tuple[int, int, int], dict[str, str]]]]] = {
    "a sheet": ("offices.csv", CSV, []),
    "a list": ("offices.units.yaml", YAML, []),
    "a sheet with a parent that is not there": (
        "offices.csv",
        CSV.replace("south,hq", "south,hh"),
        [("unknown-unit", (4, 7, 2), {"name": "hh"})],
    ),
    "a sheet with a calendar that is not there": (
        "offices.csv",
        CSV.replace("CN", "cn"),
        [("unknown-calendar", (3, 10, 2), {"name": "cn", "suggestion": "CN"})],
    ),
    "a sheet in which a row that others name is left out": (
        "offices.csv",
        'id,parent,calendar\nsouth,,\n"hq,,\nnorth,hq,cn\n',
        [
            ("sheet-quotes", (3, 1, 1), {}),
            ("unknown-calendar", (4, 10, 2), {"name": "cn", "suggestion": "CN"}),
        ],
    ),
    "a list that is a word": (
        "offices.units.yaml",
        "hq\n",
        [("expected-mapping", (1, 1, 2), {"field": "units", "found": "text", "meant": "{id: hq}"})],
    ),
    "a list in which the unit that others name cannot be read": (
        "offices.units.yaml",
        "- {id: h q}\n- {id: north, parent: hq}\n",
        [("bad-id", (1, 8, 3), {"text": "h q"})],
    ),
    "a list that is no YAML": (
        "offices.units.yaml",
        "- {id: north\n",
        [("bracket-open", (1, 3, 1), {"char": "{"})],
    ),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_units_in_a_file_of_their_own(case: str) -> None:
    """What is wrong is told in that file, and what follows from it in the rule file is not; both can be shown."""
    name, text, told = ELSEWHERE[case]
    file = of_units(name, sheet(name, text))
    assert [(each.message, each.place, dict(each.values)) for each in file.diagnostics] == [
        (message, Place(name, *place), values) for message, place, values in told
    ]
    assert [source.name for source in file.sources] == ["demo.yaml", name]
    if told:
        assert file.rulebook is None
    else:
        assert ids(file) == ["hq", "north", "south"]
        assert file.rulebook is not None
        assert list(file.rulebook.roster.calendars) == [None, "CN", None]
        assert list(file.rulebook.roster.parents) == [-1, 0, 0]


def test_octets_of_a_sheet_that_are_no_text() -> None:
    """The form is named in which a spreadsheet has to save it; a list in YAML has no such form."""
    for name, form in (("offices.csv", {"sheet": "CSV UTF-8"}), ("offices.units.yaml", {})):
        file = of_units(name, sheet(name, CSV, BROKEN))
        assert [(each.place, dict(each.values)) for each in file.diagnostics] == [
            (BROKEN.place, {"name": "GBK", **form})
        ]
        assert file.rulebook is None


TABLE = UnitTable("offices.xlsx", ["id", "parent"], [["hq", "north", "south"], ["", "hq", "hq"]], [2, 3, 4])


@pytest.mark.parametrize("name", ["offices.xlsx", "offices.parquet", "{sql: SELECT 1, url_env: OFFICES}"])
def test_units_in_a_table(name: str) -> None:
    """A workbook, columns in a file and what a database gives become units; a refusal is told where it belongs."""

    def around(found: UnitTable | Refusal) -> Surroundings:
        def query(sql: str, url_env: str) -> UnitTable | Refusal:
            assert (sql, url_env) == ("SELECT 1", "OFFICES")
            return found

        return Surroundings(units_table=lambda asked: found if asked == name else None, units_query=query)

    assert ids(of_units(name, around(TABLE))) == ["hq", "north", "south"]
    whole = Refusal("missing-file", "no-address", {"name": "OFFICES"})
    here = Place("demo.yaml", 3, 8, 1 if name.startswith("{") else len(name))
    assert of_units(name, around(whole)).diagnostics == (Diagnostic("missing-file", "no-address", here, whole.values),)
    cell = Refusal("bad-value", "bad-amount", {"text": "x"}, "offices.xlsx", 3, 2)
    there = Place("offices.xlsx", 3, 2)
    assert of_units(name, around(cell)).diagnostics == (Diagnostic("bad-value", "bad-amount", there, cell.values),)
    wrong = UnitTable("offices.xlsx", ["id", "parent"], [["hq", "north"], ["", "h"]], [2, 3])
    told = Diagnostic("unknown-reference", "unknown-unit", Place("offices.xlsx", 3, 2), {"name": "h"})
    assert of_units(name, around(wrong)).diagnostics == (told,)


def test_what_units_say() -> None:
    """Each column has what stands under each unit, and nothing where nothing does."""
    units = (
        "[{id: hq, name: {en: Head, zh: 总}, kind: head, tags: [a, b], calendar: CN, timezone: Asia/Shanghai, "
        "year_start: 04-06, active: [..2024, 2026..], size: big}, {id: north, parent: hq, colour: red, tags: b}]"
    )
    book = read(f"{HEAD}units: {units}\n{TAIL}").rulebook
    assert book is not None
    roster = book.roster
    assert list(roster.ids) == ["hq", "north"]
    assert [each.name.parts for each in roster] == [(("en", "Head"), ("zh", "总")), (("", "north"),)]
    assert (list(roster.kinds), list(roster.parents)) == (["head", None], [NO_PARENT, 0])
    assert list(roster.tags) == [{"a", "b"}, {"b"}]
    assert (list(roster.calendars), list(roster.timezones)) == (["CN", None], ["Asia/Shanghai", None])
    assert list(roster.year_starts) == [YearStart(4, 6), None]
    until, since = Bounds(None, dt.date(2024, 12, 31)), Bounds(dt.date(2026, 1, 1), None)
    assert [tuple(spans) for spans in roster.active] == [(until, since), ()]
    assert {name: list(values) for name, values in roster.attributes.items()} == {
        "size": ["big", None],
        "colour": [None, "red"],
    }


def test_as_many_as_there_may_be() -> None:
    """A file at its limits is read, and one beyond any of them is not."""
    text = f"{HEAD}calendars: {{x: {{base: CN}}, y: {{base: US}}}}\nunits: [{{id: a}}, {{id: b}}, {{id: c}}]\n"
    text += "obligations: {a: {every: year, applies_to: a, lead: b}}\n"
    at = Limits(calendars=2, inline_units=3, obligations=1)
    assert read(text, limits=at).diagnostics == ()
    for name in ("calendars", "inline_units", "obligations"):
        below = attrs.evolve(at, **{name: getattr(at, name) - 1})
        assert [each.values["setting"] for each in read(text, limits=below).diagnostics] == [name]
