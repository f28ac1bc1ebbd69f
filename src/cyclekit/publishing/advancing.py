"""From what was published to what is published now: which version of each occurrence this is.

Nothing here knows a clock or a file: the moment of publishing is handed in.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from cyclekit.adapters.ical.identity import first_unit
from cyclekit.civil.spans import Span
from cyclekit.model.identity import Status
from cyclekit.model.line import Line
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule
from cyclekit.model.text import Text
from cyclekit.publishing.content import Content
from cyclekit.publishing.departed import remembered, with_departed
from cyclekit.publishing.naming import Renamed, renamed, tells_above
from cyclekit.publishing.state import Entry, KnownBook, Slot, Standing, State

if TYPE_CHECKING:
    from cyclekit.model.obligation import Rulebook

#: The content of what the rules no longer have: nothing that is there has it.
NOTHING = "-"
DAY = 86_400


@attrs.frozen
class Moment:
    """When is published, as seconds since 1970, and how many days what is cancelled stays in the feeds."""

    stamp: int
    keep: int

    @property
    def until(self) -> int:
        """How long what is cancelled now is shown."""
        return self.stamp + self.keep * DAY

    @classmethod
    def of(cls, stamp: dt.datetime, keep: int) -> "Moment":
        """A moment to the second."""
        return cls(int(stamp.timestamp()), keep)


@attrs.frozen
class Advanced:
    """What a publication shows, and what the next one has to know.

    ``shown`` is what the feeds hold: occurrences that are no longer owed stand in it as waived ones, until their time
    is over. ``entries`` has the version of each of its rows, by the line's ``id()`` and the row.
    """

    state: State
    shown: Schedule
    entries: Mapping[tuple[int, int], Entry]

    def entry(self, line: Line, row: int) -> Entry:
        """The version of a row of a line of ``shown``."""
        return self.entries[id(line), row]


def advance(
    before: State,
    schedule: Schedule,
    moment: Moment,
    *,
    content: Content,
) -> Advanced:
    """Which version of each occurrence of a schedule this is, after those that were published before.

    What has the same content keeps its version, whatever the time. What has another one, be it a date, a status or a
    text, has a sequence higher by one, and is modified later than before: at the moment of publishing, or a second
    after the last modification where that is not later. What the rules no longer have is shown as cancelled for as
    long as the moment says, and goes on with its sequence when it comes back. What lies outside the schedule's
    horizon has not vanished: it is left out, and its version is remembered for the same time. ``content`` is what
    events tell, and why their dates are the ones they are.
    """
    books = {book.id: book for book in schedule.rulebooks}
    lines: dict[str, list[Line]] = {id_: [] for id_ in (*books, *before.rulebooks)}
    for line in schedule.lines:
        lines[line.rulebook.id] += _by_zone(line)
    content, language = content.within(schedule), content.options.language
    same_words = before.language == language
    known: dict[str, KnownBook] = {}
    shown_books: list[Rulebook] = []
    shown_lines: list[Line] = []
    entries: dict[tuple[int, int], Entry] = {}
    for id_ in sorted(lines):
        old = before.rulebooks.get(id_)
        changed = renamed(books.get(id_), old, language)
        step = _Step(old, schedule.horizon, moment, content, changed, same_words=same_words)
        found = list(step.through(lines[id_]))
        left = step.left()
        book, rows = with_departed(books.get(id_), old, id_, found, left, language)
        if book is not None:
            shown_books.append(book)
        for line, versions in rows:
            kept = {row: each for row, each in enumerate(versions) if each and _is_shown(each, moment)}
            if kept:
                whole = line if len(kept) == line.rows else line.select(list(kept))
                shown_lines.append(whole)
                entries.update({(id(whole), place): each for place, each in enumerate(kept.values())})
        if book is not None or left:
            known[id_] = remembered(books.get(id_), old, step.made)
    shown = Schedule(shown_books, schedule.horizon, shown_lines, schedule.standing, schedule.world)
    return Advanced(State(language, frozenset(), known), shown, entries)


def _is_shown(entry: Entry, moment: Moment) -> bool:
    """Whether a version stands in the feeds: what was cancelled long ago is over."""
    return entry.until is None or entry.until > moment.stamp


def _by_zone(line: Line) -> list[Line]:
    """A line, or one for each time zone of its units, where a clock time means another moment in each."""
    zones = line.rulebook.roster.timezones
    if not line.times or line.together or not any(zones):
        return [line]
    found: dict[str | None, set[int]] = {}
    for unit in line.members:
        found.setdefault(zones[unit], set()).add(unit)
    if len(found) == 1:
        return [line]
    return [line.select(range(line.rows), frozenset(units)) for _, units in sorted(found.items(), key=str)]


class _Step:
    """One rulebook's step: its old entries, and the new ones as they are made."""

    def __init__(
        self,
        known: KnownBook | None,
        horizon: Span,
        moment: Moment,
        content: Content,
        renamed: Renamed,
        *,
        same_words: bool,
    ) -> None:
        self.old: Mapping[Slot, Sequence[Entry]] = known.entries if known else {}
        self.known = known.obligations if known else {}
        self.renamed = renamed
        self.days = (horizon.first.toordinal(), horizon.last.toordinal())
        self.moment = moment
        self.content = content
        self.same_words = same_words
        self.made: dict[Slot, list[Entry]] = {}
        # Sets of units that are equal are made one, so that comparing them is quick.
        self._groups = {each.units: each.units for several in self.old.values() for each in several}
        self._of_list: dict[int, tuple[Sequence[int], frozenset[str]]] = {}

    def through(self, lines: Iterable[Line]) -> Iterator[tuple[Line, list[Entry | None]]]:
        """Lines in which each row has one version, with their versions; a row that is absorbed has none."""
        for line in lines:
            several = [self._of_row(line, row) for row in range(line.rows)]
            parting = {row: each[1:] for row, each in enumerate(several) if len(each) > 1}
            whole = line.select(range(line.rows)) if parting else line
            yield whole, [each[0] if each else None for each in several]
            index = line.rulebook.roster.index
            for row, others in parting.items():
                for entry in others:
                    yield whole.split(row, frozenset(index[unit] for unit in entry.units)), [entry]

    def _of_row(self, line: Line, row: int) -> list[Entry]:
        units = self._units(line, row)
        if line.status[row] is Status.ABSORBED or not units:
            return []
        slot = Slot(line.obligation.id, line.labels[row], line.numbers[row])
        made: list[Entry] = []
        rest = units
        above = tells_above(line.obligation)
        first = self._fresh(line, row, units)
        for old in self.old.get(slot, ()):
            hit = rest if rest is old.units else rest & old.units
            if hit:
                for some, told_otherwise in self._by_name(hit, first.together, above=above):
                    made.append(self._next(old, attrs.evolve(first, units=some), told_otherwise=told_otherwise))
                rest = frozenset() if hit is rest else rest - hit
            if not rest:
                break
        if rest:
            # Units that are new share the version of those that are there: so a state does not grow with each.
            fresh = attrs.evolve(first, units=rest)
            made.append(_version_of(made[0], fresh) if made else fresh)
        merged = self._merged(made)
        self.made.setdefault(slot, []).extend(merged)
        return merged

    def _fresh(self, line: Line, row: int, units: frozenset[str]) -> Entry:
        """What a row is, as a first version."""
        roster = line.rulebook.roster
        waived = line.status[row] is Status.WAIVED
        why = self.content.context.why(Occurrence(line, row, first_unit(line, row)))
        return Entry(
            units,
            frozenset(roster.ids[unit] for unit in line.together),
            line.due[row],
            line.times.get(row),
            _own_title(line, row),
            self.content.of(line, row, why),
            0,
            self.moment.stamp,
            self.moment.stamp,
            Standing.WAIVED if waived else Standing.LISTED,
            self.moment.until if waived else None,
            why,
        )

    def _by_name(
        self, units: frozenset[str], together: frozenset[str], *, above: bool = False
    ) -> Iterator[tuple[frozenset[str], bool]]:
        """Units in two: those called as before, and those called otherwise, whose events have changed by that alone.

        ``above``: events tell the unit above as well.
        """
        renamed = self.renamed.itself | self.renamed.above if above else self.renamed.itself
        if not renamed.isdisjoint(together):
            same = frozenset[str]()
        else:
            same = units if renamed.isdisjoint(units) else units - renamed
        for some, told_otherwise in ((same, False), (frozenset() if same is units else units - same, True)):
            if some:
                yield some, told_otherwise

    def _next(self, old: Entry, new: Entry, *, told_otherwise: bool) -> Entry:
        """The version after an old one. What was cancelled already keeps the day until which it is shown."""
        changed = told_otherwise or old.content != new.content or not self.same_words
        until = new.until
        if new.standing is Standing.WAIVED and old.standing is not Standing.LISTED:
            until = old.until if old.standing is Standing.WAIVED else new.until
        found = self._changed(old) if changed else old
        return attrs.evolve(new, sequence=found.sequence, created=found.created, modified=found.modified, until=until)

    def _changed(self, old: Entry) -> Entry:
        later = max(self.moment.stamp, old.modified + 1)
        return attrs.evolve(old, sequence=old.sequence + 1, modified=later)

    def _merged(self, made: Sequence[Entry]) -> list[Entry]:
        """Entries of one row: those that are one but for their units are one."""
        if len(made) == 1:
            return list(made)
        found: dict[Entry, frozenset[str]] = {}
        for each in made:
            bare = attrs.evolve(each, units=frozenset())
            found[bare] = found.get(bare, frozenset()) | each.units
        return [attrs.evolve(bare, units=self._one(units)) for bare, units in found.items()]

    def _units(self, line: Line, row: int) -> frozenset[str]:
        numbers = line.units_of(row)
        known = self._of_list.get(id(numbers))
        if known is not None:
            return known[1]
        ids = line.rulebook.roster.ids
        units = self._one(frozenset(ids[unit] for unit in numbers))
        if numbers is line.units_of(row):
            # The line's own list, which it keeps: the next row will give it again.
            self._of_list[id(numbers)] = (numbers, units)
        return units

    def _one(self, units: frozenset[str]) -> frozenset[str]:
        return self._groups.setdefault(units, units)

    def left(self) -> list[tuple[Slot, Entry]]:
        """What was there and is no longer owed, as far as it is still shown; all that is remembered is in ``made``."""
        shown: list[tuple[Slot, Entry]] = []
        for slot, several in self.old.items():
            now = [each.units for each in self.made.get(slot, ())]
            for old in several:
                units = old.units
                for each in now:
                    units = frozenset() if each is units else units - each
                    if not units:
                        break
                for some, told_otherwise in self._by_name(units, old.together):
                    part = attrs.evolve(old, units=self._one(some))
                    entry = self._left(slot, part, told_otherwise=told_otherwise)
                    if entry is not None:
                        self.made.setdefault(slot, []).append(entry)
                        if entry.standing is Standing.GONE:
                            shown.append((slot, entry))
        return shown

    def _left(self, slot: Slot, old: Entry, *, told_otherwise: bool) -> Entry | None:
        """What becomes of a version that nobody has any more; None where it is forgotten."""
        over = old.until is not None and old.until <= self.moment.stamp
        inside = self.days[0] <= old.due <= self.days[1]
        match old.standing:
            case Standing.OUTSIDE | Standing.GONE if over:
                return None
            case Standing.OUTSIDE:
                return self._changed(old) if told_otherwise else old
            case Standing.GONE:
                same = self._changed(old) if told_otherwise else old
                return same if inside else attrs.evolve(same, standing=Standing.OUTSIDE)
            case Standing.LISTED | Standing.WAIVED if over or not inside:
                return attrs.evolve(old, standing=Standing.OUTSIDE, until=self.moment.until)
            case Standing.LISTED | Standing.WAIVED:
                # It keeps the title that it had, whatever its obligation is called later.
                return attrs.evolve(
                    self._changed(old),
                    standing=Standing.GONE,
                    content=NOTHING,
                    title=old.title or self.known[slot.obligation].title,
                    until=self.moment.until if old.until is None else old.until,
                )


def _own_title(line: Line, row: int) -> Text | None:
    title = line.titles.get(row, line.obligation.title)
    return None if title == line.rulebook[line.obligation.id].title else title


def _version_of(old: Entry, new: Entry) -> Entry:
    return attrs.evolve(new, sequence=old.sequence, created=old.created, modified=old.modified, until=old.until)
