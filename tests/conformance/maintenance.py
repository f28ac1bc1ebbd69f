"""Reserve maintenance periods of the European Central Bank, as a cycle that is given by a list."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching
from tests.truth.tables import Row

NOTE = re.compile(r"end=(\S+); length=(\d+)")


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """Each period begins, ends and is as long as the table says, and none overlaps the next."""
    spans = [(row.date, dt.date.fromisoformat(NOTE.match(row.note)[1])) for row in rows]  # type: ignore[index]
    listed = ", ".join(f"{row.period}: {first}..{last}" for row, (first, last) in zip(rows, spans, strict=True))
    periods = ("every:", f"  periods: {{{listed}}}")
    text = rule_file({"begins": (*periods, "due: {at: start}"), "ends": (*periods, "due: {at: end}")})
    found = by_obligation(expand(text, spans[0][0], spans[-1][1]))
    begins = {each.period: each.due for each in found["begins"]}
    ends = {each.period: each.due for each in found["ends"]}
    judged = []
    for row, span in zip(rows, spans, strict=True):
        first, last = begins.get(row.period), ends.get(row.period)
        days = (last - first).days + 1 if first and last else None
        judged.append(matching(row, (*span, int(NOTE.match(row.note)[2])), (first, last, days)))  # type: ignore[index]
    return judged
