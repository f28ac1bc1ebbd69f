"""The catalogue of diagnostics: each message in English and Chinese, worded from a diagnostic's values.

``help`` is a list of templates; the first whose values are all at hand is used. So one message can say
“did you mean due?” where a near spelling was found, and list what is possible where none was.
"""

from collections.abc import Iterable, Mapping
from string import Formatter

from cyclekit.diagnostics import Diagnostic
from cyclekit.words.message import Message, shown
from cyclekit.words.messages_calendars import CALENDARS
from cyclekit.words.messages_changes import CHANGES
from cyclekit.words.messages_cycles import CYCLES
from cyclekit.words.messages_doubts import DOUBTS
from cyclekit.words.messages_expectations import EXPECTATIONS
from cyclekit.words.messages_feeds import FEEDS
from cyclekit.words.messages_fields import FIELDS
from cyclekit.words.messages_rules import RULES
from cyclekit.words.messages_steps import STEPS
from cyclekit.words.messages_text import TEXT
from cyclekit.words.messages_units import UNITS
from cyclekit.words.messages_yaml import YAML
from cyclekit.words.periods import weekday_name


def catalogue(*parts: Iterable[Message]) -> Mapping[str, Message]:
    """All messages by name; a name given twice is a mistake of ours and raises ValueError."""
    found: dict[str, Message] = {}
    for part in parts:
        for message in part:
            if message.name in found:
                raise ValueError(message.name)
            found[message.name] = message
    return found


MESSAGES = catalogue(TEXT, YAML, FIELDS, UNITS, CALENDARS, CYCLES, RULES, CHANGES, STEPS, DOUBTS, EXPECTATIONS, FEEDS)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _worded(candidates: Iterable[str], values: Mapping[str, str]) -> str:
    for template in candidates:
        if _fields(template) <= values.keys():
            text = template.format_map({key: shown(value) for key, value in values.items()})
            return text[:1].upper() + text[1:]
    return ""


#: What stands in English in a diagnostic's values, in Chinese: kinds of nodes, and shapes of the table of fields.
_IN_CHINESE = {
    "text": "文字",
    "mapping": "键值表",
    "list": "列表",
    "file": "规则文件",
    "obligation": "事项",
    "defaults": "默认值",
    "unit": "单位",
    "due": "截止日",
    "course": "日期规则",
    "step": "步骤",
    "exception": "例外",
    "change": "变更",
    "source": "出处",
    "selector": "选择条件",
    "dated": "日期条目",
    "calendar": "日历",
    "expect": "预期",
}


def _in_chinese(values: Mapping[str, str]) -> Mapping[str, str]:
    named = [name for name in ("found", "what") if name in values]
    return dict(values) | {name: _IN_CHINESE.get(values[name], values[name]) for name in named}


def headline(diagnostic: Diagnostic, language: str = "en") -> str:
    """The one sentence that says what is wrong."""
    message = MESSAGES[diagnostic.message]
    values = dict(diagnostic.values)
    if "weekday" in values:
        values["weekday"] = weekday_name(int(values["weekday"]), language)
    if language == "zh":
        return _worded([message.zh], _in_chinese(values))
    return _worded([message.en], values)


def help_text(diagnostic: Diagnostic, language: str = "en") -> str:
    """What to write instead; empty where the headline says it all."""
    message = MESSAGES[diagnostic.message]
    return _worded(message.help_zh if language == "zh" else message.help_en, diagnostic.values)
