"""What Hypothesis draws where a test asks for one of our types: ``st.from_type(Obligation)``.

Hypothesis finds ``register`` by the entry point of its own group, so installing the package is enough.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from hypothesis import strategies as st

from cyclekit.civil.periods import Period
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due
from cyclekit.model.roster import Roster, Unit

#: Which of our strategies draws a type.
STRATEGIES: dict[type, str] = {
    Due: "dues",
    Obligation: "obligations",
    Period: "periods",
    Roster: "rosters",
    Rulebook: "rulebooks",
    Span: "horizons",
    Unit: "units",
    WorkingCalendar: "calendars",
}


def register() -> None:
    """Register a strategy for units, rosters, calendars, periods, due dates, obligations, rulebooks and spans.

    >>> register()
    >>> st.from_type(Span).validate()
    """
    for kind, name in STRATEGIES.items():
        st.register_type_strategy(kind, _drawing(name))


def _drawing(name: str) -> Callable[[Any], st.SearchStrategy[Any]]:
    def draw(_kind: object) -> st.SearchStrategy[Any]:
        # Loaded when it is wanted: everything that imports Hypothesis comes by here.
        strategy: st.SearchStrategy[Any] = getattr(import_module("cyclekit.testing.strategies"), name)()
        return strategy

    return draw
