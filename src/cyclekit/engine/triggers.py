"""What triggers what: obligations in an order in which each comes after the one that fires it."""

from collections.abc import Iterable

from cyclekit.model.obligation import Obligation
from cyclekit.model.timing import OfObligation, Upon


def triggers_of(obligation: Obligation) -> str | None:
    """The id of the obligation that fires this one; None where it has no trigger, or an event."""
    match obligation.timing:
        case Upon(trigger=OfObligation(obligation=other)):
            return other
        case _:
            return None


def in_trigger_order(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Obligations by id, each after the one that fires it.

    Reading has refused loops; one in a rulebook made by hand raises ValueError.
    """
    by_id = {each.id: each for each in sorted(obligations, key=lambda each: each.id)}
    found: dict[str, Obligation] = {}
    for each in by_id.values():
        chain: list[Obligation] = []
        here: Obligation | None = each
        while here is not None and here.id not in found:
            if here in chain:
                raise ValueError(f"{here.id} is triggered by itself")
            chain.append(here)
            here = by_id.get(triggers_of(here) or "")
        found |= {one.id: one for one in reversed(chain)}
    return list(found.values())
