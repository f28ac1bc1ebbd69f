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
    "FREQ=DAILY;INTERVAL=3652059;COUNT=3652059": Recurrence("daily", START.toordinal(), 3652059, count=3652059),
    "FREQ=MONTHLY;BYDAY=5FR,-5MO": Recurrence("monthly", START.toordinal(), weekdays=((5, 4), (-5, 0))),
    "FREQ=YEARLY;BYDAY=-53SU": Recurrence("yearly", START.toordinal(), weekdays=((-53, 6),)),
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=12": Recurrence("yearly", START.toordinal(), month_days=(31,), months=(12,)),
    "FREQ=YEARLY;BYWEEKNO=-53;BYDAY=MO;INTERVAL=1": Recurrence(
        "yearly", START.toordinal(), weeks=(-53,), weekdays=((0, 0),)
    ),
    "FREQ=DAILY;BYMONTHDAY=1;BYSETPOS=1,366,1": Recurrence(
        "daily", START.toordinal(), month_days=(1,), positions=(1, 366)
    ),
    "FREQ=WEEKLY;BYDAY=MO,MO;BYSETPOS=1": Recurrence("weekly", START.toordinal(), weekdays=((0, 0),), positions=(1,)),
}
PARTS = "FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYSETPOS, WKST"
WEEKDAYS = "MO, TU, WE, TH, FR, SA, SU"
MANY = "1, 2, 3 …"


def bad(part: str, found: str, expected: str, suggestion: str = "") -> tuple[str, dict[str, str]]:
    """What is told of a part whose value is none."""
    return "rrule-value", {"part": part, "found": found, "expected": expected, "suggestion": suggestion}


def unknown(part: str, suggestion: str = "") -> tuple[str, dict[str, str]]:
    """What is told of a part that there is not."""
    return "rrule-unknown-part", {"part": part, "suggestion": suggestion, "expected": PARTS}


def apart(part: str, other: str) -> tuple[str, dict[str, str]]:
    """What is told of a part that may not stand beside another."""
    return "rrule-not-with", {"part": part, "other": other}


#: The message, and the values for its words.
REFUSED: dict[str, tuple[str, dict[str, str]]] = {
    "RRULE:FREQ=DAILY": ("rrule-prefix", {"suggestion": "FREQ=DAILY"}),
    "rrule:freq=daily": ("rrule-prefix", {"suggestion": "freq=daily"}),
    "FREQ=MONTHLY; BYDAY=FR": ("rrule-blank", {"suggestion": "FREQ=MONTHLY;BYDAY=FR"}),
    "freq=monthly \t; byday=fr": ("rrule-blank", {"suggestion": "freq=monthly;byday=fr"}),
    "FREQ=MONTHLY,BYDAY=FR": (
        "rrule-commas",
        {"part": "FREQ=MONTHLY,BYDAY=FR", "suggestion": "FREQ=MONTHLY;BYDAY=FR"},
    ),
    "freq=monthly;byday=mo,fr,bysetpos=1": (
        "rrule-commas",
        {"part": "BYDAY=MO,FR,BYSETPOS=1", "suggestion": "freq=monthly;byday=mo,fr;bysetpos=1"},
    ),
    "FREQ=DAILY=2": ("rrule-commas", {"part": "FREQ=DAILY=2"}),
    "FREQ=MONTHLY;BYDAY": ("rrule-no-value", {"part": "BYDAY"}),
    "FREQ=MONTHLY;BYDAY=": ("rrule-no-value", {"part": "BYDAY="}),
    "FREQ=DAILY;": ("rrule-no-value", {"part": ";"}),
    "MONTHLY": ("rrule-no-value", {"part": "MONTHLY"}),
    "FREQ=DAILY;BYDAYS=FR": unknown("BYDAYS", "BYDAY"),
    "FREQ=YEARLY;BYEASTER=0": unknown("BYEASTER"),
    "FREQ=MONTHLY;BYWEEKDAY=FR": unknown("BYWEEKDAY", "BYDAY"),
    "FREQ=MONTHLY;BYDATE=3": unknown("BYDATE", "BYMONTHDAY"),
    "FREQ=WEEKLY;WEEKSTART=SU": unknown("WEEKSTART", "WKST"),
    "FREQ=DAILY;FREQ=DAILY": ("rrule-part-twice", {"part": "FREQ"}),
    "BYDAY=FR": ("rrule-no-frequency", {}),
    "FREQ=HOURLY": ("rrule-finer", {"part": "HOURLY"}),
    "FREQ=DAILY;BYHOUR=9": ("rrule-finer", {"part": "BYHOUR"}),
    "FREQ=DAILY;BYSECOND": ("rrule-finer", {"part": "BYSECOND"}),
    "RSCALE=CHINESE;FREQ=YEARLY": ("rrule-other-calendar", {"part": "RSCALE"}),
    "FREQ=YEARLY;SKIP=BACKWARD": ("rrule-other-calendar", {"part": "SKIP"}),
    "DTSTART:20260130;FREQ=YEARLY": ("rrule-beside", {"part": "DTSTART"}),
    "FREQ=YEARLY;RDATE:20260130:1": ("rrule-beside", {"part": "RDATE"}),
    "FREQ=YEARLY;DTSTART=20260130": ("rrule-beside", {"part": "DTSTART"}),
    "FREQ=YEARLY;EXDATE=20260130": ("rrule-beside", {"part": "EXDATE"}),
    "FREQ=MONTLY": bad("FREQ", "MONTLY", "YEARLY, MONTHLY, WEEKLY, DAILY", "MONTHLY"),
    "FREQ=SOON": bad("FREQ", "SOON", "YEARLY, MONTHLY, WEEKLY, DAILY"),
    "FREQ=DAILY;INTERVAL=0": bad("INTERVAL", "0", MANY),
    "FREQ=DAILY;INTERVAL=-1": bad("INTERVAL", "-1", MANY),
    "FREQ=DAILY;INTERVAL=1.5": bad("INTERVAL", "1.5", MANY),
    "FREQ=DAILY;INTERVAL=3652060": bad("INTERVAL", "3652060", MANY),
    "FREQ=DAILY;INTERVAL=99999999": bad("INTERVAL", "99999999", MANY),
    "FREQ=DAILY;COUNT=0": bad("COUNT", "0", MANY),
    "FREQ=DAILY;COUNT=+3": bad("COUNT", "+3", MANY),
    "FREQ=YEARLY;BYMONTH=13": bad("BYMONTH", "13", "1…12"),
    "FREQ=YEARLY;BYMONTH=-1": bad("BYMONTH", "-1", "1…12"),
    "FREQ=YEARLY;BYMONTH=1,": bad("BYMONTH", "…", "1…12"),
    "FREQ=MONTHLY;BYMONTHDAY=32": bad("BYMONTHDAY", "32", "1…31, -31…-1"),
    "FREQ=MONTHLY;BYMONTHDAY=0": bad("BYMONTHDAY", "0", "1…31, -31…-1"),
    "FREQ=MONTHLY;BYMONTHDAY=1,-32": bad("BYMONTHDAY", "-32", "1…31, -31…-1"),
    "FREQ=YEARLY;BYYEARDAY=367": bad("BYYEARDAY", "367", "1…366, -366…-1"),
    "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO": bad("BYWEEKNO", "54", "1…53, -53…-1"),
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367": bad("BYSETPOS", "367", "1…366, -366…-1"),
    "FREQ=MONTHLY;BYDAY=0FR": bad("BYDAY", "0FR", "FR, 1FR, -1FR"),
    "FREQ=MONTHLY;BYDAY=FRIDAY": bad("BYDAY", "FRIDAY", "FR, 1FR, -1FR", "FR"),
    "FREQ=MONTHLY;BYDAY=MO,100FR": bad("BYDAY", "100FR", "FR, 1FR, -1FR"),
    "FREQ=MONTHLY;BYDAY=XYZ": bad("BYDAY", "XYZ", "FR, 1FR, -1FR"),
    "FREQ=MONTHLY;BYDAY=MO,": bad("BYDAY", "…", "FR, 1FR, -1FR"),
    "FREQ=MONTHLY;BYDAY=6FR": bad("BYDAY", "6FR", "1FR…5FR"),
    "FREQ=YEARLY;BYMONTH=3;BYDAY=MO,-6FR": bad("BYDAY", "MO,-6FR", "1FR…5FR"),
    "FREQ=YEARLY;BYDAY=54FR": bad("BYDAY", "54FR", "FR, 1FR, -1FR"),
    "FREQ=YEARLY;BYDAY=-54FR": bad("BYDAY", "-54FR", "FR, 1FR, -1FR"),
    "FREQ=WEEKLY;WKST=MON": bad("WKST", "MON", WEEKDAYS, "MO"),
    "FREQ=WEEKLY;WKST=SUNDAY": bad("WKST", "SUNDAY", WEEKDAYS, "SU"),
    "FREQ=WEEKLY;WKST=1": bad("WKST", "1", WEEKDAYS),
    "FREQ=DAILY;UNTIL=20260230": bad("UNTIL", "20260230", "20271231"),
    "FREQ=DAILY;UNTIL=2026": bad("UNTIL", "2026", "20271231"),
    "FREQ=DAILY;UNTIL=202601011": bad("UNTIL", "202601011", "20271231"),
    "FREQ=DAILY;UNTIL=20261231T235959Z": ("rrule-until", {"part": "20261231T235959Z", "suggestion": "UNTIL=20261231"}),
    "FREQ=DAILY;UNTIL=2026-12-31": ("rrule-until", {"part": "2026-12-31", "suggestion": "UNTIL=20261231"}),
    "FREQ=DAILY;UNTIL=20261231;COUNT=3": ("rrule-two-ends", {}),
    "FREQ=WEEKLY;BYDAY=1MO": apart("BYDAY=1MO", "FREQ=WEEKLY"),
    "FREQ=DAILY;BYDAY=-1MO": apart("BYDAY=-1MO", "FREQ=DAILY"),
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO": apart("BYDAY=1MO", "BYWEEKNO"),
    "FREQ=WEEKLY;BYMONTHDAY=3": apart("BYMONTHDAY=3", "FREQ=WEEKLY"),
    "FREQ=MONTHLY;BYYEARDAY=5": apart("BYYEARDAY=5", "FREQ=MONTHLY"),
    "FREQ=DAILY;BYYEARDAY=5": apart("BYYEARDAY=5", "FREQ=DAILY"),
    "FREQ=MONTHLY;BYWEEKNO=5;BYDAY=MO": apart("BYWEEKNO=5", "FREQ=MONTHLY"),
    "FREQ=MONTHLY;BYWEEKNO=5;BYYEARDAY=9": apart("BYWEEKNO=5", "FREQ=MONTHLY"),
    "FREQ=MONTHLY;BYSETPOS=-1": ("rrule-positions-alone", {}),
    "FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYSETPOS=-1": ("rrule-positions-alone", {}),
    "FREQ=YEARLY;BYWEEKNO=20": ("rrule-weeks-without-days", {}),
    "FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=1": ("rrule-weeks-without-days", {}),
    "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20;BYDAY=MO": ("rrule-weeks-and-interval", {}),
    "FREQ=YEARLY;BYWEEKNO=20,30;BYDAY=MO;BYSETPOS=1": ("rrule-weeks-and-positions", {}),
    "FREQ=YEARLY;BYMONTHDAY=1": ("rrule-days-without-months", {}),
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
    message, values = REFUSED[text]
    assert (refused.value.code, refused.value.message) == ("bad-value", message)
    told = {name: value for name, value in refused.value.values.items() if value}
    assert told == {"text": text, **{name: value for name, value in values.items() if value}}


@pytest.mark.parametrize(
    ("text", "has_end"),
    [("FREQ=DAILY", False), ("FREQ=DAILY;COUNT=3", True), ("FREQ=DAILY;UNTIL=20261231", True)],
)
def test_whether_a_rule_ends(text: str, has_end: bool) -> None:
    """By COUNT or by UNTIL; the text stays as it was written."""
    words = rule(text.lower())
    assert (words.has_end, words.text) == (has_end, text.lower())
