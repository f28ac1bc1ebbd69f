"""All that is told of obligations, each fault with the values of its words: the cases of `told/`.

There a case is the fields of the obligation `a`, and behind them a line with `!` for each diagnostic, as
`tests/telling.py` puts it; a case without such lines is right. Cases are parted by empty lines.
"""

from pathlib import Path

import pytest

from tests.properties.slips import check_mends, proposal
from tests.telling import whole
from tests.unit.test_changes import HEAD as CHANGED
from tests.unit.test_refusals import BARE, HEAD, OTHERS, read, under

CHAIN = """\
  chain: {upon: link}
  quarterly: {every: quarter}
  link: {upon: late}
"""
YEARS = """\
cyclekit: 1
id: demo
units:
  - {id: hq}
  - {id: sh, year_start: 04-01}
  - {id: bj, year_start: 07-01}
obligations:
  b: {every: year, year_start: unit}
  c: {every: year, year_start: 10-01}
  d: {every: {periods: {A: 2027-01..2027-03, 2027Q1: 2027-04..2027-05}}}
  a:
"""
COURT = """\
cyclekit: 1
id: demo
calendar: weekdays
calendars:
  court: {base: weekdays, suspended: 12-24..01-05}
  shop: {base: weekdays}
obligations:
  a:
"""
CLOCKS = """\
  e: {upon: g, due: {add: 3 hours}}
  f: {upon: d}
  g: {every: month, time: "12:00"}
  h: {every: month, due: {day: 3, time: "12:00"}}
  i: {upon: a}
  k: {dates: {x: {date: 2026-01-01, time: "12:00"}}}
  l: {dates: {x: {date: 2026-01-01, time: "12:00"}, y: 2026-02-02}}
  m: {upon: e}
  long_one: {every: month, due: [{day: 3, time: "12:00"}, {day: 5, time: "12:00"}]}
  n: {upon: g, due: {then: [{add: 2 days}, {add: 3 hours}]}}
  p: {every: month, time: "12:00", changes: {from: 2027, due: {day: 4}}}
  q: {every: month, due: {day: 3, time: "12:00"}, changes: {from: 2027, due: {day: 4}}}
"""
#: What stands before the fields of each file's cases, and what behind them.
AROUND = {
    "timing": (HEAD, OTHERS),
    "steps": (HEAD, OTHERS),
    "steps-without-calendar": (BARE, OTHERS),
    "written-cycles": (HEAD, OTHERS),
    "selecting": (HEAD, OTHERS),
    "triggers": (HEAD, OTHERS + CLOCKS),
    "suspending": (COURT, ""),
    "changes": (CHANGED, CHAIN),
    "years-of-units": (YEARS, ""),
}
FOLDER = Path(__file__).parent / "told"


def cases(name: str) -> dict[str, list[str]]:
    """The fields of each case of a file, and what is told of them."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    return {fields: told for fields, *told in (case.split("\n! ") for case in text.split("\n\n"))}


@pytest.mark.parametrize("name", AROUND)
def test_what_is_told_of_obligations(name: str) -> None:
    """Each fault at its place, with the values of its words, and nothing beside; and what is right gives a rulebook."""
    head, others = AROUND[name]
    expected = cases(name)
    found = {fields: read(under(head, fields) + others) for fields in expected}
    assert {fields: whole(file.diagnostics) for fields, file in found.items()} == expected
    for file in found.values():
        places = [place for each in file.diagnostics for place in (each.place, *each.related)]
        assert {place.file for place in places} <= {"demo.yaml"}
        assert (file.rulebook is None) == any(each.is_error for each in file.diagnostics)


@pytest.mark.parametrize("name", AROUND)
def test_what_is_proposed_to_obligations_mends(name: str) -> None:
    """Written where the diagnostic points, it removes the fault, and nothing of its kind comes in its place."""
    head, others = AROUND[name]
    for fields in cases(name):
        text = under(head, fields) + others
        for each in read(text).diagnostics:
            if proposal(each):
                check_mends(text, each)


def test_each_file_of_cases_is_held() -> None:
    """None lies there that is not read."""
    assert {path.stem for path in FOLDER.iterdir()} == AROUND.keys()
