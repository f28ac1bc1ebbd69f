"""Windows in which Tianjin's tax office takes payments: the day they open, and the day they are due."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching
from tests.truth.tables import Row

#: For what begins so, the days on which its yearly window opens and is due. A last day that is not worked is moved;
#: the holidays within such a window do not extend it.
RULES = {
    "房产税、城镇土地使用税 (5月": ("05-01", "05-31"),
    "房产税、城镇土地使用税 (11月": ("11-01", "11-30"),
    "个人所得税经营所得": ("01-01", "03-31"),
    "个人所得税综合所得": ("03-01", "06-30"),
    "车船税": ("01-01", "12-31"),
    "残疾人就业保障金": ("09-16", "11-30"),
}
#: Two windows a month that no holiday moves; longer ones from September and October 2020.
INSURANCE = (
    "every: month",
    "adjust: none",
    "due: [{opens: {day: 1}, day: 15}, {opens: {day: 26}, day: last}]",
    "changes:",
    "  - {from: 2020-09, due: [{opens: {day: 1}, day: 15}, {opens: {day: 21}, day: last}]}",
    "  - {from: 2020-10, due: [{opens: {day: 1}, day: 19}, {opens: {day: 21}, day: last}]}",
)
WINDOW = re.compile(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)")


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """The window of each row; where a row names both windows of its month, both of them."""
    obligations = {
        f"window-{number}": ("every: year", f"opens: {{date: {opens}}}", f"due: {{date: {due}}}")
        for number, (opens, due) in enumerate(RULES.values())
    }
    text = rule_file({**obligations, "insurance": INSURANCE}, "calendar: CN", "adjust: following")
    found = by_obligation(expand(text, dt.date(2018, 1, 1), dt.date(2021, 12, 31)))
    judged = []
    for row in rows:
        if twice := WINDOW.findall(row.note):
            wanted = [_window(row.period[:4], each) for each in twice]
            own = [each for each in found["insurance"] if each.period == row.period]
            judged.append(matching(row, (wanted, row.date), ([(each.opens, each.due) for each in own], own[0].due)))
        else:
            number = next(number for number, start in enumerate(RULES) if row.obligation.startswith(start))
            opens = dt.date.fromisoformat(row.period.removesuffix(".."))
            due = {each.opens: each.due for each in found[f"window-{number}"]}
            judged.append(matching(row, row.date, due.get(opens)))
    return judged


def _window(year: str, found: Sequence[str]) -> tuple[dt.date, dt.date]:
    first_month, first, last_month, last = map(int, found)
    return dt.date(int(year), first_month, first), dt.date(int(year), last_month, last)
