"""Public holidays: China's arrangements, and the bank holidays of the United Kingdom.

A calendar is asked through a rule file: what is due every day and falls away on days that are not worked is due on
the working days.
"""

import datetime as dt
from collections.abc import Sequence

import attrs

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching
from tests.truth.tables import Row

#: What stands behind the name of a set, for the days of its years that no row speaks of.
OTHER_DAYS = "(other days)"
DIVISIONS = {
    "england-and-wales": ("GB-ENG", "GB-WLS"),
    "scotland": ("GB-SCT",),
    "northern-ireland": ("GB-NIR",),
}


def judge_china(rows: Sequence[Row]) -> list[Judgement]:
    """Days off are not worked, adjusted weekends are; every other day of the years is an ordinary one."""
    first, last = _years(rows)
    # The arrangement for a year speaks of some days of the year before.
    worked = _working_days("CN", min(row.date for row in rows), last)
    judged = [matching(row, "WORKING" in row.note, row.date in worked) for row in rows]
    return judged + _ordinary(rows, rows[0].set, worked, first, last)


def judge_united_kingdom(rows: Sequence[Row]) -> list[Judgement]:
    """Every bank holiday is a day that is not worked; every other weekday of the years is worked."""
    judged: list[Judgement] = []
    first, last = _years(rows)
    for division, codes in DIVISIONS.items():
        own = [row for row in rows if row.obligation == division]
        worked = {code: _working_days(code, first, last) for code in codes}
        judged += [matching(row, [], [code for code in codes if row.date in worked[code]]) for row in own]
        for code in codes:
            judged += _ordinary(own, code, worked[code], first, last)
    return judged


def _years(rows: Sequence[Row]) -> tuple[dt.date, dt.date]:
    """The first and the last day of the years that rows speak of."""
    years = [int(row.period) for row in rows]
    return dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)


def _working_days(code: str, first: dt.date, last: dt.date) -> set[dt.date]:
    text = rule_file({"days": ("every: day", "adjust: skip", f"calendar: {code}")})
    return {each.due for each in by_obligation(expand(text, first, last))["days"]}


def _ordinary(rows: Sequence[Row], name: str, worked: set[dt.date], first: dt.date, last: dt.date) -> list[Judgement]:
    """A judgement for each day that no row speaks of: worked from Monday to Friday."""
    named = {row.date for row in rows}
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    blank = Row(f"{name} {OTHER_DAYS}", "an ordinary day", "", "", "", rows[0].source, rows[0].confidence)
    return [
        matching(attrs.evolve(blank, period=str(day), due=str(day)), day.weekday() < 5, day in worked)
        for day in days
        if day not in named
    ]
