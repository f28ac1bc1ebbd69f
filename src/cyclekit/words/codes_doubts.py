"""Codes of warnings about what is right by the letter."""

from cyclekit.words.code import HEAD, Code

_RULE = "  report:\n    every: {{rrule: FREQ=WEEKLY;BYDAY=FR, start: {start}}}\n"
_CHANGES = (
    HEAD.replace("parent: hq}", "parent: hq}, {id: bj, kind: branch, parent: hq}")
    + "  report:\n    every: month\n    changes:\n      - {from: 2024-01, units: [hq, sh], due: {day: 5}}\n"
)
_ZONED = "cyclekit: 1\nid: demo\ntimezone: Europe/Berlin\nobligations:\n"

DOUBT_CODES: tuple[Code, ...] = (
    Code(
        "month-end-unwritten",
        "Some months lack this day, and nobody said what becomes of it then. Its last day is taken.",
        "有的月份没有这一天，而没有写明如何处理。将取月末。",
        "  report: {every: month, due: {day: 31}}\n",
        "  report: {every: month, due: {day: last}}\n",
    ),
    Code(
        "absorbs-never",
        "It is to stand for another one where both fall on one day, and they never do.",
        "写明同日时代替另一事项，而两者从不同日。",
        "  report: {every: quarter, due: {day: 20}, absorbs: news}\n  news: {every: month, due: {day: 28}}\n",
        "  report: {every: quarter, due: {day: 28}, absorbs: news}\n  news: {every: month, due: {day: 28}}\n",
    ),
    Code(
        "start-no-instance",
        "The rule does not meet the day on which it starts, so that day does not count. RFC 5545 leaves this open.",
        "起始日不合规则，因此不计入；RFC 5545 对此未作规定。",
        _RULE.format(start="2026-01-01"),
        _RULE.format(start="2026-01-02"),
    ),
    Code(
        "time-skipped",
        "In the night in which clocks are put forward this time is not there; the first that is takes its place.",
        "拨快时钟的那一夜没有这个时刻，将取其后第一个时刻。",
        _ZONED + '  report: {every: week, due: {weekday: sun}, time: "02:30"}\n',
        _ZONED + '  report: {every: week, due: {weekday: sun}, time: "03:00"}\n',
    ),
    Code(
        "attribute-near-key",
        "An attribute of a unit may have any name; this one is nearly a key.",
        "单位的属性可任意命名，而这个名称与某个键只差一点。",
        HEAD.replace("kind: head", "calender: weekdays") + "  report: {every: month}\n",
        HEAD.replace("kind: head", "calendar: weekdays") + "  report: {every: month}\n",
    ),
    Code(
        "same-duty",
        "Two obligations of one title fall on one day for some unit: probably one of them was copied, or is the other.",
        "两个事项同名，且同一单位须在同一天承担：可能是重复，也可能本是一项。",
        "  quarterly: {title: Summary, every: quarter}\n  yearly: {title: Summary, every: year}\n",
        "  quarterly: {title: Summary, every: quarter}\n  yearly: {title: Summary, every: year, absorbs: quarterly}\n",
    ),
    Code(
        "changes-collide",
        "Two changes of one field begin on one day for some of the same units: only their order decides which counts.",
        "两项变更自同一天起涉及相同单位的同一字段：仅由先后次序决定以哪项为准。",
        _CHANGES + "      - {from: 2024-01, units: [sh, bj], due: {day: 6}}\n",
        _CHANGES + "      - {from: 2024-01, units: bj, due: {day: 6}}\n",
    ),
    Code(
        "unit-idle",
        "A unit in the list of this file owes nothing, leads nothing, receives nothing and stands above none.",
        "名单中的单位既不承担、不牵头、不接收，也没有下级。",
        "  report: {every: month, applies_to: hq}\n",
        "  report: {every: month, applies_to: everyone}\n",
    ),
    Code(
        "anchor-repeats",
        "A day of the year is the same for all periods of that year: four quarters would be due at once.",
        "一年中的某日对该年各期都相同：几个季度会在同一天截止。",
        "  report: {every: quarter, due: {date: 12-20}}\n",
        "  report: {every: year, due: {date: 12-20}}\n",
    ),
    Code(
        "anchor-far",
        "The anchor lies more than two years past its period, or its year ten years away: probably a wrong number.",
        "锚点在所属期两年之后，或年份相差十年以上：数字可能写错。",
        "  report: {every: month, due: {day: 5, month: 36}}\n",
        "  report: {every: month, due: {day: 5, month: 3}}\n",
    ),
    Code(
        "year-unannounced",
        "A single date is moved off days that do not count, and the days off of that year are not announced yet.",
        "单个日期须避开非工作日，而该年的放假安排尚未公布。",
        "  report: {once: 2087-10-03, adjust: following, calendar: CN}\n",
        "  report: {once: 2087-10-10}\n",
    ),
    Code(
        "reading-unstated",
        "The document says “before June”, and the rule takes the last of June as in time. Documents differ in this: "
        "write which it is.",
        "文件写“6月前”，而规则把 6 月末日视为按时。各文件理解不一，请写明。",
        "  report: {once: 2023-06, source: {quote: 6月前报送}}\n",
        "  report: {once: {before: 2023-06}, source: {quote: 6月前报送}}\n",
    ),
    Code(
        "ignore-idle",
        "A warning is to be ignored that is not there.",
        "要忽略的警告并不存在。",
        "  report: {every: month, due: {day: 20}, ignore: {month-end-unwritten: meant}}\n",
        "  report: {every: month, due: {day: 20}}\n",
    ),
)
