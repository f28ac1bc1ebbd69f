"""What is wrong with a published folder, in Chinese, by the English phrases of DamagedPublicationError."""

from collections.abc import Mapping

from cyclekit.errors import DamagedPublicationError
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


def damage_words(fault: DamagedPublicationError, language: str) -> str:
    """How something is not as it was published, in the reader's language; in English where there is no other phrase."""
    phrase = DAMAGE.get(fault.reason, fault.reason) if language == "zh" else fault.reason
    if not fault.values:
        return visible(phrase)
    return phrase.format_map({name: visible(str(value)) for name, value in fault.values.items()})
