"""Dates without rules: spans and their labels, cycles and periods, working-day calendars, conventions.

Inside, a day is its proleptic Gregorian ordinal (``datetime.date.toordinal``): an int compares, sorts and
stores cheaply, and a column of days is a plain list. Dates proper appear in what callers see.
"""
