"""Feeds that calendar programs would not take: where in the rule files stands what they tell."""

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from cyclekit.adapters.ical import FeedWriter, Linter
from cyclekit.diagnostics import Diagnostic, Place, in_order
from cyclekit.errors import FeedError
from cyclekit.workspace.feeding import checked

#: Where rule files tell of an obligation, by rulebook and obligation; without an obligation, where a file begins.
Told = Mapping[tuple[str, str], Place]
_BEGIN = re.compile(rb"BEGIN:V(?:EVENT|TODO)")
_UID = re.compile(rb"UID:([^~\r\n]+)~([^~\r\n]+)~")
_FOLD = re.compile(rb"\r?\n[ \t]")


class CheckedFeeds:
    """The feeds of a schedule, each looked at before anybody has it; what many share is looked at once."""

    def __init__(self, writer: FeedWriter, told: Told) -> None:
        self._writer = writer
        self._told = told
        self._linter = Linter()

    def of_unit(self, name: str) -> bytes:
        """The feed of a unit, ``RULEBOOK/UNIT``.

        Raises UnknownUnitError, and FeedError for one that calendar programs do not take, with the places in the rule
        files from which that comes.
        """
        data = self._writer.of_unit(name)
        try:
            return checked(data, name, self._linter)
        except FeedError as fault:
            found = in_rule_files(fault.diagnostics, data, name, self._told)
            # An obligation has its mistake in each period.
            alike = {(each.place, each.message, *sorted(each.values.items())): each for each in found}
            raise FeedError(in_order(alike.values()), name) from fault


def in_rule_files(found: Iterable[Diagnostic], data: bytes, name: str, told: Told) -> Iterator[Diagnostic]:
    """What is wrong with the feed of a unit, at the obligations whose events it is wrong with.

    What is wrong with no event, or one of an obligation that is gone, stands where the rule file begins.
    """
    book = name.partition("/")[0]
    begins = [0, *(match.end() for match in re.finditer(rb"\n", data))]
    for each in found:
        at = begins[min(each.place.line, len(begins)) - 1]
        # A fault at the first line of an event is one of this event.
        before = list(_BEGIN.finditer(data, 0, at + len(b"BEGIN:VEVENT")))
        uid = _UID.search(_FOLD.sub(b"", data[before[-1].start() :][:1000])) if before else None
        key = tuple(part.decode("utf-8", "replace") for part in uid.groups()) if uid else (book, "")
        place = told.get((key[0], key[1])) or told.get((book, "")) or Place(name, 1, 1)
        yield attrs.evolve(each, place=place)
