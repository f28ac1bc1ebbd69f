"""Anchors in words: “the 20th of the quarter's last month”, 「季度最后一个月 20 日」.

How a period is called depends on its cycle: one that recurs by months has no last month but itself. A frame holds
the words for that; where no cycle is at hand, a period is a period. English and Chinese stand side by side.
"""

from typing import Literal, NamedTuple

import attrs

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, Weeks
from cyclekit.civil.recurrence import Recurrence
from cyclekit.model.pipeline import (
    Anchor,
    DateOfYear,
    DayOfMonth,
    DueDate,
    Holiday,
    MonthEnd,
    MonthOfPeriod,
    PeriodEnd,
    PeriodStart,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayOfWeek,
    WorkingDay,
)
from cyclekit.model.timing import Every, Timing, Upon
from cyclekit.words.periods import is_chinese, month_name, ordinal, weekday_name

SHORTEST_MONTH = 28
MONTHS_OF_YEAR = 12
LEAP_DAY = (2, 29)


class Both(NamedTuple):
    """The same words in English and Chinese."""

    en: str
    zh: str

    def get(self, language: str) -> str:
        """The words in one language."""
        return self.zh if is_chinese(language) else self.en


@attrs.frozen
class Frame:
    """What a period is called.

    ``months`` is how many it has: 0 where it is shorter than one, None where that is not known. ``in_one_year``
    says that it lies in one calendar year. ``kind`` tells a day, a week and a trigger from other spans, and ``every``
    says that all periods are meant: “each quarter” instead of “the quarter”.
    """

    name: Both
    months: int | None = None
    in_one_year: bool = False
    kind: Literal["day", "week", "trigger", "span"] = "span"
    every: bool = False


PERIOD = Frame(Both("the period", "周期"))
_DAY = Frame(Both("the day", "当日"), 0, in_one_year=True, kind="day")
#: The one day on which something fired: everything starts from it.
TRIGGER = Frame(Both("the day of the trigger", "触发日"), 0, in_one_year=True, kind="trigger")
_WEEK = Frame(Both("the week", "当周"), 0, kind="week")

_OF_MONTHS = {
    "month": Both("the month", "当月"),
    "quarter": Both("the quarter", "季度"),
    "half_year": Both("the half-year", "半年"),
    "year": Both("the year", "年度"),
}


def frame_of(timing: Timing) -> Frame:
    """What the periods of a timing are called."""
    match timing:
        case Every(cycle=cycle):
            return _frame(cycle)
        case Upon():
            return TRIGGER
        case _:
            return PERIOD


_EACH = {
    "month": Both("each month", "每月"),
    "quarter": Both("each quarter", "每季度"),
    "half_year": Both("each half-year", "每半年"),
    "year": Both("each year", "每年"),
    "day": Both("each day", "每日"),
    "week": Both("each week", "每周"),
    "half_month": Both("each half-month", "每半月"),
    "ten_days": Both("each ten days", "每旬"),
}
_CALLED = {
    "the month": "month",
    "the quarter": "quarter",
    "the half-year": "half_year",
    "the year": "year",
    "the day": "day",
    "the week": "week",
    "the half-month": "half_month",
    "the ten days": "ten_days",
}


def each_name(cycle: Cycle) -> Both:
    """All periods of a cycle that has a name: “each quarter”, whichever year it is one of."""
    match cycle:
        case Months(spelling=spelling):
            return _EACH[spelling]
        case Weeks():
            return _EACH["week"]
        case Days():
            return _EACH["day"]
        case _:
            return _EACH["half_month" if cycle == HALF_MONTH else "ten_days"]


def each_of(frame: Frame) -> Frame:
    """The same frame for all its periods: “each quarter”. A frame without a name of its own stays as it is."""
    called = _CALLED.get(frame.name.en)
    return attrs.evolve(frame, name=_EACH[called], every=True) if called else frame


def _frame(cycle: Cycle) -> Frame:
    match cycle:
        case Months(n=n, spelling=spelling, year=year) if spelling in _OF_MONTHS and year.day == 1:
            return Frame(_OF_MONTHS[spelling], n, in_one_year=n == 1 or year.is_calendar_year)
        case Weeks(n=1):
            return _WEEK
        case Days(n=1) | Recurrence():
            return _DAY
        case _ if cycle == HALF_MONTH:
            return Frame(Both("the half-month", "半月期"), 0, in_one_year=True)
        case _ if cycle == TEN_DAYS:
            return Frame(Both("the ten days", "本旬"), 0, in_one_year=True)
        case _:
            return PERIOD


def anchor_words(anchor: Anchor, language: str = "en", frame: Frame = PERIOD) -> str:
    """The day that an anchor means.

    >>> anchor_words(DayOfMonth(20)), anchor_words(DayOfMonth(20), "zh")
    ("the 20th of the period's last month", '周期最后一个月 20 日')
    """
    return said_anchor(anchor, frame).get(language)


def said_anchor(anchor: Anchor, frame: Frame = PERIOD) -> Both:
    """The day that an anchor means, in both languages."""
    match anchor:
        case DayOfMonth(day=day, month="period"):
            return _day_of_period(day, frame)
        case DayOfMonth(day=day, month=month, month_end=month_end):
            lost = missing(month_end, possible=day > SHORTEST_MONTH)
            return joined(_of(the(day_words(day)), _month(month, frame)), lost)
        case WeekdayOfMonth(month=month) | WorkingDay(month=month):
            return _of(the(nth_words(anchor)), _month(month, frame))
        case WeekdayOfWeek(weekday=weekday):
            return _of(the(weekday_words(weekday)), _last_week(frame))
        case DateOfYear(month=month, day=day, years=years, month_end=month_end):
            lost = missing(month_end, possible=(month, day) == LEAP_DAY)
            return joined(_of(date_of_year(month, day), _year(years, frame)), lost)
        case Holiday(name=name):
            year = _year(0, frame)
            return Both(f"the first day of “{name}” in {year.en}", f"{year.zh}“{name}”首日")
        case PeriodStart() | PeriodEnd():
            return _day_of_period(1 if isinstance(anchor, PeriodStart) else -1, frame)
        case TriggerDate():
            return TRIGGER.name
        case DueDate():
            return Both("the due date", "截止日")


def joined(*parts: Both) -> Both:
    """Some words one after the other."""
    return Both("".join(each.en for each in parts), "".join(each.zh for each in parts))


def the(words: Both) -> Both:
    """With the English article."""
    return Both(f"the {words.en}", words.zh)


def _of(part: Both, whole: Both) -> Both:
    """A part of a whole: English says the part first, Chinese the whole."""
    space = " " if part.zh[0].isdigit() else ""
    return Both(f"{part.en} of {whole.en}", f"{whole.zh}{space}{part.zh}")


def day_words(day: int) -> Both:
    """A day counted from either end of a month: “20th”, “last day”, “2nd day from the end”."""
    if day == -1:
        return Both("last day", "最后一日")
    return (
        Both(ordinal(day), f"{day} 日") if day > 0 else Both(f"{ordinal(-day)} day from the end", f"倒数第 {-day} 日")
    )


def weekday_words(weekday: int) -> Both:
    """A weekday in a sentence."""
    return Both(weekday_name(weekday), weekday_name(weekday, "zh").replace("星期", "周"))


def date_of_year(month: int, day: int) -> Both:
    """A day of the year: “20 June”."""
    return Both(f"{day} {month_name(month)}", f"{month_name(month, 'zh')} {day} 日")


def nth_words(anchor: WeekdayOfMonth | WorkingDay) -> Both:
    """The k-th weekday or working day of a month: “3rd Wednesday”, “2nd working day from the end”."""
    match anchor:
        case WeekdayOfMonth(weekday=weekday, nth=nth):
            name = weekday_words(weekday)
            return (
                Both(f"last {name.en}", f"最后一个{name.zh}")
                if nth < 0
                else Both(f"{ordinal(nth)} {name.en}", f"第 {nth} 个{name.zh}")
            )
        case WorkingDay(number=-1):
            return Both("last working day", "最后一个工作日")
        case WorkingDay(number=number) if number < 0:
            return Both(f"{ordinal(-number)} working day from the end", f"倒数第 {-number} 个工作日")
        case WorkingDay(number=number):
            return Both(f"{ordinal(number)} working day", f"第 {number} 个工作日")


def missing(month_end: MonthEnd, *, possible: bool = True) -> Both:
    """What becomes of a day that its month lacks; nothing for the last day instead, which nobody needs to be told."""
    match month_end:
        case _ if not possible:
            return Both("", "")
        case MonthEnd.CLAMP | MonthEnd.STICKY:
            return Both("", "")
        case MonthEnd.NEXT:
            return Both(" (or the 1st of the next month, if there is no such day)", "（无此日的，为次月 1 日）")
        case MonthEnd.SKIP:
            return Both(" (none, if there is no such day)", "（无此日的，本期无）")
        case MonthEnd.ERROR:
            return Both(" (there must be such a day)", "（须有此日）")


def _day_of_period(day: int, frame: Frame) -> Both:
    if frame.kind == "day" and day in (1, -1):
        return frame.name if frame.every else Both("the day itself", "当日")
    if day in (1, -1):
        return _of(Both("the first day", "第一日") if day > 0 else the(day_words(day)), frame.name)
    return _of(Both(f"day {day}", f"第 {day} 日") if day > 0 else the(day_words(day)), frame.name)


def _last_week(frame: Frame) -> Both:
    return frame.name if frame.kind == "week" else Both(f"{frame.name.en}'s last week", f"{frame.name.zh}最后一周")


def _month(which: MonthOfPeriod, frame: Frame) -> Both:
    """Which month of the period."""
    match which:
        case "period":
            return frame.name
        case _ if frame.months in (0, 1):
            return _month_of_one(which, frame)
        case "last":
            return Both(f"{frame.name.en}'s last month", f"{frame.name.zh}最后一个月")
        case "first" | 1:
            return Both(f"{frame.name.en}'s first month", f"{frame.name.zh}第一个月")
        case "next":
            return Both(f"the month after {frame.name.en}", f"{frame.name.zh}后次月")
        case "previous":
            return Both(f"the month before {frame.name.en}", f"{frame.name.zh}前一个月")
        case number:
            return _nth_month(number, frame.name)


def _month_of_one(which: MonthOfPeriod, frame: Frame) -> Both:
    """Which month, where the period has but one, or ends in one: every word starts from that."""
    own = frame.name if frame.months == 1 else _ends_in(frame)
    match which:
        case "next" | 2:
            return (
                Both("the next month", "次月") if frame.months else Both(f"the month after {own.en}", f"{own.zh}之次月")
            )
        case "previous" if frame.months:
            return Both("the month before", "上月")
        case "previous":
            return Both(f"the month before {own.en}", f"{own.zh}之上月")
        case "first" | "last" | "period" | 1:
            return own
        case number:
            return _nth_month(number, own)


def _nth_month(number: int, begin: Both) -> Both:
    return Both(f"the {ordinal(number)} month from the start of {begin.en}", f"{begin.zh}起第 {number} 个月")


def _ends_in(frame: Frame) -> Both:
    """The month that counts for a period shorter than one."""
    if frame.kind == "week":
        return Both(f"the month in which {frame.name.en} ends", f"{frame.name.zh}末日所在月")
    return Both(
        "the month of the trigger" if frame.kind == "trigger" else f"the month of {frame.name.en}",
        f"{frame.name.zh}所在月",
    )


def _year(years: int, frame: Frame) -> Both:
    """The year in which the period ends, or one so many years on."""
    if not frame.in_one_year:
        return _years_on(years, Both(f"the year in which {frame.name.en} ends", f"{frame.name.zh}末日当年"))
    match years:
        case 0 if frame.every and frame.months == MONTHS_OF_YEAR:
            return frame.name
        case 0:
            return Both("the year" if frame.months == MONTHS_OF_YEAR else "the same year", "当年")
        case 1:
            return Both("the next year", "次年")
        case -1:
            return Both("the year before", "上年")
        case _ if years > 0:
            return Both(f"the {ordinal(years)} year after", f"其后第 {years} 年")
        case _:
            return Both(f"the {ordinal(-years)} year before", f"其前第 {-years} 年")


def _years_on(years: int, year: Both) -> Both:
    match years:
        case 0:
            return year
        case 1:
            return Both(f"the year after {year.en}", f"{year.zh}之次年")
        case -1:
            return Both(f"the year before {year.en}", f"{year.zh}之上年")
        case _ if years > 0:
            return Both(f"the {ordinal(years)} year after {year.en}", f"{year.zh}后第 {years} 年")
        case _:
            return Both(f"the {ordinal(-years)} year before {year.en}", f"{year.zh}前第 {-years} 年")
