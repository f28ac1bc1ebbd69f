"""Cycles of every kind."""

import datetime as dt
from functools import cache, lru_cache

import attrs
from hypothesis import strategies as st

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Days, Months, PartsOfMonth, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.spans import Span
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.days import days
from cyclekit.testing.drawing.recurrences import recurrences

#: The year in which something is wanted to happen.
A_YEAR = Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


@cache
def year_starts() -> st.SearchStrategy[YearStart]:
    """The calendar year, and fiscal ones from the 1st and from other days."""
    named = st.sampled_from([(1, 1), (4, 1), (7, 1), (10, 1), (4, 6), (2, 15), (12, 31), (1, 2)])
    return st.builds(lambda day, last: YearStart(day[0], day[1], named_last=last), named, st.booleans())


@cache
@st.composite
def month_cycles(draw: st.DrawFn) -> Months:
    """Cycles of months with and without a fiscal year or an origin."""
    year = draw(st.just(YearStart()) | year_starts())
    n, spelling = draw(
        st.sampled_from(
            [
                (1, "month"),
                (3, "quarter"),
                (6, "half_year"),
                (12, "year"),
                *((n, "months") for n in (2, 4, 5, 18)),
                *((n, "years") for n in (24, 36)),
            ]
        )
    )
    free = spelling in ("months", "years")
    return Months(n, spelling, draw(st.integers(0, n - 1)) if free else year.offset % n, year)


@cache
def day_cycles() -> st.SearchStrategy[Days]:
    """Every ten days and the like; every day only now and then, which is slow."""
    n = mostly(st.sampled_from([30, 10, 45]), st.sampled_from([30, 1]))
    return st.builds(Days, n, st.integers(738_000, 738_100))


@cache
def week_cycles() -> st.SearchStrategy[Weeks]:
    """Weeks from any weekday, singly and several."""
    return st.builds(Weeks, st.integers(1, 5), st.integers(738_000, 738_040))


@cache
def cycles() -> st.SearchStrategy[Cycle]:
    """Cycles of every kind."""
    parts: st.SearchStrategy[PartsOfMonth] = st.sampled_from([HALF_MONTH, TEN_DAYS])
    return st.just(Months(1, "month")) | month_cycles() | week_cycles() | parts | day_cycles()


@cache
@st.composite
def lists_of_periods(draw: st.DrawFn) -> ListOfPeriods:
    """One to four periods of a day to some years, with and without days between them."""
    marks = sorted(draw(st.sets(days(), min_size=1, max_size=8)))
    ends = [*marks[1:], marks[-1] + dt.timedelta(days=draw(st.sampled_from([0, 30, 400])))]
    whole = [
        (first.toordinal(), last.toordinal() - draw(st.integers(0, 1)) * (first < last))
        for first, last in zip(marks, ends, strict=True)
    ][::2]
    return ListOfPeriods(tuple(Period(first, last, f"p{number}") for number, (first, last) in enumerate(whole)))


@cache
def written_cycles() -> st.SearchStrategy[Cycle]:
    """Cycles that leave days out, with a period in 2023: lists, and rules of RFC 5545 that soon come to an end."""
    ending = recurrences().map(lambda rule: rule if rule.count or rule.until else attrs.evolve(rule, count=60))
    return (lists_of_periods() | ending).filter(lambda cycle: bool(periods_within(cycle, A_YEAR)))


@lru_cache(maxsize=4096)
def periods_within(cycle: Cycle, span: Span) -> tuple[Period, ...]:
    """The periods of a cycle that share days with a span."""
    return tuple(cycle.periods(span.first.toordinal(), span.last.toordinal()))
