"""Working-day calendars against numpy's ``busdaycalendar``, told the same weekends and closed days.

Each of the eleven questions is put about 1000 random days to at least 100 random calendars: 1.1 million cases.

How their words are ours: ``busday_offset`` first rolls a day that is not worked and then counts, so “the n-th
working day after” rolls back before it counts on, and “before” rolls on before it counts back; an offset of 0 is
rolling alone. ``busday_count`` leaves out its last day, and counts backward as negative where ours is 0. Its
calendars know no worked weekends: where there are some, every day that is not worked is told one by one.
``nearest`` and the half-month are not among its rolls.
"""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from cyclekit.civil.conventions import Convention, adjust
from tests.properties.closures import COMPILED, Closures, closures, seeds, some_counts, some_days, some_spans

CALENDARS = settings(max_examples=max(100, settings.default.max_examples if settings.default else 0))
DAYS = 1000
EPOCH = 719_163  # 1970-01-01, where numpy's days begin
ROLLS = {
    Convention.FOLLOWING: "following",
    Convention.PRECEDING: "preceding",
    Convention.MODIFIED_FOLLOWING: "modifiedfollowing",
    Convention.MODIFIED_PRECEDING: "modifiedpreceding",
}


def days64(days: Any) -> Any:
    """Ordinals as numpy's days."""
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]") - EPOCH


def ordinals(days: Any) -> list[int]:
    """Numpy's days as ordinals."""
    found: list[int] = (days.astype(np.int64) + EPOCH).tolist()
    return found


def numpys(book: Closures) -> Any:
    """The same days as numpy takes them."""
    if not book.open_weekends:
        weekmask = [weekday not in book.weekend for weekday in range(7)]
        return np.busdaycalendar(weekmask, days64(sorted(book.single_days)))
    weekends = {day for day in range(COMPILED[0], COMPILED[1] + 1) if (day - 1) % 7 in book.weekend}
    return np.busdaycalendar("1111111", days64(sorted(weekends - book.open_weekends | book.single_days)))


def offset(days: Any, counts: Any, roll: Any, calendar: Any) -> Any:
    """Rolled, then so many days on: both as arrays."""
    return np.busday_offset(days64(days), np.asarray(counts), roll, busdaycal=calendar)


def strictly(days: Any, counts: Any, calendar: Any) -> Any:
    """So many days strictly after, or before where the count is negative."""
    later, earlier = (offset(days, counts, roll, calendar) for roll in ("preceding", "following"))
    return np.where(np.asarray(counts) > 0, later, earlier)


@CALENDARS
@given(book=closures(), chance=seeds())
def test_a_day_is_worked_where_numpy_says_so(book: Closures, chance: random.Random) -> None:
    """Any weekend, closures and openings of any length: 100,000 cases."""
    calendar, days = book.compiled(), some_days(chance, DAYS)
    assert list(map(calendar.is_working, days)) == np.is_busday(days64(days), busdaycal=numpys(book)).tolist()


@pytest.mark.parametrize("convention", ROLLS, ids=lambda each: each.value)
@CALENDARS
@given(book=closures(), chance=seeds())
def test_adjusting_is_numpys_rolling(convention: Convention, book: Closures, chance: random.Random) -> None:
    """Four conventions, over closures longer than months too: 400,000 cases."""
    calendar, days = book.compiled(), some_days(chance, DAYS)
    expected = offset(days, 0, ROLLS[convention], numpys(book))
    assert [adjust(day, convention, calendar) for day in days] == ordinals(expected)


@pytest.mark.parametrize("ask", ["following", "preceding"])
@CALENDARS
@given(book=closures(), chance=seeds())
def test_the_next_and_the_last_working_day_are_numpys(ask: str, book: Closures, chance: random.Random) -> None:
    """Asked of the calendar itself: 200,000 cases."""
    days = some_days(chance, DAYS)
    expected = offset(days, 0, ask, numpys(book))
    assert list(map(getattr(book.compiled(), ask), days)) == ordinals(expected)


@CALENDARS
@given(book=closures(), chance=seeds())
def test_adding_working_days_is_numpys_offset(book: Closures, chance: random.Random) -> None:
    """Up to 250 working days on or back, from days that are worked and days that are not: 100,000 cases."""
    calendar, theirs = book.compiled(), numpys(book)
    days, counts = some_days(chance, DAYS), some_counts(chance, DAYS, 250)
    assert list(map(calendar.add, days, counts)) == ordinals(strictly(days, counts, theirs))


@CALENDARS
@given(book=closures(), chance=seeds())
def test_counting_working_days_is_numpys_count(book: Closures, chance: random.Random) -> None:
    """Spans of a day up to two years, both ends included: 100,000 cases."""
    calendar, spans = book.compiled(), some_spans(chance, DAYS)
    firsts, lasts = days64([first for first, _ in spans]), days64([last for _, last in spans])
    expected = np.busday_count(firsts, lasts + 1, busdaycal=numpys(book))
    assert [calendar.count(*span) for span in spans] == expected.tolist()


@CALENDARS
@given(book=closures(), chance=seeds())
def test_the_nth_working_day_is_numpys_offset_within_a_span(book: Closures, chance: random.Random) -> None:
    """From either end, where the span has so many: 100,000 cases."""
    calendar, theirs = book.compiled(), numpys(book)
    spans, numbers = some_spans(chance, DAYS), some_counts(chance, DAYS, 250)
    counts = np.asarray(numbers)
    from_start = offset([first for first, _ in spans], np.maximum(counts - 1, 0), "following", theirs)
    from_end = offset([last for _, last in spans], np.minimum(counts + 1, 0), "preceding", theirs)
    found = ordinals(np.where(counts > 0, from_start, from_end))
    expected = [day if first <= day <= last else None for day, (first, last) in zip(found, spans, strict=True)]
    assert [calendar.nth(*span, number) for span, number in zip(spans, numbers, strict=True)] == expected


@CALENDARS
@given(book=closures(), chance=seeds())
def test_days_that_leave_out_suspended_ones_are_numpys_offset(book: Closures, chance: random.Random) -> None:
    """To leave suspended days out is to take them for the only closed ones: 100,000 cases."""
    calendar, theirs = book.compiled(), np.busdaycalendar("1111111", days64(sorted(book.suspended)))
    days, counts = some_days(chance, DAYS), some_counts(chance, DAYS, 250)
    assert list(map(calendar.add_days, days, counts)) == ordinals(strictly(days, counts, theirs))
