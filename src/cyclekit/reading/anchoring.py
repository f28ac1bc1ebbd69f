"""The anchor of a due date: which one is written, and what may stand beside it."""

from cyclekit.model.pipeline import (
    UNIT,
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
from cyclekit.reading.course_context import CourseContext
from cyclekit.reading.fields import DUE_ANCHORS
from cyclekit.reading.reader import Fields
from cyclekit.reading.scalars import near

LONGEST_MONTH = 31
SHOWN_NAMES = 200
_COUNTED = ("day", "weekday", "working_day")
_BELONGS: dict[str, tuple[str, ...]] = {
    "nth": ("weekday",),
    "month": _COUNTED,
    "within": _COUNTED,
    "year": ("date",),
}


def read_anchor(context: CourseContext, fields: Fields) -> Anchor:
    """The anchor that is written, or the one that is meant where none is; what is wrong with it is reported."""
    reader = context.reader
    name = next((each for each in fields if each in DUE_ANCHORS), None)
    if name is not None and not context.anchors:
        reader.report("conflict", "anchor-beside-date", fields[name].key, key=name)
        return PeriodEnd()
    _refuse_strays(context, fields, name)
    if "month" in fields and "within" in fields:
        first, second = sorted((fields["month"].key, fields["within"].key), key=lambda key: (key.line, key.column))
        reader.report("conflict", "conflict", second, first=first.text, second=second.text)
    month: MonthOfPeriod = "period" if "within" in fields else fields.get("month", "last")
    match name:
        case "day" | "weekday" | "working_day":
            return _counted(context, fields, name, month)
        case "date":
            of_year, day = fields.get("date")
            return DateOfYear(of_year, day, fields.get("year", 0), fields.get("month_end", MonthEnd.CLAMP))
        case "holiday":
            if context.want_calendar(fields["holiday"].node, fields.get("calendar")):
                _check_holiday(context, fields)
            return Holiday(fields.get("holiday"))
        case "at":
            return _at(context, fields)
        case _ if context.closing:
            return DueDate()
        case _:
            return TriggerDate() if context.triggered else PeriodEnd()


def _counted(context: CourseContext, fields: Fields, name: str, month: MonthOfPeriod) -> Anchor:
    """An anchor that counts in a month, or in the whole period."""
    match name:
        case "day":
            _check_day(context, fields)
            return DayOfMonth(fields.get("day"), month, fields.get("month_end", MonthEnd.CLAMP))
        case "working_day":
            context.want_calendar(fields["working_day"].node, fields.get("calendar"))
            return WorkingDay(fields.get("working_day"), month)
        case _ if (context.weekly and month != "period") or not context.cycle_known:
            return WeekdayOfWeek(fields.get("weekday"))
        case _:
            if "nth" not in fields:
                context.reader.report("missing-key", "missing-key", fields["weekday"].key, key="nth", what="weekday")
                return PeriodEnd()
            return WeekdayOfMonth(fields.get("weekday"), fields.get("nth"), month)


def _at(context: CourseContext, fields: Fields) -> Anchor:
    match fields.get("at"):
        case "trigger" if context.triggered:
            return TriggerDate()
        case "trigger":
            context.reader.report("conflict", "no-trigger", fields["at"].node)
            return PeriodEnd()
        case "start":
            return PeriodStart()
        case _:
            return PeriodEnd()


def _check_day(context: CourseContext, fields: Fields) -> None:
    """No month has more than 31 days; a period counted ``within`` may."""
    if abs(fields.get("day")) > LONGEST_MONTH and not fields.written("within"):
        text = str(fields.get("day"))
        context.reader.report(
            "out-of-range", "out-of-range", fields["day"].node, text=text, low="-31", high="31", without="0"
        )


def _check_holiday(context: CourseContext, fields: Fields) -> None:
    """A name that every calendar which may count here has; an unknown one is refused with the names there are."""
    own = fields.get("calendar")
    calendars = {own} if own not in (None, UNIT) else context.calendars
    name: str = fields.get("holiday")
    for calendar in sorted(calendars):
        names = context.references.holiday_names(calendar)
        if names is not None and name not in names:
            # Short ones first: those are the well-known names, and more of them can be shown.
            shown = sorted(names, key=lambda each: (len(each), each))[:SHOWN_NAMES]
            context.reader.report(
                "unknown-reference",
                "unknown-holiday",
                fields["holiday"].node,
                name=name,
                calendar=calendar,
                suggestion=near(name, names),
                expected=", ".join(shown),
            )
            return


def _refuse_strays(context: CourseContext, fields: Fields, anchor: str | None) -> None:
    """Keys that say more about an anchor, beside an anchor that they say nothing about."""
    reader = context.reader
    for name, homes in _BELONGS.items():
        # Beside two anchors, what says more about the second one is no second fault.
        if name not in fields or any(home in fields for home in homes):
            continue
        if anchor is None and name == "nth":
            reader.report("missing-key", "missing-key", fields[name].key, key="weekday", what="nth")
        elif anchor is None:
            reader.report("missing-key", "missing-anchor", fields.node, key=name, expected=", ".join(homes))
        else:
            pair = (fields[name].key, fields[anchor].key)
            first, second = sorted(pair, key=lambda key: (key.line, key.column))
            reader.report("conflict", "conflict", second, first=first.text, second=second.text)
    if context.weekly and anchor == "weekday" and "within" not in fields:
        for name in ("nth", "month"):
            if name in fields:
                reader.report("conflict", "one-weekday-a-week", fields[name].key, key=name)
