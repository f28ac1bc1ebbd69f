"""An explanation as text for a terminal: the way of a date step by step, with what moved it."""

from collections.abc import Callable, Iterator

from cyclekit.model.explanation import Explanation
from cyclekit.words.display import columns, visible, wrapped
from cyclekit.words.explanations import Fact, Told, told
from cyclekit.words.periods import weekday_name
from cyclekit.words.ways import Row

WIDTH = 80
#: Where less room than this is left beside a label, or a day, what belongs to it stands below.
LEAST_BESIDE_LABEL, LEAST_BESIDE_DAY = 20, 30
LEAST = 24
_INDENT = "  "

#: What is painted: a text and its role, ``title``, ``label``, ``day``, ``due``, ``text`` or ``detail``.
Paint = Callable[[str, str], str]


def plainly(text: str, _role: str) -> str:
    """The text without any colour."""
    return text


def render(explanation: Explanation, *, language: str = "en", width: int = WIDTH, paint: Paint = plainly) -> str:
    """Why an occurrence is due when it is, as lines of at most ``width`` columns.

    Characters that a terminal would obey are replaced. Below 24 columns nothing gets narrower.
    """
    said = told(explanation, language)
    return "".join(f"{line}\n" for line in _lines(said, language, max(width, LEAST), paint))


def _lines(said: Told, language: str, width: int, paint: Paint) -> Iterator[str]:
    labels = max(columns(each.label) for each in (*said.facts, *said.outcome))
    names = max(columns(weekday_name(row.day.weekday(), language)) for row in said.way)
    yield from (paint(line, "title") for line in wrapped(visible(said.title), width))
    yield ""
    for fact in said.facts:
        yield from _fact(fact, fact.label, labels, width, paint)
    yield ""
    for row in said.way:
        yield from _row(row, language, names, width, paint)
    yield ""
    kind = ""
    for fact in said.outcome:
        yield from _fact(fact, fact.label if fact.kind != kind else "", labels, width, paint)
        kind = fact.kind


def _fact(fact: Fact, label: str, labels: int, width: int, paint: Paint) -> Iterator[str]:
    role = "due" if fact.kind == "due" else "text"
    texts = [(visible(line), role) for line in fact.text.strip().splitlines()]
    yield from _hanging((label, "label"), labels, texts, (width, LEAST_BESIDE_LABEL), paint)


def _row(row: Row, language: str, names: int, width: int, paint: Paint) -> Iterator[str]:
    weekday = weekday_name(row.day.weekday(), language)
    texts = [(visible(row.text), "text"), *((f"· {visible(each)}", "detail") for each in row.details)]
    widest = len(f"{row.day}  ") + names
    yield from _hanging((f"{row.day}  {weekday}", "day"), widest, texts, (width, LEAST_BESIDE_DAY), paint)


def _hanging(
    head: tuple[str, str], widest: int, texts: list[tuple[str, str]], room_for: tuple[int, int], paint: Paint
) -> Iterator[str]:
    """Texts beside a head, each line of them below the first; or below the head, where there is no room beside it."""
    width, least = room_for
    beside = width - widest - 2 * len(_INDENT)
    if beside < least:
        if head[0]:
            yield _INDENT + paint(*head)
        margin, room = " " * 2 * len(_INDENT), width - 2 * len(_INDENT)
        first = margin
    else:
        margin, room = " " * (widest + 2 * len(_INDENT)), beside
        first = _INDENT + paint(*head) + " " * (widest - columns(head[0]) + len(_INDENT))
    for text, role in texts:
        hang = "  " if role == "detail" else ""
        for place, line in enumerate(wrapped(text, room - len(hang))):
            yield (first + paint(f"{hang if place else ''}{line}", role)).rstrip()
            first = margin
