"""``cyclekit explain``: why something is due on the day it is."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyclekit.cli.expanding import (
    emit,
    failures_told,
    is_colourful,
    line_width,
    near_name,
    rulebooks_of,
    unit_named,
    with_meant,
)
from cyclekit.cli.options import event_option, known_on_option, language_option, paths_argument
from cyclekit.cli.phrases import EXIT_CODES, Failure, say
from cyclekit.model.event import Event

if TYPE_CHECKING:
    from cyclekit.model.obligation import Obligation, Rulebook
    from cyclekit.model.occurrence import Occurrence
    from cyclekit.model.schedule import Schedule

#: How many names are told to someone whose own does not fit, and how many labels of periods.
_MOST_NAMED, _MOST_LABELS = 20, 3
#: With how many labels one is compared that does not fit.
_MOST_COMPARED = 200
_WIDEST = 100
_STYLES = {
    "title": {"bold": True},
    "due": {"bold": True, "fg": "green"},
    "label": {"dim": True},
    "day": {"fg": "cyan"},
    "detail": {"dim": True},
}


@click.command(epilog=EXIT_CODES)
@paths_argument
@click.option("--obligation", metavar="ID", required=True, help="What is owed: its id, or RULEBOOK/OBLIGATION.")
@click.option(
    "--unit", metavar="UNIT", help="Who owes it: a unit's id, or RULEBOOK/UNIT. Left out where only one does."
)
@click.option(
    "--period",
    metavar="LABEL",
    help="The period it is about, as `due` names it: 2023Q1, 2023-05. Left out where there is only one.",
)
@click.option(
    "--number", metavar="N", type=click.IntRange(min=1), help="Which due date of the period, where it has several."
)
@event_option
@known_on_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: to read; json: one object.",
)
@language_option
def explain(
    paths: tuple[Path, ...],
    obligation: str,
    unit: str | None,
    period: str | None,
    number: int | None,
    events: dict[str, list[Event]],
    known_on: dt.date | None,
    form: str,
    language: str,
) -> None:
    """Say why something is due on the day it is.

    Each step from the period to the due date, the holidays that moved it, and the data that this rests on.
    """
    with failures_told(language):
        asked = _Asked(rulebooks_of(paths, language), obligation, unit, language, events)
        schedule, occurrence = asked.find(period, number, known_on)
        from cyclekit.api import explain as explained

        explanation = explained(schedule, occurrence.key)
    if form == "json":
        from cyclekit.adapters.jsonlines import explanation_line

        emit([explanation_line(explanation, language)])
        return
    from cyclekit.adapters.explanation import plainly, render

    width = min(line_width(sys.stdout, _WIDEST), _WIDEST)
    paint = _painted if is_colourful(sys.stdout) else plainly
    click.echo(render(explanation, language=language, width=width, paint=paint), nl=False)


def _painted(text: str, role: str) -> str:
    return click.style(text, **_STYLES[role]) if role in _STYLES else text  # type: ignore[arg-type]  # named styles


class _Asked:
    """What is asked for, found step by step; what does not fit ends the command with what is there."""

    def __init__(
        self,
        rulebooks: "Sequence[Rulebook]",
        obligation: str,
        unit: str | None,
        language: str,
        events: Mapping[str, Sequence[Event]],
    ) -> None:
        self.language = language
        self.events = events
        self.unit = unit
        self.book, self.obligation = self._obligation(rulebooks, obligation)
        self.title = self.obligation.title.get(language)
        if self.obligation.is_standing:
            raise self._failure("standing")

    def find(self, period: str | None, number: int | None, known_on: dt.date | None) -> "tuple[Schedule, Occurrence]":
        """The occurrence, in a schedule that holds it."""
        from cyclekit.api import expand_period
        from cyclekit.errors import LabelError

        unit = self._unit()
        label, hash_sign, written = (period or self._only_period()).partition("#")
        if hash_sign and written.isdecimal():
            number = number or int(written)
        try:
            schedule = expand_period(self.book, self.obligation.id, label, events=self.events, known_on=known_on)
        except LabelError as fault:
            raise self._no_period(label) from fault
        from cyclekit.engine.whereabouts import periods_named

        labels = {each.label for each in periods_named(self.book, self.obligation, label, self.events)}
        found = [
            each
            for each in schedule.for_unit(f"{self.book.id}/{unit}")
            if each.obligation.id == self.obligation.id and each.period in labels
        ]
        if not found:
            raise self._no_due_date(label, unit)
        numbers = sorted(each.number for each in found)
        wanted = number or numbers[0]
        if wanted not in numbers:
            listed = ", ".join(map(str, numbers))
            raise self._failure("no-number", number=wanted, period=self._period(label), candidates=listed)
        return schedule, next(each for each in found if each.number == wanted)

    def _failure(self, phrase: str, **values: object) -> Failure:
        return Failure(say(phrase, self.language, title=self.title, **values), self.language)

    def _obligation(self, rulebooks: "Sequence[Rulebook]", name: str) -> "tuple[Rulebook, Obligation]":
        wanted, _, id_ = name.rpartition("/")
        found = [(book, each) for book in rulebooks for each in book if each.id == id_ and wanted in ("", book.id)]
        if len(found) > 1 and self.unit:
            # The unit may say which rule file is meant.
            book_of_unit, _, unit = self.unit.rpartition("/")
            found = [each for each in found if unit in each[0].roster and book_of_unit in ("", each[0].id)] or found
        if not found:
            every = [(book.id, each.id) for book in rulebooks for each in book]
            ids = [f"{book}/{each}" if wanted else each for book, each in every]
            raise Failure(with_meant("no-obligation", name, near_name(name, ids), self.language), self.language)
        if len(found) > 1:
            candidates = _some([f"{book.id}/{each.id}" for book, each in found], _MOST_NAMED)
            raise Failure(say("several-obligations", self.language, name=name, candidates=candidates), self.language)
        return found[0]

    def _unit(self) -> str:
        """The id of the unit that is meant: who owes it, alone or together with others."""
        roster = self.book.roster
        owing = [roster.ids[each] for each in self.obligation.selection.units(roster)]
        if self.unit is None:
            if len(owing) == 1 or (self.obligation.jointly and owing):
                return self.obligation.lead if self.obligation.lead in owing else owing[0]
            raise self._failure("whose", candidates=_some(owing, _MOST_NAMED))
        unit = unit_named([self.book], self.unit, self.language).rpartition("/")[2]
        if unit not in owing:
            raise self._failure("not-owed", unit=unit, candidates=_some(owing, _MOST_NAMED))
        return unit

    def _only_period(self) -> str:
        """The label of the only period there is."""
        labels = self._labels()
        if len(labels) == 1:
            return labels[0]
        raise self._failure("which-period", candidates=_some(labels, _MOST_LABELS))

    def _labels(self, most: int = _MOST_LABELS + 1) -> list[str]:
        from cyclekit.engine.whereabouts import first_labels

        labels = first_labels(self.book, self.obligation, most, self.events)
        waits = self._event()
        if waits and not labels:
            raise self._failure("which-event", name=waits)
        return labels

    def _event(self) -> str | None:
        """The event that the obligation waits for, itself or through what triggers it."""
        from cyclekit.model.timing import OfEvent, OfObligation, Upon

        here = self.obligation
        while True:
            match here.timing:
                case Upon(trigger=OfEvent(name=name)):
                    return name
                case Upon(trigger=OfObligation(obligation=other)):
                    here = self.book[other]
                case _:
                    return None

    def _no_period(self, label: str) -> Failure:
        from cyclekit.engine.whereabouts import labels_near

        labels = self._labels(_MOST_COMPARED)
        close = labels_near(self.book, self.obligation, label, self.events)
        if one := near_name(label, labels) if not close else close[0] if len(close) == 1 else "":
            said = say("no-such-period", self.language, text=label, title=self.title)
            return Failure(say("meant", self.language, said=said, near=one), self.language)
        return self._failure("no-period", text=label, candidates=_some(close or labels, _MOST_LABELS))

    def _no_due_date(self, label: str, unit: str) -> Failure:
        from cyclekit.engine.whereabouts import periods_named
        from cyclekit.words.periods import bounds_words

        bounds = self.book.bounds.both(self.obligation.bounds)
        low, high = bounds.ordinals()
        periods = periods_named(self.book, self.obligation, label, self.events)
        if all(each.last < low or each.first > high for each in periods):
            days = bounds_words(bounds, self.language)
            return self._failure("outside", days=days, period=self._period(label))
        return self._failure("no-due-date", unit=unit, period=self._period(label))

    def _period(self, label: str) -> str:
        from cyclekit.words.periods import period_words

        return period_words(label, self.language)


def _some(names: "Sequence[str]", most: int) -> str:
    return ", ".join([*names[:most], *["…"] * (len(names) > most)])
