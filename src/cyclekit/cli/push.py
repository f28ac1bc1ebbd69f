"""``cyclekit push``: due dates into calendars on a CalDAV server."""

import datetime as dt
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.civil.spans import Span
from cyclekit.cli.expanding import expanded, failures_told, held, horizon_of, rulebooks_of, unit_named
from cyclekit.cli.options import (
    event_option,
    horizon_options,
    known_on_option,
    language_option,
    limit_options,
    paths_argument,
    stamp_option,
)
from cyclekit.cli.phrases import Failure, say
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cyclekit.model.schedule import Schedule
    from cyclekit.remote.address import Address
    from cyclekit.remote.objects import Calendar
    from cyclekit.remote.pushing import Outcome

PASSWORD = "CYCLEKIT_PASSWORD"  # noqa: S105  # the name of the variable
#: Something is not on the server as the rules say it.
BEHIND = 3
EXITS = """\b
Exit codes:
  0  done; also where somebody's own edit is left alone and the rules have not changed
  1  a rule file has errors, or a date cannot be computed
  2  could not run, or not to the end: what is done stays done, and the next run goes on
  3  done, but for entries that were edited there and have changed in the rules, or that the server refused"""


@click.command(epilog=EXITS)
@paths_argument
@click.option(
    "--to",
    "to",
    metavar="URL",
    required=True,
    help="The calendar: caldavs://host/path/ over HTTPS, caldav://host/path/ over HTTP. It is made if need be.",
)
@click.option("--unit", metavar="UNIT", help="Whose due dates: a unit's id, or RULEBOOK/UNIT. Left out: everyone's.")
@click.option("--by", type=click.Choice(["unit"]), help="A calendar for each unit, as RULEBOOK~UNIT below the URL.")
@click.option("--user", metavar="NAME", help=f"Name to log in with; the password stands in {PASSWORD}.")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"File whose first line is the password, in place of {PASSWORD}.",
)
@click.option("--insecure", is_flag=True, help="Send the password over HTTP to another machine.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--overwrite", is_flag=True, help="Put what the rules say over what somebody has edited.")
@click.option("--force", is_flag=True, help="Go on even where more than half of the entries go.")
@horizon_options
@event_option
@known_on_option
@limit_options
@stamp_option
@language_option
def push(
    paths: tuple[Path, ...],
    to: str,
    unit: str | None,
    by: str | None,
    user: str | None,
    password_file: Path | None,
    insecure: bool,  # noqa: FBT001  # click calls it
    dry_run: bool,  # noqa: FBT001  # the same
    overwrite: bool,  # noqa: FBT001  # the same
    force: bool,  # noqa: FBT001  # the same
    within: Span | None,
    today: dt.date | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    max_occurrences: int,
    max_years: int,
    stamp: dt.date | None,
    language: str,
) -> None:
    """Put due dates into a calendar on a CalDAV server, and keep them right there.

    What is new is put, what has changed is put again, and what is no longer owed is deleted; entries of others are
    not touched. What somebody has edited there is told and left alone. A run that was stopped is gone on with by the
    next one, on whatever machine. Entries outside the days that are asked for stay as they are.
    """
    from cyclekit.remote.address import read_address
    from cyclekit.remote.collection import Collection
    from cyclekit.remote.faults import RemoteError
    from cyclekit.remote.pushing import Deed, Manner, Outcome, Push
    from cyclekit.remote.transport import Client

    def tell(deed: "Deed", uid: str, why: str) -> None:
        phrase = "push-refused-one" if deed is Deed.REFUSED else f"push-{deed.value}"
        if dry_run or deed not in {Deed.PUT, Deed.REMOVE}:
            click.echo(say(phrase, language, uid=uid, why=why))

    pushes: list[Push] = []
    fault: RemoteError | None = None
    if unit and by:
        raise Failure(say("unit-and-by", language), language)
    with failures_told(language):
        try:
            address = read_address(to)
            login = _login(address, user, password_file, insecure=insecure)
            rulebooks = rulebooks_of(paths, language)
            whose = unit_named(rulebooks, unit, language) if unit else None
            horizon = horizon_of(within, today)
            schedule = held(expanded(rulebooks, horizon, max_years, events, known_on), max_occurrences)
            manner = Manner(overwrite=overwrite, force=force, dry_run=dry_run)
            with closing(Client(address, login)) as client:
                for place, calendar, scopes in _calendars(schedule, address, whose, by, language, stamp):
                    pushes.append(Push(Collection(client, place.path), calendar, scopes, horizon, manner, tell))
                    pushes[-1].run()
        except RemoteError as caught:
            fault = caught
    done = Outcome.of(each.outcome for each in pushes)
    if pushes and (fault is None or done.put or done.removed):
        _summarize(done, to, language, dry_run=dry_run)
    if fault is not None:
        raise Failure(say(f"remote-{fault.kind}", language, **fault.values), language) from fault
    if done.behind:
        click.get_current_context().exit(BEHIND)


def _summarize(done: "Outcome", to: str, language: str, *, dry_run: bool) -> None:
    if done.made:
        click.echo(say("would-make" if dry_run else "push-made", language, address=to, made=done.made))
    values = {"put": done.put, "removed": done.removed, "same": done.same, "left": done.left}
    click.echo(say("would-push" if dry_run else "pushed", language, address=to, **values))
    if done.refused:
        click.echo(say("push-refused", language, count=done.refused), err=True)


def _calendars(
    schedule: "Schedule", address: "Address", whose: str | None, by: str | None, language: str, stamp: dt.date | None
) -> "Iterator[tuple[Address, Calendar, frozenset[str]]]":
    """What is pushed where, and the scopes that it speaks for: a unit's of a rulebook, or all of a rulebook."""
    from cyclekit.adapters.ical import Options, by_content
    from cyclekit.remote.objects import calendar_of
    from cyclekit.workspace.feeding import feed_writer

    writer = feed_writer(schedule, Options(language), by_content(stamp))
    if whose is None and by is None:
        feed = writer.of_all()
        scopes = frozenset(f"{book.id}/*" for book in schedule.rulebooks)
        yield address, calendar_of(feed, lambda uid: f"{uid.partition('~')[0]}/*"), scopes
        return
    names = [whose] if whose else [f"{book.id}/{unit}" for book in schedule.rulebooks for unit in book.roster.ids]
    for name in names:
        feed = writer.of_unit(name)
        place = address if whose else address.below(name.replace("/", "~"))
        yield place, calendar_of(feed, lambda _, name=name: name), frozenset({name})  # type: ignore[misc]


def _login(address: "Address", user: str | None, file: Path | None, *, insecure: bool) -> tuple[str, str] | None:
    """The name and the password, which never stand on the command line, where everyone on the machine reads them."""
    from cyclekit.remote.faults import RemoteError

    if file is None:
        password = os.environ.get(PASSWORD)
    else:
        # Octets that are no UTF-8 go to the server as they are.
        password = file.read_text("utf-8-sig", "surrogateescape").partition("\n")[0]
    if not user:
        if file is not None:
            raise RemoteError("no-user")
        return None
    if ":" in user:
        raise RemoteError("bad-user")
    if password is None:
        raise RemoteError("no-password")
    if not address.secure and not address.is_loopback and not insecure:
        raise RemoteError("in-clear", host=address.host)
    return user, password
