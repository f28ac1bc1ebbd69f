"""Occurrences and periods in words."""

import datetime as dt
from pathlib import Path

import pytest

from cyclekit.model.obligation import Ahead, Amount, Quota, Source
from cyclekit.model.roster import Roster
from cyclekit.model.text import Text
from cyclekit.words.occurrences import (
    UnitAbove,
    above_words,
    ahead_line,
    cancelled_mark,
    description,
    details,
    person_words,
    quota_words,
    reminder_words,
    shared_lines,
    source_words,
    title_line,
    whose_line,
    whose_mark,
)
from cyclekit.words.periods import date_words, period_words
from tests.examples import expand


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("2023", "2023", "2023 年"),
        ("2023H1", "first half of 2023", "2023 年上半年"),
        ("2023Q3", "Q3 2023", "2023 年第三季度"),
        ("2023-05", "May 2023", "2023 年 5 月"),
        ("2023-W05", "week 5 of 2023", "2023 年第 5 周"),
        ("2023-05-01", "2023-05-01", "2023 年 5 月 1 日"),
        ("2023-05..06", "May to June 2023", "2023 年 5 月至 6 月"),
        ("2023-11..2024-01", "November 2023 to January 2024", "2023 年 11 月至 2024 年 1 月"),
        ("2023-05-01..15", "2023-05-01 to 2023-05-15", "2023 年 5 月 1 日至 5 月 15 日"),
        ("2023-05-30..06-02", "2023-05-30 to 2023-06-02", "2023 年 5 月 30 日至 6 月 2 日"),
        ("2023-W25..W26", "week 25 to week 26 of 2023", "2023 年第 25 周至第 26 周"),
        ("2023..2025", "2023 to 2025", "2023 年至 2025 年"),
        ("FY2023", "fiscal year 2023", "2023 财年"),
        ("FY2023Q1", "Q1 of fiscal year 2023", "2023 财年第一季度"),
        ("FY2023-M04", "month 4 of fiscal year 2023", "2023 财年第 4 月"),
        ("once", "once", "一次"),
        ("kick-off", "kick-off", "kick-off"),
        ("2012-MP1", "2012-MP1", "2012-MP1"),
    ],
)
def test_periods(label: str, english: str, chinese: str) -> None:
    """A label is said as a reader would; one of an author's own is given as it is."""
    assert (period_words(label), period_words(label, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("quota", "english", "chinese"),
    [
        ((), "", ""),
        ((Quota(at_least=Amount(2)),), "at least 2", "至少 2"),
        ((Quota(at_most=Amount(100000)),), "at most 100,000", "至多 100,000"),
        ((Quota(exactly=Amount(90, percent=True)),), "exactly 90 %", "恰好 90 %"),
        (
            (Quota(Amount(1), Amount(2), of=Text((("zh", "问题"), ("en", "cases")))), Quota(Amount(3))),
            "cases: at least 1, at most 2; at least 3",
            "问题至少 1，至多 2；至少 3",
        ),
    ],
)
def test_quotas(quota: tuple[Quota, ...], english: str, chinese: str) -> None:
    """A quota says how much, and of what."""
    assert (quota_words(quota), quota_words(quota, "zh-Hans")) == (english, chinese)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        (Source(), "", ""),
        (Source(issuer="会"), "会", "会"),
        (Source(document="法", article="5", page="3"), "法, art. 5, p. 3", "法，第 5 条，第 3 页"),
        (Source(document="法", article="任务 5", issuer="会"), "法, 任务 5 (会)", "法，任务 5（会）"),
    ],
)
def test_sources(source: Source, english: str, chinese: str) -> None:
    """A source is cited by document, article, page and issuer, as far as they are known."""
    assert (source_words(source), source_words(source, "zh")) == (english, chinese)


def test_reminders() -> None:
    """A reminder says whether its days are working days."""
    assert [reminder_words(each) for each in (Ahead(1), Ahead(7), Ahead(1, working=True))] == [
        "1 day before",
        "7 days before",
        "1 working day before",
    ]
    assert reminder_words(Ahead(3, working=True), "zh") == "提前 3 个工作日"


def test_dates() -> None:
    """A date has its weekday."""
    assert date_words(dt.date(2023, 3, 19)) == "2023-03-19 (Sun)"
    assert date_words(dt.date(2023, 3, 19), "zh") == "2023-03-19（周日）"


def test_title_lines(tmp_path: Path) -> None:
    """A title line has the quota; that it is waived, and whose it is, stands before it where a calendar wants that."""
    found = {str(each.key): each for each in expand(tmp_path, "2026")}
    waived = found["example/report/north/2026Q2"]
    assert title_line(waived, "zh") == "季报（简报至少 2）"
    assert cancelled_mark(waived.status, "zh") + whose_mark(waived.unit, "zh") == "[已取消] 北区："
    assert cancelled_mark(waived.status) + whose_mark(waived.unit) == "[Cancelled] North: "
    assert title_line(found["example/letter/top/once"]) == "Letter"
    assert cancelled_mark(found["example/letter/top/once"].status) == ""


def test_reminders_as_titles() -> None:
    """A reminder says in its title how many days are left."""
    assert ahead_line("Report", Ahead(1)) == "In 1 day: Report"
    assert ahead_line("Report", Ahead(3, working=True)) == "In 3 working days: Report"
    assert ahead_line("季报", Ahead(10), "zh") == "还有 10 天：季报"
    assert ahead_line("季报", Ahead(3, working=True), "zh") == "还有 3 个工作日：季报"


def test_what_units_share(tmp_path: Path) -> None:
    """The lines of a description but for the first are the same for all units, with places for the unit above."""
    found = {str(each.key): each for each in expand(tmp_path, "2026")}
    north, south = (found[f"example/report/{unit}/2026Q1"] for unit in ("north", "south"))
    lines = shared_lines(north, "zh", why="规定")
    assert lines == shared_lines(south, "zh", why="规定")
    assert ("报送：", UnitAbove()) in lines
    assert ("日期由来：", "规定") in lines
    assert (whose_line(north.unit, "zh"), whose_line(south.unit)) == ("责任单位：北区", "Owed by: South")
    assert above_words(north.unit, north.rulebook.roster, "zh") == "市总工会"
    whole = "\n".join(["责任单位：北区", *("".join(map(str, line)) for line in lines)])
    assert whole.replace(str(UnitAbove()), "市总工会") == description(north, "zh", why="规定")
    assert shared_lines(north, due=True)[0] == ("Due: ", "2026-03-31 (Tue)")


def test_above_the_top(tmp_path: Path) -> None:
    """Where there is no unit above, the word of the rule file stands; or the unit that has this very id."""
    book = next(iter(expand(tmp_path, "2026"))).rulebook
    assert above_words(book.roster["top"], book.roster) == "parent"
    odd = Roster(["parent", "other"], names=[Text.of("Parent office"), Text.of("Other")])
    assert person_words("parent", odd["other"], odd) == "Parent office"


def test_details(tmp_path: Path) -> None:
    """The details have all that is known of an occurrence, in words, and nothing that is empty."""
    found = {str(each.key): each for each in expand(tmp_path)}
    assert dict(details(found["example/report/north/2026Q1"], "zh")) == {
        "责任单位": "北区",
        "事项": "季报",
        "所属期": "2026 年第一季度",
        "原定": "2026-03-20（周五）",
        "原因": "洪水",
        "数量": "简报至少 2",
        "提交": "plan (3 copies)、roster",
        "报送": "市总工会",
        "提醒": "提前 10 天、提前 3 个工作日",
        "备注": "Path C:\\New; a, b\nsecond line",
        "依据": "Act 7（Council）",
    }
    assert dict(details(found["example/letter/top/once"])) == {
        "Owed by": "City union",
        "What": "Letter",
        "Together with": "North, South",
        "Source": "Act 7 (Council)",
    }
    assert dict(details(found["example/report/north/2026Q3"]))["Status"] == "absorbed by Summary"
    assert "the date may move" in dict(details(found["example/far/south/once"]))["Status"]
