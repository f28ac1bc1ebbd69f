"""Changes, each by itself: whom it concerns, from which period on, and what was known of it when."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from cyclekit.civil.fiscal import YearStart
from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.numbers import Chosen
from cyclekit.model.obligation import Amendment
from cyclekit.model.roster import Roster
from cyclekit.model.timing import Once, Standing, Timing
from cyclekit.reading.fields import TIMING
from cyclekit.reading.nodes import Node
from cyclekit.reading.phases import read_date
from cyclekit.reading.reader import Fields, Item, Reader
from cyclekit.reading.selecting import read_selection
from cyclekit.reading.texts import as_source

#: What a change may say beside the fields that it replaces.
ABOUT_THE_CHANGE = ("from", "units", "reason", "announced")


@attrs.frozen(eq=False)
class WrittenChange:
    """An entry of ``changes``: the fields that it replaces, the units, and the day from which periods follow it.

    ``since`` None: it holds always.
    """

    fields: Fields
    units: AbstractSet[int]
    amendment: Amendment

    @property
    def since(self) -> dt.date | None:
        """The first day of the first period that it holds for."""
        return self.amendment.since

    @property
    def announced(self) -> dt.date | None:
        """Since when it is known; None: always."""
        return self.amendment.announced

    @property
    def node(self) -> Node:
        """Where it stands."""
        return self.fields.node


@attrs.frozen
class ChangedObligation:
    """What changes are held against: the obligation as it is written, who owes it, and its bounds and its file's."""

    fields: Fields
    timing: Timing
    jointly: bool
    units: AbstractSet[int]
    bounds: Bounds
    roster: Roster


#: The fiscal year that labels follow once these changes hold, in their order, and what a list's own labels name.
NamesAfter = Callable[[Sequence[Fields]], tuple[YearStart, Mapping[str, Span]]]


def read_changes(reader: Reader, of: ChangedObligation, names_after: NamesAfter) -> list[WrittenChange] | None:
    """The changes of an obligation, in their order; None where one of them cannot be used, which is reported."""
    found: list[WrittenChange] = []
    items: list[Item] = of.fields["changes"].value
    for number, item in enumerate(items, 1):
        change: Fields = item.value
        if change.failed or not _keeps_the_timing(reader, of.fields, change) or not _says_when(reader, of, change):
            continue
        units = _units(reader, of, change)
        if units is None:
            continue
        if not set(change) - {*ABOUT_THE_CHANGE, "source"}:
            reader.report("no-effect", "empty-change", change.node)
            continue
        since: dt.date | None = None
        if "from" in change:
            before = [each.fields for each in found if each.units & units]
            year, labels = names_after([*before, change])
            text = change.get("from")
            span = labels.get(text) or read_date(reader, text, change["from"].node, year)
            if span is None:
                continue
            since = span.first
        source = as_source(change["source"]) if "source" in change else None
        amendment = Amendment(number, since, change.get("announced"), change.get("reason", ""), source)
        written = WrittenChange(change, units, amendment)
        if _fits(reader, of, written, found):
            found.append(written)
    return found if len(found) == len(items) else None


def _keeps_the_timing(reader: Reader, fields: Fields, change: Fields) -> bool:
    before = next(name for name in fields if name in TIMING)
    other = next((name for name in change if name in TIMING and name != before), None)
    if other is not None:
        reader.report("conflict", "other-timing", change[other].key, first=before, second=other)
    return other is None


def _says_when(reader: Reader, of: ChangedObligation, change: Fields) -> bool:
    """Whether it says for which periods or for which units it holds, and whether there are periods to choose from."""
    if "from" not in change and "units" not in change:
        reader.report("missing-key", "change-for-whom", change.node, key="from")
        return False
    if "from" in change and isinstance(of.timing, Once | Standing):
        what = "standing" if isinstance(of.timing, Standing) else "once"
        reader.report("no-effect", "change-without-periods", change["from"].key, what=what)
        return False
    return True


def _units(reader: Reader, of: ChangedObligation, change: Fields) -> AbstractSet[int] | None:
    """The units that a change is for; None where it names none that owe it, or a part of those who owe it together."""
    if "units" not in change:
        return of.units
    selection = read_selection(reader, change["units"], None, of.roster, among=of.units)
    if selection is None:
        return None
    units = of.units & Chosen(selection.units(of.roster))
    if of.jointly and units != of.units:
        reader.report("conflict", "joint-change", change["units"].node)
        return None
    return units


def _fits(reader: Reader, of: ChangedObligation, change: WrittenChange, earlier: Sequence[WrittenChange]) -> bool:
    """Whether a change can stand behind the earlier ones, and begins while the obligation lasts."""
    since = change.since
    for other in earlier:
        if other.since == since and other.units == change.units:
            key = "units" if "units" in change.fields else "from"
            reader.report("conflict", "same-change", change.fields[key].node, related=(other.node,))
            return False
        if since and other.since and other.since > since and other.units & change.units:
            node = change.fields["from"].node
            text, before = change.fields.get("from"), other.fields.get("from")
            reader.report("conflict", "out-of-order", node, related=(other.node,), text=text, other=before)
            return False
    if since and of.bounds.last and since > of.bounds.last:
        text = change.fields.get("from")
        reader.report("empty-range", "change-after-end", change.fields["from"].node, text=text)
        return False
    return True
