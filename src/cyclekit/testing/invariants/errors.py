"""What is raised where an invariant does not hold."""

from cyclekit.civil.spans import Span
from cyclekit.model.identity import Key
from cyclekit.model.occurrence import Occurrence


class InvariantError(AssertionError):
    """An invariant does not hold; ``name`` is which, ``horizon`` where, ``key`` the occurrence that shows it."""

    def __init__(self, name: str, horizon: Span, said: str, key: Key | None = None) -> None:
        self.name = name
        self.horizon = horizon
        self.key = key
        super().__init__(f"{name}, over {horizon}: {said}" + (f" ({key})" if key else ""))


def told(each: Occurrence) -> str:
    """An occurrence in a few words."""
    return f"{each.key} due {each.due}, nominally {each.nominal}, {each.status.value}"


def first_difference(some: list[Occurrence], others: list[Occurrence]) -> str:
    """Where two lists of occurrences first differ."""
    for one, other in zip(some, others, strict=False):
        if one != other:
            return f"{told(one)}, against {told(other)}"
    longer = some if len(some) > len(others) else others
    return f"{told(longer[min(len(some), len(others))])} is in one of the two only"
