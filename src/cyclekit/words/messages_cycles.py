"""Messages about cycles that are written out: rules of RFC 5545, and lists of periods."""

from cyclekit.words.message import Message

_MEAN_EN, _MEAN_ZH = "did you mean “{suggestion}”?", "是否应写“{suggestion}”？"
_ONE_OF_EN, _ONE_OF_ZH = "one of: {expected}", "可写：{expected}"
_WRITE_EN, _WRITE_ZH = "write “{suggestion}”", "应写“{suggestion}”"

_RULE_TEXTS = (
    Message(
        "rrule-prefix",
        "the rule stands here without “RRULE:”",
        "此处的规则不带“RRULE:”",
        (_WRITE_EN,),
        (_WRITE_ZH,),
    ),
    Message("rrule-blank", "a recurrence rule has no blanks", "重复规则中没有空格", (_WRITE_EN,), (_WRITE_ZH,)),
    Message(
        "rrule-commas",
        "“{part}”: the parts of a rule are separated by semicolons",
        "“{part}”：规则的各部分以分号隔开",
        (_WRITE_EN, "write it like “FREQ=MONTHLY;BYDAY=FR”"),
        (_WRITE_ZH, "写法如“FREQ=MONTHLY;BYDAY=FR”"),
    ),
    Message(
        "rrule-no-value",
        "“{part}” is no part of a rule: a part is a name, = and a value",
        "“{part}”不是规则的一部分：每部分由名称、等号和值组成",
        ("write it like “BYDAY=FR”",),
        ("写法如“BYDAY=FR”",),
    ),
    Message(
        "rrule-unknown-part",
        "RFC 5545 knows no part “{part}”",
        "RFC 5545 中没有“{part}”",
        (_MEAN_EN, _ONE_OF_EN),
        (_MEAN_ZH, _ONE_OF_ZH),
    ),
    Message(
        "rrule-part-twice", "“{part}” stands twice", "“{part}”写了两次", ("each part stands once",), ("每部分只写一次",)
    ),
    Message(
        "rrule-no-frequency",
        "how often? The rule has no FREQ",
        "多久一次？规则里没有 FREQ",
        ("begin it like “FREQ=MONTHLY;”",),
        ("以“FREQ=MONTHLY;”之类开头",),
    ),
    Message(
        "rrule-finer",
        "“{part}” is finer than a day, and each instance of a rule is a day",
        "“{part}”细于一天，而规则的每一次都是一天",
        ('leave it out; a clock time is written as `time: "17:30"`',),
        ('请删去；钟点写作 `time: "17:30"`',),
    ),
    Message(
        "rrule-other-calendar",
        "“{part}” belongs to RFC 7529, which the rule language leaves out",
        "“{part}”属于 RFC 7529，规则语言不包含它",
        ("leave it out",),
        ("请删去",),
    ),
    Message(
        "rrule-beside",
        "“{part}” is no part of a rule",
        "“{part}”不是规则的一部分",
        ("the first day stands beside the rule: {{rrule: …, start: 2026-01-30}}",),
        ("起始日写在规则旁边：{{rrule: …, start: 2026-01-30}}",),
    ),
    Message(
        "rrule-value",
        "“{found}” cannot stand in {part}",
        "{part} 不能写“{found}”",
        (_MEAN_EN, "{part} takes: {expected}"),
        (_MEAN_ZH, "{part} 可写：{expected}"),
    ),
    Message(
        "rrule-until",
        "“{part}”: UNTIL is a day, in eight digits",
        "“{part}”：UNTIL 是一天，写八位数字",
        (_WRITE_EN,),
        (_WRITE_ZH,),
    ),
)

_RULE_COMPANY = (
    Message(
        "rrule-two-ends",
        "COUNT and UNTIL both end the rule",
        "COUNT 和 UNTIL 都规定了终点",
        ("keep one of the two",),
        ("请保留其一",),
    ),
    Message(
        "rrule-not-with",
        "RFC 5545 forbids “{part}” beside “{other}”",
        "RFC 5545 不许“{part}”与“{other}”并列",
        ("leave one of them out, or choose another FREQ",),
        ("请删去其一，或换一个 FREQ",),
    ),
    Message(
        "rrule-positions-alone",
        "BYSETPOS chooses among days, and no other part names any",
        "BYSETPOS 用来挑选日期，而规则里没有别的部分给出日期",
        ("add the days to choose from, like BYDAY=MO,TU,WE,TH,FR",),
        ("请写出可挑选的日期，如 BYDAY=MO,TU,WE,TH,FR",),
    ),
    Message(
        "rrule-weeks-without-days",
        "which day of these weeks? Calendar programs differ where BYDAY is left out",
        "这些周的哪一天？没有 BYDAY 时各日历程序不一致",
        ("add BYDAY=MO, or whichever day is meant",),
        ("请写明 BYDAY=MO 之类",),
    ),
    Message(
        "rrule-weeks-and-interval",
        "calendar programs differ about BYWEEKNO with INTERVAL above 1: which year does week 1 belong to?",
        "BYWEEKNO 与大于 1 的 INTERVAL 并列时各日历程序不一致：第 1 周算哪一年？",
        ("leave INTERVAL out and bound the rule, or list the `dates`",),
        ("请删去 INTERVAL 并限定起止，或用 `dates` 逐一列出",),
    ),
    Message(
        "rrule-weeks-and-positions",
        "calendar programs differ about BYSETPOS beside BYWEEKNO: does it count in the year or in its weeks?",
        "BYSETPOS 与 BYWEEKNO 并列时各日历程序不一致：按全年还是按周计数？",
        ("name the day of the week with BYDAY instead",),
        ("请改用 BYDAY 写明星期几",),
    ),
    Message(
        "rrule-days-without-months",
        "calendar programs differ about FREQ=YEARLY with BYMONTHDAY and without BYMONTH: one month, or each?",
        "FREQ=YEARLY 只有 BYMONTHDAY 而无 BYMONTH 时各日历程序不一致：是一个月还是每个月？",
        ("add BYMONTH, or write FREQ=MONTHLY",),
        ("请加上 BYMONTH，或写 FREQ=MONTHLY",),
    ),
    Message(
        "rrule-inside-week",
        "calendar programs differ about BYSETPOS where the rule starts inside a week: which days of it count?",
        "规则始于一周之中时各日历程序对 BYSETPOS 不一致：这一周从哪天算起？",
        ("start on the first day of that week: {suggestion}",),
        ("请从该周的第一天开始：{suggestion}",),
    ),
    Message(
        "rrule-bounded-twice",
        "`{second}` beside `{first}`: the rule has two ends",
        "已有 `{first}`，又写 `{second}`：规则有两个终点",
        ("keep one of the two",),
        ("请保留其一",),
    ),
    Message(
        "until-before-start",
        "the rule ends before its `start`",
        "规则的终点早于 `start`",
        ("start it earlier, or leave UNTIL out",),
        ("请提前 `start`，或删去 UNTIL",),
    ),
    Message(
        "start-no-instance",
        "the rule does not fall on its `start`: {text} is not counted",
        "规则不落在 `start` 上：{text} 不算在内",
        ("its first day is {suggestion}: start there, or mend the rule",),
        ("首次是 {suggestion}：请从那天开始，或改规则",),
    ),
    Message(
        "missing-cycle",
        "how often? `every` names no cycle",
        "多久一次？`every` 没有写周期",
        ("add `rrule: …` or `periods: …`, or write `every: month`",),
        ("请加上 `rrule: …` 或 `periods: …`，或写 `every: month`",),
    ),
    Message(
        "missing-start",
        "from when on? A rule wants a `start`",
        "从何时开始？规则需要 `start`",
        ("add `start: 2026-01-30`, its first day",),
        ("请加上 `start: 2026-01-30`，即首日",),
    ),
    Message(
        "no-rule-fires",
        "no day of four hundred years fits this rule",
        "四百年中没有一天符合此规则",
        ("see which of its parts exclude each other, as BYMONTH=4 and BYMONTHDAY=31 do",),
        ("请看哪些部分互相排斥，如 BYMONTH=4 与 BYMONTHDAY=31",),
    ),
)

_PERIODS = (
    Message(
        "overlapping-periods",
        "“{text}” and “{other}” share days",
        "“{text}”与“{other}”有重叠的日子",
        ("let one end before the other begins, or write two obligations",),
        ("请让一个在另一个开始之前结束，或写成两个事项",),
    ),
    Message(
        "bad-period-label",
        "“{text}” cannot name a period",
        "“{text}”不能作周期的名称",
        ("write an id like 2012-MP1: ASCII letters, digits, - . _",),
        ("请写 2012-MP1 之类的编号：英文字母、数字和 - . _",),
    ),
)

CYCLES: tuple[Message, ...] = (*_RULE_TEXTS, *_RULE_COMPANY, *_PERIODS)
