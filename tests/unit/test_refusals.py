"""What rule files are refused for, each mistake by its place; and what stands beside a mistake and is right."""

import datetime as dt

import pytest

from cyclekit.civil.labels import read_span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.diagnostics import Diagnostic
from cyclekit.engine.expand import expand
from cyclekit.model.event import Event
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source
from cyclekit.words.messages import headline, help_text

#: Units with a calendar of the file's; the obligation `a` follows.
HEAD = """\
cyclekit: 1
id: demo
calendar: weekdays
units:
  - {id: hq, name: 总公司, kind: head}
  - {id: sh, name: 上海公司, kind: branch, parent: hq, tags: [coast]}
  - {id: bj, name: 北京公司, kind: branch, parent: hq, active: [..2024]}
obligations:
  a:
"""
#: The same without any calendar.
BARE = HEAD.replace("calendar: weekdays\n", "")


def read(text: str) -> RuleFile:
    """What becomes of a rule file's text."""
    zones = ("Asia/Shanghai", "Europe/Berlin")
    return read_rule_file(Source("demo.yaml", text), Surroundings(timezones=lambda: zones))


def under(head: str, fields: str) -> str:
    """A file with one obligation of these fields."""
    return head + "".join(f"    {line}\n" for line in fields.splitlines())


def without_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its ``^`` marks, and the line and column of what stands behind each."""
    places: list[tuple[int, int]] = []
    lines: list[str] = []
    for number, line in enumerate(marked.split("\n"), 1):
        plain = ""
        for part in line.split("^")[:-1]:
            plain += part
            places.append((number, len(plain) + 1))
        lines.append(plain + line.split("^")[-1])
    return "\n".join(lines), places


def told(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    """Code, line and column of each."""
    return [(each.code, each.place.line, each.place.column) for each in diagnostics]


#: The fields of an obligation, with ``^`` before what has to be changed, and the code for it.
WRONG = {
    "a month beside within": ("every: quarter\ndue: {day: 3, month: first, ^within: period}", "conflict"),
    "by_period in a list": ("every: quarter\ndue: [{^by_period: {Q1: {day: 1}}}]", "conflict"),
    "a clock time beside hours": (
        "upon: {event: incident}\ndue: {add: 24 hours, ^time: '17:00'}",
        "conflict",
    ),
    "an anchor beside by_period": (
        "every: half_year\ndue: {day: 3, ^by_period: {H1: {day: 1}, H2: {day: 2}}}",
        "conflict",
    ),
    "by_period of a cycle without positions": (
        "every: 10 days\norigin: 2026-01-01\ndue: {by_period: {^Q1: {day: 1}}}",
        "bad-value",
    ),
    "by_period of another cycle": (
        "every: half_year\ndue: {by_period: {H1: {day: 1}, H2: {day: 1}, ^Q3: {day: 2}}}",
        "bad-value",
    ),
    "an opening that cannot be read": ("every: month\nopens: {day: ^32}\ndue: {day: 3}", "out-of-range"),
    "a closing that cannot be read": ("every: month\ncloses: {day: ^32}\ndue: {day: 3}", "out-of-range"),
    "two anchors in an opening": ("every: month\nopens: {day: 1, ^weekday: fri}\ndue: {day: 3}", "conflict"),
    "two anchors in a closing": ("every: month\ncloses: {day: 1, ^date: 03-01}\ndue: {day: 3}", "conflict"),
    "two anchors in a list's opening": (
        "every: month\ndue: [{day: 3, opens: {day: 1, ^date: 03-01}}]",
        "conflict",
    ),
    "two shifts": ("every: month\ndue: {add: 1 day, ^include: 2 working days}", "conflict"),
    "a step without a verb": ("every: month\ndue: {then: [^{calendar: weekdays}]}", "missing-key"),
    "a calendar for a step that asks none": (
        "every: month\ndue: {then: [{add: 1 month, ^calendar: weekdays}]}",
        "no-effect",
    ),
    "a calendar for a move to a weekday": (
        "every: month\ndue: {then: [{move_to: {after: fri}, ^calendar: weekdays}]}",
        "no-effect",
    ),
    "a calendar for an adjusting that does none": (
        "every: month\ndue: {then: [{adjust: none, ^calendar: weekdays}]}",
        "no-effect",
    ),
    "hours without a trigger": ("every: month\ndue: {add: ^3 hours}", "conflict"),
    "an extension without an opening": ("every: month\ndue: {^extend: {run: 3, by: days}}", "missing-key"),
    "two moves in one": ("every: month\ndue: {move_to: {after: fri, ^before: mon}}", "conflict"),
    "one target twice": ("every: month\ndue: {move_to: {after: [fri, mon, ^fri]}}", "conflict"),
    "two anchors in a target": ("every: month\ndue: {move_to: {after: {day: 3, ^working_day: 1}}}", "conflict"),
    "no anchor in a target": ("every: month\ndue: {move_to: {after: ^{month: 3}}}", "missing-key"),
    "a weekday without its number in a target": (
        "every: month\ndue: {move_to: {after: {^weekday: fri}}}",
        "missing-key",
    ),
    "a number beside a day in a target": ("every: month\ndue: {move_to: {after: {day: 3, ^nth: 1}}}", "conflict"),
    "a day of a target that no month has": ("every: month\ndue: {move_to: {after: {day: ^32}}}", "out-of-range"),
    "an exception for units that are not there then": (
        "every: month\nexceptions: {2025-03: {waived: x, units: ^bj}}",
        "unknown-reference",
    ),
    "a number of a due date that there is not": (
        "every: month\nexceptions: {^2026-03#2: {waived: x}}",
        "unknown-reference",
    ),
    "an exception to no day": ("every: month\nexceptions: {2026-03: {due: ^2026-02-30}}", "bad-date"),
    "an exception for nobody": (
        "every: month\nexceptions: {2026-03: {waived: x, units: ^nobody}}",
        "unknown-reference",
    ),
    "a clock time of what is waived": (
        "every: month\nexceptions: {2026-03: {waived: x, ^time: '17:00'}}",
        "no-effect",
    ),
    "an exception that names an event by no id": (
        "upon: {event: incident}\nexceptions: {^An event: {waived: x}}",
        "bad-id",
    ),
    "an exception of another label than once": (
        "once: 2026-03\nexceptions: {^2026-03: {waived: x}}",
        "unknown-reference",
    ),
    "an exception of a label that no date has": (
        "dates: {kick: 2026-04-01, 2026Q3: 2026-07-05}\nexceptions: {^2026Q4: {waived: x}, 2026-07..09: {waived: y}}",
        "unknown-reference",
    ),
    "an exception of a label that is none": (
        "dates: {kick: 2026-04-01}\nexceptions: {^kck: {waived: x}}",
        "unknown-reference",
    ),
    "a change that changes nothing, before one that does": (
        "every: month\nkind: x\nchanges: [^{from: 2026-01, units: sh, kind: x}, {from: 2026-02, units: sh, tags: y}]",
        "no-effect",
    ),
    "two changes for the same units": (
        "every: month\nchanges: [{units: sh, kind: x}, {units: ^sh, tags: y}]",
        "conflict",
    ),
    "a second due date of what is once": ("once: 2026-03\nexceptions: {^once#2: {waived: x}}", "unknown-reference"),
    "an exception of what waits for a standing duty": (
        "upon: ^c\nexceptions: {2026: {waived: x}}",
        "never-fires",
    ),
    "an exception of a standing duty": ("standing: true\n^exceptions: {2026: {waived: x}}", "no-effect"),
    "a cascade of what is owed together": (
        "every: month\njointly: true\nlead: hq\n^cascade: 3 days",
        "no-effect",
    ),
    "jointly written as false": ("every: month\njointly: ^false", "no-effect"),
    "a quota of nothing": ("every: month\nquota: ^{of: reports}", "missing-key"),
    "a year's name without its beginning": ("every: month\n^year_named: last", "no-effect"),
    "a year's beginning for weeks": ("every: week\n^year_start: 04-01", "no-effect"),
    "a year that begins on the leap day": ("every: year\nyear_start: ^02-29", "bad-date"),
    "a block of text for a word": ("every: ^|\n  month", "yaml-feature"),
    "an opening that is a number": ("every: month\nopens: ^1", "wrong-type"),
    "a due date that is a day of the year": ("every: year\ndue: ^03-31", "wrong-type"),
    "a due date that is a phrase": ("every: year\ndue: ^by the end", "wrong-type"),
    "one absorbed twice": ("every: year\nabsorbs: [b, ^b]", "conflict"),
    "never with itself": ("every: year\nexpect: {never_with: ^a}", "unknown-reference"),
    "never with what is not there": ("every: year\nexpect: {never_with: [b, ^bb]}", "unknown-reference"),
    "a tag that nobody has": ("every: year\napplies_to: {tag: ^coost}", "unknown-reference"),
    "a kind that nobody has": ("every: year\napplies_to: {kind: ^branche}", "unknown-reference"),
    "a change of what is once, from a day on": (
        "once: 2026-03\nchanges: {^from: 2026-06-01, once: 2026-07}",
        "no-effect",
    ),
    "a list of due dates for once": ("once: 2026-03\ndue: ^[{add: 1 day}]", "wrong-type"),
    "by_period for once": ("once: 2026-03\ndue: {^by_period: {Q1: {add: 1 day}}}", "conflict"),
    "standing written as false": ("standing: ^false", "no-effect"),
    "a reminder of a standing duty": ("standing: true\n^remind: 3 days", "no-effect"),
    "upon a standing duty": ("upon: ^c", "never-fires"),
    "several dates upon several": ("upon: d\n^due: [{add: 1 day}, {add: 2 days}]", "conflict"),
    "hours after dates of which one has no time": ("upon: d\ndue: {add: ^2 hours}", "conflict"),
    "a blank at the end of a kind": ("every: month\nkind: ^'report '", "bad-value"),
    "an attribute without a value": ("every: month\napplies_to: {^hq: }", "unknown-reference"),
}
OTHERS = """\
  b: {every: month}
  c: {standing: true}
  d: {every: month, due: [{day: 3, time: "17:00"}, {day: 5}]}
"""
WITHOUT_CALENDAR = {
    "a holiday without a calendar": ("every: year\ndue: {holiday: ^Christmas Day}", "missing-key"),
    "a unit's calendar without one": ("every: month\ncalendar: ^unit", "missing-key"),
    "a unit's calendar for a due date": (
        "every: month\ndue: {adjust: following, calendar: ^unit}",
        "missing-key",
    ),
    "a default convention": ("every: month\nadjust: ^following", "missing-key"),
    "an adjusting": ("every: month\ndue: {then: [{adjust: ^following}]}", "missing-key"),
    "working days": ("every: month\ndue: {add: ^3 working days}", "missing-key"),
    "a working day to move to": ("every: month\ndue: {move_to: {after: {working_day: ^1}}}", "missing-key"),
    "an inclusion": ("every: month\ndue: {include: ^2 working days}", "missing-key"),
}
CASES = {
    **{name: (HEAD, *case) for name, case in WRONG.items()},
    **{f"{name}, and no calendar": (BARE, *case) for name, case in WITHOUT_CALENDAR.items()},
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_where_it_stands(case: str) -> None:
    """Once, with its code, at the line and column of what has to be changed; in English and in Chinese."""
    head, fields, code = CASES[case]
    text, places = without_marks(under(head, fields) + OTHERS)
    file = read(text)
    assert told(file.diagnostics) == [(code, *place) for place in places]
    assert file.rulebook is None
    for each in file.diagnostics:
        assert headline(each)
        assert headline(each, "zh") != headline(each)
        assert help_text(each, "zh") or not help_text(each)


#: Whole files, with ``^`` before what has to be changed.
FILES = {
    "a cycle that begins with no letter": ("{head}    every: ^(month)\n", "bad-value"),
    "a parent of a unit that stands below one": (
        (
            "cyclekit: 1\nid: demo\nunits: [{id: a, children: [{id: b, ^parent: c}]}, {id: c}]\n"
            "obligations: {a: {every: year}}\n"
        ),
        "conflict",
    ),
    "both directions at once": (
        (
            "cyclekit: 1\nid: demo\nunits: [{id: a, parent: c, ^children: [{id: b}]}, {id: c}]\n"
            "obligations: {a: {every: year}}\n"
        ),
        "conflict",
    ),
    "a unit that is called like a kind": (
        (
            "cyclekit: 1\nid: demo\nunits: [{id: north}, {id: b, kind: north}]\n"
            "obligations: {a: {every: year, applies_to: ^north}}\n"
        ),
        "conflict",
    ),
    "a holiday of weekdays alone": (
        "cyclekit: 1\nid: demo\ncalendar: weekdays\nobligations: {a: {every: year, due: {holiday: ^Christmas Day}}}\n",
        "unknown-reference",
    ),
    "hours after dates without a clock time": (
        (
            "cyclekit: 1\nid: demo\nobligations:\n"
            "  a: {every: month, due: {day: 3}}\n  b: {upon: a, due: {add: ^2 hours}}\n"
        ),
        "conflict",
    ),
    "several dates upon several, at the third remove": (
        (
            "cyclekit: 1\nid: demo\nobligations:\n"
            "  a: {every: month, due: [{day: 3}, {day: 5}], changes: {from: 2027, due: [{day: 4}, {day: 6}]}}\n"
            "  b: {upon: a}\n  c: {upon: b, ^due: [{add: 1 day}, {add: 2 days}]}\n"
        ),
        "conflict",
    ),
    "two that fire each other, each with several dates": (
        (
            "cyclekit: 1\nid: demo\nobligations:\n  a: {upon: ^b}\n  b: {upon: a}\n"
            "  c: {upon: a, due: [{add: 1 day}, {add: 2 days}]}\n"
        ),
        "cycle",
    ),
    "an exception of what waits for nothing that there is": (
        "cyclekit: 1\nid: demo\nobligations: {a: {upon: ^b, exceptions: {2026-05: {waived: x}}}}\n",
        "unknown-reference",
    ),
    "an exception of a month that no year has": (
        "cyclekit: 1\nid: demo\nobligations: {a: {every: month, exceptions: {^2026-13: {waived: x}}}}\n",
        "bad-date",
    ),
    "a label that is in two years, before and after": (
        (
            "cyclekit: 1\nid: demo\nobligations:\n  a:\n    every: year\n    year_start: 04-01\n"
            "    changes: [{from: ^2026-07-01, year_start: 07-01}]\n"
        ),
        "conflict",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_mistake_of_a_file_is_told_where_it_stands(case: str) -> None:
    """Once, with its code, at the line and column of what has to be changed."""
    marked, code = FILES[case]
    text, places = without_marks(marked.replace("{head}", HEAD))
    file = read(text)
    assert told(file.diagnostics) == [(code, *place) for place in places]
    assert file.rulebook is None


#: Fields of obligations that are rare and right, a horizon, and what is due in it.
RIGHT = {
    "events moved by id and by day": (
        (
            "  a:\n    upon: {event: incident}\n    due: {add: 3 days}\n"
            "    exceptions: {i-7: {due: 2026-06-20}, 2026-05-02: {waived: false alarm}}\n"
        ),
        "2026",
        ["a 2026-05-02 2026-05-05 waived", "a i-7 2026-06-20 scheduled"],
    ),
    "standing, changed for some": (
        "  a: {standing: true, kind: x, changes: {units: sh, kind: y}}\n",
        "2026",
        [],
    ),
    "upon what is once, with another due date later": (
        "  a: {once: 2026-03}\n  b: {upon: a, due: {add: 3 days}, changes: {from: 2027-01-01, due: {add: 5 days}}}\n",
        "2026",
        ["a once 2026-03-31 scheduled", "b once 2026-04-03 scheduled"],
    ),
    "the year of each unit, moved by its name": (
        "  a: {every: year, year_start: unit, exceptions: {FY2026: {due: 2027-05-05}}}\n",
        "2027",
        ["a FY2026 2027-05-05 scheduled"],
    ),
    "hours after dates that all have a clock time": (
        (
            "  a: {every: month, from: 2026-03, until: 2026-03, due: {day: 3, time: '17:00'}}\n"
            "  b: {upon: a, due: {add: 24 hours}}\n"
        ),
        "2026",
        ["a 2026-03 2026-03-03 scheduled", "b 2026-03 2026-03-04 scheduled"],
    ),
    "hours after listed dates with a clock time each": (
        "  a: {dates: {x: {date: 2026-03-03, time: '17:00'}}}\n  b: {upon: a, due: {add: 24 hours}}\n",
        "2026",
        ["a x 2026-03-03 scheduled", "b x 2026-03-04 scheduled"],
    ),
    "several dates upon one that waits for another": (
        "  a: {once: 2026-03}\n  b: {upon: a}\n  c: {upon: b, due: [{add: 1 day}, {add: 2 days}]}\n",
        "2026",
        [
            "a once 2026-03-31 scheduled",
            "b once 2026-03-31 scheduled",
            "c once 2026-04-01 scheduled",
            "c once 2026-04-02 scheduled",
        ],
    ),
    "a calendar for a step that includes working days": (
        "  a: {once: 2026-03-06, due: {then: [{include: 2 working days, calendar: weekdays}]}}\n",
        "2026",
        ["a once 2026-03-10 scheduled"],
    ),
    "a calendar for a move to a working day": (
        "  a: {once: 2026-03-06, due: {then: [{move_to: {after: {working_day: 1}}, calendar: weekdays}]}}\n",
        "2026",
        ["a once 2026-04-01 scheduled"],
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_rare_and_right_is_read(case: str) -> None:
    """No diagnostic, and the dates that the words say."""
    obligations, horizon, expected = RIGHT[case]
    units = "units: [{id: sh, year_start: 04-01}]\n" if "unit" in obligations or "sh" in obligations else ""
    file = read(f"cyclekit: 1\nid: demo\n{units}obligations:\n{obligations}")
    assert told(file.diagnostics) == []
    assert file.rulebook is not None
    events = {"incident": [Event(dt.date(2026, 5, 2)), Event(dt.date(2026, 5, 9), "i-7")]}
    waits = events if "incident" in obligations else {}
    weekdays = {
        "weekdays": WorkingCalendar("weekdays", dt.date(2020, 1, 1).toordinal(), dt.date(2030, 1, 1).toordinal())
    }
    found = expand(file.rulebook, read_span(horizon), weekdays, events=waits)
    assert [f"{each.key.obligation} {each.period} {each.due} {each.status.value}" for each in found] == expected


def test_changes_may_meet_in_pairs() -> None:
    """Each of three makes a difference: Shanghai takes two of them, Beijing the other two."""
    fields = "every: month\nchanges: [{units: sh, kind: x}, {units: branch, tags: t}, {units: bj, kind: y}]"
    file = read(under(HEAD, fields))
    assert told(file.diagnostics) == []
    assert file.rulebook is not None
    forms = [(change.result.kind, change.result.tags) for change in file.rulebook["a"].changes]
    assert sorted(forms) == [("x", ("t",)), ("y", ("t",))]
