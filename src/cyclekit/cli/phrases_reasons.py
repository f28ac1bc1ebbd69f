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
CLUSTER: Mapping[str, str] = {
    "{worker} cannot read {path}: {reason}": "{worker} 无法读取 {path}：{reason}",
    "{worker} sees another {path} than was written": "{worker} 所见的 {path} 与写入的不同",
    "{worker} has {package} {there}, and here it is {here}: install the same there": (
        "{worker} 的 {package} 为 {there}，此处为 {here}：请在该处安装相同版本"
    ),
    "{worker} has no {package}: install it there": "{worker} 没有 {package}：请在该处安装",
    "{worker}: {reason}: {path}": "{worker}：{reason}：{path}",
    "{worker}: nobody waits for {path} any more": "{worker}：{path} 已不再需要",
    "there is no scheduler file {path}": "没有调度器文件 {path}",
    "no scheduler answers at {address}": "{address} 没有调度器应答",
    "the scheduler at {address} is gone": "{address} 的调度器已不在",
    "the scheduler at {address} has had no worker for {seconds} seconds: start some with “dask worker {address}”": (
        "{address} 的调度器 {seconds} 秒内没有工作进程：请用“dask worker {address}”启动"
    ),
    "a part of the work was the last thing that {times} workers did, which may have had too little memory": (
        "同一部分先后使 {times} 个工作进程终止，可能是内存不足"
    ),
    "a worker could not do its part: {reason}": "工作进程未能完成其部分：{reason}",
    "{path} was written, and is not there": "{path} 已写入，但不在原处",
    "{path} is a file, and a folder is wanted": "{path} 是文件，此处应为文件夹",
    "{path} holds {name}, which no export on a cluster wrote: name another folder": (
        "{path} 里有 {name}，并非集群输出的文件：请改用其他文件夹"
    ),
}
REASONS: Mapping[str, str] = {
    **CLUSTER,
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
