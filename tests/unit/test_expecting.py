"""What authors expect of due dates, held against schedules that were made by hand."""

import datetime as dt
from typing import Any

from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Bounds
from cyclekit.engine.expand import expand
from cyclekit.engine.expecting import unmet
from cyclekit.model.expectation import Expectation, Range
from cyclekit.model.obligation import Change, Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every

B = Selection((UnitId("b"),))
ONLY_MARCH = Expectation(in_months=frozenset({3}))


def monthly(day: int, expect: Expectation | None = None, **fields: Any) -> Obligation:
    """Every month by this day."""
    timing = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(day))),)))
    return Obligation("r", timing, Text.of("r"), expect=expect, **fields)


def book(rule: Obligation, id: str = "book") -> Rulebook:  # noqa: A002 (the field's own word)
    """A rulebook of two units."""
    return Rulebook(id, Text.of(id), Roster(["a", "b"]), (rule,))


def told(*books: Rulebook, within: str = "2023-03..2023-04") -> list[str]:
    """What is not met, each as the expectation with the key or the unit that it is about."""
    span = read_span(within)
    found = unmet(expand(books, span), span, {})
    return [f"{each.name} {each.values.get('key') or each.values['unit']}" for each in found]


def test_months_are_held_against_the_due_date() -> None:
    """In April nothing was to be due."""
    assert told(book(monthly(20, ONLY_MARCH))) == ["in_months book/r/a/2023-04"]


def test_each_rulebook_is_held_against_its_own() -> None:
    """What one expects says nothing of the obligation of the same name in another."""
    assert told(book(monthly(20, ONLY_MARCH)), book(monthly(20), "other")) == ["in_months book/r/a/2023-04"]


def test_a_form_is_held_against_what_that_form_expects() -> None:
    """A change may expect something where the rule does not, and the other way round."""
    expecting, plain = monthly(20, ONLY_MARCH), monthly(25)
    changed = monthly(20, changes=(Change(B, monthly(25, ONLY_MARCH)),))
    assert told(book(changed)) == ["in_months book/r/b/2023-04"]
    assert told(book(monthly(20, ONLY_MARCH, changes=(Change(B, plain),)))) == ["in_months book/r/a/2023-04"]
    assert told(book(monthly(25, changes=(Change(B, expecting),)))) == ["in_months book/r/b/2023-04"]


def test_a_joint_duty_is_counted_once_for_each_who_takes_part() -> None:
    """Twelve in the year, owed together, are twelve for each; two was expected, and is told of one of them."""
    joint = {"jointly": True, "lead": "b"}
    twelve, two = (Expectation(per_year=Range(each, each)) for each in (12, 2))
    assert told(book(monthly(20, twelve, **joint)), within="2023") == []
    assert told(book(monthly(20, two, **joint)), within="2023") == ["per_year a"]


def test_a_joint_duty_never_meets_what_one_of_them_owes() -> None:
    """The second unit owes the other duty on the same days; who leads is named."""
    other = Obligation(
        "other",
        Every(Months(12, "year"), DueList((Due(Course(DayOfMonth(20, "first"))),))),
        Text.of("other"),
        B,
        bounds=Bounds(dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    )
    rule = monthly(20, Expectation(never_with=("other",)), jointly=True, lead="a")
    rules = Rulebook("book", Text.of("book"), Roster(["a", "b"]), (rule, other))
    assert told(rules, within="2023") == ["never_with book/r/a/2023-01"]


def test_a_range_says_what_it_allows() -> None:
    """A number alone, from one number to another, or open at an end."""
    assert [str(Range(*ends)) for ends in ((4, 4), (3, 5), (3, None), (None, 5))] == ["4", "3..5", "3..", "..5"]
    assert [each in Range(3, 5) for each in (2, 3, 5, 6)] == [False, True, True, False]
    assert 1000 in Range(3)
    assert -1000 in Range(None, 5)
