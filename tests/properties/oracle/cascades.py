"""Level by level: each unit is due before the nearest one above it that owes the same."""

from collections.abc import Sequence

from cyclekit.model.obligation import PeriodException, Rulebook
from cyclekit.model.pipeline import Add
from tests.properties.oracle.daybooks import Doubt, Looks, Shelf
from tests.properties.oracle.found import Found, excepted
from tests.properties.oracle.steps import added
from tests.properties.oracle.units import above


def decide(book: Rulebook, found: Sequence[Found], known: dict[int, list[PeriodException]]) -> None:
    """The due dates of one obligation after cascade and exceptions; ``known`` has those of each form by its id.

    Who stands above comes first, so that what was decided about it counts below.
    """
    roster = book.roster
    final: dict[tuple[object, ...], Found] = {}
    for each in sorted(found, key=lambda each: len(above(roster, each.unit))):
        if each.obligation.cascade is not None:
            heads = (final.get((unit, each.period[:2], each.number)) for unit in above(roster, each.unit))
            head = next((one for one in heads if one is not None), None)
            if head is not None:
                shift(each, head)
        excepted(roster, each, known[id(each.obligation)])
        final[each.unit, each.period[:2], each.number] = each


def shift(found: Found, head: Found) -> None:
    """So much earlier than the one above, counted in the unit's calendar."""
    lag = found.obligation.cascade
    assert lag is not None
    looks = Looks()
    shelf: Shelf = found.setting.shelf
    step = Add(-lag.days, "working days" if lag.working else "days")
    day = added(head.due, step, shelf.nearest("unit"), looks)
    assert day is not None
    doubt: Doubt = looks.doubt | head.doubt
    missing = found.missing
    if missing:
        doubt |= found.doubt
    found.nominal, found.nominal_doubt = day, doubt
    found.move(day, None, doubt)
    found.missing = missing
