"""What authors expect: how it is read, what meets it and what does not, and where that is told."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit.civil.spans import Span
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.expectation import Expectation, Range
from cyclekit.testing.expectations import diagnostic, expects_anything, smallest, unmet_in
from cyclekit.testing.hunting import every_day
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.loading import load_files
from tests.examples import load

HEAD = "cyclekit: 1\nid: book\ncalendar: CN\nunits: [{id: a}, {id: b}]\nobligations:\n"


def rules(*lines: str, head: str = HEAD) -> str:
    """A rule file of one obligation, `x`."""
    return head + "  x:\n" + "".join(f"    {line}\n" for line in lines)


def errors(folder: Path, text: str) -> list[tuple[str, int, int]]:
    """What is wrong with a text, as message, line and column."""
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    found = load_files([folder / "rules.yaml"]).diagnostics
    return [(each.message, each.place.line, each.place.column) for each in found if each.is_error]


def found(folder: Path, text: str, span: Span | None = None) -> list[Diagnostic]:
    """What is expected and not met, each with its smallest example."""
    book = load(folder, text)
    places = load_files([folder / "rules.yaml"]).places_of(book.id)
    return [diagnostic(each, places, "rules.yaml") for each in smallest(unmet_in(book, span, events=every_day(book)))]


# --------------------------------------------------------------------------------------------------- reading


def test_every_field_is_read(tmp_path: Path) -> None:
    """Each key of `expect` becomes a part of a value."""
    text = rules(
        "every: quarter",
        "opens: {day: 1}",
        "expect:",
        "  per_year: {min: 3, max: 4}",
        "  never_on: [sat, sun]",
        "  in_months: [3, 6, 9, 12]",
        "  within_month: true",
        "  working_day: true",
        "  gap: {min: 80 days, max: 100 days}",
        "  window: {max: 31 days}",
        "  dates: {2023Q1: 2023-03-31, 2023Q2#1: 2023-06-30}",
        "  owed_by: {2023Q1: [a, b]}",
        "  never_with: y",
    )
    book = load(tmp_path, text + "  y: {once: 2025-05-05}\n")
    assert book["x"].expect == Expectation(
        per_year=Range(3, 4),
        never_on=frozenset({5, 6}),
        in_months=frozenset({3, 6, 9, 12}),
        within_month="last",
        working_day=True,
        gap=Range(80, 100),
        window=Range(None, 31),
        dates=(("2023Q1", dt.date(2023, 3, 31)), ("2023Q2#1", dt.date(2023, 6, 30))),
        owed_by=(("2023Q1", ("a", "b")),),
        never_with=("y",),
    )
    assert expects_anything(book)


def test_a_number_is_a_number(tmp_path: Path) -> None:
    """`per_year: 4` means four, no more and no less; `within_month` may be a word or a number."""
    assert load(tmp_path, rules("every: quarter", "expect: {per_year: 4}"))["x"].expect == Expectation(Range(4, 4))
    for word, value in (("next", "next"), ("2", 2)):
        book = load(tmp_path, rules("every: quarter", f"expect: {{within_month: {word}}}"))
        assert book["x"].expect == Expectation(within_month=value)  # type: ignore[arg-type]  # a word of the language


@pytest.mark.parametrize(
    ("lines", "message", "line", "column"),
    [
        (("every: month", "expect: {per_yeer: 12}"), "unknown-key", 8, 14),
        (("every: month", "expect: {}"), "empty", 8, 13),
        (("every: month", "expect: 12"), "expected-mapping", 8, 13),
        (("every: month", "expect: {per_year: -1}"), "out-of-range", 8, 24),
        (("every: month", "expect: {never_on: [someday]}"), "bad-weekday", 8, 25),
        (("every: month", "expect: {within_month: false}"), "bad-month-expected", 8, 28),
        (("every: month", "expect: {working_day: false}"), "bad-truth", 8, 27),
        (("every: month", "expect: {gap: {min: 80}}"), "bad-days", 8, 25),
        (("every: month", "expect: {gap: {min: 9 days, max: 8 days}}"), "expected-impossible", 8, 38),
        (("every: month", "expect: {owed_by: {2023-01: [c]}}"), "unknown-unit", 8, 34),
        (("every: month", "expect: {dates: {2023-01: 2023-02-30}}"), "date-day", 8, 31),
        (("every: month", "expect: {never_with: [y]}"), "unknown-obligation", 8, 27),
        (("every: month", "expect: {never_with: [x]}"), "unknown-obligation", 8, 27),
        (("standing: true", "expect: {per_year: 1}"), "no-effect", 8, 5),
        (("once: 2023-05", "expect: {per_year: 1}"), "no-effect", 8, 14),
        (("dates: {a: 2023-05-04}", "expect: {gap: {min: 3 days}}"), "no-effect", 8, 14),
        (("upon: {event: fire}", "expect: {per_year: 1}"), "no-effect", 8, 14),
    ],
)
def test_what_cannot_be_expected_is_refused(
    lines: tuple[str, ...], message: str, line: int, column: int, tmp_path: Path
) -> None:
    """What is misspelt, impossible, or can be held against nothing is refused at its place."""
    assert errors(tmp_path, rules(*lines)) == [(message, line, column)]


def test_working_days_want_a_calendar(tmp_path: Path) -> None:
    """Without a calendar nobody can say what a working day is."""
    text = rules("every: month", "expect: {working_day: true}", head="cyclekit: 1\nid: book\nobligations:\n")
    assert errors(tmp_path, text) == [("no-calendar", 6, 27)]


def test_defaults_may_expect(tmp_path: Path) -> None:
    """What `defaults` expects is expected of every obligation that it fits, and of no other."""
    head = HEAD.replace("obligations:", "defaults: {expect: {per_year: 12, never_on: [sun]}}\nobligations:")
    book = load(tmp_path, rules("standing: true", head=head) + "  y: {once: 2023-05}\n  z: {every: month}\n")
    assert [each.expect for each in book] == [
        None,
        Expectation(never_on=frozenset({6})),
        Expectation(Range(12, 12), frozenset({6})),
    ]


# --------------------------------------------------------------------------------------------------- judging

MET = (
    ("every: month", "due: {day: 31}", "expect: {per_year: 12, within_month: true}"),
    ("every: quarter", "due: {month: next, day: 15}", "expect: {in_months: [1, 4, 7, 10], within_month: next}"),
    ("every: month", "due: {day: last, adjust: preceding}", "expect: {working_day: true}"),
    ("every: week", "due: {weekday: fri}", "expect: {per_year: {min: 52, max: 53}, never_on: [sat, sun, mon]}"),
    ("every: month", "from: 2023-07", "until: 2024-06", "expect: {per_year: 12}"),
    ("every: month", "opens: {day: 1}", "due: {day: 15}", "expect: {window: {min: 15 days, max: 15 days}}"),
    ("every: quarter", "due: {day: last}", "expect: {gap: {min: 90 days, max: 92 days}}"),
    ("every: quarter", "from: 2023", "expect: {dates: {2023-01..03: 2023-03-31, 2023Q4: 2023-12-31}}"),
    ("every: month", "due: [{day: 10}, {day: 20}]", "expect: {per_year: 24, dates: {2023-05#2: 2023-05-20}}"),
    ("applies_to: a", "every: year", "expect: {owed_by: {2023: a}}"),
    ("upon: {event: fire}", "due: {add: 2 working days}", "expect: {working_day: true}"),
)


@pytest.mark.parametrize("lines", MET, ids=lambda lines: lines[-1])
def test_what_is_met_is_not_told(lines: tuple[str, ...], tmp_path: Path) -> None:
    """Where the dates are those that are expected, nothing is said; a year that is not whole is not counted."""
    assert found(tmp_path, rules(*lines)) == []


JAN_15 = "2020-01-15..2020-01-15"
UNMET = (
    # The 28th of February 2021 is a Sunday; 2020 has the 29th, a Saturday.
    (("every: year", "due: {month: 2, day: last}", "expect: {never_on: sun}"), "2021-02-28..2021-02-28", 8),
    (("every: month", "due: {day: 31, month_end: skip}", "expect: {per_year: 12}"), "2021-01-01..2021-12-31", 8),
    (("every: month", "due: {day: 31, month_end: next}", "expect: {within_month: true}"), "2020-03-01..2020-03-01", 8),
    # From 31 January to 28 February 2021 there are 28 days, one less than a year before.
    (("every: month", "due: {day: 31}", "expect: {gap: {min: 30 days}}"), "2021-01-31..2021-02-28", 8),
    (
        ("every: month", "opens: {day: 5}", "due: {day: 15}", "expect: {window: {min: 15 days}}"),
        "2020-01-15..2020-01-15",
        8,
    ),
    (("every: quarter", "from: 2023", "expect: {dates: {2023Q1: 2023-03-30}}"), "2023-03-31..2023-03-31", 7),
    (("every: quarter", "from: 2023", "expect: {dates: {2022Q1: 2022-03-31}}"), "2022-03-31..2022-03-31", 7),
    (("applies_to: a", "every: year", "expect: {owed_by: {2023: [a, b]}}"), "2023-01-01..2023-12-31", 7),
    (("applies_to: everyone", "every: year", "expect: {owed_by: {2023: [b]}}"), "2023-12-31..2023-12-31", 7),
    # New Year's Day is a holiday.
    (("every: year", "due: {at: start}", "expect: {working_day: true}"), "2020-01-01..2020-01-01", 8),
    # Two days after what happens on Thursday, 2 January 2020, it is a Saturday.
    (("upon: {event: fire}", "due: {add: 2 days}", "expect: {never_on: sat}"), "2020-01-04..2020-01-04", 8),
)


@pytest.mark.parametrize(
    ("lines", "horizon", "line"), UNMET, ids=lambda each: each[-1] if isinstance(each, tuple) else ""
)
def test_what_is_not_met_is_told(lines: tuple[str, ...], horizon: str, line: int, tmp_path: Path) -> None:
    """It is told once, with the shortest and earliest days that show it, at the line that makes the date."""
    told = found(tmp_path, rules(*lines))
    assert [(each.values["horizon"], each.place.line) for each in told] == [(horizon, line)]
    for language in ("en", "zh"):
        assert headline(told[0], language)
        assert horizon in help_text(told[0], language)


def test_what_falls_on_one_day_is_told(tmp_path: Path) -> None:
    """Two obligations meet where the same unit owes both on a day: only in leap years here, and first in 2020."""
    text = rules("every: year", "due: {at: start, add: 59 days}", "expect: {never_with: y}")
    told = found(tmp_path, text + "  y: {every: year, due: {month: 2, day: last}}\n")
    assert [each.values["horizon"] for each in told] == ["2020-02-29..2020-02-29"]
    apart = rules("applies_to: a", "every: year", "expect: {never_with: y}")
    assert found(tmp_path, apart + "  y: {applies_to: b, every: year}\n") == []


def test_a_change_is_blamed_for_its_dates(tmp_path: Path) -> None:
    """What a change made is told at the change, and held against what that one expects."""
    text = rules(
        "every: month",
        "due: {day: 10}",
        "expect: {within_month: true}",
        "changes:",
        "  - {from: 2024-01, due: {day: 10, month: next}}",
    )
    told = found(tmp_path, text)
    assert [(each.place.line, each.values["horizon"]) for each in told] == [(11, "2024-02-10..2024-02-10")]
    expecting = text.replace("month: next}}", "month: next}, expect: {within_month: next}}")
    assert found(tmp_path, expecting) == []


def test_an_exception_is_blamed_for_its_date(tmp_path: Path) -> None:
    """What an exception moved is told at its label."""
    text = rules("every: month", "expect: {never_on: sun}", "due: {day: last, adjust: preceding}", "exceptions:")
    told = found(tmp_path, text + "      2023-05: {due: 2023-05-28}\n", Span(dt.date(2023, 5, 1), dt.date(2023, 5, 31)))
    assert [(each.place.line, each.values["due"]) for each in told] == [(11, "2023-05-28")]


def test_units_that_are_there_for_a_part_of_a_year_owe_less(tmp_path: Path) -> None:
    """A year in which a unit does not exist from the first day to the last is not counted for it."""
    head = HEAD.replace("{id: b}", "{id: b, active: 2021-04..}")
    assert found(tmp_path, rules("every: month", "expect: {per_year: 12}", head=head)) == []


def test_units_are_held_apart(tmp_path: Path) -> None:
    """What a single unit was let off is found, although others owe what is expected."""
    lines = ("every: month", "from: 2023", "until: 2023", "expect: {dates: {2023-05: 2023-05-31}}", "exceptions:")
    told = found(tmp_path, rules(*lines) + "      2023-05: {due: 2023-06-02, units: b}\n")
    assert [(each.values["key"], each.place.line) for each in told] == [("book/x/b/2023-05", 12)]
