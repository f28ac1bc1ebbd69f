"""The layout of a rule file evened out, by edits at places: comments, order and every text stay as they are.

What is evened out: two blanks for each level, list items indented, one blank behind a colon, a dash and a comma, none
inside braces and brackets, double quotes where single ones are not needed, no blanks at the ends of lines, one empty
line at most, a newline at the end. Lines are never joined or broken, and the blanks before a comment stay.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import attrs
import yaml

from cyclekit.reading.compose import has_c_parser, read_nodes
from cyclekit.reading.indenting import indents
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.source import Source
from cyclekit.reading.syntax import before_parsing

_OPENING = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
#: Tokens without a text of their own, as ``? key`` is refused.
_EMPTY = (
    yaml.StreamStartToken,
    yaml.StreamEndToken,
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockEndToken,
    yaml.KeyToken,
)
_BLANKS = re.compile(" *")


@attrs.frozen
class _Edit:
    """What stands in a line from one column to another becomes something else."""

    line: int
    start: int
    end: int
    text: str


def evened(source: Source, limits: Limits = Limits()) -> str | None:
    r"""The text with its layout evened out; None where it is no YAML that a rule file may be.

    What it means is compared before and after, node by node: a text that would come to mean anything else stays as
    it is.

    >>> evened(Source("a.yaml", "a:   { b: 1,c: 2 }   # why"))
    'a: {b: 1, c: 2}   # why\n'
    """
    before, problems = read_nodes(source, limits=limits)
    if before is None or any(each.is_error for each in problems):
        return None
    text = source.text.replace("\r\n", "\n")
    # Harmless tabs stay; PyYAML's own scanner takes none.
    once = _evened(text, before_parsing(source, text)[0])
    after, _ = read_nodes(Source(source.name, once), limits=limits)
    return once if after is not None and is_same(before, after) else source.text


def is_same(one: Node, other: Node) -> bool:
    """Whether two trees say the same, wherever it stands: texts, what was written in quotes, keys in their order."""
    match one, other:
        case Scalar(), Scalar():
            return (one.text, one.plain, one.block) == (other.text, other.plain, other.block)
        case Listing(), Listing():
            return len(one.items) == len(other.items) and all(map(is_same, one.items, other.items))
        case Mapping(), Mapping():
            keys = [(key.text, key.plain) for key, _ in one] == [(key.text, key.plain) for key, _ in other]
            return keys and all(is_same(a, b) for (_, a), (_, b) in zip(one, other, strict=True))
        case _:
            return False


def _evened(text: str, scanned: str) -> str:
    loader: Any = yaml.CSafeLoader if has_c_parser() else yaml.SafeLoader
    tokens = list(yaml.scan(scanned, Loader=loader))
    lines = text.split("\n")
    inside = _inside_texts(tokens)
    wanted = indents(tokens, lines, inside)
    for edit in sorted(_edits(tokens, lines), key=lambda each: (each.line, -each.start)):
        line = lines[edit.line]
        lines[edit.line] = line[: edit.start] + edit.text + line[edit.end :]
    lines = [_indented(line, wanted.get(place)) for place, line in enumerate(lines)]
    lines = [line if place in inside else line.rstrip(" \t") for place, line in enumerate(lines)]
    kept = [
        (place, line)
        for place, line in enumerate(lines)
        if line or place in inside or (place and (lines[place - 1] or place - 1 in inside))
    ]
    return "\n".join(line for _, line in kept).strip("\n") + "\n"


def _indented(line: str, indent: int | None) -> str:
    return line if indent is None else " " * indent + line.lstrip(" ")


def _inside_texts(tokens: Sequence[Any]) -> frozenset[int]:
    """The lines that begin inside a text that goes over several: their ends belong to it."""
    found: set[int] = set()
    for token in tokens:
        if isinstance(token, yaml.ScalarToken) and token.end_mark.line > token.start_mark.line:
            last = token.end_mark.line + (0 if token.style in ("|", ">") else 1)
            found.update(range(token.start_mark.line + 1, last))
            if token.style in ("'", '"') or token.plain:
                found.add(token.start_mark.line)
    return frozenset(found)


def _edits(tokens: Sequence[Any], lines: Sequence[str]) -> Iterator[_Edit]:
    written = [token for token in tokens if not isinstance(token, _EMPTY)]
    for one, other in pairwise(written):
        here, there = one.end_mark, other.start_mark
        if here.line == there.line and (blanks := _between(one, other)) is not None:
            gap = lines[here.line][here.column : there.column]
            if _BLANKS.fullmatch(gap) and gap != blanks:
                yield _Edit(here.line, here.column, there.column, blanks)
    for token in written:
        if isinstance(token, yaml.ScalarToken) and token.style == "'" and _is_plain_inside(token, lines):
            start, end = token.start_mark, token.end_mark
            yield _Edit(
                start.line, start.column, end.column, f'"{lines[start.line][start.column + 1 : end.column - 1]}"'
            )


def _is_plain_inside(token: Any, lines: Sequence[str]) -> bool:  # noqa: ANN401
    """Whether a text in single quotes says the same in double ones: on one line, and nothing in it is a sign there."""
    start, end = token.start_mark, token.end_mark
    return start.line == end.line and not re.search(r"[\"\\']", lines[start.line][start.column + 1 : end.column - 1])


def _between(one: Any, other: Any) -> str | None:  # noqa: ANN401
    """The blanks that belong between two tokens of a line; None where they stay as they are."""
    if isinstance(other, (*_CLOSING, yaml.FlowEntryToken)) or isinstance(one, _OPENING):
        return ""
    if isinstance(other, yaml.ValueToken):
        return ""
    if isinstance(one, (yaml.ValueToken, yaml.FlowEntryToken, yaml.BlockEntryToken)):
        return " "
    return None
