"""Who is meant, one unit at a time; and who is there."""

import datetime as dt

from cyclekit.civil.spans import Bounds
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Everyone, Kind, Selection, Selector, UnitId, Where
from tests.properties.oracle.periods import Period


def means(selector: Selector, roster: Roster, unit: str) -> bool:
    """Whether a selector means a unit."""
    number = roster.index[unit]
    match selector:
        case Everyone():
            return True
        case UnitId(id=wanted):
            return unit == wanted
        case Kind(kind=kind):
            return roster.kinds[number] == kind
        case Where(tests=tests, excluded=excluded):
            held = all(_holds(name, value, roster, unit) for name, value in tests)
            return held and not any(means(each, roster, unit) for each in excluded)


def _holds(name: str, value: str, roster: Roster, unit: str) -> bool:
    number = roster.index[unit]
    match name:
        case "id":
            return unit == value
        case "kind":
            return roster.kinds[number] == value
        case "tag":
            return value in roster.tags[number]
        case "under":
            while number >= 0:
                if roster.ids[number] == value:
                    return True
                number = roster.parents[number]
            return False
        case _:
            return roster.attributes[name][number] == value


def selected(selection: Selection, roster: Roster, unit: str) -> bool:
    """Whether a selection means a unit."""
    return any(means(each, roster, unit) for each in selection.parts) and not any(
        means(each, roster, unit) for each in selection.excluded
    )


def overlaps(bounds: Bounds, first: dt.date, last: dt.date) -> bool:
    """Whether a span of days has a day within bounds."""
    return not (bounds.first and last < bounds.first) and not (bounds.last and first > bounds.last)


def is_empty(one: Bounds, other: Bounds) -> bool:
    """Whether nothing lies within both."""
    firsts = [each.first for each in (one, other) if each.first]
    lasts = [each.last for each in (one, other) if each.last]
    return bool(firsts) and bool(lasts) and max(firsts) > min(lasts)


def is_there(roster: Roster, unit: str, period: Period) -> bool:
    """Whether a unit exists in some part of a period."""
    active = roster.active[roster.index[unit]]
    return not active or any(overlaps(each, period.first, period.last) for each in active)


def above(roster: Roster, unit: str) -> list[str]:
    """The units above one, the nearest first."""
    found: list[str] = []
    number = roster.parents[roster.index[unit]]
    while number >= 0:
        found.append(roster.ids[number])
        number = roster.parents[number]
    return found
