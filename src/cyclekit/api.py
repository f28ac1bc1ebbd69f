"""The two calls that most programs need: load rule files, expand them over a horizon."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping
from pathlib import Path

from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.engine import explain as engine_explain
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.windows import calendars_needed, holidays_named
from cyclekit.errors import EventError, HorizonError, LabelError, RuleFileError
from cyclekit.model.event import Event
from cyclekit.model.explanation import Explanation
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Rulebook
from cyclekit.model.schedule import Schedule


def load(path: str | Path) -> Rulebook:
    """Load one rule file.

    Warnings are passed over; ``cyclekit check`` tells them. Raises RuleFileError, which holds every
    diagnostic, where the file has errors, and OSError where it cannot be read.

    >>> import cyclekit
    >>> book = cyclekit.load("rules/cn/anqing-2022.yaml")
    >>> book.id
    'cn-anqing-2022'
    """
    from cyclekit.workspace.loading import load_files  # noqa: PLC0415

    loaded = load_files([path])
    if loaded.has_errors:
        raise RuleFileError(loaded.diagnostics)
    return loaded.rulebooks[0]


def expand(
    rulebooks: Rulebook | Iterable[Rulebook],
    horizon: str | Span,
    *,
    events: Mapping[str, Iterable[dt.date | Event]] | None = None,
    max_years: int = engine.MAX_YEARS,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in a horizon.

    ``horizon`` is a Span or a text as rule files spell it: ``2023``, ``2023Q1``, ``2022-10-01..2023-12-31``. The
    working-day calendars that are needed are taken from the ``holidays`` package. ``events`` are what rules with
    ``upon: {event: …}`` wait for, by name: dates, datetimes to the minute, or Event values.
    Raises HorizonError for a text that is no span, LimitError for more than ``max_years`` years, CalendarError where
    a date rests on days before a calendar's data begin, MissingDayError where ``month_end: error`` finds a day
    missing, DuplicateRulebookError for two rulebooks with one id, EventError for an event that no rule can use,
    NoClockTimeError for hours after an event without a clock time.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/anqing-2022.yaml"), "2023")
    >>> next(iter(schedule.for_unit("tongcheng"))).due
    datetime.date(2023, 1, 31)
    """
    books = (rulebooks,) if isinstance(rulebooks, Rulebook) else tuple(rulebooks)
    span = as_horizon(horizon)
    happened = _events(events or {})
    calendars = compile_calendars(books, span, happened)
    return engine.expand(books, span, calendars, events=happened, zones=_zones(books), max_years=max_years)


def _events(events: Mapping[str, Iterable[dt.date | Event]]) -> dict[str, tuple[Event, ...]]:
    """Events as values, by name. Raises EventError for a clock time that is not a whole minute."""
    found: dict[str, tuple[Event, ...]] = {}
    for name, each in events.items():
        try:
            found[name] = tuple(one if isinstance(one, Event) else Event(one) for one in each)
        except ValueError as fault:
            raise EventError(name, str(fault)) from fault
    return found


def _zones(rulebooks: Iterable[Rulebook]) -> dict[str, dt.tzinfo]:
    """The time zones that rulebooks and their units name."""
    names = {zone for book in rulebooks for zone in (book.timezone, *book.roster.timezones) if zone}
    return {name: zoneinfo.ZoneInfo(name) for name in sorted(names)}


def explain(schedule: Schedule, key: Key) -> Explanation:
    """Why the occurrence of this key is due when it is.

    The course that made its date is run once more, by the calendars that the schedule was expanded with, and tells
    each step, the day that it led to and the holidays that it passed.
    ``cyclekit.adapters.explanation.render`` says it in English or Chinese. Raises UnknownOccurrenceError where the
    schedule has no such occurrence.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/anqing-2022.yaml"), "2023")
    >>> cyclekit.explain(schedule, next(iter(schedule)).key).due
    datetime.date(2023, 1, 31)
    """
    from cyclekit.sources.day_names import day_name  # noqa: PLC0415

    return engine_explain.explain(schedule, key, day_name)


def as_horizon(horizon: str | Span) -> Span:
    """A horizon from a text, or as it is. Raises HorizonError."""
    if isinstance(horizon, Span):
        return horizon
    try:
        return read_span(horizon)
    except LabelError as fault:
        raise HorizonError(horizon, f"write it like {fault.hint or '2023 or 2022-10-01..2023-12-31'}") from fault


def compile_calendars(
    rulebooks: Iterable[Rulebook], horizon: Span, events: Mapping[str, Iterable[Event]] | None = None
) -> dict[str, WorkingCalendar]:
    """The working-day calendars that expanding these rulebooks over a horizon will ask, compiled.

    Raises CalendarError for a calendar that cannot be had.
    """
    books = tuple(rulebooks)
    days = (horizon.first.toordinal(), horizon.last.toordinal())
    happened = [each.at.toordinal() for several in (events or {}).values() for each in several]
    needed = calendars_needed(books, days, USUAL_CLOSURE, happened)
    if not needed:
        return {}
    from cyclekit.sources.public_holidays import compile_calendar  # noqa: PLC0415

    names = holidays_named(books)
    compiled = {code: compile_calendar(code, *span, names) for code, span in needed.items()}
    closure = max(each.longest_closure for each in compiled.values())
    if closure > USUAL_CLOSURE:
        needed = calendars_needed(books, days, closure + 1, happened)
        compiled = {code: compile_calendar(code, *span, names) for code, span in needed.items()}
    return compiled
