"""Titles, notes and sources: one text, or a mapping of several."""

from cyclekit.model.obligation import Source
from cyclekit.model.text import Text
from cyclekit.reading.reader import Entry


def as_text(entry: Entry) -> Text:
    """The text of a field that holds a text or a mapping from language to text."""
    if isinstance(entry.value, str):
        return Text.of(entry.value)
    return Text(tuple((each.key.text, each.value) for each in entry.value))


def as_source(entry: Entry) -> Source:
    """Where something is written down: one text, or its parts."""
    if isinstance(entry.value, str):
        return Source(document=entry.value)
    return Source(**{name: entry.value.get(name) for name in entry.value})
