"""Whole feeds, line by line: events, tasks, alarms and reminders in both languages, of everyone and of one unit."""

import datetime as dt
from pathlib import Path

import attrs
import pytest

from cyclekit.adapters.ical import (
    Context,
    FeedWriter,
    Options,
    by_content,
    feed,
    to_icalendar,
    unit_feed,
    whole_feed,
)
from cyclekit.adapters.ical.identity import uid
from cyclekit.adapters.ical.text import folded
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Ahead
from cyclekit.model.schedule import Schedule
from tests.examples import expand

RULES = """cyclekit: 1
id: book
title: {zh: 规则, en: Rules}
source: {document: Act 7, checked: 2026-01-31, url: https://example.org/act}
timezone: Asia/Shanghai
calendar: CN
units:
  - {id: top, name: {zh: 总, en: Top}}
  - {id: north, name: {zh: 北, en: North}, parent: top}
  - {id: south, name: {zh: 南, en: South}, parent: top}
obligations:
  report:
    title: {zh: 报告, en: Report}
    kind: report
    tags: [report, tax]
    applies_to: north
    report_to: parent
    every: half_year
    due: {day: 20, time: "17:00"}
    remind: [10 days, 3 working days]
    quota: {at_least: 2}
    exceptions:
      2026H2: {waived: flood, announced: 2026-06-01}
  letter:
    title: {zh: 信, en: Letter}
    applies_to: [north, south]
    jointly: true
    lead: south
    once: 2026-05-12
    remind: 1 day
"""
#: Monday to Friday.
WEEKDAYS = WorkingCalendar("CN", 735_000, 745_000)


def lines(folder: Path, options: Options, unit: str = "") -> list[str]:
    """The lines of a feed without its folds: of a unit, or of everyone."""
    schedule, context = everything(folder)
    writer = FeedWriter(schedule, options, context)
    return unfolded(writer.of_unit(unit) if unit else writer.of_all())


def everything(folder: Path) -> tuple[Schedule, Context]:
    """The rules above in 2026, with what feeds of them want."""
    schedule = expand(folder, "2026", RULES)
    return schedule, Context(calendars={"CN": WEEKDAYS}, zones=schedule.world.zones)


def unfolded(data: bytes) -> list[str]:
    """The lines of a feed without its folds."""
    *found, end = data.replace(b"\r\n ", b"").decode().split("\r\n")
    assert end == ""
    return found


def component(name: str, *inner: str) -> list[str]:
    """The lines of a component: those of components within stand in one text."""
    return [f"BEGIN:{name}", *(line for each in inner for line in each.split("\n")), f"END:{name}"]


def block(name: str, *inner: str) -> str:
    """A component within another."""
    return "\n".join(component(name, *inner))


def calendar(title: str, *events: str, method: str = "", refresh: bool = True, colour: str = "") -> list[str]:
    """A feed of these."""
    looked_at_again = ("REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H") if refresh else ()
    return component(
        "VCALENDAR",
        *("VERSION:2.0", "PRODID:-//cyclekit//cyclekit//EN", "CALSCALE:GREGORIAN"),
        *([f"METHOD:{method}"] if method else []),
        *(f"NAME:{title}", f"X-WR-CALNAME:{title}"),
        *looked_at_again,
        *([colour] if colour else []),
        *events,
    )


#: What all of them end with: the source was checked on 31 January; the waiver was announced on 1 June.
URL = "URL;VALUE=URI:https://example.org/act"
CHECKED = "DTSTAMP:20260131T000000Z\nSEQUENCE:0"
WAIVED = "DTSTAMP:20260601T000000Z\nSEQUENCE:1"
#: An event takes no time; a task has to be done.
FREE, OPEN = "TRANSP:TRANSPARENT", "STATUS:NEEDS-ACTION"
#: 17:00 in Shanghai is 09:00 in UTC.
FIRST = "DTSTART:20260620T080000Z\nDTEND:20260620T090000Z\nSTATUS:CONFIRMED"
SECOND = "DTSTART:20261220T080000Z\nDTEND:20261220T090000Z\nSTATUS:CANCELLED"


def days(first: str, last: str, status: str = "CONFIRMED") -> str:
    """A whole day."""
    return f"DTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{last}\nSTATUS:{status}\n{FREE}"


def described(*told: str) -> str:
    """A description of these lines."""
    return "DESCRIPTION:" + "\\n".join(told)


# ----------------------------------------------------------------------------------------------------- English

REPORT = (
    "Rule: By the 20th of each half-year's last month\\, at 17:00.",
    "By the clock: 17:00 Asia/Shanghai",
)
REST = ("Quota: at least 2", "Report to: Top", "Reminders: 10 days before\\, 3 working days before", "Source: Act 7")
REPORT_1 = described("Owed by: North", "What: Report", "Period: first half of 2026", *REPORT, *REST)
REPORT_2 = described(
    *("Owed by: North", "What: Report", "Period: second half of 2026", "Status: waived"),
    *REPORT,
    "Reason: flood",
    *REST,
)
LETTER = described("Owed by: South", "What: Letter", "Together with: North", "Reminders: 1 day before", "Source: Act 7")


def english(
    *, whose: bool, method: str = "", alarms: bool = False, colour: str = "", refresh: bool = True
) -> list[str]:
    """The feed in English: with the unit before each title where it is the feed of everyone."""
    north, south = ("North: ", "South: ") if whose else ("", "")
    title = "Report (at least 2)\\, by 17:00"
    asked = ["ORGANIZER:mailto:desk@example.org"] if method else []

    def alarm(text: str, trigger: str) -> list[str]:
        return [block("VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text}", f"TRIGGER:{trigger}")] if alarms else []

    events = [
        block(
            "VEVENT",
            *("UID:book~letter~south~once@cyclekit.invalid", f"SUMMARY:{south}Letter", LETTER),
            *(days("20260512", "20260513"), URL, *asked, CHECKED),
            # At nine on the day before.
            *alarm("In 1 day: Letter", "-PT15H"),
        ),
        block(
            "VEVENT",
            *("UID:book~report~north~2026H1@cyclekit.invalid", f"SUMMARY:{north}{title}", REPORT_1),
            *(FIRST, FREE, "CATEGORIES:report,tax", URL, *asked, CHECKED),
            # Saturday, 20 June: the third working day before is Wednesday, the 17th.
            *alarm(f"In 10 days: {title}", "-P10D"),
            *alarm(f"In 3 working days: {title}", "-P3D"),
        ),
        block(
            "VEVENT",
            *("UID:book~report~north~2026H2@cyclekit.invalid", f"SUMMARY:[Cancelled] {north}{title}", REPORT_2),
            *(SECOND, FREE, "CATEGORIES:report,tax", URL, *asked, WAIVED),
        ),
    ]
    return calendar("Rules" if whose else "North · Rules", *events, method=method, colour=colour, refresh=refresh)


# ----------------------------------------------------------------------------------------------------- Chinese

CATEGORIES = "CATEGORIES:report,tax"
TITLE = "报告（至少 2）（17:00 前）"
REPORTED = ("规则：每半年最后一个月 20 日前，17:00。", "截止时刻：17:00 Asia/Shanghai")
FURTHER = ("数量：至少 2", "报送：总", "提醒：提前 10 天、提前 3 个工作日", "依据：Act 7")
SENT = ("事项：信", "共同承担：北", "提醒：提前 1 天", "依据：Act 7")
#: Saturday, 20 June, and Sunday, 20 December 2026: ten days before, and the third working day before each.
AHEAD = (
    ("2026H1", "10d", "还有 10 天", "20260610", "20260611"),
    ("2026H1", "3wd", "还有 3 个工作日", "20260617", "20260618"),
    ("2026H2", "10d", "还有 10 天", "20261210", "20261211"),
    ("2026H2", "3wd", "还有 3 个工作日", "20261216", "20261217"),
)


def told(period: str, due: str = "") -> str:
    """The description of a report in Chinese; a reminder says when it is due."""
    is_first = period == "2026H1"
    return described(
        "责任单位：北",
        *([f"截止：{due}"] if due else []),
        "事项：报告",
        f"所属期：2026 年{'上' if is_first else '下'}半年",
        *([] if is_first else ["状态：免除"]),
        *REPORTED,
        *([] if is_first else ["原因：flood"]),
        *FURTHER,
    )


def reports_ahead(wanted: str) -> list[str]:
    """The reminders of a report, each on its day."""
    mark, status, stamp = ("", "CONFIRMED", CHECKED) if wanted == "2026H1" else ("[已取消] ", "CANCELLED", WAIVED)
    due = "2026-06-20（周六）" if wanted == "2026H1" else "2026-12-20（周日）"
    return [
        block(
            "VEVENT",
            f"UID:book~report~north~{period}@{ahead}.ahead.cyclekit.invalid",
            f"SUMMARY:{mark}北：{text}：{TITLE}",
            told(period, due),
            days(first, last, status),
            *(CATEGORIES, URL, stamp),
        )
        for period, ahead, text, first, last in AHEAD
        if period == wanted
    ]


CHINESE = calendar(
    "规则",
    block(
        "VEVENT",
        *("UID:book~letter~south~once@1d.ahead.cyclekit.invalid", "SUMMARY:南：还有 1 天：信"),
        *(described("责任单位：南", "截止：2026-05-12（周二）", *SENT), days("20260511", "20260512"), URL, CHECKED),
    ),
    block(
        "VEVENT",
        *("UID:book~letter~south~once@cyclekit.invalid", "SUMMARY:南：信", described("责任单位：南", *SENT)),
        *(days("20260512", "20260513"), URL, CHECKED),
    ),
    *reports_ahead("2026H1"),
    block(
        "VEVENT",
        *("UID:book~report~north~2026H1@cyclekit.invalid", f"SUMMARY:北：{TITLE}", told("2026H1")),
        *(FIRST, FREE, CATEGORIES, URL, CHECKED),
    ),
    *reports_ahead("2026H2"),
    block(
        "VEVENT",
        *("UID:book~report~north~2026H2@cyclekit.invalid", f"SUMMARY:[已取消] 北：{TITLE}", told("2026H2")),
        *(SECOND, FREE, CATEGORIES, URL, WAIVED),
    ),
)


def alarm(text: str, before: str) -> str:
    """An alarm of a task, counted from its end."""
    return block("VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text}", f"TRIGGER;RELATED=END:{before}")


TASKS = calendar(
    "规则",
    block(
        "VTODO",
        *("UID:book~letter~south~once@task.cyclekit.invalid", "SUMMARY:南：信", described("责任单位：南", *SENT)),
        *("DUE;VALUE=DATE:20260512", OPEN, URL, CHECKED, alarm("还有 1 天：信", "-PT15H")),
    ),
    block(
        "VTODO",
        *("UID:book~report~north~2026H1@task.cyclekit.invalid", f"SUMMARY:北：{TITLE}", told("2026H1")),
        *("DUE:20260620T090000Z", OPEN, CATEGORIES, URL, CHECKED),
        *(alarm(f"还有 10 天：{TITLE}", "-P10D"), alarm(f"还有 3 个工作日：{TITLE}", "-P3D")),
    ),
    block(
        "VTODO",
        *("UID:book~report~north~2026H2@task.cyclekit.invalid", f"SUMMARY:[已取消] 北：{TITLE}", told("2026H2")),
        *("DUE:20261220T090000Z", "STATUS:CANCELLED", CATEGORIES, URL, WAIVED),
    ),
)

TEAL = "COLOR:teal\nX-APPLE-CALENDAR-COLOR:#008080"
ASKED = Options(alarms=True, method="PUBLISH", organizer="mailto:desk@example.org", colour="#008080", refresh=None)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (Options(), english(whose=True)),
        (ASKED, english(whose=True, method="PUBLISH", alarms=True, colour=TEAL, refresh=False)),
        (Options(language="zh", lead_events=True), CHINESE),
        (Options(language="zh", tasks=True, alarms=True), TASKS),
        # A task has no entries before it, and an alarm stands in it.
        (Options(language="zh", lead_events=True, alarms=True).as_tasks(), TASKS),
    ],
)
def test_a_feed_of_everyone(options: Options, expected: list[str], tmp_path: Path) -> None:
    """Each says whose it is, what is due and when, in the language that is asked for, and nothing else."""
    assert lines(tmp_path, options) == expected


@pytest.mark.parametrize(
    "options", [Options(), ASKED, Options(lead_events=True), Options(tasks=True, alarms=True, colour="#123456")]
)
def test_the_objects_of_a_library_say_what_the_feed_says(options: Options, tmp_path: Path) -> None:
    """Written in the order in which they were made, they are the feed but for its folds."""
    schedule, context = everything(tmp_path)
    found = to_icalendar(schedule, options, context)
    assert unfolded(found.to_ical(sorted=False)) == lines(tmp_path, options)


def test_what_no_feed_can_hold_no_object_holds(tmp_path: Path) -> None:
    """A control character in a kind is told as one that cannot be written, in the feed as in the library's objects."""
    schedule, context = everything(tmp_path)
    book = schedule.rulebooks[0]
    rules = tuple(attrs.evolve(each, kind="a\x07b", tags=("c\u2028d",)) for each in book)
    rung = engine.expand(attrs.evolve(book, obligations=rules), schedule.horizon, zones=schedule.world.zones)
    found = unfolded(FeedWriter(rung, Options(), context).of_all())
    assert "CATEGORIES:a\ufffdb,c\\nd" in found
    assert unfolded(to_icalendar(rung, Options(), context).to_ical(sorted=False)) == found


def test_alarms_ring_in_events_and_not_in_reminders(tmp_path: Path) -> None:
    """Both may be asked for: what is an event of its own has no alarm, nor what is waived."""
    found = "\n".join(lines(tmp_path, Options(lead_events=True, alarms=True)))
    ringing = {each.split("\n", 1)[0]: each.count("BEGIN:VALARM") for each in found.split("BEGIN:VEVENT\nUID:")[1:]}
    assert {name: count for name, count in ringing.items() if count} == {
        "book~letter~south~once@cyclekit.invalid": 1,
        "book~report~north~2026H1@cyclekit.invalid": 2,
    }
    assert len(ringing) == 8


def test_feeds_in_one_call(tmp_path: Path) -> None:
    """Of a unit, of everyone, or of any occurrences: in a language, with a day for every stamp."""
    schedule, context = everything(tmp_path)
    day = dt.date(2026, 5, 5)
    writer = FeedWriter(schedule, Options(language="zh"), Context(by_content(day)))
    assert unit_feed(schedule, "book/north", language="zh", stamp=day) == writer.of_unit("north")
    assert whole_feed(schedule, language="zh", stamp=day) == writer.of_all()
    assert writer.of_all().count(b"DTSTAMP:20260505T000000Z\r\n") == len(schedule)
    everyone = feed(schedule, "规则", language="zh", stamp=day, whose=True, zones=context.zones)
    assert everyone == writer.of_all()
    # Left out, it is in English, without the units, and each stamp is that of what it says.
    plain = unfolded(feed(schedule, "Rules", zones=context.zones))
    assert plain == [line.replace("North · Rules", "Rules") for line in english(whose=False)]
    assert unfolded(unit_feed(schedule, "north")) == english(whose=False)
    assert unfolded(whole_feed(schedule)) == english(whose=True)


def test_nothing_owed_is_a_calendar_all_the_same(tmp_path: Path) -> None:
    """A feed without events has the zone that a calendar must have a component for, also as objects."""
    nothing = expand(tmp_path, "2025-03", RULES)
    zone = block(
        "VTIMEZONE",
        "TZID:Etc/UTC",
        block("STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC"),
    )
    assert unfolded(FeedWriter(nothing).of_all()) == calendar("Rules", zone)
    assert unfolded(to_icalendar(nothing).to_ical(sorted=False)) == calendar("Rules", zone)


#: The third is a reminder, and the others are an event and a task.
UIDS = {
    "2026H1": ("b~r~u~2026H1@", "b~r~u~2026H1@task.", "b~r~u~2026H1@3wd.ahead."),
    "2026-11..12": ("b~r~u~2026-11_12@", "b~r~u~2026-11_12@task.", "b~r~u~2026-11_12@3wd.ahead."),
    "term_1": ("b~r~u~term=5F1@", "b~r~u~term=5F1@task.", "b~r~u~term=5F1@3wd.ahead."),
}


@pytest.mark.parametrize("period", UIDS)
def test_what_an_event_is_called(period: str) -> None:
    """Its key, in which a span is written with what an author's own label cannot have any more."""
    key, second = Key("b", "r", "u", period), Key("b", "r", "u", period, 2)
    ahead = Ahead(3, working=True)
    found = (uid(key), uid(key, task=True), uid(key, ahead=ahead))
    assert found == tuple(f"{each}cyclekit.invalid" for each in UIDS[period])
    assert (uid(second), uid(second, ahead=Ahead(10))) == (
        UIDS[period][0].replace("@", "~2@") + "cyclekit.invalid",
        UIDS[period][0].replace("@", "~2@10d.ahead.") + "cyclekit.invalid",
    )


@pytest.mark.parametrize(("blanks", "cut"), [(0, 75), (1, 73), (5, 69), (18, 56), (19, 75), (20, 75), (30, 75)])
def test_a_fold_stands_beside_no_blank_where_that_costs_little(blanks: int, cut: int) -> None:
    """Blanks up to the 75th octet put a fold before the last octet in front of them; at most 19 octets are given up."""
    line = "a" * (75 - blanks) + " " * blanks + "b" * 20
    assert folded(line) == f"{line[:cut]}\r\n {line[cut:]}".encode()


def test_a_feed_of_one_unit(tmp_path: Path) -> None:
    """It has its unit in its name and not before each title, and holds what the unit owes together with others."""
    assert lines(tmp_path, Options(), "north") == english(whose=False)
