"""Where each line of a YAML text ought to begin: two blanks for each level, list items inside their key."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
import yaml

STEP = 2


@attrs.define
class _Level:
    """A block that is open: the column in which its entries stand, and the one in which they ought to."""

    old: int
    new: int
    sequence: bool
    #: A list whose dashes stand right under its key, which has no start of its own.
    unannounced: bool = False


def indents(tokens: Sequence[Any], lines: Sequence[str], inside: Collection[int]) -> Mapping[int, int]:
    """The column in which each line ought to begin. Lines that go on with a text or a bracket move with their own."""
    begins = _entries(tokens)
    wanted: dict[int, int] = {}
    shift = 0
    for place, line in enumerate(lines):
        stripped = line.lstrip(" ")
        if not stripped.strip() and place not in inside:
            continue
        if stripped.startswith("#") and place not in inside and place not in begins:
            continue
        old = len(line) - len(stripped)
        if place in begins:
            shift = begins[place] - old
        if stripped.strip():
            wanted[place] = max(old + shift, 0)
    return wanted | _of_comments(lines, wanted, inside)


def _entries(tokens: Sequence[Any]) -> dict[int, int]:  # noqa: C901, PLR0912  # one loop over the kinds of tokens
    """For each line that begins with a key or a dash, the column in which that ought to stand."""
    levels: list[_Level] = []
    begins: dict[int, int] = {}
    depth = 0
    for token in tokens:
        line, column = token.start_mark.line, token.start_mark.column
        match token:
            case yaml.FlowMappingStartToken() | yaml.FlowSequenceStartToken():
                if not depth:
                    begins.setdefault(line, _continued(levels, column))
                depth += 1
            case yaml.FlowMappingEndToken() | yaml.FlowSequenceEndToken():
                depth -= 1
            case _ if depth:
                continue
            case yaml.BlockMappingStartToken() | yaml.BlockSequenceStartToken():
                sequence = isinstance(token, yaml.BlockSequenceStartToken)
                new = levels[-1].new + STEP if levels else 0
                levels.append(_Level(column, new, sequence))
            case yaml.BlockEndToken():
                while levels.pop().unannounced:
                    pass
            case yaml.BlockEntryToken():
                if not levels[-1].sequence:
                    levels.append(_Level(column, levels[-1].new + STEP, sequence=True, unannounced=True))
                begins.setdefault(line, levels[-1].new)
            case yaml.KeyToken():
                if levels[-1].unannounced:
                    levels.pop()
                begins.setdefault(line, levels[-1].new)
            case yaml.ScalarToken():
                begins.setdefault(line, _continued(levels, column))
            case _:
                pass
    return begins


def _continued(levels: Sequence[_Level], column: int) -> int:
    """Where a value ought to begin that stands on a line of its own: as far inside its entry as it was."""
    return column + levels[-1].new - levels[-1].old if levels else column


def _of_comments(lines: Sequence[str], wanted: Mapping[int, int], inside: Collection[int]) -> dict[int, int]:
    """Comments on lines of their own stand where the next entry does, or go on with the block before it."""
    found: dict[int, int] = {}
    after: tuple[int, int] | None = None
    for place in range(len(lines) - 1, -1, -1):
        stripped = lines[place].lstrip(" ")
        old = len(lines[place]) - len(stripped)
        if place in wanted:
            after = (old, wanted[place])
        elif stripped.startswith("#") and place not in inside:
            if after is not None and after[0] == old:
                found[place] = after[1]
            else:
                found[place] = _like_before(lines, wanted, place, old)
    return found


def _like_before(lines: Sequence[str], wanted: Mapping[int, int], place: int, old: int) -> int:
    """Where a comment stands that ends a block: like the entry before it that stands in its column, or as near."""
    nearest = None
    for before in range(place - 1, -1, -1):
        if before not in wanted:
            continue
        column = len(lines[before]) - len(lines[before].lstrip(" "))
        if column <= old:
            nearest = wanted[before] if column == old else wanted[before] + (old - column)
            break
    return old if nearest is None else nearest
