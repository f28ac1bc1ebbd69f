"""One message: its words in both languages, and how values are shown in them."""

import attrs

from cyclekit.words.display import visible

#: Longer texts are shown by their beginning: a message must not repeat five thousand characters.
SHOWN = 60


@attrs.frozen
class Message:
    """The words of one message: a headline, and helps of which the first that has all its values is said."""

    name: str
    en: str
    zh: str
    help_en: tuple[str, ...] = ()
    help_zh: tuple[str, ...] = ()


def shown(text: str) -> str:
    r"""A text as a message may show it: what cannot be seen made visible, cut after ``SHOWN`` characters.

    >>> shown("a\u202eb")
    'a<U+202E>b'
    """
    return visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
