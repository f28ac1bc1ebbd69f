"""Periods before Canada's Federal Court: the shipped rule file, with the events of a table."""

import datetime as dt
import re
from collections.abc import Sequence

import cyclekit
from tests.conformance.running import by_obligation
from tests.truth.scores import Judgement, matching
from tests.truth.shipped import shipped
from tests.truth.tables import Row

#: The table's lengths, as the rule file calls a period of the Rules.
PERIODS = {10: "ten-days", 20: "twenty-days", 30: "thirty-days"}
#: July and August are left out of the time to appeal alone.
APPEAL = "SUMMER RECESS"
MARGIN = dt.timedelta(days=366)


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """Each row's day as an event from which its number of days runs."""
    days = sorted({_happened(row) for row in rows})
    horizon = cyclekit.Span(min(days) - MARGIN, max(row.date for row in rows) + MARGIN)
    events = {"rules-event": days, "judgment": days}
    found = by_obligation(cyclekit.expand(shipped()["ca-federal-court"], horizon, events=events))
    judged = []
    for row in rows:
        length = re.search(r"\+ (\d+) days", row.period)
        assert length
        name = "appeal" if APPEAL in row.note else PERIODS[int(length[1])]
        dues = [each.due for each in found[name] if each.period == str(_happened(row))]
        judged.append(matching(row, [row.date], dues))
    return judged


def _happened(row: Row) -> dt.date:
    return dt.date.fromisoformat(row.period[:10])
