"""A rule file with nearly every field: each one is found in the values that it becomes."""

import datetime as dt

import pytest

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Ahead, Amount, Lag, Quota, Rulebook, Source
from cyclekit.model.roster import NO_PARENT
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source as TextSource

RULES = """\
cyclekit: 1
id: whole
title: {zh: 全, en: Whole}
timezone: Asia/Shanghai
calendar: weekdays
from: 2022
until: 2030-06
source:
  document: Act 7
  issuer: Council
  article: § 3
  page: 12–13
  url: https://example.org/act
  issued: 2021-12-01
  checked: 2026-01-31
  quote: by the 20th
calendars:
  shop: {base: weekdays}
units:
  - {id: top, name: {zh: 总, en: Top}, kind: head, tags: [a, b], size: large}
  - id: north
    name: North
    kind: branch
    parent: top
    calendar: shop
    timezone: Europe/Berlin
    year_start: 04-06
    active: 2022-03-15..
    tags: [b]
  - {id: south, kind: branch, parent: top, active: [..2023, 2025..2026-05]}
defaults: {tags: [standard], remind: 7 days}
obligations:
  report:
    title: {zh: 报告, en: Report}
    kind: report
    applies_to: branch
    except: south
    report_to: [top]
    deliver: [plan, roster]
    quota: [{at_least: 2, of: bulletins}, {at_most: 90 %}, {exactly: 3}]
    remind: [10 days, 3 working days]
    notes: {en: Two copies, zh: 两份}
    url: https://example.org/report
    source: {document: Circular 5, article: "2"}
    from: 2022-05
    until: 2027
    every: quarter
    due: {month: last, day: 20}
    calendar: shop
    cascade: 2 working days
    exceptions:
      2023Q1: {due: 2023-04-05, reason: flood, announced: 2023-03-01, source: Circular 6, units: north}
      2023Q2: {waived: merged}
  meeting:
    applies_to: [top, north]
    jointly: true
    lead: north
    absorbs: [report]
    every: month
    only: [3, 6]
    due: {day: 20}
  plain: {once: 2025-05-05}
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The rules above."""
    zones = ("Asia/Shanghai", "Europe/Berlin")
    file = read_rule_file(TextSource("whole.yaml", RULES), Surroundings(timezones=lambda: zones))
    assert file.rulebook is not None, file.diagnostics
    return file.rulebook


ACT = Source(
    "Act 7",
    "Council",
    "§ 3",
    "12–13",
    "https://example.org/act",
    dt.date(2021, 12, 1),
    dt.date(2026, 1, 31),
    "by the 20th",
)


def test_what_the_file_says_of_itself(book: Rulebook) -> None:
    """Its title, source, calendar, time zone and days."""
    assert (book.id, book.title.get("zh"), book.title.get("en")) == ("whole", "全", "Whole")
    assert (book.timezone, book.calendar) == ("Asia/Shanghai", "weekdays")
    assert book.bounds == Bounds(dt.date(2022, 1, 1), dt.date(2030, 6, 30))
    assert book.source == ACT
    assert book.calendar_keys == {"shop": "whole/shop"}


def test_what_the_file_says_of_its_units(book: Rulebook) -> None:
    """Each column of the roster has what stands under each unit, and nothing where nothing does."""
    roster = book.roster
    assert list(roster.ids) == ["top", "north", "south"]
    assert [roster[name].name.get("en") for name in roster.ids] == ["Top", "North", "south"]
    assert list(roster.kinds) == ["head", "branch", "branch"]
    assert list(roster.parents) == [NO_PARENT, 0, 0]
    assert list(roster.tags) == [frozenset({"a", "b"}), frozenset({"b"}), frozenset()]
    assert list(roster.calendars) == [None, "shop", None]
    assert list(roster.timezones) == [None, "Europe/Berlin", None]
    assert list(roster.year_starts) == [None, YearStart(4, 6), None]
    assert list(roster.attributes["size"]) == ["large", None, None]
    assert [tuple(spans) for spans in roster.active] == [
        (),
        (Bounds(dt.date(2022, 3, 15), None),),
        (Bounds(None, dt.date(2023, 12, 31)), Bounds(dt.date(2025, 1, 1), dt.date(2026, 5, 31))),
    ]


def test_what_an_obligation_says(book: Rulebook) -> None:
    """Each field is a part of the value; what it writes itself stands before the defaults."""
    report = book["report"]
    assert (report.title.get("zh"), report.title.get("en"), report.kind) == ("报告", "Report", "report")
    assert [book.roster.ids[unit] for unit in report.selection.units(book.roster)] == ["north"]
    assert (report.report_to, report.deliver, report.tags) == (("top",), ("plan", "roster"), ("standard",))
    assert [(one.at_least, one.at_most, one.exactly) for one in report.quota] == [
        (Amount(2), None, None),
        (None, Amount(90, percent=True), None),
        (None, None, Amount(3)),
    ]
    assert report.quota[0].of is not None
    assert report.quota[0].of.get("en") == "bulletins"
    assert isinstance(report.quota[1], Quota)
    assert report.remind == (Ahead(10), Ahead(3, working=True))
    assert report.notes is not None
    assert (report.notes.get("en"), report.notes.get("zh")) == ("Two copies", "两份")
    assert report.url == "https://example.org/report"
    assert report.bounds == Bounds(dt.date(2022, 5, 1), dt.date(2027, 12, 31))
    assert (report.calendar, report.cascade) == ("shop", Lag(2, working=True))
    assert report.source == Source("Circular 5", article="2")
    assert (report.jointly, report.lead, report.absorbs, report.expect) == (False, None, (), None)


def test_what_exceptions_say(book: Rulebook) -> None:
    """A date with its reason, source, units and day of announcement; or that it is waived, and why."""
    moved, waived = book["report"].exceptions
    assert (moved.label, moved.due, moved.reason) == ("2023Q1", dt.date(2023, 4, 5), "flood")
    assert (moved.announced, moved.number) == (dt.date(2023, 3, 1), None)
    assert moved.source is not None
    assert moved.source.document == "Circular 6"
    assert moved.units is not None
    assert [book.roster.ids[unit] for unit in moved.units.units(book.roster)] == ["north"]
    assert (waived.label, waived.due, waived.reason, waived.units) == ("2023Q2", None, "merged", None)
    assert str(waived.span) == "2023-04-01..2023-06-30"


def test_what_is_left_out_has_its_default(book: Rulebook) -> None:
    """An obligation of one line is owed by all, named after its id, with what the defaults say."""
    plain, meeting = book["plain"], book["meeting"]
    assert (plain.title.get("en"), plain.kind, plain.url, plain.notes) == ("plain", None, "", None)
    assert (plain.tags, plain.remind, plain.deliver, plain.quota) == (("standard",), (Ahead(7),), (), ())
    assert plain.bounds.are_open
    assert plain.source is None  # that of the file holds
    assert [book.roster.ids[unit] for unit in plain.selection.units(book.roster)] == ["top", "north", "south"]
    assert (meeting.jointly, meeting.lead, meeting.absorbs) == (True, "north", ("report",))
