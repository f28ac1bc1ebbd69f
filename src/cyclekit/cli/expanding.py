"""From paths and options to a schedule, or to the message and exit code that say why there is none."""

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.months import clamped, first_day, last_day, month_of
from cyclekit.civil.spans import Span
from cyclekit.cli.phrases import Failure, FaultyRules, say, system_words
from cyclekit.cli.phrases_reasons import reason_words
from cyclekit.errors import (
    BeforeDataError,
    CalendarError,
    DamagedPublicationError,
    DateRangeError,
    EventError,
    FeedError,
    HorizonError,
    LimitError,
    MissingDayError,
    NoClockTimeError,
    PublishingNowError,
    TooManyGoneError,
    UnknownUnitError,
)

if TYPE_CHECKING:
    from cyclekit.model.event import Event
    from cyclekit.model.obligation import Rulebook
    from cyclekit.model.schedule import Schedule
    from cyclekit.workspace.loading import Loaded

_LINES_AT_ONCE = 1000
#: How many feeds are named that would go.
_MOST_NAMED = 5


@contextmanager
def failures_told(language: str) -> Iterator[None]:  # one case for each error
    """What stops a command becomes a message and an exit code; a reader who went away passes through."""
    try:
        yield
    except BeforeDataError as fault:
        told = say("before-data", language, occurrence=fault.occurrence, day=fault.day, calendar=fault.calendar)
        raise FaultyRules(told, language) from fault
    except MissingDayError as fault:
        raise FaultyRules(say("day-missing", language, month=fault.month, day=fault.day), language) from fault
    except EventError as fault:
        raise Failure(
            say("event-useless", language, name=fault.name, reason=reason_words(fault, language)), language
        ) from fault
    except NoClockTimeError as fault:
        raise Failure(say("no-clock", language, day=fault.day), language) from fault
    except (CalendarError, DateRangeError, FeedError) as fault:
        raise FaultyRules(str(fault), language) from fault
    except HorizonError as fault:
        raise Failure(str(fault), language) from fault
    except LimitError as fault:
        what, limit = reason_words(fault, language), f"{fault.limit:,}"
        raise Failure(say("limit", language, what=what, limit=limit, setting=fault.setting), language) from fault
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise Failure(system_words(fault, language), language) from fault


@contextmanager
def publishing_failures_told(language: str) -> Iterator[None]:
    """What stops a publication, beside what stops any command, becomes a message and an exit code."""
    try:
        with failures_told(language):
            yield
    except PublishingNowError as fault:
        raise Failure(say("publishing-now", language, folder=fault.folder), language) from fault
    except DamagedPublicationError as fault:
        raise Failure(
            say("damaged", language, path=fault.path, reason=reason_words(fault, language)), language
        ) from fault
    except TooManyGoneError as fault:
        some = ", ".join([*fault.gone[:_MOST_NAMED], *["…"] * (len(fault.gone) > _MOST_NAMED)])
        told = say("too-many-gone", language, gone=len(fault.gone), before=fault.before, some=some)
        raise Failure(told, language) from fault


def read_rules(paths: Iterable[Path], language: str) -> "tuple[Loaded, int]":
    """What became of the rule files that paths mean, and how many they are.

    Ends the command where a path is not there or holds no rule file.
    """
    from cyclekit.workspace.loading import find_rule_files, load_files

    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise Failure(say("no-file", language, path=path), language)
        try:
            files += find_rule_files([path])
        except FileNotFoundError:
            raise Failure(say("no-rule-files", language, path=path), language) from None
    files = list(dict.fromkeys(files))
    return load_files(files, environment=os.environ), len(files)


def rulebooks_of(paths: Iterable[Path], language: str) -> "tuple[Rulebook, ...]":
    """The rulebooks of some paths. Where any file has errors they are told, and the command ends: all or nothing."""
    loaded, _ = read_rules(paths, language)
    if not loaded.has_errors:
        return loaded.rulebooks
    from cyclekit.adapters.report import full

    errors = [each for each in loaded.diagnostics if each.is_error]
    click.echo("".join(full(errors, loaded.line, language=language, width=line_width(sys.stderr))), err=True, nl=False)
    raise FaultyRules(say("refused", language, errors=len(errors)), language)


def horizon_of(within: Span | None, today: dt.date | None) -> Span:
    """The days that are asked for: those given, or today and the twelve months after it."""
    if within is not None:
        return within
    first = today or dt.date.today()
    a_year_on = month_of(first.toordinal()) + 12
    if first.year == dt.MAXYEAR:
        return Span(first, dt.date.max)
    return Span(first, dt.date.fromordinal(clamped(a_year_on, first.day)))


def publishing_horizon(within: Span | None, today: dt.date) -> Span:
    """The days that are published: those given, or whole months from twelve before this one to twenty-four after it.

    Whole months, so that what is published changes by itself no more than once a month.
    """
    if within is not None:
        return within
    month = month_of(today.toordinal())
    first, last = first_day(month - 12), last_day(month + 24)
    return Span(dt.date.fromordinal(first), dt.date.fromordinal(last))


def expanded(
    rulebooks: "Sequence[Rulebook]",
    horizon: Span,
    max_years: int,
    events: "Mapping[str, Sequence[Event]] | None" = None,
    known_on: dt.date | None = None,
) -> "Schedule":
    """The schedule of some rulebooks, as known on a day. Raises LimitError for a horizon of more years."""
    from cyclekit.api import expand

    try:
        return expand(rulebooks, horizon, events=events, known_on=known_on, max_years=max_years)
    except LimitError as fault:
        raise LimitError(fault.phrase, fault.limit, "--max-years", **fault.values) from fault


def held(schedule: "Schedule", most: int) -> "Schedule":
    """A schedule for an output that holds all of it at once. Raises LimitError where that is too much, by counting."""
    if len(schedule) > most:
        raise LimitError("{count} occurrences", most, "--max-occurrences", count=f"{len(schedule):,}")
    return schedule


def unit_named(rulebooks: "Sequence[Rulebook]", name: str, language: str) -> str:
    """The unit that a name means, as ``RULEBOOK/UNIT``. Ends the command where nothing, or several, have the name."""
    from cyclekit.model.schedule import find_unit

    try:
        book, unit = find_unit(rulebooks, name)
    except UnknownUnitError as fault:
        if fault.candidates:
            several = say("several-units", language, name=name, candidates=", ".join(fault.candidates))
            raise Failure(several, language) from fault
        # A unit may have been called by its name, which is no id but says which one is meant.
        meant: dict[str, str] = {}
        for each in rulebooks:
            meant |= {text: unit.id for unit in each.roster for _, text in unit.name.parts}
            meant |= {unit: unit for unit in each.roster.ids} | {f"{each.id}/{unit}": unit for unit in each.roster.ids}
        near = near_name(name, meant)
        if "/" not in near:
            near = meant.get(near, "")
        raise Failure(with_meant("no-unit", name, near, language), language) from fault
    return f"{book.id}/{unit}"


def only_obligation(schedule: "Schedule", name: str, language: str) -> "Schedule":
    """What a schedule has of one obligation, by its id, or by ``RULEBOOK/OBLIGATION``. Ends the command for neither."""
    from cyclekit.model.schedule import Schedule

    wanted, _, obligation = name.rpartition("/")
    books = [book for book in schedule.rulebooks if wanted in ("", book.id)]
    if not any(each.id == obligation for book in books for each in book):
        every = [(book.id, each.id) for book in schedule.rulebooks for each in book]
        ids = [each for _, each in every] if not wanted else [f"{book}/{each}" for book, each in every]
        raise Failure(with_meant("no-obligation", name, near_name(name, ids), language), language)
    found = schedule.for_obligation(obligation)
    lines = [line for line in found.lines if line.rulebook in books]
    standing = [duty for duty in found.standing if duty.rulebook in books]
    return Schedule(found.rulebooks, found.horizon, lines, standing, found.world)


def near_name(name: str, names: Iterable[str]) -> str:
    """The name that was probably meant, or nothing."""
    from cyclekit.reading.scalars import near

    return near(name, names)


def with_meant(phrase: str, name: str, near: str, language: str) -> str:
    """A phrase about a name, with the one that was probably meant."""
    said = say(phrase, language, name=name)
    return say("meant", language, said=said, near=near) if near else said


def emit(lines: Iterable[str]) -> None:
    """Write lines to the standard output as UTF-8 on every platform, their ends as they are."""
    each = iter(lines)
    while some := "".join(islice(each, _LINES_AT_ONCE)):
        click.echo(some.encode("utf-8", "backslashreplace"), nl=False)


def line_width(stream: object, otherwise: int = 120) -> int:
    """How many columns there are to write in: those of the terminal, or a fixed number where there is none."""
    isatty = getattr(stream, "isatty", None)
    return shutil.get_terminal_size((otherwise, 24)).columns if isatty and isatty() else otherwise


def is_colourful(stream: object) -> bool:
    """Whether to write in colours: to a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")
