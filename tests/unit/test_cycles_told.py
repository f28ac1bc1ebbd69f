"""Cycles and their phases: what is told of those that cannot be made, and what becomes of those that can."""

import datetime as dt

import pytest

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import CALENDAR_YEAR
from cyclekit.model.timing import Every
from tests.unit.pointed import Told, expected, read

HEAD = "cyclekit: 1\nid: demo\ncalendar: weekdays\nobligations:\n  a:\n"
LISTED = "day, week, month, quarter, half_year, year, half_month, ten_days, 2 months, 3 weeks"

#: The fields of an obligation, with ‹marks› around the places that are told of.
REFUSED: dict[str, tuple[str, list[Told]]] = {
    "a cycle that is none": (
        "every: ‹monthly›",
        [("bad-value bad-cycle", {"text": "monthly", "suggestion": "month", "expected": LISTED})],
    ),
    "a cycle that is none, with a due date that no month has": (
        "every: ‹mooonth›\ndue: {day: ‹32›}",
        [
            ("bad-value bad-cycle", {"text": "mooonth", "suggestion": "month", "expected": LISTED}),
            ("out-of-range", {"text": "32", "low": "-31", "high": "31", "without": "0"}),
        ],
    ),
    "a cycle that is none, with positions that cannot be judged": (
        "every: ‹mooonth›\ndue: {by_period: {Q1: {day: 32}}}",
        [("bad-value bad-cycle", {"text": "mooonth", "suggestion": "month", "expected": LISTED})],
    ),
    "a cycle that is none, with an extension of what nothing opens": (
        "every: ‹mooonth›\ndue: {‹extend›: {run: 3, by: days}}",
        [
            ("bad-value bad-cycle", {"text": "mooonth", "suggestion": "month", "expected": LISTED}),
            ("missing-key extend-without-opens", {"key": "opens"}),
        ],
    ),
    "a cycle that is none, with an extension of what opens": (
        "every: ‹mooonth›\nopens: {day: 1}\ndue: {extend: {run: 3, by: days}, day: ‹32›}",
        [
            ("bad-value bad-cycle", {"text": "mooonth", "suggestion": "month", "expected": LISTED}),
            ("out-of-range", {"text": "32", "low": "-31", "high": "31", "without": "0"}),
        ],
    ),
    "a cycle that is none, with an extension of what opens one cannot say when": (
        "every: ‹mooonth›\nopens: ‹1›\ndue: {extend: {run: 3, by: days}}",
        [
            ("bad-value bad-cycle", {"text": "mooonth", "suggestion": "month", "expected": LISTED}),
            (
                "wrong-type expected-mapping",
                {"field": "opens", "found": "text", "meant": "{day: 1}", "like": "opens: {day: 1}"},
            ),
        ],
    ),
    "the name of a year that has no beginning": (
        "every: year\n‹year_named›: last",
        [("no-effect named-without-start", {"key": "year_named"})],
    ),
    **{
        f"the beginning of a year for {every}": (
            f"every: {every}\n‹year_start›: 04-01",
            [("no-effect", {"key": "year_start", "what": f"every: {unit}"})],
        )
        for every, unit in {
            "week": "week",
            "10 days": "day",
            "half_month": "half_month",
            "ten_days": "ten_days",
        }.items()
    },
    "a year that begins on the leap day": (
        "every: year\nyear_start: ‹02-29›",
        [("bad-date year-start-leap", {"text": "02-29"})],
    ),
    "a year that begins on no day": (
        "every: year\nyear_start: ‹４-06›",
        [("full-width full-width-mark", {"char": "４", "ascii": "4"})],
    ),
    "the name of a list's year": (
        "every: {periods: {one: 2026}}\n‹year_start›: 04-01",
        [("no-effect", {"key": "year_start", "what": "every: {periods: …}"})],
    ),
    **{
        f"{every} from no day": (
            f"every: ‹{every}›",
            [("missing-key missing-origin", {"key": "origin", "example": example})],
        )
        for every, example in {
            "2 weeks": "2026-01-05",
            "10 days": "2026-01-05",
            "5 months": "2026-01",
            "24 months": "2026-01",
            "2 years": "2026-01",
        }.items()
    },
    **{
        f"{every} from a day that settles nothing": (
            f"every: {every}\n‹origin›: 2026-01-01",
            [("no-effect origin-settled", {"key": "origin", "what": every})],
        )
        for every in ("day", "month", "quarter", "half_year", "year", "half_month", "ten_days")
    },
    "months from a month, in a year that settles it": (
        "every: 2 months\nyear_start: 04-01\n‹origin›: 2026-04",
        [("no-effect origin-settled", {"key": "origin", "what": "year_start"})],
    ),
    "weeks from no day, of which only some are taken": (
        "every: ‹2 weeks›\nonly: Q1",
        [("missing-key missing-origin", {"key": "origin", "example": "2026-01-05"})],
    ),
    "an origin that is no day": (
        "every: 2 weeks\norigin: ‹2026-02-30›",
        [("bad-date date-day", {"text": "2026-02-30", "last": "2026-02-28"})],
    ),
    "an origin inside a month": (
        "every: 2 months\norigin: ‹2026-01-15›",
        [("bad-date origin-inside-month", {"text": "2026-01-15", "suggestion": "2026-01"})],
    ),
    "an origin inside a month of a year's own": (
        "every: 5 months\nyear_start: 04-06\norigin: ‹2026-05-10›",
        [("bad-date origin-inside-month", {"text": "2026-05-10", "suggestion": "2026-05-06"})],
    ),
    "an origin inside a year": (
        "every: 2 years\nyear_start: 04-06\norigin: ‹2026-05-06›",
        [("bad-date origin-inside-month", {"text": "2026-05-06", "suggestion": "2026-04-06"})],
    ),
    "an origin early in a year that begins late": (
        "every: 3 years\nyear_start: 10-01\norigin: ‹0926-01-01›",
        [("bad-date origin-inside-month", {"text": "0926-01-01", "suggestion": "0926-10"})],
    ),
    "positions of another cycle": (
        "every: quarter\nonly: [Q1, ‹H1›, ‹3›]",
        [
            ("bad-value position-of-other-cycle", {"text": "H1", "expected": "Q1, Q2, Q3, Q4"}),
            ("bad-value position-of-other-cycle", {"text": "3", "expected": "Q1, Q2, Q3, Q4"}),
        ],
    ),
    "quarters of half-years": (
        "every: half_year\nskip: ‹Q1›",
        [("bad-value position-of-other-cycle", {"text": "Q1", "expected": "H1, H2"})],
    ),
    "quarters of months": (
        "every: month\nonly: ‹Q1›",
        [
            (
                "bad-value position-of-other-cycle",
                {"text": "Q1", "expected": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"},
            )
        ],
    ),
    "quarters of every second month": (
        "every: 2 months\norigin: 2026-02\nonly: ‹Q1›",
        [("bad-value position-of-other-cycle", {"text": "Q1", "expected": "1, 3, 5, 7, 9, 11"})],
    ),
    **{
        f"positions of {every}, which has none": (
            f"every: {every}\nonly: [‹Q1›, ‹1›]",
            [("bad-value no-positions", {"text": "Q1"}), ("bad-value no-positions", {"text": "1"})],
        )
        for every in ("year", "week", "half_month", "5 months\norigin: 2026-01", "{periods: {one: 2026}}")
        if not every.startswith("{")
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cycle_that_cannot_be_made(case: str) -> None:
    """What is told where it stands, with all that its words need."""
    fields, told = REFUSED[case]
    marked = HEAD + "".join(f"    {line}\n" for line in fields.splitlines())
    file = read(marked)
    assert list(file.diagnostics) == expected(marked, told)
    assert file.rulebook is None


def months(year: int, month: int) -> int:
    """Months since the year 0."""
    return 12 * year + month - 1


APRIL = YearStart(4, 6)
#: The fields of an obligation, and the cycle that they make.
MADE: dict[str, Cycle] = {
    "every: day": Days(),
    "every: 10 days\norigin: 2026-01-08": Days(10, dt.date(2026, 1, 8).toordinal()),
    "every: 1 day": Days(),
    "every: week": Weeks(1, 1),
    "every: week\norigin: 2026-01-08": Weeks(1, dt.date(2026, 1, 8).toordinal()),
    "every: 2 weeks\norigin: 2026-W02": Weeks(2, dt.date(2026, 1, 5).toordinal()),
    "every: half_month": HALF_MONTH,
    "every: ten_days": TEN_DAYS,
    "every: month": Months(1, "month", 0, CALENDAR_YEAR),
    "every: 1 month": Months(1, "month", 0, CALENDAR_YEAR),
    "every: quarter": Months(3, "quarter", 0, CALENDAR_YEAR),
    "every: half_year": Months(6, "half_year", 0, CALENDAR_YEAR),
    "every: year": Months(12, "year", 0, CALENDAR_YEAR),
    "every: 2 months": Months(2, "months", 0, CALENDAR_YEAR),
    "every: 12 months": Months(12, "months", 0, CALENDAR_YEAR),
    "every: 2 months\norigin: 2026-02": Months(2, "months", 1, CALENDAR_YEAR),
    "every: 5 months\norigin: 2026-03": Months(5, "months", months(2026, 3) % 5, CALENDAR_YEAR),
    "every: 2 years\norigin: 2027": Months(24, "years", months(2027, 1) % 24, CALENDAR_YEAR),
    "every: 2 years\norigin: 2027-07": Months(24, "years", months(2027, 7) % 24, CALENDAR_YEAR),
    "every: quarter\nyear_start: 04-06": Months(3, "quarter", 0, APRIL),
    "every: year\nyear_start: 04-06\nyear_named: last": Months(12, "year", 3, YearStart(4, 6, named_last=True)),
    "every: year\nyear_start: 04-06\nyear_named: first": Months(12, "year", 3, APRIL),
    "every: 2 months\nyear_start: 04-06": Months(2, "months", 1, APRIL),
    "every: 5 months\nyear_start: 04-06\norigin: 2026-05-06": Months(5, "months", months(2026, 5) % 5, APRIL),
    "every: 2 years\nyear_start: 04-06\norigin: 2026-04-06": Months(24, "years", months(2026, 4) % 24, APRIL),
    "every: 2 years\nyear_start: 04-06\norigin: FY2026": Months(24, "years", months(2026, 4) % 24, APRIL),
    "every: year\nyear_start: unit": Months(12, "year", 0, CALENDAR_YEAR),
    "every: year\nyear_start: unit\nyear_named: last": Months(12, "year", 0, YearStart(named_last=True)),
}


@pytest.mark.parametrize("fields", MADE)
def test_the_cycle_of_some_fields(fields: str) -> None:
    """How many of what, from when on, and in whose year."""
    file = read(HEAD + "".join(f"    {line}\n" for line in fields.splitlines()))
    assert file.diagnostics == ()
    assert file.rulebook is not None
    timing = file.rulebook["a"].timing
    assert isinstance(timing, Every)
    assert timing.cycle == MADE[fields]
    assert timing.year_of_unit == ("unit" in fields)


@pytest.mark.parametrize(
    ("fields", "positions"),
    [
        ("every: quarter", "Q1 Q2 Q3 Q4"),
        ("every: half_year", "H1 H2"),
        ("every: month", "1 2 3 4 5 6 7 8 9 10 11 12"),
        ("every: 3 months", "3 6 9 12"),
        ("every: 4 months", "4 8 12"),
        ("every: 6 months", "6 12"),
        ("every: 6 months\norigin: 2026-03", "2 8"),
        ("every: 2 months\norigin: 2026-02", "1 3 5 7 9 11"),
    ],
)
def test_each_position_of_a_cycle_may_have_a_due_date(fields: str, positions: str) -> None:
    """A due date for each is enough, and the last one is missed where it is left out."""
    *but, last = positions.split()
    dates = ", ".join(f"{each}: {{at: end}}" for each in but)
    whole = "".join(f"    {line}\n" for line in fields.splitlines())
    assert read(f"{HEAD}{whole}    due: {{by_period: {{{dates}, {last}: {{at: end}}}}}}\n").diagnostics == ()
    (missed,) = read(f"{HEAD}{whole}    due: {{by_period: {{{dates}}}}}\n").diagnostics
    assert (missed.code, missed.message, missed.values["expected"]) == ("missing-key", "missing-positions", last)
