"""Messages about units, calendars and time zones: who and what a rule file refers to."""

from cyclekit.words.message import Message

_MEAN_EN, _MEAN_ZH = "did you mean “{suggestion}”?", "是否应写“{suggestion}”？"

UNITS: tuple[Message, ...] = (
    Message(
        "duplicate-unit",
        "two units have the id “{id}”",
        "有两个单位的编号都是“{id}”",
        ("give one of them another id",),
        ("请改其中一个编号",),
    ),
    Message(
        "case-twins",
        "“{id}” and “{other}” differ in case only; on many disks that is one file",
        "“{id}”与“{other}”仅大小写不同，在许多磁盘上是同一个文件",
        ("give one of them another id",),
        ("请改其中一个编号",),
    ),
    Message(
        "reserved-id",
        "“{text}” cannot be a unit: it is a word of the language",
        "“{text}”是规则语言的用词，不能作单位编号",
        ("choose another id",),
        ("请换一个编号",),
    ),
    Message(
        "reserved-attribute",
        "“{key}” is a word of selectors and cannot be an attribute",
        "“{key}”是选择条件的用词，不能作属性",
        (_MEAN_EN, "choose another name"),
        (_MEAN_ZH, "请换一个名称"),
    ),
    Message(
        "attribute-near-key",
        "“{key}” is taken for an attribute of the unit",
        "“{key}”被当作单位的属性",
        (_MEAN_EN,),
        (_MEAN_ZH,),
    ),
    Message("unknown-unit", "there is no unit “{name}”", "没有单位“{name}”", (_MEAN_EN,), (_MEAN_ZH,)),
    Message(
        "unknown-who",
        "no unit and no kind is called “{name}”",
        "没有叫“{name}”的单位或类别",
        (_MEAN_EN, "write the id of a unit, a kind, or everyone"),
        (_MEAN_ZH, "写单位编号、类别或 everyone"),
    ),
    Message(
        "unknown-person",
        "there is no unit “{name}”",
        "没有单位“{name}”",
        (_MEAN_EN, "a free text stands in quotes"),
        (_MEAN_ZH, "若是自由文字，请加引号"),
    ),
    Message(
        "unknown-attribute",
        "no unit has an attribute “{name}”",
        "没有单位具有属性“{name}”",
        (_MEAN_EN, "unit ids stand in a list: [{unit}]", "a condition may ask for: {expected}"),
        (_MEAN_ZH, "单位编号请写成列表：[{unit}]", "条件可用：{expected}"),
    ),
    Message(
        "excepts-nobody",
        "`except` takes away nobody",
        "`except` 没有排除任何单位",
        ("name units that `applies_to` selects, or leave it out",),
        ("请写 `applies_to` 之内的单位，或删去",),
    ),
    Message(
        "unknown-value",
        "no unit fits `{name}: {value}`",
        "没有单位符合 `{name}: {value}`",
        (_MEAN_EN, "there is: {expected}"),
        (_MEAN_ZH, "现有：{expected}"),
    ),
    Message("nobody-left", "this selects no unit at all", "没有选中任何单位"),
    Message(
        "nobody-matched",
        "none of these units owes this",
        "其中没有单位承担此事项",
        ("units here are among those of `applies_to`",),
        ("此处的单位应在 `applies_to` 之内",),
    ),
    Message(
        "unit-and-kind",
        "“{name}” is a unit and a kind",
        "“{name}”既是单位又是类别",
        ("write {{id: {name}}} or {{kind: {name}}}",),
        ("写 {{id: {name}}} 或 {{kind: {name}}}",),
    ),
    Message("cycle-of-units", "a unit lies below itself: {loop}", "单位成了自己的下级：{loop}"),
    Message("overlapping-spans", "two spans of `active` overlap", "`active` 的两段时间重叠"),
    Message("lead-outside", "“{name}” leads, and is none of the units that owe it", "牵头的“{name}”不在责任单位之中"),
    Message(
        "unknown-calendar",
        "there is no calendar “{name}”",
        "没有日历“{name}”",
        (_MEAN_EN, "write a country like CN, US-DC or GB-ENG, a market like XNYS, `weekdays` or `all_days`"),
        (_MEAN_ZH, "写国家代码如 CN、US-DC、GB-ENG，市场代码如 XNYS，或 `weekdays`、`all_days`"),
    ),
    Message(
        "unknown-timezone",
        "there is no time zone “{name}”",
        "没有时区“{name}”",
        (_MEAN_EN, "write an IANA name like Asia/Shanghai"),
        (_MEAN_ZH, "写 IANA 名称，如 Asia/Shanghai"),
    ),
    Message("unknown-obligation", "there is no obligation “{name}”", "没有事项“{name}”", (_MEAN_EN,), (_MEAN_ZH,)),
    Message("missing-file", "there is no file “{name}” beside the rule file", "规则文件旁没有文件“{name}”"),
)
