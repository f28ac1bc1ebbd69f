"""What is right by the letter and mostly not meant: each with its code and place, and how to ignore it."""

from pathlib import Path

import pytest

from cyclekit.diagnostics import CODES, Severity
from cyclekit.workspace.loading import load_files

HEAD = (
    "cyclekit: 1\nid: demo\ncalendar: weekdays\n"
    "units: [{id: hq, kind: head}, {id: a, kind: office, tags: t}, {id: b, kind: office}]\nobligations:\n"
)
LINES = HEAD.count("\n")

CHANGES = "  x:\n    every: month\n    changes:\n"
FIRST = "      - {from: 2024-01, units: [hq, a], due: {day: 5}}\n"
#: Obligations, and the code with its line among them and its column; the calendar of CN is announced a year ahead.
DOUBTS = {
    "two of one title on the same day": (
        "  x: {title: Report, every: quarter}\n  y: {title: report, every: half_year}",
        [("same-duty", 2, 3)],
    ),
    "two of one title in one language": (
        "  x: {title: {zh: 月报, en: A}, every: month}\n  y: {title: {zh: 月报, en: B}, once: 2026-06}",
        [("same-duty", 2, 3)],
    ),
    "two of one title on other days": (
        "  x: {title: Report, every: quarter, due: {day: 20}}\n  y: {title: Report, every: half_year}",
        [],
    ),
    "two of one title for other units": (
        "  x: {title: Report, every: month, applies_to: hq}\n  y: {title: Report, every: month, applies_to: office}",
        [],
    ),
    "two of one title of which one stands for the other": (
        "  x: {title: Report, every: quarter}\n  y: {title: Report, every: half_year, absorbs: x}",
        [],
    ),
    "two of one title in other years": (
        "  x: {title: Report, every: month, until: 2024}\n  y: {title: Report, every: month, from: 2025}",
        [],
    ),
    "changes of one field for units that partly overlap": (
        (CHANGES + FIRST + "      - {from: 2024-01, units: [a, b], due: {day: 6}}"),
        [("changes-collide", 5, 9)],
    ),
    "a change for all, then one for some": (
        (CHANGES + "      - {from: 2024-01, due: {day: 5}}\n      - {from: 2024-01, units: [a, b], due: {day: 6}}"),
        [],
    ),
    "changes of other fields": (
        (CHANGES + FIRST + "      - {from: 2024-01, units: [a, b], lead: hq}"),
        [],
    ),
    "units that nothing selects": ("  x: {every: month, applies_to: hq}", [("unit-idle", -1, 36)]),
    "a unit that only leads": ("  x: {every: month, applies_to: office, lead: hq}", []),
    "a unit that only receives": ("  x: {every: month, applies_to: office, report_to: hq}", []),
    "one day of the year in every quarter": (
        "  x: {every: quarter, due: {date: 05-12}}",
        [("anchor-repeats", 1, 35)],
    ),
    "one day of the year in one quarter": ("  x: {every: quarter, only: Q1, due: {date: 05-12}}", []),
    "one day of the year in each year": ("  x: {every: year, due: {date: 05-12}}", []),
    "a month three years on": ("  x: {every: month, due: {day: 5, month: 36}}", [("anchor-far", 1, 42)]),
    "a change that leads three years on": (
        "  x: {every: month, due: {day: 5}, changes: [{from: 2024-01, due: {day: 5, month: 36}}]}",
        [("anchor-far", 1, 83)],
    ),
    "a change to one day of the year, and one of something else": (
        "  x: {every: quarter, due: {day: 5}, changes: [{from: 2024, due: {date: 05-12}}, {from: 2025, lead: hq}]}",
        [("anchor-repeats", 1, 73)],
    ),
    "a change that brings another doubt to the same place": (
        "  x: {once: 2087-10, notes: 十月前, changes: [{units: a, adjust: following, calendar: CN}]}",
        [("reading-unstated", 1, 13), ("year-unannounced", 1, 13)],
    ),
    "a month after the period": ("  x: {every: month, due: {day: 5, month: 3}}", []),
    "a year far away": ("  x: {every: year, due: {date: 05-12, year: 30}}", [("anchor-far", 1, 45)]),
    "a single date in a year that nobody announced": (
        "  x: {once: 2087-10-03, adjust: following, calendar: CN}",
        [("year-unannounced", 1, 13)],
    ),
    "a list of such dates": (
        "  x: {dates: {a: 2024-10-04, b: 2087-10-03}, due: {adjust: following, calendar: CN}}",
        [("year-unannounced", 1, 14)],
    ),
    "a single date that asks no calendar": ("  x: {once: 2087-10-03}", []),
    "a cycle that comes to such years": ("  x: {every: year, adjust: following, calendar: CN}", []),
    "before a month": (
        "  x: {once: 2023-06, source: {quote: 六月前报送}}",
        [("reading-unstated", 1, 13)],
    ),
    "before a month in English": ("  x: {title: Plan before June, once: 2023-06}", [("reading-unstated", 1, 38)]),
    "before the end of a month": ("  x: {once: 2023-06, notes: 6月底前}", []),
    "before a month, and so it is read": ("  x: {once: {before: 2023-06}, source: {quote: 6月前}}", []),
    "before a day": ("  x: {once: 2023-06-20, source: {quote: 6月20日前}}", []),
}


def told(folder: Path, text: str) -> list[tuple[str, int, int]]:
    """Code, line (the first obligation stands on line 1) and column of what is told of a file."""
    path = folder / "demo.yaml"
    path.write_text(text, encoding="utf-8")
    return [(each.code, each.place.line - LINES, each.place.column) for each in load_files([path]).diagnostics]


@pytest.mark.parametrize("case", DOUBTS)
def test_a_doubt_is_told_at_its_place(case: str, tmp_path: Path) -> None:
    """What can be meant and mostly is not is a warning; what is close to it and meant is none."""
    obligations, wanted = DOUBTS[case]
    assert told(tmp_path, f"{HEAD}{obligations}\n") == wanted


CODES_OF_DOUBTS = {wanted[0][0]: text for text, wanted in DOUBTS.values() if wanted}


@pytest.mark.parametrize("code", CODES_OF_DOUBTS)
def test_a_file_ignores_a_code(code: str, tmp_path: Path) -> None:
    """With the code and a reason at the head of the file nothing is told, and without it a warning."""
    text = HEAD.replace("obligations:", f"ignore: {{{code}: it is meant}}\nobligations:")
    assert told(tmp_path, f"{text}{CODES_OF_DOUBTS[code]}\n") == []
    assert CODES[code] is Severity.WARNING


def test_an_obligation_ignores_what_stands_in_it(tmp_path: Path) -> None:
    """The same doubt in the next obligation is told."""
    one = "every: quarter, due: {date: 05-12}"
    text = f"{HEAD}  x: {{{one}, ignore: {{anchor-repeats: so it is}}}}\n  y: {{{one}}}\n"
    assert told(tmp_path, text) == [("anchor-repeats", 2, 35)]


def test_what_is_ignored_in_vain_is_told(tmp_path: Path) -> None:
    """A code that finds nothing is told at its place: in an obligation, and in the file."""
    text = HEAD.replace("obligations:", "ignore: {unit-idle: all owe it}\nobligations:")
    wanted = [("ignore-idle", 0, 10), ("ignore-idle", 2, 30)]
    assert told(tmp_path, f"{text}  x: {{every: month, ignore: {{anchor-far: no}}}}\n") == wanted


@pytest.mark.parametrize("code", ["never-fires", "anchor-fahr", "Same-Duty"])
def test_only_codes_of_warnings_are_ignored(code: str, tmp_path: Path) -> None:
    """A code of an error, and a word that is no code, are refused."""
    assert told(tmp_path, f"{HEAD}  x: {{every: month, ignore: {{{code}: no}}}}\n") == [("bad-value", 1, 30)]


def test_a_reason_is_wanted(tmp_path: Path) -> None:
    """A code without a reason is refused."""
    assert told(tmp_path, f"{HEAD}  x: {{every: month, ignore: {{anchor-far: }}}}\n") == [("empty", 1, 41)]


def test_a_code_is_not_ignored_while_there_are_errors(tmp_path: Path) -> None:
    """Where something is wrong, doubts wait, and what would ignore them is not told to be in vain."""
    text = f"{HEAD}  x: {{every: month, ignore: {{anchor-far: no}}}}\n  y: {{once: 2020, until: 2019}}\n"
    assert [code for code, *_ in told(tmp_path, text)] == ["never-fires"]


RULES = f"""{HEAD}  x: {{every: month, due: {{day: 5, month: 36}}}}
  y:
    title: Y
    every: month
    due: {{day: 31}}
    changes:
      - {{from: 2024-01, due: {{day: 5}}}}
    exceptions: {{2024-03: {{waived: late}}}}
"""


def test_a_doubt_about_dates_reads_the_rule_back(tmp_path: Path) -> None:
    """The rule of the obligation in which it stands, with its changes and without its exceptions; else nothing."""
    path = tmp_path / "demo.yaml"
    path.write_text(RULES.replace("obligations:", "ignore: {same-duty: none}\nobligations:"), encoding="utf-8")
    loaded = load_files([path])
    assert {each.code: loaded.said(each) for each in loaded.diagnostics} == {
        "ignore-idle": "",
        "anchor-far": "By the 5th of the 36th month from the start of each month.",
        "month-end-unwritten": "By the 31st of each month; from 2024-01-01 on, for everyone: by the 5th of each month.",
    }
    assert [loaded.said(each, "zh") for each in loaded.diagnostics][-1] == (
        "每月 31 日前；2024-01-01 起，全体单位：每月 5 日前。"
    )


def test_a_rule_that_never_fires_is_read_back(tmp_path: Path) -> None:
    """Errors about dates show the rule as well, though the file cannot be used; errors of reading show none."""
    path = tmp_path / "demo.yaml"
    path.write_text(f"{HEAD}  x: {{every: month, only: 2, due: {{day: 30, month_end: skip}}}}\n", encoding="utf-8")
    (found,) = (loaded := load_files([path])).diagnostics
    assert (found.code, loaded.said(found)) == (
        "never-fires",
        "Each month (February only), by the 30th of the month (none, if there is no such day).",
    )
    path.write_text(f"{HEAD}  x: {{every: decade}}\n", encoding="utf-8")
    (found,) = (loaded := load_files([path])).diagnostics
    assert loaded.said(found) == ""


def test_a_rule_of_many_periods_is_cut(tmp_path: Path) -> None:
    """Beside a diagnostic stand at most four hundred characters of a rule, and a mark that there are more."""
    periods = ", ".join(f"Y{year}: {year}-01-01..{year}-12-31" for year in range(2000, 2030))
    path = tmp_path / "demo.yaml"
    path.write_text(f"{HEAD}  x: {{every: {{periods: {{{periods}}}}}, due: {{day: 5, month: 40}}}}\n", encoding="utf-8")
    (found,) = (loaded := load_files([path])).diagnostics
    assert len(loaded.said(found)) == 400
    assert loaded.said(found).startswith("Each of Y2000 (2000-01-01 to 2000-12-31), Y2001 ")
    assert loaded.said(found).endswith("…")
