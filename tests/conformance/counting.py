"""Canada's Federal Courts: days counted from an event, without the recesses, to a day that is no holiday."""

import datetime as dt
import re
from collections.abc import Sequence

from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.scores import Judgement, matching
from tests.truth.tables import Row

COURT = ("calendars:", "  court: {base: CA-ON, suspended: [12-21..01-07, 07-01..08-31]}", "calendar: court")


def judge(rows: Sequence[Row]) -> list[Judgement]:
    """Each row as an event from which days run that the recesses stop."""
    obligations = {}
    events = {}
    for number, row in enumerate(rows):
        served = re.fullmatch(r"(\S+) \+ (\d+) days", row.period)
        assert served
        events[f"served-{number}"] = [dt.date.fromisoformat(served[1])]
        obligations[f"row-{number}"] = (
            f"upon: {{event: served-{number}}}",
            f"due: {{add: {served[2]} days, adjust: following}}",
        )
    first, last = min(row.date for row in rows), max(row.date for row in rows)
    found = by_obligation(expand(rule_file(obligations, *COURT), first, last, events))
    dues = ([each.due for each in found.get(f"row-{number}", ())] for number in range(len(rows)))
    return [matching(row, [row.date], due) for row, due in zip(rows, dues, strict=True)]
