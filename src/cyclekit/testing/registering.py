"""What Hypothesis draws where a test asks for one of our types: ``st.from_type(Obligation)``.

Hypothesis finds ``register`` by the entry point of its own group, so installing the package is enough.
"""

from hypothesis import strategies as st

from cyclekit.civil.periods import Period
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due
from cyclekit.model.roster import Roster, Unit


def register() -> None:
    """Register a strategy for units, rosters, calendars, periods, due dates, obligations, rulebooks and spans.

    >>> register()
    >>> st.from_type(Span).validate()
    """
    from cyclekit.testing import strategies  # noqa: PLC0415  # only tests that draw something need them

    st.register_type_strategy(Due, strategies.dues())
    st.register_type_strategy(Obligation, strategies.obligations())
    st.register_type_strategy(Period, strategies.periods())
    st.register_type_strategy(Roster, strategies.rosters())
    st.register_type_strategy(Rulebook, strategies.rulebooks())
    st.register_type_strategy(Span, strategies.horizons())
    st.register_type_strategy(Unit, strategies.units())
    st.register_type_strategy(WorkingCalendar, strategies.calendars())
