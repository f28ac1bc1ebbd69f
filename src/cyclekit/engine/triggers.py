"""What triggers what: obligations in an order in which each comes after the one that fires it."""

from collections.abc import Iterable

from cyclekit.engine.forms import variants
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
    """Obligations by id, each after those that fire it, in whichever form.

    Reading has refused loops; one in a rulebook made by hand raises ValueError.
    """
    by_id = {each.id: each for each in sorted(obligations, key=lambda each: each.id)}
    found: dict[str, Obligation] = {}
    for start in by_id.values():
        chain: list[tuple[Obligation, list[str]]] = [(start, _all_triggers(start))]
        while chain:
            here, waited_for = chain[-1]
            if here.id in found or not waited_for:
                found.setdefault(here.id, here)
                chain.pop()
                continue
            trigger = by_id.get(waited_for.pop())
            if trigger is not None and trigger.id not in found:
                if any(trigger is each for each, _ in chain):
                    raise ValueError(f"{trigger.id} is triggered by itself")
                chain.append((trigger, _all_triggers(trigger)))
    return list(found.values())


def _all_triggers(obligation: Obligation) -> list[str]:
    """The ids of what fires an obligation in any of its forms, the last of them first."""
    found = {trigger for each in variants(obligation) if (trigger := triggers_of(each)) is not None}
    return sorted(found, reverse=True)
