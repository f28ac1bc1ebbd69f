"""What is wrong with a component as a whole: what it lacks, has too much of, or has that does not go together."""

import datetime as dt
from collections.abc import Iterator, Sequence

from cyclekit.adapters.ical.content import Content, Fault, day_of, moment_of
from cyclekit.adapters.ical.rfc import ALARMS, EXCLUSIVE, KNOWN, OPAQUE, SHAPES, WORDS, Shape

#: Something wrong with a component: the place of the line in it, or −1 for the component itself.
Placed = tuple[int, Fault]
_ITSELF = -1


def component_faults(component: str, lines: Sequence[Content], inner: Sequence[str]) -> Iterator[Placed]:
    """What is wrong with a component of these lines, and of the components within, but for each line by itself."""
    yield from _shape_faults(component, [line.name for line in lines], inner)
    yield from _value_faults(component, lines)


def _shape_faults(component: str, names: Sequence[str], inner: Sequence[str]) -> Iterator[Placed]:
    """What is wrong with the names of a component's properties and of the components within, whatever they hold."""
    shape = SHAPES.get(component)
    if shape is None:
        return
    for name in sorted(shape.needed.difference(names)):
        yield _ITSELF, ("feed-missing", {"name": name, "component": component})
    yield from _misplaced(component, shape, names)
    if component == "VCALENDAR":
        if "UID" in names:
            yield names.index("UID"), ("feed-calendar-uid", {})
        if not inner:
            yield _ITSELF, ("feed-empty", {})
    if component == "VTIMEZONE" and not {"STANDARD", "DAYLIGHT"}.intersection(inner):
        yield _ITSELF, ("feed-missing", {"name": "STANDARD", "component": component})
    yield from _together(component, names)


def _misplaced(component: str, shape: Shape, names: Sequence[str]) -> Iterator[Placed]:
    allowed = shape.needed | shape.once | shape.many
    for place, name in enumerate(names):
        if name in KNOWN and name not in allowed and not name.startswith("X-"):
            yield place, ("feed-misplaced", {"name": name, "component": component})
        elif name not in shape.many and name in allowed and name in names[:place]:
            yield place, ("feed-twice", {"name": name, "component": component})


def _together(component: str, names: Sequence[str]) -> Iterator[Placed]:
    """Properties that exclude each other, or want another one beside them."""
    one, other = EXCLUSIVE.get(component, ("", ""))
    if one in names and other in names:
        yield names.index(other), ("feed-both", {"one": one, "other": other})
    for name, wanted in _COMPANIONS.get(component, ()):
        if name in names and wanted not in names:
            yield names.index(name), ("feed-without", {"name": name, "wanted": wanted})


#: Properties that need another one beside them (RFC 5545, sections 3.6.2 and 3.6.6).
_COMPANIONS = {
    "VTODO": (("DURATION", "DTSTART"), ("RRULE", "DTSTART")),
    "VEVENT": (("RRULE", "DTSTART"), ("DTEND", "DTSTART"), ("DURATION", "DTSTART")),
    "VALARM": (("DURATION", "REPEAT"), ("REPEAT", "DURATION")),
}


def is_known(component: str) -> bool:
    """Whether there is such a component."""
    return component in SHAPES or component in OPAQUE or component.startswith("X-")


def may_stand_in(component: str, outer: str) -> bool:
    """Whether a component may stand in another one; of those that are not looked into, anything may."""
    shape = SHAPES.get(outer)
    return shape is None or component in shape.inner or component.startswith("X-")


def _value_faults(component: str, lines: Sequence[Content]) -> Iterator[Placed]:
    """What is wrong with what a component's properties hold, beside what is wrong with each alone."""
    held: dict[str, tuple[int, Content]] = {}
    for place, line in enumerate(lines):
        held.setdefault(line.name, (place, line))
        words = WORDS.get((component, line.name))
        if words is not None and line.value.upper() not in words:
            expected = ", ".join(words)
            yield place, ("feed-unknown-word", {"name": line.name, "text": line.value, "expected": expected})
    if component == "VALARM" and "ACTION" in held:
        action = held["ACTION"][1].value.upper()
        for name in sorted(ALARMS.get(action, frozenset()) - held.keys()):
            yield _ITSELF, ("feed-alarm-missing", {"name": name, "action": action})
    for name in ("DTEND", "DUE"):
        if name in held and "DTSTART" in held:
            yield from _span_faults(held["DTSTART"][1], *held[name])


def _span_faults(start: Content, place: int, end: Content) -> Iterator[Placed]:
    if start.kind != end.kind:
        yield place, ("feed-end-type", {"name": end.name, "type": start.kind})
        return
    first, last = _when(start), _when(end)
    if first is None or last is None:
        return
    if isinstance(first, dt.datetime) and isinstance(last, dt.datetime):
        zones = [start.parameters.get("TZID"), end.parameters.get("TZID")]
        if (first.tzinfo is None, zones[0] is None) != (last.tzinfo is None, zones[1] is None):
            yield place, ("feed-end-type", {"name": end.name, "type": start.kind})
            return
        if zones[0] != zones[1]:
            return
    if last == first:
        yield place, ("feed-end-equal", {"name": end.name})
    elif last < first:
        yield place, ("feed-end-before", {"name": end.name})


def _when(line: Content) -> dt.date | None:
    return day_of(line.value) if line.kind == "DATE" else moment_of(line.value)
