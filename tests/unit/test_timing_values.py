"""The fields of an obligation and the values that they become, whole: steps, timings, triggers and changes."""

import datetime as dt

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import read_span
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Obligation
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateTarget,
    DayOfMonth,
    Due,
    DueByPosition,
    DueList,
    Extend,
    Include,
    MonthEnd,
    MonthsTarget,
    MoveTo,
    PeriodEnd,
    Step,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.selectors import UnitId
from cyclekit.model.timing import Dated, Dates, Every, OfEvent, OfObligation, Once, Standing, Timing, Upon
from tests.unit.test_refusals import HEAD, OTHERS, read, under

FOLLOWING, NONE = Adjust(Convention.FOLLOWING), Adjust(Convention.NONE)


def obligation(fields: str) -> Obligation:
    """The obligation of these fields, which are right."""
    file = read(under(HEAD, fields) + OTHERS)
    assert file.rulebook is not None, file.diagnostics
    return file.rulebook["a"]


def day(iso: str) -> dt.date:
    """A day by its spelling."""
    return dt.date.fromisoformat(iso)


#: What `due` says in a cycle of months that opens on the 1st, and the steps behind the end of the period.
STEPS: dict[str, list[Step]] = {
    "{add: 40 days}": [Add(40, "days")],
    "{add: -3 working days}": [Add(-3, "working days")],
    "{add: 2 weeks, calendar: weekdays, adjust: following}": [Add(2, "weeks"), FOLLOWING],
    "{add: 1 month, month_end: skip}": [Add(1, "months", MonthEnd.SKIP)],
    "{add: 1 year}": [Add(1, "years")],
    "{include: 2 working days}": [Include(2)],
    "{extend: {run: 3, by: days}}": [Extend(3, "days")],
    "{extend: {run: 4, by: working days}}": [Extend(4, "working days")],
    "{adjust: none}": [NONE],
    "{adjust: following}": [FOLLOWING],
    "{add: 1 day, adjust: preceding}": [Add(1, "days"), Adjust(Convention.PRECEDING)],
    "{move_to: {after: fri}}": [MoveTo((WeekdayTarget(4),), later=True, staying=False)],
    "{move_to: {on_or_after: friday}}": [MoveTo((WeekdayTarget(4),), later=True, staying=True)],
    "{move_to: {before: mon}}": [MoveTo((WeekdayTarget(0),), later=False, staying=False)],
    "{move_to: {on_or_before: mon}}": [MoveTo((WeekdayTarget(0),), later=False, staying=True)],
    "{move_to: {after: [fri, 06-20, 12-01]}}": [
        MoveTo((WeekdayTarget(4), DateTarget(6, 20), DateTarget(12, 1)), later=True, staying=False)
    ],
    "{move_to: {after: {day: 20}}}": [MoveTo((MonthsTarget(DayOfMonth(20)),), later=True, staying=False)],
    "{move_to: {after: {day: last, month: [3, 9]}}}": [
        MoveTo((MonthsTarget(DayOfMonth(-1), frozenset({3, 9})),), later=True, staying=False)
    ],
    "{move_to: {after: {weekday: wed, nth: 3, month: 6}}}": [
        MoveTo((MonthsTarget(WeekdayOfMonth(2, 3), frozenset({6})),), later=True, staying=False)
    ],
    "{move_to: {before: {working_day: -2, month: [1]}}}": [
        MoveTo((MonthsTarget(WorkingDay(-2), frozenset({1})),), later=False, staying=False)
    ],
    "{then: [{add: 1 month, month_end: sticky}, {add: 3 working days, calendar: weekdays}, {adjust: following}]}": [
        Add(1, "months", MonthEnd.STICKY),
        Add(3, "working days", calendar="weekdays"),
        FOLLOWING,
    ],
    "{then: [{add: 1 month}, {add: 1 year}]}": [Add(1, "months"), Add(1, "years")],
    "{then: [{include: 2 working days, calendar: weekdays}, {adjust: following, calendar: weekdays}]}": [
        Include(2, "weekdays"),
        Adjust(Convention.FOLLOWING, "weekdays"),
    ],
    "{then: [{extend: {run: 3, by: days}, calendar: weekdays}, {adjust: none}]}": [Extend(3, "days", "weekdays"), NONE],
    "{then: [{move_to: {after: {working_day: 2}}, calendar: weekdays}, {add: 1 day}]}": [
        MoveTo((MonthsTarget(WorkingDay(2)),), later=True, staying=False, calendar="weekdays"),
        Add(1, "days"),
    ],
}


def test_steps() -> None:
    """Each with its numbers, its unit, its calendar and what becomes of days that a month lacks."""
    expected = {}
    found = {}
    for due, steps in STEPS.items():
        calendar = "weekdays" if due.startswith(("{add: 2 weeks", "{calendar")) else None
        expected[due] = DueList((Due(Course(PeriodEnd(), tuple(steps), calendar), opens=Course(DayOfMonth(1))),))
        timing = obligation(f"every: month\nopens: {{day: 1}}\ndue: {due}").timing
        assert isinstance(timing, Every)
        found[due] = timing.plan
    assert found == expected


APRIL = read_span("2026-04")
TRIGGERED = Due(Course(TriggerDate()))
#: The fields of an obligation, and its timing.
TIMINGS: dict[str, Timing] = {
    "every: month": Every(Months(1, "month")),
    "every: quarter\nonly: [Q1, Q3]": Every(Months(3, "quarter"), only=frozenset({"Q1", "Q3"})),
    "every: quarter\nskip: Q2": Every(Months(3, "quarter"), skip=frozenset({"Q2"})),
    "every: year\nyear_start: unit": Every(Months(12, "year"), year_of_unit=True),
    "every: half_year\ndue: {by_period: {H1: {day: 1}, H2: {day: 2}}}": Every(
        Months(6, "half_year"),
        DueByPosition((("H1", Due(Course(DayOfMonth(1)))), ("H2", Due(Course(DayOfMonth(2)))))),
    ),
    "every: half_year\nskip: H2\ndue: {by_period: {H1: {day: 1}}}": Every(
        Months(6, "half_year"), DueByPosition((("H1", Due(Course(DayOfMonth(1)))),)), skip=frozenset({"H2"})
    ),
    "every: quarter\nfrom: 2026-02\nstub: drop": Every(Months(3, "quarter"), drop_stubs=True),
    "every: {periods: {B: 2026-02, A: 2026-01}}": Every(
        ListOfPeriods(
            (
                Period(day("2026-01-01").toordinal(), day("2026-01-31").toordinal(), "A"),
                Period(day("2026-02-01").toordinal(), day("2026-02-28").toordinal(), "B"),
            )
        )
    ),
    "once: 2026-04": Once(APRIL),
    "once: {before: 2026-04}": Once(APRIL, before=True),
    "once: {before: 0001-01-02}": Once(read_span("0001-01-02"), before=True),
    "once: 2026-04\ndue: {add: 3 days}\ntime: '17:00'": Once(
        APRIL, due=Due(Course(PeriodEnd(), (Add(3, "days"),)), time=1020)
    ),
    "dates: {2026Q2: 2026-07-15, kick: 2026-04-01, 2026-04: {date: 2026-05, time: '12:00'}}": Dates(
        (
            Dated("kick", read_span("2026-04-01"), day("2026-04-01")),
            Dated("2026-04", APRIL, day("2026-05-31"), 720),
            Dated("2026Q2", read_span("2026Q2"), day("2026-07-15")),
        )
    ),
    "dates: {2026-01..03: 2026-04-15}": Dates((Dated("2026Q1", read_span("2026Q1"), day("2026-04-15")),)),
    "dates: {b: 2026-04-01, a: 2026-04-01}": Dates(
        tuple(Dated(name, read_span("2026-04-01"), day("2026-04-01")) for name in "ab")
    ),
    "dates: {a: 2026-04-01}\ndue: {add: 1 day}": Dates(
        (Dated("a", read_span("2026-04-01"), day("2026-04-01")),), Due(Course(PeriodEnd(), (Add(1, "days"),)))
    ),
    "upon: b": Upon(OfObligation("b"), DueList((TRIGGERED,))),
    "upon: {obligation: b}": Upon(OfObligation("b"), DueList((TRIGGERED,))),
    "upon: {obligation: b, at: due}": Upon(OfObligation("b"), DueList((TRIGGERED,))),
    "upon: {obligation: b, at: nominal}": Upon(OfObligation("b", nominal=True), DueList((TRIGGERED,))),
    "upon: {event: fire}\ndue: [{add: 24 hours}, {add: 3 days}]": Upon(
        OfEvent("fire"),
        DueList(
            (
                Due(Course(TriggerDate(), (Add(24, "hours"),))),
                Due(Course(TriggerDate(), (Add(3, "days"),))),
            )
        ),
    ),
    "standing: true": Standing(),
}


def test_timings() -> None:
    """Each with its cycle, its dates in the order of their days, its trigger and its due dates."""
    assert {fields: obligation(fields).timing for fields in TIMINGS} == TIMINGS


#: The bounds of an obligation; labels of a list's own periods stand before spellings of dates.
BOUNDS = {
    "every: month\nfrom: 2026-02\nuntil: 2026Q3": Bounds(day("2026-02-01"), day("2026-09-30")),
    "every: month\nfrom: 2026-02-10": Bounds(day("2026-02-10"), None),
    "every: month\nuntil: 2026": Bounds(None, day("2026-12-31")),
    "every: month\nfrom: 2026-02-10\nuntil: 2026-02-10": Bounds(day("2026-02-10"), day("2026-02-10")),
    "every: {periods: {A: 2026-01, 2026: 2026-02..2026-03}}\nfrom: A\nuntil: 2026": Bounds(
        day("2026-01-01"), day("2026-03-31")
    ),
    "every: year\nyear_start: 04-01\nfrom: FY2025\nuntil: FY2026": Bounds(day("2025-04-01"), day("2027-03-31")),
    "once: 2026\nfrom: 2025": Bounds(day("2025-01-01"), None),
}


def test_bounds() -> None:
    """The first day of `from` and the last one of `until`."""
    assert {fields: obligation(fields).bounds for fields in BOUNDS} == BOUNDS


#: A change: for whom (None: for all who owe it), since when, known since when, what it is called, and which made it.
Made = tuple[list[str] | None, str | None, str | None, str | None, list[int]]
CHANGES: dict[str, list[Made]] = {
    "[{from: 2027, kind: x}, {from: 2028, kind: y}]": [
        (None, "2027-01-01", None, "x", [1]),
        (None, "2028-01-01", None, "y", [2]),
    ],
    "[{from: 2027, kind: x, tags: t}, {from: 2028, kind: y}]": [
        (None, "2027-01-01", None, "x", [1]),
        (None, "2028-01-01", None, "y", [1, 2]),
    ],
    "[{from: 2027, kind: x, source: s}, {from: 2028, tags: t, kind: y, source: z}]": [
        (None, "2027-01-01", None, "x", [1]),
        (None, "2028-01-01", None, "y", [2]),
    ],
    "[{from: 2027, kind: x, source: s, reason: r}, {from: 2028, kind: y}]": [
        (None, "2027-01-01", None, "x", [1]),
        (None, "2028-01-01", None, "y", [2]),
    ],
    "[{units: sh, kind: x}]": [(["sh"], None, None, "x", [1])],
    "[{units: sh, kind: x}, {from: 2024, units: branch, kind: y}]": [
        (["sh"], None, None, "x", [1]),
        (["sh"], "2024-01-01", None, "y", [2]),
        (["bj"], "2024-01-01", None, "y", [2]),
    ],
    "[{from: 2027, kind: x}, {from: 2028, units: sh, tags: t}]": [
        (None, "2027-01-01", None, "x", [1]),
        (["sh"], "2028-01-01", None, "x", [1, 2]),
    ],
    "[{from: 2027, kind: x, announced: 2026-05-01}, {from: 2027-07, kind: y, announced: 2026-03-01}]": [
        (None, "2027-07-01", "2026-03-01", "y", [2]),
        (None, "2027-01-01", "2026-05-01", "x", [1]),
        (None, "2027-07-01", "2026-05-01", "y", [2]),
    ],
    "[{from: 2027, kind: x, announced: 2026-05-01}, {from: 2028, units: sh, tags: t, announced: 2026-05-01}]": [
        (None, "2027-01-01", "2026-05-01", "x", [1]),
        (["sh"], "2028-01-01", "2026-05-01", "x", [1, 2]),
    ],
}


def made(changes: str) -> list[Made]:
    """What an obligation has of its changes."""
    found = obligation(f"every: month\nkind: old\nchanges: {changes}")
    return [
        (
            None if each.units == found.selection else [one.id for one in each.units.parts if isinstance(one, UnitId)],
            each.since.isoformat() if each.since else None,
            each.announced.isoformat() if each.announced else None,
            each.result.kind,
            [one.number for one in each.result.amendments],
        )
        for each in found.changes
    ]


def test_changes() -> None:
    """For whom, since when, known since when, what it becomes, and which of them still say something of it."""
    assert {changes: made(changes) for changes in CHANGES} == CHANGES


#: A cycle with a year, a change of it, and the cycle afterwards: a year stays with months, and an origin with nothing.
RECUT = {
    ("quarter\nyear_start: 04-01\nyear_named: last", "FY2028, every: half_year"): Months(
        6, "half_year", 3, YearStart(4, 1, named_last=True)
    ),
    ("quarter\nyear_start: 04-01\nyear_named: last", "FY2028, due: {day: 3}"): Months(
        3, "quarter", year=YearStart(4, 1, named_last=True)
    ),
    ("quarter\nyear_start: 04-01", "2027-04-05, every: week"): Weeks(1, 1),
    ("quarter\nyear_start: 04-01", "FY2028, year_named: last"): Months(
        3, "quarter", year=YearStart(4, 1, named_last=True)
    ),
    ("quarter\nyear_start: 04-01\nyear_named: last", "2027-04-05, every: 2 weeks, origin: 2027-04-05"): Weeks(
        2, dt.date(2027, 4, 5).toordinal()
    ),
    ("2 weeks\norigin: 2026-01-05", "2027-01-04, every: week"): Weeks(1, 1),
    ("month", "2027-04-01, every: year, year_start: 04-01"): Months(12, "year", 3, YearStart(4, 1)),
}


def test_cycles_that_a_change_cuts_anew() -> None:
    """What belongs to the old cycle is not carried into the new one, unless both count months of a year."""
    found = {}
    for before, change in RECUT:
        (made,) = obligation(f"every: {before}\nchanges: {{from: {change}}}").changes
        timing = made.result.timing
        assert isinstance(timing, Every)
        found[before, change] = timing.cycle
    assert found == RECUT
