"""The due date of a period: anchors and steps, checked against each other and against the cycle."""

from collections.abc import Sequence

import attrs

from cyclekit.civil.conventions import Convention
from cyclekit.model.pipeline import (
    UNIT,
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
    PeriodEnd,
    PeriodStart,
    Step,
    WeekdayOfMonth,
    WeekdayOfWeek,
)
from cyclekit.reading import scalars
from cyclekit.reading.fields import DUE_ANCHORS, DUE_SHIFTS
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.references import References, check_calendar
from cyclekit.reading.texts import as_text

NOT_BUILT_UNITS = ("working days", "hours")
LONGEST_MONTH = 31
SHORTEST_MONTH = 28
MONTH_UNITS = ("months", "years")


@attrs.frozen
class CourseContext:
    """What a due date stands in: the timing, the defaults, and whether a calendar is in sight.

    ``anchors`` False: the date is given (``once``, ``dates``), and only steps may follow. ``adjust`` is the
    default convention, None where none applies. ``cycle_known`` False: only what is wrong in any cycle is told.
    """

    reader: Reader
    references: References
    weekly: bool = False
    cycle_known: bool = True
    anchors: bool = True
    adjust: Convention | None = None
    calendar_in_sight: bool = False
    unit_calendar_in_sight: bool = False
    positions: tuple[str, ...] = ()
    adjust_entry: Entry | None = None


def read_plan(context: CourseContext, entry: Entry | None, opens: Entry | None) -> DuePlan | None:
    """The due dates of each period; None where one cannot be read, which is reported."""
    opening = read_course(context, opens.value, default=False) if opens else None
    if opens and opening is None:
        return None
    if entry is None:
        course = _finished(context, Course(), None)
        return None if course is None else DueList((Due(course, opening),))
    if isinstance(entry.value, Fields):
        if "by_period" in entry.value:
            return _by_period(context, entry.value, opening)
        due = _due(context, entry.value, opening)
        return None if due is None else DueList((due,))
    found = [_listed(context, item, opening) for item in entry.value]
    return None if None in found else DueList(tuple(due for due in found if due is not None))


def _listed(context: CourseContext, item: Item, opening: Course | None) -> Due | None:
    if "by_period" in item.value:
        key = item.value["by_period"].key
        context.reader.report("conflict", "by-period-in-list", key)
        return None
    return _due(context, item.value, opening)


def _due(context: CourseContext, fields: Fields, opening: Course | None) -> Due | None:
    course = read_course(context, fields, default=True)
    if "opens" in fields:
        opening = read_course(context, fields["opens"].value, default=False)
        if opening is None:
            return None
    title = as_text(fields["title"]) if "title" in fields else None
    return None if course is None else Due(course, opening, title=title)


def _by_period(context: CourseContext, fields: Fields, opening: Course | None) -> DuePlan | None:
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
        named.add(position)
        beside = {name: fields[name] for name in fields if name not in ("by_period", *DUE_ANCHORS)}
        merged = Fields(entry.value.node)
        merged.entries = {**beside, **entry.value.entries}
        merged.failed = set(entry.value.failed)
        due = _due(context, merged, opening)
        if due is None:
            sound = False
        else:
            found.append((position, due))
    missing = [position for position in context.positions if position not in named]
    if missing and sound:
        reader.report("missing-key", "missing-positions", table.node, expected=", ".join(missing))
        sound = False
    return DueByPosition(tuple(sorted(found))) if sound else None


def _order(node: object) -> tuple[int, int]:
    return (getattr(node, "line", 0), getattr(node, "column", 0))


def read_course(context: CourseContext, fields: Fields, *, default: bool) -> Course | None:
    """An anchor and its steps; with ``default`` the default convention ends it where it names none of its own."""
    reader = context.reader
    if fields.failed:
        return None
    before = len(reader.diagnostics)
    _refuse_two(reader, fields, DUE_ANCHORS)
    _refuse_two(reader, fields, DUE_SHIFTS, then=True)
    anchor = _anchor(context, fields)
    calendar = fields.get("calendar")
    if calendar is not None:
        _check_calendar(context, fields["calendar"])
    month_end = fields.get("month_end", MonthEnd.CLAMP)
    _refuse_idle_month_end(reader, fields, anchor)
    steps = _steps_beside(context, fields, month_end)
    for item in fields.get("then", ()):
        steps += _step(context, item.value, in_sight=calendar is not None)
    if any(each.is_error for each in reader.diagnostics[before:]):
        return None
    course = Course(anchor, tuple(steps), calendar)
    finished = _finished(context, course, fields) if default else course
    if calendar is not None and finished is not None and not _asks_a_calendar(finished, fields):
        reader.report("no-effect", "idle-calendar", fields["calendar"].key)
        return None
    return finished


def _check_calendar(context: CourseContext, entry: Entry) -> None:
    """A calendar that can be had; ``unit`` only where each unit, or else the file, has one."""
    check_calendar(context.reader, entry, context.references, unit=True)
    if entry.value == UNIT and not context.unit_calendar_in_sight:
        context.reader.report("missing-key", "no-unit-calendar", entry.node, key="calendar")


def _refuse_idle_month_end(reader: Reader, fields: Fields, anchor: Anchor) -> None:
    """``month_end`` decides about days that a month may lack, and about adding months; elsewhere it does nothing."""
    if "month_end" not in fields:
        return
    adds = "add" in fields and fields["add"].value[1] in MONTH_UNITS
    lacks = isinstance(anchor, DayOfMonth | DateOfYear) and anchor.day > SHORTEST_MONTH
    if not adds and not lacks:
        reader.report("no-effect", "idle-month-end", fields["month_end"].key)


def _asks_a_calendar(course: Course, fields: Fields) -> bool:
    """Whether some step asks a calendar, one that is not built yet included."""
    steps = [fields.get("add"), *(item.value.get("add") for item in fields.get("then", ()))]
    unbuilt = any(step is not None and step[1] in NOT_BUILT_UNITS for step in steps)
    return unbuilt or any(isinstance(each, Adjust) and each.convention is not Convention.NONE for each in course.steps)


def _finished(context: CourseContext, course: Course, fields: Fields | None) -> Course | None:
    """A course with the default convention as its last step, where it writes none of its own."""
    if context.adjust is None or context.adjust is Convention.NONE:
        return course
    if any(isinstance(step, Adjust) for step in course.steps) or (fields is not None and "adjust" in fields):
        return course
    if not context.calendar_in_sight and course.calendar is None:
        if context.adjust_entry is not None:
            context.reader.report("missing-key", "no-calendar", context.adjust_entry.node, key="calendar")
        return None
    return attrs.evolve(course, steps=(*course.steps, Adjust(context.adjust)))


def _refuse_two(reader: Reader, fields: Fields, names: Sequence[str], *, then: bool = False) -> None:
    found = [name for name in fields if name in names]
    for second in found[1:2]:
        message = "two-shifts" if then else "two-anchors"
        reader.report("conflict", message, fields[second].key, first=found[0], second=second)


def _anchor(context: CourseContext, fields: Fields) -> Anchor:
    reader = context.reader
    name = next((each for each in fields if each in DUE_ANCHORS), None)
    if name is not None and not context.anchors:
        reader.report("conflict", "anchor-beside-date", fields[name].key, key=name)
        return PeriodEnd()
    _refuse_strays(context, fields, name)
    month = fields.get("month", "last")
    month_end = fields.get("month_end", MonthEnd.CLAMP)
    match name:
        case "day":
            _check_day(context, fields)
            return DayOfMonth(fields.get("day"), month, month_end)
        case "weekday" if context.weekly or not context.cycle_known:
            return WeekdayOfWeek(fields.get("weekday"))
        case "weekday":
            if "nth" not in fields:
                reader.report("missing-key", "missing-key", fields["weekday"].key, key="nth", what="weekday")
                return PeriodEnd()
            return WeekdayOfMonth(fields.get("weekday"), fields.get("nth"), month)
        case "date":
            of_year, day = fields.get("date")
            return DateOfYear(of_year, day, fields.get("year", 0), month_end)
        case "at" if fields.get("at") == "trigger":
            reader.report("conflict", "no-trigger", fields["at"].node)
            return PeriodEnd()
        case "at" if fields.get("at") == "start":
            return PeriodStart()
        case _:
            return PeriodEnd()


def _check_day(context: CourseContext, fields: Fields) -> None:
    """No month has more than 31 days; a period counted ``within`` may."""
    if abs(fields.get("day")) > LONGEST_MONTH and not fields.written("within"):
        text = str(fields.get("day"))
        context.reader.report("out-of-range", "out-of-range", fields["day"].node, text=text, low="-31", high="31")


_BELONGS: dict[str, tuple[str, ...]] = {
    "nth": ("weekday",),
    "month": ("day", "weekday", "working_day"),
    "within": ("day", "weekday", "working_day"),
    "year": ("date",),
}


def _refuse_strays(context: CourseContext, fields: Fields, anchor: str | None) -> None:
    """Keys that say more about an anchor, beside an anchor that they say nothing about."""
    reader = context.reader
    for name, homes in _BELONGS.items():
        if name not in fields or anchor in homes:
            continue
        if anchor is None and name == "nth":
            reader.report("missing-key", "missing-key", fields[name].key, key="weekday", what="nth")
        elif anchor is None:
            reader.report("missing-key", "missing-anchor", fields.node, key=name, expected=", ".join(homes))
        else:
            first, second = sorted((fields[name].key, fields[anchor].key), key=_order)
            reader.report("conflict", "conflict", second, first=first.text, second=second.text)
    if context.weekly and anchor == "weekday":
        for name in ("nth", "month"):
            if name in fields:
                reader.report("conflict", "one-weekday-a-week", fields[name].key, key=name)


def _steps_beside(context: CourseContext, fields: Fields, month_end: MonthEnd) -> list[Step]:
    steps: list[Step] = []
    if "add" in fields:
        steps += _add(context, fields["add"], month_end)
    if "adjust" in fields:
        steps += _adjust(context, fields["adjust"], None, in_sight="calendar" in fields)
    return steps


def _step(context: CourseContext, fields: Fields, *, in_sight: bool) -> list[Step]:
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
    calendar = fields.get("calendar")
    if calendar is not None:
        _check_calendar(context, fields["calendar"])
    if "month_end" in fields and (verbs[0] != "add" or fields["add"].value[1] not in MONTH_UNITS):
        reader.report("no-effect", "no-effect", fields["month_end"].key, key="month_end", what=verbs[0])
    if verbs[0] == "add":
        if calendar is not None and fields["add"].value[1] not in NOT_BUILT_UNITS:
            reader.report("no-effect", "no-effect", fields["calendar"].key, key="calendar", what="add")
        return _add(context, fields["add"], fields.get("month_end", MonthEnd.CLAMP))
    return _adjust(context, fields["adjust"], calendar, in_sight=in_sight or calendar is not None)


def _add(context: CourseContext, entry: Entry, month_end: MonthEnd) -> list[Step]:
    amount, unit = entry.value
    if unit in NOT_BUILT_UNITS:
        context.reader.refuse(entry.key, entry.node, f"add: … {unit}")
        return []
    return [Add(amount, unit, month_end if unit in MONTH_UNITS else MonthEnd.CLAMP)]


def _adjust(context: CourseContext, entry: Entry, calendar: str | None, *, in_sight: bool) -> list[Step]:
    if entry.value is Convention.NONE:
        # Written out, so that the default does not apply; it moves nothing.
        return [Adjust(Convention.NONE)]
    if not in_sight and not context.calendar_in_sight:
        context.reader.report("missing-key", "no-calendar", entry.node, key="calendar")
        return []
    return [Adjust(entry.value, calendar)]
