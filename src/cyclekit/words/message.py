"""One message: its words in both languages, and how values are shown in them."""

from itertools import accumulate

import attrs

from cyclekit.words.display import visible

#: Longer texts are shown by their beginning: a message must not repeat five thousand characters.
SHOWN = 60
#: So much of a list is shown.
LISTED = 120


@attrs.frozen
class Message:
    """The words of one message: a headline, and helps of which the first that has all its values is said."""

    name: str
    en: str
    zh: str
    help_en: tuple[str, ...] = ()
    help_zh: tuple[str, ...] = ()


def listed(text: str, between: str = ", ") -> str:
    """A list as a message may show it: as many of its entries as have room, each of them whole.

    >>> listed("day, week, month", "、")
    'day、week、month'
    """
    entries = [shown(each) for each in text.split(", ")]
    lengths = accumulate(len(each) + len(", ") for each in entries)
    fitting = [each for each, length in zip(entries, lengths, strict=True) if length <= LISTED]
    kept = fitting or entries[:1]
    return between.join([*kept, "…"] if len(kept) < len(entries) else kept)


def shown(text: str) -> str:
    r"""A text as a message may show it: what cannot be seen made visible, cut after ``SHOWN`` characters.

    >>> shown("a\u202eb")
    'a<U+202E>b'
    """
    return visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
