"""Cycles that may lie behind a list of dates, and the period that each date is about.

Where a list names periods, they settle the cycle. Where it holds nothing but dates, the cycles that people use are
tried, and a date is about the period in which it lies, or from which it was moved by a few days.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import attrs

from cyclekit.civil.cycles import HALF_MONTH, TEN_DAYS, Cycle, Months, Weeks
from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.labels import months_span, read_span
from cyclekit.civil.months import month_of
from cyclekit.civil.periods import Period
from cyclekit.civil.spans import Span
from cyclekit.errors import LabelError
from cyclekit.model.listed import ListedDate

CALENDAR_YEAR = YearStart()
SPELLINGS = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
#: How many dates of one period a plan may list, and how many ways of cutting are looked at.
MOST_NUMBERS, MOST_CUTS = 4, 5
#: How many dates have to leave a position of the year out before a rule may, where each was seen but once.
ENOUGH_POSITIONS, MOST_OF_A_YEAR = 6, 270
#: How far a date may have been moved out of its period, in days: past a long holiday, or past a weekend in weeks.
MOVED, MOVED_IN_WEEKS = 9, 2


@attrs.frozen
class Owner:
    """What is known of a unit: its working-day calendar, and where its year begins."""

    calendar: str | None = None
    year: YearStart | None = None


@attrs.frozen
class Case:
    """One date and the period that it is about. ``number`` counts the dates of a period from 1."""

    listed: ListedDate
    period: Period
    number: int

    @property
    def day(self) -> int:
        """The date, as an ordinal."""
        return self.listed.day.toordinal()


@attrs.frozen
class Cut:
    """A cycle, and the cases that it makes of a list.

    ``labelled``: the list names the periods. ``gaps`` are the periods between the first and the last of which the
    list says nothing; with ``only`` set, those in other positions of the year do not count.
    """

    cycle: Cycle
    cases: tuple[Case, ...]
    labelled: bool = False
    year_of_unit: bool = False
    only: frozenset[str] = frozenset()
    gaps: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that a period's dates have."""
        return tuple(sorted({case.number for case in self.cases}))


def cuts(dates: Sequence[ListedDate], owners: Mapping[str, Owner], year: YearStart = CALENDAR_YEAR) -> list[Cut]:
    """The ways of cutting the calendar that dates of one obligation allow; those that leave least open come first.

    ``year`` is where fiscal years begin that labels name. Empty where periods are named that no cycle has.
    """
    if all(each.period for each in dates):
        found = list(_labelled(dates, owners, year))
        return [one for each in found for one in (*_only(each), each)]
    tried = sorted(_by_days(dates), key=lambda each: (len(each.numbers), len(each.gaps), _finer(each)))
    if tried and len(tried[0].numbers) == 1 and not tried[0].gaps:
        tried = [each for each in tried if len(each.numbers) == 1]
    return tried[:MOST_CUTS]


def _finer(cut: Cut) -> int:
    return {Months: 0, Weeks: 1}.get(type(cut.cycle), 2)


# ------------------------------------------------------------------------------------------- periods that are named


def _labelled(dates: Sequence[ListedDate], owners: Mapping[str, Owner], year: YearStart) -> Iterator[Cut]:
    fiscal = any(each.period.startswith("FY") for each in dates)
    of_units = any(owner.year for owner in owners.values()) and fiscal
    for named_last in (False, True) if fiscal else (False,):
        years = {
            each.unit: attrs.evolve(
                (owners.get(each.unit, Owner()).year if of_units else None) or year, named_last=named_last
            )
            for each in dates
        }
        try:
            spans = [read_span(each.period, years[each.unit]) for each in dates]
        except LabelError:
            continue
        for cycle in _cycles(spans, None if of_units else (year if fiscal else None), dates, named_last=named_last):
            cut = _cut(cycle, dates, spans, years if of_units else {})
            if cut is not None:
                yield cut


def _cycles(
    spans: Sequence[Span], year: YearStart | None, dates: Sequence[ListedDate], *, named_last: bool
) -> Iterator[Cycle]:
    """The cycles whose periods are as long as these spans, and lie as they do."""
    if year is not None:
        year = attrs.evolve(year, named_last=named_last)
        for n, spelling in SPELLINGS.items():
            yield Months(n, spelling, year.offset % n, year)
        return
    lengths = {_whole_months(span) for span in spans}
    if len(lengths) == 1 and (n := lengths.pop()):
        first = month_of(spans[0].first.toordinal())
        if any(each.period.startswith("FY") for each in dates):
            yield Months(n, SPELLINGS.get(n, "months"), 0, YearStart(named_last=named_last))
        else:
            yield from _months(n, first)
    days = {span.days for span in spans}
    if len(days) == 1 and (length := days.pop()) % 7 == 0:
        yield Weeks(length // 7, spans[0].first.toordinal())
    yield from (HALF_MONTH, TEN_DAYS)


def _months(n: int, first: int) -> Iterator[Months]:
    spelling = SPELLINGS.get(n, "months")
    yield Months(n, spelling if first % n == 0 else "months" if n % 12 or n == 12 else "years", first % n)


def _whole_months(span: Span) -> int:
    first = month_of(span.first.toordinal())
    count = month_of(span.last.toordinal()) - first + 1
    return count if months_span(first, count) == span else 0


def _cut(
    cycle: Cycle, dates: Sequence[ListedDate], spans: Sequence[Span], years: Mapping[str, YearStart]
) -> Cut | None:
    cases = []
    for each, span in zip(dates, spans, strict=True):
        own = cycle.in_year(years[each.unit]) if years and isinstance(cycle, Months) else cycle
        first, last = span.first.toordinal(), span.last.toordinal()
        period = next(iter(own.periods(first, first)), None)
        if period is None or (period.first, period.last) != (first, last):
            return None
        cases.append(Case(each, period, each.number))
    numbered = _numbered(cases)
    if numbered is None:
        return None
    cut = Cut(cycle, tuple(numbered), labelled=True, year_of_unit=bool(years))
    return cut if years else attrs.evolve(cut, gaps=_gaps(cut))


def _numbered(cases: Sequence[Case]) -> list[Case] | None:
    """Cases with numbers; None where a period has one twice, or too many."""
    found: list[Case] = []
    order = sorted(cases, key=lambda case: (case.listed.unit, case.period.first, case.number, case.day))
    for _, group in groupby(order, key=lambda case: (case.listed.unit, case.period.first)):
        several = list(group)
        if not all(case.number for case in several):
            several = [attrs.evolve(case, number=place) for place, case in enumerate(several, 1)]
        numbers = [case.number for case in several]
        if len(set(numbers)) < len(numbers) or max(numbers) > MOST_NUMBERS:
            return None
        found += several
    return found


def _gaps(cut: Cut) -> tuple[str, ...]:
    there = {case.period.first for case in cut.cases}
    between = cut.cycle.periods(min(there), max(there))
    return tuple(
        each.label for each in between if each.first not in there and (not cut.only or each.position in cut.only)
    )


def _only(cut: Cut) -> Iterator[Cut]:
    """The same cut, restricted to the positions of the year that the list names, where it says enough for that."""
    units = {case.listed.unit for case in cut.cases} if cut.year_of_unit else {""}
    seen = {(case.listed.unit if len(units) > 1 else "", case.period.first, case.period.position) for case in cut.cases}
    positions = Counter(position for _, _, position in seen)
    first, last = (choose(case.period.first for case in cut.cases) for choose in (min, max))
    once = min(positions.values()) < 2
    if "" in positions or (once and (len(seen) < ENOUGH_POSITIONS or last - first < MOST_OF_A_YEAR)):
        return
    if positions.keys() < {each.position for each in cut.cycle.periods(first, max(last, first + 365))}:
        restricted = attrs.evolve(cut, only=frozenset(positions))
        gaps = () if cut.year_of_unit else _gaps(restricted)
        if 4 * len(gaps) <= len({case.period.first for case in cut.cases}) and len(gaps) <= len(cut.gaps):
            yield attrs.evolve(restricted, gaps=gaps)


# ----------------------------------------------------------------------------------------------------- dates alone


def _usual() -> Iterator[Cycle]:
    for n in (1, 2, 3, 4, 6, 12):
        for phase in range(n if n < 12 else 1):
            yield next(_months(n, phase))
    yield Weeks()
    yield from (Weeks(2, 1), Weeks(2, 8))
    yield HALF_MONTH


def _by_days(dates: Sequence[ListedDate]) -> Iterator[Cut]:
    seen: set[tuple[Cycle, tuple[int, ...]]] = set()
    if len({each.day for each in dates}) < 2:
        return
    for cycle in _usual():
        moved = MOVED if isinstance(cycle, Months) else MOVED_IN_WEEKS
        for shift in (0, -moved, moved):
            cases = _numbered([Case(each, _holding(cycle, each.day, shift), each.number) for each in dates])
            if cases is None:
                continue
            key = (cycle, tuple(case.period.first for case in cases))
            cut = Cut(cycle, tuple(cases))
            if key not in seen and _even(cases):
                seen.add(key)
                cut = attrs.evolve(cut, gaps=_gaps(cut))
                if len(cut.gaps) <= 2 * len(cases):
                    yield cut


def _holding(cycle: Cycle, day: dt.date, shift: int) -> Period:
    ordinal = day.toordinal() + shift
    return next(iter(cycle.periods(ordinal, ordinal)))


def _even(cases: Iterable[Case]) -> bool:
    """Whether most periods have as many dates as the fullest one."""
    sizes = Counter(Counter((case.listed.unit, case.period.first) for case in cases).values())
    return sizes[max(sizes)] * 5 >= sum(sizes.values()) * 4
