"""Messages about triggers, steps and what stands around a due date."""

from cyclekit.words.message import Message

STEPS: tuple[Message, ...] = (
    Message(
        "missing-trigger",
        "what triggers it? Neither an obligation nor an event is named",
        "由什么触发？既没有写事项，也没有写事件",
        ("write one of: {expected}",),
        ("请写其一：{expected}",),
    ),
    Message(
        "upon-standing",
        "“{name}” is a standing duty and never falls due: nothing is triggered",
        "“{name}”是常态事项，没有截止日，不会触发任何事项",
        ("wait for an obligation with a date, or for an event",),
        ("请改为由有日期的事项或事件触发",),
    ),
    Message(
        "list-upon-list",
        "“{name}” already has several due dates in a period: which of them would `#2` mean?",
        "“{name}”每期已有多个截止日，`#2` 指的是哪一个？",
        ("write one due date here, or an obligation for each",),
        ("此处请只写一个截止日，或分写为几个事项",),
    ),
    Message(
        "hours-after-whole-day",
        "hours are counted from “{name}”, and it has no clock time",
        "小时数从“{name}”起算，但它没有钟点",
        ("give it a `time`, or count days",),
        ("请给它加上 `time`，或改按天数计算",),
    ),
    Message(
        "hours-without-trigger",
        "hours are counted from a trigger with a clock time, and there is no trigger",
        "小时数须从带钟点的触发事项起算，此处没有触发事项",
        ("count days, or write `upon`",),
        ("请按天数计算，或写 `upon`",),
    ),
    Message(
        "time-beside-hours",
        "counting hours gives a clock time: another one cannot stand beside it",
        "按小时推算已得出钟点，不能再写一个",
        ("leave `time` out",),
        ("请删去 `time`",),
    ),
    Message(
        "time-skipped",
        "in {zone} the clocks skip {time} on {day}",
        "{zone} 在 {day} 拨快时钟，没有 {time} 这一刻",
        ("the first time that exists counts there; write a time that there is every day",),
        ("当日以其后最早的时刻为准；请改写每天都有的钟点",),
    ),
    Message(
        "extend-without-opens",
        "`extend` counts the holidays from the opening on, and no `opens` is written",
        "`extend` 自 `opens` 起计算节假日，但没有写 `opens`",
        ("write when the window opens, such as `opens: {{day: 1}}`",),
        ("请写明窗口何时开始，例如 `opens: {{day: 1}}`",),
    ),
    Message(
        "two-moves",
        "`{second}` beside `{first}`: a date moves in one direction",
        "`{first}` 旁又有 `{second}`：日期只能朝一个方向移动",
        ("keep one of the two",),
        ("请保留其一",),
    ),
    Message(
        "target-twice",
        "this day is named twice",
        "这一天写了两次",
        ("leave one of them out",),
        ("请删去其一",),
    ),
    Message(
        "unknown-holiday",
        "{calendar} has no holiday “{name}”",
        "{calendar} 没有名为“{name}”的节假日",
        ("did you mean “{suggestion}”?", "it has: {expected}", "a calendar without holidays: write a date"),
        ("是否应写“{suggestion}”？", "现有：{expected}", "此日历没有节假日，请写日期"),
    ),
    Message(
        "closes-before-due",
        "`closes` lies before `due` in every period",
        "每一期的 `closes` 都早于 `due`",
        ("close it on the due date or later, or leave `closes` out",),
        ("请改为截止日当天或以后，或删去 `closes`",),
    ),
    Message(
        "cycle-of-triggers",
        "an obligation waits for itself: {loop}",
        "事项在等待自身：{loop}",
        ("let one of them be due by itself, without `upon`",),
        ("请让其中之一不写 `upon`，自有日期",),
    ),
)
