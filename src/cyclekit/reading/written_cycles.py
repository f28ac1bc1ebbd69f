"""Cycles that an author writes out: a rule of RFC 5545 with its first day, or a list of periods."""

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from cyclekit.civil.cycles import Cycle
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import ERA, Recurrence
from cyclekit.civil.spans import Span
from cyclekit.reading import scalars
from cyclekit.reading.fields import CYCLE_KEYS
from cyclekit.reading.reader import Entry, Fields, Reader
from cyclekit.reading.scalars import Misread

if TYPE_CHECKING:
    from cyclekit.reading.recurrence_words import RuleWords

LAST_DAY = dt.date.max.toordinal()


def read_written_cycle(reader: Reader, fields: Fields, inherited: frozenset[str]) -> Cycle | None:
    """The cycle of an ``every`` that is a mapping; None where it cannot be made, which is reported."""
    written: Fields = fields.get("every")
    found = [name for name in written if name in ("rrule", "periods")]
    if len(found) > 1:
        reader.report("conflict", "conflict", written[found[1]].key, first=found[0], second=found[1])
        return None
    if not found:
        if not written.failed:
            reader.report("missing-key", "missing-cycle", written.node)
        return None
    sound = _has_no_idle_keys(reader, fields, found[0])
    cycle = _rule(reader, fields, written, inherited) if found == ["rrule"] else _periods(reader, written)
    return cycle if sound else None


def _has_no_idle_keys(reader: Reader, fields: Fields, name: str) -> bool:
    """Whether nothing beside it speaks of years, positions or phases, of which such a cycle has none."""
    idle = CYCLE_KEYS if name == "rrule" else CYCLE_KEYS - {"stub"}
    found = [fields[key].key for key in sorted(idle) if key in fields]
    for key in found:
        reader.report("no-effect", "no-effect", key, key=key.text, what=f"every: {{{name}: …}}")
    written: Fields = fields.get("every")
    if name == "periods" and "start" in written:
        reader.report("no-effect", "no-effect", written["start"].key, key="start", what="periods")
        return False
    return not found


def _rule(reader: Reader, fields: Fields, written: Fields, inherited: frozenset[str]) -> Recurrence | None:
    entry = written["rrule"]
    words: RuleWords = entry.value
    if words.has_end and "until" in fields and "until" not in inherited:
        ends = {"until": fields["until"].key, "COUNT" if "count" in words.parts else "UNTIL": entry.node}
        first, second = sorted(ends, key=lambda name: (ends[name].line, ends[name].column))
        reader.report("conflict", "rrule-bounded-twice", ends[second], first=first, second=second)
        return None
    if "start" not in written:
        if "start" not in written.failed:
            reader.report("missing-key", "missing-start", written.node, key="start")
        return None
    start: dt.date = written.get("start")
    rule = words.beginning(start)
    if rule.until is not None and rule.until < rule.start:
        reader.report("empty-range", "until-before-start", entry.node)
        return None
    inside = (start.weekday() - rule.week_start) % 7
    if rule.frequency == "weekly" and rule.positions and inside:
        begin = dt.date.fromordinal(max(rule.start - inside, 1)).isoformat()
        reader.report("bad-value", "rrule-inside-week", entry.node, text=words.text, suggestion=begin)
        return None
    found = next(rule.periods(rule.start, min(rule.start + ERA, LAST_DAY)), None)
    if found is None:
        reader.report("never-fires", "no-rule-fires", entry.node)
        return None
    if found.first != rule.start:
        node, text = written["start"].node, start.isoformat()
        reader.report("start-no-instance", "start-no-instance", node, text=text, suggestion=found.label)
    return rule


def _periods(reader: Reader, written: Fields) -> ListOfPeriods | None:
    """The periods in the order of their days; each has an id of its own, and no two share a day."""
    entries: list[Entry] = written.get("periods")
    found: list[tuple[Period, Entry]] = []
    folded: dict[str, Entry] = {}
    for entry in entries:
        label = entry.key.text
        twin = folded.setdefault(label.lower(), entry)
        if not _is_label(reader, entry):
            continue
        if twin is not entry:
            reader.report("duplicate-id", "case-twins", entry.key, related=(twin.key,), id=label, other=twin.key.text)
            continue
        try:
            span = scalars.span(entry.value)
        except Misread as fault:
            reader.misread(fault, entry.node)
            continue
        found.append((Period(span.first.toordinal(), span.last.toordinal(), label), entry))
    if len(found) < len(entries):
        return None
    found.sort(key=lambda each: each[0])
    apart = True
    for (one, before), (other, after) in pairwise(found):
        if other.first <= one.last:
            apart = False
            first, second = sorted((before, after), key=lambda entry: (entry.key.line, entry.key.column))
            values = {"text": second.key.text, "other": first.key.text}
            reader.report("conflict", "overlapping-periods", second.node, related=(first.node,), **values)
    return ListOfPeriods(tuple(period for period, _ in found)) if apart else None


def _is_label(reader: Reader, entry: Entry) -> bool:
    """Whether a label may stand in keys, file names and addresses; reports it where not."""
    try:
        scalars.identifier(entry.key.text)
    except Misread as fault:
        message = "bad-period-label" if fault.message == "bad-id" else fault.message
        reader.note(fault.code, message, entry.key.place(reader.file), fault.values)
        return False
    return True


def own_labels(cycle: Cycle | None) -> dict[str, Span]:
    """What the labels of a list of periods name; nothing for any other cycle."""
    if not isinstance(cycle, ListOfPeriods):
        return {}
    days = ((each.label, each.first, each.last) for each in cycle.entries)
    return {label: Span(dt.date.fromordinal(first), dt.date.fromordinal(last)) for label, first, last in days}
