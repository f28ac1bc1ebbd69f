"""What is told of units, of what refers to them, and of where they come from: each diagnostic whole."""

import pytest

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.fields import SHAPES
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.rulebook import RuleFile
from cyclekit.reading.source import Source
from tests.unit.marked import ZONES, Told, expected, read

HEAD = "cyclekit: 1\nid: demo\n"
TAIL = "obligations: {a: {every: year}}\n"


class Calendars:
    """Two calendars, one with a holiday."""

    def knows(self, code: str) -> bool:
        """CN and US, in capitals."""
        return code in ("CN", "US")

    def near(self, code: str) -> str:
        """The same in capitals."""
        return code.upper() if self.knows(code.upper()) else ""

    def holiday_names(self, code: str) -> frozenset[str]:
        """Mid-Autumn in China, in two languages."""
        return frozenset({"中秋节", "Mid-Autumn"} if code == "CN" else ())


AROUND = Surroundings(Calendars(), timezones=lambda: ZONES)

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
    file = read(marked, AROUND, limits=Limits(inline_units=6))
    assert list(file.diagnostics) == expected(marked, told)
    assert (file.rulebook is None) == any(each.is_error for each in file.diagnostics)


#: What stands in a file before its obligations, and what is told of it.
OF_FILE: dict[str, tuple[str, list[Told]]] = {
    **{
        f"the time zone {zone}": (
            f"timezone: ‹{zone}›\n",
            [("unknown-reference unknown-timezone", {"name": zone.strip("'"), "suggestion": meant})],
        )
        for zone, meant in {
            "Asia/Beijing": "Asia/Shanghai",
            "Asia/Shangai": "Asia/Shanghai",
            "UTC+8": "Asia/Shanghai",
            "GMT+8": "Asia/Shanghai",
            "UTC+08": "Asia/Shanghai",
            "'+08:00'": "Asia/Shanghai",
            "UTC +8": "Asia/Shanghai",
            "北京时间": "Asia/Shanghai",
            "Europe/Belin": "Europe/Berlin",
        }.items()
    },
    "a time zone that is like none": (
        "timezone: ‹Mars›\n",
        [("unknown-reference unknown-timezone", {"name": "Mars"})],
    ),
    "a calendar that is nearly one that needs no data": (
        "calendar: ‹weekday›\n",
        [("unknown-reference unknown-calendar", {"name": "weekday", "suggestion": "weekdays"})],
    ),
    "a calendar that is nearly one of its own": (
        "calendar: ‹ofice›\ncalendars: {office: {base: CN}}\n",
        [("unknown-reference unknown-calendar", {"name": "ofice", "suggestion": "office"})],
    ),
    "a calendar that is like none": (
        "calendar: ‹mars›\n",
        [("unknown-reference unknown-calendar", {"name": "mars"})],
    ),
    "a unit's calendar, where there is no unit": (
        "calendar: ‹unit›\n",
        [("unknown-reference unknown-calendar", {"name": "unit"})],
    ),
    "a file that begins after it ends": (
        "until: 2025\nfrom: ‹2026›\n",
        [("empty-range empty-bounds", {})],
    ),
    "a file that ends before it begins": (
        "from: 2026\nuntil: ‹2025›\n",
        [("empty-range empty-bounds", {})],
    ),
    "a file whose calendar cannot be read": (
        "calendar: ‹[›CN]\ndefaults: {adjust: following}\n",
        [
            ("wrong-type expected-text", {"field": "calendar", "found": "list"}),
        ],
    ),
    "a file with a key that may be its calendar": (
        "‹calender›: CN\ndefaults: {adjust: following}\n",
        [
            (
                "unknown-key",
                {
                    "key": "calender",
                    "what": "file",
                    "suggestion": "calendar",
                    "expected": ", ".join(field.name for field in SHAPES["file"]),
                },
            ),
        ],
    ),
    "too many calendars": (
        "calendars: {a: {base: CN}, b: {base: CN}, ‹c›: {base: CN}, d: {base: CN}}\n",
        [("limit", {"what": "calendars", "limit": "2", "setting": "calendars"})],
    ),
    "a sheet that is not there": ("units: ‹offices.csv›\n", [("missing-file", {"name": "offices.csv"})]),
    "a list that is not there": ("units: ‹a.units.yaml›\n", [("missing-file", {"name": "a.units.yaml"})]),
    "a workbook that is not there": ("units: ‹offices.xlsx›\n", [("missing-file", {"name": "offices.xlsx"})]),
    "a table that is not there": ("units: ‹offices.parquet›\n", [("missing-file", {"name": "offices.parquet"})]),
    "a query without an address": (
        "units: ‹{›sql: SELECT 1, url_env: OFFICES}\n",
        [("missing-file no-address", {"name": "OFFICES"})],
    ),
}


@pytest.mark.parametrize("case", OF_FILE)
def test_what_a_file_says_of_itself(case: str) -> None:
    """What is told of the world that it names; what follows from that in its obligations is not told."""
    fields, told = OF_FILE[case]
    marked = f"{HEAD}{fields}obligations: {{a: {{every: year, applies_to: north, lead: south}}}}\n"
    if "units" not in fields:
        marked = f"{HEAD}{fields}{TAIL}"
    file = read(marked, AROUND, limits=Limits(calendars=2))
    assert list(file.diagnostics) == expected(marked, told)
    assert file.rulebook is None


#: Obligations of a file with the units ``hq`` (head), ``north`` and ``south`` (branches).
OBLIGATIONS: dict[str, tuple[str, list[Told]]] = {
    "receivers and leads that are not there": (
        "a: {every: year, report_to: [parent, hq, ‹nroth›, 'The Board', ‹The Board›], lead: ‹suoth›}",
        [
            ("unknown-reference unknown-person", {"name": "nroth", "suggestion": "north"}),
            ("unknown-reference unknown-person", {"name": "The Board"}),
            ("unknown-reference unknown-person", {"name": "suoth", "suggestion": "south"}),
        ],
    ),
    "a lead that does not owe it": (
        "a: {every: year, applies_to: branch, jointly: true, lead: ‹hq›}",
        [("unknown-reference lead-outside", {"name": "hq"})],
    ),
    "a lead in words, who owes nothing": (
        "a: {every: year, applies_to: branch, jointly: true, lead: ‹'The Board'›}",
        [("unknown-reference lead-outside", {"name": "The Board"})],
    ),
    "nobody who leads": (
        "a: {every: year, ‹jointly›: true}",
        [("missing-key", {"key": "lead", "what": "jointly"})],
    ),
    "nobody who can be read leads": (
        "a: {every: year, jointly: true, lead: ‹[›hq]}",
        [("wrong-type expected-text", {"field": "lead", "found": "list"})],
    ),
    "jointly written as false": ("a: {every: year, jointly: ‹false›}", [("no-effect jointly-false", {})]),
    "each earlier than the next, all together": (
        "a: {every: year, jointly: true, lead: hq, ‹cascade›: 3 days}",
        [("no-effect", {"key": "cascade", "what": "jointly"})],
    ),
    "the calendar of units that have none": (
        "a: {every: year, calendar: ‹unit›}",
        [("missing-key no-unit-calendar", {"key": "calendar"})],
    ),
    "the calendar of units of which some have none": (
        "a: {every: year, applies_to: [north, south], calendar: ‹unit›}",
        [("missing-key no-unit-calendar", {"key": "calendar"})],
    ),
    "a calendar that is not there": (
        "a: {every: year, calendar: ‹cn›}",
        [("unknown-reference unknown-calendar", {"name": "cn", "suggestion": "CN"})],
    ),
    "a convention for dates that are written out": (
        "a: {dates: {x: 2026-01-01}, calendar: CN, ‹adjust›: following}",
        [("no-effect", {"key": "adjust", "what": "dates"})],
    ),
    "left-out stubs of what has no bounds": (
        "a: {every: year, ‹stub›: drop}",
        [("no-effect stub-without-bounds", {"key": "stub"})],
    ),
    "a quota of nothing in particular": (
        "a: {every: year, quota: [‹{›of: reports}]}",
        [("missing-key missing-amount", {"expected": "at_least, at_most, exactly"})],
    ),
    "a quota of which nothing can be read": (
        "a: {every: year, quota: {at_least: ‹few›}}",
        [("bad-value bad-amount", {"text": "few"})],
    ),
    "a quota that is exact, and more": (
        "a: {every: year, quota: [{exactly: 3, ‹at_most›: 5}, {at_least: 2, ‹exactly›: 3}]}",
        [
            ("conflict", {"first": "exactly", "second": "at_most"}),
            ("conflict", {"first": "at_least", "second": "exactly"}),
        ],
    ),
    "a quota of at least nothing": (
        "a: {every: year, quota: {‹at_least›: 0, at_most: 5}}",
        [("no-effect at-least-nothing", {})],
    ),
    "quotas that cannot be met": (
        "a: {every: year, quota: [{at_least: 5, at_most: ‹4›}, {at_most: 10 %, at_least: ‹11 %›}]}",
        [("conflict impossible-quota", {}), ("conflict impossible-quota", {})],
    ),
    "quotas that can": ("a: {every: year, quota: [{at_least: 5, at_most: 5}, {at_most: 10, at_least: 11 %}]}", []),
    "absorbing what is not there, or twice": (
        "a: {every: year, absorbs: [report, ‹report›, ‹reprot›]}\n  report: {every: year}",
        [
            ("conflict position-twice", {"text": "report"}),
            ("unknown-reference unknown-obligation", {"name": "reprot", "suggestion": "report"}),
        ],
    ),
    "absorbing in a circle": (
        "a: {every: year, absorbs: c}\n  b: {every: year, absorbs: ‹c›}\n  c: {every: year, absorbs: b}",
        [("cycle cycle-of-absorbs", {"loop": "b → c → b"})],
    ),
    "absorbing itself by a change": (
        "a: {every: year, changes: {from: 2027, absorbs: ‹a›}}",
        [("cycle cycle-of-absorbs", {"loop": "a → a"})],
    ),
    "waiting in a circle": (
        "c: {upon: a}\n  a: {upon: ‹b›}\n  b: {upon: {obligation: a}}",
        [("cycle cycle-of-triggers", {"loop": "a → b → a"})],
    ),
    "what is never to fall on one day": (
        (
            "a: {every: year, expect: {never_with: [‹a›, ‹reprot›, report]}}\n"
            "  report: {every: year, changes: {from: 2027, expect: {never_with: ‹report›}}}"
        ),
        [
            ("unknown-reference unknown-obligation", {"name": "a"}),
            ("unknown-reference unknown-obligation", {"name": "reprot", "suggestion": "report"}),
            ("unknown-reference unknown-obligation", {"name": "report"}),
        ],
    ),
    "too many": (
        "a: {every: year}\n  b: {every: year}\n  c: {every: year}\n  ‹d›: {upon: nothing}\n  e: {every: year}",
        [("limit", {"what": "obligations", "limit": "3", "setting": "obligations"})],
    ),
}


@pytest.mark.parametrize("case", OBLIGATIONS)
def test_what_an_obligation_says_of_others(case: str) -> None:
    """Units, calendars and other obligations that it names, and what it says of them together."""
    obligations, told = OBLIGATIONS[case]
    units = "[{id: hq, kind: head}, {id: north, kind: branch, calendar: CN}, {id: south, kind: branch}]"
    marked = f"{HEAD}units: {units}\nobligations:\n  {obligations}\n"
    file = read(marked, AROUND, limits=Limits(obligations=3))
    assert list(file.diagnostics) == expected(marked, told)
    assert (file.rulebook is None) == bool(told)


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
