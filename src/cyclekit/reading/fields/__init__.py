"""The table of fields: the only list of what a rule file may say.

Reading, the JSON Schema and the reference page all come from it. A key that is not here is refused.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cyclekit.reading import scalars as read
from cyclekit.reading import together
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
from cyclekit.reading.patterns import RULE
from cyclekit.reading.recurrence_words import rule
from cyclekit.reading.values import (
    AMOUNT,
    BOUND,
    CALENDAR,
    DATE,
    DAY_OF_CALENDAR,
    DAYS,
    ID,
    LABEL,
    MONTH,
    MOVING,
    NOTE,
    RUN,
    SELECTOR,
    TEXT,
    TITLE,
    URL,
    WEEKDAY,
    WORD,
)

TEXT_SOURCE = tuple(
    Field(name, TEXT, en, zh, example=example)
    for name, en, zh, example in (
        ("document", "The document's number or name.", "文号。", "庆工发〔2022〕57号"),
        ("issuer", "Who issued it.", "发文单位。", "安庆市总工会"),
        ("article", "Article or clause.", "条款。", "三"),
        ("page", "Page.", "页码。", "2"),
    )
)

TIMING = frozenset(together.TIMING)
CYCLE_KEYS = frozenset(together.CYCLE_KEYS)
DUE_ANCHORS = together.DUE_ANCHORS
DUE_SHIFTS = together.DUE_SHIFTS

SHAPES: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "file": FILE,
        "unit": UNIT,
        "obligation": OBLIGATION,
        "defaults": tuple(each for each in OBLIGATION if each.name not in TIMING | {"title", "ignore"}),
        "change": (
            Field(
                "from",
                BOUND,
                "The first period it holds for; left out, it holds for all.",
                "自哪一期起；不写则适用于各期。",
                example="2024Q1",
                instead=("since", "effective", "start"),
            ),
            Field("units", SELECTOR, "The units it holds for.", "适用单位。", example="[tongcheng]"),
            Field("reason", TEXT, "Why.", "原因。", example="文件合并"),
            Field("announced", DAY_OF_CALENDAR, "When it was announced.", "公布日期。", example="2023-11-20"),
            *(
                each
                for each in OBLIGATION
                if each.name
                not in {"from", "until", "changes", "exceptions", "applies_to", "except", "jointly", "ignore"}
            ),
        ),
        "due": (
            *COURSE,
            BY_PERIOD,
            OPENS,
            TIME_FIELD,
            Field("title", TITLE, "A title of its own.", "单独的名称。", example="Second reading"),
        ),
        "course": COURSE,
        "step": (*SHIFTS, ADJUST, MONTH_END, CALENDAR_FIELD),
        "every": (
            Field(
                "rrule",
                Scalar("recurrence rule", rule, pattern=RULE),
                "A rule of RFC 5545 of daily or coarser frequency; each instance is a period of one day.",
                "RFC 5545 规则（不细于每日），每次即为期一天的周期。",
                example="FREQ=MONTHLY;BYDAY=-1FR",
            ),
            Field("start", DAY_OF_CALENDAR, "Its first day.", "起始日。", example="2023-01-27"),
            Field(
                "periods",
                Table(LABEL, DATE, "periods"),
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
            Field("obligation", ID, "The obligation that triggers it.", "触发它的事项。", example="audit"),
            Field("event", ID, "The event that triggers it.", "触发它的事件。", example="incident"),
            Field(
                "at",
                Scalar("trigger date", read.trigger_at, words=("due", "nominal")),
                "Its due or its nominal date.",
                "取其截止日或名义日期。",
                example="nominal",
            ),
        ),
        "dated": (
            Field("date", DATE, "The date.", "日期。", example="2026-04-17", required=True, instead=("due",)),
            TIME_FIELD,
        ),
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
            Field("reason", TEXT, "Why.", "原因。", example="文件合并"),
            SOURCE_FIELD,
            Field("announced", DAY_OF_CALENDAR, "When it was announced.", "公布日期。", example="2023-03-10"),
            Field("units", SELECTOR, "The units it concerns.", "所涉单位。", example="[tongcheng]"),
        ),
        "expect": EXPECT,
        "expected_number": NUMBER,
        "expected_days": DAYS_EXPECTED,
        "source": (
            *TEXT_SOURCE,
            Field("url", URL, "Where to read it.", "网址。", example="https://example.org/57"),
            Field("issued", DAY_OF_CALENDAR, "When it was issued.", "发文日期。", example="2022-11-15"),
            Field(
                "checked",
                DAY_OF_CALENDAR,
                "When the rule was last held against it.",
                "核对日期。",
                example="2026-11-20",
            ),
            Field("quote", NOTE, "Its words.", "原文。", example="每季度最后一个月20日前"),
        ),
        "quota": (
            Field("at_least", AMOUNT, "At least so many.", "至少。", example="2", instead=("include",)),
            Field("at_most", AMOUNT, "At most so many.", "至多。", example="5"),
            Field("exactly", AMOUNT, "Exactly so many.", "恰好。", example="1"),
            Field("of", TITLE, "Of what.", "何物。", example="职工"),
        ),
        "selector": (
            Field("id", ID, "The unit of this id.", "单位编号。", example="tongcheng"),
            Field("kind", WORD, "Units of this kind.", "单位类别。", example="county"),
            Field("tag", WORD, "Units with this tag.", "带此标签的单位。", example="liaison"),
            Field("under", ID, "A unit and all below it.", "某单位及其下级。", example="anqing"),
            Field("except", SELECTOR, "But not these.", "除外。", example="[daguan]"),
        ),
        "query": (
            Field(
                "sql",
                NOTE,
                "A query that gives a row for each unit; its columns are called as in a sheet.",
                "每行一个单位的查询，列名与表格相同。",
                example="SELECT code AS id, name, kind FROM offices",
                required=True,
            ),
            Field(
                "url_env",
                Scalar("environment variable", read.variable, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$"),
                "The environment variable that holds the address of the database.",
                "存放数据库地址的环境变量。",
                example="OFFICES_URL",
                required=True,
                instead=("env", "url"),
            ),
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
                example="[06-20, 12-20]",
            )
            for name in ("on_or_after", "after", "on_or_before", "before")
        ),
        "day_of_months": (
            *(each for each in ANCHORS if each.name in ("day", "weekday", "nth", "working_day")),
            Field("month", Many(MONTH), "In which months.", "在哪些月份。", example="[3, 6, 9, 12]"),
        ),
        "extend": (
            Field(
                "run",
                RUN,
                "How many non-working days make a run.",
                "连续休息几天。",
                example="3",
                required=True,
            ),
            Field(
                "by",
                Scalar("extend by", read.extend_by, words=("working days", "days")),
                "By which days it grows.",
                "按何种天数顺延。",
                example="working days",
                required=True,
            ),
        ),
    }
)
