"""Texts that would start properties, end lines or hide, and rule files that hold them in any text field."""

import random
from collections.abc import Sequence

TEXTS = 3000
#: What starts properties, ends lines, escapes, hides, turns around, or looks like something else.
PARTS = [
    *("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1c", "\x00", "\x07", "\x1b[31m", "\x7f"),
    *("\\", "\\n", "\\N", "\\\\", "\\,", "\\;", ",", ";", ":", '"', "'", "\t", "%", "{", "}", "&amp;", "<b>", "]]>"),
    *("BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "X-EVIL:1", "ATTACH:file:///etc/passwd", "RRULE:FREQ=DAILY"),
    *("季报", "（至少 2）", "é", "e\u0301", "ﬁ", "🙂", "👩\u200d👩\u200d👧", "\U0001f1e8\U0001f1f3", "ไทย"),
    *("العربية", "עברית", "\x9b", "\u200b", "\u200e", "\u202e", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\ue000"),
    *("\u00ad", "\u3000", "\xa0", "\u2003", "a", " ", "  ", "=", "+1", "@", "-", "=1+1", "C:\\New", "C:\\temp\\notes"),
    *("https://e.org/?a=1;b=2,3", "x" * 80, "no", "~", "null", "2026-02-30", "010", "#", "# x", "- a", "? b", "!!str"),
    *("&a", "*a", "|", ">"),
]
#: A text field of the language: the property in which a feed tells it, and what stands in an obligation, or a unit.
FIELDS = {
    "name of a unit": ("DESCRIPTION", "{{id: u{number}, name: {text}}}"),
    "title": ("SUMMARY", "title: {text}"),
    "kind": ("CATEGORIES", "kind: {text}"),
    "tag": ("CATEGORIES", "tags: [{text}]"),
    "lead": ("DESCRIPTION", "lead: {text}"),
    "report_to": ("DESCRIPTION", "report_to: [{text}]"),
    "deliver": ("DESCRIPTION", "deliver: [{text}]"),
    "what a quota is of": ("DESCRIPTION", "quota: {{at_least: 1, of: {text}}}"),
    "notes": ("DESCRIPTION", "notes: {text}"),
    "document": ("DESCRIPTION", "source: {{document: {text}}}"),
    "issuer": ("DESCRIPTION", "source: {{issuer: {text}}}"),
    "article": ("DESCRIPTION", "source: {{article: {text}}}"),
    "page": ("DESCRIPTION", "source: {{page: {text}}}"),
    "quote": ("DESCRIPTION", "source: {{quote: {text}}}"),
    "reason of an exception": ("DESCRIPTION", "exceptions: {{once: {{due: 2026-05-09, reason: {text}}}}}"),
    "why it is waived": ("DESCRIPTION", "exceptions: {{once: {{waived: {text}}}}}"),
}
UNIT = "name of a unit"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def texts(seed: int, count: int) -> list[str]:
    """So many texts, drawn with a seed: parts put together, and plain runs of characters."""
    draw = random.Random(seed)
    found = list(PARTS)
    while len(found) < count:
        if draw.random() < 0.7:
            found.append("".join(draw.choices(PARTS, k=draw.randint(1, 5))))
        else:
            planes = [(0x20, 0x7E), (0xA0, 0x24F), (0x4E00, 0x9FFF), (0x1F300, 0x1F6FF), (0, 0x10FFFF)]
            spans = [draw.choice(planes) for _ in range(draw.randint(1, 60))]
            found.append("".join(chr(draw.randint(*span)) for span in spans))
    return found[:count]


def quoted(text: str) -> str:
    """A text in YAML's double quotes on one line: what cannot be seen stands there as an escape."""
    return '"' + "".join(_ESCAPES.get(char) or (char if char.isprintable() else _escape(char)) for char in text) + '"'


def _escape(char: str) -> str:
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"


def rule_file(field: str, found: Sequence[str]) -> str:
    """A rule file with each of these texts in a field, of a unit or of an obligation of its own, each on its own line.

    They are ``u0``, ``o0`` and so on.
    """
    filled = [FIELDS[field][1].format(number=number, text=quoted(text)) for number, text in enumerate(found)]
    units, duties = ["{id: u, name: U}"], ["once: 2026-05-08"]
    if field == UNIT:
        units = filled
    else:
        duties = [f"once: 2026-05-08, {'' if field == 'title' else 'title: Duty, '}{each}" for each in filled]
    lines = ["cyclekit: 1", "id: r", "title: R", "units:", *(f"  - {each}" for each in units), "obligations:"]
    return "\n".join([*lines, *(f"  o{number}: {{{each}}}" for number, each in enumerate(duties))]) + "\n"


def lines_of(field: str) -> int:
    """The line on which the first text of a rule file stands."""
    return 5 if field == UNIT else 7
