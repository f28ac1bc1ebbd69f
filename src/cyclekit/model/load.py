"""How much is due on each day, counted from the rows of lines: no occurrence is made."""

import datetime as dt
from collections import Counter

from cyclekit.model.identity import Status
from cyclekit.model.schedule import Schedule


def load_by_day(schedule: Schedule) -> dict[dt.date, int]:
    """For each day on which something is due how many occurrences are, in order; those waived or absorbed are not."""
    found: Counter[int] = Counter()
    for line in schedule.lines:
        for row, count in enumerate(line.counts()):
            if line.status[row] is Status.SCHEDULED:
                found[line.due[row]] += count
    return {dt.date.fromordinal(day): found[day] for day in sorted(found) if found[day]}
