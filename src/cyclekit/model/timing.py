"""When an obligation falls due: exactly one of these."""

import datetime as dt

import attrs

from cyclekit.civil.cycles import Cycle
from cyclekit.civil.spans import Span
from cyclekit.model.pipeline import Due, DueList, DuePlan

#: The period of a single occurrence, as its key spells it.
ONCE = "once"


@attrs.frozen
class Every:
    """``every:``: one occurrence a period, or one for each entry of the plan.

    ``only`` and ``skip`` hold positions in the year (``Q1``, ``H2``, ``11``). ``year_of_unit``: the year begins
    where the unit's own does. ``drop_stubs`` leaves out periods that the bounds cut.
    """

    cycle: Cycle
    plan: DuePlan = DueList()
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    year_of_unit: bool = False
    drop_stubs: bool = False

    def takes(self, position: str) -> bool:
        """Whether a period in this position is one of the obligation's."""
        return position not in self.skip and (not self.only or position in self.only)


@attrs.frozen
class Once:
    """``once:``: due on the last day of ``span``, or on the day before it where ``before`` is set."""

    span: Span
    before: bool = False
    due: Due = Due()


@attrs.frozen
class Dated:
    """One entry of ``dates:``: its label, the span the label names, the date, and a clock time of its own."""

    label: str
    span: Span
    date: dt.date
    time: int | None = None


@attrs.frozen
class Dates:
    """``dates:``: an explicit calendar. No default convention applies to it."""

    entries: tuple[Dated, ...]
    due: Due = Due()


@attrs.frozen
class Standing:
    """``standing: true``: owed at all times; listed, never scheduled."""


@attrs.frozen
class OfObligation:
    """``upon: other``: fires for each occurrence of another obligation, at its due date or its nominal one."""

    obligation: str
    nominal: bool = False


@attrs.frozen
class OfEvent:
    """``upon: {event: incident}``: fires for each event supplied under this name when expanding."""

    name: str


@attrs.frozen
class Upon:
    """``upon:``: one occurrence for each time that its trigger fires, or one for each entry of the plan."""

    trigger: OfObligation | OfEvent
    plan: DuePlan = DueList()


Timing = Every | Once | Dates | Upon | Standing


def dues(timing: Timing) -> tuple[Due, ...]:
    """Every due date that a timing describes; none for a standing one."""
    match timing:
        case Every(plan=plan) | Upon(plan=plan):
            return plan.dues
        case Once(due=due) | Dates(due=due):
            return (due,)
        case Standing():
            return ()
