"""The waist: what authors write, as frozen values, and what comes out, as columns with light views.

Reading makes these values, the engine turns them into schedules, adapters show them; the three know nothing
of each other.
"""
