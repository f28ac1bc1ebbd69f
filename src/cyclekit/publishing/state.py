"""What is remembered from one publication to the next: which version of each occurrence is out there.

It is kept for an obligation's period and number, with the units that share it, and never for each event: so a state
stays small where thousands of units owe the same on the same days.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from cyclekit.model.text import Text


class Standing(enum.Enum):
    """What readers of the feeds see of an occurrence.

    ``LISTED``: it is there. ``WAIVED``: the rules say that it is waived. ``GONE``: the rules no longer have it.
    Both of these are shown as cancelled until their time is over. ``OUTSIDE``: it lies outside the days that are
    published; only its version is remembered for a while.
    """

    LISTED = "listed"
    WAIVED = "waived"
    GONE = "gone"
    OUTSIDE = "outside"


@attrs.frozen
class Slot:
    """What versions are counted for: one due date of one period of an obligation, whoever owes it."""

    obligation: str
    period: str
    number: int


@attrs.frozen
class Entry:
    """One version, and the units whose occurrences have it, by id.

    ``together`` are those who take part in a joint one, whose lead is then the only unit. ``due`` and ``time`` are an
    ordinal and minutes after midnight; ``title`` is its own, where it has one. ``content`` stands for all that
    readers can see of it. ``created``, ``modified`` and ``until`` are seconds since 1970; ``until`` says how long
    what is no longer owed is shown as cancelled, or remembered. ``why`` tells why it is due on that day, as far as that
    is told: it is part of the content, and not remembered by itself.
    """

    units: frozenset[str]
    together: frozenset[str]
    due: int
    time: int | None
    title: Text | None
    content: str
    sequence: int
    created: int
    modified: int
    standing: Standing
    until: int | None = None
    why: str = attrs.field(default="", eq=False)


@attrs.frozen
class KnownUnit:
    """What is remembered of a unit, so that its feed can be written when the rules no longer name it."""

    name: Text
    kind: str | None = None
    parent: str | None = None
    timezone: str | None = None


@attrs.frozen
class KnownObligation:
    """What is remembered of an obligation."""

    title: Text
    kind: str | None = None
    url: str = ""


@attrs.frozen
class KnownBook:
    """What is remembered of a rulebook. No unit or obligation of an entry is missing from it."""

    title: Text
    timezone: str | None
    units: Mapping[str, KnownUnit]
    obligations: Mapping[str, KnownObligation]
    entries: Mapping[Slot, tuple[Entry, ...]]


@attrs.frozen
class State:
    """What is remembered of a publication: its language, the feeds that its rules named, and its rulebooks by id.

    There is no clock in it, nor which data of holidays were used: publishing the same again gives the same state.
    """

    language: str = ""
    feeds: frozenset[str] = frozenset()
    rulebooks: Mapping[str, KnownBook] = MappingProxyType({})
