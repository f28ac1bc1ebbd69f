"""The fields of a due date: anchors, steps, and what stands around them."""

from cyclekit.reading import scalars as read
from cyclekit.reading.kinds import Field, Many, Scalar, Shape, Table
from cyclekit.reading.values import (
    CALENDAR,
    CLOCK,
    CODE,
    CONVENTION,
    DAY,
    MONTH_DAY,
    NTH,
    POSITION,
    SHIFT,
    SOURCE,
    STEPS,
    TEXT,
    WEEKDAY,
    WHICH_MONTH,
    WORKING_DAY,
    WORKING_DAYS,
    YEAR_SHIFT,
)

ADJUST = Field(
    "adjust",
    CONVENTION,
    "What the date becomes when it falls on a non-working day.",
    "遇非工作日时日期如何移动。",
    example="following",
    instead=("roll", "bdc", "convention", "adjustment", "business_day_convention", "顺延"),
)
CALENDAR_FIELD = Field(
    "calendar", CALENDAR, "Which working-day calendar counts here.", "此处采用的工作日历。", example="CN"
)
SOURCE_FIELD = Field("source", SOURCE, "Where it is written down.", "出处。", example="{article: 三}")
IGNORE = Field(
    "ignore",
    Table(CODE, TEXT, "ignore"),
    "Warnings that are not to be told here, each with the reason.",
    "此处不再提示的警告，逐一写明理由。",
    example="{month-end-unwritten: the last day is meant}",
)
ADD = Field("add", SHIFT, "A shift; the starting day is not counted.", "推移，起算日不计。", example="40 days")
MOVE = Field(
    "move_to",
    Shape("move_to"),
    "To the nearest such day.",
    "移到最近的这样一天。",
    example="{on_or_after: friday}",
)
INCLUDE = Field(
    "include",
    WORKING_DAYS,
    "Later, until so many working days lie after the start of the count.",
    "顺延至其间含有若干工作日。",
    example="2 working days",
    instead=("at_least",),
)
EXTEND = Field(
    "extend",
    Shape("extend"),
    "Longer by the holidays that fall in it.",
    "因期内节假日而延长。",
    example="{run: 3, by: working days}",
)
MONTH_END = Field(
    "month_end",
    Scalar("month end", read.month_end, words=("clamp", "next", "skip", "error", "sticky")),
    "What a day becomes that its month lacks.",
    "该月没有这一天时如何处理。",
    example="clamp",
)
SHIFTS = (ADD, MOVE, INCLUDE, EXTEND)
ANCHORS = (
    Field(
        "day",
        DAY,
        "That day of the month.",
        "当月几日。",
        example="20",
        instead=("date_of_month", "days", "日"),
    ),
    Field("weekday", WEEKDAY, "A weekday of the month, or of the week in a weekly cycle.", "星期几。", example="wed"),
    Field("nth", NTH, "Which of the month's weekdays.", "当月第几个。", example="3"),
    Field(
        "working_day",
        WORKING_DAY,
        "The k-th working day from the start or the end of the month.",
        "当月第几个工作日。",
        example="5",
    ),
    Field("date", MONTH_DAY, "That day of the year in which the period ends.", "该年几月几日。", example="06-20"),
    Field("year", YEAR_SHIFT, "Another year for ``date``.", "``date`` 所在年份。", example="next"),
    Field(
        "at",
        Scalar("at", read.at, words=("start", "end", "trigger")),
        "The first or last day of the period.",
        "周期的首日或末日。",
        example="end",
    ),
    Field("holiday", TEXT, "The first day of a public holiday.", "某节假日首日。", example="中秋节"),
    Field(
        "month",
        WHICH_MONTH,
        "Which month of the period is meant.",
        "周期中的哪个月。",
        example="last",
    ),
    Field(
        "within",
        Scalar("within", read.within, words=("period",)),
        "Days counted in the whole period.",
        "在整个周期内计数。",
        example="period",
    ),
)
COURSE = (
    *ANCHORS,
    *SHIFTS,
    ADJUST,
    MONTH_END,
    CALENDAR_FIELD,
    Field(
        "then", Many(Shape("step")), "Further steps, in their order.", "后续步骤，依次执行。", example="[{add: 3 days}]"
    ),
)
OPENS = Field(
    "opens",
    STEPS,
    "The first day on which it can be done.",
    "可以办理的首日。",
    example="{day: 1}",
    instead=("window", "start_date", "available"),
)
TIME_FIELD = Field("time", CLOCK, "The clock time of the due date.", "截止钟点。", example="17:30")
BY_PERIOD = Field(
    "by_period",
    Table(POSITION, STEPS, "by_period"),
    "Another due date for each position of the year.",
    "一年中各期各自的日期。",
    example="{Q1: {date: 05-12}}",
)
