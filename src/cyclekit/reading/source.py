"""Bytes to text: UTF-8 or a diagnostic that names what the file is instead.

Windows programs save Chinese text as GBK ("ANSI") or UTF-16, and files get renamed to ``.yaml``. Such a file
is refused, its encoding named and its line still shown as its author sees it.
"""

import re
from functools import cached_property

import attrs

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.foreign import ambiguous_in, foreign_format, guessed_encoding, wide_encoding
from cyclekit.reading.limits import Limits

_UTF8_BOM = b"\xef\xbb\xbf"
#: How much of a file that is too large is kept, to show its first lines.
_HEAD = 4096


@attrs.frozen
class Source:
    r"""One file's text. ``name`` is what diagnostics call it; ``text`` has no BOM and is otherwise as written.

    >>> Source("a.yaml", "id: a\r\ntitle: b").line(1)
    'id: a'
    """

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends. Only LF and CRLF end a line; a line past the end is no error of ours."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def line(self, number: int) -> str:
        """The line of this number, counted from 1; empty for a number that the file does not have."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def place_at(self, offset: int, width: int = 1) -> Place:
        """The place of the character at this offset of the text."""
        line = self.text.count("\n", 0, offset) + 1
        return Place(self.name, line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1, width)


def decode(name: str, data: bytes, *, limits: Limits = Limits()) -> tuple[Source, list[Diagnostic]]:
    """The text of a file, and what is wrong with its bytes.

    * Too large a file: ``limit``, at 1:1; the source then holds its head only.
    * A spreadsheet, a PDF, an archive, an image; UTF-16 and UTF-32: ``encoding``, at 1:1.
    * Bytes that are no UTF-8: ``encoding``, at the first of them, with the likely encoding; the source holds
      the lines decoded as well as can be.
    * UTF-8 that reads as Chinese when taken for GBK: the warning ``encoding-ambiguous``, at the first such text.

    Whatever it is, no exception is raised.

    >>> source, problems = decode("a.yaml", "title: 季度".encode("gbk"))
    >>> source.text, problems[0].code, problems[0].values["encoding"]
    ('title: 季度', 'encoding', 'GBK')
    """
    start = Place(name, 1, 1)
    if len(data) > limits.bytes:
        values = {"limit": str(limits.bytes), "setting": "bytes", "found": str(len(data))}
        head = Source(name, data[:_HEAD].decode("utf-8", "replace"))
        return head, [Diagnostic("limit", "limit-bytes", start, values)]
    if wide := wide_encoding(data):
        text = data.decode(wide.lower(), "replace").removeprefix("\ufeff")
        return Source(name, text), [Diagnostic("encoding", "encoding-wide", start, {"encoding": wide})]
    if kind := foreign_format(data):
        return Source(name, _printable(data)), [Diagnostic("encoding", kind, start)]
    body = data.removeprefix(_UTF8_BOM)
    try:
        source = Source(name, body.decode("utf-8"))
    except UnicodeDecodeError as failure:
        return _not_utf8(name, body, failure.start)
    offset = ambiguous_in(source.text, body)
    if offset is None:
        return source, []
    line = source.line(source.place_at(offset).line)
    values = {"text": line.strip(), "other": line.encode().decode("gbk", "replace").strip()}
    return source, [Diagnostic("encoding-ambiguous", "encoding-ambiguous", source.place_at(offset), values)]


def _not_utf8(name: str, body: bytes, at: int) -> tuple[Source, list[Diagnostic]]:
    before = Source(name, body[:at].decode("utf-8"))
    place = before.place_at(len(before.text))
    raw = body.split(b"\n")
    broken = [line for line in raw if not _is_utf8(line)]
    encoding = guessed_encoding(b"\n".join(broken))
    codec = encoding.lower() if encoding else "latin-1"
    lines = [line.decode("utf-8") if _is_utf8(line) else line.decode(codec, "replace") for line in raw]
    source = Source(name, "\n".join(lines))
    values = {"byte": f"0x{body[at]:02X}"}
    if not encoding:
        return source, [Diagnostic("encoding", "encoding-unknown", place, values)]
    values |= {"encoding": encoding, "text": source.line(place.line).strip()}
    return source, [Diagnostic("encoding", "encoding-other", place, values)]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _printable(data: bytes) -> str:
    """The head of a binary file, harmless to show."""
    return re.sub(r"[^\x20-\x7e]", ".", data[:60].decode("latin-1"))
