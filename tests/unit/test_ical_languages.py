"""Feeds in Chinese, with alarms and reminders, of units in several time zones, and with an address of their own."""

import re
from pathlib import Path

import attrs
import pytest

from cyclekit.adapters.ical import Context, FeedWriter, Options
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.schedule import Schedule
from tests.examples import expand

RULES = """cyclekit: 1
id: book
title: {zh: 规则, en: Rules}
calendar: CN
units:
  - {id: top, name: {zh: 总, en: Top}}
  - {id: north, name: {zh: 北, en: North}, parent: top, timezone: Asia/Shanghai}
  - {id: south, name: {zh: 南, en: South}, parent: top, timezone: Europe/Berlin}
obligations:
  report:
    title: {zh: 报告, en: Report}
    applies_to: [north, south]
    report_to: parent
    every: quarter
    due: {month: last, day: 20, time: "17:00"}
    remind: [10 days, 3 working days]
    quota: {at_least: 2}
  letter: {title: {zh: 信, en: Letter}, applies_to: [north, south], jointly: true, lead: south, once: 2026-05-12}
"""
#: Monday to Friday.
WEEKDAYS = WorkingCalendar("CN", 735_000, 745_000)


@pytest.fixture
def schedule(tmp_path: Path) -> Schedule:
    """The rules above, in 2026."""
    return expand(tmp_path, "2026", RULES)


#: What is no word of a language: the names of zones, and periods.
NAMES = re.compile(r"Asia/Shanghai|Europe/Berlin|\\n")


def texts(data: bytes) -> list[str]:
    """What a feed says to its readers: titles and descriptions, without folds and names of zones."""
    lines = data.replace(b"\r\n ", b"").decode().split("\r\n")
    told = [
        NAMES.sub(" ", line.partition(":")[2]) for line in lines if line.startswith(("SUMMARY", "DESCRIPTION", "NAME"))
    ]
    assert told
    return told


@pytest.mark.parametrize(
    "options", [Options(), Options(alarms=True), Options(lead_events=True), Options(tasks=True)], ids=str
)
def test_a_feed_in_chinese_has_no_other_words(schedule: Schedule, options: Options) -> None:
    """Titles, descriptions, alarms and reminders of our making are in the language that is asked for."""
    chinese = FeedWriter(schedule, attrs.evolve(options, language="zh"), Context(calendars={"CN": WEEKDAYS}))
    for data in (chinese.of_unit("north"), chinese.of_unit("south")):
        said = texts(data)
        assert [text for text in said if re.search("[A-Za-z]{3,}", text)] == []
        assert any("报告" in text for text in said)
    english = FeedWriter(schedule, attrs.evolve(options, language="en"), Context(calendars={"CN": WEEKDAYS}))
    assert not re.search("[\u4e00-\u9fff]", "".join(texts(english.of_unit("north"))))


def test_an_alarm_is_one_that_programs_know(schedule: Schedule) -> None:
    """It is displayed, so many days before the end of the day or before the hour."""
    data = FeedWriter(schedule, Options(alarms=True), Context(calendars={"CN": WEEKDAYS})).of_unit("north")
    assert data.count(b"BEGIN:VALARM") == data.count(b"ACTION:DISPLAY\r\n") == 8


def test_each_unit_has_its_own_clock(schedule: Schedule) -> None:
    """17:00 on 20 March 2026 is 09:00 UTC in Shanghai and 16:00 UTC in Berlin; one writer keeps them apart."""
    writer = FeedWriter(schedule, Options(), Context())
    assert b"DTEND:20260320T090000Z" in writer.of_unit("north")
    assert b"DTEND:20260320T160000Z" in writer.of_unit("south")
    assert b"DTEND:20260320T090000Z" not in writer.of_unit("south")


def test_a_feed_says_where_it_is(schedule: Schedule) -> None:
    """Where an address is given, and nowhere else."""
    writer = FeedWriter(schedule)
    head = writer.of_unit("north", url="https://example.org/north.ics").partition(b"BEGIN:VEVENT")[0]
    assert re.search(rb"\r\nURL(;VALUE=URI)?:https://example.org/north.ics\r\n", head)
    assert b"URL" not in writer.of_unit("north").partition(b"BEGIN:VEVENT")[0]
