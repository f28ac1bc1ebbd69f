"""Rulebooks as values, drawn so that their rules meet: few days, few units, everything close together.

All shrink towards one unit, one monthly obligation due on the last day, and no calendar.
"""

from tests.properties.strategies.courses import courses
from tests.properties.strategies.cycles import cycles, month_cycles, year_starts
from tests.properties.strategies.days import bounds, days, horizons, known_ons, mostly, spans
from tests.properties.strategies.meeting import meeting_rulebooks
from tests.properties.strategies.rulebooks import rulebooks
from tests.properties.strategies.tiers import tiered_rulebooks
from tests.properties.strategies.worlds import CALENDARS, calendar_shelves, day_books, worlds

__all__ = [
    "CALENDARS",
    "bounds",
    "calendar_shelves",
    "courses",
    "cycles",
    "day_books",
    "days",
    "horizons",
    "known_ons",
    "meeting_rulebooks",
    "month_cycles",
    "mostly",
    "rulebooks",
    "spans",
    "tiered_rulebooks",
    "worlds",
    "year_starts",
]
