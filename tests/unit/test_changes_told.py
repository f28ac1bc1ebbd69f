"""What is wrong with changes, exceptions and expectations, word for word; and what becomes of those that are right."""

import datetime as dt

from cyclekit.civil.spans import Span
from cyclekit.model.expectation import Expectation, Range
from cyclekit.model.obligation import Amendment, Obligation, PeriodException, Source
from cyclekit.model.selectors import Selection, UnitId
from tests.unit.marked import both, read

HEAD = """\
cyclekit: 1
id: demo
units:
  - {id: hq, kind: head}
  - {id: sh, kind: branch}
  - {id: bj, kind: branch, active: ..2024}
obligations:
  b: {every: month}
  c: {standing: true}
  a:
"""


CHANGES: dict[str, tuple[str, ...]] = {
    "every: month\nchanges: «{»lead: sh}": ("missing-key change-for-whom | key=from",),
    "every: month\nchanges: {from: 2026, «once»: 2027-01-01}": ("conflict other-timing | first=every | second=once",),
    "every: month\nchanges: {from: 2026, every: quarter, «upon»: b}": (
        "conflict other-timing | first=every | second=upon",
    ),
    "kind: y\nupon: b\nchanges: {from: 2026, «every»: quarter}": ("conflict other-timing | first=upon | second=every",),
    "once: 2026\nchanges: {«from»: 2026, kind: x}": ("no-effect change-without-periods | what=once",),
    "standing: true\nchanges: {«from»: 2026, kind: x}": ("no-effect change-without-periods | what=standing",),
    # What is owed together cannot change for some.
    "every: month\njointly: true\nlead: hq\nchanges: {from: 2026, units: «sh», kind: x}": ("conflict joint-change",),
    "every: month\njointly: true\nlead: hq\nchanges: {from: 2026, units: [hq, sh, bj], kind: x}": (),
    "every: month\napplies_to: branch\nchanges: {from: 2026, units: «hq», kind: x}": (
        "unknown-reference nobody-matched",
    ),
    "every: month\nchanges: {from: 2026, units: [sh, «shh»], kind: x}": (
        "unknown-reference unknown-who | name=shh | suggestion=sh",
    ),
    # What says nothing but when, for whom and why.
    "every: month\nchanges: «{»from: 2026}": ("no-effect empty-change",),
    "every: month\nchanges: «{»from: 2026, units: sh, reason: r, announced: 2025-12-01, source: S}": (
        "no-effect empty-change",
    ),
    "every: month\nchanges: [«{»lead: sh}, «{»from: 2026}, {from: «2026-02-30», kind: x}]": (
        "missing-key change-for-whom | key=from",
        "no-effect empty-change",
        "bad-date date-day | text=2026-02-30 | last=2026-02-28",
    ),
    # The same twice, and one that begins before an earlier one.
    "every: month\nchanges: [‹{›from: 2026, kind: x}, {from: «2026-01-01», tags: y}]": ("conflict same-change | ‹1›",),
    "every: month\nchanges: [‹{›units: sh, kind: x}, {units: «sh», tags: y}]": ("conflict same-change | ‹1›",),
    "every: month\nchanges: [‹{›from: 2026, units: sh, kind: x}, {units: «sh», from: 2026, tags: y}]": (
        "conflict same-change | ‹1›",
    ),
    "every: month\nchanges: [{from: 2026, kind: x}, {from: 2026, units: sh, tags: y}]": (),
    "every: month\nchanges: [{from: 2026, kind: z}, ‹{›from: 2027, kind: x}, {from: «2026-06», tags: y}]": (
        "conflict out-of-order | text=2026-06 | other=2027 | ‹1›",
    ),
    "every: month\nchanges: [{from: 2027, units: sh, kind: x}, {from: 2026, units: hq, tags: y}]": (),
    "every: month\nchanges: [{from: 2027, units: sh, kind: x}, {units: sh, tags: y}]": (),
    # A change that begins on the last day is in time.
    "every: month\nuntil: 2026\nchanges: {from: «2027», kind: x}": ("empty-range change-after-end | text=2027",),
    "every: day\nuntil: 2026-12-01\nchanges: {from: 2026-12-01, kind: x}": (),
    "every: day\nuntil: 2026-12-01\nchanges: {from: «2026-12-02», kind: x}": (
        "empty-range change-after-end | text=2026-12-02",
    ),
}
EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "every: month\nexceptions: {«2026-03#x»: {waived: x}}": ("bad-value bad-number | text=2026-03#x",),
    "every: month\nexceptions: {«2026-03#0»: {waived: x}, «2026-04#»: {waived: x}}": (
        "bad-value bad-number | text=2026-03#0",
        "bad-value bad-number | text=2026-04#",
    ),
    "every: month\nexceptions: {‹2026-03›: {waived: x}, «2026-03-01..31»: {waived: y}}": (
        "duplicate-key label-twice | text=2026-03-01..31 | other=2026-03 | ‹1›",
    ),
    "every: month\ndue: [{day: 3}, {day: 5}]\nexceptions: {2026-03#1: {waived: x}, 2026-03#2: {waived: y}}": (),
    (
        "every: month\ndue: [{day: 3}, {day: 5}]\n"
        "exceptions: {‹2026-03#2›: {waived: x}, «2026-03-01..31#2»: {waived: y}}"
    ): ("duplicate-key label-twice | text=2026-03-01..31#2 | other=2026-03#2 | ‹1›",),
    # One ruling after another, in the order in which they were announced.
    (
        "every: month\n"
        "exceptions: {2026-03: [{due: 2026-04-01, announced: ‹2026-03-02›}, {waived: x, announced: «2026-03-01»}]}"
    ): ("conflict announced-before | ‹1›",),
    (
        "every: month\nexceptions: {2026-03: [{due: 2026-04-02, announced: 2026-03-01},"
        " {due: 2026-04-01, announced: ‹2026-03-09›}, {due: 2026-04-03}, {waived: x, announced: «2026-03-08»}]}"
    ): ("conflict announced-before | ‹1›",),
    "every: month\nexceptions: {2026-03: [{due: 2026, announced: 2026-03-02}, {waived: x, announced: 2026-03-02}]}": (),
    # Of several due dates, each is moved by its number; all are waived at once.
    "every: month\ndue: [{day: 3}, {day: 5}]\nexceptions: {2026-03: {«due»: 2026-04-01}}": (
        "conflict which-due | text=2026-03",
    ),
    "every: month\ndue: [{day: 3}, {day: 5}]\nexceptions: {2026-03: {waived: x}}": (),
    "every: month\ndue: [{day: 3}, {day: 5}]\nexceptions: {2026-03#2: {due: 2026-04-01}}": (),
    "every: month\nexceptions: {«2026-03#2»: {waived: x}}": (
        "unknown-reference no-such-due | text=2026-03#2 | limit=1",
    ),
    "every: month\ndue: [{day: 3}, {day: 5}]\nexceptions: {«2026-03#3»: {waived: x}}": (
        "unknown-reference no-such-due | text=2026-03#3 | limit=2",
    ),
    # For whom.
    "every: month\njointly: true\nlead: hq\nexceptions: {2026-03: {waived: x, units: «sh»}}": (
        "conflict joint-exception",
    ),
    "every: month\njointly: true\nlead: hq\nexceptions: {2026-03: {waived: x, units: [hq, sh, bj]}}": (),
    "every: month\nexceptions: {2025-01: {waived: x, units: «bj»}, 2024-12: {waived: x, units: bj}}": (
        "unknown-reference nobody-then | text=2025-01",
    ),
    "every: month\nexceptions: {2025-01: {waived: x, units: [bj, sh]}}": (),
    "every: month\nexceptions: {2026-03: {waived: x, units: [sh, «shh»]}}": (
        "unknown-reference unknown-who | name=shh | suggestion=sh",
    ),
    "every: month\napplies_to: branch\nexceptions: {2026-03: {waived: x, units: «hq»}}": (
        "unknown-reference nobody-matched",
    ),
    # Labels that name no period.
    "every: quarter\nexceptions: {«2026-03»: {waived: x}}": (
        "unknown-reference no-own-period | text=2026-03 | suggestion=2026Q1",
    ),
    "every: quarter\nfrom: 2027\nexceptions: {«2026Q1»: {waived: x}}": (
        "unknown-reference no-own-period | text=2026Q1",
    ),
    "once: 2026-03\nexceptions: {«2026-03»: {waived: x}}": (
        "unknown-reference no-own-period | text=2026-03 | suggestion=once",
    ),
    "every: month\nexceptions: {«2026-13»: {waived: x}}": ("bad-date date-month | text=2026-13",),
    "every: quarter\nchanges: {from: 2027, every: month}\nexceptions: {«2027Q1»: {waived: x}}": (
        "unknown-reference no-own-period | text=2027Q1 | suggestion=2027-01",
    ),
    "every: quarter\nchanges: {from: 2027, every: month}\nexceptions: {2026Q4: {waived: x}, 2027-02: {waived: x}}": (),
    # What is decided: a day or none, and when.
    "every: month\nexceptions: {2026-03: {due: 2026-04-01, «waived»: x}}": ("conflict | first=due | second=waived",),
    "every: month\nexceptions: {2026-03: {waived: x, «due»: 2026-04-01}}": ("conflict | first=waived | second=due",),
    "every: month\nexceptions: {2026-03: «{»reason: x}}": ("missing-key missing-ruling | expected=due, waived",),
    "every: month\nexceptions: {2026-03: {due: «2026-02-30»}}": (
        "bad-date date-day | text=2026-02-30 | last=2026-02-28",
    ),
    "every: month\nexceptions: {2026-03: {waived: x, «time»: '17:00'}}": ("no-effect | key=time | what=waived",),
    "every: month\nexceptions: {2026-03: {due: 2026-04-01, time: '17:00'}}": (),
    "every: month\nexceptions: {2026-03: {due:«» }}": ("empty | field=due | optional=due",),
}
EXPECTATIONS: dict[str, tuple[str, ...]] = {
    "standing: true\n«expect»: {working_day: true}": ("no-effect | key=expect | what=standing",),
    "upon: {event: e}\nexpect: {«per_year»: 4}": ("no-effect | key=per_year | what=event",),
    "upon: {event: e}\nexpect: {«gap»: {min: 3 days}}": ("no-effect | key=gap | what=event",),
    "once: 2026\nexpect: {gap: {min: 3 days}, «per_year»: 4}": ("no-effect | key=per_year | what=once",),
    "dates: {2026: 2026-03-01}\nexpect: {«gap»: {max: 3 days}}": ("no-effect | key=gap | what=dates",),
    "upon: b\nexpect: {per_year: 12, gap: {max: 40 days}}": (),
    "once: 2026\nexpect: {window: {max: 40 days}, never_on: sun}": (),
    "every: month\nexpect: {working_day: «true»}": ("missing-key no-calendar | key=calendar",),
    "every: month\ncalendar: weekdays\nexpect: {working_day: true}": (),
    "every: month\nexpect: {per_year: {min: 5, max: «4»}}": ("conflict expected-impossible | least=5 | most=4",),
    "every: month\nexpect: {per_year: {max: «4», min: 5}}": ("conflict expected-impossible | least=5 | most=4",),
    "every: month\nexpect: {per_year: {min: 4, max: 4}}": (),
    "every: month\nexpect: {gap: {min: 9 days, max: «8 days»}}": ("conflict expected-impossible | least=9 | most=8",),
    "every: month\nexpect: {window: {min: 9 days, max: «8 days»}}": (
        "conflict expected-impossible | least=9 | most=8",
    ),
    "every: month\nexpect: {owed_by: {2026-03: [sh, «shh», «nowhere»]}}": (
        "unknown-reference unknown-unit | name=shh | suggestion=sh",
        "unknown-reference unknown-unit | name=nowhere",
    ),
}


def test_changes() -> None:
    """A change says from when or for whom, replaces something, and stands in the order of days."""
    found, wanted = both(CHANGES, HEAD, 4)
    assert found == wanted


def test_exceptions() -> None:
    """An exception names a period, and one due date of it, and decides one thing."""
    found, wanted = both(EXCEPTIONS, HEAD, 4)
    assert found == wanted


def test_expectations() -> None:
    """An expectation is refused that nothing can be held against."""
    found, wanted = both(EXPECTATIONS, HEAD, 4)
    assert found == wanted


def obligation(fields: str) -> Obligation:
    """An obligation of these fields, about which nothing is told."""
    file = read(HEAD + "".join(f"    {line}\n" for line in fields.split("\n")))
    assert file.diagnostics == (), fields
    assert file.rulebook is not None
    return file.rulebook["a"]


def day(text: str) -> dt.date:
    """A day."""
    return dt.date.fromisoformat(text)


def month(year: int, number: int, last: int) -> Span:
    """The days of a month."""
    return Span(dt.date(year, number, 1), dt.date(year, number, last))


MARCH, APRIL = month(2026, 3, 31), month(2026, 4, 30)
#: The fields of obligations, and the exceptions that each form has, itself first.
RULINGS: dict[str, list[tuple[PeriodException, ...]]] = {
    "every: month\nexceptions: {2026-03: {due: 2026-04-01}}": [
        (PeriodException("2026-03", MARCH, due=day("2026-04-01")),)
    ],
    "every: month\nexceptions: {2026-03: {due: 2026-04, reason: r, source: S, announced: 2026-02-01, time: '12:30'}}": [
        (
            PeriodException(
                "2026-03", MARCH, None, day("2026-04-30"), "r", Source("S"), day("2026-02-01"), None, 12 * 60 + 30
            ),
        )
    ],
    "every: month\nexceptions: {2026-03#1: {waived: w, reason: r, units: [sh, hq]}, 2026-04: {waived: v}}": [
        (
            PeriodException("2026-03", MARCH, 1, None, "w", units=Selection((UnitId("sh"), UnitId("hq")))),
            PeriodException("2026-04", APRIL, reason="v"),
        )
    ],
    "every: month\nexceptions: {2026-03: [{due: 2026-04-01}, {waived: w, announced: 2026-02-01}]}": [
        (
            PeriodException("2026-03", MARCH, due=day("2026-04-01")),
            PeriodException("2026-03", MARCH, reason="w", announced=day("2026-02-01")),
        )
    ],
    "once: 2026-03\nexceptions: {once: {due: 2026-04-01}}": [(PeriodException("once", MARCH, due=day("2026-04-01")),)],
    "upon: b\nexceptions: {2026-03-01..31: {due: 2026-04-01}}": [
        (PeriodException("2026-03", MARCH, due=day("2026-04-01")),)
    ],
    # An event may be on any day: the exception says where to look.
    "upon: {event: e}\nexceptions: {i-7: {due: 2026-04-01}, 2026-03-05: {waived: w}}": [
        (
            PeriodException("i-7", Span(day("2026-04-01"), day("2026-04-01")), due=day("2026-04-01")),
            PeriodException("2026-03-05", Span(day("2026-03-05"), day("2026-03-05")), reason="w"),
        )
    ],
    # Each form has the exceptions of the periods in which it is owed; what units owe otherwise is not theirs.
    "every: month\nchanges: {from: 2026-04, kind: x}\nexceptions: {2026-03: {waived: v}, 2026-04: {waived: w}}": [
        (PeriodException("2026-03", MARCH, reason="v"),),
        (PeriodException("2026-04", APRIL, reason="w"),),
    ],
    "every: month\nchanges: {units: sh, kind: x}\nexceptions: {2026-03: {waived: w, units: sh}}": [
        (),
        (PeriodException("2026-03", MARCH, reason="w", units=Selection((UnitId("sh"),))),),
    ],
    # What was announced before a change was known is one of the form that it then had, too.
    (
        "every: month\nchanges: {from: 2026-03, kind: x, announced: 2026-02-01}\n"
        "exceptions: {2026-03: {waived: w, announced: 2026-01-01}, 2026-04: {waived: v}}"
    ): [
        (
            PeriodException("2026-03", MARCH, reason="w", announced=day("2026-01-01")),
            PeriodException("2026-04", APRIL, reason="v"),
        ),
        (
            PeriodException("2026-03", MARCH, reason="w", announced=day("2026-01-01")),
            PeriodException("2026-04", APRIL, reason="v"),
        ),
    ],
    (
        "every: day\nchanges: {from: 2026-03-02, kind: x}\n"
        "exceptions: {2026-03-01: {waived: v}, 2026-03-02: {waived: w}}"
    ): [
        (PeriodException("2026-03-01", Span(day("2026-03-01"), day("2026-03-01")), reason="v"),),
        (PeriodException("2026-03-02", Span(day("2026-03-02"), day("2026-03-02")), reason="w"),),
    ],
    "every: month\nchanges: {from: 2027, units: sh, kind: x}\nexceptions: {2026-03: {waived: w, units: hq}}": [
        (PeriodException("2026-03", MARCH, reason="w", units=Selection((UnitId("hq"),))),),
        (),
    ],
    # What was announced once it was known is one of the form that is owed since.
    (
        "every: month\nchanges: {from: 2026-03, kind: x, announced: 2026-02-01}\n"
        "exceptions: {2026-03: {waived: w, announced: 2026-02-01}}"
    ): [(), (PeriodException("2026-03", MARCH, reason="w", announced=day("2026-02-01")),)],
}
AMENDED: dict[str, list[tuple[Amendment, ...]]] = {
    "every: month\nchanges: {from: 2026, kind: x}": [(), (Amendment(1, day("2026-01-01")),)],
    "every: month\nchanges: {units: sh, kind: x, reason: r, announced: 2025-11-01, source: {document: D, page: '3'}}": [
        (),
        (Amendment(1, None, day("2025-11-01"), "r", Source("D", page="3")),),
    ],
    "every: month\nchanges: [{from: 2026, kind: x}, {from: 2027-02, tags: y, source: S}]": [
        (),
        (Amendment(1, day("2026-01-01")),),
        (Amendment(1, day("2026-01-01")), Amendment(2, day("2027-02-01"), source=Source("S"))),
    ],
    # Of one that is replaced whole nothing is left.
    "every: month\nchanges: [{from: 2026, kind: x}, {from: 2027, kind: y}]": [
        (),
        (Amendment(1, day("2026-01-01")),),
        (Amendment(2, day("2027-01-01")),),
    ],
    "every: year\nyear_start: 04-01\nchanges: {from: FY2027, kind: x}": [(), (Amendment(1, day("2027-04-01")),)],
    "every: year\nyear_start: 04-01\nyear_named: last\nchanges: {from: FY2027, kind: x}": [
        (),
        (Amendment(1, day("2026-04-01")),),
    ],
    "every: month\nchanges: [{from: 2027-04, every: quarter, year_start: 04-01}, {from: FY2028Q2, kind: x}]": [
        (),
        (Amendment(1, day("2027-04-01")),),
        (Amendment(1, day("2027-04-01")), Amendment(2, day("2028-07-01"))),
    ],
    "every: month\nchanges: [{from: FY2027Q1, every: quarter, year_start: 04-01}, {from: FY2028, kind: x}]": [
        (),
        (Amendment(1, day("2027-04-01")),),
        (Amendment(1, day("2027-04-01")), Amendment(2, day("2028-04-01"))),
    ],
}
EXPECTED: dict[str, Expectation] = {
    "every: month\nexpect: {per_year: 12}": Expectation(per_year=Range(12, 12)),
    "every: month\nexpect: {per_year: {min: 11}, gap: {max: 40 days}, window: {min: 1 day, max: 9 days}}": Expectation(
        per_year=Range(11), gap=Range(None, 40), window=Range(1, 9)
    ),
    (
        "calendar: weekdays\nevery: month\nexpect:\n  never_on: [sat, sun]\n  in_months: [6, 12]\n"
        "  within_month: next\n  working_day: true\n  dates: {2026-01: 2026-02-05}\n"
        "  owed_by: {2026-01: [sh, hq], 2026-02: bj}\n  never_with: [b]"
    ): Expectation(
        never_on=frozenset({5, 6}),
        in_months=frozenset({6, 12}),
        within_month="next",
        working_day=True,
        dates=(("2026-01", day("2026-02-05")),),
        owed_by=(("2026-01", ("sh", "hq")), ("2026-02", ("bj",))),
        never_with=("b",),
    ),
    "upon: b\nexpect: {per_year: 12, gap: {min: 20 days}}": Expectation(per_year=Range(12, 12), gap=Range(20)),
    "once: 2026\nexpect: {window: {max: 9 days}}": Expectation(window=Range(None, 9)),
}


def forms(fields: str) -> list[Obligation]:
    """An obligation in all its forms, itself first."""
    first = obligation(fields)
    return [first, *(each.result for each in first.changes)]


def test_rulings() -> None:
    """Exceptions become values, with the days of the period that each form owes."""
    assert {fields: [each.exceptions for each in forms(fields)] for fields in RULINGS} == RULINGS


def test_amendments() -> None:
    """Each form tells the changes that made it, by the fiscal year that is in force by then."""
    assert {fields: [each.amendments for each in forms(fields)] for fields in AMENDED} == AMENDED


def test_what_is_expected() -> None:
    """Expectations become values."""
    assert {fields: obligation(fields).expect for fields in EXPECTED} == EXPECTED


def test_what_is_expected_of_all() -> None:
    """An expectation of ``defaults`` speaks to each obligation of what it can be held against, and nothing is told."""
    rest = HEAD.partition("obligations")[0]
    text = (
        f"{rest}defaults: {{expect: {{per_year: 12, gap: {{max: 40 days}}, never_on: sun}}}}\nobligations:\n"
        "  a: {every: month}\n  b: {once: 2026}\n  c: {standing: true}\n  d: {dates: {x: 2026-03-02}}\n"
        "  e: {upon: {event: e}}\n  f: {every: month, expect: {window: {max: 3 days}}}\n"
    )
    file = read(text)
    assert file.diagnostics == ()
    assert file.rulebook is not None
    sundays = Expectation(never_on=frozenset({6}))
    assert {each.id: each.expect for each in file.rulebook} == {
        "a": Expectation(per_year=Range(12, 12), gap=Range(None, 40), never_on=frozenset({6})),
        "b": sundays,
        "c": None,
        "d": sundays,
        "e": sundays,
        "f": Expectation(window=Range(None, 3)),
    }
