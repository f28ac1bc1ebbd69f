"""Events: what happens once and sets off a deadline, supplied by name when expanding."""

import datetime as dt

import attrs


@attrs.frozen
class Event:
    """One event: the day on which it happened, and the minute where that is known.

    ``at`` is a date, or a datetime: without a zone it is the local time of whoever owes something upon it, with one it
    is that moment, whatever the zone. ``id`` names it in the keys of the occurrences it triggers; without one its
    day does. Raises ValueError for a datetime that is not a whole minute: clock times here have no seconds.
    """

    at: dt.date
    id: str | None = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.at, dt.datetime) and (self.at.second or self.at.microsecond):
            raise ValueError(f"{self.at} is not a whole minute")

    def fold(self, zone: dt.tzinfo | None) -> int:
        """1 where it happened when clocks of ``zone`` showed their time for the second time, after they were put back.

        A datetime without a zone is taken as it is.
        """
        if not isinstance(self.at, dt.datetime):
            return 0
        return self.at.fold if self.at.tzinfo is None or zone is None else self.at.astimezone(zone).fold

    def local(self, zone: dt.tzinfo | None) -> tuple[int, int | None]:
        """Its day and its minute of the day where clocks show the time of ``zone``."""
        if not isinstance(self.at, dt.datetime):
            return self.at.toordinal(), None
        here = self.at if self.at.tzinfo is None or zone is None else self.at.astimezone(zone)
        return here.toordinal(), here.hour * 60 + here.minute
