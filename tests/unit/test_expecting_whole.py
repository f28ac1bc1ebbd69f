"""What is expected and not met, told as a whole: the days that show it, the occurrence, the label, and all values."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.expand import expand
from cyclekit.engine.expecting import days_wanted, unmet
from cyclekit.model.obligation import Rulebook
from tests.examples import load

HEAD = """cyclekit: 1
id: book
calendar: CN
units:
  - {id: a}
  - {id: b, active: 2023-03..}
  - {id: c, calendar: DE}
  - {id: d, calendar: FR}
obligations:
"""
YEAR = Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def weekdays(name: str, *closed: str) -> WorkingCalendar:
    """Monday to Friday, but for these days."""
    days = {dt.date.fromisoformat(each).toordinal(): "closed" for each in closed}
    return WorkingCalendar(name, dt.date(2016, 1, 1).toordinal(), dt.date(2029, 12, 31).toordinal(), closed=days)


#: The FR of these tests rests on Monday, 20 March 2023.
CALENDARS = {"CN": weekdays("CN"), "DE": weekdays("DE"), "FR": weekdays("FR", "2023-03-20")}

Told = tuple[str, str, str | None, str, dict[str, str]]


def told(book: Rulebook, span: Span = YEAR) -> list[Told]:
    """All that is not met in 2023, as values."""
    schedule = expand(book, days_wanted(book, span), CALENDARS)
    return [
        (
            each.name,
            str(each.span),
            str(each.occurrence.key) if each.occurrence else None,
            each.label,
            dict(each.values),
        )
        for each in unmet(schedule, span, CALENDARS)
    ]


def shown(name: str, period: str, due: str, *, unit: str = "a", since: str = "", label: str = "", **said: str) -> Told:
    """An expectation that one occurrence does not meet."""
    key = f"book/x/{unit}/{period}"
    values = {"key": key, "due": due, "weekday": str(dt.date.fromisoformat(due).weekday())}
    values |= ({"label": label} if label else {}) | said
    return name, f"{since or due}..{due}", key, label, values


MONTHLY = "every: month, due: {day: 20}, applies_to: a"
TWICE = "every: month, due: [{day: 10}, {day: 20}], applies_to: a"
QUARTERLY = "every: quarter, due: {day: 20}, applies_to: a"
OPENING = "every: quarter, opens: {day: 5}, due: {day: 15}, until: 2023Q1, applies_to: a"

#: From 20 March to 20 June there are 92 days, and to 20 September again; from there 91 to 20 December.
GAPS = [
    (("gap", f"2023Q{n}", f"2023-{3 * n:02}-20"), {"since": begin, "found": "92", "expected": "..91", "last": begin})
    for n, begin in ((2, "2023-03-20"), (3, "2023-06-20"))
]
LONG_GAPS = [shown(*each, **said) for each, said in GAPS]

CASES: dict[str, tuple[str, list[Told]]] = {
    # 20 May and 20 August 2023 are a Saturday and a Sunday.
    "a working day": (
        "{every: quarter, due: {month: 2, day: 20}, applies_to: a, expect: {working_day: true}}",
        [
            shown("working_day", "2023Q2", "2023-05-20", calendar="CN"),
            shown("working_day", "2023Q3", "2023-08-20", calendar="CN"),
        ],
    ),
    # It is a working day everywhere else.
    "a working day of one unit": (
        "{every: quarter, until: 2023Q1, due: {day: 20}, expect: {working_day: true}}",
        [shown("working_day", "2023Q1", "2023-03-20", unit="d", calendar="FR")],
    ),
    "a weekday": (
        "{every: quarter, due: {month: 2, day: 28}, applies_to: a, expect: {never_on: [sun, mon]}}",
        [shown("never_on", "2023Q2", "2023-05-28"), shown("never_on", "2023Q3", "2023-08-28")],
    ),
    "months": (
        f"{{{QUARTERLY}, expect: {{in_months: [3, 9, 12]}}}}",
        [shown("in_months", "2023Q2", "2023-06-20")],
    ),
    "the month of the period": (
        "{every: quarter, due: {at: end, add: 1 day}, until: 2023Q1, applies_to: a, expect: {within_month: last}}",
        # The last quarter of 2022 is due on New Year's Day.
        [shown("within_month", "2022Q4", "2023-01-01"), shown("within_month", "2023Q1", "2023-04-01")],
    ),
    # From the 5th to the 15th, both included, there are eleven days.
    "a window that is too short": (
        f"{{{OPENING}, expect: {{window: {{min: 12 days}}}}}}",
        [shown("window", "2023Q1", "2023-03-15", found="11", expected="12..", opens="2023-03-05")],
    ),
    "a window that is too long": (
        f"{{{OPENING}, expect: {{window: {{max: 10 days}}}}}}",
        [shown("window", "2023Q1", "2023-03-15", found="11", expected="..10", opens="2023-03-05")],
    ),
    "a window as it should be": (f"{{{OPENING}, expect: {{window: {{min: 11 days, max: 11 days}}}}}}", []),
    # From 20 February to 20 March there are 28 days.
    "a gap": (
        f"{{{MONTHLY}, expect: {{gap: {{min: 29 days}}}}}}",
        [
            shown("gap", "2023-03", "2023-03-20", since="2023-02-20", found="28", expected="29..", last="2023-02-20"),
        ],
    ),
    # Those who owe the same are told once, by the first of them; one that was not always there is another one.
    "gaps of units": (
        "{every: quarter, from: 2023, due: {day: 20}, applies_to: [a, b, d], expect: {gap: {max: 91 days}}}",
        LONG_GAPS + [shown(*each, unit="b", **said) for each, said in GAPS],
    ),
    "a gap for one unit that was moved": (
        (
            "{every: quarter, from: 2023Q3, due: {day: 20}, applies_to: [a, c], expect: {gap: {max: 91 days}},"
            " exceptions: {2023Q4: {units: c, due: 2023-12-22, reason: flood}}}"
        ),
        [
            shown(
                "gap",
                "2023Q4",
                "2023-12-22",
                unit="c",
                since="2023-09-20",
                found="93",
                expected="..91",
                last="2023-09-20",
            )
        ],
    ),
    "periods in a year": (
        f"{{{TWICE}, expect: {{per_year: {{max: 12}}}}}}",
        [
            (
                "per_year",
                "2023-01-01..2023-12-31",
                None,
                "",
                {
                    "year": "2023",
                    "found": "24",
                    "expected": "..12",
                    "unit": "a",
                    "labels": ", ".join(f"2023-{n:02}, 2023-{n:02}" for n in range(1, 7)),
                },
            )
        ],
    ),
    "what is due on one day": (
        f"{{{QUARTERLY}, expect: {{never_with: y}}}}\n  y: {{every: half_year, due: {{day: 20}}, applies_to: [a, b]}}",
        [
            shown("never_with", "2023Q2", "2023-06-20", other="y"),
            shown("never_with", "2023Q4", "2023-12-20", other="y"),
        ],
    ),
    "what is due on one day for one unit": (
        (
            "{every: quarter, due: {day: 20}, applies_to: [a, c, d], expect: {never_with: [y, z]}}\n"
            "  y: {every: half_year, until: 2023H1, due: {day: 20}, applies_to: [c, d]}\n"
            "  z: {every: year, due: {month: 9, day: 20}, applies_to: b}"
        ),
        [shown("never_with", "2023Q2", "2023-06-20", unit="c", other="y")],
    ),
    "what is not there any more": (
        (
            "{every: quarter, until: 2019, applies_to: a, expect: {gap: {max: 9 days}, never_with: y}}\n"
            "  y: {every: half_year, until: 2019, applies_to: a}"
        ),
        [],
    ),
    "what never meets, as one of them is not there": (
        f"{{{QUARTERLY}, expect: {{never_with: y}}}}\n  y: {{every: half_year, until: 2019, due: {{day: 20}}}}",
        [],
    ),
    "a date of what is not there any more": (
        "{every: quarter, until: 2010, applies_to: a, expect: {dates: {2023Q1: 2023-03-31}, owed_by: {2023Q1: a}}}",
        [
            ("dates", "2023-03-31..2023-03-31", None, "2023Q1", {"label": "2023Q1", "expected": "2023-03-31"}),
            ("owed_by", "2023-01-01..2023-03-31", None, "2023Q1", {"label": "2023Q1", "found": "–", "expected": "a"}),
        ],
    ),
    "another date": (
        f"{{{QUARTERLY}, expect: {{dates: {{2023Q1: 2023-03-20, 2023Q2: 2023-06-21}}}}}}",
        [shown("dates", "2023Q2", "2023-06-20", label="2023Q2", expected="2023-06-21")],
    ),
    "another date of all": (
        (
            "{every: quarter, due: {day: 20}, expect: {dates: {2023Q2: 2023-06-21}},"
            " exceptions: {2023Q2: {units: c, due: 2023-06-22, reason: flood}}}"
        ),
        [shown("dates", "2023Q2", "2023-06-20", label="2023Q2", expected="2023-06-21")],
    ),
    # It has the periods of what fires it, by any spelling.
    "another date of what is fired": (
        (
            "{upon: y, due: {add: 1 day}, applies_to: a, expect: {dates: {2023-04..06: 2023-06-22}}}\n"
            f"  y: {{{QUARTERLY}}}"
        ),
        [shown("dates", "2023Q2", "2023-06-21", label="2023-04..06", expected="2023-06-22")],
    ),
    "another of two dates": (
        f"{{{TWICE}, expect: {{dates: {{2023-05#1: 2023-05-10, '2023-05#2': 2023-05-21}}}}}}",
        [shown("dates", "2023-05#2", "2023-05-20", label="2023-05#2", expected="2023-05-21")],
    ),
    "no date": (
        f"{{{QUARTERLY}, from: 2023, expect: {{dates: {{2022Q4: 2022-12-20}}}}}}",
        [("dates", "2022-12-20..2022-12-20", None, "2022Q4", {"label": "2022Q4", "expected": "2022-12-20"})],
    ),
    "a unit too many": (
        "{every: quarter, due: {day: 20}, applies_to: [a, c], expect: {owed_by: {2023Q1: a, 2023Q2: [c, a]}}}",
        [shown("owed_by", "2023Q1", "2023-03-20", unit="c", label="2023Q1", found="a, c", expected="a")],
    ),
    "a unit too few": (
        "{every: quarter, due: {day: 20}, applies_to: [c, a], expect: {owed_by: {2023Q1: [d, c, a]}}}",
        [
            (
                "owed_by",
                "2023-01-01..2023-03-31",
                None,
                "2023Q1",
                {"label": "2023Q1", "found": "a, c", "expected": "a, c, d"},
            )
        ],
    ),
    "no unit at all": (
        f"{{{QUARTERLY}, from: 2023, expect: {{owed_by: {{2022Q4: a}}}}}}",
        [("owed_by", "2022-10-01..2022-12-31", None, "2022Q4", {"label": "2022Q4", "found": "–", "expected": "a"})],
    ),
    "gaps of what is owed together": (
        (
            "{every: quarter, from: 2023, due: {day: 20}, applies_to: [a, c], jointly: true, lead: a,"
            " expect: {gap: {max: 91 days}}}"
        ),
        LONG_GAPS,
    ),
    # Only the second of them owes the other duty; who leads is named.
    "what is due on one day for one who takes part": (
        (
            "{every: quarter, due: {day: 20}, applies_to: [a, c], jointly: true, lead: a, expect: {never_with: y}}\n"
            "  y: {every: year, due: {month: 9, day: 20}, applies_to: c}"
        ),
        [shown("never_with", "2023Q3", "2023-09-20", other="y")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_met_is_told_with_all_that_shows_it(case: str, tmp_path: Path) -> None:
    """The days, the occurrence with its date, the label that it is about, and what was found and expected."""
    rules, expected = CASES[case]
    assert told(load(tmp_path, f"{HEAD}  x: {rules}\n")) == expected


MARGIN = dt.timedelta(800)


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ("every: month", YEAR.first - MARGIN, YEAR.last + MARGIN),
        # What an exception moves there is due there, and nowhere else.
        (
            "every: month, exceptions: {2023-01: {due: 2031-05-05, reason: flood}, 2023-02: {waived: flood}}",
            YEAR.first - MARGIN,
            dt.date(2031, 5, 5),
        ),
        (
            "every: month, exceptions: {2023-01: {due: 2019-05-05, reason: flood}}",
            dt.date(2019, 5, 5),
            YEAR.last + MARGIN,
        ),
        # Around the periods that are named, as much as around the days.
        (
            "every: quarter, expect: {dates: {2012Q2: 2012-06-30}, owed_by: {2033Q3: [a, b, c, d]}}",
            dt.date(2012, 4, 1) - MARGIN,
            dt.date(2033, 9, 30) + MARGIN,
        ),
        (
            "every: month, due: [{day: 1}, {day: 2}], expect: {dates: {'2012-05#2': 2012-05-02}}",
            dt.date(2012, 5, 1) - MARGIN,
            YEAR.last + MARGIN,
        ),
        (
            "every: month, changes: [{units: a, expect: {dates: {2012-05: 2012-05-31}}}]",
            dt.date(2012, 5, 1) - MARGIN,
            YEAR.last + MARGIN,
        ),
    ],
)
def test_how_far_a_schedule_has_to_reach(rule: str, first: dt.date, last: dt.date, tmp_path: Path) -> None:
    """As far as the periods and the exceptions that are named lie, and some years around the days that are judged."""
    book = load(tmp_path, f"{HEAD}  x: {{{rule}}}\n")
    assert days_wanted(book, YEAR) == Span(first, last)


def test_a_schedule_cannot_reach_beyond_the_calendar(tmp_path: Path) -> None:
    """It ends with the years 1 and 9999."""
    book = load(tmp_path, f"{HEAD}  x: {{every: month}}\n")
    whole = Span(dt.date(1, 5, 5), dt.date(9999, 5, 5))
    assert days_wanted(book, whole) == Span(dt.date.min, dt.date.max)
    early, late = Span(dt.date(4, 1, 1), dt.date(4, 12, 31)), Span(dt.date(9996, 1, 1), dt.date(9996, 12, 31))
    assert days_wanted(book, early, 30).first == dt.date(4, 1, 1) - MARGIN - dt.timedelta(30)
    assert days_wanted(book, late, 30).last == dt.date(9996, 12, 31) + MARGIN + dt.timedelta(30)
