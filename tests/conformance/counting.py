"""Periods before Canada's Federal Court: the shipped rule file, with the events of a table."""

import datetime as dt
from collections.abc import Mapping, Sequence

import cyclekit
from cyclekit import Occurrence
from tests.conformance.running import by_obligation
from tests.truth.scores import Judgement, matching, one_by_one
from tests.truth.shipped import shipped
from tests.truth.tables import Row, day, meant, parts

#: How the rule file calls a period of the Rules.
PERIODS = {
    "2": "two-days",
    "5": "five-days",
    "6": "six-days",
    "7": "seven-days",
    "10": "ten-days",
    "15": "fifteen-days",
    "20": "twenty-days",
    "30": "thirty-days",
    "60": "sixty-days",
}
#: July and August are left out of the time to appeal alone.
APPEAL = "SUMMER RECESS"
MARGIN = dt.timedelta(days=366)


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """Each row's day as an event from which its number of days runs."""
    days = {_happened(row) for row in rows}
    horizon = cyclekit.Span(min(days) - MARGIN, max(row.date for row in rows) + MARGIN)
    events = {"rules-event": days, "judgment": days}
    found = by_obligation(cyclekit.expand(shipped()["ca-federal-court"], horizon, events=events))
    return one_by_one(lambda row: _judged(row, found), rows)


def _judged(row: Row, found: Mapping[str, Sequence[Occurrence]]) -> Judgement:
    days = parts(r"\S+ \+ (\d+) days$", row.period)[1]
    name = "appeal" if APPEAL in row.note else meant(PERIODS, days)
    dues = [each.due for each in found.get(name, ()) if each.period == str(_happened(row))]
    return matching(row, [row.date], dues)


def _happened(row: Row) -> dt.date:
    return day(row.period[:10])
