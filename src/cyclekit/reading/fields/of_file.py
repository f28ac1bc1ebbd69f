"""The fields of a rule file and of a unit."""

import attrs

from cyclekit.reading import scalars as read
from cyclekit.reading.fields.of_due import CALENDAR_FIELD, IGNORE, SOURCE_FIELD
from cyclekit.reading.fields.of_obligation import FROM, UNTIL
from cyclekit.reading.kinds import Either, Field, Many, Scalar, Shape, Table
from cyclekit.reading.values import (
    CALENDAR,
    CONVENTION,
    DATE,
    ID,
    OPEN_SPAN,
    TITLE,
    UNITS_FILE,
    WORD,
    YEAR_BEGINS,
    ZONE,
)

UNIT = (
    Field("id", ID, "Its id, unique in the file.", "编号，在文件内唯一。", example="tongcheng", required=True),
    Field("name", TITLE, "What it is called.", "名称。", example="桐城市总工会"),
    Field("kind", WORD, "What sort of unit it is.", "类别。", example="county"),
    Field("parent", ID, "The unit above it.", "上级单位。", example="anqing"),
    Field("children", Many(Shape("unit")), "The units below it.", "下级单位。", example="[{id: yuexi}]"),
    Field("tags", Many(WORD), "Words to select it by.", "标签。", example="[liaison]"),
    CALENDAR_FIELD,
    Field("timezone", ZONE, "Its time zone.", "时区。", example="Asia/Shanghai"),
    Field("year_start", YEAR_BEGINS, "The day on which its year begins.", "其年度起始日。", example="04-01"),
    Field("active", Many(OPEN_SPAN), "When it exists.", "存续期间。", example="[2019..2021, 2023..]"),
)

FILE = (
    Field(
        "cyclekit",
        Scalar("version", read.version, words=("1",)),
        "The version of this language.",
        "语言版本。",
        example="1",
        required=True,
        instead=("version",),
    ),
    Field("id", ID, "The id of the rule file.", "规则文件编号。", example="cn-anqing-2022", required=True),
    Field("title", TITLE, "What the document is called.", "文件名称。", example="{zh: 任务清单, en: List of duties}"),
    SOURCE_FIELD,
    Field(
        "timezone",
        ZONE,
        "The time zone of clock times.",
        "时区。",
        example="Asia/Shanghai",
        instead=("tz", "time_zone"),
    ),
    Field(
        "calendar",
        CALENDAR,
        "The default working-day calendar.",
        "默认工作日历。",
        example="CN",
        instead=("holidays", "holiday_calendar", "calender"),
    ),
    Field(
        "calendars",
        Table(ID, Shape("calendar"), "calendars"),
        "Calendars of one's own, by id.",
        "自定义日历，按编号。",
        example="{office: {base: CN, closed: {05-08: founding day}}}",
    ),
    Field("adjust", CONVENTION, "The default convention.", "默认的顺延规则。", example="none"),
    attrs.evolve(FROM, kind=DATE),
    attrs.evolve(UNTIL, kind=DATE),
    Field(
        "units",
        Either(
            text=UNITS_FILE,
            mapping=Many(Shape("unit")),
            listing=Many(Shape("unit")),
            keyed=(("sql", Shape("query")), ("url_env", Shape("query"))),
        ),
        "The units, the file that lists them, or a query of a database.",
        "单位名单：逐个写出、写在文件里，或查询数据库。",
        example="anqing.units.yaml",
    ),
    IGNORE,
    Field(
        "defaults",
        Shape("defaults"),
        "Fields that every obligation takes.",
        "各事项的默认值。",
        example="{remind: [7 days]}",
    ),
    Field(
        "obligations",
        Table(ID, Shape("obligation"), "obligations"),
        "What is owed, by id.",
        "事项清单。",
        example="{report: {every: quarter}}",
        required=True,
        instead=("rules", "duties", "tasks", "events"),
    ),
)
