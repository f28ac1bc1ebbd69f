"""What is wrong with a due date, word for word: its anchor, what stands beside and around it, its calendars."""

from typing import ClassVar

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueByPosition,
    DueDate,
    DueList,
    DuePlan,
    Extend,
    Holiday,
    Include,
    MonthEnd,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.text import Text
from cyclekit.model.timing import Dates, Every, Once, Upon
from cyclekit.reading.known import NoCalendars, Surroundings
from tests.unit.marked import both, read

HEAD = "cyclekit: 1\nid: demo\ncalendar: weekdays\nobligations:\n  a:\n"
BARE = HEAD.replace("calendar: weekdays\n", "")


class Holidays(NoCalendars):
    """Two calendars from elsewhere, of which each has names of its own."""

    names: ClassVar = {
        "XA": frozenset({"New Year", "Flag Day", "元旦"}),
        "XB": frozenset(f"Day {each:02}" for each in range(60)),
    }

    def knows(self, code: str) -> bool:
        """Both are known."""
        return code in self.names

    def holiday_names(self, code: str) -> frozenset[str]:
        """Those of one of the two."""
        return self.names[code]


AROUND = Surroundings(calendars=Holidays())


def beside(first: str, second: str) -> str:
    """Two keys that exclude each other, the second of them being told."""
    return f"conflict | first={first} | second={second}"


def out_of_range(day: int) -> str:
    """A day that no month has."""
    return f"out-of-range | text={day} | low=-31 | high=31 | without=0"


ANCHORS: dict[str, tuple[str, ...]] = {
    # Days of a month lie in -31..31; those of a whole period may be further off.
    "every: month\ndue: {day: «32»}": (out_of_range(32),),
    "every: month\ndue: {day: «-32»}": (out_of_range(-32),),
    "every: month\ndue: {day: 31, month_end: clamp}": (),
    "every: quarter\ndue: {day: 32, within: period}": (),
    # What says more about an anchor stands beside one that it says something about.
    "every: quarter\ndue: {day: 3, month: first, «within»: period}": (beside("month", "within"),),
    "every: quarter\ndue: {within: period, day: 3, «month»: first}": (beside("within", "month"),),
    "every: quarter\ndue:\n  day: 3\n  month: first\n  «within»: period": (beside("month", "within"),),
    "every: quarter\ndue:\n     within: period\n     «month»: first\n     day: 3": (beside("within", "month"),),
    "every: month\ndue: {day: 3, «nth»: 2}": (beside("day", "nth"),),
    "every: month\ndue: {nth: 2, «day»: 3}": (beside("nth", "day"),),
    "every: month\ndue:\n  nth: 2\n  «day»: 3": (beside("nth", "day"),),
    "every: month\ndue: {working_day: 3, «nth»: 2}": (beside("working_day", "nth"),),
    "every: month\ndue: {date: 03-31, «nth»: 2}": (beside("date", "nth"),),
    "every: month\ndue: {date: 03-31, «month»: first}": (beside("date", "month"),),
    "every: month\ndue: {date: 03-31, «within»: period}": (beside("date", "within"),),
    "every: month\ndue: {at: end, «month»: first}": (beside("at", "month"),),
    "every: month\ndue: {day: 3, «year»: next}": (beside("day", "year"),),
    "every: month\ndue: {year: next, «weekday»: fri, nth: 2}": (beside("year", "weekday"),),
    "every: month\ndue: {«nth»: 2}": ("missing-key | key=weekday | what=nth",),
    "every: month\ndue: «{»month: first}": (
        "missing-key missing-anchor | key=month | expected=day, weekday, working_day",
    ),
    "every: month\ndue: «{»within: period}": (
        "missing-key missing-anchor | key=within | expected=day, weekday, working_day",
    ),
    "every: month\ndue: «{»year: next}": ("missing-key missing-anchor | key=year | expected=date",),
    "every: month\ndue: {«weekday»: fri}": ("missing-key | key=nth | what=weekday",),
    # A week has each weekday once, and no months; counted in the period, it may have several.
    "every: week\ndue: {weekday: fri, «nth»: 2}": ("conflict one-weekday-a-week | key=nth",),
    "every: week\ndue: {weekday: fri, «month»: first}": ("conflict one-weekday-a-week | key=month",),
    "every: week\ndue: {«month»: first, weekday: fri, «nth»: 2}": (
        "conflict one-weekday-a-week | key=month",
        "conflict one-weekday-a-week | key=nth",
    ),
    "every: 2 weeks\norigin: 2026-01-05\ndue: {weekday: fri, nth: 2, within: period}": (),
    "every: 2 weeks\norigin: 2026-01-05\ndue: {«weekday»: fri, within: period}": (
        "missing-key | key=nth | what=weekday",
    ),
    # Where the date is given, there is nothing to look for.
    "once: 2026-03\ndue: {«day»: 3}": ("conflict anchor-beside-date | key=day",),
    "once: 2026-03\ndue: {«at»: end, add: 1 day}": ("conflict anchor-beside-date | key=at",),
    "once: 2026-03\ndue: {«weekday»: fri, nth: 2}": ("conflict anchor-beside-date | key=weekday",),
    "every: month\ndue: {at: «trigger»}": ("conflict no-trigger",),
    "once: 2026-03\nopens: {at: «trigger»}": ("conflict no-trigger",),
    # Of a cycle that cannot be read, only what is wrong in any.
    "every: «mnth»\ndue: {weekday: fri, «day»: 3}": (
        (
            "bad-value bad-cycle | text=mnth | suggestion=month"
            " | expected=day, week, month, quarter, half_year, year, half_month, ten_days, 2 months, 3 weeks"
        ),
        "conflict two-anchors | first=weekday | second=day | several=due",
    ),
}
HOLIDAYS: dict[str, tuple[str, ...]] = {
    "calendar: XA\nevery: year\ndue: {holiday: New Year}": (),
    "calendar: XA\nevery: year\ndue: {holiday: 元旦}": (),
    "calendar: XA\nevery: year\ndue: {holiday: «New Yaer»}": (
        (
            "unknown-reference unknown-holiday | name=New Yaer | calendar=XA | suggestion=New Year"
            " | expected=元旦, Flag Day, New Year"
        ),
    ),
    # The calendar beside it is nearer than the obligation's.
    "calendar: XA\nevery: year\ndue: {holiday: «New Year», calendar: XB}": (
        (
            "unknown-reference unknown-holiday | name=New Year | calendar=XB"
            f" | expected={', '.join(f'Day {each:02}' for each in range(60))}"
        ),
    ),
    "calendar: XA\nevery: year\ndue: {holiday: Day 59, calendar: XB}": (),
    "calendar: XA\nevery: year\ndue: {holiday: «Day 59», calendar: unit}": (
        "unknown-reference unknown-holiday | name=Day 59 | calendar=XA | expected=元旦, Flag Day, New Year",
    ),
    # Nothing is known of the days of a calendar that could not be read.
    "calendar: weekdays\nevery: year\ndue: {holiday: «New Year»}": (
        "unknown-reference unknown-holiday | name=New Year | calendar=weekdays",
    ),
}
WITHOUT_CALENDAR: dict[str, tuple[str, ...]] = {
    "every: year\ndue: {holiday: «New Year»}": ("missing-key no-calendar | key=calendar",),
    "every: year\ndue: {holiday: New Year, calendar: XA}": (),
    "every: month\ndue: {working_day: «3»}": ("missing-key no-calendar | key=calendar",),
    "every: month\ndue: {working_day: 3, calendar: XA}": (),
    "every: month\nopens: {working_day: «3»}": ("missing-key no-calendar | key=calendar",),
    "every: month\ndue: {day: 3, adjust: following, calendar: «unit»}": (
        "missing-key no-unit-calendar | key=calendar",
    ),
    "calendar: XA\nevery: month\ndue: {day: 3, adjust: following, calendar: «unit»}": (
        "missing-key no-unit-calendar | key=calendar",
    ),
    "every: month\ndue: {day: 3, adjust: following, calendar: «weekday»}": (
        "unknown-reference unknown-calendar | name=weekday | suggestion=weekdays",
    ),
    "adjust: «following»\nevery: month": ("missing-key no-calendar | key=calendar",),
    "adjust: «following»\nevery: month\ndue: {day: 3}": ("missing-key no-calendar | key=calendar",),
    "adjust: none\nevery: month\ndue: {day: 3}": (),
    "adjust: following\nevery: month\ndue: {day: 3, adjust: none}": (),
}
COURSES: dict[str, tuple[str, ...]] = {
    "every: month\ndue: {day: 3, «weekday»: fri}": ("conflict two-anchors | first=day | second=weekday | several=due",),
    "every: month\ndue: {nth: 2, weekday: fri, «day»: 3}": (
        "conflict two-anchors | first=weekday | second=day | several=due",
    ),
    "every: month\ndue: {day: 3, «at»: end, date: 03-01}": (
        "conflict two-anchors | first=day | second=at | several=due",
    ),
    "every: month\ndue: {add: 1 day, «include»: 2 working days}": ("conflict two-shifts | first=add | second=include",),
    "every: month\ndue: {move_to: {after: fri}, «add»: 1 day}": ("conflict two-shifts | first=move_to | second=add",),
    "every: month\nopens: {day: 1, «at»: start}": ("conflict two-anchors | first=day | second=at",),
    "every: month\ncloses: {add: 1 day, «include»: 2 working days}": (
        "conflict two-shifts | first=add | second=include",
    ),
    # What a month lacks: the 29th and later, and only months or years that are added.
    "every: month\ndue: {day: 29, month_end: next}": (),
    "every: month\ndue: {day: 28, «month_end»: next}": ("no-effect idle-month-end",),
    "every: month\ndue: {day: -31, «month_end»: next}": ("no-effect idle-month-end",),
    "every: quarter\ndue: {day: 60, within: period, «month_end»: clamp}": ("no-effect idle-month-end",),
    "every: year\ndue: {date: 02-28, «month_end»: next}": ("no-effect idle-month-end",),
    "every: month\ndue: {working_day: 3, «month_end»: next}": ("no-effect idle-month-end",),
    "every: month\ndue: {«month_end»: next}": ("no-effect idle-month-end",),
    "every: month\ndue: {add: 1 month, month_end: next}": (),
    "every: month\ndue: {add: 1 year, month_end: next}": (),
    "every: month\ndue: {add: 1 week, «month_end»: next}": ("no-effect idle-month-end",),
    "every: month\ndue: {include: 2 working days, «month_end»: next}": ("no-effect idle-month-end",),
    # A calendar that nothing asks. One that suspends days is asked where days are added.
    "every: month\ndue: {day: 3, «calendar»: XA}": ("no-effect idle-calendar",),
    "every: month\ndue: {day: 3, calendar: XA, adjust: following}": (),
    "every: month\ndue: {day: 3, «calendar»: XA, adjust: none}": ("no-effect idle-calendar",),
    "every: month\ndue: {add: 3 working days, calendar: XA}": (),
    "every: month\ndue: {add: 3 days, «calendar»: XA}": ("no-effect idle-calendar",),
    "every: month\nadjust: following\ndue: {day: 3, calendar: XA}": (),
    "every: month\nadjust: following\nopens: {day: 3, «calendar»: XA}\ndue: {day: 5}": ("no-effect idle-calendar",),
    "every: month\ndue: {then: [{add: 2 working days}], calendar: XA}": (),
    "every: month\ndue: {calendar: XA, holiday: New Year}": (),
    # A clock time of its own, where hours are counted on from an event's.
    "upon: {event: e}\ndue: {add: 24 hours, «time»: '17:00'}": ("conflict time-beside-hours",),
    "upon: {event: e}\n«time»: '17:00'\ndue: {add: 24 hours}": ("conflict time-beside-hours",),
    "upon: {event: e}\ntime: '17:00'\ndue: [{add: 24 hours, «time»: '18:00'}]": ("conflict time-beside-hours",),
    "upon: {event: e}\ndue: {then: [{add: 24 hours}], «time»: '17:00'}": ("conflict time-beside-hours",),
    "upon: {event: e}\ndue: {add: 24 days, time: '17:00'}": (),
    "every: month\ndue: {add: «3 hours»}": ("conflict hours-without-trigger",),
    "every: month\ncloses: {add: «3 hours»}": ("conflict hours-without-trigger",),
    # Longer by holidays counts from the opening: beside it, or on the obligation.
    "every: month\ndue: {«extend»: {run: 3, by: days}}": ("missing-key extend-without-opens | key=opens",),
    "every: month\nopens: {day: 1}\ndue: {day: 9, extend: {run: 3, by: days}}": (),
    "every: month\ndue: {day: 9, extend: {run: 3, by: days}, opens: {day: 1}}": (),
    "every: month\ndue: [{day: 9, opens: {day: 1}}, {day: 19, «extend»: {run: 3, by: days}}]": (
        "missing-key extend-without-opens | key=opens",
    ),
    "every: month\nopens: {day: 1}\ncloses: {extend: {run: 3, by: days}}\ndue: {day: 9}": (),
    "every: month\ncloses: {«extend»: {run: 3, by: days}}\ndue: {day: 9}": (
        "missing-key extend-without-opens | key=opens",
    ),
    "every: month\nopens: {day: 1, «extend»: {run: 3, by: days}}\ndue: {day: 9}": (
        "missing-key extend-without-opens | key=opens",
    ),
    "every: month\nopens: {day: «32»}\ndue: {day: 9, extend: {run: 3, by: days}}": (out_of_range(32),),
    "every: month\ndue: {day: 9, extend: {run: 3, by: days}, opens: {day: «32»}}": (out_of_range(32),),
}
POSITIONS: dict[str, tuple[str, ...]] = {
    "every: half_year\ndue: {by_period: {H1: {day: 3}, H2: {day: 4}}}": (),
    "every: half_year\ndue: {by_period: «{»H2: {day: 4}}}": ("missing-key missing-positions | expected=H1",),
    "every: quarter\ndue: {by_period: «{»Q3: {day: 4}}}": ("missing-key missing-positions | expected=Q1, Q2, Q4",),
    "every: quarter\nskip: [Q1, Q2]\ndue: {by_period: {Q4: {day: 4}, Q3: {day: 4}}}": (),
    "every: half_year\ndue: {by_period: {H1: {day: 1}, «Q3»: {day: 2}}}": (
        "bad-value position-of-other-cycle | text=Q3 | expected=H1, H2",
    ),
    "every: quarter\nonly: Q1\ndue: {by_period: {Q1: {day: 1}, «Q2»: {day: 2}}}": (
        "bad-value position-of-other-cycle | text=Q2 | expected=Q1",
    ),
    "every: week\ndue: {by_period: {«1»: {weekday: fri}, 2: {weekday: mon}}}": ("bad-value no-positions | text=1",),
    "every: half_year\ndue: {day: 3, «by_period»: {H1: {day: 1}, H2: {day: 2}}}": (beside("day", "by_period"),),
    "every: half_year\ndue: {by_period: {H1: {day: 1}, H2: {day: 2}}, «day»: 3}": (beside("day", "by_period"),),
    "every: half_year\ndue:\n       day: 3\n       «by_period»: {H1: {day: 1}, H2: {day: 2}}": (
        beside("day", "by_period"),
    ),
    "every: half_year\ndue: [{day: 3}, {«by_period»: {H1: {day: 1}, H2: {day: 2}}}]": ("conflict by-period-in-list",),
    "every: half_year\ndue: {by_period: {H1: {day: «32»}, H2: {day: «-32»}}}": (out_of_range(32), out_of_range(-32)),
    # The same position in other words.
    "every: half_year\ndue: {by_period: {H1: {day: 1}, H2: {day: 2}, «H01»: {day: 3}}}": (
        "conflict position-twice | text=H1",
    ),
    # What stands beside is as if it stood in each.
    "every: half_year\ndue: {by_period: {H1: {day: 3}, H2: {day: 4}}, «month_end»: next}": (
        "no-effect idle-month-end",
    ),
    "every: half_year\ndue: {by_period: {H1: {day: 9}, H2: {day: 9}}, «extend»: {run: 3, by: days}}": (
        "missing-key extend-without-opens | key=opens",
    ),
}
FRIDAY = 4
FOLLOWING = Adjust(Convention.FOLLOWING)


def one(anchor: object = PeriodEnd(), *steps: object, calendar: str | None = None, **around: object) -> DueList:
    """A plan of one due date."""
    return DueList((Due(Course(anchor, steps, calendar), **around),))  # type: ignore[arg-type]  # any of a table


#: Obligations by their fields, and the due dates they have.
PLANS: dict[str, DuePlan | Due] = {
    "every: month": one(),
    "every: month\ndue: {at: start}": one(PeriodStart()),
    "every: month\ndue: {at: end}": one(PeriodEnd()),
    "every: month\ndue: {add: 3 days}": one(PeriodEnd(), Add(3, "days")),
    "every: month\ndue: {day: last}": one(DayOfMonth(-1)),
    "every: month\ndue: {day: 31, month: next, month_end: next}": one(DayOfMonth(31, "next", MonthEnd.NEXT)),
    "every: quarter\ndue: {day: 3, month: first}": one(DayOfMonth(3, "first")),
    "every: quarter\ndue: {day: 60, within: period}": one(DayOfMonth(60, "period")),
    "every: month\ndue: {weekday: fri, nth: 2}": one(WeekdayOfMonth(FRIDAY, 2)),
    "every: quarter\ndue: {weekday: fri, nth: last, month: 2}": one(WeekdayOfMonth(FRIDAY, -1, 2)),
    "every: quarter\ndue: {weekday: fri, nth: 5, within: period}": one(WeekdayOfMonth(FRIDAY, 5, "period")),
    "every: week\ndue: {weekday: fri}": one(WeekdayOfWeek(FRIDAY)),
    "every: week\ndue: {weekday: fri, nth: 1, within: period}": one(WeekdayOfMonth(FRIDAY, 1, "period")),
    "every: quarter\ndue: {working_day: -2, month: previous}": one(WorkingDay(-2, "previous")),
    "every: quarter\ndue: {working_day: 2, within: period}": one(WorkingDay(2, "period")),
    "every: year\ndue: {date: 06-20}": one(DateOfYear(6, 20)),
    "every: year\ndue: {date: 02-29, year: next, month_end: next}": one(DateOfYear(2, 29, 1, MonthEnd.NEXT)),
    "every: year\ndue: {date: 02-29, year: -2}": one(DateOfYear(2, 29, -2, MonthEnd.CLAMP)),
    "every: year\ndue: {holiday: New Year, calendar: XA}": one(Holiday("New Year"), calendar="XA"),
    "every: month\ndue: {add: 1 month, month_end: sticky}": one(PeriodEnd(), Add(1, "months", MonthEnd.STICKY)),
    # The default convention ends a course that has none of its own.
    "every: month\nadjust: following\ndue: {day: 3, add: 1 day}": one(DayOfMonth(3), Add(1, "days"), FOLLOWING),
    "every: month\nadjust: none\ndue: {day: 3}": one(DayOfMonth(3)),
    "every: month\nadjust: following\ndue: {day: 3, adjust: none}": one(DayOfMonth(3), Adjust(Convention.NONE)),
    "every: month\nadjust: following\ndue: {day: 3, adjust: preceding}": one(
        DayOfMonth(3), Adjust(Convention.PRECEDING)
    ),
    "every: month\nadjust: following\ndue: {day: 3, then: [{adjust: preceding}, {add: 1 day}]}": one(
        DayOfMonth(3), Adjust(Convention.PRECEDING), Add(1, "days")
    ),
    "every: month\nadjust: following": one(PeriodEnd(), FOLLOWING),
    "every: month\nadjust: following\ndue: {day: 3, calendar: XA}": one(DayOfMonth(3), FOLLOWING, calendar="XA"),
    "every: month\nadjust: following\nopens: {day: 1}\ncloses: {add: 2 days}\ndue: {day: 3}": one(
        DayOfMonth(3), FOLLOWING, opens=Course(DayOfMonth(1)), closes=Course(DueDate(), (Add(2, "days"),))
    ),
    # Around: on the obligation for each due date, or beside one of them.
    "every: month\ntime: '17:30'\ndue: {day: 3}": one(DayOfMonth(3), time=1050),
    "every: month\ntime: '17:30'\ndue: [{day: 3, time: '12:00', title: One}, {day: 5, opens: {day: 4}}]": DueList(
        (
            Due(Course(DayOfMonth(3)), time=720, title=Text.of("One")),
            Due(Course(DayOfMonth(5)), opens=Course(DayOfMonth(4)), time=1050),
        )
    ),
    "every: month\nopens: {day: 1}\ndue: {day: 3, extend: {run: 3, by: days}, opens: {day: 2}}": one(
        DayOfMonth(3), Extend(3, "days"), opens=Course(DayOfMonth(2))
    ),
    "every: month\nopens: {at: start}\ntime: '17:30'": one(opens=Course(PeriodStart()), time=1050),
    # By position, in the order of the year; what stands beside holds for those that say nothing else.
    "every: half_year\ntime: '09:00'\ndue: {by_period: {H2: {day: 4, add: 2 days}, H1: {day: 3}}, add: 1 day}": (
        DueByPosition(
            (
                ("H1", Due(Course(DayOfMonth(3), (Add(1, "days"),)), time=540)),
                ("H2", Due(Course(DayOfMonth(4), (Add(2, "days"),)), time=540)),
            )
        )
    ),
    "every: month\ndue: {then: [{include: 2 working days}, {add: 1 day}]}": one(
        PeriodEnd(), Include(2), Add(1, "days")
    ),
    "every: month\ndue: {then: [{adjust: following, calendar: XA}], calendar: all_days, add: 2 working days}": one(
        PeriodEnd(), Add(2, "working days"), Adjust(Convention.FOLLOWING, "XA"), calendar="all_days"
    ),
    # From a trigger's date, from the date that is given, and to the due date.
    "upon: {event: e}": one(TriggerDate()),
    "upon: {event: e}\nadjust: following": one(TriggerDate(), FOLLOWING),
    "upon: {event: e}\ndue: {add: 24 hours}": one(TriggerDate(), Add(24, "hours")),
    "upon: {event: e}\ndue: {at: trigger}": one(TriggerDate()),
    "upon: {event: e}\ndue: {at: start}": one(PeriodStart()),
    "upon: {event: e}\ndue: {day: 3, month: next}": one(DayOfMonth(3, "next")),
    "upon: {event: e}\ncloses: {move_to: {on_or_after: fri}}": one(
        TriggerDate(), closes=Course(DueDate(), (MoveTo((WeekdayTarget(FRIDAY),), True, True),))
    ),
    "once: 2026-03": Due(Course()),
    "once: 2026-03\nadjust: following\ndue: {add: 1 day}": Due(Course(PeriodEnd(), (Add(1, "days"), FOLLOWING))),
    "once: 2026-03\nopens: {day: 3}\ntime: '17:30'": Due(Course(), opens=Course(DayOfMonth(3)), time=1050),
    "dates: {2026: 2026-03-01}\ndue: {add: 1 day}\ncloses: {add: 2 days}": Due(
        Course(PeriodEnd(), (Add(1, "days"),)), closes=Course(DueDate(), (Add(2, "days"),))
    ),
}


def test_anchors() -> None:
    """An anchor and what stands beside it."""
    found, wanted = both(ANCHORS, HEAD, 4, AROUND)
    assert found == wanted


def test_holidays() -> None:
    """A holiday has to be one of each calendar that may count; all names are there for who words it."""
    found, wanted = both(HOLIDAYS, HEAD, 4, AROUND)
    assert found == wanted


def test_without_a_calendar() -> None:
    """What asks a calendar where none is in sight; one that some units have is in sight of none."""
    found, wanted = both(WITHOUT_CALENDAR, BARE, 4, AROUND)
    assert found == wanted
    cases = {"every: year\ndue: {holiday: «Nothing»}": ("missing-key no-calendar | key=calendar",)}
    units = "units: [{id: n, calendar: XA}, {id: s}]\nobligations:"
    found, wanted = both(cases, BARE.replace("obligations:", units), 4, AROUND)
    assert found == wanted


def test_courses() -> None:
    """Anchor, steps, month ends, calendars, clock times and openings, held against each other."""
    found, wanted = both(COURSES, HEAD, 4, AROUND)
    assert found == wanted


def test_positions() -> None:
    """A due date for each position of the year: each once, and no others."""
    found, wanted = both(POSITIONS, HEAD, 4, AROUND)
    assert found == wanted


def test_what_is_right_is_what_was_written() -> None:
    """Due dates become values: anchor, steps in their order, calendar, opening, closing, clock time and title."""
    found: dict[str, object] = {}
    for fields in PLANS:
        file = read(HEAD + "".join(f"    {line}\n" for line in fields.split("\n")), AROUND)
        assert (file.rulebook is not None, [each for each in file.diagnostics if each.is_error]) == (True, []), fields
        assert file.rulebook is not None
        match file.rulebook["a"].timing:
            case Every(plan=plan) | Upon(plan=plan):
                found[fields] = plan
            case Once(due=due) | Dates(due=due):
                found[fields] = due
            case other:
                found[fields] = other
    assert found == PLANS
