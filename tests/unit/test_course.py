"""Courses: an anchor and steps, and which of the dates on the way is the nominal one."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.labels import read_span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Calendars, Recorded, Runner
from cyclekit.errors import CalendarError, DateRangeError
from cyclekit.model.pipeline import Add, Adjust, Course, DayOfMonth, MonthEnd, PeriodEnd, Step

FIRST, LAST = dt.date(2022, 1, 1).toordinal(), dt.date(2025, 12, 31).toordinal()
COMPILED = {
    "weekdays": WorkingCalendar("weekdays", FIRST, LAST),
    "all_days": WorkingCalendar("all_days", FIRST, LAST, weekend=frozenset()),
    "sundays": WorkingCalendar("sundays", FIRST, LAST, weekend=frozenset({6})),
    "late": WorkingCalendar("late", FIRST, LAST, known_from=dt.date(2023, 1, 1).toordinal()),
    "early": WorkingCalendar("early", FIRST, LAST, known_until=dt.date(2023, 4, 30).toordinal()),
}
FOLLOWING, PRECEDING = Adjust(Convention.FOLLOWING), Adjust(Convention.PRECEDING)


def run(course: Course, period: str, calendars: Calendars) -> tuple[str, str] | None:
    """The nominal and the due date of a period."""
    span = read_span(period)
    found = Runner(course, calendars).run(span.first.toordinal(), span.last.toordinal())
    if found is None:
        return None
    return dt.date.fromordinal(found.nominal).isoformat(), dt.date.fromordinal(found.due).isoformat()


def by(unit: str | None = None, obligation: str | None = None, file: str | None = "weekdays") -> Calendars:
    """The calendars in sight."""
    return Calendars(COMPILED, obligation, unit, file)


TABLE: list[tuple[str, tuple[Step, ...], str, str]] = [
    ("2023-04", (), "2023-04-30", "2023-04-30"),
    ("2023-04", (FOLLOWING,), "2023-04-30", "2023-05-01"),
    ("2023-04", (Add(40, "days"),), "2023-06-09", "2023-06-09"),
    ("2023-04", (Add(-1, "weeks"), FOLLOWING), "2023-04-23", "2023-04-24"),
    # An adjust in the middle is part of the computation: here the nominal date is the last one.
    ("2023-04", (PRECEDING, Add(1, "days")), "2023-04-29", "2023-04-29"),
    # Of several at the end, all only move the finished date.
    ("2023-04", (Add(1, "weeks"), FOLLOWING, PRECEDING), "2023-05-07", "2023-05-08"),
    ("2023-04", (PRECEDING, Add(2, "days"), FOLLOWING), "2023-04-30", "2023-05-01"),
    ("2023-01", (Add(1, "months"),), "2023-02-28", "2023-02-28"),
    ("2023-01", (Add(1, "months", MonthEnd.NEXT),), "2023-03-01", "2023-03-01"),
    ("2023-02", (Add(1, "months"),), "2023-03-28", "2023-03-28"),
    ("2023-02", (Add(1, "months", MonthEnd.STICKY),), "2023-03-31", "2023-03-31"),
    ("2024-02", (Add(1, "years"),), "2025-02-28", "2025-02-28"),
    ("2024-02", (Add(-1, "years", MonthEnd.NEXT),), "2023-03-01", "2023-03-01"),
    ("2024-02-29", (Add(12, "months", MonthEnd.STICKY),), "2025-02-28", "2025-02-28"),
    ("2023-04", (Adjust(Convention.NONE),), "2023-04-30", "2023-04-30"),
]


@pytest.mark.parametrize(("period", "steps", "nominal", "due"), TABLE)
def test_the_nominal_date_stands_before_the_last_adjusting(
    period: str, steps: tuple[Step, ...], nominal: str, due: str
) -> None:
    """What only moves a finished date off days that do not count leaves the nominal date as it is."""
    assert run(Course(PeriodEnd(), steps), period, by()) == (nominal, due)


@pytest.mark.parametrize(
    "course",
    [
        Course(DayOfMonth(30), (Adjust(Convention.SKIP),)),
        Course(DayOfMonth(31, month_end=MonthEnd.SKIP)),
        Course(DayOfMonth(30), (Add(-2, "months", MonthEnd.SKIP), FOLLOWING)),
    ],
)
def test_a_course_may_lead_nowhere(course: Course) -> None:
    """Where a day is missing or left out there is no occurrence, whatever steps would follow."""
    assert run(course, "2023-04", by()) is None


@pytest.mark.parametrize(
    ("step", "course", "calendars", "due"),
    [
        (None, None, by(), "2023-05-01"),
        (None, None, by(unit="sundays"), "2023-05-01"),
        (None, None, by(unit="all_days"), "2023-04-30"),
        (None, None, by(unit="all_days", obligation="weekdays"), "2023-05-01"),
        (None, "all_days", by(obligation="weekdays"), "2023-04-30"),
        ("weekdays", "all_days", by(), "2023-05-01"),
        ("unit", "weekdays", by(unit="all_days"), "2023-04-30"),
        ("unit", "weekdays", by(file="all_days"), "2023-04-30"),
        (None, None, by(unit="all_days", obligation="unit"), "2023-04-30"),
    ],
)
def test_the_nearest_calendar_counts(step: str | None, course: str | None, calendars: Calendars, due: str) -> None:
    """Step, due date, obligation, unit, file; `unit` asks for the unit's, and without one for the file's."""
    found = run(Course(PeriodEnd(), (Adjust(Convention.FOLLOWING, step),), course), "2023-04", calendars)
    assert found == ("2023-04-30", due)


def test_a_calendar_has_to_be_in_sight_and_at_hand() -> None:
    """CalendarError where no calendar is named, and where the one named was not handed over."""
    with pytest.raises(CalendarError, match="in sight"):
        run(Course(PeriodEnd(), (FOLLOWING,)), "2023-04", by(file=None))
    with pytest.raises(CalendarError, match="XX"):
        run(Course(PeriodEnd(), (FOLLOWING,), "XX"), "2023-04", by())
    # A convention that moves nothing asks for none.
    assert run(Course(PeriodEnd(), (Adjust(Convention.NONE),)), "2023-04", by(file=None)) is not None


@pytest.mark.parametrize(
    ("period", "steps"),
    [
        ("9999-12", (Add(1, "days"),)),
        ("9999-12", (Add(1, "months"),)),
        ("9999", (Add(1, "years"),)),
        ("0001-01", (Add(-31, "days"), Add(1, "months"))),
        ("0001-01", (Add(-1, "months"),)),
        ("0001-01", (Add(-1, "months", MonthEnd.STICKY),)),
    ],
)
def test_a_step_that_leaves_the_calendar_is_told(period: str, steps: tuple[Step, ...]) -> None:
    """Outside the years 1 to 9999 a step raises DateRangeError, before any other step makes something of it."""
    with pytest.raises(DateRangeError):
        run(Course(PeriodEnd(), steps), period, by())


def of(calendar: str, day: str, convention: Convention) -> tuple[bool, bool]:
    """Whether a date is provisional, and whether it rests on days that are older than the data."""
    runner = Runner(Course(PeriodEnd(), (Adjust(convention),)), by(file=calendar))
    found = runner.walk(dt.date.fromisoformat(day).toordinal(), doubtful=True)
    assert found is not None
    return found.provisional, found.unknown is not None


@pytest.mark.parametrize(
    ("calendar", "day", "convention", "provisional", "unknown"),
    [
        ("early", "2023-04-28", Convention.FOLLOWING, False, False),
        ("early", "2023-04-29", Convention.FOLLOWING, True, False),
        ("early", "2023-04-29", Convention.PRECEDING, False, False),
        # Turned round at the end of April, for which nobody has to know May.
        ("early", "2023-04-29", Convention.MODIFIED_FOLLOWING, False, False),
        ("early", "2023-05-01", Convention.NONE, False, False),
        ("early", "2023-05-01", Convention.FOLLOWING, True, False),
        ("early", "2023-05-06", Convention.PRECEDING, True, False),
        ("late", "2022-12-31", Convention.FOLLOWING, False, True),
        ("late", "2023-01-01", Convention.FOLLOWING, False, False),
        ("late", "2023-01-01", Convention.PRECEDING, False, True),
        ("late", "2023-01-01", Convention.MODIFIED_FOLLOWING, False, False),
        ("late", "2023-01-01", Convention.MODIFIED_PRECEDING, False, False),
        ("late", "2023-01-01", Convention.NEAREST, False, False),
        ("late", "2022-12-31", Convention.SKIP, False, True),
    ],
)
def test_only_days_that_were_looked_at_count(
    calendar: str, day: str, convention: Convention, provisional: bool, unknown: bool
) -> None:
    """A date is provisional, or refused, for the days that decided it and for no others."""
    assert of(calendar, day, convention) == (provisional, unknown)


def test_a_recorder_is_told_every_step() -> None:
    """It hears the anchor, each step, the day each led to and the calendar that was asked, and changes nothing."""
    heard: list[tuple[str, str | None, str | None]] = []

    def record(told: Recorded) -> None:
        shown = dt.date.fromordinal(told.day).isoformat() if told.day else None
        heard.append((type(told.part).__name__, shown, told.calendar.id if told.calendar else None))

    course = Course(DayOfMonth(30), (Add(1, "days"), FOLLOWING, Adjust(Convention.SKIP, "sundays")))
    runner = Runner(course, by())
    april = read_span("2023-04")
    days = april.first.toordinal(), april.last.toordinal()
    assert runner.run(*days, record) == runner.run(*days)
    assert heard == [
        ("DayOfMonth", "2023-04-30", None),
        ("Add", "2023-05-01", None),
        ("Adjust", "2023-05-01", "weekdays"),
        ("Adjust", "2023-05-01", "sundays"),
    ]
