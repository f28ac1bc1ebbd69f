"""What a field looks like: the examples and the mended texts that messages show to who wrote something else."""

import re

from cyclekit.reading.fields import SHAPES
from cyclekit.reading.kinds import Field
from cyclekit.reading.nodes import Node
from cyclekit.reading.nodes import Scalar as ScalarNode

#: Without these nothing goes on: who left one empty has to write it.
WANTED = frozenset(
    ("every", "once", "upon", "dates", *(each.name for fields in SHAPES.values() for each in fields if each.required))
)
#: A list of these means several due dates.
ANCHORING = frozenset({"day", "weekday", "working_day", "date"})
#: What a mapping looks like where it is wanted, of those fields whose meaning does not make it plain.
LIKE = {
    "title": "title: {zh: …, en: …}",
    "name": "name: {zh: …, en: …}",
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


def meant_by(name: str, node: Node) -> str:
    """The mapping that a single text probably means: a day where a due date is wanted, a unit where units are."""
    if not isinstance(node, ScalarNode):
        return ""
    text = node.text
    match name:
        case "units":
            return f"{{id: {text}}}"
        case "due" | "opens" if re.fullmatch(r"-?[0-9]{1,2}|last", text):
            return f"{{day: {text}}}"
        case "due" if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
            return f"{{date: {text}}}"
        case "opens" | "closes" if re.fullmatch(r"-?[0-9]+ (working )?[a-z]+", text):
            return f"{{add: {text}}}"
        case "move_to":
            return f"{{on_or_after: {text}}}"
        case "quota" if re.fullmatch(r"[0-9]+( ?%)?", text):
            return f"{{at_least: {text}}}"
        case _ if re.fullmatch(r"[QH][1-4]", name) and re.fullmatch(r"-?[0-9]{1,2}|last", text):
            return f"{{day: {text}}}"
        case _ if re.match(r"[0-9]{4}", name) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return f"{{due: {text}}}"
        case _:
            return ""


def single_date(node: Node) -> str:
    """A date that stands where a due date of a cycle is wanted, or nothing."""
    return node.text if isinstance(node, ScalarNode) and re.match("[0-9]{4}", node.text) else ""
