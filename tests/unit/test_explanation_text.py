"""An explanation as text: the whole of it, in both languages, and on a narrow terminal."""

import datetime as dt
from pathlib import Path

import pytest

import cyclekit
from cyclekit import Key
from cyclekit.adapters.explanation import render
from cyclekit.adapters.jsonlines import explanation_record
from cyclekit.model.event import Event
from cyclekit.model.explanation import DayName, Nature, Stretch
from cyclekit.model.text import Text
from cyclekit.words.display import wrapped
from cyclekit.words.stretches import stretch_words
from tests.examples import load

RULES = """cyclekit: 1
id: demo
title: {zh: 示例, en: Example}
source: {document: Act 7, issuer: Council}
calendar: CN
timezone: Asia/Shanghai
units:
  - id: city
    name: {zh: 市总工会, en: City}
    children:
      - {id: county, name: {zh: 县总工会, en: County}}
obligations:
  vat:
    title: {zh: 增值税申报, en: VAT return}
    applies_to: county
    every: month
    due:
      month: next
      day: 15
      opens: {month: next, day: 1}
      extend: {run: 3, by: working days}
      adjust: following
      time: "17:30"
    closes: {add: 3 days, adjust: following}
  summary:
    title: {zh: 季度小结, en: Quarterly summary}
    every: quarter
    due: {month: last, day: 20, adjust: following}
    cascade: 3 working days
    exceptions:
      2026Q2:
        due: 2026-06-30
        reason: 防汛
        announced: 2026-06-01
        source: {document: 通知 12}
        units: [city]
      2026Q4: [{due: 2027-01-05, reason: late, units: [city]}, {waived: 取消, units: [city]}]
  joint:
    title: Joint
    jointly: true
    lead: city
    once: {before: 2026-03}
    due: {add: -2 months}
  review:
    title: {zh: 复核, en: Review}
    applies_to: county
    lead: city
    upon: summary
    due: [{add: 10 working days}, {add: 3 days}]
  incident:
    title: {zh: 快报, en: Flash report}
    applies_to: county
    upon: {event: incident}
    due: {add: 24 hours}
  follow-up:
    title: {zh: 整改, en: Follow-up}
    applies_to: city
    upon: {obligation: incident, at: nominal}
    due: {add: 1 month}
  year:
    title: {zh: 年报, en: Annual report}
    applies_to: county
    every: year
    due: {month: 9, day: 20}
    absorbs: [third]
    changes:
      - {units: county, notes: as agreed}
      - from: 2028
        due: {month: 10, day: 20}
        reason: 改革
        announced: 2027-11-01
        source: {document: Act 8}
  third:
    title: {zh: 三季报, en: Third report}
    applies_to: county
    every: quarter
    only: Q3
    due: {month: last, day: 20}
  far:
    title: {zh: 远, en: Far}
    applies_to: city
    once: 2030-10-01
    adjust: following
  after-far:
    title: {zh: 远后, en: After far}
    applies_to: city
    upon: far
    due: {add: 3 days}
"""
INCIDENT = {"incident": [Event(dt.datetime(2026, 9, 30, 22, 30), "case-7")]}  # noqa: DTZ001 (local time)


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> cyclekit.Schedule:
    """The schedule of the rules above."""
    book = load(tmp_path_factory.mktemp("rules"), RULES)
    return cyclekit.expand(book, "2025-12..2030", events=INCIDENT)


def told(schedule: cyclekit.Schedule, key: str, language: str = "en", width: int = 80) -> str:
    """The text of one explanation, by obligation/unit/period."""
    obligation, unit, period = key.split("/")
    label, _, number = period.partition("#")
    explanation = cyclekit.explain(schedule, Key("demo", obligation, unit, label, int(number or 1)))
    return render(explanation, language=language, width=width)


def test_the_whole_text(schedule: cyclekit.Schedule) -> None:
    """What is owed by whom, the period, each step with its day and what moved it, and what all this rests on."""
    text = told(schedule, "vat/county/2026-09")
    origin = text.partition("CN: ")[2].partition(",")[0]  # the package and its version
    assert origin.startswith("holidays ")
    assert (
        text.replace(origin, "holidays")
        == """\
VAT return

  Rule      Each month, by the 15th of the next month, extended by one working
            day for each day of a holiday of 3 or more days off in a row, or the
            next working day, at 17:30; it opens on the 1st of the next month;
            accepted until 3 days after the due date, or the next working day.
  Owed by   County (county)
  Period    September 2026 (2026-09-01 to 2026-09-30)

  2026-10-15  Thursday  the 15th of the next month
  2026-10-26  Monday    extended by one working day for each day of a holiday of
                        3 or more days off in a row
                        · 7 days of such holidays between 2026-10-01 and
                          2026-10-15
                        · 2026-10-01 to 2026-10-03 are National Day
                        · 2026-10-04 is a Sunday
                        · 2026-10-05 is National Day (observed)
                        · 2026-10-06 is a day off in exchange for 2026-09-20
                        · 2026-10-07 is a day off in exchange for 2026-10-10
  2026-10-26  Monday    or the next working day
                        · a working day already

  Opens     Thursday, 2026-10-01: the 1st of the next month
  Due       Monday, 2026-10-26, at 17:30 (Asia/Shanghai)
  Closes    Thursday, 2026-10-29: 3 days after the due date, or the next working
            day
  Calendar  CN: holidays, known until 2026-12-31
  Source    Act 7 (Council)
"""
    )


def test_the_whole_text_in_chinese(schedule: cyclekit.Schedule) -> None:
    """In Chinese with the holidays' Chinese names; wide characters stand in their columns."""
    text = told(schedule, "vat/county/2026-09", "zh")
    origin = text.partition("CN：")[2].partition("，")[0]
    assert (
        text.replace(origin, "holidays")
        == """\
增值税申报

  规则      每月，次月 15 日前，期内有连续 3 日以上休假的，按天数顺延相应工作
            日，遇非工作日顺延，17:30；自次月 1 日起办理；受理至截止日后 3 天，
            遇非工作日顺延。
  责任单位  县总工会（county）
  所属期    2026 年 9 月（2026-09-01 至 2026-09-30）

  2026-10-15  星期四  次月 15 日
  2026-10-26  星期一  期内有连续 3 日以上休假的，按天数顺延相应工作日
                      · 2026-10-01 至 2026-10-15 之间共 7 天
                      · 2026-10-01 至 2026-10-03 是国庆节
                      · 2026-10-04 是星期日
                      · 2026-10-05 是国庆节（补假）
                      · 2026-10-06 调休放假（2026-09-20 上班）
                      · 2026-10-07 调休放假（2026-10-10 上班）
  2026-10-26  星期一  遇非工作日顺延
                      · 当天是工作日，不变

  开始      2026-10-01 星期四：次月 1 日
  截止      2026-10-26 星期一，17:30（Asia/Shanghai）
  受理至    2026-10-29 星期四：截止日后 3 天，遇非工作日顺延
  日历      CN：holidays，数据至 2026-12-31
  依据      Act 7（Council）
"""
    )


def test_a_narrow_terminal(schedule: cyclekit.Schedule) -> None:
    """Where there is no room beside the day, what happened stands below it."""
    assert told(schedule, "summary/county/2026Q2", "en", 40).startswith("""\
Quarterly summary

  Rule      By the 20th of each
            quarter's last month, or the
            next working day; each unit
            3 working days before the
            one above it.
  Owed by   County (county)
  Period    Q2 2026 (2026-04-01 to
            2026-06-30)

  2026-06-20  Saturday
    the 20th of the quarter's last month
  2026-06-22  Monday
    or the next working day
    · 2026-06-20 to 2026-06-21 are a
      Saturday and a Sunday
  2026-06-25  Thursday
    3 working days before City is due
    (Tuesday, 2026-06-30)
""")


@pytest.mark.parametrize(
    ("key", "language", "line"),
    [
        ("summary/city/2026Q3", "en", "· 2026-09-20 is a Sunday worked in exchange for 2026-10-06"),
        ("summary/county/2026Q3", "zh", "· 2026-09-20 是调休上班的星期日（2026-10-06 放假）"),
        ("summary/county/2026Q2", "zh", "2026-06-25  星期四  比市总工会的截止日（2026-06-30 星期二）提前 3 个工作日"),
        ("summary/city/2026Q2", "en", "2026-06-30  Tuesday   moved by an exception"),
        ("summary/city/2026Q2", "en", "· 防汛"),
        ("summary/city/2026Q2", "en", "· announced 2026-06-01"),
        ("summary/city/2026Q2", "zh", "· 2026-06-01 公布"),
        ("summary/city/2026Q2", "zh", "· 通知 12"),
        ("summary/city/2026Q4", "en", "2027-01-05  Tuesday  moved by an exception"),
        ("summary/city/2026Q4", "en", "Status    waived: 取消"),
        ("summary/city/2026Q4", "zh", "状态      免除：取消"),
        ("joint/city/once", "en", "Together with  County"),
        ("joint/city/once", "en", "2026-02-28  Saturday  the day before March 2026 begins"),
        ("joint/city/once", "zh", "2026-02-28  星期六  2026 年 3 月开始的前一日"),
        ("joint/city/once", "en", "2025-12-28  Sunday    2 months earlier"),
        ("review/county/2026Q1", "en", "Period    Q1 2026, 1st due date (2026-01-01 to 2026-03-31)"),
        ("review/county/2026Q1#2", "zh", "所属期    2026 年第一季度，第 2 个截止日（2026-01-01 至 2026-03-31）"),
        ("review/county/2026Q1", "en", "Lead      City"),
        ("review/county/2026Q1", "en", "2026-03-17  Tuesday  the due date of “Quarterly summary” (Q1 2026)"),
        ("review/county/2026Q1", "zh", "2026-03-17  星期二  “季度小结”（2026 年第一季度）的截止日"),
        ("incident/county/case-7", "en", "2026-09-30  Wednesday  the event “incident” (case-7), at 22:30"),
        ("incident/county/case-7", "zh", "2026-09-30  星期三  事件“incident”（case-7），22:30"),
        ("incident/county/case-7", "en", "2026-10-01  Thursday   24 hours later, at 22:30"),
        (
            "follow-up/city/case-7",
            "zh",
            "2026-10-01  星期四  “快报”（case-7）的最晚原定截止日，22:30",
        ),
        ("third/county/2026Q3", "en", "Status   “Annual report” stands for it (due Sunday, 2026-09-20)"),
        ("third/county/2026Q3", "zh", "状态      并入“年报”（2026-09-20 星期日截止）"),
        ("year/county/2026", "en", "Changed  for some units"),
        ("year/county/2026", "zh", "变更      部分单位另有规定"),
        ("year/county/2029", "en", "from 2028-01-01 on; 改革; announced 2027-11-01; Act 8"),
        ("year/county/2029", "zh", "2028-01-01 起；改革；2027-11-01 公布；Act 8"),
        ("far/city/once", "en", "2030-10-01  Tuesday  the date that the rule gives"),
        ("far/city/once", "en", "Provisional  holidays are announced until 2026-12-31 only, so the date may move"),
        (
            "review/county/2028Q4",
            "en",
            "Provisional  holidays are announced until 2026-12-31 only, so the date may move",
        ),
        ("after-far/city/once", "zh", "暂定      所依据的日期本身为暂定"),
        ("after-far/city/once", "en", "Provisional  the date that it follows from is provisional itself"),
        ("far/city/once", "zh", "暂定      放假安排仅公布至 2026-12-31，日期可能调整"),
    ],
)
def test_lines(schedule: cyclekit.Schedule, key: str, language: str, line: str) -> None:
    """What is told of exceptions, waivers, cascades, triggers, events, absorption, and dates that may move."""
    assert line in [each.strip() for each in told(schedule, key, language, 100).splitlines()]


@pytest.mark.parametrize(
    ("stretch", "english", "chinese"),
    [
        (
            Stretch(dt.date(2023, 5, 6), dt.date(2023, 5, 6), Nature.EXCHANGED),
            "2023-05-06 is a Saturday that is worked",
            "2023-05-06 是上班的星期六",
        ),
        (
            Stretch(dt.date(2023, 5, 1), dt.date(2023, 5, 1), Nature.EXCHANGED, DayName(Text.of("Feast"))),
            "2023-05-01 is Feast, but worked",
            "2023-05-01 是Feast，但照常上班",
        ),
        (
            Stretch(dt.date(2023, 5, 6), dt.date(2023, 5, 7), Nature.EXCHANGED),
            "2023-05-06 to 2023-05-07 are worked all the same",
            "2023-05-06 至 2023-05-07 照常上班",
        ),
        (
            Stretch(dt.date(2023, 12, 21), dt.date(2024, 1, 7), Nature.SUSPENDED),
            "2023-12-21 to 2024-01-07 are not counted",
            "2023-12-21 至 2024-01-07 不计",
        ),
        (
            Stretch(dt.date(2023, 12, 21), dt.date(2023, 12, 21), Nature.SUSPENDED),
            "2023-12-21 is not counted",
            "2023-12-21 不计",
        ),
        (Stretch(dt.date(2023, 5, 1), dt.date(2023, 5, 1), Nature.HOLIDAY), "2023-05-01 is closed", "2023-05-01 放假"),
        (
            Stretch(dt.date(2023, 5, 1), dt.date(2023, 5, 2), Nature.HOLIDAY, DayName(Text.of("Feast"))),
            "2023-05-01 to 2023-05-02 are Feast",
            "2023-05-01 至 2023-05-02 是Feast",
        ),
        (
            Stretch(dt.date(2023, 5, 4), dt.date(2023, 5, 7), Nature.REST),
            "2023-05-04 to 2023-05-07 are days of rest",
            "2023-05-04 至 2023-05-07 休息",
        ),
    ],
)
def test_stretches(stretch: Stretch, english: str, chinese: str) -> None:
    """Days in a row are told with what they are, and by name where they have one."""
    assert stretch_words(stretch) == (english, chinese)


def test_a_title_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """What a rule file says is shown with its invisible characters made visible."""
    text = 'cyclekit: 1\nid: odd\nobligations:\n  a: {title: "x\\ue000y", once: 2023-05-01}\n'
    book = load(tmp_path, text)
    shown = render(cyclekit.explain(book, Key("odd", "a", "_", "once")))
    assert "<U+E000>" in shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a word or two", 8, ["a word", "or two"]),
        ("遇非工作日顺延，跨月则提前", 14, ["遇非工作日顺", "延，跨月则提前"]),
        ("（见“甲”）", 4, ["（见", "“甲”）"]),
        ("averylongword x", 4, ["averylongword", "x"]),
        ("", 10, [""]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    """Lines break at blanks and between Chinese characters, never before a closing mark or behind an opening one."""
    assert wrapped(text, width) == lines


def test_an_explanation_as_an_object(schedule: cyclekit.Schedule) -> None:
    """As JSON it holds the occurrence's own facts, each step with the days that made the difference, and the data."""
    explanation = cyclekit.explain(schedule, Key("demo", "vat", "county", "2026-09"))
    found = explanation_record(explanation, "zh")
    assert (found["key"], found["due"], found["period_last"]) == ("demo/vat/county/2026-09", "2026-10-26", "2026-09-30")
    way = found["way"]
    assert isinstance(way, list)
    assert [each["day"] for each in way if isinstance(each, dict)] == ["2026-10-15", "2026-10-26", "2026-10-26"]
    extended = way[1]
    assert isinstance(extended, dict)
    assert isinstance(extended["passed"], list)
    assert extended["passed"][-1] == {
        "first": "2026-10-07",
        "last": "2026-10-07",
        "nature": "holiday",
        "name": {"en-US": "Day off (substituted from 10/10/2026)", "zh-CN": "休息日（由 2026-10-10 调休）"},
        "exchange": "2026-10-10",
    }
    assert (found["trigger"], found["above"], found["moves"], found["waived"]) == (None, None, [], None)


def test_an_object_names_other_occurrences(schedule: cyclekit.Schedule) -> None:
    """What triggered it, the unit above, what moved or waived it and what stands for it are told by their ids."""
    fired = explanation_record(cyclekit.explain(schedule, Key("demo", "review", "county", "2026Q1")))
    assert fired["trigger"] == {
        "event": None,
        "obligation": "summary",
        "period": "2026Q1",
        "number": 1,
        "at": "due",
        "day": "2026-03-17",
    }
    below = explanation_record(cyclekit.explain(schedule, Key("demo", "summary", "county", "2026Q2")))
    assert below["above"] == {"unit": "city", "due": "2026-06-30"}
    waived = explanation_record(cyclekit.explain(schedule, Key("demo", "summary", "city", "2026Q4")))
    assert waived["moves"] == [{"due": "2027-01-05", "reason": "late", "announced": None, "source": {}}]
    assert waived["waived"] == {"due": None, "reason": "取消", "announced": None, "source": {}}
    absorbed = explanation_record(cyclekit.explain(schedule, Key("demo", "third", "county", "2026Q3")))
    assert absorbed["absorbed_by"] == "demo/year/county/2026"
    event = explanation_record(cyclekit.explain(schedule, Key("demo", "incident", "county", "case-7")))
    assert event["trigger"] == {
        "event": "incident",
        "obligation": None,
        "period": "case-7",
        "number": 1,
        "at": None,
        "day": "2026-09-30",
    }


def test_the_rule_is_the_one_in_force(tmp_path: Path) -> None:
    """Of a changed obligation the form of that period is said, with others by their titles, and not who owes it."""
    book = load(
        tmp_path,
        """cyclekit: 1
id: demo
units: [{id: a, name: Office A}, {id: b, name: Office B}]
obligations:
  plan: {title: {en: Plan, zh: 计划}, applies_to: a, every: quarter, due: {day: 20}, changes: [
    {from: 2026Q2, due: {day: 25}}]}
  review: {upon: plan, applies_to: a, due: {add: 5 days}}
""",
    )
    schedule = cyclekit.expand(book, "2026")
    rules = [explanation_record(cyclekit.explain(schedule, each.key))["rule"] for each in schedule]
    assert rules[:4] == [
        "By the 20th of each quarter's last month.",
        "Each time “Plan” falls due, by 5 days after the day of the trigger.",
        "By the 25th of each quarter's last month.",
        "Each time “Plan” falls due, by 5 days after the day of the trigger.",
    ]


def test_a_month_of_an_early_year(tmp_path: Path) -> None:
    """The month that lacks a day is called by a year of four digits, as in labels, also before the year 1000."""
    text = "cyclekit: 1\nid: old\nobligations:\n  o: {every: month, due: {day: 31}}\n"
    told = cyclekit.explain(load(tmp_path, text), Key("old", "o", "_", "0999-04", 1))
    assert told.due == dt.date(999, 4, 30)
    assert "April 0999 has no 31st" in render(told)
    assert "0999 年 4 月没有 31 日" in render(told, language="zh")
