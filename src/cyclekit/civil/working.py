"""Working-day calendars, compiled to look-ups over a span of days.

Two arrays of ints do everything: for each day how many working days there are up to it, and for each count
which day it is. Moving a date or counting working days is then indexing, whatever the calendar is made of.
"""

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, compress
from operator import le

from cyclekit.errors import CalendarError

SATURDAY_SUNDAY = frozenset({5, 6})
YEAR = 366


def split_names(text: str) -> list[str]:
    """The names of a closed day: several stand between semicolons, and ``(estimated)`` is no part of one.

    >>> split_names("National Day; Mid-Autumn Festival (estimated)")
    ['National Day', 'Mid-Autumn Festival']
    """
    return [each.removesuffix("(estimated)").strip() for each in text.split("; ")]


class WorkingCalendar:
    """Which days are working days, from ``first`` to ``last``, and how far that is known.

    ``known_from`` and ``known_until`` are ordinals, or None where the data have no such limit: a date that
    rests on days after ``known_until`` is provisional, one that rests on days before ``known_from`` is refused.
    ``estimated`` are days within that are the source's guess, ``opened`` those worked although a weekend or a holiday
    would have them closed. ``origin`` tells which data stand behind it.
    ``longest_closure`` is the longest run of days that are not worked; or more, where more are suspended in a year.
    """

    __slots__ = (
        "_days",
        "_named",
        "_suspended",
        "_upto",
        "_working",
        "estimated",
        "first",
        "id",
        "known_from",
        "known_until",
        "last",
        "longest_closure",
        "names",
        "opened",
        "origin",
    )

    def __init__(
        self,
        id: str,  # noqa: A002 (the field's own word)
        first: int,
        last: int,
        *,
        weekend: frozenset[int] = SATURDAY_SUNDAY,
        closed: Mapping[int, str] | None = None,
        rest: Iterable[int] = (),
        opened: Iterable[int] = (),
        suspended: Iterable[int] = (),
        named: Mapping[str, Iterable[int]] | None = None,
        known_from: int | None = None,
        known_until: int | None = None,
        estimated: Iterable[int] = (),
        origin: str = "",
    ) -> None:
        """Compile the days ``first`` to ``last`` (ordinals).

        ``weekend`` holds weekdays (Monday is 0), and ``rest`` single days of rest, where weekends have changed over
        time; ``closed`` maps further closed days to their names; ``opened`` are days that are worked although a
        weekend or a holiday would have them closed, as China's adjusted working weekends; ``suspended`` days are not
        worked, and not counted at all; ``named`` gives the days of further names, as in other languages.
        Raises CalendarError where no day at all is worked.
        """
        self.id = id
        self.first = first
        self.last = last
        self.known_from = known_from
        self.known_until = known_until
        self.estimated = frozenset(estimated)
        self.origin = origin
        self.names = dict(closed or {})
        self._named = {name: sorted(days) for name, days in (named or {}).items()}
        pattern = bytes(weekday not in weekend for weekday in range(7))
        shift = (first + 6) % 7  # day 1, 0001-01-01, was a Monday
        working = bytearray((pattern * ((last - first) // 7 + 2))[shift : shift + last - first + 1])
        for day in (*rest, *self.names):
            if first <= day <= last:
                working[day - first] = 0
        worked = {day for day in opened if first <= day <= last}
        for day in worked:
            working[day - first] = 1
        self._suspended = sorted({day for day in suspended if first <= day <= last})
        for day in self._suspended:
            working[day - first] = 0
        self.opened = frozenset(worked.difference(self._suspended))
        self._working = bytes(working)
        self._upto = array("i", list(accumulate(working)))
        self._days = array("i", list(compress(range(first, last + 1), working)))
        if not self._days:
            raise CalendarError(id, "it has no working day at all")
        longest = max(map(len, self._working.split(b"\x01")))
        self.longest_closure = max(longest, self._most_suspended())

    def _most_suspended(self) -> int:
        """How many days are suspended within a year, at most."""
        days = self._suspended
        return max((bisect_left(days, day + YEAR) - place for place, day in enumerate(days)), default=0)

    def is_working(self, day: int) -> bool:
        """Whether this day is worked. Raises CalendarError outside ``first``..``last``."""
        if not self.first <= day <= self.last:
            raise self._out_of_reach(day)
        return self._working[day - self.first] == 1

    def working_days(self, first: int, last: int) -> bytes:
        """A byte for each day from ``first`` to ``last``: 1 where it is worked. Raises CalendarError outside."""
        if not self.first <= first <= last <= self.last:
            raise self._out_of_reach(first if first < self.first else last)
        return self._working[first - self.first : last - self.first + 1]

    def following(self, day: int) -> int:
        """The first working day on or after this one. Raises CalendarError where the calendar ends before it."""
        if not self.first <= day <= self.last:
            raise self._out_of_reach(day)
        offset = day - self.first
        before = self._upto[offset] - self._working[offset]
        if before == len(self._days):
            raise self._out_of_reach(self.last + 1)
        return self._days[before]

    def preceding(self, day: int) -> int:
        """The last working day on or before this one. Raises CalendarError where the calendar begins after it."""
        if not self.first <= day <= self.last:
            raise self._out_of_reach(day)
        upto = self._upto[day - self.first]
        if not upto:
            raise self._out_of_reach(self.first - 1)
        return self._days[upto - 1]

    def count(self, first: int, last: int) -> int:
        """How many working days there are from ``first`` to ``last``, both included; 0 where they are reversed.

        Raises CalendarError outside the compiled days.
        """
        if first > last:
            return 0
        if not self.first <= first <= last <= self.last:
            raise self._out_of_reach(first if first < self.first else last)
        return self._upto[last - self.first] - self._upto[first - self.first] + self._working[first - self.first]

    def add(self, day: int, count: int) -> int:
        """The ``count``-th working day strictly after this day, or strictly before it where ``count`` is negative.

        It makes no difference whether the day itself is worked. Raises CalendarError where the calendar ends
        before it is found, and ValueError for a count of 0, which means no day.
        """
        if not count:
            raise ValueError("the 0th working day")
        if not self.first <= day <= self.last:
            raise self._out_of_reach(day)
        upto = self._upto[day - self.first]
        wanted = upto + count - 1 if count > 0 else upto - self._working[day - self.first] + count
        if wanted < 0:
            raise self._out_of_reach(self.first - 1)
        if wanted >= len(self._days):
            raise self._out_of_reach(self.last + 1)
        return self._days[wanted]

    def nth(self, first: int, last: int, number: int) -> int | None:
        """The ``number``-th working day of these days, from −1 down counted from their end; None: there are fewer.

        Raises CalendarError outside the compiled days, and ValueError for the 0th.
        """
        if not number:
            raise ValueError("the 0th working day")
        if abs(number) > self.count(first, last):
            return None
        if number > 0:
            return self._days[self._upto[first - self.first] - self._working[first - self.first] + number - 1]
        return self._days[self._upto[last - self.first] + number]

    def each_following(self, days: Sequence[int]) -> list[int] | None:
        """The first working day on or after each of these days, which are in order; None where one lies too far."""
        if not days or days[0] < self.first or days[-1] > self._days[-1]:
            return None
        first, upto, working, worked = self.first, self._upto, self._working, self._days
        return [worked[upto[day - first] - working[day - first]] for day in days]

    def each_preceding(self, days: Sequence[int]) -> list[int] | None:
        """The last working day on or before each of these days, which are in order; None where one lies too far."""
        if not days or days[0] < self._days[0] or days[-1] > self.last:
            return None
        first, upto, worked = self.first, self._upto, self._days
        return [worked[upto[day - first] - 1] for day in days]

    def each_nth(self, firsts: Sequence[int], lasts: Sequence[int], number: int) -> list[int] | None:
        """The ``number``-th working day of each of these spans, which are in order, as ``nth`` counts.

        None where one span has fewer, or lies too far. Raises ValueError for the 0th.
        """
        if not number:
            raise ValueError("the 0th working day")
        if not firsts or firsts[0] < self.first or lasts[-1] > self.last:
            return None
        first, upto, working, worked = self.first, self._upto, self._working, self._days
        if number > 0:
            ahead = number - 1
            if upto[firsts[-1] - first] - working[firsts[-1] - first] + ahead >= len(worked):
                return None
            found = [worked[upto[day - first] - working[day - first] + ahead] for day in firsts]
            return found if all(map(le, found, lasts)) else None
        if upto[lasts[0] - first] + number < 0:
            return None
        found = [worked[upto[day - first] + number] for day in lasts]
        return found if all(map(le, firsts, found)) else None

    @property
    def further_names(self) -> Collection[str]:
        """The names by which days are found although ``names`` does not tell them, as those in other languages."""
        return self._named.keys()

    def every_day_named(self, name: str) -> list[int]:
        """The days that bear this name, in order. Of a day with several names each one counts."""
        days = self._named.get(name)
        if days is None:
            days = sorted(day for day, names in self.names.items() if name in split_names(names))
        return days

    def days_named(self, name: str) -> dict[int, int]:
        """The first day of each year that bears this name, by year."""
        found: dict[int, int] = {}
        for day in self.every_day_named(name):
            found.setdefault(dt.date.fromordinal(day).year, day)
        return found

    @property
    def suspended(self) -> Sequence[int]:
        """The days that are not counted at all, in order."""
        return tuple(self._suspended)

    @property
    def suspends(self) -> bool:
        """Whether there are days that are not counted at all."""
        return bool(self._suspended)

    def add_days(self, day: int, count: int) -> int:
        """The day that lies ``count`` days on (back, where negative), suspended days not counted.

        Raises CalendarError where some are suspended and it leads outside the compiled days: of those nobody knows.

        >>> court = WorkingCalendar("court", 1, 100, suspended=range(10, 20))
        >>> court.add_days(8, 3)
        21
        """
        if not self._suspended:
            return day + count
        days = self._suspended
        if count > 0:
            # Every suspended day between the start and the target pushes the target on by one.
            begin, target = bisect_right(days, day), day + count
            while (found := day + count + bisect_right(days, target) - begin) != target:
                target = found
        else:
            begin, target = bisect_left(days, day), day + count
            while (found := day + count - (begin - bisect_left(days, target))) != target:
                target = found
        if not self.first <= min(day, target) <= max(day, target) <= self.last:
            raise self._out_of_reach(self.first - 1 if min(day, target) < self.first else self.last + 1)
        return target

    def is_suspended(self, day: int) -> bool:
        """Whether this day is not counted at all."""
        place = bisect_left(self._suspended, day)
        return place < len(self._suspended) and self._suspended[place] == day

    def is_provisional(self, first: int, last: int) -> bool:
        """Whether what these days are is not yet certain: unannounced, or estimated by the source."""
        if self.known_until is not None and last > self.known_until:
            return True
        return bool(self.estimated) and any(day in self.estimated for day in range(first, last + 1))

    def is_unknown(self, first: int) -> bool:
        """Whether this day lies before the data begin, so that nothing may rest on it."""
        return self.known_from is not None and first < self.known_from

    def _out_of_reach(self, day: int) -> CalendarError:
        inside = f"it was compiled for {dt.date.fromordinal(self.first)}..{dt.date.fromordinal(self.last)}"
        known = 1 <= day <= dt.date.max.toordinal()
        return CalendarError(self.id, inside, dt.date.fromordinal(day) if known else None)

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.id!r}, {dt.date.fromordinal(self.first)}..{dt.date.fromordinal(self.last)})"
