"""From what a source writes for a period to the occurrence that it means."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from cyclekit import Occurrence
from tests.truth.mapping import About
from tests.truth.tables import Row, day, parts

WEDNESDAY = 2


def event_of(about: About, row: Row) -> tuple[str, dt.date] | None:
    """The event that a row wants supplied: its name, and the first day that its period names."""
    name = about.period.removeprefix("event:")
    return (name, _day(row)) if name != about.period else None


def found_for(about: About, row: Row, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences that a row speaks of: one, where the rule file and the table are right."""
    reading = READINGS["event" if about.period.startswith("event:") else about.period]
    owed = [each for each in occurrences if each.obligation.id == about.obligation]
    if about.number:
        owed = [each for each in owed if each.number == int(about.number)]
    if not about.unit:
        return reading(row, owed)
    own = reading(row, [each for each in owed if each.unit.id == about.unit])
    # A filer whose year ends in another month is a unit of its own. Where several have this period, any will do.
    return own or reading(row, [each for each in owed if each.unit.id.startswith(f"{about.unit}-")])[:1]


def _day(row: Row) -> dt.date:
    return day(parts(r".*?(\d{4}-\d\d-\d\d)", row.period)[1])


def _labelled(label: str, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return [each for each in owed if each.period == label]


def _ends(last: dt.date, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return [each for each in owed if each.period_days[1] == last.toordinal()]


def _holds(inside: dt.date, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return [each for each in owed if each.period_days[0] <= inside.toordinal() <= each.period_days[1]]


def _label(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return _labelled(row.period, owed)


def _published(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    """A release is named by the month in which it comes out, whatever month it is about."""
    return _labelled(row.period.removeprefix("published "), owed)


def _quarter(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return _labelled(row.period.replace("-Q", "Q"), owed)


def _list_label(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    return _labelled(row.period.partition(";")[0], owed)


def _payday(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    """A week from Saturday has two spans of paydays: the first ends on Tuesday, the second begins on Wednesday."""
    first, last = map(day, parts(r"(.+)\.\.(.+)", row.period).groups())
    half = 2 if first.weekday() == WEDNESDAY else 1
    return [each for each in _holds(last, owed) if each.number == half]


def _tax_year(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    """`2021/22` ends on 5 April 2022."""
    return _ends(dt.date(int(parts(r"\d{4}", row.period)[0]) + 1, 4, 5), owed)


def _fiscal_quarter(row: Row, owed: Sequence[Occurrence]) -> list[Occurrence]:
    """The quarters of the year from July."""
    year, quarter = map(int, parts(r"(\d{4})-Q([1-4])", row.period).groups())
    month = 9 + 3 * (quarter - 1)
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return _ends(first_of_next - dt.timedelta(days=1), owed)


READINGS: dict[str, Callable[[Row, Sequence[Occurrence]], list[Occurrence]]] = {
    "label": _label,
    "published": _published,
    "quarter": _quarter,
    "list-label": _list_label,
    "ends": lambda row, owed: _ends(_day(row), owed),
    "holds": lambda row, owed: _holds(_day(row), owed),
    "event": lambda row, owed: _labelled(str(_day(row)), owed),
    "opens": lambda row, owed: [each for each in owed if each.opens == _day(row)],
    "payday": _payday,
    "tax-year": _tax_year,
    "fiscal-quarter": _fiscal_quarter,
    "ends-in-year": lambda row, owed: [each for each in owed if _ending(each).endswith(row.period)],
    "every-month": lambda _row, owed: list(owed),
}


def _ending(occurrence: Occurrence) -> str:
    return dt.date.fromordinal(occurrence.period_days[1]).isoformat()
