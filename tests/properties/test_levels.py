"""What waits for what: cascades level by level, and triggers period by period."""

import datetime as dt
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.identity import Status
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.model.timing import OfObligation, Upon
from tests.properties.expanding import expanded
from tests.properties.oracle import World
from tests.properties.strategies import courses, every, horizons, lags, of_everyone, rosters, tiered_rulebooks, worlds

#: Far longer than what reaches into the horizons.
WIDE = Span(dt.date(2012, 1, 1), dt.date(2038, 12, 31))
YEAR = Bounds(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@st.composite
def levels(draw: st.DrawFn) -> Rulebook:
    """One obligation of a year, owed level by level, in which nothing is excepted."""
    timing = draw(every(courses()))
    report = Obligation("report", timing, Text.of("report"), bounds=YEAR, cascade=draw(lags()))
    return of_everyone(draw(rosters()), report)


def above(occurrence: Occurrence) -> Iterator[str]:
    """The units above the one that owes it."""
    here = occurrence.unit.parent
    while here is not None:
        yield here.id
        here = here.parent


@given(book=levels(), world=worlds())
def test_each_level_is_due_before_all_above_it(book: Rulebook, world: World) -> None:
    """In each period a unit is due strictly before every unit above it that has the occurrence too."""
    found = {(each.unit.id, *each.period_days, each.number): each.due for each in expanded(book, WIDE, world)}
    for each in expanded(book, WIDE, world):
        dues = [found.get((unit, *each.period_days, each.number)) for unit in above(each)]
        assert all(each.due < due for due in dues if due is not None)


def triggered(schedule: Schedule) -> Iterator[tuple[Occurrence, str, bool]]:
    """What other obligations fired: the occurrence, the obligation that fired it, and whether it has several dates."""
    for each in schedule:
        match each.obligation.timing:
            case Upon(trigger=OfObligation(obligation=other), plan=plan):
                yield each, other, len(plan.dues) > 1
            case _:
                pass


def firing(each: Occurrence, trigger: str, wide: Schedule, *, several: bool) -> list[Occurrence]:
    """The occurrences of the trigger that have the same period, and the same number where they have any."""
    of_period = [one for one in wide.for_obligation(trigger) if one.period == each.period]
    return [one for one in of_period if several or one.number == each.number]


@given(book=tiered_rulebooks(), world=worlds(), horizon=horizons())
def test_a_triggered_occurrence_keeps_period_and_number(book: Rulebook, world: World, horizon: Span) -> None:
    """It has the label and the days of a period in which its trigger has an occurrence, and that one's number."""
    wide = expanded(book, WIDE, world)
    for each, trigger, several in triggered(expanded(book, horizon, world)):
        of_period = firing(each, trigger, wide, several=several)
        assert each.period_days in [one.period_days for one in of_period]


@given(book=tiered_rulebooks(), world=worlds(), horizon=horizons())
def test_a_waived_trigger_fires_nothing(book: Rulebook, world: World, horizon: Span) -> None:
    """Where the unit's own occurrence is waived, or that of all who owe the trigger, nothing comes of it."""
    wide = expanded(book, WIDE, world)
    for each, trigger, several in triggered(expanded(book, horizon, world)):
        of_period = firing(each, trigger, wide, several=several)
        own = [one for one in of_period if each.unit in one.units and not each.is_joint]
        assert any(one.status is not Status.WAIVED for one in own or of_period)
