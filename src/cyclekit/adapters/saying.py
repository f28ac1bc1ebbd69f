"""Obligations in words beside their places: for an author to hold against the document."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cyclekit.diagnostics import Place
from cyclekit.model.obligation import Obligation, Rulebook
from cyclekit.model.schedule import Schedule
from cyclekit.words.display import visible, wrapped
from cyclekit.words.names import Names
from cyclekit.words.periods import is_chinese
from cyclekit.words.rules import sentence_in_force, sentences

WIDTH = 100
#: A rule that lists the periods of many years takes more than anybody reads beside a diagnostic.
MOST_SAID = 400
#: What is painted: a text and its role, ``place`` or ``help``.
Paint = Callable[[str, str], str]


class Owed(NamedTuple):
    """An obligation, its rulebook, and where it stands."""

    place: Place
    rulebook: Rulebook
    obligation: Obligation

    def rule(self, language: str) -> str:
        """The rule in one go, without what was decided for single periods; what is very long is cut."""
        names = Names(self.rulebook, ids=True)
        said = sentences(self.obligation, language, names, exceptions=False)
        stop, between = ("。", "；") if is_chinese(language) else (".", "; ")
        whole = between.join(each.removesuffix(stop) for each in said) + stop
        return whole if len(whole) <= MOST_SAID else f"{whole[: MOST_SAID - 1]}…"

    def sentences(self, language: str) -> Iterator[str]:
        """Its sentences, in which units and obligations have their ids beside their names."""
        return sentences(self.obligation, language, Names(self.rulebook, ids=True))


def plainly(text: str, _role: str) -> str:
    """The text without any colour."""
    return text


def full(owed: Iterable[Owed], *, language: str = "en", width: int = WIDTH, paint: Paint = plainly) -> Iterator[str]:
    """Each obligation with its place, its title and its sentences: a block of text each, lines broken at ``width``."""
    for each in owed:
        head = paint(f"{visible(str(each.place))}:", "place")
        yield f"{head} {_block(each.obligation, each.sentences(language), language, width)}\n"


def rules(schedule: Schedule, *, alone: bool = False, language: str = "en", width: int = WIDTH) -> Iterator[str]:
    """Each obligation of a schedule, once: its title and its sentences, without what was decided for single periods.

    Where the schedule is of one unit ``alone``, only what that unit owes is said, and not what others do.
    """
    for book in schedule.rulebooks:
        forms: dict[str, list[Obligation]] = {}
        for line in schedule.lines:
            if line.rulebook is book:
                forms.setdefault(line.obligation.id, []).append(line.obligation)
        for duty in schedule.standing:
            if duty.rulebook is book:
                forms.setdefault(duty.obligation.id, []).append(duty.obligation)
        names = Names(book)
        for obligation in book:
            if here := sorted(forms.get(obligation.id, ()), key=lambda each: each.begins.ordinals()):
                said = sentences(obligation, language, names, exceptions=False)
                if alone:
                    said = iter(dict.fromkeys(sentence_in_force(each, language, names, begins=True) for each in here))
                yield f"\n{_block(obligation, said, language, width)}"


def _block(obligation: Obligation, said: Iterable[str], language: str, width: int) -> str:
    title = obligation.title.get(language)
    name = f"{obligation.id} ({visible(title)})" if title != obligation.id else obligation.id
    lines = [name, *(f"  {line}" for each in said for line in wrapped(visible(each), width - 2))]
    return "".join(f"{line}\n" for line in lines)


def lines(owed: Owed, language: str = "en") -> Iterator[str]:
    """Each sentence of an obligation on a line, as compilers write: ``file:line:col: says[id] …``."""
    for each in owed.sentences(language):
        yield f"{visible(str(owed.place))}: says[{owed.obligation.id}] {visible(each)}"


def as_json(owed: Owed, language: str = "en") -> str:
    """An obligation as a JSON object on one line: file, line, column, obligation, title and its sentences."""
    place, obligation = owed.place, owed.obligation
    return json.dumps(
        {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "obligation": obligation.id,
            "title": obligation.title.get(language),
            "says": list(owed.sentences(language)),
        },
        ensure_ascii=False,
    )
