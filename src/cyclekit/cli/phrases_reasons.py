"""Reasons that exceptions give by an English phrase, in Chinese."""

from collections.abc import Mapping

from cyclekit.errors import PhrasedError
from cyclekit.words.display import visible

DAMAGE: Mapping[str, str] = {
    "it is no link to a generation": "不是指向某次发布的链接",
    "it has no manifest.json": "缺少 manifest.json",
    "it is not what manifest.json says": "与 manifest.json 的记录不符",
    "it is not what was written": "内容与写入时不同",
    "its format is {format}": "其格式为 {format}，无法读取",
    "its format is {format}, and {known} is known here": "其格式为 {format}，此处只能读取格式 {known}",
    "{name} is not inside": "{name} 不在此文件夹内",
    "it lies in a publication, {folder}": "它位于另一次发布的文件夹 {folder} 之内",
    "it is no list of deadlines": "不是截止日清单",
    "something is missing in its occurrences": "其中的条目缺少内容",
}
REASONS: Mapping[str, str] = {
    **DAMAGE,
    "two on {day}, and {obligation} has several due dates for each: give them ids": (
        "{day} 有两个，而 {obligation} 对每个都有多个截止日：请给它们编号"
    ),
    "two events have the id {id}": "有两个事件的编号是 {id}",
    "no rule waits for it; those with a rule: {known}": "没有规则由它触发；可用的事件：{known}",
    "no rule waits for it, nor for any other": "没有规则由事件触发",
    "a horizon of {years} years": "日期范围 {years} 年",
    "{count} occurrences": "{count} 个截止日",
    "{count} occurrences in a sheet": "一张表 {count} 行",
}


def reason_words(fault: PhrasedError, language: str) -> str:
    """The reason of an exception in the reader's language; in English where there are no other words for it."""
    phrase = REASONS.get(fault.phrase) if language == "zh" else None
    if phrase is None:
        return visible(fault.reason)
    return phrase.format_map({name: visible(str(value)) for name, value in fault.values.items()})
