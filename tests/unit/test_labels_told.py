"""Labels of exceptions: the periods that they name, and what is told of one that names none."""

import pytest

from tests.unit.pointed import Told, expected, read

HEAD = """\
cyclekit: 1
id: demo
from: 2020
units:
  - {id: north, year_start: 04-01}
  - {id: south}
  - {id: west, year_start: 04-01, active: [..2024]}
  - {id: east, year_start: 07-01}
obligations:
"""


def none(text: str, suggestion: str = "") -> list[Told]:
    """What is told of a label that is no period of its obligation."""
    return [
        ("unknown-reference no-own-period", {"text": text, **({"suggestion": suggestion} if suggestion else {})}),
    ]


TERMS = "every: {periods: {spring: 2026-01..06, autumn: 2026-09..12}}"
#: The fields of an obligation, a label of an exception of it, and what is told of that.
REFUSED: dict[str, tuple[str, str, list[Told]]] = {
    "a month of a quarter": ("every: quarter", "2026-05", none("2026-05", "2026Q2")),
    "a quarter of months": ("every: month", "2026Q2", none("2026Q2", "2026-04")),
    "days inside a month": ("every: month", "2026-04-03..09", none("2026-04-03..09", "2026-04")),
    "a year of which the obligation has the end": (
        "every: quarter\nfrom: 2026Q3",
        "2026",
        none("2026", "2026Q3"),
    ),
    "a year of which some quarters are left out": ("every: quarter\nskip: [Q1, Q2]", "2026", none("2026", "2026Q3")),
    "a quarter before the first": ("every: quarter\nfrom: 2026Q3", "2026Q2", none("2026Q2")),
    "a quarter after the last": ("every: quarter\nuntil: 2026Q3", "2026Q4", none("2026Q4")),
    "a quarter before the file begins": ("every: quarter", "2019Q4", none("2019Q4")),
    "a quarter that is left out": ("every: quarter\nonly: [Q1, Q3]", "2026Q2", none("2026Q2")),
    "a quarter that is cut, where those are left out": (
        "every: quarter\nfrom: 2026-02\nstub: drop",
        "2026Q1",
        none("2026Q1"),
    ),
    "a quarter that is cut at its end": (
        "every: quarter\nuntil: 2026-02\nstub: drop",
        "2026Q1",
        none("2026Q1"),
    ),
    "a label that is no date": (
        "every: month",
        "2026-13",
        [("bad-date date-month", {"text": "2026-13"})],
    ),
    "a period that is spelt like another": (TERMS, "sprign", none("sprign", "spring")),
    "the days of a period that has a name": (TERMS, "2026-09..12", none("2026-09..12", "autumn")),
    "days of no period": (TERMS, "2026-09", none("2026-09")),
    "a period that is not covered": (f"{TERMS}\nfrom: autumn", "spring", none("spring")),
    "a label of what is once": ("once: 2026-03", "2026-03", none("2026-03", "once")),
    "a label that no date has": ("dates: {kick: 2026-04-01}", "kik", none("kik", "kick")),
    "a day that no date has": ("dates: {kick: 2026-04-01}", "2026-04-02", none("2026-04-02")),
    "an event's day that there is not": (
        "upon: {event: leak}",
        "2026-02-30",
        [("bad-date date-day", {"text": "2026-02-30", "last": "2026-02-28"})],
    ),
    "an event's id that is none": ("upon: {event: leak}", "a leak", [("bad-id", {"text": "a leak"})]),
    "a month of what became half-years": (
        "every: quarter\nchanges: [{from: 2026-07, every: half_year}]",
        "2026-08",
        none("2026-08", "2026H2"),
    ),
    "a quarter of what it waits for, which became months": ("upon: changing", "2026Q3", none("2026Q3", "2026-07")),
    "a month of what it waits for, before it became months": ("upon: changing", "2026-06", none("2026-06", "2026Q2")),
    "a period of what it waits for": ("upon: quarterly", "2026-05", none("2026-05", "2026Q2")),
    "a period of what waits in turn": ("upon: waiting", "2026-05", none("2026-05", "2026Q2")),
    "a period of what it waits for, before the file begins": ("upon: quarterly", "2019Q4", none("2019Q4")),
    "a fiscal year of another beginning": (
        "every: year\nyear_start: 07-01",
        "2026",
        none("2026", "FY2025"),
    ),
}
OTHERS = """\
  quarterly: {every: quarter}
  waiting: {upon: quarterly}
  northern: {every: quarter, applies_to: north}
  listed: {dates: {2026-08..12: 2026-12-20}}
  yearly: {every: year, year_start: unit}
  changing: {every: quarter, changes: [{from: 2026-07, every: month}]}
  terms: {every: {periods: {spring: 2026-01..06, autumn: 2026-09..12}}}
"""


def under(fields: str, label: str) -> str:
    """A file with one obligation of these fields, and an exception of that label."""
    lines = [*fields.splitlines(), f"exceptions: {{{label}: {{waived: x}}}}"]
    return HEAD + "  a:\n" + "".join(f"    {line}\n" for line in lines) + OTHERS


@pytest.mark.parametrize("case", REFUSED)
def test_a_label_that_names_no_period(case: str) -> None:
    """What is told of it, and the label of a period that is near and may be named."""
    fields, label, told = REFUSED[case]
    marked = under(fields, f"‹{label}›")
    assert list(read(marked).diagnostics) == expected(marked, told)
    for _, values in told:
        if "suggestion" in values:
            assert read(under(fields, values["suggestion"])).diagnostics == ()


#: The fields of an obligation, a label, and the days that it names with the label under which they are found.
NAMED: dict[str, tuple[str, str, str, str]] = {
    "a quarter": ("every: quarter", "2026Q2", "2026-04-01..2026-06-30", "2026Q2"),
    "a quarter in other words": ("every: quarter", "2026-04..06", "2026-04-01..2026-06-30", "2026-04..06"),
    "the first quarter": ("every: quarter\nfrom: 2026Q2", "2026Q2", "2026-04-01..2026-06-30", "2026Q2"),
    "the last quarter": ("every: quarter\nuntil: 2026Q2", "2026Q2", "2026-04-01..2026-06-30", "2026Q2"),
    "the whole of bounds, where stubs are left out": (
        "every: quarter\nfrom: 2026Q2\nuntil: 2026Q2\nstub: drop",
        "2026Q2",
        "2026-04-01..2026-06-30",
        "2026Q2",
    ),
    "a quarter that is cut at its beginning": (
        "every: quarter\nfrom: 2026-06-30",
        "2026Q2",
        "2026-04-01..2026-06-30",
        "2026Q2",
    ),
    "a quarter that is cut at its end": (
        "every: quarter\nuntil: 2026-04-01",
        "2026Q2",
        "2026-04-01..2026-06-30",
        "2026Q2",
    ),
    "a quarter that is taken": ("every: quarter\nonly: Q2", "2026Q2", "2026-04-01..2026-06-30", "2026Q2"),
    "a period of a list": (TERMS, "autumn", "2026-09-01..2026-12-31", "autumn"),
    "the last period of a list": (f"{TERMS}\nfrom: autumn", "autumn", "2026-09-01..2026-12-31", "autumn"),
    "what is once": ("once: 2026-03", "once", "2026-03-01..2026-03-31", "once"),
    "a date by its name": ("dates: {kick: 2026-04-01, x: 2026-05-01}", "x", "2026-05-01..2026-05-01", "x"),
    "a date with a name, by its day": (
        "dates: {kick: 2026-04-01}",
        "2026-04-01",
        "2026-04-01..2026-04-01",
        "2026-04-01",
    ),
    "a date by its days": (
        "dates: {2026-08..12: 2026-12-20}",
        "2026-08-01..2026-12-31",
        "2026-08-01..2026-12-31",
        "2026-08-01..2026-12-31",
    ),
    "an event by its day": ("upon: {event: leak}", "2026-05-02", "2026-05-02..2026-05-02", "2026-05-02"),
    "an event by its id": ("upon: {event: leak}", "i-7", "2000-01-01..2000-12-31", "i-7"),
    "an event by an id that begins like a year": (
        "upon: {event: leak}",
        "2026A",
        "2000-01-01..2000-12-31",
        "2026A",
    ),
    "a period of what it waits for": ("upon: quarterly", "2026-04..06", "2026-04-01..2026-06-30", "2026Q2"),
    "a period of what waits in turn": ("upon: waiting", "2026-04..06", "2026-04-01..2026-06-30", "2026Q2"),
    "a period of what others owe": (
        "upon: northern\napplies_to: south",
        "2026Q2",
        "2026-04-01..2026-06-30",
        "2026Q2",
    ),
    "a quarter of what it waits for, before it became months": (
        "upon: changing",
        "2026-04..06",
        "2026-04-01..2026-06-30",
        "2026Q2",
    ),
    "a year of what it waits for, each unit's own": ("upon: yearly", "FY2025", "2025-04-01..2026-03-31", "FY2025"),
    "a named period of what it waits for": ("upon: terms", "spring", "2026-01-01..2026-06-30", "spring"),
    "a date of what it waits for, in other words": (
        "upon: listed",
        "2026-08-01..2026-12-31",
        "2026-08-01..2026-12-31",
        "2026-08..12",
    ),
    "an event by its day in other words": (
        "upon: {event: leak}",
        "2026-05-02..02",
        "2026-05-02..2026-05-02",
        "2026-05-02",
    ),
    "two months that begin with the second": (
        "every: 2 months\norigin: 2026-02",
        "2026-02..03",
        "2026-02-01..2026-03-31",
        "2026-02..03",
    ),
    "the year of each unit, by its name": (
        "every: year\nyear_start: unit",
        "FY2025",
        "2025-04-01..2026-03-31",
        "FY2025",
    ),
    "the year of the units that have none of their own": (
        "every: year\nyear_start: unit",
        "2025",
        "2025-01-01..2025-12-31",
        "2025",
    ),
    "a fiscal year": ("every: year\nyear_start: 07-01", "FY2025", "2025-07-01..2026-06-30", "FY2025"),
}


@pytest.mark.parametrize("case", NAMED)
def test_the_days_that_a_label_names(case: str) -> None:
    """However it is spelt; where a trigger brings the period, it is found under that one's own label."""
    fields, label, days, own = NAMED[case]
    file = read(under(fields, label))
    assert file.diagnostics == ()
    assert file.rulebook is not None
    (ruling,) = file.rulebook["a"].exceptions
    first, last = ruling.span.first, ruling.span.last
    assert (f"{first}..{last}", ruling.label) == (days, own)


def test_a_label_of_units_whose_years_differ() -> None:
    """It has to be a period of some unit that the exception concerns, in that one's own year."""
    fields = "every: year\nyear_start: unit"
    for units, label, is_named in (
        ("north", "FY2025", True),
        ("north", "2025", False),
        ("south", "2025", True),
        ("south", "FY2025", False),
        ("[north, south]", "2025", True),
        ("east", "FY2025", True),
        ("east", "2025-07..2026-06", True),
        ("north", "2025-07..2026-06", False),
    ):
        text = under(fields, label).replace("waived: x", f"waived: x, units: {units}")
        assert [each.message for each in read(text).diagnostics] == ([] if is_named else ["no-own-period"]), units


def test_a_label_of_changes() -> None:
    """Each form has its own periods: the label has to name one of the form that is in force then."""
    fields = "every: quarter\nchanges: [{from: 2026-07, every: month}]"
    for label, told in (
        ("2026Q2", []),
        ("2026-07", []),
        ("2026Q3", ["no-own-period"]),
        ("2026-06", ["no-own-period"]),
    ):
        assert [each.message for each in read(under(fields, label)).diagnostics] == told, label


def test_an_event_by_its_id_may_happen_whenever() -> None:
    """What is said of it holds in every form; what is said of one of its days, in the form of that day."""
    fields = "upon: {event: leak}\nchanges: [{from: 2026-07-01, due: {add: 3 days}}]"
    for label, forms in (("i-7", [1, 1]), ("2026-06-30", [1, 0]), ("2026-07-01", [0, 1])):
        book = read(under(fields, label)).rulebook
        assert book is not None
        first = book["a"]
        (change,) = first.changes
        assert [len(each.exceptions) for each in (first, change.result)] == forms, label


def test_labels_are_not_judged_without_periods_to_judge_them_by() -> None:
    """Of what waits for nothing that is there, only that is told, whatever changes it has."""
    for upon, told in (("nothing", ["unknown-obligation"]), ("always", ["upon-standing"])):
        fields = f"upon: {upon}\nchanges: [{{from: 2026-07-01, due: {{add: 3 days}}}}]"
        for label in ("2026Q2", "2026Q3", "when"):
            text = under(fields, label) + "  always: {standing: true}\n"
            assert [each.message for each in read(text).diagnostics] == told
