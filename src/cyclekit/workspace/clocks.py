"""Clock times that a change of the clocks leaves out."""

import datetime as dt
import zoneinfo


def is_skipped(day: int, minute: int, zone: str) -> bool:
    """Whether the clocks of a zone never show this minute of this day, because they are put forward over it.

    >>> is_skipped(dt.date(2026, 3, 29).toordinal(), 150, "Europe/Berlin")
    True
    """
    local = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), zoneinfo.ZoneInfo(zone))
    try:
        local += dt.timedelta(minutes=minute)
        shown = local.astimezone(dt.UTC).astimezone(local.tzinfo)
    except OverflowError:
        # The first and the last hours of all have no moment in UTC, and no clock is put forward there.
        return False
    return shown.replace(tzinfo=None) != local.replace(tzinfo=None)
