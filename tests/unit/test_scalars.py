"""What each kind of text is read as, and what is told of numbers and ids beyond what can be."""

import datetime as dt
from typing import Any

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.obligation import Ahead, Amount
from cyclekit.model.pipeline import MonthEnd
from cyclekit.reading import durations, scalars
from cyclekit.reading.scalars import Misread

READ: dict[str, dict[str, Any]] = {
    "truth": {"true": True, "false": False},
    "weekday": {"mon": 0, "sun": 6, "monday": 0, "saturday": 5, "sunday": 6},
    "day": {"1": 1, "-1": -1, "31": 31, "366": 366, "-366": -366, "last": -1},
    "nth": {"1": 1, "5": 5, "last": -1},
    "which_month": {"1": 1, "12000": 12000, "first": "first", "last": "last", "next": "next", "previous": "previous"},
    "working_day": {"1": 1, "-1": -1, "31": 31, "-31": -31},
    "year_shift": {"1": 1, "-1000": -1000, "1000": 1000, "next": 1, "previous": -1, "0": 0},
    "whole": {"1": 1, "366": 366},
    "month": {"1": 1, "12": 12},
    "at": {"start": "start", "end": "end", "trigger": "trigger"},
    "within": {"period": "period"},
    "stub": {"drop": True},
    "year_named": {"first": False, "last": True},
    "month_end": {"clamp": MonthEnd.CLAMP, "skip": MonthEnd.SKIP},
    "extend_by": {"days": "days", "working days": "working days"},
    "trigger_at": {"due": "due", "nominal": "nominal"},
    "convention": {
        "following": Convention.FOLLOWING,
        "modified_following": Convention.MODIFIED_FOLLOWING,
        "preceding": Convention.PRECEDING,
        "modified_preceding": Convention.MODIFIED_PRECEDING,
        "none": Convention.NONE,
        "nearest": Convention.NEAREST,
    },
    "version": {"1": 1},
    "ahead": {
        "3 days": Ahead(days=3, working=False),
        "1 day": Ahead(days=1, working=False),
        "3 working days": Ahead(days=3, working=True),
        "1 working day": Ahead(days=1, working=True),
        "18300 days": Ahead(days=18300, working=False),
    },
    "shift": {
        "40 days": (40, "days"),
        "-3 working days": (-3, "working days"),
        "+2 weeks": (2, "weeks"),
        "1 month": (1, "months"),
        "2 years": (2, "years"),
        "24 hours": (24, "hours"),
        "1 day": (1, "days"),
        "3000000 days": (3000000, "days"),
        "3000000 working days": (3000000, "working days"),
        "500000 weeks": (500000, "weeks"),
        "100000 months": (100000, "months"),
        "9998 years": (9998, "years"),
        "1000000 hours": (1000000, "hours"),
    },
    "count_of_working_days": {"2 working days": 2, "1 working day": 1, "18300 working days": 18300},
    "lag": {
        "3 working days": (3, "working days"),
        "3 days": (3, "days"),
        "1 day": (1, "days"),
        "1 working day": (1, "working days"),
        "366 days": (366, "days"),
    },
    "amount": {
        "2": Amount(number=2, percent=False),
        "0": Amount(number=0, percent=False),
        "90 %": Amount(number=90, percent=True),
        "90%": Amount(number=90, percent=True),
        "100000000000": Amount(number=100000000000, percent=False),
        "0 %": Amount(number=0, percent=True),
    },
    "clock": {"17:30": 1050, "00:00": 0, "23:59": 1439, "24:00": 1440},
    "span": {
        "2026": Span(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31)),
        "2026-03": Span(first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 31)),
        "2026-03-01": Span(first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 1)),
        "2026Q1": Span(first=dt.date(2026, 1, 1), last=dt.date(2026, 3, 31)),
        "2026-03-01..2026-03-05": Span(first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 5)),
    },
    "open_span": {
        "2026..": Bounds(first=dt.date(2026, 1, 1), last=None),
        "..2026": Bounds(first=None, last=dt.date(2026, 12, 31)),
        "2026": Bounds(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31)),
        "2026-02..": Bounds(first=dt.date(2026, 2, 1), last=None),
    },
    "single_day": {"2026-03-01": dt.date(2026, 3, 1), "2026-03-01..2026-03-01": dt.date(2026, 3, 1)},
    "month_day": {"06-20": (6, 20), "02-29": (2, 29)},
    "weekday_or_day": {"fri": 4, "06-20": (6, 20)},
    "year_start": {"04-01": (4, 1), "02-28": (2, 28)},
    "position": {"Q1": "Q1", "Q4": "Q4", "H1": "H1", "H2": "H2", "1": "1", "12": "12", "01": "1", "Q01": "Q1"},
    "identifier": {
        "a": "a",
        "A1": "A1",
        "a-b": "a-b",
        "a.b": "a.b",
        "a_b": "a_b",
        "a" * 64: "a" * 64,
        "con1": "con1",
        "com10": "com10",
        "x.con": "x.con",
        "a..b": "a..b",
    },
    "language": {"en": "en", "zh-Hans": "zh-Hans", "eng": "eng", "zh-Hans-CN": "zh-Hans-CN"},
    "url": {"https://x": "https://x", "http://x": "http://x", "mailto:a": "mailto:a"},
    "free": {"x": "x", "": ""},
    "word": {"x": "x", "x y": "x y"},
    "units_file": {
        "a.units.yaml": "a.units.yaml",
        "a.units.yml": "a.units.yml",
        "a.csv": "a.csv",
        "a.xlsx": "a.xlsx",
        "a.parquet": "a.parquet",
    },
    "variable": {"A": "A", "_a1": "_a1"},
}
DURATIONS = frozenset({"ahead", "shift", "count_of_working_days", "lag"})
#: Numbers that count from either end, so that none of them is nought.
FROM_EITHER_END = frozenset({"day", "working_day"})
#: A reader, what it reads at least and at most; and texts beyond, with the number of which that is told.
BEYOND: list[tuple[str, str, str, dict[str, str]]] = [
    (
        "day",
        "-31",
        "31",
        {"0": "0", "367": "367", "-367": "-367", "1234567890123": "1234567890123", "123456789012": "123456789012"},
    ),
    ("nth", "1", "5", {"0": "0", "6": "6", "-1": "-1"}),
    ("which_month", "1", "12000", {"0": "0", "12001": "12001"}),
    ("working_day", "-31", "31", {"0": "0", "32": "32", "-32": "-32"}),
    ("year_shift", "-1000", "1000", {"1001": "1001", "-1001": "-1001"}),
    ("whole", "1", "366", {"0": "0", "367": "367", "-1": "-1"}),
    ("month", "1", "12", {"0": "0", "13": "13"}),
    ("ahead", "1", "18300", {"0 days": "0", "18301 days": "18301", "-3 days": "-3"}),
    (
        "shift",
        "1",
        "3000000",
        {"3000001 days": "3000001", "3000001 working days": "3000001", "0 days": "0", "-0 days": "0"},
    ),
    ("shift", "1", "500000", {"500001 weeks": "500001"}),
    ("shift", "1", "100000", {"100001 months": "100001"}),
    ("shift", "1", "9998", {"9999 years": "9999"}),
    ("shift", "1", "1000000", {"1000001 hours": "1000001"}),
    (
        "count_of_working_days",
        "1",
        "18300",
        {"18301 working days": "18301", "0 working days": "0", "-2 working days": "-2"},
    ),
    ("lag", "1", "366", {"367 days": "367", "0 days": "0", "-3 days": "-3"}),
    ("amount", "0", "100000000000", {"100000000001": "100000000001"}),
    ("position", "Q1", "Q4", {"Q5": "Q5", "Q0": "Q0"}),
    ("position", "H1", "H2", {"H3": "H3"}),
    ("position", "1", "12", {"13": "13", "0": "0"}),
]


def read(reader: str, text: str) -> object:
    """What a reader makes of a text. Raises Misread."""
    return getattr(durations if reader in DURATIONS else scalars, reader)(text)


def misread(reader: str, text: str) -> tuple[str, str, dict[str, str]]:
    """Code, message and values of a text that a reader refuses."""
    with pytest.raises(Misread) as caught:
        read(reader, text)
    return caught.value.code, caught.value.message, caught.value.values


def test_what_is_read() -> None:
    """The value that each text stands for."""
    found = {reader: {text: read(reader, text) for text in texts} for reader, texts in READ.items()}
    assert found == READ


def test_numbers_that_lie_beyond() -> None:
    """The fault has the number, and what it may be."""
    for reader, low, high, texts in BEYOND:
        for text, number in texts.items():
            values = {"text": number, "low": low, "high": high}
            if reader in FROM_EITHER_END:
                values["without"] = "0"
            assert (reader, *misread(reader, text)) == (reader, "out-of-range", "out-of-range", values)


def test_ids_that_are_too_long_are_told_with_their_length() -> None:
    """It is counted against what is allowed."""
    text = "a" * 65
    assert misread("identifier", text) == ("bad-id", "long-id", {"text": text, "length": "65", "limit": "64"})


def test_the_end_of_an_open_span_is_told_that_cannot_be_read() -> None:
    """And not the whole of it."""
    assert misread("open_span", "x..") == ("bad-date", "date-form", {"text": "x"})
    assert misread("open_span", "2026-13..") == ("bad-date", "date-month", {"text": "2026-13"})
