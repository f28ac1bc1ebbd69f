"""Obligations and rulebooks: what an author writes, as frozen values."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from cyclekit.civil.spans import Bounds, Span
from cyclekit.model.expectation import Expectation
from cyclekit.model.own_calendar import OwnCalendar, suspending
from cyclekit.model.roster import Roster
from cyclekit.model.selectors import Selection
from cyclekit.model.text import Text
from cyclekit.model.timing import Standing, Timing


@attrs.frozen
class Source:
    """Where a rule is written down. A source given as one text is its ``document``."""

    document: str = ""
    issuer: str = ""
    article: str = ""
    page: str = ""
    url: str = ""
    issued: dt.date | None = None
    checked: dt.date | None = None
    quote: str = ""

    def within(self, outer: "Source | None") -> "Source":
        """This source, with what it leaves open taken from the one of its file.

        A document of its own has its own clauses and pages: only who issued it, and when all was checked, is taken.
        """
        if outer is None:
            return self
        if self.document:
            outer = Source(issuer=outer.issuer, checked=outer.checked)
        own = {name: value for name, value in attrs.asdict(self).items() if value}
        return attrs.evolve(outer, **own)


@attrs.frozen
class Amount:
    """A whole number, or a percentage of what there is."""

    number: int
    percent: bool = False

    def __str__(self) -> str:
        return f"{self.number} %" if self.percent else str(self.number)


@attrs.frozen
class Quota:
    """How much is owed in a period, and ``of`` what."""

    at_least: Amount | None = None
    at_most: Amount | None = None
    exactly: Amount | None = None
    of: Text | None = None


@attrs.frozen
class Ahead:
    """A reminder: so many days, or working days, before the due date."""

    days: int
    working: bool = False


@attrs.frozen
class PeriodException:
    """What was decided for one period: another date, or that it is waived.

    ``number`` tells several due dates of the period apart (None: all of them). ``due`` is final and never
    adjusted, and ``time`` replaces its clock time; where ``due`` is None, the occurrence is waived and ``reason``
    says why. ``units`` None: for all.
    """

    label: str
    span: Span
    number: int | None = None
    due: dt.date | None = None
    reason: str = ""
    source: Source | None = None
    announced: dt.date | None = None
    units: Selection | None = None
    time: int | None = None


@attrs.frozen
class Lag:
    """How much earlier each level is due than the one above: ``cascade: 3 working days``."""

    days: int
    working: bool = False


@attrs.frozen
class Amendment:
    """One entry of ``changes`` as it is written: its place in that list (from 1), and what it says about itself."""

    number: int
    since: dt.date | None = None
    announced: dt.date | None = None
    reason: str = ""
    source: Source | None = None


@attrs.frozen
class Obligation:
    """Something owed, by whom, and when. ``bounds`` are its own; those of its file hold as well.

    Where it is one form of several, ``begins`` says of which periods: those that begin on these days; and
    ``amendments`` which changes made it so, in their order: those of which no later one has replaced everything.
    """

    id: str
    timing: Timing
    title: Text
    selection: Selection = Selection()
    jointly: bool = False
    lead: str | None = None
    kind: str | None = None
    tags: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    deliver: tuple[str, ...] = ()
    quota: tuple[Quota, ...] = ()
    remind: tuple[Ahead, ...] = ()
    notes: Text | None = None
    url: str = ""
    source: Source | None = None
    bounds: Bounds = Bounds()
    calendar: str | None = None
    cascade: Lag | None = None
    exceptions: tuple[PeriodException, ...] = ()
    absorbs: tuple[str, ...] = ()
    changes: "tuple[Change, ...]" = ()
    expect: Expectation | None = None
    begins: Bounds = Bounds()
    amendments: tuple[Amendment, ...] = ()

    @property
    def is_standing(self) -> bool:
        """Whether it has no date at all."""
        return isinstance(self.timing, Standing)


@attrs.frozen
class Change:
    """What an obligation becomes for some units: ``result`` is the whole of it as they owe it from then on.

    It holds for the periods that begin on ``since`` or later (None: for all), and is known from ``announced`` on
    (None: always). Of the changes that name a unit and are known, the last one that holds for a period counts.
    """

    units: Selection
    result: Obligation
    since: dt.date | None = None
    announced: dt.date | None = None


@attrs.frozen(eq=False)
class Rulebook:
    """One rule file as a value: who is concerned, and what they owe.

    ``source`` is that of the whole document; ``calendar`` the default working-day calendar, ``calendars`` those that
    it makes itself; ``bounds`` what the document covers.
    """

    id: str
    title: Text
    roster: Roster
    obligations: tuple[Obligation, ...]
    source: Source | None = None
    timezone: str | None = None
    calendar: str | None = None
    bounds: Bounds = Bounds()
    calendars: tuple[OwnCalendar, ...] = ()

    @cached_property
    def calendar_keys(self) -> Mapping[str, str]:
        """What its own calendars are called among those of other rulebooks: ``court`` is ``RULEBOOK/court``."""
        return {each.id: f"{self.id}/{each.id}" for each in self.calendars}

    @cached_property
    def suspending(self) -> frozenset[str]:
        """The ids of its own calendars that suspend days, so that counting days has to ask them."""
        return suspending(self.calendars)

    def __iter__(self) -> Iterator[Obligation]:
        return iter(self.obligations)

    def __getitem__(self, obligation: str) -> Obligation:
        """The obligation of this id. Raises KeyError."""
        for each in self.obligations:
            if each.id == obligation:
                return each
        raise KeyError(obligation)
