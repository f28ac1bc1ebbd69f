"""``cyclekit token``: who may read which feed of ``cyclekit serve``."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cyclekit.cli.expanding import emit, failures_told
from cyclekit.cli.options import language_here, language_option
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.errors import DamagedTokensError, UnknownTokenError
from cyclekit.words.display import visible

_FEED = re.compile(r"[^/\s\x00-\x1f\x7f]+/[^/\s\x00-\x1f\x7f]+")
_READER = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{1,200}")

_file = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
_id = click.argument("id_", metavar="ID")


@click.group()
def token() -> None:
    """Say who may read which feed of `cyclekit serve`.

    FILE keeps the SHA-256 of each token, and never a token. A server that runs takes over a change within seconds.
    """


def _read_feed(ctx: click.Context, param: click.Parameter, text: str) -> str:
    if not _FEED.fullmatch(text):
        raise click.BadParameter(say("no-feed-name", _language(ctx), text=text), ctx, param)
    return text


def _read_reader(ctx: click.Context, param: click.Parameter, text: str) -> str:
    if not _READER.fullmatch(text) or not text.strip():
        raise click.BadParameter(say("no-reader", _language(ctx), text=text), ctx, param)
    return text.strip()


def _language(ctx: click.Context) -> str:
    return str(ctx.params.get("language") or language_here())


@token.command(epilog=EXIT_CODES)
@_file
@click.argument("feed", metavar="RULEBOOK/UNIT", callback=_read_feed)
@click.option("--reader", metavar="NAME", required=True, callback=_read_reader, help="Who it is for, in a few words.")
@language_option
def add(file: Path, feed: str, reader: str, language: str) -> None:
    """Make a token for one feed and one reader, and print it. FILE is made if need be.

    FILE knows no rules: a token for a feed that is not there is made too, and opens it once rules have it.
    """
    from cyclekit.workspace.tokens import changing, write_tokens

    with _failures_told(language), changing(file, make=True) as tokens:
        changed, made = tokens.added(feed, reader, dt.date.today())
        write_tokens(file, changed)
    _show(made, language)


@token.command("list", epilog=EXIT_CODES)
@_file
@language_option
def list_(file: Path, language: str) -> None:
    """List all tokens: id, feed, reader, when it was made and when it was revoked, with tabs between them."""
    from cyclekit.workspace.tokens import read_tokens

    with _failures_told(language):
        grants = read_tokens(file).grants
    emit(
        "\t".join(
            [each.id, visible(each.feed), visible(each.reader), str(each.created), str(each.revoked or "")]
        ).rstrip("\t")
        + "\n"
        for each in grants
    )


@token.command(epilog=EXIT_CODES)
@_file
@_id
@language_option
def revoke(file: Path, id_: str, language: str) -> None:
    """Revoke the token of an id: its address then answers as one that never was."""
    from cyclekit.workspace.tokens import changing, write_tokens

    with _failures_told(language), changing(file) as tokens:
        write_tokens(file, tokens.revoked(id_, dt.date.today()))
    click.echo(say("revoked", language, id=id_))


@token.command(epilog=EXIT_CODES)
@_file
@_id
@language_option
def rotate(file: Path, id_: str, language: str) -> None:
    """Revoke the token of an id, and make one for the same feed and reader."""
    from cyclekit.workspace.tokens import changing, write_tokens

    with _failures_told(language), changing(file) as tokens:
        changed, made = tokens.rotated(id_, dt.date.today())
        write_tokens(file, changed)
    _show(made, language)


def _show(made: str, language: str) -> None:
    click.echo(made)
    click.echo(say("token-once", language), err=True)


@contextmanager
def _failures_told(language: str) -> Iterator[None]:
    try:
        with failures_told(language):
            yield
    except DamagedTokensError as fault:
        raise Failure(say("no-tokens-file", language, path=fault.path), language) from fault
    except UnknownTokenError as fault:
        raise Failure(say("no-token", language, id=fault.id), language) from fault
