"""What an author expects of due dates, from its fields to a value; what it can never be held against is refused."""

from typing import Any

from cyclekit.model.expectation import Expectation, Range
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Every, OfEvent, Once, Standing, Timing, Upon
from cyclekit.reading.reader import Entry, Fields, Item, Reader
from cyclekit.reading.scalars import near


def read_expectation(
    reader: Reader, entry: Entry, timing: Timing, roster: Roster, *, inherited: bool, calendar_in_sight: bool
) -> Expectation | None:
    """The expectation of an obligation; None where it has none that can be held against anything.

    One that comes from ``defaults`` speaks to the obligations that it fits.
    """
    fields: Fields = entry.value
    idle = _idle(timing, fields)
    if idle is not None and not inherited:
        name, beside = idle
        key = fields[name].key if name else entry.key
        reader.report("no-effect", "no-effect", key, key=key.text, what=beside)
    if isinstance(timing, Standing):
        return None
    if fields.get("working_day") and not calendar_in_sight:
        reader.report("missing-key", "no-calendar", fields["working_day"].node, key="calendar")
    recurs = isinstance(timing, Every | Upon) and not _waits_for_event(timing)
    return Expectation(
        per_year=_range(reader, fields, "per_year") if recurs else None,
        never_on=frozenset(_values(fields, "never_on")),
        in_months=frozenset(_values(fields, "in_months")),
        within_month=fields.get("within_month"),
        working_day=fields.get("working_day", False),
        gap=_range(reader, fields, "gap") if recurs else None,
        window=_range(reader, fields, "window"),
        dates=tuple((each.key.text, each.value) for each in fields.get("dates", ())),
        owed_by=tuple((each.key.text, _known(reader, each, roster)) for each in fields.get("owed_by", ())),
        never_with=tuple(_values(fields, "never_with")),
    )


def _waits_for_event(timing: Timing) -> bool:
    return isinstance(timing, Upon) and isinstance(timing.trigger, OfEvent)


def _idle(timing: Timing, fields: Fields) -> tuple[str, str] | None:
    """What can never be held against a timing, and why: the field (empty: all of it), and what it stands beside."""
    if isinstance(timing, Standing):
        return "", "standing"
    beside = "event" if _waits_for_event(timing) else "once" if isinstance(timing, Once) else ""
    if not beside and not isinstance(timing, Every | Upon):
        beside = "dates"
    for name in ("per_year", "gap") if beside else ():
        if name in fields:
            return name, beside
    return None


def _values(fields: Fields, name: str) -> list[Any]:
    items: list[Item] = fields.get(name, [])
    return [item.value for item in items]


def _range(reader: Reader, fields: Fields, name: str) -> Range | None:
    if name not in fields:
        return None
    entry = fields[name]
    if isinstance(entry.value, int):
        return Range(entry.value, entry.value)
    inner: Fields = entry.value
    least, most = inner.get("min"), inner.get("max")
    if least is not None and most is not None and most < least:
        reader.report("conflict", "expected-impossible", inner["max"].node, least=str(least), most=str(most))
    return Range(least, most)


def _known(reader: Reader, entry: Entry, roster: Roster) -> tuple[str, ...]:
    items: list[Item] = entry.value
    for item in items:
        if item.value not in roster:
            suggestion = near(item.value, roster.ids)
            reader.report("unknown-reference", "unknown-unit", item.node, name=item.value, suggestion=suggestion)
    return tuple(item.value for item in items)
