"""The two calls that most programs need: load rule files, expand them over a horizon."""

from collections.abc import Iterable
from pathlib import Path

from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.engine import explain as engine_explain
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.windows import calendars_needed
from cyclekit.errors import HorizonError, LabelError, RuleFileError
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
    max_years: int = engine.MAX_YEARS,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in a horizon.

    ``horizon`` is a Span or a text as rule files spell it: ``2023``, ``2023Q1``, ``2022-10-01..2023-12-31``. The
    working-day calendars that are needed are taken from the ``holidays`` package. Raises HorizonError for a text
    that is no span, LimitError for more than ``max_years`` years, CalendarError where a date rests on days before
    a calendar's data begin, MissingDayError where ``month_end: error`` finds a day missing, DuplicateRulebookError
    for two rulebooks with one id.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/anqing-2022.yaml"), "2023")
    >>> next(iter(schedule.for_unit("tongcheng"))).due
    datetime.date(2023, 1, 31)
    """
    books = (rulebooks,) if isinstance(rulebooks, Rulebook) else tuple(rulebooks)
    span = as_horizon(horizon)
    return engine.expand(books, span, compile_calendars(books, span), max_years=max_years)


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


def compile_calendars(rulebooks: Iterable[Rulebook], horizon: Span) -> dict[str, WorkingCalendar]:
    """The working-day calendars that expanding these rulebooks over a horizon will ask, compiled.

    Raises CalendarError for a calendar that cannot be had.
    """
    books = tuple(rulebooks)
    days = (horizon.first.toordinal(), horizon.last.toordinal())
    needed = calendars_needed(books, days, USUAL_CLOSURE)
    if not needed:
        return {}
    from cyclekit.sources.public_holidays import compile_calendar  # noqa: PLC0415

    compiled = {code: compile_calendar(code, *span) for code, span in needed.items()}
    closure = max(each.longest_closure for each in compiled.values())
    if closure > USUAL_CLOSURE:
        needed = calendars_needed(books, days, closure + 1)
        compiled = {code: compile_calendar(code, *span) for code, span in needed.items()}
    return compiled
