"""When an obligation falls due: the timing keys, the cycle and its phase, bounds and labels."""

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from cyclekit.civil.cycles import Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import CALENDAR_YEAR, label_of
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.pipeline import Due, DueList
from cyclekit.model.timing import Dated, Dates, Every, OfEvent, OfObligation, Once, Standing, Timing, Upon
from cyclekit.reading import scalars
from cyclekit.reading.course_context import CourseContext
from cyclekit.reading.courses import read_plan
from cyclekit.reading.fields import CYCLE_KEYS, TIMING
from cyclekit.reading.nodes import Scalar
from cyclekit.reading.phases import CycleRead, read_cycle, read_date
from cyclekit.reading.reader import Entry, Fields, Reader
from cyclekit.reading.scalars import Misread


def read_bounds(
    reader: Reader, fields: Fields, year: YearStart = CALENDAR_YEAR, labels: Mapping[str, Span] = MappingProxyType({})
) -> Bounds | None:
    """``from`` and ``until`` as bounds; None where one cannot be read, or nothing lies between them.

    ``labels`` are the names of the cycle's own periods, which come before the spellings of dates.
    """
    spans: dict[str, Span | None] = {}
    for name in ("from", "until"):
        if name in fields:
            own = labels.get(fields.get(name))
            spans[name] = own or read_date(reader, fields.get(name), fields[name].node, year)
    if None in spans.values():
        return None
    first, last = spans.get("from"), spans.get("until")
    if first and last and last.last < first.first:
        later = max((fields[name] for name in spans), key=lambda entry: (entry.key.line, entry.key.column))
        reader.report("empty-range", "empty-bounds", later.node)
        return None
    return Bounds(first.first if first else None, last.last if last else None)


def timing_key(reader: Reader, fields: Fields, owner: Scalar) -> str | None:
    """The one timing key of an obligation; None where there is none or several, which is reported."""
    found = [name for name in fields if name in TIMING]
    failed = [name for name in fields.failed if name in TIMING]
    if len(found) + len(failed) > 1:
        ordered = [key for key, _ in fields.node.entries if key.text in TIMING]  # type: ignore[attr-defined]
        reader.report("conflict", "two-timings", ordered[1], first=ordered[0].text, second=ordered[1].text)
        return None
    if failed or (not found and "?" in fields.failed):
        return None
    if not found:
        reader.report("missing-key", "no-timing", owner, expected=", ".join(sorted(TIMING)))
        return None
    return found[0]


def refuse_idle_keys(reader: Reader, fields: Fields, timing: str, inherited: frozenset[str]) -> None:
    """Report keys of cycles beside a timing without one: a key that does nothing is a mistake."""
    if timing == "every":
        return
    for name in sorted(CYCLE_KEYS & set(fields.entries) - inherited):
        reader.report("no-effect", "no-effect", fields[name].key, key=name, what=timing)


def _taken(reader: Reader, fields: Fields, cycle: CycleRead) -> tuple[frozenset[str], frozenset[str]] | None:
    """``only`` and ``skip``, each position once and of this cycle."""
    if "only" in fields and "skip" in fields:
        keys = sorted((fields["only"].key, fields["skip"].key), key=lambda key: (key.line, key.column))
        reader.report("conflict", "conflict", keys[1], first=keys[0].text, second=keys[1].text)
        return None
    sound = True
    for name in ("only", "skip"):
        seen: set[str] = set()
        for item in fields.get(name, ()):
            if not cycle.positions:
                reader.report("bad-value", "no-positions", item.node, text=item.value)
                sound = False
            elif not _fits(item.value, cycle.positions):
                expected = ", ".join(cycle.positions)
                reader.report("bad-value", "position-of-other-cycle", item.node, text=item.value, expected=expected)
                sound = False
            elif item.value in seen:
                reader.report("conflict", "position-twice", item.node, text=item.value)
                sound = False
            seen.add(item.value)
    if not sound:
        return None
    only = frozenset(item.value for item in fields.get("only", ()))
    return only, frozenset(item.value for item in fields.get("skip", ()))


def _fits(position: str, positions: tuple[str, ...]) -> bool:
    """A month's number fits a cycle of months even where no period ends in it: that rule then never fires."""
    return position in positions or (position.isdigit() and positions[0].isdigit())


def read_every(reader: Reader, fields: Fields, context: CourseContext, cycle: CycleRead) -> Every | None:
    """The timing of a cycle; None where something of it cannot be read, which is reported."""
    taken = _taken(reader, fields, cycle)
    if taken is None:
        return None
    only, skip = taken
    left = tuple(each for each in cycle.positions if each not in skip and (not only or each in only))
    weekly = isinstance(cycle.cycle, Weeks)
    context = attrs.evolve(context, weekly=weekly, positions=left or cycle.positions)
    plan = read_plan(context, fields.entries.get("due"), fields)
    if plan is None:
        return None
    return Every(cycle.cycle, plan, only, skip, cycle.of_unit, drop_stubs=fields.get("stub", False))


def read_once(reader: Reader, fields: Fields, context: CourseContext) -> Once | None:
    """The timing of ``once``; None where it cannot be read."""
    entry = fields["once"]
    due = _single_due(reader, fields, "once", context)
    before = isinstance(entry.value, Fields)
    if before and entry.value.failed:
        return None
    inner = entry.value["before"] if before else entry
    span = read_date(reader, inner.value, inner.node)
    if span is None or due is None:
        return None
    if before and span.first == dt.date.min:
        reader.report("out-of-range", "before-year-1", inner.node, text=inner.value)
        return None
    return Once(span, before, due)


def read_dates(reader: Reader, fields: Fields, context: CourseContext) -> Dates | None:
    """The timing of ``dates``; None where an entry cannot be read."""
    due = _single_due(reader, fields, "dates", attrs.evolve(context, adjust=None))
    found: list[Dated] = []
    sound = due is not None
    seen: dict[Span, Entry] = {}
    folded: dict[str, Entry] = {}
    for entry in fields.get("dates"):
        if isinstance(entry.value, Fields) and entry.value.failed:
            sound = False
            continue
        inner = entry.value["date"] if isinstance(entry.value, Fields) else entry
        date = read_date(reader, inner.value, inner.node)
        time = entry.value.get("time") if isinstance(entry.value, Fields) else None
        label = entry.key.text
        twin = folded.setdefault(label.lower(), entry)
        span = _label_span(label)
        if span is None:
            sound = _is_own_label(reader, entry.key) and sound
            if twin is not entry:
                reader.report(
                    "duplicate-id", "case-twins", entry.key, related=(twin.key,), id=label, other=twin.key.text
                )
                sound = False
        elif span in seen:
            reader.report(
                "duplicate-key",
                "date-twice",
                entry.key,
                related=(seen[span].key,),
                text=label,
                other=seen[span].key.text,
            )
            sound = False
        else:
            seen[span] = entry
        if date is None:
            sound = False
        else:
            named = label_of(span) if span else label
            found.append(Dated(named, span or Span(date.last, date.last), date.last, time))
    if not sound or due is None:
        return None
    return Dates(tuple(sorted(found, key=lambda dated: (dated.span, dated.label))), due)


#: A text that begins like a year was meant to be a label.
_LIKE_A_LABEL = re.compile(r"(FY|[0-9]{4}([-./年QqHhWw]|$))")


def _is_own_label(reader: Reader, key: Scalar) -> bool:
    """Whether a label that names no period may be an id of its own; reports it where not."""
    try:
        if _LIKE_A_LABEL.match(key.text):
            scalars.span(key.text)
        scalars.identifier(key.text)
    except Misread as fault:
        if fault.code == "bad-date":
            reader.misread(fault, key)
        else:
            reader.report("bad-id", "bad-dates-label", key, text=key.text)
        return False
    return True


def _label_span(label: str) -> Span | None:
    try:
        return scalars.span(label)
    except Misread:
        return None


def _single_due(reader: Reader, fields: Fields, timing: str, context: CourseContext) -> Due | None:
    """The due date of a timing without cycle, which has one for each of its days."""
    entry = fields.entries.get("due")
    if entry is not None and not isinstance(entry.value, Fields):
        reader.report("wrong-type", "expected-mapping", entry.node, field="due", found="list")
        return None
    if entry is not None and "by_period" in entry.value:
        reader.report("conflict", "conflict", entry.value["by_period"].key, first=timing, second="by_period")
        return None
    plan = read_plan(attrs.evolve(context, anchors=False), entry, fields)
    return plan.entries[0] if isinstance(plan, DueList) else None


def read_upon(reader: Reader, fields: Fields, context: CourseContext) -> Upon | None:
    """The timing of ``upon``; None where it cannot be read. Whether there is such an obligation is checked later."""
    trigger = read_trigger(reader, fields["upon"])
    plan = read_plan(attrs.evolve(context, triggered=True), fields.entries.get("due"), fields)
    return None if trigger is None or plan is None else Upon(trigger, plan)


def read_trigger(reader: Reader, entry: Entry) -> OfObligation | OfEvent | None:
    """What triggers an obligation: another one, by its id, or an event; None where that cannot be read."""
    if isinstance(entry.value, str):
        return OfObligation(entry.value)
    inner: Fields = entry.value
    if inner.failed:
        return None
    named = [name for name in inner if name in ("obligation", "event")]
    if len(named) != 1:
        if named:
            reader.report("conflict", "conflict", inner[named[1]].key, first=named[0], second=named[1])
        else:
            reader.report("missing-key", "missing-trigger", inner.node, expected="obligation, event")
        return None
    if named == ["event"]:
        if "at" in inner:
            reader.report("no-effect", "no-effect", inner["at"].key, key="at", what="event")
            return None
        return OfEvent(inner.get("event"))
    return OfObligation(inner.get("obligation"), nominal=inner.get("at") == "nominal")


#: What would give a standing duty a date.
CONFLICTING = ("due", "opens", "closes", "time")


def read_standing(reader: Reader, fields: Fields, inherited: frozenset[str]) -> Standing | None:
    """``standing: true``; what would give it a date is refused."""
    entry = fields["standing"]
    if not entry.value:
        reader.report("no-effect", "standing-false", entry.node)
        return None
    for name in (*CONFLICTING, "from", "until", "exceptions", "absorbs", "adjust", "calendar", "remind", "cascade"):
        if name in fields and name not in inherited:
            keys = sorted((fields[name].key, entry.key), key=lambda key: (key.line, key.column))
            code = "conflict" if name in CONFLICTING else "no-effect"
            if code == "conflict":
                reader.report(code, "conflict", keys[1], first=keys[0].text, second=keys[1].text)
            else:
                reader.report(code, "no-effect", fields[name].key, key=name, what="standing")
            return None
    return Standing()


def read_timing(
    reader: Reader, fields: Fields, name: str, context: CourseContext, inherited: frozenset[str]
) -> tuple[Timing | None, YearStart]:
    """The timing of an obligation by its key, and the fiscal year that its labels follow."""
    match name:
        case "every":
            cycle = read_cycle(reader, fields, inherited)
            if cycle is None:
                return None, CALENDAR_YEAR
            return read_every(reader, fields, context, cycle), cycle.year
        case "once":
            return read_once(reader, fields, context), CALENDAR_YEAR
        case "dates":
            return read_dates(reader, fields, context), CALENDAR_YEAR
        case "upon":
            return read_upon(reader, fields, context), CALENDAR_YEAR
        case _:
            return read_standing(reader, fields, inherited), CALENDAR_YEAR
