"""The fields of an expectation: what an author expects of due dates, and what is never used to compute one."""

from cyclekit.reading import expected
from cyclekit.reading import patterns as like
from cyclekit.reading.kinds import Either, Field, Many, Scalar, Shape, Table
from cyclekit.reading.values import DAY_OF_CALENDAR, ID, LABEL, MONTH, WEEKDAY

COUNT = Scalar("expected number", expected.count_expected, pattern=like.WHOLE, numbers=(0, 10_000))
DAYS_EXPECTED = Scalar("expected number of days", expected.days_expected, pattern=r"^[0-9]+ days?$")
MONTH_EXPECTED = Scalar(
    "expected month of the period",
    expected.month_expected,
    words=("true", "first", "last", "next", "previous"),
    pattern=like.WHOLE,
    numbers=(1, 12000),
)
TRUE = Scalar("true", expected.expected_true, words=("true",))

EXPECT = (
    Field(
        "per_year",
        Either(text=COUNT, mapping=Shape("expected_number")),
        "How many due dates there are about a year: of the periods that end in it.",
        "每年（周期结束于该年者）几次。",
        example="4",
    ),
    Field(
        "never_on", Many(WEEKDAY), "No due date is on these weekdays.", "截止日不落在这些星期。", example="[sat, sun]"
    ),
    Field(
        "in_months",
        Many(MONTH),
        "Every due date is in one of these months.",
        "截止日只在这些月份。",
        example="[6, 12]",
    ),
    Field(
        "within_month",
        MONTH_EXPECTED,
        "Every due date is in this month of its period: ``true`` is the last one.",
        "截止日在周期的哪个月之内；``true`` 指末月。",
        example="true",
    ),
    Field(
        "working_day",
        TRUE,
        "Every due date is a working day, by the calendar of the obligation, the unit or the file.",
        "截止日都是工作日。",
        example="true",
    ),
    Field(
        "gap",
        Shape("expected_days"),
        "How many days there are from one due date to the next of the same unit.",
        "同一单位相邻两个截止日的间隔天数。",
        example="{min: 80 days, max: 100 days}",
    ),
    Field(
        "window",
        Shape("expected_days"),
        "How many days there are from the opening to the due date, both included.",
        "自开办日至截止日（含首尾）的天数。",
        example="{min: 10 days}",
    ),
    Field(
        "dates",
        Table(LABEL, DAY_OF_CALENDAR, "expected"),
        "Single due dates, by the label of their period.",
        "个别周期的截止日。",
        example="{2023Q1: 2023-03-20}",
    ),
    Field(
        "owed_by",
        Table(LABEL, Many(ID), "expected"),
        "All who owe single periods, by their label.",
        "个别周期的全部责任单位。",
        example="{2023Q4: [north]}",
    ),
    Field(
        "never_with",
        Many(ID),
        "No unit owes one of these obligations on the same day.",
        "同一单位不在同日另有这些事项。",
        example="[monthly-report]",
    ),
)

NUMBER = (
    Field("min", COUNT, "At least so many.", "至少。", example="52"),
    Field("max", COUNT, "At most so many.", "至多。", example="53"),
)
DAYS = (
    Field("min", DAYS_EXPECTED, "At least so many days.", "至少几天。", example="80 days"),
    Field("max", DAYS_EXPECTED, "At most so many days.", "至多几天。", example="100 days"),
)
