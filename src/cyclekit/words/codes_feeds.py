"""Codes about calendars (`.ics`), which `cyclekit lint-feed` tells."""

from cyclekit.words.code import Code

_FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:report-2026Q1@example.org
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260320
SUMMARY:Quarterly report
END:VEVENT
END:VCALENDAR
"""
_LONG = "SUMMARY:Quarterly report on what was done in the first quarter and on what is planned next\n"

FEED_CODES: tuple[Code, ...] = (
    Code(
        "feed-octets",
        "The bytes of a calendar are not as RFC 5545 has them: lines end with CR and LF, have at most 75 octets, and "
        "are folded between characters.",
        "日历文件的字节不合 RFC 5545：行以 CR LF 结尾，每行至多 75 字节，只能在字符之间折行。",
        _FEED.replace("SUMMARY:Quarterly report\n", _LONG),
        _FEED.replace("SUMMARY:Quarterly report\n", _LONG.replace("quarter and", "quarter\n  and")),
    ),
    Code(
        "feed-structure",
        "The components of a calendar do not fit into each other: one is not closed, is empty, or stands outside.",
        "日历的各部分嵌套不对：未结束、为空，或写在外面。",
        _FEED.replace("END:VEVENT\n", ""),
        _FEED,
    ),
    Code(
        "feed-property",
        "A property is missing, stands twice, or stands where it may not.",
        "属性缺失、重复，或写在不允许的位置。",
        _FEED.replace("UID:report-2026Q1@example.org\n", ""),
        _FEED,
    ),
    Code(
        "feed-value",
        "A value is not of its type, or has a mark in it that wants a backslash.",
        "属性值类型不符，或其中的符号前缺反斜杠。",
        _FEED.replace("Quarterly report", "Report, plan"),
        _FEED.replace("Quarterly report", "Report\\, plan"),
    ),
)
