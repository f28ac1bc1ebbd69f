"""Changes and what was known when: what is refused, which forms come of them, and what stands in the values."""

import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit.adapters.ical import stamp_of, whole_feed
from cyclekit.civil.cycles import Months
from cyclekit.civil.labels import read_span
from cyclekit.diagnostics import Diagnostic
from cyclekit.engine.expand import expand
from cyclekit.engine.forms import as_known, forms
from cyclekit.model.obligation import Change, Obligation, Rulebook
from cyclekit.model.pipeline import Course, DayOfMonth, Due, DueList
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection, UnitId
from cyclekit.model.text import Text
from cyclekit.model.timing import Every
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.loading import Loaded, load_files

HEAD = """\
cyclekit: 1
id: demo
units:
  - {id: hq, kind: head}
  - {id: sh, kind: branch}
  - {id: bj, kind: branch, active: ..2026}
obligations:
  other: {every: month}
  first: {once: 2026-05-10}
  second: {once: 2027-05-10}
  late: {every: quarter, due: {day: 28}, changes: {from: 2028, every: month}}
  a:
"""
FIRST = HEAD.count("\n") + 1

WRONG = {
    "neither from nor units": ("every: month\nchanges: {lead: sh}", ("missing-key", 2, 14)),
    "inside a quarter": ("every: quarter\nchanges: {from: 2027-02, due: {day: 3}}", ("bad-date", 2, 21)),
    "inside a period of the new cycle": (
        "every: month\nchanges: {from: 2027-02, every: quarter}",
        ("bad-date", 2, 21),
    ),
    "inside a listed period": (
        "dates: {2027Q1: 2027-04-02}\nchanges: {from: 2027-02, remind: 3 days}",
        ("bad-date", 2, 21),
    ),
    "inside a period of its trigger": ("upon: late\nchanges: {from: 2027-02, due: {add: 1 day}}", ("bad-date", 2, 21)),
    "a day that is none": ("every: month\nchanges: {from: 2027-02-30, due: {day: 3}}", ("bad-date", 2, 21)),
    "a fiscal year where none is in force": (
        "every: quarter\nchanges: {from: FY2027, due: {day: 3}}",
        ("bad-date", 2, 21),
    ),
    "after the end": ("every: month\nuntil: 2026\nchanges: {from: 2027, due: {day: 3}}", ("empty-range", 3, 21)),
    "over before the obligation begins": (
        "every: month\nfrom: 2027\nchanges: [{from: 2025, due: {day: 3}}, {from: 2026, due: {day: 4}}]",
        ("no-effect", 3, 22),
    ),
    "for a unit that is gone": (
        "every: month\nchanges: [{from: 2027, units: bj, due: {day: 3}}]",
        ("no-effect", 2, 22),
    ),
    "the same twice": (
        "every: month\nchanges: [{from: 2027, due: {day: 3}}, {from: 2027-01-01, remind: 3 days}]",
        ("conflict", 2, 51),
    ),
    "the same units twice": (
        "every: month\nchanges: [{from: 2026, units: [sh, bj], due: {day: 3}}, {from: 2026, units: branch, kind: x}]",
        ("conflict", 2, 81),
    ),
    "out of order": (
        "every: month\nchanges: [{from: 2028, due: {day: 3}}, {from: 2027, units: sh, due: {day: 4}}]",
        ("conflict", 2, 51),
    ),
    "hidden by a later one": (
        "every: month\nchanges: [{from: 2027, units: sh, due: {day: 3}}, {units: everyone, due: {day: 4}}]",
        ("no-effect", 2, 15),
    ),
    "what was so already": ("every: month\nkind: x\nchanges: {from: 2027, kind: x}", ("no-effect", 3, 14)),
    "a source alone": ("every: month\nchanges: {from: 2027, source: x, reason: y}", ("no-effect", 2, 14)),
    "from beside once": ("once: 2027\nchanges: {from: 2027, kind: x}", ("no-effect", 2, 15)),
    "from beside standing": ("standing: true\nchanges: {from: 2027, kind: x}", ("no-effect", 2, 15)),
    "some units of a joint duty": (
        "every: month\njointly: true\nlead: hq\nchanges: {from: 2027, units: sh, kind: x}",
        ("conflict", 4, 34),
    ),
    "a lead who does not owe it": (
        "every: month\napplies_to: branch\njointly: true\nlead: sh\nchanges: {from: 2027, lead: hq}",
        ("unknown-reference", 5, 33),
    ),
    "a fiscal year that is named twice": (
        "every: year\nyear_start: 04-01\nchanges: {from: 2027-07-01, year_start: 07-01}",
        ("conflict", 3, 21),
    ),
    "a date that is named twice": (
        "dates: {kick-off: 2026-05-01}\nchanges: {from: 2027, dates: {kick-off: 2027-05-01}}",
        ("conflict", 2, 21),
    ),
    "a period that two triggers name alike": ("upon: first\nchanges: {from: 2027, upon: second}", ("conflict", 2, 21)),
    "positions of the other cycle": (
        "every: month\nonly: 1\nchanges: {from: 2027, every: quarter}",
        ("bad-value", 3, 14),
    ),
    "a form that never fires": (
        "every: month\nonly: 2\ndue: {day: 3}\nchanges: {from: 2027, due: {day: -31}}",
        ("never-fires", 4, 14),
    ),
    "a trigger that is none": ("upon: other\nchanges: {from: 2027, upon: nothing}", ("unknown-reference", 2, 33)),
    "a loop of triggers": ("upon: other\nchanges: {from: 2027, upon: a}", ("cycle", 2, 33)),
    "several dates upon several": (
        "upon: other\ndue: [{add: 1 day}, {add: 2 days}]\nchanges: {from: 2027, upon: two}",
        ("conflict", 2, 5),
    ),
    "an exception of the cycle that is over": (
        "every: quarter\nchanges: {from: 2027, every: month}\nexceptions: {2027Q1: {waived: x}}",
        ("unknown-reference", 3, 18),
    ),
    "an exception of the cycle that is not yet": (
        "every: quarter\nchanges: {from: 2027, every: month}\nexceptions: {2026-11: {waived: x}}",
        ("unknown-reference", 3, 18),
    ),
    "an exception announced when its period was none": (
        (
            "every: quarter\nchanges: {from: 2027, every: month, announced: 2026-03-01}\n"
            "exceptions: {2027Q2: {waived: x, announced: 2026-03-01}}"
        ),
        ("unknown-reference", 3, 18),
    ),
    "an exception for the period of other units": (
        "every: quarter\nchanges: {from: 2027, units: sh, every: month}\nexceptions: {2027-01: {waived: x, units: hq}}",
        ("unknown-reference", 3, 18),
    ),
    "which of two dates, since a change": (
        "every: quarter\nchanges: {from: 2027, due: [{day: 3}, {day: 9}]}\nexceptions: {2027Q1: {due: 2027-04-01}}",
        ("conflict", 3, 27),
    ),
    "announced before the one it stands behind": (
        "every: month\nexceptions: {2026-01: [{waived: x, announced: 2026-03-01}, {waived: y, announced: 2026-02-01}]}",
        ("conflict", 2, 87),
    ),
    "a day that the changed rule lacks": (
        "every: month\nchanges: {from: 2027, due: {day: 31, month_end: error}}",
        ("day-missing", 2, 53),
    ),
}

RIGHT = {
    "of another fiscal year's units": "every: year\nyear_start: unit\nchanges: {from: 2027, due: {date: 03-01}}",
    "in any order, where they do not meet": (
        "every: month\nchanges: [{from: 2028, units: hq, kind: x}, {from: 2027, units: sh, kind: x}]"
    ),
    "behind one without a day": "every: month\nchanges: [{from: 2028, kind: x}, {units: sh, kind: y}]",
    "by any spelling of a first day": "every: month\nchanges: [{from: 2027, kind: x}, {from: 2027Q2, kind: y}]",
    "in a position that is left out": "every: quarter\nonly: [Q1, Q3]\nchanges: {from: 2027Q2, kind: x}",
    "named by the fiscal year": "every: quarter\nyear_start: 04-01\nchanges: {from: FY2027Q2, kind: x}",
    "by the fiscal year that it brings": "every: month\nchanges: {from: FY2027, every: quarter, year_start: 04-01}",
    "a cycle whose origin was another's": "every: 2 months\norigin: 2026-02\nchanges: {from: 2027, every: quarter}",
    "weeks after a fiscal year": "every: quarter\nyear_start: 04-01\nchanges: {from: 2027-04-05, every: week}",
    "between listed periods": "dates: {2026Q1: 2026-04-01}\nchanges: {from: 2027-02, dates: {2027Q2: 2027-07-01}}",
    "hidden, but known before what hides it": (
        "every: month\nchanges: [{from: 2027, units: sh, due: {day: 3}}, "
        "{units: everyone, due: {day: 4}, announced: 2026-05-01}]"
    ),
    "a combination that nobody is there for": (
        "every: month\nchanges: [{from: 2026, units: bj, kind: x}, {from: 2027, remind: 3 days}]"
    ),
    "a lead for each": "once: 2026-09\nchanges: [{units: hq, lead: sh}, {units: sh, lead: hq}, {units: bj, lead: sh}]",
    "an exception of what was known then": (
        "every: quarter\nchanges: {from: 2027, every: month, announced: 2026-03-01}\n"
        "exceptions: {2027Q1: {waived: x, announced: 2026-02-01}, 2027-02: {waived: y}}"
    ),
    "an exception of each unit's cycle": (
        "every: quarter\nchanges: {from: 2027, units: sh, every: month}\n"
        "exceptions: {2027-01: {waived: x}, 2027Q1: {waived: y, units: hq}}"
    ),
    "the other of two triggers": "upon: other\nchanges: {from: 2027, upon: late}",
    "with a period of its trigger": "upon: late\nchanges: {from: 2028-02, due: {add: 1 day}}",
}


def loaded(fields: str, folder: Path) -> Loaded:
    """What becomes of a file with an obligation of these fields, which begin on line ``FIRST``."""
    path = folder / "demo.yaml"
    text = HEAD + "".join(f"    {line}\n" for line in fields.splitlines())
    path.write_text(text + "  two: {every: month, due: [{day: 1}, {day: 2}]}\n", encoding="utf-8")
    return load_files([path])


def book_of(fields: str, folder: Path) -> Rulebook:
    """The rulebook of a file that is right."""
    found = loaded(fields, folder)
    assert not found.has_errors, found.diagnostics
    return found.rulebooks[0]


def seen(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """Code, line within the obligation (from 1) and column."""
    return diagnostic.code, diagnostic.place.line - FIRST + 1, diagnostic.place.column


@pytest.mark.parametrize("case", WRONG)
def test_a_change_that_cannot_be_is_told_once_at_its_place(case: str, tmp_path: Path) -> None:
    """One diagnostic, with its code, at the line and column of what has to be written otherwise, in both languages."""
    fields, wanted = WRONG[case]
    found = loaded(fields, tmp_path)
    assert [seen(each) for each in found.diagnostics] == [wanted]
    for each in found.diagnostics:
        assert headline(each) != headline(each, "zh")


@pytest.mark.parametrize("case", RIGHT)
def test_a_change_that_can_be_is_taken(case: str, tmp_path: Path) -> None:
    """No diagnostic at all."""
    assert loaded(RIGHT[case], tmp_path).diagnostics == ()


def test_what_to_write_instead_names_the_periods(tmp_path: Path) -> None:
    """A day inside a period is answered with that period and the one after it."""
    (wrong,) = loaded("every: quarter\nchanges: {from: 2027-02, due: {day: 3}}", tmp_path).diagnostics
    assert "2027Q1" in help_text(wrong)
    assert "2027Q2" in help_text(wrong)


def test_changes_stand_in_the_values_as_they_are_written(tmp_path: Path) -> None:
    """Since when, for whom, known since when; and each form says which changes made it, with their sources."""
    book = book_of(
        "every: month\nkind: x\nchanges:\n"
        "  - {from: 2027, due: {day: 3}, announced: 2026-03-01, reason: why, source: {article: 四}}\n"
        "  - {from: 2028, units: sh, kind: y}",
        tmp_path,
    )
    later, first, both = book["a"].changes
    everyone, sh = Selection(), Selection((UnitId("sh"),))
    assert (first.units, first.since, first.announced) == (everyone, dt.date(2027, 1, 1), dt.date(2026, 3, 1))
    assert (later.units, later.since, later.announced) == (sh, dt.date(2028, 1, 1), None)
    assert (both.units, both.since, both.announced) == (sh, dt.date(2028, 1, 1), dt.date(2026, 3, 1))
    assert [[each.number for each in change.result.amendments] for change in (later, first, both)] == [[2], [1], [1, 2]]
    amendment = first.result.amendments[0]
    assert (amendment.since, amendment.announced, amendment.reason) == (first.since, first.announced, "why")
    assert amendment.source is not None
    assert amendment.source.article == "四"
    assert [change.result.kind for change in (later, first, both)] == ["y", "x", "y"]


def test_a_form_is_asked_for_by_unit_and_period(tmp_path: Path) -> None:
    """An occurrence shows its obligation in the form of its own unit and period."""
    book = book_of("every: month\nkind: x\nchanges: {from: 2027, units: sh, kind: y}", tmp_path)
    schedule = cyclekit.expand(book, "2026-12..2027-01").for_obligation("a")
    kinds = {(each.unit.id, each.period): each.obligation.kind for each in schedule}
    assert kinds == {
        ("hq", "2026-12"): "x",
        ("sh", "2026-12"): "x",
        ("bj", "2026-12"): "x",
        ("hq", "2027-01"): "x",
        ("sh", "2027-01"): "y",
    }


def test_a_standing_duty_changes_with_what_is_known(tmp_path: Path) -> None:
    """A change of a standing duty holds for its units from the day on which it was announced."""
    book = book_of("standing: true\nkind: x\nchanges: {units: sh, kind: y, announced: 2026-03-01}", tmp_path)

    def listed(known_on: dt.date | None) -> list[tuple[str | None, list[str]]]:
        standing = cyclekit.expand(book, "2027", known_on=known_on).standing
        return [(duty.obligation.kind, [unit.id for unit in duty.units]) for duty in standing]

    assert listed(dt.date(2026, 2, 28)) == [("x", ["bj", "hq", "sh"])]
    assert listed(dt.date(2026, 3, 1)) == listed(None) == [("x", ["bj", "hq"]), ("y", ["sh"])]


def test_a_rulebook_without_announcements_stays_the_same(tmp_path: Path) -> None:
    """Where nothing was announced on a day, knowledge changes nothing, and the schedule holds the rulebook itself."""
    book = book_of("every: month\nchanges: {from: 2027, kind: y}\nexceptions: {2026-01: {waived: x}}", tmp_path)
    assert as_known(book, dt.date(1990, 1, 1)) is book
    assert cyclekit.expand(book, "2026", known_on=dt.date(1990, 1, 1)).rulebooks[0] is book


def test_an_event_is_waited_for_before_its_rule_is_known(tmp_path: Path) -> None:
    """What was not announced yet fires nothing, and the event is no mistake."""
    book = book_of(
        "upon: {event: fire}\nchanges: {from: 2026-02, upon: {event: flood}, announced: 2026-01-01}", tmp_path
    )
    events = {"flood": [dt.date(2026, 3, 5)]}

    def due(known_on: dt.date) -> list[str]:
        schedule = cyclekit.expand(book, "2026-03", events=events, known_on=known_on).for_obligation("a")
        return [str(each.due) for each in schedule.for_unit("hq")]

    assert due(dt.date(2026, 1, 1)) == ["2026-03-05"]
    assert due(dt.date(2025, 12, 31)) == []


def test_changes_by_hand_meet_as_wholes() -> None:
    """Of values that a program makes the last one that holds counts, as a whole, whatever their days."""

    def rule(day: int, *changes: Change) -> Obligation:
        timing = Every(Months(1, "month"), DueList((Due(Course(DayOfMonth(day))),)))
        return Obligation("r", timing, Text.of("r"), changes=changes)

    one = Selection((UnitId("a"),))
    rules = rule(
        1,
        Change(Selection(), rule(2), dt.date(2026, 3, 1)),
        Change(one, rule(3), dt.date(2026, 2, 1)),
        Change(one, rule(4), dt.date(2026, 4, 1)),
    )
    book = Rulebook("book", Text.of("book"), Roster(["a", "b"]), (rules,))
    days = {(each.unit.id, each.due.month): each.due.day for each in expand(book, read_span("2026-01..2026-04"))}
    assert [days["a", month] for month in (1, 2, 3, 4)] == [1, 3, 3, 4]
    assert [days["b", month] for month in (1, 2, 3, 4)] == [1, 1, 2, 2]
    held = [(form.begins.first, form.begins.last, units) for form, units in forms(book, rules)]
    assert held == [
        (None, dt.date(2026, 1, 31), [0]),
        (None, dt.date(2026, 2, 28), [1]),
        (dt.date(2026, 3, 1), None, [1]),
        (dt.date(2026, 2, 1), dt.date(2026, 3, 31), [0]),
        (dt.date(2026, 4, 1), None, [0]),
    ]


def test_a_feed_tells_of_an_announced_change(tmp_path: Path) -> None:
    """Its event has a later stamp and a higher sequence number, so that calendars take the new date."""
    book = book_of(
        "every: month\nsource: {document: x, issued: 2025-01-01}\n"
        "changes: {from: 2026-02, due: {day: 3}, announced: 2026-01-15}\n"
        "exceptions: {2026-03: {due: 2026-03-09, announced: 2026-02-20}}",
        tmp_path,
    )
    schedule = cyclekit.expand(book, "2026-01..2026-03").for_obligation("a").for_unit("hq")
    assert [str(stamp_of(each)) for each in schedule] == ["2025-01-01", "2026-01-15", "2026-02-20"]
    feed = whole_feed(schedule).decode()
    assert [line[-1] for line in feed.splitlines() if line.startswith("SEQUENCE")] == ["0", "1", "2"]
    before = cyclekit.expand(book, "2026-01..2026-03", known_on=dt.date(2026, 1, 14))
    assert {str(stamp_of(each)) for each in before.for_obligation("a")} == {"2025-01-01"}


def test_a_default_change_is_passed_over_where_there_are_no_periods(tmp_path: Path) -> None:
    """What changes for all from a period on says nothing of what is owed once, or always."""
    path = tmp_path / "demo.yaml"
    path.write_text(
        "cyclekit: 1\nid: demo\ndefaults: {changes: {from: 2027, kind: new}}\n"
        "obligations:\n  r: {every: month}\n  s: {once: 2027}\n  t: {standing: true}\n",
        encoding="utf-8",
    )
    book = cyclekit.load(path)
    assert [len(each.changes) for each in book] == [1, 0, 0]
