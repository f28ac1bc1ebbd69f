"""The contract once more, slowly: every unit by itself, every period by itself, every day by itself.

It shares nothing with the engine but the model's values: no windows, no cohorts, no ordinals, no look-up
tables. It looks at all periods between two days that lie far outside what is compared.
"""

from tests.properties.oracle.daybooks import COMPILED, FESTIVAL, WORLD, DayBook
from tests.properties.oracle.facts import Fact, facts
from tests.properties.oracle.periods import Period, all_periods
from tests.properties.oracle.schedules import UnknownDaysError, World, occurrences

__all__ = [
    "COMPILED",
    "FESTIVAL",
    "WORLD",
    "DayBook",
    "Fact",
    "Period",
    "UnknownDaysError",
    "World",
    "all_periods",
    "facts",
    "occurrences",
]
