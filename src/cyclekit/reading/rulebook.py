"""A whole rule file: from its nodes to a rulebook, with every diagnostic on the way."""

from collections.abc import Mapping as MappingType

import attrs

from cyclekit.civil.spans import Bounds
from cyclekit.diagnostics import Diagnostic, Place, in_order
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.own_calendar import OwnCalendar
from cyclekit.model.roster import NAMELESS, Roster
from cyclekit.model.text import Text
from cyclekit.model.unit_table import Refusal, UnitTable
from cyclekit.reading.calendars import read_calendars
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.kinds import Many, Shape
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.loops import loops
from cyclekit.reading.nodes import Mapping, Node, Scalar
from cyclekit.reading.obligations import FileContext, read_obligation
from cyclekit.reading.places import Places
from cyclekit.reading.reader import BAD, Entry, Fields, Item, Reader
from cyclekit.reading.references import References, check_calendar, check_timezone
from cyclekit.reading.rosters import read_roster
from cyclekit.reading.scalars import near
from cyclekit.reading.sheets import read_sheet
from cyclekit.reading.source import Source
from cyclekit.reading.tables import read_table
from cyclekit.reading.texts import as_source, as_text
from cyclekit.reading.timings import read_bounds
from cyclekit.reading.triggers import Triggers

#: What cannot be judged while a unit is missing from the roster.
_ROSTER_ECHOES = frozenset(
    {
        "unknown-who",
        "unknown-person",
        "unknown-attribute",
        "unknown-value",
        "unknown-unit",
        "nobody-left",
        "nobody-matched",
        "lead-outside",
    }
)


@attrs.frozen
class RuleFile:
    """What became of one rule file.

    ``rulebook`` is None where it has errors; ``as_read`` is there even if its dates are wrong, and nothing else.
    ``places`` tells where fields stand, for what is found out later. ``sources`` are the texts that were read, to show
    lines of.
    """

    name: str
    rulebook: Rulebook | None
    diagnostics: tuple[Diagnostic, ...]
    places: Places = attrs.field(factory=lambda: Places(""), repr=False, eq=False)
    sources: tuple[Source, ...] = attrs.field(default=(), repr=False)
    as_read: Rulebook | None = attrs.field(default=None, repr=False, eq=False)


def read_rule_file(
    source: Source,
    around: Surroundings = Surroundings(),
    *,
    parser: Parser = "auto",
    limits: Limits = Limits(),
) -> RuleFile:
    """The rulebook of a rule file's text, and every diagnostic.

    Never raises for what a file holds: a file that cannot be used has ``rulebook`` None and at least one error.
    """
    root, problems = read_nodes(source, parser=parser, limits=limits)
    reader = Reader(source.name)
    if root is None:
        return RuleFile(source.name, None, in_order(problems), sources=(source,))
    fields = reader.shape("file", root, "file")
    if fields is BAD:
        return RuleFile(source.name, None, reader.finish(problems), sources=(source,))
    file = _File(reader, fields, around, parser, limits)
    book = file.read()
    found = in_order([*reader.finish(problems), *file.other])
    if any(each.is_error for each in found):
        book = None
    return RuleFile(source.name, book, found, Places(source.name, fields), (source, *file.sources))


class _File:
    """One file while it is read."""

    def __init__(self, reader: Reader, fields: Fields, around: Surroundings, parser: Parser, limits: Limits) -> None:
        self.reader = reader
        self.fields = fields
        self.around = around
        self.parser: Parser = parser
        self.limits = limits
        self.other: list[Diagnostic] = []
        self.sources: list[Source] = []

    def read(self) -> Rulebook | None:
        """The rulebook, or None where what the rest stands on cannot be read."""
        fields, reader = self.fields, self.reader
        references = References(self.around, self._own_ids())
        calendars = self._calendars(references)
        references = attrs.evolve(references, made={each.id: each for each in calendars})
        if "calendar" in fields:
            check_calendar(reader, fields["calendar"], references)
        if "timezone" in fields:
            check_timezone(reader, fields["timezone"], references)
        bounds = read_bounds(reader, fields)
        roster, whole = self._roster(references)
        before = len(reader.diagnostics)
        context = FileContext(
            reader,
            references,
            roster,
            defaults=fields.get("defaults"),
            adjust=fields.entries.get("adjust"),
            calendar=fields.get("calendar"),
            bounds=bounds or Bounds(),
        )
        obligations = self._obligations(context) if "obligations" in fields else []
        self._forget_echoes(before, whole_roster=whole)
        if "id" not in fields or bounds is None:
            return None
        return Rulebook(
            id=fields.get("id"),
            title=as_text(fields["title"]) if "title" in fields else Text.of(fields.get("id")),
            roster=roster,
            obligations=tuple(obligations),
            source=as_source(fields["source"]) if "source" in fields else None,
            timezone=fields.get("timezone"),
            calendar=fields.get("calendar"),
            bounds=bounds,
            calendars=calendars,
        )

    def _calendars(self, references: References) -> tuple[OwnCalendar, ...]:
        entries: list[Entry] = self.fields.get("calendars", [])
        if len(entries) > self.limits.calendars:
            self._over("calendars", self.limits.calendars, "calendars", entries[self.limits.calendars].key)
            return ()
        return read_calendars(self.reader, entries, references)

    def _own_ids(self) -> frozenset[str]:
        """The ids under ``calendars``: known by name, even where what stands there cannot be read."""
        entries = self.fields.node.entries if isinstance(self.fields.node, Mapping) else []
        for key, value in entries:
            if key.text == "calendars" and isinstance(value, Mapping):
                return frozenset(each.text for each, _ in value)
        return frozenset()

    def _forget_echoes(self, before: int, *, whole_roster: bool) -> None:
        """Drop what is wrong only because the units or the calendar of the file could not be read."""
        echoes: set[str] = set()
        if not whole_roster:
            echoes |= _ROSTER_ECHOES
        if {"?", "calendar"} & self.fields.failed:
            echoes.add("no-calendar")
        kept = [each for each in self.reader.diagnostics[before:] if each.message not in echoes]
        self.reader.diagnostics[before:] = kept

    def _roster(self, references: References) -> tuple[Roster, bool]:
        """The roster, and whether it is all there."""
        if "units" not in self.fields:
            if {"units", "?"} & self.fields.failed:
                return Roster([]), False
            name = as_text(self.fields["title"]) if "title" in self.fields else Text.of(self.fields.get("id", ""))
            return Roster([NAMELESS], names=[name]), True
        entry = self.fields["units"]
        if isinstance(entry.value, Fields):
            if entry.value.failed:
                return Roster([]), False
            found = self.around.units_query(entry.value.get("sql"), entry.value.get("url_env"))
            return self._roster_table(entry, found, references)
        if isinstance(entry.value, str) and entry.value.endswith((".xlsx", ".parquet")):
            return self._roster_table(entry, self.around.units_table(entry.value), references)
        if isinstance(entry.value, str):
            return self._roster_file(entry, references)
        if len(entry.value) > self.limits.inline_units:
            self._over("units", self.limits.inline_units, "inline_units", entry.node)
            return Roster([]), False
        return read_roster(self.reader, entry.value, references)

    def _roster_table(
        self, entry: Entry, found: UnitTable | Refusal | None, references: References
    ) -> tuple[Roster, bool]:
        """The units of a table; what is wrong with it is reported in its rows."""
        match found:
            case None:
                self.reader.report("missing-file", "missing-file", entry.node, name=entry.value)
            case Refusal(code=code, message=message, values=values, row=0):
                self.reader.note(code, message, entry.node.place(self.reader.file), values)
            case Refusal(code=code, message=message, values=values, table=table, row=row, column=column):
                self.other.append(Diagnostic(code, message, Place(table, row, column), values))
            case UnitTable():
                roster, problems = read_table(found, references, self.limits)
                self.other += problems
                if roster is not None:
                    return roster, True
        return Roster([]), False

    def _roster_file(self, entry: Entry, references: References) -> tuple[Roster, bool]:
        """The units of a file beside the rule file; its problems are reported in that file."""
        found = self.around.units_file(entry.value)
        if found is None:
            self.reader.report("missing-file", "missing-file", entry.node, name=entry.value)
            return Roster([]), False
        source, problems = found
        sheet = entry.value.endswith(".csv")
        if sheet:
            # What a spreadsheet calls the form that it has to be saved in.
            problems = [attrs.evolve(each, values={**each.values, "sheet": "CSV UTF-8"}) for each in problems]
        self.sources.append(source)
        self.other += problems
        if any(each.is_error for each in problems):
            return Roster([]), False
        if sheet:
            root, problems = read_sheet(source, self.limits)
        else:
            root, problems = read_nodes(source, parser=self.parser, limits=self.limits)
        if root is None:
            self.other += problems
            return Roster([]), False
        reader = Reader(source.name)
        items = reader.read(Many(Shape("unit")), root, "units")
        roster, whole = (Roster([]), False) if items is BAD else read_roster(reader, items, references)
        if any(each.is_error for each in problems):
            # A row that was left out may be the one that others name.
            whole = False
            reader.diagnostics[:] = [each for each in reader.diagnostics if each.message != "unknown-unit"]
        self.other += reader.finish(problems)
        return roster, whole

    def _obligations(self, context: FileContext) -> list[Obligation]:
        entries: list[Entry] = self.fields["obligations"].value
        node = self.fields["obligations"].node
        if isinstance(node, Mapping) and not node.entries and not self.reader.diagnostics:
            self.reader.report("no-obligations", "no-obligations", node)
        if len(entries) > self.limits.obligations:
            key = entries[self.limits.obligations].key
            self._over("obligations", self.limits.obligations, "obligations", key)
            entries = entries[: self.limits.obligations]
        found: dict[str, Obligation] = {}
        seen: dict[str, Scalar] = {}
        triggers = Triggers(self.reader, entries, self.fields.get("defaults"))
        for entry in triggers.ordered(entries):
            twin = seen.setdefault(entry.key.text.lower(), entry.key)
            if twin is not entry.key:
                self.reader.report(
                    "duplicate-id", "case-twins", entry.key, related=(twin,), id=entry.key.text, other=twin.text
                )
                continue
            obligation = read_obligation(context, entry.key, entry.value)
            if obligation is not None:
                found[entry.key.text] = obligation
        self._check_absorbs(entries, seen)
        self._check_expected(entries, seen)
        triggers.check()
        for loop in loops(triggers.edges):
            first = next(item for item in triggers.edges[loop[0]] if item.value == loop[1])
            self.reader.report("cycle", "cycle-of-triggers", first.node, loop=" → ".join(loop))
        return [found[entry.key.text] for entry in entries if entry.key.text in found]

    def _check_absorbs(self, entries: list[Entry], seen: MappingType[str, Scalar]) -> None:
        """What is absorbed must be there, and nothing may stand for itself in the end."""
        known = {key.text for key in seen.values()}
        absorbs: dict[str, list[Item]] = {}
        for entry in entries:
            items = self._absorbed(entry)
            own: list[Item] = entry.value.get("absorbs", [])
            for number, item in enumerate(own):
                if item.value in [each.value for each in own[:number]]:
                    self.reader.report("conflict", "position-twice", item.node, text=item.value)
            for item in items:
                if item.value not in known:
                    suggestion = near(item.value, known)
                    self.reader.report(
                        "unknown-reference", "unknown-obligation", item.node, name=item.value, suggestion=suggestion
                    )
            absorbs[entry.key.text] = [item for item in items if item.value in known]
        for loop in loops(absorbs):
            first = absorbs[loop[0]]
            node: Node = next(item.node for item in first if item.value == loop[1])
            self.reader.report("cycle", "cycle-of-absorbs", node, loop=" → ".join(loop))

    def _check_expected(self, entries: list[Entry], seen: MappingType[str, Scalar]) -> None:
        """What is expected never to fall on the same day must be there, and be another one."""
        known = {key.text for key in seen.values()}
        owners = [(entry.key.text, entry.value) for entry in entries]
        owners += [(own, change.value) for own, fields in owners for change in fields.get("changes", ())]
        for own, fields in owners:
            items: list[Item] = fields["expect"].value.get("never_with", []) if "expect" in fields else []
            for item in items:
                if item.value == own or item.value not in known:
                    suggestion = near(item.value, known - {own})
                    self.reader.report(
                        "unknown-reference", "unknown-obligation", item.node, name=item.value, suggestion=suggestion
                    )

    def _absorbed(self, entry: Entry) -> list[Item]:
        """What an obligation absorbs: by itself, by the file's defaults, by any of its changes."""
        fields: Fields = entry.value
        defaults: Fields | None = self.fields.get("defaults")
        items = list(fields.get("absorbs", ()))
        if not fields.written("absorbs") and defaults is not None:
            items += defaults.get("absorbs", ())
        for change in fields.get("changes", ()):
            items += change.value.get("absorbs", ())
        return items

    def _over(self, what: str, limit: int, setting: str, node: Node) -> None:
        self.reader.report("limit", "limit", node, what=what, limit=f"{limit:,}", setting=setting)
