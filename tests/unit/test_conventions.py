"""The conventions on days that were looked up in a calendar."""

import datetime as dt

import pytest

from cyclekit.civil.conventions import Convention, adjust
from cyclekit.civil.working import WorkingCalendar

FIRST, LAST = (dt.date.fromisoformat(each).toordinal() for each in ("2023-01-01", "2024-12-31"))
WEEKDAYS = WorkingCalendar("weekdays", FIRST, LAST)
#: 29 September to 8 October 2023 are closed, and the two weekends around them are worked in part.
GOLDEN_WEEK = WorkingCalendar(
    "golden-week",
    FIRST,
    LAST,
    closed={dt.date(2023, 9, 29).toordinal() + each: "National Day" for each in range(8)},
    opened=[dt.date(2023, 10, 7).toordinal(), dt.date(2023, 10, 8).toordinal()],
)
#: Half a month and more without a working day.
LONG = WorkingCalendar(
    "long", FIRST, LAST, closed={dt.date(2023, 6, 10).toordinal() + each: "closed" for each in range(40)}
)

C = Convention
TABLE: list[tuple[WorkingCalendar, str, dict[Convention, str | None]]] = [
    (WEEKDAYS, "2023-05-19", dict.fromkeys(C, "2023-05-19")),
    (
        WEEKDAYS,
        "2023-05-20",
        {
            C.NONE: "2023-05-20",
            C.FOLLOWING: "2023-05-22",
            C.MODIFIED_FOLLOWING: "2023-05-22",
            C.PRECEDING: "2023-05-19",
            C.MODIFIED_PRECEDING: "2023-05-19",
            C.NEAREST: "2023-05-19",
            C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-05-22",
            C.SKIP: None,
        },
    ),
    (WEEKDAYS, "2023-05-21", {C.NEAREST: "2023-05-22", C.PRECEDING: "2023-05-19"}),
    (WEEKDAYS, "2023-04-29", {C.FOLLOWING: "2023-05-01", C.MODIFIED_FOLLOWING: "2023-04-28"}),
    (WEEKDAYS, "2023-10-01", {C.PRECEDING: "2023-09-29", C.MODIFIED_PRECEDING: "2023-10-02"}),
    (WEEKDAYS, "2023-07-15", {C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-07-14", C.MODIFIED_FOLLOWING: "2023-07-17"}),
    (WEEKDAYS, "2023-09-30", {C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-09-29"}),
    (WEEKDAYS, "2023-09-16", {C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-09-18"}),
    (
        GOLDEN_WEEK,
        "2023-09-30",
        {
            C.FOLLOWING: "2023-10-07",
            C.MODIFIED_FOLLOWING: "2023-09-28",
            C.NEAREST: "2023-09-28",
            C.SKIP: None,
        },
    ),
    (GOLDEN_WEEK, "2023-10-05", {C.NEAREST: "2023-10-07", C.MODIFIED_PRECEDING: "2023-10-07"}),
    (GOLDEN_WEEK, "2023-10-07", dict.fromkeys(C, "2023-10-07")),
    # Ten closed days from 28 September on: from the 3rd it is as far to either side, and a tie goes forward.
    (GOLDEN_WEEK, "2023-10-02", {C.NEAREST: "2023-09-28"}),
    (GOLDEN_WEEK, "2023-10-03", {C.NEAREST: "2023-10-07"}),
    # A half-month without any working day is left by the end that the convention turns to.
    (LONG, "2023-06-20", {C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-06-09", C.MODIFIED_FOLLOWING: "2023-06-09"}),
    (LONG, "2023-07-10", {C.MODIFIED_FOLLOWING: "2023-07-20", C.HALF_MONTH_MODIFIED_FOLLOWING: "2023-06-09"}),
]
CASES = [
    pytest.param(calendar, day, convention, expected, id=f"{calendar.id} {day} {convention.value}")
    for calendar, day, row in TABLE
    for convention, expected in row.items()
]


@pytest.mark.parametrize(("calendar", "day", "convention", "expected"), CASES)
def test_a_convention_moves_a_day(
    calendar: WorkingCalendar, day: str, convention: Convention, expected: str | None
) -> None:
    """ISDA's words with ISDA's meaning; a working day stays where it is."""
    found = adjust(dt.date.fromisoformat(day).toordinal(), convention, calendar)
    assert (dt.date.fromordinal(found).isoformat() if found else None) == expected
