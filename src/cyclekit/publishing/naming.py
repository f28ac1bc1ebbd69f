"""Names of units as readers see them: a unit that is called otherwise has changed events, though no date moved."""

from collections.abc import Iterator

import attrs

from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.publishing.state import KnownBook
from cyclekit.words.occurrences import PARENT


@attrs.frozen
class Renamed:
    """Units by id: those that are called otherwise than before, and those above which another name stands."""

    itself: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()


def renamed(book: Rulebook | None, old: KnownBook | None, language: str) -> Renamed:
    """Which units readers of a language see under another name than before, or below another one."""
    if book is None or old is None:
        return Renamed()
    roster = book.roster

    def was(unit: str | None) -> str | None:
        known = old.units.get(unit) if unit is not None else None
        return known.name.get(language) if known else None

    itself: set[str] = set()
    above: set[str] = set()
    for number, id_ in enumerate(roster.ids):
        known = old.units.get(id_)
        if known is None:
            continue
        if roster.names[number].get(language) != known.name.get(language):
            itself.add(id_)
        parent = roster.parents[number]
        if (None if parent == NO_PARENT else roster.names[parent].get(language)) != was(known.parent):
            above.add(id_)
    return Renamed(frozenset(itself), frozenset(above))


def tells_above(obligation: Obligation) -> bool:
    """Whether an event of it names the unit above the one that owes it."""
    return PARENT in (obligation.lead, *obligation.report_to)


def named(obligation: Obligation, roster: Roster) -> Iterator[tuple[tuple[str, str], ...]]:
    """What those are called whom an obligation names: ids of units mean their names, all else is told as it stands."""
    for each in (obligation.lead, *obligation.report_to):
        if each is not None and each in roster and each != PARENT:
            yield roster[each].name.parts
