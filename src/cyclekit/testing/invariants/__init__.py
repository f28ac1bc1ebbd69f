"""What holds for every rulebook over every horizon, by name. Each is a function for use under one's own ``@given``.

Every function takes a rulebook and a horizon, and how they are expanded where calendars are at hand; it returns how
many things it looked at (0: there was nothing to look at), and raises InvariantError where one does not hold.

>>> import cyclekit
>>> book = cyclekit.load("rules/cn/anqing-2022.yaml")
>>> horizons_add_up(book, cyclekit.Span(dt.date(2023, 1, 1), dt.date(2023, 12, 31))) > 0
True
"""

import datetime as dt

from cyclekit.testing.invariants.centuries import centuries_repeat
from cyclekit.testing.invariants.errors import InvariantError
from cyclekit.testing.invariants.feeds import feeds_read_back
from cyclekit.testing.invariants.moving import (
    adjusted_days_are_working_days,
    adjusting_has_a_direction,
    modified_stays_in_the_month,
)
from cyclekit.testing.invariants.periods import (
    keys_are_unique,
    keys_do_not_depend_on_dates,
    nothing_drifts,
    one_occurrence_a_period,
    periods_keep_their_order,
)
from cyclekit.testing.invariants.statuses import absorbed_once, levels_are_strictly_earlier, waived_are_still_listed
from cyclekit.testing.invariants.whole import horizons_add_up, order_does_not_matter

__all__ = [
    "InvariantError",
    "absorbed_once",
    "adjusted_days_are_working_days",
    "adjusting_has_a_direction",
    "centuries_repeat",
    "dt",
    "feeds_read_back",
    "horizons_add_up",
    "keys_are_unique",
    "keys_do_not_depend_on_dates",
    "levels_are_strictly_earlier",
    "modified_stays_in_the_month",
    "nothing_drifts",
    "one_occurrence_a_period",
    "order_does_not_matter",
    "periods_keep_their_order",
    "waived_are_still_listed",
]
