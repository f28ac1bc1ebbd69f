"""How rows of other projects' tables become rule files."""

import datetime as dt

import pytest

from tests.conformance import recurrence
from tests.conformance.running import by_obligation, expand, rule_file
from tests.truth.tables import Row


def row(obligation: str, period: str = "", due: str = "1997-09-02", note: str = "", name: str = "") -> Row:
    """A row of a table."""
    return Row(name, obligation, period, due, note, "", "")


def test_rows_become_obligations() -> None:
    """A rule file is made of lines, and expands like any other."""
    text = rule_file({"a": ("every: month", "due: {day: 12, adjust: following}")}, "calendar: weekdays")
    found = by_obligation(expand(text, dt.date(2026, 9, 1), dt.date(2026, 10, 31)))
    assert [each.due for each in found["a"]] == [dt.date(2026, 9, 14), dt.date(2026, 10, 12)]


@pytest.mark.parametrize(
    ("call", "rule"),
    [
        ("rrule(MONTHLY, count=3, interval=18, dtstart=START)", "FREQ=MONTHLY;COUNT=3;INTERVAL=18"),
        ("rrule(YEARLY, count=3, byweekday=(TU(3), TH(-3)), dtstart=START)", "FREQ=YEARLY;COUNT=3;BYDAY=3TU,-3TH"),
        ("rrule(WEEKLY, count=3, bymonthday=(1, 3), dtstart=START)", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=1,3"),
        ("rrule(DAILY, count=3, byweekno=52, byweekday=SU, dtstart=START)", "FREQ=YEARLY;COUNT=3;BYWEEKNO=52;BYDAY=SU"),
        ("rrule(DAILY, dtstart=START, until=datetime(1997, 9, 5, 8, 0))", "FREQ=DAILY;UNTIL=19970904"),
        ("rrule(DAILY, dtstart=START, until=datetime(1997, 9, 5, 9, 0))", "FREQ=DAILY;UNTIL=19970905"),
        ("rrule(DAILY, dtstart=START, until=date(1997, 9, 5))", "FREQ=DAILY;UNTIL=19970904"),
    ],
)
def test_calls_of_dateutil(call: str, rule: str) -> None:
    """A call becomes the rule that means the same; what ends within a day ends on the last day that has an instance."""
    made = recurrence._of_dateutil(row(call.replace("START", "datetime(1997, 9, 2, 9, 0)")))
    assert made == recurrence.Rule(dt.date(1997, 9, 2), (f'every: {{rrule: "{rule}", start: 1997-09-02}}',))


def test_points_in_time_become_days() -> None:
    """What ends at midnight UTC ends, in New York, on the day before."""
    period = "DTSTART=America/New_York 1997-09-02T09:00"
    made = recurrence._of_rfc(row("FREQ=DAILY;UNTIL=19971224T000000Z", period, note="COMPLETE list"))
    assert made.said == ('every: {rrule: "FREQ=DAILY;UNTIL=19971223", start: 1997-09-02}',)
    assert made.count is None
