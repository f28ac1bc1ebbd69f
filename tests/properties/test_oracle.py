"""The engine against the contract done slowly."""

import datetime as dt

import pytest
from hypothesis import given

from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.errors import CalendarError
from cyclekit.model.obligation import Rulebook
from tests.properties.oracle import DayBook, UnknownDaysError, facts, occurrences
from tests.properties.strategies import calendar_shelves, horizons, known_ons, meeting_rulebooks, rulebooks


@given(
    book=rulebooks() | meeting_rulebooks(),
    shelf=calendar_shelves(data_begin=False),
    horizon=horizons(),
    known_on=known_ons(),
)
def test_a_schedule_is_what_the_contract_says_of_each_unit_and_period(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span, known_on: dt.date | None
) -> None:
    """Windows, cohorts, forms, slices and holes give what looking at every unit, period and day gives."""
    schedule = expand(book, horizon, {name: each.compiled() for name, each in shelf.items()}, known_on=known_on)
    assert facts(schedule) == occurrences(book, horizon, shelf, known_on)


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(data_begin=True), horizon=horizons())
def test_days_before_the_data_are_refused_where_a_date_of_the_horizon_rests_on_them(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span
) -> None:
    """CalendarError comes exactly where a date that is asked for rests on such a day, whatever else does."""
    calendars = {name: each.compiled() for name, each in shelf.items()}
    try:
        expected = occurrences(book, horizon, shelf)
    except UnknownDaysError:
        with pytest.raises(CalendarError):
            expand(book, horizon, calendars)
    else:
        assert facts(expand(book, horizon, calendars)) == expected
