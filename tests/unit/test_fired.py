"""What one obligation fires for whom: whole schedules, by hand, where its units, exceptions and periods differ."""

from pathlib import Path

import pytest

import cyclekit
from cyclekit.model.occurrence import Occurrence
from tests.examples import load

HEAD = """cyclekit: 1
id: book
units:
  - {id: a}
  - {id: b, parent: a}
  - {id: c, parent: b}
  - {id: d, active: 2023-02..}
from: 2023
until: 2023-03
obligations:
"""


def told(each: Occurrence) -> str:
    """An occurrence: who owes it, its period and number, its due date, and what was decided of it."""
    who = "+".join(unit.id for unit in each.units)
    number = f"#{each.number}" if each.number > 1 else ""
    status = "" if each.status.value == "scheduled" else f" {each.status.value}"
    return f"{each.key.obligation} {who} {each.period[5:]}{number} {each.due:%m-%d}{status}"


def listed(folder: Path, rules: str, obligation: str = "t") -> list[str]:
    """What is due in 2023 of one of the obligations."""
    found = cyclekit.expand(load(folder, HEAD + rules), "2023")
    return [told(each) for each in found if each.key.obligation == obligation]


ALL, ABC = "every: month, due: {day: 20}", "every: month, due: {day: 20}, applies_to: [a, b, c]"
B_LATER = "2023-02: {units: b, due: 2023-02-25}"
BC = "every: month, due: {day: 20}, applies_to: [b, c]"
NEXT_DAY = "upon: r, due: {add: 1 day}"

CASES: dict[str, tuple[str, list[str]]] = {
    "the same units": (
        f"  r: {{{ALL}}}\n  t: {{{NEXT_DAY}}}\n",
        ["t a 01 01-21", "t b 01 01-21", "t c 01 01-21"]
        + [f"t {unit} {month} {month}-21" for month in ("02", "03") for unit in "abcd"],
    ),
    # In February each has the date of its own trigger, and c has none in March.
    "exceptions for some of them": (
        (
            f"  r: {{{ABC}, exceptions: {{2023-02: [{{units: b, due: 2023-02-25}}, {{units: c, due: 2023-02-23}}],"
            " 2023-03: {units: c, waived: flood}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b, c]}}\n"
        ),
        [
            *("t a 01 01-21", "t b 01 01-21", "t c 01 01-21"),
            *("t a 02 02-21", "t c 02 02-24", "t b 02 02-26"),
            *("t a 03 03-21", "t b 03 03-21"),
        ],
    ),
    "exceptions of what comes after the first period of it": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}, 2023-03: {{units: [a, c], due: 2023-03-01}}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b, c], from: 2023-02}}\n"
        ),
        ["t a 02 02-21", "t c 02 02-21", "t b 02 02-26", "t a 03 03-02", "t c 03 03-02", "t b 03 03-21"],
    ),
    "exceptions of it and of its trigger": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b, c], from: 2023-02, until: 2023-02,"
            " exceptions: {2023-02: {units: [b, c], due: 2023-02-28}}}\n"
        ),
        ["t a 02 02-21", "t b 02 02-28", "t c 02 02-28"],
    ),
    "a unit that does not owe its trigger": (
        (
            f"  r: {{{ABC}, exceptions: {{2023-01: {{waived: flood}}, 2023-02: {{units: b, due: 2023-02-25}},"
            " 2023-03: {units: [a, b], waived: flood}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: d}}\n"
        ),
        # At the latest of the dates, of those that are owed.
        ["t d 02 02-26", "t d 03 03-21"],
    ),
    "units that do and one that does not": (
        (
            f"  r: {{{BC}, exceptions: {{2023-02: {{units: b, due: 2023-02-18}}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b], until: 2023-02}}\n"
        ),
        ["t a 01 01-21", "t b 01 01-21", "t b 02 02-19", "t a 02 02-21"],
    ),
    "together, where one of them was moved": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}, 2023-03: {{units: c, due: 2023-03-25}}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b], jointly: true, lead: b}}\n"
        ),
        ["t a+b 01 01-21", "t a+b 02 02-26", "t a+b 03 03-21"],
    ),
    "together, where none of them owes the trigger": (
        (
            f"  r: {{{BC}, exceptions: {{2023-02: {{units: c, due: 2023-02-22}}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, d], jointly: true, lead: a}}\n"
        ),
        # The second of them is there from February on.
        ["t a 01 01-21", "t a+d 02 02-23", "t a+d 03 03-21"],
    ),
    "each of those who owe the trigger together": (
        (
            "  r: {every: month, due: {day: 20}, applies_to: [a, b, d], jointly: true, lead: b,"
            " exceptions: {2023-02: {due: 2023-02-25}, 2023-03: {waived: flood}}}\n"
            f"  t: {{{NEXT_DAY}}}\n"
        ),
        [
            # The one who does not take part owes it for each period too.
            *("t a 01 01-21", "t b 01 01-21", "t c 01 01-21"),
            *(f"t {unit} 02 02-26" for unit in "abcd"),
        ],
    ),
    "two dates of each period": (
        (
            "  r: {every: month, due: [{day: 10}, {day: 20}], applies_to: [a, b], until: 2023-02,"
            " exceptions: {'2023-02#2': {units: a, due: 2023-02-22}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b]}}\n"
        ),
        [
            *("t a 01 01-11", "t b 01 01-11", "t a 01#2 01-21", "t b 01#2 01-21"),
            *("t a 02 02-11", "t b 02 02-11", "t b 02#2 02-21", "t a 02#2 02-23"),
        ],
    ),
    "two dates for each time it is fired": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}}}}}\n"
            "  t: {upon: r, due: [{add: 1 day}, {add: 2 days}], applies_to: [a, b], from: 2023-02, until: 2023-02}\n"
        ),
        ["t a 02 02-21", "t a 02#2 02-22", "t b 02 02-26", "t b 02#2 02-27"],
    ),
    "the nominal date": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}}}}}\n"
            "  t: {upon: {obligation: r, at: nominal}, due: {add: 1 day}, applies_to: [b, d], from: 2023-02}\n"
        ),
        ["t b 02 02-21", "t d 02 02-21", "t b 03 03-21", "t d 03 03-21"],
    ),
    # Each level is due two days before the one above, or before the nearest one above that has a date.
    "levels, where one of them has a date of its own": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}, 2023-03: {{units: b, waived: flood}}}}}}\n"
            f"  t: {{{NEXT_DAY}, applies_to: [a, b, c], cascade: 2 days}}\n"
        ),
        [
            *("t c 01 01-17", "t b 01 01-19", "t a 01 01-21"),
            *("t c 02 02-17", "t b 02 02-19", "t a 02 02-21"),
            *("t c 03 03-19", "t a 03 03-21"),
        ],
    ),
    "one after another": (
        (
            f"  r: {{{ABC}, exceptions: {{{B_LATER}}}}}\n"
            f"  s: {{{NEXT_DAY}, applies_to: [a, b], exceptions: {{2023-03: {{units: a, due: 2023-03-31}}}}}}\n"
            "  t: {upon: s, due: {add: 1 day}, from: 2023-02}\n"
        ),
        [
            *("t a 02 02-22", "t b 02 02-27", "t c 02 02-27", "t d 02 02-27"),
            *("t b 03 03-22", "t a 03 04-01", "t c 03 04-01", "t d 03 04-01"),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_fired_for_whom(case: str, tmp_path: Path) -> None:
    """Each unit by its own trigger, with its exceptions; others once for each period, at the latest date."""
    rules, expected = CASES[case]
    assert listed(tmp_path, rules) == expected
