"""A rough reading of a YAML file that survives its mistakes, to say which one was made.

A parser stops where it can go no further, which is often lines after the slip. This walk follows what the
author meant line by line (indents, keys, quotes, brackets) and notes what does not fit, in order. It is asked
only where the parser failed, or where the text has tabs or blanks that are none.
"""

import re

import attrs

from cyclekit.reading.characters import ODD_BLANK, ascii_of
from cyclekit.reading.inline import COLON, LEAD, Inline

_COMMENT = re.compile(r"(?:^|[ \t])#")
_HEADER = re.compile(r"([|>](?:[+-]?[1-9]?|[1-9][+-]))[ \t]*(?:#.*)?$")
#: A key and what was typed in place of a colon and a blank.
_SLIP = re.compile(f"([^\\s:：,，#\\[\\]{{}}\"'“”]{{1,64}}?)[ ]?(?:(：)|(:)({ODD_BLANK})|(:)(?![\\s/]))")
_JOINED_BRACKET = re.compile(r"[^\s:：,\[\]{}\"']{1,64}(?:(:)(?=[\[{\"'])|(：))")
_BULLETS = "•·–—*+"
_FULL_WIDTH_OPENING = "［｛【"


@attrs.define
class _Level:
    """An open mapping or list: its column, and what its last two entries were."""

    column: int
    kind: str
    last: tuple[int, int] = (0, 0)
    last_empty: bool = False
    before_empty: bool = False
    entries: int = 0


class Sketch(Inline):
    r"""One walk over a text: ``faults`` in the order in which they were met, ``blanks`` the harmless tabs.

    >>> [(fault.message, fault.line, fault.column) for fault in Sketch("a: 1\nb：2\nc: 3").faults]
    [('full-width-colon', 2, 2)]
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._levels: list[_Level] = []
        self._awaits = True
        self._plain = False
        self._root: tuple[int, int] | None = None
        self._literal: int | None = None
        self._ended = False
        self._row = 0
        while self._row < len(self.lines):
            row = self._row
            self._block_line(row)
            self._row = max(self._row, row) + 1

    @property
    def _parent(self) -> int:
        """The column of the key or dash that holds what is read; -1 at the root."""
        return self._levels[-1].column if self._levels else -1

    # Lines of block style

    def _block_line(self, row: int) -> None:
        line = self.lines[row]
        column = LEAD.match(line).end()  # type: ignore[union-attr]  # it matches the empty text too
        lead = line[:column]
        if not line.strip(" \t") or line.startswith("#", column):
            self._blanks_from(row, 0)
            return
        if line.startswith(("---", "...")) and line[3:4] in ("", " ", "\t"):
            self._levels, self._awaits, self._plain, self._root = [], True, False, None
            self._ended = line.startswith("...")
            if self._is_over(line, 3):
                self._blanks_from(row, 3)
            return
        if self._ended:
            self._note("yaml-feature", "yaml-document", row, column)
            self._ended = False
        if lead.strip(" ") and not self._indented_text(row, lead):
            self._odd_blank(row, len(lead) - len(lead.lstrip(" ")), "indent")
        if column == len(line):
            return
        while line.startswith("-", column) and line[column + 1 : column + 2] in ("", " ", "\t"):
            column = self._dash(row, column)
            if column < 0:
                return
        self._entry(row, column)

    def _indented_text(self, row: int, lead: str) -> bool:
        """Whether odd blanks in front of a line belong to a text that goes on."""
        spaces = len(lead) - len(lead.lstrip(" "))
        return self._plain and "\t" not in lead and spaces > (self._parent) and self._key(row, len(lead)) is None

    def _dash(self, row: int, column: int) -> int:
        """An entry of a list; the column of what it holds, or -1 where that stands on the next lines."""
        line = self.lines[row]
        levels = self._levels
        popped = False
        while levels and levels[-1].column > column:
            levels.pop()
            popped = True
        top = levels[-1] if levels else None
        if top is None or top.kind != "list" or top.column != column:
            if popped or not self._awaits:
                message = "dash-in-text" if self._plain and not popped else "indent-mixed"
                self._note("syntax", message, row, column)
            if levels:
                levels[-1].last_empty = False
            levels.append(_Level(column, "list"))
        self._awaits, self._plain = True, False
        end = self._blanks_from(row, column + 1)
        return -1 if end >= len(line) or line[end] == "#" else end

    def _entry(self, row: int, column: int) -> None:
        colon = self._key(row, column)
        if colon is not None:
            self._keyed(row, column, colon)
            return
        inner = self._parent
        if self._plain and column > inner:
            self._inside_plain(row, column)
        elif self._root is not None:
            self._note("syntax", "text-after-end", self._root[0], self._root[1])
        elif self._awaits and column > inner:
            if not self._levels or self._heads_lines(row, column):
                self._slip(row, column, at_root=True)
            else:
                self._slip_blank(row, column)
            self._value(row, column)
        elif self._awaits and self._literal is None and column == inner and self._levels[-1].kind == "map":
            self._slip(row, column)
        elif self._literal is not None:
            self._note("syntax", "block-not-deeper", row, column)
        else:
            self._slip(row, column)

    def _heads_lines(self, row: int, column: int) -> bool:
        """Whether the next line is a line ``key: …`` no further out than this one."""
        for line in self.lines[row + 1 :]:
            if line.strip():
                at = len(line) - len(line.lstrip(" "))
                return at >= column and self._key_in(line, at) is not None
        return False

    def _bullet(self, row: int, column: int) -> bool:
        """Whether something else stands where the dash of a list should, or no blank behind the dash."""
        line = self.lines[row]
        char = line[column]
        if char in "－＃":
            self._note("full-width", "full-width-mark", row, column, char=char, ascii=ascii_of(char))
        elif line.startswith("//", column):
            self._note("syntax", "comment-slashes", row, column)
        elif char in _BULLETS and line[column + 1 : column + 2] in (" ", "\t"):
            self._note("syntax", "bullet", row, column, char=char)
        elif char == "-" and (self._awaits or self._in_list(column)):
            self._note("missing-space", "missing-space-dash", row, column)
        else:
            return False
        return True

    def _in_list(self, column: int) -> bool:
        """Whether a list is open whose dashes stand in this column."""
        return any(level.kind == "list" and level.column == column for level in self._levels)

    def _slip(self, row: int, column: int, *, at_root: bool = False) -> None:
        """A line that stands where ``key: value`` should."""
        line = self.lines[row]
        if self._bullet(row, column):
            return
        if line.startswith("```", column):
            self._note("syntax", "markdown-fence", row, column)
        elif found := _SLIP.match(line, column):
            if found[2]:
                self._note("full-width", "full-width-colon", row, found.start(2), key=found[1])
            elif found[4]:
                self._odd_blank(row, found.start(4), "value")
            else:
                self._note("missing-space", "missing-space", row, found.start(5), key=found[1])
        elif not (at_root and line[column] in "\"'[{&*!|>%@`"):
            self._note("syntax", "no-colon", row, column, text=line[column:].strip())

    def _slip_blank(self, row: int, column: int) -> None:
        """``every:　quarter`` as the first line of a mapping."""
        if (found := _SLIP.match(self.lines[row], column)) and found[4]:
            self._odd_blank(row, found.start(4), "value")

    def _key(self, row: int, column: int) -> int | None:
        """The column of the colon behind the key that begins here; None where no key does."""
        return self._key_in(self.lines[row], column)

    def _key_in(self, line: str, column: int) -> int | None:
        if column >= len(line):
            return None
        char = line[column]
        if char in "\"'":
            end = self._quote_end(line, column)
            if end is None:
                return None
            colon = len(line) - len(line[end:].lstrip(" \t"))
            return colon if COLON.match(line, colon) else None
        if char in "[{&*!|>%@`,]}" or (char == "?" and line[column + 1 : column + 2] in ("", " ", "\t")):
            return None
        comment = _COMMENT.search(line, column)
        found = COLON.search(line, column, comment.start() + 1 if comment else len(line))
        return found.start() if found else None

    def _keyed(self, row: int, column: int, colon: int) -> None:
        """Reads a line ``key: …``: whether it stands at a depth that is open, and what follows the colon."""
        line = self.lines[row]
        inner = self._parent
        if self._root is not None:
            self._note("syntax", "text-after-end", self._root[0], self._root[1])
        self._check_key(row, column, colon)
        if column > inner and self._levels and not self._awaits:
            self._too_deep(row, column)
            if self._plain:
                return
        elif column > inner and not self._levels and self._plain:
            self._note("syntax", "no-colon", row, column)
        if column > inner and self._levels:
            self._levels[-1].last_empty = False
        level = self._level_for(row, column)
        level.before_empty, level.last = level.last_empty, (row, column)
        level.entries += 1
        end = self._blanks_from(row, colon + 1)
        level.last_empty = self._awaits = end >= len(line) or line[end] == "#"
        self._plain, self._literal = False, None
        if not self._awaits:
            self._value(row, end)

    def _check_key(self, row: int, column: int, colon: int) -> None:
        """What may be wrong with the key itself."""
        line = self.lines[row]
        if colon == column:
            self._note("syntax", "key-absent", row, column)
        if (tab := line.find("\t", column, colon)) >= 0:
            self._note("tab", "tab-inside", row, tab, certain=True)
        if line[column] == '"':
            self._escapes(line[column + 1 : colon], row, column, row, column + 1)
        self._bullet(row, column)
        joined = _JOINED_BRACKET.match(line, column, colon)
        if joined and joined[1]:
            self._note("missing-space", "missing-space", row, joined.start(1), key=line[column : joined.start(1)])
        elif joined:
            self._note("full-width", "full-width-colon", row, joined.start(2), key=line[column : joined.start(2)])

    def _level_for(self, row: int, column: int) -> _Level:
        levels = self._levels
        deepest = self._parent
        first = levels[0] if levels else None
        while levels and (levels[-1].column > column or (levels[-1].column == column and levels[-1].kind == "list")):
            levels.pop()
        if levels and levels[-1].column == column:
            return levels[-1]
        if not levels and first is not None and first.entries == 1 and first.kind == "map":
            # All other lines begin further out than the first: it is the first that is indented.
            self._note("syntax", "indent-mixed", *first.last)
        elif deepest > column or (levels and not self._awaits):
            self._note("syntax", "indent-mixed", row, column)
        levels.append(_Level(column, "map"))
        return levels[-1]

    def _too_deep(self, row: int, column: int) -> None:
        """A key deeper than the one before, which has its value: decides which of the two lines is wrong."""
        level = self._levels[-1]
        if level.kind == "map" and level.before_empty:
            self._note("syntax", "indent-missing", *level.last)
        elif level.kind == "map" and level.entries == 1 and self._odd_one_out(row, column, level.column):
            self._note("syntax", "indent-mixed", *level.last)
        else:
            self._note("syntax", "indent-too-deep", row, column)

    def _odd_one_out(self, row: int, column: int, other: int) -> bool:
        """Whether the next line, too, begins in this column, and none in the other, before one further out."""
        columns = []
        for line in self.lines[row + 1 :]:
            if line.strip(" \t"):
                at = len(line) - len(line.lstrip(" "))
                if at < other:
                    break
                columns.append(at)
        return column in columns and other not in columns

    # Values

    def _value(self, row: int, column: int) -> None:
        line = self.lines[row]
        char = line[column]
        self._awaits = self._plain = False
        self._literal = None
        following = line[column + 1 : column + 2]
        if not self._levels:
            self._root = (row, column)
        if char in "\"'":
            self._quoted_value(row, column)
        elif char in "[{":
            self._flow_value(row, column)
        elif char in "|>":
            if found := _HEADER.match(line, column):
                self._blanks_from(row, found.end(1))
                self._block_text(row)
            else:
                self._note("syntax", "text-begins-with", row, column, char=char)
        elif char in "&*!":
            self._feature(row, column)
            self._plain = True
        elif char in "%@`,]}" or (char in "-?:" and following in ("", " ", "\t")):
            message = "bracket-extra" if char in "]}" else "text-begins-with"
            self._note("syntax", message, row, column, char=char)
        else:
            self._plain, self._root = True, None
            self._inside_plain(row, column)

    def _inside_plain(self, row: int, column: int) -> None:
        """Text without quotes: what may not stand in it."""
        line = self.lines[row]
        comment = _COMMENT.search(line, column + 1)
        end = comment.start() if comment else len(line)
        text = line[column:end].rstrip(" \t")
        self.blanks += [(row, at) for at in range(column + len(text), end + 1) if line[at : at + 1] == "\t"]
        if "\t" in text and not self._levels and column == 0:
            self._note("wrong-type", "table-pasted", row, 0, certain=True)
        elif "\t" in text:
            self._note("tab", "tab-inside", row, column + text.index("\t"), certain=True)
        colon = COLON.search(line, column, column + len(text))
        if colon or text.endswith(":"):
            at = colon.start() if colon else column + len(text) - 1
            if text[0] in _FULL_WIDTH_OPENING:
                self._note("full-width", "full-width-mark", row, column, char=text[0], ascii=ascii_of(text[0]))
            else:
                self._note("syntax", "colon-in-text", row, at)

    def _block_text(self, row: int) -> None:
        """Passes over a text behind ``|`` or ``>``; it ends with the first line that is not deeper."""
        parent = self._parent
        first = None
        at = row + 1
        while at < len(self.lines):
            line = self.lines[at]
            indent = len(line) - len(line.lstrip(" "))
            is_out = indent <= parent or (first is not None and indent < first)
            if is_out and not line.strip(" \t"):
                # Meant to be empty: a tab is no indent.
                self._blanks_from(at, 0)
            elif line.strip(" "):
                if is_out:
                    break
                first = indent if first is None else first
            at += 1
        self._row = at - 1
        self._literal = row
        self._root = None

    def _quoted_value(self, row: int, column: int) -> None:
        if (left := self._left(self._quoted(row, column, self._parent))) is None:
            return
        line, at, rest = left
        if rest[0] in ",;]}":
            self._note("syntax", "text-after-quote", self._row, at, text=rest[0])
        elif COLON.match(line, at):
            self._note("syntax", "colon-in-text", self._row, at)
        elif line.rstrip().endswith(line[at - 1]):
            self._note("syntax", "quote-inside", self._row, at - 1, char=line[at - 1])
        else:
            self._note("syntax", "text-after-quote", self._row, at, text=rest)

    def _left(self, end: tuple[int, int] | None) -> tuple[str, int, str] | None:
        """The line on which a text or a bracket ends, where more stands, and what; None where nothing does."""
        if end is None:
            self._row = len(self.lines)
            return None
        self._row, behind = end
        line = self.lines[self._row]
        if self._is_over(line, behind):
            self._blanks_from(self._row, behind)
            return None
        rest = line[behind:].lstrip(" \t")
        return line, len(line) - len(rest), rest.rstrip(" \t")

    @staticmethod
    def _is_over(line: str, column: int) -> bool:
        """Whether nothing but blanks and a comment stands there."""
        rest = line[column:].lstrip(" \t")
        return not rest or (rest.startswith("#") and line[column] in " \t")

    def _flow_value(self, row: int, column: int) -> None:
        if (left := self._left(self._flow(row, column, self._parent))) is None:
            return
        line, at, rest = left
        if rest[0] in "]}":
            self._note("syntax", "bracket-extra", self._row, at, char=rest[0])
        elif rest[0] in ",;":
            self._note("syntax", "text-after-quote", self._row, at, text=rest[0])
        elif COLON.match(line, at):
            self._note("yaml-feature", "yaml-complex-key", row, column)
        else:
            self._note("syntax", "text-after-bracket", row, column)
