"""Strategies for whoever writes rules or builds on the library: units, calendars, periods, rules, horizons.

Everything lies close together, so that rules meet: few years, few units, days near the ends of months. What rules may
name (calendars, holidays, events) is a :class:`Scene`; as left out, what is drawn can be given to ``cyclekit.expand``
as it is.
"""

import datetime as dt
from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cyclekit.civil.cycles import Cycle
from cyclekit.civil.periods import Period
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due
from cyclekit.model.roster import Roster, Unit
from cyclekit.testing.drawing import courses as _courses
from cyclekit.testing.drawing import cycles as _cycles
from cyclekit.testing.drawing import obligations as _obligations
from cyclekit.testing.drawing import rosters as _rosters
from cyclekit.testing.drawing import rulebooks as _rulebooks
from cyclekit.testing.drawing import timings as _timings
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.scene import USUAL, YEARS, Scene

#: The engine looks at more days than it is asked for: so far a drawn calendar is compiled on either side.
MARGIN = dt.timedelta(days=30 * 366)
ONE_DAY = dt.timedelta(days=1)
WEEKENDS = (frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset[int]())


def units(*, scene: Scene = USUAL) -> st.SearchStrategy[Unit]:
    """Single units, each in a roster of its own. They shrink towards one named ``a`` about which nothing is said.

    >>> from hypothesis import find
    >>> find(units(), lambda unit: True).id
    'a'
    """
    return rosters(max_units=1, scene=scene).map(lambda roster: next(iter(roster)))


def rosters(*, min_units: int = 1, max_units: int = 4, scene: Scene = USUAL) -> st.SearchStrategy[Roster]:
    """Rosters: trees of units with kinds, tags, calendars, years and times of existence.

    They shrink towards as few units as are allowed, without parents, about which nothing is said. Raises
    InvalidArgument where no number of units is allowed.

    >>> from hypothesis import find
    >>> len(find(rosters(), lambda roster: True))
    1
    """
    if not 1 <= min_units <= max_units:
        raise InvalidArgument(f"no roster has {min_units} to {max_units} units")
    return _rosters.rosters(scene, min_units, max_units)


def horizons(*, within: Span = YEARS, min_days: int = 1, max_days: int = 731) -> st.SearchStrategy[Span]:
    """Horizons within some days. They shrink towards the shortest one at the beginning of those.

    Raises InvalidArgument where none fits in.

    >>> from hypothesis import find
    >>> str(find(horizons(), lambda span: True))
    '2021-01-01..2021-01-01'
    """
    if not 1 <= min_days <= min(max_days, within.days):
        raise InvalidArgument(f"no horizon of {min_days} to {max_days} days lies within {within}")
    most = min(max_days, within.days)
    usual = [each for each in (31, 90, 181, 365, 731) if min_days <= each <= most]
    lengths = st.integers(min_days, most)
    return (lengths | st.sampled_from(usual) if usual else lengths).flatmap(
        lambda days: st.integers(0, within.days - days).map(
            lambda start: Span(within.first + start * ONE_DAY, within.first + (start + days - 1) * ONE_DAY)
        )
    )


def calendars(
    *,
    id: str = "drawn",  # noqa: A002 (the field's own word)
    within: Span = YEARS,
    worked_weekends: bool = True,
    longest_closure: int = 35,
    ends: bool = True,
) -> st.SearchStrategy[WorkingCalendar]:
    """Working-day calendars: odd weekends, closures, weekends that are worked, and an end to what is announced.

    They shrink towards Monday to Friday, known for ever; ``worked_weekends``, ``longest_closure`` (0: none) and
    ``ends`` leave parts of that out. Raises InvalidArgument for a closure of less than 0 or more than 366 days.

    >>> from hypothesis import find
    >>> find(calendars(), lambda calendar: calendar.longest_closure > 2).longest_closure
    3
    """
    if not 0 <= longest_closure <= 366:
        raise InvalidArgument(f"a closure of {longest_closure} days")
    return _calendars(id, within, longest_closure, worked_weekends=worked_weekends, ends=ends)


@st.composite
def _calendars(
    draw: st.DrawFn,
    id: str,  # noqa: A002 (the field's own word)
    within: Span,
    longest: int,
    *,
    worked_weekends: bool,
    ends: bool,
) -> WorkingCalendar:
    days = st.dates(within.first, within.last).map(dt.date.toordinal)
    closed: dict[int, str] = {}
    runs = st.sampled_from(sorted({min(each, longest) for each in (1, 3, 9, 20, longest)}))
    for first in draw(st.lists(days, max_size=4)) if longest else ():
        closed.update(dict.fromkeys(range(first, first + draw(runs)), "closed"))
    known_until = draw(st.none() | days) if ends else None
    return WorkingCalendar(
        id,
        max(within.first, dt.date.min + MARGIN).toordinal() - MARGIN.days,
        min(within.last, dt.date.max - MARGIN).toordinal() + MARGIN.days,
        weekend=draw(st.sampled_from(WEEKENDS)),
        closed=closed,
        opened=draw(st.sets(days, max_size=6)) if worked_weekends else (),
        known_until=known_until,
    )


def cycles(*, written: bool = True) -> st.SearchStrategy[Cycle]:
    """Cycles of every kind; ``written``: also lists of periods, and rules of RFC 5545. They shrink towards months.

    >>> from hypothesis import find
    >>> find(cycles(), lambda cycle: True).spelling
    'month'
    """
    return mostly(_cycles.cycles(), _cycles.written_cycles()) if written else _cycles.cycles()


def periods(*, cycle: Cycle | None = None, within: Span = YEARS) -> st.SearchStrategy[Period]:
    """Periods of a cycle, or of any: each with its days, its label and its place in the year.

    They shrink towards the first month. Raises InvalidArgument where the cycle has no period in these days.

    >>> from hypothesis import find
    >>> find(periods(), lambda period: period.label >= "2023").label
    '2023-01'
    """
    if cycle is None:
        return _cycles.cycles().flatmap(lambda each: st.sampled_from(_cycles.periods_within(each, within)))
    found = _cycles.periods_within(cycle, within)
    if not found:
        raise InvalidArgument(f"{cycle} has no period in {within}")
    return st.sampled_from(found)


def dues(*, weekly: bool = False, scene: Scene = USUAL) -> st.SearchStrategy[Due]:
    """Due dates of a period: an anchor and steps, with and without an opening, a closing and a clock time.

    ``weekly``: in a cycle of weeks. They shrink towards the last day of the period, and nothing else.

    """
    place = _courses.Place(weekly=weekly, scene=scene)
    return _timings.single_dues(_courses.courses(place), place)


def obligations(
    *,
    id: str = "rule",  # noqa: A002 (the field's own word)
    roster: Roster | None = None,
    before: Mapping[str, Obligation] | None = None,
    scene: Scene = USUAL,
) -> st.SearchStrategy[Obligation]:
    """Obligations with every kind of timing, with exceptions and changes; ``before`` are those that may fire them.

    They select among the units of ``roster`` (left out: of a roster with one unit ``a``), and shrink towards one that
    everyone owes at all times; where a date is wanted, towards one of few words. Raises InvalidArgument for a roster
    without units.

    >>> obligations(roster=Roster([]))
    Traceback (most recent call last):
    hypothesis.errors.InvalidArgument: nobody owes anything in a roster without units
    """
    if roster is not None and not len(roster):
        raise InvalidArgument("nobody owes anything in a roster without units")
    course = _courses.courses(_courses.Place(scene=scene))
    return _obligations.obligations(id, roster or Roster(["a"]), course, before or {}, scene)


def rulebooks(
    *,
    id: str = "book",  # noqa: A002 (the field's own word)
    roster: Roster | None = None,
    max_obligations: int = 4,
    scene: Scene = USUAL,
) -> st.SearchStrategy[Rulebook]:
    """Rulebooks whose obligations wait for each other and stand for each other.

    They shrink towards one unit and one obligation without a date. Raises InvalidArgument for less than one obligation,
    or a roster without units.

    >>> rulebooks(max_obligations=0)
    Traceback (most recent call last):
    hypothesis.errors.InvalidArgument: a rulebook of no obligations, or of nobody
    """
    if max_obligations < 1 or (roster is not None and not len(roster)):
        raise InvalidArgument("a rulebook of no obligations, or of nobody")
    return _rulebooks.rulebooks(id=id, scene=scene, roster=roster, most=max_obligations)
