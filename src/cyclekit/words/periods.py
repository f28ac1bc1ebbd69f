"""Periods and dates in words: the label of a period as a reader would say it."""

import datetime as dt
import re

from cyclekit.civil.spans import Bounds
from cyclekit.model.timing import ONCE

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = tuple(zip((day[:3] for day in _WEEKDAYS), (f"周{day}" for day in "一二三四五六日"), strict=True))
_QUARTERS = "一二三四"
_LABEL = re.compile(
    r"(?P<fiscal>FY)?(?P<year>[0-9]{4})(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|-W(?P<week>[0-9]{2})|-M(?P<number>[0-9]{2})"
    r"|-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?)?"
)


def is_chinese(language: str) -> bool:
    """Whether a language tag is one of Chinese."""
    return language.lower().partition("-")[0] == "zh"


def weekday_words(day: dt.date, language: str = "en") -> str:
    """The short name of a day's weekday.

    >>> weekday_words(dt.date(2023, 3, 20), "zh")
    '周一'
    """
    return _DAYS[day.weekday()][is_chinese(language)]


def weekday_name(weekday: int, language: str = "en") -> str:
    """The full name of a weekday; Monday is 0.

    >>> weekday_name(6), weekday_name(6, "zh")
    ('Sunday', '星期日')
    """
    return f"星期{_DAYS[weekday][1][1:]}" if is_chinese(language) else _WEEKDAYS[weekday]


def day_words(day: dt.date, language: str = "en") -> str:
    """A day with its weekday in full.

    >>> day_words(dt.date(2026, 9, 20)), day_words(dt.date(2026, 9, 20), "zh")
    ('Sunday, 2026-09-20', '2026-09-20 星期日')
    """
    name = weekday_name(day.weekday(), language)
    return f"{day} {name}" if is_chinese(language) else f"{name}, {day}"


def month_name(month: int, language: str = "en") -> str:
    """The name of a month; January is 1.

    >>> month_name(6), month_name(6, "zh")
    ('June', '6 月')
    """
    return f"{month} 月" if is_chinese(language) else _MONTHS[month - 1]


def ordinal(number: int) -> str:
    """A number as a place in an order, in English.

    >>> [ordinal(each) for each in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def date_words(day: dt.date, language: str = "en") -> str:
    """A date with its weekday.

    >>> date_words(dt.date(2023, 3, 20))
    '2023-03-20 (Mon)'
    """
    name = weekday_words(day, language)
    return f"{day.isoformat()}（{name}）" if is_chinese(language) else f"{day.isoformat()} ({name})"


def period_words(label: str, language: str = "en") -> str:
    """The period that a label names, in words; a label of an author's own is given as it is.

    >>> period_words("2023Q1"), period_words("2023Q1", "zh")
    ('Q1 2023', '2023 年第一季度')
    >>> period_words("2022-11..12"), period_words("2022-11..12", "zh")
    ('November to December 2022', '2022 年 11 月至 12 月')
    """
    chinese = is_chinese(language)
    if label == ONCE:
        return "一次" if chinese else "once"
    start, dots, end = label.partition("..")
    # The second half of a label leaves out what it shares with the first.
    end = start[: max(len(start) - len(end), 0)] + end if dots else ""
    first, last = _LABEL.fullmatch(start), _LABEL.fullmatch(end or start)
    if first is None or last is None:
        return label
    if not end:
        return _chinese(first) if chinese else _english(first)
    if chinese:
        second = _chinese(last).removeprefix(f"{first['year']} 年")
        return f"{_chinese(first)}至{' ' if second[:1].isdecimal() else ''}{second}"
    one, other = _english(first), _english(last)
    for shared in (f" of {first['year']}", f" {first['year']}"):
        if one.endswith(shared) and other.endswith(shared):
            return f"{one.removesuffix(shared)} to {other}"
    return f"{one} to {other}"


def bounds_words(bounds: Bounds, language: str = "en") -> str:
    """From when on and until when, in words; nothing where there are no bounds.

    >>> bounds_words(Bounds(dt.date(2022, 11, 1))), bounds_words(Bounds(dt.date(2022, 11, 1)), "zh")
    ('from 2022-11-01 on', '2022-11-01 起')
    """
    first, last, chinese = bounds.first, bounds.last, is_chinese(language)
    if first and last:
        return f"{first} 至 {last}" if chinese else f"from {first} to {last}"
    if first:
        return f"{first} 起" if chinese else f"from {first} on"
    return (f"至 {last}" if chinese else f"until {last}") if last else ""


def _english(name: re.Match[str]) -> str:
    year = f"fiscal year {name['year']}" if name["fiscal"] else name["year"]
    of = f" of {year}" if name["fiscal"] else f" {year}"
    if name["day"]:
        return name.string
    if name["month"]:
        return f"{_MONTHS[int(name['month']) - 1]}{of}"
    if name["quarter"]:
        return f"Q{name['quarter']}{of}"
    if name["half"]:
        return f"{'first' if name['half'] == '1' else 'second'} half of {year}"
    if name["week"]:
        return f"week {int(name['week'])} of {year}"
    return f"month {int(name['number'])} of {year}" if name["number"] else year


def _chinese(name: re.Match[str]) -> str:
    year = f"{name['year']} 财年" if name["fiscal"] else f"{name['year']} 年"
    if name["month"]:
        day = f" {int(name['day'])} 日" if name["day"] else ""
        return f"{year} {int(name['month'])} 月{day}"
    if name["quarter"]:
        return f"{year}第{_QUARTERS[int(name['quarter']) - 1]}季度"
    if name["half"]:
        return f"{year}{'上' if name['half'] == '1' else '下'}半年"
    if name["week"]:
        return f"{year}第 {int(name['week'])} 周"
    return f"{year}第 {int(name['number'])} 月" if name["number"] else year
