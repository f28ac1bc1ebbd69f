"""The table of fields: the only list of what a rule file may say.

Reading, the JSON Schema and the reference page all come from it. A key that is not here is refused.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cyclekit.reading import scalars as read
from cyclekit.reading.fields.of_due import (
    ADJUST,
    ANCHORS,
    BY_PERIOD,
    CALENDAR_FIELD,
    COURSE,
    MONTH_END,
    OPENS,
    SHIFTS,
    SOURCE_FIELD,
    TIME_FIELD,
)
from cyclekit.reading.fields.of_expect import DAYS as DAYS_EXPECTED
from cyclekit.reading.fields.of_expect import EXPECT, NUMBER
from cyclekit.reading.fields.of_file import FILE, UNIT
from cyclekit.reading.fields.of_obligation import OBLIGATION
from cyclekit.reading.kinds import Either, Field, Many, Scalar, Shape, Table
from cyclekit.reading.recurrence_words import rule
from cyclekit.reading.values import (
    AMOUNT,
    CALENDAR,
    DATE,
    DAY_OF_CALENDAR,
    DAYS,
    ID,
    MOVING,
    NOTE,
    SELECTOR,
    TEXT,
    TITLE,
    URL,
    WEEKDAY,
    WORD,
)

TEXT_SOURCE = tuple(
    Field(name, TEXT, en, zh)
    for name, en, zh in (
        ("document", "The document's number or name.", "文号。"),
        ("issuer", "Who issued it.", "发文单位。"),
        ("article", "Article or clause.", "条款。"),
        ("page", "Page.", "页码。"),
    )
)

TIMING = frozenset({"every", "once", "upon", "dates", "standing"})
CYCLE_KEYS = frozenset({"origin", "year_start", "year_named", "only", "skip", "stub"})
DUE_ANCHORS = ("day", "weekday", "working_day", "date", "at", "holiday")
DUE_SHIFTS = ("add", "move_to", "include", "extend")

SHAPES: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "file": FILE,
        "unit": UNIT,
        "obligation": OBLIGATION,
        "defaults": tuple(each for each in OBLIGATION if each.name not in TIMING | {"title"}),
        "change": (
            Field(
                "from",
                DATE,
                "The first period it holds for; left out, it holds for all.",
                "自哪一期起；不写则适用于各期。",
                example="2024Q1",
                instead=("since", "effective", "start"),
            ),
            Field("units", SELECTOR, "The units it holds for.", "适用单位。", example="[tongcheng]"),
            Field("reason", TEXT, "Why.", "原因。"),
            Field("announced", DAY_OF_CALENDAR, "When it was announced.", "公布日期。", example="2023-11-20"),
            *(
                each
                for each in OBLIGATION
                if each.name not in {"from", "until", "changes", "exceptions", "applies_to", "except", "jointly"}
            ),
        ),
        "due": (*COURSE, BY_PERIOD, OPENS, TIME_FIELD, Field("title", TITLE, "A title of its own.", "单独的名称。")),
        "course": COURSE,
        "step": (*SHIFTS, ADJUST, MONTH_END, CALENDAR_FIELD),
        "every": (
            Field(
                "rrule",
                Scalar("recurrence rule", rule, pattern=r"[Ff][Rr][Ee][Qq]="),
                "A rule of RFC 5545 of daily or coarser frequency; each instance is a period of one day.",
                "RFC 5545 规则（不细于每日），每次即为期一天的周期。",
                example="FREQ=MONTHLY;BYDAY=-1FR",
            ),
            Field("start", DAY_OF_CALENDAR, "Its first day.", "起始日。", example="2023-01-27"),
            Field(
                "periods",
                Table(Scalar("label", read.free), DATE, "periods"),
                "A cycle given by a list: each period's id, and its days.",
                "逐一列出的周期：名称与起止。",
                example="{2012-MP1: 2012-01-18..2012-02-14}",
            ),
        ),
        "once": (
            Field(
                "before",
                DATE,
                "Due on the day before it begins.",
                "在其开始的前一日截止。",
                example="2023-12",
                required=True,
            ),
        ),
        "upon": (
            Field("obligation", ID, "The obligation that triggers it.", "触发它的事项。"),
            Field("event", ID, "The event that triggers it.", "触发它的事件。"),
            Field(
                "at",
                Scalar("trigger date", read.trigger_at, words=("due", "nominal")),
                "Its due or its nominal date.",
                "取其截止日或名义日期。",
            ),
        ),
        "dated": (Field("date", DATE, "The date.", "日期。", required=True), TIME_FIELD),
        "exception": (
            Field(
                "due",
                DATE,
                "The date that counts instead.",
                "改定的日期。",
                example="2023-03-31",
                instead=("date", "new_date"),
            ),
            TIME_FIELD,
            Field("waived", TEXT, "It is not owed, and why.", "免除及其原因。", example="合并填报"),
            Field("reason", TEXT, "Why.", "原因。"),
            SOURCE_FIELD,
            Field("announced", DAY_OF_CALENDAR, "When it was announced.", "公布日期。", example="2023-03-10"),
            Field("units", SELECTOR, "The units it concerns.", "所涉单位。"),
        ),
        "expect": EXPECT,
        "expected_number": NUMBER,
        "expected_days": DAYS_EXPECTED,
        "source": (
            *TEXT_SOURCE,
            Field("url", URL, "Where to read it.", "网址。"),
            Field("issued", DAY_OF_CALENDAR, "When it was issued.", "发文日期。", example="2022-11-15"),
            Field(
                "checked",
                DAY_OF_CALENDAR,
                "When the rule was last held against it.",
                "核对日期。",
                example="2026-11-20",
            ),
            Field("quote", NOTE, "Its words.", "原文。"),
        ),
        "quota": (
            Field("at_least", AMOUNT, "At least so many.", "至少。", example="2"),
            Field("at_most", AMOUNT, "At most so many.", "至多。", example="5"),
            Field("exactly", AMOUNT, "Exactly so many.", "恰好。", example="1"),
            Field("of", TITLE, "Of what.", "何物。", example="职工"),
        ),
        "selector": (
            Field("id", ID, "The unit of this id.", "单位编号。"),
            Field("kind", WORD, "Units of this kind.", "单位类别。"),
            Field("tag", WORD, "Units with this tag.", "带此标签的单位。"),
            Field("under", ID, "A unit and all below it.", "某单位及其下级。"),
            Field("except", SELECTOR, "But not these.", "除外。"),
        ),
        "calendar": (
            Field("any_of", Many(CALENDAR), "Closed when any of these is.", "其一休息即休息。", example="[CN, US]"),
            Field("all_of", Many(CALENDAR), "Closed when all of these are.", "全部休息才休息。", example="[CN, US]"),
            Field("base", CALENDAR, "Built on this one.", "以此为基础。", example="CN"),
            Field(
                "weekend",
                Many(WEEKDAY),
                "The weekly rest days, instead of those it builds on and of the weekends worked there.",
                "周休日，取代所依日历的周休日及其调休上班日。",
                example="[fri, sat]",
                instead=("weekends", "rest", "周末"),
            ),
            Field(
                "closed",
                Table(DAYS, TEXT, "days"),
                "Further closed days, with their names; without a year, of every year.",
                "另加休息日及其名称；不写年份则为每年。",
                example="{2026-05-08: founding day, 12-24: every year}",
                instead=("holidays", "休息"),
            ),
            Field(
                "open",
                Table(DAYS, TEXT, "days"),
                "Further working days, with their names.",
                "另加工作日及其名称。",
                example="{2026-05-09: make-up day}",
                instead=("working", "worked", "上班"),
            ),
            Field(
                "suspended",
                Many(DAYS),
                "Days not counted at all.",
                "不计之日。",
                example="[12-21..01-07]",
                instead=("suspend", "recess"),
            ),
        ),
        "move_to": tuple(
            Field(
                name,
                Either(text=MOVING, mapping=Shape("day_of_months"), listing=Many(MOVING)),
                "To the nearest such day.",
                "移到最近的这样一天。",
            )
            for name in ("on_or_after", "after", "on_or_before", "before")
        ),
        "day_of_months": (
            *(each for each in ANCHORS if each.name in ("day", "weekday", "nth", "working_day")),
            Field(
                "month", Many(Scalar("month", read.month)), "In which months.", "在哪些月份。", example="[3, 6, 9, 12]"
            ),
        ),
        "extend": (
            Field(
                "run",
                Scalar("run", read.whole),
                "How many non-working days make a run.",
                "连续休息几天。",
            ),
            Field(
                "by",
                Scalar("extend by", read.extend_by),
                "By which days it grows.",
                "按何种天数顺延。",
            ),
        ),
    }
)
