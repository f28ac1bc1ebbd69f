"""Messages about what is right by the letter and mostly not meant, and about what is not to be told."""

from cyclekit.words.message import Message

DOUBTS: tuple[Message, ...] = (
    Message(
        "same-duty",
        "the same title as “{name}”, and some unit owes both on the same day",
        "与“{name}”同名，且有单位在同一天承担两者",
        ("take one of them out, write `absorbs: {name}`, or give it a title of its own",),
        ("请删去其一、写 `absorbs: {name}`，或另起名称",),
    ),
    Message(
        "changes-collide",
        "two changes of {key} from the same day on for {units}: the order of the list decides",
        "同日起有两项变更都涉及 {units} 的 {key}：由列表先后决定",
        ("take these units out of one of the two, or let the later one name fewer units than the earlier",),
        ("请从其一中去掉这些单位，或让后一项只写前一项中的部分单位",),
    ),
    Message(
        "unit-idle",
        "nothing selects these units: {units}",
        "没有任何事项涉及这些单位：{units}",
        ("name them in `applies_to`, or take them out of the list",),
        ("请在 `applies_to` 中写上，或从名单中删去",),
    ),
    Message(
        "anchor-repeats",
        "every period of a year gets the same day",
        "一年之内各期都在同一天截止",
        ("write `every: year`, or a day for each period: by_period: {{Q1: {{date: 05-12}}, …}}",),
        ("请写 `every: year`，或分别写各期日期：by_period: {{Q1: {{date: 05-12}}, …}}",),
    ),
    Message(
        "anchor-far",
        "`{key}` leads years away from the period",
        "`{key}` 与所属期相隔数年",
        ("check the number: `month` counts from the period's first month, `year` is a number of years on",),
        ("请核对数字：`month` 自周期第一个月数起，`year` 为相隔年数",),
    ),
    Message(
        "year-unannounced",
        "{day} rests on days off of {year} that nobody has announced yet: it may move",
        "{day} 取决于尚未公布的 {year} 年放假安排，可能变动",
        ("check it again when they are announced",),
        ("请在安排公布后再核对",),
    ),
    Message(
        "reading-unstated",
        "“{text}”: is {day} still in time? This rule says so",
        "“{text}”：{day} 当天是否算按时？此规则按“算”处理",
        ("where it is not, write `once: {{before: …}}`, which is {other}; where it is, ignore this and say why",),
        ("若不算，请写 `once: {{before: …}}`，即 {other}；若算，请在 `ignore` 中写明理由",),
    ),
    Message(
        "ignore-idle",
        "there is no “{name}” here to ignore",
        "此处没有可忽略的“{name}”",
        ("leave it out",),
        ("请删去",),
    ),
    Message(
        "bad-code",
        "“{text}” is no code of a warning",
        "“{text}”不是警告的代码",
        ("did you mean “{suggestion}”?", "one of: {expected}"),
        ("是否应写“{suggestion}”？", "可写：{expected}"),
    ),
    Message(
        "code-of-error",
        "“{text}” is an error, and errors are not ignored",
        "“{text}”是错误，错误不能忽略",
        ("mend what it is about, and leave this out",),
        ("请改正相应错误，并删去此项",),
    ),
)
