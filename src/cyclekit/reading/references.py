"""References out of a field: calendars, time zones, units."""

from collections.abc import Mapping

import attrs

from cyclekit.civil.working import split_names
from cyclekit.model.own_calendar import OwnCalendar, bases_first
from cyclekit.model.pipeline import UNIT
from cyclekit.model.roster import Roster
from cyclekit.reading.known import BUILT_IN, Surroundings
from cyclekit.reading.nodes import Node, Scalar
from cyclekit.reading.reader import Entry, Reader
from cyclekit.reading.scalars import near

_OLD_NAMES = {"beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "中国": "Asia/Shanghai"}


@attrs.frozen
class References:
    """What a file may refer to: the world around it, and its own calendars.

    ``own_calendars`` are the ids of all of those, and ``made`` the ones that could be read.
    """

    around: Surroundings
    own_calendars: frozenset[str] = frozenset()
    made: Mapping[str, OwnCalendar] = attrs.field(factory=dict)

    def holiday_names(self, calendar: str) -> frozenset[str] | None:
        """The names of the holidays that a calendar has, in any language; None where they are not known here."""
        if calendar in BUILT_IN:
            return frozenset()
        if calendar not in self.own_calendars:
            return self.around.calendars.holiday_names(calendar)
        built_on = self._built_on(calendar)
        if built_on is None:
            return None
        found: set[str] = set()
        for own in built_on:
            found.update(name for entry in own.closed for name in split_names(entry.name))
            for base in own.bases:
                if base not in self.made:
                    found |= self.holiday_names(base) or frozenset()
        return frozenset(found)

    def suspends(self, calendar: str) -> bool:
        """Whether a calendar suspends days, as far as it can be told."""
        built_on = self._built_on(calendar)
        return calendar in self.own_calendars and (built_on is None or any(own.suspended for own in built_on))

    def decides_count(self, calendar: str) -> bool:
        """Whether it may matter to a count of days that it is this calendar: it suspends some, or another one does.

        The other one may be the obligation's, a unit's, or the file's, in whose place this one stands.
        """
        return self.suspends(calendar) or any(map(self.suspends, self.own_calendars))

    def _built_on(self, calendar: str) -> list[OwnCalendar] | None:
        """A calendar of the file's own and those of them that it builds on; None where one could not be read."""
        if calendar not in self.made:
            return None
        names = bases_first([calendar], {name: own.bases for name, own in self.made.items()})
        found = [self.made[name] for name in names]
        unread = self.own_calendars - set(self.made)
        return None if any(unread & set(own.bases) for own in found) else found


def check_calendar(reader: Reader, entry: Entry, references: References, *, unit: bool = False) -> None:
    """Reports a calendar that a field names and that cannot be had. ``unit``: the word is allowed."""
    code = entry.value
    if code in BUILT_IN or code in references.own_calendars or (unit and code == UNIT):
        return
    if references.around.calendars.knows(code):
        return
    suggestion = near(code, references.own_calendars | BUILT_IN) or references.around.calendars.near(code)
    reader.report("unknown-reference", "unknown-calendar", entry.node, name=code, suggestion=suggestion)


def check_timezone(reader: Reader, entry: Entry, references: References) -> None:
    """Reports a time zone that there is not."""
    zones = references.around.timezones()
    if entry.value in zones:
        return
    word = entry.value.lower()
    suggestion = next((zone for old, zone in _OLD_NAMES.items() if old in word), "") or near(entry.value, zones)
    if word.replace(" ", "").startswith(("+08", "utc+8", "gmt+8", "utc+08")):
        suggestion = "Asia/Shanghai"
    reader.report("unknown-reference", "unknown-timezone", entry.node, name=entry.value, suggestion=suggestion)


def check_person(reader: Reader, node: Node, name: str, roster: Roster) -> None:
    """A receiver or a lead: a unit, ``parent``, or free text in quotes; reports a plain text that is none."""
    if name == "parent" or name in roster or not (isinstance(node, Scalar) and node.plain):
        return
    suggestion = near(name, roster.ids)
    reader.report("unknown-reference", "unknown-person", node, name=name, suggestion=suggestion)
