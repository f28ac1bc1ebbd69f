"""The due date of a period: anchors and steps, checked against each other and against the cycle."""

from collections.abc import Sequence

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    Add,
    Adjust,
    Anchor,
    Course,
    DateOfYear,
    DayOfMonth,
    Due,
    DueByPosition,
    DueList,
    DuePlan,
    MonthEnd,
    TriggerDate,
    asks_calendar,
)
from cyclekit.reading import scalars
from cyclekit.reading.anchoring import read_anchor
from cyclekit.reading.course_context import CourseContext
from cyclekit.reading.fields import DUE_ANCHORS, DUE_SHIFTS
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.stepping import DAY_UNITS, MONTH_UNITS, read_step, steps_beside
from cyclekit.reading.texts import as_text

SHORTEST_MONTH = 28
#: What stands around the due date, on the obligation, for each due date that does not say otherwise.
AROUND = ("opens", "closes", "time")


@attrs.frozen
class Around:
    """What stands around a due date: its opening, its closing, its clock time."""

    opens: Course | None = None
    closes: Course | None = None
    time: Entry | None = None


def read_plan(context: CourseContext, entry: Entry | None, written: Fields | None = None) -> DuePlan | None:
    """The due dates of each period; None where one cannot be read, which is reported.

    ``written`` are the fields of the obligation, for what stands around every due date.
    """
    around = read_around(context, written) if written is not None else Around()
    if around is None:
        return None
    context = attrs.evolve(context, opened=context.opened or around.opens is not None)
    if entry is None:
        course = _finished(context, Course(TriggerDate()) if context.triggered else Course(), None)
        return None if course is None else DueList((_assembled(course, around),))
    if isinstance(entry.value, Fields):
        if "by_period" in entry.value:
            return _by_period(context, entry.value, around)
        due = _due(context, entry.value, around)
        return None if due is None else DueList((due,))
    found = [_listed(context, item, around) for item in entry.value]
    return None if None in found else DueList(tuple(due for due in found if due is not None))


def read_around(context: CourseContext, fields: Fields) -> Around | None:
    """What an obligation says around its due dates; None where something of it cannot be read.

    The default convention never applies to it. Where the due date is given, openings may still have an anchor.
    """
    if set(AROUND) & fields.failed:
        return None
    free = attrs.evolve(context, anchors=True, adjust=None)
    opens = closes = None
    if "opens" in fields:
        opens = read_course(free, fields["opens"].value)
        if opens is None:
            return None
    if "closes" in fields:
        closing = attrs.evolve(free, closing=True, opened=opens is not None)
        closes = read_course(closing, fields["closes"].value)
        if closes is None:
            return None
    return Around(opens, closes, fields.entries.get("time"))


def _assembled(course: Course, around: Around, fields: Fields | None = None) -> Due:
    title = as_text(fields["title"]) if fields is not None and "title" in fields else None
    return Due(course, around.opens, around.closes, around.time.value if around.time else None, title)


def _listed(context: CourseContext, item: Item, around: Around) -> Due | None:
    if "by_period" in item.value:
        key = item.value["by_period"].key
        context.reader.report("conflict", "by-period-in-list", key)
        return None
    return _due(context, item.value, around)


def _due(context: CourseContext, fields: Fields, around: Around) -> Due | None:
    opened = "opens" in fields or fields.written("opens")
    inner = attrs.evolve(context, opened=context.opened or opened)
    course = read_course(inner, fields, several="due")
    if "opens" in fields:
        outside = attrs.evolve(context, anchors=True, opened=False, adjust=None)
        opening = read_course(outside, fields["opens"].value)
        if opening is None:
            return None
        around = attrs.evolve(around, opens=opening)
    if "time" in fields:
        around = attrs.evolve(around, time=fields["time"])
    if course is not None and around.time is not None and any(_counts_hours(step) for step in course.steps):
        context.reader.report("conflict", "time-beside-hours", around.time.key)
        return None
    return None if course is None else _assembled(course, around, fields)


def _counts_hours(step: object) -> bool:
    return isinstance(step, Add) and step.unit == "hours"


def _by_period(context: CourseContext, fields: Fields, around: Around) -> DuePlan | None:
    """``by_period``: what stands beside it holds for every entry that does not say otherwise."""
    reader, table = context.reader, fields["by_period"]
    sound = True
    for name in fields:
        if name in DUE_ANCHORS:
            reader.report(
                "conflict", "conflict", max((fields[name].key, table.key), key=_order), first=name, second="by_period"
            )
            sound = False
    found: list[tuple[str, Due]] = []
    named: set[str] = set()
    for entry in table.value:
        position = scalars.position(entry.key.text)
        if not context.positions:
            reader.report("bad-value", "no-positions", entry.key, text=position)
            return None
        if position not in context.positions:
            reader.report(
                "bad-value", "position-of-other-cycle", entry.key, text=position, expected=", ".join(context.positions)
            )
            sound = False
            continue
        if position in named:
            reader.report("conflict", "position-twice", entry.key, text=position)
            sound = False
            continue
        named.add(position)
        beside = {name: fields[name] for name in fields if name not in ("by_period", *DUE_ANCHORS)}
        merged = Fields(entry.value.node)
        merged.entries = {**beside, **entry.value.entries}
        merged.failed = set(entry.value.failed)
        due = _due(context, merged, around)
        if due is None:
            sound = False
        else:
            found.append((position, due))
    missing = [position for position in context.positions if position not in named]
    if missing and sound:
        reader.report("missing-key", "missing-positions", table.node, expected=", ".join(missing))
        sound = False
    return DueByPosition(tuple(sorted(found, key=lambda each: each[0]))) if sound else None


def _order(node: object) -> tuple[int, int]:
    return (getattr(node, "line", 0), getattr(node, "column", 0))


def read_course(context: CourseContext, fields: Fields, *, several: str = "") -> Course | None:
    """An anchor and its steps; the default convention ends it where there is one and it names none of its own.

    ``several`` is the key that may hold a list of them.
    """
    reader = context.reader
    if fields.failed:
        return None
    before = len(reader.diagnostics)
    _refuse_two(reader, fields, DUE_ANCHORS, several=several)
    _refuse_two(reader, fields, DUE_SHIFTS, then=True)
    calendar = fields.get("calendar")
    if calendar is not None:
        context.check_calendar(fields["calendar"])
    anchor = read_anchor(context, fields)
    month_end = fields.get("month_end", MonthEnd.CLAMP)
    _refuse_idle_month_end(reader, fields, anchor)
    steps = steps_beside(context, fields, month_end)
    for item in fields.get("then", ()):
        steps += read_step(context, item.value, calendar)
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    finished = _finished(context, Course(anchor, tuple(steps), calendar), fields)
    if calendar is not None and finished is not None and not _asks_a_calendar(context, finished, calendar):
        reader.report("no-effect", "idle-calendar", fields["calendar"].key)
        return None
    return finished


def _refuse_idle_month_end(reader: Reader, fields: Fields, anchor: Anchor) -> None:
    """``month_end`` decides about days that a month may lack, and about adding months; elsewhere it does nothing."""
    if "month_end" not in fields:
        return
    adds = "add" in fields and fields["add"].value[1] in MONTH_UNITS
    of_month = isinstance(anchor, DateOfYear) or (isinstance(anchor, DayOfMonth) and anchor.month != "period")
    lacks = of_month and getattr(anchor, "day", 0) > SHORTEST_MONTH
    if not adds and not lacks:
        reader.report("no-effect", "idle-month-end", fields["month_end"].key)


def _asks_a_calendar(context: CourseContext, course: Course, calendar: str) -> bool:
    """Whether some part asks the calendar; adding days may, where the file's own calendar suspends some."""
    counts = any(isinstance(each, Add) and each.unit in DAY_UNITS for each in course.steps)
    if counts and context.references.decides_count(calendar):
        return True
    return any(asks_calendar(each) for each in (course.anchor, *course.steps))


def _finished(context: CourseContext, course: Course, fields: Fields | None) -> Course | None:
    """A course with the default convention as its last step, where it writes none of its own."""
    default = context.adjust
    if default is None or default.value is Convention.NONE:
        return course
    if any(isinstance(step, Adjust) for step in course.steps) or (fields is not None and "adjust" in fields):
        return course
    if not context.calendar_in_sight and course.calendar is None:
        context.reader.report("missing-key", "no-calendar", default.node, key="calendar")
        return None
    return attrs.evolve(course, steps=(*course.steps, Adjust(default.value)))


def _refuse_two(reader: Reader, fields: Fields, names: Sequence[str], *, then: bool = False, several: str = "") -> None:
    found = [name for name in fields if name in names]
    for second in found[1:2]:
        message = "two-shifts" if then else "two-anchors"
        reader.report("conflict", message, fields[second].key, first=found[0], second=second, several=several)
