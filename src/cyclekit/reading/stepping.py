"""The steps of a due date: beside the anchor at most one shift and ``adjust``, and whatever ``then`` lists."""

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    DateTarget,
    DayOfMonth,
    Extend,
    Include,
    MonthEnd,
    MonthsTarget,
    MoveTo,
    Step,
    Target,
    WeekdayOfMonth,
    WeekdayTarget,
    WorkingDay,
)
from cyclekit.reading.course_context import CourseContext
from cyclekit.reading.fields import DUE_SHIFTS
from cyclekit.reading.nodes import Node
from cyclekit.reading.reader import Entry, Fields, Item

MONTH_UNITS = ("months", "years")
DAY_UNITS = ("days", "weeks")
LONGEST_MONTH = 31
#: Each word of ``move_to``: whether it goes forward, and whether a date that is such a day stays.
MOVES = {
    "on_or_after": (True, True),
    "after": (True, False),
    "on_or_before": (False, True),
    "before": (False, False),
}
DAY_ANCHORS = ("day", "weekday", "working_day")


def steps_beside(context: CourseContext, fields: Fields, month_end: MonthEnd) -> list[Step]:
    """The shift and the convention that stand beside the anchor, in that order."""
    steps: list[Step] = []
    calendar = fields.get("calendar")
    for name in fields:
        if name in DUE_SHIFTS:
            steps += _shift(context, name, fields[name], month_end, None, calendar)
    if "adjust" in fields:
        steps += _adjust(context, fields["adjust"], None, calendar)
    return steps


def read_step(context: CourseContext, fields: Fields, outer: str | None) -> list[Step]:
    """One entry of ``then``; ``outer`` is the calendar written beside the anchor."""
    reader = context.reader
    if fields.failed:
        return []
    verbs = [name for name in fields if name in (*DUE_SHIFTS, "adjust")]
    if len(verbs) != 1:
        if not verbs:
            reader.report("missing-key", "missing-step", fields.node, expected=", ".join((*DUE_SHIFTS, "adjust")))
        else:
            reader.report("conflict", "two-steps", fields[verbs[1]].key, first=verbs[0], second=verbs[1])
        return []
    verb = verbs[0]
    calendar = fields.get("calendar")
    if calendar is not None:
        context.check_calendar(fields["calendar"])
        if not _asks(context, verb, fields[verb], calendar):
            reader.report("no-effect", "no-effect", fields["calendar"].key, key="calendar", what=verb)
    if "month_end" in fields and (verb != "add" or fields["add"].value[1] not in MONTH_UNITS):
        reader.report("no-effect", "no-effect", fields["month_end"].key, key="month_end", what=verb)
    if verb == "adjust":
        return _adjust(context, fields["adjust"], calendar, outer)
    return _shift(context, verb, fields[verb], fields.get("month_end", MonthEnd.CLAMP), calendar, outer)


def _asks(context: CourseContext, verb: str, entry: Entry, calendar: str) -> bool:
    """Whether a step may ask its calendar: adding days does where the file's own calendar suspends some."""
    match verb:
        case "add":
            unit = entry.value[1]
            return unit == "working days" or (unit in DAY_UNITS and context.references.decides_count(calendar))
        case "move_to":
            return any(
                isinstance(item.value, Fields) and "working_day" in item.value
                for name in entry.value
                for item in _items(entry.value[name])
            )
        case "adjust":
            return entry.value is not Convention.NONE
        case _:
            return True


def _shift(
    context: CourseContext, verb: str, entry: Entry, month_end: MonthEnd, calendar: str | None, outer: str | None
) -> list[Step]:
    match verb:
        case "add":
            return _add(context, entry, month_end, calendar, outer)
        case "move_to":
            return _move(context, entry, calendar, outer)
        case "include":
            context.want_calendar(entry.node, calendar, outer)
            return [Include(entry.value, calendar)]
        case _:
            return _extend(context, entry, calendar, outer)


def _add(
    context: CourseContext, entry: Entry, month_end: MonthEnd, calendar: str | None, outer: str | None
) -> list[Step]:
    amount, unit = entry.value
    if unit == "working days":
        context.want_calendar(entry.node, calendar, outer)
    if unit == "hours" and not context.triggered:
        context.reader.report("conflict", "hours-without-trigger", entry.node)
        return []
    return [Add(amount, unit, month_end if unit in MONTH_UNITS else MonthEnd.CLAMP, calendar)]


def _extend(context: CourseContext, entry: Entry, calendar: str | None, outer: str | None) -> list[Step]:
    fields: Fields = entry.value
    if fields.failed:
        return []
    reader = context.reader
    if not context.opened:
        reader.report("missing-key", "extend-without-opens", entry.key, key="opens")
        return []
    context.want_calendar(entry.node, calendar, outer)
    return [Extend(fields.get("run"), fields.get("by"), calendar)]


def _adjust(context: CourseContext, entry: Entry, calendar: str | None, outer: str | None) -> list[Step]:
    if entry.value is Convention.NONE:
        # Written out, so that the default does not apply; it moves nothing.
        return [Adjust(Convention.NONE)]
    if not context.want_calendar(entry.node, calendar, outer):
        return []
    return [Adjust(entry.value, calendar)]


def _move(context: CourseContext, entry: Entry, calendar: str | None, outer: str | None) -> list[Step]:
    fields: Fields = entry.value
    if fields.failed:
        return []
    words = list(fields)
    if len(words) != 1:
        context.reader.report("conflict", "two-moves", fields[words[1]].key, first=words[0], second=words[1])
        return []
    later, staying = MOVES[words[0]]
    targets: list[Target] = []
    for item in _items(fields[words[0]]):
        target = _target(context, item, calendar, outer)
        if target is None:
            return []
        if target in targets:
            context.reader.report("conflict", "target-twice", item.node)
            return []
        targets.append(target)
    return [MoveTo(tuple(targets), later, staying, calendar)]


def _items(entry: Entry) -> list[Item]:
    return entry.value if isinstance(entry.value, list) else [Item(entry.value, entry.node)]


def _target(context: CourseContext, item: Item, calendar: str | None, outer: str | None) -> Target | None:
    match item.value:
        case int() as weekday:
            return WeekdayTarget(weekday)
        case Fields() as fields:
            return _day_of_months(context, fields, item.node, calendar, outer)
        case _:
            month, day = item.value
            return DateTarget(month, day)


def _day_of_months(
    context: CourseContext, fields: Fields, node: Node, calendar: str | None, outer: str | None
) -> MonthsTarget | None:
    """A day of some months, in the words of an anchor."""
    reader = context.reader
    if fields.failed:
        return None
    named = [name for name in fields if name in DAY_ANCHORS]
    if len(named) != 1:
        if named:
            reader.report("conflict", "two-anchors", fields[named[1]].key, first=named[0], second=named[1])
        else:
            reader.report("missing-key", "missing-anchor", node, key="month", expected=", ".join(DAY_ANCHORS))
        return None
    name = named[0]
    if ("nth" in fields) != (name == "weekday"):
        if name == "weekday":
            reader.report("missing-key", "missing-key", fields["weekday"].key, key="nth", what="weekday")
        else:
            reader.report("conflict", "conflict", fields["nth"].key, first=name, second="nth")
        return None
    months = frozenset(item.value for item in fields.get("month", ()))
    match name:
        case "day":
            day: int = fields.get("day")
            if abs(day) > LONGEST_MONTH:
                text = str(day)
                node = fields["day"].node
                reader.report("out-of-range", "out-of-range", node, text=text, low="-31", high="31", without="0")
                return None
            return MonthsTarget(DayOfMonth(day), months)
        case "weekday":
            return MonthsTarget(WeekdayOfMonth(fields.get("weekday"), fields.get("nth")), months)
        case _:
            context.want_calendar(fields["working_day"].node, calendar, outer)
            return MonthsTarget(WorkingDay(fields.get("working_day")), months)
