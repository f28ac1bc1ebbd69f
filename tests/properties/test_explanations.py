"""What holds for explanations, whatever the rules: they end where the schedule does, and are found from a period."""

import json

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.adapters.explanation import LEAST, render
from cyclekit.adapters.jsonlines import explanation_line
from cyclekit.civil.spans import Span
from cyclekit.engine.explain import explain
from cyclekit.engine.whereabouts import periods_named, whereabouts
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.words.display import columns
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World
from tests.properties.strategies import horizons, worlds

MOST = 12


def some(schedule: Schedule) -> list[Occurrence]:
    """A dozen occurrences or so, spread over all of them."""
    listed = list(schedule)
    return listed[:: len(listed) // MOST + 1]


def check_told(schedule: Schedule, width: int, language: str) -> None:
    """The due date comes out again, and is told; no line is wider than it may be, and the object can be written."""
    for each in some(schedule):
        explanation = explain(schedule, each.key)
        assert explanation.due == each.due
        text = render(explanation, language=language, width=width)
        assert str(each.due) in text
        # A single word, such as a label, may be wider than a very narrow terminal.
        assert [line for line in text.splitlines() if columns(line) > width and " " in line.strip()] == []
        assert json.loads(explanation_line(explanation, language))["due"] == str(each.due)


def check_found(schedule: Schedule, book: Rulebook, world: World) -> None:
    """A period is found by its label, and its due date lies in the days that are found from the period."""
    closure = max(each.compiled().longest_closure for each in world.calendars.values()) + 1
    for each in some(schedule):
        written = book[each.obligation.id]
        periods = periods_named(book, written, each.period, world.events)
        assert each.period in {period.label for period in periods}
        first, last = whereabouts(book, written, periods, closure, world.events)
        assert first <= each.due.toordinal() <= last


@given(
    book=rules(),
    world=worlds(known=True),
    horizon=horizons(),
    width=st.integers(LEAST, 120),
    language=st.sampled_from(["en", "zh"]),
)
def test_an_explanation_ends_at_the_due_date_and_is_told(
    book: Rulebook, world: World, horizon: Span, width: int, language: str
) -> None:
    """Whatever recurs, is owed once or is triggered, is moved, waived, joint, absorbed, cascades or was changed."""
    check_told(expanded(book, horizon, world), width, language)


@given(book=rules(), world=worlds(), horizon=horizons())
def test_an_occurrence_is_where_its_period_says(book: Rulebook, world: World, horizon: Span) -> None:
    """Its due date lies in the days that are found from its label, wherever exceptions moved it or its trigger."""
    check_found(expanded(book, horizon, world), book, world)
