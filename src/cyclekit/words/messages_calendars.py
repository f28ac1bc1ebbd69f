"""Messages about calendars of a file's own, and about known ones."""

from cyclekit.words.message import Message

_MEAN_EN, _MEAN_ZH = "did you mean “{suggestion}”?", "是否应写“{suggestion}”？"
_WRITE_EN, _WRITE_ZH = "write “{suggestion}”", "应写“{suggestion}”"

CALENDARS: tuple[Message, ...] = (
    Message(
        "unknown-calendar",
        "there is no calendar “{name}”",
        "没有日历“{name}”",
        (_MEAN_EN, "write a country like CN, US-DC or GB-ENG, a market like XNYS, `weekdays` or `all_days`"),
        (_MEAN_ZH, "请写国家代码如 CN、US-DC、GB-ENG，市场代码如 XNYS，或 `weekdays`、`all_days`"),
    ),
    Message(
        "known-calendar",
        "“{id}” is a calendar that there is already",
        "“{id}”是已有的日历",
        ("choose another id, and write `base: {id}` to build on it",),
        ("请换一个编号；若要以它为基础，请写 `base: {id}`",),
    ),
    Message(
        "reserved-calendar",
        "“{text}” cannot be a calendar: it is a word of the language",
        "“{text}”是规则语言的用词，不能作日历编号",
        ("choose another id",),
        ("请换一个编号",),
    ),
    Message(
        "calendar-without-base",
        "the calendar “{id}” builds on nothing",
        "日历“{id}”没有基础",
        ("write `base: weekdays`, `base: CN` or `any_of: [CN, US]`",),
        ("请写 `base: weekdays`、`base: CN` 或 `any_of: [CN, US]`",),
    ),
    Message(
        "cycle-of-calendars",
        "a calendar builds on itself: {loop}",
        "日历以自身为基础：{loop}",
        ("take one of them out of what the other builds on",),
        ("请从其中一个的基础中去掉另一个",),
    ),
    Message(
        "open-and-closed",
        "“{text}”: one day is both closed and open",
        "“{text}”：同一天既休息又上班",
        ("take it out of one of the two; an entry with a year may differ from one that holds every year",),
        ("请从其中之一删去；写明年份的条目可与每年的条目不同",),
    ),
    Message(
        "open-and-suspended",
        "“{text}”: one day is both open and suspended",
        "“{text}”：同一天既上班又不计",
        ("leave it out of `open`, or end the suspension before it",),
        ("请从 `open` 删去，或让不计之期避开它",),
    ),
    Message(
        "closed-for-years",
        "{text} is longer than ten years",
        "{text} 超过十年",
        ("end it earlier; who owes nothing any more has `until`, or `active` at the unit",),
        ("请提前结束；不再承担义务的，请写 `until`，或在单位写 `active`",),
    ),
    Message(
        "never-worked",
        "the calendar “{id}” has no working day at all",
        "日历“{id}”没有任何工作日",
        ("leave some days to work: shorten this",),
        ("请留出工作日：缩短此处",),
    ),
    Message(
        "date-bare-year",
        "“{text}” is no day and no span of days",
        "“{text}”不是日期，也不是时段",
        (_WRITE_EN,),
        (_WRITE_ZH,),
    ),
)
