"""What is wrong with a calendar of a file's own, word for word; and what becomes of those that are right."""

import datetime as dt

from cyclekit.civil.spans import Span
from cyclekit.civil.yearly import YearlySpan
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.reading.known import NoCalendars, Surroundings
from tests.unit.marked import both, read

HEAD = "cyclekit: 1\nid: demo\nobligations: {a: {every: month}}\ncalendars:\n"


class Elsewhere(NoCalendars):
    """One calendar from elsewhere, and what is written for it by mistake."""

    def knows(self, code: str) -> bool:
        """XA alone."""
        return code == "XA"

    def near(self, code: str) -> str:
        """XA is what is called Xa-land."""
        return "XA" if code == "Xa-land" else ""


AROUND = Surroundings(calendars=Elsewhere())


def unworked(name: str) -> str:
    """A calendar without a working day."""
    return f"never-fires never-worked | id={name}"


IDS: dict[str, tuple[str, ...]] = {
    "«unit»: {base: weekdays}": ("bad-id reserved-calendar | text=unit",),
    "«weekdays»: {base: all_days}": ("duplicate-id known-calendar | id=weekdays",),
    "«all_days»: {base: weekdays}": ("duplicate-id known-calendar | id=all_days",),
    "«XA»: {base: weekdays}": ("duplicate-id known-calendar | id=XA",),
    "xa: {base: weekdays}": (),
    "‹shop›: {base: weekdays}\n«Shop»: {base: all_days}\n«SHOP»: {base: all_days}": (
        "duplicate-id case-twins | id=Shop | other=shop | ‹1›",
        "duplicate-id case-twins | id=SHOP | other=shop | ‹1›",
    ),
    # A name that cannot be used is still one that others build on.
    "«unit»: {base: weekdays}\nshop: {base: unit}": ("bad-id reserved-calendar | text=unit",),
}
BASES: dict[str, tuple[str, ...]] = {
    "«shop»: {closed: {2026-05-01: x}}": ("missing-key calendar-without-base | id=shop",),
    "shop: {«bsae»: weekdays}": (
        (
            "unknown-key | key=bsae | what=calendar | suggestion=base"
            " | expected=any_of, all_of, base, weekend, closed, open, suspended"
        ),
    ),
    "shop: {base:«» }": ("empty | field=base | optional=base",),
    "shop: {any_of: «[»]}": ("empty | field=any_of | optional=any_of",),
    "shop: {base: weekdays, «any_of»: [XA, all_days]}": ("conflict | first=base | second=any_of",),
    "x: {base: XA}\ny: {base: XA}\nshop: {all_of: [weekdays, all_days], «base»: XA, «any_of»: [x, y]}": (
        "conflict | first=all_of | second=base",
        "conflict | first=all_of | second=any_of",
    ),
    "shop: {base: «weekday»}": ("unknown-reference unknown-calendar | name=weekday | suggestion=weekdays",),
    "shop: {any_of: [XA, «shopp», «Xa-land», «nowhere»]}": (
        "unknown-reference unknown-calendar | name=shopp | suggestion=shop",
        "unknown-reference unknown-calendar | name=Xa-land | suggestion=XA",
        "unknown-reference unknown-calendar | name=nowhere",
    ),
    "shop: {base: «unit»}": ("unknown-reference unknown-calendar | name=unit",),
    "shop: {any_of: [weekdays, XA, «weekdays», «XA»]}": (
        "conflict position-twice | text=weekdays",
        "conflict position-twice | text=XA",
    ),
    "shop: {base: all_days, weekend: [sat, «saturday», sun, «sat»]}": (
        "conflict position-twice | text=saturday",
        "conflict position-twice | text=sat",
    ),
    # One after the other builds on the next, until the first comes back.
    "a: {base: «a»}": ("cycle cycle-of-calendars | loop=a → a",),
    "a: {base: «b»}\nb: {base: a}": ("cycle cycle-of-calendars | loop=a → b → a",),
    "x: {base: all_days}\na: {any_of: [x, «b»]}\nb: {all_of: [x, c]}\nc: {base: a}": (
        "cycle cycle-of-calendars | loop=a → b → c → a",
    ),
    "a: {base: «b»}\nb: {base: a}\nx: {base: a}\ny: {base: all_days, weekend: «[»mon, tue, wed, thu, fri, sat, sun]}": (
        "cycle cycle-of-calendars | loop=a → b → a",
        unworked("y"),
    ),
}
DAYS: dict[str, tuple[str, ...]] = {
    "shop: {base: weekdays, closed: {«0508»: x}}": ("bad-date date-bare-year | text=0508 | suggestion=05-08",),
    "shop: {base: weekdays, closed: {«1224»: x}}": ("bad-date date-bare-year | text=1224 | suggestion=12-24",),
    "shop: {base: weekdays, closed: {«2026»: x}}": (
        "bad-date date-bare-year | text=2026 | suggestion=2026-01-01..12-31",
    ),
    "shop: {base: weekdays, open: {«05-08..»: x}}": ("bad-date date-open | text=05-08..",),
    "shop: {base: weekdays, open: {«..05-08»: x}}": ("bad-date date-open | text=..05-08",),
    "shop: {base: weekdays, suspended: [«05-32»]}": ("bad-date date-month-day | text=05-32",),
    "shop: {base: weekdays, suspended: «2026-05-10..02»}": ("empty-range | text=2026-05-10..02",),
    "shop: {base: weekdays, suspended: «FY2026»}": ("bad-date date-fiscal | text=FY2026 | suggestion=2026",),
    "shop: {base: weekdays, suspended: «05-01..03..05»}": ("bad-date date-month-day | text=03..05",),
    # Ten years are the longest that a calendar can be closed, or suspended, at a time.
    "shop: {base: weekdays, closed: {2000-01-01..2010-01-07: x}}": (),
    "shop: {base: weekdays, closed: {2026-05-01: w, «2000-01-01..2010-01-08»: x}}": (
        "out-of-range closed-for-years | text=2000-01-01..2010-01-08",
    ),
    "shop: {base: weekdays, suspended: [2026-05-01, «2000..2011»]}": (
        "out-of-range closed-for-years | text=2000-01-01..2011-12-31",
    ),
    "shop: {base: weekdays, open: {2000..2011: x}}": (),
}
SHARED: dict[str, tuple[str, ...]] = {
    "shop: {base: weekdays, closed: {‹2026-05-01..05›: x}, open: {«2026-05-03»: y}}": (
        "conflict open-and-closed | text=2026-05-03 | ‹1›",
    ),
    "shop: {base: weekdays, open: {‹2026-05-03›: y}, closed: {«2026-05-01..05»: x}}": (
        "conflict open-and-closed | text=2026-05-01..05 | ‹1›",
    ),
    "shop:\n  base: weekdays\n  open:\n    ‹2026-05-03›: y\n  closed: {«2026-05-01..05»: x}": (
        "conflict open-and-closed | text=2026-05-01..05 | ‹1›",
    ),
    "shop:\n  base: weekdays\n  open: {‹2026-05-03›: y}\n  closed:\n    «2026-05-01..05»: x": (
        "conflict open-and-closed | text=2026-05-01..05 | ‹1›",
    ),
    "shop: {base: weekdays, closed: {‹05-01..03›: x}, open: {«05-03..10»: y}}": (
        "conflict open-and-closed | text=05-03..10 | ‹1›",
    ),
    "shop: {base: weekdays, closed: {‹12-31..01-02›: x}, open: {«01-02..03»: y}}": (
        "conflict open-and-closed | text=01-02..03 | ‹1›",
    ),
    # A year's own entry may differ from what holds every year.
    "shop: {base: weekdays, closed: {05-01..03: x}, open: {2026-05-03: y}}": (),
    "shop: {base: weekdays, closed: {2026-05-01..03: x}, open: {05-03: y}}": (),
    # Up to the day before, and from the day after.
    "shop: {base: weekdays, closed: {2026-05-01..05: x}, open: {2026-04-30: y, 2026-05-06: z}}": (),
    "shop: {base: weekdays, closed: {05-01..05: x}, open: {04-30: y, 05-06: z}}": (),
    "shop: {base: weekdays, closed: {‹2026-05-01..05›: x}, open: {«2026-04-30..05-01»: y, «2026-05-05..06»: z}}": (
        "conflict open-and-closed | text=2026-04-30..05-01 | ‹1›",
        "conflict open-and-closed | text=2026-05-05..06 | ‹1›",
    ),
    # Of several that began before, the one that lasts longest.
    (
        "shop: {base: weekdays, closed: {‹2026-01-01..03-31›: x, 2026-01-05: y, 2026-02-01..10: z},"
        " open: {«2026-03-03»: w}}"
    ): ("conflict open-and-closed | text=2026-03-03 | ‹1›",),
    (
        "shop: {base: weekdays, closed: {2026-02-01..10: z, 2026-01-05: y, ‹2026-02-09..20›: x},"
        " open: {2026-01-06: v, «2026-02-12»: w}}"
    ): ("conflict open-and-closed | text=2026-02-12 | ‹1›",),
    # Of those that last as long, and of equal ones, the first.
    "shop: {base: weekdays, closed: {2026-01-05..10: x, ‹2026-01-01..10›: y}, open: {«2026-01-07»: z}}": (
        "conflict open-and-closed | text=2026-01-07 | ‹1›",
    ),
    "shop: {base: weekdays, closed: {‹2026-01-05›: x, 2026-01-05..05: y}, open: {«2026-01-05»: z}}": (
        "conflict open-and-closed | text=2026-01-05 | ‹1›",
    ),
    "shop: {base: weekdays, closed: {‹01-05..06›: x, 01-05: y}, open: {«01-05»: z}}": (
        "conflict open-and-closed | text=01-05 | ‹1›",
    ),
    # What is suspended is suspended in each year, whatever one year says.
    "shop: {base: weekdays, suspended: [2026-03-01, ‹2026-05-01..05›], open: {«2026-05-03»: y}}": (
        "conflict open-and-suspended | text=2026-05-03 | ‹1›",
    ),
    "shop: {base: weekdays, suspended: ‹05-01..05›, open: {«05-03»: y}}": (
        "conflict open-and-suspended | text=05-03 | ‹1›",
    ),
    "shop: {base: weekdays, suspended: ‹05-01..05›, open: {«2026-05-03»: y}}": (
        "conflict open-and-suspended | text=2026-05-03 | ‹1›",
    ),
    "shop: {base: weekdays, open: {‹05-03›: y}, suspended: «2026-05-01..05»}": (
        "conflict open-and-suspended | text=2026-05-01..05 | ‹1›",
    ),
    "shop: {base: weekdays, suspended: 05-01..05, open: {05-06: y, 2026-04-30: z}}": (),
    "shop: {base: weekdays, suspended: 2026-05-01..05, open: {05-06: y, 04-30: z}}": (),
    # From 2096 to 2104 there is no 29 February until the last day.
    "shop: {base: weekdays, suspended: 02-29, open: {2096-03-01..2104-02-28: x}}": (),
    "shop: {base: weekdays, suspended: ‹02-29›, open: {«2096-03-01..2104-02-29»: x}}": (
        "conflict open-and-suspended | text=2096-03-01..2104-02-29 | ‹1›",
    ),
    "shop: {base: weekdays, suspended: [02-28, ‹03-01›], open: {«2096-03-01..2104-02-29»: x}}": (
        "conflict open-and-suspended | text=2096-03-01..2104-02-29 | ‹1›",
    ),
}
ALL_WEEK = "[mon, tue, wed, thu, fri, sat, sun]"
UNWORKED: dict[str, tuple[str, ...]] = {
    f"shop: {{base: all_days, weekend: «[»{ALL_WEEK[1:]}}}": (unworked("shop"),),
    "shop: {base: weekdays, weekend: «[»mon, tue, wed, thu, fri, sat, sun], closed: {12-25: x}, suspended: [05-01]}": (
        unworked("shop"),
    ),
    "shop: {base: all_days, closed: {«01-01..06-30»: x, 07-01..12-31: y}, weekend: [sat]}": (unworked("shop"),),
    "shop: {base: all_days, suspended: [«01-01..06-30», 07-01..12-31], weekend: [sat], closed: {05-01: x}}": (
        unworked("shop"),
    ),
    "shop: {base: all_days, suspended: «01-01..12-31»}": (unworked("shop"),),
    # Each alone would be too much: what it builds on is told.
    f"shop: {{base: «all_days», weekend: {ALL_WEEK}, closed: {{01-01..12-31: x}}}}": (unworked("shop"),),
    # Only Sundays are left by one, and only other days by the other.
    (
        "a: {base: all_days, weekend: [mon, tue, wed, thu, fri, sat]}\n"
        "b: {base: all_days, weekend: sun}\nc: {any_of: «[»a, b]}\nd: {all_of: [a, b]}"
    ): (unworked("c"),),
    "a: {base: weekdays, weekend: [mon, tue, wed, thu, fri]}\nb: {any_of: «[»a, weekdays]}\nc: {all_of: [a, XA]}": (
        unworked("b"),
    ),
    "a: {base: weekdays, weekend: [mon, tue, wed, thu, fri]}": (),
    "a: {base: weekdays, weekend: [mon, tue, wed, thu, fri]}\nb: {any_of: [a, XA]}\nc: {any_of: [a, all_days]}": (),
    # One that builds on such a calendar is not told.
    f"b: {{base: a}}\na: {{base: all_days, weekend: «[»{ALL_WEEK[1:]}}}\nc: {{any_of: [b, XA]}}": (unworked("a"),),
    # 8 June 2024 is a Saturday, and 8 June 2026 a Monday; 29 February 2000 was a Tuesday, as it is in 2028 again.
    "shop: {base: weekdays, closed: {06-09..06-07: x}}": (),
    "shop: {base: weekdays, closed: {03-01..02-28: x}}": (),
    "shop: {base: weekdays, closed: {«02-29..02-28»: x}}": (unworked("shop"),),
    # What one year says comes to an end; one that works on a day of one year is never called unworked.
    "shop: {base: all_days, closed: {2020..2029: x}, suspended: 2020-01-01..2029-12-31}": (),
    f"shop: {{base: all_days, weekend: {ALL_WEEK}, open: {{2026-05-03: x}}}}": (),
    f"shop: {{base: all_days, weekend: {ALL_WEEK}, open: {{05-03: x}}}}": (),
    # Whether other calendars have holidays is not known here.
    "shop: {base: XA, weekend: [mon, tue, wed, thu, fri]}": (),
}


def test_ids() -> None:
    """An id is nobody else's: no calendar's that is known, no word's, told apart by more than case."""
    found, wanted = both(IDS, HEAD, 2, AROUND)
    assert found == wanted


def test_bases() -> None:
    """A calendar builds on one or several that there are, each once, and never on itself."""
    found, wanted = both(BASES, HEAD, 2, AROUND)
    assert found == wanted


def test_days() -> None:
    """Days that are none, and those that last too long."""
    found, wanted = both(DAYS, HEAD, 2, AROUND)
    assert found == wanted


def test_days_that_are_worked_and_not() -> None:
    """The second of two entries that meet is told, with the first."""
    found, wanted = both(SHARED, HEAD, 2, AROUND)
    assert found == wanted


def test_calendars_without_a_working_day() -> None:
    """What keeps a calendar from being worked is told: the field without which it would be."""
    found, wanted = both(UNWORKED, HEAD, 2, AROUND)
    assert found == wanted


#: Who counts days by which calendar: one that suspends days is asked, itself or in what it builds on.
COUNTED: dict[str, tuple[str, ...]] = {
    "a: {every: month, due: {add: 3 days, calendar: strike}}": (),
    "a: {every: month, due: {add: 3 weeks, calendar: above}}": (),
    "a: {every: month, due: {then: [{add: 3 days}], calendar: strike}}": (),
    "a: {every: month, due: {then: [{add: 3 days, calendar: strike}]}}": (),
    "a: {every: month, due: {add: 3 months, «calendar»: strike}}": ("no-effect idle-calendar",),
    "a: {every: month, due: {add: 3 days, calendar: shop}}": (),
    "a: {every: month, due: {add: 3 days, calendar: XA}}": (),
    "a: {every: month, due: {then: [{add: 3 days, calendar: shop}]}}": (),
}
MADE = """\
cyclekit: 1
id: demo
calendars:
  strike: {base: weekdays, suspended: 05-01}
  above: {base: strike}
  shop: {base: weekdays, closed: {05-01: x}}
obligations:
"""


def test_days_that_are_not_counted() -> None:
    """A calendar beside days that are added has an effect where some calendar of the file suspends days."""
    found, wanted = both(COUNTED, MADE, 2, AROUND)
    assert found == wanted


def span(first: str, last: str) -> Span:
    """Days of some year."""
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


WHOLE = """\
  shop:
    base: weekdays
    weekend: [sun, fri]
    closed: {2026-05-01: A, 2026-05-08..10: B, 12-24: C, 12-21..01-07: D, 06-01..03: E, 07-30..08-02: F}
    open: {2026-06..07: G, 05-09: H}
    suspended: [2026-01-05..02-03, 02-29]
  either: {any_of: [shop, XA]}
  both: {all_of: [all_days, shop], suspended: 03-01}
"""


def test_what_is_right_is_what_was_written() -> None:
    """Calendars become values, in the order of the file."""
    file = read(HEAD + WHOLE, AROUND)
    assert file.diagnostics == ()
    assert file.rulebook is not None
    assert file.rulebook.calendars == (
        OwnCalendar(
            "shop",
            ("weekdays",),
            weekend=frozenset({4, 6}),
            closed=(
                NamedDays(span("2026-05-01", "2026-05-01"), "A"),
                NamedDays(span("2026-05-08", "2026-05-10"), "B"),
                NamedDays(YearlySpan((12, 24), (12, 24)), "C"),
                NamedDays(YearlySpan((12, 21), (1, 7)), "D"),
                NamedDays(YearlySpan((6, 1), (6, 3)), "E"),
                NamedDays(YearlySpan((7, 30), (8, 2)), "F"),
            ),
            open=(
                NamedDays(span("2026-06-01", "2026-07-31"), "G"),
                NamedDays(YearlySpan((5, 9), (5, 9)), "H"),
            ),
            suspended=(span("2026-01-05", "2026-02-03"), YearlySpan((2, 29), (2, 29))),
        ),
        OwnCalendar("either", ("shop", "XA")),
        OwnCalendar("both", ("all_days", "shop"), needs_all=True, suspended=(YearlySpan((3, 1), (3, 1)),)),
    )
