"""Days, spans and horizons: few years, so that what is drawn apart falls together."""

import datetime as dt
from functools import cache

from hypothesis import strategies as st

from cyclekit.civil.spans import Bounds, Span
from cyclekit.testing.drawing.chances import NOTHING, mostly
from cyclekit.testing.drawing.scene import USUAL


@cache
def days(first: dt.date = USUAL.years.first, last: dt.date = USUAL.years.last) -> st.SearchStrategy[dt.date]:
    """Days of the years in which rules are compared."""
    return st.dates(first, last)


@cache
def spans() -> st.SearchStrategy[Span]:
    """Spans of some days up to two years."""
    return st.builds(
        lambda first, length: Span(first, first + dt.timedelta(days=length)),
        days(dt.date(2022, 6, 1), dt.date(2026, 6, 1)),
        st.sampled_from([0, 1, 13, 30, 89, 180, 365, 730]),
    )


@cache
def horizons() -> st.SearchStrategy[Span]:
    """Horizons within 2023 to 2026."""
    return st.builds(
        lambda first, length: Span(first, first + dt.timedelta(days=length)),
        days(dt.date(2023, 1, 1), dt.date(2024, 12, 31)),
        mostly(st.sampled_from([364, 730, 180, 89]), st.integers(0, 60)),
    )


@cache
def bounds() -> st.SearchStrategy[Bounds]:
    """Open at both ends, at one, or closed."""
    some = NOTHING | days(dt.date(2022, 1, 1), dt.date(2026, 12, 31))
    drawn = st.builds(
        lambda one, other: Bounds(min(one, other), max(one, other)) if one and other else Bounds(one, other), some, some
    )
    return mostly(st.just(Bounds()), drawn)


@cache
def minutes() -> st.SearchStrategy[int | None]:
    """Clock times, with the end of the day and two that some zones skip on a day; mostly none."""
    return mostly(NOTHING, st.sampled_from([9 * 60, 0, 24 * 60, 17 * 60 + 30, 2 * 60 + 30]))


@cache
def announcements() -> st.SearchStrategy[dt.date | None]:
    """Days on which something was announced, few enough to fall together; mostly none."""
    return mostly(NOTHING, st.sampled_from([dt.date(2023, 3, 1), dt.date(2024, 1, 15), dt.date(2024, 11, 30)]))


@cache
def known_ons() -> st.SearchStrategy[dt.date | None]:
    """Days whose knowledge is asked for: before, on and between those announcements."""
    return NOTHING | days(dt.date(2023, 1, 1), dt.date(2025, 6, 1)) | announcements()
