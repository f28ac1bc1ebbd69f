"""What a readable file would do: rules and exceptions without a date, days that are missing, openings too late."""

from pathlib import Path

import pytest

from cyclekit.workspace.loading import load_files

HEAD = "cyclekit: 1\nid: demo\ncalendar: weekdays\nunits: [{id: a}, {id: b, active: 2019..2021}]\nobligations:\n"
CASES = {
    "a fifth Friday of February, once in 28 years": (
        "every: year\ndue: {weekday: fri, nth: 5, month: 2}",
        [],
    ),
    "a position outside the bounds": (
        "every: month\nonly: [3]\nfrom: 2026-04\nuntil: 2026-12",
        [("never-fires", 2, 11)],
    ),
    "a date outside the bounds": ("once: 2026-05\nuntil: 2025", [("never-fires", 1, 11)]),
    "a single date that is left out": ("once: 2023-06-10\nadjust: skip", [("never-fires", 1, 11)]),
    "a unit that is no more": ("once: 2023-06-20\napplies_to: b", [("never-fires", 1, 11)]),
    "a date beyond the calendar": ("once: 9999-12-31\napplies_to: a\ndue: {add: 1 day}", [("out-of-range", 3, 10)]),
    "a day that April lacks": ("every: month\ndue: {day: 31, month_end: error}", [("day-missing", 2, 31)]),
    "a day that February lacks, once": (
        "once: 2023-01-31\napplies_to: a\ndue: {add: 1 month, month_end: error}",
        [("day-missing", 3, 36)],
    ),
    "a change that uncovers it": (
        "every: month\nonly: 1\ndue: {day: 31, month_end: error}\nchanges: {units: a, only: 4}",
        [("day-missing", 4, 14)],
    ),
    "a 31st of which nothing is said": ("every: month\ndue: {day: 31}", [("month-end-unwritten", 2, 16)]),
    "a 31st that is skipped": ("every: month\ndue: [{day: 31, month_end: skip}, {day: 3}]", []),
    "a 31st of months that have one": ("every: month\nonly: [1, 3]\ndue: {day: 31}", []),
    "an opening after the date": ("every: month\ndue: {day: 5}\nopens: {day: 9}", [("conflict", 3, 5)]),
    "an opening in the month before": ("every: month\ndue: {day: 5}\nopens: {month: previous, day: 9}", []),
    "a closing before the date": ("every: month\ndue: {day: 5}\ncloses: {day: 4}", [("conflict", 3, 5)]),
    "a closing some days before the date": ("every: month\ndue: {day: 5}\ncloses: {add: -1 day}", [("conflict", 3, 5)]),
    "a closing on the date": ("every: month\ndue: {day: 5}\ncloses: {day: 5}", []),
    "an exception where nothing is due": (
        "every: month\ndue: {day: 10, adjust: skip}\nexceptions: {2023-06: {due: 2023-06-12}}",
        [("unknown-reference", 3, 18)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_file_would_do_is_told_at_its_place(case: str, tmp_path: Path) -> None:
    """Code, line and column of what is wrong with the dates of a file, or nothing where they are right."""
    fields, wanted = CASES[case]
    path = tmp_path / "demo.yaml"
    path.write_text(HEAD + "  x:\n" + "".join(f"    {line}\n" for line in fields.splitlines()), encoding="utf-8")
    loaded = load_files([path])
    first = HEAD.count("\n") + 1
    assert [(each.code, each.place.line - first, each.place.column) for each in loaded.diagnostics] == wanted


@pytest.mark.parametrize(
    ("zone", "time", "wanted"),
    [
        ("Europe/Berlin", "02:30", ["time-skipped"]),
        ("Europe/Berlin", "03:00", []),
        ("Europe/Berlin", "24:00", []),
        ("Asia/Shanghai", "02:30", []),
        ("Africa/Cairo", "00:30", []),  # there the clocks are put forward on a Friday
    ],
)
def test_a_time_that_the_clocks_skip_is_warned_of(zone: str, time: str, wanted: list[str], tmp_path: Path) -> None:
    """A due date on each Sunday meets the night in which the clocks of its zone are put forward."""
    path = tmp_path / "demo.yaml"
    rule = f'  x: {{every: week, due: {{weekday: sun}}, time: "{time}"}}\n'
    path.write_text(f"cyclekit: 1\nid: demo\ntimezone: {zone}\nobligations:\n{rule}", encoding="utf-8")
    assert [each.code for each in load_files([path]).diagnostics] == wanted


@pytest.mark.parametrize(
    ("others", "codes"),
    [
        ("y: {every: quarter, due: {day: 28}}", ["absorbs-never"]),
        ("y: {every: quarter}", []),
        ("y: {standing: true}", ["absorbs-never"]),
        ("y: {every: quarter, applies_to: b}", ["absorbs-never"]),
    ],
)
def test_absorbing_what_never_coincides_is_warned_about(others: str, codes: list[str], tmp_path: Path) -> None:
    """Another day, no day at all, or other units: one never stands for the other."""
    path = tmp_path / "demo.yaml"
    path.write_text(f"{HEAD}  x: {{every: half_year, applies_to: a, absorbs: y}}\n  {others}\n", encoding="utf-8")
    loaded = load_files([path])
    assert [each.code for each in loaded.diagnostics] == codes
    assert not loaded.has_errors


def test_two_files_with_one_id_are_an_error_at_the_second(tmp_path: Path) -> None:
    """The second `id:` is told, with the place of the first."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("cyclekit: 1\nid: demo\nobligations: {x: {every: year}}\n", encoding="utf-8")
    (wrong,) = load_files([tmp_path]).diagnostics
    assert (wrong.code, wrong.place.file, wrong.place.line) == ("duplicate-id", str(tmp_path / "b.yaml"), 2)
    assert wrong.related[0].file == str(tmp_path / "a.yaml")
