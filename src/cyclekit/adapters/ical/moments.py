"""Clock times of a zone as moments, and lengths of time as iCalendar writes them."""

import datetime as dt

#: A deadline is a moment, and an event has a length: it begins so much before the deadline at which it ends.
LENGTH = dt.timedelta(hours=1)
_SECOND = dt.timedelta(seconds=1)
_DAY = 86_400


def moment(day: dt.date, minute: int, zone: dt.tzinfo | None) -> dt.datetime:
    """A clock time on a day: in UTC, or without a zone where none is in sight.

    1440 is the midnight that ends the day. A time that the clocks skip is the first that exists after it, and of one
    that they show twice the first counts. Raises OverflowError outside the years 1 to 9999.

    >>> import zoneinfo
    >>> moment(dt.date(2026, 3, 5), 1440, zoneinfo.ZoneInfo("Asia/Shanghai"))
    datetime.datetime(2026, 3, 5, 16, 0, tzinfo=datetime.timezone.utc)
    """
    shown = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    if zone is None:
        return shown
    there = shown.replace(tzinfo=zone)
    found = there.astimezone(dt.UTC)
    if _shown(found, zone) == shown:
        return found
    # The clocks skip it: the change lies between what the offsets after and before it make of the time.
    low, high = there.replace(fold=1).astimezone(dt.UTC), found
    while high - low > _SECOND:
        middle = low + dt.timedelta(seconds=(high - low) // _SECOND // 2)
        if _shown(middle, zone) < shown:
            low = middle
        else:
            high = middle
    return high


def _shown(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def duration(length: dt.timedelta) -> str:
    """A length of time in whole seconds as RFC 5545 writes it (section 3.3.6).

    >>> duration(dt.timedelta(days=-10, hours=9)), duration(dt.timedelta(days=7)), duration(dt.timedelta(0))
    ('-P9DT15H', 'P7D', 'PT0S')
    """
    seconds = length // _SECOND
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    days, rest = divmod(seconds, _DAY)
    hours, minutes, left = rest // 3600, rest // 60 % 60, rest % 60
    # Minutes may not be left out between hours and seconds.
    shown = ((hours, "H", hours), (minutes, "M", minutes or (hours and left)), (left, "S", left))
    clock = "".join(f"{count}{letter}" for count, letter, is_told in shown if is_told)
    if not seconds:
        return "PT0S"
    return f"{sign}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"
