"""The catalogue of diagnostics: each message in English and Chinese, worded from a diagnostic's values.

``help`` is a list of templates; the first whose values are all at hand is used. So one message can say
“did you mean due?” where a near spelling was found, and list what is possible where none was.
"""

from collections.abc import Iterable, Mapping
from string import Formatter

import attrs

from cyclekit.diagnostics import Diagnostic

LANGUAGES = ("en", "zh")

#: Longer texts are shown by their beginning: a message must not repeat five thousand characters.
SHOWN = 60


@attrs.frozen
class Message:
    """The words of one message: a headline and candidate helps, by language."""

    name: str
    en: str
    zh: str
    help_en: tuple[str, ...] = ()
    help_zh: tuple[str, ...] = ()


def shown(text: str) -> str:
    r"""A text as a message may show it: control and invisible characters escaped, cut after ``SHOWN``.

    >>> shown("a\x07b")
    'a\\u0007b'
    """
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut)


def catalogue(*parts: Iterable[Message]) -> Mapping[str, Message]:
    """All messages by name; a name given twice is a mistake of ours and raises ValueError."""
    found: dict[str, Message] = {}
    for part in parts:
        for message in part:
            if message.name in found:
                raise ValueError(message.name)
            found[message.name] = message
    return found


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
    message = _messages()[diagnostic.message]
    return _worded([message.zh if language == "zh" else message.en], diagnostic.values)


def help_text(diagnostic: Diagnostic, language: str = "en") -> str:
    """What to write instead; empty where the headline says it all."""
    message = _messages()[diagnostic.message]
    return _worded(message.help_zh if language == "zh" else message.help_en, diagnostic.values)


def _messages() -> Mapping[str, Message]:
    # Loaded at the first diagnostic, not at import: most runs have none to word.
    from cyclekit.words.messages_fields import FIELDS  # noqa: PLC0415
    from cyclekit.words.messages_rules import RULES  # noqa: PLC0415
    from cyclekit.words.messages_text import TEXT  # noqa: PLC0415
    from cyclekit.words.messages_yaml import YAML  # noqa: PLC0415

    global _loaded  # noqa: PLW0603
    if _loaded is None:
        _loaded = catalogue(TEXT, YAML, FIELDS, RULES)
    return _loaded


_loaded: Mapping[str, Message] | None = None
