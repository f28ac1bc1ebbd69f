"""Columns say what occurrences say."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cyclekit.civil.spans import Span
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.words.occurrences import quota_words, source_words, unit_words
from tests.properties.expanding import expanded, rules
from tests.properties.oracle import World
from tests.properties.strategies import horizons, worlds


def told(each: Occurrence) -> dict[str, Any]:
    """An occurrence, field by field, from its view."""
    first, last = map(dt.date.fromordinal, each.period_days)
    return {
        "rulebook": each.rulebook.id,
        "obligation": each.obligation.id,
        "unit": each.unit.id,
        "unit_name": unit_words(each.unit, "en"),
        "kind": each.unit.kind,
        "period": each.period,
        "period_first": first,
        "period_last": last,
        "number": each.number,
        "opens": each.opens,
        "nominal": each.nominal,
        "due": each.due,
        "time": each.time,
        "timezone": each.timezone,
        "closes": each.closes,
        "status": each.status.value,
        "provisional": each.provisional,
        "absorbed_by": each.absorbed_by,
        "quota": quota_words(each.quota, "en"),
        "title": each.title.get("en"),
        "source": source_words(each.source, "en") if each.source else None,
        "units": " ".join(sorted(unit.id for unit in each.units)) if each.is_joint else None,
    }


@given(book=rules(), world=worlds(known=True), horizon=horizons(), batch_rows=st.integers(1, 9))
def test_columns_hold_what_occurrences_say(book: Rulebook, world: World, horizon: Span, batch_rows: int) -> None:
    """For all rules, and batches of any size, the rows are the occurrences, field by field, each of them once."""
    schedule = expanded(book, horizon, world)
    table = schedule.to_arrow(batch_rows=batch_rows).read_all()
    table.validate(full=True)
    assert all(batch.num_rows <= batch_rows for batch in table.to_batches())
    assert sorted(map(repr, table.to_pylist())) == sorted(repr(told(each)) for each in schedule)
