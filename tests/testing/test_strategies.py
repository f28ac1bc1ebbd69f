"""What the strategies draw: what they find, what they shrink to, what they refuse, and that they are quick."""

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

import cyclekit
from cyclekit.civil.cycles import Months, Weeks
from cyclekit.civil.periods import ListOfPeriods, Period
from cyclekit.civil.recurrence import Recurrence
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.pipeline import Due, Extend
from cyclekit.model.roster import Roster, Unit
from cyclekit.model.timing import Dates, Once, Standing, Upon
from cyclekit.testing import strategies as draw
from cyclekit.testing.registering import register

YEAR = Span(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
#: The same in every run; what is looked for is found or the test fails.
SEARCH = settings(max_examples=500, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def smallest(strategy: st.SearchStrategy[Any], condition: Any = lambda _: True) -> Any:
    """The smallest example that meets a condition."""
    return find(strategy, condition, settings=SEARCH)


def test_they_shrink_towards_what_they_say() -> None:
    """Each shrinks towards the plainest thing of its kind."""
    assert smallest(draw.units()).id == "a"
    assert smallest(draw.rosters(min_units=2)).ids == ["a", "b"]
    assert smallest(draw.horizons(within=YEAR)) == Span(dt.date(2024, 1, 1), dt.date(2024, 1, 1))
    assert smallest(draw.cycles()) == Months(1, "month")
    assert smallest(draw.periods(within=YEAR)).label == "2024-01"
    assert smallest(draw.dues()) == Due()
    plain = smallest(draw.obligations())
    assert plain.timing == Standing()
    assert plain.exceptions == plain.changes == ()
    one = draw.rulebooks(roster=Roster(["a"]), max_obligations=1)
    assert [each.is_standing for each in smallest(one)] == [True]
    week = smallest(draw.calendars())
    assert [week.is_working(dt.date(2024, 1, day).toordinal()) for day in range(1, 8)] == [True] * 5 + [False] * 2
    assert week.known_until is None


FOUND: dict[str, tuple[st.SearchStrategy[Any], int, dict[str, Any]]] = {
    "rosters": (
        draw.rosters(),
        60,
        {
            "a unit under another": lambda each: any(unit.parent for unit in each),
            "a unit that is there for a time": lambda each: any(each.active),
        },
    ),
    "horizons": (draw.horizons(), 100, {"a year": lambda each: each.days == 365, "a day": lambda each: each.days == 1}),
    "calendars": (
        draw.calendars(),
        100,
        {
            "a worked Sunday": lambda each: any(day % 7 == 0 for day in each.opened),
            "a closure of five weeks": lambda each: each.longest_closure >= 35,
            "an end to what is announced": lambda each: each.known_until is not None,
        },
    ),
    "cycles": (
        draw.cycles(),
        100,
        {
            "a fiscal year": lambda each: isinstance(each, Months) and not each.year.is_calendar_year,
            "weeks": lambda each: isinstance(each, Weeks),
            "a list of periods": lambda each: isinstance(each, ListOfPeriods),
            "a rule of RFC 5545": lambda each: isinstance(each, Recurrence),
        },
    ),
    "dues": (
        draw.dues(),
        200,
        {
            "an extension": lambda each: any(isinstance(step, Extend) for step in each.course.steps),
            "a clock time": lambda each: each.time is not None,
            "an opening": lambda each: each.opens is not None,
        },
    ),
    "obligations": (
        draw.obligations(),
        250,
        {
            "what is owed once": lambda each: isinstance(each.timing, Once),
            "an explicit calendar": lambda each: isinstance(each.timing, Dates),
            "what waits for an event": lambda each: isinstance(each.timing, Upon),
            "what is always owed": lambda each: isinstance(each.timing, Standing),
            "a change": lambda each: bool(each.changes),
            "an exception": lambda each: bool(each.exceptions),
        },
    ),
    "rulebooks": (
        draw.rulebooks(),
        60,
        {
            "a joint duty": lambda book: any(each.jointly for each in book),
            "one that stands for another": lambda book: any(each.absorbs for each in book),
            "a cascade": lambda book: any(each.cascade for each in book),
        },
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_they_find_what_matters(name: str) -> None:
    """Everything that decides about dates turns up among a stated number of examples."""
    strategy, number, kinds = FOUND[name]
    seen: set[str] = set()

    @settings(SEARCH, max_examples=number, phases=[Phase.generate], deadline=None)
    @given(each=strategy)
    def drawing(each: Any) -> None:
        seen.update(kind for kind, is_one in kinds.items() if is_one(each))

    drawing()
    assert seen == set(kinds)


REFUSED: dict[str, Any] = {
    "no units": lambda: draw.rosters(min_units=0),
    "fewer than none": lambda: draw.rosters(min_units=3, max_units=2),
    "a horizon longer than the days": lambda: draw.horizons(within=YEAR, min_days=367),
    "an endless closure": lambda: draw.calendars(longest_closure=400),
    "a cycle without periods there": lambda: draw.periods(
        cycle=ListOfPeriods((Period(738_000, 738_010, "term"),)),
        within=Span(dt.date(1900, 1, 1), dt.date(1900, 12, 31)),
    ),
    "nobody who owes": lambda: draw.obligations(roster=Roster([])),
    "no obligations": lambda: draw.rulebooks(max_obligations=0),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_is_refused(name: str) -> None:
    """An impossible request raises InvalidArgument where it is made, and not while drawing."""
    with pytest.raises(InvalidArgument):
        REFUSED[name]()


@given(roster=draw.rosters(max_units=6), unit=draw.units(), calendar=draw.calendars(within=YEAR))
def test_units_and_calendars_are_whole(roster: Roster, unit: Unit, calendar: WorkingCalendar) -> None:
    """A roster has as many units as were asked for, and a calendar reaches over its days."""
    assert 1 <= len(roster) <= 6
    assert unit.parent is None
    assert calendar.first <= YEAR.first.toordinal() <= YEAR.last.toordinal() <= calendar.last


@given(book=draw.rulebooks(), horizon=draw.horizons())
def test_rulebooks_expand_as_they_are(book: Rulebook, horizon: Span) -> None:
    """What is drawn can be given to `cyclekit.expand`, which lists what it counts."""
    schedule = cyclekit.expand(book, horizon)
    assert len(schedule) == len(list(schedule))


@given(each=draw.obligations(id="report", roster=Roster(["x", "y"])))
def test_obligations_belong_to_their_roster(each: Obligation) -> None:
    """An obligation has the id it was given; one that is owed jointly has a lead of the roster."""
    assert each.id == "report"
    assert (each.lead in ("x", "y")) is each.jointly


def test_they_are_quick() -> None:
    """A hundred rulebooks are drawn within a minute, on the slowest machine."""
    seen: list[int] = []
    quick = settings(max_examples=100, database=None, derandomize=True, phases=[Phase.generate], deadline=None)

    @settings(quick, suppress_health_check=list(HealthCheck))
    @given(book=draw.rulebooks())
    def drawing(book: Rulebook) -> None:
        seen.append(len(book.obligations))

    begun = time.perf_counter()
    drawing()
    assert len(seen) >= 100
    assert time.perf_counter() - begun < 60


def test_types_are_known_to_hypothesis() -> None:
    """Once registered, as the entry point does, a test may ask for our types by their names."""
    register()
    for kind in (Due, Obligation, Period, Roster, Rulebook, Span, Unit, WorkingCalendar):
        first = find(st.from_type(kind), lambda _: True, settings=settings(SEARCH, phases=[Phase.generate]))
        assert isinstance(first, kind)
