"""What readers see of an occurrence beside what ``deadlines.json`` has of it, by the names of the fields."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from cyclekit.model.obligation import Obligation
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.publishing.naming import tells_above
from cyclekit.words.occurrences import PARENT
from cyclekit.words.rules import DateRules

#: What is seen of an occurrence, each as a value that is equal where the same is meant.
Seen = Mapping[str, object]
#: Tells why an occurrence is due on its day.
Why = Callable[[Occurrence], str]
#: Of the units that owe something, and of the one above where that is told.
_Names = tuple[tuple[Text, ...], Text | None]


def seen_in(schedule: Schedule, why: Why) -> Iterator[tuple[Occurrence, Seen]]:
    """Each occurrence with what is seen of it. Units that share a row, and the names in it, share one object."""
    rule = DateRules()
    of_rows: dict[tuple[int, int], Seen] = {}
    shared: dict[tuple[int, int, _Names], Seen] = {}
    for occurrence in schedule:
        line, row, _ = occurrence.place
        place = (id(line), row)
        if place not in of_rows:
            of_rows[place] = MappingProxyType(dict(_of_row(occurrence, why, rule)))
        names = _names(occurrence)
        key = (*place, names)
        if key not in shared:
            shared[key] = _with_names(of_rows[place], line.obligation, *names)
        yield occurrence, shared[key]


def _of_row(occurrence: Occurrence, why: Why, rule: DateRules) -> Iterator[tuple[str, object]]:
    """What all see alike who owe it on the same terms."""
    obligation, exception = occurrence.obligation, occurrence.exception
    roster = occurrence.rulebook.roster
    yield "kind", obligation.kind
    yield "tags", obligation.tags
    yield "lead", _persons((obligation.lead,) if obligation.lead else (), roster)
    yield "report_to", _persons(obligation.report_to, roster)
    yield "deliver", obligation.deliver
    yield "url", obligation.url
    yield "notes", obligation.notes.parts if obligation.notes else ()
    yield "remind", obligation.remind
    yield "timezone", occurrence.timezone if occurrence.time else None
    yield "reason", exception.reason if exception else ""
    yield "rule", (rule(occurrence, "en"), rule(occurrence, "zh"))
    yield "why", why(occurrence)


def _persons(names: tuple[str, ...], roster: Roster) -> tuple[object, ...]:
    """Those whom an obligation names: ids of units mean their names, all else is told as it stands."""
    return tuple((each, roster[each].name if each in roster and each != PARENT else None) for each in names)


def _names(occurrence: Occurrence) -> _Names:
    """What those are called who owe it, and the unit above where an event tells of it."""
    roster = occurrence.rulebook.roster
    own = tuple(each.name for each in occurrence.units)
    parent = roster.parents[occurrence.unit.number]
    is_told = tells_above(occurrence.obligation) and parent != NO_PARENT
    return own, roster.names[parent] if is_told else None


def _with_names(seen: Seen, obligation: Obligation, own: tuple[Text, ...], above: Text | None) -> Seen:
    found = {"name": own, **seen}
    # The unit above is seen where it leads, or has something reported to it.
    if obligation.lead == PARENT:
        found["lead"] = (seen["lead"], above)
    if PARENT in obligation.report_to:
        found["report_to"] = (seen["report_to"], above)
    return MappingProxyType(found)
