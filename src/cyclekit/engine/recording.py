"""What a recorder keeps of a course: where each step led, and the days of its calendar that made the difference."""

import datetime as dt
from collections.abc import Iterable, Iterator

from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine.course import Recorded
from cyclekit.engine.extension import long_holidays
from cyclekit.model.explanation import CalendarFacts, DayName, Doubt, NameOf, Nature, Stretch, Waypoint
from cyclekit.model.pipeline import Add, Adjust, Extend, Holiday
from cyclekit.model.text import Text


def name_of(calendar: WorkingCalendar, day: dt.date) -> DayName:
    """What a compiled calendar itself calls a day."""
    name = calendar.names.get(day.toordinal())
    return DayName(Text.of(name) if name else None)


class DayRecorder:
    """Is told each anchor and step by the runner; ``start`` is where steps without an anchor begin.

    ``opened`` is the day on which the window opens that ``extend`` counts in.
    """

    def __init__(self, names: NameOf, start: dt.date | None, opened: dt.date | None) -> None:
        self._names = names
        self._before = start.toordinal() if start else 0
        self._opened = opened.toordinal() if opened else None
        self.way: list[Waypoint] = []
        self.facts: dict[str, CalendarFacts] = {}
        self.doubts: dict[tuple[str, dt.date | None], Doubt] = {}

    def __call__(self, told: Recorded) -> None:
        """Keep what is told of one anchor or step."""
        if told.calendar is not None:
            self._ask(told.calendar, None if told.certain else told.asked)
        if told.day is None:
            return
        hours = isinstance(told.part, Add) and told.part.unit == "hours"
        self.way.append(
            Waypoint(
                told.part,
                dt.date.fromordinal(told.day),
                _plain(told.calendar.id) if told.calendar else None,
                tuple(self._passed(told)),
                told.time if hours else None,
            )
        )
        self._before = told.day

    def looked_at(self, calendar: WorkingCalendar, asked: tuple[int, int]) -> tuple[Stretch, ...]:
        """The holidays and exchanged days among those that were asked for, up to the last one."""
        self._ask(calendar, asked)
        return tuple(_told(self._stretches(calendar, (asked[0], asked[1] - 1)), rest=False))

    def _passed(self, told: Recorded) -> Iterator[Stretch]:
        calendar, asked = told.calendar, told.asked
        if calendar is None or asked is None:
            return
        match told.part:
            case Holiday():
                pass
            case Extend():
                for days in long_holidays(told.part, calendar, self._opened or self._before, self._before):
                    yield from _told(self._stretches(calendar, days), rest=True)
            case part:
                yield from _told(self._stretches(calendar, asked), rest=isinstance(part, Adjust))

    def _ask(self, calendar: WorkingCalendar, asked: tuple[int, int] | None) -> None:
        known_from, known_until = map(_date, (calendar.known_from, calendar.known_until))
        self.facts[calendar.id] = CalendarFacts(_plain(calendar.id), calendar.origin, known_from, known_until)
        if asked is None or not calendar.is_provisional(*asked):
            return
        first = next(day for day in range(asked[0], asked[1] + 1) if calendar.is_provisional(day, day))
        day = dt.date.fromordinal(first)
        beyond = known_until if known_until is not None and day > known_until else None
        other = self.doubts.get((calendar.id, beyond))
        if other is None or day < other.day:
            self.doubts[calendar.id, beyond] = Doubt(_plain(calendar.id), day, beyond)

    def _stretches(self, calendar: WorkingCalendar, days: tuple[int, int]) -> list[Stretch]:
        """Days as runs of one nature and name."""
        runs: list[Stretch] = []
        for ordinal in range(days[0], days[1] + 1):
            day, nature = dt.date.fromordinal(ordinal), nature_of(calendar, ordinal)
            plain = nature in (Nature.WORKED, Nature.REST, Nature.SUSPENDED)
            named = DayName() if plain else self._names(calendar, day)
            if runs and (runs[-1].nature, runs[-1].named) == (nature, named) and named.exchange is None:
                runs[-1] = Stretch(runs[-1].first, day, nature, named)
            else:
                runs.append(Stretch(day, day, nature, named))
        return runs


def _told(stretches: Iterable[Stretch], *, rest: bool) -> Iterator[Stretch]:
    """Those worth telling: all but plain working days, and weekends where ``rest`` asks for them."""
    left_out = {Nature.WORKED} if rest else {Nature.WORKED, Nature.REST}
    return (each for each in stretches if each.nature not in left_out)


def _plain(calendar: str) -> str:
    """The id of a calendar as its file writes it: one of its own is known to the engine as ``RULEBOOK/ID``."""
    return calendar.rpartition("/")[2]


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)


def nature_of(calendar: WorkingCalendar, day: int) -> Nature:
    """What a day is in a calendar."""
    if calendar.is_suspended(day):
        return Nature.SUSPENDED
    if calendar.is_working(day):
        return Nature.EXCHANGED if day in calendar.opened else Nature.WORKED
    return Nature.HOLIDAY if day in calendar.names else Nature.REST
