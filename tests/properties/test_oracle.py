"""The engine against the contract done slowly."""

import pytest
from hypothesis import given

from cyclekit.civil.spans import Span
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Rulebook
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import UnknownDaysError, World, facts, occurrences
from tests.properties.strategies import horizons, worlds


@given(book=rules(), world=worlds(known=True), horizon=horizons())
def test_a_schedule_is_what_the_contract_says_of_each_unit_and_period(
    book: Rulebook, world: World, horizon: Span
) -> None:
    """Windows, cohorts, forms, slices and holes give what looking at every unit, period and day gives."""
    assert facts(expanded(book, horizon, world)) == occurrences(book, horizon, world)


@given(book=rules(), world=worlds(data_begin=True), horizon=horizons())
def test_days_before_the_data_are_refused_where_a_date_of_the_horizon_rests_on_them(
    book: Rulebook, world: World, horizon: Span
) -> None:
    """CalendarError comes exactly where a date that is asked for rests on such a day, whatever else does."""
    try:
        expected = occurrences(book, horizon, world)
    except UnknownDaysError:
        with pytest.raises(CalendarError):
            expanded(book, horizon, world)
    else:
        assert facts(expanded(book, horizon, world)) == expected
