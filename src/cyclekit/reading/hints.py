"""What a field looks like: the examples and the mended texts that messages show to who wrote something else."""

import re

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.kinds import Field
from cyclekit.reading.nodes import Node
from cyclekit.reading.nodes import Scalar as ScalarNode

#: Without these nothing goes on: who left one empty has to write it.
WANTED = frozenset(
    (
        "every",
        "rrule",
        "once",
        "upon",
        "dates",
        *(each.name for fields in SHAPES.values() for each in fields if each.required),
    )
)
#: A list of these means several due dates.
ANCHORING = frozenset({"day", "weekday", "working_day", "date"})
#: What a mapping looks like where it is wanted, of those fields whose meaning does not make it plain.
LIKE = {
    "title": "title: {zh: …, en: …}",
    "name": "name: {zh: …, en: …}",
    "notes": "notes: {zh: …, en: …}",
    "of": "of: {zh: …, en: …}",
    "obligations": "obligations: {report: {every: quarter}}",
    "calendars": "calendars: {office: {base: CN}}",
    "defaults": "defaults: {kind: report}",
    "every": "every: {rrule: FREQ=MONTHLY, start: 2026-01-30}",
    "once": "once: {before: 2026-12}",
    "dates": "dates: {2026Q1: 2026-04-17}",
    "upon": "upon: {event: incident}",
    "quota": "quota: {at_least: 2}",
    "opens": "opens: {day: 1}",
    "closes": "closes: {add: 3 days}",
    "move_to": "move_to: {on_or_after: friday}",
    "exceptions": "exceptions: {2026Q1: {due: 2026-04-10}}",
}
#: Shapes that stand under several keys: a message names the one that is written.
_SHARED = frozenset({"course", "day_of_months"})


def called(shape: str, name: str) -> str:
    """What a message calls a mapping: its shape, or the key it stands under."""
    return name if shape in _SHARED else shape


def example_of(field: Field) -> str:
    """A required field as it may be written; nothing for an id, which is the author's own."""
    return LIKE.get(field.name) or (f"{field.name}: {field.example}" if field.name != "id" else "")


#: Keys, texts that stand behind them, and the mappings that those texts probably mean.
_MEANT = tuple(
    (re.compile(name), re.compile(text, re.DOTALL), mapping)
    for name, text, mapping in (
        ("units", ".*", "{{id: {0}}}"),
        ("due|opens|[QH][1-4]", "-?[0-9]{1,2}|last", "{{day: {0}}}"),
        ("due", "[0-9]{2}-[0-9]{2}", "{{date: {0}}}"),
        ("opens|closes", "-?[0-9]+ (working )?[a-z]+", "{{add: {0}}}"),
        ("changes", "[0-9].*", "{{from: {0}, due: {{day: 25}}}}"),
        ("move_to", "[a-z]+|[0-9]{2}-[0-9]{2}", "{{on_or_after: {0}}}"),
        ("quota", "[0-9]+( ?%)?", "{{at_least: {0}}}"),
        ("[0-9]{4}.*", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "{{due: {0}}}"),
    )
)


def meant_by(name: str, node: Node) -> str:
    """The mapping that a single text probably means: a day where a due date is wanted, a unit where units are."""
    if not isinstance(node, ScalarNode):
        return ""
    return next(
        (
            mapping.format(node.text)
            for key, text, mapping in _MEANT
            if key.fullmatch(name) and text.fullmatch(node.text)
        ),
        "",
    )


def single_date(node: Node) -> str:
    """A date that stands where a due date of a cycle is wanted, or nothing."""
    return node.text if isinstance(node, ScalarNode) and re.match("[0-9]{4}", node.text) else ""
