"""The two calls that most programs need: load rule files, expand them over a horizon."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.civil.working import WorkingCalendar
from cyclekit.engine import expand as engine
from cyclekit.engine.forms import as_known
from cyclekit.engine.reach import USUAL_CLOSURE
from cyclekit.engine.windows import calendars_needed
from cyclekit.errors import HorizonError, LabelError, RuleFileError
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
    known_on: dt.date | None = None,
    max_years: int = engine.MAX_YEARS,
) -> Schedule:
    """Expand rulebooks to the occurrences whose due date lies in a horizon.

    ``horizon`` is a Span or a text as rule files spell it: ``2023``, ``2023Q1``, ``2022-10-01..2023-12-31``. The
    working-day calendars that are needed are taken from the ``holidays`` package. ``known_on`` asks for what was known
    on a day: changes and exceptions announced after it are left out, and calendars are as they are today. Raises
    HorizonError for a text that is no span, LimitError for more than ``max_years`` years, CalendarError where a date
    rests on days before a calendar's data begin, MissingDayError where ``month_end: error`` finds a day missing,
    DuplicateRulebookError for two rulebooks with one id.

    >>> import cyclekit
    >>> schedule = cyclekit.expand(cyclekit.load("rules/cn/anqing-2022.yaml"), "2023")
    >>> next(iter(schedule.for_unit("tongcheng"))).due
    datetime.date(2023, 1, 31)
    """
    books = (rulebooks,) if isinstance(rulebooks, Rulebook) else tuple(rulebooks)
    span = as_horizon(horizon)
    calendars = compile_calendars(books, span, known_on=known_on)
    return engine.expand(books, span, calendars, known_on=known_on, max_years=max_years)


def as_horizon(horizon: str | Span) -> Span:
    """A horizon from a text, or as it is. Raises HorizonError."""
    if isinstance(horizon, Span):
        return horizon
    try:
        return read_span(horizon)
    except LabelError as fault:
        raise HorizonError(horizon, f"write it like {fault.hint or '2023 or 2022-10-01..2023-12-31'}") from fault


def compile_calendars(
    rulebooks: Iterable[Rulebook], horizon: Span, *, known_on: dt.date | None = None
) -> dict[str, WorkingCalendar]:
    """The working-day calendars that expanding these rulebooks over a horizon will ask, compiled.

    ``known_on`` is that of the expansion.

    Raises CalendarError for a calendar that cannot be had.
    """
    books = tuple(as_known(book, known_on) for book in rulebooks)
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
