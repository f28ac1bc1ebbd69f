"""A rulebook as it might have been: with a holiday more, with other units. What is edited is still a rulebook."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cyclekit.api import load
from cyclekit.civil.spans import Span
from cyclekit.errors import RuleFileError
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.own_calendar import NamedDays, OwnCalendar
from cyclekit.model.roster import NO_PARENT, Roster
from cyclekit.model.schedule import Schedule
from cyclekit.testing.expanding import MORE, expand
from cyclekit.testing.horizons import years_of
from cyclekit.testing.strategies import horizons

#: A calendar without rest is asked for by those who want none: no day off is added to it.
RESTLESS = "all_days"
DAY_OFF = "day off"
MOST_DAYS_OFF = 3


@attrs.frozen(eq=False)
class Case:
    """A rule file's rulebook over a horizon, and what was changed in it: days off more, units left out or doubled."""

    rulebook: Rulebook = attrs.field(repr=lambda book: book.id)
    horizon: Span = attrs.field(repr=str)
    days_off: tuple[dt.date, ...] = ()
    left_out: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def is_as_written(self) -> bool:
        """Whether nothing was changed."""
        return not (self.days_off or self.left_out or self.doubled)

    def expand(self) -> Schedule:
        """What is due."""
        return expand(self.rulebook, self.horizon)


def from_rule_file(
    path: str | Path,
    *,
    within: Span | None = None,
    max_days: int = 731,
    days_off: bool = True,
    units: bool = True,
) -> st.SearchStrategy[Case]:
    """Cases of a rule file: other horizons, and edits that its author did not think of.

    ``days_off`` closes up to three days more in every calendar that it asks, ``units`` leaves units out and doubles
    others. They shrink towards the file as it is, over one day at the beginning of what it covers. Raises
    InvalidArgument for a file that cannot be used, or where no horizon of so many days lies within.

    >>> from hypothesis import find
    >>> find(from_rule_file("rules/cn/lpr.yaml"), lambda case: True).is_as_written
    True
    """
    try:
        book = load(path)
    except (OSError, RuleFileError) as fault:
        raise InvalidArgument(f"{path} is no rule file to start from: {fault}") from fault
    return cases(book, within=within, max_days=max_days, days_off=days_off, units=units)


def cases(
    book: Rulebook,
    *,
    within: Span | None = None,
    max_days: int = 731,
    days_off: bool = True,
    units: bool = True,
) -> st.SearchStrategy[Case]:
    """The same of a rulebook."""
    span = within or years_of(book)
    spans = horizons(within=span, max_days=min(max_days, span.days))
    off = st.lists(st.dates(span.first, span.last), max_size=MOST_DAYS_OFF, unique=True) if days_off else st.just([])
    free = _free(book) if units else []
    some = st.lists(st.sampled_from(free), unique=True, max_size=len(free) - 1) if len(free) > 1 else st.just([])
    more = st.lists(st.sampled_from(free), unique=True, max_size=2) if free else st.just([])

    def made(horizon: Span, days: list[dt.date], without: list[str], twice: list[str]) -> Case:
        twice = [each for each in twice if each not in without]
        edited = with_units(with_days_off(book, days), without, twice)
        return Case(edited, horizon, tuple(sorted(days)), tuple(sorted(without)), tuple(sorted(twice)))

    return st.builds(made, spans, off, some, more)


def _free(book: Rulebook) -> list[str]:
    """The units that no rule names and no other unit stands below: those that may be there or not."""
    named = repr(book.obligations)
    roster = book.roster
    below = {roster.ids[each] for each in roster.parents if each != NO_PARENT}
    return [each for each in roster.ids if each not in below and f"'{each}'" not in named]


def with_days_off(book: Rulebook, days: Iterable[dt.date]) -> Rulebook:
    """The same rulebook in a world with these days off more, in every calendar but ``all_days``."""
    entries = tuple(NamedDays(Span(day, day), DAY_OFF) for day in sorted(days))
    if not entries:
        return book
    own = {each.id for each in book.calendars}
    known: dict[str, OwnCalendar] = {}

    def renamed(name: str) -> str:
        if name in own or name in ("unit", "", RESTLESS):
            return name
        made = known.setdefault(name, OwnCalendar(f"{name}{MORE}", (name,), closed=entries))
        return made.id

    obligations = tuple(_renamed(each, renamed) for each in book)
    calendars = [None if each is None else renamed(each) for each in book.roster.calendars]
    calendar = renamed(book.calendar) if book.calendar else None
    written = tuple(attrs.evolve(each, closed=(*each.closed, *entries)) for each in book.calendars)
    return attrs.evolve(
        book,
        obligations=obligations,
        calendar=calendar,
        calendars=(*written, *known.values()),
        roster=_roster(book.roster, range(len(book.roster)), calendars=calendars),
    )


def _renamed(value: Any, renamed: Callable[[str], str]) -> Any:  # noqa: ANN401 (any part of an obligation)
    """A part of a rule in which every calendar is called otherwise."""
    if isinstance(value, tuple):
        return tuple(_renamed(each, renamed) for each in value)
    if not attrs.has(type(value)):
        return value
    parts: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        old = getattr(value, field.name)
        if field.name == "calendar" and isinstance(old, str):
            parts[field.name] = renamed(old)
        elif isinstance(old, tuple) or attrs.has(type(old)):
            parts[field.name] = _renamed(old, renamed)
    return attrs.evolve(value, **parts) if parts else value


def with_units(book: Rulebook, left_out: Iterable[str], doubled: Iterable[str]) -> Rulebook:
    """The same rulebook without some units, and with a twin of others (``north`` and ``north.2``)."""
    without, twice = set(left_out), list(doubled)
    if not without and not twice:
        return book
    roster = book.roster
    kept = [number for number, each in enumerate(roster.ids) if each not in without]
    numbers = [*kept, *(roster.index[each] for each in twice)]
    ids = [*(roster.ids[each] for each in kept), *(f"{each}.2" for each in twice)]
    return attrs.evolve(book, roster=_roster(roster, numbers, ids=ids))


def _roster(
    roster: Roster,
    numbers: Iterable[int],
    *,
    ids: list[str] | None = None,
    calendars: list[str | None] | None = None,
) -> Roster:
    order = list(numbers)
    places: Mapping[int, int] = {old: new for new, old in reversed(list(enumerate(order)))}
    of = calendars or roster.calendars
    return Roster(
        ids or [roster.ids[each] for each in order],
        names=[roster.names[each] for each in order],
        kinds=[roster.kinds[each] for each in order],
        parents=[places.get(roster.parents[each], NO_PARENT) for each in order],
        tags=[roster.tags[each] for each in order],
        calendars=[of[each] for each in order],
        timezones=[roster.timezones[each] for each in order],
        year_starts=[roster.year_starts[each] for each in order],
        active=[roster.active[each] for each in order],
        attributes={name: [column[each] for each in order] for name, column in roster.attributes.items()},
    )


def shuffled(book: Rulebook) -> Rulebook:
    """The same rulebook with its obligations and its units the other way round."""
    backwards: tuple[Obligation, ...] = book.obligations[::-1]
    return attrs.evolve(book, obligations=backwards, roster=_roster(book.roster, reversed(range(len(book.roster)))))
