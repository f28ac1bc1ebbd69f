"""Working-day calendars and conventions against QuantLib's ``BespokeCalendar``, told the same days.

Each of the ten questions is put about 1000 random days to at least 100 random calendars: a million cases.

How their words are ours: a weekend that is worked is a holiday taken away. ``advance`` by days counts working days
strictly after or before its day, as ``add`` does; by 0 days it would adjust, where ours refuses. Counting backward
is negative where ours is 0. ``Nearest`` goes forward on a tie, as ours; numpy has none. QuantLib compares months
without their years, so its modified conventions do not see a closure of eleven months and more: none is drawn.
"""

import random
from functools import cache
from typing import Any

import pytest
import QuantLib as ql  # noqa: N813 (the name that its own documentation gives it)
from hypothesis import assume, given, settings

from cyclekit.civil.conventions import Convention, adjust
from tests.properties.closures import Closures, closures, seeds, some_counts, some_days, some_spans

CALENDARS = settings(max_examples=max(100, settings.default.max_examples if settings.default else 0))
DAYS = 1000
SERIAL = 693_594  # the ordinal of 1899-12-30: their day 1 is 1899-12-31
ELEVEN_MONTHS = 330
CONVENTIONS = {
    Convention.FOLLOWING: ql.Following,
    Convention.PRECEDING: ql.Preceding,
    Convention.MODIFIED_FOLLOWING: ql.ModifiedFollowing,
    Convention.MODIFIED_PRECEDING: ql.ModifiedPreceding,
    Convention.NEAREST: ql.Nearest,
    Convention.HALF_MONTH_MODIFIED_FOLLOWING: ql.HalfMonthModifiedFollowing,
}


@cache
def date(day: int) -> Any:
    """An ordinal as QuantLib's date."""
    return ql.Date(day - SERIAL)


def ordinal(found: Any) -> int:
    """QuantLib's date as an ordinal."""
    return int(found.serialNumber()) + SERIAL


def quantlibs(book: Closures) -> Any:
    """The same days as QuantLib takes them; its weekdays count from Sunday, 1."""
    calendar = ql.BespokeCalendar("drawn")
    for weekday in book.weekend:
        calendar.addWeekend((weekday + 1) % 7 + 1)
    for day in book.single_days:
        calendar.addHoliday(date(day))
    for day in book.open_weekends:
        calendar.removeHoliday(date(day))
    return calendar


@CALENDARS
@given(book=closures(), chance=seeds())
def test_a_day_is_worked_where_quantlib_says_so(book: Closures, chance: random.Random) -> None:
    """Any weekend, closures and openings of any length: 100,000 cases."""
    calendar, theirs, days = book.compiled(), quantlibs(book), some_days(chance, DAYS)
    assert list(map(calendar.is_working, days)) == [theirs.isBusinessDay(date(day)) for day in days]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda each: each.value)
@CALENDARS
@given(book=closures(), chance=seeds())
def test_adjusting_is_quantlibs(convention: Convention, book: Closures, chance: random.Random) -> None:
    """Six conventions: 600,000 cases."""
    calendar, theirs, days = book.compiled(), quantlibs(book), some_days(chance, DAYS)
    assume(calendar.longest_closure < ELEVEN_MONTHS)
    expected = [ordinal(theirs.adjust(date(day), CONVENTIONS[convention])) for day in days]
    assert [adjust(day, convention, calendar) for day in days] == expected


@CALENDARS
@given(book=closures(), chance=seeds())
def test_adding_working_days_is_quantlibs_advance(book: Closures, chance: random.Random) -> None:
    """Up to 250 working days on or back, from days that are worked and days that are not: 100,000 cases."""
    calendar, theirs = book.compiled(), quantlibs(book)
    days, counts = some_days(chance, DAYS), some_counts(chance, DAYS, 250)
    expected = [ordinal(theirs.advance(date(day), count, ql.Days)) for day, count in zip(days, counts, strict=True)]
    assert list(map(calendar.add, days, counts)) == expected


@CALENDARS
@given(book=closures(), chance=seeds())
def test_counting_working_days_is_quantlibs(book: Closures, chance: random.Random) -> None:
    """Spans of a day up to two years, both ends included: 100,000 cases."""
    calendar, theirs, spans = book.compiled(), quantlibs(book), some_spans(chance, DAYS)
    expected = [theirs.businessDaysBetween(date(first), date(last), True, True) for first, last in spans]
    assert [calendar.count(*span) for span in spans] == expected


@CALENDARS
@given(book=closures(), chance=seeds())
def test_the_nth_working_day_is_quantlibs_advance_within_a_span(book: Closures, chance: random.Random) -> None:
    """Counted from the day before the span, or back from the day after it: 100,000 cases."""
    calendar, theirs = book.compiled(), quantlibs(book)
    spans, numbers = some_spans(chance, DAYS), some_counts(chance, DAYS, 60)
    expected: list[int | None] = []
    for (first, last), number in zip(spans, numbers, strict=True):
        outside = first - 1 if number > 0 else last + 1
        found = ordinal(theirs.advance(date(outside), number, ql.Days))
        expected.append(found if first <= found <= last else None)
    assert [calendar.nth(*span, number) for span, number in zip(spans, numbers, strict=True)] == expected
