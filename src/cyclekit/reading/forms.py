"""An obligation in one form: which units owe it so, in which periods, by what was known when."""

import datetime as dt
from collections.abc import Set as AbstractSet

import attrs

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds
from cyclekit.model.obligation import Obligation

#: Which changes make a form, as places in their list.
Numbers = tuple[int, ...]
#: The first and the last day there is.
FIRST_DAY, LAST_DAY = dt.date.min.toordinal(), dt.date.max.toordinal()


@attrs.frozen
class Stretch:
    """Some units owe a form in the periods that begin on the days ``first``..``last``, as was known in ``state``."""

    state: int
    first: int
    last: int
    units: AbstractSet[int]


@attrs.frozen
class Variant:
    """An obligation in one form, the fiscal year its labels follow, the units that owe it so, and when.

    ``stretches`` None: those units owe it always.
    """

    obligation: Obligation
    year: YearStart
    units: AbstractSet[int]
    stretches: tuple[Stretch, ...] | None = None

    def bounds(self, outer: Bounds) -> Bounds:
        """Its bounds together with those of its file."""
        return self.obligation.bounds.both(outer)

    def owing(self, first: int | None, states: range | None = None) -> AbstractSet[int]:
        """The units that owe it in a period that begins on a day (None: on any), as was known in these states.

        ``states`` None: in any.
        """
        if self.stretches is None:
            return self.units
        found: AbstractSet[int] = frozenset()
        for each in self.stretches:
            known = states is None or each.state in states
            if known and (first is None or each.first <= first <= each.last):
                found |= each.units
        return found
