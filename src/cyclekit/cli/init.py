"""``cyclekit init``: a few questions, and a first rule file with its units."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from cyclekit.cli.expanding import failures_told, with_meant
from cyclekit.cli.options import language_option
from cyclekit.cli.phrases import Failure, say

CYCLES = ("week", "half_month", "month", "quarter", "half_year", "year")
ADJUSTING = ("none", "following", "preceding")
NONE = "-"
EXITS = """\b
Exit codes:
  0  the files were written
  2  could not run: a wrong option or answer, too few answers, a file that is there already"""

Check = Callable[[str], str]


@click.command(epilog=EXITS)
@click.argument("path", metavar="RULES.yaml", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="What the rules are called.")
@click.option("--document", metavar="TEXT", help="The document in which they stand, or - for none.")
@click.option("--unit", "units", metavar="NAME", multiple=True, help="A unit that owes something; - for none.")
@click.option("--calendar", metavar="CODE", help="The calendar of working days: CN, weekdays, US-DC …; - for none.")
@click.option("--duty", metavar="TEXT", help="What the first duty is called.")
@click.option("--every", metavar="CYCLE", help=f"How often: {', '.join(CYCLES)}.")
@click.option("--day", metavar="N", help="By which day of the month, or of the last month of it: 1 to 31, last.")
@click.option("--adjust", metavar="WAY", help=f"Where that is no working day: {', '.join(ADJUSTING)}.")
@language_option
def init(
    path: Path,
    title: str | None,
    document: str | None,
    units: tuple[str, ...],
    calendar: str | None,
    duty: str | None,
    every: str | None,
    day: str | None,
    adjust: str | None,
    language: str,
) -> None:
    """Write a first rule file, RULES.yaml, and its units beside it.

    Asks what the options leave open; without a terminal, the answers are the lines of the standard input. An empty
    line takes what stands in brackets. Nothing is overwritten.
    """
    from cyclekit.drafting.beginning import Answers, first_rules, units_list

    ask = Asking(language)
    if path.suffix not in (".yaml", ".yml") or path.name.endswith((".units.yaml", ".units.yml")):
        raise Failure(say("no-yaml", language, path=path), language)
    beside = path.with_name(f"{path.stem}.units.yaml")
    for each in (path, beside):
        if each.exists():
            raise Failure(say("exists", language, path=each), language)
    name = _identifier(path.stem, language)
    title = ask("ask-title", title, path.stem)
    document = ask("ask-document", document, NONE)
    names = _names(units or (ask("ask-units", None, NONE),))
    code = ask("ask-calendar", calendar, "CN" if language == "zh" else "weekdays", _calendar(language))
    duty = ask("ask-duty", duty, "")
    every = ask("ask-every", every, "quarter", _one_of(CYCLES, language))
    counted = every in ("month", "quarter", "half_year", "year")
    day = ask("ask-day", day, "last", _day(language)) if counted else "last"
    adjust = "none" if code == NONE else ask("ask-adjust", adjust, "none", _one_of(ADJUSTING, language))
    answers = Answers(
        name,
        title,
        duty,
        every,
        day,
        adjust,
        "" if document == NONE else document,
        calendar="" if code == NONE else code,
        units=names,
    )
    texts = {path: first_rules(answers, units_file=beside.name if names else "", language=language)}
    if names:
        texts[beside] = units_list(names)
    with failures_told(language):
        for each, text in texts.items():
            with each.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            click.echo(say("written", language, path=each))
    click.echo(say("next-steps", language, path=path))


class Asking:
    """Asks what an option has not said: on a terminal until the answer is right, else once."""

    def __init__(self, language: str) -> None:
        """Questions in this language."""
        self._language = language

    def __call__(self, question: str, given: str | None, otherwise: str, check: Check = str) -> str:
        """The answer, from the option or from the next line. Ends the command where there is none that is right."""
        if given is not None:
            return check(given.strip())
        while True:
            click.echo(f"{say(question, self._language)}{f' [{otherwise}]' if otherwise else ''} ", nl=False, err=True)
            line = sys.stdin.readline()
            if not line:
                click.echo(err=True)
                raise Failure(say("no-answer", self._language, question=say(question, self._language)), self._language)
            try:
                return check(self._wanted(line.strip() or otherwise))
            except Failure as fault:
                if not sys.stdin.isatty():
                    raise
                fault.show()

    def _wanted(self, answer: str) -> str:
        if not answer:
            raise Failure(say("empty-answer", self._language), self._language)
        return answer


def _identifier(stem: str, language: str) -> str:
    from cyclekit.reading.scalars import Misread, identifier

    try:
        return identifier(stem)
    except Misread as fault:
        raise Failure(say("no-id", language, text=stem), language) from fault


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    """Names of units: several in one text stand between commas, semicolons or 、."""
    names = [name.strip() for text in texts for name in _split(text)]
    return tuple(dict.fromkeys(name for name in names if name and name != NONE))


def _split(text: str) -> list[str]:
    for sign in "，、；;":
        text = text.replace(sign, ",")
    return text.split(",")


def _one_of(words: Sequence[str], language: str) -> Check:
    from cyclekit.cli.expanding import near_name

    def check(text: str) -> str:
        if text not in words:
            told = say("one-of", language, text=text, words=", ".join(words))
            near = near_name(text, words)
            raise Failure(say("meant", language, said=told, near=near) if near else told, language)
        return text

    return check


def _day(language: str) -> Check:
    def check(text: str) -> str:
        if text != "last" and not (text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= 31):
            raise Failure(say("one-of", language, text=text, words="1 … 31, last"), language)
        return text if text == "last" else str(int(text))

    return check


def _calendar(language: str) -> Check:
    def check(text: str) -> str:
        from cyclekit.reading.known import BUILT_IN
        from cyclekit.sources.public_holidays import PublicHolidays

        known = PublicHolidays()
        if text != NONE and text not in BUILT_IN and not known.knows(text):
            raise Failure(with_meant("no-calendar", text, known.near(text), language), language)
        return text

    return check
