"""Working-day calendars and conventions, against a loop over the days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.conventions import Convention, adjust
from cyclekit.civil.spans import Span
from cyclekit.engine.course import Calendars, Runner
from cyclekit.errors import CalendarError
from cyclekit.model.pipeline import Adjust, Course, PeriodEnd
from tests.properties.oracle import DayBook
from tests.properties.oracle.daybooks import Looks
from tests.properties.oracle.steps import adjusted
from tests.properties.strategies import day_books, days

ONE_DAY = dt.timedelta(days=1)


@given(book=day_books(), day=days())
def test_look_ups_are_what_a_loop_finds(book: DayBook, day: dt.date) -> None:
    """A calendar knows each working day, the next one and the one before as one who walks from day to day."""
    calendar = book.compiled()
    forward, back = day, day
    while not book.is_working(forward):
        forward += ONE_DAY
    while not book.is_working(back):
        back -= ONE_DAY
    assert calendar.is_working(day.toordinal()) == book.is_working(day)
    assert calendar.following(day.toordinal()) == forward.toordinal()
    assert calendar.preceding(day.toordinal()) == back.toordinal()


@given(book=day_books())
def test_the_longest_closure_is_the_longest_run_of_days_that_are_not_worked(book: DayBook) -> None:
    """The window of the engine rests on it, so it is never too short."""
    span = Span(dt.date(2022, 1, 1), dt.date(2027, 12, 31))
    longest = run = 0
    for number in range(span.days):
        run = 0 if book.is_working(span.first + number * ONE_DAY) else run + 1
        longest = max(longest, run)
    assert book.compiled(span).longest_closure == longest


@given(book=day_books(), first=days(), length=st.integers(0, 40), day=days())
def test_outside_what_is_compiled_nothing_is_answered(book: DayBook, first: dt.date, length: int, day: dt.date) -> None:
    """A calendar answers as a larger one does, or raises CalendarError: it never guesses."""
    span = Span(first, first + length * ONE_DAY)
    whole = book.compiled()
    try:
        calendar = book.compiled(span)
    except CalendarError:
        assert not any(book.is_working(first + number * ONE_DAY) for number in range(length + 1))
        return
    for ask in ("is_working", "following", "preceding"):
        try:
            found = getattr(calendar, ask)(day.toordinal())
        except CalendarError:
            reached = getattr(whole, ask)(day.toordinal())
            assert day not in span or not span.first.toordinal() <= reached <= span.last.toordinal()
        else:
            assert found == getattr(whole, ask)(day.toordinal())


@given(book=day_books(), day=days(), convention=st.sampled_from(list(Convention)))
def test_a_convention_finds_what_walking_finds(book: DayBook, day: dt.date, convention: Convention) -> None:
    """Each convention gives the day that one who tries day after day would take."""
    expected = adjusted(day, convention, book, Looks())
    found = adjust(day.toordinal(), convention, book.compiled())
    assert found == (expected.toordinal() if expected else None)


@given(book=day_books(), day=days())
def test_what_the_conventions_promise(book: DayBook, day: dt.date) -> None:
    """Following is never earlier, preceding never later, the modified ones stay in the month, and all are worked."""
    calendar = book.compiled()
    at = {each: adjust(day.toordinal(), each, calendar) for each in Convention}
    landed = {each: dt.date.fromordinal(found) for each, found in at.items() if found is not None}
    worked = {each: found for each, found in landed.items() if each is not Convention.NONE}
    assert all(book.is_working(found) for found in worked.values())
    assert landed[Convention.FOLLOWING] >= day >= landed[Convention.PRECEDING]
    assert landed[Convention.NONE] == day
    assert (Convention.SKIP in landed) == book.is_working(day)
    if book.is_working(day):
        assert set(landed.values()) == {day}
    nearest = landed[Convention.NEAREST]
    assert nearest in (landed[Convention.FOLLOWING], landed[Convention.PRECEDING])
    assert abs(nearest - day) == min(landed[Convention.FOLLOWING] - day, day - landed[Convention.PRECEDING])
    month = [day.replace(day=1) + number * ONE_DAY for number in range(31)]
    month = [each for each in month if each.month == day.month]
    half = [each for each in month if (each.day > 15) == (day.day > 15)]
    for convention, part in (
        (Convention.MODIFIED_FOLLOWING, month),
        (Convention.MODIFIED_PRECEDING, month),
        (Convention.HALF_MONTH_MODIFIED_FOLLOWING, half),
    ):
        # A month that is closed on that side altogether is left on the other one.
        assert landed[convention] in part or not any(
            book.is_working(each) for each in part if (each > day) == (convention is not Convention.MODIFIED_PRECEDING)
        )


@given(book=day_books(data_begin=True), day=days(), convention=st.sampled_from(list(Convention)))
def test_a_date_is_provisional_exactly_if_a_day_it_rests_on_is_not_known(
    book: DayBook, day: dt.date, convention: Convention
) -> None:
    """A day beyond the data, or an estimated one, counts where it was looked at, and nowhere else."""
    runner = Runner(Course(PeriodEnd(), (Adjust(convention),)), Calendars({"odd": book.compiled()}, None, None, "odd"))
    dates = runner.walk(day.toordinal(), doubtful=True)
    looks = Looks()
    if adjusted(day, convention, book, looks) is None and not looks.unknown:
        assert dates is None
        return
    assert dates is not None
    assert (dates.provisional, dates.unknown is not None) == looks.doubt


def test_a_calendar_without_any_working_day_is_refused() -> None:
    """There would be no following day, so such a calendar cannot be made."""
    with pytest.raises(CalendarError):
        DayBook("none", frozenset(range(7))).compiled(Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31)))
