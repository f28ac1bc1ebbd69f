"""The catalogue of diagnostics: each message in English and Chinese, worded from a diagnostic's values.

``help`` is a list of templates; the first whose values are all at hand is used. So one message can say
“did you mean due?” where a near spelling was found, and list what is possible where none was.
"""

from collections.abc import Iterable, Mapping
from string import Formatter

from cyclekit.diagnostics import Diagnostic
from cyclekit.words.message import Message, listed, shown
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


def _worded(candidates: Iterable[str], values: Mapping[str, str], between: str = ", ") -> str:
    for template in candidates:
        if _fields(template) <= values.keys():
            said = {key: listed(value, between) if key == "expected" else shown(value) for key, value in values.items()}
            text = template.format_map(said)
            return text[:1].upper() + text[1:]
    return ""


#: Kinds of nodes in Chinese; a diagnostic's values have them in English.
_FOUND = {"text": "文字", "mapping": "键值表", "list": "列表"}
#: Mappings that stand under no key of their name, or are known by another one: any other is called by its key.
_MAPPINGS = {
    "file": ("a rule file", "规则文件"),
    "obligation": ("an obligation", "事项"),
    "unit": ("a unit", "单位"),
    "step": ("a step", "步骤"),
    "exception": ("an exception", "例外"),
    "change": ("a change", "变更"),
    "selector": ("a selector", "选择条件"),
    "dated": ("an entry of `dates`", "`dates` 的条目"),
    "calendar": ("a calendar", "日历"),
    "query": ("a query of units", "单位查询"),
    "expected_number": ("an expected number", "预期的数量"),
    "expected_days": ("an expected number of days", "预期的天数"),
}
_OF_MAPPINGS = frozenset({"unknown-key", "missing-key"})


def _in_words(diagnostic: Diagnostic, language: str) -> dict[str, str]:
    """A diagnostic's values as its headline says them."""
    values, chinese = dict(diagnostic.values), language == "zh"
    if "weekday" in values:
        values["weekday"] = weekday_name(int(values["weekday"]), language)
    if chinese and "found" in values:
        values["found"] = _FOUND.get(values["found"], values["found"])
    if "what" in values and diagnostic.message in _OF_MAPPINGS:
        name = values["what"]
        keyed = f"`{name}` " if chinese else f"`{name}`"
        values["what"] = _MAPPINGS[name][chinese] if name in _MAPPINGS else keyed
    return values


def headline(diagnostic: Diagnostic, language: str = "en") -> str:
    """The one sentence that says what is wrong."""
    message, values = MESSAGES[diagnostic.message], _in_words(diagnostic, language)
    return _worded([message.zh], values, "、") if language == "zh" else _worded([message.en], values)


def help_text(diagnostic: Diagnostic, language: str = "en") -> str:
    """What to write instead; empty where the headline says it all."""
    message = MESSAGES[diagnostic.message]
    values = diagnostic.values
    if diagnostic.message == "unknown-holiday" and "expected" in values:
        values = dict(values) | {"expected": _of_language(values["expected"], language)}
    return _worded(message.help_zh, values, "、") if language == "zh" else _worded(message.help_en, values)


def _of_language(names: str, language: str) -> str:
    """Those of some names that a reader of Chinese, or another one, can read; all of them where there are none."""
    every = names.split(", ")
    return ", ".join([each for each in every if each.isascii() == (language != "zh")] or every)
