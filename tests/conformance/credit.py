"""Maturities of credit default swaps: the next 20th of March, June, September or December, and a tenor on."""

import datetime as dt
from collections.abc import Sequence

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching, one_by_one
from tests.truth.tables import Row, day, parts

ROLL = "{move_to: {after: [03-20, 06-20, 09-20, 12-20]}}"
YEAR = dt.timedelta(days=366)


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """A trade's maturity as what a trade sets off; its first accrual day as the last one reached by then."""
    return one_by_one(_judged, rows)


def _judged(row: Row) -> Judgement:
    trade = day(parts(r"trade (\S+)", row.period)[1])
    wanted = (row.date, day(parts(r"first accrual start=(\S+)", row.note)[1]))
    obligations = {
        "maturity": ("upon: {event: trade}", f"due: {{then: [{', '.join(_steps(row))}]}}"),
        "accrual": ("every: quarter", "due: {day: 20, adjust: following}"),
    }
    schedule = expand(rule_file(obligations, "calendar: weekdays"), trade - YEAR, row.date + YEAR, {"trade": [trade]})
    found = by_obligation(schedule)
    accrual = max(each.due for each in found["accrual"] if each.due <= trade)
    return matching(row, wanted, (*(each.due for each in found.get("maturity", ())), accrual))


def _steps(row: Row) -> list[str]:
    count, unit = parts(r"CDS\(2009-2015\) maturity of a (\d+) (Months|Years) CDS$", row.obligation).groups()
    return [ROLL] if count == "0" else [ROLL, f"{{add: {count} {unit.lower()}}}"]
