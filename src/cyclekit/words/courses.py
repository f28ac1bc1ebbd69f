"""A whole course in words: “the 20th of the quarter's last month, or the next working day”.

One sentence part for each anchor and step, in English and Chinese side by side. Two courses that mean different
things never read the same.
"""

from collections.abc import Sequence

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    UNIT,
    Add,
    Adjust,
    Course,
    DateTarget,
    DayOfMonth,
    Extend,
    Include,
    MonthEnd,
    MonthsTarget,
    MoveTo,
    Step,
    Target,
    TriggerDate,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.words.anchors import (
    PERIOD,
    SHORTEST_MONTH,
    Both,
    Frame,
    date_of_year,
    day_words,
    joined,
    missing,
    nth_words,
    said_anchor,
    weekday_words,
)
from cyclekit.words.periods import month_name

_UNITS = {
    "days": Both("day", "天"),
    "weeks": Both("week", "周"),
    "months": Both("month", "个月"),
    "years": Both("year", "年"),
    "working days": Both("working day", "个工作日"),
    "hours": Both("hour", "小时"),
}
_NOTHING = Both("", "")
#: Behind these, 「前」 would leave the day itself out.
_NOT_LATER = ("当日", "所列日期", "前一日")


def course_words(course: Course, language: str = "en", frame: Frame = PERIOD) -> str:
    """A course as one part of a sentence.

    >>> quarterly = Course(DayOfMonth(20), (Adjust(Convention.FOLLOWING),))
    >>> course_words(quarterly), course_words(quarterly, "zh")
    ("the 20th of the period's last month, or the next working day", '周期最后一个月 20 日，遇非工作日顺延')
    """
    return said_course(course, frame).get(language)


def said_course(course: Course, frame: Frame = PERIOD, start: Both | None = None) -> Both:
    """A course in both languages; ``start`` is the day that is given in place of an anchor."""
    said = start or said_anchor(course.anchor, frame)
    for place, step in enumerate(course.steps):
        match step:
            case Add(unit="hours") if place == 0 and isinstance(course.anchor, TriggerDate):
                # Counted from its clock time, and not from the end of its day.
                said = _starting_with(step, Both("the trigger", "触发"))
            case Add() if place == 0:
                said = _starting_with(step, said)
            case Add():
                said = joined(said, Both(", then ", "，再"), said_step(step))
            case MoveTo():
                said = joined(said, Both(", then ", "，"), said_step(step))
            case Include() | Extend() | Adjust():
                said = joined(said, Both(", ", "，"), said_step(step))
    return joined(said, _all_by(course.calendar))


def said_deadline(course: Course, frame: Frame = PERIOD, start: Both | None = None) -> Both:
    """A course as a deadline: “by the 20th of each month”, 「每月 20 日前」, and how it is moved."""
    if any(isinstance(step, Add | MoveTo) for step in course.steps) or isinstance(course.anchor, TriggerDate):
        said = said_course(course, frame, start)
        return Both(f"by {said.en}", f"不迟于{said.zh}")
    day = start or said_anchor(course.anchor, frame)
    if day.zh.endswith(_NOT_LATER):
        said = said_course(course, frame, day)
        return Both(f"by {said.en}", f"不迟于{' ' if said.zh[0].isdigit() else ''}{said.zh}")
    said = said_course(course, frame, Both(day.en, f"{day.zh}前"))
    return Both(f"by {said.en}", said.zh)


def step_words(step: Step, language: str = "en") -> str:
    """One step, after the date that it starts from.

    >>> step_words(Adjust(Convention.FOLLOWING)), step_words(Add(-3, "working days"), "zh")
    ('or the next working day', '往前 3 个工作日')
    """
    return said_step(step).get(language)


def said_step(step: Step) -> Both:
    """One step in both languages."""
    match step:
        case Add(amount=amount, calendar=calendar):
            much = _much(step)
            later = Both(f"{much.en} later", f"往后 {much.zh}")
            earlier = Both(f"{much.en} earlier", f"往前 {much.zh}")
            return joined(later if amount > 0 else earlier, _of_months(step), _by(calendar))
        case MoveTo(calendar=calendar):
            return joined(_moved(step), _by(calendar))
        case Include(count=count, calendar=calendar):
            included = Both(f"so that it includes at least {_working_days(count)}", f"其间至少含 {count} 个工作日")
            return joined(included, _by(calendar))
        case Extend(calendar=calendar):
            return joined(_extended(step), _by(calendar))
        case Adjust(convention=convention, calendar=calendar):
            return joined(_adjusted(convention), _by(calendar))


def _starting_with(step: Add, start: Both) -> Both:
    """The first shift, said with what it starts from: “40 days after the last day of the period”."""
    much, by = _much(step), joined(_of_months(step), _by(step.calendar))
    after, later = ("after", "后") if step.amount > 0 else ("before", "前")
    return Both(f"{much.en}{by.en} {after} {start.en}", f"{start.zh}{later} {much.zh}{by.zh}")


def _much(step: Add) -> Both:
    number, unit = abs(step.amount), _UNITS[step.unit]
    return Both(f"{number} {unit.en}{'' if number == 1 else 's'}", f"{number} {unit.zh}")


def _working_days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"


def _of_months(step: Add) -> Both:
    if step.unit not in ("months", "years"):
        return _NOTHING
    if step.month_end is MonthEnd.STICKY:
        return Both(" (from a last day of a month to a last day)", "（月末日仍为月末日）")
    return missing(step.month_end)


def _adjusted(convention: Convention) -> Both:
    match convention:
        case Convention.NONE:
            return Both("working day or not", "遇非工作日不调整")
        case Convention.FOLLOWING:
            return Both("or the next working day", "遇非工作日顺延")
        case Convention.PRECEDING:
            return Both("or the working day before", "遇非工作日提前")
        case Convention.MODIFIED_FOLLOWING:
            return Both(
                "or the next working day, or the one before where that is in another month",
                "遇非工作日顺延，跨月则提前",
            )
        case Convention.MODIFIED_PRECEDING:
            return Both(
                "or the working day before, or the next one where that is in another month",
                "遇非工作日提前，跨月则顺延",
            )
        case Convention.NEAREST:
            return Both("or the nearest working day, of two the later", "遇非工作日移至最近的工作日，等距取后")
        case Convention.HALF_MONTH_MODIFIED_FOLLOWING:
            return Both(
                "or the next working day, or the one before where that is in another half of a month",
                "遇非工作日顺延，跨月或跨 15 日则提前",
            )
        case Convention.SKIP:
            return Both("or none if not a working day", "遇非工作日则免")


def _extended(step: Extend) -> Both:
    run = f"{step.run} or more days off in a row"
    begin = Both(f"for each day of a holiday of {run}", f"期内有连续 {step.run} 日以上休假的")
    if step.by == "working days":
        return Both(f"extended by one working day {begin.en}", f"{begin.zh}，按天数顺延相应工作日")
    return Both(f"extended by one day {begin.en}", f"{begin.zh}，按天数顺延")


def _moved(step: MoveTo) -> Both:
    targets = _one_of([_target(each) for each in step.targets])
    here = Both(" on or" if step.staying else "", "当日或" if step.staying else "")
    space = " " if targets.zh[:1].isdigit() else ""
    if step.later:
        return Both(f"the next {targets.en}{here.en} after it", f"移至{here.zh}其后最近的{space}{targets.zh}")
    return Both(f"the previous {targets.en}{here.en} before it", f"移至{here.zh}其前最近的{space}{targets.zh}")


def _target(target: Target) -> Both:
    match target:
        case WeekdayTarget(weekday=weekday):
            return weekday_words(weekday)
        case DateTarget(month=month, day=day):
            return date_of_year(month, day)
        case MonthsTarget(anchor=anchor, months=months):
            which = _day_of_months(anchor)
            names = _one_of([Both(month_name(each), month_name(each, "zh")) for each in sorted(months)])
            space = " " if which.zh[0].isdigit() else ""
            return Both(f"{which.en} of {names.en or 'a month'}", f"{names.zh or '每月'}{space}{which.zh}")


def _day_of_months(anchor: DayOfMonth | WeekdayOfMonth | WorkingDay) -> Both:
    match anchor:
        case DayOfMonth(day=day, month_end=month_end):
            return joined(day_words(day), missing(month_end, possible=day > SHORTEST_MONTH))
        case WeekdayOfMonth() | WorkingDay():
            return nth_words(anchor)


def _one_of(choices: Sequence[Both]) -> Both:
    """Several choices: “Friday”, “20 June or 20 December”, “March, June or September”."""
    if len(choices) < 2:
        return choices[0] if choices else _NOTHING
    before = joined(*(part for each in choices[:-1] for part in (Both(", ", "、"), each)))
    last = choices[-1]
    space = " " if last.zh[0].isdigit() else ""
    return Both(f"{before.en[2:]} or {last.en}", f"{before.zh[1:]}或{space}{last.zh}")


def _by(calendar: str | None) -> Both:
    """The calendar of one step, where it has its own."""
    if calendar is None:
        return _NOTHING
    if calendar == UNIT:
        return Both(" (by the unit's calendar)", "（按本单位日历）")
    return Both(f" (by calendar {calendar})", f"（按日历 {calendar}）")


def _all_by(calendar: str | None) -> Both:
    """The calendar of a whole course, where it has its own."""
    if calendar is None:
        return _NOTHING
    if calendar == UNIT:
        return Both(", all by the unit's calendar", "，均按本单位日历")
    return Both(f", all by calendar {calendar}", f"，均按日历 {calendar}")
