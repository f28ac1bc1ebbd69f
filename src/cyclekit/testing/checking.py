"""All invariants at once: which hold for a rulebook, which had nothing to hold for, and which do not."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Rulebook
from cyclekit.testing import invariants
from cyclekit.testing.expanding import Expand, expand
from cyclekit.testing.horizons import years_of
from cyclekit.testing.invariants import InvariantError

#: How many years are looked at where no horizon is given.
USUAL_YEARS = 3

INVARIANTS: Mapping[str, Callable[..., int]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            invariants.horizons_add_up,
            invariants.order_does_not_matter,
            invariants.one_occurrence_a_period,
            invariants.nothing_drifts,
            invariants.keys_are_unique,
            invariants.keys_do_not_depend_on_dates,
            invariants.adjusted_days_are_working_days,
            invariants.modified_stays_in_the_month,
            invariants.adjusting_has_a_direction,
            invariants.periods_keep_their_order,
            invariants.waived_are_still_listed,
            invariants.feeds_read_back,
            invariants.absorbed_once,
            invariants.levels_are_strictly_earlier,
            invariants.centuries_repeat,
        )
    }
)


@attrs.frozen
class Checked:
    """What became of each invariant, by name: those that held, those that found nothing to look at, those that broke.

    It is true where none broke.
    """

    held: tuple[str, ...]
    idle: tuple[str, ...]
    broken: tuple[InvariantError, ...]

    def __bool__(self) -> bool:
        return not self.broken


def check(book: Rulebook, horizon: Span | None = None, *, expand: Expand = expand) -> Checked:
    """Hold every invariant against a rulebook over a horizon; left out, over three years from where it begins.

    Nothing is raised for an invariant that does not hold: it is among ``broken``. Raises what expanding raises.

    >>> import cyclekit
    >>> checked = check(cyclekit.load("rules/cn/lpr.yaml"))
    >>> "adjusted_days_are_working_days" in checked.held, checked.broken
    (True, ())
    """
    span = horizon or years_of(book, USUAL_YEARS)
    held: list[str] = []
    idle: list[str] = []
    broken: list[InvariantError] = []
    for name, invariant in INVARIANTS.items():
        try:
            (held if invariant(book, span, expand=expand) else idle).append(name)
        except InvariantError as fault:
            broken.append(fault)
    return Checked(tuple(held), tuple(idle), tuple(broken))
