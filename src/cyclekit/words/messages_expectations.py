"""Messages about what an author expected of due dates and does not get, and about what should hold always."""

from cyclekit.words.message import Message

_HELP_EN = (
    "the smallest example: {horizon}, with a day off more on {days_off}",
    "the smallest example: {horizon}",
)
_HELP_ZH = (
    "最小反例：{horizon}，且 {days_off} 增加一天休息",
    "最小反例：{horizon}",
)

EXPECTATIONS: tuple[Message, ...] = (
    Message(
        "unmet-per-year",
        "`{id}` has {found} due dates about {year}, not {expected}: {labels}",
        "`{id}` 在 {year} 年有 {found} 次截止，而非 {expected} 次：{labels}",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-never-on",
        "“{key}” is due on {due}, a {weekday}, on which `{id}` never is",
        "“{key}” 于 {due}（{weekday}）截止，而 `{id}` 应不落在这一天",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-in-months",
        "“{key}” is due on {due}, and not in one of the months of `{id}`: {expected}",
        "“{key}” 于 {due} 截止，不在 `{id}` 预期的月份（{expected}）之内",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-within-month",
        "“{key}” is due on {due}, outside of the month of its period that is expected ({expected})",
        "“{key}” 于 {due} 截止，不在周期的预期月份（{expected}）之内",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-working-day",
        "“{key}” is due on {due}, a {weekday}, which is no working day in {calendar}",
        "“{key}” 于 {due}（{weekday}）截止，而按 {calendar} 不是工作日",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-gap",
        "“{key}” is due on {due}, {found} days after {last}, and {expected} are expected",
        "“{key}” 于 {due} 截止，距上次 {last} 为 {found} 天，预期为 {expected} 天",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-window",
        "“{key}” can be done from {opens} to {due}, which are {found} days, and {expected} are expected",
        "“{key}” 可自 {opens} 办至 {due}，共 {found} 天，预期为 {expected} 天",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-dates",
        "“{key}” is due on {due}, and {expected} is expected",
        "“{key}” 于 {due} 截止，预期为 {expected}",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-no-date",
        "`{id}` has no due date for {label}, and {expected} is expected",
        "`{id}` 在 {label} 没有截止日，预期为 {expected}",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-owed-by",
        "`{id}` is owed for {label} by {found}, and by {expected} is expected",
        "`{id}` 的 {label} 由 {found} 承担，预期由 {expected} 承担",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "unmet-never-with",
        "“{key}” is due on {due}, on the same day as `{other}`",
        "“{key}” 于 {due} 截止，与 `{other}` 同日",
        _HELP_EN,
        _HELP_ZH,
    ),
    Message(
        "expected-impossible",
        "at least {least} and at most {most}: nothing can be both",
        "至少 {least} 且至多 {most}：不可能同时满足",
        ("exchange the two",),
        ("请对调二者",),
    ),
    Message(
        "bad-month-expected",
        "“{text}” is no month of the period",
        "“{text}”不是周期中的某个月",
        ("write “{suggestion}”", "one of: {expected}, or a number counted from its first month"),
        ("应写“{suggestion}”", "可写：{expected}，或从首月数起的数"),
    ),
    Message(
        "bad-days",
        "“{text}” is no number of days",
        "“{text}”不是天数",
        ("write “{suggestion}”", "write it like 80 days"),
        ("应写“{suggestion}”", "写法如 80 days"),
    ),
    Message(
        "invariant-broken",
        "what always holds does not: {name}, over {horizon}: {said}",
        "本应恒成立者不成立：{name}，{horizon}：{said}",
        ("this is a mistake of cyclekit: please report it with the rule file",),
        ("这是 cyclekit 的错误，请附规则文件反馈",),
    ),
)
