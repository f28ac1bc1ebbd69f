"""The catalogue of diagnostics: each message in English and Chinese, worded from a diagnostic's values.

``help`` is a list of templates; the first whose values are all at hand is used. So one message can say
“did you mean due?” where a near spelling was found, and list what is possible where none was.
"""

from collections.abc import Iterable, Mapping
from string import Formatter

from cyclekit.diagnostics import Diagnostic
from cyclekit.words.message import Message, shown
from cyclekit.words.messages_fields import FIELDS
from cyclekit.words.messages_rules import RULES
from cyclekit.words.messages_text import TEXT
from cyclekit.words.messages_yaml import YAML


def catalogue(*parts: Iterable[Message]) -> Mapping[str, Message]:
    """All messages by name; a name given twice is a mistake of ours and raises ValueError."""
    found: dict[str, Message] = {}
    for part in parts:
        for message in part:
            if message.name in found:
                raise ValueError(message.name)
            found[message.name] = message
    return found


MESSAGES = catalogue(TEXT, YAML, FIELDS, RULES)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _worded(candidates: Iterable[str], values: Mapping[str, str]) -> str:
    for template in candidates:
        if _fields(template) <= values.keys():
            text = template.format_map({key: shown(value) for key, value in values.items()})
            return text[:1].upper() + text[1:]
    return ""


def headline(diagnostic: Diagnostic, language: str = "en") -> str:
    """The one sentence that says what is wrong."""
    message = MESSAGES[diagnostic.message]
    return _worded([message.zh if language == "zh" else message.en], diagnostic.values)


def help_text(diagnostic: Diagnostic, language: str = "en") -> str:
    """What to write instead; empty where the headline says it all."""
    message = MESSAGES[diagnostic.message]
    return _worded(message.help_zh if language == "zh" else message.help_en, diagnostic.values)
