"""What was meant by a text that is no YAML, or that YAML reads as something nobody would write."""

import re

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.characters import ODD_BLANK
from cyclekit.reading.inline import Fault
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.sketch import Sketch
from cyclekit.reading.source import Source

_CONFLICT_MARKS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_FENCE = re.compile(r"^```", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?=%)")
#: Escapes of what is no character: libyaml refuses them, PyYAML's own parser raises ValueError.
_LEAKS = re.compile(r"\\(?:u[dD][89a-fA-F]|U(?!00(?:0[0-9A-Fa-f]|10))|U0000[dD][89a-fA-F])")
_ODD = re.compile(f"\t|{ODD_BLANK}")
#: A text that begins as a line ``key: value`` would, but for the colon.
_SLIP = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ ]?(?:(：)|(:)(?![\s/]))")
_SLIP_IN_FLOW = re.compile(r"([^\s:：,，]+)[ ]?(?:(：)|(:)(?![\s/]))")
#: Where there is nothing like this, no tree is searched for slips.
_PERHAPS = re.compile(r"：|(?:^[ -]*|[{,]\s*)[A-Za-z_][A-Za-z0-9_-]*[ ]?:(?![\s/])|:[,\[\]{}]", re.MULTILINE)


def before_parsing(source: Source, text: str) -> tuple[str, Diagnostic | None]:
    r"""The text as a parser should see it, and the slip that makes parsing it useless.

    Found here are marks of a merge conflict, fences of Markdown, directives; tabs and odd blanks in front of
    a line or of a value; escapes of what is no character. Tabs in harmless places become blanks, so that
    both parsers read them alike.

    >>> before_parsing(Source("a.yaml", ""), "id: a\n<<<<<<< ours\n")[1].code
    'merge-conflict'
    """
    if any(mark in text for mark in _CONFLICT_MARKS) and (found := _CONFLICT.search(text)):
        return text, Diagnostic("merge-conflict", "merge-conflict", source.place_at(found.start(), 7))
    if "```" in text and (found := _FENCE.search(text)):
        return text, Diagnostic("syntax", "markdown-fence", source.place_at(found.start(), 3))
    if "%" in text and (found := _DIRECTIVE.match(text)):
        return text, Diagnostic("yaml-feature", "yaml-directive", source.place_at(found.end()))
    if not _ODD.search(text) and not ("\\" in text and _LEAKS.search(text)):
        return text, None
    sketch = Sketch(text)
    fault = next((fault for fault in sketch.faults if fault.certain), None)
    if fault is not None:
        # A mistake further up may have led the walk astray.
        return text, _diagnostic(source, fault)
    if sketch.blanks:
        lines = text.split("\n")
        for row, column in sketch.blanks:
            lines[row] = f"{lines[row][:column]} {lines[row][column + 1 :]}"
        text = "\n".join(lines)
    return text, None


def explained(source: Source, text: str, line: int, column: int, problem: str) -> Diagnostic:
    """The mistake behind a parser's failure at this place; the parser's own words where none is recognised."""
    if "undefined tag handle" in problem:
        return Diagnostic("yaml-feature", "yaml-tag", Place(source.name, line, column))
    fault = next((each for each in Sketch(text).faults if each.line <= line), None)
    if fault is not None:
        return _diagnostic(source, fault)
    return Diagnostic("syntax", "syntax", Place(source.name, line, column), {"problem": problem})


def after_parsing(source: Source, root: Node) -> Diagnostic | None:
    """The slip in a tree that could be read, but as something else than was meant; the first, or None.

    * A text that stands on lines of its own where ``key: value`` should, and begins like one: ``every：quarter``.
      So does a whole file without blanks behind its colons.
    * A key of a mapping in braces with the colon inside: ``{month：last}``, ``{month:last}``; or with a bracket
      right behind the colon, which the two parsers read differently: ``{tags:[coast]}``.
    * A key in front of whose colon another one stands, as in ``title：Q1: report``.

    A full-width colon anywhere else is text.

    >>> after_parsing(Source("a.yaml", "id：demo"), Scalar("id：demo", 1, 1, 7, plain=True)).place.column
    3
    """
    if not _PERHAPS.search(source.text):
        return None
    if isinstance(root, Scalar):
        return _slip_at(source, root, _SLIP_IN_FLOW) if root.plain else None
    open_nodes: list[Node] = [root]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Listing):
            open_nodes += reversed(node.items)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                if slip := _slip_in_entry(source, node, key, value):
                    return slip
            open_nodes += (value for _, value in reversed(node.entries))
    return None


def no_character(source: Source) -> Diagnostic:
    """An escape of what is no character, where a parser stumbled on one that was not seen beforehand."""
    found = _LEAKS.search(source.text)
    return Diagnostic("syntax", "escape-no-character", source.place_at(found.start() if found else 0))


def _slip_in_entry(source: Source, mapping: Mapping, key: Scalar, value: Node) -> Diagnostic | None:
    if key.plain and mapping.flow and not (isinstance(value, Scalar) and not value.absent):
        end = key.column - 1 + key.width
        if source.line(key.line)[end : end + 2] in (":,", ":[", ":]", ":{", ":}"):
            place = Place(source.name, key.line, end + 1)
            return Diagnostic("missing-space", "missing-space", place, {"key": key.text})
        if isinstance(value, Scalar):
            return _slip_at(source, key, _SLIP_IN_FLOW)
    if key.plain and not key.text.isascii() and (slip := _slip_at(source, key, _SLIP)):
        return slip
    if isinstance(value, Scalar) and value.plain and value.line > key.line:
        return _slip_at(source, value, _SLIP)
    return None


def _slip_at(source: Source, scalar: Scalar, pattern: re.Pattern[str]) -> Diagnostic | None:
    found = pattern.match(scalar.text)
    if found is None:
        return None
    group = 2 if found[2] else 3
    code, message = ("full-width", "full-width-colon") if found[2] else ("missing-space", "missing-space")
    place = Place(source.name, scalar.line, scalar.column + found.start(group))
    return Diagnostic(code, message, place, {"key": found[1]})


def _diagnostic(source: Source, fault: Fault) -> Diagnostic:
    return Diagnostic(fault.code, fault.message, Place(source.name, fault.line, fault.column), fault.values)
