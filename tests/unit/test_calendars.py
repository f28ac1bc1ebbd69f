"""Calendars of a file's own: from their fields to values, and what is said of those that are wrong."""

import datetime as dt
import re
from pathlib import Path

import pytest

from cyclekit.civil.spans import Span
from cyclekit.civil.yearly import YearlySpan
from cyclekit.diagnostics import Diagnostic
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source
from cyclekit.sources.public_holidays import PublicHolidays
from cyclekit.words.messages import headline, help_text
from cyclekit.workspace.loading import load_files

HEAD = "cyclekit: 1\nid: demo\ncalendars:\n"
TAIL = "obligations: {x: {every: month}}\n"
FIRST = HEAD.count("\n") + 1


def text_of(calendars: str, tail: str = TAIL) -> str:
    """A rule file with these calendars, which begin in the third column of line ``FIRST``."""
    return HEAD + "".join(f"  {line}\n" for line in calendars.splitlines()) + tail


def read(calendars: str, tail: str = TAIL, limits: Limits = Limits()) -> RuleFile:
    """What becomes of a rule file with these calendars."""
    return read_rule_file(Source("demo.yaml", text_of(calendars, tail)), Surroundings(PublicHolidays()), limits=limits)


def found(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    """Code, line among the calendars (from 1) and column (from 1 at the id) of each diagnostic."""
    return [(each.code, each.place.line - FIRST + 1, each.place.column - 2) for each in diagnostics]


def test_what_is_written_is_what_is_meant() -> None:
    """Days of one year and of every year, spans across the year's end, and the words for weekdays."""
    file = read(
        "office:\n"
        "  any_of: [CN, region]\n"
        "  weekend: [fri, saturday]\n"
        "  closed: {2023-05-08..10: founding days, 12-24: every year, 2024-02: refurbishing}\n"
        "  open: {12-30..31: stocktaking}\n"
        "  suspended: 12-21..12-29\n"
        "region: {base: US}\n"
        "either: {all_of: office}\n"
    )
    assert file.rulebook is not None, file.diagnostics
    assert file.rulebook.calendars == (
        OwnCalendar(
            "office",
            ("CN", "region"),
            weekend=frozenset({4, 5}),
            closed=(
                NamedDays(Span(dt.date(2023, 5, 8), dt.date(2023, 5, 10)), "founding days"),
                NamedDays(YearlySpan((12, 24), (12, 24)), "every year"),
                NamedDays(Span(dt.date(2024, 2, 1), dt.date(2024, 2, 29)), "refurbishing"),
            ),
            open=(NamedDays(YearlySpan((12, 30), (12, 31)), "stocktaking"),),
            suspended=(YearlySpan((12, 21), (12, 29)),),
        ),
        OwnCalendar("region", ("US",)),
        OwnCalendar("either", ("office",), needs_all=True),
    )
    assert file.rulebook.calendar_keys == {each: f"demo/{each}" for each in ("office", "region", "either")}


RIGHT = {
    "a day of every year that one year works": "x: {base: CN, closed: {05-08: a}, open: {2026-05-08: b}}",
    "a day of every year that one year does not work": "x: {base: CN, open: {05-08: a}, closed: {2026-05-08: b}}",
    "a closed day that is suspended": "x: {base: CN, closed: {12-25: a}, suspended: 12-21..01-07}",
    "two names for one day": "x: {base: CN, closed: {05-08: a, 05-08..09: b}}",
    "an id that differs from a code in case": "cn: {base: CN}",
    "nothing but another name": "x: {base: weekdays}",
    "a week without work but for one day": (
        "x: {base: CN, weekend: [mon, tue, wed, thu, fri, sat, sun], open: {05-08: a}}"
    ),
    "a day that only leap years have": "x: {base: CN, closed: {02-29: a}}",
    "open before a suspension": "x: {base: CN, open: {2026-12-01..20: a, 02-01: b}, suspended: [12-21..01-31]}",
    "a suspension of a single year": "x: {base: CN, suspended: [2020-03-13..2020-09-13, 2021-01-04]}",
}


@pytest.mark.parametrize("case", RIGHT)
def test_these_are_right(case: str) -> None:
    """No diagnostic at all."""
    assert read(RIGHT[case]).diagnostics == ()


WRONG = {
    # what it builds on
    "nothing to build on": ("x: {weekend: sun}", [("missing-key", 1, 1)], "weekdays"),
    "two ways to build": ("x: {any_of: [US], base: CN}", [("conflict", 1, 19)], "keep|保留"),
    "the other two": ("x: {all_of: [US], any_of: [CN]}", [("conflict", 1, 19)], "keep|保留"),
    "nobody's calendar": ("x: {any_of: [CN, XZZ]}", [("unknown-reference", 1, 18)], "XNYS"),
    "nearly a country": ("x: {base: Chinna}", [("unknown-reference", 1, 11)], "“CN”"),
    "nearly one of its own": ("office: {base: CN}\nx: {base: ofice}", [("unknown-reference", 2, 11)], "“office”"),
    "the unit's own": ("x: {base: unit}", [("unknown-reference", 1, 11)], "XNYS"),
    "an empty list": ("x: {any_of: []}", [("empty", 1, 13)], "leave|删去"),
    "another empty list": ("x: {all_of: []}", [("empty", 1, 13)], "leave|删去"),
    "one of them twice": ("x: {any_of: [CN, US, CN]}", [("conflict", 1, 22)], "leave|删去"),
    "itself": ("x: {base: x}", [("cycle", 1, 11)], "take|去掉"),
    "itself in the end": (
        "a: {any_of: [CN, b]}\nb: {base: c}\nc: {all_of: [weekdays, a]}",
        [("cycle", 1, 18)],
        "take|去掉",
    ),
    # its id
    "a known one's id": ("CN: {base: US}", [("duplicate-id", 1, 1)], "base: CN"),
    "a subdivision's id": ("US-DC: {base: US}", [("duplicate-id", 1, 1)], "base: US-DC"),
    "the id of one that needs no data": ("weekdays: {base: US}", [("duplicate-id", 1, 1)], "base: weekdays"),
    "a word of the language": ("unit: {base: US}", [("bad-id", 1, 1)], "another|换"),
    "an id told apart by case": ("court: {base: US}\nCourt: {base: US}", [("duplicate-id", 2, 1)], "another|改"),
    "an id twice": ("court: {base: US}\ncourt: {base: CN}", [("duplicate-key", 2, 1)], ""),
    "no id": ("head office: {base: US}", [("bad-id", 1, 1)], ""),
    # its fields
    "a key that is none": ("x: {base: CN, weekends: sun}", [("unknown-key", 1, 15)], "“weekend”"),
    "nothing in it": ("x: {}", [("empty", 1, 4)], ""),
    "no mapping": ("x: CN", [("wrong-type", 1, 4)], ""),
    "no weekday": ("x: {base: CN, weekend: [周六, sun]}", [("bad-value", 1, 25)], "“sat”"),
    "a weekday twice": ("x: {base: CN, weekend: [sat, saturday]}", [("conflict", 1, 30)], "leave|删去"),
    "no weekend": ("x: {base: CN, weekend: []}", [("empty", 1, 24)], ""),
    "no names": ("x: {base: CN, closed: [2026-05-08]}", [("wrong-type", 1, 23)], "closed"),
    "an empty name": ('x: {base: CN, closed: {2026-05-08: ""}}', [("empty", 1, 36)], ""),
    # its days
    "a day that is none": ("x: {base: CN, closed: {2026-02-30: a}}", [("bad-date", 1, 24)], ""),
    "a day by its name": ("x: {base: CN, closed: {24 December: a}}", [("bad-date", 1, 24)], "“12-24”"),
    "a day in Chinese": ("x: {base: CN, open: {5月8日: a}}", [("bad-date", 1, 22)], "“05-08”"),
    "a day without its hyphen": ("x: {base: CN, closed: {0508: a}}", [("bad-date", 1, 24)], "“05-08”"),
    "a whole year by its number": (
        "x: {base: CN, closed: {2026: a}}",
        [("bad-date", 1, 24)],
        re.escape("“2026-01-01..12-31”"),
    ),
    "a span that is turned around": ("x: {base: CN, suspended: 2026-05-09..08}", [("empty-range", 1, 26)], ""),
    "a span without an end": ("x: {base: CN, closed: {2026-05-09..: a}}", [("bad-date", 1, 24)], ""),
    "a span of every year without an end": ("x: {base: CN, suspended: [12-21..]}", [("bad-date", 1, 27)], ""),
    "a span of nothing": ("x: {base: CN, closed: {..: a}}", [("bad-date", 1, 24)], ""),
    "a span whose end is no day": ("x: {base: CN, suspended: [12-21..13-07]}", [("bad-date", 1, 27)], ""),
    "one day twice": ("x: {base: CN, closed: {05-08: a, 05-08: b}}", [("duplicate-key", 1, 34)], ""),
    "closed and open": (
        "x: {base: CN, closed: {2026-05-08: a}, open: {2026-05-08: b}}",
        [("conflict", 1, 47)],
        "take|删去",
    ),
    "open in the midst of closed days": (
        "x: {base: CN, open: {2026-05-08: b}, closed: {2026-04-01: a, 2026-05-01..31: c}}",
        [("conflict", 1, 62)],
        "take|删去",
    ),
    "closed and open every year": (
        "x: {base: CN, closed: {12-24..01-02: a}, open: {2026-01-01: c, 12-31..01-01: b}}",
        [("conflict", 1, 64)],
        "take|删去",
    ),
    "open and suspended": (
        "x: {base: CN, open: {2026-12-24: b}, suspended: [2026-12-21..2027-01-07]}",
        [("conflict", 1, 50)],
        "leave|删去",
    ),
    "open in a suspension of every year": (
        "x: {base: CN, open: {2026-12-24: b}, suspended: 12-21..01-07}",
        [("conflict", 1, 49)],
        "leave|删去",
    ),
    "open every year in a suspension": (
        "x: {base: CN, open: {12-24: b}, suspended: [2026-12-21..2027-01-07]}",
        [("conflict", 1, 45)],
        "leave|删去",
    ),
    "closed for too long": ("x: {base: CN, closed: {2026..2036: a}}", [("out-of-range", 1, 24)], "until"),
    "suspended for too long": ("x: {base: CN, suspended: [2026..2036]}", [("out-of-range", 1, 27)], "until"),
    # no day to work
    "a weekend of seven days": (
        "x: {base: CN, weekend: [mon, tue, wed, thu, fri, sat, sun]}",
        [("never-fires", 1, 24)],
        "shorten|缩短",
    ),
    "a year that is suspended": ("x: {base: CN, suspended: [01-01..12-31]}", [("never-fires", 1, 27)], "shorten|缩短"),
    "two halves": (
        "x: {base: CN, closed: {01-01..06-30: a, 07-01..12-31: b}}",
        [("never-fires", 1, 24)],
        "shorten|缩短",
    ),
    "the one works when the other rests": (
        "a: {base: all_days, weekend: [mon, tue, wed, thu, fri]}\nx: {any_of: [weekdays, a]}\ny: {base: x}",
        [("never-fires", 2, 13)],
        "shorten|缩短",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_these_are_refused(case: str) -> None:
    """At the place of what is wrong, with a headline and a help in both languages."""
    calendars, expected, helped = WRONG[case]
    file = read(calendars)
    assert found(file.diagnostics) == expected
    assert file.rulebook is None
    for language in ("en", "zh"):
        told = file.diagnostics[0]
        own_words = re.sub("“.*?”", "", headline(told, language))
        assert bool(re.search("[\u4e00-\u9fff]", own_words)) is (language == "zh")
        assert help_text(told, language)
        assert re.search(helped, help_text(told, language), re.IGNORECASE)


def test_a_loop_is_named_whole() -> None:
    """All along its way and back, from the calendar that stands first."""
    (told,) = read("d: {base: c}\na: {any_of: [CN, b]}\nb: {base: c}\nc: {all_of: [weekdays, a]}").diagnostics
    assert told.values["loop"] == "a → b → c → a"
    assert told.place.line == FIRST + 1


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A fault in one calendar hides none of another, and what names a faulty one is not told."""
    file = read(
        "a: {base: CN, closed: {2026-02-30: x}}\nb: {weekend: sun}\nc: {any_of: [a, b, CHX]}\n",
        "calendar: c\nobligations: {x: {every: month, due: {day: 5, adjust: following, calendar: b}}}\n",
    )
    assert found(file.diagnostics) == [("bad-date", 1, 24), ("missing-key", 2, 1), ("unknown-reference", 3, 20)]


OWN = "office: {base: region, closed: {05-08: founding day}}\nregion: {base: US, closed: {05-09: fair; market}}\n"
COURT = "court: {base: region, closed: {05-08: founding day}}\nregion: {base: US, suspended: 07-01..08-31}\n"


def with_due(calendars: str, due: str, calendar: str) -> list[tuple[str, str]]:
    """Code and message of what is said where this is due by this calendar."""
    tail = f"calendar: weekdays\nobligations: {{x: {{every: month, calendar: {calendar}, due: {due}}}}}\n"
    return [(each.code, each.message) for each in read(calendars, tail).diagnostics]


@pytest.mark.parametrize("name", ["founding day", "fair", "market", "Thanksgiving Day", "วันขอบคุณพระเจ้า"])
def test_a_holiday_is_known_by_each_of_its_names(name: str) -> None:
    """Own closed days, those of what it builds on, and public holidays in any language of their data."""
    assert with_due(OWN, f'{{holiday: "{name}"}}', "office") == []


def test_an_unknown_holiday_is_refused_with_the_names_there_are() -> None:
    """A name of one's own that is nearly right is proposed."""
    tail = "obligations: {x: {every: month, calendar: office, due: {holiday: founding dya}}}\n"
    (told,) = read(OWN, tail).diagnostics
    assert (told.code, told.values["suggestion"]) == ("unknown-reference", "founding day")
    assert "fair" in told.values["expected"]


def test_of_a_calendar_that_could_not_be_read_nothing_is_unknown() -> None:
    """The fault is told where it is, and not once more where a holiday is named."""
    assert with_due("office: {base: CN, closed: {05-32: founding day}}", "{holiday: founding day}", "office") == [
        ("bad-date", "date-month-day")
    ]


@pytest.mark.parametrize(
    "due",
    ["{add: 3 days, calendar: %s}", "{at: end, then: [{add: 3 days, calendar: %s}]}", "{add: 1 week, calendar: %s}"],
)
def test_a_calendar_beside_days_counts_where_it_suspends_some(due: str) -> None:
    """By itself, or through what it builds on; beside one that suspends nothing it does nothing."""
    assert with_due(COURT, due % "court", "weekdays") == []
    ((code, _),) = with_due(OWN, due % "office", "weekdays")
    assert code == "no-effect"


def test_there_is_a_limit() -> None:
    """Going over it names the setting that raises it."""
    calendars = "".join(f"c{number}: {{base: CN}}\n" for number in range(4))
    assert read(calendars, limits=Limits(calendars=4)).rulebook is not None
    (told,) = read(calendars, limits=Limits(calendars=3)).diagnostics
    assert (told.code, told.values["setting"], told.place.line) == ("limit", "calendars", FIRST + 3)


@pytest.mark.parametrize(
    ("calendars", "line"),
    [
        # New Year's Day is a holiday wherever it falls.
        ("c: {base: CN}\nx: {base: US, suspended: 01-02..12-31}", 2),
        # The stock exchange works when the other rests.
        ("x: {any_of: [XNYS, j]}\nj: {base: all_days, weekend: [mon, tue, wed, thu, fri]}", 1),
    ],
)
def test_a_calendar_that_public_holidays_leave_no_day_is_refused(calendars: str, line: int, tmp_path: Path) -> None:
    """What only the data show is told when a file is loaded, at the calendar's id."""
    path = tmp_path / "demo.yaml"
    path.write_text(text_of(calendars), encoding="utf-8")
    (told,) = load_files([path]).diagnostics
    assert (told.code, told.place.line - FIRST + 1, told.place.column) == ("never-fires", line, 3)
    assert told.values == {"id": "x"}


def test_a_very_long_chain_is_read() -> None:
    """Calendars may build on one another as deep as a file may have calendars."""
    calendars = "".join(f"c{number}: {{base: c{number + 1}}}\n" for number in range(199)) + "c199: {base: CN}\n"
    assert read(calendars).diagnostics == ()
