"""Feeds written from a schedule: each row is told once, and each unit's feed is put together from that."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs

from cyclekit.adapters.ical.events import filled, shared_events
from cyclekit.adapters.ical.identity import by_content, first_unit
from cyclekit.adapters.ical.options import EMPTY, Context, Options, calendar_properties
from cyclekit.adapters.ical.properties import Component, Property, component_lines, content_line
from cyclekit.adapters.ical.slotted import Slotted
from cyclekit.adapters.ical.templates import Template, UnitText, UnitTexts, content_of, slotted, written_for
from cyclekit.model.line import Line
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.rows import Cohort, Rows, Wanted
from cyclekit.model.schedule import Schedule, find_unit
from cyclekit.words.occurrences import unit_words

#: How many cohorts have their events at hand at a time: where there are more, most have exceptions of their own.
_MOST_COHORTS = 64
#: How many groups of units have their texts at hand in columns.
_MOST_ALIKE = 16
#: What each feed tells otherwise of itself.
_OWN_TO_A_FEED = frozenset({"NAME", "X-WR-CALNAME", "URL"})
#: What a row's events depend on beside the row: a unit's time zone and calendar, and whether it has a name.
_Terms = tuple[str | None, str | None, bool]


def everyone(_line: Line) -> None:
    """All units of every line."""
    return


class Rendering:
    """Rows as templates, each made when it is first asked for."""

    def __init__(self, options: Options, context: Context) -> None:
        self.options = options
        self._context = context
        self._templates: dict[tuple[Line, int, _Terms], tuple[Template, ...]] = {}
        self._counts: dict[Line, bool] = {}
        self._head: dict[str, bytes] = {}

    def row(self, line: Line, row: int, unit: int, named: UnitText) -> tuple[Template, ...]:
        """The events of a row as units like this one have them: none, one, or reminders and one."""
        roster = line.rulebook.roster
        if line.together:
            unit = line.units_of(row)[0]
            named = UnitText.of(roster, unit, self.options.language)
        zone = roster.timezones[unit] if line.times else None
        calendar = roster.calendars[unit] if self._counts_working_days(line) else None
        key = (line, row, (zone, calendar, bool(named.line)))
        found = self._templates.get(key)
        if found is None:
            shared = shared_events(Occurrence(line, row, unit), self.options, self._context)
            owner = named if line.together else None
            found = tuple(Template.of(each, owner, named=bool(named.line)) for each in shared)
            self._templates[key] = found
        return found

    def _counts_working_days(self, line: Line) -> bool:
        found = self._counts.get(line)
        if found is None:
            reminds = self.options.lead_events or self.options.alarms
            found = self._counts[line] = reminds and any(each.working for each in line.obligation.remind)
        return found

    def _is_one_for_all(self, line: Line) -> bool:
        """Whether every unit with a name has the same event, so that it need not be looked up for each."""
        return not line.times and not self._counts_working_days(line)

    def events(self, groups: Iterable[tuple[Line, int, Sequence[int]]], *, whose: bool) -> Iterator[bytes]:
        """The events of these rows and units, in their order; those of a row together."""
        known = _Known(self.options.language)
        for line, row, numbers in groups:
            if not numbers:
                continue
            units = known.units(line.rulebook, numbers)
            if units.are_alike and self._is_one_for_all(line):
                yield written_for(self.row(line, row, numbers[0], units.each[0]), units, whose=whose)
            else:
                events = (
                    template.written(unit, whose=whose)
                    for number, unit in zip(numbers, units.each, strict=True)
                    for template in self.row(line, row, number, unit)
                )
                yield b"".join(chain.from_iterable(events))

    def calendar(self, name: str, events: Iterable[bytes], url: str = "") -> bytes:
        """A feed of these events; without any it has a time zone, as it must have a component."""
        head = b"".join(map(self._head_line, calendar_properties(name, self.options, url)))
        body = [each for each in events if each] or component_lines(EMPTY)
        return b"".join((b"BEGIN:VCALENDAR\r\n", head, *body, b"END:VCALENDAR\r\n"))

    def _head_line(self, each: Property) -> bytes:
        """A line of what a feed tells of itself: but for names and addresses it is the same in each."""
        if each.name in _OWN_TO_A_FEED:
            return content_line(each)
        found = self._head.get(each.name)
        if found is None:
            found = self._head[each.name] = content_line(each)
        return found


class _Known:
    """What units have of their own, as long as one feed is written: many of its rows are of the same units."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._units: dict[Rulebook, dict[int, UnitText]] = {}
        self._alike: dict[tuple[Rulebook, int, int, int], tuple[Sequence[int], UnitTexts]] = {}

    def units(self, book: Rulebook, numbers: Sequence[int]) -> UnitTexts:
        """The texts of these units, in their order; there is one at least."""
        key = book, len(numbers), numbers[0], numbers[-1]
        alike = self._alike.get(key)
        if alike is not None and alike[0] == numbers:
            return alike[1]
        known = self._units.setdefault(book, {})
        for number in numbers:
            if number not in known:
                known[number] = UnitText.of(book.roster, number, self._language)
        found = UnitTexts.of([known[number] for number in numbers])
        if len(self._alike) >= _MOST_ALIKE:
            self._alike.clear()
        self._alike[key] = (numbers, found)
        return found


def row_content(line: Line, row: int, options: Options, context: Context) -> bytes:
    """What a row says to readers, but for its units' own and for which version of it this is."""
    occurrence = Occurrence(line, row, first_unit(line, row))
    told = attrs.evolve(context, revise=by_content())
    return b"".join(content_of(each) for each in shared_events(occurrence, options, told))


class FeedWriter:
    """The feeds of a schedule. What they share is made once, so one writer is for all of them.

    ``options`` say what is written, and ``context`` what it depends on beside the schedule, whose time zones it has.
    ``rows`` tells which rows each unit has, also to others who need that.
    """

    def __init__(self, schedule: Schedule, options: Options | None = None, context: Context | None = None) -> None:
        self.schedule = schedule
        self.options = options or Options()
        asked = context or Context()
        self._context = attrs.evolve(asked, zones={**schedule.world.zones, **asked.zones})
        self._rendering = Rendering(self.options, self._context)
        self.rows = Rows(schedule.lines)
        self._cohorts: dict[tuple[Rulebook, Cohort, _Terms, int], Slotted | list[Template]] = {}

    def of_unit(self, name: str, *, url: str = "") -> bytes:
        """The feed of one unit, joint occurrences included; ``name`` is its id, or ``RULEBOOK/UNIT``.

        ``url`` is where it can be read. Raises UnknownUnitError where nothing, or more than one unit, has this name.
        """
        book, unit = find_unit(self.schedule.rulebooks, name)
        number = book.roster.index[unit]
        text = UnitText.of(book.roster, number, self.options.language)
        events = self._of_cohort(book, number, text)
        if isinstance(events, Slotted):
            body = [events.filled(text.values)]
        else:
            body = [part for template in events for part in template.written(text, whose=False)]
        return self._rendering.calendar(self.name_of(book, unit), body, url)

    def name_of(self, book: Rulebook, unit: str) -> str:
        """What the feed of a unit is called: the unit and its rule file."""
        whose = unit_words(book.roster[unit], self.options.language)
        title = book.title.get(self.options.language)
        return f"{whose} · {title}" if whose else title

    def of_all(self, *, url: str = "") -> bytes:
        """The feed of everyone, each event with the name of its unit."""
        return self.of_some(self.name_of_all(), everyone, url=url)

    def name_of_all(self) -> str:
        """What the feed of everyone is called: the rule file where there is one."""
        books = self.schedule.rulebooks
        return books[0].title.get(self.options.language) if len(books) == 1 else "cyclekit"

    def of_some(self, name: str, wanted: Wanted, *, url: str = "", whose: bool = True) -> bytes:
        """A feed of those units that ``wanted`` tells for each line; ``whose`` has the unit before each title."""
        return self._rendering.calendar(name, self._rendering.events(self.rows.groups(wanted), whose=whose), url)

    def _of_cohort(self, book: Rulebook, number: int, text: UnitText) -> Slotted | list[Template]:
        """The events of a unit, made for all that have the same ones, and ids of one length."""
        roster = book.roster
        terms = (roster.timezones[number], roster.calendars[number], bool(text.line))
        key = (book, self.rows.cohort(book, number), terms, len(text.id))
        found = self._cohorts.get(key)
        if found is None:
            if len(self._cohorts) >= _MOST_COHORTS:
                self._cohorts.clear()
            lines = self.rows.lines
            rows = self.rows.of_cohort(key[1])
            templates = [each for line, row in rows for each in self._rendering.row(lines[line], row, number, text)]
            found = slotted(templates, text)
            if found is None:
                found = templates
            self._cohorts[key] = found
        return found

    def content(self, line: Line, row: int) -> bytes:
        """What a row says, but for its units' own and for which version of it this is.

        Who keeps versions compares it: it is the same as long as nothing changed that a reader would see.
        """
        return row_content(line, row, self.options, self._context)

    def components(self, wanted: Wanted = everyone, *, whose: bool = True) -> Iterator[Component]:
        """The same events as components, one for each occurrence, task or reminder."""
        for line, row, units in self.rows.groups(wanted):
            for unit in units:
                occurrence = Occurrence(line, row, unit)
                for shared in shared_events(occurrence, self.options, self._context):
                    yield filled(shared, occurrence, self.options.language, whose=whose)
