"""Messages about single fields: what is missing, misplaced or misspelt."""

from cyclekit.words.message import Message

_MEAN_EN, _MEAN_ZH = "did you mean “{suggestion}”?", "是否应写“{suggestion}”？"
_ONE_OF_EN, _ONE_OF_ZH = "one of: {expected}", "可写：{expected}"
_WRITE_EN, _WRITE_ZH = "write “{suggestion}”", "应写“{suggestion}”"

#: What a text fails to be: the end of its message's name, the noun in both languages, and an example.
_NOUNS = (
    ("truth", "neither true nor false", "既不是 true 也不是 false", "true"),
    ("weekday", "no weekday", "不是星期几", "wed"),
    ("day", "no day of the month", "不是日期序号", "20"),
    ("nth", "no count of a weekday in its month", "不是第几个", "3"),
    ("month-of-period", "no month of a period", "不是周期中的月份", "last"),
    ("working-day", "no number of a working day", "不是工作日序号", "5"),
    ("year-shift", "no number of years", "不是年数", "next"),
    ("number", "no whole number", "不是整数", "3"),
    ("at", "no end of a period", "不是周期的起止", "end"),
    ("within", "nothing to count days in", "不是计数范围", "period"),
    ("stub", "nothing that can be done with a cut period", "不是残缺周期的处理方式", "drop"),
    ("year-named", "no way to name a fiscal year", "不是财年命名方式", "first"),
    ("month-end", "nothing that a missing day can become", "不是月末处理方式", "clamp"),
    ("extend-by", "no kind of days", "不是天数种类", "working days"),
    ("trigger-at", "no date of an occurrence", "不是触发日期", "nominal"),
    ("convention", "no convention for non-working days", "不是顺延规则", "following"),
    ("version", "no version of the rule language", "不是规则语言的版本", "1"),
    ("ahead", "no number of days before", "不是提前天数", "3 working days"),
    ("shift", "no shift of a date", "不是推移量", "40 days"),
    ("working-days", "no number of working days", "不是工作日天数", "2 working days"),
    ("lag", "no number of days between two levels", "不是逐级提前量", "3 working days"),
    ("amount", "neither a whole number nor a percentage", "既不是整数也不是百分比", ("2", "90 %")),
    ("time", "no clock time", "不是钟点", "17:30"),
    ("position", "no position in a year", "不是一年中的期次", ("Q1", "H1", "6")),
    ("language", "no language tag", "不是语言代码", "zh"),
    (
        "url",
        "no address: it begins with https://, http:// or mailto:",
        "不是网址：应以 https://、http:// 或 mailto: 开头",
        "https://example.org",
    ),
    (
        "units-file",
        "no file of units, which is called *.units.yaml, *.csv, *.xlsx or *.parquet",
        "不是单位名单文件：应名为 *.units.yaml、*.csv、*.xlsx 或 *.parquet",
        "offices.units.yaml",
    ),
    ("variable", "no name of an environment variable", "不是环境变量名", "OFFICES_URL"),
)


def _of_noun(name: str, en: str, zh: str, examples: str | tuple[str, ...]) -> Message:
    *others, last = (examples,) if isinstance(examples, str) else examples
    en_like = f"{', '.join(f'“{each}”' for each in others)}{' or ' if others else ''}“{last}”"
    zh_like = "、".join(f"“{each}”" for each in (*others, last))
    return Message(
        f"bad-{name}",
        f"“{{text}}” is {en}",
        f"“{{text}}”{zh}",
        (_WRITE_EN, _ONE_OF_EN, f"write it like {en_like}"),
        (_WRITE_ZH, _ONE_OF_ZH, f"写法如{zh_like}"),
    )


_ID_EN = (
    "an id is ASCII letters, digits, - . _, and begins and ends with a letter or digit; "
    "what it is called stands in `title`, of a unit in `name`"
)

_FIELDS = (
    Message(
        "empty",
        "“{field}” is empty",
        "“{field}”是空的",
        ("write a value, or leave `{optional}` out", "write a value"),
        ("请写上内容，或删去 `{optional}`", "请写上内容"),
    ),
    Message(
        "empty-key",
        "a key of “{field}” is empty",
        "“{field}”里有一个键是空的",
        ("write the key in front of the colon",),
        ("请在冒号前写上键",),
    ),
    Message(
        "bad-cycle",
        "“{text}” is no cycle",
        "“{text}”不是周期",
        (
            "write `every: {unit}` and `due: {due}`",
            "for a single date write `once: {once}` in place of `every`",
            _WRITE_EN,
            _ONE_OF_EN,
        ),
        (
            "请写 `every: {unit}` 和 `due: {due}`",
            "只有一个日期时，请写 `once: {once}` 代替 `every`",
            _WRITE_ZH,
            _ONE_OF_ZH,
        ),
    ),
    Message(
        "counted-cycle",
        "“{key}” is no key of `every`: the number stands before the unit",
        "`every` 里没有“{key}”这个键：数目写在单位之前",
        ("write `every: 2 {unit}s`",),
        ("写作 `every: 2 {unit}s`",),
    ),
    Message(
        "unknown-key",
        "“{key}” is no key of {what}",
        "{what}里没有“{key}”这个键",
        (
            _MEAN_EN,
            "it belongs in `{home}`",
            "`{head}` stands at the head of the file",
            "the keys here: {expected}",
        ),
        (_MEAN_ZH, "它应写在 `{home}` 里面", "`{head}` 应写在文件开头", "此处可用的键：{expected}"),
    ),
    Message(
        "quoted-key",
        "`{key}`: these quotes are not those of a keyboard, and count as part of the key",
        "`{key}`：这里的引号不是半角引号，被当成键的一部分",
        ("write `{suggestion}: ` without them",),
        ("请写 `{suggestion}: `，不加引号",),
    ),
    Message(
        "missing-key",
        "{what} lacks “{key}”",
        "{what}缺少“{key}”",
        ("add `{like}`", "add `{key}: …`"),
        ("请补上 `{like}`", "请补上 `{key}: …`"),
    ),
    Message(
        "expected-file",
        "a rule file is a mapping, and here is a {found}",
        "规则文件应是键值表，这里是{found}",
        ("write lines of `key: value`, beginning with `cyclekit: 1`",),
        ("请逐行写 `键: 值`，从 `cyclekit: 1` 写起",),
    ),
    Message(
        "expected-mapping-in-list",
        "each entry of “{field}” is a mapping, and here is a {found}",
        "“{field}”的每一项应是键值表，这里是{found}",
        ("write `{meant}`", "write `{{key: value}}`"),
        ("应写 `{meant}`", "写作 `{{键: 值}}`"),
    ),
    Message(
        "expected-text",
        "“{field}” holds a text, and here is a {found}",
        "“{field}”应是一段文字，这里是{found}",
        ("write one value; several due dates are a list of `{several}`", "write one value"),
        ("请写一个值；多个截止日请把 `{several}` 写成列表", "请写一个值"),
    ),
    Message(
        "expected-mapping",
        "“{field}” holds a mapping, and here is a {found}",
        "“{field}”应是键值表，这里是{found}",
        ("write `{meant}`", "write it like `{like}`", "write `{field}: {{key: value}}`"),
        ("应写 `{meant}`", "写法如 `{like}`", "写作 `{field}: {{键: 值}}`"),
    ),
    Message(
        "expected-text-or-mapping",
        "“{field}” holds a text or a mapping, and here is a {found}",
        "“{field}”应是文字或键值表，这里是{found}",
        ("write one value, or a mapping like `{like}`", "write one value, or `{field}: {{key: value}}`"),
        ("请写一个值，或写键值表，如 `{like}`", "请写一个值，或写作 `{field}: {{键: 值}}`"),
    ),
    Message(
        "expected-text-or-list",
        "“{field}” holds a text or a list, and here is a {found}",
        "“{field}”应是文字或列表，这里是{found}",
        ("write one value, or a list: [a, b]",),
        ("请写一个值，或写成列表：[a, b]",),
    ),
    Message(
        "expected-mapping-or-list",
        "“{field}” holds a mapping or a list of them, and here is a {found}",
        "“{field}”应是键值表或其列表，这里是{found}",
        (
            "write `{meant}`",
            "for a single date write `once: {once}`, without `every` and `due`",
            "write `{field}: {{key: value}}`",
        ),
        (
            "应写 `{meant}`",
            "只有一个日期时，请写 `once: {once}`，不写 `every` 和 `due`",
            "写作 `{field}: {{键: 值}}`",
        ),
    ),
    Message(
        "expected-text-or-mapping-or-list",
        "“{field}” cannot hold a {found}",
        "“{field}”不能是{found}",
        ("see the reference page of fields",),
        ("请查字段说明",),
    ),
    Message(
        "expected-list-in-list",
        "a list within the list “{field}”",
        "列表“{field}”里又有列表",
        ("write one list",),
        ("请合为一个列表",),
    ),
    Message(
        "block-text",
        "“{field}” holds a short text, not a block behind | or >",
        "“{field}”应是短文字，不能用 | 或 > 引出的段落",
        ("write it on the line of the key",),
        ("请写在同一行",),
    ),
    Message(
        "out-of-range",
        "{text} is out of range",
        "{text} 超出范围",
        ("from {low} to {high}, but not {without}", "from {low} to {high}"),
        ("范围是 {low} 到 {high}，{without} 除外", "范围是 {low} 到 {high}"),
    ),
    Message(
        "newer-version",
        "version {text} of the language is newer than this reader",
        "语言版本 {text} 比本程序新",
        ("this reader knows version 1",),
        ("本程序支持版本 1",),
    ),
    Message("blank-ends", "“{text}” has a blank at its end", "“{text}”首尾有空格", (_WRITE_EN,), (_WRITE_ZH,)),
    Message(
        "bad-id",
        "“{text}” is no id",
        "“{text}”不能作编号",
        (_ID_EN,),
        ("编号只用英文字母、数字和 - . _，首尾为字母或数字；名称请写在 `title` 里，单位的写在 `name` 里",),
    ),
    Message(
        "long-id",
        "an id of {length} characters; the limit is {limit}",
        "编号有 {length} 个字符，上限 {limit}",
        ("choose a shorter one; what it is called stands in `title`, of a unit in `name`",),
        ("请换一个短的；名称请写在 `title` 里，单位的写在 `name` 里",),
    ),
    Message(
        "device-id",
        "“{text}” is a device name on Windows and cannot be a file name",
        "“{text}”是 Windows 的设备名，不能作文件名",
        ("choose another id",),
        ("请换一个编号",),
    ),
    Message(
        "bad-dates-label",
        "“{text}” is neither a period nor an id",
        "“{text}”既不是周期也不是编号",
        ("write a label like 2026Q1, or an id like kick-off",),
        ("请写 2026Q1 这样的周期，或 kick-off 这样的编号",),
    ),
)

_DATE_REASONS = (
    ("open", "“{text}” is open, and here both ends are wanted", "“{text}”缺一端，此处两端都要写"),
    ("form", "“{text}” is no date", "“{text}”不是日期"),
    ("month", "“{text}”: a year has the months 01 to 12", "“{text}”：月份是 01 到 12"),
    ("quarter", "“{text}”: a year has the quarters Q1 to Q4", "“{text}”：季度是 Q1 到 Q4"),
    ("half", "“{text}”: a year has the halves H1 and H2", "“{text}”：半年是 H1 和 H2"),
    ("week", "“{text}”: that year has no such week", "“{text}”：该年没有这一周"),
    ("year", "“{text}” leaves the years 1 to 9999", "“{text}”超出公元 1 至 9999 年"),
    ("fiscal", "“{text}”: no fiscal year is in force here", "“{text}”：此处没有财年"),
    ("month-day", "“{text}” is no day of the year", "“{text}”不是某月某日"),
)
_DATES = (
    *(
        Message(
            f"date-{reason}",
            en,
            zh,
            (_WRITE_EN, "write a day 2023-06-20, month 2023-06, quarter 2023Q2, half 2023H1, week 2023-W25, year 2023")
            if reason != "month-day"
            else (_WRITE_EN, "write month and day like 06-20"),
            (_WRITE_ZH, "请写日 2023-06-20、月 2023-06、季度 2023Q2、半年 2023H1、周 2023-W25 或年 2023")
            if reason != "month-day"
            else (_WRITE_ZH, "请写月和日，如 06-20"),
        )
        for reason, en, zh in _DATE_REASONS
    ),
    Message(
        "date-day",
        "“{text}”: there is no such day",
        "“{text}”：没有这一天",
        ("the last day of that month is {last}",),
        ("该月最后一天是 {last}",),
    ),
    Message("date-no-day", "“{text}” is more than one day", "“{text}”不止一天", (_WRITE_EN,), (_WRITE_ZH,)),
    Message(
        "year-start-leap",
        "a year cannot begin on {text}: three years in four lack that day",
        "年度不能从 {text} 开始：四年里有三年没有这一天",
        ("write 02-28 or 03-01",),
        ("请写 02-28 或 03-01",),
    ),
    Message(
        "empty-range",
        "“{text}” ends before it begins",
        "“{text}”的终点早于起点",
        ("turn the two around",),
        ("请对调两端",),
    ),
    Message(
        "empty-bounds", "`until` lies before `from`", "`until` 早于 `from`", ("turn the two around",), ("请对调两者",)
    ),
    Message(
        "before-year-1",
        "the day before {text} lies before the first day of the calendar",
        "{text} 的前一天早于历法的第一天",
        ("name a later date",),
        ("请写更晚的日期",),
    ),
)

FIELDS: tuple[Message, ...] = (*(_of_noun(*noun) for noun in _NOUNS), *_FIELDS, *_DATES)
