"""Whether a feed is one that calendar programs take: its bytes, and the tables of the RFCs.

Written for calendar programs as they are: some things that an RFC allows are wrong here, as a UID of the calendar,
for which vdirsyncer keeps one event of the whole feed.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cyclekit.adapters.ical.content import Content, read_line
from cyclekit.adapters.ical.familiar import SAMPLE, Familiar, head_of
from cyclekit.adapters.ical.octets import Octets
from cyclekit.adapters.ical.shapes import Placed, component_faults
from cyclekit.adapters.ical.twins import Twins
from cyclekit.adapters.ical.walk import Walk
from cyclekit.diagnostics import Diagnostic, Place, in_order

#: How many lines are remembered as looked at: most lines of a feed stand in others too.
_REMEMBERED = 50_000

_CODES: Mapping[str, str] = MappingProxyType(
    {
        message: code
        for code, messages in {
            "feed-octets": "feed-bom feed-bare-end feed-long-line feed-split-character feed-split-escape feed-control"
            " feed-cut-off feed-encoding",
            "feed-structure": "feed-no-line feed-outside feed-no-end feed-no-begin feed-no-calendar feed-empty"
            " feed-second-calendar feed-misplaced-component feed-unknown-component",
            "feed-property": "feed-missing feed-twice feed-misplaced feed-unknown-property feed-calendar-uid feed-both"
            " feed-without feed-alarm-missing feed-empty-uid feed-duplicate-uid feed-no-organizer feed-no-zone"
            " feed-parameter-twice",
            "feed-value": "feed-bad-value feed-no-such-day feed-not-utc feed-value-unstated feed-value-type"
            " feed-unescaped feed-bad-escape feed-zone-useless feed-unknown-word feed-end-type feed-end-equal"
            " feed-end-before",
        }.items()
        for message in messages.split()
    }
)


def _diagnostic(message: str, values: Mapping[str, str], place: Place) -> Diagnostic:
    return Diagnostic(_CODES[message], message, place, values)


#: Texts without a fault, which need not be told apart.
_PLAIN = re.compile(r"(UID|SUMMARY|DESCRIPTION|LOCATION):(?:[^\\;,]++|\\[\\;,nN])*+")


class Linter:
    """Looks at feeds. One linter is for many of them: it remembers what it has looked at.

    Nearly all lines of a feed stand in it, or in others, many times, so a line that has been seen is looked up; and so
    is an event whose like has been seen.
    """

    def __init__(self) -> None:
        self._lines: dict[str, Content | None] = {}
        self._familiar = Familiar()
        self._twins = Twins(self._familiar.is_plain)
        self._plain: dict[str, Content] = {}
        self._components: dict[tuple[object, ...], tuple[Placed, ...]] = {}

    def check(self, data: bytes, file: str = "") -> tuple[Diagnostic, ...]:
        """Everything that is wrong with a feed, by its place in the file; nothing where all is well."""
        is_known = self._twins.has(data)
        head = head_of(data) if is_known else self._familiar.head(data)
        if not head or not self._familiar.has_head(head):
            if not head or self._read_through(head + SAMPLE, file):
                found = self._read_through(data, file)
                if found:
                    return found
                self._familiar.learn(data)
            if head:
                self._familiar.learn_head(head)
        if not is_known:
            self._twins.learn(data)
        return ()

    def _read_through(self, data: bytes, file: str) -> tuple[Diagnostic, ...]:
        octets = Octets(data)
        found: list[Diagnostic] = []
        for each in octets.faults():
            place = Place(file, *octets.place(each.offset), each.width)
            found.append(_diagnostic(*each.fault, place))
        faults = list(Walk(self._read, self._whole).faults(octets.lines()))
        if faults:
            starts = octets.starts()
            for number, (message, values) in faults:
                width = len(values.get("name", "")) or 1
                found.append(_diagnostic(message, values, Place(file, starts[number], 1, width)))
        return in_order(found)

    def _read(self, text: str) -> Content | None:
        if text in self._lines:
            return self._lines[text]
        if plain := _PLAIN.fullmatch(text):
            name = plain[1]
            return self._plain.get(name) or self._plain.setdefault(name, Content(name, {}, ""))
        if len(self._lines) >= _REMEMBERED:
            self._lines.clear()
        found = self._lines[text] = read_line(text)
        return found

    def _whole(self, component: str, lines: tuple[Content, ...], inner: tuple[str, ...]) -> tuple[Placed, ...]:
        key = (component, lines, inner)
        found = self._components.get(key)
        if found is None:
            if len(self._components) >= _REMEMBERED:
                self._components.clear()
            found = self._components[key] = tuple(component_faults(*key))
        return found
