"""Obligations in words beside their places: for an author to hold against the document."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cyclekit.diagnostics import Place
from cyclekit.model.obligation import Obligation
from cyclekit.words.display import visible, wrapped
from cyclekit.words.rules import sentences

WIDTH = 100
#: What is painted: a text and its role, ``place`` or ``help``.
Paint = Callable[[str, str], str]


class Owed(NamedTuple):
    """An obligation, and where it stands."""

    place: Place
    obligation: Obligation


def plainly(text: str, _role: str) -> str:
    """The text without any colour."""
    return text


def full(owed: Iterable[Owed], *, language: str = "en", width: int = WIDTH, paint: Paint = plainly) -> Iterator[str]:
    """Each obligation with its place, its title and its sentences: a block of text each, lines broken at ``width``."""
    for place, obligation in owed:
        head = paint(f"{visible(str(place))}:", "place")
        title = obligation.title.get(language)
        name = f"{obligation.id} ({visible(title)})" if title != obligation.id else obligation.id
        lines = [f"{head} {name}"]
        for each in sentences(obligation, language):
            lines += [f"  {line}" for line in wrapped(visible(each), width - 2)]
        yield "\n".join(lines) + "\n\n"


def lines(owed: Owed, language: str = "en") -> Iterator[str]:
    """Each sentence of an obligation on a line, as compilers write: ``file:line:col: says[id] …``."""
    for each in sentences(owed.obligation, language):
        yield f"{visible(str(owed.place))}: says[{owed.obligation.id}] {visible(each)}"


def as_json(owed: Owed, language: str = "en") -> str:
    """An obligation as a JSON object on one line: file, line, column, obligation, title and its sentences."""
    place, obligation = owed
    return json.dumps(
        {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "obligation": obligation.id,
            "title": obligation.title.get(language),
            "says": list(sentences(obligation, language)),
        },
        ensure_ascii=False,
    )
