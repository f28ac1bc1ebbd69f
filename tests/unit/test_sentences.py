"""Obligations in sentences, by hand: what a rule file says, as one would say it."""

import datetime as dt

import attrs
import pytest

from cyclekit.civil.spans import Bounds
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import read_rule_file
from cyclekit.reading.source import Source
from cyclekit.words.names import Names
from cyclekit.words.rules import sentence_in_force, sentence_of_dates, sentences

HEAD = """\
cyclekit: 1
id: demo
calendar: weekdays
units:
  - {id: hq, kind: head}
  - {id: sh, kind: branch, parent: hq, tags: [coast]}
  - {id: bj, kind: branch, parent: hq, size: large}
obligations:
  other: {every: month}
  x:
"""

CASES = {
    "every: quarter\ndue: {month: last, day: 20, adjust: following}": (
        "By the 20th of each quarter's last month, or the next working day.",
        "每季度最后一个月 20 日前，遇非工作日顺延。",
    ),
    "every: month\ndue: {month: next, day: 15}\ntime: 17:30": (
        "Each month, by the 15th of the next month, at 17:30.",
        "每月，次月 15 日前，17:30。",
    ),
    "every: 2 months\norigin: 2022-02\ndue: {day: 28}": (
        "Every 2 months (one begins in February), by the 28th of the period's last month.",
        "每 2 个月（其一始于 2 月），周期最后一个月 28 日前。",
    ),
    "every: 2 weeks\norigin: 2023-02-06": (
        "Every 2 weeks (one begins on 2023-02-06), by the last day of the period.",
        "每 2 周（其一始于 2023-02-06），周期最后一日前。",
    ),
    "every: quarter\nonly: [Q1, Q3]\nyear_start: 04-01\nyear_named: last": (
        (
            "Each quarter (in years from 1 April on, named by the year in which they end; Q1 and Q3 only), "
            "by the last day of the quarter."
        ),
        "每季度（年度自 4 月 1 日起，以末年命名；仅第一季度、第三季度），季度最后一日前。",
    ),
    "every: 3 months\nskip: 6": (
        "Every 3 months (without those that end in June), by the last day of the period.",
        "每 3 个月（不含止于 6 月的），周期最后一日前。",
    ),
    "every: week\ndue: {weekday: wed}": ("By the Wednesday of each week.", "每周周三前。"),
    "every: year\ndue: {date: 06-20}": ("By 20 June of each year.", "每年 6 月 20 日前。"),
    "every: month\ndue: [{day: 10, title: First}, {day: 20, opens: {day: 11}}]": (
        (
            "Each month, (1) by the 10th of the month, called “First”; (2) by the 20th of the month; "
            "it opens on the 11th of the month."
        ),
        "每月，（1）当月 10 日前，称“First”；（2）当月 20 日前；自当月 11 日起办理。",
    ),
    "every: half_year\ndue: {by_period: {H1: {date: 08-11}, H2: {date: 02-11, year: next}}}": (
        (
            "Each half-year, for the first half by 11 August of the same year; "
            "for the second half by 11 February of the next year."
        ),
        "每半年，上半年：当年 8 月 11 日前；下半年：次年 2 月 11 日前。",
    ),
    'every: {rrule: "FREQ=MONTHLY;BYDAY=-1FR", start: 2023-01-27}': (
        "Each day of FREQ=MONTHLY;BYDAY=-1FR from 2023-01-27 on, by the day itself.",
        "自 2023-01-27 起按 FREQ=MONTHLY;BYDAY=-1FR 逐日，不迟于当日。",
    ),
    'every: {rrule: "FREQ=YEARLY;UNTIL=09990105", start: 0990-01-05}': (
        "Each day of FREQ=YEARLY;UNTIL=09990105 from 0990-01-05 on, by the day itself.",
        "自 0990-01-05 起按 FREQ=YEARLY;UNTIL=09990105 逐日，不迟于当日。",
    ),
    "every: {periods: {t1: 2023-02-01..05-31, t2: 2023-09}}": (
        "Each of t1 (2023-02-01 to 2023-05-31) and t2 (2023-09-01 to 2023-09-30), by the last day of the period.",
        "t1（2023-02-01 至 2023-05-31）、t2（2023-09-01 至 2023-09-30）各期，周期最后一日前。",
    ),
    "once: 2023-06": ("Once, by the last day of June 2023.", "一次，2023 年 6 月最后一日前。"),
    "once: {before: 2023-12}\ndue: {adjust: preceding}": (
        "Once, by the day before December 2023 begins, or the working day before.",
        "一次，不迟于 2023 年 12 月开始的前一日，遇非工作日提前。",
    ),
    "dates: {2026Q1: 2026-04-17, kick-off: {date: 2026-01-05, time: 09:00}}": (
        "On given dates (2026Q1: 2026-04-17, kick-off (2026-01-05): 2026-01-05 09:00), by the date given.",
        "按所列日期（2026Q1：2026-04-17、kick-off（2026-01-05）：2026-01-05 09:00），不迟于所列日期。",
    ),
    "upon: {event: incident}\ndue: {add: 3 working days}": (
        "Upon each event “incident”, by 3 working days after the day of the trigger.",
        "每遇事件“incident”，不迟于触发日后 3 个工作日。",
    ),
    "upon: {obligation: other, at: nominal}": (
        "Each time “other” falls due by its rule, by the day of the trigger.",
        "每逢“other”依规则到期，不迟于触发日。",
    ),
    "standing: true\nquota: {at_least: 1}": (
        "At all times, without a date; at least 1.",
        "长期承担，没有期限；至少 1。",
    ),
    "every: year\napplies_to: [hq, {kind: branch, tag: coast}]\nfrom: 2023": (
        (
            "By the last day of each year; from 2023-01-01 on; "
            "owed by “hq” and all of kind “branch” and with the tag “coast”."
        ),
        "每年最后一日前；2023-01-01 起；责任单位：“hq”、类别为“branch”且带标签“coast”的单位。",
    ),
    "every: year\nexcept: {size: large}\njointly: true\nlead: hq\nabsorbs: other": (
        (
            "By the last day of each year; owed by everyone, but not all with “size” “large” together; "
            "led by “hq”; where both fall on one day it stands for “other”."
        ),
        "每年最后一日前；责任单位：全体单位，“size”为“large”的单位除外，共同承担；“hq”牵头；同日时代替“other”。",
    ),
    "every: year\ncascade: 3 working days\ncalendar: weekdays": (
        (
            "By the last day of each year; working days of calendar weekdays; "
            "each unit 3 working days before the one above it."
        ),
        "每年最后一日前；工作日按日历 weekdays；每级比上一级提前 3 个工作日。",
    ),
}


def said(fields: str, language: str) -> list[str]:
    """What is said of an obligation of these fields."""
    text = HEAD + "".join(f"    {line}\n" for line in fields.splitlines())
    file = read_rule_file(Source("demo.yaml", text), Surroundings())
    assert file.rulebook is not None, file.diagnostics
    return list(sentences(file.rulebook["x"], language))


@pytest.mark.parametrize("fields", CASES)
def test_an_obligation_is_one_sentence(fields: str) -> None:
    """What it says in English and in Chinese."""
    assert (said(fields, "en"), said(fields, "zh")) == ([CASES[fields][0]], [CASES[fields][1]])


def test_changes_and_exceptions_have_sentences_of_their_own() -> None:
    """A change is the sentence that it makes, from when on, for whom and since when; an exception what was decided."""
    fields = (
        "every: quarter\ndue: {day: 20}\n"
        "changes: [{from: 2024Q1, units: sh, due: {day: 25}, announced: 2023-11-20}]\n"
        "exceptions: {2023Q1: {due: 2023-03-31, units: bj}, 2023Q2: {waived: merged, announced: 2023-05-01}}"
    )
    assert said(fields, "en") == [
        "By the 20th of each quarter's last month.",
        "from 2024-01-01 on, for “sh” (announced 2023-11-20): by the 25th of each quarter's last month.",
        "2023Q1 for “bj”: due on 2023-03-31.",
        "2023Q2 (announced 2023-05-01): waived (merged).",
    ]
    assert said(fields, "zh")[1:] == [
        "2024-01-01 起，“sh”（2023-11-20 公布）：每季度最后一个月 25 日前。",
        "2023Q1（“bj”）：截止 2023-03-31。",
        "2023Q2（2023-05-01 公布）：免除（merged）。",
    ]


NAMED = """\
cyclekit: 1
id: demo
units:
  - {id: hq, name: {en: Head office, zh: 总部}}
  - {id: sh, name: 上海, parent: hq}
obligations:
  plan: {title: {en: Plan, zh: 计划}, every: year}
  x: {applies_to: [hq, {under: hq}, sh], jointly: true, lead: hq, absorbs: plan, every: year, exceptions: {
    2026: {waived: late}}}
"""


def test_units_and_obligations_by_name() -> None:
    """Readers know them by name and title; where the id stands beside these, units of one name can be told apart."""
    book = read_rule_file(Source("demo.yaml", NAMED), Surroundings()).rulebook
    assert book is not None
    assert next(sentences(book["x"], "en", Names(book))) == (
        "By the last day of each year; owed by “Head office”, all from “Head office” down and “上海” together; "
        "led by “Head office”; where both fall on one day it stands for “Plan”."
    )
    (said,) = sentences(book["x"], "zh", Names(book, ids=True), exceptions=False)
    assert said == (
        "每年最后一日前；责任单位：“总部”（hq）、“总部”（hq）及其下级的单位、“上海”（sh），共同承担；"
        "“总部”（hq）牵头；同日时代替“计划”（plan）。"
    )


def test_the_sentence_of_a_form() -> None:
    """It leaves out who owes it, and says of which periods it is the form, where it is asked to."""
    fields = "every: month\napplies_to: sh\ndue: {day: 5}\nchanges: [{from: 2024-03, due: {day: 7}}]"
    text = HEAD + "".join(f"    {line}\n" for line in fields.splitlines())
    book = read_rule_file(Source("demo.yaml", text), Surroundings()).rulebook
    assert book is not None
    first, second = (
        attrs.evolve(book["x"], begins=Bounds(last=dt.date(2024, 2, 29))),
        attrs.evolve(book["x"].changes[0].result, begins=Bounds(dt.date(2024, 3, 1))),
    )
    assert sentence_in_force(first) == "By the 5th of each month."
    assert sentence_in_force(first, begins=True) == (
        "For periods that begin on 2024-02-29 or earlier: by the 5th of each month."
    )
    assert sentence_in_force(second, "zh", begins=True) == "起始日在 2024-03-01 及以后的各期：每月 7 日前。"
    both = attrs.evolve(second, begins=Bounds(dt.date(2024, 3, 1), dt.date(2024, 6, 30)))
    assert sentence_in_force(both, begins=True) == (
        "For periods that begin from 2024-03-01 to 2024-06-30: by the 7th of each month."
    )


# What the dates follow, in English and Chinese: who owes it, how much and until when stands elsewhere.
OF_DATES = {
    "every: quarter\ndue: {month: last, day: 20}\napplies_to: sh\nfrom: 2024\nquota: {at_least: 2}": (
        "By the 20th of each quarter's last month.",
        "每季度最后一个月 20 日前。",
    ),
    "every: year\ncalendar: weekdays\ncascade: 3 working days": (
        (
            "By the last day of each year; working days of calendar weekdays; "
            "each unit 3 working days before the one above it."
        ),
        "每年最后一日前；工作日按日历 weekdays；每级比上一级提前 3 个工作日。",
    ),
    "every: {periods: {A: 2024-01-01..2024-02-10, B: 2024-02-11..2024-03-20}}": (
        "Each of the periods listed, by the last day of the period.",
        "所列各期，周期最后一日前。",
    ),
    "upon: {obligation: other}\ndue: {add: 5 days}": (
        "Each time “other” falls due, by 5 days after the day of the trigger.",
        "每逢“other”到期，不迟于触发日后 5 天。",
    ),
    "once: 2024-06": ("", ""),
    "dates: {a: 2024-01-05, b: 2024-03-05}": ("", ""),
    "standing: true": ("", ""),
}


@pytest.mark.parametrize("fields", OF_DATES)
def test_the_sentence_that_dates_follow(fields: str) -> None:
    """It has cycle, anchor, calendar and cascade, and is empty where the file gives the dates."""
    text = HEAD + "".join(f"    {line}\n" for line in fields.splitlines())
    file = read_rule_file(Source("demo.yaml", text), Surroundings())
    assert file.rulebook is not None, file.diagnostics
    said = tuple(sentence_of_dates(file.rulebook["x"], language) for language in ("en", "zh"))
    assert said == OF_DATES[fields]
