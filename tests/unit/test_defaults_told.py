"""Defaults: what an obligation takes of them is what it would say itself, and what it cannot use it does not take."""

import datetime as dt

import pytest

from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Ahead, Amount, Lag, Obligation, Quota, Source
from cyclekit.model.text import Text
from cyclekit.model.timing import Standing
from tests.unit.pointed import Told, expected, read

HEAD = "cyclekit: 1\nid: demo\ncalendar: CN\nunits: [{id: hq, kind: head}, {id: north, kind: branch}]\n"


def obligation(fields: str, defaults: str = "", others: str = "") -> Obligation:
    """The obligation of some fields in a file with these defaults, beside others."""
    said = f"defaults: {{{defaults}}}\n" if defaults else ""
    file = read(f"{HEAD}{said}obligations: {{a: {{{fields}}}{others}}}\n")
    assert file.diagnostics == ()
    assert file.rulebook is not None
    return file.rulebook["a"]


LISTED = "every: {periods: {spring: 2026-01..06, autumn: 2026-09..12}}"
RULE = "every: {rrule: FREQ=MONTHLY, start: 2026-01-31}"
#: Defaults, the fields of an obligation, and what it says together with what it takes of the defaults.
TAKEN: dict[str, tuple[str, str, str]] = {
    **{
        f"{each}, of the defaults": (each, "every: month, due: {day: 5}", f"every: month, due: {{day: 5}}, {each}")
        for each in (
            "kind: report",
            "tags: [a, b]",
            "applies_to: branch",
            "except: north",
            "lead: hq",
            "jointly: true, lead: hq",
            "report_to: [hq, 'The Board']",
            "deliver: [plan, roster]",
            "quota: [{at_least: 2, of: reports}, {at_most: 10 %}]",
            "remind: [3 days, 2 working days]",
            "notes: {en: Two copies, zh: 两份}",
            "url: https://example.org",
            "source: {document: Act 7, page: '12'}",
            "from: 2026-03",
            "until: 2027",
            "opens: {day: 1}",
            "closes: {add: 3 days}",
            "time: '17:00'",
            "adjust: following",
            "calendar: US",
            "cascade: 3 working days",
            "changes: [{from: 2027, kind: x}]",
            "exceptions: {2026-03: {waived: x}}",
            "expect: {per_year: 12}",
            "only: [3, 6]",
            "skip: [8]",
            "year_start: 04-01",
            "stub: drop, from: 2026-01-15",
        )
    },
    "a due date": ("due: {day: 5}", "every: month", "every: month, due: {day: 5}"),
    "a due date of which there is one": ("due: {day: 5}", "every: month, due: {day: 7}", "every: month, due: {day: 7}"),
    "a due date, for what is once": ("due: {day: 5}", "once: 2026-03", "once: 2026-03"),
    "a due date, for dates": ("due: {day: 5}", "dates: {x: 2026-03-01}", "dates: {x: 2026-03-01}"),
    "a convention, for dates": ("adjust: following", "dates: {x: 2026-03-01}", "dates: {x: 2026-03-01}"),
    "positions, for what is once": ("only: Q1, year_start: 04-01, stub: drop", "once: 2026-03", "once: 2026-03"),
    "positions, for weeks": ("only: Q1, year_start: 04-01", "every: week", "every: week"),
    "positions, for a rule": ("only: Q1, stub: drop, year_named: last", RULE, RULE),
    "positions, for periods": ("only: Q1, year_start: 04-01", LISTED, LISTED),
    "positions, for quarters": ("only: Q1", "every: quarter", "every: quarter, only: Q1"),
    "stubs left out, for weeks": (
        "only: Q1, stub: drop",
        "every: week, from: 2026-01-15",
        "every: week, from: 2026-01-15, stub: drop",
    ),
    "stubs left out, for periods": (
        "only: Q1, stub: drop",
        f"{LISTED}, from: 2026-02",
        f"{LISTED}, from: 2026-02, stub: drop",
    ),
    "changes from a period on, for what is once": (
        "changes: [{from: 2027, kind: x}]",
        "once: 2026-03",
        "once: 2026-03",
    ),
    "changes from a period on, for what stands": (
        "changes: [{units: hq, kind: x}, {from: 2027, kind: y}]",
        "standing: true",
        "standing: true",
    ),
    "changes of some units, for what is once": (
        "changes: [{units: hq, kind: x}]",
        "once: 2026-03",
        "once: 2026-03, changes: [{units: hq, kind: x}]",
    ),
    "changes of some units, for what stands": (
        "changes: [{units: hq, kind: x}]",
        "standing: true",
        "standing: true, changes: [{units: hq, kind: x}]",
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_taken_of_the_defaults(case: str) -> None:
    """The same obligation as where it stands in its own fields."""
    defaults, fields, whole = TAKEN[case]
    assert obligation(fields, defaults) == obligation(whole)


def test_what_stands_takes_what_it_may_not_say_itself() -> None:
    """Defaults that speak of dates do not keep a standing duty from being one."""
    dated = "due: {day: 5}, time: '17:00', remind: 3 days, cascade: 3 days, calendar: US, from: 2026, adjust: following"
    found = obligation("standing: true, kind: x", dated)
    assert (found.timing, found.kind, found.bounds) == (Standing(), "x", Bounds())


#: Defaults and the fields of an obligation, with ‹marks› around the places that are told of.
REFUSED: dict[str, tuple[str, str, list[Told]]] = {
    "what it says itself, and nobody can read": (
        "tags: a, kind: b",
        "every: month, tags: [‹[›c]], kind: ‹{›d: e}",
        [
            ("wrong-type expected-list-in-list", {"field": "tags", "found": "list"}),
            ("wrong-type expected-text", {"field": "kind", "found": "mapping"}),
        ],
    ),
    "positions that do not fit, told where they stand": (
        "only: ‹Q1›",
        "every: month",
        [
            (
                "bad-value position-of-other-cycle",
                {"text": "Q1", "expected": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"},
            )
        ],
    ),
    "an idle key of its own": (
        "kind: x",
        "once: 2026-03, ‹only›: Q1",
        [("no-effect", {"key": "only", "what": "once"})],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_told_of_defaults(case: str) -> None:
    """Once, and where it stands, whichever obligations take it."""
    defaults, fields, told = REFUSED[case]
    marked = f"{HEAD}defaults: {{{defaults}}}\nobligations: {{a: {{{fields}}}, b: {{standing: true}}}}\n"
    assert list(read(marked).diagnostics) == expected(marked, told)


#: A field of an obligation, the part of its value that it makes, and what that is then; before, what it is without.
SAID: dict[str, tuple[str, object, object]] = {
    "kind: report": ("kind", None, "report"),
    "tags: [a, b]": ("tags", (), ("a", "b")),
    "jointly: true, lead: hq": ("jointly", False, True),
    "lead: hq": ("lead", None, "hq"),
    "report_to: [hq, parent]": ("report_to", (), ("hq", "parent")),
    "deliver: [plan, roster]": ("deliver", (), ("plan", "roster")),
    "quota: {at_least: 2}": ("quota", (), (Quota(Amount(2), None, None, None),)),
    "quota: {at_most: 9, at_least: 2}": ("quota", (), (Quota(Amount(2), Amount(9), None, None),)),
    "quota: {exactly: 3, of: letters}": ("quota", (), (Quota(None, None, Amount(3), Text.of("letters")),)),
    "remind: [3 days, 2 working days]": ("remind", (), (Ahead(3), Ahead(2, working=True))),
    "notes: Two copies": ("notes", None, Text.of("Two copies")),
    "title: Report": ("title", Text.of("a"), Text.of("Report")),
    "url: https://example.org": ("url", "", "https://example.org"),
    "source: Act 7": ("source", None, Source("Act 7")),
    "from: 2026-03": ("bounds", Bounds(), Bounds(dt.date(2026, 3, 1), None)),
    "until: 2027": ("bounds", Bounds(), Bounds(None, dt.date(2027, 12, 31))),
    "calendar: US": ("calendar", None, "US"),
    "cascade: 3 days": ("cascade", None, Lag(3)),
    "cascade: 2 working days": ("cascade", None, Lag(2, working=True)),
    "absorbs: b": ("absorbs", (), ("b",)),
}


@pytest.mark.parametrize("field", SAID)
def test_what_an_obligation_says(field: str) -> None:
    """Each field has its part of the value, by itself and by the defaults, and nothing else makes it."""
    name, without, value = SAID[field]
    always = "every: month, due: {working_day: 5}"
    others = ", b: {every: year}"
    assert getattr(obligation(always, others=others), name) == without
    assert getattr(obligation(f"{always}, {field}", others=others), name) == value
    # Titles are not shared, and an obligation that all absorb would absorb itself.
    if name not in ("title", "absorbs"):
        assert getattr(obligation(always, field), name) == value
