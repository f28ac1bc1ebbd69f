"""Working-day calendars of a file's own: what an author writes under ``calendars``, and the calendar it makes.

A calendar builds on others and says what differs. What it writes itself beats what it builds on, and of its own
entries one with a year beats one that holds every year; ``suspended`` comes before all.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import attrs

from cyclekit.civil.working import WorkingCalendar, split_names
from cyclekit.civil.yearly import Days, YearlySpan, runs
from cyclekit.errors import CalendarError

WEEK = 7
#: Parts two names of one day, as in the data of public holidays.
BETWEEN_NAMES = "; "


@attrs.frozen
class NamedDays:
    """An entry of ``closed`` or ``open``: days of one year or of every year, and what they are called."""

    days: Days
    name: str


@attrs.frozen
class OwnCalendar:
    """A calendar built on others: ``bases`` are their ids, entries of the same file or known ones.

    It rests when any of them does (``any_of``, ``base``), or where ``needs_all`` when all of them do (``all_of``).
    ``weekend`` (Monday is 0) stands for the weekly rest days of the bases, and for the weekend days that they
    work; None leaves both as they are. ``suspended`` days are not worked, and not counted at all.
    """

    id: str
    bases: tuple[str, ...] = attrs.field(validator=attrs.validators.min_len(1))
    needs_all: bool = False
    weekend: frozenset[int] | None = None
    closed: tuple[NamedDays, ...] = ()
    open: tuple[NamedDays, ...] = ()
    suspended: tuple[Days, ...] = ()

    def compose(self, key: str, bases: Sequence[WorkingCalendar], first: int, last: int) -> WorkingCalendar:
        """The calendar under the id ``key`` from ``first`` to ``last`` (ordinals), out of its compiled bases.

        It is known where all of them are. A holiday keeps its name where this calendar works it, so that it is
        still found by it. Raises CalendarError where a base does not reach, or no day at all is worked.
        """
        working = self._inherited(bases, first, last)
        inherited = bytes(working)
        held_off = self._suspended_by(bases)
        decided: set[int] = set()
        for worked, day in self._written(first, last):
            working[day - first] = worked
            decided.add(day)
        opened = {day for day in decided if working[day - first]}
        names = self._names(bases, *_whole_years(first, last))
        # Worked although one would rest: by what this calendar says, by what a base does, or under a holiday's name.
        gained = {day for day in opened if not inherited[day - first]} | {day for base in bases for day in base.opened}
        gained |= names.keys()
        return WorkingCalendar(
            key,
            first,
            last,
            weekend=frozenset(),
            closed=names,
            rest=(day for day, worked in enumerate(working, first) if not worked),
            opened=[day for day in gained if first <= day <= last and working[day - first]],
            suspended={*(held_off - opened), *_days(self.suspended, first, last)},
            named=self._further_names(bases, *_whole_years(first, last)),
            known_from=max((each.known_from for each in bases if each.known_from is not None), default=None),
            known_until=min((each.known_until for each in bases if each.known_until is not None), default=None),
            estimated=self._estimated(bases) - decided,
            origin=self._origin(bases),
        )

    def _inherited(self, bases: Sequence[WorkingCalendar], first: int, last: int) -> bytearray:
        """A byte for each day, 1 where it is worked for all that the bases and the weekend say."""
        rows = [each.working_days(first, last) for each in bases]
        if self.weekend is not None:
            rows = [_without_weekend(each, row, first) for each, row in zip(bases, rows, strict=True)]
        working = bytearray(map(any if self.needs_all else all, zip(*rows, strict=True)))
        for weekday in self.weekend or ():
            start = (weekday + 1 - first) % WEEK  # day 1, 0001-01-01, was a Monday
            working[start::WEEK] = bytes(len(working[start::WEEK]))
        return working

    def _suspended_by(self, bases: Sequence[WorkingCalendar]) -> set[int]:
        each = [set(base.suspended) for base in bases]
        return set.intersection(*each) if self.needs_all else set.union(*each)

    def _written(self, first: int, last: int) -> Iterator[tuple[bool, int]]:
        """Each day that an entry speaks of with what it says, the one that counts last."""
        for yearly in (True, False):
            for worked, entries in ((False, self.closed), (True, self.open)):
                chosen = (each.days for each in entries if isinstance(each.days, YearlySpan) is yearly)
                yield from ((worked, day) for day in _days(chosen, first, last))

    def _names(self, bases: Sequence[WorkingCalendar], first: int, last: int) -> dict[int, str]:
        found: dict[int, dict[str, None]] = {}
        for base in bases:
            for day, name in base.names.items():
                found.setdefault(day, {}).update(dict.fromkeys(name.split(BETWEEN_NAMES)))
        for entry in self.closed:
            for day in _days([entry.days], first, last):
                found.setdefault(day, {}).update(dict.fromkeys(entry.name.split(BETWEEN_NAMES)))
        return {day: BETWEEN_NAMES.join(names) for day, names in found.items()}

    def _further_names(self, bases: Sequence[WorkingCalendar], first: int, last: int) -> dict[str, list[int]]:
        """The days of names that some base finds in another language than the one that is told."""
        found: dict[str, list[int]] = {}
        for name in sorted({name for base in bases for name in base.further_names}):
            entries = [entry.days for entry in self.closed if name in split_names(entry.name)]
            found[name] = [day for base in bases for day in base.every_day_named(name)]
            found[name] += _days(entries, first, last)
        return found

    def _origin(self, bases: Sequence[WorkingCalendar]) -> str:
        """The data behind the calendars of the world that it builds on in the end, each named by its code."""
        told: dict[str, None] = {}
        for name, base in zip(self.bases, bases, strict=True):
            # One of the same file tells what it is built on itself.
            own = base.id != name
            told.update(dict.fromkeys(base.origin.split(BETWEEN_NAMES) if own else [f"{name}: {base.origin}"]))
        return BETWEEN_NAMES.join(told)

    def _estimated(self, bases: Sequence[WorkingCalendar]) -> set[int]:
        weekend = self.weekend or frozenset()
        return {day for base in bases for day in base.estimated if (day - 1) % WEEK not in weekend}


def bases_first(names: Iterable[str], bases: Mapping[str, Sequence[str]]) -> list[str]:
    """These calendars and all that they build on, as far as ``bases`` has them, each after those that it builds on.

    Raises CalendarError for one that builds on itself in the end.
    """
    graph: dict[str, list[str]] = {}
    wanted = list(names)
    while wanted:
        name = wanted.pop()
        if name not in graph:
            graph[name] = [base for base in bases[name] if base in bases]
            wanted += graph[name]
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as loop:
        raise CalendarError(loop.args[1][0], f"it builds on itself: {' → '.join(loop.args[1])}") from loop


def suspending(calendars: Iterable[OwnCalendar]) -> frozenset[str]:
    """The ids of those that suspend days, by themselves or through one that they build on."""
    made = {each.id: each for each in calendars}
    found: set[str] = set()
    for name in bases_first(made, {each: own.bases for each, own in made.items()}):
        if made[name].suspended or found & set(made[name].bases):
            found.add(name)
    return frozenset(found)


def _whole_years(first: int, last: int) -> tuple[int, int]:
    """From the first day's New Year on to the end of the last day's year: a name is looked up in whole years."""
    begin, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return dt.date(begin.year, 1, 1).toordinal(), dt.date(end.year, 12, 31).toordinal()


def _days(each: Iterable[Days], first: int, last: int) -> Iterator[int]:
    for days in each:
        for begin, end in runs(days, first, last):
            yield from range(begin, end + 1)


def _without_weekend(base: WorkingCalendar, row: bytes, first: int) -> bytes:
    """The days of a base that are worked once its weekly rest is taken away: named closures and suspensions stay."""
    last = first + len(row) - 1
    free = bytearray(b"\x01" * len(row))
    for day in (*base.names, *base.suspended):
        if first <= day <= last:
            free[day - first] = row[day - first]
    return bytes(free)
