"""Maturities of credit default swaps: the next 20th of March, June, September or December, and a tenor on."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching
from tests.truth.tables import Row

ROLL = "{move_to: {after: [03-20, 06-20, 09-20, 12-20]}}"
TENOR = re.compile(r"CDS\(2009-2015\) maturity of a (\d+) (Months|Years) CDS")
ACCRUAL = re.compile(r"first accrual start=(\S+)")


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """A trade's maturity as what a trade sets off; its first accrual day as the last one reached by then."""
    tenors = {row.obligation: f"tenor-{number}" for number, row in enumerate(rows)}
    obligations: dict[str, tuple[str, ...]] = {
        name: ("upon: {event: trade}", f"due: {{then: [{', '.join(_steps(tenor))}]}}") for tenor, name in tenors.items()
    }
    obligations["accrual"] = ("every: quarter", "due: {day: 20, adjust: following}")
    trades = sorted({_trade(row) for row in rows})
    last = max(row.date for row in rows)
    found = by_obligation(
        expand(
            rule_file(obligations, "calendar: weekdays"),
            trades[0] - dt.timedelta(days=366),
            last + dt.timedelta(days=366),
            {"trade": trades},
        )
    )
    maturities = {(name, each.period): each.due for name in tenors.values() for each in found.get(name, ())}
    accruals = [each.due for each in found["accrual"]]
    judged = []
    for row in rows:
        trade = _trade(row)
        accrual = max(day for day in accruals if day <= trade)
        wanted = (row.date, dt.date.fromisoformat(ACCRUAL.search(row.note)[1]))  # type: ignore[index]
        judged.append(matching(row, wanted, (maturities.get((tenors[row.obligation], str(trade))), accrual)))
    return judged


def _trade(row: Row) -> dt.date:
    return dt.date.fromisoformat(row.period.removeprefix("trade "))


def _steps(tenor: str) -> list[str]:
    found = TENOR.fullmatch(tenor)
    assert found
    return [ROLL] if found[1] == "0" else [ROLL, f"{{add: {found[1]} {found[2].lower()}}}"]
