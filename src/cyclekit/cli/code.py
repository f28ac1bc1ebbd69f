"""``cyclekit code``: what a code of diagnostics means."""

import click

from cyclekit.cli.options import language_option
from cyclekit.cli.phrases import Failure, say

EXITS = """\b
Exit codes:
  0  done
  2  there is no such code"""


@click.command(epilog=EXITS)
@click.argument("code", metavar="CODE")
@language_option
def code(code: str, language: str) -> None:
    """Say what a code of diagnostics means, with an example and what to write instead."""
    from cyclekit.reading.scalars import near
    from cyclekit.words.codes import MEANINGS

    if code not in MEANINGS:
        hint = near(code, MEANINGS) or ", ".join(MEANINGS)
        raise Failure(say("no-code", language, name=code, hint=hint), language)
    from cyclekit.cli.code_pages import page

    click.echo(page(code, language), nl=False)
