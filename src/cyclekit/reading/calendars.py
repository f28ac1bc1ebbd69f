"""Calendars of a file's own: their fields to values, and what is wrong with them, alone and on one another."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress

import attrs

from cyclekit.civil.spans import Span
from cyclekit.civil.working import SATURDAY_SUNDAY, WorkingCalendar
from cyclekit.civil.yearly import YearlySpan
from cyclekit.errors import CalendarError
from cyclekit.model.own_calendar import NamedDays, OwnCalendar, bases_first
from cyclekit.model.pipeline import UNIT
from cyclekit.reading.day_sets import DaySet, Written
from cyclekit.reading.day_words import days
from cyclekit.reading.known import BUILT_IN
from cyclekit.reading.loops import loops
from cyclekit.reading.nodes import Node, Scalar
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.references import References, check_calendar

BASES = ("any_of", "all_of", "base")
#: The longest single closure. How far a date may be moved is looked at in every expansion.
LONGEST_CLOSURE = 10 * 366
#: The years in which a calendar is tried for a working day: one, which nearly all have, then those in which every
#: date falls on every weekday.
YEARS = ((2024, 2024), (2000, 2027))


def read_calendars(reader: Reader, entries: Sequence[Entry], references: References) -> tuple[OwnCalendar, ...]:
    """The calendars that a file makes itself, without those that cannot be used, which is reported."""
    seen: dict[str, Scalar] = {}
    bases: dict[str, list[Item]] = {}
    found: dict[str, OwnCalendar] = {}
    for entry in entries:
        free = _is_free(reader, entry.key, seen, references)
        own = _read(reader, entry, references)
        if free:
            bases[entry.key.text] = _bases(entry.value)
        if free and own is not None:
            found[own.id] = own
    for loop in loops(bases):
        node = next(item.node for item in bases[loop[0]] if item.value == loop[1])
        reader.report("cycle", "cycle-of-calendars", node, loop=" → ".join(loop))
        found = {name: own for name, own in found.items() if name not in loop}
    _refuse_unworked(reader, found, {entry.key.text: entry.value for entry in entries})
    return tuple(found.values())


def _is_free(reader: Reader, key: Scalar, seen: dict[str, Scalar], references: References) -> bool:
    """Whether an id is nobody else's: no known calendar's, no word of the language, told apart by more than case."""
    name = key.text
    twin = seen.setdefault(name.lower(), key)
    if name == UNIT:
        reader.report("bad-id", "reserved-calendar", key, text=name)
    elif name in BUILT_IN or references.around.calendars.knows(name):
        reader.report("duplicate-id", "known-calendar", key, id=name)
    elif twin is not key:
        reader.report("duplicate-id", "case-twins", key, related=(twin,), id=name, other=twin.text)
    else:
        return True
    return False


def _bases(fields: Fields) -> list[Item]:
    """What a calendar says it builds on, in the order of the file."""
    found: list[Item] = []
    for name in fields:
        if name == "base":
            found.append(Item(fields[name].value, fields[name].node))
        elif name in BASES:
            found += fields[name].value
    return found


def _read(reader: Reader, entry: Entry, references: References) -> OwnCalendar | None:
    fields: Fields = entry.value
    before = len(reader.diagnostics)
    written = [name for name in fields if name in BASES]
    if not written and not {"?", *BASES} & fields.failed:
        reader.report("missing-key", "calendar-without-base", entry.key, id=entry.key.text)
    for second in written[1:]:
        reader.report("conflict", "conflict", fields[second].key, first=written[0], second=second)
    bases = _bases(fields)
    for item in bases:
        check_calendar(reader, Entry(item.value, entry.key, item.node), references)
    _refuse_twice(reader, bases)
    _refuse_twice(reader, fields.get("weekend", ()))
    closed, opened = _days_of(fields, "closed"), _days_of(fields, "open")
    suspended = [Written(item.value, item.node) for item in fields.get("suspended", ())]
    for each in (*closed, *suspended):
        if isinstance(each.days, Span) and each.days.days > LONGEST_CLOSURE:
            reader.report("out-of-range", "closed-for-years", each.node, text=str(each.days))
    _refuse_shared_days(reader, closed, opened, suspended)
    if fields.failed or len(written) != 1 or any(each.is_error for each in reader.diagnostics[before:]):
        return None
    return OwnCalendar(
        entry.key.text,
        tuple(item.value for item in bases),
        needs_all=written == ["all_of"],
        weekend=frozenset(item.value for item in fields.get("weekend")) if "weekend" in fields else None,
        closed=_named(fields, "closed"),
        open=_named(fields, "open"),
        suspended=tuple(each.days for each in suspended),
    )


def _refuse_twice(reader: Reader, items: Sequence[Item]) -> None:
    for number, item in enumerate(items):
        if item.value in [each.value for each in items[:number]] and isinstance(item.node, Scalar):
            reader.report("conflict", "position-twice", item.node, text=item.node.text)


def _days_of(fields: Fields, name: str) -> list[Written]:
    return [Written(days(entry.key.text), entry.key) for entry in fields.get(name, ())]


def _named(fields: Fields, name: str) -> tuple[NamedDays, ...]:
    return tuple(NamedDays(days(entry.key.text), entry.value) for entry in fields.get(name, ()))


def _refuse_shared_days(
    reader: Reader, closed: Sequence[Written], opened: Sequence[Written], suspended: Sequence[Written]
) -> None:
    """One day that is both worked and not. A year's own entry may differ from one of ``closed`` for every year."""
    shut, worked, held_off = DaySet(closed), DaySet(opened), DaySet(suspended)
    for each in opened:
        _report_shared(reader, "open-and-closed", each.node, shut.on(each.days))
        other = held_off.on(each.days) or held_off.in_any_year(each.days)
        _report_shared(reader, "open-and-suspended", each.node, other)
    for each in suspended:
        _report_shared(reader, "open-and-suspended", each.node, worked.in_any_year(each.days))


def _report_shared(reader: Reader, message: str, one: Node, other: Node | None) -> None:
    if other is None:
        return
    first, second = sorted((one, other), key=lambda node: (node.line, node.column))
    text = second.text if isinstance(second, Scalar) else ""
    reader.report("conflict", message, second, related=(first,), text=text)


def _refuse_unworked(reader: Reader, calendars: Mapping[str, OwnCalendar], fields: Mapping[str, Fields]) -> None:
    """A calendar whose own entries leave no working day, whatever the public holidays are.

    What was said of single years comes to an end, and is left aside. One that builds on such a calendar is not told.
    """
    yearly = {name: _every_year(own) for name, own in calendars.items()}
    order = bases_first(yearly, {name: own.bases for name, own in yearly.items()})
    compiled: dict[str, WorkingCalendar] = {}
    for first, last in YEARS:
        if len(compiled) < len(order):
            compiled = _compiled(yearly, order, dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal())
    for name in order:
        own = yearly[name]
        if name not in compiled and all(each in compiled or each not in yearly for each in own.bases):
            reader.report("never-fires", "never-worked", _blamed(own, compiled, fields[name]), id=name)


def _every_year(own: OwnCalendar) -> OwnCalendar:
    return attrs.evolve(
        own,
        closed=tuple(each for each in own.closed if isinstance(each.days, YearlySpan)),
        suspended=tuple(each for each in own.suspended if isinstance(each, YearlySpan)),
    )


def _compiled(
    calendars: Mapping[str, OwnCalendar], order: Sequence[str], first: int, last: int
) -> dict[str, WorkingCalendar]:
    """Those of the calendars that have a working day in a world without public holidays.

    Only ``weekdays`` has weekends there; and a calendar that works on a day of a single year, on every day.
    """
    found: dict[str, WorkingCalendar] = {}
    for name in order:
        own = calendars[name]
        if any(isinstance(each.days, Span) for each in own.open):
            found[name] = WorkingCalendar(name, first, last, weekend=frozenset())
        elif all(each in found or each not in calendars for each in own.bases):
            with suppress(CalendarError):
                found[name] = _composed(own, found, first, last)
    return found


def _composed(own: OwnCalendar, compiled: Mapping[str, WorkingCalendar], first: int, last: int) -> WorkingCalendar:
    bases = []
    for name in own.bases:
        weekend = SATURDAY_SUNDAY if name == "weekdays" else frozenset[int]()
        bases.append(compiled.get(name) or WorkingCalendar(name, first, last, weekend=weekend))
    return own.compose(own.id, bases, first, last)


def _blamed(own: OwnCalendar, compiled: Mapping[str, WorkingCalendar], fields: Fields) -> Node:
    """What keeps it from being worked: the field without which it would be, or else what it builds on."""
    first, last = dt.date(YEARS[-1][0], 1, 1).toordinal(), dt.date(YEARS[-1][1], 12, 31).toordinal()
    freed = {
        "suspended": attrs.evolve(own, suspended=()),
        "weekend": attrs.evolve(own, weekend=None),
        "closed": attrs.evolve(own, closed=()),
    }
    for name, without in freed.items():
        if name in fields:
            with suppress(CalendarError):
                _composed(without, compiled, first, last)
                return _first_entry(fields[name])
    return next(fields[name].node for name in BASES if name in fields)


def _first_entry(entry: Entry) -> Node:
    """Where the first of several entries stands; of a field with one value, the value."""
    first = entry.value[0]
    if isinstance(first, Entry):
        return first.key
    return entry.node if entry.key.text == "weekend" else first.node
