"""Occurrences in plain words, so that two ways of finding them can be compared."""

import datetime as dt
from typing import NamedTuple

from cyclekit.civil.spans import Span
from cyclekit.model.schedule import Schedule
from tests.properties.oracle.found import Found

#: Where a due date without a clock time is listed: after every clock time of its day.
WHOLE_DAY = 24 * 60 + 1


class Fact(NamedTuple):
    """One occurrence as the contract describes it, in the order in which occurrences are listed."""

    due: dt.date
    minute: int
    rulebook: str
    obligation: str
    unit: str
    period: str
    number: int
    span: Span
    opens: dt.date | None
    nominal: dt.date
    closes: dt.date | None
    status: str
    provisional: bool
    absorbed_by: str | None
    units: tuple[str, ...]


def fact(rulebook: str, each: Found) -> Fact:
    """What was found about one occurrence."""
    return Fact(
        each.due,
        WHOLE_DAY if each.minute is None else each.minute,
        rulebook,
        each.obligation.id,
        each.unit,
        each.period.label,
        each.number,
        Span(each.period.first, each.period.last),
        each.opens,
        each.nominal,
        each.closes,
        each.status,
        each.all_doubts.provisional,
        each.absorbed_by,
        each.units,
    )


def facts(schedule: Schedule) -> list[Fact]:
    """A schedule in the same words."""
    return [
        Fact(
            each.due,
            WHOLE_DAY if each.minute is None else each.minute,
            each.key.rulebook,
            each.key.obligation,
            each.key.unit,
            each.key.period,
            each.key.number,
            Span(*map(dt.date.fromordinal, each.period_days)),
            each.opens,
            each.nominal,
            each.closes,
            each.status.value,
            each.provisional,
            each.absorbed_by,
            tuple(unit.id for unit in each.units),
        )
        for each in schedule
    ]
