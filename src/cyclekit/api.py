"""The two calls that most programs need: load rule files, expand them over a horizon."""

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.engine import explain as engine_explain
from cyclekit.engine.forms import as_known
from cyclekit.engine.own_calendars import compile_all
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.triggering import check_events
from cyclekit.engine.whereabouts import periods_named, whereabouts
from cyclekit.engine.windows import calendars_needed, holidays_named
from cyclekit.errors import EventError, HorizonError, LabelError, RuleFileError, UnknownOccurrenceError
from cyclekit.model.compact import distinct
from cyclekit.model.event import Event
from cyclekit.model.explanation import Explanation
from cyclekit.model.identity import Key
from cyclekit.model.obligation import Rulebook
from cyclekit.model.occurrence import Occurrence
from cyclekit.model.schedule import Schedule

#: Compiles the known calendar of a code over some days (ordinals), with the holidays of ``names``.
CompileNamed = Callable[..., WorkingCalendar]


def load(path: str | Path, *, environment: Mapping[str, str] = MappingProxyType({})) -> Rulebook:
    """Load one rule file.

    ``environment`` has the addresses of databases that rule files ask for units, as in
    ``load("duties.yaml", environment=os.environ)``. Warnings are passed over; ``cyclekit check`` tells them. Raises
    RuleFileError, which holds every diagnostic, where the file has errors, and OSError where it cannot be read.

    >>> import cyclekit
    >>> book = cyclekit.load("rules/cn/anqing-2022.yaml")
    >>> book.id
    'cn-anqing-2022'
    """
    from cyclekit.workspace.loading import load_files  # noqa: PLC0415

    loaded = load_files([path], environment=environment)
    if loaded.has_errors:
        raise RuleFileError(loaded.diagnostics)
    return loaded.rulebooks[0]


def expand(
    rulebooks: Rulebook | Iterable[Rulebook],
    horizon: str | Span,
    *,
    events: Mapping[str, Iterable[dt.date | Event]] | None = None,
    known_on: dt.date | None = None,
    max_years: int = engine.MAX_YEARS,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in a horizon.

    ``horizon`` is a Span or a text as rule files spell it: ``2023``, ``2023Q1``, ``2022-10-01..2023-12-31``. The
    working-day calendars that are needed are taken from the ``holidays`` package, and a file's own are made out of
    those. ``events`` are what rules with ``upon: {event: …}`` wait for, by name: dates, datetimes to the minute, or
    Event values. ``known_on`` asks for what was known on a day: changes and exceptions announced after it are left
    out, and calendars are as they are today.
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
    happened = as_events(events or {})
    calendars = compile_calendars(books, span, happened, known_on=known_on)
    zones = zones_of(books)
    return engine.expand(books, span, calendars, events=happened, zones=zones, known_on=known_on, max_years=max_years)


def as_events(events: Mapping[str, Iterable[dt.date | Event]]) -> dict[str, tuple[Event, ...]]:
    """Events as values, by name. Raises EventError for a clock time that is not a whole minute."""
    found: dict[str, tuple[Event, ...]] = {}
    for name, each in events.items():
        try:
            found[name] = tuple(one if isinstance(one, Event) else Event(one) for one in each)
        except ValueError as fault:
            raise EventError(name, str(fault)) from fault
    return found


def zones_of(rulebooks: Iterable[Rulebook]) -> dict[str, dt.tzinfo]:
    """The time zones that rulebooks and their units name."""
    names = {zone for book in rulebooks for zone in (book.timezone, *distinct(book.roster.timezones)) if zone}
    return {name: zoneinfo.ZoneInfo(name) for name in sorted(names)}


def explain(
    rules: Schedule | Rulebook,
    key: Key,
    *,
    events: Mapping[str, Iterable[dt.date | Event]] | None = None,
    known_on: dt.date | None = None,
) -> Explanation:
    """Why the occurrence of this key is due when it is.

    The rules that made its date are run once more, and tell each step, the day that it led to and the holidays that
    it passed; ``cyclekit.adapters.explanation.render`` says it in English or Chinese. By a schedule, they are run with
    what it was expanded with; by a rulebook, the days in which the occurrence lies are found from its period, and
    ``events`` and ``known_on`` are those of ``expand``.
    Raises UnknownOccurrenceError where there is no such occurrence; by a rulebook, also what ``expand`` raises.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/anqing-2022.yaml"), "2023")
    >>> cyclekit.explain(schedule, next(iter(schedule)).key).due
    datetime.date(2023, 1, 31)
    """
    from cyclekit.sources.day_names import DayNames  # noqa: PLC0415

    if isinstance(rules, Rulebook):
        if rules.id != key.rulebook or all(each.id != key.obligation for each in rules):
            raise UnknownOccurrenceError(key)
        try:
            rules = expand_period(rules, key.obligation, key.period, events=events, known_on=known_on)
        except LabelError as fault:
            raise UnknownOccurrenceError(key) from fault
    book = next((each for each in rules.rulebooks if each.id == key.rulebook), None)
    return engine_explain.explain(rules, key, DayNames(book))


def why_moved(schedule: Schedule, language: str = "en") -> Callable[[Occurrence], str]:
    """Tells of an occurrence of a schedule what moved it off the day that its rule names: the holiday by its name.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/lpr.yaml"), "2023-08")
    >>> why_moved(schedule)(next(iter(schedule)))
    '2023-08-20 is a Sunday'
    """
    from cyclekit.sources.day_names import DayNames  # noqa: PLC0415
    from cyclekit.words.ways import moving_words  # noqa: PLC0415

    names = {book.id: DayNames(book) for book in schedule.rulebooks}

    def why(occurrence: Occurrence) -> str:
        found = engine_explain.explain_occurrence(schedule, occurrence, names[occurrence.rulebook.id])
        return moving_words(found, language)

    return why


def expand_period(
    rulebook: Rulebook,
    obligation: str,
    label: str,
    *,
    events: Mapping[str, Iterable[dt.date | Event]] | None = None,
    known_on: dt.date | None = None,
) -> Schedule:
    """The occurrences of one period of an obligation, wherever they fall due, among those that are due around them.

    Nothing is refused for resting on days before a calendar's data begin: what does, has ``unknown``. Raises KeyError
    for an unknown obligation, LabelError for a label that names none of its periods, and else what ``expand`` raises.
    """
    happened = as_events(events or {})
    check_events(happened, engine.event_names([rulebook]))
    known = as_known(rulebook, known_on)
    wanted = known[obligation]
    periods = periods_named(known, wanted, label, happened)
    if not periods:
        raise LabelError(label, "form")
    closure, longest = 0, USUAL_CLOSURE
    span, calendars = Span(dt.date.min, dt.date.min), dict[str, WorkingCalendar]()
    while closure < longest:
        # The farther dates can lie, the more days there are in which a closure may be longer still.
        closure = longest
        first, last = whereabouts(known, wanted, periods, closure, happened)
        span = Span(dt.date.fromordinal(first), dt.date.fromordinal(last))
        calendars = compile_calendars([known], span, happened)
        longest = max((each.longest_closure + 1 for each in calendars.values()), default=0)
    zones = zones_of([known])
    return engine.expand(known, span, calendars, events=happened, zones=zones, max_years=dt.MAXYEAR, doubtful=True)


def as_horizon(horizon: str | Span) -> Span:
    """A horizon from a text, or as it is. Raises HorizonError."""
    if isinstance(horizon, Span):
        return horizon
    try:
        return read_span(horizon)
    except LabelError as fault:
        raise HorizonError(horizon, f"write it like {fault.hint or '2023 or 2022-10-01..2023-12-31'}") from fault


def compile_calendars(
    rulebooks: Iterable[Rulebook],
    horizon: Span,
    events: Mapping[str, Iterable[Event]] | None = None,
    *,
    known_on: dt.date | None = None,
    compile_known: CompileNamed | None = None,
) -> dict[str, WorkingCalendar]:
    """The working-day calendars that expanding these rulebooks over a horizon will ask, compiled.

    A rulebook's own are found under ``RULEBOOK/ID``, the others under their codes. ``events`` and ``known_on`` are
    those of the expansion. ``compile_known`` gives the calendar of a code with the holidays of some names, over some
    days or more; left out, it is made of the ``holidays`` package. Raises CalendarError for a calendar that cannot be
    had.
    """
    books = tuple(as_known(book, known_on) for book in rulebooks)
    days = (horizon.first.toordinal(), horizon.last.toordinal())
    happened = [each.at.toordinal() for several in (events or {}).values() for each in several]
    closure = USUAL_CLOSURE
    while needed := calendars_needed(books, days, closure, happened):
        if compile_known is None:
            from cyclekit.sources.public_holidays import compile_calendar  # noqa: PLC0415

            compile_known = compile_calendar
        compiled = compile_all(books, needed, partial(compile_known, names=holidays_named(books)))
        # A longer closure makes dates reach farther, and in the farther days there may be one that is longer still.
        longest = max(each.longest_closure for each in compiled.values())
        if longest < closure:
            return compiled
        closure = longest + 1
    return {}
