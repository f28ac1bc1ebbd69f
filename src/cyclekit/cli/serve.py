"""``cyclekit serve``: feeds and pages over HTTP."""

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import publishing_failures_told, publishing_horizon
from cyclekit.cli.options import (
    MAX_YEARS,
    base_url_option,
    event_option,
    language_option,
    paths_argument,
    publishing_horizon_options,
)
from cyclekit.cli.phrases import EXIT_CODES, Failure, FaultyRules, say, system_words
from cyclekit.cli.phrases_reasons import reason_words
from cyclekit.errors import CyclekitError, DamagedPublicationError, DamagedTokensError, FeedError, RuleFileError
from cyclekit.model.event import Event

if TYPE_CHECKING:
    import socket

    from cyclekit.diagnostics import Diagnostic
    from cyclekit.server.service import About


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="The port; 0 for any that is free."
)
@click.option(
    "--tokens",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Who may read what (`cyclekit token`). Left out, everyone may read everything, on this machine alone.",
)
@base_url_option
@click.option(
    "--state",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Remember here which version of each event is out there, so that calendars move one whose date moves.",
)
@click.option(
    "--keep",
    metavar="DAYS",
    type=click.IntRange(min=0, max=36_500),
    default=365,
    show_default=True,
    help="With --state: how long what is no longer owed is shown as cancelled.",
)
@click.option(
    "--max-age",
    metavar="SECONDS",
    type=click.IntRange(0, 31_536_000),
    default=3600,
    show_default=True,
    help="How long readers keep a feed before they ask again.",
)
@click.option(
    "--look-every",
    metavar="SECONDS",
    type=click.FloatRange(0.01, 3600),
    default=1.0,
    show_default=True,
    help="How often rule files and tokens are looked at for changes.",
)
@publishing_horizon_options
@event_option
@click.option(
    "--max-years",
    metavar="N",
    type=click.IntRange(min=1),
    default=MAX_YEARS,
    show_default=True,
    help="At most so many years between the first day and the last.",
)
@language_option
def serve(
    paths: tuple[Path, ...],
    host: str,
    port: int,
    tokens: Path | None,
    base_url: str | None,
    state: Path | None,
    keep: int,
    max_age: int,
    look_every: float,
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    max_years: int,
    language: str,
) -> None:
    """Serve a feed for each unit, at /feeds/RULEBOOK/UNIT.ics, and pages, at /, until it is told to end.

    With --tokens, at /feeds/TOKEN/RULEBOOK/UNIT.ics and /units/TOKEN/RULEBOOK/UNIT. Rule files are watched: what is
    right is taken over, and what is not leaves all as it was, which /health says.
    """
    if any(find_spec(each) is None for each in ("starlette", "hypercorn", "jinja2")):
        raise Failure(say("no-server", language), language)
    import asyncio

    from cyclekit.server.app import application
    from cyclekit.server.loading import Loader, Rules
    from cyclekit.server.running import is_loopback, run
    from cyclekit.server.service import Keeper

    for path in paths:
        if not path.exists():
            raise Failure(say("no-file", language, path=path), language)
    if tokens is None and not is_loopback(host):
        raise Failure(say("not-open", language, host=host), language)

    def tell(about: "About", fault: CyclekitError | OSError | None) -> None:
        # Where nobody reads it any more, serving goes on, and /health tells.
        with contextlib.suppress(OSError):
            _tell(about, fault, language)

    with _failures_told(language):
        rules = Rules(
            paths,
            lambda day: publishing_horizon(within, today or day),
            events,
            language,
            max_years,
            state,
            keep,
            base_url,
            os.environ,
        )
        try:
            keeper = Keeper(Loader(rules), _now, tell, tokens=tokens)
        except RuleFileError as fault:
            _tell_diagnostics(fault.diagnostics, language)
            errors = sum(each.is_error for each in fault.diagnostics)
            raise FaultyRules(say("refused", language, errors=errors), language) from fault
        except DamagedTokensError as fault:
            raise Failure(say("no-tokens-file", language, path=fault.path), language) from fault
        sock = _listening(host, port, language)
        at, here = sock.getsockname()[:2]
        click.echo(say("serving", language, address=f"http://[{at}]:{here}/" if ":" in at else f"http://{at}:{here}/"))
        sys.stdout.flush()
        asyncio.run(run(application(keeper.service, max_age=max_age), sock, keeper, every=look_every))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _listening(host: str, port: int, language: str) -> "socket.socket":
    """A socket at a host and port. Ends the command where there can be none."""
    from cyclekit.server.running import listening

    try:
        return listening(host, port)
    except OSError as fault:
        told = say("not-listening", language, host=host, port=port, reason=system_words(fault, language))
        raise Failure(told, language) from fault


@contextlib.contextmanager
def _failures_told(language: str) -> Iterator[None]:
    """What stops serving: nothing was published here, so a state that cannot be read is told otherwise."""
    try:
        with publishing_failures_told(language):
            yield
    except Failure as told:
        fault = told.__cause__
        if not isinstance(fault, DamagedPublicationError):
            raise
        raise Failure(
            say("damaged-state", language, path=fault.path, reason=reason_words(fault, language)), language
        ) from fault


def _tell(about: "About", fault: CyclekitError | OSError | None, language: str) -> None:
    """Say on the standard error output what became of a change."""
    from cyclekit.server.service import About, faults_in

    is_of_tokens = about is About.TOKENS
    if fault is None:
        click.echo(say("tokens-taken-over" if is_of_tokens else "taken-over", language), err=True)
        return
    if isinstance(fault, FeedError):
        _tell_diagnostics(fault.diagnostics, language)
        click.echo(say("feed-refused", language, feed=fault.feed), err=True)
        return
    if isinstance(fault, RuleFileError):
        _tell_diagnostics(fault.diagnostics, language)
    elif isinstance(fault, DamagedTokensError):
        Failure(say("tokens-damaged", language, path=fault.path), language).show()
    else:
        try:
            with _failures_told(language):
                raise fault
        except Failure as told:
            told.show()
    if is_of_tokens:
        is_gone = isinstance(fault, FileNotFoundError)
        click.echo(say("tokens-gone" if is_gone else "tokens-kept", language), err=True)
    else:
        click.echo(say("kept", language, errors=faults_in(fault)), err=True)


def _tell_diagnostics(found: "tuple[Diagnostic, ...]", language: str) -> None:
    from cyclekit.adapters import report

    for each in found:
        if each.is_error:
            click.echo(report.one_line(each, language), err=True)
