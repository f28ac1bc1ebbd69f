"""What the keys of one shape may be beside each other, for editors: the schema says it, and the reader decides."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

TIMING = ("every", "once", "upon", "dates", "standing")
CYCLE_KEYS = ("origin", "year_start", "year_named", "only", "skip", "stub")
DUE_ANCHORS = ("day", "weekday", "working_day", "date", "at", "holiday")
DUE_SHIFTS = ("add", "move_to", "include", "extend")
_COUNTED = ("day", "weekday", "working_day")


@attrs.frozen
class OneOf:
    """Exactly one of these keys."""

    names: tuple[str, ...]


@attrs.frozen
class AnyOf:
    """At least one of these keys."""

    names: tuple[str, ...]


@attrs.frozen
class AtMostOne:
    """None or one of these keys."""

    names: tuple[str, ...]


@attrs.frozen
class Needs:
    """A key that wants one of some others beside it."""

    name: str
    among: tuple[str, ...]


@attrs.frozen
class Apart:
    """A key that none of some others may stand beside."""

    name: str
    others: tuple[str, ...]


@attrs.frozen
class Range:
    """A number that has to lie in a narrower range, unless another key says what it counts in."""

    name: str
    low: int
    high: int
    unless: str = ""


Rule = OneOf | AnyOf | AtMostOne | Needs | Apart | Range

_ANCHORED: tuple[Rule, ...] = (AtMostOne(DUE_ANCHORS), AtMostOne(DUE_SHIFTS), Apart("month", ("within",)))

TOGETHER: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "obligation": (
            OneOf(TIMING),
            AtMostOne(("only", "skip")),
            Apart("once", CYCLE_KEYS),
            Apart("upon", CYCLE_KEYS),
            Apart("dates", (*CYCLE_KEYS, "adjust")),
            Apart(
                "standing",
                (
                    *CYCLE_KEYS,
                    *("due", "opens", "closes", "time", "from", "until", "exceptions", "absorbs"),
                    *("adjust", "calendar", "remind", "cascade"),
                ),
            ),
            Apart("cascade", ("jointly",)),
        ),
        "change": (AnyOf(("from", "units")), AtMostOne(TIMING), AtMostOne(("only", "skip"))),
        "defaults": (AtMostOne(("only", "skip")), Apart("cascade", ("jointly",))),
        # What stands beside `by_period` holds for each of its entries.
        "due": (
            *_ANCHORED,
            Apart("by_period", DUE_ANCHORS),
            Needs("nth", ("weekday",)),
            Needs("year", ("date", "by_period")),
            *(Needs(name, (*_COUNTED, "by_period")) for name in ("month", "within")),
            Range("day", -31, 31, unless="within"),
        ),
        "course": (*_ANCHORED, Needs("nth", ("weekday",))),
        "step": (OneOf((*DUE_SHIFTS, "adjust")), Needs("month_end", ("add",))),
        "every": (OneOf(("rrule", "periods")), Needs("rrule", ("start",)), Needs("start", ("rrule",))),
        "upon": (OneOf(("obligation", "event")), Apart("event", ("at",))),
        "exception": (OneOf(("due", "waived")), Apart("waived", ("time",))),
        "quota": (AnyOf(("at_least", "at_most", "exactly")), Apart("exactly", ("at_least", "at_most"))),
        "calendar": (OneOf(("base", "any_of", "all_of")),),
        "move_to": (OneOf(("on_or_after", "after", "on_or_before", "before")),),
        "day_of_months": (
            OneOf(_COUNTED),
            Needs("nth", ("weekday",)),
            Needs("weekday", ("nth",)),
            Range("day", -31, 31),
        ),
        "unit": (Apart("children", ("parent",)),),
    }
)
