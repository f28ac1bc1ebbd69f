"""The options that several commands share, and how their values are read."""

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from cyclekit.civil.labels import read_span
from cyclekit.civil.spans import Span
from cyclekit.cli.phrases import say
from cyclekit.errors import LabelError
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from cyclekit.adapters.ical import Options

#: The bounds that rule files and horizons are held to unless a command says otherwise.
MAX_OCCURRENCES, MAX_YEARS = 1_000_000, 50

Command = TypeVar("Command", bound=Callable[..., Any])


def language_of(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for, by the first of LC_ALL, LC_MESSAGES and LANG that is set.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((value for name in names if (value := environment.get(name))), "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def language_here() -> str:
    """The language of the environment in which the command runs."""
    return language_of(os.environ)


def _read_horizon(ctx: click.Context, param: click.Parameter, text: str | None) -> Span | None:
    """The span of days that a text names, as rule files spell it; an error of usage for any other text."""
    if text is None:
        return None
    try:
        return read_span(text)
    except LabelError as fault:
        phrase = "reversed" if fault.reason == "reversed" else "no-horizon"
        hint = fault.hint or "2023, 2023Q1, 2022-10-01..2023-12-31"
        raise click.BadParameter(say(phrase, _language(ctx), text=text, hint=hint), ctx, param) from fault


def _read_day(ctx: click.Context, param: click.Parameter, text: str | None) -> dt.date | None:
    """The day that a text names, ``2023-06-20``; an error of usage for any other text."""
    if text is None:
        return None
    try:
        span = read_span(text)
    except LabelError as fault:
        told = say("no-day", _language(ctx), text=text, hint=fault.hint or "2023-06-20")
        raise click.BadParameter(told, ctx, param) from fault
    if span.days != 1:
        told = say("no-day", _language(ctx), text=text, hint=span.last.isoformat())
        raise click.BadParameter(told, ctx, param)
    return span.first


def _language(ctx: click.Context) -> str:
    return str(ctx.params.get("language") or language_here())


def _read_events(ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]) -> dict[str, list[Event]]:
    """Events by name from ``NAME=DATE``, ``NAME=2026-03-05T14:30`` or ``NAME=ID:DATE``; an error of usage otherwise."""
    found: dict[str, list[Event]] = {}
    for text in texts:
        name, _, when = text.partition("=")
        match = _EVENT.fullmatch(when)
        if not name or match is None:
            raise click.BadParameter(say("no-event", _language(ctx), text=text), ctx, param)
        try:
            at = dt.datetime.fromisoformat(match["at"]) if "T" in match["at"] else dt.date.fromisoformat(match["at"])
            found.setdefault(name, []).append(Event(at, match["id"]))
        except ValueError as fault:
            raise click.BadParameter(say("no-event", _language(ctx), text=text), ctx, param) from fault
    return found


#: An id is what may stand in a key; the date or minute follows it behind a colon.
_EVENT = re.compile(
    r"(?:(?P<id>[A-Za-z][A-Za-z0-9._-]*|[0-9]+(?![0-9-])[A-Za-z0-9._-]*):)?"
    r"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?)"
)


def event_option(command: Command) -> Command:
    """``--event``: what happened, for rules that wait for it."""
    return click.option(
        "--event",
        "events",
        metavar="NAME=DATE",
        multiple=True,
        callback=_read_events,
        help="An event that rules wait for: incident=2026-03-05, incident=2026-03-05T14:30, or with an id of its own "
        "incident=case-7:2026-03-05.",
    )(command)


def paths_argument(command: Command) -> Command:
    """``PATH…``: rule files, and folders of them."""
    kind = click.Path(path_type=Path)
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=kind)(command)


def language_option(command: Command) -> Command:
    """``--lang``: the language of what is told."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["en", "zh"]),
        default=language_here,
        is_eager=True,  # so that what is wrong with other options is told in it
        help="Language of messages and texts; left out: that of LC_ALL or LANG.",
    )(command)


def horizon_options(command: Command) -> Command:
    """``--within`` and ``--today``: the days whose due dates are wanted."""
    return _days_options("today and twelve months")(command)


def publishing_horizon_options(command: Command) -> Command:
    """The same, for what is published: see cyclekit.cli.expanding.publishing_horizon."""
    return _days_options("whole months, from twelve before this one to twenty-four after it")(command)


def _days_options(otherwise: str) -> Callable[[Command], Command]:
    within = click.option(
        "--within",
        metavar="A..B",
        callback=_read_horizon,
        help=f"Due dates in these days: 2023, 2023Q1, 2022-10-01..2023-12-31. Left out: {otherwise}.",
    )
    today = click.option("--today", metavar="DATE", callback=_read_day, help="Take this day for today.")
    return lambda command: within(today(command))


def known_on_option(command: Command) -> Command:
    """``--known-on``: the day whose knowledge is asked for."""
    return click.option(
        "--known-on",
        metavar="DATE",
        callback=_read_day,
        help="As was known on this day: without the changes and exceptions that were announced later.",
    )(command)


def limit_options(command: Command) -> Command:
    """``--max-occurrences`` and ``--max-years``: the bounds, each raised by saying so."""
    occurrences = click.option(
        "--max-occurrences",
        metavar="N",
        type=click.IntRange(min=1),
        default=MAX_OCCURRENCES,
        show_default=True,
        help="At most so many in an output that holds them all at once.",
    )
    years = click.option(
        "--max-years",
        metavar="N",
        type=click.IntRange(min=1),
        default=MAX_YEARS,
        show_default=True,
        help="At most so many years between the first day and the last.",
    )
    return occurrences(years(command))


def stamp_option(command: Command) -> Command:
    """``--stamp``: the day of every DTSTAMP."""
    return click.option(
        "--stamp",
        metavar="DATE",
        callback=_read_day,
        help="Day of every DTSTAMP; left out: when the source was checked or issued, else 1970-01-01.",
    )(command)


@attrs.frozen
class FeedAsked:
    """What is asked of feeds on the command line."""

    tasks: bool
    alarms: bool
    lead_events: bool
    method: str | None
    colour: str | None
    refresh: int

    def options(self, language: str, *, tasks: bool = False) -> "Options":
        """The options of a feed: of events, or of tasks."""
        from cyclekit.adapters.ical import Options

        hours = dt.timedelta(hours=self.refresh) if self.refresh else None
        found = Options(
            language,
            alarms=self.alarms,
            lead_events=self.lead_events,
            method=self.method,
            colour=self.colour,
            refresh=hours,
        )
        return found.as_tasks() if tasks else found


def _read_colour(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """A colour by name or number; an error of usage for any other text."""
    if text is None:
        return None
    from cyclekit.adapters.ical.colours import number_of

    try:
        number_of(text)
    except ValueError as fault:
        raise click.BadParameter(say("no-colour", _language(ctx), text=text), ctx, param) from fault
    return text


def feed_options(command: Command) -> Command:
    """``--tasks``, ``--alarms``, ``--lead-events``, ``--method``, ``--color`` and ``--refresh``, as one ``asked``."""

    @wraps(command)
    def with_asked(  # one for each option
        *,
        tasks: bool,
        alarms: bool,
        lead_events: bool,
        method: str | None,
        color: str | None,
        refresh: int,
        **others: Any,  # noqa: ANN401  # as click has it
    ) -> Any:  # noqa: ANN401
        return command(asked=FeedAsked(tasks, alarms, lead_events, method, color, refresh), **others)

    options = (
        click.option("--tasks", is_flag=True, help="To-dos with a due date, as a calendar of their own."),
        click.option("--alarms", is_flag=True, help="Reminders as alarms, which many programs leave out."),
        click.option("--lead-events", is_flag=True, help="Reminders as entries of their own, on their own day."),
        click.option(
            "--method",
            type=click.Choice(["PUBLISH"], case_sensitive=False),
            help="Say METHOD, which some programs take for an invitation.",
        ),
        click.option(
            "--color", metavar="COLOR", callback=_read_colour, help="A colour by its name in CSS, or as #RRGGBB."
        ),
        click.option(
            "--refresh",
            metavar="HOURS",
            type=click.IntRange(0, 24 * 366),
            default=12,
            show_default=True,
            help="Ask readers to look again after so many hours; 0 asks nothing.",
        ),
    )
    found: Any = with_asked
    for option in reversed(options):
        found = option(found)
    asked: Command = found
    return asked


def _read_base_url(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """The address of a publication; an error of usage for any other text."""
    if text is None or _BASE_URL.fullmatch(text):
        return text
    raise click.BadParameter(say("no-base-url", _language(ctx), text=text), ctx, param)


#: A web address without a query, as cyclekit.adapters.pages takes it, which is not loaded to ask.
_BASE_URL = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?", re.IGNORECASE)


def base_url_of(told: str) -> Callable[[Command], Command]:
    """``--base-url``: the web address at which readers find what is written or served, and what that is good for."""
    return click.option("--base-url", metavar="URL", callback=_read_base_url, help=told)


base_url_option = base_url_of(
    "The web address at which readers find this server, https://…: pages then say how to subscribe."
)


def pages_options(command: Command) -> Command:
    """``--pages`` and ``--base-url``: pages beside the calendars, and where all of it will be."""
    pages = click.option(
        "--pages",
        "with_pages",
        is_flag=True,
        help="Write pages too, to read, print and subscribe from (needs the extra: cyclekit[pages]).",
    )
    base_url = base_url_of("The web address that the folder will have, https://…: pages then say how to subscribe.")
    return pages(base_url(command))


def no_bom_option(command: Command) -> Command:
    """``--no-bom``: CSV for others than Excel."""
    return click.option(
        "--no-bom",
        is_flag=True,
        help="Write CSV without a byte order mark. Excel needs it to read Chinese; other programs may stumble over it.",
    )(command)
