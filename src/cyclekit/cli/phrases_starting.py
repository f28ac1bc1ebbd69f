"""What the commands say that help to start: ``import``, ``init``, ``fmt``, ``watch``; in English and Chinese."""

from collections.abc import Mapping

STARTING: Mapping[str, tuple[str, str]] = {
    "no-list": ("{path}: {reason}", "{path}：{reason}"),
    "which-list": (
        "{path} is no list of dates that is read: .ics, .xlsx or .csv",
        "{path} 不是可读取的日期列表（.ics、.xlsx 或 .csv）",
    ),
    "no-dates": ("{path}: no dates were found", "{path}：没有找到日期"),
    "not-utf-8": (
        "it is not in UTF-8: save it as “CSV UTF-8”, or as .xlsx",
        "文件不是 UTF-8 编码，请另存为“CSV UTF-8”或 .xlsx",
    ),
    "unreadable": ("not read", "未读取"),
    "no-calendar": ("there is no calendar “{name}”", "没有日历“{name}”"),
    "not-in-units": (
        "units of the list that {path} does not have: {units}",
        "列表中有 {path} 里没有的单位：{units}",
    ),
    "units-refused": ("{path} cannot be used as a file of units: {reason}", "{path} 不能用作单位文件：{reason}"),
    "exists": ("{path} is there already, and is left alone", "{path} 已存在，未作改动"),
    "written": ("{path}: written", "已写入 {path}"),
    "dates-of": ("{title}: {count} dates, {first} to {last}", "{title}：{count} 个日期，{first} 至 {last}"),
    "proposal": (
        "  {number}. explains {explained} of {total}: {rule}",
        "  {number}. 可解释 {total} 个中的 {explained} 个：{rule}",
    ),
    "reading": ("     {words}", "     {words}"),
    "in-draft": ("in the draft", "已写入草稿"),
    "no-rule": (
        "  no rule was found; the draft lists the dates",
        "  没有找到规则，草稿中逐一列出日期",
    ),
    "not-explained": ("     not explained: {dates}", "     未能解释：{dates}"),
    "gives-besides": (
        "     also gives dates in: {periods}",
        "     还会在以下期间产生日期：{periods}",
    ),
    "fiscal-unknown": (
        "  the periods are those of a fiscal year; say when it begins with --year-start MM-DD",
        "  所属期为财政年度，请用 --year-start MM-DD 指明年度起始日",
    ),
    "tried": (
        "Calendars that were tried: {calendars}. --calendar CODE tries another.",
        "已试用的日历：{calendars}。可用 --calendar 代码 另试其他日历。",
    ),
    "draft-agrees": (
        "The draft gives the {count} dates of the list, and no other within its days except where it says so.",
        "草稿给出列表中的全部 {count} 个日期；列表以外的日期均已注明。",
    ),
    "draft-differs": (
        "The draft does not give these dates of the list: {dates}",
        "草稿未能给出列表中的以下日期：{dates}",
    ),
    "read-on": (
        "Every rule here is a proposal: hold each against the document before you use it.",
        "以上均为推测，使用前请逐条对照原文件核实。",
    ),
    "left-alone": ("{path}: has errors, and is left alone", "{path}：有错误，未作改动"),
    "evened": ("{path}: evened out", "{path}：已整理"),
    "would-change": ("{path}: would be evened out", "{path}：需要整理"),
    "fmt-done": ("files: {files}, evened out: {changed}", "共 {files} 个文件，整理了 {changed} 个"),
    "fmt-would": ("files: {files}, to be evened out: {changed}", "共 {files} 个文件，需要整理 {changed} 个"),
    "watching": (
        "Watching {files} files; dates within {days}. Ctrl-C ends it.",
        "正在监视 {files} 个文件，日期范围 {days}。按 Ctrl-C 结束。",
    ),
    "saved": ("{paths}: saved", "{paths}：已保存"),
    "gone": ("{path}: is not there any more", "{path}：已不存在"),
    "no-dates-changed": ("no date changed", "日期没有变化"),
    "dates-changed": ("{count} dates changed:", "{count} 个日期有变化："),
    "dates-wait": (
        "dates are compared again when there are no errors",
        "改正错误后再比较日期",
    ),
    "dates-there": ("{count} dates", "{count} 个日期"),
    "no-yaml": (
        "{path} is no name for a rule file: write it like office.yaml",
        "{path} 不能作规则文件名，写法如 office.yaml",
    ),
    "no-id": (
        "“{text}” cannot be the id of a rule file: letters, digits, - and . only, such as office-2026.yaml",
        "“{text}”不能作规则文件的编号：仅限字母、数字、- 和 .，例如 office-2026.yaml",
    ),
    "no-answer": ("no answer to: {question}", "没有回答：{question}"),
    "empty-answer": ("an answer is wanted here", "此处需要回答"),
    "one-of": ("“{text}” is none of: {words}", "“{text}”不在可选值之内：{words}"),
    "ask-title": ("What are the rules called?", "规则文件的标题？"),
    "ask-document": (
        "In which document do they stand (title or number)? - for none:",
        "依据哪份文件（标题或文号）？没有则填 -：",
    ),
    "ask-units": (
        "Which offices owe something (with commas between)? - for none:",
        "由哪些单位承担（用逗号分隔）？没有则填 -：",
    ),
    "ask-calendar": (
        "By whose working days (CN, weekdays, US-DC …)? - for none:",
        "按哪个工作日历（CN、weekdays 等）？没有则填 -：",
    ),
    "ask-duty": ("What is the first duty called?", "第一项工作的名称？"),
    "ask-every": (
        "How often (week, half_month, month, quarter, half_year, year)?",
        "周期（week 周、half_month 半月、month 月、quarter 季、half_year 半年、year 年）？",
    ),
    "ask-day": (
        "By which day of the month, or of its last month (1 to 31, last)?",
        "当月（或最后一个月）几日前（1 至 31，last 为最后一日）？",
    ),
    "ask-adjust": (
        "Where that is no working day (none: stays, following: the next, preceding: the one before)?",
        "遇非工作日（none 不调整、following 顺延、preceding 提前）？",
    ),
    "next-steps": (
        "Next: cyclekit check {path}, then cyclekit due {path}",
        "下一步：cyclekit check {path}，再 cyclekit due {path}",
    ),
    "and-more": ("and {count} more", "另有 {count} 个"),
}
