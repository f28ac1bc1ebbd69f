"""Dates that rest on days before a calendar's data begin: what is given of them, and what is refused.

Calendar x is of weekdays, and its data begin on Thursday, 20 April 2023. The 15th is a Saturday, and 1 May a Monday.
"""

import datetime as dt
from typing import Any

import attrs
import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain_occurrence
from cyclekit.errors import BeforeDataError
from cyclekit.model.obligation import Lag, Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DayOfMonth,
    Due,
    DueDate,
    DueList,
    Include,
    Step,
    TriggerDate,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, OfObligation, Once, Upon

X = WorkingCalendar(
    "x",
    dt.date(2022, 1, 1).toordinal(),
    dt.date(2024, 12, 31).toordinal(),
    known_from=dt.date(2023, 4, 20).toordinal(),
    known_until=dt.date(2023, 5, 21).toordinal(),
)
SPAN = read_span("2023-04..2023-06")
MONTH = Months(1, "month")
FOLLOWING, SKIP = Adjust(Convention.FOLLOWING), Adjust(Convention.SKIP)
FIFTEENTH = Course(DayOfMonth(15), (FOLLOWING,))
A = Selection((UnitId("a"),))
ALONE, BELOW = Roster(["a"]), Roster(["a", "b"], parents=[NO_PARENT, 0])


def rule(due: Due | Course, **fields: Any) -> Obligation:
    """An obligation of April and May."""
    plan = DueList((due if isinstance(due, Due) else Due(due),))
    bounds = Bounds(dt.date(2023, 4, 1), dt.date(2023, 5, 31))
    return Obligation("r", Every(MONTH, plan), Text.of("r"), bounds=bounds, **fields)


def upon(id: str, *steps: Step, nominal: bool = False) -> Obligation:  # noqa: A002 (the field's own word)
    """What that one fires."""
    plan = DueList((Due(Course(TriggerDate(), steps)),))
    return Obligation(id, Upon(OfObligation("r", nominal=nominal), plan), Text.of(id))


def once(due: Course, **fields: Any) -> Obligation:
    """An obligation of the first half of April."""
    return Obligation("r", Once(read_span("2023-04-01..2023-04-15"), due=Due(due)), Text.of("r"), **fields)


def moved(due: str, **fields: Any) -> PeriodException:
    """April is due on another day."""
    return PeriodException("2023-04", read_span("2023-04"), None, dt.date.fromisoformat(due), **fields)


def short(day: dt.date | None) -> str:
    """A day without its year, or that there is none."""
    return f"{day:%m-%d}" if day else "-"


def listed(rules: tuple[Obligation, ...], roster: Roster = ALONE, by: WorkingCalendar = X) -> list[str]:
    """Opening, nominal and due date, and closing of each; what is provisional, and on which day before the data."""
    book = Rulebook("book", Text.of("book"), roster, rules, calendar="x")
    found: list[str] = []
    for each in expand(book, SPAN, {"x": by}, doubtful=True):
        days = " ".join(map(short, (each.opens, each.nominal, each.due, each.closes)))
        doubts = " provisional" if each.provisional else ""
        if each.unknown is not None:
            calendar, day = each.unknown
            doubts += f" {calendar}?{short(dt.date.fromordinal(day))}"
        found.append(f"{each.key.obligation} {each.key.unit} {each.period} {days}{doubts}")
    return found


MAY_15 = "r a 2023-05 - 05-15 05-15 -"

CASES: dict[str, tuple[tuple[Obligation, ...], list[str]]] = {
    "a working day from the beginning of the month": (
        (rule(Course(WorkingDay(3))),),
        ["r a 2023-04 - 04-05 04-05 - x?04-01", "r a 2023-05 - 05-03 05-03 -"],
    ),
    "a working day from its end": (
        (rule(Course(WorkingDay(-3))),),
        ["r a 2023-04 - 04-26 04-26 -", "r a 2023-05 - 05-29 05-29 - provisional"],
    ),
    "one that lies before the data, counted from the end": (
        (rule(Course(WorkingDay(-8))),),
        # The last eight from Wednesday the 19th on.
        ["r a 2023-04 - 04-19 04-19 - x?04-19", "r a 2023-05 - 05-22 05-22 - provisional"],
    ),
    # April has twenty working days, and might have 25 if days of rest were worked; May is known to its 21st.
    "one that may not be there": ((rule(Course(WorkingDay(25))),), ["r a 2023-04 - 04-30 04-30 - x?04-01"]),
    "one that may not be there, and is counted on from": (
        (rule(Course(WorkingDay(25), (Add(2, "days"), FOLLOWING))),),
        ["r a 2023-04 - 04-30 04-30 - x?04-01"],
    ),
    "adjusting": ((rule(FIFTEENTH),), ["r a 2023-04 - 04-15 04-17 - x?04-15", MAY_15]),
    "adjusting on the day before": (
        (rule(Course(DayOfMonth(15), (Adjust(Convention.PRECEDING),))),),
        ["r a 2023-04 - 04-15 04-14 - x?04-14", MAY_15],
    ),
    "adjusting within the data": (
        (rule(Course(DayOfMonth(22), (FOLLOWING,))),),
        ["r a 2023-04 - 04-22 04-24 -", "r a 2023-05 - 05-22 05-22 - provisional"],
    ),
    "leaving out": ((rule(Course(DayOfMonth(15), (SKIP,))),), ["r a 2023-04 - 04-15 04-15 - x?04-15", MAY_15]),
    "leaving out after another step": (
        (rule(Course(DayOfMonth(14), (Add(1, "days"), SKIP, Add(1, "working days")))),),
        ["r a 2023-04 - 04-15 04-15 - x?04-15", "r a 2023-05 - 05-16 05-16 -"],
    ),
    "counting working days on": (
        (rule(Course(DayOfMonth(18), (Add(3, "working days"),))),),
        ["r a 2023-04 - 04-21 04-21 - x?04-19", "r a 2023-05 - 05-23 05-23 - provisional"],
    ),
    "counting working days back": (
        (rule(Course(DayOfMonth(21), (Add(-2, "working days"),))),),
        ["r a 2023-04 - 04-19 04-19 - x?04-19", "r a 2023-05 - 05-18 05-18 -"],
    ),
    # Each asks days before the data: the first one is told.
    "twice": (
        (rule(Course(DayOfMonth(15), (FOLLOWING, Add(1, "working days")))),),
        ["r a 2023-04 - 04-18 04-18 - x?04-15", "r a 2023-05 - 05-16 05-16 -"],
    ),
    # Its nominal date is the day that was written, which is certain.
    "working days that are included": (
        (rule(Course(DayOfMonth(18), (Include(2),))),),
        ["r a 2023-04 - 04-18 04-20 - x?04-19", "r a 2023-05 - 05-18 05-22 - provisional"],
    ),
    "an opening": (
        (rule(Due(Course(DayOfMonth(28)), opens=Course(WorkingDay(1)))), upon("t")),
        [
            "r a 2023-04 04-03 04-28 04-28 - x?04-01",
            "t a 2023-04 - 04-28 04-28 -",
            "r a 2023-05 05-01 05-28 05-28 -",
            "t a 2023-05 - 05-28 05-28 -",
        ],
    ),
    "a closing of its own": (
        (rule(Due(Course(DayOfMonth(28)), closes=Course(WorkingDay(1, "next")))),),
        ["r a 2023-04 - 04-28 04-28 05-01", "r a 2023-05 - 05-28 05-28 06-01 provisional"],
    ),
    "a closing that follows the due date": (
        (rule(Due(Course(DayOfMonth(15)), closes=Course(DueDate(), (FOLLOWING,)))), upon("t")),
        [
            "r a 2023-04 - 04-15 04-15 04-17 x?04-15",
            "t a 2023-04 - 04-15 04-15 -",
            "r a 2023-05 - 05-15 05-15 05-15",
            "t a 2023-05 - 05-15 05-15 -",
        ],
    ),
    "what is triggered by it": (
        (rule(FIFTEENTH), upon("t", Add(1, "days")), upon("n", Add(1, "days"), nominal=True)),
        [
            "n a 2023-04 - 04-16 04-16 -",
            "r a 2023-04 - 04-15 04-17 - x?04-15",
            "t a 2023-04 - 04-18 04-18 - x?04-15",
            "r a 2023-05 - 05-15 05-15 -",
            "n a 2023-05 - 05-16 05-16 -",
            "t a 2023-05 - 05-16 05-16 -",
        ],
    ),
    "what is triggered by one that may not be there": (
        (rule(Course(WorkingDay(25))), upon("t", Add(1, "days"))),
        ["r a 2023-04 - 04-30 04-30 - x?04-01", "t a 2023-04 - 05-01 05-01 - x?04-01"],
    ),
    "an exception": (
        (rule(FIFTEENTH, exceptions=(moved("2023-04-27"),)), upon("t"), upon("n", nominal=True)),
        [
            "n a 2023-04 - 04-15 04-15 -",
            "r a 2023-04 - 04-15 04-27 -",
            "t a 2023-04 - 04-27 04-27 -",
            "n a 2023-05 - 05-15 05-15 -",
            "r a 2023-05 - 05-15 05-15 -",
            "t a 2023-05 - 05-15 05-15 -",
        ],
    ),
    "an exception of one that opens": (
        (rule(Due(Course(DayOfMonth(15)), opens=Course(WorkingDay(1))), exceptions=(moved("2023-04-27"),)), upon("t")),
        [
            "r a 2023-04 04-03 04-15 04-27 - x?04-01",
            "t a 2023-04 - 04-27 04-27 -",
            "r a 2023-05 05-01 05-15 05-15 -",
            "t a 2023-05 - 05-15 05-15 -",
        ],
    ),
    "an exception of one that closes after it": (
        (rule(Due(Course(DayOfMonth(28)), closes=Course(DueDate(), (FOLLOWING,))), exceptions=(moved("2023-04-16"),)),),
        ["r a 2023-04 - 04-28 04-16 04-17 x?04-16", "r a 2023-05 - 05-28 05-28 05-29 provisional"],
    ),
    "an exception that makes a closing known": (
        (rule(Due(FIFTEENTH, closes=Course(DueDate(), (FOLLOWING,))), exceptions=(moved("2023-04-22"),)),),
        ["r a 2023-04 - 04-15 04-22 04-24", "r a 2023-05 - 05-15 05-15 05-15"],
    ),
    "once": (
        (once(Course(steps=(FOLLOWING, Add(7, "days")))),),
        ["r a once - 04-24 04-24 - x?04-15"],
    ),
    "once, and perhaps not": ((once(Course(steps=(Add(0, "days"), SKIP))),), ["r a once - 04-15 04-15 - x?04-15"]),
    "a date that is written": (
        (
            Obligation(
                "r",
                Dates(
                    (Dated(label="2023-04", span=read_span("2023-04"), date=dt.date(2023, 4, 16)),),
                    Due(closes=Course(DueDate(), (FOLLOWING,))),
                ),
                Text.of("r"),
            ),
        ),
        ["r a 2023-04 - 04-16 04-16 04-17 x?04-16"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_rests_on_days_before_the_data(case: str) -> None:
    """It is given where that is asked for, with the first such day; what does not rest on it stays certain."""
    rules, expected = CASES[case]
    assert listed(rules) == expected


@pytest.mark.parametrize("case", CASES)
def test_what_rests_on_days_before_the_data_is_refused(case: str) -> None:
    """The error names the calendar, the first such occurrence and the day; without one, all else is as it was."""
    rules, expected = CASES[case]
    book = Rulebook("book", Text.of("book"), ALONE, rules, calendar="x")
    unknown = [each for each in expected if "?" in each]
    if not unknown:
        assert len(expand(book, SPAN, {"x": X})) == len(expected)
        return
    with pytest.raises(BeforeDataError) as told:
        expand(book, SPAN, {"x": X})
    named = {f"book/{one} {label}": day for one, _, label, *_, day in map(str.split, unknown)}
    assert told.value.calendar == "x"
    assert f"x?{told.value.day:%m-%d}" == named[told.value.occurrence]


def test_what_rests_on_days_before_the_data_is_not_explained() -> None:
    """Nor by itself: the error names what expanding would name."""
    book = Rulebook("book", Text.of("book"), ALONE, (rule(FIFTEENTH),), calendar="x")
    schedule = expand(book, SPAN, {"x": X}, doubtful=True)
    unknown, may = schedule
    with pytest.raises(BeforeDataError) as told:
        explain_occurrence(schedule, unknown)
    assert (told.value.calendar, told.value.occurrence, told.value.day) == ("x", "book/r 2023-04", dt.date(2023, 4, 15))
    assert explain_occurrence(schedule, may).due == dt.date(2023, 5, 15)


#: The unit b is below a.
CASCADES: dict[str, tuple[Obligation, list[str]]] = {
    "counted over a day before the data": (
        rule(Course(DayOfMonth(20)), cascade=Lag(1, working=True)),
        ["r b 2023-04 - 04-19 04-19 - x?04-19", "r a 2023-04 - 04-20 04-20 -"],
    ),
    "counted within the data": (
        rule(Course(DayOfMonth(24)), cascade=Lag(2, working=True)),
        ["r b 2023-04 - 04-20 04-20 -", "r a 2023-04 - 04-24 04-24 -"],
    ),
    "from a date that rests on such a day": (
        rule(FIFTEENTH, cascade=Lag(1, working=True)),
        ["r b 2023-04 - 04-14 04-14 - x?04-15", "r a 2023-04 - 04-15 04-17 - x?04-15"],
    ),
    "by days": (
        rule(FIFTEENTH, cascade=Lag(1)),
        ["r b 2023-04 - 04-16 04-16 - x?04-15", "r a 2023-04 - 04-15 04-17 - x?04-15"],
    ),
    "by days from a date that was moved": (
        rule(FIFTEENTH, cascade=Lag(1), exceptions=(moved("2023-04-18"),)),
        ["r a 2023-04 - 04-15 04-18 -", "r b 2023-04 - 04-17 04-18 -"],
    ),
    "from a date that was moved for one unit": (
        rule(FIFTEENTH, cascade=Lag(1), exceptions=(moved("2023-04-18", units=A),)),
        ["r b 2023-04 - 04-17 04-17 -", "r a 2023-04 - 04-15 04-18 -"],
    ),
    # Whether there is one is not known of either; that of a was decided.
    "from one that may not be there": (
        rule(Course(WorkingDay(25)), cascade=Lag(5)),
        ["r b 2023-04 - 04-25 04-25 - x?04-01", "r a 2023-04 - 04-30 04-30 - x?04-01"],
    ),
    "from one that may not be there and was moved": (
        rule(Course(WorkingDay(25)), cascade=Lag(5), exceptions=(moved("2023-04-27", units=A),)),
        ["r b 2023-04 - 04-22 04-22 - x?04-01", "r a 2023-04 - 04-30 04-27 -"],
    ),
}


@pytest.mark.parametrize("case", CASCADES)
def test_levels_below_what_is_not_known(case: str) -> None:
    """A level below is as certain as the date above it, and as the days that are counted between them."""
    above, expected = CASCADES[case]
    april = attrs.evolve(above, bounds=Bounds(dt.date(2023, 4, 1), dt.date(2023, 4, 30)))
    assert listed((april,), BELOW) == expected
    # What the nominal date of each fires is as certain as that date: above, that is the day written.
    fired = [each for each in listed((april, upon("n", nominal=True)), BELOW) if each.startswith("n b")]
    (low,) = (each for each in expected if each.startswith("r b"))
    day, *_, doubt = low.split()[4:]
    assert [each.split()[5] for each in fired] == [day]
    assert [each.split()[-1] for each in fired] == [doubt]
