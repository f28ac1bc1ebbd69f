"""Rule files with marks around what has to be changed, and all that is told of them, as whole values."""

from collections.abc import Mapping, Sequence
from typing import Any

from cyclekit.diagnostics import Diagnostic, Place
from cyclekit.reading.known import Surroundings
from cyclekit.reading.rulebook import RuleFile, read_rule_file
from cyclekit.reading.source import Source

#: Around the place of a diagnostic, and around a place that is related to one.
HERE, RELATED = "‹›", "«»"
#: A code and a message (or one word for both), and the values for its words.
Told = tuple[str, Mapping[str, str]]
ZONES = ("Asia/Shanghai", "Europe/Berlin")


class Calendars:
    """Two calendars, one with a holiday."""

    def knows(self, code: str) -> bool:
        """CN and US, in capitals."""
        return code in ("CN", "US")

    def near(self, code: str) -> str:
        """The same in capitals."""
        return code.upper() if self.knows(code.upper()) else ""

    def holiday_names(self, code: str) -> frozenset[str]:
        """Mid-Autumn in China, in two languages."""
        return frozenset({"中秋节", "Mid-Autumn"} if code == "CN" else ())


AROUND = Surroundings(Calendars(), timezones=lambda: ZONES)


def places(marked: str, marks: str, file: str = "demo.yaml") -> list[Place]:
    """The places between two marks: line, column and width, as they are without any mark."""
    found: list[Place] = []
    for number, line in enumerate(marked.split("\n"), 1):
        column = 1
        begun: list[int] = []
        for char in line:
            if char == marks[0]:
                begun.append(len(found))
                found.append(Place(file, number, column, 0))
            elif char == marks[1]:
                at = begun.pop()
                found[at] = Place(file, number, found[at].column, column - found[at].column)
            elif char not in HERE + RELATED:
                column += 1
    return found


def plain(marked: str) -> str:
    """A text without its marks."""
    return marked.translate(dict.fromkeys(map(ord, HERE + RELATED)))


def read(marked: str, around: Surroundings = AROUND, **options: Any) -> RuleFile:
    """What becomes of a rule file's text, its marks left out."""
    return read_rule_file(Source("demo.yaml", plain(marked)), around, **options)


def expected(marked: str, told: Sequence[Told]) -> list[Diagnostic]:
    """The diagnostics that have to come, one for each ‹mark›, in their order.

    One whose words end with ``«»`` points at all that stands in such marks too.
    """
    related = tuple(places(marked, RELATED))
    found = []
    for place, (words, values) in zip(places(marked, HERE), told, strict=True):
        code, _, message = words.removesuffix(f" {RELATED}").partition(" ")
        found.append(Diagnostic(code, message or code, place, dict(values), related if RELATED in words else ()))
    return found
