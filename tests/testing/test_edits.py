"""Cases of a rule file: what is edited, what it shrinks to, and that what comes out is still a rulebook."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis.errors import InvalidArgument

import cyclekit
from cyclekit.civil.spans import Span
from cyclekit.testing.edits import Case, cases, from_rule_file, with_days_off, with_units
from tests.examples import load

RULES = """cyclekit: 1
id: book
calendar: CN
calendars: {office: {base: CN}}
units: [{id: a}, {id: b, calendar: office}, {id: lead}]
obligations:
  monthly: {every: month, due: {day: 20, adjust: following}}
  joint: {applies_to: everyone, jointly: true, lead: lead, once: 2024-05-07}
"""
MAY = Span(dt.date(2024, 5, 1), dt.date(2024, 5, 31))
SEARCH = settings(max_examples=300, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def test_a_day_off_more_moves_dates(tmp_path: Path) -> None:
    """20 May 2024 is a Monday: taken off, in the file's calendar and in one of its own, the 21st is the next."""
    edited = with_days_off(load(tmp_path, RULES), [dt.date(2024, 5, 20)])
    found = cyclekit.expand(edited, MAY).for_obligation("monthly")
    assert {(each.unit.id, each.due) for each in found} == {(unit, dt.date(2024, 5, 21)) for unit in ("a", "b", "lead")}


def test_units_may_be_others(tmp_path: Path) -> None:
    """A unit is left out, and another one has a twin that owes the same."""
    edited = with_units(load(tmp_path, RULES), ["a"], ["b"])
    found = cyclekit.expand(edited, MAY).for_obligation("monthly")
    assert [each.unit.id for each in found] == ["b", "b.2", "lead"]


def test_it_shrinks_to_the_file_as_it_is() -> None:
    """Nothing is edited that need not be, and the horizon is the first day."""
    case = find(from_rule_file("rules/cn/lpr.yaml"), lambda _: True, settings=SEARCH)
    assert case.is_as_written
    assert case.horizon.days == 1


def test_it_finds_edits(tmp_path: Path) -> None:
    """A day off on a date that is asked for is found, and so is a unit that is not there."""
    book = load(tmp_path, RULES)
    assert find(cases(book), lambda case: len(case.days_off) == 2, settings=SEARCH).left_out == ()
    without = find(cases(book), lambda case: bool(case.left_out), settings=SEARCH)
    assert (without.left_out, without.days_off, without.doubled) == (("a",), (), ())


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(case=from_rule_file("rules/cn/jiujiang-2022.yaml"))
def test_cases_expand(case: Case) -> None:
    """Whatever is edited, the case expands, and only within its horizon."""
    assert all(each.due in case.horizon for each in case.expand())


def test_what_is_no_rule_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there, or has errors, gives no cases."""
    (tmp_path / "bad.yaml").write_text("cyclekit: 1\nid: bad\nobligations: {a: {every: quater}}\n")
    for name in ("bad.yaml", "none.yaml"):
        with pytest.raises(InvalidArgument):
            from_rule_file(tmp_path / name)
