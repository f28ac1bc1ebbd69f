"""Which days a horizon looks at: in them obligations must be known, periods begin, and calendars are asked.

A reach may be too wide, and never too narrow. How far the parts of a course reach, ``test_reach`` tells; a closure of
ten days is the longest run of days that are not worked.
"""

import datetime as dt
from typing import Any

import attrs
import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.periods import Period
from cyclekit.civil.yearly import YearlySpan
from cyclekit.engine.whereabouts import whereabouts
from cyclekit.engine.windows import calendars_needed, levels_of, nominal_windows, period_windows
from cyclekit.model.obligation import Change, Lag, Obligation, PeriodException, Rulebook
from cyclekit.model.own_calendar import OwnCalendar
from cyclekit.model.pipeline import (
    UNIT,
    Add,
    Adjust,
    Anchor,
    Course,
    DayOfMonth,
    Due,
    DueDate,
    DueList,
    Holiday,
    Include,
    MonthsTarget,
    MoveTo,
    Step,
    TriggerDate,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfEvent, OfObligation, Upon

CLOSURE = 10
MONTH = Months(1, "month")
FOLLOWING = Adjust(Convention.FOLLOWING)
LAST = dt.date.max.toordinal()
JUNE = read_span("2023-06")
LOW, HIGH = JUNE.first.toordinal(), JUNE.last.toordinal()
#: Two above the lowest.
TREE = Roster(["a", "b", "c"], parents=[NO_PARENT, 0, 1])


def around(before: int, after: int, span: str = "2023-06") -> tuple[int, int]:
    """The days of June 2023, or of another span, and so many before and after them."""
    days = read_span(span)
    return days.first.toordinal() - before, days.last.toordinal() + after


TWENTIETH = DayOfMonth(20)


def monthly(id: str, *steps: Step, anchor: Anchor = TWENTIETH, **fields: Any) -> Obligation:  # noqa: A002 (the field's own word)
    """An obligation of each month, due on the 20th and what steps make of it: it reaches 62 days back and 93 on."""
    return Obligation(id, Every(MONTH, DueList((Due(Course(anchor, steps)),))), Text.of(id), **fields)


def upon(id: str, trigger: str, *steps: Step, **fields: Any) -> Obligation:  # noqa: A002
    """An obligation that another one fires."""
    plan = DueList((Due(Course(TriggerDate(), steps)),))
    return Obligation(id, Upon(OfObligation(trigger), plan), Text.of(id), **fields)


def book(*rules: Obligation, roster: Roster = TREE, **fields: Any) -> Rulebook:
    """A rulebook of these."""
    return Rulebook("book", Text.of("book"), roster, rules, **fields)


def but(label: str, due: str | None = None) -> PeriodException:
    """One period is due on another day, or not at all."""
    return PeriodException(label, read_span(label), None, dt.date.fromisoformat(due) if due else None, "flood")


def changed(rule: Obligation, result: Obligation) -> Obligation:
    """An obligation that is another one from 2024 on."""
    return attrs.evolve(rule, changes=(Change(Selection(), result, dt.date(2024, 1, 1)),))


FIVE = Add(5, "days")  # reaches 26 days: five, two closures, and one
BY_UNIT = Obligation(
    "s",
    Every(Months(12, "year"), year_of_unit=True),
    Text.of("s"),
    exceptions=(PeriodException("FY2016", read_span("2016-04..2017-03"), None, None, "flood"),),
)

#: The days on which it must be known whether each obligation has an occurrence, for those that are due in June 2023.
NOMINAL: dict[str, tuple[Rulebook, dict[str, list[tuple[int, int]]]]] = {
    "what is due on its nominal date": (
        book(monthly("r"), monthly("s", FIVE)),
        {"r": [around(0, 0)], "s": [around(0, 0)]},
    ),
    "what one is moved by counts for all": (
        book(monthly("r", FIVE, FOLLOWING), monthly("s")),
        {"r": [around(10, 10)], "s": [around(10, 10)]},
    ),
    "all that moves it at the end": (book(monthly("r", FIVE, FOLLOWING, Include(2))), {"r": [around(32, 32)]}),
    "the due date that is moved farthest": (
        book(Obligation("r", Every(MONTH, DueList((Due(Course(steps=(FOLLOWING,))), Due()))), Text.of("r"))),
        {"r": [around(10, 10)]},
    ),
    "what moves it from a change on": (
        book(changed(monthly("r"), monthly("r", FOLLOWING))),
        {"r": [around(10, 10)]},
    ),
    # Three days on two levels, each with two closures and a day to spare.
    "a cascade": (book(monthly("r", cascade=Lag(3))), {"r": [around(48, 48)]}),
    "a cascade of working days after adjusting": (
        book(monthly("r", FOLLOWING, cascade=Lag(3, working=True))),
        {"r": [around(76, 76)]},
    ),
    "exceptions of what is absorbed, with its reach": (
        book(monthly("r", absorbs=("s", "gone")), monthly("s", exceptions=(but("2021-03"),))),
        {"r": [around(62, 93, "2021-03"), around(0, 0)], "s": [around(0, 0)]},
    ),
    "exceptions that a change brings": (
        book(monthly("r", absorbs=("s",)), changed(monthly("s"), monthly("s", exceptions=(but("2025-03"),)))),
        {"r": [around(0, 0), around(62, 93, "2025-03")], "s": [around(0, 0)]},
    ),
    "what a change absorbs": (
        book(
            changed(monthly("r"), monthly("r", absorbs=("s",))),
            monthly("s", exceptions=(but("2021-03", "2022-05-05"),)),
        ),
        {"r": [around(62, 93, "2021-03"), around(0, 0)], "s": [around(0, 0)]},
    ),
    # FY2016 begins up to a year earlier or later elsewhere, and another year is looked at.
    "exceptions of fiscal years of units": (
        book(monthly("r", absorbs=("s",)), BY_UNIT, roster=Roster(["a"])),
        {"r": [around(732, 732, "2016-04..2017-03"), around(0, 0)], "s": [around(0, 0)]},
    ),
    # The trigger reaches 62 + 93 days itself, and its periods and a month are 62 days long: 217 on either side.
    "a trigger": (
        book(monthly("r"), upon("t", "r", FIVE)),
        {"r": [around(26 + 217, 217)], "t": [around(0, 0)]},
    ),
    "a trigger of what is due before it": (
        book(monthly("r"), upon("t", "r", Add(-5, "days"))),
        {"r": [around(217, 26 + 217)], "t": [around(0, 0)]},
    ),
    "a trigger that a change makes reach farther": (
        book(changed(monthly("r"), monthly("r", FIVE)), upon("t", "r")),
        {"r": [around(217 + 26, 217 + 26)], "t": [around(0, 0)]},
    ),
    "the trigger of what a change makes reach farther": (
        book(monthly("r"), changed(upon("t", "r"), upon("t", "r", FIVE))),
        {"r": [around(217 + 26, 217)], "t": [around(0, 0)]},
    ),
    "exceptions of what is triggered": (
        book(monthly("r"), upon("t", "r", FIVE, exceptions=(but("2020-01", "2020-09-09"),))),
        {"r": [around(243, 217, "2020-01"), around(243, 217)], "t": [around(0, 0)]},
    ),
    # What fires the second reaches 26 days itself; what fires the first has to be known for all of those days.
    "a trigger of a trigger": (
        book(upon("a", "b", Add(1, "weeks")), upon("b", "c", FIVE), monthly("c")),
        {"a": [around(0, 0)], "b": [around(28 + 26, 26)], "c": [around(28 + 26 + 243, 26 + 217)]},
    ),
    "a trigger of what is due in a cascade": (
        book(monthly("r"), upon("t", "r", FIVE, cascade=Lag(3))),
        {"r": [around(48 + 26 + 217, 48 + 48 + 217)], "t": [around(48, 48)]},
    ),
}


@pytest.mark.parametrize("case", NOMINAL)
def test_the_days_on_which_obligations_must_be_known(case: str) -> None:
    """What moves a date, absorbs it, excepts it or fires it from afar is looked at too."""
    rules, expected = NOMINAL[case]
    assert nominal_windows(rules, (LOW, HIGH), CLOSURE) == expected


def test_nothing_is_looked_for_outside_the_calendar() -> None:
    """Windows end with the first and the last day that there is."""
    rules = book(monthly("r", FOLLOWING), upon("t", "r"))
    assert nominal_windows(rules, (5, LAST - 5), CLOSURE) == {"r": [(1, LAST)], "t": [(1, LAST)]}
    assert nominal_windows(rules, (12, LAST - 11), CLOSURE) == {"r": [(1, LAST)], "t": [(2, LAST - 1)]}


@pytest.mark.parametrize(
    ("rule", "windows", "expected"),
    [
        (monthly("r"), [(LOW, HIGH)], [around(93, 62)]),
        (monthly("r", FIVE), [(LOW, HIGH)], [around(119, 62)]),
        (monthly("r", cascade=Lag(3)), [(LOW, HIGH)], [around(93, 62 + 48)]),
        (monthly("r", exceptions=(but("2021-03"),)), [(LOW, HIGH)], [around(0, 0, "2021-03"), around(93, 62)]),
        (monthly("r"), [around(0, 0, "2021-03"), (LOW, HIGH)], [around(93, 62, "2021-03"), around(93, 62)]),
        (monthly("r"), [around(0, 0, "2023-01"), (LOW, HIGH)], [(around(93, 0, "2023-01")[0], HIGH + 62)]),
        (BY_UNIT, [], [around(732, 732, "2016-04..2017-03")]),
    ],
)
def test_the_days_that_periods_must_touch(
    rule: Obligation, windows: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    """So far before a window as its due dates reach on, and so far behind it as they reach back."""
    assert period_windows(book(rule), rule, windows, CLOSURE) == expected


def test_only_where_something_cascades_the_tree_has_levels() -> None:
    """In whichever form of an obligation."""
    assert levels_of(book(monthly("r"))) == 0
    assert levels_of(book(monthly("r"), monthly("s", cascade=Lag(1)))) == 2
    assert levels_of(book(changed(monthly("r"), monthly("r", cascade=Lag(1))))) == 2
    assert levels_of(book(monthly("r", cascade=Lag(1)), roster=Roster(["a", "b"]))) == 0


QUARTER = Period(*around(0, 0, "2023Q1"), "2023Q1")
LATER = dt.date(2025, 5, 5).toordinal()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (book(monthly("o")), around(62, 93, "2023Q1")),
        (book(monthly("o", FIVE)), around(62, 119, "2023Q1")),
        (book(monthly("o", cascade=Lag(3))), around(62 + 48, 93, "2023Q1")),
        (book(changed(monthly("o"), monthly("o", FIVE))), around(62, 119, "2023Q1")),
        (book(monthly("r"), upon("o", "r", FIVE)), around(62, 93 + 26, "2023Q1")),
        (book(monthly("r"), upon("o", "r", Add(-5, "days"))), around(62 + 26, 93, "2023Q1")),
        (book(monthly("o", exceptions=(but("2023Q1", "2025-05-05"),))), (around(62, 0, "2023Q1")[0], LATER)),
        (book(monthly("o", exceptions=(but("2023-01..03", "2025-05-05"),))), (around(62, 0, "2023Q1")[0], LATER)),
        (book(monthly("o", exceptions=(but("2023Q2", "2025-05-05"), but("2023Q1")))), around(62, 93, "2023Q1")),
        (
            book(monthly("o", cascade=Lag(3), exceptions=(but("2023Q1", "2021-05-05"),))),
            (dt.date(2021, 5, 5).toordinal() - 48, QUARTER.last + 93),
        ),
        # It fires on the day to which it was moved, and what it fires follows five days and two closures later.
        (
            book(monthly("r", exceptions=(but("2023Q1", "2025-05-05"),)), upon("o", "r", FIVE)),
            (QUARTER.first - 62, LATER + 26),
        ),
    ],
)
def test_where_what_is_due_for_a_period_is_looked_for(rules: Rulebook, expected: tuple[int, int]) -> None:
    """Around the period and its trigger's, and where exceptions have moved it."""
    assert whereabouts(rules, rules["o"], [QUARTER], CLOSURE, {}) == expected


def test_what_is_due_for_several_periods_is_looked_for_between_them() -> None:
    """From the reach of the first to that of the last."""
    rules = book(monthly("o"))
    periods = [QUARTER, Period(*around(0, 0, "2019Q1"), "2019Q1")]
    assert whereabouts(rules, rules["o"], periods, CLOSURE, {}) == (around(62, 0, "2019Q1")[0], QUARTER.last + 93)


# -------------------------------------------------------------------------------------------------- calendars

#: A month and another, and at both ends a closure that is looked at as a whole.
WHOLE = 62 + 2 * CLOSURE
#: Of each month, due on the 20th and adjusted: moved by ten days, so periods that touch 72 days behind the windows or
#: 103 before them count; and from these its dates reach so far again on either side.
BEFORE, AFTER = 10 + 103, 10 + 72
ADJUSTED = 72 + 103 + WHOLE
#: One of the rulebook's own that does not count the days from 21 December to 7 January.
COURT = OwnCalendar("court", ("x",), suspended=(YearlySpan((12, 21), (1, 7)),))


def asked(*rules: Obligation, events: tuple[int, ...] = (), **fields: Any) -> dict[str, tuple[int, int]]:
    """How many days before and after June 2023 each calendar is asked."""
    written: dict[str, Any] = {"calendar": "x", "roster": Roster(["a"])} | fields
    found = calendars_needed([book(*rules, **written)], (LOW, HIGH), CLOSURE, events)
    return {name: (LOW - first, last - HIGH) for name, (first, last) in found.items()}


def test_how_far_calendars_are_asked() -> None:
    """From all periods that may have a date there, as far as their dates, openings and closings may lie."""
    both = (BEFORE + ADJUSTED, AFTER + ADJUSTED)
    assert asked(monthly("r", FOLLOWING)) == {"x": both}
    # An opening reaches 62 + 93 days by itself, and a closing 26.
    opens, closes = Course(DayOfMonth(1)), Course(DueDate(), (FIVE,))
    plan = DueList((Due(Course(DayOfMonth(20), (FOLLOWING,)), opens, closes),))
    assert asked(Obligation("r", Every(MONTH, plan), Text.of("r"))) == {"x": (both[0] + 181, both[1] + 181)}
    # Far from June, an exception of a period is looked at, and the day to which it is moved.
    moved = monthly("r", FOLLOWING, exceptions=(but("2021-03", "2025-05-05"),))
    assert asked(moved) == {"x": (LOW - around(ADJUSTED, 0, "2021-03")[0], LATER + ADJUSTED - HIGH)}
    # A level below may follow the day that an exception gives to the one above.
    early = monthly("r", FOLLOWING, cascade=Lag(3), exceptions=(but("2023-06", "2020-05-05"),))
    first = dt.date(2020, 5, 5).toordinal() - 48
    assert asked(early, roster=TREE)["x"][0] == LOW - first + ADJUSTED + 48


def test_how_far_calendars_are_asked_of_what_is_triggered() -> None:
    """From wherever the trigger may fall due, which is far from its periods, and they far from the horizon."""
    rules = monthly("r"), upon("t", "r", FOLLOWING)
    # 217 days for the trigger, 10 for what it fires, 10 for what is moved: periods of the trigger touch 237 + 93 days
    # before June and 237 + 62 behind it, its dates lie another 217 away, and what it fires reaches 20 and 20 days.
    before, after = 237 + 93 + 217 + 40, 237 + 62 + 217 + 40
    assert asked(*rules) == {"x": (before, after)}
    # What it fires in turn may do so 20 days away from there.
    assert asked(*rules, upon("z", "t")) == {"x": (before + 20, after + 20)}
    moved = monthly("r", exceptions=(but("2023-06", "2027-05-05"),))
    assert asked(moved, rules[1]) == {"x": (before, dt.date(2027, 5, 5).toordinal() + 40 - HIGH)}
    happened = dt.date(2020, 1, 1).toordinal(), dt.date(2026, 1, 1).toordinal()
    event = Obligation("e", Upon(OfEvent("leak"), DueList((Due(Course(TriggerDate(), (FOLLOWING,))),))), Text.of("e"))
    assert asked(event, events=happened) == {"x": (LOW - happened[0] + 40, happened[1] + 40 - HIGH)}


def test_calendars_are_asked_for_all_that_ask_them() -> None:
    """Two obligations, or two rulebooks, with one calendar: from the first day of either to the last of either."""
    early = monthly("e", FOLLOWING, calendar="y", exceptions=(but("2021-03"),))
    late = monthly("l", FOLLOWING, calendar="y", exceptions=(but("2025-03"),))
    plain = monthly("r", FOLLOWING)
    first, last = around(ADJUSTED, 0, "2021-03")[0], around(0, ADJUSTED, "2025-03")[1]
    fields: dict[str, Any] = {"calendar": "x", "roster": Roster(["a"])}
    expected = {"x": (LOW - BEFORE - ADJUSTED, HIGH + AFTER + ADJUSTED), "y": (first, last)}
    assert calendars_needed([book(early, late, plain, **fields)], (LOW, HIGH), CLOSURE) == expected
    assert calendars_needed([book(plain, late, early, **fields)], (LOW, HIGH), CLOSURE) == expected
    apart = [book(early, **fields), book(late, plain, **fields)]
    assert calendars_needed(apart, (LOW, HIGH), CLOSURE) == expected


def due_by(course: Course, **fields: Any) -> Obligation:
    """An obligation of each month, by a course."""
    return Obligation("r", Every(MONTH, DueList((Due(course),))), Text.of("r"), **fields)


BY_FILE: dict[str, Any] = {"calendar": "x"}
BY_UNITS: dict[str, Any] = {"roster": Roster(["a", "b"], calendars=["u", "v"])}
BY_BOTH: dict[str, Any] = BY_FILE | {"roster": Roster(["a", "b"], calendars=["u", None])}
OWN: dict[str, Any] = {"calendar": "court", "calendars": (COURT,), "roster": Roster(["a"])}
WORKED = Add(2, "working days")

#: The calendars that are asked, by what is owed and how the rulebook is written.
NAMED: list[tuple[Obligation, dict[str, Any], set[str]]] = [
    (monthly("r"), BY_BOTH, set()),
    (monthly("r", Adjust(Convention.NONE)), BY_BOTH, set()),
    (monthly("r", FOLLOWING), BY_FILE, {"x"}),
    (monthly("r", FOLLOWING), BY_UNITS, {"u", "v"}),
    (monthly("r", FOLLOWING), BY_BOTH, {"u", "x"}),
    (monthly("r", WORKED), BY_BOTH, {"u", "x"}),
    (monthly("r", anchor=WorkingDay(3)), BY_BOTH, {"u", "x"}),
    (monthly("r", anchor=Holiday("New Year")), BY_FILE, {"x"}),
    (monthly("r", WORKED, calendar="o"), BY_BOTH, {"o"}),
    (monthly("r", WORKED, calendar=UNIT), BY_BOTH, {"u", "x"}),
    (monthly("r", Adjust(Convention.FOLLOWING, "s"), calendar="o"), BY_BOTH, {"s"}),
    (monthly("r", Adjust(Convention.FOLLOWING, "s"), WORKED, calendar="o"), BY_BOTH, {"s", "o"}),
    (monthly("r", Adjust(Convention.FOLLOWING, UNIT), WORKED, calendar="o"), BY_BOTH, {"u", "x", "o"}),
    (due_by(Course(WorkingDay(3), (Adjust(Convention.FOLLOWING, "s"),), "c"), calendar="o"), BY_BOTH, {"c", "s"}),
    (due_by(Course(WorkingDay(3), (), UNIT), calendar="o"), BY_BOTH, {"u", "x"}),
    (monthly("r", MoveTo((MonthsTarget(WorkingDay(1)),), later=True, staying=True, calendar="m")), BY_FILE, {"m"}),
    (monthly("r", MoveTo((WeekdayTarget(1),), later=True, staying=True, calendar="m")), BY_FILE, set()),
    # An opening and a closing ask too, and whatever a change makes of it.
    (
        Obligation(
            "r",
            Every(MONTH, DueList((Due(Course(), Course(WorkingDay(1), (), "p"), Course(DueDate(), (WORKED,), "q")),))),
            Text.of("r"),
        ),
        BY_FILE,
        {"p", "q"},
    ),
    (changed(monthly("r"), monthly("r", Adjust(Convention.FOLLOWING, "s"))), BY_FILE, {"s"}),
    # Days are asked for only where a calendar suspends some of them, and months never.
    (monthly("r", FIVE), BY_FILE, set()),
    (monthly("r", FIVE), OWN, {"book/court"}),
    (monthly("r", Add(2, "weeks")), OWN, {"book/court"}),
    (monthly("r", Add(2, "months")), OWN, set()),
    (monthly("r", FIVE, calendar="o"), OWN, set()),
    (monthly("r", FIVE, calendar="court"), OWN | {"calendar": "x"}, {"book/court"}),
    (monthly("r", FOLLOWING), OWN, {"book/court"}),
    # A cascade is counted by the units' own, or else the file's.
    (monthly("r", cascade=Lag(2, working=True), calendar="o"), BY_BOTH, {"u", "x"}),
    (monthly("r", cascade=Lag(2)), BY_BOTH, set()),
    (monthly("r", cascade=Lag(2), calendar="o"), OWN, {"book/court"}),
    (monthly("r", FOLLOWING, cascade=Lag(2), calendar="o"), OWN, {"book/court", "o"}),
]


@pytest.mark.parametrize(("rule", "fields", "expected"), NAMED)
def test_which_calendars_are_asked(rule: Obligation, fields: dict[str, Any], expected: set[str]) -> None:
    """The nearest one that is written counts; and none where nothing depends on it."""
    assert set(calendars_needed([book(rule, **fields)], (LOW, HIGH), CLOSURE)) == expected
