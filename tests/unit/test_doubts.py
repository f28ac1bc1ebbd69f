"""What is not certain about a date, and what is certain all the same: only the days that it rests on count."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Calendars, Runner
from cyclekit.engine.expand import expand
from cyclekit.model.obligation import Obligation, PeriodException, Rulebook
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DayOfMonth,
    Due,
    DueDate,
    DueList,
    Extend,
    Include,
    Step,
    TriggerDate,
)
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Every, OfObligation, Upon

#: Monday, 24 April 2023, is a holiday, and the week from 1 to 7 May. Known until Sunday, 30 April.
HOLIDAYS = [dt.date(2023, 4, 24), *(dt.date(2023, 5, day) for day in range(1, 8))]
CALENDAR = WorkingCalendar(
    "x",
    dt.date(2022, 1, 1).toordinal(),
    dt.date(2025, 12, 31).toordinal(),
    closed={day.toordinal(): "holiday" for day in HOLIDAYS},
    known_until=dt.date(2023, 4, 30).toordinal(),
    suspended=[dt.date(2023, 5, 10).toordinal()],
)
APRIL = read_span("2023-04")
FOLLOWING = Adjust(Convention.FOLLOWING)

# From a day, with the first day of a window where there is one; where it leads, and whether that is provisional.
STEPS: dict[str, tuple[str, tuple[Step, ...], str | None, str, bool]] = {
    "counted back from a day that is not known": ("05-01", (Add(-1, "working days"),), None, "04-28", False),
    "counted on over days that are not": ("04-28", (Add(1, "working days"),), None, "05-08", True),
    "days that are suspended are written down": ("04-30", (Add(10, "days"),), None, "05-11", False),
    "two working days lie in between": ("04-20", (Add(13, "days"), Include(2)), None, "05-03", False),
    "two working days, one of them not known": ("04-27", (Include(2),), None, "05-08", True),
    "a long holiday in the window": ("04-24", (Extend(3, "days"),), "04-22", "04-27", False),
    "a run that is long by what lies behind it": ("04-30", (Extend(2, "days"),), "04-29", "05-02", True),
    "a run that is too short whatever lies behind it": ("04-30", (Extend(3, "days"),), "04-29", "04-30", False),
    "a window that does not open": ("05-03", (Extend(1, "days"),), None, "05-03", False),
}


@pytest.mark.parametrize("case", STEPS)
def test_only_days_that_decided_a_date_make_it_provisional(case: str) -> None:
    """Neither the day that a count starts from nor one that was passed without being asked for is among them."""
    start, steps, opened, due, provisional = STEPS[case]
    runner = Runner(Course(steps=steps), Calendars({"x": CALENDAR}, "x", None, None, frozenset({"x"})))
    window = dt.date.fromisoformat(f"2023-{opened}").toordinal() if opened else None
    found = runner.walk(dt.date.fromisoformat(f"2023-{start}").toordinal(), opened=window)
    assert found is not None
    assert (dt.date.fromordinal(found.due).isoformat(), found.provisional) == (f"2023-{due}", provisional)


def told(*rules: Obligation) -> list[tuple[str, str, bool]]:
    """Each occurrence of April with its due date, and whether it is provisional."""
    book = Rulebook("book", Text.of("book"), Roster(["a"]), rules, calendar="x")
    found = expand(book, read_span("2023-03..2023-06"), {"x": CALENDAR})
    return [(each.obligation.id, f"{each.due:%m-%d}", each.provisional) for each in found]


def report(due: Due, *exceptions: PeriodException) -> Obligation:
    """A report for April alone."""
    timing = Every(Months(1, "month"), DueList((due,)))
    return Obligation(
        "report", timing, Text.of("report"), bounds=Bounds(APRIL.first, APRIL.last), exceptions=exceptions
    )


def upon(name: str, *, nominal: bool = False) -> Obligation:
    """What is due on the day of the report."""
    timing = Upon(OfObligation("report", nominal=nominal), DueList((Due(Course(TriggerDate())),)))
    return Obligation(name, timing, Text.of(name))


#: The first working day after April is not known to be 8 May.
UNSURE = Course(DayOfMonth(-1), (FOLLOWING,))


def test_what_is_triggered_is_as_certain_as_the_date_that_fired_it() -> None:
    """An opening that is not certain does not matter to what the due date fires, nor that date to the nominal one."""
    assert told(report(Due(Course(DayOfMonth(10)), opens=UNSURE)), upon("next")) == [
        ("next", "04-10", False),
        ("report", "04-10", True),
    ]
    assert told(report(Due(UNSURE)), upon("next"), upon("nominal", nominal=True)) == [
        ("nominal", "04-30", False),
        ("next", "05-08", True),
        ("report", "05-08", True),
    ]


def test_a_date_that_was_moved_is_certain_and_what_stands_around_it_may_not_be() -> None:
    """The exception's date is final; an opening of the rule's is not, nor a closing that follows the date."""
    moved = PeriodException("2023-04", APRIL, due=dt.date(2023, 4, 27))
    closing = Course(DueDate(), (Add(2, "working days"),))
    assert told(report(Due(UNSURE), moved)) == [("report", "04-27", False)]
    assert told(report(Due(UNSURE, opens=UNSURE), moved)) == [("report", "04-27", True)]
    assert told(report(Due(UNSURE, closes=closing), moved)) == [("report", "04-27", True)]
    assert told(report(Due(Course(DayOfMonth(10)), closes=closing))) == [("report", "04-10", False)]
