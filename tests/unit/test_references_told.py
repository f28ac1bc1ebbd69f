"""What is told of calendars, time zones, units and obligations that a file names, and of what it says of them."""

import pytest

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.limits import Limits
from tests.unit.pointed import Told, expected, read

HEAD = "cyclekit: 1\nid: demo\n"
TAIL = "obligations: {a: {every: year}, b: {every: month}}\n"

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
    "defaults that absorb what is not there, told once": (
        "defaults: {absorbs: ‹report›}\n",
        [("unknown-reference unknown-obligation", {"name": "report"})],
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
    file = read(marked, limits=Limits(calendars=2))
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
    file = read(marked, limits=Limits(obligations=3))
    assert list(file.diagnostics) == expected(marked, told)
    assert (file.rulebook is None) == bool(told)


#: Calendars of a file's own: of two names on one day, built on another, and of no names.
OWN = """\
calendars:
  shop: {base: CN, closed: {05-08: founding day; jubilee (estimated), 05-09: holiday of the shop}}
  deep: {any_of: [weekdays, shop]}
  bare: {base: US}
"""
NAMES = "中秋节, jubilee, Mid-Autumn, founding day, holiday of the shop"
#: The fields of an obligation that names a holiday, and what is told of it.
HOLIDAYS: dict[str, tuple[str, list[Told]]] = {
    **{
        f"{name} in {calendar}": (
            f"calendar: {calendar}, due: {{holiday: {name}}}",
            [],
        )
        for calendar, name in (
            ("CN", "中秋节"),
            ("CN", "Mid-Autumn"),
            ("shop", "jubilee"),
            ("shop", "founding day"),
            ("deep", "founding day"),
            ("deep", "中秋节"),
        )
    },
    **{
        f"{name} in {calendar}, which has no such day": (
            f"calendar: {calendar}, due: {{holiday: ‹{name}›}}",
            [
                (
                    "unknown-reference unknown-holiday",
                    {
                        "name": name,
                        "calendar": calendar,
                        **({"suggestion": meant} if meant else {}),
                        **({"expected": names} if names else {}),
                    },
                )
            ],
        )
        for calendar, name, meant, names in (
            ("CN", "Mid-Autum", "Mid-Autumn", "中秋节, Mid-Autumn"),
            ("CN", "founding day", "", "中秋节, Mid-Autumn"),
            ("US", "Mid-Autumn", "", ""),
            ("weekdays", "Mid-Autumn", "", ""),
            ("bare", "Mid-Autumn", "", ""),
            ("shop", "founding dya", "founding day", NAMES),
            ("deep", "jubilee (estimated)", "", NAMES),
        )
    },
    "a holiday that the calendars of all units have": (
        "applies_to: [north, east], calendar: unit, due: {holiday: 中秋节}",
        [],
    ),
    "a holiday that the calendar of one unit lacks": (
        "applies_to: [north, west], calendar: unit, due: {holiday: ‹中秋节›}",
        [("unknown-reference unknown-holiday", {"name": "中秋节", "calendar": "US"})],
    ),
    "a holiday that the calendar of the file lacks, which some unit follows": (
        "applies_to: [north, south], due: {holiday: ‹中秋节›}",
        [("unknown-reference unknown-holiday", {"name": "中秋节", "calendar": "US"})],
    ),
    "a holiday of the calendar that stands beside it": (
        "applies_to: [north, south], due: {holiday: 中秋节, calendar: CN}",
        [],
    ),
}


@pytest.mark.parametrize("case", HOLIDAYS)
def test_a_holiday_is_one_of_every_calendar_that_may_count(case: str) -> None:
    """By any of its names; of a calendar built on others it has those of all of them."""
    fields, told = HOLIDAYS[case]
    units = "[{id: north, calendar: CN}, {id: east, calendar: shop}, {id: west, calendar: US}, {id: south}]"
    marked = f"{HEAD}calendar: US\n{OWN}units: {units}\nobligations: {{a: {{every: year, {fields}}}}}\n"
    file = read(marked)
    assert list(file.diagnostics) == expected(marked, told)


@pytest.mark.parametrize("calendar", ["shop", "deep"])
def test_holidays_of_a_calendar_that_cannot_be_read(calendar: str) -> None:
    """They are not known, and so none is refused: of the calendar alone it is told."""
    own = OWN.replace("05-08: founding day; jubilee (estimated)", "‹05-32›: founding day")
    marked = f"{HEAD}{own}obligations: {{a: {{every: year, calendar: {calendar}, due: {{holiday: jubilee}}}}}}\n"
    assert [(each.code, each.place) for each in read(marked).diagnostics] == [
        (each.code, each.place) for each in expected(marked, [("bad-date", {})])
    ]


@pytest.mark.parametrize("calendar", ["recess", "above", "plain", "CN"])
def test_a_calendar_for_adding_days(calendar: str) -> None:
    """It counts where it suspends days or stands in place of one that does; where none does it does nothing."""
    recess = "recess: {base: CN, suspended: 12-21..01-07}, above: {base: recess}, "
    rules = f"obligations: {{a: {{every: year, due: {{add: 10 days, calendar: {calendar}}}}}}}\n"
    assert read(f"{HEAD}calendars: {{{recess}plain: {{base: CN}}}}\n{rules}").diagnostics == ()
    if calendar not in recess:
        found = read(f"{HEAD}calendars: {{plain: {{base: CN}}}}\n{rules}").diagnostics
        assert [each.message for each in found] == ["idle-calendar"]


#: What is told of the fields of an obligation where the unit that they are about is not there, by its message.
ECHOES = {
    "unknown-who": "applies_to: branch",
    "unknown-person": "lead: north",
    "unknown-attribute": "applies_to: {region: east}",
    "unknown-value": "applies_to: {kind: branch}",
    "unknown-unit": "expect: {owed_by: {north: 12}}",
    "nobody-left": "applies_to: hq, except: hq",
    "nobody-matched": "applies_to: hq, changes: {units: west, kind: x}",
    "lead-outside": "applies_to: hq, jointly: true, lead: west",
}


@pytest.mark.parametrize("message", ECHOES)
def test_what_follows_from_a_unit_that_cannot_be_read(message: str) -> None:
    """It is told where all units are there; where one is not, it may be the one that is meant."""
    rest = f"{{id: hq}}, {{id: west, kind: other}}]\nobligations: {{a: {{every: month, {ECHOES[message]}}}}}\n"
    assert [each.message for each in read(f"{HEAD}units: [{rest}").diagnostics] == [message]
    marked = f"{HEAD}units: [{{id: ‹'north '›, kind: branch, region: east}}, {rest}"
    assert list(read(marked).diagnostics) == expected(marked, [("bad-id", {"text": "north "})])
