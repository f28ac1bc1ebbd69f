"""Events as bytes: what units share is escaped and folded once, and each unit's own is put between.

A template is in parts: the UID before and behind the unit's id, the title, and everything from the second line of the
description on. A part that follows what units have of their own begins with a fold, so no octets are counted twice.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import attrs

from cyclekit.adapters.ical.events import Shared
from cyclekit.adapters.ical.properties import component_lines, content_line
from cyclekit.adapters.ical.slotted import Slotted, Slotting
from cyclekit.adapters.ical.text import CRLF, LONGEST, continued, escaped, folded, pieces
from cyclekit.model.roster import Roster, Unit
from cyclekit.words.occurrences import UnitAbove, above_words, whose_line, whose_mark

_NEXT = "\\n"
#: What stands between the parts of a template, as slots of a whole feed.
_ID, _LINE, _ABOVE = 0, 1, 2


@attrs.frozen
class UnitText:
    """What a unit has of its own in every event: its id, the first line of a description, the unit above, its name."""

    id: bytes
    line: bytes
    above: bytes
    mark: bytes

    @classmethod
    def of(cls, roster: Roster, number: int, language: str) -> "UnitText":
        """The texts of a unit, as they stand in a feed."""
        unit = Unit(roster, number)
        line = whose_line(unit, language)
        return cls(
            escaped(unit.id).encode(),
            folded(f"DESCRIPTION:{escaped(line)}") if line else b"",
            continued(escaped(above_words(unit, roster, language))),
            escaped(whose_mark(unit, language)).encode(),
        )

    @property
    def values(self) -> tuple[bytes, bytes, bytes]:
        """What fills the slots of events."""
        return self.id, self.line, self.above


@attrs.frozen(eq=False)
class UnitTexts:
    """What many units have of their own, in columns."""

    each: tuple[UnitText, ...]
    ids: tuple[bytes, ...]
    lines: tuple[bytes, ...]
    aboves: tuple[bytes, ...]
    marks: tuple[bytes, ...]
    longest_id: int
    longest_mark: int
    #: Whether all of them are named, or none.
    are_alike: bool

    @classmethod
    def of(cls, each: Sequence[UnitText]) -> "UnitTexts":
        """The texts of these units, of which there is one at least."""
        ids, marks = tuple(one.id for one in each), tuple(one.mark for one in each)
        lines, aboves = tuple(one.line for one in each), tuple(one.above for one in each)
        longest = max(map(len, ids)), max(map(len, marks))
        return cls(tuple(each), ids, lines, aboves, marks, *longest, len(set(map(bool, lines))) == 1)


@attrs.frozen
class Template:
    """An event, or a task, but for its unit.

    ``rest`` is in parts where the unit above stands between. ``owner`` is the unit whose event it is wherever it
    stands: that of a joint one.
    """

    begin: bytes
    start: bytes
    end: bytes
    mark: bytes
    title: bytes
    summary: bytes
    rest: tuple[bytes, ...]
    owner: UnitText | None = None

    @classmethod
    def of(cls, shared: Shared, owner: UnitText | None, *, named: bool) -> "Template":
        """The template of an event; ``named``: its units have a line of their own in the description."""
        mark, title = escaped(shared.mark), escaped(shared.title)
        return cls(
            f"BEGIN:{shared.component}\r\n".encode(),
            f"UID:{escaped(shared.uid_start)}".encode(),
            escaped(shared.uid_end).encode(),
            b"\r\nSUMMARY:" + mark.encode(),
            title.encode() + CRLF,
            CRLF + folded(f"SUMMARY:{mark}{title}") + CRLF,
            _rest(shared, named=named),
            owner,
        )

    def written(self, unit: UnitText, *, whose: bool) -> tuple[bytes, ...]:
        """The event of a unit, in parts to be joined; ``whose`` has the unit before the title."""
        if self.owner is not None:
            unit = self.owner
        uid = self.start + unit.id + self.end
        if len(uid) > LONGEST:
            uid = pieces(uid, LONGEST)
        summary = self.summary
        if whose:
            summary = self.mark + unit.mark + self.title
            if len(summary) > LONGEST + 2 * len(CRLF):
                summary = CRLF + pieces(summary[len(CRLF) : -len(CRLF)], LONGEST) + CRLF
        rest = self.rest[0] if len(self.rest) == 1 else unit.above.join(self.rest)
        return self.begin, uid, summary, unit.line, rest

    def columns(self, units: UnitTexts, *, whose: bool) -> list[bytes | tuple[bytes, ...]] | None:
        """The same for many units: what all of them have, and columns of what each has for itself, by turns.

        None where a line may have to be broken, or the event is that of another unit.
        """
        if self.owner is not None or len(self.start) + units.longest_id + len(self.end) > LONGEST:
            return None
        title: list[bytes | tuple[bytes, ...]] = [self.end + self.summary]
        if whose:
            if len(self.mark) + units.longest_mark + len(self.title) > LONGEST + 2 * len(CRLF):
                return None
            title = [self.end + self.mark, units.marks, self.title]
        first, *others = self.rest
        rest = [part for other in others for part in (units.aboves, other)]
        return [self.begin + self.start, units.ids, *title, units.lines, first, *rest]


def written_for(templates: Sequence[Template], units: UnitTexts, *, whose: bool) -> bytes:
    """The events of many units, those of each together: in one go where no line is broken for a unit of its own."""
    columns: list[bytes | tuple[bytes, ...]] = []
    for template in templates:
        found = template.columns(units, whose=whose)
        if found is None:
            events = (each.written(unit, whose=whose) for unit in units.each for each in templates)
            return b"".join(chain.from_iterable(events))
        columns += found
    parts = [b"" if isinstance(each, tuple) else each for each in columns] * len(units.each)
    for place, column in enumerate(columns):
        if isinstance(column, tuple):
            parts[place :: len(columns)] = column
    return b"".join(parts)


def slotted(templates: Iterable[Template], unit: UnitText) -> Slotted | None:
    """Events of units whose ids are as long as this one's, in one piece with slots for the texts of a unit.

    None where an id would have a UID broken over lines: then each unit's is broken for itself.
    """
    made = Slotting()
    for each in templates:
        if each.owner is not None:
            made.literal(*each.written(unit, whose=False))
            continue
        if len(each.start) + len(unit.id) + len(each.end) > LONGEST:
            return None
        made.literal(each.begin, each.start)
        made.slot(_ID)
        made.literal(each.end, each.summary)
        made.slot(_LINE)
        first, *others = each.rest
        made.literal(first)
        for other in others:
            made.slot(_ABOVE)
            made.literal(other)
    return made.done()


def content_of(shared: Shared) -> bytes:
    """What an event says to all of its units, whichever version of it this is."""
    template = Template.of(attrs.evolve(shared, revision=()), None, named=True)
    return b"".join((template.begin, template.start, template.end, template.summary, *template.rest))


def _rest(shared: Shared, *, named: bool) -> tuple[bytes, ...]:
    """The description from its second line on, and all that follows, in parts between which the unit above stands."""
    parts = [""]
    for place, line in enumerate(shared.lines):
        parts[-1] += _NEXT if place or named else ""
        for each in line:
            if isinstance(each, UnitAbove):
                parts.append("")
            else:
                parts[-1] += escaped(each)
    first, *more = parts
    begin = b"" if named or not shared.lines else b"DESCRIPTION:"
    begin = continued(first) if named else pieces(begin + first.encode(), LONGEST)
    end = CRLF if named or shared.lines else b""
    found = [begin, *map(continued, more)]
    found[-1] += end + b"".join(map(content_line, (*shared.properties, *shared.revision)))
    for alarm in shared.alarms:
        found[-1] += b"".join(component_lines(alarm))
    found[-1] += f"END:{shared.component}\r\n".encode()
    return tuple(found)
