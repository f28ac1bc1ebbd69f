"""The parts of which examples are drawn: days, cycles, courses, units, obligations, in one scene."""
