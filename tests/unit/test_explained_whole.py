"""Explanations as whole values: the way, what stands behind each calendar, and what is not certain of which date.

Calendar x is known to Sunday, 21 May 2023, y from 1 April on, and z has guessed that 2 June is a holiday.
"""

import datetime as dt
import zoneinfo
from typing import Any

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain
from cyclekit.model.event import Event
from cyclekit.model.explanation import (
    CalendarFacts,
    Cascaded,
    DayName,
    Doubt,
    Explanation,
    Fired,
    Nature,
    Stretch,
    Waypoint,
)
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Lag, Obligation, PeriodException, Rulebook
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
    MonthsTarget,
    MoveTo,
    TriggerDate,
    WorkingDay,
)
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.text import Text
from cyclekit.model.timing import Dated, Dates, Every, OfEvent, OfObligation, Once, Upon


def day(text: str) -> dt.date:
    """A day of 2023."""
    return dt.date.fromisoformat(f"2023-{text}")


def calendar(name: str, *closed: str, **fields: Any) -> WorkingCalendar:
    """A calendar of weekdays, but for these holidays."""
    days = {day(each).toordinal(): "Holiday" for each in closed}
    return WorkingCalendar(
        name, dt.date(2017, 1, 1).toordinal(), dt.date(2031, 12, 31).toordinal(), closed=days, **fields
    )


X = calendar("x", known_until=day("05-21").toordinal(), origin="the law")
Y = calendar("y", known_from=day("04-01").toordinal())
Z = calendar("z", "06-02", estimated=frozenset({day("06-02").toordinal()}))
CALENDARS = {"x": X, "y": Y, "z": Z}
OF_X = CalendarFacts("x", "the law", None, day("05-21"))
OF_Y = CalendarFacts("y", "", day("04-01"), None)
OF_Z = CalendarFacts("z")
ZONES = {"Asia/Shanghai": zoneinfo.ZoneInfo("Asia/Shanghai"), "Europe/Berlin": zoneinfo.ZoneInfo("Europe/Berlin")}
FOLLOWING = Adjust(Convention.FOLLOWING)
TWENTIETH = DayOfMonth(20)


def explained(rule: Obligation, period: str, *others: Obligation, unit: str = "a", **fields: Any) -> Explanation:
    """Why an occurrence of one of these is due."""
    roster = Roster(["a", "b"], parents=[NO_PARENT, 0], timezones=["Asia/Shanghai", None])
    book = Rulebook("book", Text.of("book"), roster, (rule, *others), calendar="x", timezone="Europe/Berlin")
    schedule = expand(book, read_span("2023"), CALENDARS, zones=ZONES, **fields)
    return explain(schedule, Key("book", rule.id, unit, period))


def monthly(due: Due, **fields: Any) -> Obligation:
    """An obligation of each month from April on."""
    timing = Every(Months(1, "month"), DueList((due,)))
    return Obligation("r", timing, Text.of("r"), bounds=Bounds(day("04-01")), **fields)


def told(found: Explanation) -> tuple[object, ...]:
    """What an explanation tells of its way, of calendars, and of what is not certain."""
    return found.start, found.way, found.due, found.calendars, found.doubts


def weekend(first: str, last: str) -> Stretch:
    """Days of rest."""
    return Stretch(day(first), day(last), Nature.REST)


HOLIDAY = Stretch(day("06-02"), day("06-02"), Nature.HOLIDAY, DayName(Text.of("Holiday")))


def test_all_calendars_that_were_asked_are_told() -> None:
    """That of the due date, and those of what opens and closes; of May each of the three has its own doubt."""
    due = Due(
        Course(TWENTIETH, (FOLLOWING,)),
        opens=Course(WorkingDay(1), (), "y"),
        closes=Course(DueDate(), (Add(9, "working days", calendar="z"),)),
    )
    # Saturday, 20 May; Monday the 22nd is not known. Nine working days later is 5 June, over the guessed 2 June.
    way = (Waypoint(TWENTIETH, day("05-20")), Waypoint(FOLLOWING, day("05-22"), "x", (weekend("05-20", "05-21"),)))
    doubts = (Doubt("x", day("05-22"), day("05-21")), Doubt("z", day("06-02")))
    found = explained(monthly(due), "2023-05")
    assert told(found) == (None, way, day("05-22"), (OF_X, OF_Y, OF_Z), doubts)
    assert (found.rule, found.fired, found.cascaded, found.moves) == (due, None, None, ())
    # 20 April is a Thursday, and nine working days later it is 3 May.
    certain = (Waypoint(TWENTIETH, day("04-20")), Waypoint(FOLLOWING, day("04-20"), "x"))
    assert told(explained(monthly(due), "2023-04")) == (None, certain, day("04-20"), (OF_X, OF_Y, OF_Z), ())


def test_a_closing_of_its_own_is_told_by_its_period() -> None:
    """The second working day of June is not the 2nd, as that is guessed to be a holiday, but Monday, the 5th."""
    due = Due(Course(TWENTIETH), closes=Course(WorkingDay(2, "next"), (), "z"))
    found = explained(monthly(due), "2023-05")
    assert found.occurrence.closes == day("06-05")
    way = (Waypoint(TWENTIETH, day("05-20")),)
    assert told(found) == (None, way, day("05-20"), (OF_Z,), (Doubt("z", day("06-02")),))


def test_only_hours_go_on_from_a_clock_time() -> None:
    """A day after 20:00 UTC on 25 March is a whole day: the 27th in Shanghai, where it was the 26th."""
    plan = DueList((Due(Course(TriggerDate(), (Add(1, "days"),))),))
    rule = Obligation("r", Upon(OfEvent("leak"), plan), Text.of("r"))
    found = explained(rule, "7", events={"leak": [Event(dt.datetime(2023, 3, 25, 20, 0, tzinfo=dt.UTC), "7")]})
    assert (found.due, found.occurrence.minute) == (day("03-27"), None)
    assert found.way == (Waypoint(TriggerDate(), day("03-26")), Waypoint(Add(1, "days"), day("03-27")))


def test_what_was_asked_around_a_moved_date_is_told_by_that_date() -> None:
    """Moved to 12 May, it closes nine working days later, on 25 May: what was doubtful of the 20th does not matter."""
    due = Due(Course(TWENTIETH, (FOLLOWING,)), closes=Course(DueDate(), (Add(9, "working days", calendar="z"),)))
    moved = PeriodException("2023-05", read_span("2023-05"), None, day("05-12"), "flood")
    found = explained(monthly(due, exceptions=(moved,)), "2023-05")
    assert (found.due, found.moves, found.calendars, found.doubts) == (day("05-12"), (moved,), (OF_X, OF_Z), ())


def test_each_step_tells_the_holidays_on_its_way() -> None:
    """Counting, including and moving pass days of their calendar; only adjusting tells the days of rest."""
    counted = monthly(Due(Course(DayOfMonth(31), (Add(3, "working days"),), "z")))
    step = Waypoint(Add(3, "working days"), day("06-06"), "z", (HOLIDAY,))
    # Of Thursday 1 June, Monday the 5th and Tuesday the 6th.
    assert explained(counted, "2023-05").way == (Waypoint(DayOfMonth(31), day("05-31")), step)
    included = monthly(Due(Course(DayOfMonth(31), (Add(1, "days"), Include(2)), "z")))
    assert explained(included, "2023-05").way == (
        Waypoint(DayOfMonth(31), day("05-31")),
        Waypoint(Add(1, "days"), day("06-01")),
        Waypoint(Include(2), day("06-05"), "z", (HOLIDAY,)),
    )
    adjusted = monthly(Due(Course(DayOfMonth(2, "next"), (FOLLOWING,), "z")))
    rest = weekend("06-03", "06-04")
    assert explained(adjusted, "2023-05").way[1] == Waypoint(FOLLOWING, day("06-05"), "z", (HOLIDAY, rest))
    # A working day of a month is counted from its beginning.
    move = MoveTo((MonthsTarget(WorkingDay(3), frozenset({6})),), later=True, staying=True)
    moved = monthly(Due(Course(DayOfMonth(31), (move,), "z")))
    found = explained(moved, "2023-05")
    assert found.way == (Waypoint(DayOfMonth(31), day("05-31")), Waypoint(move, day("06-06"), "z", (HOLIDAY,)))
    assert (found.calendars, found.doubts) == ((OF_Z,), (Doubt("z", day("06-02")),))
    # A window from 1 June that ends in the long weekend is put off by its three days.
    extend = Extend(3, "working days")
    extended = monthly(Due(Course(DayOfMonth(4, "next"), (extend,), "z"), opens=Course(DayOfMonth(1, "next"))))
    assert explained(extended, "2023-05").way == (
        Waypoint(DayOfMonth(4, "next"), day("06-04")),
        Waypoint(extend, day("06-07"), "z", (HOLIDAY, rest)),
    )


def test_where_steps_begin_is_told_where_no_anchor_finds_it() -> None:
    """The last day of `once`, or the day before; the day that is written among dates."""
    due, way = Due(Course(steps=(Add(2, "days"),))), Add(2, "days")
    once = Obligation("r", Once(read_span("2023-04"), due=due), Text.of("r"))
    assert told(explained(once, "once")) == (day("04-30"), (Waypoint(way, day("05-02")),), day("05-02"), (), ())
    before = Obligation("r", Once(read_span("2023-04"), before=True, due=due), Text.of("r"))
    assert told(explained(before, "once")) == (day("03-31"), (Waypoint(way, day("04-02")),), day("04-02"), (), ())
    entries = (
        Dated("spring", read_span("2023Q1"), day("04-10")),
        Dated("summer", read_span("2023Q2"), day("07-10")),
    )
    dates = Obligation("r", Dates(entries, due), Text.of("r"))
    assert told(explained(dates, "summer")) == (day("07-10"), (Waypoint(way, day("07-12")),), day("07-12"), (), ())


def test_hours_are_counted_where_the_unit_is() -> None:
    """20:00 UTC on 25 March is 04:00 on the 26th in Shanghai, and 21:00 in Berlin, where an hour is skipped then."""
    rule = Obligation(
        "r", Upon(OfEvent("leak"), DueList((Due(Course(TriggerDate(), (Add(24, "hours"),))),))), Text.of("r")
    )
    events = {"leak": [Event(dt.datetime(2023, 3, 25, 20, 0, tzinfo=dt.UTC), "7")]}
    found = explained(rule, "7", events=events)
    assert found.fired == Fired("leak", "7", 1, day("03-26"), 4 * 60)
    assert found.way == (
        Waypoint(TriggerDate(), day("03-26")),
        Waypoint(Add(24, "hours"), day("03-27"), minute=4 * 60),
    )
    there = explained(rule, "7", unit="b", events=events)
    assert there.fired == Fired("leak", "7", 1, day("03-25"), 21 * 60)
    assert there.way[1] == Waypoint(Add(24, "hours"), day("03-26"), minute=22 * 60)


def test_a_cascaded_date_tells_what_it_follows() -> None:
    """Two working days before Monday, 5 June, in the calendar of the file: 1 June, as far as that is known."""
    lag = Lag(2, working=True)
    rule = monthly(Due(Course(DayOfMonth(5))), cascade=lag)
    above, below = explained(rule, "2023-06"), explained(rule, "2023-06", unit="b")
    assert (above.cascaded, above.due, above.calendars, above.doubts) == (None, day("06-05"), (), ())
    assert below.cascaded is not None
    unit = below.cascaded.unit
    assert (unit.id, below.cascaded) == ("a", Cascaded(unit, day("06-05"), lag, day("06-01"), "x"))
    assert (below.due, below.calendars, below.doubts) == (
        day("06-01"),
        (OF_X,),
        (Doubt("x", day("06-01"), day("05-21")),),
    )


def test_what_was_fired_tells_by_which_date() -> None:
    """By the final one, or by the nominal one, with its period and number; a unit's own, or the latest of others'."""
    moved = PeriodException("2023-05", read_span("2023-05"), None, day("05-12"), "flood")
    rule = monthly(Due(Course(TWENTIETH)), exceptions=(moved,))
    plan = DueList((Due(Course(TriggerDate(), (Add(1, "days"),))),))
    final = Obligation("t", Upon(OfObligation("r"), plan), Text.of("t"))
    nominal = Obligation("t", Upon(OfObligation("r", nominal=True), plan), Text.of("t"))
    found = explained(final, "2023-05", rule)
    assert (found.fired, found.due) == (Fired(rule, "2023-05", 1, day("05-12")), day("05-13"))
    found = explained(nominal, "2023-05", rule)
    assert (found.fired, found.due) == (Fired(rule, "2023-05", 1, day("05-20"), nominal=True), day("05-21"))
