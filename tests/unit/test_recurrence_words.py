"""The text of a recurrence rule: what RFC 5545 knows is read, and everything else is told what was meant."""

import datetime as dt

import pytest

from cyclekit.civil.recurrence import Recurrence
from cyclekit.reading.recurrence_words import rule
from cyclekit.reading.scalars import Misread

START = dt.date(2026, 1, 30)
READ = {
    "FREQ=MONTHLY;BYDAY=-1FR": Recurrence("monthly", START.toordinal(), weekdays=((-1, 4),)),
    "freq=monthly;byday=+1mo,su": Recurrence("monthly", START.toordinal(), weekdays=((1, 0), (0, 6))),
    "BYMONTHDAY=1,-1;FREQ=MONTHLY": Recurrence("monthly", START.toordinal(), month_days=(1, -1)),
    "FREQ=YEARLY;BYYEARDAY=+100,-1": Recurrence("yearly", START.toordinal(), year_days=(100, -1)),
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO": Recurrence("yearly", START.toordinal(), weeks=(20,), weekdays=((0, 0),)),
    "FREQ=YEARLY;BYDAY=53FR": Recurrence("yearly", START.toordinal(), weekdays=((53, 4),)),
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=01,7": Recurrence("yearly", START.toordinal(), 2, months=(1, 7)),
    "FREQ=WEEKLY;WKST=SU;COUNT=10": Recurrence("weekly", START.toordinal(), week_start=6, count=10),
    "FREQ=DAILY;UNTIL=20261231": Recurrence("daily", START.toordinal(), until=dt.date(2026, 12, 31).toordinal()),
    "FREQ=WEEKLY;BYDAY=MO,MO;BYSETPOS=1": Recurrence("weekly", START.toordinal(), weekdays=((0, 0),), positions=(1,)),
}
#: The message, and what is proposed instead.
REFUSED = {
    "RRULE:FREQ=DAILY": ("rrule-prefix", "FREQ=DAILY"),
    "FREQ=MONTHLY; BYDAY=FR": ("rrule-blank", "FREQ=MONTHLY;BYDAY=FR"),
    "FREQ=MONTHLY,BYDAY=FR": ("rrule-commas", "FREQ=MONTHLY;BYDAY=FR"),
    "FREQ=MONTHLY;BYDAY": ("rrule-no-value", ""),
    "FREQ=MONTHLY;BYDAY=": ("rrule-no-value", ""),
    "FREQ=DAILY;": ("rrule-no-value", ""),
    "MONTHLY": ("rrule-no-value", ""),
    "FREQ=DAILY;BYDAYS=FR": ("rrule-unknown-part", "BYDAY"),
    "FREQ=YEARLY;BYEASTER=0": ("rrule-unknown-part", ""),
    "FREQ=DAILY;FREQ=DAILY": ("rrule-part-twice", ""),
    "BYDAY=FR": ("rrule-no-frequency", ""),
    "FREQ=HOURLY": ("rrule-finer", ""),
    "FREQ=DAILY;BYHOUR=9": ("rrule-finer", ""),
    "FREQ=DAILY;BYSECOND": ("rrule-finer", ""),
    "RSCALE=CHINESE;FREQ=YEARLY": ("rrule-other-calendar", ""),
    "FREQ=YEARLY;SKIP=BACKWARD": ("rrule-other-calendar", ""),
    "DTSTART:20260130;FREQ=YEARLY": ("rrule-beside", ""),
    "FREQ=YEARLY;DTSTART=20260130": ("rrule-beside", ""),
    "FREQ=YEARLY;EXDATE=20260130": ("rrule-beside", ""),
    "FREQ=MONTLY": ("rrule-value", "MONTHLY"),
    "FREQ=DAILY;INTERVAL=0": ("rrule-value", ""),
    "FREQ=DAILY;INTERVAL=-1": ("rrule-value", ""),
    "FREQ=DAILY;INTERVAL=1.5": ("rrule-value", ""),
    "FREQ=DAILY;INTERVAL=99999999": ("rrule-value", ""),
    "FREQ=DAILY;COUNT=0": ("rrule-value", ""),
    "FREQ=DAILY;COUNT=+3": ("rrule-value", ""),
    "FREQ=YEARLY;BYMONTH=13": ("rrule-value", ""),
    "FREQ=YEARLY;BYMONTH=-1": ("rrule-value", ""),
    "FREQ=YEARLY;BYMONTH=1,": ("rrule-value", ""),
    "FREQ=MONTHLY;BYMONTHDAY=32": ("rrule-value", ""),
    "FREQ=MONTHLY;BYMONTHDAY=0": ("rrule-value", ""),
    "FREQ=YEARLY;BYYEARDAY=367": ("rrule-value", ""),
    "FREQ=MONTHLY;BYDAY=0FR": ("rrule-value", ""),
    "FREQ=MONTHLY;BYDAY=FRIDAY": ("rrule-value", "FR"),
    "FREQ=MONTHLY;BYDAY=6FR": ("rrule-value", ""),
    "FREQ=YEARLY;BYMONTH=3;BYDAY=6FR": ("rrule-value", ""),
    "FREQ=YEARLY;BYDAY=54FR": ("rrule-value", ""),
    "FREQ=WEEKLY;WKST=MON": ("rrule-value", "MO"),
    "FREQ=DAILY;UNTIL=20260230": ("rrule-value", ""),
    "FREQ=DAILY;UNTIL=2026": ("rrule-value", ""),
    "FREQ=DAILY;UNTIL=20261231T235959Z": ("rrule-until", "UNTIL=20261231"),
    "FREQ=DAILY;UNTIL=2026-12-31": ("rrule-until", "UNTIL=20261231"),
    "FREQ=DAILY;UNTIL=20261231;COUNT=3": ("rrule-two-ends", ""),
    "FREQ=WEEKLY;BYDAY=1MO": ("rrule-not-with", ""),
    "FREQ=DAILY;BYDAY=-1MO": ("rrule-not-with", ""),
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO": ("rrule-not-with", ""),
    "FREQ=WEEKLY;BYMONTHDAY=3": ("rrule-not-with", ""),
    "FREQ=MONTHLY;BYYEARDAY=5": ("rrule-not-with", ""),
    "FREQ=DAILY;BYYEARDAY=5": ("rrule-not-with", ""),
    "FREQ=MONTHLY;BYWEEKNO=5;BYDAY=MO": ("rrule-not-with", ""),
    "FREQ=MONTHLY;BYSETPOS=-1": ("rrule-positions-alone", ""),
    "FREQ=YEARLY;BYWEEKNO=20": ("rrule-weeks-without-days", ""),
    "FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=1": ("rrule-weeks-without-days", ""),
    "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20;BYDAY=MO": ("rrule-weeks-and-interval", ""),
    "FREQ=YEARLY;BYWEEKNO=20,30;BYDAY=MO;BYSETPOS=1": ("rrule-weeks-and-positions", ""),
    "FREQ=YEARLY;BYMONTHDAY=1": ("rrule-days-without-months", ""),
}


@pytest.mark.parametrize("text", READ)
def test_a_rule_is_read(text: str) -> None:
    """Parts in any order and in either case become those of a recurrence."""
    assert rule(text).beginning(START) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_a_rule_is_refused(text: str) -> None:
    """What RFC 5545 does not know or forbids, and what libraries take differently, is told by its own message."""
    with pytest.raises(Misread) as refused:
        rule(text)
    assert refused.value.code == "bad-value"
    assert (refused.value.message, refused.value.values.get("suggestion", "")) == REFUSED[text]
    assert refused.value.values["text"] == text
