"""Days that are not worked, drawn freely: any weekend, closures of a day to half a year, days opened all the same.

Nothing but sets of days, so that every library can be told the same. All shrink towards a week without a weekend.
"""

import datetime as dt
import random
from collections.abc import Sequence

import attrs
from hypothesis import strategies as st

from cyclekit.civil.working import WorkingCalendar

#: The days about which calendars are asked, and those for which they are compiled: adding reaches far beyond.
ASKED = (dt.date(2018, 1, 1).toordinal(), dt.date(2028, 12, 31).toordinal())
COMPILED = (dt.date(1990, 1, 1).toordinal(), dt.date(2056, 12, 31).toordinal())

SATURDAY_SUNDAY = frozenset({5, 6})


@attrs.frozen
class Closures:
    """What decides whether a day is worked; days are ordinals, and Monday is 0.

    ``closed`` and ``rest`` days are not worked, ``opened`` ones are, whatever else they are; a ``suspended`` day is
    not worked even then.
    """

    weekend: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    rest: frozenset[int] = frozenset()
    opened: frozenset[int] = frozenset()
    suspended: frozenset[int] = frozenset()

    def compiled(self) -> WorkingCalendar:
        """The calendar under test."""
        return WorkingCalendar(
            "drawn",
            *COMPILED,
            weekend=self.weekend,
            closed=dict.fromkeys(sorted(self.closed), "closed"),
            rest=self.rest,
            opened=self.opened,
            suspended=self.suspended,
        )

    @property
    def single_days(self) -> frozenset[int]:
        """Every day that is closed by itself, on a weekend or not."""
        return (self.closed | self.rest) - self.opened | self.suspended

    @property
    def open_weekends(self) -> frozenset[int]:
        """The days of weekends that are worked."""
        return frozenset(day for day in self.opened - self.suspended if (day - 1) % 7 in self.weekend)


def _spans(lengths: Sequence[int], most: int) -> st.SearchStrategy[frozenset[int]]:
    """The days of some spans of these lengths, near the days about which calendars are asked."""
    span = st.builds(
        lambda first, length: range(first, first + length),
        st.integers(ASKED[0] - 100, ASKED[1]),
        st.sampled_from(lengths),
    )
    return st.lists(span, max_size=most).map(lambda found: frozenset(day for each in found for day in each))


def closures() -> st.SearchStrategy[Closures]:
    """Days of every kind at once; of a week at least one day is worked."""
    return st.builds(
        Closures,
        st.just(SATURDAY_SUNDAY) | st.frozensets(st.integers(0, 6), max_size=6),
        _spans([1, 2, 3, 9, 35, 180], 25),
        _spans([1, 2], 4),
        _spans([1, 1, 2, 7, 90], 12),
        _spans([1, 18, 60], 3),
    )


def seeds() -> st.SearchStrategy[random.Random]:
    """Sources of chance that a failing example names and finds again."""
    return st.builds(random.Random, st.integers(0, 2**32 - 1))


def some_days(chance: random.Random, count: int) -> list[int]:
    """So many of the days about which calendars are asked."""
    return chance.choices(range(ASKED[0], ASKED[1] + 1), k=count)


def some_counts(chance: random.Random, count: int, most: int) -> list[int]:
    """So many numbers of days from −``most`` to ``most``, and never 0; small ones are as frequent as large ones."""
    return [chance.choice((-1, 1)) * chance.randint(1, chance.choice((3, 25, most))) for _ in range(count)]


def some_spans(chance: random.Random, count: int) -> list[tuple[int, int]]:
    """So many spans of a day up to two years."""
    return [(first, first + chance.randrange(chance.choice((7, 31, 730)))) for first in some_days(chance, count)]
