"""What is wrong with the bytes of a feed, before anything in it is read: line ends, folds, encoding, characters."""

import re
from collections.abc import Iterator

import attrs

from cyclekit.adapters.ical.content import Fault
from cyclekit.adapters.ical.text import LONGEST

BOM = b"\xef\xbb\xbf"
_END = re.compile(rb"\r\n|\n|\r")
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_LONG = re.compile(rb"(?<![^\r\n])[^\r\n]{%d,}" % (LONGEST + 1))
_SPLIT_CHARACTER = re.compile(rb"\n[ \t][\x80-\xbf]")
_SPLIT_ESCAPE = re.compile(rb"\\\r?\n[ \t]")
_BACKSLASH = b"\\"
#: Control characters but the tab and line ends: as single octets, and as UTF-8 those of C1, and the line ends of
#: Unicode, at which some programs break lines.
_CONTROL = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_CONTROLS = re.compile(rb"[%s]|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]" % re.escape(_CONTROL))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SEPARATORS = ("\u2028".encode(), "\u2029".encode())


@attrs.frozen
class Found:
    """Something wrong at an offset of the bytes, so many octets wide."""

    offset: int
    fault: Fault
    width: int = 1


class Octets:
    """The bytes of a feed, and its lines without folds."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        #: Whether every line ends with CR LF.
        self._alike = data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
        self._unfolded = self._without_folds(data.removeprefix(BOM))

    def _without_folds(self, data: bytes) -> bytes:
        if self._alike:
            return data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")
        return _FOLD.sub(b"", data)

    def lines(self) -> list[str]:
        """The lines without folds; every kind of line end counts, and what is not UTF-8 is replaced."""
        text = self._unfolded.decode("utf-8", "replace")
        lines = text.split("\r\n") if self._alike else re.split("\r\n|\n|\r", text)
        # What follows the last line end is no line.
        return lines if lines[-1] else lines[:-1]

    def starts(self) -> list[int]:
        """For each line without folds the number of the line at which it begins, from 1; and one for none at all."""
        lines = _END.split(self.data.removeprefix(BOM))
        return [number for number, line in enumerate(lines, 1) if number == 1 or line[:1] not in (b" ", b"\t")]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1; columns count characters."""
        lines = _END.split(self.data[:offset])
        return len(lines), len(lines[-1].decode("utf-8", "replace")) + 1

    def faults(self) -> Iterator[Found]:
        """Everything that is wrong with the bytes alone."""
        data = self.data
        if data.startswith(BOM):
            yield Found(0, ("feed-bom", {}), len(BOM))
        if not self._alike:
            for each in _BARE.finditer(data):
                yield Found(each.start(), ("feed-bare-end", {"char": "LF" if each[0] == b"\n" else "CR"}))
        if _has_controls(data):
            for each in _CONTROLS.finditer(data):
                yield Found(each.start(), ("feed-control", {"char": f"U+{ord(each[0].decode()):04X}"}))
        if data and not data.endswith((b"\n", b"\r")):
            yield Found(len(data), ("feed-cut-off", {}))
        yield from self._badly_folded()
        try:
            self._unfolded.decode()
        except UnicodeDecodeError:
            yield from self._undecodable()

    def _badly_folded(self) -> Iterator[Found]:
        data = self.data
        if max(map(len, data.split(b"\n"))) > LONGEST:
            for each in _LONG.finditer(data):
                yield Found(each.start() + LONGEST, ("feed-long-line", {"octets": str(len(each[0]))}))
        for each in _SPLIT_CHARACTER.finditer(data):
            yield Found(each.end() - 1, ("feed-split-character", {}))
        for each in _SPLIT_ESCAPE.finditer(data):
            before = data[: each.start() + 1]
            if (len(before) - len(before.rstrip(_BACKSLASH))) % 2:
                yield Found(each.start(), ("feed-split-escape", {}))

    def _undecodable(self) -> Iterator[Found]:
        """The lines that are no UTF-8, each where it begins."""
        start = 0
        for line in re.split(rb"(?<=\n)(?![ \t])", self.data):
            try:
                self._without_folds(line).decode()
            except UnicodeDecodeError:
                yield Found(start, ("feed-encoding", {}))
            start += len(line)


def _has_controls(data: bytes) -> bool:
    if len(data.translate(None, _CONTROL)) != len(data) or _C1.search(data):
        return True
    return any(each in data for each in _SEPARATORS)
