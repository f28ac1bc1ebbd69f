"""What holds of counting working days and of adjusting, whatever the calendar: there and back, mirrored, in pieces."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention, adjust
from cyclekit.civil.working import WorkingCalendar
from tests.properties.closures import (
    ASKED,
    COMPILED,
    Closures,
    closures,
    seeds,
    some_counts,
    some_days,
    some_spans,
)

DAYS = 50
#: Reflected in it, the days that are compiled fall on themselves.
MIRROR = COMPILED[0] + COMPILED[1]


@given(book=closures(), chance=seeds())
def test_working_days_that_are_added_are_taken_off_again(book: Closures, chance: random.Random) -> None:
    """There and back leads to the day itself, or, where it is not worked, to the working day that it came past."""
    calendar = book.compiled()
    for day, count in zip(some_days(chance, DAYS), some_counts(chance, DAYS, 250), strict=True):
        back = calendar.add(calendar.add(day, count), -count)
        assert back == (calendar.preceding(day) if count > 0 else calendar.following(day))
        assert back == day or not calendar.is_working(day)


@given(book=closures(), chance=seeds())
def test_working_days_are_added_in_pieces(book: Closures, chance: random.Random) -> None:
    """Some and then some more in the same direction are all of them at once."""
    calendar = book.compiled()
    counts = zip(some_counts(chance, DAYS, 100), some_counts(chance, DAYS, 100), strict=True)
    for day, (one, other) in zip(some_days(chance, DAYS), counts, strict=True):
        more = abs(other) if one > 0 else -abs(other)
        assert calendar.add(calendar.add(day, one), more) == calendar.add(day, one + more)


@given(book=closures(), chance=seeds())
def test_adding_and_counting_agree(book: Closures, chance: random.Random) -> None:
    """Between a day and the one that lies n working days on there are n, without the first and with the last."""
    calendar = book.compiled()
    for day, count in zip(some_days(chance, DAYS), some_counts(chance, DAYS, 250), strict=True):
        found = calendar.add(day, count)
        assert calendar.is_working(found)
        assert (calendar.count(day + 1, found) if count > 0 else calendar.count(found, day - 1)) == abs(count)


@given(book=closures(), chance=seeds())
def test_every_working_day_of_a_span_has_its_number_from_either_end(book: Closures, chance: random.Random) -> None:
    """The numbers 1 to n and −n to −1 give the same days, all that are worked, in order; beyond them is nothing."""
    calendar = book.compiled()
    for first, last in some_spans(chance, 5):
        count = calendar.count(first, last)
        worked = [day for day in range(first, last + 1) if calendar.is_working(day)]
        assert [calendar.nth(first, last, number) for number in range(1, count + 1)] == worked
        assert [calendar.nth(first, last, number) for number in range(-count, 0)] == worked
        assert calendar.nth(first, last, count + 1) is None
        assert calendar.nth(first, last, -count - 1) is None


@given(book=closures(), first=st.integers(*ASKED), data=st.data())
def test_days_counted_in_pieces_add_up(book: Closures, first: int, data: st.DataObject) -> None:
    """However a span is cut, its working days are those of its pieces together."""
    calendar = book.compiled()
    last = data.draw(st.integers(first, ASKED[1] + 400), label="last")
    cuts = sorted(data.draw(st.lists(st.integers(first, last), max_size=12), label="last days of pieces"))
    starts, ends = [first, *(cut + 1 for cut in cuts)], [*cuts, last]
    pieces = [calendar.count(*span) for span in zip(starts, ends, strict=True)]
    assert sum(pieces) == calendar.count(first, last)


def mirrored(days: frozenset[int]) -> frozenset[int]:
    """Days as they stand on the other side."""
    return frozenset(MIRROR - day for day in days)


def reflection(book: Closures) -> WorkingCalendar:
    """The calendar whose days run backward."""
    weekend = frozenset((MIRROR - 1 - (weekday + 1)) % 7 for weekday in book.weekend)
    sets = (mirrored(each) for each in (book.closed, book.rest, book.opened, book.suspended))
    return Closures(weekend, *sets).compiled()


@given(book=closures(), chance=seeds())
def test_in_the_mirror_following_is_preceding(book: Closures, chance: random.Random) -> None:
    """With all days reflected, each question has the reflected answer of its counterpart."""
    calendar, mirror = book.compiled(), reflection(book)
    days, counts = some_days(chance, DAYS), some_counts(chance, DAYS, 250)
    for day, count in zip(days, counts, strict=True):
        there = MIRROR - day
        assert mirror.is_working(there) == calendar.is_working(day)
        assert mirror.following(there) == MIRROR - calendar.preceding(day)
        assert mirror.preceding(there) == MIRROR - calendar.following(day)
        assert mirror.add(there, -count) == MIRROR - calendar.add(day, count)
        assert mirror.add_days(there, -count) == MIRROR - calendar.add_days(day, count)
    for (first, last), count in zip(some_spans(chance, DAYS), counts, strict=True):
        assert mirror.count(MIRROR - last, MIRROR - first) == calendar.count(first, last)
        found = calendar.nth(first, last, count)
        assert mirror.nth(MIRROR - last, MIRROR - first, -count) == (None if found is None else MIRROR - found)


@given(book=closures(), chance=seeds())
def test_in_the_mirror_nearest_is_nearest_but_for_ties(book: Closures, chance: random.Random) -> None:
    """A tie goes forward on either side of the mirror, and so to another day."""
    calendar, mirror = book.compiled(), reflection(book)
    for day in some_days(chance, DAYS):
        found = adjust(day, Convention.NEAREST, calendar)
        there = adjust(MIRROR - day, Convention.NEAREST, mirror)
        assert found is not None
        assert there is not None
        later, earlier = calendar.following(day), calendar.preceding(day)
        if later - day == day - earlier:
            assert (found, there) == (later, MIRROR - earlier)
        else:
            assert there == MIRROR - found


@pytest.mark.parametrize("convention", [each for each in Convention if each is not Convention.SKIP])
@given(book=closures(), first=st.integers(*ASKED))
def test_a_later_date_is_never_due_earlier(convention: Convention, book: Closures, first: int) -> None:
    """Adjusted dates keep the order of their nominal dates, by every convention that gives one."""
    calendar = book.compiled()
    moved = [adjust(day, convention, calendar) for day in range(first, first + 400)]
    found = [day for day in moved if day is not None]
    assert len(found) == 400
    assert found == sorted(found)


@given(book=closures(), first=st.integers(*ASKED), count=st.integers(1, 250), back=st.booleans())
def test_a_later_start_never_ends_earlier(book: Closures, first: int, count: int, *, back: bool) -> None:
    """Adding one number of working days to day after day keeps their order, and gives working days alone."""
    calendar = book.compiled()
    found = [calendar.add(day, -count if back else count) for day in range(first, first + 100)]
    assert found == sorted(found)
    assert all(map(calendar.is_working, found))


@given(book=closures(), chance=seeds())
def test_suspended_days_are_not_counted(book: Closures, chance: random.Random) -> None:
    """So many days on leads to a day that is counted, and so many of those lie on the way."""
    calendar = book.compiled()
    for day, count in zip(some_days(chance, DAYS), some_counts(chance, DAYS, 250), strict=True):
        found = calendar.add_days(day, count)
        passed = range(day + 1, found + 1) if count > 0 else range(found, day)
        assert sum(each not in book.suspended for each in passed) == abs(count)
        assert found not in book.suspended
        assert calendar.is_suspended(day) == (day in book.suspended)
    assert calendar.suspends == bool(book.suspended)
