"""What holds for explanations, whatever the rules: they end where the schedule does, and are found from a period."""

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.adapters.explanation import LEAST, render
from cyclekit.civil.spans import Span
from cyclekit.engine.expand import expand
from cyclekit.engine.explain import explain
from cyclekit.engine.whereabouts import periods_named, whereabouts
from cyclekit.model.obligation import Rulebook
from cyclekit.words.display import columns
from tests.properties.oracle import DayBook
from tests.properties.strategies import calendar_shelves, horizons, meeting_rulebooks, rulebooks

MOST = 10


@given(
    book=rulebooks() | meeting_rulebooks(),
    shelf=calendar_shelves(),
    horizon=horizons(),
    width=st.integers(LEAST, 120),
    language=st.sampled_from(["en", "zh"]),
)
def test_an_explanation_is_told_and_ends_at_the_due_date(
    book: Rulebook, shelf: dict[str, DayBook], horizon: Span, width: int, language: str
) -> None:
    """The last day of the way is the due date, which is told; and no line is wider than it may be."""
    schedule = expand(book, horizon, {name: each.compiled() for name, each in shelf.items()})
    for each in list(schedule)[:MOST]:
        explanation = explain(schedule, each.key)
        assert explanation.due == each.due
        text = render(explanation, language=language, width=width)
        assert str(each.due) in text
        # A single word, such as a label, may be wider than a very narrow terminal.
        assert [line for line in text.splitlines() if columns(line) > width and " " in line.strip()] == []


@given(book=rulebooks() | meeting_rulebooks(), shelf=calendar_shelves(), horizon=horizons())
def test_an_occurrence_is_where_its_period_says(book: Rulebook, shelf: dict[str, DayBook], horizon: Span) -> None:
    """A period is found by its label, and its due date lies in the days that are found from the period."""
    calendars = {name: each.compiled() for name, each in shelf.items()}
    closure = max(each.longest_closure for each in calendars.values()) + 1
    for each in list(expand(book, horizon, calendars))[:MOST]:
        written = book[each.obligation.id]
        periods = periods_named(book, written, each.period, {})
        assert (*each.period_days, each.period) in {period[:3] for period in periods}
        first, last = whereabouts(book, written, periods, closure, {})
        assert first <= each.due.toordinal() <= last
