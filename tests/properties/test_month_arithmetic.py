"""Adding months and years: clamped as dateutil's ``relativedelta`` does, sticky as QuantLib's end of month.

Neither has words for the others, so those are held to what ``relativedelta`` shows to be a missing day.
"""

import calendar
import datetime as dt
from typing import Literal

import pytest
import QuantLib as ql  # noqa: N813 (the name that its own documentation gives it)
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.engine.course import Calendars, Runner
from cyclekit.errors import DateRangeError, MissingDayError
from cyclekit.model.pipeline import Add, Course, MonthEnd

ONE_DAY = dt.timedelta(days=1)
Unit = Literal["months", "years"]
UNITS: list[Unit] = ["months", "years"]
amounts = st.integers(-40, 40) | st.sampled_from([-1200, -48, 48, 1200])


@st.composite
def ends_of_months(draw: st.DrawFn, first: dt.date = dt.date.min, last: dt.date = dt.date.max) -> dt.date:
    """Days, half of them one of the last four of their month."""
    day = draw(st.dates(first, last))
    length = calendar.monthrange(day.year, day.month)[1]
    return draw(st.just(day) | st.integers(length - 3, length).map(lambda number: day.replace(day=number)))


def added(day: dt.date, amount: int, unit: Unit, month_end: MonthEnd = MonthEnd.CLAMP) -> dt.date | None:
    """What a step makes of a day."""
    runner = Runner(Course(steps=(Add(amount, unit, month_end),)), Calendars({}, None, None, None))
    found = runner.walk(day.toordinal())
    return dt.date.fromordinal(found.due) if found else None


def shift(amount: int, unit: Unit) -> relativedelta:
    """The same step in dateutil's words."""
    return relativedelta(months=amount) if unit == "months" else relativedelta(years=amount)


@pytest.mark.parametrize("unit", UNITS)
@given(day=ends_of_months(), amount=amounts)
def test_clamped_months_are_dateutils(unit: Unit, day: dt.date, amount: int) -> None:
    """The same day of the month, or its last; beyond the years 1 to 9999 there is nothing for either."""
    try:
        expected = day + shift(amount, unit)
    except (ValueError, OverflowError):
        with pytest.raises(DateRangeError):
            added(day, amount, unit)
    else:
        assert added(day, amount, unit) == expected


@pytest.mark.parametrize("unit", UNITS)
@given(day=ends_of_months(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), amount=st.integers(-90, 90))
def test_sticky_months_are_quantlibs_end_of_month(unit: Unit, day: dt.date, amount: int) -> None:
    """Clamped, and a last day of the month stays one."""
    step = ql.Period(amount, ql.Months if unit == "months" else ql.Years)
    start = ql.Date(day.day, day.month, day.year)
    sticky = ql.NullCalendar().advance(start, step, ql.Unadjusted, True)
    clamped = ql.NullCalendar().advance(start, step, ql.Unadjusted, False)
    assert added(day, amount, unit, MonthEnd.STICKY) == sticky.to_date()
    assert added(day, amount, unit) == clamped.to_date()


@pytest.mark.parametrize("unit", UNITS)
@given(day=ends_of_months(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), amount=amounts)
def test_the_words_differ_only_where_the_day_is_missing(unit: Unit, day: dt.date, amount: int) -> None:
    """Then ``next`` is the day after the clamped one, ``skip`` no occurrence, and ``error`` names the day."""
    clamped = day + shift(amount, unit)
    if clamped.day == day.day:
        words = (MonthEnd.NEXT, MonthEnd.SKIP, MonthEnd.ERROR)
        assert {added(day, amount, unit, word) for word in words} == {clamped}
        return
    assert added(day, amount, unit, MonthEnd.NEXT) == clamped + ONE_DAY
    assert (clamped + ONE_DAY).day == 1
    assert added(day, amount, unit, MonthEnd.SKIP) is None
    with pytest.raises(MissingDayError) as caught:
        added(day, amount, unit, MonthEnd.ERROR)
    assert caught.value.day == day.day


@given(day=ends_of_months(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), amount=amounts)
def test_sticky_months_lead_back_to_a_last_day(day: dt.date, amount: int) -> None:
    """The last day of a month, so many months on and back, is the last day that it was."""
    last = day + relativedelta(day=31)
    there = added(last, amount, "months", MonthEnd.STICKY)
    assert there is not None
    assert added(there, -amount, "months", MonthEnd.STICKY) == last
