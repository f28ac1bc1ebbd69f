"""Quotes and brackets of a YAML text, followed even where they do not match: one half of a :class:`Sketch`."""

import re

import attrs

from cyclekit.reading.characters import IDEOGRAPHIC_SPACE, ODD_BLANK, shown_char

LEAD = re.compile(f"(?:[ \t]|{ODD_BLANK})*")
COLON = re.compile(r":(?=[ \t]|$)")
_NAME = re.compile(r"([&*][A-Za-z0-9_-]+)|(![\x21-\x7e])")
_KEY_LINE = re.compile(r"( *)(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{},#:][^\s\[\]{},#:]*):(?:[ \t]|$)")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0abt\tnvfre \"/\\N_LP]|$)")
_NO_CHARACTER = re.compile(r"\\(?:u[dD][89a-fA-F]|U(?!00(?:0[0-9A-Fa-f]|10))|U0000[dD][89a-fA-F])")
_FLOW_PLAIN = re.compile(r"(?:[^,\[\]{}:# \t]|:(?![ \t,\[\]{}]|$)|(?<![ \t])#|[ \t]+(?![#,\[\]{} \t]|$|:[ \t]))+")
_CLOSING = {"[": "]", "{": "}"}
_FULL_WIDTH_CLOSING = {"[": "］】", "{": "｝", '"': "”＂“", "'": "’＇‘"}
_FULL_WIDTH_COMMA = "，、；"


@attrs.frozen
class Fault:
    """Something that does not fit. ``certain``: a mistake even where a parser can read the file.

    ``line`` and ``column`` count from 1; ``code`` and ``message`` are those of the diagnostic.
    """

    code: str
    message: str
    line: int
    column: int
    values: dict[str, str] = attrs.field(factory=dict)
    certain: bool = False


@attrs.define
class _Open:
    """An open bracket: the character, where it stands, and the entry that is being read."""

    char: str
    row: int
    column: int
    #: Whether the entry has its colon, and what stands since the last comma or colon.
    colon: bool = False
    filled: bool = False
    text: tuple[int, int, str] | None = None


class Inline:
    """The lines of a text, what was found in them so far, and the walk through quotes and brackets."""

    def __init__(self, text: str) -> None:
        self.lines = [line.removesuffix("\r") for line in text.split("\n")]
        self.faults: list[Fault] = []
        #: Row and column (from 0) of tabs that only part one thing from the next, where YAML allows a tab.
        self.blanks: list[tuple[int, int]] = []

    def _note(self, code: str, message: str, row: int, column: int, *, certain: bool = False, **values: str) -> None:
        self.faults.append(Fault(code, message, row + 1, column + 1, values, certain))

    def _odd_blank(self, row: int, column: int, where: str) -> None:
        """A tab or a blank that is none, in front of a line (``indent``) or of a value (``value``)."""
        char = self.lines[row][column]
        if char == "\t":
            self._note("tab", f"tab-{where}", row, column, certain=True)
        elif char == IDEOGRAPHIC_SPACE:
            self._note("full-width", "full-width-space", row, column, certain=True)
        else:
            self._note("invisible-char", "odd-blank", row, column, certain=True, char=shown_char(char))

    def _blanks_from(self, row: int, column: int) -> int:
        """The column behind the blanks that stand here; notes odd ones if something follows them."""
        line = self.lines[row]
        end = LEAD.match(line, column).end()  # type: ignore[union-attr]
        if end < len(line) and line[end] != "#":
            odd = next((at for at in range(column, end) if line[at] != " "), None)
            if odd is not None:
                self._odd_blank(row, odd, "value")
        elif end > column:
            self.blanks += [(row, at) for at in range(column, end) if line[at] == "\t"]
        return end

    def _feature(self, row: int, column: int) -> None:
        """A text that begins with ``&``, ``*`` or ``!``: a feature of YAML, or just a text."""
        line = self.lines[row]
        found = _NAME.match(line, column)
        if found is None:
            self._note("syntax", "text-begins-with", row, column, char=line[column])
        elif found[2]:
            self._note("yaml-feature", "yaml-tag", row, column)
        else:
            message = "yaml-anchor" if line[column] == "&" else "yaml-alias"
            self._note("yaml-feature", message, row, column, name=found[1][1:])

    def _quote_end(self, line: str, column: int) -> int | None:
        """The column behind the quote that closes the one here, on the same line."""
        quote = line[column]
        at = column + 1
        while at < len(line):
            if line[at] == "\\" and quote == '"':
                at += 2
            elif line[at] != quote:
                at += 1
            elif quote == "'" and line[at + 1 : at + 2] == "'":
                at += 2
            else:
                return at + 1
        return None

    def _quoted(self, row: int, column: int, parent: int) -> tuple[int, int] | None:
        """Where the text in quotes ends (row, and column behind the quote); None where it never does."""
        quote = self.lines[row][column]
        at = column
        for current in range(row, len(self.lines)):
            line = self.lines[current]
            if current > row:
                key = _KEY_LINE.match(line)
                if key and len(key[1]) <= parent:
                    break
                line = quote + line
                at = 0
            end = self._quote_end(line, at)
            if quote == '"':
                self._escapes(line[at + 1 : end], row, column, current, at + 1 if current == row else 0)
            if end is not None:
                return current, end if current == row else end - 1
        self._unclosed(quote, row, column)
        return None

    def _escapes(self, text: str, row: int, column: int, current: int, start: int) -> None:
        at = text.find("\\")
        while at >= 0:
            if _NO_CHARACTER.match(text, at):
                self._note("syntax", "escape-no-character", row, column, certain=True)
            if found := _ESCAPE.match(text, at):
                at = text.find("\\", found.end())
            else:
                self._note("syntax", "escape-unknown", current, start + at, text=text[at : at + 2])
                at = text.find("\\", at + 2)

    def _unclosed(self, opening: str, row: int, column: int) -> None:
        line = self.lines[row]
        full = next((at for at in range(column + 1, len(line)) if line[at] in _FULL_WIDTH_CLOSING[opening]), None)
        if full is not None:
            self._note(
                "full-width", "full-width-mark", row, full, char=line[full], ascii=_CLOSING.get(opening, opening)
            )
        else:
            self._note("syntax", "quote-open" if opening in "\"'" else "bracket-open", row, column, char=opening)

    def _flow(self, row: int, column: int, parent: int) -> tuple[int, int] | None:
        """Where the brackets that open here are closed again (row, column behind them); None where they are not.

        ``parent`` is the column of the key they belong to, -1 at the root: a line ``key:`` that is no deeper
        does not belong to them any more.
        """
        stack: list[_Open] = []
        current, at = row, column
        while current < len(self.lines):
            line = self.lines[current]
            if current > row and (key := _KEY_LINE.match(line)) and len(key[1]) <= parent:
                break
            while True:
                at = self._flow_blanks(current, at, stack)
                if at >= len(line):
                    break
                after = self._flow_token(current, at, stack, parent)
                if after is None:
                    return None
                current, at = after
                line = self.lines[current]
                if not stack:
                    return current, at
            current, at = current + 1, 0
        self._unclosed(stack[-1].char, stack[-1].row, stack[-1].column)
        return None

    def _flow_blanks(self, row: int, column: int, stack: list[_Open]) -> int:
        """The column of what comes next on this line; the line's end where only a comment does."""
        line = self.lines[row]
        at = column
        while at < len(line) and line[at] in " \t":
            if line[at] == "\t":
                behind_colon = stack and stack[-1].colon and not stack[-1].filled
                if behind_colon and line[:at].rstrip().endswith(":") and line[at:].strip():
                    self._odd_blank(row, at, "value")
                else:
                    self.blanks.append((row, at))
            at += 1
        return len(line) if line[at : at + 1] == "#" else at

    def _flow_token(self, row: int, at: int, stack: list[_Open], parent: int) -> tuple[int, int] | None:
        """Reads what stands here; None where the rest makes no sense any more."""
        line = self.lines[row]
        char = line[at]
        if char in "[{":
            if stack and not self._begins(row, at, stack[-1]):
                return None
            stack.append(_Open(char, row, at))
            return row, at + 1
        top = stack[-1]
        if char in "]}":
            return self._close(row, at, stack)
        if char == ",":
            if not (top.filled or top.colon):
                self._note("syntax", "comma-extra", row, at)
            top.colon = top.filled = False
            top.text = None
            return row, at + 1
        if char == ":" and (line[at + 1 : at + 2] in ("", " ", "\t", ",", "[", "]", "{", "}") or top.filled):
            return (row, at + 1) if self._flow_colon(row, at, top) else None
        if char in "\"'":
            if not self._begins(row, at, top):
                return None
            return self._quoted(row, at, parent)
        return self._flow_text(row, at, top)

    def _flow_colon(self, row: int, at: int, top: _Open) -> bool:
        """A colon behind a key; whether the rest makes sense still."""
        if top.colon:
            self._second_colon(row, at, top)
            return False
        if not top.filled:
            self._note("syntax", "key-absent", row, at)
        # libyaml wants a blank here, PyYAML's own parser does not.
        if top.text is not None and self.lines[row][at + 1 : at + 2] in (",", "[", "]", "{", "}"):
            self._note("missing-space", "missing-space", row, at, key=top.text[2])
        top.colon, top.filled, top.text = True, False, None
        return True

    def _begins(self, row: int, at: int, top: _Open) -> bool:
        """Whether a value may begin here: after a comma or a colon only."""
        if top.filled:
            self._note("syntax", "comma-missing", row, at)
            return False
        top.filled = True
        return True

    def _close(self, row: int, at: int, stack: list[_Open]) -> tuple[int, int] | None:
        char = self.lines[row][at]
        top = stack[-1]
        if _CLOSING[top.char] == char:
            stack.pop()
            return row, at + 1
        if any(_CLOSING[one.char] == char for one in stack):
            self._unclosed(top.char, top.row, top.column)
        else:
            self._note("syntax", "bracket-wrong", row, at, char=char, expected=_CLOSING[top.char])
        return None

    def _flow_text(self, row: int, at: int, top: _Open) -> tuple[int, int]:
        line = self.lines[row]
        found = _FLOW_PLAIN.match(line, at)
        end = found.end() if found else at + 1
        text = line[at:end]
        if text[0] in "%@`|>:" or text.startswith(("- ", "? ")):
            self._note("syntax", "text-begins-with", row, at, char=text[0])
        elif text[0] in "&*!":
            self._feature(row, at)
        if text.startswith("//"):
            self._note("syntax", "comment-slashes", row, at)
        if "\t" in text:
            self._note("tab", "tab-inside", row, at + text.index("\t"), certain=True)
        if top.filled and top.text is None:
            self._note("syntax", "comma-missing", row, at)
        top.filled, top.text = True, (row, at, text)
        return row, end

    def _second_colon(self, row: int, at: int, top: _Open) -> None:
        """``{month: last day: 20}``: a comma is missing, or is a Chinese one, or the text wants quotes."""
        if top.text is None:
            self._note("syntax", "colon-in-text", row, at)
            return
        where, column, text = top.text
        comma = max(text.rfind(mark) for mark in _FULL_WIDTH_COMMA)
        if comma >= 0:
            self._note("full-width", "full-width-mark", where, column + comma, char=text[comma], ascii=",")
        elif " " in text:
            self._note("syntax", "comma-missing", where, column + text.rindex(" ") + 1)
        else:
            self._note("syntax", "colon-in-text", row, at)
