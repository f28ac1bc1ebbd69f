"""Rulebooks as values, drawn so that their rules meet: few days, few units, everything close together.

The parts are those of ``cyclekit.testing``, in the scene of the properties: calendars that are drawn as well. All
shrink towards one unit, one monthly obligation due on the last day, and no calendar.
"""

from functools import partial

from cyclekit.testing.drawing import courses as _courses
from cyclekit.testing.drawing import rosters as _rosters
from cyclekit.testing.drawing import rulebooks as _rulebooks
from cyclekit.testing.drawing import timings as _timings
from cyclekit.testing.drawing.chances import mostly
from cyclekit.testing.drawing.cycles import cycles, month_cycles, year_starts
from cyclekit.testing.drawing.days import bounds, days, horizons, known_ons, spans
from cyclekit.testing.drawing.obligations import lags
from tests.properties.strategies.meeting import meeting_rulebooks
from tests.properties.strategies.scene import SCENE, of_everyone
from tests.properties.strategies.tiers import tiered_rulebooks
from tests.properties.strategies.worlds import CALENDARS, calendar_shelves, day_books, worlds

courses = partial(_courses.courses, _courses.Place(scene=SCENE))
every = partial(_timings.every, scene=SCENE)
extensions = partial(_courses.extensions, SCENE)
includes = partial(_courses.includes, SCENE)
moves = partial(_courses.moves, SCENE)
rosters = partial(_rosters.rosters, SCENE)
rulebooks = partial(_rulebooks.rulebooks, scene=SCENE)

__all__ = [
    "CALENDARS",
    "bounds",
    "calendar_shelves",
    "courses",
    "cycles",
    "day_books",
    "days",
    "every",
    "extensions",
    "horizons",
    "includes",
    "known_ons",
    "lags",
    "meeting_rulebooks",
    "month_cycles",
    "mostly",
    "moves",
    "of_everyone",
    "rosters",
    "rulebooks",
    "spans",
    "tiered_rulebooks",
    "worlds",
    "year_starts",
]
