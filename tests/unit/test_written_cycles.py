"""Cycles that are written out: a rule with its first day, a list of periods, and what may stand beside them."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit import load
from cyclekit.api import expand
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.timing import Every
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.loading import Loaded, load_files

HEAD = "cyclekit: 1\nid: demo\ncalendar: weekdays\n"
LAST_FRIDAY = 'every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2023-01-27}'
TERMS = "every: {periods: {spring: 2023-02-13..2023-06-30, autumn: 2023-09-01..2024-01-19}}"


def loaded(folder: Path, fields: str, *, head: str = HEAD) -> Loaded:
    """What becomes of a file with one obligation of these fields."""
    path = folder / "demo.yaml"
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    path.write_text(f"{head}obligations:\n  a:\n{lines}", encoding="utf-8")
    return load_files([path])


def found(told: Loaded, *, head: str = HEAD) -> list[tuple[str, int, int]]:
    """Code, line within the obligation (from 1) and column of each diagnostic."""
    above = head.count("\n") + 2
    return [(each.code, each.place.line - above, each.place.column) for each in told.diagnostics]


def worded(each: Diagnostic) -> str:
    """What is said and advised."""
    return f"{headline(each)}. {help_text(each)}"


def due(folder: Path, fields: str, horizon: str, *, head: str = HEAD) -> list[str]:
    """The period and due date of each occurrence, in order."""
    told = loaded(folder, fields, head=head)
    assert not told.has_errors, [worded(each) for each in told.diagnostics]
    return [f"{each.period} {each.due}" for each in expand(told.rulebooks, horizon)]


WRONG = {
    "no start": ('every: {rrule: "FREQ=DAILY"}', [("missing-key", 1, 12)]),
    "no rule": ("every: {start: 2023-01-27}", [("missing-key", 1, 12)]),
    "a rule and a list": (
        'every: {rrule: "FREQ=DAILY", start: 2023-01-27, periods: {a: 2023}}',
        [("conflict", 1, 53)],
    ),
    "a start for a list": ("every: {periods: {a: 2023}, start: 2023-01-27}", [("no-effect", 1, 33)]),
    "a start of a month": ('every: {rrule: "FREQ=DAILY", start: 2023-01}', [("bad-date", 1, 41)]),
    "an origin": (LAST_FRIDAY + "\norigin: 2023-01", [("no-effect", 2, 5)]),
    "positions": (LAST_FRIDAY + "\nonly: [1]", [("no-effect", 2, 5)]),
    "skipped positions of a list": (TERMS + "\nskip: [1]", [("no-effect", 2, 5)]),
    "a year": (LAST_FRIDAY + "\nyear_start: 04-01\nyear_named: last", [("no-effect", 2, 5), ("no-effect", 3, 5)]),
    "a year of a list": (TERMS + "\nyear_start: 04-01", [("no-effect", 2, 5)]),
    "a stub of a single day": (LAST_FRIDAY + "\nfrom: 2023\nstub: drop", [("no-effect", 3, 5)]),
    "two ends": (
        'every: {rrule: "FREQ=DAILY;COUNT=3", start: 2023-01-27}\nuntil: 2024',
        [("conflict", 2, 5)],
    ),
    "two ends, the other way round": (
        'until: 2024\nevery: {rrule: "FREQ=DAILY;UNTIL=20231231", start: 2023-01-27}',
        [("conflict", 2, 20)],
    ),
    "an end before the start": (
        'every: {rrule: "FREQ=DAILY;UNTIL=20221231", start: 2023-01-27}',
        [("empty-range", 1, 20)],
    ),
    "a rule that begins inside a week": (
        'every: {rrule: "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", start: 2023-01-27}',
        [("bad-value", 1, 20)],
    ),
    "a rule that never fires": (
        'every: {rrule: "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", start: 2023-01-27}',
        [("never-fires", 1, 20)],
    ),
    "a rule that never fires as one that is counted": (
        'every: {rrule: "FREQ=WEEKLY;INTERVAL=2;BYMONTH=2;BYDAY=MO;BYSETPOS=2;COUNT=3", start: 2023-01-23}',
        [("never-fires", 1, 20)],
    ),
    "a rule that ends before it fires": (
        'every: {rrule: "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1;UNTIL=20230630", start: 2023-01-27}',
        [("never-fires", 1, 20)],
    ),
    "bounds that leave nothing": (
        'every: {rrule: "FREQ=DAILY;UNTIL=20231231", start: 2023-01-27}\nfrom: 2024',
        [("never-fires", 0, 3)],
    ),
    "bounds behind the list": (TERMS + "\nfrom: 2024-02", [("never-fires", 0, 3)]),
    "a start that is no instance": (
        'every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2023-01-28}',
        [("start-no-instance", 1, 54)],
    ),
    "a weekday of a rule by weeks": (
        'every: {rrule: "FREQ=WEEKLY", start: 2023-01-27}\ndue: {weekday: fri}',
        [("missing-key", 2, 11)],
    ),
    "full-width marks": ('every: {rrule: "FREQ=MONTHLY；BYDAY=FR", start: 2023-01-27}', [("full-width", 1, 20)]),
    "no periods": ("every: {periods: {}}", [("empty", 1, 22)]),
    "periods without days": ("every: {periods: {a: }}", [("empty", 1, 25)]),
    "periods in a list": ("every: {periods: [2023]}", [("wrong-type", 1, 22)]),
    "a label that is no id": ("every: {periods: {春季: 2023}}", [("bad-id", 1, 23)]),
    "a label twice": ("every: {periods: {a: 2023, a: 2024}}", [("duplicate-key", 1, 32)]),
    "labels that differ in case": ("every: {periods: {a: 2023, A: 2024}}", [("duplicate-id", 1, 32)]),
    "no such day": ("every: {periods: {a: 2023-02-30, b: 2024}}", [("bad-date", 1, 26)]),
    "an open period": ("every: {periods: {a: 2023..}}", [("bad-date", 1, 26)]),
    "a period turned around": ("every: {periods: {a: 2024..2023}}", [("empty-range", 1, 26)]),
    "periods that overlap": ("every: {periods: {b: 2023-06..2023-08, a: 2023-01..2023-06}}", [("conflict", 1, 47)]),
    "an exception for no period of the list": (
        TERMS + "\nexceptions: {sprin: {due: 2023-07-03}}",
        [("unknown-reference", 2, 18)],
    ),
    "an exception by the days of a period": (
        TERMS + "\nexceptions: {2023-02-13..06-30: {due: 2023-07-03}}",
        [("unknown-reference", 2, 18)],
    ),
    "an exception for a period that the bounds leave out": (
        TERMS + "\nfrom: autumn\nexceptions: {spring: {due: 2023-07-03}}",
        [("unknown-reference", 3, 18)],
    ),
    "an exception for no instance": (
        LAST_FRIDAY + "\nexceptions: {2023-02-23: {due: 2023-02-23}}",
        [("unknown-reference", 2, 18)],
    ),
    "a 31st in the months of a rule": (
        'every: {rrule: "FREQ=MONTHLY", start: 2026-01-01}\ndue: {day: 31}',
        [("month-end-unwritten", 2, 16)],
    ),
    "a 31st in the months of a list": (
        "every: {periods: {a: 2026-04}}\ndue: {day: 31}",
        [("month-end-unwritten", 2, 16)],
    ),
    "a change inside a period of the list": (
        TERMS + "\nchanges: {from: 2023-09-15, due: {at: start}}",
        [("bad-date", 2, 21)],
    ),
    "a change to a list that uses a label for other days": (
        TERMS + "\nchanges: {from: autumn, every: {periods: {autumn: 2023-09-01..2024-01-19, spring: 2024-02}}}",
        [("conflict", 2, 21)],
    ),
    "an unreadable list hides its bounds": (
        "every: {periods: {a: 2023, b: 2023-13}}\nfrom: b",
        [("bad-date", 1, 35)],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_at_its_place(case: str, tmp_path: Path) -> None:
    """Code, line and column of what cannot be read, does nothing, or is doubtful."""
    fields, wanted = WRONG[case]
    told = loaded(tmp_path, fields)
    assert found(told) == wanted
    assert all(headline(each, "zh") and help_text(each, "zh") for each in told.diagnostics)


def test_the_first_day_is_proposed(tmp_path: Path) -> None:
    """A start that the rule does not meet is told with the first day that it does meet."""
    told = loaded(tmp_path, 'every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2023-01-28}')
    assert "2023-02-24" in worded(told.diagnostics[0])
    inside = loaded(tmp_path, 'every: {rrule: "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1", start: 2023-01-27}')
    assert "2023-01-23" in worded(inside.diagnostics[0])


def test_values(tmp_path: Path) -> None:
    """A rule becomes a recurrence, a list a list in the order of its days."""
    told = loaded(tmp_path, LAST_FRIDAY)
    timing = told.rulebooks[0]["a"].timing
    start = dt.date(2023, 1, 27).toordinal()
    assert isinstance(timing, Every)
    assert timing.cycle == Recurrence("monthly", start, weekdays=((-1, 4),))
    told = loaded(tmp_path, "every: {periods: {b: 2024, a: 2023-12-31, 2023: 2023H1}}")
    timing = told.rulebooks[0]["a"].timing
    assert isinstance(timing, Every)
    assert isinstance(timing.cycle, ListOfPeriods)
    assert [each.label for each in timing.cycle.entries] == ["2023", "a", "b"]


def test_dates_of_a_rule(tmp_path: Path) -> None:
    """Each instance is a period of one day, from which anchors and steps go on."""
    assert due(tmp_path, LAST_FRIDAY, "2023-01..03") == [
        "2023-01-27 2023-01-27",
        "2023-02-24 2023-02-24",
        "2023-03-31 2023-03-31",
    ]
    fields = LAST_FRIDAY + "\nfrom: 2023-02\nuntil: 2023-03\ndue: {add: 1 day, adjust: following}"
    assert due(tmp_path, fields, "2023") == ["2023-02-24 2023-02-27", "2023-03-31 2023-04-03"]
    moved = LAST_FRIDAY + "\nexceptions: {2023-02-24: {due: 2023-03-01}, 2023-03-31: {waived: none}}"
    assert due(tmp_path, moved, "2023-02..03") == ["2023-02-24 2023-03-01", "2023-03-31 2023-03-31"]


def test_dates_of_a_list(tmp_path: Path) -> None:
    """A period of a list is called by its label, also in bounds and exceptions, however long it is."""
    assert due(tmp_path, TERMS, "2023..2024") == ["spring 2023-06-30", "autumn 2024-01-19"]
    assert due(tmp_path, TERMS + "\nfrom: autumn", "2023..2024") == ["autumn 2024-01-19"]
    assert due(tmp_path, TERMS + "\nuntil: spring", "2023..2024") == ["spring 2023-06-30"]
    assert due(tmp_path, TERMS + "\nuntil: 2023-09\nstub: drop", "2023..2024") == ["spring 2023-06-30"]
    moved = TERMS + "\nexceptions: {spring: {due: 2023-07-03, reason: flood}}"
    assert due(tmp_path, moved, "2023") == ["spring 2023-07-03"]
    start = TERMS + "\ndue: {at: start, adjust: following}"
    assert due(tmp_path, start, "2023") == ["spring 2023-02-13", "autumn 2023-09-01"]


def test_changes_of_a_list(tmp_path: Path) -> None:
    """A change begins with a period that it calls by its label, also one of the list that it brings."""
    later = TERMS + "\nchanges: {from: autumn, due: {at: start}}"
    assert due(tmp_path, later, "2023") == ["spring 2023-06-30", "autumn 2023-09-01"]
    other = TERMS + "\nchanges: {from: winter, every: {periods: {winter: 2023-09-01..2024-02-09}}}"
    assert due(tmp_path, other, "2023..2024") == ["spring 2023-06-30", "winter 2024-02-09"]
    rule = TERMS + '\nchanges: {from: 2023-09-01, every: {rrule: "FREQ=MONTHLY", start: 2023-09-30}}'
    assert due(tmp_path, rule, "2023-06..10") == ["spring 2023-06-30", "2023-09-30 2023-09-30", "2023-10-30 2023-10-30"]
    ended = LAST_FRIDAY + "\nchanges: {from: 2023-03, every: month}"
    assert due(tmp_path, ended, "2023-02..03") == ["2023-02-24 2023-02-24", "2023-03 2023-03-31"]


def test_a_long_period_is_found_from_either_end(tmp_path: Path) -> None:
    """A period of forty years is due on the working day before its end, and known by a horizon of one day."""
    fields = "every: {periods: {lease: 2001-01-01..2040-12-30}}\ndue: {at: end, adjust: preceding}"
    assert due(tmp_path, fields, "2040-12-28") == ["lease 2040-12-28"]
    assert due(tmp_path, fields, "2040-12-27") == []
    fields = "every: {periods: {lease: 2001-01-06..2040-12-30}}\ndue: {at: start, adjust: following}"
    assert due(tmp_path, fields, "2001-01-08") == ["lease 2001-01-08"]


def test_a_rule_far_ahead_is_no_rule_that_never_fires(tmp_path: Path) -> None:
    """A rule that begins in five hundred years fires then."""
    fields = 'every: {rrule: "FREQ=YEARLY", start: 2523-01-27}'
    assert due(tmp_path, fields, "2524") == ["2524-01-27 2524-01-27"]


def test_absorbing_looks_at_the_years_that_both_have(tmp_path: Path) -> None:
    """That a rule begins long after the other is no reason to say that they never meet."""
    rule = '{rrule: "FREQ=YEARLY", start: 2123-01-27}'
    head = HEAD + "obligations:\n  b: {every: month, due: {day: 27}}\n  c: {every: month, due: {day: 28}}\n"
    path = tmp_path / "demo.yaml"
    path.write_text(f"{head}  a: {{every: {rule}, absorbs: [b, c]}}\n", encoding="utf-8")
    told = load_files([path]).diagnostics
    assert [(each.code, each.values["name"]) for each in told] == [("absorbs-never", "c")]


def test_defaults_pass_over_what_they_cannot_change(tmp_path: Path) -> None:
    """A default about years or positions is not held against a rule; one about bounds counts beside COUNT."""
    head = HEAD + "defaults: {origin: 2023-01, only: [1], stub: drop, until: 2023-02}\n"
    fields = 'every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR;COUNT=9", start: 2023-01-27}'
    assert due(tmp_path, fields, "2023", head=head) == ["2023-01-27 2023-01-27", "2023-02-24 2023-02-24"]
    fields = "every: {periods: {a: 2023-01, b: 2023-02-15..2023-03-01}}"
    assert due(tmp_path, fields, "2023", head=head) == ["a 2023-01-31"]


def test_keys_hold_the_labels_of_a_list(tmp_path: Path) -> None:
    """The identity of an occurrence is made from the label that its author gave."""
    loaded(tmp_path, "every: {periods: {2012-MP1: 2012-01-18..2012-02-14}}")
    schedule = expand(load(tmp_path / "demo.yaml"), "2012")
    assert [str(each.key) for each in schedule] == ["demo/a/_/2012-MP1"]


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (Period(5, 4, "a"),),
        (Period(1, 4, "a"), Period(4, 9, "b")),
        (Period(5, 9, "a"), Period(1, 4, "b")),
        (Period(1, 4, "a"), Period(5, 9, "a")),
    ],
)
def test_a_list_that_cannot_be(entries: tuple[Period, ...]) -> None:
    """An empty list, periods out of order or with common days, and one label for two are no cycle."""
    with pytest.raises(ValueError):
        ListOfPeriods(entries)


def test_windows_of_a_list() -> None:
    """A window shows the periods that it touches, and no others."""
    listed = ListOfPeriods((Period(10, 19, "a"), Period(20, 20, "b"), Period(30, 39, "c")))
    shown = {
        window: [each.label for each in listed.periods(*window)] for window in [(1, 9), (19, 20), (21, 29), (25, 99)]
    }
    assert shown == {(1, 9): [], (19, 20): ["a", "b"], (21, 29): [], (25, 99): ["c"]}
    assert listed.longest == 10
    assert listed.named("c") == Period(30, 39, "c")
    assert listed.named("d") is None
