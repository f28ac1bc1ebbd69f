"""Texts with marks, and all that is told of them: for tables that hold whole diagnostics.

``«…»`` stand around what a diagnostic is about, ``‹…›`` around a place that it shows besides. What is told is a line:
the code, the message where it has another name, each value, and ``‹1›`` for the first of the places besides.
"""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.compose import Parser, read_nodes
from cyclekit.reading.known import Surroundings
from cyclekit.reading.limits import Limits
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source

NAME = "demo.yaml"
ABOUT, BESIDES = "«»", "‹›"


@attrs.frozen
class Marked:
    """A text without its marks, and the places that were marked, in the order in which they begin."""

    text: str
    about: tuple[Place, ...]
    besides: tuple[Place, ...]


def unmarked(marked: str, name: str = NAME) -> Marked:
    """A text without its marks, which do not go over a line end."""
    found: dict[str, list[Place]] = {ABOUT: [], BESIDES: []}
    waiting: list[tuple[str, int]] = []
    text = ""
    line = column = 1
    for char in marked:
        kind = next((each for each in found if char in each), None)
        if kind is None:
            text += char
            line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
        elif char == kind[0]:
            waiting.append((kind, len(found[kind])))
            found[kind].append(Place(name, line, column, 0))
        else:
            kind, number = waiting.pop()
            began = found[kind][number]
            assert began.line == line
            found[kind][number] = attrs.evolve(began, width=column - began.column)
    assert not waiting
    return Marked(text, tuple(found[ABOUT]), tuple(found[BESIDES]))


def told(diagnostics: Iterable[Diagnostic], marked: Marked) -> list[tuple[Place | None, str]]:
    """Each diagnostic as its place and a line of all the rest."""
    lines: list[tuple[Place | None, str]] = []
    for each in diagnostics:
        name = each.code if each.message == each.code else f"{each.code} {each.message}"
        values = [f"{key}={value}" for key, value in each.values.items()]
        besides = [
            f"‹{marked.besides.index(place) + 1}›" if place in marked.besides else str(place) for place in each.related
        ]
        lines.append((each.place, " | ".join([name, *values, *besides])))
    return lines


def read(text: str, around: Surroundings | None = None) -> RuleFile:
    """What becomes of a rule file's text, where two time zones are known."""
    zones = ("Asia/Shanghai", "Europe/Berlin")
    return read_rule_file(Source(NAME, text), around or Surroundings(timezones=lambda: zones))


#: What is told of each text of a table.
Table = dict[str, list[tuple[Place | None, str]]]


def at_marks(marked: Marked, lines: Sequence[str]) -> list[tuple[Place | None, str]]:
    """A line for each mark, in their order; where there are more of one than of the other, nothing fits."""
    places: list[Place | None] = [*marked.about, *([None] * (len(lines) - len(marked.about)))]
    return list(zip(places, [*lines, *([""] * (len(places) - len(lines)))], strict=True))


def both(
    cases: Mapping[str, Sequence[str]], head: str, indent: int, around: Surroundings | None = None
) -> tuple[Table, Table]:
    """What is told of each text of a table below a head, and what ought to be: a line for each mark, in their order."""
    found: Table = {}
    wanted: Table = {}
    for lines, expected in cases.items():
        marked = unmarked(head + "".join(f"{' ' * indent}{line}\n" for line in lines.split("\n")))
        found[lines] = told(read(marked.text, around).diagnostics, marked)
        wanted[lines] = at_marks(marked, expected)
    return found, wanted


def nodes_of(parser: Parser, cases: dict[str, tuple[str, ...]], limits: Limits = Limits()) -> tuple[Table, Table]:
    """What is told of the YAML of each text, and what ought to be: a line for each mark."""
    found: Table = {}
    wanted: Table = {}
    for text, lines in cases.items():
        marked = unmarked(text)
        node, problems = read_nodes(Source(NAME, marked.text), parser=parser, limits=limits)
        assert (node is None) <= any(each.is_error for each in problems)
        found[text] = told(problems, marked)
        wanted[text] = at_marks(marked, lines)
    return found, wanted
