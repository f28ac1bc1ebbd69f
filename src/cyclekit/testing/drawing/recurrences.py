"""Rules of RFC 5545, of all the shapes that a rule file may hold."""

import datetime as dt

from hypothesis import strategies as st

from cyclekit.civil.recurrence import Recurrence
from cyclekit.testing.drawing.chances import NOTHING


def _few(values: st.SearchStrategy[int], most: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(tuple)


def _maybe(values: st.SearchStrategy[tuple[int, ...]]) -> st.SearchStrategy[tuple[int, ...]]:
    return st.just(()) | values


def _from_either_end(most: int) -> st.SearchStrategy[int]:
    return st.integers(-most, most).filter(bool)


@st.composite
def recurrences(
    draw: st.DrawFn, first: dt.date = dt.date(2018, 1, 1), last: dt.date = dt.date(2021, 12, 31)
) -> Recurrence:
    """Rules of every frequency, with every part that a rule file may give them; they shrink towards every year."""
    frequency = draw(st.sampled_from(["yearly", "monthly", "weekly", "daily"]))
    start = draw(st.dates(first, last))
    months = draw(_maybe(_few(st.integers(1, 12))))
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    nths: st.SearchStrategy[int] = st.just(0)
    if frequency == "yearly":
        weeks = draw(_maybe(_few(st.sampled_from([1, 2, 20, 51, 52, 53, -1, -2, -30, -52, -53]))))
        year_days = draw(_maybe(_few(st.sampled_from([1, 60, 100, 365, 366, -1, -2, -306, -366]))))
    if frequency != "weekly" and (frequency != "yearly" or months):
        month_days = draw(_maybe(_few(_from_either_end(31), 8)))
    if frequency in ("yearly", "monthly") and not weeks:
        nths = nths | _from_either_end(5 if frequency == "monthly" or months else 53)
    some = st.lists(st.tuples(nths, st.integers(0, 6)), min_size=1, max_size=4, unique=True).map(tuple)
    weekdays = draw(some if weeks else st.just(()) | some)
    positions: tuple[int, ...] = ()
    if not weeks and (months or year_days or month_days or weekdays):
        positions = draw(_maybe(_few(st.sampled_from([1, 2, 5, -1, -2, -5]))))
    week_start = draw(st.integers(0, 6))
    if frequency == "weekly" and positions:
        week_start = start.weekday()
    return Recurrence(
        frequency,  # type: ignore[arg-type]
        start.toordinal(),
        1 if weeks else draw(st.integers(1, 5) | st.sampled_from([7, 12, 18, 30, 100])),
        months,
        weeks,
        year_days,
        month_days,
        weekdays,
        positions,
        week_start,
        count=(count := draw(NOTHING | st.integers(1, 60))),
        until=draw(NOTHING | st.integers(0, 4000).map(lambda days: start.toordinal() + days)) if not count else None,
    )
