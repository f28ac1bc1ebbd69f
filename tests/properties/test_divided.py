"""What parts of a schedule have together is what the schedule has, however many parts there are."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.adapters.ical import Context, FeedWriter
from cyclekit.adapters.jsonlines import lines
from cyclekit.civil.spans import Span
from cyclekit.engine.explain import explain_occurrence
from cyclekit.model.divided import divided, owed_by, rows_of
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.words.whys import why_words
from cyclekit.workspace.plan import Plan, TableWork, read_plan
from cyclekit.workspace.storage import Folder
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World
from tests.properties.strategies import horizons, worlds

PARTS = st.integers(1, 7)


def rows(schedule: Schedule) -> list[str]:
    """The rows of a table of a schedule, in no order of their own."""
    return sorted(map(repr, schedule.to_arrow().read_all().to_pylist()))


@given(book=rules(), world=worlds(known=True), horizon=horizons(), parts=PARTS)
def test_every_row_is_in_one_part(book: Rulebook, world: World, horizon: Span, parts: int) -> None:
    """For all rules, the rows of all parts are those of the schedule, each once, joint ones included."""
    schedule = expanded(book, horizon, world)
    found = [rows_of(schedule, runs) for runs in divided([book], parts)]
    assert sorted(row for part in found for row in rows(part)) == rows(schedule)
    assert sum(map(len, found)) == len(schedule)
    said = Counter(line for part in found for line in lines(part))
    assert said == Counter(lines(schedule))


@given(book=rules(), world=worlds(known=True), horizon=horizons(), parts=PARTS)
def test_every_feed_is_whole_in_its_part(book: Rulebook, world: World, horizon: Span, parts: int) -> None:
    """For all rules, a unit's feed from its part has the bytes that it has from the whole schedule."""
    schedule = expanded(book, horizon, world)
    context = Context(zones=schedule.world.zones, why=lambda each: why_words(explain_occurrence(schedule, each), "en"))
    whole = FeedWriter(schedule, context=context)
    met: list[str] = []
    for runs in divided([book], parts):
        writer = FeedWriter(owed_by(schedule, runs), context=context)
        for unit in runs.get(book.id, ()):
            name = f"{book.id}/{book.roster.ids[unit]}"
            assert writer.of_unit(name) == whole.of_unit(name)
            met.append(book.roster.ids[unit])
    assert met == list(book.roster.ids)


@given(book=rules(), world=worlds(known=True), horizon=horizons(), parts=PARTS)
def test_a_plan_makes_the_same_schedule_again(book: Rulebook, world: World, horizon: Span, parts: int) -> None:
    """For all rules, what is expanded from a plan that was written and read is the schedule that it was made from."""
    schedule = expanded(book, horizon, world)
    folder = Folder("memory://plans/drawn")
    plan = read_plan(folder, Plan.of(schedule, parts, TableWork("parquet")).write(folder))
    again = plan.expanded()
    assert [str(each.key) for each in again] == [str(each.key) for each in schedule]
    assert rows(again) == rows(schedule)
    assert plan.runs() == divided([book], parts)
