"""Courses in words: every anchor and step in both languages, worked out by hand."""

import pytest

from cyclekit.civil.conventions import Convention
from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DateTarget,
    DayOfMonth,
    DueDate,
    Extend,
    Holiday,
    Include,
    MonthEnd,
    MonthsTarget,
    MoveTo,
    PeriodEnd,
    PeriodStart,
    Step,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.model.timing import Every, OfEvent, Upon
from cyclekit.words.anchors import PERIOD, anchor_words, frame_of
from cyclekit.words.courses import course_words, step_words


@pytest.mark.parametrize(
    ("anchor", "english", "chinese"),
    [
        (DayOfMonth(20), "the 20th of the period's last month", "周期最后一个月 20 日"),
        (DayOfMonth(-1, "first"), "the last day of the period's first month", "周期第一个月最后一日"),
        (DayOfMonth(-2, "next"), "the 2nd day from the end of the month after the period", "周期后次月倒数第 2 日"),
        (DayOfMonth(1, "previous"), "the 1st of the month before the period", "周期前一个月 1 日"),
        (DayOfMonth(3, 5), "the 3rd of the 5th month from the start of the period", "周期起第 5 个月 3 日"),
        (DayOfMonth(40, "period"), "day 40 of the period", "周期第 40 日"),
        (DayOfMonth(-3, "period"), "the 3rd day from the end of the period", "周期倒数第 3 日"),
        (
            DayOfMonth(31, month_end=MonthEnd.NEXT),
            "the 31st of the period's last month (or the 1st of the next month, if there is no such day)",
            "周期最后一个月 31 日（无此日的，为次月 1 日）",
        ),
        (
            DayOfMonth(30, month_end=MonthEnd.SKIP),
            "the 30th of the period's last month (none, if there is no such day)",
            "周期最后一个月 30 日（无此日的，本期无）",
        ),
        (
            DayOfMonth(29, month_end=MonthEnd.ERROR),
            "the 29th of the period's last month (there must be such a day)",
            "周期最后一个月 29 日（须有此日）",
        ),
        (WeekdayOfMonth(2, 3), "the 3rd Wednesday of the period's last month", "周期最后一个月第 3 个周三"),
        (WeekdayOfMonth(4, -1, "period"), "the last Friday of the period", "周期最后一个周五"),
        (WeekdayOfWeek(0), "the Monday of the period's last week", "周期最后一周周一"),
        (WorkingDay(5), "the 5th working day of the period's last month", "周期最后一个月第 5 个工作日"),
        (WorkingDay(-1), "the last working day of the period's last month", "周期最后一个月最后一个工作日"),
        (
            WorkingDay(-3, "period"),
            "the 3rd working day from the end of the period",
            "周期倒数第 3 个工作日",
        ),
        (DateOfYear(6, 20), "20 June of the year in which the period ends", "周期末日当年 6 月 20 日"),
        (
            DateOfYear(2, 11, 1),
            "11 February of the year after the year in which the period ends",
            "周期末日当年之次年 2 月 11 日",
        ),
        (
            DateOfYear(2, 29, month_end=MonthEnd.SKIP),
            "29 February of the year in which the period ends (none, if there is no such day)",
            "周期末日当年 2 月 29 日（无此日的，本期无）",
        ),
        (
            Holiday("Mid-Autumn Festival"),
            "the first day of “Mid-Autumn Festival” in the year in which the period ends",
            "周期末日当年“Mid-Autumn Festival”首日",
        ),
        (PeriodStart(), "the first day of the period", "周期第一日"),
        (PeriodEnd(), "the last day of the period", "周期最后一日"),
        (TriggerDate(), "the day of the trigger", "触发日"),
        (DueDate(), "the due date", "截止日"),
    ],
    ids=str,
)
def test_anchors(anchor: Anchor, english: str, chinese: str) -> None:
    """Each anchor says which day it means; a clamped day says nothing of months that lack it."""
    assert (anchor_words(anchor), anchor_words(anchor, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("cycle", "english", "chinese"),
    [
        (Months(1, "month"), "the 20th of the month", "当月 20 日"),
        (Months(3, "quarter"), "the 20th of the quarter's last month", "季度最后一个月 20 日"),
        (Months(6, "half_year"), "the 20th of the half-year's last month", "半年最后一个月 20 日"),
        (Months(12, "year"), "the 20th of the year's last month", "年度最后一个月 20 日"),
        (Months(2, "months"), "the 20th of the period's last month", "周期最后一个月 20 日"),
        (Months(1, "month", 3, YearStart(4, 6)), "the 20th of the period's last month", "周期最后一个月 20 日"),
        (Weeks(1), "the 20th of the month in which the week ends", "当周末日所在月 20 日"),
        (Weeks(2), "the 20th of the period's last month", "周期最后一个月 20 日"),
        (Days(1), "the 20th of the month of the day", "当日所在月 20 日"),
        (HALF_MONTH, "the 20th of the month of the half-month", "半月期所在月 20 日"),
        (TEN_DAYS, "the 20th of the month of the ten days", "本旬所在月 20 日"),
    ],
    ids=str,
)
def test_periods_have_names(cycle: Cycle, english: str, chinese: str) -> None:
    """Where the cycle is known, its period is called what it is: a month has no last month but itself."""
    frame = frame_of(Every(cycle))
    assert (anchor_words(DayOfMonth(20), "en", frame), anchor_words(DayOfMonth(20), "zh", frame)) == (english, chinese)


def test_a_period_of_one_day() -> None:
    """It has neither a first nor a last day, but itself."""
    frame = frame_of(Every(Days(1)))
    assert (anchor_words(PeriodEnd(), "en", frame), anchor_words(PeriodStart(), "zh", frame)) == (
        "the day itself",
        "当日",
    )


def test_after_a_trigger() -> None:
    """Everything starts from the day of the trigger: its month, and its year."""
    frame = frame_of(Upon(OfEvent("incident")))
    assert anchor_words(DayOfMonth(15, "next"), "en", frame) == "the 15th of the month after the month of the trigger"
    assert anchor_words(DateOfYear(3, 1, 1), "zh", frame) == "次年 3 月 1 日"
    assert anchor_words(TriggerDate(), "zh", frame) == "触发日"


@pytest.mark.parametrize(
    ("step", "english", "chinese"),
    [
        (Add(40, "days"), "40 days later", "往后 40 天"),
        (Add(-1, "working days"), "1 working day earlier", "往前 1 个工作日"),
        (
            Add(3, "working days", calendar="CN"),
            "3 working days later (by calendar CN)",
            "往后 3 个工作日（按日历 CN）",
        ),
        (
            Add(1, "months", MonthEnd.STICKY),
            "1 month later (from a last day of a month to a last day)",
            "往后 1 个月（月末日仍为月末日）",
        ),
        (Add(24, "hours"), "24 hours later", "往后 24 小时"),
        (
            MoveTo((WeekdayTarget(4),), later=True, staying=True),
            "the next Friday on or after it",
            "移至当日或其后最近的周五",
        ),
        (
            MoveTo((DateTarget(6, 20), DateTarget(12, 20)), later=False, staying=False),
            "the previous 20 June or 20 December before it",
            "移至其前最近的 6 月 20 日或 12 月 20 日",
        ),
        (
            MoveTo((MonthsTarget(WeekdayOfMonth(2, 3), frozenset({3, 6, 9})),), later=True, staying=False),
            "the next 3rd Wednesday of March, June or September after it",
            "移至其后最近的 3 月、6 月或 9 月第 3 个周三",
        ),
        (
            MoveTo((MonthsTarget(DayOfMonth(15)), MonthsTarget(WorkingDay(-1))), later=True, staying=True),
            "the next 15th of a month or last working day of a month on or after it",
            "移至当日或其后最近的每月 15 日或每月最后一个工作日",
        ),
        (Include(2), "so that it includes at least 2 working days", "其间至少含 2 个工作日"),
        (
            Extend(3, "working days"),
            "extended by one working day for each day of a holiday of 3 or more days off in a row",
            "期内有连续 3 日以上休假的，按天数顺延相应工作日",
        ),
        (
            Extend(3, "days"),
            "extended by one day for each day of a holiday of 3 or more days off in a row",
            "期内有连续 3 日以上休假的，按天数顺延",
        ),
        (Adjust(Convention.NONE), "working day or not", "遇非工作日不调整"),
        (Adjust(Convention.FOLLOWING), "or the next working day", "遇非工作日顺延"),
        (
            Adjust(Convention.PRECEDING, "unit"),
            "or the working day before (by the unit's calendar)",
            "遇非工作日提前（按本单位日历）",
        ),
        (
            Adjust(Convention.MODIFIED_FOLLOWING),
            "or the next working day, or the one before where that is in another month",
            "遇非工作日顺延，跨月则提前",
        ),
        (
            Adjust(Convention.MODIFIED_PRECEDING),
            "or the working day before, or the next one where that is in another month",
            "遇非工作日提前，跨月则顺延",
        ),
        (
            Adjust(Convention.NEAREST),
            "or the nearest working day, of two the later",
            "遇非工作日移至最近的工作日，等距取后",
        ),
        (
            Adjust(Convention.HALF_MONTH_MODIFIED_FOLLOWING),
            "or the next working day, or the one before where that is in another half of a month",
            "遇非工作日顺延，跨月或跨 15 日则提前",
        ),
        (Adjust(Convention.SKIP), "or none if not a working day", "遇非工作日则免"),
    ],
    ids=str,
)
def test_steps(step: Step, english: str, chinese: str) -> None:
    """Each step says what it does to the date before it."""
    assert (step_words(step), step_words(step, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("course", "english", "chinese"),
    [
        (Course(), "the last day of the period", "周期最后一日"),
        (Course(steps=(Add(40, "days"),)), "40 days after the last day of the period", "周期最后一日后 40 天"),
        (
            Course(DayOfMonth(20), (Adjust(Convention.FOLLOWING),)),
            "the 20th of the period's last month, or the next working day",
            "周期最后一个月 20 日，遇非工作日顺延",
        ),
        (
            Course(
                WeekdayOfWeek(1),
                (Adjust(Convention.PRECEDING), Add(3, "working days"), Adjust(Convention.FOLLOWING, "US-DC")),
                "CN",
            ),
            (
                "the Tuesday of the period's last week, or the working day before, then 3 working days later, "
                "or the next working day (by calendar US-DC), all by calendar CN"
            ),
            "周期最后一周周二，遇非工作日提前，再往后 3 个工作日，遇非工作日顺延（按日历 US-DC），均按日历 CN",
        ),
        (
            Course(TriggerDate(), (Add(-2, "weeks"), MoveTo((WeekdayTarget(0),), later=False, staying=True))),
            "2 weeks before the day of the trigger, then the previous Monday on or before it",
            "触发日前 2 周，移至当日或其前最近的周一",
        ),
    ],
    ids=str,
)
def test_whole_courses(course: Course, english: str, chinese: str) -> None:
    """A course is one sentence part; a first shift is said with what it starts from."""
    assert (course_words(course), course_words(course, "zh")) == (english, chinese)
    assert course_words(course, "en", PERIOD) == english
