"""YAML events to nodes: the only module that knows PyYAML, and that only up to its event stream.

YAML's resolver and constructor would turn ``no`` into False, ``010`` into 8 and ``17:30`` into 1050, and die
on ``2026-02-30``; its composer drops the first of two equal keys. So scalars stay text, and what YAML offers
beyond mappings, lists and scalars is refused: anchors, aliases, tags, merge keys, directives, documents.
"""

import re
import unicodedata
from typing import Any, Literal, NoReturn, cast

import yaml

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading import syntax
from cyclekit.reading.characters import PLACEHOLDER, invisible_in, odd_characters, shown_char
from cyclekit.reading.limits import Limits
from cyclekit.reading.nodes import Listing, Mapping, Node, Scalar
from cyclekit.reading.source import Source

Parser = Literal["auto", "c", "pure"]

#: A question mark where a key may stand. Only a file that has one is looked at for ``? key``.
_QUESTION = re.compile(r"(?:^|[\s,\[{])\?(?=\s|$)", re.MULTILINE)
_QUESTION_BEFORE = re.compile(r"(?:^[ \t-]*|[,\[{][ \t]*)(\?)[ \t?]*\Z")
#: A question mark that begins no key. PyYAML's own parser ends a plain text in brackets at each of them.
_INNER_QUESTION = re.compile(r"([^\s,\[\]{}:?\-][ \t]*|(?<=[^\s,\[\]{}])-)(\?+)")
_QUESTION_MARK = "\U0010ffff"
#: `` #3``: a blank, and a comment that begins at once.
_COMMENT_AT_ONCE = re.compile(r"[^\s#] #[^\s#]")


def has_c_parser() -> bool:
    """Whether PyYAML was built with libyaml here."""
    return hasattr(yaml, "CSafeLoader")


def read_nodes(
    source: Source, *, parser: Parser = "auto", limits: Limits = Limits()
) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a text, and everything that is wrong with its characters and its YAML.

    * A refused character, a text that is too long, a key that stands twice: an error each, and still a tree.
      What the character spoilt is marked ``faulty``; of two equal keys the first stays.
    * Text that is no YAML, or YAML that shows a slip (a missing space, a tab, a full-width colon): one error,
      at what has to be changed, and None.
    * Anchors, aliases, tags, merge keys, directives, documents, complex keys; too deep, too many nodes: one
      error, and None.
    * Nothing but blanks and comments: ``empty``, and None.

    ``parser`` chooses PyYAML's C parser or the one in Python; ``auto`` takes the first there is. Both give
    the same tree. Raises ValueError for ``parser="c"`` where there is no C parser.

    >>> read_nodes(Source("a.yaml", "id: no"))
    (Mapping([(Scalar('id', 1:1), Scalar('no', 1:5))]), [])
    """
    if parser == "c" and not has_c_parser():
        raise ValueError(parser)
    pure = parser == "pure" or not has_c_parser()
    if pure and (size := len(source.text.encode("utf-8", "replace"))) > limits.pure_bytes:
        values = {"limit": str(limits.pure_bytes), "setting": "pure_bytes", "found": str(size)}
        return None, [Diagnostic("limit", "limit-pure-bytes", Place(source.name, 1, 1), values)]
    problems, text = without_refused(source)
    text, slip = syntax.before_parsing(source, text)
    spoilt = any(problem.is_error for problem in problems)
    if slip is not None:
        return None, problems if spoilt else [*problems, slip]
    if pure and "?" in text:
        text = _INNER_QUESTION.sub(lambda found: found[1] + _QUESTION_MARK * len(found[2]), text)
    composer = _Composer(source, limits, problems, spoilt=spoilt)
    try:
        root = composer.compose(text, yaml.SafeLoader if pure else yaml.CSafeLoader)
    except _Refused as refused:
        return None, problems if spoilt else [*problems, refused.diagnostic]
    except yaml.MarkedYAMLError as failure:
        # Where a character was refused, the rest may be unreadable on its account: one error is enough.
        return None, problems if spoilt else [*problems, syntax.explained(source, text, *_failed_at(failure))]
    except (ValueError, OverflowError):
        # What PyYAML's own parser lets through from chr(), for an escape that is no character.
        return None, problems if spoilt else [*problems, syntax.no_character(source)]
    slip = syntax.after_parsing(source, root)
    if slip is not None:
        return None, problems if spoilt else [*problems, slip]
    return root, [*problems, *composer.warnings(root)]


def _failed_at(failure: yaml.MarkedYAMLError) -> tuple[int, int, str]:
    mark = failure.problem_mark or failure.context_mark
    return (mark.line + 1, mark.column + 1, failure.problem or "") if mark else (1, 1, failure.problem or "")


def without_refused(source: Source) -> tuple[list[Diagnostic], str]:
    """The refused characters of a text, the first of each line; and the text with a mark in place of each."""
    problems: list[Diagnostic] = []
    text = source.text
    refused: list[int] = []
    line, begin, last = 1, 0, 0
    told: set[str] = set()
    for odd in odd_characters(text):
        if odd.code != "unusual-char":
            refused.append(odd.offset)
        # Counted on from the last one: a file may hold a million of them.
        if passed := text.count("\n", last, odd.offset):
            line, begin = line + passed, text.rindex("\n", last, odd.offset) + 1
            told.clear()
        last = odd.offset
        if odd.code not in told:
            told.add(odd.code)
            place = Place(source.name, line, odd.offset - begin + 1)
            message = "lone-return" if odd.char == "\r" else odd.code
            problems.append(Diagnostic(odd.code, message, place, {"char": shown_char(odd.char)}))
    if refused:
        marked = list(text)
        for offset in refused:
            marked[offset] = PLACEHOLDER
        text = "".join(marked)
    return problems, text


class _Refused(Exception):  # noqa: N818 - ends the composing of one file, never leaves this module
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _Composer:
    """Events of one text to one tree, without recursion; notes problems that leave a tree in ``problems``."""

    def __init__(self, source: Source, limits: Limits, problems: list[Diagnostic], *, spoilt: bool) -> None:
        self.source = source
        self.limits = limits
        self.problems = problems
        self.spoilt = spoilt
        self.questions = "?" in source.text and _QUESTION.search(source.text) is not None
        self.escapes = "\\" in source.text
        self.special = spoilt or self.escapes or "?" in source.text
        self.over_lines: list[Diagnostic] = []
        self.twice: list[Mapping] = []
        self.repeated: set[int] = set()

    def compose(self, text: str, loader: type[Any]) -> Node:  # noqa: C901, PLR0912, PLR0915 - one loop, hot
        """The root. Raises _Refused with the one diagnostic that ends it, and what PyYAML raises."""
        limit, depth_limit, text_limit = self.limits.nodes, self.limits.depth, self.limits.text
        special = self.special
        count = 0
        top = Listing([], 1, 1, flow=False)
        stack: list[tuple[Listing | Mapping, dict[str, Scalar] | None, Scalar | None]] = []
        # The open list or mapping; the keys of the mapping so far; the key that waits for its value.
        node: Listing | Mapping = top
        append: Any = top.items.append
        keys: dict[str, Scalar] | None = None
        key: Scalar | None = None
        events: Any = yaml.parse(text, Loader=loader)
        scalar_event, mapping_event, list_event = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        for event in events:
            kind = type(event)
            child: Node
            if kind is scalar_event:
                count += 1
                start, end, value, style = event.start_mark, event.end_mark, event.value, event.style
                line, column = start.line + 1, start.column + 1
                if event.tag is not None or event.anchor is not None:
                    self._feature(event.tag, event.anchor, line, column)
                if style == '"' or style == "'":  # noqa: PLR1714 - hot
                    scalar = Scalar(value, line, column, end.column + 1 - column, plain=False)
                elif style == "|" or style == ">":  # noqa: PLR1714
                    scalar = Scalar(value, line, column, 1, plain=False, block=True)
                else:
                    scalar = Scalar(value, line, column, end.column + 1 - column, plain=True)
                if end.line >= line:
                    self._over_lines(scalar)
                if special:
                    self._check_characters(scalar, quoted=style == '"')
                if len(value) > text_limit and not scalar.faulty:
                    self._too_long(scalar)
                child = scalar
                if keys is not None and key is None:
                    value = scalar.text
                    if value in keys or not value.isascii() or (scalar.plain and value in ("", "<<")):
                        self._check_key(scalar, keys, node)
                    else:
                        keys[value] = scalar
                        if self.questions:
                            self._check_question(line, column)
                    key = scalar
                    continue
            elif kind is mapping_event or kind is list_event:
                count += 1
                start = event.start_mark
                line, column = start.line + 1, start.column + 1
                if event.anchor is not None or event.tag is not None:
                    self._feature(event.tag, event.anchor, line, column)
                if keys is not None and key is None:
                    self._complex_key(line, column)
                if len(stack) >= depth_limit:
                    self._refuse("limit", "limit-depth", line, column, limit=str(depth_limit), setting="depth")
                if count > limit:
                    self._refuse("limit", "limit-nodes", line, column, limit=str(limit), setting="nodes")
                stack.append((node, keys, key))
                key = None
                if kind is mapping_event:
                    node, keys = Mapping([], line, column, flow=bool(event.flow_style)), {}
                else:
                    node, keys = Listing([], line, column, flow=bool(event.flow_style)), None
                append = node.entries.append if keys is not None else node.items.append  # type: ignore[union-attr]
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                child = node
                node, keys, key = stack.pop()
                append = node.items.append if keys is None else node.entries.append  # type: ignore[union-attr]
            else:
                self._other_event(event, event.start_mark.line + 1, event.start_mark.column + 1, top)
                continue
            if keys is None:
                append(child)
            else:
                if node.flow and type(child) is Scalar and child.absent:
                    self._behind_colon(cast("Scalar", key), child)
                append((key, child))
                key = None
            if count > limit:
                self._refuse("limit", "limit-nodes", child.line, child.column, limit=str(limit), setting="nodes")
        if not top.items or (isinstance(root := top.items[0], Scalar) and root.absent):
            self._refuse("empty", "empty-file", 1, 1)
        for mapping in {id(mapping): mapping for mapping in self.twice}.values():
            mapping.entries = [entry for entry in mapping.entries if id(entry[0]) not in self.repeated]
        return top.items[0]

    def _behind_colon(self, key: Scalar, value: Scalar) -> None:
        """Sets where an absent value in braces stands: libyaml tells the bracket or comma that follows it."""
        line = self.source.line(key.line)
        end = key.column - 1 + key.width
        colon = len(line) - len(line[end:].lstrip(" \t"))
        value.line, value.column, value.width = key.line, (colon + 2 if line[colon : colon + 1] == ":" else end + 1), 0

    def _other_event(self, event: object, line: int, column: int, top: Listing) -> None:
        """Documents, directives and aliases: the rare events, and the ones that are refused."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-feature", "yaml-alias", line, column, name=str(event.anchor))
        if isinstance(event, yaml.DocumentStartEvent):
            if event.version or event.tags:
                self._refuse("yaml-feature", "yaml-directive", line, column)
            if top.items:
                self._refuse("yaml-feature", "yaml-document", line, column)

    def _feature(self, tag: str | None, anchor: str | None, line: int, column: int) -> NoReturn:
        if tag is not None:
            self._refuse("yaml-feature", "yaml-tag", line, column, name=tag)
        self._refuse("yaml-feature", "yaml-anchor", line, column, name=str(anchor))

    def _check_key(self, scalar: Scalar, keys: dict[str, Scalar], node: Node) -> None:
        """A key that is not plain ASCII, or was there before. Keys compare as Unicode NFC."""
        text = scalar.text
        if scalar.absent and not scalar.faulty:
            self._refuse("syntax", "key-absent", scalar.line, scalar.column)
        if scalar.plain and text == "<<":
            self._refuse("yaml-feature", "yaml-merge", scalar.line, scalar.column)
        if self.questions:
            self._check_question(scalar.line, scalar.column)
        name = self.source.name
        if not scalar.faulty and (offset := invisible_in(text)) is not None:
            at = Place(name, scalar.line, scalar.column + offset)
            place = at if scalar.plain else scalar.place(name)
            values = {"char": shown_char(text[offset])}
            self.problems.append(Diagnostic("invisible-char", "invisible-char", place, values))
            scalar.faulty = True
        composed = text if text.isascii() else unicodedata.normalize("NFC", text)
        first = keys.setdefault(composed, scalar)
        if first is not scalar:
            assert isinstance(node, Mapping)  # noqa: S101 - only a mapping has keys
            # A dash left out of a list repeats a whole run of keys: the first of them is enough.
            if not (node.entries and id(node.entries[-1][0]) in self.repeated):
                message = "duplicate-key" if first.text == text else "duplicate-key-twin"
                related = (first.place(name),)
                self.problems.append(Diagnostic("duplicate-key", message, scalar.place(name), {"key": text}, related))
            self.repeated.add(id(scalar))
            self.twice.append(node)

    def _check_question(self, line: int, column: int) -> None:
        """Refuses ``? key``: the parser gives the key alone, so the text in front of it is looked at."""
        before = self.source.line(line)[: column - 1]
        while not before.strip(" \t") and line > 1:
            line -= 1
            before = self.source.line(line)
            if before.lstrip(" \t").startswith("#"):
                before = ""
        if found := _QUESTION_BEFORE.search(before):
            self._refuse("yaml-feature", "yaml-complex-key", line, found.start(1) + 1)

    def _complex_key(self, line: int, column: int) -> NoReturn:
        self._check_question(line, column)
        self._refuse("yaml-feature", "yaml-complex-key", line, column)

    def _over_lines(self, scalar: Scalar) -> None:
        """A scalar that ends on another line: its width is that of its first, and without quotes it is doubtful."""
        line = self.source.line(scalar.line)
        if scalar.block:
            scalar.width = len(line[scalar.column - 1 :].split(maxsplit=1)[0])
            return
        scalar.width = max(1, len(line.rstrip()) - scalar.column + 1)
        if scalar.plain:
            place = scalar.place(self.source.name)
            self.over_lines.append(Diagnostic("text-over-lines", "text-over-lines", place))

    def _check_characters(self, scalar: Scalar, *, quoted: bool) -> None:
        """What stands for a refused character is taken out again; escapes are held to the rules of characters."""
        text = scalar.text
        if _QUESTION_MARK in text:
            scalar.text = text = text.replace(_QUESTION_MARK, "?")
        if self.spoilt and PLACEHOLDER in text:
            scalar.faulty = True
            scalar.text = text = text.replace(PLACEHOLDER, "")
        if not (quoted and self.escapes):
            return
        raw = self.source.text
        refused = ""
        told: set[str] = set()
        # A carriage return that was escaped is none that ends a line of the file.
        for odd in odd_characters(text.replace("\r\n", "\r\r\n")):
            if odd.code == "unusual-char" and odd.char in raw:
                continue
            if odd.char not in refused:
                refused += odd.char
                if odd.code not in told:
                    told.add(odd.code)
                    place = scalar.place(self.source.name)
                    message = f"{odd.code}-escaped"
                    self.problems.append(Diagnostic(odd.code, message, place, {"char": shown_char(odd.char)}))
                    scalar.faulty = scalar.faulty or odd.code != "unusual-char"
        if scalar.faulty:
            scalar.text = "".join(char for char in text if char not in refused)

    def _too_long(self, scalar: Scalar) -> None:
        values = {"limit": str(self.limits.text), "setting": "text", "found": str(len(scalar.text))}
        self.problems.append(Diagnostic("limit", "limit-text", scalar.place(self.source.name), values))
        scalar.faulty = True

    def warnings(self, root: Node) -> list[Diagnostic]:
        """What a reader should know of a file that could be read: texts over lines, texts cut short."""
        if isinstance(root, Scalar):
            return []
        found = self.over_lines
        ends: dict[tuple[int, int], Scalar] | None = None
        for match in _COMMENT_AT_ONCE.finditer(self.source.text):
            ends = _ends(root) if ends is None else ends
            place = self.source.place_at(match.end() - 2)
            scalar = ends.get((place.line, place.column - 1))
            # One word is a value with its comment; a title has Chinese text or several words.
            if scalar is not None and (" " in scalar.text or not scalar.text.isascii()):
                found.append(Diagnostic("text-cut-short", "text-cut-short", place, {"text": scalar.text}))
        return found

    def _refuse(self, code: str, message: str, line: int, column: int, **values: str) -> NoReturn:
        raise _Refused(Diagnostic(code, message, Place(self.source.name, line, column), values))


def _ends(root: Node) -> dict[tuple[int, int], Scalar]:
    """The plain scalars that are values, by line and the column behind them."""
    ends: dict[tuple[int, int], Scalar] = {}
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, Listing):
            open_nodes += node.items
        elif isinstance(node, Mapping):
            open_nodes += (value for _, value in node.entries)
        elif isinstance(node, Scalar) and node.plain:
            ends[node.line, node.column + node.width] = node
    return ends
