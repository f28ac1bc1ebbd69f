"""Titles and notes: one text, or one for each language."""

from cyclekit.model.text import Text
from cyclekit.reading.reader import Entry


def as_text(entry: Entry) -> Text:
    """The text of a field that holds a text or a mapping from language to text."""
    if isinstance(entry.value, str):
        return Text.of(entry.value)
    return Text(tuple((each.key.text, each.value) for each in entry.value))
