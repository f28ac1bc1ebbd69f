"""The way of a date in words, row by row: what each step was, where it led, and what made the difference."""

import datetime as dt
from collections.abc import Iterator

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.model.explanation import Cascaded, Explanation, Fired, Stretch, Waypoint
from cyclekit.model.obligation import PeriodException
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.pipeline import Add, Adjust, DateOfYear, DayOfMonth, Extend, Include, Step, TriggerDate
from cyclekit.model.timing import Once
from cyclekit.words.anchors import Both, frame_of, said_anchor
from cyclekit.words.courses import said_step
from cyclekit.words.occurrences import source_words, unit_words
from cyclekit.words.periods import day_words, is_chinese, ordinal, period_words
from cyclekit.words.rules import said_given
from cyclekit.words.stretches import stretch_words

#: How many stretches of days are told for one step.
MOST_STRETCHES = 8
SHORTEST_MONTH = 28


@attrs.frozen
class Row:
    """One step of the way: the day it led to, what it was, and what there is to know about it.

    ``kind`` is ``given``, ``trigger``, ``anchor``, ``step``, ``cascade`` or ``exception``; ``calendar`` the one that
    was asked, and ``passed`` the days of it that made the difference.
    """

    kind: str
    day: dt.date
    text: str
    details: tuple[str, ...] = ()
    calendar: str | None = None
    passed: tuple[Stretch, ...] = ()


def way_rows(explanation: Explanation, language: str = "en") -> Iterator[Row]:
    """Each step from what is given to the date that counts."""
    occurrence = explanation.occurrence
    frame = frame_of(occurrence.obligation.timing)
    before = explanation.start
    if before is not None:
        yield Row("given", before, _start(occurrence).get(language))
    if explanation.fired is not None:
        yield Row("trigger", explanation.fired.day, fired_words(explanation.fired, language))
    for point in explanation.way:
        is_step = isinstance(point.step, Step)
        words = said_step(point.step) if isinstance(point.step, Step) else said_anchor(point.step, frame)
        text = at_time(words.get(language), point.minute, language)
        if not isinstance(point.step, TriggerDate):
            details = tuple(_details(point, before, occurrence.opens, language))
            yield Row("step" if is_step else "anchor", point.day, text, details, point.calendar, point.passed)
        before = point.day
    if explanation.cascaded is not None:
        yield _cascaded(explanation.cascaded, language)
    for each in explanation.moves:
        if each.due is not None:
            yield Row("exception", each.due, *_decided(each, language))


def moving_words(explanation: Explanation, language: str = "en") -> str:
    """What moved a date off the one that the rule names: the days off that were passed; nothing where it stayed.

    Exceptions say their own reasons.
    """
    found: list[str] = []
    reached, before = False, None
    for row in way_rows(explanation, language):
        if reached and row.kind == "step" and row.day != before:
            found.extend(row.details or (row.text,))
        reached = reached or row.day == explanation.occurrence.nominal
        before = row.day
    return ("；" if is_chinese(language) else "; ").join(found)


def _start(occurrence: Occurrence) -> Both:
    """The day that is given, where no anchor finds it."""
    match occurrence.obligation.timing:
        case Once(span=span, before=before) as once if before or span.days > 1:
            return said_given(once)
        case _:
            return Both("the date that the rule gives", "规则写明的日期")


def at_time(text: str, minute: int | None, language: str) -> str:
    """A text with a clock time."""
    if minute is None:
        return text
    clock = f"{minute // 60:02}:{minute % 60:02}"
    return f"{text}，{clock}" if is_chinese(language) else f"{text}, at {clock}"


def fired_words(fired: Fired, language: str) -> str:
    """What triggered an occurrence, and when."""
    chinese = is_chinese(language)
    if isinstance(fired.by, str):
        named = fired.period if fired.period != fired.day.isoformat() else ""
        which = f"（{named}）" if chinese else f" ({named})"
        said = f"事件“{fired.by}”" if chinese else f"the event “{fired.by}”"
        return at_time(f"{said}{which if named else ''}", fired.minute, language)
    title, period = fired.by.title.get(language), period_words(fired.period, language)
    number = (f"第 {fired.number} 次" if chinese else f", {ordinal(fired.number)}") if fired.number > 1 else ""
    if chinese:
        what = "原定截止日" if fired.nominal else "截止日"
        return at_time(f"“{title}”（{period}{number}）的{'' if fired.own else '最晚'}{what}", fired.minute, language)
    what = "date by the rule" if fired.nominal else "due date"
    who = "" if fired.own else ", the latest of all units"
    return at_time(f"the {what} of “{title}” ({period}{number}){who}", fired.minute, language)


def _cascaded(cascaded: Cascaded, language: str) -> Row:
    chinese, lag = is_chinese(language), cascaded.lag
    name, due = unit_words(cascaded.unit, language), day_words(cascaded.due, language)
    if chinese:
        text = f"比{name}的截止日（{due}）提前 {lag.days} {'个工作日' if lag.working else '天'}"
    else:
        days = f"{lag.days} {'working ' if lag.working else ''}day{'' if lag.days == 1 else 's'}"
        text = f"{days} before {name} is due ({due})"
    details = tuple(stretch_words(each).get(language) for each in cascaded.passed)
    return Row("cascade", cascaded.day, text, details, cascaded.calendar, cascaded.passed)


def _details(point: Waypoint, before: dt.date | None, opened: dt.date | None, language: str) -> Iterator[str]:
    if lacking := _lacking(point, before):
        month, day = lacking
        name = period_words(month, language)
        yield f"{name}没有 {day} 日" if is_chinese(language) else f"{name} has no {ordinal(day)}"
    passed = point.passed
    match point.step:
        case Extend() if opened is not None and before is not None:
            yield _long_holidays(point, before, opened).get(language)
        case Include() if point.day == before:
            passed = ()
            yield Both("which it does", "已满足").get(language)
        case Adjust(convention=convention) if point.day == before and not passed and convention is not Convention.NONE:
            yield Both("a working day already", "当天是工作日，不变").get(language)
        case _:
            pass
    for stretch in passed[:MOST_STRETCHES]:
        yield stretch_words(stretch).get(language)
    if (more := len(passed) - MOST_STRETCHES) > 0:
        yield Both(f"and {more} more", f"另有 {more} 处").get(language)


def _long_holidays(point: Waypoint, before: dt.date, opened: dt.date) -> Both:
    count = sum(each.days for each in point.passed)
    if not count:
        return Both(f"none lies between {opened} and {before}", f"{opened} 至 {before} 之间没有")
    days = f"{count} day{'' if count == 1 else 's'}"
    return Both(f"{days} of such holidays between {opened} and {before}", f"{opened} 至 {before} 之间共 {count} 天")


def _lacking(point: Waypoint, before: dt.date | None) -> tuple[str, int] | None:
    """The month that lacked the day which was asked for, and that day."""
    match point.step:
        case DayOfMonth(day=day, month=month) if day > SHORTEST_MONTH and month != "period":
            wanted = day
        case DateOfYear(month=2, day=29):
            wanted = 29
        case Add(unit="months" | "years") if before is not None:
            wanted = before.day
        case _:
            return None
    if point.day.day == wanted:
        return None
    # A day that is missing may have become the first of the month after.
    short = point.day if point.day.day > 1 else point.day - dt.timedelta(days=1)
    return short.isoformat()[:7], wanted


def _decided(exception: PeriodException, language: str) -> tuple[str, tuple[str, ...]]:
    """An exception: what was decided, why, and where it stands."""
    chinese = is_chinese(language)
    text = "moved by an exception" if not chinese else "例外调整"
    details = [exception.reason]
    if exception.announced:
        details.append(f"{exception.announced} 公布" if chinese else f"announced {exception.announced}")
    if exception.source:
        details.append(source_words(exception.source, language))
    return text, tuple(each for each in details if each)
